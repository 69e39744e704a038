package testdc

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
)

// hooks is what tests have asked for. Guarded by Server.mu.
type hooks struct {
	refusing bool
	gate     chan struct{} // new connections wait until it is closed, nil when they need not
	failures map[string][]error
	stalls   map[string][]*stalled
	counts   map[string]int
	news     chan struct{} // closed and made anew with every call
	signUp   map[string]bool
}

// stalled is a place where one call of a method waits.
type stalled struct {
	call *call
	run  func()
}

func newHooks() hooks {
	return hooks{
		failures: make(map[string][]error), stalls: make(map[string][]*stalled),
		counts: make(map[string]int), news: make(chan struct{}), signUp: make(map[string]bool),
	}
}

// CutConnections closes all connections of an account at once, those of every client when phone is "". It returns how many it closed.
// Sessions stay: their clients get what they had not acknowledged when they come back.
func (s *Server) CutConnections(phone string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cut(phone, func(c *conn) { _ = c.nc.Close() })
}

func (s *Server) cut(phone string, end func(*conn)) int {
	n := 0
	for c := range s.conns {
		if phone == "" || s.carries(c, normalPhone(phone)) {
			end(c)
			n++
		}
	}
	return n
}

// carries tells whether a session of the account uses the connection.
func (s *Server) carries(c *conn, phone string) bool {
	for _, k := range s.dcs[c.dc].keys {
		owner := k.owner()
		if owner == nil || owner.login == nil || owner.login.account.phone != phone {
			continue
		}
		for _, sess := range k.sessions {
			if sess.conn == c {
				return true
			}
		}
	}
	return false
}

// RefuseConnections closes every new connection at once while on is true. Those that are open stay.
func (s *Server) RefuseConnections(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.refusing = on
}

// StallConnections leaves every new connection without an answer while on is true; then those are served.
func (s *Server) StallConnections(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case on && s.gate == nil:
		s.gate = make(chan struct{})
	case !on && s.gate != nil:
		close(s.gate)
		s.gate = nil
	}
}

// waitGate waits while connections are stalled. It returns false when the server was closed meanwhile.
func (s *Server) waitGate() bool {
	s.mu.Lock()
	gate := s.gate
	s.mu.Unlock()
	if gate == nil {
		return true
	}
	select {
	case <-gate:
		return true
	case <-s.ctx.Done():
		return false
	}
}

// FailNext answers the next call of a method, such as "messages.sendMessage", with an error instead of running it. Several such wishes
// for one method are met one after another. A code from 500 on makes clients try again.
func (s *Server) FailNext(method string, code int, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.failures[method] = append(s.failures[method], tgerr.New(code, text))
}

func (s *Server) nextFailure(method string) error {
	list := s.failures[method]
	if len(list) == 0 {
		return nil
	}
	s.failures[method] = list[1:]
	return list[0]
}

// StallNext leaves the next call of a method unanswered until release is called, which may be called at any time and more than once.
// The call is acknowledged at once and run on release.
func (s *Server) StallNext(method string) (release func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	place := &stalled{}
	s.stalls[method] = append(s.stalls[method], place)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.stalls[method] = slices.DeleteFunc(s.stalls[method], func(p *stalled) bool { return p == place })
		if run := place.run; run != nil && !s.closed {
			place.run = nil
			run()
		}
	}
}

// stall puts a call in the first free place of its method, if there is one.
func (s *Server) stall(c *call, run func()) bool {
	for _, p := range s.stalls[c.method] {
		if p.call == nil {
			p.call, p.run = c, run
			return true
		}
	}
	return false
}

// dropStalled forgets a stalled call that the client has given up.
func (s *Server) dropStalled(sess *session, id int64) bool {
	for _, list := range s.stalls {
		for _, p := range list {
			if p.call != nil && p.call.sess == sess && p.call.id == id && p.run != nil {
				p.run = nil
				return true
			}
		}
	}
	return false
}

// Calls returns how often a method was called, whatever the answer was.
func (s *Server) Calls(method string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.counts[method]
}

// AllCalls returns how often each method was called.
func (s *Server) AllCalls() map[string]int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return maps.Clone(s.counts)
}

// WaitCalls waits until a method was called n times in all.
func (s *Server) WaitCalls(ctx context.Context, method string, n int) error {
	for {
		s.mu.Lock()
		have, news := s.counts[method], s.news
		s.mu.Unlock()
		if have >= n {
			return nil
		}
		select {
		case <-news:
		case <-ctx.Done():
			return fmt.Errorf("testdc: %d of %d calls of %s: %w", have, n, method, ctx.Err())
		}
	}
}

// called wakes those who wait for calls.
func (s *Server) called() {
	close(s.news)
	s.news = make(chan struct{})
}

// PushUpdates sends updates to every login of an account, as they are: the caller minds pts and seq. It returns how many logins there
// were to send them to; those whose clients are away get them when they come back.
func (s *Server) PushUpdates(phone string, updates tg.UpdatesClass) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.accounts[normalPhone(phone)]
	if a == nil {
		return 0
	}
	return s.push(a, nil, updates)
}

// PushUpdatesTooLong makes the clients of an account ask for updates.getDifference.
func (s *Server) PushUpdatesTooLong(phone string) int {
	return s.PushUpdates(phone, &tg.UpdatesTooLong{})
}

// ForgetKeys forgets all auth keys with which an account is logged in, as if the server had lost them: clients get the transport
// error -404. It returns how many there were.
func (s *Server) ForgetKeys(phone string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	keys := s.keysOf(phone)
	for _, k := range keys {
		s.forgetKey(k)
	}
	return len(keys)
}

// keysOf returns the permanent keys of an account, in all data centers.
func (s *Server) keysOf(phone string) []*authKey {
	var keys []*authKey
	for _, dc := range s.dcs[1:] {
		for _, k := range dc.keys {
			if k.login != nil && k.login.account.phone == normalPhone(phone) {
				keys = append(keys, k)
			}
		}
	}
	return keys
}

// ChangeSalt makes all server salts that clients know bad: their next messages are answered with bad_server_salt.
func (s *Server) ChangeSalt() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, dc := range s.dcs[1:] {
		for _, k := range dc.keys {
			k.salts = nil
		}
	}
}

// ShiftClock moves the server's clock, on top of earlier shifts.
func (s *Server) ShiftClock(by time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.shift += by
	for _, dc := range s.dcs[1:] { // message ids follow the clock also when it goes back
		for _, k := range dc.keys {
			for _, sess := range k.sessions {
				sess.lastID = 0
			}
		}
	}
}

// RequireSignUp makes the first login of a phone number ask for auth.signUp. Otherwise the account is made with a name of its own.
func (s *Server) RequireSignUp(phone string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.signUp[normalPhone(phone)] = true
}
