package td

import (
	"context"

	"tdjson/storage"
	"tdjson/types"
)

// setDatabaseEncryptionKey seals the database anew with another key, or with none if it is empty.
func (c *Client) setDatabaseEncryptionKey(ctx context.Context, f *types.SetDatabaseEncryptionKey) (*types.Ok, error) {
	var err error
	c.await(func() { err = c.store.rekey(ctx, f.NewEncryptionKey) })
	if err != nil {
		return nil, err
	}
	return &types.Ok{}, nil
}

// rekey may block.
func (s *store) rekey(ctx context.Context, key []byte) error {
	s.mu.Lock()
	db := s.db
	s.mu.Unlock()
	if db == nil {
		return storage.ErrClosed
	}
	return db.Rekey(ctx, key)
}
