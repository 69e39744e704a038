package mtproto

import (
	"fmt"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/crypto"
)

// An exchange, a call and updates over a connection in memory.
func TestFirstCall(t *testing.T) {
	f := newFake(t)
	cfg := f.config()
	cfg.Key, cfg.Salts = crypto.AuthKey{}, nil
	s, r := start(t, f, cfg)
	ask(t, s, "ping")
	f.mu.Lock()
	p := f.conns[0]
	f.mu.Unlock()
	for i := range 3 {
		if err := p.push(3, true, Raw(fmt.Sprintf("upd%d", i))); err != nil {
			t.Fatal(err)
		}
	}
	for len(r.got()) < 3 {
		<-r.changed
	}
	if got := fmt.Sprint(r.got()); got != "[upd0 upd1 upd2]" {
		t.Errorf("updates %s", got)
	}
	if got, want := fmt.Sprint(r.states), "[connecting handshaking ready]"; got != want {
		t.Errorf("states %s, want %s", got, want)
	}
	if len(r.keys) != 1 || r.keys[0] != s.Key() || r.fresh != 1 {
		t.Errorf("%d keys, %d new sessions", len(r.keys), r.fresh)
	}
}

// Under synctest: a call made before Start, idle for an hour, then another.
func TestIdle(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(t)
		s, r := start(t, f, f.config())
		ask(t, s, "call")
		time.Sleep(time.Hour)
		ask(t, s, "more")
		if f.dials != 1 {
			t.Errorf("%d connections", f.dials)
		}
		if r.state() != StateReady {
			t.Error(r.state())
		}
		stop(t, f, s)
	})
}
