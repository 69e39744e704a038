package mtproto

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"sync"
	"time"
)

// HTTP says how to talk with a data center over HTTP, for networks and proxies that let nothing else through.
type HTTP struct {
	// URL is that of the data center, as in the first line of a request: whole through a proxy.
	URL string
	// Host is the data center's address without a port.
	Host string
	// Authorization is what the proxy wants to see in Proxy-Authorization, empty for nothing.
	Authorization string
}

const (
	maxHTTPConns = 4                // at once; one of them waits for what the server has to say
	httpPatience = 20 * time.Second // for the answer to a request, beyond what the server is asked to wait
	pollWait     = 25 * time.Second // the server keeps a request that nothing is to be said to
	pollGap      = time.Second      // least time between requests that brought nothing
	httpDelay    = 30               // milliseconds for the server to put answers together, as in TDLib
	httpAfter    = 10
)

// httpConn is one connection, which carries one request at a time.
type httpConn struct {
	nc   net.Conn
	r    *bufio.Reader
	used bool
}

// httpWire carries packets over HTTP: each in a request of its own, while the answers come with any of them.
type httpWire struct {
	ctx    context.Context
	spawn  func(func())
	dial   func(context.Context) (net.Conn, error)
	to     *HTTP
	heard  func()
	polled func(answered bool) // a request that was to wait has come back

	answers chan []byte
	failed  chan error

	mu   sync.Mutex
	free sync.Cond
	idle []*httpConn
	open []net.Conn
	over bool
}

func newHTTPWire(ctx context.Context, spawn func(func()), nc net.Conn, dial func(context.Context) (net.Conn, error), to *HTTP, heard func()) *httpWire {
	w := &httpWire{
		ctx: ctx, spawn: spawn, dial: dial, to: to, heard: heard, polled: func(bool) {},
		answers: make(chan []byte, 16), failed: make(chan error, 1),
	}
	w.free.L = &w.mu
	w.idle, w.open = []*httpConn{{nc: nc, r: bufio.NewReaderSize(nc, readBuffer)}}, []net.Conn{nc}
	context.AfterFunc(ctx, w.close)
	return w
}

func (w *httpWire) close() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.over = true
	for _, nc := range w.open {
		_ = nc.Close()
	}
	w.free.Broadcast()
}

// write sends one packet. It returns before there is an answer.
func (w *httpWire) write(packet []byte) error { return w.post(packet, false) }

// post is write; poll says that the packet asks the server to wait for something to say.
func (w *httpWire) post(packet []byte, poll bool) error {
	c, err := w.take()
	if err != nil {
		return err
	}
	body := bytes.Clone(packet)
	w.spawn(func() {
		answer, err := w.exchange(c, body, poll)
		if err != nil {
			select {
			case w.failed <- err:
			default:
			}
			return
		}
		if len(answer) > 0 {
			select {
			case w.answers <- answer:
			case <-w.ctx.Done():
				return
			}
		}
		if poll {
			w.polled(len(answer) > 0)
		}
	})
	return nil
}

// read returns the next packet.
func (w *httpWire) read() ([]byte, error) {
	select {
	case b := <-w.answers:
		return b, nil
	default:
	}
	select {
	case b := <-w.answers:
		return b, nil
	case err := <-w.failed:
		return nil, err
	case <-w.ctx.Done():
		return nil, w.ctx.Err()
	}
}

// take finds a connection that is free, or makes one.
func (w *httpWire) take() (*httpConn, error) {
	w.mu.Lock()
	for len(w.idle) == 0 && len(w.open) >= maxHTTPConns && !w.over {
		w.free.Wait()
	}
	if w.over {
		w.mu.Unlock()
		return nil, net.ErrClosed
	}
	if n := len(w.idle); n > 0 {
		c := w.idle[n-1]
		w.idle = w.idle[:n-1]
		w.mu.Unlock()
		return c, nil
	}
	w.mu.Unlock()
	return w.connect()
}

func (w *httpWire) connect() (*httpConn, error) {
	ctx, cancel := context.WithTimeout(w.ctx, dialTimeout)
	defer cancel()
	nc, err := w.dial(ctx)
	if err != nil {
		return nil, err
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.over {
		_ = nc.Close()
		return nil, net.ErrClosed
	}
	w.open = append(w.open, nc)
	return &httpConn{nc: nc, r: bufio.NewReaderSize(nc, readBuffer)}, nil
}

// put gives a connection back, or closes it.
func (w *httpWire) put(c *httpConn, keep bool) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if keep && !w.over {
		c.used = true
		w.idle = append(w.idle, c)
	} else {
		_ = c.nc.Close()
		w.open = slices.DeleteFunc(w.open, func(nc net.Conn) bool { return nc == c.nc })
	}
	w.free.Signal()
}

// exchange sends a request and reads the answer. One on a connection that the other side has closed meanwhile is sent again on
// another: the packet is the same, so the server acts once.
func (w *httpWire) exchange(c *httpConn, body []byte, poll bool) ([]byte, error) {
	for {
		again := c.used
		answer, keep, err := w.try(c, body, poll)
		w.put(c, keep && err == nil)
		var code transportError
		if err == nil || !again || errors.As(err, &code) || w.ctx.Err() != nil {
			return answer, err
		}
		if c, err = w.connect(); err != nil {
			return nil, err
		}
	}
}

func (w *httpWire) try(c *httpConn, body []byte, poll bool) (answer []byte, keep bool, err error) {
	patience := httpPatience
	if poll {
		patience += pollWait
	}
	if err := c.nc.SetDeadline(time.Now().Add(patience)); err != nil {
		return nil, false, err
	}
	if _, err := c.nc.Write(append(w.head(len(body)), body...)); err != nil {
		return nil, false, err
	}
	res, err := http.ReadResponse(c.r, nil)
	if err != nil {
		return nil, false, fmt.Errorf("answer over HTTP: %w", unexpected(err))
	}
	defer res.Body.Close()
	w.heard()
	if res.StatusCode != http.StatusOK {
		return nil, false, transportError(-res.StatusCode)
	}
	answer, err = io.ReadAll(io.LimitReader(res.Body, maxFrame+1))
	switch {
	case err != nil:
		return nil, false, fmt.Errorf("answer over HTTP: %w", err)
	case len(answer) > maxFrame, len(answer) > 0 && len(answer) < 16:
		return nil, false, errFrameSize
	}
	return answer, !res.Close, nil
}

// head is the head of a request, with what TDLib says in it.
func (w *httpWire) head(size int) []byte {
	b := fmt.Appendf(nil, "POST %s HTTP/1.1\r\nHost: %s\r\nUser-Agent: curl/7.35.0\r\nAccept: */*\r\nProxy-Connection: keep-alive\r\n", w.to.URL, w.to.Host)
	if w.to.Authorization != "" {
		b = fmt.Appendf(b, "Proxy-Authorization: %s\r\n", w.to.Authorization)
	}
	return fmt.Appendf(b, "Content-Length: %d\r\n\r\n", size)
}
