package transfer

import (
	"bytes"
	"context"
	"encoding/base64"
	"strconv"
	"strings"

	"tdjson/storage"
)

// mtkrutoCodec is MTKruto's string: base64 of TL string "2", or "2-test" on the
// test servers, and TL bytes key, in which runs of zeros are shortened.
func mtkrutoCodec() codec {
	return codec{
		Format: Format{
			Name: "mtkruto-string", Title: "MTKruto, session string", Shape: Text, Import: true, Export: true,
			Keeps: PartTest,
		},
		read: readMTKruto, write: writeMTKruto,
	}
}

const mtkrutoTest = "-test"

func parseMTKruto(data []byte) (dc storage.DataCenter, ok bool) {
	data, ok = expandZeros(data)
	if !ok {
		return dc, false
	}
	r := &reader{buf: data}
	name, test := strings.CutSuffix(string(r.tl()), mtkrutoTest)
	key := r.tl()
	id, err := strconv.Atoi(name)
	if r.err != nil || err != nil || len(r.buf) > 0 || len(key) != storage.AuthKeyLen {
		return dc, false
	}
	return storage.DataCenter{ID: id, AuthKey: key, Test: test}, true
}

func readMTKruto(_ context.Context, in *input) (*storage.Session, *Extra, error) {
	text, err := in.text()
	if err != nil {
		return nil, nil, err
	}
	data, err := decodeBase64(text)
	if err != nil {
		return nil, nil, err
	}
	dc, ok := parseMTKruto(data)
	if !ok {
		return nil, nil, corrupt("its text does not hold a data center and a key as MTKruto writes them; copy all of it")
	}
	return alone(dc, storage.User{}), &Extra{}, nil
}

func writeMTKruto(_ context.Context, out *output) ([]byte, error) {
	name := strconv.Itoa(out.home.ID)
	if out.home.Test {
		name += mtkrutoTest
	}
	data := appendTL(appendTL(nil, []byte(name)), out.home.AuthKey)
	return []byte(base64.RawURLEncoding.EncodeToString(shortenZeros(data))), nil
}

// shortenZeros writes each run of zeros as a zero and its length.
func shortenZeros(data []byte) []byte {
	var b []byte
	for len(data) > 0 {
		if data[0] != 0 {
			b, data = append(b, data[0]), data[1:]
			continue
		}
		n := 1
		for n < len(data) && n < 255 && data[n] == 0 {
			n++
		}
		b, data = append(b, 0, byte(n)), data[n:]
	}
	return b
}

// expandZeros undoes that, for at most as much as a session can be.
func expandZeros(data []byte) ([]byte, bool) {
	var b []byte
	for i := 0; i < len(data); i++ {
		switch {
		case len(b) > maxText:
			return nil, false
		case data[i] != 0:
			b = append(b, data[i])
		case i+1 == len(data):
			return nil, false
		default:
			i++
			b = append(b, bytes.Repeat([]byte{0}, int(data[i]))...)
		}
	}
	return b, true
}
