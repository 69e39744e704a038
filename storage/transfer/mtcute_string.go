package transfer

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"net/netip"

	"tdjson/storage"
)

// mtcuteStringCodec is mtcute's string of version 3: base64 of
// 3 | flags int32 | TL bytes server | [TL bytes media server] | [user ID int64 | Bool bot] | TL bytes key.
func mtcuteStringCodec() codec {
	return codec{
		Format: Format{
			Name: "mtcute-string", Title: "mtcute, session string", Shape: Text, Import: true, Export: true,
			Keeps: PartUser | PartTest | PartAddress,
		},
		read: readMtcuteString, write: writeMtcuteString,
	}
}

const (
	mtcuteVersion = 3
	mtcuteSelf    = 1 // flags: the user is told
	mtcuteOldTest = 2 // they are test servers
	mtcuteMedia   = 4 // a server for files is told

	tlTrue  = 0x997275b5
	tlFalse = 0xbc799737
)

// A server of mtcute is: version | dc uint8 | flags uint8 | TL string IP address | port int32.
const (
	mtcuteServer1   = 1 // without the flag for test servers
	mtcuteServer2   = 2
	mtcuteIPv6      = 1
	mtcuteMediaOnly = 2
	mtcuteTest      = 4
)

func parseMtcuteServer(data []byte) (dc storage.DataCenter, ok bool) {
	r := &reader{buf: data}
	version := r.uint8()
	dc.ID = int(r.uint8())
	flags := r.uint8()
	host := string(r.tl())
	port := r.uint32(binary.LittleEndian)
	if r.err != nil || version != mtcuteServer1 && version != mtcuteServer2 {
		return dc, false
	}
	dc.Test = version == mtcuteServer2 && flags&mtcuteTest != 0
	setAddress(&dc, host, int64(port))
	return dc, true
}

func appendMtcuteServer(b []byte, id byte, test bool, at netip.AddrPort) []byte {
	flags := flag(at.Addr().Is6()) * mtcuteIPv6
	b = append(b, mtcuteServer2, id, flags|flag(test)*mtcuteTest)
	b = appendTL(b, []byte(at.Addr().String()))
	return binary.LittleEndian.AppendUint32(b, uint32(at.Port()))
}

func readMtcuteString(_ context.Context, in *input) (*storage.Session, *Extra, error) {
	text, err := in.text()
	if err != nil {
		return nil, nil, err
	}
	data, err := decodeBase64(text)
	if err != nil {
		return nil, nil, err
	}
	r := &reader{buf: data}
	if version := r.uint8(); r.err == nil && version != mtcuteVersion {
		return nil, nil, fmt.Errorf("its version is %d, known is %d: %w", version, mtcuteVersion, ErrUnsupported)
	}
	flags := r.uint32(binary.LittleEndian)
	dc, ok := parseMtcuteServer(r.tl())
	if flags&mtcuteMedia != 0 {
		r.tl()
	}
	var user storage.User
	if flags&mtcuteSelf != 0 {
		user.ID = int64(r.uint64(binary.LittleEndian))
		user.Bot = r.uint32(binary.LittleEndian) == tlTrue
	}
	dc.AuthKey = r.tl()
	if r.err != nil || !ok {
		return nil, nil, corrupt("its text does not hold a server and a key as mtcute writes them; copy all of it")
	}
	dc.Test = dc.Test || flags&mtcuteOldTest != 0
	return alone(dc, user), &Extra{}, nil
}

func writeMtcuteString(_ context.Context, out *output) ([]byte, error) {
	server, err := mtcuteServer(out.home)
	if err != nil {
		return nil, err
	}
	var flags uint32
	if out.user.ID != 0 {
		flags |= mtcuteSelf
	}
	data := binary.LittleEndian.AppendUint32([]byte{mtcuteVersion}, flags)
	data = appendTL(data, server)
	if out.user.ID != 0 {
		bot := uint32(tlFalse)
		if out.user.Bot {
			bot = tlTrue
		}
		data = binary.LittleEndian.AppendUint64(data, uint64(out.user.ID))
		data = binary.LittleEndian.AppendUint32(data, bot)
	}
	return []byte(base64.RawURLEncoding.EncodeToString(appendTL(data, out.home.AuthKey))), nil
}

// mtcuteServer is how mtcute keeps the server of dc.
func mtcuteServer(dc *storage.DataCenter) ([]byte, error) {
	at, err := address(dc)
	if err != nil {
		return nil, err
	}
	id, err := smallDC(dc)
	if err != nil {
		return nil, err
	}
	return appendMtcuteServer(nil, id, dc.Test, at), nil
}
