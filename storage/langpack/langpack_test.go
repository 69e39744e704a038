package langpack

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"reflect"
	"strings"
	"sync"
	"testing"
)

func word(key, text string) String { return String{key, Value{Kind: Ordinary, Text: text}} }

func forms(key string, f ...string) String {
	return String{key, Value{Kind: Pluralized, Forms: [6]string(f)}}
}

// each runs a test with a database in memory and one in a file.
func each(t *testing.T, test func(t *testing.T, d *Database, lasts bool)) {
	t.Run("memory", func(t *testing.T) { test(t, new(Databases).Memory(), false) })
	t.Run("file", func(t *testing.T) { test(t, open(t, filepath.Join(t.TempDir(), "a b?#%.db")), true) })
}

func open(t *testing.T, path string) *Database {
	t.Helper()
	d, err := new(Databases).Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { d.file.Close() })
	return d
}

func apply(t *testing.T, d *Database, id string, c Change) Changed {
	t.Helper()
	done, err := d.Apply("android", id, &c)
	if err != nil {
		t.Fatal(err)
	}
	return done
}

// expect compares all strings of a pack, nil when they are not all known.
func expect(t *testing.T, d *Database, id string, keys []string, want []String) {
	t.Helper()
	got, ok, err := d.Strings("android", id, keys)
	if err != nil || ok != (want != nil) || !reflect.DeepEqual(got, want) && len(got)+len(want) > 0 {
		t.Errorf("strings %q of %s: %v %t %v, want %v", keys, id, got, ok, err, want)
	}
}

func count(t *testing.T, d *Database, id string, version, want int) {
	t.Helper()
	if s, err := d.State("android", id); err != nil || s.Count != want || s.Version != version {
		t.Errorf("state of %s: %+v %v, want version %d and %d strings", id, s, err, version, want)
	}
}

func TestWholePack(t *testing.T) {
	each(t, func(t *testing.T, d *Database, _ bool) {
		expect(t, d, "en", nil, nil)
		if !d.Known("android", "en") || d.Known("android", "de") || d.Known("ios", "en") {
			t.Error("what was asked for is not what is known")
		}
		done := apply(t, d, "en", Change{Version: 3, Strings: []String{
			word("b", "B"), word("a", "A\x01"), forms("p", "0", "1", "2", "", "4", "5"), {Key: "gone"}, word("bad key", "x"), word("b", "BB"),
		}})
		if !done.Applied || !done.NewVersion || !done.Tell {
			t.Errorf("%+v", done)
		}
		count(t, d, "en", 3, 3)
		p := forms("p", "0", "1", "2", "", "4", "5")
		expect(t, d, "en", nil, []String{word("a", "A\x01"), word("b", "BB"), p})
		expect(t, d, "en", []string{"p", "none"}, []String{p, {Key: "none"}})
		if done := apply(t, d, "en", Change{Version: 3, Strings: []String{word("a", "older")}}); done.Applied {
			t.Error("what is not newer was taken")
		}
		done = apply(t, d, "en", Change{Version: 4, Diff: true, Strings: []String{{Key: "a"}, word("c", "C"), {Key: "never"}}})
		if len(done.Strings) != 3 || !done.Tell {
			t.Errorf("%+v", done)
		}
		count(t, d, "en", 4, 3)
		expect(t, d, "en", nil, []String{word("b", "BB"), word("c", "C"), p})
		if err := d.Drop("android", "en"); err != nil {
			t.Fatal(err)
		}
		count(t, d, "en", NoVersion, 0)
		expect(t, d, "en", nil, nil)
	})
}

func TestSomeStrings(t *testing.T) {
	each(t, func(t *testing.T, d *Database, lasts bool) {
		done := apply(t, d, "en", Change{Version: NoVersion, Keys: []string{"a", "b"}, Strings: []String{word("a", "A")}})
		if !done.Applied || done.NewVersion || done.Tell {
			t.Errorf("%+v", done)
		}
		expect(t, d, "en", []string{"a", "b"}, []String{word("a", "A"), {Key: "b"}})
		expect(t, d, "en", []string{"a", "c"}, nil)
		expect(t, d, "en", nil, nil)
		count(t, d, "en", NoVersion, 1)
		// The program changes one string of a pack of its own that it has not made.
		done = apply(t, d, "Xen", Change{Version: 1, Diff: true, Keys: []string{"a"}, Strings: []String{word("a", "A")}})
		if !done.Tell || !done.NewVersion {
			t.Errorf("%+v", done)
		}
		if lasts { // TDLib finds it then, and in memory it does not
			expect(t, d, "Xen", nil, []String{word("a", "A")})
		} else {
			expect(t, d, "Xen", nil, nil)
		}
		expect(t, d, "Xen", []string{"a"}, []String{word("a", "A")})
	})
}

