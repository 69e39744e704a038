package transfer

import (
	"bytes"
	"crypto/aes"
	"crypto/cipher"
	"crypto/pbkdf2"
	"crypto/sha1"
	"crypto/sha512"
	"crypto/subtle"
	"encoding/binary"
	"errors"
	"slices"

	"tdjson/storage"
)

// tdataPasscodeKey stretches a local passcode; one that is empty is not worth the time.
func tdataPasscodeKey(passcode, salt []byte) ([]byte, error) {
	rounds := 1
	if len(passcode) > 0 {
		rounds = 100_000
	}
	sum := sha512.Sum512(slices.Concat(salt, passcode, salt))
	return pbkdf2.Key(sha512.New, string(sum[:]), salt, rounds, storage.AuthKeyLen)
}

// What is encrypted locally: the first half of the SHA-1 of the plaintext, and
// that in AES-256-IGE. The plaintext is length uint32, itself included | data | padding.
const localHead = 4

func decryptLocal(data, key []byte) ([]byte, error) {
	n := len(data) - aes.BlockSize
	if n < aes.BlockSize || n%aes.BlockSize != 0 || len(key) < storage.AuthKeyLen {
		return nil, errors.New("its length is wrong")
	}
	check := data[:aes.BlockSize]
	plain := make([]byte, n)
	if err := localIGE(plain, data[aes.BlockSize:], check, key, false); err != nil {
		return nil, err
	}
	if sum := sha1.Sum(plain); !bytes.Equal(sum[:aes.BlockSize], check) {
		return nil, errors.New("it is encrypted with another key")
	}
	size := int(binary.LittleEndian.Uint32(plain))
	if size < localHead || size > n {
		return nil, errors.New("its length is wrong")
	}
	return plain[localHead:size], nil
}

func encryptLocal(data, key []byte) ([]byte, error) {
	plain := binary.LittleEndian.AppendUint32(nil, uint32(localHead+len(data)))
	plain = append(plain, data...)
	plain = append(plain, make([]byte, -len(plain)&(aes.BlockSize-1))...)
	sum := sha1.Sum(plain)
	out := make([]byte, aes.BlockSize+len(plain))
	copy(out, sum[:aes.BlockSize])
	return out, localIGE(out[aes.BlockSize:], plain, sum[:aes.BlockSize], key, true)
}

// localIGE is AES-256 in the IGE mode under what MTProto 1 derives from key and
// check for what a server sends.
func localIGE(dst, src, check, key []byte, encrypt bool) error {
	const x = 8
	a := sha1.Sum(slices.Concat(check, key[x:x+32]))
	b := sha1.Sum(slices.Concat(key[32+x:48+x], check, key[48+x:64+x]))
	c := sha1.Sum(slices.Concat(key[64+x:96+x], check))
	d := sha1.Sum(slices.Concat(check, key[96+x:128+x]))
	block, err := aes.NewCipher(slices.Concat(a[:8], b[8:], c[4:16]))
	if err != nil {
		return err
	}
	iv := slices.Concat(a[8:], b[:8], c[16:], d[:8])
	ige(block, dst, src, iv[:aes.BlockSize], iv[aes.BlockSize:], encrypt)
	return nil
}

// ige runs over whole blocks: each is mixed with the ciphertext before it going
// in and with the plaintext before it coming out, or the other way round.
func ige(block cipher.Block, dst, src, before, after []byte, encrypt bool) {
	step := block.Encrypt
	if !encrypt {
		step, before, after = block.Decrypt, after, before
	}
	var mixed [aes.BlockSize]byte
	for i := 0; i+aes.BlockSize <= len(src); i += aes.BlockSize {
		in, out := src[i:i+aes.BlockSize], dst[i:i+aes.BlockSize]
		subtle.XORBytes(mixed[:], in, before)
		step(out, mixed[:])
		subtle.XORBytes(out, out, after)
		before, after = out, in
	}
}
