package tdlog

import (
	"os"
	"runtime"
	"strings"
)

// A StreamKind says where lines go.
type StreamKind int32

// The kinds of stream.
const (
	StreamDefault StreamKind = iota // the standard error stream
	StreamFile
	StreamEmpty // nowhere; the callback still sees the lines
)

// A Stream is where lines go; the fields after Kind count for StreamFile only.
type Stream struct {
	Kind StreamKind
	// Path of the file. Reading it back gives it absolute and without symbolic links.
	Path string
	// MaxFileSize in bytes: a larger file is renamed to Path + ".old" before the next line. It must be positive.
	MaxFileSize int64
	// RedirectStderr makes the process's standard error stream go to the file too.
	RedirectStderr bool
}

const (
	// ErrFileSize is answered to a file stream whose MaxFileSize is not positive.
	ErrFileSize = ClientError("Max log file size must be positive")
	// ErrFilePath is answered to a file stream without a path.
	ErrFilePath = ClientError("Log file path must be non-empty")
)

// SetStream directs what is written from now on. On an error everything stays as it was.
// A file once opened stays open: to name the same path again changes its MaxFileSize only, never RedirectStderr.
func (l *Log) SetStream(s Stream) error {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.setStream(s)
}

func (l *Log) setStream(s Stream) error {
	if s.Kind == StreamFile {
		if s.MaxFileSize <= 0 {
			return ErrFileSize
		}
		if err := l.file.open(s); err != nil {
			return err
		}
	}
	l.kind.Store(int32(s.Kind))
	return nil
}

// Stream is where lines go now.
func (l *Log) Stream() Stream {
	l.mu.Lock()
	defer l.mu.Unlock()
	kind := StreamKind(l.kind.Load())
	if kind != StreamFile {
		return Stream{Kind: kind}
	}
	return Stream{kind, l.file.path, l.file.maxSize, l.file.redirect}
}

// deprecated is what the functions td_set_log_* remember between calls.
type deprecated struct {
	path        string
	maxFileSize int64
}

// SetFilePath is td_set_log_file_path: an empty path means the standard error stream. It reports success.
func (l *Log) SetFilePath(path string) bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	if path == "" {
		l.old.path = ""
		return l.setStream(Stream{Kind: StreamDefault}) == nil
	}
	if l.setStream(Stream{StreamFile, path, l.old.maxFileSize, true}) != nil {
		return false
	}
	l.old.path = path
	return true
}

// SetMaxFileSize is td_set_log_max_file_size: sizes below 1 count as 1. It directs the log to the path that SetFilePath named last, if any.
func (l *Log) SetMaxFileSize(size int64) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.old.maxFileSize = max(size, 1)
	// Without a path there is nothing to direct, and nobody to tell.
	_ = l.setStream(Stream{StreamFile, l.old.path, l.old.maxFileSize, true})
}

// A logFile is the file of StreamFile, renamed when it grows too large.
type logFile struct {
	f        *os.File
	path     string
	size     int64
	maxSize  int64
	redirect bool
}

func (l *logFile) open(s Stream) error {
	if s.Path == "" {
		return ErrFilePath
	}
	if s.Path == l.path {
		l.maxSize = s.MaxFileSize
		return nil
	}
	// The path is a C string to the system, and so is the error to the client.
	path, _, cut := strings.Cut(s.Path, "\x00")
	f, err := openAppend(path)
	if err != nil {
		if cut {
			return ClientError(`File "` + path)
		}
		return ClientError(`File "` + path + `" can't be opened/created for appending`)
	}
	*l = logFile{f: l.f, path: realPath(path), maxSize: s.MaxFileSize, redirect: s.RedirectStderr}
	l.use(f)
	return nil
}

// use writes to f from now on, in place of what was open.
func (l *logFile) use(f *os.File) {
	if l.f != nil {
		l.f.Close()
	}
	l.f, l.size = f, 0
	if info, err := f.Stat(); err == nil {
		l.size = info.Size()
	}
	if l.redirect {
		// Without it the host's messages stay where they were; the log itself works.
		_ = redirectStderr(f)
	}
}

func (l *logFile) write(line []byte) {
	if l.size > l.maxSize {
		l.rotate()
	}
	// A full disk must not stop the host: the line is lost.
	n, _ := l.f.Write(line)
	l.size += int64(n)
}

// rotate moves the file away and begins a new one; where that fails, writing goes on in the old one.
func (l *logFile) rotate() {
	const closed = runtime.GOOS == "windows" // what is open can't be renamed there
	if closed {
		l.f.Close()
	}
	renamed := os.Rename(l.path, l.path+".old") == nil
	l.size = 0 // where it fails it is not tried again with each line
	if !renamed && !closed {
		return
	}
	f, err := openAppend(l.path)
	if err != nil {
		return
	}
	l.use(f)
	if !renamed {
		l.size = 0
	}
}