func TestInfos(t *testing.T) {
	each(t, func(t *testing.T, d *Database, _ bool) {
		full := Info{"n", "nn", "base", "pl", true, false, true, 5, 4, "https://a.b"}
		server := []Named{{"b", Info{Name: "B"}}, {"a", full}}
		for _, err := range []error{
			d.SetCustom("android", Named{"Xb", Info{Name: "x"}}), d.SetCustom("android", Named{"Xa", full}), d.SetServer("android", server),
		} {
			if err != nil {
				t.Fatal(err)
			}
		}
		custom, err := d.Custom("android")
		if want := []Named{{"Xa", full}, {"Xb", Info{Name: "x"}}}; err != nil || !reflect.DeepEqual(custom, want) {
			t.Errorf("custom %v %v", custom, err)
		}
		if err := d.Learn("android", Named{"b", Info{Name: "BB"}}); err != nil {
			t.Fatal(err)
		}
		if err := d.Learn("android", Named{"c", Info{Name: "C"}}); err != nil {
			t.Fatal(err)
		}
		got, err := d.Server("android")
		if want := []Named{{"b", Info{Name: "BB"}}, {"a", full}}; err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("server %v %v", got, err)
		}
		if info, ok, err := d.FromServer("android", "c"); err != nil || !ok || info.Name != "C" {
			t.Error(info, ok, err)
		}
		if err := d.Drop("android", "Xa"); err != nil {
			t.Fatal(err)
		}
		if custom, err := d.Custom("android"); err != nil || len(custom) != 1 {
			t.Errorf("custom after Drop: %v %v", custom, err)
		}
		changed, err := d.SetBase("android", "a", "b")
		again, err2 := d.SetBase("android", "a", "b")
		if !changed || again || err != nil || err2 != nil {
			t.Error(changed, again, err, err2)
		}
	})
}

// TestRestart reads in another process, so to speak, what was written.
func TestRestart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lang")
	d := open(t, path)
	full := Info{"n", "nn", "base", "pl", true, true, true, 5, 4, "u"}
	apply(t, d, "en", Change{Version: 3, Strings: []String{word("a", "A"), forms("p", "0", "1", "2", "3", "4", "5")}})
	if _, err := d.SetBase("android", "en", "de"); err != nil {
		t.Fatal(err)
	}
	if err := d.SetCustom("android", Named{"Xa", full}); err != nil {
		t.Fatal(err)
	}
	if err := d.SetServer("android", []Named{{"en", full}}); err != nil {
		t.Fatal(err)
	}
	d = open(t, path)
	if s, err := d.State("android", "en"); err != nil || s != (State{3, 2, "de"}) {
		t.Error(s, err)
	}
	expect(t, d, "en", nil, []String{word("a", "A"), forms("p", "0", "1", "2", "3", "4", "5")})
	custom, _ := d.Custom("android")
	server, err := d.Server("android")
	if len(custom) != 1 || custom[0] != (Named{"Xa", full}) || len(server) != 1 || server[0] != (Named{"en", full}) || err != nil {
		t.Error(custom, server, err)
	}
}

