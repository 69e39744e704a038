package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"slices"
)

const proofPlace = "seal:1"

// writeSeal notes in a new database, or one that is sealed anew, that it is
// sealed with s.key, and makes the sealer. Without a key there is no note.
func (s *SQLite) writeSeal(ctx context.Context, tx *sql.Tx) error {
	salt := newSalt()
	seal, err := newSealer(s.key, salt)
	if err != nil {
		return err
	}
	s.seal = seal
	if len(s.key) == 0 {
		return nil
	}
	sealed := seal.seal([]byte(proof), proofPlace)
	_, err = tx.ExecContext(ctx, `INSERT INTO seal VALUES (1,?,?,?)`, salt, sealed, sumOf("seal", row(salt, sealed)))
	return err
}

// checkKey holds s.key against the note in the file and makes the sealer. Bare: the note has no sum yet.
func (s *SQLite) checkKey(ctx context.Context, db *sql.DB, bare bool) error {
	var salt, sealed, sum []byte
	query := `SELECT salt, proof, sum FROM seal`
	if bare {
		query = `SELECT salt, proof, x'' FROM seal`
	}
	err := db.QueryRowContext(ctx, query).Scan(&salt, &sealed, &sum)
	none := errors.Is(err, sql.ErrNoRows)
	switch {
	case err != nil && !none:
		return s.wrap(err)
	case !none && !bare && !sumHolds(sum, "seal", row(salt, sealed)):
		return fmt.Errorf("storage: %s is %w: table seal: %w", s.path, ErrCorrupt, errSum)
	case none != (len(s.key) == 0):
		return s.wrongKey()
	}
	if s.seal, err = newSealer(s.key, salt); err != nil || none {
		return s.wrap(err)
	}
	if _, err := s.seal.open(sealed, proofPlace); err != nil {
		return s.wrongKey()
	}
	return nil
}

func (s *SQLite) wrongKey() error { return fmt.Errorf("storage: %s: %w", s.path, ErrWrongKey) }

// Rekey implements [Database]: every secret is sealed anew and the file written
// anew, so that nothing is left in it that the old key opens.
func (s *SQLite) Rekey(ctx context.Context, key []byte) error {
	if err := s.begin(); err != nil {
		return err
	}
	defer s.mu.Unlock()
	oldKey, oldSeal := s.key, s.seal
	s.key = slices.Clone(key)
	if s.db == nil {
		return nil
	}
	err := s.transaction(ctx, s.db, func(tx *sql.Tx) error { return s.reseal(ctx, tx, oldSeal) })
	if err != nil {
		s.key, s.seal = oldKey, oldSeal
		return err
	}
	for version := 1; version < len(s.migrations); version++ {
		os.Remove(s.backupName(version)) // sealed with the old key
	}
	_, err = s.db.ExecContext(ctx, `VACUUM; PRAGMA wal_checkpoint(TRUNCATE)`)
	return s.wrap(err)
}

// reseal replaces the note about the key and every secret.
func (s *SQLite) reseal(ctx context.Context, tx *sql.Tx, old sealer) error {
	if _, err := tx.ExecContext(ctx, `DELETE FROM seal`); err != nil {
		return err
	}
	if err := s.writeSeal(ctx, tx); err != nil {
		return err
	}
	for _, c := range sealedColumns() {
		if err := s.resealColumn(ctx, tx, c, old); err != nil {
			return err
		}
	}
	return nil
}

// resealColumn reads the column whole before it writes: what a query gives
// while its table changes is not defined.
func (s *SQLite) resealColumn(ctx context.Context, tx *sql.Tx, c sealedColumn, old sealer) error {
	list, err := s.unsealed(ctx, tx, c, old)
	if err != nil {
		return err
	}
	update := fmt.Sprintf(`UPDATE %s SET %s=? WHERE %s=?`, c.table, c.column, c.id)
	for _, v := range list {
		if _, err := tx.ExecContext(ctx, update, s.seal.seal(v.secret, c.place(v.id)), v.id); err != nil {
			return err
		}
	}
	return nil
}

type unsealed struct {
	id     any
	secret []byte
}

func (s *SQLite) unsealed(ctx context.Context, tx *sql.Tx, c sealedColumn, old sealer) ([]unsealed, error) {
	rows, err := tx.QueryContext(ctx, fmt.Sprintf(`SELECT %s, %s FROM %s WHERE %[2]s IS NOT NULL`, c.id, c.column, c.table))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var list []unsealed
	for rows.Next() {
		var v unsealed
		var sealed []byte
		if err := rows.Scan(&v.id, &sealed); err != nil {
			return nil, err
		}
		if v.secret, err = old.open(sealed, c.place(v.id)); err != nil {
			return nil, fmt.Errorf("%w: %s: %w", ErrCorrupt, c.place(v.id), err)
		}
		if v.secret == nil {
			v.secret = []byte{} // nil would be written as NULL
		}
		list = append(list, v)
	}
	return list, rows.Err()
}

// place names the row id of c, for [sealer.seal].
func (c sealedColumn) place(id any) string { return fmt.Sprint(c.table, ":", id) }
