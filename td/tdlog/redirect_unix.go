//go:build unix && !linux

package tdlog

import (
	"os"
	"syscall"
)

// redirectStderr makes the process's standard error stream write to f.
func redirectStderr(f *os.File) error { return syscall.Dup2(int(f.Fd()), syscall.Stderr) }
