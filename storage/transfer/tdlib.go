package transfer

import (
	"cmp"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"tdjson/storage"
)

// tdlibCodec is TDLib's database_directory. Of what is in it only td.binlog, or
// td_test.binlog for the test servers, makes the session.
func tdlibCodec() codec {
	return codec{
		Format: Format{
			Name: "tdlib", Title: "TDLib, its database directory or td.binlog", Shape: Directory, Import: true, Export: true,
			Keeps: PartUser | PartTest | PartSalt | PartKeys | PartState | PartChannels,
		},
		read: readTDLib, writeTo: writeTDLib,
	}
}

// tdlibFile is what TDLib calls its files.
func tdlibFile(base string, test bool, extension string) string {
	if test {
		base += "_test"
	}
	return base + extension
}

func readTDLib(_ context.Context, in *input) (*storage.Session, *Extra, error) {
	path, err := in.binlogPath()
	if err != nil {
		return nil, nil, err
	}
	data := in.Data
	if data == nil {
		if data, err = readFile(path); err != nil {
			return nil, nil, err
		}
	}
	b, err := readBinlog(data, in.options.Key)
	if err != nil {
		return nil, nil, err
	}
	if b.records == 0 && b.stopped != nil {
		return nil, nil, corrupt("it is no binlog: %v", b.stopped)
	}
	s, err := tdlibSession(b.values, in.options.Test || testName(path))
	if err == nil {
		_, err = homeOf(s)
	}
	if err != nil && b.stopped != nil {
		err = corrupt("what could be read has no session, and more can't be read: %v", b.stopped)
	}
	return s, &Extra{}, err
}

// binlogPath is the path of the binlog in a database directory, or the path itself.
func (in *input) binlogPath() (string, error) {
	if !in.isDir() {
		return in.Path, nil
	}
	var found []string
	for _, test := range []bool{false, true} {
		// TDLib takes up the new one when it died while it replaced the old one
		for _, extension := range []string{".binlog", ".binlog.new"} {
			path := filepath.Join(in.Path, tdlibFile("td", test, extension))
			if _, err := os.Stat(path); err == nil {
				found = append(found, path)
				break
			}
		}
	}
	switch {
	case len(found) == 0:
		return "", errors.New("it has no td.binlog; pass the database_directory that the program gave to TDLib")
	case len(found) == 1:
		return found[0], nil
	case in.options.Test:
		return found[1], nil
	}
	return found[0], nil
}

// tdlibSession makes a session of a binlog's values.
func tdlibSession(values map[string]string, test bool) (*storage.Session, error) {
	switch values["auth"] {
	case "ok":
	case "logout", "destroy":
		return nil, fmt.Errorf("it is %w: TDLib is logging it out", ErrNotLoggedIn)
	default:
		return nil, fmt.Errorf("it is %w: log in with its own client first", ErrNotLoggedIn)
	}
	s := &storage.Session{User: &storage.User{Bot: values["auth_is_bot"] == "true"}}
	s.User.ID, _ = strconv.ParseInt(values["my_id"], 10, 64)
	s.User.DC, _ = strconv.Atoi(values["main_dc_id"])
	if s.User.DC == 0 {
		s.User.DC = 1 // TDLib begins with it and keeps only another one
	}
	for name, text := range values {
		suffix, ok := strings.CutPrefix(name, "auth")
		id, err := strconv.Atoi(suffix)
		if !ok || err != nil || id < 1 || id > 1000 || strconv.Itoa(id) != suffix {
			continue
		}
		dc, err := parseTDLibKey(text)
		if err != nil {
			return nil, fmt.Errorf("the key of data center %d: %w", id, err)
		}
		dc.ID, dc.Test = id, test
		dc.Salt = parseSalts(values["salt"+suffix], time.Now())
		s.DataCenters = append(s.DataCenters, dc)
	}
	s.State = tdlibState(values)
	return s, nil
}

// How TDLib keeps a key: ID uint64 | flags int32 | TL string | what the flags say.
const flagAuthorized = 1

func parseTDLibKey(text string) (dc storage.DataCenter, err error) {
	r := &reader{buf: []byte(text)}
	id := r.uint64(binary.LittleEndian)
	dc.Authorized = r.uint32(binary.LittleEndian)&flagAuthorized != 0
	key := r.tl()
	switch {
	case r.err != nil || len(key) != 0 && len(key) != storage.AuthKeyLen:
		return dc, corrupt("it is not whole")
	case len(key) > 0 && KeyID(key) != id:
		return dc, corrupt("it is not the one that its ID names")
	case len(key) > 0:
		dc.AuthKey = key
	}
	return dc, nil
}

func appendTDLibKey(b []byte, dc *storage.DataCenter) []byte {
	b = binary.LittleEndian.AppendUint64(b, KeyID(dc.AuthKey))
	flags := uint32(0)
	if dc.Authorized {
		flags = flagAuthorized
	}
	return appendTL(binary.LittleEndian.AppendUint32(b, flags), dc.AuthKey)
}

