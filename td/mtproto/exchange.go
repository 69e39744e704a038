package mtproto

import (
	"crypto/sha1" //nolint:gosec // the protocol's own hash
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math/big"
	"sync"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
)

// packets is what a key exchange needs of a connection.
type packets interface {
	write(packet []byte) error
	read() ([]byte, error)
}

// exchanger makes an authorization key with a server.
type exchanger struct {
	conn      packets
	dc        int // as in the transport's header
	keys      []exchange.PublicKey
	primes    *Primes
	rand      io.Reader
	now       func() time.Time
	expiresIn int          // seconds; above zero makes a temporary key
	share     func() share // the client's half for g = 3 and Telegram's prime, made ahead
	step      func()       // called when the server has answered; may be nil
	// half, which may be nil, hears how to get the key before the server can have it, and nil when that is no key. After an error
	// nothing is sent.
	half func(key func() exchanged) error

	nonce, serverNonce bin.Int128
	newNonce           bin.Int256
	ids                idSource
}

// exchanged is the outcome of a key exchange.
type exchanged struct {
	key     crypto.AuthKey
	salt    int64
	offset  time.Duration // the server's time minus the local one, in whole seconds
	expires time.Time     // of a temporary key, in server time
}

// share is the client's half of a Diffie-Hellman exchange.
type share struct {
	g      int
	prime  *big.Int
	secret *big.Int
	public *big.Int
	err    error
}

// newShare draws a secret and computes g^secret mod p. It takes some milliseconds.
func newShare(rand io.Reader, g int, prime *big.Int) share {
	var raw [crypto.RSAKeyBits / 8]byte
	if _, err := io.ReadFull(rand, raw[:]); err != nil {
		return share{err: err}
	}
	secret := new(big.Int).SetBytes(raw[:])
	return share{g: g, prime: prime, secret: secret, public: new(big.Int).Exp(big.NewInt(int64(g)), secret, prime)}
}

// usualShare is the share that practically every exchange needs; it is made while the network is waited for.
func usualShare(rand io.Reader) share {
	p, ok := new(big.Int).SetString(telegramPrime, 16)
	if !ok {
		return share{err: errors.New("prime constant is malformed")}
	}
	return newShare(rand, 3, p)
}

// run makes the key: req_pq_multi, req_DH_params, set_client_DH_params.
func (e *exchanger) run() (exchanged, error) {
	res, err := e.requestPQ()
	if err != nil {
		return exchanged{}, fmt.Errorf("key exchange: %w", err)
	}
	dh, key, iv, err := e.requestDH(res)
	if err != nil {
		return exchanged{}, fmt.Errorf("key exchange: %w", err)
	}
	r := exchanged{
		offset: time.Unix(int64(dh.ServerTime), 0).Sub(e.now().Truncate(time.Second)),
		salt:   crypto.ServerSalt(e.newNonce, e.serverNonce),
	}
	if e.expiresIn > 0 {
		r.expires = time.Unix(int64(dh.ServerTime), 0).Add(time.Duration(e.expiresIn) * time.Second)
	}
	if r.key, err = e.agree(dh, key, iv, r); err != nil {
		return exchanged{}, fmt.Errorf("key exchange: %w", err)
	}
	return r, nil
}

func (e *exchanger) tellHalf(key func() exchanged) error {
	if e.half == nil {
		return nil
	}
	return e.half(key)
}

// requestPQ asks for the number to factor and the server's RSA keys.
func (e *exchanger) requestPQ() (*mt.ResPQ, error) {
	var err error
	if e.nonce, err = crypto.RandInt128(e.rand); err != nil {
		return nil, err
	}
	if e.newNonce, err = crypto.RandInt256(e.rand); err != nil {
		return nil, err
	}
	if err := e.send(&mt.ReqPqMultiRequest{Nonce: e.nonce}); err != nil {
		return nil, err
	}
	b, err := e.receive()
	if err != nil {
		return nil, err
	}
	res := new(mt.ResPQ)
	if err := res.Decode(b); err != nil {
		return nil, err
	}
	if res.Nonce != e.nonce {
		return nil, errNonce
	}
	e.serverNonce = res.ServerNonce
	return res, nil
}

var errNonce = errors.New("server answered with another nonce")

// trustedKey picks the first key that both sides know.
func (e *exchanger) trustedKey(fingerprints []int64) (exchange.PublicKey, int64, error) {
	for _, f := range fingerprints {
		for _, k := range e.keys {
			if k.Fingerprint() == f {
				return k, f, nil
			}
		}
	}
	return exchange.PublicKey{}, 0, exchange.ErrKeyFingerprintNotFound
}

