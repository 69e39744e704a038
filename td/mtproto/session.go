package mtproto

import (
	"context"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"github.com/gotd/td/crypto"
)

const (
	maxNotFound   = 3 // answers -404 on as many connections until the key counts as gone
	maxRefusals   = 6 // of one message, until the connection and the session are given up
	farFuture     = 24 * time.Hour
	closeDeadline = 300 * time.Millisecond // for the last acknowledgements
)

// Session is one client's session with one data center. Its methods may be called from everywhere at any time.
//
// State is guarded by mu. Two goroutines work while there is a connection: run, which owns time and writing,
// and the connection's own, which connects, makes the key and reads. Whoever leaves mu with events waiting
// delivers them, unless another goroutine is at it.
type Session struct {
	cfg  Config
	h    Handler
	log  *slog.Logger
	base time.Time // start of the session's own time, for atomics

	ctx    context.Context
	cancel context.CancelFunc
	wg     sync.WaitGroup
	wake   chan struct{}
	out    writeBuffers // of run alone

	mu         sync.Mutex
	events     []event
	spare      []event
	delivering bool

	started, closed, destroyed bool
	state                      State
	network                    bool
	conn                       *conn
	wakeAt                     time.Time // when run wakes by itself
	retry                      retryTimer
	firstAddr                  int
	notFound                   int
	refusals                   int

	key        crypto.AuthKey
	half       func() exchanged // of an exchange that lacks its last answer
	authorized bool
	pfs        bool
	temp       tempKey
	checking   bool // whether the server knows key: it does not bind temp to it
	rekey      bool // temp is bound no more
	salts      saltBox
	offset     time.Duration
	timeKnown  bool // offset is the server's word of this run
	id         int64
	noted      bool // by the handler: see Handler.Session
	ids        idSource
	content    int32 // content-related messages sent
	inited     bool
	initSize   int // of what Config.Init gave last
	seen       seenIDs

	orders   uint64
	queue    []*Call
	unsorted bool // queue is to be put in order
	dead     int  // calls in queue that are over
	inFlight map[int64]*Call
	pending  int
	busyAt   time.Time // of the last call sent or answered
	service  []outgoing
	acks     []int64
	ackAt    time.Time
	pinger   pinger
	asked    map[int64][]int64 // msgs_state_req by id: the ids it asked about
}

// New makes a session; Start makes it connect. Calls may be queued before that.
func New(cfg Config, h Handler) *Session {
	cfg.setDefaults()
	if !cfg.Key.Value.Zero() {
		cfg.Key = cfg.Key.Value.WithID()
	}
	s := &Session{
		cfg: cfg, h: h, base: time.Now(), network: true, wake: make(chan struct{}, 1),
		key: cfg.Key, authorized: cfg.Authorized && !cfg.Key.Zero(), offset: cfg.TimeOffset, pfs: cfg.PFS,
		inFlight: make(map[int64]*Call),
		retry:    retryTimer{epoch: cfg.Epoch},
		log:      cfg.Logger.With("dc", cfg.dcID()),
	}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	if !cfg.PFS { // they are the real key's
		s.salts.set(cfg.Salts)
	}
	s.newSessionID()
	return s
}

// Start lets the session connect. It returns at once.
func (s *Session) Start() {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.started || s.closed {
		return
	}
	s.started = true
	s.wg.Go(s.run)
}

// Close ends the session: it acknowledges what came, answers pending calls with ErrClosed and waits until its
// goroutines have ended, or ctx. After a nil error nothing is called any more.
func (s *Session) Close(ctx context.Context) error {
	s.mu.Lock()
	first := !s.closed
	s.closed = true
	started := s.started
	s.mu.Unlock()
	if first && !started {
		s.mu.Lock()
		s.end()
		s.unlock()
	}
	s.poke()
	if first && started {
		// A write that hangs must not hold up the end.
		timer := time.AfterFunc(closeDeadline, s.cancelAll)
		defer timer.Stop()
	}
	done := make(chan struct{})
	go func() {
		s.wg.Wait()
		close(done)
	}()
	select {
	case <-done:
		return nil
	case <-ctx.Done():
		s.cancelAll()
		return ctx.Err()
	}
}

