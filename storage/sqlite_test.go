package storage

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestFileIsMadeWhenNeeded(t *testing.T) {
	ctx := context.Background()
	dir := filepath.Join(t.TempDir(), "a", "b?#%20 c")
	db := mustOpen(t, filepath.Join(dir, "acc"), Options{})
	path := filepath.Join(dir, "acc.session")
	if db.Path() != path {
		t.Fatal("path", db.Path())
	}
	must(t, db.Apply(ctx, &Batch{}))
	wantLoad(t, db, &Session{})
	if _, err := os.Stat(path); !errors.Is(err, os.ErrNotExist) {
		t.Fatal("reading made the file:", err)
	}
	must(t, db.Save(ctx, fullSession()))
	for name, mode := range map[string]os.FileMode{path: 0o600, path + "-wal": 0o600, dir: os.ModeDir | 0o750} {
		info, err := os.Stat(name)
		must(t, err)
		if got := info.Mode(); got&^mode&^os.ModeDir != 0 {
			t.Errorf("%s has mode %v, want at most %v", name, got, mode)
		}
	}
	must(t, db.Close())
	left, err := os.ReadDir(dir)
	must(t, err)
	if len(left) != 1 {
		t.Error("more than the database is left:", left)
	}
	if db := mustOpen(t, filepath.Join(dir, "x.db"), Options{}); db.Path() != filepath.Join(dir, "x.db") {
		t.Error("an extension was changed:", db.Path())
	}
}

func TestDeleteLeavesNothing(t *testing.T) {
	dir := t.TempDir()
	db := mustOpen(t, filepath.Join(dir, "s"), Options{})
	must(t, db.Save(context.Background(), fullSession()))
	must(t, db.Delete(context.Background()))
	must(t, db.Close())
	if left, _ := os.ReadDir(dir); len(left) != 0 {
		t.Error("left:", left)
	}
}

func TestUnusablePlaces(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "file")
	must(t, os.WriteFile(file, nil, 0o600))
	must(t, os.Mkdir(filepath.Join(dir, "d.session"), 0o700))
	for _, path := range []string{filepath.Join(file, "s"), filepath.Join(dir, "d"), "/proc/nowhere/s"} {
		if db, err := Open(path, Options{}); err == nil {
			db.Close()
			t.Error("opened", path)
		}
	}
}

// keyCases are the ways a key can be wrong for a file.
func TestWrongKey(t *testing.T) {
	ctx := context.Background()
	for _, c := range []struct{ made, with string }{{"a", "b"}, {"a", ""}, {"", "a"}} {
		path := filepath.Join(t.TempDir(), "s.session")
		db := mustOpen(t, path, Options{Key: []byte(c.made)})
		must(t, db.Save(ctx, fullSession()))
		must(t, db.Close())
		before := readAll(t, path)
		if _, err := Open(path, Options{Key: []byte(c.with)}); !errors.Is(err, ErrWrongKey) {
			t.Errorf("made with %q, opened with %q: %v", c.made, c.with, err)
		}
		if !bytes.Equal(before, readAll(t, path)) {
			t.Error("the file was changed")
		}
		wantLoad(t, mustOpen(t, path, Options{Key: []byte(c.made)}), fullSession())
	}
}

