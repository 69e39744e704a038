package transfer

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"tdjson/storage"
)

// fakeKey is a key of bytes that are told by a number alone, with zeros among them.
func fakeKey(n byte) []byte {
	key := make([]byte, storage.AuthKeyLen)
	for i := range key {
		if i%7 != 3 {
			key[i] = byte(i)*31 + n
		}
	}
	return key
}

// full is a session that has everything.
func full() (*storage.Session, *Extra) {
	return &storage.Session{
		DataCenters: []storage.DataCenter{
			{ID: 1, AuthKey: fakeKey(1)},
			{ID: 2, IPv4: "149.154.167.50:443", IPv6: "[2001:67c:4e8:f002::b]:80", AuthKey: fakeKey(2), Salt: -7_654_321, Authorized: true},
			{ID: 203, IPv4: "91.105.192.101:5222", AuthKey: fakeKey(3)},
		},
		User: &storage.User{ID: 123_456_789_012, DC: 2, Bot: true, Username: "fake_bot"},
		State: &storage.UpdateState{PTS: 1000, QTS: 20, Date: 1_700_000_000, Seq: 3, Channels: []storage.ChannelState{
			{ID: 77, PTS: 5}, {ID: 1_500_000_000, PTS: 6_000_000},
		}},
	}, &Extra{APIID: 94575}
}

// samples are sessions of several kinds.
func samples() map[string]func() (*storage.Session, *Extra) {
	return map[string]func() (*storage.Session, *Extra){
		"full": full,
		"user": func() (*storage.Session, *Extra) {
			s, x := full()
			s.User.Bot, s.User.Username = false, ""
			return s, x
		},
		"least": func() (*storage.Session, *Extra) {
			dc := storage.DataCenter{ID: 4, AuthKey: fakeKey(9), Authorized: true}
			return alone(dc, storage.User{ID: 5}), &Extra{}
		},
		"nobody": func() (*storage.Session, *Extra) {
			dc := storage.DataCenter{ID: 5, AuthKey: fakeKey(8), Authorized: true}
			return alone(dc, storage.User{}), &Extra{}
		},
		"test": func() (*storage.Session, *Extra) {
			s, x := full()
			s.DataCenters = s.DataCenters[:2]
			for i := range s.DataCenters {
				s.DataCenters[i].Test = true
			}
			s.DataCenters[1].IPv4, s.DataCenters[1].IPv6 = "149.154.167.40:80", ""
			return s, x
		},
		"IPv6": func() (*storage.Session, *Extra) {
			dc := storage.DataCenter{ID: 2, IPv6: "[2001:67c:4e8:f002::b]:443", AuthKey: fakeKey(4), Authorized: true}
			return alone(dc, storage.User{ID: 6}), &Extra{APIID: 6}
		},
	}
}

// keeping is what is left of a session in a format that keeps some parts.
func keeping(s *storage.Session, x *Extra, keeps Part) (*storage.Session, *Extra) {
	out := &storage.Session{User: &storage.User{DC: s.User.DC}}
	has := func(p Part) bool { return keeps&p != 0 }
	if has(PartUser) {
		out.User.ID, out.User.Bot = s.User.ID, s.User.Bot
	}
	if has(PartUsername) {
		out.User.Username = s.User.Username
	}
	for _, dc := range s.DataCenters {
		home := dc.ID == s.User.DC
		if !home && !has(PartKeys) {
			continue
		}
		if dc.Authorized = home; !has(PartSalt) {
			dc.Salt = 0
		}
		switch {
		case has(PartAddresses):
		case has(PartAddress) && home:
			if dc.IPv4 != "" {
				dc.IPv6 = ""
			}
		default:
			dc.IPv4, dc.IPv6 = "", ""
		}
		out.DataCenters = append(out.DataCenters, dc)
	}
	if st := s.State; st != nil && has(PartState|PartChannels) {
		out.State = &storage.UpdateState{}
		if has(PartState) {
			*out.State = *st
		}
		if out.State.Channels = nil; has(PartChannels) {
			out.State.Channels = st.Channels
		}
	}
	if x == nil || !has(PartAPIID) {
		return out, &Extra{}
	}
	return out, &Extra{APIID: x.APIID}
}

