package transfer

import (
	"bytes"
	"compress/gzip"
	"encoding/binary"
	"io"
	"os"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"tdjson/storage"
)

// sound holds what was read to what Import promises, and to being written again.
func sound(t *testing.T, format string, s *storage.Session, x *Extra, err error) {
	t.Helper()
	if err != nil {
		return
	}
	home, err := homeOf(s)
	if err != nil || !home.Authorized || check(s) != nil || x == nil {
		t.Fatalf("%s: an unsound session: %v, %v", format, err, check(s))
	}
	for i := range s.DataCenters {
		if len(s.DataCenters[i].AuthKey) != storage.AuthKeyLen || i > 0 && s.DataCenters[i].ID <= s.DataCenters[i-1].ID {
			t.Fatalf("%s: data center %d", format, s.DataCenters[i].ID)
		}
	}
	c, err := find(format)
	if err != nil || c.write == nil {
		return
	}
	data, err := Export(t.Context(), format, s, x, Options{})
	if err != nil {
		return // a data center without a known address, an API ID of no use
	}
	again, _, err := Import(t.Context(), format, Source{Data: data}, Options{Test: home.Test})
	if err != nil || KeyID(mustHome(t, again).AuthKey) != KeyID(home.AuthKey) || again.User.ID != s.User.ID && c.Keeps&PartUser != 0 {
		t.Fatalf("%s: it can't be read again: %v", format, err)
	}
}

func FuzzText(f *testing.F) {
	for _, format := range textFormats() {
		f.Add([]byte(exported(f, format)))
	}
	f.Add([]byte("1"))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range textFormats() {
			s, x, err := Import(t.Context(), format, Source{Data: data}, Options{})
			sound(t, format, s, x, err)
			if err != nil && len(data) > 100 && leaks(err, string(data)) {
				t.Fatalf("%s: %v tells of %q", format, err, data)
			}
		}
	})
}

func FuzzGotd(f *testing.F) {
	f.Add([]byte(exported(f, "gotd")))
	f.Fuzz(func(t *testing.T, data []byte) {
		s, x, err := Import(t.Context(), "gotd", Source{Data: data}, Options{})
		sound(t, "gotd", s, x, err)
	})
}

func FuzzDetect(f *testing.F) {
	for _, name := range []string{"telethon-string", "telethon", "gotd"} {
		f.Add([]byte(exported(f, name)))
	}
	f.Add(pair(1, 0, "a", "b"))
	f.Fuzz(func(t *testing.T, data []byte) {
		name, err := Detect(t.Context(), Source{Data: data})
		if (name == "") != (err != nil) {
			t.Fatalf("%q, %v", name, err)
		}
		if err == nil && name != "tdjson" {
			s, x, err := Import(t.Context(), name, Source{Data: data}, Options{})
			sound(t, name, s, x, err)
		}
	})
}

// FuzzBinlog reads bytes as a binlog, and as the payloads of one whose records are whole.
func FuzzBinlog(f *testing.F) {
	for _, dir := range []string{"tdlib", "tdlib-key"} {
		data, err := os.ReadFile(filepath.Join("testdata", "fixtures", dir, "td.binlog"))
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Add([]byte{1, 0, 8, 1, 'a', 0, 0, 1, 'b', 0, 0, 1, 1, 0, 3, 0, 12})
	f.Fuzz(func(t *testing.T, data []byte) {
		s, x, err := Import(t.Context(), "tdlib", Source{Data: data}, Options{})
		sound(t, "tdlib", s, x, err)
		s, x, err = Import(t.Context(), "tdlib", Source{Data: recordsOf(data)}, Options{})
		sound(t, "tdlib", s, x, err)
	})
}

// recordsOf makes records of bytes: ID, flags, kind, length, and four times as many bytes of payload.
func recordsOf(data []byte) []byte {
	kinds := []int32{recordValue, recordErased, recordCipher, -1, -4, 0x1f18, 5}
	var b []byte
	for len(data) > 4 {
		n := min(4*int(data[3]), (len(data)-4)&^3)
		b = appendRecord(b, record{
			id: uint64(data[0]), flags: int32(data[1]), kind: kinds[int(data[2])%len(kinds)], payload: data[4 : 4+n],
		})
		data = data[4+n:]
	}
	return b
}

func FuzzTDLibValues(f *testing.F) {
	key := string(appendTDLibKey(nil, &storage.DataCenter{AuthKey: fakeKey(1), Authorized: true}))
	f.Add("2", key, string(appendSalt(nil, 5, time.Now())), "123", "77", "5")
	f.Add("", key[:9], "\xff\xff\xff\xff", "user123", "-1", "x")
	f.Fuzz(func(t *testing.T, dc, key, salt, me, channel, pts string) {
		data, err := writeBinlog([]value{
			{"auth", "ok"}, {"main_dc_id", dc}, {"auth" + dc, key}, {"salt" + dc, salt}, {"my_id", me},
			{"ch.p" + channel, pts}, {"updates.pts", pts}, {"updates.qts", channel}, {"updates.date", me},
		}, nil)
		if err != nil {
			t.Fatal(err)
		}
		s, x, err := Import(t.Context(), "tdlib", Source{Data: data}, Options{})
		sound(t, "tdlib", s, x, err)
	})
}

func FuzzDatabase(f *testing.F) {
	paths, err := filepath.Glob(filepath.Join("testdata", "fixtures", "*.session.gz"))
	if err != nil || len(paths) == 0 {
		f.Fatal(paths, err)
	}
	for _, path := range paths {
		packed, err := os.ReadFile(path)
		if err != nil {
			f.Fatal(err)
		}
		r, err := gzip.NewReader(bytes.NewReader(packed))
		if err != nil {
			f.Fatal(err)
		}
		data, err := io.ReadAll(r)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, format := range []string{"telethon", "telethon2", "pyrogram", "kurigram", "mtcute", "grammers"} {
			s, x, err := Import(t.Context(), format, Source{Data: data}, Options{})
			sound(t, format, s, x, err)
		}
	})
}

