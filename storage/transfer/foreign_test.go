package transfer

import (
	"bytes"
	"compress/gzip"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"io"

	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"tdjson/storage"
)

// What the scripts in testdata/foreign let other clients write: full, as far as
// the client keeps it, at the address that it was given.
type fixture struct {
	name    string // in testdata/fixtures
	format  string
	options Options
	change  func(s *storage.Session, x *Extra)
}

func fixtures() []fixture {
	noState := func(s *storage.Session, _ *Extra) { s.State = nil }
	testUser := func(s *storage.Session, x *Extra) {
		s.DataCenters[0].Test = true
		s.User.Bot = false
	}
	list := []fixture{
		{name: "telethon7.session", format: "telethon"},
		{name: "telethon10.session", format: "telethon2", change: func(s *storage.Session, _ *Extra) {
			s.DataCenters[0].IPv4 = "149.154.175.53:443"
			s.DataCenters[1].IPv6 = "[2001:67c:4e8:f002::a]:443"
		}},
		{name: "telethon4.txt", format: "telethon-string"},
		{name: "telethon6.txt", format: "telethon-string", change: func(s *storage.Session, _ *Extra) {
			s.DataCenters[0].IPv4, s.DataCenters[0].IPv6 = "", "[2001:67c:4e8:f002::a]:443"
		}},
		{name: "pyrogram.session", format: "pyrogram"},
		{name: "pyrogram2.session", format: "pyrogram", change: func(s *storage.Session, x *Extra) {
			testUser(s, x)
			x.APIID = 0
		}},
		{name: "pyrogram2to3.session", format: "pyrogram", change: testUser},
		{name: "pyrofork.session", format: "pyrogram", change: func(s *storage.Session, _ *Extra) {
			f, _ := full()
			s.State = f.State
		}},
		{name: "kurigram.session", format: "kurigram", change: func(s *storage.Session, _ *Extra) {
			s.DataCenters[0].IPv4 = "" // of version 6, before addresses
		}},
		{name: "pyrogram.txt", format: "pyrogram-string"},
		{name: "kurigram.txt", format: "pyrogram-string"},
		{name: "pyrofork.txt", format: "pyrogram-string"},
		{name: "pyrogram351.txt", format: "pyrogram-string", change: func(s *storage.Session, x *Extra) {
			testUser(s, x)
			s.User.ID, x.APIID = 123456789, 0
		}},
		{name: "pyrogram356.txt", format: "pyrogram-string", change: func(s *storage.Session, x *Extra) {
			testUser(s, x)
			x.APIID = 0
		}},
		{name: "gramjs.txt", format: "gramjs-string"},
		{name: "gramjs6.txt", format: "gramjs-string", change: func(s *storage.Session, _ *Extra) {
			s.DataCenters[0].IPv4, s.DataCenters[0].IPv6 = "", "[2001:67c:4e8:f002::a]:443"
		}},
		{name: "mtkruto.txt", format: "mtkruto-string"},
		{name: "mtkruto-test.txt", format: "mtkruto-string", change: func(s *storage.Session, _ *Extra) { s.DataCenters[0].Test = true }},
		{name: "mtcute.txt", format: "mtcute-string"},
		{name: "mtcute.session", format: "mtcute", change: func(_ *storage.Session, x *Extra) {
			x.Premium, x.Usernames = true, []string{"fake_bot", "other_bot"}
		}},
		{name: "tdata", format: "tdata", change: mtcuteDesktop},
		{name: "tdata-passcode", format: "tdata", options: Options{Passcode: []byte("a passcode")}, change: mtcuteDesktop},
		{name: "tdata", format: "tdata", options: Options{Account: 1}, change: func(s *storage.Session, x *Extra) {
			mtcuteDesktop(s, x)
			s.User.ID, s.DataCenters[0].AuthKey = 5, fakeKey(1)
		}},
		{name: "tdlib", format: "tdlib", change: tdlibFixture},
		{name: "tdlib-key", format: "tdlib", options: Options{Key: []byte("fixture key")}, change: tdlibFixture},
	}
	for version := 1; version <= 6; version++ {
		f := fixture{name: "telethon" + strconv.Itoa(version) + ".session", format: "telethon"}
		if version < 4 {
			f.change = noState
		}
		list = append(list, f)
	}
	return list
}

