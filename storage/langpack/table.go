package langpack

import (
	"database/sql"
	"errors"
	"maps"
)

// table is a map from keys to values, in memory or in a file.
type table interface {
	// get returns the value of a key, empty when there is none.
	get(key string) (string, error)
	all() (map[string]string, error)
	// put sets values, and takes away those that are empty, all or nothing.
	put(values map[string]string) error
	// clear takes everything away.
	clear() error
	// lasts says whether what is put is found again after a restart.
	lasts() bool
}

type memoryTable map[string]string

func (t memoryTable) get(key string) (string, error)  { return t[key], nil }
func (t memoryTable) all() (map[string]string, error) { return maps.Clone(t), nil }
func (t memoryTable) lasts() bool                     { return false }

func (t memoryTable) put(values map[string]string) error {
	for k, v := range values {
		if v == "" {
			delete(t, k)
		} else {
			t[k] = v
		}
	}
	return nil
}

func (t memoryTable) clear() error {
	clear(t)
	return nil
}

// fileTable is a table of the database as TDLib makes them: the keys and the values are blobs.
type fileTable struct {
	db   *sql.DB
	name string // quoted
}

// openTable makes the table if there is none. The target and the ID must be valid: they stand in the table's name.
func openTable(db *sql.DB, target, id string) (*fileTable, error) {
	t := &fileTable{db, `"kv_` + target + `_` + id + `"`}
	_, err := db.Exec("CREATE TABLE IF NOT EXISTS " + t.name + " (k BLOB PRIMARY KEY, v BLOB)")
	return t, err
}

func (t *fileTable) lasts() bool { return true }

func (t *fileTable) get(key string) (string, error) {
	var v []byte
	err := t.db.QueryRow("SELECT v FROM "+t.name+" WHERE k = ?", []byte(key)).Scan(&v)
	if errors.Is(err, sql.ErrNoRows) {
		err = nil
	}
	return string(v), err
}

func (t *fileTable) all() (map[string]string, error) {
	rows, err := t.db.Query("SELECT k, v FROM " + t.name)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	values := map[string]string{}
	for rows.Next() {
		var k, v []byte
		if err := rows.Scan(&k, &v); err != nil {
			return nil, err
		}
		values[string(k)] = string(v)
	}
	return values, rows.Err()
}

func (t *fileTable) put(values map[string]string) error {
	tx, err := t.db.Begin()
	if err != nil {
		return err
	}
	defer tx.Rollback() // nothing is left to roll back after Commit
	set, err := tx.Prepare("REPLACE INTO " + t.name + " (k, v) VALUES (?, ?)")
	if err != nil {
		return err
	}
	defer set.Close()
	for k, v := range values {
		if v == "" {
			_, err = tx.Exec("DELETE FROM "+t.name+" WHERE k = ?", []byte(k))
		} else {
			_, err = set.Exec([]byte(k), []byte(v))
		}
		if err != nil {
			return err
		}
	}
	return tx.Commit()
}

func (t *fileTable) clear() error {
	_, err := t.db.Exec("DELETE FROM " + t.name)
	return err
}
