// Package storage keeps on disk what a Telegram client needs to be logged in:
// its data centers with their keys, its user, and how far it has read the
// updates. Beside that it keeps small values by name for whoever runs the client.
//
// [Open] keeps it in one SQLite file, [Memory] in the process. Both are safe for
// concurrent use; what is written together is one [Batch] and lands whole or not
// at all.
package storage

import (
	"context"
	"errors"
	"fmt"
	"slices"
)

// AuthKeyLen is the length of an MTProto authorization key in bytes.
const AuthKeyLen = 256

// Session is what a client must remember to be logged in.
type Session struct {
	DataCenters []DataCenter // by ascending ID when loaded
	User        *User        // nil: not logged in
	State       *UpdateState // nil: no update was read yet
}

// DataCenter is one data center and the key that was agreed with it.
type DataCenter struct {
	ID         int    // 1 and up, unique in a session
	IPv4       string // "host:port", or empty
	IPv6       string // "[host]:port", or empty
	AuthKey    []byte // the permanent key, 256 bytes, or nil if there is none
	Salt       int64  // the server salt last told, 0 if unknown
	Authorized bool   // the user is logged in under AuthKey
	Test       bool   // one of Telegram's test servers
}

// User is the account that is logged in.
type User struct {
	ID       int64
	DC       int // the user's main data center
	Bot      bool
	Username string // without @, may be empty
}

// UpdateState says how far the updates of the account were read.
type UpdateState struct {
	PTS, QTS, Date, Seq int
	Channels            []ChannelState // by ascending ID when loaded
}

// ChannelState says how far the updates of one channel were read.
type ChannelState struct {
	ID  int64 // as in MTProto: positive, without the -100 prefix
	PTS int
}

// Storage loads and saves a session.
//
// Load gives an empty session, never nil, if none was saved. Save replaces the
// session whole. Delete forgets everything; Load and Save may be called after it.
type Storage interface {
	Load(ctx context.Context) (*Session, error)
	Save(ctx context.Context, s *Session) error
	Delete(ctx context.Context) error
}

// Database is a Storage that can also be changed in parts, and that keeps small
// values by name. *[SQLite] and *[Mem] are the implementations.
type Database interface {
	Storage

	// Get returns the value of key and whether there is one.
	Get(ctx context.Context, key string) (value []byte, ok bool, err error)
	// All returns the values whose key begins with prefix.
	All(ctx context.Context, prefix string) (map[string][]byte, error)
	// Set keeps value under key. An empty value is a value too.
	Set(ctx context.Context, key string, value []byte) error
	// Unset forgets key. It is no error if there is none.
	Unset(ctx context.Context, key string) error

	// Apply makes the changes of b in one transaction. When it returns nil they
	// outlive the process, however it ends.
	Apply(ctx context.Context, b *Batch) error

	// Rekey changes the key that secrets are sealed with; empty: not sealed.
	Rekey(ctx context.Context, key []byte) error
	// Close frees everything. Every call after it fails with [ErrClosed].
	Close() error
}

// What can be wrong with a database; the errors returned wrap these and name the file.
var (
	ErrLocked   = errors.New("already in use") // see [LockedError]
	ErrWrongKey = errors.New("wrong database encryption key")
	ErrCorrupt  = errors.New("damaged")
	ErrForeign  = errors.New("not a session of this library")
	ErrNewer    = errors.New("written by a newer version of this library")
	ErrClosed   = errors.New("closed")
)

// LockedError is the ErrLocked that tells who holds the database.
type LockedError struct {
	Path        string // of the database
	SameProcess bool   // it is open in this very process
}

func (e *LockedError) Error() string {
	if e.SameProcess {
		return fmt.Sprintf("storage: %s is already in use by this program", e.Path)
	}
	return fmt.Sprintf("storage: %s is already in use by another program; close that one first", e.Path)
}

// Is makes errors.Is(err, ErrLocked) hold.
func (e *LockedError) Is(target error) bool { return target == ErrLocked }

// Check says what in s cannot be kept: a key of the wrong length, a data center
// or channel that is named twice or has no valid ID.
func (s *Session) Check() error {
	if err := checkDataCenters(s.DataCenters); err != nil {
		return err
	}
	if s.State != nil {
		return checkChannels(s.State.Channels)
	}
	return nil
}

func checkDataCenters(dcs []DataCenter) error {
	seen := make(map[int]bool, len(dcs))
	for i := range dcs {
		dc := &dcs[i]
		if dc.ID <= 0 || seen[dc.ID] {
			return fmt.Errorf("storage: data center ID %d is invalid or named twice", dc.ID)
		}
		if n := len(dc.AuthKey); n != 0 && n != AuthKeyLen {
			return fmt.Errorf("storage: the key of data center %d has %d bytes, want %d", dc.ID, n, AuthKeyLen)
		}
		seen[dc.ID] = true
	}
	return nil
}

func checkChannels(channels []ChannelState) error {
	seen := make(map[int64]bool, len(channels))
	for _, c := range channels {
		if c.ID <= 0 || seen[c.ID] {
			return fmt.Errorf("storage: channel ID %d is invalid or named twice", c.ID)
		}
		seen[c.ID] = true
	}
	return nil
}

// clone copies s so that neither side sees what the other changes later.
func (s *Session) clone() *Session {
	c := &Session{DataCenters: slices.Clone(s.DataCenters)}
	for i := range c.DataCenters {
		c.DataCenters[i].AuthKey = cloneKey(c.DataCenters[i].AuthKey)
	}
	if s.User != nil {
		u := *s.User
		c.User = &u
	}
	if s.State != nil {
		st := *s.State
		st.Channels = slices.Clone(st.Channels)
		c.State = &st
	}
	return c
}

// cloneKey also makes an empty key nil, so that both mean the same to a reader.
func cloneKey(key []byte) []byte {
	if len(key) == 0 {
		return nil
	}
	return slices.Clone(key)
}