// mtcuteDesktop: the converter of mtcute knows one key of each account, and no bots.
func mtcuteDesktop(s *storage.Session, _ *Extra) {
	s.DataCenters, s.User.Bot = s.DataCenters[1:], false
}

// tdlibFixture: TDLib wrote anew what was written here; a salt stays for as long as it is good.
func tdlibFixture(s *storage.Session, _ *Extra) {
	f, _ := full()
	s.DataCenters = f.DataCenters
	for i := range s.DataCenters {
		s.DataCenters[i].IPv4, s.DataCenters[i].IPv6 = "", ""
	}
	s.State.Seq = 0
}

// fixturePath unpacks a fixture.
func fixturePath(t testing.TB, name string) string {
	t.Helper()
	path := filepath.Join("testdata", "fixtures", name)
	packed, err := os.ReadFile(path + ".gz")
	if err != nil {
		return path
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	path = filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, data, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// What other clients wrote is read as it was meant.
func TestFixtures(t *testing.T) {
	formats := map[string]Format{}
	for _, f := range Formats() {
		formats[f.Name] = f
	}
	for _, f := range fixtures() {
		t.Run(f.name, func(t *testing.T) {
			path := fixturePath(t, f.name)
			if name, err := Detect(t.Context(), Source{Path: path}); err != nil || name != f.format {
				t.Errorf("detected as %q, %v", name, err)
			}
			got, extra, err := Import(t.Context(), f.format, Source{Path: path}, f.options)
			if err != nil {
				t.Fatal(err)
			}
			s, x := full()
			s.DataCenters = s.DataCenters[:2]
			s.DataCenters[1].IPv4, s.DataCenters[1].IPv6 = "149.154.167.51:443", ""
			want, wantExtra := keeping(s, x, formats[f.format].Keeps)
			if f.change != nil {
				f.change(want, wantExtra)
			}
			compare(t, got, extra, want, wantExtra)
		})
	}
}

// told is what a script tells of a session.
type told struct {
	Path, Key, Address, Username string
	DC, Port, API                int
	User                         int64
	Bot, Test                    bool
	PTS, QTS, Date, Seq          int
	Channels                     map[string]int
	DCs                          []int
}

// Other clients read what is written here. TDSESSION_FOREIGN names a directory
// with what there is of them: see testdata/foreign/get.sh, which makes one.
func TestForeignReaders(t *testing.T) {
	foreign := os.Getenv("TDSESSION_FOREIGN")
	if foreign == "" {
		t.Skip("TDSESSION_FOREIGN names no other clients")
	}
	for _, c := range []struct{ client, script, format, file string }{
		{"telethon", "telethon1.py", "telethon", "a.session"},
		{"telethon-1.25", "telethon1.py", "telethon", "a.session"},
		{"telethon", "telethon1.py", "telethon-string", "a.txt"},
		{"telethon-1.25", "telethon1.py", "telethon-string", "a.txt"},
		{"telethon2", "telethon2.py", "telethon2", "a.session"},
		{"telethon2", "telethon2.py", "telethon", "a.session"},
		{"pyrogram", "pyrogram.py", "pyrogram", "a.session"},
		{"pyrofork", "pyrogram.py", "pyrogram", "a.session"},
		{"kurigram", "pyrogram.py", "pyrogram", "a.session"},
		{"kurigram", "pyrogram.py", "kurigram", "a.session"},
		{"pyrogram", "pyrogram.py", "pyrogram-string", "a.txt"},
		{"pyrofork", "pyrogram.py", "pyrogram-string", "a.txt"},
		{"kurigram", "pyrogram.py", "pyrogram-string", "a.txt"},
		{"npm", "mtcute.mjs", "mtcute", "a.session"},
		{"npm", "mtcute.mjs", "mtcute-string", "a.txt"},
		{"npm", "gramjs.mjs", "gramjs-string", "a.txt"},
		{"npm", "mtcute.mjs", "gramjs-string", "a.txt"},
		{"npm", "mtcute.mjs", "telethon-string", "a.txt"},
		{"npm", "mtcute.mjs", "mtkruto-string", "a.txt"},
		{"npm", "mtcute.mjs", "pyrogram-string", "a.txt"},
		{"npm", "mtcute.mjs", "tdata", "tdata"},
	} {
		dir := filepath.Join(foreign, c.client)
		if _, err := os.Stat(dir); err != nil {
			t.Logf("%s is not there", dir)
			continue
		}
		for _, kind := range []string{"full", "user", "test", "IPv6"} {
			s, x := samples()[kind]()
			t.Run(c.client+"/"+c.script+"/"+c.format+"/"+kind, func(t *testing.T) { foreignRead(t, dir, c.script, c.format, c.file, s, x) })
		}
	}
}

func foreignRead(t *testing.T, dir, script, format, file string, s *storage.Session, x *Extra) {
	c, err := find(format)
	if err != nil {
		t.Fatal(err)
	}
	if !writable(c.Format, s, x) {
		t.Skip("not in this format")
	}
	if script == "telethon2.py" && format == "telethon" && s.State == nil {
		t.Skip("Telethon 2 takes no session over from Telethon 1 that has read no updates")
	}
	path := filepath.Join(t.TempDir(), file)
	if err := ExportFile(t.Context(), format, s, x, path, Options{Passcode: []byte("a passcode")}); err != nil {
		t.Fatal(err)
	}
	got := runForeign(t, dir, script, format, path)
	want, extra := expected(s, x, c.Format)
	home := mustHome(t, want)
	sum := sha1.Sum(home.AuthKey)
	is := func(what string, got, want any) {
		t.Helper()
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s read as %v, want %v", what, got, want)
		}
	}
	is("the data center", got.DC, home.ID)
	is("the key", got.Key, hex.EncodeToString(sum[:]))
	if c.Keeps&PartAddress != 0 && got.Address != "" {
		at, _ := address(home)
		is("the address", got.Address, at.Addr().String())
		is("the port", got.Port, int(at.Port()))
	}
	if got.User != 0 {
		is("the user", got.User, want.User.ID)
		is("the bot", got.Bot, want.User.Bot)
		is("the username", got.Username, want.User.Username)
	}
	if c.Keeps&PartUser == 0 == (got.User != 0) && filepath.Ext(script) == ".py" {
		t.Errorf("user %d", got.User)
	}
	if c.Keeps&PartTest != 0 && script != "telethon1.py" && script != "telethon2.py" && script != "gramjs.mjs" {
		is("test", got.Test, home.Test)
	}
	if c.Keeps&PartAPIID != 0 && script == "pyrogram.py" {
		is("the API ID", got.API, extra.APIID)
	}
	foreignState(t, &got, want.State, is)
}

func foreignState(t *testing.T, got *told, st *storage.UpdateState, is func(string, any, any)) {
	if st == nil {
		return
	}
	is("the state", [...]int{got.PTS, got.QTS, got.Date, got.Seq}, [...]int{st.PTS, st.QTS, st.Date, st.Seq})
	channels := map[string]int{}
	for _, c := range st.Channels {
		channels[strconv.FormatInt(c.ID, 10)] = c.PTS
	}
	if got.Channels != nil || len(channels) > 0 && !strings.Contains(t.Name(), "telethon-1.25") { // which can't list them
		is("the channels", got.Channels, channels)
	}
}

// runForeign lets another client read path.
func runForeign(t *testing.T, dir, script, format, path string) (got told) {
	t.Helper()
	var cmd *exec.Cmd
	if filepath.Ext(script) == ".py" {
		cmd = exec.CommandContext(t.Context(), "python3", filepath.Join("testdata", "foreign", script), "read", path)
		cmd.Env = append(os.Environ(), "PYTHONPATH="+dir, "PYTHONDONTWRITEBYTECODE=1")
	} else { // Node looks for modules beside the script
		work := t.TempDir()
		data, err := os.ReadFile(filepath.Join("testdata", "foreign", script))
		if err == nil {
			err = os.WriteFile(filepath.Join(work, script), data, 0o600)
		}
		if err == nil {
			err = os.Symlink(filepath.Join(dir, "node_modules"), filepath.Join(work, "node_modules"))
		}
		if err != nil {
			t.Fatal(err)
		}
		cmd = exec.CommandContext(t.Context(), "node", filepath.Join(work, script), "read", format, path)
		cmd.Env = append(os.Environ(), "PASSCODE=a passcode")
	}
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s", err, stderr.Bytes())
	}
	if err := json.Unmarshal(out, &got); err != nil {
		t.Fatalf("%v in %q", err, out)
	}
	return got
}
