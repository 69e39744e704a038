package storage

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"os"
	"strings"
)

// applicationID marks the SQLite files of this library ("tdjs"), since other
// programs call theirs .session too.
const applicationID = 0x74646a73

// migrations returns the steps that make the schema: step n leads to version
// n+1, kept in PRAGMA user_version. Steps that were released never change.
func migrations() []string {
	return []string{`
CREATE TABLE seal (
	id    INTEGER PRIMARY KEY CHECK (id = 1),
	salt  BLOB NOT NULL,  -- for deriving the sealing key
	proof BLOB NOT NULL   -- opens with the right key alone
) STRICT;
CREATE TABLE data_center (
	id         INTEGER PRIMARY KEY,
	ipv4       TEXT NOT NULL,
	ipv6       TEXT NOT NULL,
	auth_key   BLOB,      -- sealed
	salt       INTEGER NOT NULL,
	authorized INTEGER NOT NULL,
	test       INTEGER NOT NULL
) STRICT;
CREATE TABLE user (
	one      INTEGER PRIMARY KEY CHECK (one = 1),
	id       INTEGER NOT NULL,
	dc       INTEGER NOT NULL,
	bot      INTEGER NOT NULL,
	username TEXT NOT NULL
) STRICT;
CREATE TABLE state (
	one  INTEGER PRIMARY KEY CHECK (one = 1),
	pts  INTEGER NOT NULL,
	qts  INTEGER NOT NULL,
	date INTEGER NOT NULL,
	seq  INTEGER NOT NULL
) STRICT;
CREATE TABLE channel_state (
	id  INTEGER PRIMARY KEY,
	pts INTEGER NOT NULL
) STRICT;
CREATE TABLE value (
	key   TEXT PRIMARY KEY,
	value BLOB NOT NULL   -- sealed
) STRICT, WITHOUT ROWID;
`, `
ALTER TABLE seal ADD COLUMN sum BLOB NOT NULL DEFAULT x'';
ALTER TABLE data_center ADD COLUMN sum BLOB NOT NULL DEFAULT x'';
ALTER TABLE user ADD COLUMN sum BLOB NOT NULL DEFAULT x'';
ALTER TABLE state ADD COLUMN sum BLOB NOT NULL DEFAULT x'';
ALTER TABLE channel_state ADD COLUMN sum BLOB NOT NULL DEFAULT x'';
`}
}

// firstWithSums is the schema from which on rows have sums, and what is not sealed ends with one.
const firstWithSums = 2

// sealedColumn is a column that holds secrets. Whoever adds one to the schema
// names it here, so that Rekey finds it.
type sealedColumn struct{ table, id, column string }

func sealedColumns() []sealedColumn {
	return []sealedColumn{{"data_center", "id", "auth_key"}, {"value", "key", "value"}}
}

// checkFile says what is wrong with the file at path before SQLite may touch it,
// so that a damaged or foreign file stays as it is. It tells whether there is
// anything in the file.
func checkFile(path string) (filled bool, err error) {
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if errors.Is(err, os.ErrNotExist) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("storage: %w", err)
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return false, fmt.Errorf("storage: %w", err)
	}
	if info.Size() == 0 {
		return false, nil
	}
	header := make([]byte, 100)
	if _, err := io.ReadFull(f, header); err != nil || string(header[:16]) != "SQLite format 3\x00" {
		return false, fmt.Errorf("storage: %s is %w", path, ErrForeign)
	}
	return true, checkHeader(header, path, info.Size())
}

// checkHeader looks at the header of an SQLite file of the given size.
func checkHeader(header []byte, path string, size int64) error {
	pageSize := int64(binary.BigEndian.Uint16(header[16:]))
	if pageSize == 1 {
		pageSize = 65536
	}
	pages := int64(binary.BigEndian.Uint32(header[28:]))
	// A process that died right after it made the file left one page without the mark.
	app := binary.BigEndian.Uint32(header[68:])
	if app != applicationID && (app != 0 || pages > 1) {
		return fmt.Errorf("storage: %s is %w", path, ErrForeign)
	}
	if wal, err := os.Stat(path + "-wal"); err == nil && wal.Size() > 0 {
		return nil // a checkpoint may have been cut short; SQLite completes it
	}
	if pages*pageSize > size {
		return fmt.Errorf("storage: %s is %w: it has %d bytes, its header says %d", path, ErrCorrupt, size, pages*pageSize)
	}
	return nil
}

