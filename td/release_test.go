package td

import (
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// Memory is given back once for many clients, and sooner when none is left.
func TestRelease(t *testing.T) {
	for _, c := range []struct {
		name  string
		close func(*releaser)
		soon  int32 // times after a second
		later int32 // times after a minute
	}{
		{"the last", func(r *releaser) { r.closed(true) }, 1, 1},
		{"one of many", func(r *releaser) { r.closed(false) }, 0, 1},
		{"many", func(r *releaser) {
			for range 99 {
				r.closed(false)
			}
		}, 0, 1},
		{"all", func(r *releaser) {
			for range 99 {
				r.closed(false)
			}
			r.closed(true)
		}, 1, 1},
		{"one now, one later", func(r *releaser) {
			r.closed(true)
			time.AfterFunc(30*time.Second, func() { r.closed(true) })
		}, 1, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				var times atomic.Int32
				r := &releaser{free: func() { times.Add(1) }}
				c.close(r)
				time.Sleep(time.Second)
				if n := times.Load(); n != c.soon {
					t.Errorf("released %d times within a second", n)
				}
				time.Sleep(time.Minute)
				if n := times.Load(); n != c.later {
					t.Errorf("released %d times within a minute", n)
				}
			})
		})
	}
}

// A client that closes has its memory given back.
func TestReleaseOfClients(t *testing.T) {
	freed := make(chan struct{}, 1)
	r := NewRegistry()
	r.releaser.free = func() { freed <- struct{}{} }
	id := r.CreateClientID()
	r.Send(id, []byte(`{"@type":"close"}`))
	select {
	case <-freed:
	case <-time.After(10 * time.Second):
		t.Error("nothing was released")
	}
}
