//go:build unix

package tdlog

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestRedirectStderr runs itself in a process of its own, whose standard error stream it takes away.
func TestRedirectStderr(t *testing.T) {
	if path := os.Getenv("TDLOG_TEST_PATH"); path != "" {
		l := New()
		_ = l.Add(2, "to the terminal")
		if !l.SetFilePath(path) {
			t.Fatal("path refused")
		}
		l.SetMaxFileSize(1) // the next line goes to a new file, and the stream has to follow
		_ = l.Add(1, "before")
		_ = l.Add(1, "line")
		os.Stderr.WriteString("the host's\n")
		return
	}
	path := filepath.Join(t.TempDir(), "log")
	cmd := exec.Command(os.Args[0], "-test.run=^TestRedirectStderr$")
	cmd.Env = append(os.Environ(), "TDLOG_TEST_PATH="+path)
	var stderr strings.Builder
	cmd.Stderr = &stderr
	if err := cmd.Run(); err != nil {
		t.Fatal(err)
	}
	if got := stderr.String(); !strings.HasPrefix(got, "\x1b[1;33m[ 2]") || !strings.HasSuffix(got, "\tto the terminal\x1b[0m\n") {
		t.Errorf("standard error: %q", got)
	}
	if b, _ := os.ReadFile(path); !strings.HasSuffix(string(b), "\tline\nthe host's\n") {
		t.Errorf("file: %q", b)
	}
}
