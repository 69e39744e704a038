package transfer

import (
	"bytes"
	"context"
	"crypto/md5"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"tdjson/storage"
)

// tdataCodec is the directory tdata of Telegram Desktop, since its version 2.0.
func tdataCodec() codec {
	return codec{
		Format: Format{
			Name: "tdata", Title: "Telegram Desktop, tdata", Shape: Directory, Import: true, Export: true,
			Keeps: PartUser | PartKeys, Needs: PartUser,
		},
		read: readTData, writeTo: writeTData,
	}
}

const (
	tdataMagic   = "TDF$"
	tdataKeyFile = "key_data"
	tdataAuth    = 0x4b // the setting that holds the login
	tdataWide    = ^uint64(0)
	tdataTest    = 1
)

func readTData(_ context.Context, in *input) (*storage.Session, *Extra, error) {
	dir, err := in.dir()
	if err != nil {
		return nil, nil, err
	}
	t, err := openTData(dir, in.options.Passcode)
	if err != nil {
		return nil, nil, err
	}
	n := in.options.Account
	if n < 0 || n >= len(t.accounts) {
		return nil, nil, fmt.Errorf("it has %d accounts, there is no account %d (the first is 0)", len(t.accounts), n)
	}
	s, err := t.account(t.accounts[n])
	return s, &Extra{}, err
}

// tdata is a directory that was unlocked.
type tdata struct {
	dir      fs.FS
	key      []byte
	accounts []uint32 // in the order of the menu
}

// openTData reads key_data: salt, and, encrypted, the key of all else and the list of accounts.
func openTData(dir fs.FS, passcode []byte) (*tdata, error) {
	body, err := readTDF(dir, tdataKeyFile)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errors.New("it has no key_datas; pass the directory tdata of Telegram Desktop 2.0 or newer")
	}
	if err != nil {
		return nil, err
	}
	r := &reader{buf: body}
	salt, sealedKey, sealedInfo := r.array(), r.array(), r.array()
	if r.err != nil {
		return nil, corrupt("file %s: %v", tdataKeyFile, r.err)
	}
	outer, err := tdataPasscodeKey(passcode, salt)
	if err != nil {
		return nil, err
	}
	t := &tdata{dir: dir}
	if t.key, err = decryptLocal(sealedKey, outer); err != nil {
		if len(passcode) == 0 {
			return nil, fmt.Errorf("%w: it has a local passcode; give it", storage.ErrWrongKey)
		}
		return nil, fmt.Errorf("%w: it has another local passcode", storage.ErrWrongKey)
	}
	if len(t.key) < storage.AuthKeyLen {
		return nil, corrupt("file %s: its key has %d bytes", tdataKeyFile, len(t.key))
	}
	info, err := decryptLocal(sealedInfo, t.key)
	if err != nil {
		return nil, corrupt("file %s: its list of accounts: %v", tdataKeyFile, err)
	}
	r = &reader{buf: info}
	for range r.uint32(binary.BigEndian) {
		index := r.uint32(binary.BigEndian)
		if r.err != nil {
			return nil, corrupt("file %s: its list of accounts: %v", tdataKeyFile, r.err)
		}
		t.accounts = append(t.accounts, index)
	}
	if len(t.accounts) == 0 {
		return nil, fmt.Errorf("it is %w: it has no account", ErrNotLoggedIn)
	}
	return t, nil
}

// account reads the login of an account.
func (t *tdata) account(index uint32) (*storage.Session, error) {
	name := tdataName(index)
	plain, err := t.open(name)
	if err != nil {
		return nil, err
	}
	r := &reader{buf: plain}
	if kind := r.uint32(binary.BigEndian); r.err == nil && kind != tdataAuth {
		return nil, corrupt("file %s: it begins with setting %d, not with the login", name, kind)
	}
	r = &reader{buf: r.array(), err: r.err}
	s := &storage.Session{User: &storage.User{}}
	if wide := r.uint64(binary.BigEndian); wide == tdataWide {
		s.User.ID = int64(r.uint64(binary.BigEndian))
		s.User.DC = int(int32(r.uint32(binary.BigEndian)))
	} else { // before IDs of users grew: both in 32 bits
		s.User.ID, s.User.DC = int64(wide>>32), int(int32(wide))
	}
	test := t.isTest(name)
	for range r.uint32(binary.BigEndian) {
		dc := storage.DataCenter{ID: int(int32(r.uint32(binary.BigEndian))), AuthKey: r.key(), Test: test}
		if r.err != nil {
			break
		}
		if !slices.ContainsFunc(s.DataCenters, func(d storage.DataCenter) bool { return d.ID == dc.ID }) {
			s.DataCenters = append(s.DataCenters, dc)
		}
	}
	if r.err != nil {
		return nil, corrupt("file %s: its login: %v", name, r.err)
	}
	if s.User.ID == 0 {
		return nil, fmt.Errorf("it is %w: this account has no user", ErrNotLoggedIn)
	}
	return s, nil
}

