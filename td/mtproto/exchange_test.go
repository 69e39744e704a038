package mtproto

import (
	"bytes"
	"context"
	"crypto/rand"
	"crypto/rsa"
	"crypto/sha1"
	"errors"
	"fmt"
	"math/big"
	"net"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
)

func TestFactor(t *testing.T) {
	primes := []uint64{2, 3, 5, 7, 11, 251, 65521, 65537, 1000003, 2147483647, 4294967291, 4294967279, 3221225473}
	for _, p := range primes {
		for _, q := range primes {
			a, b, err := factor(p * q)
			if err != nil || a != min(p, q) || b != max(p, q) {
				t.Errorf("factor(%d*%d) = %d, %d, %v", p, q, a, b, err)
			}
		}
	}
	for range 200 {
		p, err := rand.Prime(rand.Reader, 31)
		if err != nil {
			t.Fatal(err)
		}
		q, err := rand.Prime(rand.Reader, 32)
		if err != nil {
			t.Fatal(err)
		}
		a, b, err := factor(p.Uint64() * q.Uint64())
		if err != nil || a*b != p.Uint64()*q.Uint64() || a == 1 {
			t.Errorf("factor(%v*%v) = %d, %d, %v", p, q, a, b, err)
		}
	}
	if a, b, err := factor(0x17ED48941A08F981); a != 0x494C553B || b != 0x53911073 || err != nil {
		t.Errorf("%x %x %v", a, b, err)
	}
	began := time.Now()
	for _, bad := range []uint64{0, 1, 2, 3, 5, 2147483647, 18446744073709551557, 9223372036854775783} {
		if a, b, err := factor(bad); err == nil {
			t.Errorf("factor(%d) = %d, %d", bad, a, b)
		}
	}
	if took := time.Since(began); took > 5*time.Second {
		t.Errorf("primes take %v", took)
	}
}

func TestPrimes(t *testing.T) {
	var c Primes
	usual := usualShare(rand.Reader)
	began := time.Now()
	if err := c.Check(3, usual.prime); err != nil {
		t.Error(err)
	}
	if took := time.Since(began); took > 100*time.Millisecond {
		t.Errorf("Telegram's prime took %v", took)
	}
	bad := new(big.Int).Sub(usual.prime, big.NewInt(24*5*7*2)) // the same rests, but no prime
	for name, e := range map[string]error{
		"no prime":       c.Check(3, bad),
		"g = 2":          c.Check(2, usual.prime),
		"g = 1":          c.Check(1, usual.prime),
		"short":          c.Check(3, big.NewInt(23)),
		"long":           c.Check(3, new(big.Int).Lsh(usual.prime, 1)),
		"no safe prime":  c.Check(4, unsafePrime()),
		"nothing at all": c.Check(3, new(big.Int)),
	} {
		if e == nil {
			t.Errorf("%s: accepted", name)
		}
	}
	if len(c.good) != 0 {
		t.Errorf("%d primes remembered", len(c.good))
	}
	c.remember(hexOf(bad))
	if err := c.Check(3, bad); err != nil {
		t.Errorf("a remembered prime is tested again: %v", err)
	}
	for i := range 100 {
		c.remember(fmt.Sprint(i))
	}
	if len(c.good) > maxPrimes {
		t.Errorf("%d primes remembered", len(c.good))
	}
}

func hexOf(p *big.Int) string { return fmt.Sprintf("%x", p.Bytes()) }

// unsafePrime is a prime of 2048 bits, practically never a safe one.
var unsafePrime = sync.OnceValue(func() *big.Int { return testRSAPrime() })

func testRSAPrime() *big.Int {
	p, err := rand.Prime(rand.Reader, 2048)
	if err != nil {
		panic(err)
	}
	return p
}

// A temporary key says so and has an end.
func TestTemporaryKey(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		a, b := net.Pipe()
		f.serve(b)
		defer f.close()
		w, err := newWire(a, 2, nil, rand.Reader, func() {})
		if err != nil {
			t.Fatal(err)
		}
		steps := 0
		e := exchanger{
			conn: w, dc: 2, keys: []exchange.PublicKey{f.rsa.Public()}, primes: new(Primes), rand: rand.Reader,
			now: time.Now, expiresIn: 86400, share: func() share { return usualShare(rand.Reader) },
			step: func() { steps++ },
		}
		r, err := e.run()
		if err != nil {
			t.Fatal(err)
		}
		rest(0)
		if left := time.Until(r.expires); left < 86390*time.Second || left > 86400*time.Second || steps != 3 {
			t.Errorf("expires in %v, %d steps", left, steps)
		}
		if f.keys[r.key.ID] != r.key || f.salt != r.salt {
			t.Error("the two sides made different keys")
		}
	})
}

