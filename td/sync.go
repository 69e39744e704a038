package td

import (
	"context"
	"errors"
	"fmt"

	"tdjson/storage/langpack"
	"tdjson/td/tdlog"
	"tdjson/types"
)

// syncs has the functions that need no client. It is part of the registry, which executes them, and of every client.
type syncs struct {
	log           *tdlog.Log
	languagePacks *langpack.Databases
	countries     *countryLists
	memory        *memoryLimit
}

// errNotFunction cannot be seen: the decoder gives out functions only.
var errNotFunction = errors.New("the object is no function")

// execute answers a function that needs no client, or says that it is none of those.
func (s *syncs) execute(ctx context.Context, f types.Object) (answer types.Object) {
	defer s.rescue(f, &answer)
	answer, ok, err := dispatchSync(ctx, s, f)
	if !ok {
		return types.NewError(400, "The method can't be executed synchronously")
	}
	return s.result(answer, err)
}

// result makes an answer of what a handler returned: its error as TDLib's error object.
func (s *syncs) result(answer types.Object, err error) types.Object {
	if err == nil && !types.IsNil(answer) {
		return answer
	}
	var e *types.Error
	switch {
	case errors.As(err, &e):
		return e
	case errors.Is(err, context.Canceled):
		return types.NewError(500, "Request aborted")
	case err != nil:
		return types.NewError(500, err.Error())
	}
	return types.NewError(500, "The request was answered with nothing")
}

// rescue answers a request whose handler panicked, so that the client and its host live on.
func (s *syncs) rescue(f types.Object, answer *types.Object) {
	if v := recover(); v != nil {
		s.log.Panicked(types.Name(f), v)
		*answer = types.NewError(500, fmt.Sprintf("Internal error in %s", types.Name(f)))
	}
}

// getOption answers the options that are known without a client.
func (s *syncs) getOption(_ context.Context, f *types.GetOption) (types.OptionValue, error) {
	switch f.Name {
	case "version":
		return &types.OptionValueString{Value: Version}, nil
	case "commit_hash":
		return &types.OptionValueString{Value: commitHash}, nil
	case memoryLimitOption:
		return s.memory.value(), nil
	case panicCountOption:
		return &types.OptionValueInteger{Value: s.log.Panics()}, nil
	}
	return nil, types.NewError(400, "The option can't be get synchronously")
}

// testReturnError answers with the error that it is given.
func (s *syncs) testReturnError(_ context.Context, f *types.TestReturnError) (*types.Error, error) {
	if f.Error == nil {
		return nil, types.NewError(404, "Not Found")
	}
	return f.Error, nil
}
