package storage

import (
	"crypto/cipher"
	"crypto/hkdf"
	"crypto/rand"
	"crypto/sha256"
	"errors"
	"slices"

	"golang.org/x/crypto/chacha20poly1305"
)

const (
	saltLen  = 32
	sealInfo = "tdjson storage v1"
	proof    = "sealed with this key"
)

// sealer seals secrets before they are written. The zero sealer only adds a sum to them.
type sealer struct {
	aead cipher.AEAD
	bare bool // what is not sealed has no sum
}

// newSealer derives the sealing key from the user's key and the file's salt.
func newSealer(key, salt []byte) (sealer, error) {
	if len(key) == 0 {
		return sealer{}, nil
	}
	k, err := hkdf.Key(sha256.New, key, salt, sealInfo, chacha20poly1305.KeySize)
	if err != nil {
		return sealer{}, err
	}
	aead, err := chacha20poly1305.NewX(k)
	return sealer{aead: aead}, err
}

func newSalt() []byte {
	salt := make([]byte, saltLen)
	rand.Read(salt) // never fails: the runtime ends the process instead
	return salt
}

// seal returns nonce and sealed secret. place names the row that the secret
// stands in, so that one moved elsewhere does not open.
func (s sealer) seal(secret []byte, place string) []byte {
	if s.aead == nil {
		return slices.Concat(secret, sumOf(place, secret))
	}
	out := make([]byte, chacha20poly1305.NonceSizeX, chacha20poly1305.NonceSizeX+len(secret)+chacha20poly1305.Overhead)
	rand.Read(out)
	return s.aead.Seal(out, out, secret, []byte(place))
}

var errUnseal = errors.New("a sealed value does not open")

// open is the inverse of seal.
func (s sealer) open(sealed []byte, place string) ([]byte, error) {
	switch {
	case s.aead == nil && s.bare:
		return sealed, nil
	case s.aead == nil:
		return openSummed(sealed, place)
	}
	if len(sealed) < chacha20poly1305.NonceSizeX {
		return nil, errUnseal
	}
	nonce, box := sealed[:chacha20poly1305.NonceSizeX], sealed[chacha20poly1305.NonceSizeX:]
	secret, err := s.aead.Open(nil, nonce, box, []byte(place))
	if err != nil {
		return nil, errUnseal
	}
	return secret, nil
}

// openSummed is open for what was not sealed.
func openSummed(summed []byte, place string) ([]byte, error) {
	n := len(summed) - sumLen
	if n < 0 || !sumHolds(summed[n:], place, summed[:n]) {
		return nil, errSum
	}
	return summed[:n], nil
}