// prepare brings a database that was just opened to the newest schema and checks the key.
func (s *SQLite) prepare(ctx context.Context, db *sql.DB) error {
	var app, version, tables int
	err := db.QueryRowContext(ctx, `SELECT (SELECT application_id FROM pragma_application_id),
		(SELECT user_version FROM pragma_user_version), (SELECT count(*) FROM sqlite_schema)`).Scan(&app, &version, &tables)
	switch {
	case err != nil:
		return s.wrap(err)
	case app == 0 && version == 0 && tables == 0:
		return s.create(ctx, db)
	case app != applicationID:
		return fmt.Errorf("storage: %s is %w", s.path, ErrForeign)
	case version > len(s.migrations):
		return fmt.Errorf("storage: %s is %w (schema %d, known up to %d)", s.path, ErrNewer, version, len(s.migrations))
	case version < 1:
		return fmt.Errorf("storage: %s is %w: schema version %d", s.path, ErrCorrupt, version)
	}
	if err := s.checkPages(ctx, db); err != nil {
		return err
	}
	// The key first: with the wrong one nothing is changed.
	if err := s.checkKey(ctx, db, version < firstWithSums); err != nil {
		return err
	}
	if version < len(s.migrations) {
		if err := s.backup(ctx, db, version); err != nil {
			return err
		}
		return s.migrate(ctx, db, version)
	}
	return nil
}

// create makes the schema in an empty database.
func (s *SQLite) create(ctx context.Context, db *sql.DB) error {
	if _, err := db.ExecContext(ctx, "PRAGMA journal_mode=WAL"); err != nil {
		return s.wrap(err)
	}
	return s.migrate(ctx, db, 0)
}

// migrate runs the steps after version in one transaction, and then what SQL can't do.
func (s *SQLite) migrate(ctx context.Context, db *sql.DB, version int) error {
	return s.transaction(ctx, db, func(tx *sql.Tx) error {
		for i := version; i < len(s.migrations); i++ {
			if _, err := tx.ExecContext(ctx, s.migrations[i]); err != nil {
				return fmt.Errorf("migration to schema %d: %w", i+1, err)
			}
		}
		var err error
		switch {
		case version == 0:
			err = s.writeSeal(ctx, tx)
		case version < firstWithSums:
			err = s.addSums(ctx, tx)
		}
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, fmt.Sprintf("PRAGMA application_id=%d; PRAGMA user_version=%d",
			applicationID, len(s.migrations)))
		return err
	})
}

// backupName is where the database is copied to before it leaves version.
func (s *SQLite) backupName(version int) string { return fmt.Sprintf("%s.v%d.bak", s.path, version) }

// backup copies the database as it is, in place of an older copy.
func (s *SQLite) backup(ctx context.Context, db *sql.DB, version int) error {
	name := s.backupName(version)
	f, err := os.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_TRUNC, 0o600) // SQLite would make it readable for others
	if err != nil {
		return fmt.Errorf("storage: backup before migrating: %w", err)
	}
	f.Close()
	if _, err := db.ExecContext(ctx, "VACUUM INTO ?", name); err != nil {
		os.Remove(name)
		return fmt.Errorf("storage: backup before migrating: %w", s.wrap(err))
	}
	return nil
}

// checkPages looks for rows that got lost or that SQLite can't find: what the sums of rows can't tell.
func (s *SQLite) checkPages(ctx context.Context, db *sql.DB) error {
	var found string
	if err := db.QueryRowContext(ctx, "PRAGMA integrity_check(1)").Scan(&found); err != nil {
		return s.wrap(err)
	}
	if found != "ok" {
		return fmt.Errorf("storage: %s is %w: %s", s.path, ErrCorrupt, strings.TrimSpace(found))
	}
	return nil
}
