package transfer

import (
	"crypto/aes"
	"crypto/cipher"
	"crypto/hmac"
	"crypto/pbkdf2"
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"maps"
	"slices"

	"tdjson/storage"
)

// A binlog is a file of records. A record is
//
//	size uint32 | id uint64 | type int32 | flags int32 | extra uint64 | payload | CRC-32 of all that uint32
//
// in little-endian order. Those of negative types serve the binlog itself. One
// that is flagged as a rewrite takes the place of an earlier one with its ID.
const (
	recordHead = 28
	recordMin  = recordHead + 4
	recordMax  = 1 << 24

	recordErased  = -2     // as a rewrite: the earlier record is no more
	recordCipher  = -3     // all that follows is encrypted
	recordValue   = 0x4327 // a value by name: two TL strings
	flagRewrite   = 1
	flagPartial   = 2 // counts once a record without this flag follows
	cipherSalt    = 32
	cipherProof   = "cucumbers everywhere"
	emptyKey      = "cucumber" // TDLib's key when the program gives none
	keyIterations = 2          // a database_encryption_key is a key, not a password
)

type record struct {
	id      uint64
	kind    int32
	flags   int32
	payload []byte
}

// binlog is what a binlog holds in the end: its values by name, and where and why
// reading stopped before the end of the file, as it does after a crash.
type binlog struct {
	values  map[string]string
	records int
	stopped error
}

// readBinlog reads as TDLib does: up to the first record that is not whole.
func readBinlog(data, key []byte) (*binlog, error) {
	size := len(data)
	b := &binlog{values: map[string]string{}}
	kept := map[uint64]record{}
	var pending []record
	for encrypted := false; len(data) > 0; {
		rec, rest, err := cutRecord(data)
		if err != nil {
			b.stopped = fmt.Errorf("at byte %d of %d: %w", size-len(data), size, err)
			break
		}
		data = rest
		b.records++
		if rec.kind == recordCipher {
			if encrypted {
				b.stopped = fmt.Errorf("before byte %d of %d: it is encrypted twice", size-len(data), size)
				break
			}
			if data, err = decrypt(data, rec.payload, key); err != nil {
				return nil, err
			}
			encrypted = true
		}
		pending = append(pending, rec)
		if rec.flags&flagPartial == 0 {
			keep(kept, pending)
			pending = pending[:0]
		}
	}
	return b, b.collect(kept)
}

// cutRecord takes the first record off data.
func cutRecord(data []byte) (rec record, rest []byte, err error) {
	if len(data) < recordMin {
		return rec, nil, errShort
	}
	size := int(binary.LittleEndian.Uint32(data))
	switch {
	case size < recordMin || size > recordMax || size%4 != 0:
		return rec, nil, fmt.Errorf("a record can't have %d bytes", size)
	case size > len(data):
		return rec, nil, errShort
	}
	body := data[:size-4]
	if crc32.ChecksumIEEE(body) != binary.LittleEndian.Uint32(data[size-4:]) {
		return rec, nil, fmt.Errorf("the checksum of a record is wrong")
	}
	return record{
		id:      binary.LittleEndian.Uint64(body[4:]),
		kind:    int32(binary.LittleEndian.Uint32(body[12:])),
		flags:   int32(binary.LittleEndian.Uint32(body[16:])),
		payload: body[recordHead:],
	}, data[size:], nil
}

// keep makes records count.
func keep(kept map[uint64]record, list []record) {
	for _, rec := range list {
		_, known := kept[rec.id]
		switch {
		case rec.flags&flagRewrite != 0 && known && rec.kind == recordErased:
			delete(kept, rec.id)
		case rec.kind >= 0:
			kept[rec.id] = rec
		}
	}
}

// collect reads the values out of the records.
func (b *binlog) collect(kept map[uint64]record) error {
	for _, id := range slices.Sorted(maps.Keys(kept)) {
		rec := kept[id]
		if rec.kind != recordValue {
			continue
		}
		r := &reader{buf: rec.payload}
		name, value := r.tl(), r.tl()
		if r.err != nil || len(name) == 0 {
			return corrupt("record %d holds no value", rec.id)
		}
		b.values[string(name)] = string(value)
	}
	return nil
}

