package transfer

import (
	"encoding/base64"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/fstest"

	"tdjson/storage"
)

// exported is a session string.
func exported(t testing.TB, format string) string {
	t.Helper()
	s, x := full()
	data, err := Export(t.Context(), format, s, x, Options{})
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// leaks says whether an error tells any of a secret.
func leaks(err error, secret string) bool {
	const piece = 12
	for i := 0; i+piece <= len(secret); i += 4 {
		if strings.Contains(err.Error(), secret[i:i+piece]) {
			return true
		}
	}
	return false
}

func textFormats() []string {
	var list []string
	for _, f := range Formats() {
		if f.Shape == Text {
			list = append(list, f.Name)
		}
	}
	return list
}

// Strings are taken as people copy them: with white space, padding or the other alphabet.
func TestLenientText(t *testing.T) {
	for _, format := range textFormats() {
		text := exported(t, format)
		other := strings.NewReplacer("-", "+", "_", "/").Replace(text)
		for _, given := range []string{" " + text + "\r\n", strings.TrimRight(text, "="), text + strings.Repeat("=", -len(text)&3), other} {
			got, _, err := Import(t.Context(), "", Source{Data: []byte(given)}, Options{})
			if err != nil || KeyID(mustHome(t, got).AuthKey) != KeyID(fakeKey(2)) {
				t.Errorf("%s: %v", format, err)
			}
		}
	}
}

// A string that is cut or changed is an error that tells none of it, whether it came as data or, by mistake, as a path.
func TestBrokenText(t *testing.T) {
	for _, format := range textFormats() {
		text := exported(t, format)
		for n := range len(text) {
			for _, given := range []string{text[:n], text[:n] + "!" + text[n+1:], text[n:]} {
				if given == text {
					continue
				}
				_, _, err := Import(t.Context(), format, Source{Data: []byte(given)}, Options{})
				if strings.TrimRight(given, "=") == strings.TrimRight(text, "=") {
					continue
				}
				// cut to the length of Pyrogram's older strings it may be one of them
				if err == nil && len(given) != len(text) && !(format == "pyrogram-string" && (len(given) == 351 || len(given) == 356)) {
					t.Fatalf("%s: %d of %d characters made a session", format, len(given), len(text))
				}
				if err != nil && (leaks(err, text) || !errors.Is(err, storage.ErrCorrupt) && !errors.Is(err, ErrNotLoggedIn) && !errors.Is(err, ErrUnsupported)) {
					t.Fatalf("%s: %v", format, err)
				}
			}
		}
		for _, path := range []string{text, text[:120], "/tmp/" + text} {
			if _, err := Detect(t.Context(), Source{Path: path}); err == nil || leaks(err, text) {
				t.Errorf("%s as a path: %v", format, err)
			}
			if _, _, err := Import(t.Context(), format, Source{Path: path}, Options{}); err == nil || leaks(err, text) {
				t.Errorf("%s as a path: %v", format, err)
			}
		}
	}
}

// Strings of one format are refused by the others.
func TestOtherText(t *testing.T) {
	for _, from := range textFormats() {
		text := exported(t, from)
		for _, to := range textFormats() {
			if _, _, err := Import(t.Context(), to, Source{Data: []byte(text)}, Options{}); (err == nil) != (from == to) {
				t.Errorf("%s read as %s: %v", from, to, err)
			}
		}
	}
}

// Addresses that are names of web servers are left out, and so are bad ones.
func TestGramJSName(t *testing.T) {
	for _, host := range []string{"venus.web.telegram.org", "999.1.1.1", "::ffff:1.2.3.4"} {
		data := append([]byte{2, 0, byte(len(host))}, host...)
		data = append(append(data, 0x01, 0xbb), fakeKey(2)...)
		text := "1" + base64.StdEncoding.EncodeToString(data)
		got, _, err := Import(t.Context(), "", Source{Data: []byte(text)}, Options{})
		if err != nil {
			t.Fatal(err)
		}
		want := ""
		if strings.HasPrefix(host, "::ffff:") {
			want = "1.2.3.4:443"
		}
		if dc := got.DataCenters[0]; dc.IPv4 != want || dc.IPv6 != "" || dc.ID != 2 {
			t.Errorf("%s: %q %q", host, dc.IPv4, dc.IPv6)
		}
	}
}

func TestGotdErrors(t *testing.T) {
	good := exported(t, "gotd")
	key := base64.StdEncoding.EncodeToString(fakeKey(2))
	for _, c := range []struct {
		text string
		want error
		says string
	}{
		{`{}`, ErrUnsupported, "version is 0"}, {`{"Version":2}`, ErrUnsupported, "version is 2"},
		{`{"Version":1}`, storage.ErrCorrupt, ""}, {`{"Version":1,"Data":{"DC":2}}`, ErrNotLoggedIn, "no key of data center 2"},
		{`[]`, storage.ErrCorrupt, "another type"}, {`{"Version":`, storage.ErrCorrupt, "byte 11"},
		{`{"Version":1,"Data":{"DC":"` + key + `"}}`, storage.ErrCorrupt, "another type"},
		{`{"Version":1,"Data":{"DC":2,"AuthKey":"` + key[:20] + `!"}}`, storage.ErrCorrupt, ""},
		{`{"Version":1,"Data":{"DC":2,"AuthKey":"` + key + `","AuthKeyID":"AAAAAAAAAAA="}}`, storage.ErrCorrupt, "its ID"},
		{good[:len(good)-9], storage.ErrCorrupt, "byte"},
	} {
		_, _, err := Import(t.Context(), "gotd", Source{Data: []byte(c.text)}, Options{})
		if !errors.Is(err, c.want) && !(c.want == storage.ErrCorrupt && errors.Is(err, ErrNotLoggedIn)) || !strings.Contains(err.Error(), c.says) || leaks(err, key) {
			t.Errorf("%.60s: %v is not %v or does not say %q", c.text, err, c.want, c.says)
		}
	}
}

func TestTDataErrors(t *testing.T) {
	passcode := filepath.Join("testdata", "fixtures", "tdata-passcode")
	plain := filepath.Join("testdata", "fixtures", "tdata")
	for _, c := range []struct {
		path string
		o    Options
		want error
		says string
	}{
		{passcode, Options{}, storage.ErrWrongKey, "it has a local passcode; give it"},
		{passcode, Options{Passcode: []byte("other")}, storage.ErrWrongKey, "another local passcode"},
		{plain, Options{Passcode: []byte("other")}, storage.ErrWrongKey, ""},
		{plain, Options{Account: 2}, nil, "it has 2 accounts, there is no account 2"},
		{plain, Options{Account: -1}, nil, "no account -1"},
		{filepath.Join(plain, "key_datas"), Options{}, nil, "not a directory"},
		{t.TempDir(), Options{}, nil, "key_datas"},
	} {
		_, _, err := Import(t.Context(), "tdata", Source{Path: c.path}, c.o)
		if err == nil || c.want != nil && !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s %+v: %v does not say %q", c.path, c.o, err, c.says)
		}
	}
	if _, _, err := Import(t.Context(), "tdata", Source{Data: []byte("x")}, Options{}); err == nil {
		t.Error("data made a directory")
	}
}

