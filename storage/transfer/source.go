package transfer

import (
	"bytes"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// Limits for what is read whole into memory.
const (
	maxFile = 1 << 30
	maxText = 1 << 16
)

// input is a source that is being read.
type input struct {
	Source
	options Options
	db      *sql.DB // once database was asked for
	clean   func()  // removes the copy that db reads
}

func (in *input) close() {
	if in.db != nil {
		in.db.Close()
	}
	if in.clean != nil {
		in.clean()
	}
}

// place names a source in errors. Someone may have passed a session string for a
// path, which must not come back in an error.
func (s Source) place() string {
	if s.Data != nil {
		return fmt.Sprintf("data of %d bytes", len(s.Data))
	}
	if secretPath(s.Path) {
		return fmt.Sprintf("a path of %d characters", len(s.Path))
	}
	return strconv.Quote(s.Path)
}

// secretPath says whether a path may rather be a session string, or a piece of one.
func secretPath(path string) bool {
	if len(filepath.Base(path)) < 100 && len(path) < 200 { // some strings have slashes
		return false
	}
	_, err := os.Lstat(path)
	return err != nil
}

// pathError drops the path, which the caller names where it is fit to be named.
func pathError(err error) error {
	if e, ok := errors.AsType[*fs.PathError](err); ok {
		return fmt.Errorf("%s: %w", e.Op, e.Err)
	}
	return err
}

// bytes is the whole of a source.
func (in *input) bytes() ([]byte, error) {
	if in.Data != nil {
		return in.Data, nil
	}
	return readFile(in.Path)
}

func readFile(path string) ([]byte, error) {
	if secretPath(path) {
		return nil, errors.New("this is no path; pass a session string as data")
	}
	info, err := os.Stat(path)
	switch {
	case err != nil:
		return nil, pathError(err)
	case !info.Mode().IsRegular():
		return nil, errors.New("this is not a file")
	case info.Size() > maxFile:
		return nil, fmt.Errorf("its %d bytes are too many for a session", info.Size())
	}
	data, err := os.ReadFile(path)
	return data, pathError(err)
}

// text is a source that is one line of text.
func (in *input) text() (string, error) {
	data, err := in.bytes()
	if err != nil {
		return "", err
	}
	data = bytes.TrimSpace(data)
	switch {
	case len(data) == 0:
		return "", fmt.Errorf("it is %w: it is empty", ErrNotLoggedIn)
	case len(data) > maxText:
		return "", corrupt("its %d bytes are too many for a session string", len(data))
	}
	return string(data), nil
}

// dir is a source that is a directory.
func (in *input) dir() (fs.FS, error) {
	if in.Data != nil {
		return nil, errors.New("this format is a directory; pass its path")
	}
	if secretPath(in.Path) {
		return nil, errors.New("this is no path")
	}
	info, err := os.Stat(in.Path)
	if err != nil {
		return nil, pathError(err)
	}
	if !info.IsDir() {
		return nil, errors.New("this is not a directory")
	}
	return os.DirFS(in.Path), nil
}

// isDir says whether a source is a directory.
func (s Source) isDir() bool {
	if s.Data != nil || secretPath(s.Path) {
		return false
	}
	info, err := os.Stat(s.Path)
	return err == nil && info.IsDir()
}

// testName says whether a file has the name that TDLib gives to the one of the test servers.
func testName(path string) bool { return strings.HasPrefix(filepath.Base(path), "td_test.") }
