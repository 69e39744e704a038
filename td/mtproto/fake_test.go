package mtproto

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"encoding/binary"
	"errors"
	"io"
	"log/slog"
	"net"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/mtproxy/obfuscated2"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/proto/codec"
)

// fakeDC is the server side of the tests: as good as a server gets, with hooks for all that may go wrong.
type fakeDC struct {
	tb  testing.TB
	rsa exchange.PrivateKey
	dc  int

	mu       sync.Mutex
	keys     map[[8]byte]crypto.AuthKey
	salt     int64
	strict   bool // checks salts
	timeless bool // does not check the time of messages
	clock    func() time.Time
	sessions map[int64]*fakeSession
	conns    []*peer
	dials    int
	log      []incoming // everything that came, in order, out of containers
	executed []string   // queries that were acted upon

	// accept may take a connection over; false closes it.
	accept func(n int, nc net.Conn) (handled bool)
	// query answers a query: nil for no answer.
	query func(p *peer, id int64, body []byte) []byte
	// intercept sees each message before the server acts; true swallows it.
	intercept func(p *peer, m incoming) bool
	// packet sees each whole packet; true swallows it.
	packet func(p *peer, id int64, msgs []incoming) bool
	lastID int64
	wg     sync.WaitGroup
}

type fakeSession struct {
	answers map[int64][]byte // by the client's message id, nil while there is none
	acked   map[int64]bool   // the server's messages that the client has acknowledged
	content int32
}

var testRSA = sync.OnceValue(func() exchange.PrivateKey {
	k, err := rsa.GenerateKey(rand.Reader, crypto.RSAKeyBits)
	if err != nil {
		panic(err)
	}
	return exchange.PrivateKey{RSA: k}
})

var testKey = sync.OnceValue(func() crypto.AuthKey {
	var k crypto.Key
	_, _ = rand.Read(k[:])
	return k.WithID()
})

func newFake(tb testing.TB) *fakeDC {
	f := &fakeDC{
		tb: tb, dc: 2, keys: map[[8]byte]crypto.AuthKey{}, salt: 4711, clock: time.Now,
		sessions: map[int64]*fakeSession{}, rsa: testRSA(),
	}
	f.keys[testKey().ID] = testKey()
	return f
}

// config is that of a client with a key which the server knows.
func (f *fakeDC) config() Config {
	return Config{
		DC: 2, Route: Route{Addrs: []Addr{{Address: "pipe"}}, Dial: f.dial}, Key: testKey(), Authorized: true,
		PublicKeys: []exchange.PublicKey{f.rsa.Public()},
		Salts:      []Salt{{Salt: f.salt, Since: f.clock().Add(-time.Hour), Until: f.clock().Add(1000 * time.Hour)}},
	}
}

func (f *fakeDC) dial(ctx context.Context, _, _ string) (net.Conn, error) {
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	a, b := net.Pipe()
	f.serve(b)
	return a, nil
}

func (f *fakeDC) serve(nc net.Conn) {
	f.mu.Lock()
	f.dials++
	n, accept := f.dials, f.accept
	f.mu.Unlock()
	f.wg.Go(func() {
		defer nc.Close()
		if accept != nil && accept(n, nc) {
			return
		}
		p := &peer{f: f, nc: nc, n: n}
		_ = p.run()
	})
}

// cut closes all connections.
func (f *fakeDC) cut() {
	f.mu.Lock()
	conns := f.conns
	f.conns = nil
	f.mu.Unlock()
	for _, p := range conns {
		_ = p.nc.Close()
	}
}

func (f *fakeDC) close() {
	f.cut()
	f.wg.Wait()
}

func (f *fakeDC) dialed() int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.dials
}

// got returns the messages of one type that have come.
func (f *fakeDC) got(id uint32) (out []incoming) {
	f.mu.Lock()
	defer f.mu.Unlock()
	for _, m := range f.log {
		if typeID(m.body) == id {
			out = append(out, m)
		}
	}
	return out
}

