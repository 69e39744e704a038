package td

import (
	"context"

	"tdjson/td/tdlog"
	"tdjson/types"
)

// logAnswer is ok or the error of the log as a client sees it.
func logAnswer(err error) (*types.Ok, error) {
	if err != nil {
		return nil, types.NewError(400, err.Error())
	}
	return &types.Ok{}, nil
}

// setLogStream directs the log.
func (s *syncs) setLogStream(_ context.Context, f *types.SetLogStream) (*types.Ok, error) {
	switch stream := f.LogStream.(type) {
	case *types.LogStreamDefault:
		return logAnswer(s.log.SetStream(tdlog.Stream{Kind: tdlog.StreamDefault}))
	case *types.LogStreamEmpty:
		return logAnswer(s.log.SetStream(tdlog.Stream{Kind: tdlog.StreamEmpty}))
	case *types.LogStreamFile:
		return logAnswer(s.log.SetStream(tdlog.Stream{
			Kind: tdlog.StreamFile, Path: stream.Path, MaxFileSize: stream.MaxFileSize, RedirectStderr: stream.RedirectStderr,
		}))
	}
	return nil, types.NewError(400, "Log stream must be non-empty")
}

// getLogStream tells where the log goes.
func (s *syncs) getLogStream(context.Context, *types.GetLogStream) (types.LogStream, error) {
	switch stream := s.log.Stream(); stream.Kind {
	case tdlog.StreamFile:
		return &types.LogStreamFile{Path: stream.Path, MaxFileSize: stream.MaxFileSize, RedirectStderr: stream.RedirectStderr}, nil
	case tdlog.StreamEmpty:
		return &types.LogStreamEmpty{}, nil
	}
	return &types.LogStreamDefault{}, nil
}

// setLogVerbosityLevel sets what the log has.
func (s *syncs) setLogVerbosityLevel(_ context.Context, f *types.SetLogVerbosityLevel) (*types.Ok, error) {
	return logAnswer(s.log.SetVerbosity(int(f.NewVerbosityLevel)))
}

// getLogVerbosityLevel tells what the log has.
func (s *syncs) getLogVerbosityLevel(context.Context, *types.GetLogVerbosityLevel) (*types.LogVerbosityLevel, error) {
	return &types.LogVerbosityLevel{VerbosityLevel: int32(s.log.Verbosity())}, nil
}

// getLogTags lists the parts of the library that have a level of their own.
func (s *syncs) getLogTags(context.Context, *types.GetLogTags) (*types.LogTags, error) {
	return &types.LogTags{Tags: s.log.Tags()}, nil
}

// setLogTagVerbosityLevel sets what the log has of a part of the library.
func (s *syncs) setLogTagVerbosityLevel(_ context.Context, f *types.SetLogTagVerbosityLevel) (*types.Ok, error) {
	return logAnswer(s.log.SetTagVerbosity(f.Tag, int(f.NewVerbosityLevel)))
}

// getLogTagVerbosityLevel tells what the log has of a part of the library.
func (s *syncs) getLogTagVerbosityLevel(_ context.Context, f *types.GetLogTagVerbosityLevel) (*types.LogVerbosityLevel, error) {
	level, err := s.log.TagVerbosity(f.Tag)
	if err != nil {
		return nil, types.NewError(400, err.Error())
	}
	return &types.LogVerbosityLevel{VerbosityLevel: int32(level)}, nil
}

// addLogMessage writes a message of the program to the log.
func (s *syncs) addLogMessage(_ context.Context, f *types.AddLogMessage) (*types.Ok, error) {
	return logAnswer(s.log.Add(int(f.VerbosityLevel), f.Text))
}
