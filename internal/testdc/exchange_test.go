package testdc

import (
	"bytes"
	"crypto/rand"
	"crypto/rsa"
	"encoding/binary"
	"errors"
	"math/big"
	"net"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/mtproxy"
	"github.com/gotd/td/mtproxy/obfuscated2"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/proto/codec"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/transport"
)

// obfuscate opens an obfuscated2 connection around a codec.
func obfuscate(t *testing.T, addr string, c codec.TaggedCodec, dc int) transport.Conn {
	t.Helper()
	nc, err := net.Dial("tcp", addr)
	if err != nil {
		t.Fatal(err)
	}
	o := obfuscated2.NewObfuscated2(rand.Reader, nc)
	if err := o.Handshake(c.ObfuscatedTag(), dc, mtproxy.Secret{}); err != nil {
		t.Fatal(err)
	}
	conn, err := transport.NewProtocol(func() transport.Codec { return codec.NoHeader{Codec: c} }).Handshake(obfuscatedConn{nc, o})
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

type obfuscatedConn struct {
	net.Conn
	o *obfuscated2.Obfuscated2
}

func (c obfuscatedConn) Read(p []byte) (int, error)  { return c.o.Read(p) }
func (c obfuscatedConn) Write(p []byte) (int, error) { return c.o.Write(p) }

func TestExchange(t *testing.T) {
	s := start(t, Options{})
	for _, tt := range []struct {
		name string
		dc   int // as the client says it
		open func(t *testing.T) transport.Conn
	}{
		{"abridged", 2, func(t *testing.T) transport.Conn { return dialTransport(t, s.Addr(2), transport.Abridged) }},
		{"intermediate", 10002, func(t *testing.T) transport.Conn { return dialTransport(t, s.Addr(2), transport.Intermediate) }},
		{"padded", -10002, func(t *testing.T) transport.Conn { return dialTransport(t, s.Addr(2), transport.PaddedIntermediate) }},
		{"obfuscated abridged", 2, func(t *testing.T) transport.Conn { return obfuscate(t, s.Addr(2), codec.Abridged{}, 2) }},
		{"obfuscated intermediate", 2, func(t *testing.T) transport.Conn { return obfuscate(t, s.Addr(2), codec.Intermediate{}, 10002) }},
		{"obfuscated padded", 2, func(t *testing.T) transport.Conn { return obfuscate(t, s.Addr(2), codec.PaddedIntermediate{}, -10002) }},
	} {
		t.Run(tt.name, func(t *testing.T) {
			conn := tt.open(t)
			defer conn.Close()
			got, err := exchange.NewExchanger(conn, tt.dc).Client([]exchange.PublicKey{{RSA: &s.rsa.PublicKey}}).Run(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			// The key works on the connection that made it.
			c := &client{t: t, srv: s, dc: 2, key: got.AuthKey, salt: got.ServerSalt, session: got.SessionID, conn: conn, cipher: crypto.NewClientCipher(rand.Reader)}
			for range 20 { // of many lengths in the padded transport
				c.sync()
			}
			if _, err := c.api().HelpGetConfig(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
}

// plainClient makes the calls of an exchange by hand.
type plainClient struct {
	t    *testing.T
	conn transport.Conn
	id   int64
}

func (p *plainClient) send(m bin.Encoder) {
	p.t.Helper()
	p.id++ // no multiple of four, most of the time
	var b bin.Buffer
	if err := b.Encode(proto.UnencryptedMessage{MessageID: p.id, MessageData: encoded(m)}); err != nil {
		p.t.Fatal(err)
	}
	if err := p.conn.Send(p.t.Context(), &b); err != nil {
		p.t.Fatal(err)
	}
}

func (p *plainClient) receive(m bin.Decoder) error {
	p.t.Helper()
	var b bin.Buffer
	if err := p.conn.Recv(p.t.Context(), &b); err != nil {
		return err
	}
	var u proto.UnencryptedMessage
	if err := u.Decode(&b); err != nil {
		p.t.Fatal(err)
	}
	if u.MessageID&3 != idOfAnswer {
		p.t.Errorf("message id %x", u.MessageID)
	}
	return m.Decode(&bin.Buffer{Buf: u.MessageData})
}

// handshake goes through an exchange up to and with req_DH_params and returns its answer.
func (p *plainClient) handshake(s *Server, inner func(pq mt.ResPQ) mt.PQInnerDataClass) error {
	p.t.Helper()
	var pq mt.ResPQ
	nonce, _ := crypto.RandInt128(rand.Reader)
	p.send(&mt.ReqPqMultiRequest{Nonce: nonce})
	if err := p.receive(&pq); err != nil {
		p.t.Fatal(err)
	}
	if pq.Nonce != nonce || new(big.Int).SetBytes(pq.Pq).Cmp(big.NewInt(pqP*pqQ)) != 0 {
		p.t.Errorf("%+v", pq)
	}
	data, err := crypto.RSAPad(encoded(inner(pq)), &s.rsa.PublicKey, rand.Reader)
	if err != nil {
		p.t.Fatal(err)
	}
	p.send(&mt.ReqDHParamsRequest{
		Nonce: nonce, ServerNonce: pq.ServerNonce, P: big.NewInt(pqP).Bytes(), Q: big.NewInt(pqQ).Bytes(),
		PublicKeyFingerprint: pq.ServerPublicKeyFingerprints[0], EncryptedData: data,
	})
	return p.receive(&mt.ServerDHParamsOk{})
}

func innerFor(dc int) func(mt.ResPQ) mt.PQInnerDataClass {
	return func(pq mt.ResPQ) mt.PQInnerDataClass {
		return &mt.PQInnerDataDC{Pq: pq.Pq, Nonce: pq.Nonce, ServerNonce: pq.ServerNonce, DC: dc}
	}
}

func TestExchangeGoesWrong(t *testing.T) {
	s := start(t, Options{})
	for _, tt := range []struct {
		name string
		code int32
		run  func(p *plainClient) error
	}{
		{"other data center", codec.CodeWrongDC, func(p *plainClient) error { return p.handshake(s, innerFor(10002)) }},
		{"other nonce", codec.CodeAuthKeyNotFound, func(p *plainClient) error {
			return p.handshake(s, func(mt.ResPQ) mt.PQInnerDataClass { return &mt.PQInnerDataDC{DC: 1} })
		}},
		{"temporary key for no time", codec.CodeAuthKeyNotFound, func(p *plainClient) error {
			return p.handshake(s, func(pq mt.ResPQ) mt.PQInnerDataClass {
				return &mt.PQInnerDataTempDC{Pq: pq.Pq, Nonce: pq.Nonce, ServerNonce: pq.ServerNonce, DC: 1}
			})
		}},
		{"client params first", codec.CodeAuthKeyNotFound, func(p *plainClient) error {
			p.send(&mt.SetClientDHParamsRequest{EncryptedData: make([]byte, 64)})
			return p.receive(&mt.DhGenOk{})
		}},
		{"client params that cannot be read", codec.CodeAuthKeyNotFound, func(p *plainClient) error {
			var nonces mt.ResPQ
			if err := p.handshake(s, func(pq mt.ResPQ) mt.PQInnerDataClass { nonces = pq; return innerFor(1)(pq) }); err != nil {
				return err
			}
			p.send(&mt.SetClientDHParamsRequest{Nonce: nonces.Nonce, ServerNonce: nonces.ServerNonce, EncryptedData: make([]byte, 64)})
			return p.receive(&mt.DhGenOk{})
		}},
		{"short encrypted data", codec.CodeAuthKeyNotFound, func(p *plainClient) error {
			p.send(&mt.ReqDHParamsRequest{EncryptedData: make([]byte, 7)})
			return p.receive(&mt.ServerDHParamsOk{})
		}},
		{"some other call", codec.CodeAuthKeyNotFound, func(p *plainClient) error {
			p.send(&tg.HelpGetConfigRequest{})
			return p.receive(&tg.Config{})
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			p := &plainClient{t: t, conn: dialTransport(t, s.Addr(1), transport.Intermediate)}
			defer p.conn.Close()
			var e *codec.ProtocolErr
			if err := tt.run(p); !errors.As(err, &e) || e.Code != tt.code {
				t.Errorf("error %v, want transport error %d", err, tt.code)
			}
			// A new exchange may begin on the same connection.
			if err := p.handshake(s, innerFor(1)); err != nil {
				t.Error(err)
			}
		})
	}
}

// Clients time req_pq_multi to see whether a connection is alive, and go on with their messages.
func TestExchangeIsLeft(t *testing.T) {
	c := connect(t, start(t, Options{}), 1)
	p := &plainClient{t: t, conn: c.conn}
	for range 2 {
		p.send(&mt.ReqPqMultiRequest{})
		if err := p.receive(&mt.ResPQ{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := p.handshake(c.srv, innerFor(1)); err != nil {
		t.Fatal(err)
	}
	c.sync()
	p.send(&mt.ReqPqRequest{})
	if err := p.receive(&mt.ResPQ{}); err != nil {
		t.Fatal(err)
	}
}

func TestUnknownAuthKey(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	c.key.ID[0]++
	c.ping()
	c.wantTransportError(codec.CodeAuthKeyNotFound)
	c.key.ID[0]--
	c.dc = 2 // a key is known in its own data center only
	c.redial()
	c.ping()
	c.wantTransportError(codec.CodeAuthKeyNotFound)
}

func TestUndecryptableMessage(t *testing.T) {
	c := connect(t, start(t, Options{}), 1)
	c.key.Value[100]++
	c.ping()
	c.wantTransportError(codec.CodeAuthKeyNotFound)
	if err := c.read(patience); err == nil {
		t.Error("the connection goes on")
	}
}

// temporary makes a client with a temporary key.
func temporary(t *testing.T, s *Server, life time.Duration) *client {
	c := connect(t, s, 1)
	s.addKey(1, c.key, c.salt, life)
	return c
}

// bind binds a client's temporary key to another's permanent one.
func (c *client) bind(perm crypto.AuthKey, change func(*crypto.BindAuthKeyInner)) error {
	c.t.Helper()
	inner := &crypto.BindAuthKeyInner{
		Nonce: randomInt64(), TempAuthKeyID: c.key.IntID(), PermAuthKeyID: perm.IntID(), TempSessionID: c.session, ExpiresAt: 99,
	}
	req := &tg.AuthBindTempAuthKeyRequest{PermAuthKeyID: inner.PermAuthKeyID, Nonce: inner.Nonce, ExpiresAt: inner.ExpiresAt}
	if change != nil {
		change(inner)
	}
	m := c.message(true, req)
	data, err := crypto.EncryptBindMessage(rand.Reader, perm, m.ID, inner)
	if err != nil {
		c.t.Fatal(err)
	}
	req.EncryptedMessage = data
	m.Body = encoded(req)
	c.write(m)
	return c.answer(m.ID, &tg.BoolBox{})
}

func TestTemporaryKey(t *testing.T) {
	s := start(t, Options{})
	perm := connect(t, s, 1)
	me := perm.logIn(testPhone)
	temp := temporary(t, s, time.Hour)
	_, err := temp.api().UpdatesGetState(t.Context())
	wantError(t, err, 401, "AUTH_KEY_PERM_EMPTY")
	for name, change := range map[string]func(*crypto.BindAuthKeyInner){
		"nonce":   func(i *crypto.BindAuthKeyInner) { i.Nonce++ },
		"session": func(i *crypto.BindAuthKeyInner) { i.TempSessionID++ },
		"temp":    func(i *crypto.BindAuthKeyInner) { i.TempAuthKeyID++ },
		"expires": func(i *crypto.BindAuthKeyInner) { i.ExpiresAt++ },
	} {
		t.Run(name, func(t *testing.T) { wantError(t, temp.bind(perm.key, change), 400, "ENCRYPTED_MESSAGE_INVALID") })
	}
	if err := temp.bind(perm.key, nil); err != nil {
		t.Fatal(err)
	}
	users, err := temp.api().UsersGetUsers(t.Context(), []tg.InputUserClass{&tg.InputUserSelf{}})
	if err != nil || len(users) != 1 || users[0].GetID() != me.ID {
		t.Errorf("users %v, error %v", users, err)
	}
	wantError(t, temp.bind(connect(t, s, 1).key, nil), 400, "TEMP_AUTH_KEY_ALREADY_BOUND")
	wantError(t, perm.bind(perm.key, nil), 400, "TEMP_AUTH_KEY_EMPTY")

	other := temporary(t, s, time.Hour)
	if err := other.bind(perm.key, nil); err != nil {
		t.Fatal(err)
	}
	if _, err := temp.api().AuthDropTempAuthKeys(t.Context(), nil); err != nil {
		t.Fatal(err)
	}
	other.ping()
	other.wantTransportError(codec.CodeAuthKeyNotFound)

	s.ShiftClock(time.Hour) // it runs out
	temp.shift = time.Hour
	temp.ping()
	temp.wantTransportError(codec.CodeAuthKeyNotFound)
}

func TestOpenBindingRefusesRubbish(t *testing.T) {
	var key crypto.Key
	k := key.WithID()
	long := append(k.ID[:], make([]byte, 16+64)...)
	for _, data := range [][]byte{nil, k.ID[:], long[:24], long[:30], long} {
		if _, _, err := openBinding(&k, data); err == nil {
			t.Errorf("%d bytes were taken", len(data))
		}
	}
}

// A connection that asks for a quick ack gets the token of its message before the answer.
func TestQuickAck(t *testing.T) {
	s := start(t, Options{})
	for name, head := range map[string][]byte{"abridged": {0xef}, "intermediate": {0xee, 0xee, 0xee, 0xee}} {
		t.Run(name, func(t *testing.T) {
			c := connect(t, s, 1)
			body := encoded(&mt.PingRequest{PingID: 1})
			d := crypto.EncryptedMessageData{
				Salt: c.salt, SessionID: c.session, MessageID: c.newID(), MessageDataLen: int32(len(body)), MessageDataWithPadding: body,
			}
			var b bin.Buffer
			if err := c.cipher.Encrypt(c.key, d, &b); err != nil {
				t.Fatal(err)
			}
			nc, err := net.Dial("tcp", s.Addr(1))
			if err != nil {
				t.Fatal(err)
			}
			defer nc.Close()
			_ = nc.SetDeadline(time.Now().Add(patience))
			var packet []byte
			order := binary.ByteOrder(binary.LittleEndian)
			if name == "abridged" {
				packet = append(head, 0x80|0x7f, byte(len(b.Buf)/4), byte(len(b.Buf)/4>>8), 0)
				order = binary.BigEndian
			} else {
				packet = binary.LittleEndian.AppendUint32(head, uint32(len(b.Buf))|quickAckBit)
			}
			if _, err := nc.Write(append(packet, b.Buf...)); err != nil {
				t.Fatal(err)
			}
			var got [4]byte
			if _, err := nc.Read(got[:]); err != nil {
				t.Fatal(err)
			}
			plain, err := crypto.NewServerCipher(rand.Reader).DecryptFromBuffer(c.key, &bin.Buffer{Buf: b.Buf})
			if err != nil {
				t.Fatal(err)
			}
			if token := order.Uint32(got[:]); token != quickAckToken(&c.key.Value, plain) || token&quickAckBit == 0 {
				t.Errorf("token %x", token)
			}
		})
	}
}

func TestRSAPad(t *testing.T) {
	key := testKey()
	bare := &rsa.PrivateKey{PublicKey: key.PublicKey, D: key.D, Primes: key.Primes} // nothing precomputed
	for range 5 {
		want := randomBytes(144)
		data, err := crypto.RSAPad(want, &key.PublicKey, rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range []*rsa.PrivateKey{key, bare} {
			if got, err := openRSAPad(data, k); err != nil || !bytes.Equal(got[:len(want)], want) {
				t.Errorf("error %v", err)
			}
		}
		data[9]++
		if _, err := openRSAPad(data, key); err == nil {
			t.Error("damaged data was taken")
		}
	}
	if _, err := openRSAPad(bytes.Repeat([]byte{0xff}, 256), key); err == nil {
		t.Error("a number over the modulus was taken")
	}
}

func BenchmarkExchange(b *testing.B) {
	e := exchangeFor(b)
	for b.Loop() {
		secret, _, err := e.group.secret()
		if err != nil {
			b.Fatal(err)
		}
		new(big.Int).Exp(e.group.g2, secret, e.group.prime)
	}
}

func BenchmarkRSA(b *testing.B) {
	e := exchangeFor(b)
	data, err := crypto.RSAPad(make([]byte, 100), &e.rsa.PublicKey, rand.Reader)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := openRSAPad(data, e.rsa); err != nil {
			b.Fatal(err)
		}
	}
}

func exchangeFor(testing.TB) *keyExchange {
	return &keyExchange{dc: 1, rsa: testKey(), group: newDHGroup()}
}