// rogue is a server side of the exchange that can lie in every step.
type rogue struct {
	res    func(*mt.ResPQ)
	params func(*mt.ServerDHParamsOk) bin.Encoder
	inner  func(*mt.ServerDHInnerData)
	final  func(nonce, serverNonce bin.Int128, hash func(byte) bin.Int128, attempt int) bin.Encoder
	id     int64
	err    error // the server's own complaint
	retry  []int64
}

func (r *rogue) read(p *peer, d bin.Decoder) bool {
	var b bin.Buffer
	if err := p.Recv(context.Background(), &b); err != nil {
		return false
	}
	var m proto.UnencryptedMessage
	if err := m.Decode(&b); err != nil {
		r.err = err
		return false
	}
	if m.MessageID%4 != 0 || m.MessageID <= r.id {
		r.err = fmt.Errorf("message id %x after %x", m.MessageID, r.id)
	}
	r.id = m.MessageID
	if err := d.Decode(&bin.Buffer{Buf: m.MessageData}); err != nil {
		r.err = err
		return false
	}
	return true
}

func (r *rogue) write(p *peer, e bin.Encoder) {
	var b bin.Buffer
	_ = proto.UnencryptedMessage{MessageID: p.f.msgID(1), MessageData: encoded(e)}.Encode(&b)
	_ = p.Send(context.Background(), &b)
}

// serve runs the exchange and reports whether it came to its end.
func (r *rogue) serve(p *peer) bool {
	var pq mt.ReqPqMultiRequest
	if !r.read(p, &pq) {
		return false
	}
	nonce, serverNonce := pq.Nonce, bin.Int128{0, 7} // a leading zero byte
	res := &mt.ResPQ{
		Nonce: nonce, ServerNonce: serverNonce, Pq: big.NewInt(0x17ED48941A08F981).Bytes(),
		ServerPublicKeyFingerprints: []int64{1, p.f.rsa.Fingerprint(), 2},
	}
	if r.res != nil {
		r.res(res)
	}
	r.write(p, res)
	var req mt.ReqDHParamsRequest
	if !r.read(p, &req) {
		return false
	}
	data, err := crypto.DecodeRSAPad(req.EncryptedData, p.f.rsa.RSA)
	if err != nil {
		r.err = err
		return false
	}
	q, err := mt.DecodePQInnerData(&bin.Buffer{Buf: data})
	if err != nil {
		r.err = err
		return false
	}
	newNonce := q.GetNewNonce()
	key, iv := crypto.TempAESKeys(newNonce.BigInt(), serverNonce.BigInt())
	usual := usualShare(rand.Reader)
	inner := &mt.ServerDHInnerData{
		Nonce: nonce, ServerNonce: serverNonce, G: 3, DhPrime: usual.prime.Bytes(), GA: usual.public.Bytes(),
		ServerTime: int(p.f.clock().Unix()),
	}
	if r.inner != nil {
		r.inner(inner)
	}
	answer, _ := crypto.EncryptExchangeAnswer(rand.Reader, encoded(inner), key, iv)
	params := &mt.ServerDHParamsOk{Nonce: nonce, ServerNonce: serverNonce, EncryptedAnswer: answer}
	if r.params != nil {
		r.write(p, r.params(params))
	} else {
		r.write(p, params)
	}
	for attempt := 1; ; attempt++ {
		var set mt.SetClientDHParamsRequest
		if !r.read(p, &set) {
			return false
		}
		data, err := crypto.DecryptExchangeAnswer(set.EncryptedData, key, iv)
		if err != nil {
			r.err = err
			return false
		}
		var half mt.ClientDHInnerData
		if err := half.Decode(&bin.Buffer{Buf: data}); err != nil {
			r.err = err
			return false
		}
		r.retry = append(r.retry, half.RetryID)
		var authKey crypto.Key
		prime := new(big.Int).SetBytes(inner.DhPrime)
		if new(big.Int).Exp(new(big.Int).SetBytes(half.GB), usual.secret, prime).FillBytes(authKey[:]); bytes.Equal(inner.GA, []byte{1}) {
			authKey = crypto.Key{255: 1} // everybody knows what 1 makes of any secret
		}
		hash := func(n byte) (h bin.Int128) {
			aux := authKey.AuxHash()
			sum := sha1.Sum(append(append(append([]byte(nil), newNonce[:]...), n), aux[:]...))
			copy(h[:], sum[4:])
			return h
		}
		var e bin.Encoder = &mt.DhGenOk{Nonce: nonce, ServerNonce: serverNonce, NewNonceHash1: hash(1)}
		if r.final != nil {
			e = r.final(nonce, serverNonce, hash, attempt)
		}
		r.write(p, e)
		if _, again := e.(*mt.DhGenRetry); !again {
			p.f.mu.Lock()
			p.f.keys[authKey.ID()] = authKey.WithID()
			p.f.salt = crypto.ServerSalt(newNonce, serverNonce)
			p.f.mu.Unlock()
			return true
		}
	}
}

