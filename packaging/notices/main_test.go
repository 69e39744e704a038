package main

import (
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"
)

func module(path, dir, pkg string, main bool) linkedPackage {
	p := linkedPackage{Dir: filepath.Join(dir, pkg)}
	p.Module = &struct {
		Path, Version, Dir string
		Main               bool
	}{path, "v1", dir, main}
	return p
}

func files(t *testing.T, contents map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range contents {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

func TestTexts(t *testing.T) {
	first := files(t, map[string]string{
		"LICENSE": "free\n", "a/b/LICENCE.txt": "freer", "a/b/license.go": "code", "a/c/LICENSE": "not linked", "a/README.md": "words",
	})
	second := files(t, map[string]string{"COPYING": "free", "PATENTS": "none", "p/x.go": ""})
	components, err := collect([]linkedPackage{
		module("second", second, "p", false), module("first", first, "a/b", false), module("ours", t.TempDir(), "", true),
	})
	if err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := write(&out, components); err != nil {
		t.Fatal(err)
	}
	line := strings.Repeat("-", 80)
	want := []string{
		"  first v1\n  second v1\n",
		line + "\nfirst v1, LICENSE\nsecond v1, COPYING\n" + line + "\n\nfree\n",
		line + "\nfirst v1, a/b/LICENCE.txt\n" + line + "\n\nfreer\n",
		line + "\nsecond v1, PATENTS\n" + line + "\n\nnone\n",
	}
	rest := out.String()
	for _, part := range want {
		_, after, ok := strings.Cut(rest, part)
		if !ok {
			t.Fatalf("%q is missing or too early in:\n%s", part, out.String())
		}
		rest = after
	}
	for _, no := range []string{"code", "not linked", "words", "ours"} {
		if strings.Contains(out.String(), no) {
			t.Errorf("%q is there", no)
		}
	}
}

func TestUnlicensed(t *testing.T) {
	dir := files(t, map[string]string{"AUTHORS": "someone", "p/x.go": ""})
	if _, err := collect([]linkedPackage{module("bare", dir, "p", false)}); err == nil || !strings.Contains(err.Error(), "bare v1") {
		t.Error(err)
	}
}

// TestLibrary: the library's own packages, Go and SQLite among them.
func TestLibrary(t *testing.T) {
	t.Chdir("../..")
	var out strings.Builder
	if err := run(&out, "./capi"); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"Go " + runtime.Version() + ", LICENSE\n", "github.com/gotd/td v", "modernc.org/sqlite v", "LICENSE-SQLITE\n", "golang.org/x/crypto v",
		"The Go Authors", "Aleksandr Razumov",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("%q is missing", want)
		}
	}
}