func (f *fakeDC) acts() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	return append([]string(nil), f.executed...)
}

// msgID makes an id of the server: kind 1 for answers, 3 for others.
func (f *fakeDC) msgID(kind int64) int64 {
	f.mu.Lock()
	defer f.mu.Unlock()
	now := f.clock()
	id := now.Unix()<<32 | int64(now.Nanosecond())<<32/int64(time.Second)&^3
	if id <= f.lastID {
		id = f.lastID + 4
	}
	f.lastID = id &^ 3
	return f.lastID | kind
}

// patientMutex is a mutex whose waiting lets virtual time pass.
type patientMutex struct {
	once sync.Once
	free chan struct{}
}

func (m *patientMutex) Lock() {
	m.once.Do(func() { m.free = make(chan struct{}, 1) })
	m.free <- struct{}{}
}

func (m *patientMutex) Unlock() { <-m.free }

// peer is one connection at the server.
type peer struct {
	f    *fakeDC
	nc   net.Conn
	n    int // counted from 1
	rw   io.ReadWriter
	meta obfuscated2.Metadata
	wmu  patientMutex
	slow atomic.Bool // writes slowly

	key     crypto.AuthKey
	session int64
}

func (p *peer) handshake() error {
	rw, meta, err := obfuscated2.Accept(p.nc, nil)
	p.rw, p.meta = rw, meta
	return err
}

func (p *peer) Recv(_ context.Context, b *bin.Buffer) error {
	if p.meta.Protocol == codec.PaddedIntermediateClientStart {
		return codec.PaddedIntermediate{}.Read(p.rw, b)
	}
	return codec.Intermediate{}.Read(p.rw, b)
}

func (p *peer) Send(_ context.Context, b *bin.Buffer) error {
	p.wmu.Lock()
	defer p.wmu.Unlock()
	w := io.Writer(p.rw)
	if p.slow.Load() {
		w = slowWriter{w}
	}
	return codec.Intermediate{}.Write(w, b)
}

func (p *peer) Close() error { return p.nc.Close() }

// sendRaw sends bytes as a packet, whatever they are.
func (p *peer) sendRaw(raw []byte) error {
	return p.write(append(binary.LittleEndian.AppendUint32(nil, uint32(len(raw))), raw...))
}

// write sends bytes that need be no packet.
func (p *peer) write(raw []byte) error {
	p.wmu.Lock()
	defer p.wmu.Unlock()
	_, err := p.rw.Write(raw)
	return err
}

func (p *peer) sendCode(code int32) error {
	return p.sendRaw(binary.LittleEndian.AppendUint32(nil, uint32(code)))
}

// first hands the packet that has been read to an exchange.
type first struct {
	*peer
	packet []byte
}

func (c *first) Recv(ctx context.Context, b *bin.Buffer) error {
	if c.packet != nil {
		b.ResetTo(c.packet)
		c.packet = nil
		return nil
	}
	return c.peer.Recv(ctx, b)
}

func (p *peer) run() error {
	if err := p.handshake(); err != nil {
		return err
	}
	p.f.mu.Lock()
	p.f.conns = append(p.f.conns, p)
	p.f.mu.Unlock()
	return p.loop()
}

// loop answers packets until the connection ends.
func (p *peer) loop() error {
	for {
		var b bin.Buffer
		if err := p.Recv(context.Background(), &b); err != nil {
			return err
		}
		if b.Len() >= 8 && binary.LittleEndian.Uint64(b.Buf) == 0 {
			e := exchange.NewExchanger(&first{p, b.Buf}, p.f.dc)
			res, err := e.Server(p.f.rsa).Run(context.Background())
			if err != nil {
				return err
			}
			p.f.mu.Lock()
			p.f.keys[res.Key.ID] = res.Key
			p.f.salt = res.ServerSalt
			p.f.mu.Unlock()
			continue
		}
		if err := p.onPacket(b.Buf); err != nil {
			return err
		}
	}
}

