//go:build unix

package td

import (
	"errors"
	"io"
	"os"
	"syscall"

	"tdjson/storage"
)

// lockShared locks a file as TDLib does, but for reading, or fails with a *storage.LockedError at once. Closing the file unlocks it.
func lockShared(f *os.File) error {
	err := syscall.FcntlFlock(f.Fd(), syscall.F_SETLK, &syscall.Flock_t{Type: syscall.F_RDLCK, Whence: io.SeekStart})
	if errors.Is(err, syscall.EAGAIN) || errors.Is(err, syscall.EACCES) {
		return &storage.LockedError{Path: f.Name()}
	}
	return err
}
