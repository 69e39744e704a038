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
	news     chan struct{}                     // closed and made anew with every call
	signUp   map[string]*tg.HelpTermsOfService // phone numbers that have to register, and what they agree to
	plans    map[string][]Code                 // by phone number
	banned   map[string]bool                   // phone numbers
}

// stalled is a place where one call of a method waits.
type stalled struct {
	call   *call
	run    func()
	then   []func() // calls that are to be run after it
	behind []int64  // their ids
}

// before tells whether one of the calls is stalled here, or waits for the one that is.
func (p *stalled) before(sess *session, calls []int64) bool {
	return p.call != nil && p.call.sess == sess && slices.ContainsFunc(calls, func(id int64) bool {
		return id == p.call.id || slices.Contains(p.behind, id)
	})
}

func newHooks() hooks {
	return hooks{
		failures: make(map[string][]error), stalls: make(map[string][]*stalled),
		counts: make(map[string]int), news: make(chan struct{}), signUp: make(map[string]*tg.HelpTermsOfService),
		plans: make(map[string][]Code), banned: make(map[string]bool),
	}
}

// CutConnections closes all connections of an account at once, those of every client when phone is "". It returns how many it closed.
// Sessions stay: their clients get what they had not acknowledged when they come back.
func (s *Server) CutConnections(phone string) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.cut(phone, func(c *conn) { _ = c.nc.Close() })
}

// cut ends the connections of an account, or all, in the given way.
func (s *Server) cut(phone string, end func(*conn)) int {
	n := 0
	for c := range s.conns {
		if !c.closing && (phone == "" || s.carries(c, normalPhone(phone))) {
			c.closing = true
			end(c)
			n++
		}
	}
	return n
}

// carries tells whether a session of the account uses the connection.
func (s *Server) carries(c *conn, phone string) bool {
	for sess := range c.sessions {
		if k := sess.key.owner(); k != nil && k.login != nil && k.login.account.phone == phone {
			return true
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
	s.stallConnections(on)
}

func (s *Server) stallConnections(on bool) {
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
	s.fail(method, code, text)
}

func (s *Server) fail(method string, code int, text string) {
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
	place := s.stallNext(method)
	return func() {
		s.mu.Lock()
		defer s.mu.Unlock()
		s.release(method, place)
	}
}

// Unstall takes back all wishes of StallNext for a method and runs the calls that were stalled.
func (s *Server) Unstall(method string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.unstall(method)
}

func (s *Server) unstall(method string) {
	for _, place := range slices.Clone(s.stalls[method]) {
		s.release(method, place)
	}
}

func (s *Server) stallNext(method string) *stalled {
	place := &stalled{}
	s.stalls[method] = append(s.stalls[method], place)
	return place
}

// release runs what waits in a place, and takes the place away.
func (s *Server) release(method string, place *stalled) {
	s.stalls[method] = slices.DeleteFunc(s.stalls[method], func(p *stalled) bool { return p == place })
	if place.run != nil && !s.closed {
		place.run()
	}
	for _, run := range place.then {
		if !s.closed {
			run()
		}
	}
	place.run, place.then, place.behind = nil, nil, nil
}

// stall puts a call in the first free place of its method, or behind a stalled call that it is to follow. It returns false when the
// call may be run now.
func (s *Server) stall(c *call, run func()) bool {
	for _, list := range s.stalls {
		for _, p := range list {
			if p.before(c.sess, c.follows) {
				p.then = append(p.then, run)
				p.behind = append(p.behind, c.id)
				return true
			}
		}
	}
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
	return s.pushTo(phone, updates)
}

func (s *Server) pushTo(phone string, updates tg.UpdatesClass) int {
	a := s.accounts[normalPhone(phone)]
	if a == nil {
		return 0
	}
	return s.push(a, nil, updates)
}

// AddUpdate counts one update in an account's pts, build making it with the pts after it, and keeps it for updates.getDifference. With
// send it is also sent to every login at once; without, clients have to find the gap. It returns the pts, 0 when there is no such
// account.
func (s *Server) AddUpdate(phone string, send bool, build func(pts int) tg.UpdateClass) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.accounts[normalPhone(phone)]
	if a == nil {
		return 0
	}
	u := build(a.PTS + 1)
	a.record(event{Count: 1, Update: box(u)})
	if send {
		s.push(a, nil, &tg.UpdateShort{Update: u, Date: s.unix()})
	}
	return a.PTS
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
	return s.forgetKeys(phone)
}

func (s *Server) forgetKeys(phone string) int {
	keys := s.keysOf(phone)
	for _, k := range keys {
		s.forgetKey(k)
	}
	return len(keys)
}

// ForgetKeysAt forgets all auth keys of one data center. It returns how many there were.
func (s *Server) ForgetKeysAt(dc int) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	keys := slices.Collect(maps.Values(s.dcs[dc].keys))
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
	s.changeSalt()
}

