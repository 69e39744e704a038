package tdlog

import (
	"strings"
	"testing"
)

// TestGuard: a panic is logged with its stack and counted, and goes no further.
func TestGuard(t *testing.T) {
	l := New()
	if err := l.SetVerbosity(Error); err != nil {
		t.Fatal(err)
	}
	if err := l.SetStream(Stream{Kind: StreamEmpty}); err != nil {
		t.Fatal(err)
	}
	var got string
	l.SetCallback(Error, func(level int, line string) { got += line })
	for want := range int64(3) {
		if l.Panics() != want {
			t.Errorf("%d panics, want %d", l.Panics(), want)
		}
		func() {
			defer l.Guard("A test")
			guarded()
		}()
	}
	if !strings.Contains(got, "A test panicked: on purpose") || !strings.Contains(got, "tdlog.guarded") {
		t.Errorf("the log has %q", got)
	}
	func() {
		defer l.Guard("A test")
	}()
	if l.Panics() != 3 {
		t.Error("what did not panic was counted")
	}
}

func guarded() { panic("on purpose") }
