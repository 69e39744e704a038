package storage

import (
	"context"
	"crypto/sha256"
	"crypto/subtle"
	"database/sql"
	"errors"
	"fmt"

	"modernc.org/sqlite"
)

// sumLen is how many bytes of a SHA-256 are kept beside what they are of.
// SQLite does not notice a bit that has fallen over within a row, and a key or a
// place in the updates that is wrong by one bit would lose the session.
const sumLen = 8

var errSum = errors.New("something else than this library has changed it")

// sumOf is the sum of what stands at a place.
func sumOf(place string, content []byte) []byte {
	h := sha256.New()
	fmt.Fprintf(h, "%d:%s", len(place), place)
	h.Write(content)
	return h.Sum(nil)[:sumLen]
}

func sumHolds(sum []byte, place string, content []byte) bool {
	return subtle.ConstantTimeCompare(sum, sumOf(place, content)) == 1
}

// row is what a row's sum is of.
func row(columns ...any) (content []byte) {
	for _, c := range columns {
		switch c := c.(type) {
		case string, []byte:
			content = fmt.Appendf(content, "%q,", c)
		default:
			content = fmt.Appendf(content, "%v,", c)
		}
	}
	return content
}

func (dc *DataCenter) row() []byte {
	return row(dc.ID, dc.IPv4, dc.IPv6, dc.Salt, dc.Authorized, dc.Test, len(dc.AuthKey) > 0)
}

func (u *User) row() []byte { return row(u.ID, u.DC, u.Bot, u.Username) }

func (st *UpdateState) row() []byte { return row(st.PTS, st.QTS, st.Date, st.Seq) }

func (c *ChannelState) row() []byte { return row(c.ID, c.PTS) }

// reader reads what stands in the file.
type reader struct {
	q interface {
		QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
		QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
	}
	seal sealer
	bare bool // the rows have no sums yet
}

// check holds a row against its sum.
func (r *reader) check(table string, sum, content []byte) error {
	if !r.bare && !sumHolds(sum, table, content) {
		return fmt.Errorf("%w: table %s: %w", ErrCorrupt, table, errSum)
	}
	return nil
}

// damaged is the error of a row that is not of the kind that was written.
func damaged(err error) error {
	if _, ok := errors.AsType[*sqlite.Error](err); ok || errors.Is(err, ErrCorrupt) || errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded) {
		return err
	}
	return fmt.Errorf("%w: %w", ErrCorrupt, err)
}

// addSums is the part of the migration to schema 2 that SQL can't do: it writes everything anew, with sums.
func (s *SQLite) addSums(ctx context.Context, tx *sql.Tx) error {
	r := &reader{q: tx, seal: s.seal, bare: true}
	r.seal.bare = true
	session, err := r.session(ctx)
	if err != nil {
		return err
	}
	values, err := r.values(ctx, "")
	if err != nil {
		return err
	}
	b := &Batch{DataCenters: session.DataCenters, User: session.User, State: session.State, Set: values}
	for _, st := range s.statements(b) {
		if _, err := tx.ExecContext(ctx, st.sql, st.args...); err != nil {
			return err
		}
	}
	var salt, proof []byte
	err = tx.QueryRowContext(ctx, `SELECT salt, proof FROM seal`).Scan(&salt, &proof)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, `UPDATE seal SET sum=?`, sumOf("seal", row(salt, proof)))
	}
	return err
}