// filledIn gives s the addresses that a format which can't do without takes from the list of known ones.
func filledIn(s *storage.Session, f Format) *storage.Session {
	for i := range s.DataCenters {
		dc := &s.DataCenters[i]
		home := dc.ID == s.User.DC
		if dc.IPv4 != "" || dc.IPv6 != "" || f.Keeps&PartAddresses == 0 && !(home && f.Keeps&PartAddress != 0) || f.Name == "tdjson" {
			continue
		}
		ipv4, ipv6 := addresses(dc)
		dc.IPv4 = addrText(ipv4)
		if f.Keeps&PartAddresses != 0 {
			dc.IPv6 = addrText(ipv6)
		}
	}
	return s
}

// expected is what f gives back of s.
func expected(s *storage.Session, x *Extra, f Format) (*storage.Session, *Extra) {
	s, x = keeping(s, x, f.Keeps)
	s = filledIn(s, f)
	switch f.Name {
	case "tdlib":
		if s.State != nil {
			s.State.Seq = 0 // begins anew with each run of TDLib
		}
	case "mtcute":
		if s.User.Username != "" {
			x.Usernames = []string{s.User.Username}
		}
	}
	return s, x
}

func writable(f Format, s *storage.Session, x *Extra) bool {
	if !f.Export {
		return false
	}
	if f.Name == "tdata" && (s.User.Bot || s.DataCenters[0].Test) {
		return false
	}
	return f.Needs&PartUser == 0 || s.User.ID != 0
}

// throughData is through without a file where there need not be one.
func throughData(t *testing.T, f Format, s *storage.Session, x *Extra) (*storage.Session, *Extra) {
	t.Helper()
	if f.Shape == Directory || f.Name == "tdjson" {
		return through(t, f, s, x, Options{})
	}
	data, err := Export(t.Context(), f.Name, s, x, Options{})
	if err != nil {
		t.Fatal(err)
	}
	got, extra, err := Import(t.Context(), f.Name, Source{Data: data}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return got, extra
}

// through writes a session to a new file of f and reads it from there.
func through(t *testing.T, f Format, s *storage.Session, x *Extra, o Options) (*storage.Session, *Extra) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "session.dat")
	if f.Shape == Directory {
		path = filepath.Join(t.TempDir(), "directory")
	}
	if err := ExportFile(t.Context(), f.Name, s, x, path, o); err != nil {
		t.Fatalf("export %s: %v", f.Name, err)
	}
	if name, err := Detect(t.Context(), Source{Path: path}); err != nil || name != f.Name {
		t.Errorf("a session of %s was detected as %q, %v", f.Name, name, err)
	}
	got, extra, err := Import(t.Context(), "", Source{Path: path}, o)
	if err != nil {
		t.Fatalf("import %s: %v", f.Name, err)
	}
	return got, extra
}

func show(s *storage.Session, x *Extra) string {
	var b strings.Builder
	for _, dc := range s.DataCenters {
		fmt.Fprintf(&b, "%d %q %q %x %d %v %v\n", dc.ID, dc.IPv4, dc.IPv6, KeyID(dc.AuthKey), dc.Salt, dc.Authorized, dc.Test)
	}
	fmt.Fprintf(&b, "%+v\n%+v\n%+v", *s.User, s.State, *x)
	return b.String()
}

func compare(t *testing.T, got *storage.Session, gotExtra *Extra, want *storage.Session, wantExtra *Extra) {
	t.Helper()
	if !reflect.DeepEqual(got, want) || !reflect.DeepEqual(gotExtra, wantExtra) {
		t.Errorf("got\n%s\nwant\n%s", show(got, gotExtra), show(want, wantExtra))
	}
}