// Whatever a server lies about in the exchange, no key comes of it, and the session goes on trying without hurry.
func TestRogueExchange(t *testing.T) {
	other := testNonce()
	for name, r := range map[string]*rogue{
		"nonce of resPQ":        {res: func(m *mt.ResPQ) { m.Nonce = other }},
		"no key":                {res: func(m *mt.ResPQ) { m.ServerPublicKeyFingerprints = nil }},
		"unknown key":           {res: func(m *mt.ResPQ) { m.ServerPublicKeyFingerprints = []int64{12} }},
		"empty pq":              {res: func(m *mt.ResPQ) { m.Pq = nil }},
		"prime pq":              {res: func(m *mt.ResPQ) { m.Pq = big.NewInt(2147483647).Bytes() }},
		"long pq":               {res: func(m *mt.ResPQ) { m.Pq = make([]byte, 200); m.Pq[0] = 1 }},
		"server nonce of resPQ": {res: func(m *mt.ResPQ) { m.ServerNonce = other }},
		"nonce of params":       {params: func(m *mt.ServerDHParamsOk) bin.Encoder { m.Nonce = other; return m }},
		"server nonce of params": {params: func(m *mt.ServerDHParamsOk) bin.Encoder {
			m.ServerNonce = other
			return m
		}},
		"empty answer": {params: func(m *mt.ServerDHParamsOk) bin.Encoder { m.EncryptedAnswer = nil; return m }},
		"odd answer": {params: func(m *mt.ServerDHParamsOk) bin.Encoder {
			m.EncryptedAnswer = m.EncryptedAnswer[1:]
			return m
		}},
		"damaged answer": {params: func(m *mt.ServerDHParamsOk) bin.Encoder { m.EncryptedAnswer[50]++; return m }},
		"params fail": {params: func(m *mt.ServerDHParamsOk) bin.Encoder {
			return &mt.ServerDHParamsFail{Nonce: m.Nonce, ServerNonce: m.ServerNonce}
		}},
		"rubbish for params":  {params: func(*mt.ServerDHParamsOk) bin.Encoder { return Raw("rubbish!") }},
		"nonce inside":        {inner: func(m *mt.ServerDHInnerData) { m.Nonce = other }},
		"server nonce inside": {inner: func(m *mt.ServerDHInnerData) { m.ServerNonce = other }},
		"g = 2":               {inner: func(m *mt.ServerDHInnerData) { m.G = 2 }},
		"g = 0":               {inner: func(m *mt.ServerDHInnerData) { m.G = 0 }},
		"g huge":              {inner: func(m *mt.ServerDHInnerData) { m.G = 1 << 30 }},
		"no prime":            {inner: func(m *mt.ServerDHInnerData) { m.DhPrime = nil }},
		"even prime":          {inner: func(m *mt.ServerDHInnerData) { m.DhPrime[255]-- }},
		"short prime":         {inner: func(m *mt.ServerDHInnerData) { m.DhPrime = []byte{23} }},
		"g_a = 0":             {inner: func(m *mt.ServerDHInnerData) { m.GA = nil }},
		"g_a = 1":             {inner: func(m *mt.ServerDHInnerData) { m.GA = []byte{1} }},
		"g_a small":           {inner: func(m *mt.ServerDHInnerData) { m.GA = m.GA[:240] }},
		"g_a = p - 1":         {inner: func(m *mt.ServerDHInnerData) { m.GA = append([]byte(nil), m.DhPrime...); m.GA[255]-- }},
		"g_a long":            {inner: func(m *mt.ServerDHInnerData) { m.GA = make([]byte, 3000); m.GA[0] = 1 }},
		"hash of another key": {final: func(n, s bin.Int128, h func(byte) bin.Int128, _ int) bin.Encoder {
			return &mt.DhGenOk{Nonce: n, ServerNonce: s, NewNonceHash1: h(2)}
		}},
		"nonce at the end": {final: func(_, s bin.Int128, h func(byte) bin.Int128, _ int) bin.Encoder {
			return &mt.DhGenOk{Nonce: other, ServerNonce: s, NewNonceHash1: h(1)}
		}},
		"dh_gen_fail": {final: func(n, s bin.Int128, h func(byte) bin.Int128, _ int) bin.Encoder {
			return &mt.DhGenFail{Nonce: n, ServerNonce: s, NewNonceHash3: h(3)}
		}},
		"dh_gen_fail, unsigned": {final: func(n, s bin.Int128, h func(byte) bin.Int128, _ int) bin.Encoder {
			return &mt.DhGenFail{Nonce: n, ServerNonce: s}
		}},
		"endless dh_gen_retry": {final: func(n, s bin.Int128, h func(byte) bin.Int128, _ int) bin.Encoder {
			return &mt.DhGenRetry{Nonce: n, ServerNonce: s, NewNonceHash2: h(2)}
		}},
		"rubbish at the end": {final: func(bin.Int128, bin.Int128, func(byte) bin.Int128, int) bin.Encoder { return Raw("rubbish!") }},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, f *fakeDC) {
				f.accept = func(n int, nc net.Conn) bool {
					if n > 3 { // an honest server at last
						return false
					}
					p := &peer{f: f, nc: nc}
					r.id = 0
					if p.handshake() == nil && r.serve(p) {
						var b bin.Buffer
						_ = p.Recv(context.Background(), &b) // waits for the client to leave
					}
					return true
				}
				cfg := f.config()
				cfg.Key, cfg.Salts = crypto.AuthKey{}, nil
				s, rec := start(t, f, cfg)
				began := time.Now()
				ask(t, s, "call")
				rest(0)
				if r.err != nil && !strings.Contains(r.err.Error(), "EOF") && name != "server nonce of resPQ" {
					t.Errorf("the server complains: %v", r.err)
				}
				if len(rec.keys) != 1 || f.dialed() != 4 {
					t.Errorf("%d keys, %d connections", len(rec.keys), f.dialed())
				}
				if took := time.Since(began); took > 20*time.Second {
					t.Errorf("took %v", took)
				}
			})
		})
	}
}

