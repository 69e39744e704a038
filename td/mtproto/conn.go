package mtproto

import (
	"context"
	"errors"
	"net"
	"sync"
	"sync/atomic"
	"time"

	"github.com/gotd/td/crypto"
)

var (
	errStalled = errors.New("server did not answer in time")
	errSilent  = errors.New("server does not answer pings")
)

const (
	dialTimeout = 15 * time.Second
	stepTimeout = 8 * time.Second // for each answer of a key exchange
)

// conn is one connection of a session, from the first try to connect to its end.
type conn struct {
	s      *Session
	ctx    context.Context
	cancel context.CancelFunc
	w      packets        // set before open
	key    crypto.AuthKey // set before open
	temp   bool           // it is to be a temporary one

	lastRead atomic.Int64 // when bytes came last, as time since s.base
	unheard  atomic.Int64 // bytes sent since

	// Guarded by s.mu.

	began     time.Time
	addr      int
	connected bool      // to the server or the proxy
	open      bool      // packets may be sent
	heard     bool      // an authentic packet has come
	useful    bool      // it answered a call
	deadline  time.Time // for open
	openedAt  time.Time
	noBundles bool      // the server does not take containers
	http      bool      // packets go over HTTP
	polling   bool      // a request waits for what the server has to say
	pollAt    time.Time // the earliest time for the next one

	mu   sync.Mutex // guards nc and over
	nc   net.Conn
	over bool
}

// connKeys are the real key and the temporary one that a connection finds, each zero if there is none yet.
type connKeys struct{ real, temp crypto.AuthKey }

// tryConnect starts a connection, unless it is known to lead nowhere.
func (s *Session) tryConnect(now time.Time) {
	if err := s.cfg.away(); err != nil {
		s.log.Debug("no connection", "error", err)
		s.retry.failed(now, endingSilent)
		return
	}
	s.connect(now)
}

// connect starts a connection.
func (s *Session) connect(now time.Time) {
	ctx, cancel := context.WithCancel(s.ctx)
	c := &conn{s: s, ctx: ctx, cancel: cancel, began: now, deadline: now.Add(dialTimeout)}
	s.conn = c
	s.takeHalf()
	c.temp, s.rekey = s.tempWanted(), false
	cfg, keys, start := s.cfg, connKeys{s.key, s.temp.key}, s.firstAddr
	s.wg.Go(func() {
		err := c.serve(cfg, keys, start)
		c.abort()
		s.lost(c, err)
	})
}

// abort ends the connection from any goroutine; its own then returns.
func (c *conn) abort() {
	c.cancel()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.over = true
	if c.nc != nil {
		_ = c.nc.Close()
	}
}

// adopt makes abort close nc, be it over already or not.
func (c *conn) adopt(nc net.Conn) {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.nc = nc
	if c.over {
		_ = nc.Close()
	}
}

// heardBytes notes that the connection lives.
func (c *conn) heardBytes() {
	c.lastRead.Store(int64(time.Since(c.s.base)))
	c.unheard.Store(0)
}

// lastReadAt is when bytes came last.
func (c *conn) lastReadAt() time.Time {
	return c.s.base.Add(time.Duration(c.lastRead.Load()))
}

// serve connects, makes a key if there is none, and reads until the connection ends.
func (c *conn) serveOnce(cfg Config, keys connKeys, start int) error {
	s := c.s
	nc, addr, err := dialAny(c.ctx, s.wg.Go, cfg.Dial, cfg.Addrs, start)
	if err != nil {
		return err
	}
	c.adopt(nc)
	if err := c.advance(func() { c.addr, c.connected = addr, true }); err != nil {
		return err
	}
	w, err := c.wire(nc, &cfg, cfg.Addrs[addr])
	if err != nil {
		return err
	}
	if keys.real.Zero() {
		if keys.real, err = c.exchange(cfg, w, 0, s.setKey); err != nil {
			return err
		}
		keys.temp = crypto.AuthKey{}
	}
	if c.temp && keys.temp.Zero() {
		if keys.temp, err = c.exchange(cfg, w, tempLife(), s.setTemp); err != nil {
			return err
		}
	}
	c.w, c.key = w, keys.real
	if c.temp {
		c.key = keys.temp
	}
	if err := c.advance(func() { s.opened(c) }); err != nil {
		return err
	}
	s.poke()
	for {
		packet, err := w.read()
		if err != nil {
			return err
		}
		if err := s.receive(c, packet); err != nil {
			return err
		}
	}
}

