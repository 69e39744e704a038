package mtproto

import (
	"context"
	"net"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

// A login and everything that can happen to connections, over HTTP: through a proxy that only passes requests on, and without one.
func TestOverHTTP(t *testing.T) {
	const phone = "9996621235"
	for _, pfs := range []bool{false, true} {
		before := runtime.NumGoroutine()
		srv, cfg := local(t)
		cfg.PFS = pfs
		cfg.Addrs[0].HTTP = &HTTP{URL: "/api", Host: "127.0.0.1"}
		cfg.Logger = logger(t)
		var mu sync.Mutex
		dials := 0
		cfg.Dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
			mu.Lock()
			dials++
			mu.Unlock()
			return new(net.Dialer).DialContext(ctx, network, addr)
		}
		r := newRecorder()
		s := New(cfg, r)
		s.Start()
		api := tg.NewClient(s)
		ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
		defer cancel()
		signIn(t, api, phone)
		s.SetAuthorized(true)
		askLoggedIn(ctx, t, s)
		for name, do := range map[string]func(){
			"cut":     func() { srv.CutConnections("") },
			"salt":    srv.ChangeSalt,
			"network": func() { s.SetNetwork(true) },
		} {
			do()
			if askLoggedIn(ctx, t, s); ctx.Err() != nil {
				t.Fatal(name)
			}
		}
		srv.PushUpdatesTooLong(phone)
		began := time.Now()
		for len(r.got()) == 0 {
			select {
			case <-r.changed:
			case <-ctx.Done():
				t.Fatal("no update")
			}
		}
		if d := time.Since(began); d > 3*time.Second {
			t.Errorf("an update took %v", d)
		}
		mu.Lock()
		if dials > 40 {
			t.Errorf("%d connections", dials)
		}
		mu.Unlock()
		if err := s.DestroyKey(ctx); err != nil {
			t.Error(err)
		}
		if err := s.Close(ctx); err != nil {
			t.Error(err)
		}
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
		for began := time.Now(); runtime.NumGoroutine() > before && time.Since(began) < 3*time.Second; time.Sleep(10 * time.Millisecond) {
		}
		if n := runtime.NumGoroutine(); n > before {
			buf := make([]byte, 1<<16)
			t.Errorf("%d goroutines more than before\n%s", n-before, buf[:runtime.Stack(buf, true)])
		}
	}
}

// A server that answers what it should keep is not asked over and over.
func TestPollGap(t *testing.T) {
	srv, cfg := local(t)
	cfg.Addrs[0].HTTP = &HTTP{URL: "/api", Host: "127.0.0.1"}
	s := New(cfg, newRecorder())
	s.Start()
	if _, err := tg.NewClient(s).HelpGetNearestDC(t.Context()); err != nil {
		t.Fatal(err)
	}
	c := &conn{s: s}
	c.http = true
	now := time.Now()
	s.mu.Lock()
	s.out.reset()
	s.packWait(c, now, false)
	first := s.out.poll && c.polling
	c.polling = false
	s.out.reset()
	s.packWait(c, now.Add(pollGap/2), false)
	early := s.out.poll
	s.out.reset()
	s.packWait(c, now.Add(pollGap), false)
	late := s.out.poll
	s.out.reset()
	s.mu.Unlock()
	if !first || early || !late {
		t.Error(first, early, late)
	}
	_ = srv
	if err := s.Close(t.Context()); err != nil {
		t.Error(err)
	}
}
