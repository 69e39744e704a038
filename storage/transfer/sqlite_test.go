package transfer

import (
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tdjson/storage"
)

// databaseOf makes a database of statements.
func databaseOf(t testing.TB, statements ...string) []byte {
	t.Helper()
	list := make([]statement, len(statements))
	for i, s := range statements {
		list[i].sql = s
	}
	data, err := buildDatabase(t.Context(), list)
	if err != nil {
		t.Fatal(err)
	}
	return data
}

const blobOfKey = "(SELECT CAST(printf('%0256d', 7) AS BLOB))"

// Kurigram adds the columns of the address at the end when it brings a file to version 7.
func TestMigratedKurigram(t *testing.T) {
	data := databaseOf(t,
		"CREATE TABLE sessions (dc_id INTEGER PRIMARY KEY, test_mode INTEGER, auth_key BLOB, date INTEGER NOT NULL, user_id INTEGER, is_bot INTEGER)",
		"CREATE TABLE version (number INTEGER PRIMARY KEY)", "INSERT INTO version VALUES (7)",
		"CREATE TABLE usernames (id INTEGER, username TEXT)",
		"CREATE TABLE update_state (id INTEGER PRIMARY KEY, pts INTEGER, qts INTEGER, date INTEGER, seq INTEGER)",
		"ALTER TABLE sessions ADD api_id INTEGER", "ALTER TABLE sessions ADD server_address TEXT", "ALTER TABLE sessions ADD port INTEGER",
		"INSERT INTO update_state VALUES (0, 10, NULL, 20, NULL), (-1000000000077, 5, NULL, 20, NULL), (99, 6, 0, 0, 0), (-5, 7, 0, 0, 0)",
		"INSERT INTO sessions VALUES (4, 0, "+blobOfKey+", 0, 77, 1, 6, '149.154.167.91', 443)",
	)
	if name, err := Detect(t.Context(), Source{Data: data}); name != "kurigram" {
		t.Errorf("detected as %q, %v", name, err)
	}
	got, x, err := Import(t.Context(), "", Source{Data: data}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := alone(storage.DataCenter{ID: 4, IPv4: "149.154.167.91:443", AuthKey: got.DataCenters[0].AuthKey, Authorized: true}, storage.User{ID: 77, Bot: true})
	want.State = &storage.UpdateState{PTS: 10, Date: 20, Channels: []storage.ChannelState{{ID: 77, PTS: 5}, {ID: 99, PTS: 6}}}
	compare(t, got, x, want, &Extra{APIID: 6})
}

// Telethon 2 takes a session over from Telethon 1 without a user.
func TestTelethon2WithoutUser(t *testing.T) {
	tables := []string{
		"CREATE TABLE version (version INTEGER)", "CREATE TABLE datacenter (id INTEGER, ipv4_addr TEXT, ipv6_addr TEXT, auth BLOB)",
		"CREATE TABLE user (id INTEGER, dc INTEGER, bot INTEGER, username TEXT)",
		"INSERT INTO datacenter VALUES (2, '149.154.167.40:80', NULL, " + blobOfKey + ")",
	}
	got, _, err := Import(t.Context(), "", Source{Data: databaseOf(t, tables...)}, Options{})
	if err != nil || got.User.DC != 2 || got.User.ID != 0 || !got.DataCenters[0].Test || got.DataCenters[0].IPv4 != "149.154.167.40:80" {
		t.Errorf("%+v, %v", got, err)
	}
	two := append(tables, "INSERT INTO datacenter VALUES (4, NULL, NULL, "+blobOfKey+")")
	if _, _, err := Import(t.Context(), "", Source{Data: databaseOf(t, two...)}, Options{}); !errors.Is(err, ErrNotLoggedIn) {
		t.Errorf("two data centers: %v", err)
	}
}

// Databases that are no session, or not whole, are told from each other.
func TestDatabaseErrors(t *testing.T) {
	telethon := func(row string) []byte {
		return databaseOf(t, "CREATE TABLE version (version INTEGER)",
			"CREATE TABLE sessions (dc_id, server_address, port, auth_key)", "INSERT INTO sessions VALUES "+row)
	}
	for _, c := range []struct {
		name, format string
		data         []byte
		want         error
		text         string
	}{
		{"no text", "", []byte{}, ErrNotLoggedIn, "empty"},
		{"anything", "", []byte("anything"), ErrUnknown, ""},
		{"a short header", "telethon", []byte(sqliteMagic), ErrUnknown, "no SQLite"},
		{"another database", "", databaseOf(t, "CREATE TABLE a (b)"), ErrUnknown, "something else"},
		{"another format", "telethon", databaseOf(t, "CREATE TABLE a (b)"), storage.ErrCorrupt, "lacks the tables"},
		{"a header alone", "", append([]byte(sqliteMagic), make([]byte, 200)...), storage.ErrCorrupt, ""},
		{"no row", "telethon", databaseOf(t, "CREATE TABLE version (version)", "CREATE TABLE sessions (dc_id, server_address, port, auth_key)"), ErrNotLoggedIn, "no user"},
		{"no key", "", telethon("(2, 'x', 1, x'')"), ErrNotLoggedIn, "no key of data center 2"},
		{"a key of zeros", "", telethon("(2, 'x', 1, zeroblob(256))"), ErrNotLoggedIn, "no key"},
		{"a short key", "", telethon("(2, 'x', 1, x'01')"), storage.ErrCorrupt, "has 1 bytes"},
		{"a key that is text", "", telethon("(2, 'x', 1, 'secret')"), storage.ErrCorrupt, "column auth_key of table sessions does not hold bytes"},
		{"a number that is text", "", telethon("('secret', 'x', 1, " + blobOfKey + ")"), storage.ErrCorrupt, "column dc_id"},
		{"a fraction", "", telethon("(2.5, 'x', 1, " + blobOfKey + ")"), storage.ErrCorrupt, "a whole number"},
		{"a large number", "", telethon("(1 << 40, 'x', 1, " + blobOfKey + ")"), storage.ErrCorrupt, "32 bits"},
		{"an address that is bytes", "", telethon("(2, x'00', 1, " + blobOfKey + ")"), storage.ErrCorrupt, "does not hold text"},
		{"a data center of no number", "", telethon("(0, 'x', 1, " + blobOfKey + ")"), storage.ErrCorrupt, "data center ID 0"},
		{"a view", "telethon", databaseOf(t, "CREATE TABLE version (version)",
			"CREATE VIEW sessions AS WITH RECURSIVE r(dc_id, server_address, port, auth_key) AS (SELECT 1, 2, 3, 4 UNION ALL SELECT * FROM r) SELECT * FROM r"),
			storage.ErrCorrupt, "lacks the tables"},
		{"no server", "mtcute", databaseOf(t, "CREATE TABLE auth_keys (dc, key)", "CREATE TABLE key_value (key, value)", "INSERT INTO key_value VALUES ('dc_main', x'09')"),
			storage.ErrCorrupt, "dc_main"},
		{"no storage yet", "mtcute", databaseOf(t, "CREATE TABLE auth_keys (dc, key)", "CREATE TABLE key_value (key, value)"), ErrNotLoggedIn, "no user"},
		{"no user yet", "pyrogram", databaseOf(t, "CREATE TABLE version (number)",
			"CREATE TABLE sessions (dc_id, test_mode, auth_key, user_id, is_bot)", "INSERT INTO sessions VALUES (2, 0, "+blobOfKey+", NULL, NULL)"), ErrNotLoggedIn, "no user"},
		{"this library's own as data", "tdjson", []byte("x"), nil, "from a path alone"},
	} {
		_, _, err := Import(t.Context(), c.format, Source{Data: c.data}, Options{})
		if err == nil || c.want != nil && !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.text) {
			t.Errorf("%s: %v is not %v or does not say %q", c.name, err, c.want, c.text)
		}
		if err != nil && strings.Contains(err.Error(), "secret") {
			t.Errorf("%s: %v tells a value", c.name, err)
		}
	}
}