// cancelAll cuts the connection.
func (s *Session) cancelAll() {
	s.cancel()
	s.mu.Lock()
	if s.conn != nil {
		s.conn.abort()
	}
	s.mu.Unlock()
}

// SetNetwork tells whether there is a network. Up while it was up means that the network has changed: the
// connection is made anew.
func (s *Session) SetNetwork(up bool) {
	s.mu.Lock()
	s.network = up
	s.restart("network changed")
	s.mu.Unlock()
	s.poke()
}

// Reconnect puts another route in place, for a changed proxy, and connects anew. No dialer or no addresses keep what there is.
func (s *Session) Reconnect(r Route) {
	s.mu.Lock()
	if r.Dial != nil {
		s.cfg.Dial, s.cfg.Away = r.Dial, r.Away
	}
	if len(r.Addrs) > 0 {
		s.cfg.Addrs, s.firstAddr = r.Addrs, 0
	}
	s.restart("addresses changed")
	s.mu.Unlock()
	s.poke()
}

// Readdress puts other addresses in place for the next connection; none keep what there is.
func (s *Session) Readdress(addrs []Addr) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(addrs) > 0 && !slices.EqualFunc(addrs, s.cfg.Addrs, Addr.equal) {
		s.cfg.Addrs, s.firstAddr = addrs, 0
	}
}

// SetAuthorized says whether the key belongs to a login. If the server forgets such a key, the session answers
// its calls with ErrKeyGone and reports KeyGone; for any other key it makes a new one and goes on.
func (s *Session) SetAuthorized(yes bool) {
	s.mu.Lock()
	s.authorized = yes
	s.mu.Unlock()
}

// ReInit puts Config.Init's bytes before queries again, until one of them is answered: what they say has changed.
func (s *Session) ReInit() {
	s.mu.Lock()
	s.inited = false
	s.mu.Unlock()
}

// ID returns the id of the current session, for DestroySession from another one of the same key.
func (s *Session) ID() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.id
}

// Key returns the authorization key, zero while there is none.
func (s *Session) Key() crypto.AuthKey {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.key
}

// restart cuts the connection and lets the next one begin at once.
func (s *Session) restart(why string) {
	if s.conn != nil {
		s.log.Debug("connection is made anew", "why", why)
		s.conn.abort()
		s.conn = nil
	}
	s.retry.reset()
	s.pinger.silences = 0
	s.updateState()
}

// poke wakes run.
func (s *Session) poke() {
	select {
	case s.wake <- struct{}{}:
	default:
	}
}

// finish says the last words and ends the session. It is called with mu held and leaves it.
func (s *Session) finish(now time.Time) {
	c := s.conn
	if s.pack(now, true) {
		s.unlock()
		_ = c.send(&s.out)
		s.mu.Lock()
	}
	s.end()
	s.unlock()
	if c != nil {
		c.abort()
	}
	s.cancel()
}

// end answers everything that is pending.
func (s *Session) end() {
	s.failCalls(ErrClosed)
	s.conn = nil
	s.setState(StateIdle)
}

// failCalls answers all pending calls with err.
func (s *Session) failCalls(err error) {
	for _, c := range s.unanswered() {
		s.answer(c, nil, err)
	}
	s.queue, s.dead = nil, 0
}

// wanted says whether there should be a connection.
func (s *Session) wanted() bool {
	return s.started && !s.closed && !s.destroyed && (s.cfg.IdleTimeout == 0 || s.pending > 0)
}

// tick does what time asks for, short of writing.
func (s *Session) tick(now time.Time) {
	if c := s.conn; c != nil {
		switch {
		case !c.open && !now.Before(c.deadline):
			s.pinger.silences++
			s.drop(now, errStalled)
		case c.open && s.pinger.dead(c, now):
			s.pinger.silences++
			s.drop(now, errSilent)
		case c.open && s.sleepAt(c) != (time.Time{}) && !now.Before(s.sleepAt(c)):
			c.abort()
			s.conn = nil
		}
	}
	if c := s.conn; c != nil && c.open {
		s.tickTemp(c, now)
	}
	if s.conn == nil && s.network && s.wanted() && !now.Before(s.retry.at) {
		s.tryConnect(now)
	}
	s.updateState()
}

