package transfer

import (
	"crypto/sha1"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"strings"

	"tdjson/storage"
)

// KeyID is the number by which client and server name a key, auth_key_id: the
// last 8 bytes of its SHA-1. It tells nothing of the key.
func KeyID(key []byte) uint64 {
	sum := sha1.Sum(key)
	return binary.LittleEndian.Uint64(sum[12:])
}

// decodeBase64 takes both alphabets, with padding or without.
func decodeBase64(s string) ([]byte, error) {
	s = strings.NewReplacer("-", "+", "_", "/").Replace(strings.TrimRight(s, "="))
	data, err := base64.RawStdEncoding.DecodeString(s)
	if err != nil {
		return nil, corrupt("its text is not base64; copy all of it and nothing else")
	}
	return data, nil
}

// errShort is what a reader that ran past the end reports.
var errShort = errors.New("it ends too early")

// reader takes numbers, strings and bytes off a buffer. After the first failure
// everything reads as zero and err says so.
type reader struct {
	buf []byte
	err error
}

// take cuts off n bytes, or returns nil.
func (r *reader) take(n int) []byte {
	if r.err != nil || n < 0 || n > len(r.buf) {
		if r.err == nil {
			r.err = errShort
		}
		r.buf = nil
		return nil
	}
	b := r.buf[:n:n]
	r.buf = r.buf[n:]
	return b
}

func (r *reader) uint8() uint8 {
	if b := r.take(1); b != nil {
		return b[0]
	}
	return 0
}

func (r *reader) uint16(order binary.ByteOrder) uint16 {
	if b := r.take(2); b != nil {
		return order.Uint16(b)
	}
	return 0
}

func (r *reader) uint32(order binary.ByteOrder) uint32 {
	if b := r.take(4); b != nil {
		return order.Uint32(b)
	}
	return 0
}

func (r *reader) uint64(order binary.ByteOrder) uint64 {
	if b := r.take(8); b != nil {
		return order.Uint64(b)
	}
	return 0
}

// key takes a whole authorization key.
func (r *reader) key() []byte { return r.take(storage.AuthKeyLen) }

// tl takes a string or bytes of the TL language: its length, its bytes, and what fills up to a multiple of four.
func (r *reader) tl() []byte {
	n, head := int(r.uint8()), 1
	switch n {
	case 254:
		b := r.take(3)
		if b == nil {
			return nil
		}
		n, head = int(b[0])|int(b[1])<<8|int(b[2])<<16, 4
	case 255: // TDLib's own for more than 16 MB, which nothing here has
		r.take(-1)
	}
	b := r.take(n)
	if pad := -(head + n) & 3; b != nil && pad <= len(r.buf) {
		r.take(pad)
	} else if b != nil {
		r.take(len(r.buf)) // some writers leave out what fills the very end
	}
	return b
}

// appendTL adds a string or bytes of the TL language, of less than 16 MB.
func appendTL(b, s []byte) []byte {
	n := len(s)
	if n < 254 {
		b = append(b, byte(n))
		n++
	} else {
		b = append(b, 254, byte(n), byte(n>>8), byte(n>>16))
	}
	b = append(b, s...)
	return append(b, make([]byte, -n&3)...)
}
