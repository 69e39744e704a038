// Package tdlog is the process-wide log of TDLib's API: one verbosity level, twenty tags, one stream and one message callback.
//
// Lines have TDLib's form, "[ 3][t 0][<unix time>.<nanoseconds>][file.go:12][&tag]\ttext\n". A line that is not wanted costs one atomic load.
// Nothing here ever ends the process, whatever the level: a library must not take its host down.
package tdlog

import (
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"sync"
	"sync/atomic"
	"time"
)

// Levels by name. Fatal is never written: what would be fatal in TDLib is an error here.
const (
	Fatal   = 0
	Error   = 1
	Warning = 2
	Info    = 3
	Debug   = 4
	Verbose = 5

	// Never is the highest level there is.
	Never = 1024
)

// maxLine is the longest line, its newline included; what is longer is cut, as TDLib does.
const maxLine = 128<<10 - 1

// A ClientError is an error whose text goes to the client as it is, with code 400.
type ClientError string

func (e ClientError) Error() string { return string(e) }

const (
	// ErrVerbosity is answered to a level outside 0…Never.
	ErrVerbosity = ClientError("Wrong new verbosity level specified")
	// ErrTagEmpty is answered to an empty tag name.
	ErrTagEmpty = ClientError("Log tag must be non-empty")
	// ErrTagUnknown is answered to the name of a tag that does not exist.
	ErrTagUnknown = ClientError("Log tag is not found")
	// ErrFatal is answered to a message of level 0 or less, which TDLib answers by ending the process.
	ErrFatal = ClientError("Fatal messages can't be added to the log: use a verbosity level from 1 to 1024")
)

// A Log is one log. The zero value is not usable; call New. All methods may be called from any goroutine.
type Log struct {
	level    atomic.Int32
	tags     [tagCount]atomic.Int32
	kind     atomic.Int32 // a StreamKind; changed under mu
	callback atomic.Pointer[callback]
	panics   atomic.Int64

	mu   sync.Mutex // guards what follows, and is held while a line goes to the file
	file logFile
	old  deprecated
}

type callback struct {
	max int
	f   func(level int, line string)
}

// New makes a log as it is when a process starts: level 5, on the standard error stream, no callback.
func New() *Log {
	l := new(Log)
	l.level.Store(Verbose)
	for i, t := range tagTable {
		l.tags[i].Store(t.level)
	}
	l.old.maxFileSize = 10 << 20
	return l
}

// SetVerbosity sets the highest level that is written; it must be in 0…Never.
func (l *Log) SetVerbosity(level int) error {
	if level < 0 || level > Never {
		return ErrVerbosity
	}
	l.level.Store(int32(level))
	return nil
}

// Verbosity is the highest level that is written.
func (l *Log) Verbosity() int { return int(l.level.Load()) }

// Enabled reports whether a message of this level would be written.
func (l *Log) Enabled(level int) bool { return int32(level) <= l.level.Load() }

// SetCallback has f called with each line of a level up to max (and up to the verbosity), whatever the stream, after it is written.
// A nil f or a negative max ends that. f may be called from several goroutines at once and must not call back into the library.
func (l *Log) SetCallback(max int, f func(level int, line string)) {
	if f == nil || max < 0 {
		l.callback.Store(nil)
		return
	}
	l.callback.Store(&callback{max, f})
}

// Add writes a message of the client's own, as addLogMessage asks. Levels above Never count as Never.
// A level of 0 or less is written as an error and answered with ErrFatal.
func (l *Log) Add(level int, text string) error {
	if level <= Fatal {
		l.write(Error, "Logging.cpp", 160, "client", text)
		return ErrFatal
	}
	l.write(min(level, Never), "Logging.cpp", 160, "client", text)
	return nil
}

// Printf writes a message of the library with the caller's file and line.
func (l *Log) Printf(level int, format string, args ...any) {
	if l.Enabled(level) {
		l.printf(level, "", format, args)
	}
}

// Tagf writes a message that belongs to a tag: its level is the one the tag is set to.
func (l *Log) Tagf(tag Tag, format string, args ...any) {
	if level := int(l.tags[tag].Load()); l.Enabled(level) {
		l.printf(level, tagTable[tag].name, format, args)
	}
}

func (l *Log) printf(level int, tag, format string, args []any) {
	_, file, line, _ := runtime.Caller(2)
	l.write(max(level, Error), filepath.Base(file), line, tag, fmt.Sprintf(format, args...))
}

// write forms the line and hands it to the stream and the callback.
func (l *Log) write(level int, file string, line int, tag, text string) {
	if !l.Enabled(level) {
		return
	}
	cb := l.callback.Load()
	if cb != nil && level > cb.max {
		cb = nil
	}
	kind := StreamKind(l.kind.Load())
	if kind == StreamEmpty && cb == nil {
		return
	}
	buf := linePool.Get().(*[]byte)
	b := appendLine((*buf)[:0], time.Now(), level, file, line, tag, text)
	switch kind {
	case StreamFile:
		l.mu.Lock()
		l.file.write(b)
		l.mu.Unlock()
	case StreamDefault:
		writeColored(level, b)
	}
	if cb != nil {
		cb.f(level, string(b))
	}
	*buf = b
	linePool.Put(buf)
}

var linePool = sync.Pool{New: func() any { b := make([]byte, 0, 512); return &b }}

// appendLine appends one line: its newlines at the end are made exactly one.
func appendLine(b []byte, now time.Time, level int, file string, line int, tag, text string) []byte {
	b = append(b, '[')
	if level < 10 {
		b = append(b, ' ')
	}
	b = strconv.AppendInt(b, int64(level), 10)
	b = append(b, "][t 0]["...)
	b = strconv.AppendInt(b, now.Unix(), 10)
	// The leading 1 keeps the zeros of the nanoseconds; the point then takes its place.
	point := len(b)
	b = strconv.AppendInt(b, 1e9+int64(now.Nanosecond()), 10)
	b[point] = '.'
	b = append(b, "]["...)
	b = append(b, file...)
	b = append(b, ':')
	b = strconv.AppendInt(b, int64(line), 10)
	b = append(b, ']')
	if tag != "" {
		b = append(b, "[&"...)
		b = append(b, tag...)
		b = append(b, ']')
	}
	b = append(b, '\t')
	b = append(b, text[:min(len(text), maxLine-1-len(b))]...)
	for b[len(b)-1] == '\n' {
		b = b[:len(b)-1]
	}
	return append(b, '\n')
}

// writeColored writes a line to the standard error stream in TDLib's colours.
func writeColored(level int, line []byte) {
	var color string
	switch level {
	case Error:
		color = "\x1b[1;31m"
	case Warning:
		color = "\x1b[1;33m"
	case Info:
		color = "\x1b[1;36m"
	default:
		writeStderr(line)
		return
	}
	b := make([]byte, 0, len(line)+len(color)+4)
	b = append(b, color...)
	b = append(b, line[:len(line)-1]...)
	b = append(b, "\x1b[0m\n"...)
	writeStderr(b)
}

// realPath is the path without symbolic links, or the path as it is where that cannot be known.
func realPath(path string) string {
	abs, err := filepath.Abs(path)
	if err != nil {
		return path
	}
	if real, err := filepath.EvalSymlinks(abs); err == nil {
		return real
	}
	return path
}

// openAppend opens or creates the file a log is appended to; only its owner may read it.
func openAppend(path string) (*os.File, error) {
	return os.OpenFile(path, os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
}