// Every format gives back what it says to keep.
func TestRoundTrip(t *testing.T) {
	for _, f := range Formats() {
		for name, make := range samples() {
			s, x := make()
			if !writable(f, s, x) {
				continue
			}
			for _, key := range []string{"", "a key"} {
				if key != "" && f.Shape != Directory && f.Name != "tdjson" {
					continue // it is not encrypted
				}
				t.Run(f.Name+"/"+name+"/"+key, func(t *testing.T) {
					o := Options{Key: []byte(key), Passcode: []byte(key)}
					got, gotExtra := through(t, f, s, x, o)
					want, wantExtra := expected(s, x, f)
					compare(t, got, gotExtra, want, wantExtra)
				})
			}
		}
	}
}

// A session goes from any format into any other, and what both keep arrives.
func TestEveryPair(t *testing.T) {
	for _, name := range []string{"full", "user", "nobody", "test"} {
		s, x := samples()[name]()
		for _, from := range Formats() {
			if !writable(from, s, x) {
				continue
			}
			middle, middleExtra := throughData(t, from, s, x)
			for _, to := range Formats() {
				if !writable(to, middle, middleExtra) {
					continue
				}
				t.Run(name+"/"+from.Name+"/"+to.Name, func(t *testing.T) {
					got, gotExtra := throughData(t, to, middle, middleExtra)
					want, wantExtra := expected(middle, middleExtra, to)
					compare(t, got, gotExtra, want, wantExtra)
					if k := KeyID(got.DataCenters[slices.IndexFunc(got.DataCenters, func(dc storage.DataCenter) bool {
						return dc.ID == s.User.DC
					})].AuthKey); k != KeyID(mustHome(t, s).AuthKey) {
						t.Errorf("key %x arrived as %x", KeyID(mustHome(t, s).AuthKey), k)
					}
				})
			}
		}
	}
}

func mustHome(t *testing.T, s *storage.Session) *storage.DataCenter {
	t.Helper()
	home, err := homeOf(s)
	if err != nil {
		t.Fatal(err)
	}
	return home
}

// Texts and files are the same as data; directories and this library's own database have paths alone.
func TestData(t *testing.T) {
	s, x := full()
	for _, f := range Formats() {
		if f.Shape == Directory || f.Name == "tdjson" {
			if _, err := Export(t.Context(), f.Name, s, x, Options{}); !errors.Is(err, ErrUnsupported) {
				t.Errorf("%s as data: %v", f.Name, err)
			}
			continue
		}
		data, err := Export(t.Context(), f.Name, s, x, Options{})
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		if name, err := Detect(t.Context(), Source{Data: data}); err != nil || name != f.Name {
			t.Errorf("data of %s was detected as %q, %v", f.Name, name, err)
		}
		got, gotExtra, err := Import(t.Context(), f.Name, Source{Data: data}, Options{})
		if err != nil {
			t.Fatalf("%s: %v", f.Name, err)
		}
		want, wantExtra := expected(s, x, f)
		compare(t, got, gotExtra, want, wantExtra)
	}
}

func TestLost(t *testing.T) {
	s, x := full()
	for _, f := range Formats() {
		if !writable(f, s, x) {
			continue
		}
		all := PartUser | PartUsername | PartAddress | PartAddresses | PartSalt | PartKeys | PartState | PartChannels | PartAPIID
		if lost, err := Lost(f.Name, s, x); err != nil || lost != all&^f.Keeps {
			t.Errorf("%s loses %v, %v; want %v", f.Name, lost, err, all&^f.Keeps)
		}
	}
	if Part(1<<20-1).String() == "" || !strings.Contains((PartSalt|PartUser).String(), "salt") {
		t.Error("parts have no names")
	}
}