func (s *Server) changeSalt() {
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
	s.shiftClock(by)
}

func (s *Server) shiftClock(by time.Duration) {
	s.shift += by
	for _, dc := range s.dcs[1:] { // message ids follow the clock also when it goes back
		for _, k := range dc.keys {
			for _, sess := range k.sessions {
				sess.lastID = 0
			}
		}
	}
}

// AnnounceLogins changes what Options.AnnounceLogins said.
func (s *Server) AnnounceLogins(on bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.opt.AnnounceLogins = on
}

// SetPassword gives an account a password for two-step verification, "" takes it away. It returns false when there is no such account.
func (s *Server) SetPassword(phone, text, hint string) bool {
	p, err := s.group.newPassword(text, hint)
	if err != nil {
		s.log.Error("password not set", "error", err)
		return false
	}
	if text == "" {
		p = nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.setPassword(phone, p)
}

func (s *Server) setPassword(phone string, p *password) bool {
	a := s.accounts[normalPhone(phone)]
	if a != nil {
		a.password = p
	}
	return a != nil
}

// RequireSignUp makes the first login of a phone number ask for auth.signUp. Otherwise the account is made with a name of its own.
func (s *Server) RequireSignUp(phone string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.signUp[normalPhone(phone)] = nil
}

// RequireTerms is RequireSignUp for a server that has terms of service; popup says that the user has to agree to them.
func (s *Server) RequireTerms(phone, text string, minAge int, popup bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.requireTerms(phone, text, minAge, popup)
}

func (s *Server) requireTerms(phone, text string, minAge int, popup bool) {
	var terms *tg.HelpTermsOfService
	if text != "" {
		terms = &tg.HelpTermsOfService{Popup: popup, ID: tg.DataJSON{Data: "{}"}, Text: text}
		if minAge > 0 {
			terms.SetMinAgeConfirm(minAge)
		}
	}
	s.signUp[normalPhone(phone)] = terms
}

// AddAccount makes an account without a login. It returns false when there is one with this phone number.
func (s *Server) AddAccount(phone, firstName string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addAccount(phone, firstName)
}

func (s *Server) addAccount(phone, firstName string) bool {
	phone = normalPhone(phone)
	if s.accounts[phone] != nil {
		return false
	}
	dc := s.homeDC(phone)
	if dc == 0 {
		dc = 1
	}
	s.newAccount(phone, dc, firstName, "")
	return true
}

// Ban ends all logins of a phone number and lets nobody log in with it any more.
func (s *Server) Ban(phone string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.ban(phone)
}

func (s *Server) ban(phone string) {
	phone = normalPhone(phone)
	s.banned[phone] = true
	if a := s.accounts[phone]; a != nil {
		for _, l := range slices.Clone(a.logins) {
			s.revoke(l, "USER_DEACTIVATED_BAN")
		}
	}
}

func seconds(n int) time.Duration { return time.Duration(n) * time.Second }

// noTime is no moment.
var noTime time.Time