// wire puts the transport of an address on a connection.
func (c *conn) wire(nc net.Conn, cfg *Config, addr Addr) (packets, error) {
	if addr.HTTP == nil {
		return newWire(nc, cfg.dcID(), addr.Secret, cfg.Rand, c.heardBytes)
	}
	dial := func(ctx context.Context) (net.Conn, error) { return cfg.Dial(ctx, "tcp", addr.Address) }
	w := newHTTPWire(c.ctx, c.s.wg.Go, nc, dial, addr.HTTP, c.heardBytes)
	w.polled = c.polled
	return w, c.advance(func() { c.http = true })
}

// polled notes that the server need not wait any more.
func (c *conn) polled(answered bool) {
	c.s.mu.Lock()
	c.polling = false
	if answered {
		c.pollAt = time.Now()
	}
	c.s.unlock()
	c.s.poke()
}

// advance changes the session's state in f and gives the next step its time, unless the connection was given up.
func (c *conn) advance(f func()) error {
	s := c.s
	s.mu.Lock()
	defer s.unlock()
	if s.conn != c {
		return context.Canceled
	}
	c.deadline = time.Now().Add(s.pinger.patient(stepTimeout))
	f()
	s.updateState()
	if c.deadline.Before(s.wakeAt) {
		s.poke() // run sleeps until the deadline of the step before
	}
	return nil
}

// exchange makes a key, one that lasts expiresIn seconds if that is above zero, and gives it to set.
func (c *conn) exchange(cfg Config, w packets, expiresIn int, set func(exchanged)) (crypto.AuthKey, error) {
	s := c.s
	made := make(chan share, 1)
	s.wg.Go(func() {
		sh := share{err: errPanicked}
		defer func() { made <- sh }()
		defer cfg.rescue("A key exchange", &sh.err)
		sh = usualShare(cfg.Rand)
	})
	e := exchanger{
		conn: w, dc: cfg.dcID(), keys: cfg.PublicKeys, primes: cfg.Primes, rand: cfg.Rand,
		now:       cfg.Now,
		expiresIn: expiresIn,
		share:     func() share { return <-made },
		step:      func() { _ = c.advance(func() {}) },
	}
	if expiresIn == 0 {
		e.half = func(key func() exchanged) error { return c.advance(func() { s.half = key }) }
	}
	r, err := e.run()
	if err != nil {
		return crypto.AuthKey{}, err
	}
	err = c.advance(func() { set(r) })
	return r.key, err
}

// takeHalf takes over the key of an exchange whose last answer did not come: the server may have it, and if not, says so at once.
func (s *Session) takeHalf() {
	if s.half == nil {
		return
	}
	s.setKey(s.half())
	s.notFound = maxNotFound - 1
}

// setKey takes a new key over.
func (s *Session) setKey(r exchanged) {
	s.half = nil
	s.key, s.offset, s.timeKnown, s.authorized, s.notFound = r.key, r.offset, true, false, 0
	s.setTempKey(tempKey{})
	s.checking = false
	s.salts = saltBox{}
	s.salts.use(r.salt, s.serverTime())
	key := r.key
	s.emit(event{kind: eventNewKey, key: &key, salt: r.salt, time: r.offset})
	s.newSession() // tells of itself after the key
}

// opened lets packets out on a connection: a ping, which tells the server that the session is here, and what
// was not answered on the last one.
func (s *Session) opened(c *conn) {
	now := time.Now()
	c.open, c.openedAt = true, now
	c.lastRead.Store(int64(now.Sub(s.base)))
	s.pinger.start()
	s.asked = nil
	s.temp.id, s.temp.refusals = 0, 0
	s.resendUnanswered(now)
}
