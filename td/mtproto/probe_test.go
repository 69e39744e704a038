package mtproto

import (
	"context"
	"errors"
	"net"
	"testing"
	"time"

	"github.com/gotd/td/exchange"
)

// slowConn is a connection on a long wire.
type slowConn struct{ net.Conn }

func (c slowConn) Write(b []byte) (int, error) {
	time.Sleep(70 * time.Millisecond)
	return c.Conn.Write(b)
}

// A probe says how long an answer takes once there is a connection; a test also whose server it is.
func TestProbe(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		cfg := f.config()
		cfg.Dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
			time.Sleep(time.Second)
			nc, err := f.dial(ctx, network, addr)
			return slowConn{nc}, err
		}
		if took, err := Probe(t.Context(), cfg); took != 70*time.Millisecond || err != nil {
			t.Error(took, err)
		}
		if err := TryExchange(t.Context(), cfg); err != nil {
			t.Error(err)
		}
		cfg.PublicKeys = nil
		if _, err := Probe(t.Context(), cfg); err != nil {
			t.Error(err)
		}
		if err := TryExchange(t.Context(), cfg); !errors.Is(err, exchange.ErrKeyFingerprintNotFound) {
			t.Error(err)
		}
		f.accept = func(_ int, nc net.Conn) bool {
			_, _ = nc.Read(make([]byte, 1000))
			_, _ = nc.Read(make([]byte, 1000))
			return true
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		if _, err := Probe(ctx, cfg); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		cfg.Dial = func(context.Context, string, string) (net.Conn, error) { return nil, errBadEncoder }
		if _, err := Probe(t.Context(), cfg); !errors.Is(err, errBadEncoder) {
			t.Error(err)
		}
		f.close()
	})
}