// Of the files that older versions wrote by turns the newer one counts that is whole.
func TestTDataFiles(t *testing.T) {
	older, newer := appendTDF([]byte("older")), appendTDF([]byte("newer"))
	at := func(data []byte, second int64) *fstest.MapFile {
		return &fstest.MapFile{Data: data, ModTime: timeOf(second)}
	}
	for _, c := range []struct {
		name string
		dir  fstest.MapFS
		want string
	}{
		{"the first newer", fstest.MapFS{"x0": at(newer, 2), "x1": at(older, 1)}, "newer"},
		{"the second newer", fstest.MapFS{"x0": at(older, 1), "x1": at(newer, 2)}, "newer"},
		{"the newer torn", fstest.MapFS{"x0": at(older, 1), "x1": at(newer[:20], 2)}, "older"},
		{"a present one", fstest.MapFS{"xs": at(newer, 1), "x0": at(older, 2)}, "newer"},
		{"the present one torn", fstest.MapFS{"xs": at(newer[:30], 1), "x1": at(older, 2)}, "older"},
		{"all torn", fstest.MapFS{"xs": at(newer[:28], 1), "x1": at(append([]byte("?"), older[1:]...), 2)}, ""},
		{"none", fstest.MapFS{}, ""},
	} {
		got, err := readTDF(c.dir, "x")
		if string(got) != c.want || (err == nil) != (c.want != "") {
			t.Errorf("%s: %q, %v", c.name, got, err)
		}
	}
}