func testNonce() (n bin.Int128) {
	_, _ = rand.Read(n[:])
	return n
}

// An honest server may ask for another half, and may have a clock of its own.
func TestHonestExchange(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		f.clock = func() time.Time { return time.Now().Add(-1000 * 24 * time.Hour) }
		r := &rogue{final: func(n, s bin.Int128, h func(byte) bin.Int128, attempt int) bin.Encoder {
			if attempt < 3 {
				return &mt.DhGenRetry{Nonce: n, ServerNonce: s, NewNonceHash2: h(2)}
			}
			return &mt.DhGenOk{Nonce: n, ServerNonce: s, NewNonceHash1: h(1)}
		}}
		f.accept = func(n int, nc net.Conn) bool {
			p := &peer{f: f, nc: nc, n: n}
			if p.handshake() == nil && r.serve(p) {
				f.mu.Lock()
				f.conns = append(f.conns, p)
				f.mu.Unlock()
				_ = p.loop()
			}
			return true
		}
		cfg := f.config()
		cfg.Key, cfg.Salts = crypto.AuthKey{}, nil
		f.strict = true
		s, rec := start(t, f, cfg)
		ask(t, s, "call")
		rest(0)
		if r.err != nil || len(r.retry) != 3 || r.retry[0] != 0 || r.retry[1] == 0 || r.retry[2] == r.retry[1] {
			t.Errorf("retry ids %x, %v", r.retry, r.err)
		}
		if f.dialed() != 1 || len(rec.offsets) != 1 || (rec.offsets[0]+1000*24*time.Hour).Abs() > time.Second {
			t.Errorf("%d connections, offsets %v", f.dialed(), rec.offsets)
		}
	})
}

