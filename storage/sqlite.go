package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"sync"
	"syscall"
	"time"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"tdjson/storage/internal/sqlitefile"
)

// idleTime is after how long without a call the SQLite connection is closed, to
// be opened again by the next one: an idle client then costs next to no memory.
const idleTime = time.Minute

// Options for [Open]. The zero Options are fine.
type Options struct {
	// Key seals auth keys and values: XChaCha20-Poly1305 under a key that
	// HKDF-SHA256 derives from Key and the file's salt. It must be as hard to
	// guess as a key, a password needs stretching first. Empty: not sealed. A
	// file opens with the Key it was made with alone, otherwise ErrWrongKey.
	Key []byte
}

// SQLite is a Database in one SQLite file. See [Open].
type SQLite struct {
	path       string
	migrations []string

	mu     sync.Mutex // one caller at a time; it guards what follows
	key    []byte
	seal   sealer
	lock   *fileLock
	db     *sql.DB // nil until there is something in the file
	closed bool
}

var _ Database = (*SQLite)(nil)

// Open opens the database at path, to which .session is added if it has no
// extension. Missing directories are made with mode 0750, the file with 0600,
// and that only when something is to be kept. While it is open, path is locked
// for everyone else, in this process too: they get a [LockedError] at once. A
// file that cannot be used is left as it is: [ErrForeign], [ErrCorrupt],
// [ErrNewer], [ErrWrongKey]. One of an older version is migrated after a copy
// was put beside it.
func Open(path string, o Options) (*SQLite, error) { return open(path, o, migrations()) }

func open(path string, o Options, steps []string) (*SQLite, error) {
	if filepath.Ext(path) == "" {
		path += ".session"
	}
	path, err := filepath.Abs(path) // the process may change its directory
	if err != nil {
		return nil, fmt.Errorf("storage: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o750); err != nil {
		return nil, fmt.Errorf("storage: %w", err)
	}
	s := &SQLite{path: path, migrations: steps, key: slices.Clone(o.Key)}
	if s.lock, err = acquireLock(path); err != nil {
		return nil, err
	}
	filled, err := checkFile(path)
	if err == nil && filled {
		err = s.connect(context.Background())
	}
	if err != nil {
		s.lock.release()
		return nil, err
	}
	return s, nil
}

// Path is the absolute path of the database file.
func (s *SQLite) Path() string { return s.path }

// connect opens SQLite on the file.
//
// Write-ahead log and synchronous=NORMAL: a commit is in the hands of the
// operating system before it is confirmed, so it outlives the process; only a
// crash of the machine may undo the last commits, and never damages the file.
// For that a commit costs microseconds and not a disk flush. In exclusive
// locking mode SQLite keeps its index of the log in the heap, without a -shm file.
func (s *SQLite) connect(ctx context.Context) error {
	db, err := sqlitefile.Open(s.path, url.Values{
		"_txlock": {"immediate"},
		"_pragma": {
			"busy_timeout(5000)", "locking_mode(exclusive)", "synchronous(normal)", "cache_size(-128)",
			"journal_size_limit(1048576)", "trusted_schema(off)", "cell_size_check(on)",
		},
	})
	if err != nil {
		return s.wrap(err)
	}
	db.SetMaxOpenConns(1)
	db.SetConnMaxIdleTime(idleTime)
	if err := s.prepare(ctx, db); err != nil {
		db.Close()
		return err
	}
	s.db = db
	return nil
}

// begin locks s for one call; the caller unlocks s.mu unless it failed.
func (s *SQLite) begin() error {
	s.mu.Lock()
	if s.closed {
		s.mu.Unlock()
		return fmt.Errorf("storage: %s is %w", s.path, ErrClosed)
	}
	return nil
}

// ensure makes the file if there is none.
func (s *SQLite) ensure(ctx context.Context) error {
	if s.db != nil {
		return nil
	}
	f, err := os.OpenFile(s.path, os.O_RDWR|os.O_CREATE, 0o600) // its -wal inherits the mode
	if err != nil {
		return fmt.Errorf("storage: %w", err)
	}
	f.Close()
	return s.connect(ctx)
}

// statement is one SQL statement and its arguments.
type statement struct {
	sql  string
	args []any
}

// write runs statements in one transaction.
func (s *SQLite) write(ctx context.Context, list []statement) error {
	if len(list) == 1 {
		_, err := s.db.ExecContext(ctx, list[0].sql, list[0].args...)
		return s.wrap(err)
	}
	return s.transaction(ctx, s.db, func(tx *sql.Tx) error {
		for i := range list {
			if _, err := tx.ExecContext(ctx, list[i].sql, list[i].args...); err != nil {
				return err
			}
		}
		return nil
	})
}

// transaction runs f in a transaction: what it did is kept if it returns nil.
func (s *SQLite) transaction(ctx context.Context, db *sql.DB, f func(*sql.Tx) error) error {
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return s.wrap(err)
	}
	if err := f(tx); err != nil {
		tx.Rollback()
		return s.wrap(err)
	}
	return s.wrap(tx.Commit())
}

// wrap names the file in err and makes SQLite's codes this package's errors.
func (s *SQLite) wrap(err error) error {
	if err == nil {
		return nil
	}
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		switch e.Code() & 0xff {
		case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR: // the last when a table is not as it was made
			return fmt.Errorf("storage: %s is %w: %w", s.path, ErrCorrupt, err)
		case sqlite3.SQLITE_FULL:
			return fmt.Errorf("storage: %s: %w", s.path, syscall.ENOSPC)
		case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
			return &LockedError{Path: s.path} // an SQLite tool, our own kind stops at the lock file
		}
	}
	if errors.Is(err, ErrCorrupt) {
		return fmt.Errorf("storage: %s is %w", s.path, err)
	}
	return fmt.Errorf("storage: %s: %w", s.path, err)
}

// Delete implements [Storage]: the session, the values and all files are gone.
func (s *SQLite) Delete(context.Context) error {
	if err := s.begin(); err != nil {
		return err
	}
	defer s.mu.Unlock()
	if s.db != nil {
		s.db.Close() // what it may fail to write is not wanted any more
		s.db = nil
	}
	names := []string{s.path, s.path + "-wal", s.path + "-shm", s.path + "-journal"}
	for version := 1; version < len(s.migrations); version++ {
		names = append(names, s.backupName(version))
	}
	var failed error
	for _, name := range names {
		if err := os.Remove(name); err != nil && !errors.Is(err, os.ErrNotExist) {
			failed = errors.Join(failed, fmt.Errorf("storage: %w", err))
		}
	}
	return failed
}

// Close implements [Database] and unlocks the path. Closing twice is fine.
func (s *SQLite) Close() error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return nil
	}
	s.closed = true
	var err error
	if s.db != nil {
		err = s.db.Close()
		s.db = nil
	}
	clear(s.key)
	s.lock.release()
	return s.wrap(err)
}