var errUnknownKey = errors.New("unknown key")

func (p *peer) decrypt(packet []byte) (*crypto.EncryptedMessageData, error) {
	if len(packet) < 40 {
		return nil, errors.New("short packet")
	}
	p.f.mu.Lock()
	key, ok := p.f.keys[[8]byte(packet[:8])]
	p.key = key
	p.f.mu.Unlock()
	if !ok {
		return nil, errUnknownKey
	}
	packet = packet[:24+(len(packet)-24)&^15]
	return crypto.NewServerCipher(rand.Reader).DecryptFromBuffer(key, &bin.Buffer{Buf: packet})
}

func (p *peer) onPacket(packet []byte) error {
	d, err := p.decrypt(packet)
	if errors.Is(err, errUnknownKey) {
		return p.sendCode(-404)
	}
	if err != nil {
		p.f.tb.Errorf("server cannot decrypt: %v", err)
		return err
	}
	f := p.f
	msgs, err := unpack(nil, incoming{id: d.MessageID, seqNo: d.SeqNo, body: d.Data()}, false)
	if err != nil {
		f.tb.Errorf("server cannot unpack: %v", err)
		return err
	}
	f.mu.Lock()
	p.session = d.SessionID
	f.mu.Unlock()
	if f.packet != nil && f.packet(p, d.MessageID, msgs) {
		return nil
	}
	f.mu.Lock()
	strict, salt := f.strict, f.salt
	f.mu.Unlock()
	if strict && d.Salt != salt {
		return p.push(3, false, &mt.BadServerSalt{
			BadMsgID: d.MessageID, BadMsgSeqno: int(d.SeqNo), ErrorCode: 48, NewServerSalt: salt,
		})
	}
	if code := p.badTime(d.MessageID); code != 0 {
		return p.push(3, false, &mt.BadMsgNotification{BadMsgID: d.MessageID, BadMsgSeqno: int(d.SeqNo), ErrorCode: code})
	}
	if err := p.greet(msgs); err != nil {
		return err
	}
	for _, m := range msgs {
		if err := p.onMessage(m); err != nil {
			return err
		}
	}
	return nil
}

// badTime says whether the server takes messages of that time.
func (p *peer) badTime(id int64) int {
	if p.f.timeless {
		return 0
	}
	age := p.f.clock().Sub(idTime(id))
	switch {
	case id%4 != 0:
		return 18
	case age > 300*time.Second:
		return 16
	case age < -30*time.Second:
		return 17
	}
	return 0
}

// greet begins a session that the server does not know.
func (p *peer) greet(msgs []incoming) error {
	f := p.f
	f.mu.Lock()
	_, known := f.sessions[p.session]
	if !known {
		f.sessions[p.session] = &fakeSession{answers: map[int64][]byte{}, acked: map[int64]bool{}}
	}
	salt := f.salt
	f.mu.Unlock()
	if known {
		return nil
	}
	low := msgs[0].id
	for _, m := range msgs {
		low = min(low, m.id)
	}
	return p.push(3, true, &mt.NewSessionCreated{FirstMsgID: low, UniqueID: low, ServerSalt: salt})
}

func (p *peer) state() *fakeSession {
	p.f.mu.Lock()
	defer p.f.mu.Unlock()
	return p.f.sessions[p.session]
}

func (p *peer) onMessage(m incoming) error {
	f := p.f
	f.mu.Lock()
	f.log = append(f.log, m)
	f.mu.Unlock()
	if f.intercept != nil && f.intercept(p, m) {
		return nil
	}
	b := &bin.Buffer{Buf: m.body}
	switch typeID(m.body) {
	case mt.PingDelayDisconnectRequestTypeID:
		var q mt.PingDelayDisconnectRequest
		if err := q.Decode(b); err != nil {
			return err
		}
		return p.push(1, false, &mt.Pong{MsgID: m.id, PingID: q.PingID})
	case mt.MsgsAckTypeID:
		var q mt.MsgsAck
		if err := q.Decode(b); err != nil {
			return err
		}
		f.mu.Lock()
		defer f.mu.Unlock()
		for _, id := range q.MsgIDs {
			f.sessions[p.session].acked[id] = true
		}
		return nil
	case mt.MsgsStateReqTypeID:
		return p.onStateReq(m)
	case mt.GetFutureSaltsRequestTypeID, mt.MsgsStateInfoTypeID, mt.MsgResendReqTypeID, mt.RPCDropAnswerRequestTypeID,
		mt.DestroySessionRequestTypeID, destroyKeyID:
		return nil
	}
	return p.onQuery(m)
}