// requestDH answers the factors and gets the server's half, with the AES key for what follows.
func (e *exchanger) requestDH(res *mt.ResPQ) (_ *mt.ServerDHInnerData, key, iv []byte, err error) {
	public, fingerprint, err := e.trustedKey(res.ServerPublicKeyFingerprints)
	if err != nil {
		return nil, nil, nil, err
	}
	p, q, err := splitPQ(res.Pq)
	if err != nil {
		return nil, nil, nil, err
	}
	var inner bin.Buffer
	if err := e.innerData(res.Pq, p, q).Encode(&inner); err != nil {
		return nil, nil, nil, err
	}
	encrypted, err := crypto.RSAPad(inner.Buf, public.RSA, e.rand)
	if err != nil {
		return nil, nil, nil, err
	}
	if err := e.send(&mt.ReqDHParamsRequest{
		Nonce: e.nonce, ServerNonce: e.serverNonce, P: p, Q: q,
		PublicKeyFingerprint: fingerprint, EncryptedData: encrypted,
	}); err != nil {
		return nil, nil, nil, err
	}
	key, iv = crypto.TempAESKeys(e.newNonce.BigInt(), e.serverNonce.BigInt())
	b, err := e.receive()
	if err != nil {
		return nil, nil, nil, err
	}
	dh, err := e.serverHalf(b, key, iv)
	return dh, key, iv, err
}

// innerData is what proves the factors, naming the data center and, for a temporary key, its lifetime.
func (e *exchanger) innerData(pq, p, q []byte) bin.Encoder {
	if e.expiresIn > 0 {
		return &mt.PQInnerDataTempDC{
			Pq: pq, P: p, Q: q, Nonce: e.nonce, ServerNonce: e.serverNonce, NewNonce: e.newNonce,
			DC: e.dc, ExpiresIn: e.expiresIn,
		}
	}
	return &mt.PQInnerDataDC{
		Pq: pq, P: p, Q: q, Nonce: e.nonce, ServerNonce: e.serverNonce, NewNonce: e.newNonce, DC: e.dc,
	}
}

// splitPQ factors the big-endian number pq.
func splitPQ(pq []byte) (p, q []byte, err error) {
	n := new(big.Int).SetBytes(pq)
	if !n.IsUint64() {
		return nil, nil, errBadPQ
	}
	a, b, err := factor(n.Uint64())
	if err != nil {
		return nil, nil, err
	}
	return new(big.Int).SetUint64(a).Bytes(), new(big.Int).SetUint64(b).Bytes(), nil
}

// serverHalf decrypts and checks the server's answer to req_DH_params.
func (e *exchanger) serverHalf(b *bin.Buffer, key, iv []byte) (*mt.ServerDHInnerData, error) {
	answer, err := mt.DecodeServerDHParams(b)
	if err != nil {
		return nil, err
	}
	ok, isOK := answer.(*mt.ServerDHParamsOk)
	if !isOK {
		return nil, errors.New("server answered server_DH_params_fail")
	}
	if ok.Nonce != e.nonce || ok.ServerNonce != e.serverNonce {
		return nil, errNonce
	}
	data, err := crypto.DecryptExchangeAnswer(ok.EncryptedAnswer, key, iv)
	if err != nil {
		return nil, err
	}
	dh := new(mt.ServerDHInnerData)
	if err := dh.Decode(&bin.Buffer{Buf: data}); err != nil {
		return nil, err
	}
	if dh.Nonce != e.nonce || dh.ServerNonce != e.serverNonce {
		return nil, errNonce
	}
	return dh, nil
}

// maxRetries bounds how often the server may ask for another half (dh_gen_retry).
const maxRetries = 5