// Test accounts, old user IDs, doubled keys and accounts without a user.
func TestTDataAccount(t *testing.T) {
	s, x := samples()["user"]()
	_, out, err := prepare("tdata", s, x, Options{})
	if err != nil {
		t.Fatal(err)
	}
	login := tdataLogin(out)
	key := fakeKey(6)
	dir := fstest.MapFS{}
	put := func(name string, plain []byte) {
		sealed, err := encryptLocal(plain, key)
		if err != nil {
			t.Fatal(err)
		}
		dir[name+"s"] = &fstest.MapFile{Data: appendTDF(appendArrays(nil, sealed))}
	}
	account := &tdata{dir: dir, key: key}
	name := tdataName(0)
	put(name, login)
	put(name+"/config", appendArrays(nil, []byte{0, 0, 0, 1, 0, 0, 0, 1, 9, 9}))
	if got, err := account.account(0); err != nil || got.User.ID != s.User.ID || !got.DataCenters[0].Test || len(got.DataCenters) != 3 {
		t.Errorf("a test account: %+v, %v", got, err)
	}
	old := appendArrays([]byte{0, 0, 0, tdataAuth}, append(append([]byte{0, 0, 0, 7, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 2}, fakeKey(1)...), append([]byte{0, 0, 0, 2}, fakeKey(2)...)...))
	put(name, old)
	put(name+"/config", nil)
	got, err := account.account(0)
	if err != nil || got.User.ID != 7 || got.User.DC != 2 || len(got.DataCenters) != 1 || KeyID(got.DataCenters[0].AuthKey) != KeyID(fakeKey(1)) || got.DataCenters[0].Test {
		t.Errorf("an old account: %+v, %v", got, err)
	}
	for what, plain := range map[string][]byte{
		"another setting": appendArrays([]byte{0, 0, 0, 1}, nil), "nothing": nil, "half": login[:len(login)/2],
		"no user": appendArrays([]byte{0, 0, 0, tdataAuth}, make([]byte, 16)),
	} {
		put(name, plain)
		if _, err := account.account(0); !errors.Is(err, storage.ErrCorrupt) && !errors.Is(err, ErrNotLoggedIn) {
			t.Errorf("%s: %v", what, err)
		}
	}
	if tdataName(0) != "D877F783D5D3EF8C" || tdataName(1) != "A7FDF864FBC10B77" {
		t.Errorf("accounts are in %s and %s", tdataName(0), tdataName(1))
	}
}

// Sources that are no sessions.
func TestSources(t *testing.T) {
	dir := t.TempDir()
	large := filepath.Join(dir, "large")
	if err := os.WriteFile(large, make([]byte, maxText+1), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, src := range []Source{{}, {Path: dir}, {Path: large}, {Path: filepath.Join(dir, "none")}, {Data: []byte(" \n")}, {Path: os.DevNull}} {
		if name, err := Detect(t.Context(), src); err == nil {
			t.Errorf("%+v was detected as %s", src.Path, name)
		}
		for _, f := range Formats() {
			if _, _, err := Import(t.Context(), f.Name, src, Options{}); err == nil {
				t.Errorf("%q read as %s", src.Path, f.Name)
			}
		}
	}
	if entries, _ := os.ReadDir(dir); len(entries) != 1 {
		t.Errorf("reading made files: %v", entries)
	}
	if _, _, err := Import(t.Context(), "what", Source{}, Options{}); !errors.Is(err, ErrUnknown) {
		t.Errorf("an unknown format: %v", err)
	}
}
