package mtproto

import (
	"testing"
	"time"

	"github.com/gotd/td/mt"
)

// Salts are asked for in time, stored, and used in their time.
func TestSalts(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		f.strict = true
		salts := func(now time.Time) (out []mt.FutureSalt) {
			hour := now.Truncate(time.Hour)
			for i := range 24 {
				at := hour.Add(time.Duration(i) * time.Hour)
				out = append(out, mt.FutureSalt{
					ValidSince: int(at.Unix()), ValidUntil: int(at.Add(90 * time.Minute).Unix()), Salt: at.Unix(),
				})
			}
			return out
		}
		f.intercept = func(p *peer, m incoming) bool {
			f.mu.Lock()
			now := f.clock()
			f.salt = now.Truncate(time.Hour).Unix()
			f.mu.Unlock()
			if typeID(m.body) == mt.GetFutureSaltsRequestTypeID {
				_ = p.push(1, false, &mt.FutureSalts{ReqMsgID: m.id, Now: int(now.Unix()), Salts: salts(now)})
			}
			return false
		}
		f.packet = func(p *peer, id int64, msgs []incoming) bool {
			f.mu.Lock()
			f.salt = f.clock().Truncate(time.Hour).Unix()
			f.mu.Unlock()
			return false
		}
		cfg := f.config()
		cfg.Salts = nil
		s, r := start(t, f, cfg)
		for range 72 {
			ask(t, s, "call")
			rest(time.Hour)
		}
		asked := len(f.got(mt.GetFutureSaltsRequestTypeID))
		if asked < 3 || asked > 6 || len(r.salts) != asked {
			t.Errorf("asked %d times, stored %d times", asked, len(r.salts))
		}
		if n := len(f.acts()); n != 72 {
			t.Errorf("%d acts", n)
		}
	})
}

// A server that never has salts is not pestered.
func TestNoSalts(t *testing.T) {
	for _, answer := range []bool{true, false} {
		bubble(t, func(t *testing.T, f *fakeDC) {
			f.intercept = func(p *peer, m incoming) bool {
				if answer && typeID(m.body) == mt.GetFutureSaltsRequestTypeID {
					_ = p.push(1, false, &mt.FutureSalts{ReqMsgID: m.id, Salts: []mt.FutureSalt{{ValidSince: 5, ValidUntil: 2}}})
				}
				return false
			}
			cfg := f.config()
			cfg.Salts = nil
			_, r := start(t, f, cfg)
			rest(10 * time.Hour)
			if n := len(f.got(mt.GetFutureSaltsRequestTypeID)); n < 2 || n > 30 || len(r.salts) != 0 {
				t.Errorf("asked %d times in ten hours, stored %d", n, len(r.salts))
			}
		})
	}
}

// A server whose clock is far ahead of its salts does not spin either.
func TestSaltBox(t *testing.T) {
	now := time.Unix(1_000_000, 0)
	var b saltBox
	if b.current(now) != 0 {
		t.Error("salt from nowhere")
	}
	b.use(5, now)
	if b.current(now) != 5 || b.current(now.Add(time.Hour)) != 5 {
		t.Error("the only salt is used beyond its time")
	}
	b.set([]Salt{{3, now.Add(2 * time.Hour), now.Add(3 * time.Hour)}, {1, now, now.Add(time.Hour)}, {2, now.Add(time.Hour), now.Add(2 * time.Hour)}})
	for i, want := range []int64{1, 1, 2, 2, 3, 3, 3} {
		if got := b.current(now.Add(time.Duration(i) * 30 * time.Minute)); got != want {
			t.Errorf("after %d half hours: salt %d, want %d", i, got, want)
		}
	}
	if len(b.list) != 1 {
		t.Errorf("%d salts are kept", len(b.list))
	}
}
