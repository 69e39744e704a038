package mtproto

import (
	"context"
	"crypto/rand"
	"net"
	"sync/atomic"
	"testing"
	"testing/synctest"
)

// TestPanics: wherever something panics, it is told of, and the session goes on.
func TestPanics(t *testing.T) {
	for name, spoil := range map[string]func(cfg *Config, once func()){
		"dialing": func(cfg *Config, once func()) {
			dial := cfg.Dial
			cfg.Dial = func(ctx context.Context, network, address string) (net.Conn, error) {
				once()
				return dial(ctx, network, address)
			}
		},
		"with the lock held": func(cfg *Config, once func()) {
			cfg.Init = func() []byte {
				once()
				return nil
			}
		},
		"randomness": func(cfg *Config, once func()) { cfg.Rand = onceReader{once} },
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				f := newFake(t)
				cfg := f.config()
				var told atomic.Int32
				cfg.Panicked = func(string, any) { told.Add(1) }
				var started, done atomic.Bool
				spoil(&cfg, func() {
					if started.Load() && !done.Swap(true) {
						panic("in a test")
					}
				})
				cfg.Logger = logger(t)
				s := New(cfg, newRecorder())
				started.Store(true)
				s.Start()
				t.Cleanup(func() { stop(t, f, s) })
				ask(t, s, "call")
				if !done.Load() || told.Load() != 1 {
					t.Errorf("panicked: %v, and was told of %d times", done.Load(), told.Load())
				}
			})
		})
	}
}

// onceReader is the usual randomness, but for what it does before.
type onceReader struct{ once func() }

func (r onceReader) Read(b []byte) (int, error) {
	r.once()
	return rand.Read(b)
}

// TestPanicOfHearer: events after the one that panicked are heard.
func TestPanicOfHearer(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		f := newFake(t)
		cfg := f.config()
		var told atomic.Int32
		cfg.Panicked = func(string, any) { told.Add(1) }
		s, _ := start(t, f, cfg)
		s.Call(Raw("once"), CallOptions{Done: func([]byte, error) { panic("in a test") }})
		ask(t, s, "more")
		if told.Load() != 1 {
			t.Errorf("told of %d times", told.Load())
		}
	})
}

// TestPanicUnheard: without somebody to hear of it a panic goes on.
func TestPanicUnheard(t *testing.T) {
	cfg := Config{}
	defer func() {
		if recover() == nil {
			t.Error("the panic got lost")
		}
	}()
	var err error
	defer cfg.rescue("A test", &err)
	panic("in a test")
}
