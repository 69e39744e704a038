package storage

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"sync"
)

// Mem is a Database that lives in the process and ends with it. See [Memory].
type Mem struct {
	mu      sync.Mutex
	session *Session
	values  map[string][]byte
	closed  bool
}

var _ Database = (*Mem)(nil)

// Memory returns an empty Database that keeps nothing on disk.
func Memory() *Mem { return &Mem{session: &Session{}, values: map[string][]byte{}} }

// do runs f with m locked, unless m is closed or ctx is done.
func (m *Mem) do(ctx context.Context, f func()) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.closed {
		return ErrClosed
	}
	f()
	return nil
}

// Load implements [Storage].
func (m *Mem) Load(ctx context.Context) (s *Session, err error) {
	err = m.do(ctx, func() { s = m.session.clone() })
	return s, err
}

// Save implements [Storage].
func (m *Mem) Save(ctx context.Context, s *Session) error {
	if s == nil {
		return errNilSession
	}
	if err := s.Check(); err != nil {
		return err
	}
	return m.do(ctx, func() {
		m.session = s.clone()
		m.session.sort()
	})
}

// Delete implements [Storage].
func (m *Mem) Delete(ctx context.Context) error {
	return m.do(ctx, func() { m.session, m.values = &Session{}, map[string][]byte{} })
}

// Get implements [Database].
func (m *Mem) Get(ctx context.Context, key string) (value []byte, ok bool, err error) {
	err = m.do(ctx, func() {
		value, ok = m.values[key]
		value = slices.Clone(value)
	})
	return value, ok, err
}

// All implements [Database].
func (m *Mem) All(ctx context.Context, prefix string) (map[string][]byte, error) {
	all := map[string][]byte{}
	err := m.do(ctx, func() {
		for k, v := range m.values {
			if strings.HasPrefix(k, prefix) {
				all[k] = slices.Clone(v)
			}
		}
	})
	return all, err
}

// Set implements [Database].
func (m *Mem) Set(ctx context.Context, key string, value []byte) error {
	return m.Apply(ctx, &Batch{Set: map[string][]byte{key: value}})
}

// Unset implements [Database].
func (m *Mem) Unset(ctx context.Context, key string) error {
	return m.Apply(ctx, &Batch{Unset: []string{key}})
}

// Apply implements [Database].
func (m *Mem) Apply(ctx context.Context, b *Batch) error {
	if err := b.check(); err != nil {
		return err
	}
	return m.do(ctx, func() {
		m.session.apply(b)
		for _, k := range b.Unset {
			delete(m.values, k)
		}
		for k, v := range b.Set {
			m.values[k] = append([]byte{}, v...)
		}
	})
}

// Rekey implements [Database]; there is nothing on disk to seal.
func (m *Mem) Rekey(ctx context.Context, _ []byte) error { return m.do(ctx, func() {}) }

// Close implements [Database].
func (m *Mem) Close() error {
	return m.do(context.Background(), func() { m.session, m.values, m.closed = nil, nil, true })
}

var errNilSession = errors.New("storage: Save needs a session; use Delete to forget one")

// apply makes the changes of a checked batch, but for its values.
func (s *Session) apply(b *Batch) {
	c := (&Session{DataCenters: b.DataCenters, User: b.User, State: b.State}).clone()
	s.DataCenters = slices.DeleteFunc(s.DataCenters, func(dc DataCenter) bool {
		return slices.Contains(b.RemoveDataCenters, dc.ID)
	})
	for _, dc := range c.DataCenters {
		s.DataCenters = put(s.DataCenters, dc, func(o DataCenter) bool { return o.ID == dc.ID })
	}
	if b.RemoveUser || b.User != nil {
		s.User = c.User
	}
	s.applyState(b, c.State)
	s.sort()
}

func (s *Session) applyState(b *Batch, state *UpdateState) {
	if state == nil && len(b.Channels) == 0 && s.State == nil {
		return
	}
	if s.State == nil {
		s.State = &UpdateState{}
	}
	old := s.State.Channels
	changed := b.Channels
	if state != nil {
		changed = slices.Concat(state.Channels, b.Channels)
		*s.State = *state
	}
	old = slices.DeleteFunc(old, func(o ChannelState) bool { return slices.Contains(b.RemoveChannels, o.ID) })
	for _, ch := range changed {
		old = put(old, ch, func(o ChannelState) bool { return o.ID == ch.ID })
	}
	s.State.Channels = old
}

// put replaces the element of list that same finds, or appends v.
func put[T any](list []T, v T, same func(T) bool) []T {
	if i := slices.IndexFunc(list, same); i >= 0 {
		list[i] = v
		return list
	}
	return append(list, v)
}

// sort brings s into the order in which sessions are loaded.
func (s *Session) sort() {
	slices.SortFunc(s.DataCenters, func(a, b DataCenter) int { return cmp.Compare(a.ID, b.ID) })
	if s.State != nil {
		slices.SortFunc(s.State.Channels, func(a, b ChannelState) int { return cmp.Compare(a.ID, b.ID) })
	}
}
