package transfer

import (
	"context"
	"encoding/base64"
	"encoding/binary"

	"tdjson/storage"
)

// gramjsCodec is GramJS's StringSession: the character 1 and, in base64,
// dc uint8 | length uint16 | address as text | port uint16 | key, big-endian.
func gramjsCodec() codec {
	return codec{
		Format: Format{
			Name: "gramjs-string", Title: "GramJS, StringSession", Shape: Text, Import: true, Export: true,
			Keeps: PartTest | PartAddress,
		},
		read: readGramJS, write: writeGramJS,
	}
}

const gramjsMin = 1 + 2 + 2 + storage.AuthKeyLen

// gramjsSession is what such a string holds.
type gramjsSession struct {
	dc   int
	host string
	port int64
	key  []byte
}

// parseGramJS tells by the length and the address whether data is of GramJS:
// a string of Telethon may be as long.
func parseGramJS(data []byte) (g gramjsSession, ok bool) {
	r := &reader{buf: data}
	g.dc = int(r.uint8())
	n := int(r.uint16(binary.BigEndian))
	if r.err != nil || n == 0 || n > 253 || n != len(data)-gramjsMin {
		return g, false
	}
	g.host = string(r.take(n))
	for _, c := range []byte(g.host) {
		if c != '.' && c != ':' && c != '-' && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z') {
			return g, false
		}
	}
	g.port = int64(r.uint16(binary.BigEndian))
	g.key = r.key()
	return g, r.err == nil
}

func readGramJS(_ context.Context, in *input) (*storage.Session, *Extra, error) {
	text, err := in.text()
	if err != nil {
		return nil, nil, err
	}
	data, err := decodeOne(text)
	if err != nil {
		return nil, nil, err
	}
	g, ok := parseGramJS(data)
	if !ok {
		return nil, nil, corrupt("its text holds %d bytes that are not an address and a key as GramJS writes them; copy all of it", len(data))
	}
	dc := storage.DataCenter{ID: g.dc, AuthKey: g.key, Test: in.options.Test}
	setAddress(&dc, g.host, g.port)
	return alone(dc, storage.User{}), &Extra{}, nil
}

func writeGramJS(_ context.Context, out *output) ([]byte, error) {
	at, err := address(out.home)
	if err != nil {
		return nil, err
	}
	id, err := smallDC(out.home)
	if err != nil {
		return nil, err
	}
	host := at.Addr().String()
	data := binary.BigEndian.AppendUint16([]byte{id}, uint16(len(host)))
	data = binary.BigEndian.AppendUint16(append(data, host...), at.Port())
	data = append(data, out.home.AuthKey...)
	return []byte("1" + base64.StdEncoding.EncodeToString(data)), nil
}
