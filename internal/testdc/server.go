package testdc

import (
	"context"
	"crypto/rsa"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"strconv"
	"sync"
	"time"

	"github.com/gotd/td/crypto"
	"github.com/gotd/td/tg"
)

// dcCount is how many test data centers Telegram has.
const dcCount = 3

// Options say how to start a server. The zero value is good.
type Options struct {
	// Listen is the host to listen on, "127.0.0.1" when empty.
	Listen string
	// Port is the port of data center 1, those of 2 and 3 follow it; 0 takes free ones.
	Port int
	// Key is the server's RSA key, 2048 bits; nil makes one.
	Key *rsa.PrivateKey
	// Proxy starts a SOCKS5 proxy at ProxyPort, 0 taking a free port.
	Proxy     bool
	ProxyPort int
	// Log gets what happens, calls at debug level. It never gets codes, keys or tokens. Nil logs nothing.
	Log *slog.Logger
	// Seed makes ids and access hashes of accounts differ between servers; two servers with the same one agree.
	Seed int64
	// Now is the clock, time.Now when nil. Server.ShiftClock comes on top.
	Now func() time.Time
	// State is a file in which everything is kept: read at the start where it is there, and written a moment after each change. It holds
	// auth keys and is readable by its owner only. Empty keeps all in memory.
	State string
	// HTTP is the address of loopback, host:port, at which the control interface and its page are; port 0 takes a free one. Empty leaves
	// them out.
	HTTP string
	// Reactions lists emojis to react with; otherwise there are none, and clients let nobody react.
	Reactions bool
	// AnnounceLogins tells an account's other logins of a new one, which is to be confirmed: updateNewAuthorization.
	AnnounceLogins bool
}

// Server is a running local Telegram. Its methods may be called from any goroutine.
type Server struct {
	opt    Options
	log    *slog.Logger
	rsa    *rsa.PrivateKey
	group  *dhGroup
	cipher crypto.Cipher
	names  map[uint32]string
	open   map[string]bool // methods that ask for no login

	methods   *tg.ServerDispatcher
	listeners []net.Listener
	proxy     net.Listener
	control   *control

	ctx    context.Context // ends with the server
	cancel context.CancelFunc
	wg     sync.WaitGroup

	mu       sync.Mutex // guards all that follows, and what hangs on it
	closed   bool
	dcs      [dcCount + 1]dataCenter // by number
	conns    map[*conn]struct{}
	sockets  map[net.Conn]struct{} // of all connections, also those that are not open yet
	turn     uint64
	shift    time.Duration
	accounts map[string]*account // by phone number
	users    map[int64]*account
	codes    map[string]*sentCode   // by phone_code_hash
	exports  map[string]export      // exported authorizations, by their bytes
	logins   map[string]*loginToken // login tokens, by their bytes

	uploads   map[uploadKey]*upload
	questions map[int64]*question // to bots
	world

	appConfig tg.JSONObject // of help.getAppConfig
	hooks
	journal
	state *stateFile // nil when nothing is kept
}

// dataCenter is one of the three.
type dataCenter struct {
	port int
	keys map[[8]byte]*authKey
}

// Start starts a server. It is reachable when Start returns.
func Start(opt Options) (*Server, error) {
	s, err := newServer(opt)
	if err != nil {
		return nil, fmt.Errorf("testdc: %w", err)
	}
	if err := s.openState(); err != nil {
		return nil, errors.Join(fmt.Errorf("testdc: %w", err), s.Close())
	}
	if err := s.listen(); err != nil {
		return nil, errors.Join(fmt.Errorf("testdc: %w", err), s.Close())
	}
	return s, nil
}

// newServer makes a server that does not listen yet.
func newServer(opt Options) (*Server, error) {
	if opt.Listen == "" {
		opt.Listen = "127.0.0.1"
	}
	if opt.Now == nil {
		opt.Now = time.Now
	}
	if opt.Log == nil {
		opt.Log = slog.New(slog.DiscardHandler)
	}
	if opt.Key == nil {
		key, err := NewKey()
		if err != nil {
			return nil, err
		}
		opt.Key = key
	}
	if err := checkKey(opt.Key); err != nil {
		return nil, err
	}
	s := &Server{
		opt: opt, log: opt.Log, rsa: opt.Key, group: newDHGroup(), cipher: newCipher(), names: tg.TypesMap(),
		conns: make(map[*conn]struct{}), sockets: make(map[net.Conn]struct{}),
		accounts: make(map[string]*account), users: make(map[int64]*account), codes: make(map[string]*sentCode),
		exports: make(map[string]export), logins: make(map[string]*loginToken), hooks: newHooks(),
		uploads: make(map[uploadKey]*upload), questions: make(map[int64]*question), world: newWorld(), journal: newJournal(),
	}
	s.methods, s.open = s.register()
	s.ctx, s.cancel = context.WithCancel(context.Background())
	for dc := range s.dcs {
		s.dcs[dc].keys = make(map[[8]byte]*authKey)
	}
	return s, nil
}