// A server whose RSA key is not trusted is tried again and again, but never hurriedly.
func TestWrongRSAKey(t *testing.T) {
	k, err := rsa.GenerateKey(rand.Reader, 2048)
	if err != nil {
		t.Fatal(err)
	}
	for name, keys := range map[string][]exchange.PublicKey{
		"another": {{RSA: &k.PublicKey}}, "none": nil, "empty": {{}},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, f *fakeDC) {
				cfg := f.config()
				cfg.Key, cfg.PublicKeys = crypto.AuthKey{}, keys
				s, r := start(t, f, cfg)
				c := s.Call(Raw("call"), CallOptions{})
				rest(10 * time.Minute)
				if n := f.dialed(); n < 10 || n > 60 {
					t.Errorf("%d connections", n)
				}
				if r.state() != StateConnecting || len(r.keys) != 0 {
					t.Error(r.state())
				}
				if !c.Cancel() {
					t.Error("the call was answered")
				}
			})
		})
	}
}

// The server says that the key is unknown: to whom it belongs decides what happens.
func TestKeyGone(t *testing.T) {
	for _, authorized := range []bool{true, false} {
		bubble(t, func(t *testing.T, f *fakeDC) {
			cfg := f.config()
			s, r := start(t, f, cfg)
			s.SetAuthorized(authorized)
			ask(t, s, "call")
			rest(time.Minute)
			f.mu.Lock()
			clear(f.keys)
			clear(f.sessions)
			f.mu.Unlock()
			f.cut()
			got, err := s.Call(Raw("more"), CallOptions{}).Wait(t.Context())
			if authorized && !errors.Is(err, ErrKeyGone) || !authorized && (err != nil || string(got) != "echomore") {
				t.Errorf("answer %q, %v", got, err)
			}
			rest(time.Minute)
			if len(r.keys) != 1 || r.gone != map[bool]int{true: 1}[authorized] || r.state() != StateReady {
				t.Errorf("%d new keys, gone %d times, %v", len(r.keys), r.gone, r.state())
			}
			if s.Key() == cfg.Key {
				t.Error("the old key is still there")
			}
			ask(t, s, "last")
		})
	}
}

// A single -404 proves nothing.
func TestKeyNotGone(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		n := 0
		f.packet = func(p *peer, _ int64, _ []incoming) bool {
			if n++; n == 1 || n == 2 || n == 5 {
				_ = p.sendCode(-404)
				return true
			}
			return false
		}
		s, r := start(t, f, f.config())
		ask(t, s, "call")
		f.cut()
		ask(t, s, "more")
		ask(t, s, "last")
		rest(0)
		if r.gone != 0 || len(r.keys) != 0 {
			t.Error("key dropped")
		}
	})
}

// Other codes, known and unknown, during the exchange and after it, slow the session down and do no harm.
func TestTransportErrors(t *testing.T) {
	for _, code := range []int32{-429, -444, -404, -1, 0, 77} {
		for _, exchange := range []bool{true, false} {
			t.Run(fmt.Sprint(code, exchange), func(t *testing.T) {
				bubble(t, func(t *testing.T, f *fakeDC) {
					f.accept = func(_ int, nc net.Conn) bool {
						p := &peer{f: f, nc: nc}
						var b bin.Buffer
						if p.handshake() == nil && p.Recv(context.Background(), &b) == nil {
							_ = p.sendCode(code)
							_ = p.Recv(context.Background(), &b)
						}
						return true
					}
					cfg := f.config()
					if exchange || code == -404 {
						cfg.Key = crypto.AuthKey{}
					}
					s, _ := start(t, f, cfg)
					c := s.Call(Raw("call"), CallOptions{})
					rest(10 * time.Minute)
					if n := f.dialed(); n < 10 || n > 60 {
						t.Errorf("%d connections", n)
					}
					f.mu.Lock()
					f.accept = nil
					f.mu.Unlock()
					if _, err := c.Wait(t.Context()); err != nil {
						t.Error(err)
					}
				})
			})
		}
	}
}
