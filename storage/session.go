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
	if s.db == nil {
		return &Session{}, nil
	}
	session, err := s.reader().session(ctx)
	if err != nil {
		return nil, s.wrap(err)
	}
	if err := session.Check(); err != nil {
		return nil, fmt.Errorf("storage: %s is %w: %w", s.path, ErrCorrupt, err)
	}
	return session, nil
}

func (s *SQLite) reader() *reader { return &reader{q: s.db, seal: s.seal} }

func (r *reader) session(ctx context.Context) (*Session, error) {
	session := &Session{}
	for _, load := range []func(context.Context, *Session) error{r.dataCenters, r.user, r.state} {
		if err := load(ctx, session); err != nil {
			return nil, err
		}
	}
	return session, nil
}

func (r *reader) dataCenters(ctx context.Context, session *Session) error {
	rows, err := r.q.QueryContext(ctx, `SELECT id, ipv4, ipv6, auth_key, salt, authorized, test, sum FROM data_center ORDER BY id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var dc DataCenter
		var key, sum []byte
		if err := rows.Scan(&dc.ID, &dc.IPv4, &dc.IPv6, &key, &dc.Salt, &dc.Authorized, &dc.Test, &sum); err != nil {
			return damaged(err)
		}
		if key != nil {
			if key, err = r.seal.open(key, keyPlace(dc.ID)); err != nil {
				return fmt.Errorf("%w: data center %d: %w", ErrCorrupt, dc.ID, err)
			}
		}
		dc.AuthKey = cloneKey(key)
		if err := r.check("data_center", sum, dc.row()); err != nil {
			return err
		}
		session.DataCenters = append(session.DataCenters, dc)
	}
	return rows.Err()
}

func (r *reader) user(ctx context.Context, session *Session) error {
	u, sum := &User{}, []byte(nil)
	err := r.q.QueryRowContext(ctx, `SELECT id, dc, bot, username, sum FROM user`).Scan(&u.ID, &u.DC, &u.Bot, &u.Username, &sum)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return damaged(err)
	}
	session.User = u
	return r.check("user", sum, u.row())
}

func (r *reader) state(ctx context.Context, session *Session) error {
	state, sum := &UpdateState{}, []byte(nil)
	err := r.q.QueryRowContext(ctx, `SELECT pts, qts, date, seq, sum FROM state`).Scan(&state.PTS, &state.QTS, &state.Date, &state.Seq, &sum)
	none := errors.Is(err, sql.ErrNoRows)
	if err == nil {
		err = r.check("state", sum, state.row())
	}
	if err != nil && !none {
		return damaged(err)
	}
	rows, err := r.q.QueryContext(ctx, `SELECT id, pts, sum FROM channel_state ORDER BY id`)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var c ChannelState
		if err := rows.Scan(&c.ID, &c.PTS, &sum); err != nil {
			return damaged(err)
		}
		if err := r.check("channel_state", sum, c.row()); err != nil {
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
	if err := s.write(ctx, append(list, s.statements(b)...)); err != nil {
		return err
	}
	s.settle(ctx)
	return nil
}

// settle moves what was written out of the log into the file and has the disk keep it, so that a login outlives a crash of the
// machine, too. The log has it in any case.
func (s *SQLite) settle(ctx context.Context) {
	_, _ = s.db.ExecContext(ctx, `PRAGMA wal_checkpoint(FULL)`)
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
	if err := s.write(ctx, s.statements(b)); err != nil {
		return err
	}
	if b.User != nil {
		s.settle(ctx)
	}
	return nil
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
		add(`INSERT OR REPLACE INTO data_center VALUES (?,?,?,?,?,?,?,?)`,
			dc.ID, dc.IPv4, dc.IPv6, s.sealedKey(dc), dc.Salt, dc.Authorized, dc.Test, sumOf("data_center", dc.row()))
	}
	if b.RemoveUser {
		add(`DELETE FROM user`)
	}
	if u := b.User; u != nil {
		add(`INSERT OR REPLACE INTO user VALUES (1,?,?,?,?,?)`, u.ID, u.DC, u.Bot, u.Username, sumOf("user", u.row()))
	}
	for _, id := range b.RemoveChannels {
		add(`DELETE FROM channel_state WHERE id=?`, id)
	}
	if st := b.State; st != nil {
		add(`INSERT OR REPLACE INTO state VALUES (1,?,?,?,?,?)`, st.PTS, st.QTS, st.Date, st.Seq, sumOf("state", st.row()))
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
		add(`INSERT OR REPLACE INTO channel_state VALUES (?,?,?)`, c.ID, c.PTS, sumOf("channel_state", c.row()))
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
