package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// schemas puts schemas into a directory, and answers it.
func schemas(t *testing.T, list map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for version, text := range list {
		if err := os.WriteFile(filepath.Join(dir, "td_api-"+version+".tl"), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestRun: fields that come, go and change their order, and a version that is read from another place; the bytes do not depend on
// anything but the schemas. That the table says what they say is checked by gen itself.
func TestRun(t *testing.T) {
	t.Parallel()
	dir := schemas(t, map[string]string{
		"2017":  "a x:int32 = A;\n---functions---\nf = A;\n",
		"1.8.9": "double ? = Double;\na x:int32 y:Bool = A; // null: y\nb = B;\n---functions---\n// prose\nf x:vector<vector<string>> = A;\n",
		"1.9.0": "a y:Bool x:int32 z:bytes = A;\n---functions---\n",
	})
	history := schemas(t, map[string]string{"2017": read(t, dir, "2017"), "1.8.9": read(t, dir, "1.8.9")})
	var first []byte
	for _, current := range []string{"1.8.10=" + filepath.Join(dir, "td_api-1.9.0.tl"), filepath.Join(dir, "td_api-1.9.0.tl")} {
		out := filepath.Join(t.TempDir(), "table_gen.go")
		if err := run(current, history, out); err != nil {
			t.Fatal(err)
		}
		text, err := os.ReadFile(out)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Contains(text, []byte(`const versionNames = "2017 1.8.9 1.8.10"`)) {
			t.Errorf("the versions: %s", text)
		}
		if first == nil {
			first = text
		}
		if !bytes.Equal(first, text) {
			t.Errorf("once %s, once %s", first, text)
		}
	}
}

func read(t *testing.T, dir, version string) string {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(dir, "td_api-"+version+".tl"))
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// TestBadSchemas: what can't be read is said with its place.
func TestBadSchemas(t *testing.T) {
	t.Parallel()
	for text, want := range map[string]string{
		"a x:int32\n":     "td_api-1.0.0.tl:1: no result class",
		"\n\na x = A;\n":  `td_api-1.0.0.tl:3: field "x" has no type`,
		"a x:int32 = A;x": "",
	} {
		dir := schemas(t, map[string]string{"1.0.0": text})
		err := run("1.1.0="+filepath.Join(dir, "td_api-1.0.0.tl"), dir, filepath.Join(t.TempDir(), "x.go"))
		if want == "" && err != nil || want != "" && (err == nil || !strings.Contains(err.Error(), want)) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	if err := run("x", t.TempDir(), ""); err == nil || !strings.Contains(err.Error(), "no older version") {
		t.Errorf("without a history: %v", err)
	}
	dir := schemas(t, map[string]string{"new": ""})
	if err := run("x", dir, ""); err == nil || !strings.Contains(err.Error(), `"new" is no version`) {
		t.Errorf("a version that is none: %v", err)
	}
}
