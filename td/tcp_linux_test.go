package td

import (
	"bytes"
	"context"
	"errors"
	"io"
	"net"
	"os"
	"os/signal"
	"syscall"
	"testing"
	"time"

	"tdjson/td/mtproto"
)

// pair makes a connection by a way to dial, and gives its other end.
func pair(t *testing.T, dial mtproto.DialFunc) (ours, theirs net.Conn) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if ours, err = dial(t.Context(), "tcp", l.Addr().String()); err != nil {
		t.Fatal(err)
	}
	if theirs, err = l.Accept(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		ours.Close()
		theirs.Close()
	})
	return ours, theirs
}

// TestNoSIGPIPE: to write to a connection that is gone is an error and no signal. It does not run beside other tests, since signals are everyone's.
func TestNoSIGPIPE(t *testing.T) {
	signals := make(chan os.Signal, 10)
	signal.Notify(signals, syscall.SIGPIPE)
	defer signal.Stop(signals)
	plain := (&net.Dialer{}).DialContext
	for name, c := range map[string]struct {
		dial mtproto.DialFunc
		want bool
	}{"as Go does": {plain, true}, "unsignalled": {unsignalled(plain), false}} {
		ours, theirs := pair(t, c.dial)
		_ = theirs.(*net.TCPConn).SetLinger(0)
		theirs.Close()
		_, _ = ours.Read(make([]byte, 1)) // takes what the reset says
		_, err := ours.Write([]byte("a"))
		if !errors.Is(err, syscall.EPIPE) {
			t.Errorf("%s: %v", name, err)
		}
		got := false
		select {
		case <-signals:
			got = true
		case <-time.After(100 * time.Millisecond):
		}
		if got != c.want {
			t.Errorf("%s: SIGPIPE came: %v", name, got)
		}
	}
}

// TestUnsignalledWrites: what is written arrives whole, and deadlines and ends are obeyed.
func TestUnsignalledWrites(t *testing.T) {
	t.Parallel()
	ours, theirs := pair(t, unsignalled((&net.Dialer{}).DialContext))
	sent := bytes.Repeat([]byte("0123456789"), 1<<20)
	done := make(chan error, 1)
	go func() {
		n, err := ours.Write(sent)
		if err == nil && n != len(sent) {
			err = io.ErrShortWrite
		}
		done <- err
	}()
	got := make([]byte, len(sent))
	if _, err := io.ReadFull(theirs, got); err != nil || !bytes.Equal(got, sent) {
		t.Errorf("what was written did not arrive: %v", err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
	_ = ours.SetWriteDeadline(time.Now().Add(50 * time.Millisecond))
	if n, err := ours.Write(sent); !errors.Is(err, os.ErrDeadlineExceeded) || n == 0 || n == len(sent) {
		t.Errorf("a write that has no time: %d bytes, %v", n, err)
	}
	ours.Close()
	if _, err := ours.Write(sent); !errors.Is(err, net.ErrClosed) {
		t.Errorf("a write after the end: %v", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := unsignalled((&net.Dialer{}).DialContext)(ctx, "tcp", "127.0.0.1:1"); err == nil {
		t.Error("no error of a way to dial")
	}
}
