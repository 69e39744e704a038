package transfer

import (
	"bytes"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tdjson/storage"
)

// pair is the record of one value.
func pair(id uint64, flags int32, name, text string) []byte {
	return appendRecord(nil, record{id: id, kind: recordValue, flags: flags, payload: appendTL(appendTL(nil, []byte(name)), []byte(text))})
}

func erased(id uint64) []byte {
	return appendRecord(nil, record{id: id, kind: recordErased, flags: flagRewrite})
}

func other(id uint64) []byte {
	return appendRecord(nil, record{id: id, kind: 0x100, payload: make([]byte, 8)})
}

// Records make values as TDLib reads them.
func TestBinlog(t *testing.T) {
	broken := pair(9, 0, "z", "26")
	broken[30] ^= 1
	for _, c := range []struct {
		name    string
		records [][]byte
		want    map[string]string
		stopped string
	}{
		{"nothing", nil, map[string]string{}, ""},
		{"values", [][]byte{pair(1, 0, "a", "1"), pair(2, 0, "b", "")}, map[string]string{"a": "1", "b": ""}, ""},
		{"a rewrite", [][]byte{pair(1, 0, "a", "1"), pair(1, flagRewrite, "a", "2")}, map[string]string{"a": "2"}, ""},
		{"a rewrite of nothing", [][]byte{pair(1, flagRewrite, "a", "2")}, map[string]string{"a": "2"}, ""},
		{"an erased value", [][]byte{pair(1, 0, "a", "1"), pair(2, 0, "b", "2"), erased(1)}, map[string]string{"b": "2"}, ""},
		{"an erased value that was not there", [][]byte{erased(7), pair(1, 0, "a", "1")}, map[string]string{"a": "1"}, ""},
		{"the same name again", [][]byte{pair(1, 0, "a", "1"), erased(1), pair(2, 0, "a", "2")}, map[string]string{"a": "2"}, ""},
		{"other records", [][]byte{other(1), pair(2, 0, "a", "1"), other(3)}, map[string]string{"a": "1"}, ""},
		{"partial records", [][]byte{pair(1, flagPartial, "a", "1"), pair(2, 0, "b", "2")}, map[string]string{"a": "1", "b": "2"}, ""},
		{"partial records alone", [][]byte{pair(1, 0, "a", "1"), pair(2, flagPartial, "b", "2")}, map[string]string{"a": "1"}, ""},
		{"a torn record", [][]byte{pair(1, 0, "a", "1"), pair(2, 0, "b", "2")[:39]}, map[string]string{"a": "1"}, "at byte 40 of 79: it ends too early"},
		{"a torn length", [][]byte{pair(1, 0, "a", "1"), {40, 0}}, map[string]string{"a": "1"}, "at byte 40 of 42: it ends too early"},
		{"zeros", [][]byte{pair(1, 0, "a", "1"), make([]byte, 64)}, map[string]string{"a": "1"}, "at byte 40 of 104: a record can't have 0 bytes"},
		{"an odd length", [][]byte{pair(1, 0, "a", "1"), append([]byte{41, 0, 0, 0}, make([]byte, 64)...)}, map[string]string{"a": "1"}, "a record can't have 41 bytes"},
		{"a huge length", [][]byte{append([]byte{0, 0, 0, 0xff}, make([]byte, 64)...)}, map[string]string{}, "a record can't have 4278190080 bytes"},
		{"a wrong checksum", [][]byte{pair(1, 0, "a", "1"), broken}, map[string]string{"a": "1"}, "at byte 40 of 80: the checksum of a record is wrong"},
	} {
		plain := bytes.Join(c.records, nil)
		b, err := readBinlog(plain, nil)
		if err != nil || !maps.Equal(b.values, c.want) || (b.stopped == nil) != (c.stopped == "") || b.stopped != nil && !strings.Contains(b.stopped.Error(), c.stopped) {
			t.Errorf("%s: %v, stopped: %v, %v", c.name, b.values, b.stopped, err)
		}
	}
	if _, err := readBinlog(appendRecord(nil, record{id: 1, kind: recordValue, payload: []byte{9, 0, 0, 0}}), nil); !errors.Is(err, storage.ErrCorrupt) {
		t.Errorf("a value that is not whole: %v", err)
	}
	if _, err := readBinlog(pair(1, 0, "", "text"), nil); !errors.Is(err, storage.ErrCorrupt) {
		t.Errorf("a value without a name: %v", err)
	}
}

