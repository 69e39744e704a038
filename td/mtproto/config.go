package mtproto

import (
	"bytes"
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/netip"
	"slices"
	"time"

	"github.com/gotd/td/crypto"
	"github.com/gotd/td/exchange"
)

// Errors that end a call or a session. Errors of the server are *tgerr.Error.
var (
	// ErrClosed answers calls that were not answered when the session was closed.
	ErrClosed = errors.New("mtproto: session is closed")
	// ErrKeyGone answers the calls of an authorized key that the server does not know any more.
	ErrKeyGone = errors.New("mtproto: authorization key is gone")
	// ErrKeyNotDestroyed says that the server answered destroy_auth_key_fail.
	ErrKeyNotDestroyed = errors.New("mtproto: server did not destroy the authorization key")
	// ErrBadQuery answers a query that cannot be sent: empty, not a multiple of four bytes, or above a mebibyte.
	ErrBadQuery = errors.New("mtproto: query cannot be sent")
)

// State says how far the session is with its connection.
type State int

// The states of a session. While a failed connection waits for its next try the state is StateConnecting.
const (
	StateIdle              State = iota // not connected and not meant to be: before Start, asleep, or closed
	StateWaitingForNetwork              // SetNetwork(false)
	StateConnecting                     // waits for TCP, or for the proxy
	StateHandshaking                    // connected; makes a key, or waits for the server's first message
	StateReady                          // the server has answered with the session's key
)

// String returns the state's name for logs.
func (s State) String() string {
	switch s {
	case StateIdle:
		return "idle"
	case StateWaitingForNetwork:
		return "waiting for network"
	case StateConnecting:
		return "connecting"
	case StateHandshaking:
		return "handshaking"
	case StateReady:
		return "ready"
	}
	return "unknown"
}

// Addr is one place where the data center can be reached.
type Addr struct {
	// Address is host:port, as given to the dialer.
	Address string
	// Secret is that of an MTProto proxy or of a DC option: 16 bytes, 0xdd + 16 bytes (packets are padded), or
	// 0xee + 16 bytes + domain (padded too; the dialer must return a connection on which the TLS greeting is
	// done and whose Read and Write deal in records). Empty for a plain connection.
	Secret []byte
	// HTTP lets packets go over HTTP, over connections to Address. Nil for TCP.
	HTTP *HTTP
}

func (a Addr) equal(b Addr) bool {
	return a.Address == b.Address && bytes.Equal(a.Secret, b.Secret) && a.HTTP == b.HTTP
}

// family is 1 for an address of IPv6, otherwise 0.
func (a Addr) family() int {
	if at, err := netip.ParseAddrPort(a.Address); err == nil && at.Addr().Is6() {
		return 1
	}
	return 0
}

// DialFunc opens a TCP connection, directly or through a proxy. It must return when ctx ends.
type DialFunc func(ctx context.Context, network, addr string) (net.Conn, error)

// Route is the way to a data center.
type Route struct {
	// Addrs are tried one after the other with short delays; the first that connects wins.
	Addrs []Addr
	// Dial opens connections; nil dials directly.
	Dial DialFunc
	// Away, if set, is asked for each address before a connection is begun: an error says that no way leads there just now, as
	// others have found. It answers at once. See [Reach].
	Away func(address string) error
}

// away is why none of the addresses can be reached, nil if it is worth a try. What is true of an address is true of its family.
func (r *Route) away() error {
	if r.Away == nil {
		return nil
	}
	var err error
	var seen, away [2]bool
	for _, a := range r.Addrs {
		f := a.family()
		seen[f] = true
		if away[f] {
			continue
		}
		if no := r.Away(a.Address); no != nil {
			err, away[f] = no, true
		}
	}
	if seen != away {
		return nil
	}
	return err
}

// Salt is a server salt and the time in which the server accepts it, in server time.
type Salt struct {
	Salt         int64
	Since, Until time.Time
}

