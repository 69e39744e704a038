package storage

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
)

// Load implements [Storage].
func (s *SQLite) Load(ctx context.Context) (*Session, error) {
	if err := s.begin(); err != nil {
		return nil, err
	}
	defer s.mu.Unlock()
	session := &Session{}
	if s.db == nil {
		return session, nil
	}
	for _, load := range []func(context.Context, *Session) error{s.loadDataCenters, s.loadUser, s.loadState} {
		if err := load(ctx, session); err != nil {
			return nil, s.wrap(err)
		}
	}
	if err := session.Check(); err != nil {
		return nil, fmt.Errorf("storage: %s is %w: %w", s.path, ErrCorrupt, err)
	}
	return session, nil
}

func (s *SQLite) loadDataCenters(ctx context.Context, session *Session) error {
	rows, err := s.db.QueryContext(ctx, `SELECT id, ipv4, ipv6, auth_key, salt, authorized, test FROM data_center ORDER BY id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var dc DataCenter
		var key []byte
		if err := rows.Scan(&dc.ID, &dc.IPv4, &dc.IPv6, &key, &dc.Salt, &dc.Authorized, &dc.Test); err != nil {
			return err
		}
		if key != nil {
			if key, err = s.seal.open(key, keyPlace(dc.ID)); err != nil {
				return fmt.Errorf("%w: data center %d: %w", ErrCorrupt, dc.ID, err)
			}
		}
		dc.AuthKey = cloneKey(key)
		session.DataCenters = append(session.DataCenters, dc)
	}
	return rows.Err()
}

func (s *SQLite) loadUser(ctx context.Context, session *Session) error {
	u := &User{}
	err := s.db.QueryRowContext(ctx, `SELECT id, dc, bot, username FROM user`).Scan(&u.ID, &u.DC, &u.Bot, &u.Username)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	session.User = u
	return err
}

func (s *SQLite) loadState(ctx context.Context, session *Session) error {
	state := &UpdateState{}
	err := s.db.QueryRowContext(ctx, `SELECT pts, qts, date, seq FROM state`).Scan(&state.PTS, &state.QTS, &state.Date, &state.Seq)
	none := errors.Is(err, sql.ErrNoRows)
	if err != nil && !none {
		return err
	}
	rows, err := s.db.QueryContext(ctx, `SELECT id, pts FROM channel_state ORDER BY id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var c ChannelState
		if err := rows.Scan(&c.ID, &c.PTS); err != nil {
			return err
		}
		state.Channels = append(state.Channels, c)
	}
	if !none || len(state.Channels) > 0 {
		session.State = state
	}
	return rows.Err()
}

// Save implements [Storage].
func (s *SQLite) Save(ctx context.Context, session *Session) error {
	if session == nil {
		return errNilSession
	}
	if err := session.Check(); err != nil {
		return err
	}
	if err := s.begin(); err != nil {
		return err
	}
	defer s.mu.Unlock()
	if err := s.ensure(ctx); err != nil { // before anything is sealed
		return err
	}
	list := []statement{{sql: `DELETE FROM data_center`}, {sql: `DELETE FROM user`}, {sql: `DELETE FROM state`}, {sql: `DELETE FROM channel_state`}}
	b := &Batch{DataCenters: session.DataCenters, User: session.User, State: session.State}
	return s.write(ctx, append(list, s.statements(b)...))
}

// Apply implements [Database].
func (s *SQLite) Apply(ctx context.Context, b *Batch) error {
	if err := b.check(); err != nil {
		return err
	}
	if err := s.begin(); err != nil {
		return err
	}
	defer s.mu.Unlock()
	if b.empty() {
		return nil
	}
	if err := s.ensure(ctx); err != nil { // before anything is sealed
		return err
	}
	return s.write(ctx, s.statements(b))
}

// statements says b in SQL.
func (s *SQLite) statements(b *Batch) []statement {
	var list []statement
	add := func(sql string, args ...any) { list = append(list, statement{sql, args}) }
	for _, id := range b.RemoveDataCenters {
		add(`DELETE FROM data_center WHERE id=?`, id)
	}
	for i := range b.DataCenters {
		dc := &b.DataCenters[i]
		add(`INSERT OR REPLACE INTO data_center VALUES (?,?,?,?,?,?,?)`,
			dc.ID, dc.IPv4, dc.IPv6, s.sealedKey(dc), dc.Salt, dc.Authorized, dc.Test)
	}
	if b.RemoveUser {
		add(`DELETE FROM user`)
	}
	if u := b.User; u != nil {
		add(`INSERT OR REPLACE INTO user VALUES (1,?,?,?,?)`, u.ID, u.DC, u.Bot, u.Username)
	}
	for _, id := range b.RemoveChannels {
		add(`DELETE FROM channel_state WHERE id=?`, id)
	}
	if st := b.State; st != nil {
		add(`INSERT OR REPLACE INTO state VALUES (1,?,?,?,?)`, st.PTS, st.QTS, st.Date, st.Seq)
		addChannels(add, st.Channels)
	}
	addChannels(add, b.Channels)
	for _, key := range b.Unset {
		add(`DELETE FROM value WHERE key=?`, key)
	}
	for key, value := range b.Set {
		add(`INSERT OR REPLACE INTO value VALUES (?,?)`, key, s.sealedValue(key, value))
	}
	return list
}

func addChannels(add func(string, ...any), channels []ChannelState) {
	for _, c := range channels {
		add(`INSERT OR REPLACE INTO channel_state VALUES (?,?)`, c.ID, c.PTS)
	}
}

func keyPlace(dc int) string       { return "data_center:" + strconv.Itoa(dc) }
func valuePlace(key string) string { return "value:" + key }

// sealedKey is what stands in the file for the key of dc: NULL if there is none.
func (s *SQLite) sealedKey(dc *DataCenter) any {
	if len(dc.AuthKey) == 0 {
		return nil
	}
	return s.seal.seal(dc.AuthKey, keyPlace(dc.ID))
}

// sealedValue is never nil, which would be NULL.
func (s *SQLite) sealedValue(key string, value []byte) []byte {
	if value == nil {
		value = []byte{}
	}
	return s.seal.seal(value, valuePlace(key))
}
