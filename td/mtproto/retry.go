package mtproto

import (
	"math/rand/v2"
	"time"
)

const (
	steadyAfter  = 10 * time.Second // a connection that lived so long was a good one
	retryFirst   = time.Second      // doubled with every failure
	retryMax     = 16 * time.Second // as TDLib off phones
	retryOnline  = time.Second      // the most while the user is there
	retryGrid    = 500 * time.Millisecond
	floodBackoff = 5 * time.Second
)

// retryTimer says when a failed connection is to be tried again. Guarded by Session.mu.
type retryTimer struct {
	at       time.Time
	failures int       // in a row
	online   bool      // the user is there and waits
	epoch    time.Time // see Config.Epoch
}

// reset lets the next try begin at once.
func (r *retryTimer) reset() { r.at, r.failures = time.Time{}, 0 }

// ending is how far a connection had come that ends.
type ending int

const (
	endingSilent ending = iota // the server was not heard on it
	endingHeard                // it was
	endingUseful               // a call was answered
	endingSteady               // it lived long
)

// failed sets the time of the next try after one that began then. A connection on which the server was heard is made anew at once; one that breaks
// again and again is, like one that cannot be made, not.
func (r *retryTimer) failed(began time.Time, e ending) {
	switch e {
	case endingSteady:
		r.failures = 0
	case endingUseful:
		r.failures = min(r.failures, 1)
	}
	r.failures++
	n := r.failures
	if e != endingSilent {
		n--
	}
	r.at = began
	if n > 0 {
		r.at = r.together(began.Add(r.pause(n)))
	}
}

// together is about the time at, and the same for sessions that share an epoch: to wake a process once is cheaper.
func (r *retryTimer) together(at time.Time) time.Time {
	return r.epoch.Add(at.Sub(r.epoch).Round(retryGrid))
}

// pause is how long to wait after n failures. What is added at random keeps the clients of a server that was away
// from coming back all at once.
func (r *retryTimer) pause(n int) time.Duration {
	d := retryMax
	if n < 5 {
		d = retryFirst << (n - 1)
	}
	if r.online {
		d = min(d, retryOnline)
	}
	return d + rand.N(d/4)
}

// flooded puts off a try that the server does not want so soon.
func (r *retryTimer) flooded(now time.Time) {
	if at := now.Add(floodBackoff + rand.N(floodBackoff)); at.After(r.at) {
		r.at = at
	}
}

// ending is how far c has come.
func (c *conn) ending(now time.Time, refused bool) ending {
	switch {
	case c.heard && now.Sub(c.openedAt) >= steadyAfter:
		return endingSteady
	case c.useful:
		return endingUseful
	case c.heard, refused:
		return endingHeard
	}
	return endingSilent
}

// SetOnline says whether the user is there: then a connection is tried again more often. To come or to stay tries at once.
func (s *Session) SetOnline(yes bool) {
	s.mu.Lock()
	if yes || !s.retry.online {
		s.retry.reset()
	}
	s.retry.online = yes
	s.mu.Unlock()
	s.poke()
}