// Only the right key opens a binlog, and errors say which one that is.
func TestBinlogKey(t *testing.T) {
	values := []value{{"a", "1"}}
	for _, c := range []struct{ made, given, text string }{
		{"", "", ""}, {"key", "key", ""},
		{"", "key", "it was made without a key"},
		{"key", "", "it was made with a database_encryption_key"},
		{"key", "other", "give the database_encryption_key"},
		{"", emptyKey, ""}, // which is how TDLib has no key
	} {
		data, err := writeBinlog(values, []byte(c.made))
		if err != nil {
			t.Fatal(err)
		}
		b, err := readBinlog(data, []byte(c.given))
		switch {
		case c.text == "" && (err != nil || b.values["a"] != "1"):
			t.Errorf("made with %q, read with %q: %v", c.made, c.given, err)
		case c.text != "" && (!errors.Is(err, storage.ErrWrongKey) || !strings.Contains(err.Error(), c.text)):
			t.Errorf("made with %q, read with %q: %v does not say %q", c.made, c.given, err, c.text)
		}
	}
	data, err := writeBinlog(values, nil)
	if err != nil {
		t.Fatal(err)
	}
	if again, _ := writeBinlog(values, nil); bytes.Equal(again[:128], data[:128]) {
		t.Error("two binlogs have the same salt")
	}
	short := appendRecord(nil, record{kind: recordCipher, payload: []byte{0, 0, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0}})
	if _, err := readBinlog(short, nil); !errors.Is(err, storage.ErrCorrupt) {
		t.Errorf("a short record of encryption: %v", err)
	}
	twice, err := readBinlog(slices.Concat(data[:128], mustXor(t, data, slices.Concat(data[:128], pair(9, 0, "b", "2")))), nil)
	if err != nil || twice.stopped == nil || len(twice.values) != 0 {
		t.Errorf("encrypted twice: %+v, %v", twice, err)
	}
}

// mustXor encrypts what follows the head of a binlog without a key.
func mustXor(t *testing.T, binlog, data []byte) []byte {
	t.Helper()
	r := &reader{buf: binlog[recordHead+4 : 128]}
	salt, iv := r.tl(), r.tl()
	derived, err := deriveKey(nil, salt)
	if err == nil {
		data, err = xorStream(data, derived, iv)
	}
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// Values make a session, or an error that says why not.
func TestTDLibSession(t *testing.T) {
	key := string(appendTDLibKey(nil, &storage.DataCenter{AuthKey: fakeKey(1)}))
	for _, c := range []struct {
		name   string
		values []value
		want   error
		text   string
	}{
		{"nothing", nil, ErrNotLoggedIn, "log in with its own client first"},
		{"a login under way", []value{{"auth_state", "x"}, {"auth2", key}}, ErrNotLoggedIn, ""},
		{"a logout under way", []value{{"auth", "logout"}, {"auth2", key}}, ErrNotLoggedIn, "TDLib is logging it out"},
		{"keys to be destroyed", []value{{"auth", "destroy"}, {"auth2", key}}, ErrNotLoggedIn, "TDLib is logging it out"},
		{"no key", []value{{"auth", "ok"}, {"main_dc_id", "2"}}, ErrNotLoggedIn, "no key of data center 2"},
		{"the key of another", []value{{"auth", "ok"}, {"main_dc_id", "2"}, {"auth4", key}}, ErrNotLoggedIn, "no key of data center 2"},
		{"a key that was dropped", []value{{"auth", "ok"}, {"main_dc_id", "2"}, {"auth2", strings.Repeat("\x00", 16)}}, ErrNotLoggedIn, "no key"},
		{"half a key", []value{{"auth", "ok"}, {"auth1", key[:100]}}, storage.ErrCorrupt, "the key of data center 1"},
		{"a key of another length", []value{{"auth", "ok"}, {"auth1", strings.Repeat("\x00", 12) + "\x03key"}}, storage.ErrCorrupt, "the key of data center 1"},
		{"another key than its ID says", []value{{"auth", "ok"}, {"auth1", "x" + key[1:]}}, storage.ErrCorrupt, "its ID"},
		{"an impossible user", []value{{"auth", "ok"}, {"auth1", key}, {"my_id", "1234567890123"}}, storage.ErrCorrupt, "1234567890123"},
		{"the least", []value{{"auth", "ok"}, {"auth1", key}}, nil, ""},
		{"much else", []value{
			{"auth", "ok"}, {"auth1", key}, {"auth_is_bot", "true"}, {"auth01", "x"}, {"auth1001", "x"}, {"auth-1", "x"}, {"ch.px", "1"}, {"ch.p-5", "1"}, {"salt1", "x"},
		}, nil, ""},
	} {
		data, err := writeBinlog(c.values, nil)
		if err != nil {
			t.Fatal(err)
		}
		s, _, err := Import(t.Context(), "tdlib", Source{Data: data}, Options{})
		if c.want == nil && (err != nil || s.User.DC != 1 || KeyID(s.DataCenters[0].AuthKey) != KeyID(fakeKey(1)) || !s.DataCenters[0].Authorized) {
			t.Errorf("%s: %v", c.name, err)
		}
		if c.want != nil && (!errors.Is(err, c.want) || !strings.Contains(err.Error(), c.text)) {
			t.Errorf("%s: %v does not say %q", c.name, err, c.text)
		}
	}
}

// A binlog that was cut short is a session as long as the session is in it.
func TestTornTDLib(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "fixtures", "tdlib", "td.binlog"))
	if err != nil {
		t.Fatal(err)
	}
	for n := range data {
		if n%97 != 0 && n > 200 {
			continue
		}
		_, _, err := Import(t.Context(), "tdlib", Source{Data: data[:n]}, Options{})
		if err != nil && !errors.Is(err, storage.ErrCorrupt) && !errors.Is(err, ErrNotLoggedIn) {
			t.Errorf("%d bytes: %v", n, err)
		}
		if n > len(data)-97 && err != nil {
			t.Errorf("%d of %d bytes: %v", n, len(data), err)
		}
		if n > 0 && n < 500 && err == nil {
			t.Errorf("%d bytes made a session", n)
		}
	}
}

