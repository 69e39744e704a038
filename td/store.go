package td

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"time"

	"tdjson/storage"
	"tdjson/td/tdlog"
	"tdjson/types"
)

// store is the client's database, written in batches by one goroutine at a time: what a turn changes is never waited for,
// and what was changed first is written first.
type store struct {
	log *tdlog.Log
	db  storage.Database

	mu      sync.Mutex
	pending *storage.Batch
	grouped bool // what is pending is not complete: see together
	writing bool
	idle    sync.Cond // signals that nothing is being written
	failure string    // why what is pending could not be written; it is tried again
}

// writeAgain is after how long what could not be written is tried again, if nothing else has to be written before.
const writeAgain = 5 * time.Second

// lockPatience is how long TDLib waits for a database that is in use.
const lockPatience = 10 * time.Second

// openDatabase opens what the parameters name. It may block.
func openDatabase(ctx context.Context, p *parameters) (storage.Database, error) {
	for deadline := time.Now().Add(lockPatience); ; {
		db, err := p.tryOpen()
		var locked *storage.LockedError
		if err == nil {
			return db, nil
		}
		if !errors.As(err, &locked) || time.Now().After(deadline) || ctx.Err() != nil {
			return nil, p.openError(err)
		}
		time.Sleep(100 * time.Millisecond)
	}
}

func (p *parameters) tryOpen() (storage.Database, error) {
	path := filepath.Join(p.directory(), p.databaseName()+".session")
	db, err := storage.Open(path, storage.Options{Key: p.DatabaseEncryptionKey})
	if err != nil {
		return nil, err
	}
	both, err := p.lockBinlog(db)
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return both, nil
}

// try writes to a database what is not needed, so that a disk that is full is told of at once and not at the login.
func (p *parameters) try(ctx context.Context, db storage.Database) error {
	return db.Set(ctx, "opened", []byte(time.Now().UTC().Format(time.RFC3339)))
}

// openError is TDLib's error for a database that can't be opened.
func (p *parameters) openError(err error) error {
	var locked *storage.LockedError
	switch {
	case errors.Is(err, storage.ErrWrongKey):
		return types.NewError(401, "Wrong database encryption key")
	case errors.As(err, &locked) && locked.SameProcess:
		return types.NewError(400, fmt.Sprintf(`Can't lock file "%s", because it is already in use by current program`, p.binlog()))
	case errors.As(err, &locked):
		return types.NewError(400, fmt.Sprintf(`Can't lock file "%s", because it is already in use; check for another program instance running`, p.binlog()))
	}
	why := strings.TrimPrefix(err.Error(), "storage: ")
	switch info, statErr := os.Stat(p.directory()); {
	case statErr != nil || !info.IsDir():
		why = describe(p.DatabaseDirectory, err)
	case errors.Is(err, fs.ErrPermission), errors.Is(err, syscall.EROFS):
		return types.NewError(400, fmt.Sprintf(`File "%s" can't be opened/created for reading and writing`, p.binlog()))
	}
	return types.NewError(400, fmt.Sprintf(`Can't init database in the directory "%s": %s`, p.DatabaseDirectory, why))
}

// describe writes the operating system's error about a directory as TDLib does.
func describe(dir string, err error) string {
	var errno syscall.Errno
	if !errors.As(err, &errno) {
		return err.Error()
	}
	if info, statErr := os.Stat(dir); statErr == nil && !info.IsDir() {
		return posixError(errno, fmt.Sprintf(`Realpath failed for "%s/"`, dir))
	}
	what := fmt.Sprintf(`Can't create directory "%s"`, dir)
	parent := filepath.Dir(dir)
	if _, statErr := os.Stat(parent); errors.Is(statErr, fs.ErrNotExist) && parent != dir {
		what += ": " + describe(parent, err)
	}
	return posixError(errno, what)
}

func posixError(errno syscall.Errno, what string) string {
	text := errno.Error()
	return fmt.Sprintf("[PosixError : %s : %d : %s]", strings.ToUpper(text[:1])+text[1:], int(errno), what)
}

