package transfer

import (
	"context"
	"database/sql"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"tdjson/storage"
	"tdjson/storage/internal/sqlitefile"
)

const (
	sqliteMagic = "SQLite format 3\x00"
	sqliteHead  = 100
	nativeID    = 0x74646a73 // the application_id of this library's own database
)

// tables are the columns of each table of a database.
type tables map[string][]string

func (t tables) have(table string, columns ...string) bool {
	return !slices.ContainsFunc(columns, func(c string) bool { return !slices.Contains(t[table], c) })
}

// database opens a source that is an SQLite database, without changing it, and tells its tables.
func (in *input) database(ctx context.Context) (tables, error) {
	if in.db == nil {
		if err := in.openDatabase(ctx); err != nil {
			return nil, err
		}
		in.db.SetMaxOpenConns(1)
	}
	t, err := in.tables(ctx)
	return t, databaseError(err)
}

func (in *input) openDatabase(ctx context.Context) error {
	if in.Data != nil {
		return in.openBytes(ctx)
	}
	head, err := readHead(in.Path)
	if err != nil {
		return err
	}
	path, query := in.Path, url.Values{"mode": {"ro"}}
	unfinished := filled(in.Path+"-journal") || filled(in.Path+"-wal")
	switch {
	case unfinished:
		// what is not in the file yet is brought in by SQLite, in a copy
		if path, err = in.copyDatabase(); err != nil {
			return err
		}
		query.Set("mode", "rw")
	case head[18] == 2: // in write-ahead mode, and nobody has it open: SQLite would make files beside it
		query.Set("immutable", "1")
	}
	query["_pragma"] = []string{"busy_timeout(2000)", "trusted_schema(off)", "cell_size_check(on)", "query_only(on)"}
	absolute, err := filepath.Abs(path)
	if err != nil {
		return err
	}
	in.db, err = sqlitefile.Open(absolute, query)
	return err
}

// readHead is the header of an SQLite file.
func readHead(path string) ([]byte, error) {
	head, err := readBegin(path)
	if err != nil {
		return nil, err
	}
	return head, checkHead(head)
}

// readBegin is as much of a file as SQLite's header has, or less.
func readBegin(path string) ([]byte, error) {
	if secretPath(path) {
		return nil, errors.New("this is no path; pass a session string as data")
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, pathError(err)
	}
	defer f.Close()
	head := make([]byte, sqliteHead)
	n, err := io.ReadFull(f, head)
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = nil
	}
	return head[:n], pathError(err)
}

func checkHead(head []byte) error {
	switch {
	case len(head) == 0:
		return fmt.Errorf("it is %w: it is empty", ErrNotLoggedIn)
	case len(head) < sqliteHead || string(head[:len(sqliteMagic)]) != sqliteMagic:
		return fmt.Errorf("it is %w: it is no SQLite database", ErrUnknown)
	}
	return nil
}

func filled(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Size() > 0
}

// copyDatabase copies a database and what belongs to it to a directory of its own.
func (in *input) copyDatabase() (string, error) {
	dir, err := os.MkdirTemp("", "tdsession-") // has mode 0700
	if err != nil {
		return "", err
	}
	in.clean = func() { os.RemoveAll(dir) }
	path := filepath.Join(dir, "copy")
	for _, suffix := range []string{"", "-journal", "-wal"} {
		if suffix != "" && !filled(in.Path+suffix) {
			continue
		}
		data, err := readFile(in.Path + suffix)
		if err != nil {
			return "", err
		}
		if err := os.WriteFile(path+suffix, data, 0o600); err != nil {
			return "", err
		}
	}
	return path, nil
}

// openBytes opens a database that is in memory.
func (in *input) openBytes(ctx context.Context) error {
	if err := checkHead(in.Data[:min(len(in.Data), sqliteHead)]); err != nil {
		return err
	}
	data := slices.Clone(in.Data)
	data[18], data[19] = 1, 1 // there is no write-ahead log in memory
	db, err := sql.Open("sqlite", ":memory:?_pragma=trusted_schema(off)&_pragma=cell_size_check(on)&_pragma=query_only(on)")
	if err != nil {
		return err
	}
	db.SetMaxOpenConns(1)
	in.db = db
	return onConnection(ctx, db, func(c any) error {
		d, ok := c.(interface{ Deserialize([]byte) error })
		if !ok {
			return errors.ErrUnsupported
		}
		return d.Deserialize(data)
	})
}

// onConnection runs f on the driver's connection of db.
func onConnection(ctx context.Context, db *sql.DB, f func(any) error) error {
	c, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	defer c.Close()
	return c.Raw(f)
}

