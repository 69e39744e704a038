package mtproto

import (
	"context"
	"errors"
	"net"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// TestReach: what failed on the way is not tried for everyone, but again soon; what the other side refused is.
func TestReach(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tries := map[string]int{}
		reach := NewReach(func(_ context.Context, _, address string) (net.Conn, error) {
			tries[address]++
			if address == "refused" {
				return nil, syscall.ECONNREFUSED
			}
			return nil, &net.OpError{Op: "dial", Err: syscall.ENETUNREACH}
		})
		dial := reach.Dial
		for range 3 {
			for _, address := range []string{"away", "other", "refused"} {
				_, err := dial(t.Context(), "tcp", address)
				if want := (address == "refused"); errors.Is(err, syscall.ECONNREFUSED) != want || errors.Is(err, syscall.ENETUNREACH) == want {
					t.Errorf("%s: %v", address, err)
				}
			}
		}
		time.Sleep(unreachableFor)
		_, _ = dial(t.Context(), "tcp", "away")
		if tries["away"] != 2 || tries["other"] != 1 || tries["refused"] != 3 {
			t.Errorf("tried %v", tries)
		}
		for i := range 3 * maxUnreachable {
			_, _ = dial(t.Context(), "tcp", string(rune(i)))
		}
		if _, err := dial(t.Context(), "tcp", "away"); err == nil || tries["away"] != 3 {
			t.Errorf("%v, tried %v times", err, tries["away"])
		}
	})
}

// TestAway: a session does not dial while others know that no way leads there, and is there when one does.
func TestAway(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		cfg := f.config()
		good := cfg.Dial
		var dials atomic.Int32
		var there atomic.Bool
		cfg.Dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
			dials.Add(1)
			return good(ctx, network, addr)
		}
		cfg.Addrs = []Addr{{Address: "[::1]:1"}, {Address: "127.0.0.1:1"}, {Address: "127.0.0.1:2"}} // of the last nothing is known
		cfg.Away = func(address string) error {
			if address == "[::1]:1" || !there.Load() && address == "127.0.0.1:1" {
				return syscall.ENETUNREACH
			}
			return nil
		}
		s, r := start(t, f, cfg)
		c := s.Call(Raw("call"), CallOptions{})
		rest(10 * time.Minute)
		if r.state() != StateConnecting || dials.Load() != 0 {
			t.Errorf("%v, dialed %d times", r.state(), dials.Load())
		}
		there.Store(true)
		began := time.Now()
		if _, err := c.Wait(t.Context()); err != nil || time.Since(began) > retryMax*3/2 || dials.Load() != 1 {
			t.Errorf("%v after %v, dialed %d times", err, time.Since(began), dials.Load())
		}
	})
}
