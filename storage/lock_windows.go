package storage

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// fileLock is an exclusive lock for one opener at a time, in this process as
// well as among processes: the file is open for it alone to be written.
type fileLock struct{ f *os.File }

// acquireLock locks the database at path, or fails with a *LockedError at once.
func acquireLock(path string) (*fileLock, error) {
	name := path + ".lock"
	f, err := openAlone(name)
	switch {
	case errors.Is(err, errSharingViolation):
		return nil, &LockedError{Path: path, SameProcess: heldHere(name)}
	case err != nil:
		return nil, fmt.Errorf("storage: %w", &os.PathError{Op: "lock", Path: name, Err: err})
	}
	l := &fileLock{f}
	if _, err := f.WriteString(lockOwner()); err != nil {
		l.release()
		return nil, fmt.Errorf("storage: %w", err)
	}
	return l, nil
}

// errSharingViolation: someone else has the file open.
const errSharingViolation = syscall.Errno(32)

// openAlone creates the file, or empties it, so that others may only read it.
func openAlone(name string) (*os.File, error) {
	utf16, err := syscall.UTF16PtrFromString(name)
	if err != nil {
		return nil, err
	}
	handle, err := syscall.CreateFile(utf16, syscall.GENERIC_READ|syscall.GENERIC_WRITE, syscall.FILE_SHARE_READ,
		nil, syscall.CREATE_ALWAYS, syscall.FILE_ATTRIBUTE_NORMAL, 0)
	if err != nil {
		return nil, err
	}
	return os.NewFile(uintptr(handle), name), nil
}

// heldHere says whether this process holds the lock; if that cannot be read, it does not.
func heldHere(name string) bool {
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	return ownedHere(f)
}

// release unlocks and removes the lock file; removing fails if someone has it by then, as it should.
func (l *fileLock) release() {
	l.f.Close()
	os.Remove(l.f.Name())
}