func TestSecretsAreSealed(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "s.session")
	db := mustOpen(t, path, Options{})
	fill := func() {
		must(t, db.Save(ctx, fullSession()))
		must(t, db.Set(ctx, "v", []byte("very secret value")))
		must(t, db.Set(ctx, "empty", nil))
	}
	// found counts the places where a secret stands open, also in what SQLite freed.
	found := func() int {
		b := readAll(t, path)
		if wal, err := os.ReadFile(path + "-wal"); err == nil {
			b = append(b, wal...)
		}
		return bytes.Count(b, key(0xA7)[:32]) + bytes.Count(b, []byte("very secret"))
	}
	fill()
	if found() == 0 {
		t.Fatal("the test looks for the wrong thing")
	}
	for _, k := range []string{"one", "two", "", "three"} {
		must(t, db.Rekey(ctx, []byte(k)))
		if n := found(); (n == 0) != (k != "") {
			t.Errorf("with key %q: %d secrets stand open", k, n)
		}
		must(t, db.Close())
		db = mustOpen(t, path, Options{Key: []byte(k)})
		wantLoad(t, db, fullSession())
		if v, ok, err := db.Get(ctx, "v"); string(v) != "very secret value" || !ok || err != nil {
			t.Fatal(string(v), ok, err)
		}
	}
	// A sealed value put in another's place does not open.
	must(t, db.Close())
	raw, err := sql.Open("sqlite", path)
	must(t, err)
	_, err = raw.Exec(`UPDATE value SET value=(SELECT value FROM value WHERE key='v') WHERE key='empty'`)
	must(t, err)
	must(t, raw.Close())
	db = mustOpen(t, path, Options{Key: []byte("three")})
	if _, _, err := db.Get(ctx, "empty"); !errors.Is(err, ErrCorrupt) {
		t.Error("moved value:", err)
	}
}

func TestRekeyBeforeThereIsAFile(t *testing.T) {
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "s")
	db := mustOpen(t, path, Options{Key: []byte("a")})
	must(t, db.Rekey(ctx, []byte("b")))
	must(t, db.Save(ctx, fullSession()))
	must(t, db.Delete(ctx))
	must(t, db.Save(ctx, fullSession()))
	must(t, db.Close())
	wantLoad(t, mustOpen(t, path, Options{Key: []byte("b")}), fullSession())
}

// rawFile makes an SQLite file by hand.
func rawFile(t *testing.T, statements ...string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "raw.session")
	raw, err := sql.Open("sqlite", path)
	must(t, err)
	for _, s := range statements {
		_, err := raw.Exec(s)
		must(t, err)
	}
	must(t, raw.Close())
	return path
}

func TestFilesThatAreRefused(t *testing.T) {
	good := filepath.Join(t.TempDir(), "good.session")
	db := mustOpen(t, good, Options{})
	must(t, db.Save(context.Background(), fullSession()))
	must(t, db.Close())
	whole := readAll(t, good)
	asFile := func(b []byte) string {
		path := filepath.Join(t.TempDir(), "f.session")
		must(t, os.WriteFile(path, b, 0o600))
		return path
	}
	for _, c := range []struct {
		name, path string
		want       error
	}{
		{"text", asFile([]byte("hello")), ErrForeign},
		{"zeros", asFile(make([]byte, 5000)), ErrForeign},
		{"truncated", asFile(whole[:len(whole)-4096]), ErrCorrupt},
		{"cut in the first page", asFile(whole[:1000]), ErrCorrupt},
		{"another program's", rawFile(t, "CREATE TABLE version(version)", "INSERT INTO version VALUES (7)"), ErrForeign},
		{"another program's, small", rawFile(t, "PRAGMA user_version=3"), ErrForeign},
		{"newer", rawFile(t, "PRAGMA application_id=1952737907", "PRAGMA user_version=99", "CREATE TABLE x(y)"), ErrNewer},
		{"no version", rawFile(t, "PRAGMA application_id=1952737907", "CREATE TABLE x(y)"), ErrCorrupt},
		{"no tables", rawFile(t, "PRAGMA application_id=1952737907", "PRAGMA user_version=1"), nil},
	} {
		before := readAll(t, c.path)
		db, err := Open(c.path, Options{})
		if err == nil {
			db.Close()
			t.Errorf("%s: opened", c.name)
		} else if c.want != nil && !errors.Is(err, c.want) || !strings.Contains(err.Error(), c.path) {
			t.Errorf("%s: %v", c.name, err)
		}
		if !bytes.Equal(before, readAll(t, c.path)) {
			t.Errorf("%s: the file was changed", c.name)
		}
		if _, err := os.Stat(c.path + ".lock"); !errors.Is(err, os.ErrNotExist) {
			t.Errorf("%s: the lock stayed", c.name)
		}
	}
}

func TestKeyOfWrongLengthInFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.session")
	db := mustOpen(t, path, Options{})
	must(t, db.Save(context.Background(), fullSession()))
	must(t, db.Close())
	raw, err := sql.Open("sqlite", path)
	must(t, err)
	_, err = raw.Exec(`UPDATE data_center SET auth_key=x'0102'`)
	must(t, err)
	must(t, raw.Close())
	if _, err := mustOpen(t, path, Options{}).Load(context.Background()); !errors.Is(err, ErrCorrupt) {
		t.Error(err)
	}
}

func TestMigration(t *testing.T) {
	ctx := context.Background()
	for _, k := range []string{"", "key"} {
		path := filepath.Join(t.TempDir(), "s.session")
		o := Options{Key: []byte(k)}
		db := mustOpen(t, path, o)
		must(t, db.Save(ctx, fullSession()))
		must(t, db.Close())

		broken := append(migrations(), "CREATE TABLE more(a); nonsense")
		before := readAll(t, path)
		if _, err := open(path, o, broken); err == nil {
			t.Fatal("a broken migration went through")
		}
		if !bytes.Equal(before, readAll(t, path)) {
			t.Fatal("a broken migration changed the file")
		}

		steps := append(migrations(), "CREATE TABLE more(a)", "INSERT INTO more VALUES (7); ALTER TABLE user ADD COLUMN phone TEXT")
		db, err := open(path, o, steps)
		must(t, err)
		s, err := db.Load(ctx)
		must(t, err)
		if s.User.ID != fullSession().User.ID {
			t.Error("lost the user")
		}
		backup := db.backupName(len(migrations()))
		if info, err := os.Stat(backup); err != nil || info.Mode().Perm() != 0o600 {
			t.Error("backup:", info, err)
		}
		must(t, db.Close())
		if _, err := Open(path, o); !errors.Is(err, ErrNewer) {
			t.Error("opened a newer one:", err)
		}
		wantLoad(t, mustOpen(t, backup, o), fullSession())

		db, err = open(path, o, steps)
		must(t, err)
		must(t, db.Delete(ctx))
		must(t, db.Close())
		if left, _ := filepath.Glob(path + "*.bak"); len(left) != 0 {
			t.Error("Delete left", left)
		}
	}
}

func FuzzOpen(f *testing.F) {
	path := filepath.Join(f.TempDir(), "s.session")
	db := mustOpen(f, path, Options{})
	must(f, db.Save(context.Background(), fullSession()))
	must(f, db.Set(context.Background(), "k", []byte("v")))
	must(f, db.Close())
	whole := readAll(f, path)
	f.Add(uint32(18), []byte{1, 1}, uint32(len(whole)))
	f.Add(uint32(100), bytes.Repeat([]byte{0xff}, 8), uint32(len(whole)))
	f.Add(uint32(4096), []byte{13, 0, 0, 0, 9}, uint32(len(whole)))
	f.Add(uint32(0), []byte("SQLite"), uint32(0))
	f.Fuzz(func(t *testing.T, at uint32, put []byte, size uint32) {
		b := bytes.Clone(whole[:min(int(size), len(whole))])
		if int(at) < len(b) {
			copy(b[at:], put)
		}
		path := filepath.Join(t.TempDir(), "m.session")
		must(t, os.WriteFile(path, b, 0o600))
		db, err := Open(path, Options{})
		if err != nil {
			if !bytes.Equal(b, readAll(t, path)) {
				t.Fatal("refused and changed:", err)
			}
			return
		}
		defer db.Close()
		if s, err := db.Load(context.Background()); err == nil && s.Check() != nil {
			t.Fatal("loaded what cannot be kept")
		}
		db.All(context.Background(), "")
		db.Apply(context.Background(), &Batch{State: &UpdateState{PTS: 1}, Set: map[string][]byte{"k": {1}}})
	})
}
