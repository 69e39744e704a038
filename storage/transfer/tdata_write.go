package transfer

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"

	"tdjson/storage"
)

// tdataVersion is the version of Telegram Desktop that files are written for;
// newer ones read them, older ones refuse them.
const tdataVersion = 5_008_003

// writeTData makes a directory with one account, which Telegram Desktop fills
// with its settings. It holds users of Telegram's own servers alone.
func writeTData(_ context.Context, out *output, path string) error {
	switch {
	case out.user.Bot:
		return fmt.Errorf("a bot in Telegram Desktop is %w", ErrUnsupported)
	case out.home.Test:
		return fmt.Errorf("an account of the test servers is %w here", ErrUnsupported)
	}
	if err := absent(filepath.Join(path, tdataKeyFile+"s")); errors.Is(err, fs.ErrExist) {
		return fmt.Errorf("%s holds accounts already: %w; choose another directory", path, fs.ErrExist)
	} else if err != nil {
		return err
	}
	files, err := tdataFiles(out)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Join(path, tdataName(0)), 0o700); err != nil {
		return err
	}
	for _, f := range files { // key_data comes last: without it there is no account
		if err := writeFile(filepath.Join(path, f.name), f.data, false); err != nil {
			return err
		}
	}
	return nil
}

// namedFile is one file of a directory.
type namedFile struct {
	name string
	data []byte
}

func tdataFiles(out *output) ([]namedFile, error) {
	salt, key := make([]byte, 32), make([]byte, storage.AuthKeyLen)
	rand.Read(salt) // never fails
	rand.Read(key)
	outer, err := tdataPasscodeKey(out.options.Passcode, salt)
	if err != nil {
		return nil, err
	}
	sealed := map[string][]byte{"login": tdataLogin(out), "accounts": tdataAccounts(), "map": nil}
	for name, data := range sealed {
		if sealed[name], err = encryptLocal(data, key); err != nil {
			return nil, err
		}
	}
	sealedKey, err := encryptLocal(key, outer)
	if err != nil {
		return nil, err
	}
	name := tdataName(0)
	return []namedFile{
		{name + "s", appendTDF(appendArrays(nil, sealed["login"]))},
		{filepath.Join(name, "maps"), appendTDF(appendArrays(nil, nil, nil, sealed["map"]))},
		{tdataKeyFile + "s", appendTDF(appendArrays(nil, salt, sealedKey, sealed["accounts"]))},
	}, nil
}

// tdataLogin is the setting that holds the login.
func tdataLogin(out *output) []byte {
	b := binary.BigEndian.AppendUint64(nil, math.MaxUint64) // IDs of 64 bits follow
	b = binary.BigEndian.AppendUint64(b, uint64(out.user.ID))
	b = binary.BigEndian.AppendUint32(b, uint32(out.home.ID))
	keyed := out.keyed()
	b = binary.BigEndian.AppendUint32(b, uint32(len(keyed)))
	for _, dc := range keyed {
		b = append(binary.BigEndian.AppendUint32(b, uint32(dc.ID)), dc.AuthKey...)
	}
	b = binary.BigEndian.AppendUint32(b, 0) // no keys to be destroyed
	return appendArrays(binary.BigEndian.AppendUint32(nil, tdataAuth), b)
}

// tdataAccounts lists one account, which is the active one: count, indexes, the active one.
func tdataAccounts() []byte {
	b := binary.BigEndian.AppendUint32(nil, 1)
	return append(b, make([]byte, 8)...)
}

func appendArrays(b []byte, list ...[]byte) []byte {
	for _, data := range list {
		b = append(binary.BigEndian.AppendUint32(b, uint32(len(data))), data...)
	}
	return b
}

func appendTDF(body []byte) []byte {
	version := binary.LittleEndian.AppendUint32(nil, tdataVersion)
	b := append([]byte(tdataMagic), version...)
	b = append(b, body...)
	return append(b, sumTDF(body, version)...)
}