// tables tells the real tables: a view of the same name could do anything.
func (in *input) tables(ctx context.Context) (tables, error) {
	rows, err := in.db.QueryContext(ctx, `SELECT s.name, c.name FROM sqlite_schema s, pragma_table_xinfo(s.name) c
		WHERE s.type = 'table' AND s.sql NOT LIKE 'CREATE VIRTUAL%' AND c.hidden = 0`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	t := tables{}
	for rows.Next() {
		var table, column string
		if err := rows.Scan(&table, &column); err != nil {
			return nil, err
		}
		t[table] = append(t[table], column)
	}
	return t, rows.Err()
}

// maxRows is more than an account can have channels.
const maxRows = 1 << 20

// row is one row of a table. After a column held another type than was asked
// for, everything reads as zero and *err says so.
type row struct {
	table  string
	values map[string]any
	err    *error
}

// rows reads columns of a table; tail is SQL that follows.
func (in *input) rows(ctx context.Context, table string, columns []string, tail string, each func(row) error) error {
	query := "SELECT " + strings.Join(columns, ", ") + " FROM " + table + " " + tail
	rows, err := in.db.QueryContext(ctx, query)
	if err != nil {
		return databaseError(err)
	}
	defer rows.Close()
	for n := 0; rows.Next(); n++ {
		values, targets := make([]any, len(columns)), make([]any, len(columns))
		for i := range values {
			targets[i] = &values[i]
		}
		if err := rows.Scan(targets...); err != nil {
			return databaseError(err)
		}
		r := row{table: table, values: make(map[string]any, len(columns)), err: new(error)}
		for i, c := range columns {
			r.values[c] = values[i]
		}
		if err := each(r); err != nil || *r.err != nil {
			return errors.Join(err, *r.err)
		}
		if n == maxRows {
			return corrupt("table %s has too many rows", table)
		}
	}
	return databaseError(rows.Err())
}

func (r row) fail(column, want string) {
	if *r.err == nil {
		*r.err = corrupt("column %s of table %s does not hold %s", column, r.table, want)
	}
}

func (r row) isNull(column string) bool { return r.values[column] == nil }

// integer is 0 for NULL.
func (r row) integer(column string) int64 {
	switch v := r.values[column].(type) {
	case nil:
		return 0
	case int64:
		return v
	case bool:
		if v {
			return 1
		}
		return 0
	case float64: // Telethon writes times so
		if v == float64(int64(v)) {
			return int64(v)
		}
	}
	r.fail(column, "a whole number")
	return 0
}

// small is an integer of 32 bits.
func (r row) small(column string) int {
	n := r.integer(column)
	if n != int64(int32(n)) {
		r.fail(column, "a number of 32 bits")
		return 0
	}
	return int(n)
}

func (r row) text(column string) string {
	switch v := r.values[column].(type) {
	case nil:
		return ""
	case string:
		return v
	}
	r.fail(column, "text")
	return ""
}

// blob is nil for NULL and for nothing.
func (r row) blob(column string) []byte {
	switch v := r.values[column].(type) {
	case nil:
		return nil
	case []byte:
		if len(v) == 0 {
			return nil
		}
		return v
	}
	r.fail(column, "bytes")
	return nil
}

// databaseError makes SQLite's codes the errors of storage.
func databaseError(err error) error {
	e, ok := errors.AsType[*sqlite.Error](err)
	if !ok {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR:
		return corrupt("%v", err)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("it is %w; close the program that has it open: %w", storage.ErrLocked, err)
	}
	return err
}

// statement is one SQL statement and its arguments.
type statement struct {
	sql  string
	args []any
}

// buildDatabase makes an SQLite database of statements.
func buildDatabase(ctx context.Context, list []statement) (data []byte, err error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	defer db.Close()
	db.SetMaxOpenConns(1)
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		return nil, err
	}
	defer tx.Rollback()
	for _, s := range list {
		if _, err := tx.ExecContext(ctx, s.sql, s.args...); err != nil {
			return nil, err
		}
	}
	if err := tx.Commit(); err != nil {
		return nil, err
	}
	err = onConnection(ctx, db, func(c any) error {
		s, ok := c.(interface{ Serialize() ([]byte, error) })
		if !ok {
			return errors.ErrUnsupported
		}
		data, err = s.Serialize()
		return err
	})
	return data, err
}

// applicationID is the mark of an SQLite file that its program may have left.
func applicationID(head []byte) uint32 { return binary.BigEndian.Uint32(head[68:]) }
