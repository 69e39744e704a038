package mtproto

import (
	"errors"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mt"
)

// DestroyKey ends the session whatever the server says; the error tells.
func TestDestroyKey(t *testing.T) {
	for _, c := range []struct {
		name  string
		reply uint32
		code  int32
		in    bool
		want  error
	}{
		{"ok", destroyKeyOkID, 0, false, nil},
		{"none", destroyKeyNoneID, 0, false, nil},
		{"fail", destroyKeyFailID, 0, false, ErrKeyNotDestroyed},
		{"in rpc_result", destroyKeyOkID, 0, true, nil},
		{"-404", 0, -404, false, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			bubble(t, func(t *testing.T, f *fakeDC) {
				f.query = func(*peer, int64, []byte) []byte { return nil }
				f.intercept = func(p *peer, m incoming) bool {
					if typeID(m.body) != destroyKeyID {
						return false
					}
					switch {
					case c.code != 0:
						_ = p.sendCode(c.code)
					case c.in:
						_ = p.result(m.id, idBytes(c.reply))
					default:
						_ = p.push(1, true, Raw(idBytes(c.reply)))
					}
					return true
				}
				s, r := start(t, f, f.config())
				other := s.Call(Raw("call"), CallOptions{})
				if err := s.DestroyKey(t.Context()); !errors.Is(err, c.want) {
					t.Errorf("error %v", err)
				}
				if _, err := other.Wait(t.Context()); !errors.Is(err, ErrKeyGone) {
					t.Errorf("other call: %v", err)
				}
				rest(time.Hour)
				if _, err := s.Call(Raw("late"), CallOptions{}).Wait(t.Context()); !errors.Is(err, ErrKeyGone) {
					t.Errorf("later call: %v", err)
				}
				if f.dialed() != 1 || r.state() != StateIdle || !s.Key().Zero() || r.gone != 0 {
					t.Errorf("%d connections, %v", f.dialed(), r.state())
				}
			})
		})
	}
}

// Without a key there is nothing to destroy; over a cut, destroy_auth_key is sent again.
func TestDestroyKeyUnusual(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		cfg := f.config()
		cfg.Key = crypto.AuthKey{}
		cfg.Addrs = nil
		s, _ := start(t, f, cfg)
		if err := s.DestroyKey(t.Context()); err != nil {
			t.Error(err)
		}
		n := 0
		f.intercept = func(p *peer, m incoming) bool {
			if typeID(m.body) == destroyKeyID {
				if n++; n < 4 {
					_ = p.nc.Close()
				} else {
					_ = p.push(1, true, Raw(idBytes(destroyKeyOkID)))
				}
			}
			return false
		}
		s2, _ := start(t, f, f.config())
		if err := s2.DestroyKey(t.Context()); err != nil || n != 4 {
			t.Error(err, n)
		}
	})
}

// DestroySession tells whether the server knew the session, by either way of answering.
func TestDestroySession(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		f.intercept = func(p *peer, m incoming) bool {
			var q mt.DestroySessionRequest
			if q.Decode(&bin.Buffer{Buf: m.body}) != nil {
				return false
			}
			switch q.SessionID {
			case 1:
				_ = p.push(1, true, &mt.DestroySessionOk{SessionID: 1})
			case 2:
				_ = p.push(1, true, &mt.DestroySessionNone{SessionID: 2})
			case 3:
				_ = p.result(m.id, encoded(&mt.DestroySessionOk{SessionID: 3}))
			}
			return true
		}
		s, _ := start(t, f, f.config())
		for id, want := range map[int64]bool{1: true, 2: false, 3: true} {
			if got, err := s.DestroySession(t.Context(), id); got != want || err != nil {
				t.Errorf("session %d: %v, %v", id, got, err)
			}
		}
		ask(t, s, "call")
		if s.ID() == 0 {
			t.Error("no session id")
		}
	})
}