// saltLife is for how long TDLib takes a salt that a server just told to be good.
const saltLife = 10 * time.Minute

// parseSalts chooses the salt that is in force among those that TDLib keeps, or
// else the next one: count int32 | (salt int64 | valid since, valid until double, in Unix time) each.
func parseSalts(text string, now time.Time) (salt int64) {
	r := &reader{buf: []byte(text)}
	at := float64(now.Unix())
	last, first := math.Inf(-1), math.Inf(1) // since when the last of those in force is, and the first to come
	var next int64
	for range r.uint32(binary.LittleEndian) {
		one := int64(r.uint64(binary.LittleEndian))
		since := math.Float64frombits(r.uint64(binary.LittleEndian))
		r.uint64(binary.LittleEndian)
		switch {
		case r.err != nil:
			return cmp.Or(salt, next)
		case since <= 0: // one that TDLib made up
		case since <= at && since > last:
			last, salt = since, one
		case since > at && since < first:
			first, next = since, one
		}
	}
	return cmp.Or(salt, next)
}

func appendSalt(b []byte, salt int64, now time.Time) []byte {
	b = binary.LittleEndian.AppendUint32(b, 1)
	b = binary.LittleEndian.AppendUint64(b, uint64(salt))
	for _, at := range []int64{now.Unix(), now.Add(saltLife).Unix()} {
		b = binary.LittleEndian.AppendUint64(b, math.Float64bits(float64(at)))
	}
	return b
}

// What TDLib keeps of updates: seq is not kept, it begins anew with each run.
const channelPrefix = "ch.p"

func tdlibState(values map[string]string) *storage.UpdateState {
	number := func(name string) int {
		n, _ := strconv.ParseInt(values[name], 10, 32)
		return int(n)
	}
	st := &storage.UpdateState{PTS: number("updates.pts"), QTS: number("updates.qts"), Date: number("updates.date")}
	for name := range values {
		if suffix, ok := strings.CutPrefix(name, channelPrefix); ok {
			id, err := strconv.ParseInt(suffix, 10, 64)
			if pts := number(name); err == nil && id > 0 && pts > 0 && strconv.FormatInt(id, 10) == suffix {
				st.Channels = append(st.Channels, storage.ChannelState{ID: id, PTS: pts})
			}
		}
	}
	if values["updates.pts"] == "" && len(st.Channels) == 0 {
		return nil
	}
	return st
}

// writeTDLib makes the one file that TDLib needs to be logged in.
func writeTDLib(_ context.Context, out *output, path string) error {
	test := out.home.Test
	if filepath.Ext(path) != ".binlog" {
		for _, name := range []string{
			tdlibFile("td", test, ".binlog"), tdlibFile("td", test, ".binlog.new"), tdlibFile("db", test, ".sqlite"),
		} {
			if err := absent(filepath.Join(path, name)); errors.Is(err, fs.ErrExist) {
				return fmt.Errorf("%s holds a database of TDLib already: %w; choose another directory", path, fs.ErrExist)
			} else if err != nil {
				return err
			}
		}
		if err := os.MkdirAll(path, 0o750); err != nil {
			return err
		}
		path = filepath.Join(path, tdlibFile("td", test, ".binlog"))
	}
	data, err := writeBinlog(tdlibValues(out, time.Now()), out.options.Key)
	if err != nil {
		return err
	}
	return writeFile(path, data, false)
}

func tdlibValues(out *output, now time.Time) []value {
	list := []value{{"auth", "ok"}, {"main_dc_id", strconv.Itoa(out.home.ID)}}
	add := func(name, text string) { list = append(list, value{name, text}) }
	if out.user.Bot {
		add("auth_is_bot", "true")
	}
	if out.user.ID != 0 { // otherwise TDLib asks who it is
		add("my_id", strconv.FormatInt(out.user.ID, 10))
	}
	for _, dc := range out.keyed() {
		id := strconv.Itoa(dc.ID)
		kept := *dc
		kept.Authorized = dc.Authorized || dc.ID == out.home.ID // without it TDLib logs out at once
		add("auth"+id, string(appendTDLibKey(nil, &kept)))
		if dc.Salt != 0 {
			add("salt"+id, string(appendSalt(nil, dc.Salt, now)))
		}
	}
	st := out.session.State
	if st == nil {
		return list
	}
	if st.PTS > 0 {
		add("updates.pts", strconv.Itoa(st.PTS))
		add("updates.qts", strconv.Itoa(st.QTS))
		add("updates.date", strconv.Itoa(st.Date))
	}
	for _, c := range st.Channels {
		add(channelPrefix+strconv.FormatInt(c.ID, 10), strconv.Itoa(c.PTS))
	}
	return list
}