// agree sends the client's half and returns the key when the server has confirmed it. What else belongs to the key is r.
func (e *exchanger) agree(dh *mt.ServerDHInnerData, key, iv []byte, r exchanged) (crypto.AuthKey, error) {
	prime := new(big.Int).SetBytes(dh.DhPrime)
	if err := e.primes.Check(dh.G, prime); err != nil {
		return crypto.AuthKey{}, err
	}
	mine := e.share()
	serverPublic := new(big.Int).SetBytes(dh.GA)
	retryID := int64(0)
	for range maxRetries {
		if mine.err == nil && (mine.g != dh.G || mine.prime.Cmp(prime) != 0) {
			mine = newShare(e.rand, dh.G, prime)
		}
		if mine.err != nil {
			return crypto.AuthKey{}, mine.err
		}
		if err := crypto.CheckDHParams(prime, big.NewInt(int64(dh.G)), serverPublic, mine.public); err != nil {
			return crypto.AuthKey{}, err
		}
		secret := mine.secret
		made := sync.OnceValue(func() exchanged { // while the answer is on its way
			new(big.Int).Exp(serverPublic, secret, prime).FillBytes(r.key.Value[:])
			r.key = r.key.Value.WithID()
			return r
		})
		if err := e.tellHalf(made); err != nil {
			return crypto.AuthKey{}, err
		}
		if err := e.sendHalf(mine.public, retryID, key, iv); err != nil {
			return crypto.AuthKey{}, err
		}
		value := made().key
		b, err := e.receive()
		if err != nil {
			return crypto.AuthKey{}, err
		}
		done, err := e.confirmed(b, value.Value)
		if done {
			return value, nil
		}
		if err := errors.Join(err, e.tellHalf(nil)); err != nil {
			return crypto.AuthKey{}, err
		}
		aux := value.Value.AuxHash()
		retryID = int64(binary.LittleEndian.Uint64(aux[:]))
		mine = newShare(e.rand, dh.G, prime)
	}
	return crypto.AuthKey{}, errors.New("server refused every key")
}

func (e *exchanger) sendHalf(public *big.Int, retryID int64, key, iv []byte) error {
	var b bin.Buffer
	inner := mt.ClientDHInnerData{Nonce: e.nonce, ServerNonce: e.serverNonce, RetryID: retryID, GB: public.Bytes()}
	if err := inner.Encode(&b); err != nil {
		return err
	}
	encrypted, err := crypto.EncryptExchangeAnswer(e.rand, b.Buf, key, iv)
	if err != nil {
		return err
	}
	return e.send(&mt.SetClientDHParamsRequest{Nonce: e.nonce, ServerNonce: e.serverNonce, EncryptedData: encrypted})
}

// confirmed reads the server's verdict on the key; false asks for another one.
func (e *exchanger) confirmed(b *bin.Buffer, key crypto.Key) (bool, error) {
	answer, err := mt.DecodeSetClientDHParamsAnswer(b)
	if err != nil {
		return false, err
	}
	var nonce, serverNonce, hash bin.Int128
	number := byte(0)
	switch a := answer.(type) {
	case *mt.DhGenOk:
		nonce, serverNonce, hash, number = a.Nonce, a.ServerNonce, a.NewNonceHash1, 1
	case *mt.DhGenRetry:
		nonce, serverNonce, hash, number = a.Nonce, a.ServerNonce, a.NewNonceHash2, 2
	case *mt.DhGenFail:
		nonce, serverNonce, hash, number = a.Nonce, a.ServerNonce, a.NewNonceHash3, 3
	}
	if nonce != e.nonce || serverNonce != e.serverNonce {
		return false, errNonce
	}
	if hash != e.nonceHash(key, number) {
		return false, errors.New("server confirmed another key")
	}
	if number == 3 {
		return false, errors.New("server answered dh_gen_fail")
	}
	return number == 1, nil
}

// nonceHash is new_nonce_hash1, 2 or 3.
func (e *exchanger) nonceHash(key crypto.Key, number byte) (r bin.Int128) {
	aux := key.AuxHash()
	buf := append(e.newNonce[:len(e.newNonce):len(e.newNonce)], number)
	sum := sha1.Sum(append(buf, aux[:]...)) //nolint:gosec // the protocol's own hash
	copy(r[:], sum[4:])
	return r
}

func (e *exchanger) send(body bin.Encoder) error {
	var data bin.Buffer
	if err := body.Encode(&data); err != nil {
		return err
	}
	var b bin.Buffer
	msg := proto.UnencryptedMessage{MessageID: e.ids.next(e.now()), MessageData: data.Buf}
	if err := msg.Encode(&b); err != nil {
		return err
	}
	return e.conn.write(b.Buf)
}

func (e *exchanger) receive() (*bin.Buffer, error) {
	packet, err := e.conn.read()
	if err != nil {
		return nil, err
	}
	var msg proto.UnencryptedMessage
	if err := msg.Decode(&bin.Buffer{Buf: packet}); err != nil {
		return nil, err
	}
	if e.step != nil {
		e.step()
	}
	return &bin.Buffer{Buf: msg.MessageData}, nil
}
