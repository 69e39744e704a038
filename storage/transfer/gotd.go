package transfer

import (
	"context"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"net/netip"

	"tdjson/storage"
)

// gotdCodec is what gotd's session.Loader stores: JSON of version 1.
func gotdCodec() codec {
	return codec{
		Format: Format{
			Name: "gotd", Title: "gotd, JSON", Shape: File, Import: true, Export: true,
			Keeps: PartTest | PartAddress | PartSalt,
		},
		read: readGotd, write: writeGotd,
	}
}

// gotdFile has gotd's names; what gotd asks the server for anyway is left out.
type gotdFile struct {
	Version int
	Data    gotdData
}

type gotdData struct {
	Config    gotdConfig
	DC        int
	Addr      string
	AuthKey   []byte
	AuthKeyID []byte
	Salt      int64
}

type gotdConfig struct {
	TestMode  bool
	ThisDC    int
	DCOptions []gotdOption
}

type gotdOption struct {
	Flags     uint32
	IPv6      bool `json:"Ipv6"`
	ID        int
	IPAddress string
	Port      int
}

func readGotd(_ context.Context, in *input) (*storage.Session, *Extra, error) {
	data, err := in.bytes()
	if err != nil {
		return nil, nil, err
	}
	var f gotdFile
	if err := json.Unmarshal(data, &f); err != nil {
		return nil, nil, gotdError(err)
	}
	d := &f.Data
	if f.Version != 1 {
		return nil, nil, fmt.Errorf("its version is %d, known is 1: %w", f.Version, ErrUnsupported)
	}
	if d.DC == 0 {
		d.DC = d.Config.ThisDC
	}
	if n := len(d.AuthKeyID); len(d.AuthKey) > 0 && n == 8 && binary.LittleEndian.Uint64(d.AuthKeyID) != KeyID(d.AuthKey) {
		return nil, nil, corrupt("its key is not the one that its ID names")
	}
	dc := storage.DataCenter{ID: d.DC, AuthKey: d.AuthKey, Salt: d.Salt, Test: d.Config.TestMode || in.options.Test}
	setAddresses(&dc, d.Addr)
	return alone(dc, storage.User{}), &Extra{}, nil
}

// gotdError says where JSON is wrong without showing any of it.
func gotdError(err error) error {
	if e, ok := errors.AsType[*json.SyntaxError](err); ok {
		return corrupt("its JSON is broken at byte %d", e.Offset)
	}
	if e, ok := errors.AsType[*json.UnmarshalTypeError](err); ok {
		return corrupt("the value before byte %d of its JSON has another type than gotd's", e.Offset)
	}
	return corrupt("its JSON is not gotd's")
}

func writeGotd(_ context.Context, out *output) ([]byte, error) {
	at, err := address(out.home)
	if err != nil {
		return nil, err
	}
	ipv4, ipv6 := addresses(out.home)
	config := gotdConfig{TestMode: out.home.Test, ThisDC: out.home.ID, DCOptions: []gotdOption{}}
	for _, ap := range []netip.AddrPort{ipv4, ipv6} {
		if ap.IsValid() {
			is6 := ap.Addr().Is6()
			config.DCOptions = append(config.DCOptions, gotdOption{
				Flags: uint32(flag(is6)), IPv6: is6, ID: out.home.ID, IPAddress: ap.Addr().String(), Port: int(ap.Port()),
			})
		}
	}
	return json.Marshal(gotdFile{Version: 1, Data: gotdData{
		Config: config, DC: out.home.ID, Addr: at.String(), AuthKey: out.home.AuthKey,
		AuthKeyID: binary.LittleEndian.AppendUint64(nil, KeyID(out.home.AuthKey)), Salt: out.home.Salt,
	}})
}
