package mtproto

import (
	"context"
	"io"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

// halfConn breaks before it reads, or writes, when it is time to.
type halfConn struct {
	net.Conn
	read     atomic.Int64
	cutRead  func() bool
	cutWrite func(read int64) bool
	over     func()
}

func (c *halfConn) Read(p []byte) (int, error) {
	n, err := c.Conn.Read(p)
	c.read.Add(int64(n))
	if err == nil && c.cutRead() {
		c.over()
		return 0, io.ErrUnexpectedEOF
	}
	return n, err
}

func (c *halfConn) Write(p []byte) (int, error) {
	if c.cutWrite(c.read.Load()) {
		c.over()
		return 0, io.ErrClosedPipe
	}
	return c.Conn.Write(p)
}

// TestHalfMadeKey: a connection that breaks before the last answer of a key exchange leaves no key at the server that the session
// does not know, whether the server has the key or not.
func TestHalfMadeKey(t *testing.T) {
	const answers = 500 // bytes that the first has not and both have
	for name, tt := range map[string]struct {
		serverHas bool
		destroy   bool
		reported  int
	}{
		"the server has it":              {true, false, 1},
		"the server does not have it":    {false, false, 2},
		"the server has it, it is ended": {true, true, 1},
	} {
		t.Run(name, func(t *testing.T) {
			srv, cfg := local(t)
			cfg.Logger = logger(t)
			var dials atomic.Int32
			cut := make(chan struct{})
			cfg.Dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
				nc, err := (&net.Dialer{}).DialContext(ctx, network, addr)
				if err != nil || dials.Add(1) > 1 {
					return nc, err
				}
				c := &halfConn{Conn: nc, cutRead: func() bool { return false }, cutWrite: func(int64) bool { return false }}
				if tt.serverHas {
					c.cutRead = func() bool { return srv.Keys() > 0 }
				} else {
					c.cutWrite = func(read int64) bool { return read > answers }
				}
				c.over = sync.OnceFunc(func() {
					_ = nc.Close()
					close(cut)
				})
				return c, nil
			}
			r := newRecorder()
			s := New(cfg, r)
			s.Start()
			ctx, cancel := context.WithTimeout(t.Context(), 20*time.Second)
			defer cancel()
			<-cut
			if !tt.destroy {
				s.SetNetwork(true) // it need not wait
				if _, err := s.Call(&tg.HelpGetConfigRequest{}, CallOptions{}).Wait(ctx); err != nil {
					t.Fatal(err)
				}
				if n := srv.Keys(); n != 1 {
					t.Errorf("the server knows %d keys", n)
				}
			}
			if err := s.DestroyKey(ctx); err != nil {
				t.Error(err)
			}
			if n := srv.Keys(); n != 0 {
				t.Errorf("the server knows %d keys at the end", n)
			}
			if err := s.Close(ctx); err != nil {
				t.Error(err)
			}
			if len(r.keys) != tt.reported || r.gone != 0 {
				t.Errorf("%d keys were told of, %d times one was gone", len(r.keys), r.gone)
			}
		})
	}
}