// open takes over a database; what was changed before is written to it.
func (s *store) open(l *loaded, log *tdlog.Log) {
	s.log = log
	s.idle.L = &s.mu
	s.mu.Lock()
	s.db = l.db
	s.mu.Unlock()
}

// change adds to what will be written next.
func (s *store) change(f func(*storage.Batch)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.pending == nil {
		s.pending = &storage.Batch{Set: map[string][]byte{}}
	}
	f(s.pending)
	s.begin()
}

// together lets all that is changed until the returned function is called go into one transaction. The turn must not be given
// away meanwhile.
func (s *store) together() (end func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.grouped {
		return func() {} // of a group already
	}
	s.grouped = true
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.grouped = false
		s.begin()
	}
}

// begin writes what is pending, with mu held.
func (s *store) begin() {
	if !s.writing && !s.grouped && s.pending != nil && s.db != nil {
		s.writing = true
		go s.write(s.db)
	}
}

// write writes until nothing is pending that is complete, or it can't.
func (s *store) write(db storage.Database) {
	for {
		s.mu.Lock()
		b := s.pending
		if b == nil || s.grouped {
			s.rest()
			return
		}
		s.pending = nil
		s.mu.Unlock()
		if err := s.apply(db, b); err != nil {
			s.mu.Lock()
			s.keep(b, err)
			s.rest()
			return
		}
		s.written()
	}
}

// apply writes changes. A panic in it is a failure like any other.
func (s *store) apply(db storage.Database, b *storage.Batch) (err error) {
	defer func() {
		if v := recover(); v != nil {
			s.log.Panicked("The database", v)
			err = errors.New("internal error")
		}
	}()
	return db.Apply(context.Background(), b)
}

// rest ends a write, with mu held.
func (s *store) rest() {
	s.writing = false
	s.idle.Broadcast()
	s.mu.Unlock()
}

// keep puts what could not be written before what was changed meanwhile, with mu held: none of it is lost as long as the
// client lives.
func (s *store) keep(b *storage.Batch, err error) {
	if s.pending != nil {
		b.Add(s.pending)
	}
	s.pending = b
	if text := err.Error(); s.failure != text {
		s.failure = text
		s.log.Printf(1, "Can't write to the database, it will be tried again: %v", err)
	}
	time.AfterFunc(writeAgain, func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.begin()
	})
}

// written says that a failure is over.
func (s *store) written() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.failure != "" {
		s.failure = ""
		s.log.Printf(2, "The database can be written again")
	}
}

// flush waits until all that was changed is written, or can't be. It is for what must not be lost whatever happens next, and
// keeps the turn; it must not be called inside of together.
func (s *store) flush() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.writing {
		s.idle.Wait()
	}
}

func (s *store) set(name, value string) {
	s.change(func(b *storage.Batch) {
		b.Unset = without(b.Unset, name)
		b.Set[name] = []byte(value)
	})
}

func (s *store) delete(name string) {
	s.change(func(b *storage.Batch) {
		delete(b.Set, name)
		b.Unset = append(without(b.Unset, name), name)
	})
}

func without(list []string, name string) []string {
	for i, n := range list {
		if n == name {
			return append(list[:i], list[i+1:]...)
		}
	}
	return list
}

// close writes what is pending and lets go of the database, or deletes it.
func (s *store) close(destroy bool) {
	s.mu.Lock()
	for s.writing {
		s.idle.Wait()
	}
	db, left := s.db, s.pending
	s.db = nil // what is changed from now on is lost
	s.mu.Unlock()
	if db == nil {
		return
	}
	if left != nil && !destroy {
		if err := db.Apply(context.Background(), left); err != nil {
			s.log.Printf(1, "What could not be written to the database is lost: %v", err)
		}
	}
	if destroy {
		if err := db.Delete(context.Background()); err != nil {
			s.log.Printf(1, "Can't delete the database: %v", err)
		}
	}
	if err := db.Close(); err != nil {
		s.log.Printf(1, "Can't close the database: %v", err)
	}
}