// Config is what a session is made of. DC, the route's Addrs, PublicKeys (unless Key is given) are required.
type Config struct {
	// DC is the data center's number, 1 to 5; Test and Media choose its test and media variants.
	DC    int
	Test  bool
	Media bool
	Route
	// PublicKeys are the RSA keys trusted in a key exchange.
	PublicKeys []exchange.PublicKey
	// Key is the authorization key, of which the value counts; the zero key lets the session make one.
	Key crypto.AuthKey
	// Authorized says that Key belongs to a login: see Session.SetAuthorized.
	Authorized bool
	// PFS lets connections use temporary keys, which the real one vouches for: see Session.SetPFS.
	PFS bool
	// Salts are those that Handler.Salts gave last, TimeOffset what Handler.NewKey or ServerTime gave last.
	Salts      []Salt
	TimeOffset time.Duration
	// Init returns the bytes that stand before a query until the server has answered one of them:
	// invokeWithLayer and initConnection up to their query. It must not use the session. Nil puts nothing there.
	Init func() []byte
	// IdleTimeout closes the connection when no call was pending for so long; the next call opens it again.
	// Zero keeps a connection for ever, which updates need.
	IdleTimeout time.Duration
	// Epoch is shared by the sessions of a process, which then try failed connections again at the same moments, half a second
	// apart, so that many clients without a network wake the process seldom. Zero is the time of New.
	Epoch time.Time
	// Primes remembers tested primes; share one among sessions. Nil makes one of its own.
	Primes *Primes
	// Logger gets debug messages without any secret; nil logs nothing.
	Logger *slog.Logger
	// Now is the wall clock that message ids are made of (default time.Now), Rand the source of randomness.
	Now  func() time.Time
	Rand io.Reader
	// Panicked hears of panics, from where they were recovered: the connection is made anew then. Nil lets them end the process.
	Panicked func(what string, v any)
}

// Handler hears of a session's events. They come one at a time and in order, also in order with the answers of
// calls, from goroutines of the session. It must not block; it may use the session, but for Close.
type Handler interface {
	// State reports a new state of the connection.
	State(State)
	// NewKey gives the key made by an exchange, to be stored before anything is done with it.
	NewKey(key crypto.AuthKey, salt int64, offset time.Duration)
	// ServerTime gives the server's time minus the local clock, when it had to be corrected.
	ServerTime(offset time.Duration)
	// Salts gives salts to be stored, for Config.Salts.
	Salts(salts []Salt)
	// Updates gives each message that is neither an answer nor the protocol's own, in the order of the
	// server. The handler may keep body.
	Updates(body []byte)
	// Session gives the id of the session that comes now, so that a later run may let the server forget it. Nothing is sent in it
	// before use is called, from wherever and whenever.
	Session(id int64, use func())
	// TempKey gives the id of the temporary key that takes the place of the one before, or 0 when there is none any more.
	TempKey(id int64)
	// NewSession says that the server has made a new session: updates may have been lost.
	NewSession()
	// KeyGone says that the server does not know the authorized key any more. Pending calls have been
	// answered with ErrKeyGone; the session goes on with a new key.
	KeyGone()
}

// dcID is the data center's number as the wire has it.
func (c *Config) dcID() int {
	id := c.DC
	if c.Test {
		id += 10000
	}
	if c.Media {
		id = -id
	}
	return id
}

func (c *Config) setDefaults() {
	c.PublicKeys = slices.DeleteFunc(slices.Clone(c.PublicKeys), exchange.PublicKey.Zero)
	if c.Dial == nil {
		// Pings of our own notice dead connections.
		c.Dial = (&net.Dialer{KeepAlive: -1}).DialContext
	}
	if c.Epoch.IsZero() {
		c.Epoch = time.Now()
	}
	if c.Primes == nil {
		c.Primes = new(Primes)
	}
	if c.Logger == nil {
		c.Logger = slog.New(slog.DiscardHandler)
	}
	if c.Now == nil {
		c.Now = time.Now
	}
	if c.Rand == nil {
		c.Rand = crypto.DefaultRand()
	}
	c.Dial = c.rescued(c.Dial)
}