// In a directory the binlog is found as TDLib finds it, and no other database of TDLib is spoiled.
func TestTDLibDirectory(t *testing.T) {
	dir := t.TempDir()
	if _, _, err := Import(t.Context(), "tdlib", Source{Path: dir}, Options{}); err == nil || !strings.Contains(err.Error(), "td.binlog") {
		t.Errorf("an empty directory: %v", err)
	}
	if _, err := Detect(t.Context(), Source{Path: dir}); !errors.Is(err, ErrUnknown) {
		t.Errorf("an empty directory was detected: %v", err)
	}
	production, x := full()
	if err := ExportFile(t.Context(), "tdlib", production, x, dir, Options{}); err != nil {
		t.Fatal(err)
	}
	test, x := samples()["test"]()
	test.User.ID = 4
	if err := ExportFile(t.Context(), "tdlib", test, x, dir, Options{}); err != nil {
		t.Fatalf("beside the one of the other servers: %v", err)
	}
	for _, want := range []*storage.Session{production, test} {
		o := Options{Test: want == test}
		got, _, err := Import(t.Context(), "tdlib", Source{Path: dir}, o)
		if err != nil || got.User.ID != want.User.ID || got.DataCenters[0].Test != o.Test {
			t.Errorf("test %v: %v", o.Test, err)
		}
	}
	one := filepath.Join(dir, "td_test.binlog")
	if got, _, err := Import(t.Context(), "tdlib", Source{Path: one}, Options{}); err != nil || !got.DataCenters[0].Test {
		t.Errorf("a file: %v", err)
	}
	// TDLib died while it replaced the file
	if err := os.Rename(one, one+".new"); err != nil {
		t.Fatal(err)
	}
	if got, _, err := Import(t.Context(), "tdlib", Source{Path: dir}, Options{Test: true}); err != nil || !got.DataCenters[0].Test {
		t.Errorf("the new file: %v", err)
	}
	for _, name := range []string{"td.binlog", "td.binlog.new", "db.sqlite"} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := ExportFile(t.Context(), "tdlib", production, x, dir, Options{Overwrite: true}); !errors.Is(err, os.ErrExist) {
			t.Errorf("beside %s: %v", name, err)
		}
	}
	file := filepath.Join(dir, "copy.binlog")
	if err := ExportFile(t.Context(), "tdlib", production, x, file, Options{}); err != nil {
		t.Fatal(err)
	}
	if got, _, err := Import(t.Context(), "", Source{Path: file}, Options{}); err != nil || got.User.ID != production.User.ID {
		t.Errorf("a file: %v", err)
	}
}
