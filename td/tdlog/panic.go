package tdlog

import (
	"runtime/debug"
	"strings"
)

// Panicked writes down a recovered panic with the stack of the goroutine, which has to be the caller's, and counts it. What names the part of the
// library that did it.
func (l *Log) Panicked(what string, v any) {
	l.panics.Add(1)
	l.Printf(Error, "%s panicked: %v\n%s", what, v, withoutArguments(string(debug.Stack())))
}

// Panics is the number of panics so far.
func (l *Log) Panics() int64 { return l.panics.Load() }

// Guard is to be deferred by every goroutine that the library starts: after a panic the goroutine ends, and the program lives on.
func (l *Log) Guard(what string) {
	if v := recover(); v != nil {
		l.Panicked(what, v)
	}
}

// withoutArguments leaves the arguments out of a stack: those of some functions are keys.
func withoutArguments(stack string) string {
	var b strings.Builder
	for line := range strings.Lines(stack) {
		if i := strings.LastIndexByte(line, '('); i > 0 && strings.HasSuffix(line, ")\n") && !strings.HasPrefix(line, "\t") {
			line = line[:i] + "(...)\n"
		}
		b.WriteString(line)
	}
	return b.String()
}