// sleepAt is when an idle connection is closed; zero for never.
func (s *Session) sleepAt(c *conn) time.Time {
	if s.cfg.IdleTimeout == 0 || s.pending > 0 {
		return time.Time{}
	}
	at := c.openedAt
	if s.busyAt.After(at) {
		at = s.busyAt
	}
	return at.Add(s.cfg.IdleTimeout)
}

// nextWake is when tick or pack have something to do without being poked; sleeps says that run asks, before it sleeps.
func (s *Session) nextWake(now time.Time, sleeps bool) time.Time {
	next := now.Add(farFuture)
	until := func(t time.Time) {
		if !t.IsZero() && t.Before(next) {
			next = t
		}
	}
	c := s.conn
	switch {
	case c == nil:
		if s.network && s.wanted() {
			until(s.retry.at)
		}
	case !c.open:
		until(c.deadline)
	case !s.noted:
		// use wakes
	default:
		until(s.ackAt)
		until(s.pinger.next(c))
		until(s.salts.askAt(now, s.serverTime()))
		until(s.sleepAt(c))
		until(s.replaceAt(c, now))
		if c.http && !c.polling {
			until(c.pollAt)
		}
		if c.temp && s.temp.id != 0 {
			until(s.temp.giveUpAt)
		}
		if sleeps && len(s.inFlight) > 0 && now.Sub(s.busyAt) < ackDelay {
			// An answer may come soon and want to be acknowledged: its goroutine then need not wake run for that.
			until(now.Add(ackDelay))
		}
	}
	return next
}

// due says whether run has something to do before it wakes by itself.
func (s *Session) due(now time.Time) bool {
	return len(s.queue) > 0 || len(s.service) > 0 || s.nextWake(now, false).Before(s.wakeAt)
}

// serverTime is the time at the server.
func (s *Session) serverTime() time.Time { return s.cfg.Now().Add(s.offset) }

// drop gives up the connection after err and sets the time of the next try.
func (s *Session) drop(now time.Time, err error) {
	c := s.conn
	s.conn = nil
	c.abort()
	s.log.Debug("connection ended", "state", s.state, "error", err)
	if !c.heard {
		s.firstAddr = c.addr + 1
	}
	var code transportError
	how := c.ending(now, errors.As(err, &code))
	if code != 0 { // an answer
		s.half = nil
	}
	if code == codeKeyUnknown && c.open && (!c.temp || s.temp.bound) || errors.Is(err, errMainGood) {
		how = endingUseful // it told something, and not for ever
	}
	s.retry.failed(c.began, how)
	switch {
	case code == codeFlood || code == codeWrongDC:
		s.retry.flooded(now)
	case code == codeKeyUnknown && c.open:
		s.keyNotFound(c)
	}
	s.updateState()
}

// lost is drop for a connection that may have been given up already.
func (s *Session) lost(c *conn, err error) {
	s.mu.Lock()
	if s.conn == c {
		s.drop(time.Now(), err)
	}
	s.unlock()
	s.poke()
}

// keyNotFound counts answers -404 and drops the key when they repeat; a temporary one at once.
func (s *Session) keyNotFound(c *conn) {
	if c.temp {
		s.forgetTempKey()
		return
	}
	if s.completeDestroyed(nil) {
		return
	}
	if s.notFound++; s.notFound < maxNotFound {
		return
	}
	s.log.Debug("server does not know the key", "authorized", s.authorized)
	gone := s.authorized
	s.key, s.authorized, s.notFound, s.checking = crypto.AuthKey{}, false, 0, false
	s.setTempKey(tempKey{})
	s.salts = saltBox{}
	s.newSession()
	if gone {
		s.failCalls(ErrKeyGone)
		s.emit(event{kind: eventKeyGone})
	}
}

// updateState reports the state that follows from everything else.
func (s *Session) updateState() {
	switch c := s.conn; {
	case c != nil && c.heard:
		s.setState(StateReady)
	case c != nil && c.connected:
		s.setState(StateHandshaking)
	case c != nil:
		s.setState(StateConnecting)
	case !s.wanted():
		s.setState(StateIdle)
	case !s.network:
		s.setState(StateWaitingForNetwork)
	default:
		s.setState(StateConnecting)
	}
}

func (s *Session) setState(state State) {
	if s.state == state {
		return
	}
	s.state = state
	s.emit(event{kind: eventState, state: state})
}
