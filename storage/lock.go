//go:build unix

package storage

import (
	"errors"
	"fmt"
	"os"
	"syscall"
)

// fileLock is an exclusive lock for one opener at a time, in this process as
// well as among processes. It is a file of its own because SQLite's locks on the
// database are lost when anything else in the process closes that file.
type fileLock struct{ f *os.File }

// acquireLock locks the database at path, or fails with a *LockedError at once.
func acquireLock(path string) (*fileLock, error) {
	name := path + ".lock"
	for {
		f, err := os.OpenFile(name, os.O_RDWR|os.O_CREATE, 0o600)
		if err != nil {
			return nil, fmt.Errorf("storage: %w", err)
		}
		err = syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
		if err == nil && stillThere(f, name) {
			l := &fileLock{f}
			if err = l.writeOwner(); err == nil {
				return l, nil
			}
			l.release()
			return nil, fmt.Errorf("storage: %w", err)
		}
		ours := err != nil && ownedHere(f)
		f.Close()
		switch {
		case err == nil, errors.Is(err, syscall.EINTR):
			// The holder before us removed the file between our open and our lock.
		case errors.Is(err, syscall.EWOULDBLOCK):
			return nil, &LockedError{Path: path, SameProcess: ours}
		default:
			return nil, fmt.Errorf("storage: lock %s: %w", name, err)
		}
	}
}

// writeOwner notes who holds the lock, for the error of those who come later.
func (l *fileLock) writeOwner() error {
	if err := l.f.Truncate(0); err != nil {
		return err
	}
	_, err := l.f.WriteAt([]byte(lockOwner()), 0)
	return err
}

// stillThere says whether f is the file that name stands for now.
func stillThere(f *os.File, name string) bool {
	a, err := f.Stat()
	if err != nil {
		return false
	}
	b, err := os.Stat(name)
	return err == nil && os.SameFile(a, b)
}

// release removes the lock file and unlocks it. Unlocking by name and not by
// closing alone also frees it from children that inherited the descriptor.
func (l *fileLock) release() {
	os.Remove(l.f.Name())
	syscall.Flock(int(l.f.Fd()), syscall.LOCK_UN)
	l.f.Close()
}
