package testdc

import (
	"crypto/rand"
	"crypto/rsa"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mt"
)

// The group and the numbers of the exchange never change, so clients that remember good primes test them once.
const (
	dhG = 3
	// The prime that Telegram's servers use; 3 generates the subgroup asked for.
	dhPrimeHex = "C71CAEB9C6B1C9048E6C522F70F13F73980D40238E3E21C14934D037563D930F" +
		"48198A0AA7C14058229493D22530F4DBFA336F6E0AC925139543AED44CCE7C37" +
		"20FD51F69458705AC68CD4FE6B6B13ABDC9746512969328454F18FAF8C595F64" +
		"2477FE96BB2A941D5BCD1D4AC8CC49880708FA9B378E3C4F3A9060BEE67CF9A4" +
		"A4A695811051907E162753B56B0F6B410DBA74D8A84B2A14B3144E0EF1284754" +
		"FD17ED950D5965B4B9DD46582DB1178D169C6BC465B0D6FF9CA3928FEF5B9AE4" +
		"E418FC15E83EBEA0F87FA9FF5EED70050DED2849F47BF959D956850CE929851F" +
		"0D8115F635B105EE2E4E15D04B2454BF6F4FADF034B10403119CD8E3B92FCC5B"
	// dhExponentBits: a short exponent is as hard to find as the group allows and costs an eighth of a full one.
	dhExponentBits = 256
	// pqP and pqQ are small primes: clients factor pq by trial.
	pqP, pqQ = 1229739323, 1402015859
)

var errExchange = errors.New("key exchange")

// exchangeAnswer is an answer to a message of a key exchange, and the auth key when that is done.
type exchangeAnswer struct {
	message bin.Encoder
	made    bool
	key     crypto.AuthKey
	salt    int64
	expires time.Duration
}

// keyExchange is the server's side of one key exchange: a client makes three calls. It may be left at any point, and a client may begin
// again at any point. Nothing of it touches the server's state.
type keyExchange struct {
	dc    int
	rsa   *rsa.PrivateKey
	group *dhGroup

	nonce, serverNonce bin.Int128
	newNonce           bin.Int256
	expires            time.Duration
	secret             *big.Int // a of g_a; nil before req_DH_params
}

// handle takes the content of one unencrypted message.
func (e *keyExchange) handle(body []byte, now time.Time) (exchangeAnswer, error) {
	b := &bin.Buffer{Buf: body}
	id, err := b.PeekID()
	if err != nil {
		return exchangeAnswer{}, fmt.Errorf("%w: %w", errExchange, err)
	}
	switch id {
	case mt.ReqPqRequestTypeID:
		var req mt.ReqPqRequest
		if err := req.Decode(b); err != nil {
			return exchangeAnswer{}, fmt.Errorf("%w: %w", errExchange, err)
		}
		return e.resPQ(req.Nonce)
	case mt.ReqPqMultiRequestTypeID:
		var req mt.ReqPqMultiRequest
		if err := req.Decode(b); err != nil {
			return exchangeAnswer{}, fmt.Errorf("%w: %w", errExchange, err)
		}
		return e.resPQ(req.Nonce)
	case mt.ReqDHParamsRequestTypeID:
		return e.dhParams(b, now)
	case mt.SetClientDHParamsRequestTypeID:
		return e.dhDone(b)
	}
	return exchangeAnswer{}, fmt.Errorf("%w: unknown message %#x", errExchange, id)
}

func (e *keyExchange) resPQ(nonce bin.Int128) (exchangeAnswer, error) {
	e.nonce, e.secret = nonce, nil
	if _, err := rand.Read(e.serverNonce[:]); err != nil {
		return exchangeAnswer{}, err
	}
	return exchangeAnswer{message: &mt.ResPQ{
		Nonce:                       nonce,
		ServerNonce:                 e.serverNonce,
		Pq:                          big.NewInt(pqP * pqQ).Bytes(),
		ServerPublicKeyFingerprints: []int64{crypto.RSAFingerprint(&e.rsa.PublicKey)},
	}}, nil
}

func (e *keyExchange) dhParams(b *bin.Buffer, now time.Time) (exchangeAnswer, error) {
	var req mt.ReqDHParamsRequest
	if err := req.Decode(b); err != nil {
		return exchangeAnswer{}, fmt.Errorf("%w: %w", errExchange, err)
	}
	if err := e.checkNonces(req.Nonce, req.ServerNonce); err != nil {
		return exchangeAnswer{}, err
	}
	if len(req.EncryptedData) != rsaBits/8 {
		return exchangeAnswer{}, fmt.Errorf("%w: encrypted_data has %d bytes", errExchange, len(req.EncryptedData))
	}
	plain, err := openRSAPad(req.EncryptedData, e.rsa)
	if err != nil {
		return exchangeAnswer{}, fmt.Errorf("%w: encrypted_data: %w", errExchange, err)
	}
	if err := e.innerData(plain); err != nil {
		return exchangeAnswer{}, err
	}
	secret, ga, err := e.group.secret()
	if err != nil {
		return exchangeAnswer{}, err
	}
	inner := &bin.Buffer{}
	if err := inner.Encode(&mt.ServerDHInnerData{
		Nonce: e.nonce, ServerNonce: e.serverNonce,
		G: dhG, DhPrime: e.group.prime.Bytes(), GA: ga,
		ServerTime: int(now.Unix()),
	}); err != nil {
		return exchangeAnswer{}, err
	}
	key, iv := crypto.TempAESKeys(e.newNonce.BigInt(), e.serverNonce.BigInt())
	answer, err := crypto.EncryptExchangeAnswer(rand.Reader, inner.Buf, key, iv)
	if err != nil {
		return exchangeAnswer{}, fmt.Errorf("%w: %w", errExchange, err)
	}
	e.secret = secret
	return exchangeAnswer{message: &mt.ServerDHParamsOk{Nonce: e.nonce, ServerNonce: e.serverNonce, EncryptedAnswer: answer}}, nil
}