// A database of a client that runs, or that died, is read as it stands, and left as it is.
func TestDatabaseInUse(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	s, x := full()
	for _, mode := range []string{"DELETE", "WAL"} {
		for _, closed := range []bool{false, true} {
			dir := t.TempDir()
			path := filepath.Join(dir, "x.session")
			if err := ExportFile(t.Context(), "telethon", s, x, path, Options{}); err != nil {
				t.Fatal(err)
			}
			db, err := sql.Open("sqlite", path)
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			db.SetMaxOpenConns(1)
			for _, statement := range []string{"PRAGMA journal_mode=" + mode, "UPDATE sessions SET takeout_id = 5"} {
				if _, err := db.Exec(statement); err != nil {
					t.Fatal(err)
				}
			}
			if closed {
				db.Close()
			} else if mode == "DELETE" { // Telethon has one under way for most of the time
				if _, err := db.Exec("BEGIN; UPDATE sessions SET takeout_id = 6"); err != nil {
					t.Fatal(err)
				}
			}
			before := snapshot(t, dir)
			got, extra, err := Import(t.Context(), "", Source{Path: path}, Options{})
			if err != nil || extra.TakeoutID != 5 || KeyID(got.DataCenters[0].AuthKey) != KeyID(fakeKey(2)) {
				t.Errorf("%s, closed %v: %+v, %v", mode, closed, extra, err)
			}
			if after := snapshot(t, dir); after != before {
				t.Errorf("%s, closed %v: the files were changed:\n%s\nnot\n%s", mode, closed, after, before)
			}
		}
	}
	left, _ := filepath.Glob(filepath.Join(os.TempDir(), "tdsession-*"))
	if len(left) > 0 {
		t.Errorf("copies were left: %q", left)
	}
}

// snapshot tells the files of a directory and what is in them.
func snapshot(t *testing.T, dir string) string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if strings.HasSuffix(e.Name(), "-shm") {
			data = nil // where readers note that they are there
		}
		fmt.Fprintf(&b, "%s %d %x\n", e.Name(), len(data), KeyID(data))
	}
	return b.String()
}

// This library's own database is opened as such, with its errors.
func TestNative(t *testing.T) {
	s, x := full()
	path := filepath.Join(t.TempDir(), "own")
	if err := ExportFile(t.Context(), "tdjson", s, x, path, Options{Key: []byte("key")}); err != nil {
		t.Fatal(err)
	}
	path += ".session"
	if _, _, err := Import(t.Context(), "", Source{Path: path}, Options{}); !errors.Is(err, storage.ErrWrongKey) {
		t.Errorf("without the key: %v", err)
	}
	if _, _, err := Import(t.Context(), "tdjson", Source{Path: path + "x"}, Options{}); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
	if _, err := os.Stat(path + "x"); err == nil {
		t.Error("importing made a file")
	}
	other := filepath.Join(t.TempDir(), "other.session")
	if err := ExportFile(t.Context(), "telethon", s, x, other, Options{}); err != nil {
		t.Fatal(err)
	}
	if _, _, err := Import(t.Context(), "tdjson", Source{Path: other}, Options{}); !errors.Is(err, storage.ErrForeign) {
		t.Errorf("a foreign file: %v", err)
	}
	if err := ExportFile(t.Context(), "tdjson", s, x, other, Options{Overwrite: true}); !errors.Is(err, storage.ErrForeign) {
		t.Errorf("over a foreign file: %v", err)
	}
}
