// Package langpack keeps language packs: the strings of a program in one language. A pack is found by its localization
// target, which is the program or platform that the strings are for, and its ID. All clients of a process share the packs.
//
// They are kept in an SQLite file in TDLib's format, so that a program's other processes and its older versions find them,
// or in memory.
package langpack

import (
	"database/sql"
	"fmt"
	"net/url"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"time"

	"tdjson/storage/internal/sqlitefile"
)

// NoVersion is the version of a pack of which at most some strings are known.
const NoVersion = -1

// Keys of what stands beside the strings.
const (
	keyVersion = "!version"
	keyCount   = "!key_count"
	keyBase    = "!base_language_code"
	keyServer  = "!server2" // of the target: the list of the server's packs
	infosID    = "0"        // the table of the target in place of a pack's
)

// Databases are the databases of a process, by path. The zero value is ready for use, by any number of goroutines.
type Databases struct {
	mu   sync.Mutex
	open map[string]*Database
}

// Open returns the database in the file at path, which it makes if there is none; an empty path stands for the memory. The
// file stays open for the next one who asks.
func (d *Databases) Open(path string) (*Database, error) {
	if path == "" {
		return d.Memory(), nil
	}
	path, err := filepath.Abs(path)
	if err != nil {
		return nil, fmt.Errorf("language pack database %q: %w", path, err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if db := d.open[path]; db != nil {
		return db, nil
	}
	file, err := openFile(path)
	if err != nil {
		return nil, fmt.Errorf("language pack database %q: %w", path, err)
	}
	return d.add(path, file), nil
}

// Memory returns the database that is kept in memory alone.
func (d *Databases) Memory() *Database {
	d.mu.Lock()
	defer d.mu.Unlock()
	if db := d.open[""]; db != nil {
		return db
	}
	return d.add("", nil)
}

func (d *Databases) add(path string, file *sql.DB) *Database {
	if d.open == nil {
		d.open = map[string]*Database{}
	}
	db := &Database{file: file, targets: map[string]*target{}}
	d.open[path] = db
	return db
}

// idleTime is after how long without use the connection to a file is closed, to be opened again by the next use.
const idleTime = time.Minute

func openFile(path string) (*sql.DB, error) {
	db, err := sqlitefile.Open(path, url.Values{
		"_txlock": {"immediate"},
		"_pragma": {"busy_timeout(5000)", "journal_mode(wal)", "synchronous(normal)", "cache_size(-128)", "trusted_schema(off)"},
	})
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	db.SetConnMaxIdleTime(idleTime)
	var tables int
	if err := db.QueryRow("SELECT count(*) FROM sqlite_master").Scan(&tables); err != nil {
		db.Close()
		return nil, err
	}
	return db, nil
}

// Database keeps the language packs of any number of localization targets. Targets and IDs given to its methods must be
// valid: see [ValidTarget] and [ValidID].
type Database struct {
	mu      sync.Mutex
	file    *sql.DB // nil: in memory
	targets map[string]*target
}

type target struct {
	table  table
	custom map[string]Info
	server []Named         // in the server's order
	known  map[string]Info // of the server's packs, also those that are in the list no more
	packs  map[string]*pack
}

type pack struct {
	table   table
	version int // NoVersion: what is not in the table may still be on the server
	count   int // of the strings
	base    string
	full    bool // all strings are there
}

func (d *Database) table(target, id string) (table, error) {
	if d.file == nil {
		return memoryTable{}, nil
	}
	return openTable(d.file, target, id)
}

// target finds a target, or reads it from the file.
func (d *Database) target(name string) (*target, error) {
	if t := d.targets[name]; t != nil {
		return t, nil
	}
	t := &target{custom: map[string]Info{}, known: map[string]Info{}, packs: map[string]*pack{}}
	var err error
	if t.table, err = d.table(name, infosID); err != nil {
		return nil, err
	}
	stored, err := t.table.all()
	if err != nil {
		return nil, err
	}
	for key, value := range stored {
		if key == keyServer {
			t.server = parseList(value)
			for _, p := range t.server {
				t.known[p.ID] = p.Info
			}
		} else if info, ok := parseInfo(strings.Split(value, separator)); ok {
			t.custom[key] = info
		}
	}
	d.targets[name] = t
	return t, nil
}

// pack finds a pack, or reads from the file what is known of it.
func (d *Database) pack(name, id string) (*target, *pack, error) {
	t, err := d.target(name)
	if err != nil {
		return nil, nil, err
	}
	if p := t.packs[id]; p != nil {
		return t, p, nil
	}
	p := &pack{}
	if p.table, err = d.table(name, id); err == nil {
		err = p.load()
	}
	if err != nil {
		return nil, nil, err
	}
	t.packs[id] = p
	return t, p, nil
}

func (p *pack) load() error {
	version, err := p.table.get(keyVersion)
	if err != nil {
		return err
	}
	if p.version, err = strconv.Atoi(version); err != nil {
		p.version = NoVersion
	}
	p.full = p.version != NoVersion && p.table.lasts()
	if p.base, err = p.table.get(keyBase); err != nil {
		return err
	}
	count, err := p.table.get(keyCount)
	if err != nil {
		return err
	}
	if p.count, err = strconv.Atoi(count); err != nil {
		values, err := p.table.all()
		p.count = countOf(values)
		return err
	}
	return nil
}

// countOf is how many strings there are in a table.
func countOf(values map[string]string) int {
	n := 0
	for k, v := range values {
		if isString(k, v) {
			n++
		}
	}
	return n
}

// isString says whether an entry of a table is a string that exists, and not one that is known to be none, or the version.
func isString(key, value string) bool {
	return !strings.HasPrefix(key, "!") && (strings.HasPrefix(value, storedOrdinary) || strings.HasPrefix(value, storedPluralized))
}