// decrypt reads what follows the record that begins the encryption.
func decrypt(data, payload, key []byte) ([]byte, error) {
	r := &reader{buf: payload}
	r.uint32(binary.LittleEndian) // flags, none are known
	salt, iv, proof := r.tl(), r.tl(), r.tl()
	if r.err != nil || len(iv) != aes.BlockSize {
		return nil, corrupt("its record of encryption is not whole")
	}
	derived, err := deriveKey(key, salt)
	if err != nil {
		return nil, err
	}
	if !hmac.Equal(proveKey(derived), proof) {
		return nil, wrongKey(key, salt, proof)
	}
	return xorStream(data, derived, iv)
}

// wrongKey says what is wrong with key.
func wrongKey(key, salt, proof []byte) error {
	without, err := deriveKey(nil, salt)
	switch {
	case err == nil && hmac.Equal(proveKey(without), proof):
		return fmt.Errorf("%w: it was made without a key; give none", storage.ErrWrongKey)
	case len(key) == 0:
		return fmt.Errorf("%w: it was made with a database_encryption_key; give that one", storage.ErrWrongKey)
	}
	return fmt.Errorf("%w: give the database_encryption_key that it was made with", storage.ErrWrongKey)
}

func deriveKey(key, salt []byte) ([]byte, error) {
	secret := string(key)
	if secret == "" {
		secret = emptyKey
	}
	return pbkdf2.Key(sha256.New, secret, salt, keyIterations, 32)
}

// proveKey is what a binlog keeps to know its key by.
func proveKey(derived []byte) []byte {
	h := hmac.New(sha256.New, derived)
	h.Write([]byte(cipherProof))
	return h.Sum(nil)
}

func xorStream(data, key, iv []byte) ([]byte, error) {
	block, err := aes.NewCipher(key)
	if err != nil {
		return nil, err
	}
	out := make([]byte, len(data))
	cipher.NewCTR(block, iv).XORKeyStream(out, data)
	return out, nil
}

// value is one value by name that goes into a binlog.
type value struct{ name, value string }

// writeBinlog makes a binlog of values, encrypted as TDLib does with key.
func writeBinlog(values []value, key []byte) ([]byte, error) {
	salt, iv := make([]byte, cipherSalt), make([]byte, aes.BlockSize)
	rand.Read(salt) // never fails
	rand.Read(iv)
	return sealBinlog(values, key, salt, iv)
}

func sealBinlog(values []value, key, salt, iv []byte) ([]byte, error) {
	derived, err := deriveKey(key, salt)
	if err != nil {
		return nil, err
	}
	payload := make([]byte, 4)
	for _, part := range [][]byte{salt, iv, proveKey(derived)} {
		payload = appendTL(payload, part)
	}
	head := appendRecord(nil, record{kind: recordCipher, payload: payload})
	var body []byte
	for i, v := range values {
		payload := appendTL(appendTL(nil, []byte(v.name)), []byte(v.value))
		body = appendRecord(body, record{id: uint64(i) + 1, kind: recordValue, payload: payload})
	}
	if body, err = xorStream(body, derived, iv); err != nil {
		return nil, err
	}
	return slices.Concat(head, body), nil
}

func appendRecord(b []byte, rec record) []byte {
	start := len(b)
	b = binary.LittleEndian.AppendUint32(b, uint32(recordMin+len(rec.payload)))
	b = binary.LittleEndian.AppendUint64(b, rec.id)
	b = binary.LittleEndian.AppendUint32(b, uint32(rec.kind))
	b = binary.LittleEndian.AppendUint32(b, uint32(rec.flags))
	b = binary.LittleEndian.AppendUint64(b, 0)
	b = append(b, rec.payload...)
	return binary.LittleEndian.AppendUint32(b, crc32.ChecksumIEEE(b[start:]))
}

// isBinlog says whether data begins as a binlog does.
func isBinlog(data []byte) bool {
	rec, _, err := cutRecord(data)
	return err == nil && rec.kind >= -4 && rec.kind <= 0xffff
}
