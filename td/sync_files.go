package td

import (
	"context"

	"tdjson/td/text"
	"tdjson/types"
)

// getFileMimeType tells the MIME type of a file by its name.
func (s *syncs) getFileMimeType(_ context.Context, f *types.GetFileMimeType) (*types.Text, error) {
	return &types.Text{Text: text.FileMimeType(f.FileName)}, nil
}

// getFileExtension tells the extension of files of a MIME type.
func (s *syncs) getFileExtension(_ context.Context, f *types.GetFileExtension) (*types.Text, error) {
	return &types.Text{Text: text.FileExtension(f.MimeType)}, nil
}

// cleanFileName makes a name that all file systems take.
func (s *syncs) cleanFileName(_ context.Context, f *types.CleanFileName) (*types.Text, error) {
	return &types.Text{Text: text.CleanFileName(f.FileName)}, nil
}
