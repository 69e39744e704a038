package tdlog

import (
	"fmt"
	"runtime/debug"
	"strings"
	"testing"
)

type held struct{}

//go:noinline
func (*held) breaks(key [256]byte, list map[string]int) string {
	list[fmt.Sprint(key[0])] = 1 // of a map that is nil
	return fmt.Sprint(key)
}

// TestWithoutArguments: a stack tells the functions and lines, and nothing of what they were called with.
func TestWithoutArguments(t *testing.T) {
	defer func() {
		if recover() == nil {
			t.Fatal("no panic")
		}
		whole := string(debug.Stack())
		if !strings.Contains(whole, "0x5a, 0x5b") {
			t.Fatalf("the test looks for the wrong thing: %s", whole)
		}
		got := withoutArguments(whole)
		if strings.Contains(got, "0x5a") {
			t.Errorf("the key is in it: %s", got)
		}
		for _, want := range []string{"tdlog.(*held).breaks(...)\n", "panic_test.go:14", "goroutine ", "[running]:\n"} {
			if !strings.Contains(got, want) {
				t.Errorf("%q is not in it: %s", want, got)
			}
		}
	}()
	var key [256]byte
	for i := range key {
		key[i] = byte(0x5a + i)
	}
	(&held{}).breaks(key, nil)
}
