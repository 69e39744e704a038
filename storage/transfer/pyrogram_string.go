package transfer

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"math"

	"tdjson/storage"
)

// pyrogramStringCodec is the session string of Pyrogram and its forks: base64 of
// dc uint8 | API ID uint32 | test | key | user ID uint64 | bot, big-endian.
// Strings of old versions lack the API ID; the oldest have 4 bytes of user ID.
func pyrogramStringCodec() codec {
	return codec{
		Format: Format{
			Name: "pyrogram-string", Title: "Pyrogram and its forks, session string", Shape: Text, Import: true, Export: true,
			Keeps: PartUser | PartTest | PartAPIID, Needs: PartUser,
		},
		read: readPyrogramString, write: writePyrogramString,
	}
}

const (
	pyrogramNow    = 1 + 4 + 1 + storage.AuthKeyLen + 8 + 1
	pyrogramOld    = 1 + 1 + storage.AuthKeyLen + 8 + 1
	pyrogramOldest = 1 + 1 + storage.AuthKeyLen + 4 + 1
)

// pyrogramString is what such a string holds; ok is false if its length or flags are not right.
func parsePyrogramString(data []byte) (s *storage.Session, x *Extra, ok bool) {
	if n := len(data); n != pyrogramNow && n != pyrogramOld && n != pyrogramOldest {
		return nil, nil, false
	}
	r, x := &reader{buf: data}, &Extra{}
	dc := storage.DataCenter{ID: int(r.uint8())}
	if len(data) == pyrogramNow {
		x.APIID = int(r.uint32(binary.BigEndian))
	}
	test := r.uint8()
	dc.AuthKey = r.key()
	var id uint64
	if len(data) == pyrogramOldest {
		id = uint64(r.uint32(binary.BigEndian))
	} else {
		id = r.uint64(binary.BigEndian)
	}
	bot := r.uint8()
	dc.Test = test == 1
	ok = test <= 1 && bot <= 1 && id <= math.MaxInt64 && x.APIID <= math.MaxInt32 && dc.ID > 0
	return alone(dc, storage.User{ID: int64(id), Bot: bot == 1}), x, ok
}

func readPyrogramString(_ context.Context, in *input) (*storage.Session, *Extra, error) {
	text, err := in.text()
	if err != nil {
		return nil, nil, err
	}
	data, err := decodeBase64(text)
	if err != nil {
		return nil, nil, err
	}
	s, x, ok := parsePyrogramString(data)
	if !ok {
		return nil, nil, corrupt("its text holds %d bytes that are not those of a string of Pyrogram; copy all of it", len(data))
	}
	return s, x, nil
}

func writePyrogramString(_ context.Context, out *output) ([]byte, error) {
	id, err := smallDC(out.home)
	if err != nil {
		return nil, err
	}
	if api := out.extra.APIID; api < 0 || api > math.MaxInt32 {
		return nil, fmt.Errorf("%d is no API ID", api)
	}
	data := []byte{id}
	if out.extra.APIID != 0 { // else as old versions did, and the program gives it
		data = binary.BigEndian.AppendUint32(data, uint32(out.extra.APIID))
	}
	data = append(append(data, flag(out.home.Test)), out.home.AuthKey...)
	data = append(binary.BigEndian.AppendUint64(data, uint64(out.user.ID)), flag(out.user.Bot))
	return []byte(base64.RawURLEncoding.EncodeToString(data)), nil
}

func flag(is bool) byte {
	if is {
		return 1
	}
	return 0
}