// TestTDLibsFile reads a file as TDLib writes it.
func TestTDLibsFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "lang")
	file, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	blob := func(s string) string { return fmt.Sprintf("X'%x'", s) }
	for _, statement := range []string{
		`CREATE TABLE "kv_android_0" (k BLOB PRIMARY KEY, v BLOB)`,
		`CREATE TABLE "kv_android_Xa" (k BLOB PRIMARY KEY, v BLOB)`,
		`INSERT INTO "kv_android_0" VALUES (` + blob("Xa") + `, ` + blob(strings.Join([]string{"n", "nn", "", "pl", "false", "true", "false", "7", "6", ""}, "\x00")) + `)`,
		`INSERT INTO "kv_android_0" VALUES (` + blob("Xold") + `, ` + blob("n\x00nn") + `)`,
		`INSERT INTO "kv_android_0" VALUES (` + blob("Xbad") + `, ` + blob("n") + `)`,
		`INSERT INTO "kv_android_Xa" VALUES (` + blob("!version") + `, ` + blob("1") + `)`,
		`INSERT INTO "kv_android_Xa" VALUES (` + blob("a") + `, ` + blob("1AA") + `)`,
		`INSERT INTO "kv_android_Xa" VALUES (` + blob("p") + `, ` + blob("2\x001\x00\x00\x00\x00o") + `)`,
		`INSERT INTO "kv_android_Xa" VALUES (` + blob("d") + `, ` + blob("3") + `)`,
		`INSERT INTO "kv_android_Xa" VALUES (` + blob("bad") + `, ` + blob("2\x001") + `)`,
	} {
		if _, err := file.Exec(statement); err != nil {
			t.Fatal(statement, err)
		}
	}
	file.Close()
	d := open(t, path)
	expect(t, d, "Xa", []string{"a", "p", "d", "bad"}, []String{word("a", "AA"), forms("p", "", "1", "", "", "", "o"), {Key: "d"}, {Key: "bad"}})
	custom, err := d.Custom("android")
	want := []Named{{"Xa", Info{Name: "n", NativeName: "nn", PluralCode: "pl", RTL: true, Total: 7, Translated: 6}}, {"Xold", Info{Name: "n", NativeName: "nn"}}}
	if err != nil || !reflect.DeepEqual(custom, want) {
		t.Errorf("custom %+v %v", custom, err)
	}
	if s, err := d.State("android", "Xa"); err != nil || s.Version != 1 || s.Count != 3 {
		t.Error(s, err) // TDLib counts the one that can't be read too
	}
}

func TestOpen(t *testing.T) {
	var all Databases
	path := filepath.Join(t.TempDir(), "lang")
	a, err := all.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { a.file.Close() })
	t.Chdir(filepath.Dir(path))
	if b, err := all.Open("lang"); a != b || err != nil {
		t.Error("one file is two databases", err)
	}
	memory, err := all.Open("")
	if memory != all.Memory() || err != nil {
		t.Error("memory is not one database", err)
	}
	if _, err := all.Open("none/lang"); err == nil {
		t.Error("a file was opened in a directory that there is not")
	}
	if _, err := all.Open(filepath.Dir(path)); err == nil {
		t.Error("a directory was opened")
	}
}

func TestManyUsers(t *testing.T) {
	each(t, func(t *testing.T, d *Database, _ bool) {
		var users sync.WaitGroup
		for i := range 4 {
			users.Go(func() {
				for j := range 20 {
					key := fmt.Sprintf("k%d.%d", i, j)
					_, err := d.Apply("android", "Xa", &Change{Version: 1, Diff: true, Keys: []string{key}, Strings: []String{word(key, "v")}})
					if _, ok, err2 := d.Strings("android", "Xa", []string{key}); err != nil || err2 != nil || !ok {
						t.Error(err, err2, ok)
					}
				}
			})
		}
		users.Wait()
		count(t, d, "Xa", 1, 80)
	})
}

func TestNames(t *testing.T) {
	long := strings.Repeat("a", 64)
	for _, c := range []struct {
		s               string
		key, target, id bool
	}{
		{"", false, true, true}, {"a", true, true, false}, {"X", true, true, true}, {"ab", true, true, true}, {"a1", true, false, true},
		{"a_b", true, true, false}, {"a-b", true, false, true}, {"a.b", true, false, false}, {"a b", false, false, false},
		{"é", false, false, false}, {"\xff", false, false, false}, {long, true, true, true}, {long + "a", true, false, false},
	} {
		if ValidKey(c.s) != c.key || ValidTarget(c.s) != c.target || ValidID(c.s) != c.id {
			t.Errorf("%q: key %t, target %t, ID %t", c.s, ValidKey(c.s), ValidTarget(c.s), ValidID(c.s))
		}
	}
}

func FuzzValue(f *testing.F) {
	for _, s := range []string{"", "1", "1a", "2\x00\x00\x00\x00\x00", "2a", "3", "4"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		v := parseValue(s)
		if again := parseValue(v.stored()); again != v {
			t.Errorf("%q is %v, then %v", s, v, again)
		}
	})
}

func FuzzInfos(f *testing.F) {
	f.Add(storedList([]Named{{"en", Info{Name: "a", Total: 3}}, {"de", Info{RTL: true}}}))
	f.Add("\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00")
	f.Fuzz(func(t *testing.T, s string) {
		list := parseList(s)
		if again := parseList(storedList(list)); !reflect.DeepEqual(again, list) {
			t.Errorf("%q is %v, then %v", s, list, again)
		}
	})
}