// isTest looks into the account's configuration, which may be missing: version int32 | environment int32 | …
func (t *tdata) isTest(name string) bool {
	plain, err := t.open(name + "/config")
	if err != nil {
		return false
	}
	r := &reader{buf: plain}
	r = &reader{buf: r.array(), err: r.err}
	r.uint32(binary.BigEndian)
	return r.uint32(binary.BigEndian) == tdataTest && r.err == nil
}

// open reads a file that is encrypted whole.
func (t *tdata) open(name string) ([]byte, error) {
	body, err := readTDF(t.dir, name)
	if err != nil {
		return nil, err
	}
	r := &reader{buf: body}
	plain, err := decryptLocal(r.array(), t.key)
	if err != nil {
		return nil, corrupt("file %s: %v", name, err)
	}
	return plain, nil
}

// tdataName names the file of an account.
func tdataName(index uint32) string {
	name := "data"
	if index > 0 {
		name = fmt.Sprintf("data#%d", uint64(index)+1)
	}
	sum := md5.Sum([]byte(name))
	var b strings.Builder
	for _, c := range sum[:8] {
		fmt.Fprintf(&b, "%X%X", c&15, c>>4)
	}
	return b.String()
}

// readTDF reads a file of Telegram Desktop, which writes name+"s"; older
// versions wrote "0" and "1" by turns, of which the newer one that is whole counts.
func readTDF(dir fs.FS, name string) ([]byte, error) {
	names := []string{name + "s", name + "0", name + "1"}
	if older, err := fs.Stat(dir, names[1]); err == nil {
		if newer, err := fs.Stat(dir, names[2]); err == nil && newer.ModTime().After(older.ModTime()) {
			names[1], names[2] = names[2], names[1]
		}
	}
	var failed error
	for _, file := range names {
		info, err := fs.Stat(dir, file)
		if errors.Is(err, fs.ErrNotExist) {
			continue
		}
		if err == nil && info.Size() > maxFile {
			err = errors.New("it is too large")
		}
		var data []byte
		if err == nil {
			data, err = fs.ReadFile(dir, file)
		}
		if err == nil {
			if data, err = parseTDF(data); err == nil {
				return data, nil
			}
		}
		failed = errors.Join(failed, fmt.Errorf("file %s: %w", file, pathError(err)))
	}
	if failed == nil {
		failed = fmt.Errorf("file %ss: %w", name, fs.ErrNotExist)
	}
	return nil, failed
}

// parseTDF checks "TDF$" | version uint32 | body | MD5 of body, its length, version and "TDF$".
func parseTDF(data []byte) ([]byte, error) {
	if len(data) < 8+md5.Size || string(data[:4]) != tdataMagic {
		return nil, corrupt("it is no file of Telegram Desktop")
	}
	body, sum := data[8:len(data)-md5.Size], data[len(data)-md5.Size:]
	if want := sumTDF(body, data[4:8]); !bytes.Equal(want, sum) {
		return nil, corrupt("its checksum is wrong")
	}
	return body, nil
}

func sumTDF(body, version []byte) []byte {
	h := md5.New()
	h.Write(body)
	h.Write(binary.LittleEndian.AppendUint32(nil, uint32(len(body))))
	h.Write(version)
	h.Write([]byte(tdataMagic))
	return h.Sum(nil)
}

// array takes an array of Qt: length uint32, where all ones mean none, and bytes.
func (r *reader) array() []byte {
	n := r.uint32(binary.BigEndian)
	if n == 1<<32-1 {
		return nil
	}
	return r.take(int(n))
}
