package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
)

// Get implements [Database].
func (s *SQLite) Get(ctx context.Context, key string) (value []byte, ok bool, err error) {
	if err := s.begin(); err != nil {
		return nil, false, err
	}
	defer s.mu.Unlock()
	if s.db == nil {
		return nil, false, nil
	}
	err = s.db.QueryRowContext(ctx, `SELECT value FROM value WHERE key=?`, key).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, false, nil
	}
	if err != nil {
		return nil, false, s.wrap(err)
	}
	value, err = s.reader().openValue(key, value)
	return value, err == nil, s.wrap(err)
}

// All implements [Database].
func (s *SQLite) All(ctx context.Context, prefix string) (map[string][]byte, error) {
	if err := s.begin(); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	if s.db == nil {
		return map[string][]byte{}, nil
	}
	all, err := s.reader().values(ctx, prefix)
	if err != nil {
		return nil, s.wrap(err)
	}
	return all, nil
}

func (r *reader) values(ctx context.Context, prefix string) (map[string][]byte, error) {
	rows, err := r.q.QueryContext(ctx, `SELECT key, value FROM value WHERE key>=? ORDER BY key`, prefix)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	all := map[string][]byte{}
	for rows.Next() {
		var key string
		var value []byte
		if err := rows.Scan(&key, &value); err != nil {
			return nil, damaged(err)
		}
		if !strings.HasPrefix(key, prefix) {
			break // they are in order, so none follows
		}
		if all[key], err = r.openValue(key, value); err != nil {
			return nil, err
		}
	}
	return all, rows.Err()
}

// openValue unseals what stands in the file for key. The answer is never nil.
func (r *reader) openValue(key string, sealed []byte) ([]byte, error) {
	value, err := r.seal.open(sealed, valuePlace(key))
	if err != nil {
		return nil, fmt.Errorf("%w: value %q: %w", ErrCorrupt, key, err)
	}
	if value == nil {
		value = []byte{}
	}
	return value, nil
}

// Set implements [Database].
func (s *SQLite) Set(ctx context.Context, key string, value []byte) error {
	return s.Apply(ctx, &Batch{Set: map[string][]byte{key: value}})
}

// Unset implements [Database].
func (s *SQLite) Unset(ctx context.Context, key string) error {
	return s.Apply(ctx, &Batch{Unset: []string{key}})
}
