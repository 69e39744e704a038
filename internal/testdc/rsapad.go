package testdc

import (
	"crypto/aes"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/subtle"
	"errors"
	"math/big"
	"slices"

	"github.com/gotd/ige"
)

var errRSAPad = errors.New("RSA_PAD: data damaged or meant for another key")

// openRSAPad decrypts what a client made with RSA_PAD and returns 192 bytes, the data and its padding. It does what
// crypto.DecodeRSAPad does, with the key's primes instead of its modulus, which is four times as fast.
func openRSAPad(data []byte, key *rsa.PrivateKey) ([]byte, error) {
	const plainLen, keyLen = 192, 32
	c := new(big.Int).SetBytes(data)
	if c.Cmp(key.N) >= 0 {
		return nil, errRSAPad
	}
	var m [rsaBits / 8]byte
	rsaPower(c, key).FillBytes(m[:])

	tempKey := sha256.Sum256(m[keyLen:])
	subtle.XORBytes(tempKey[:], tempKey[:], m[:keyLen])
	block, err := aes.NewCipher(tempKey[:])
	if err != nil {
		return nil, err
	}
	var zero [2 * aes.BlockSize]byte
	plain := make([]byte, len(m)-keyLen)
	ige.DecryptBlocks(block, zero[:], plain, m[keyLen:])

	slices.Reverse(plain[:plainLen]) // as sent, the data stands there backwards
	h := sha256.New()
	_, _ = h.Write(tempKey[:])
	_, _ = h.Write(plain[:plainLen])
	if subtle.ConstantTimeCompare(h.Sum(nil), plain[plainLen:]) != 1 {
		return nil, errRSAPad
	}
	return plain[:plainLen], nil
}

// rsaPower raises c to the private exponent by the Chinese remainder theorem.
func rsaPower(c *big.Int, key *rsa.PrivateKey) *big.Int {
	p, q := key.Primes[0], key.Primes[1]
	pre := &key.Precomputed
	if len(key.Primes) != 2 || pre.Dp == nil {
		return new(big.Int).Exp(c, key.D, key.N)
	}
	m, mq := new(big.Int).Exp(c, pre.Dp, p), new(big.Int).Exp(c, pre.Dq, q)
	m.Sub(m, mq).Mul(m, pre.Qinv).Mod(m, p)
	return m.Mul(m, q).Add(m, mq)
}
