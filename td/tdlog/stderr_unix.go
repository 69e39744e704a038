//go:build unix

package tdlog

import (
	"errors"
	"syscall"
	"time"
)

// writeStderr writes straight to the descriptor: os.Stderr would end the process when the other end of a pipe is gone.
func writeStderr(b []byte) {
	var giveUp time.Time
	for len(b) > 0 {
		n, err := syscall.Write(syscall.Stderr, b)
		if n > 0 {
			b = b[n:]
			continue
		}
		switch {
		case errors.Is(err, syscall.EINTR):
		case !errors.Is(err, syscall.EAGAIN):
			return
		case giveUp.IsZero():
			giveUp = time.Now().Add(10 * time.Millisecond)
		case time.Now().After(giveUp):
			return
		}
	}
}
