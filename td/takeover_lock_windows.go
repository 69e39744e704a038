package td

import (
	"errors"
	"math"
	"os"

	"golang.org/x/sys/windows"

	"tdjson/storage"
)

// lockShared locks a file as TDLib does, but for reading, or fails with a *storage.LockedError at once. Closing the file unlocks it.
func lockShared(f *os.File) error {
	err := windows.LockFileEx(windows.Handle(f.Fd()), windows.LOCKFILE_FAIL_IMMEDIATELY, 0, math.MaxUint32, math.MaxUint32, new(windows.Overlapped))
	if errors.Is(err, windows.ERROR_LOCK_VIOLATION) {
		return &storage.LockedError{Path: f.Name()}
	}
	return err
}