// FuzzMtcuteValues reads what mtcute keeps as bytes in its database.
func FuzzMtcuteValues(f *testing.F) {
	s, x := full()
	_, out, err := prepare("mtcute", s, x, Options{})
	if err != nil {
		f.Fatal(err)
	}
	server, err := mtcuteServer(out.home)
	if err != nil {
		f.Fatal(err)
	}
	f.Add(server, appendMtcuteMe(nil, out), []byte{1, 0, 0, 0}, "77")
	f.Add([]byte{2, 2}, []byte{1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff}, []byte{1}, "-")
	f.Fuzz(func(t *testing.T, server, me, number []byte, channel string) {
		list := []statement{
			{sql: "CREATE TABLE auth_keys (dc INTEGER PRIMARY KEY, key BLOB)"}, {sql: "CREATE TABLE key_value (key TEXT, value BLOB)"},
			{"INSERT INTO auth_keys VALUES (2, ?)", []any{fakeKey(2)}},
		}
		for name, data := range map[string][]byte{mtcuteMain: server, mtcuteMe: me, mtcuteState + "pts": number, mtcuteChannels + channel: number} {
			list = append(list, statement{"INSERT INTO key_value VALUES (?, ?)", []any{name, data}})
		}
		data, err := buildDatabase(t.Context(), list)
		if err != nil {
			t.Fatal(err)
		}
		s, x, err := Import(t.Context(), "mtcute", Source{Data: data}, Options{})
		sound(t, "mtcute", s, x, err)
	})
}

// FuzzTData reads bytes as files of Telegram Desktop, and as what is encrypted in them.
func FuzzTData(f *testing.F) {
	dir := filepath.Join("testdata", "fixtures", "tdata")
	var files [][]byte
	for _, name := range []string{"key_datas", "D877F783D5D3EF8Cs", "D877F783D5D3EF8C/maps"} {
		data, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			f.Fatal(err)
		}
		files = append(files, data)
	}
	s, x := samples()["user"]()
	_, out, err := prepare("tdata", s, x, Options{})
	if err != nil {
		f.Fatal(err)
	}
	f.Add(files[0], files[1], files[2])
	f.Add(tdataAccounts(), tdataLogin(out), appendArrays(nil, make([]byte, 8)))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff}, []byte{0, 0, 0, tdataAuth}, []byte{})
	f.Fuzz(func(t *testing.T, first, second, third []byte) {
		raw := fstest.MapFS{"key_datas": {Data: first}, "D877F783D5D3EF8Cs": {Data: second}, "D877F783D5D3EF8C/configs": {Data: third}}
		desktop(t, raw)
		key := fakeKey(3)
		outer, err := tdataPasscodeKey(nil, nil)
		if err != nil {
			t.Fatal(err)
		}
		sealed := fstest.MapFS{}
		sealed["key_datas"] = &fstest.MapFile{Data: appendTDF(appendArrays(nil, nil, seal(t, key, outer), seal(t, first, key)))}
		sealed["D877F783D5D3EF8Cs"] = &fstest.MapFile{Data: appendTDF(appendArrays(nil, seal(t, second, key)))}
		sealed["D877F783D5D3EF8C/configs"] = &fstest.MapFile{Data: appendTDF(appendArrays(nil, seal(t, third, key)))}
		desktop(t, sealed)
	})
}

func seal(t *testing.T, data, key []byte) []byte {
	t.Helper()
	sealed, err := encryptLocal(data, key)
	if err != nil {
		t.Fatal(err)
	}
	return sealed
}

func desktop(t *testing.T, dir fstest.MapFS) {
	t.Helper()
	d, err := openTData(dir, nil)
	if err != nil {
		return
	}
	for _, index := range d.accounts {
		s, err := d.account(index)
		if err == nil {
			err = settle(s)
		}
		sound(t, "tdata", s, &Extra{}, err)
	}
}

// FuzzTL reads TL strings: whatever is cut off was there.
func FuzzTL(f *testing.F) {
	f.Add([]byte{1, 'a', 0, 0, 254, 1, 0, 0, 'b'}, 3)
	f.Fuzz(func(t *testing.T, data []byte, n int) {
		r := &reader{buf: data}
		for range n & 15 {
			if b := r.tl(); r.err != nil && b != nil {
				t.Fatal("bytes and an error")
			}
		}
		r.uint64(binary.LittleEndian)
		if text := appendTL(nil, data); len(text)%4 != 0 || !bytes.Equal((&reader{buf: text}).tl(), data) {
			t.Fatalf("%x does not come back", data)
		}
	})
}