func (p *peer) onStateReq(m incoming) error {
	var q mt.MsgsStateReq
	if err := q.Decode(&bin.Buffer{Buf: m.body}); err != nil {
		return err
	}
	s := p.state()
	p.f.mu.Lock()
	info := make([]byte, len(q.MsgIDs))
	for i, id := range q.MsgIDs {
		info[i] = 2
		if _, ok := s.answers[id]; ok {
			info[i] = 4
		}
	}
	p.f.mu.Unlock()
	return p.push(1, false, &mt.MsgsStateInfo{ReqMsgID: m.id, Info: info})
}

// onQuery acts once on each message id.
func (p *peer) onQuery(m incoming) error {
	f, s := p.f, p.state()
	f.mu.Lock()
	reply, known := s.answers[m.id]
	if !known {
		s.answers[m.id] = nil
		f.executed = append(f.executed, string(m.body))
	}
	query := f.query
	f.mu.Unlock()
	if known && reply == nil {
		return nil
	}
	if !known {
		if reply = echo(m.body); query != nil {
			reply = query(p, m.id, m.body)
		}
		if reply == nil {
			return nil
		}
		f.mu.Lock()
		s.answers[m.id] = reply
		f.mu.Unlock()
	}
	err := p.result(m.id, reply)
	if err != nil {
		// The client may have asked again in another connection before there was an answer.
		f.mu.Lock()
		newest := p
		if n := len(f.conns); n > 0 {
			newest = f.conns[n-1]
		}
		other := newest != p && newest.session == p.session
		f.mu.Unlock()
		if other {
			_ = newest.result(m.id, reply)
		}
	}
	return err
}

// echo is the answer to a query that no hook answers.
func echo(body []byte) []byte { return append([]byte("echo"), body...) }

func (p *peer) result(id int64, reply []byte) error {
	return p.push(1, true, &proto.Result{RequestMessageID: id, Result: reply})
}

// push sends one message.
func (p *peer) push(kind int64, content bool, e bin.Encoder) error {
	_, err := p.pushID(kind, content, e)
	return err
}

func (p *peer) pushID(kind int64, content bool, e bin.Encoder) (int64, error) {
	m := p.message(kind, content, encoded(e))
	return m.id, p.sendMessage(m)
}

// message makes a message of the server.
func (p *peer) message(kind int64, content bool, body []byte) incoming {
	m := incoming{id: p.f.msgID(kind), body: body}
	if s := p.state(); s != nil {
		p.f.mu.Lock()
		m.seqNo = s.content * 2
		if content {
			m.seqNo++
			s.content++
		}
		p.f.mu.Unlock()
	}
	return m
}

func (p *peer) sendMessage(m incoming) error {
	p.f.mu.Lock()
	salt, session := p.f.salt, p.session
	p.f.mu.Unlock()
	return p.sendData(crypto.EncryptedMessageData{
		Salt: salt, SessionID: session, MessageID: m.id, SeqNo: m.seqNo,
		MessageDataLen: int32(len(m.body)), MessageDataWithPadding: m.body,
	})
}

func (p *peer) sendData(d crypto.EncryptedMessageData) error {
	p.f.mu.Lock()
	key := p.key
	p.f.mu.Unlock()
	var b bin.Buffer
	if err := crypto.NewServerCipher(rand.Reader).Encrypt(key, d, &b); err != nil {
		return err
	}
	return p.Send(context.Background(), &b)
}