// What can't be written is refused, with what is to be done.
func TestExportErrors(t *testing.T) {
	s, x := full()
	nobody, _ := samples()["nobody"]()
	unknownDC := alone(storage.DataCenter{ID: 9, AuthKey: fakeKey(1)}, storage.User{ID: 1})
	largeDC := alone(storage.DataCenter{ID: 300, IPv4: "1.2.3.4:443", AuthKey: fakeKey(1)}, storage.User{ID: 1})
	test, _ := samples()["test"]()
	test.User.Bot = false
	var needs *NeedsError
	for _, c := range []struct {
		format string
		s      *storage.Session
		x      *Extra
		want   error
		text   string
	}{
		{"nothing", s, x, ErrUnknown, `format "nothing"`},
		{"telethon", nil, nil, ErrNotLoggedIn, "no user"},
		{"telethon", &storage.Session{User: &storage.User{DC: 2}}, nil, ErrNotLoggedIn, "no key of data center 2"},
		{"pyrogram-string", nobody, nil, needs, "the user's ID"},
		{"telethon", unknownDC, nil, nil, "address of data center 9"},
		{"telethon-string", largeDC, nil, nil, "data center 300"},
		{"pyrogram-string", s, &Extra{APIID: -1}, nil, "-1 is no API ID"},
		{"tdata", s, nil, ErrUnsupported, "bot"},
		{"tdata", test, nil, ErrUnsupported, "test servers"},
		{"telethon", &storage.Session{DataCenters: []storage.DataCenter{{ID: 1, AuthKey: []byte{1}}}}, nil, nil, "has 1 bytes"},
	} {
		err := ExportFile(t.Context(), c.format, c.s, c.x, filepath.Join(t.TempDir(), "x"), Options{})
		if err == nil || !strings.Contains(err.Error(), c.text) {
			t.Errorf("%s: %v does not say %q", c.format, err, c.text)
		}
		if e, ok := c.want.(*NeedsError); ok && !errors.As(err, &e) || !ok && c.want != nil && !errors.Is(err, c.want) {
			t.Errorf("%s: %v is not %v", c.format, err, c.want)
		}
	}
}

// Files are their owner's alone, appear whole, and are not replaced unasked.
func TestFiles(t *testing.T) {
	s, x := samples()["user"]()
	for _, f := range Formats() {
		dir := t.TempDir()
		path := filepath.Join(dir, "x.dat")
		if err := ExportFile(t.Context(), f.Name, s, x, path, Options{}); err != nil {
			t.Fatal(err)
		}
		var files []string
		err := filepath.Walk(dir, func(name string, info os.FileInfo, err error) error {
			if err == nil && info.Mode().IsRegular() {
				if files = append(files, name); info.Mode().Perm() != 0o600 {
					t.Errorf("%s: %s has mode %v", f.Name, name, info.Mode())
				}
			}
			return err
		})
		if err != nil || f.Shape != Directory && len(files) != 1 {
			t.Errorf("%s: files %q, %v", f.Name, files, err)
		}
		before, err := os.ReadFile(files[0])
		if err != nil {
			t.Fatal(err)
		}
		if err := ExportFile(t.Context(), f.Name, s, x, path, Options{}); !errors.Is(err, os.ErrExist) {
			t.Errorf("%s: over another: %v", f.Name, err)
		}
		if after, _ := os.ReadFile(files[0]); !bytes.Equal(before, after) {
			t.Errorf("%s: %s was changed", f.Name, files[0])
		}
		err = ExportFile(t.Context(), f.Name, s, x, path, Options{Overwrite: true})
		if f.Shape == Directory && !errors.Is(err, os.ErrExist) || f.Shape != Directory && err != nil {
			t.Errorf("%s: over another that may be replaced: %v", f.Name, err)
		}
	}
}

func timeOf(second int64) time.Time { return time.Unix(1_700_000_000+second, 0) }
