package testdc

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/binary"
	"encoding/pem"
	"errors"
	"fmt"
	"time"

	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mt"
)

// rsaBits is the length of Telegram's own keys; clients insist on it.
const rsaBits = 2048

// NewKey makes an RSA key for a server.
func NewKey() (*rsa.PrivateKey, error) {
	key, err := rsa.GenerateKey(rand.Reader, rsaBits)
	if err != nil {
		return nil, fmt.Errorf("make an RSA key: %w", err)
	}
	return key, nil
}

// EncodeKey returns the private key as PKCS#1 PEM.
func EncodeKey(key *rsa.PrivateKey) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(key)})
}

// DecodeKey reads what EncodeKey wrote. It refuses keys that are not 2048 bits long.
func DecodeKey(data []byte) (*rsa.PrivateKey, error) {
	block, _ := pem.Decode(data)
	if block == nil || block.Type != "RSA PRIVATE KEY" {
		return nil, errors.New("no PKCS#1 PEM block RSA PRIVATE KEY found")
	}
	key, err := x509.ParsePKCS1PrivateKey(block.Bytes)
	if err != nil {
		return nil, fmt.Errorf("RSA private key: %w", err)
	}
	return key, checkKey(key)
}

func checkKey(key *rsa.PrivateKey) error {
	if n := key.N.BitLen(); n != rsaBits {
		return fmt.Errorf("the RSA key has %d bits, it must have %d", n, rsaBits)
	}
	return nil
}

// EncodePublicKey returns the public key as PKCS#1 PEM, the form in which client libraries hold Telegram's keys.
func EncodePublicKey(key *rsa.PublicKey) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "RSA PUBLIC KEY", Bytes: x509.MarshalPKCS1PublicKey(key)})
}

// authKey is an auth key known to one data center.
type authKey struct {
	crypto.AuthKey
	dc      int
	expires time.Time // of a temporary key; zero for a permanent one
	perm    *authKey  // what a temporary key is bound to, nil before that
	salts   []mt.FutureSalt
	layer   int // of the last invokeWithLayer, 0 before the first
	client  clientInfo
	login   *authorization // who is logged in with this permanent key, or nil
	lost    string         // the error text that tells why nobody is logged in any more

	pending *authorization // who has given the right code and still has to give the password, or nil
	srp     srpTry         // the last question for a password

	sessions map[int64]*session
}

// owner is the permanent key that k stands for: nil for a temporary key that is bound to none.
func (k *authKey) owner() *authKey {
	if k.expires.IsZero() {
		return k
	}
	return k.perm
}

const (
	saltLife = 3600
	saltStep = saltLife / 2 // a salt is still good for half its life when the next one begins
	maxSalts = 64
)

// salt returns the server salt to use at the unix time now, a new one when all have run out.
func (k *authKey) salt(now int) int64 {
	for i := len(k.salts) - 1; i >= 0; i-- {
		if s := k.salts[i]; s.ValidSince <= now && now < s.ValidUntil {
			return s.Salt
		}
	}
	s := mt.FutureSalt{ValidSince: now, ValidUntil: now + saltLife, Salt: randomInt64()}
	k.salts = []mt.FutureSalt{s}
	return s.Salt
}

func (k *authKey) saltIsGood(salt int64, now int) bool {
	for _, s := range k.salts {
		if s.Salt == salt && s.ValidSince <= now && now < s.ValidUntil {
			return true
		}
	}
	return false
}

// futureSalts returns the salts that are good from now on, at most n of them.
func (k *authKey) futureSalts(n, now int) []mt.FutureSalt {
	n = min(max(n, 1), maxSalts)
	k.salt(now)
	for len(k.salts) > 1 && k.salts[0].ValidUntil <= now {
		k.salts = k.salts[1:]
	}
	for len(k.salts) < n {
		last := k.salts[len(k.salts)-1]
		k.salts = append(k.salts, mt.FutureSalt{
			ValidSince: last.ValidSince + saltStep,
			ValidUntil: last.ValidSince + saltStep + saltLife,
			Salt:       randomInt64(),
		})
	}
	return k.salts[:n]
}

// addKey makes the outcome of a key exchange known. expiresIn is 0 for a permanent key.
func (s *Server) addKey(dc int, key crypto.AuthKey, salt int64, expiresIn time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.now()
	k := &authKey{AuthKey: key, dc: dc, sessions: make(map[int64]*session)}
	k.salts = []mt.FutureSalt{{ValidSince: int(now.Unix()) - 1, ValidUntil: int(now.Unix()) + saltLife, Salt: salt}}
	if expiresIn > 0 {
		k.expires = now.Add(expiresIn)
	}
	s.dcs[dc].keys[key.ID] = k
}

// key finds an auth key of a data center that has not run out.
func (s *Server) key(dc int, id [8]byte) *authKey {
	k := s.dcs[dc].keys[id]
	if k != nil && !k.expires.IsZero() && !s.now().Before(k.expires) {
		s.forgetKey(k)
		return nil
	}
	return k
}

// forgetKey drops an auth key, who is logged in with it and the temporary keys bound to it. What its sessions still have to send is sent.
func (s *Server) forgetKey(k *authKey) {
	delete(s.dcs[k.dc].keys, k.ID)
	for _, l := range []*authorization{k.login, k.pending} {
		if l != nil {
			s.endLogin(l)
		}
	}
	for _, temp := range s.dcs[k.dc].keys {
		if temp.perm == k {
			s.forgetKey(temp)
		}
	}
}

func randomInt64() int64 {
	var b [8]byte
	_, _ = rand.Read(b[:]) // never fails
	return int64(binary.LittleEndian.Uint64(b[:]))
}

func randomBytes(n int) []byte {
	b := make([]byte, n)
	_, _ = rand.Read(b) // never fails
	return b
}
