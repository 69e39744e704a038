package mtproto

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"tdjson/internal/testdc"
)

// withTempKeys is a session that is logged in and talks with temporary keys.
func withTempKeys(t *testing.T, phone string) (context.Context, *testdc.Server, *Session, *recorder) {
	srv, cfg := local(t)
	cfg.PFS, cfg.Logger = true, logger(t)
	r := newRecorder()
	s := New(cfg, r)
	s.Start()
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	t.Cleanup(func() {
		cancel()
		if err := s.Close(context.Background()); err != nil {
			t.Error(err)
		}
	})
	signIn(t, tg.NewClient(s), phone)
	s.SetAuthorized(true)
	return ctx, srv, s, r
}

// askLoggedIn makes many calls that need the login.
func askLoggedIn(ctx context.Context, t *testing.T, s *Session) {
	t.Helper()
	var all sync.WaitGroup
	for range 20 {
		all.Go(func() {
			if _, err := tg.NewClient(s).UpdatesGetState(ctx); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}

func (s *Session) tempID() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.temp.key.IntID()
}

// The temporary key is bound before anything else is asked, and made anew whenever the server does not know it any more;
// nothing of that ends the login.
func TestTempKeys(t *testing.T) {
	ctx, srv, s, r := withTempKeys(t, "9996621111")
	if srv.Calls("auth.bindTempAuthKey") != 1 || srv.TempKeys() != 1 {
		t.Errorf("%d keys were bound in %d calls", srv.TempKeys(), srv.Calls("auth.bindTempAuthKey"))
	}
	real := s.Key()
	for _, c := range []struct {
		name  string
		do    func()
		fresh bool // another temporary key has to be made
	}{
		{"nothing", func() {}, false},
		{"cut", func() { srv.CutConnections("") }, false},
		{"salt", srv.ChangeSalt, false},
		{"-404", func() { srv.ForgetTempKeys() }, true},
		{"-404 on a new connection", func() { srv.ForgetTempKeys(); srv.CutConnections("") }, true},
		{"unbound", srv.UnbindTempKeys, true},
		{"unbound, on a new connection", func() { srv.UnbindTempKeys(); srv.CutConnections("") }, true},
		{"not bound at first", func() { srv.FailNext("auth.bindTempAuthKey", 500, "INTERNAL"); srv.ForgetTempKeys() }, true},
		{"clock ahead", func() { srv.ShiftClock(time.Hour) }, false},
		{"ends", func() { srv.ShiftClock(25 * time.Hour) }, true},
		{"a new session", func() { s.mu.Lock(); s.newSession(); s.mu.Unlock() }, false},
	} {
		old := s.tempID()
		c.do()
		askLoggedIn(ctx, t, s)
		if fresh := s.tempID() != old; fresh != c.fresh {
			t.Errorf("%s: another temporary key: %v", c.name, fresh)
		}
	}
	if r.gone != 0 || len(r.keys) != 1 || s.Key() != real {
		t.Errorf("%d keys were made, gone %d times", len(r.keys), r.gone)
	}
	if len(r.salts) != 0 {
		t.Error("salts of temporary keys were given to be stored")
	}
}

// What the real key has encrypted is not accepted: it is tried itself, and goes on if the server knows it.
func TestBindingRefused(t *testing.T) {
	ctx, srv, s, r := withTempKeys(t, "9996621112")
	srv.FailNext("auth.bindTempAuthKey", 400, "ENCRYPTED_MESSAGE_INVALID")
	srv.ForgetTempKeys()
	askLoggedIn(ctx, t, s)
	if r.gone != 0 || srv.TempKeys() != 1 {
		t.Errorf("gone %d times, %d temporary keys are bound", r.gone, srv.TempKeys())
	}
	srv.ForgetKeys("9996621112")
	if _, err := tg.NewClient(s).UpdatesGetState(ctx); !errors.Is(err, ErrKeyGone) {
		t.Error(err)
	}
	for !slices.Contains(r.history(), "key gone") { // it is told after the answer
		select {
		case <-r.changed:
		case <-ctx.Done():
			t.Fatal("the key is not gone")
		}
	}
}

// Temporary keys are used and not used as the session is told, and not to destroy the real one.
func TestSetPFS(t *testing.T) {
	ctx, srv, s, r := withTempKeys(t, "9996621113")
	s.SetPFS(false)
	askLoggedIn(ctx, t, s)
	if s.tempID() != 0 {
		t.Error("there still is a temporary key")
	}
	s.SetPFS(true)
	askLoggedIn(ctx, t, s)
	if s.tempID() == 0 || r.gone != 0 || len(r.keys) != 1 {
		t.Error("there is no temporary key")
	}
	if err := s.DestroyKey(ctx); err != nil {
		t.Error(err)
	}
	if n := srv.Keys() - srv.TempKeys(); n > 1 { // a temporary key that SetPFS left, bound to nothing now
		t.Errorf("the server still knows %d keys", n)
	}
}

// A temporary key is replaced before it ends, when nothing is under way.
func TestTempKeyReplaced(t *testing.T) {
	_, srv, s, _ := withTempKeys(t, "9996621114")
	old := s.tempID()
	s.mu.Lock()
	s.temp.expires = s.serverTime().Add(tempKeySpare + time.Second)
	s.mu.Unlock()
	s.poke()
	for began := time.Now(); s.tempID() == old || srv.TempKeys() < 2; time.Sleep(10 * time.Millisecond) {
		if time.Since(began) > 10*time.Second {
			t.Fatal("it is still there")
		}
	}
}