// container sends messages in one container.
func (p *peer) container(msgs ...incoming) error {
	var c proto.MessageContainer
	for _, m := range msgs {
		c.Messages = append(c.Messages, proto.Message{ID: m.id, SeqNo: int(m.seqNo), Bytes: len(m.body), Body: m.body})
	}
	return p.push(3, false, &c)
}

// recorder is a Handler that writes down what it is told.
type recorder struct {
	mu      sync.Mutex
	states  []State
	updates []string
	keys    []crypto.AuthKey
	salts   [][]Salt
	offsets []time.Duration
	temps   []int64
	fresh   int
	gone    int
	changed chan struct{}
	events  []string
}

func newRecorder() *recorder { return &recorder{changed: make(chan struct{}, 1)} }

func (r *recorder) note(event string, f func()) {
	r.mu.Lock()
	f()
	r.events = append(r.events, event)
	r.mu.Unlock()
	select {
	case r.changed <- struct{}{}:
	default:
	}
}

func (r *recorder) State(s State) {
	r.note("state "+s.String(), func() { r.states = append(r.states, s) })
}

func (r *recorder) NewKey(k crypto.AuthKey, _ int64, o time.Duration) {
	r.note("key", func() { r.keys = append(r.keys, k); r.offsets = append(r.offsets, o) })
}

func (r *recorder) ServerTime(o time.Duration) {
	r.note("time", func() { r.offsets = append(r.offsets, o) })
}
func (r *recorder) Salts(s []Salt) { r.note("salts", func() { r.salts = append(r.salts, s) }) }
func (r *recorder) Updates(b []byte) {
	r.note("update "+string(b), func() { r.updates = append(r.updates, string(b)) })
}
func (r *recorder) NewSession()                 { r.note("new session", func() { r.fresh++ }) }
func (r *recorder) Session(_ int64, use func()) { use() }
func (r *recorder) TempKey(id int64)            { r.note("", func() { r.temps = append(r.temps, id) }) }
func (r *recorder) KeyGone()                    { r.note("key gone", func() { r.gone++ }) }

func (r *recorder) got() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string(nil), r.updates...)
}

func (r *recorder) history() []string {
	r.mu.Lock()
	defer r.mu.Unlock()
	return append([]string(nil), r.events...)
}

func (r *recorder) state() State {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.states) == 0 {
		return StateIdle
	}
	return r.states[len(r.states)-1]
}

// logger writes to the test's log.
func logger(tb testing.TB) *slog.Logger {
	return slog.New(slog.NewTextHandler(tb.Output(), &slog.HandlerOptions{Level: slog.LevelDebug}))
}

// start runs a session until the end of the test.
func start(tb testing.TB, f *fakeDC, cfg Config) (*Session, *recorder) {
	r := newRecorder()
	if _, bench := tb.(*testing.B); !bench && cfg.Logger == nil {
		cfg.Logger = logger(tb)
	}
	s := New(cfg, r)
	s.Start()
	tb.Cleanup(func() { stop(tb, f, s) })
	return s, r
}

func stop(tb testing.TB, f *fakeDC, s *Session) {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := s.Close(ctx); err != nil {
		tb.Errorf("Close: %v", err)
	}
	f.close()
}

// ask makes a call and wants its echo.
func ask(tb testing.TB, s *Session, q string) {
	tb.Helper()
	ctx, cancel := context.WithTimeout(context.Background(), time.Hour)
	defer cancel()
	got, err := s.Call(Raw(q), CallOptions{}).Wait(ctx)
	if err != nil || string(got) != "echo"+q {
		tb.Fatalf("call %q: got %q, %v", q, got, err)
	}
}

// Raw is an encoded query.
type Raw []byte

// Encode appends the query as it is.
func (r Raw) Encode(b *bin.Buffer) error {
	b.Put(r)
	return nil
}
