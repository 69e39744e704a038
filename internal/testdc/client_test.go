package testdc

import (
	"context"
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"net"
	"sync"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"
	"github.com/gotd/td/transport"
)

// testKey is made once: it costs a fifth of a second.
var testKey = sync.OnceValue(func() *rsa.PrivateKey {
	key, err := NewKey()
	if err != nil {
		panic(err)
	}
	return key
})

func start(t testing.TB, opt Options) *Server {
	t.Helper()
	opt.Key = testKey()
	s, err := Start(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// client speaks MTProto by hand, so that tests can also say what no client should.
type client struct {
	t       testing.TB
	srv     *Server
	dc      int
	key     crypto.AuthKey
	salt    int64
	session int64
	conn    transport.Conn
	cipher  crypto.Cipher
	lastID  int64
	content int32
	shift   time.Duration
	noAcks  bool // do not acknowledge what comes
	inited  bool

	got []message // received and not yet asked for
}

type message struct {
	id   int64
	seq  int
	body []byte
}

func (m message) typ() uint32 {
	id, _ := (&bin.Buffer{Buf: m.body}).PeekID()
	return id
}

// connect makes a client with a key of its own, which the server is simply told: exchanges have tests of their own.
func connect(t testing.TB, s *Server, dc int) *client {
	t.Helper()
	var key crypto.Key
	_, _ = rand.Read(key[:])
	c := &client{
		t: t, srv: s, dc: dc, key: key.WithID(), salt: randomInt64(), session: randomInt64(),
		cipher: crypto.NewClientCipher(rand.Reader),
	}
	s.addKey(dc, c.key, c.salt, 0)
	c.dial()
	t.Cleanup(func() { _ = c.conn.Close() })
	return c
}

func (c *client) dial() {
	c.t.Helper()
	c.conn = dialTransport(c.t, c.srv.Addr(c.dc), transport.Intermediate)
}

func dialTransport(t testing.TB, addr string, p transport.Protocol) transport.Conn {
	t.Helper()
	nc, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	conn, err := p.Handshake(nc)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

// redial comes back with a new connection of the same session.
func (c *client) redial() {
	c.t.Helper()
	_ = c.conn.Close()
	c.got = nil
	c.dial()
}

func (c *client) newID() int64 {
	c.lastID = nextMessageID(c.lastID, time.Now().Add(c.shift))
	return c.lastID
}

// message numbers m.
func (c *client) message(content bool, m bin.Encoder) proto.Message {
	c.t.Helper()
	var b bin.Buffer
	if err := b.Encode(m); err != nil {
		c.t.Fatal(err)
	}
	seq := c.content * 2
	if content {
		seq++
		c.content++
	}
	return proto.Message{ID: c.newID(), SeqNo: int(seq), Bytes: len(b.Buf), Body: b.Buf}
}

// write sends a message as it is.
func (c *client) write(m proto.Message) {
	c.t.Helper()
	var b bin.Buffer
	err := c.cipher.Encrypt(c.key, crypto.EncryptedMessageData{
		Salt: c.salt, SessionID: c.session, MessageID: m.ID, SeqNo: int32(m.SeqNo),
		MessageDataLen: int32(len(m.Body)), MessageDataWithPadding: m.Body,
	}, &b)
	if err != nil {
		c.t.Fatal(err)
	}
	if err := c.conn.Send(c.t.Context(), &b); err != nil {
		c.t.Fatal(err)
	}
}

func (c *client) send(content bool, m bin.Encoder) int64 {
	c.t.Helper()
	msg := c.message(content, m)
	c.write(msg)
	return msg.ID
}

// read reads one packet and takes it apart.
func (c *client) read(timeout time.Duration) error {
	ctx, cancel := context.WithTimeout(c.t.Context(), timeout)
	defer cancel()
	var b bin.Buffer
	if err := c.conn.Recv(ctx, &b); err != nil {
		return err
	}
	d, err := c.cipher.DecryptFromBuffer(c.key, &b)
	if err != nil {
		return err
	}
	if d.SessionID != c.session {
		return fmt.Errorf("session %x, want %x", d.SessionID, c.session)
	}
	c.take(message{d.MessageID, int(d.SeqNo), d.Data()})
	return nil
}

func (c *client) take(m message) {
	c.t.Helper()
	if m.id&1 == 0 {
		c.t.Errorf("message id %x of a server is even", m.id)
	}
	if m.typ() == proto.MessageContainerTypeID {
		var list proto.MessageContainer
		if err := list.Decode(&bin.Buffer{Buf: m.body}); err != nil {
			c.t.Error(err)
		}
		for _, e := range list.Messages {
			if e.ID >= m.id {
				c.t.Errorf("message id %x in a container is not under the container's %x", e.ID, m.id)
			}
			c.take(message{e.ID, e.SeqNo, e.Body})
		}
		return
	}
	c.got = append(c.got, m)
	if m.seq&1 == 1 && !c.noAcks {
		c.send(false, &mt.MsgsAck{MsgIDs: []int64{m.id}})
	}
}

const patience = 10 * time.Second

// expect waits for a message of a type and returns it. What came before it stays to be asked for.
func (c *client) expect(typ uint32) message {
	c.t.Helper()
	m, err := c.wait(func(m message) bool { return m.typ() == typ }, patience)
	if err != nil {
		c.t.Fatalf("waiting for %#x: %v", typ, err)
	}
	return m
}

func (c *client) wait(ok func(message) bool, timeout time.Duration) (message, error) {
	for {
		for i, m := range c.got {
			if ok(m) {
				c.got = append(c.got[:i:i], c.got[i+1:]...)
				return m, nil
			}
		}
		if err := c.read(timeout); err != nil {
			return message{}, err
		}
	}
}

// nothing tells that no message of the type comes within a short while.
func (c *client) nothing(typ uint32) {
	c.t.Helper()
	m, err := c.wait(func(m message) bool { return m.typ() == typ }, 50*time.Millisecond)
	if err == nil {
		c.t.Errorf("%#x came: %x", typ, m.body)
	}
}

func decode[T bin.Decoder](c *client, m message, into T) T {
	c.t.Helper()
	if err := into.Decode(&bin.Buffer{Buf: m.body}); err != nil {
		c.t.Fatal(err)
	}
	return into
}

// answer waits for the answer to a call.
func (c *client) answer(id int64, into bin.Decoder) error {
	c.t.Helper()
	m, err := c.wait(func(m message) bool {
		return m.typ() == proto.ResultTypeID && decode(c, m, &proto.Result{}).RequestMessageID == id
	}, patience)
	if err != nil {
		c.t.Fatalf("waiting for an answer: %v", err)
	}
	b := &bin.Buffer{Buf: decode(c, m, &proto.Result{}).Result}
	if typ, _ := b.PeekID(); typ == proto.GZIPTypeID {
		plain, err := unpack(b)
		if err != nil {
			c.t.Fatal(err)
		}
		b = &bin.Buffer{Buf: plain}
	}
	if typ, _ := b.PeekID(); typ == mt.RPCErrorTypeID {
		var e mt.RPCError
		if err := e.Decode(b); err != nil {
			c.t.Fatal(err)
		}
		return tgerr.New(e.ErrorCode, e.ErrorMessage)
	}
	if into == nil {
		return nil
	}
	if err := into.Decode(b); err != nil {
		c.t.Fatalf("answer: %v", err)
	}
	if b.Len() != 0 {
		c.t.Errorf("%d bytes behind the answer", b.Len())
	}
	return nil
}

// Invoke calls a method, so that tg.NewClient can be put on top.
func (c *client) Invoke(_ context.Context, in bin.Encoder, out bin.Decoder) error {
	c.t.Helper()
	return c.answer(c.send(true, c.wrap(in)), out)
}

func (c *client) api() *tg.Client { return tg.NewClient(c) }

// wrap introduces the client with its first call.
func (c *client) wrap(in bin.Encoder) bin.Encoder {
	if c.inited {
		return in
	}
	c.inited = true
	var b bin.Buffer
	if err := b.Encode(in); err != nil {
		c.t.Fatal(err)
	}
	return &tg.InvokeWithLayerRequest{Layer: tg.Layer, Query: &tg.InitConnectionRequest{
		APIID: 94575, DeviceModel: "Test device", SystemVersion: "Linux", AppVersion: "1.0", Query: &rest{b.Buf},
	}}
}

const testPhone = "+15550001111"

// logIn logs in with a phone number.
func (c *client) logIn(phone string) *tg.User {
	c.t.Helper()
	ctx := c.t.Context()
	sent, err := c.api().AuthSendCode(ctx, &tg.AuthSendCodeRequest{PhoneNumber: phone, APIID: 94575, APIHash: "x"})
	if err != nil {
		c.t.Fatal(err)
	}
	req := &tg.AuthSignInRequest{PhoneNumber: phone, PhoneCodeHash: sent.(*tg.AuthSentCode).PhoneCodeHash}
	req.SetPhoneCode(loginCode(normalPhone(phone)))
	auth, err := c.api().AuthSignIn(ctx, req)
	if err != nil {
		c.t.Fatal(err)
	}
	return auth.(*tg.AuthAuthorization).User.(*tg.User)
}

// wantError checks an answer's error.
func wantError(t testing.TB, err error, code int, text string) {
	t.Helper()
	var e *tgerr.Error
	if !errors.As(err, &e) || e.Code != code || e.Message != text {
		t.Errorf("error %v, want %d %s", err, code, text)
	}
}
