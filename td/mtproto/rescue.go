package mtproto

import (
	"context"
	"errors"
	"net"
	"time"
)

// errPanicked ends what panicked.
var errPanicked = errors.New("internal error")

// rescue, when deferred, makes a panic an error, if there is somebody to hear of it.
func (c *Config) rescue(what string, err *error) {
	if c.Panicked == nil {
		return
	}
	if v := recover(); v != nil {
		c.Panicked(what, v)
		*err = errPanicked
	}
}

// rescued is a function that dials, whatever panics in it.
func (c *Config) rescued(dial DialFunc) DialFunc {
	if c.Panicked == nil {
		return dial
	}
	return func(ctx context.Context, network, address string) (nc net.Conn, err error) {
		defer c.rescue("A dialer", &err)
		return dial(ctx, network, address)
	}
}

// afterPanic is how long a session waits before it goes on after a panic, which may well come again.
const afterPanic = time.Second

// run owns time: it connects, notices what is due, and writes what waits to be written, until the session is closed.
func (s *Session) run() {
	timer := time.NewTimer(farFuture)
	defer timer.Stop()
	for {
		more, err := s.step(timer)
		switch {
		case err != nil:
			time.Sleep(afterPanic)
		case !more:
			return
		}
	}
}

// step does what is due, or waits until something is; more is false at the session's end. The error is that of a panic.
func (s *Session) step(timer *time.Timer) (more bool, err error) {
	defer s.cfg.rescue("A session", &err)
	c, full, more := s.nextStep(timer)
	switch {
	case !more:
		return false, nil
	case full:
		if err := c.send(&s.out); err != nil {
			s.lost(c, err)
		}
		return true, nil
	}
	select {
	case <-s.wake:
	case <-timer.C:
	}
	return true, nil
}

// nextStep fills s.out if there is something to send, sets the timer if not, and says the last words if the session is closed.
func (s *Session) nextStep(timer *time.Timer) (c *conn, full, more bool) {
	s.mu.Lock()
	held := true
	defer func() {
		if held { // by a panic: what it left half done is sent anew on another connection
			defer s.mu.Unlock()
			if s.conn != nil {
				s.drop(time.Now(), errPanicked)
			}
		}
	}()
	now := time.Now()
	if s.closed {
		held = false
		s.finish(now)
		return nil, false, false
	}
	s.tick(now)
	c = s.conn
	if full = s.pack(now, false); !full {
		s.wakeAt = s.nextWake(now, true)
		timer.Reset(s.wakeAt.Sub(now))
	}
	held = false
	s.unlock()
	return c, full, true
}

// handled is take, whatever panics in it.
func (s *Session) handled(c *conn, p openedPacket, now time.Time) (err error) {
	defer s.cfg.rescue("A message of the server", &err)
	return s.take(c, p, now)
}

// deliver gives an event to its hearer; a panic loses no other one.
func (s *Session) deliver(e *event) {
	var err error
	defer s.cfg.rescue("A hearer of a session", &err)
	e.deliver(s.h)
}

// serve is serveOnce, whatever panics in it.
func (c *conn) serve(cfg Config, keys connKeys, start int) (err error) {
	defer cfg.rescue("A connection", &err)
	return c.serveOnce(cfg, keys, start)
}