func (s *Server) listen() error {
	for dc := 1; dc <= dcCount; dc++ {
		port := 0
		if s.opt.Port != 0 {
			port = s.opt.Port + dc - 1
		}
		l, err := net.Listen("tcp", net.JoinHostPort(s.opt.Listen, strconv.Itoa(port)))
		if err != nil {
			return fmt.Errorf("data center %d: %w", dc, err)
		}
		s.listeners = append(s.listeners, l)
		s.dcs[dc].port = l.Addr().(*net.TCPAddr).Port
	}
	if s.opt.Proxy {
		l, err := net.Listen("tcp", net.JoinHostPort(s.opt.Listen, strconv.Itoa(s.opt.ProxyPort)))
		if err != nil {
			return fmt.Errorf("proxy: %w", err)
		}
		s.proxy = l
		s.listeners = append(s.listeners, l)
		s.accept(l, s.serveProxy)
	}
	if err := s.listenControl(); err != nil {
		return err
	}
	for i, l := range s.listeners[:dcCount] {
		s.accept(l, func(nc net.Conn) { s.serveConn(nc, i+1) })
	}
	return nil
}

// accept hands every connection of l to serve, in a goroutine of its own, until the server is closed.
func (s *Server) accept(l net.Listener, serve func(net.Conn)) {
	s.wg.Go(func() {
		for {
			nc, err := l.Accept()
			if errors.Is(err, net.ErrClosed) {
				return
			}
			if err != nil { // such as too many open files
				s.log.Warn("connection not accepted", "error", err)
				time.Sleep(10 * time.Millisecond)
				continue
			}
			if !s.admit(nc) {
				_ = nc.Close()
				continue
			}
			s.wg.Go(func() {
				defer s.dismiss(nc)
				if s.waitGate() {
					serve(nc)
				}
			})
		}
	})
}

// admit takes a new connection, unless the server is closed or refuses connections.
func (s *Server) admit(nc net.Conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed || s.refusing {
		return false
	}
	s.sockets[nc] = struct{}{}
	return true
}

func (s *Server) dismiss(nc net.Conn) {
	_ = nc.Close()
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.sockets, nc)
}

// Close stops the server and waits until all its goroutines have ended. What it knew is gone, but for Options.State.
func (s *Server) Close() error {
	s.mu.Lock()
	s.closed = true
	for nc := range s.sockets {
		_ = nc.Close()
	}
	s.mu.Unlock()
	s.cancel()
	s.control.close()
	var errs []error
	for _, l := range s.listeners {
		if err := l.Close(); err != nil && !errors.Is(err, net.ErrClosed) {
			errs = append(errs, fmt.Errorf("testdc: close: %w", err))
		}
	}
	s.wg.Wait()
	return errors.Join(errs...)
}

// Addr returns the address of data center dc, 1 to 3, as host:port.
func (s *Server) Addr(dc int) string { return s.listeners[dc-1].Addr().String() }

// ProxyAddr returns the address of the SOCKS5 proxy as host:port, "" when there is none.
func (s *Server) ProxyAddr() string {
	if s.proxy == nil {
		return ""
	}
	return s.proxy.Addr().String()
}

// PublicKey returns the server's public key as PKCS#1 PEM.
func (s *Server) PublicKey() []byte { return EncodePublicKey(&s.rsa.PublicKey) }

// Config returns the JSON that the environment variable TDJSON_TEST_SERVER is to name a file of:
//
//	{"public_keys":["PEM PKCS#1"],"dcs":[{"id":1,"address":"127.0.0.1","port":4430},…]}
func (s *Server) Config() []byte {
	type dc struct {
		ID      int    `json:"id"`
		Address string `json:"address"`
		Port    int    `json:"port"`
	}
	config := struct {
		PublicKeys []string `json:"public_keys"`
		DCs        []dc     `json:"dcs"`
	}{PublicKeys: []string{string(s.PublicKey())}}
	for i := 1; i <= dcCount; i++ {
		config.DCs = append(config.DCs, dc{i, s.host(), s.dcs[i].port})
	}
	data, _ := json.Marshal(config) // strings and numbers
	return data
}

// host is the address that clients are told: that of loopback when the server listens everywhere.
func (s *Server) host() string {
	addr := s.listeners[0].Addr().(*net.TCPAddr)
	if addr.IP.IsUnspecified() {
		return "127.0.0.1"
	}
	return addr.IP.String()
}

// Now returns the server's time.
func (s *Server) Now() time.Time {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.now()
}

// now is Now for those who hold the mutex.
func (s *Server) now() time.Time { return s.opt.Now().Add(s.shift) }

func (s *Server) unix() int { return int(s.now().Unix()) }
