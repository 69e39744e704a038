package transfer

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"net/netip"

	"tdjson/storage"
)

// telethonStringCodec is Telethon 1's StringSession: the character 1 and, in
// base64, dc uint8 | IPv4 or IPv6 address | port uint16 | key, big-endian.
func telethonStringCodec() codec {
	return codec{
		Format: Format{
			Name: "telethon-string", Title: "Telethon 1, StringSession", Shape: Text, Import: true, Export: true,
			Keeps: PartTest | PartAddress,
		},
		read: readTelethonString, write: writeTelethonString,
	}
}

const (
	telethonIPv4 = 1 + 4 + 2 + storage.AuthKeyLen
	telethonIPv6 = 1 + 16 + 2 + storage.AuthKeyLen
)

// decodeOne decodes what follows the character 1, which begins the strings of Telethon and GramJS.
func decodeOne(text string) ([]byte, error) {
	if text == "" || text[0] != '1' {
		return nil, corrupt("its text does not begin with 1, the version")
	}
	return decodeBase64(text[1:])
}

func readTelethonString(_ context.Context, in *input) (*storage.Session, *Extra, error) {
	text, err := in.text()
	if err != nil {
		return nil, nil, err
	}
	data, err := decodeOne(text)
	if err != nil {
		return nil, nil, err
	}
	if len(data) != telethonIPv4 && len(data) != telethonIPv6 {
		return nil, nil, corrupt("its text holds %d bytes, not %d or %d; copy all of it", len(data), telethonIPv4, telethonIPv6)
	}
	if _, ok := parseGramJS(data); ok {
		return nil, nil, fmt.Errorf("it is %w: it is of GramJS", ErrUnknown)
	}
	r := &reader{buf: data}
	dc := storage.DataCenter{ID: int(r.uint8()), Test: in.options.Test}
	ip, _ := netip.AddrFromSlice(r.take(len(data) - telethonIPv4 + 4))
	setAddress(&dc, ip.String(), int64(r.uint16(binary.BigEndian)))
	dc.AuthKey = r.key()
	return alone(dc, storage.User{}), &Extra{}, r.err
}

func writeTelethonString(_ context.Context, out *output) ([]byte, error) {
	at, err := address(out.home)
	if err != nil {
		return nil, err
	}
	id, err := smallDC(out.home)
	if err != nil {
		return nil, err
	}
	data := append([]byte{id}, at.Addr().AsSlice()...)
	data = binary.BigEndian.AppendUint16(data, at.Port())
	data = append(data, out.home.AuthKey...)
	return []byte("1" + base64.URLEncoding.EncodeToString(data)), nil
}

// smallDC is the ID of a data center for formats that keep it in a byte.
func smallDC(dc *storage.DataCenter) (byte, error) {
	if dc.ID > 255 {
		return 0, fmt.Errorf("the ID of data center %d has no room in this format", dc.ID)
	}
	return byte(dc.ID), nil
}