// innerData reads p_q_inner_data. A client in test mode adds 10000 to the data center's number, and negates it for a media connection.
func (e *keyExchange) innerData(plain []byte) error {
	inner, err := mt.DecodePQInnerData(&bin.Buffer{Buf: plain})
	if err != nil {
		return fmt.Errorf("%w: p_q_inner_data: %w", errExchange, err)
	}
	if inner.GetNonce() != e.nonce || inner.GetServerNonce() != e.serverNonce {
		return fmt.Errorf("%w: p_q_inner_data holds other nonces", errExchange)
	}
	e.newNonce, e.expires = inner.GetNewNonce(), 0
	dc := e.dc
	switch d := inner.(type) {
	case *mt.PQInnerDataDC:
		dc = d.DC
	case *mt.PQInnerDataTempDC:
		dc = d.DC
		if d.ExpiresIn <= 0 {
			return fmt.Errorf("%w: temporary key expires in %d s", errExchange, d.ExpiresIn)
		}
		e.expires = time.Duration(d.ExpiresIn) * time.Second
	}
	if dc < 0 {
		dc = -dc
	}
	if dc%10000 != e.dc {
		return errWrongDC
	}
	return nil
}

var errWrongDC = fmt.Errorf("%w: meant for another data center", errExchange)

func (e *keyExchange) dhDone(b *bin.Buffer) (exchangeAnswer, error) {
	var req mt.SetClientDHParamsRequest
	if err := req.Decode(b); err != nil {
		return exchangeAnswer{}, fmt.Errorf("%w: %w", errExchange, err)
	}
	if e.secret == nil {
		return exchangeAnswer{}, fmt.Errorf("%w: set_client_DH_params before req_DH_params", errExchange)
	}
	if err := e.checkNonces(req.Nonce, req.ServerNonce); err != nil {
		return exchangeAnswer{}, err
	}
	tmpKey, iv := crypto.TempAESKeys(e.newNonce.BigInt(), e.serverNonce.BigInt())
	plain, err := crypto.DecryptExchangeAnswer(req.EncryptedData, tmpKey, iv)
	if err != nil {
		return exchangeAnswer{}, fmt.Errorf("%w: %w", errExchange, err)
	}
	var inner mt.ClientDHInnerData
	if err := inner.Decode(&bin.Buffer{Buf: plain}); err != nil {
		return exchangeAnswer{}, fmt.Errorf("%w: client_DH_inner_data: %w", errExchange, err)
	}
	if err := e.checkNonces(inner.Nonce, inner.ServerNonce); err != nil {
		return exchangeAnswer{}, err
	}
	gb := new(big.Int).SetBytes(inner.GB)
	if err := crypto.CheckDHParams(e.group.prime, e.group.g, e.group.g2, gb); err != nil {
		return exchangeAnswer{}, fmt.Errorf("%w: %w", errExchange, err)
	}
	var key crypto.Key
	new(big.Int).Exp(gb, e.secret, e.group.prime).FillBytes(key[:])
	e.secret = nil
	return exchangeAnswer{
		message: &mt.DhGenOk{Nonce: e.nonce, ServerNonce: e.serverNonce, NewNonceHash1: crypto.NonceHash1(e.newNonce, key)},
		made:    true,
		key:     key.WithID(),
		salt:    crypto.ServerSalt(e.newNonce, e.serverNonce),
		expires: e.expires,
	}, nil
}

func (e *keyExchange) checkNonces(nonce, serverNonce bin.Int128) error {
	if nonce != e.nonce || serverNonce != e.serverNonce {
		return fmt.Errorf("%w: unknown nonces", errExchange)
	}
	return nil
}

// dhGroup is the group of the exchange. It never changes and may be shared.
type dhGroup struct {
	prime, g *big.Int
	g2       *big.Int // some element in the allowed range, for checks that want one
	max      *big.Int // bound of secrets
}

func newDHGroup() *dhGroup {
	prime, _ := new(big.Int).SetString(dhPrimeHex, 16)
	return &dhGroup{
		prime: prime,
		g:     big.NewInt(dhG),
		g2:    new(big.Int).Rsh(prime, 1),
		max:   new(big.Int).Lsh(big.NewInt(1), dhExponentBits),
	}
}

// secret returns a new secret exponent and what it gives, 256 bytes in the range that clients demand.
func (d *dhGroup) secret() (a *big.Int, ga []byte, err error) {
	for {
		a, err := rand.Int(rand.Reader, d.max)
		if err != nil {
			return nil, nil, fmt.Errorf("%w: %w", errExchange, err)
		}
		g := new(big.Int).Exp(d.g, a, d.prime)
		if crypto.CheckDHParams(d.prime, d.g, g, d.g2) == nil {
			return a, g.FillBytes(make([]byte, rsaBits/8)), nil
		}
	}
}
