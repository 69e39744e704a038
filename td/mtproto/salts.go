package mtproto

import (
	"slices"
	"time"

	"github.com/gotd/td/mt"
)

const (
	saltCount   = 64               // asked for at once, about a day and a half
	saltReserve = 30 * time.Minute // left when new ones are asked for
	saltGap     = time.Minute      // least time between two questions, doubled while they are not answered
	saltGapMax  = time.Hour
	saltTrust   = 10 * time.Minute // how long a salt lasts that came without its times
)

// saltBox keeps the server salts. Times of salts are server time, asked is local. Guarded by Session.mu.
type saltBox struct {
	list  []Salt // by Since
	asked time.Time
	gap   time.Duration
}

// set replaces the salts.
func (b *saltBox) set(list []Salt) {
	b.list = slices.Clone(list)
	slices.SortStableFunc(b.list, func(x, y Salt) int { return x.Since.Compare(y.Since) })
}

// use takes a salt that the server told to be the right one now.
func (b *saltBox) use(salt int64, now time.Time) {
	if cur, ok := b.pick(now); ok && cur.Salt == salt && cur.Until.After(now) {
		return
	}
	b.list = []Salt{{Salt: salt, Since: now.Add(-saltTrust), Until: now.Add(saltTrust)}}
	b.asked = time.Time{}
}

// pick returns the salt of the time now: the latest that has begun, or the first.
func (b *saltBox) pick(now time.Time) (Salt, bool) {
	if len(b.list) == 0 {
		return Salt{}, false
	}
	i, _ := slices.BinarySearchFunc(b.list, now, func(s Salt, t time.Time) int {
		if s.Since.After(t) {
			return 1
		}
		return -1
	})
	return b.list[max(i-1, 0)], true
}

// current is the salt to send; salts that are over are forgotten.
func (b *saltBox) current(now time.Time) int64 {
	for len(b.list) > 1 && !b.list[1].Since.After(now) {
		b.list = b.list[1:]
	}
	s, _ := b.pick(now)
	return s.Salt
}

// askAt is when to ask for new salts, in local time.
func (b *saltBox) askAt(now, server time.Time) time.Time {
	at := now
	if n := len(b.list); n > 0 {
		at = now.Add(b.list[n-1].Until.Add(-saltReserve).Sub(server))
	}
	if again := b.asked.Add(b.gap); !b.asked.IsZero() && again.After(at) {
		return again
	}
	return at
}

// ask makes the question if it is time.
func (b *saltBox) ask(now, server time.Time) ([]byte, bool) {
	if now.Before(b.askAt(now, server)) {
		return nil, false
	}
	b.gap = min(max(saltGap, 2*b.gap), saltGapMax)
	b.asked = now
	return encoded(&mt.GetFutureSaltsRequest{Num: saltCount}), true
}

// answered takes the server's salts; false if there were none of use.
func (b *saltBox) answered(a *mt.FutureSalts, server time.Time) bool {
	list := make([]Salt, 0, len(a.Salts))
	for _, s := range a.Salts {
		salt := Salt{Salt: s.Salt, Since: time.Unix(int64(s.ValidSince), 0), Until: time.Unix(int64(s.ValidUntil), 0)}
		if salt.Until.After(server) && salt.Until.After(salt.Since) {
			list = append(list, salt)
		}
	}
	if len(list) == 0 {
		return false
	}
	cur, ok := b.pick(server)
	b.set(list)
	if ok && b.list[0].Since.After(server) {
		// None has begun yet: the one in use lasts until then.
		b.list = slices.Insert(b.list, 0, cur)
	}
	b.gap = saltGap / 2 // ask doubles it
	return true
}
