package packaging

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// npmPackage lays the npm package out with one library, and returns its folder.
func npmPackage(t *testing.T, platform, library string) string {
	t.Helper()
	dir := t.TempDir()
	place := filepath.Join(dir, "prebuilds", platform)
	if err := os.MkdirAll(place, 0o700); err != nil {
		t.Fatal(err)
	}
	texts := map[string]string{"prebuilds/" + platform + "/" + library: "", "package.json": `{"tdlib": {"commit": "c", "version": "v"}}`}
	index, err := os.ReadFile("npm/index.js")
	if err != nil {
		t.Fatal(err)
	}
	texts["index.js"] = string(index)
	for name, text := range texts {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestNpm: the interface of prebuilt-tdlib, on each kind of machine.
func TestNpm(t *testing.T) {
	need(t, "node")
	const ask = `
		const [dir, platform, arch, forceLibc] = process.argv.slice(1)
		Object.defineProperty(process, 'platform', { value: platform })
		Object.defineProperty(process, 'arch', { value: arch })
		const { getTdjson, getTdlibInfo } = require(dir)
		let file, error
		try { file = getTdjson(forceLibc ? { forceLibc } : undefined) } catch (e) { error = e.message }
		console.log(JSON.stringify({ file, error, info: getTdlibInfo() }))`
	for _, c := range []struct{ there, library, platform, arch, libc, wantError string }{
		{"linux-x64-glibc", "libtdjson.so", "linux", "x64", "glibc", ""},
		{"linux-arm64-glibc", "libtdjson.so", "android", "arm64", "glibc", ""},
		{"linux-x64-musl", "libtdjson.so", "linux", "x64", "musl", ""},
		{"win32-x64", "tdjson.dll", "win32", "x64", "", ""},
		{"darwin-arm64", "libtdjson.dylib", "darwin", "arm64", "", ""},
		{"linux-x64-glibc", "libtdjson.so", "linux", "x64", "musl", "The linux-x64-musl platform is not supported"},
		{"linux-x64-glibc", "libtdjson.so", "sunos", "x64", "", "The sunos-x64 platform is not supported"},
	} {
		dir := npmPackage(t, c.there, c.library)
		var got struct {
			File, Error string
			Info        struct{ Commit, Version string }
		}
		if err := json.Unmarshal([]byte(run(t, dir, nil, "node", "-e", ask, "--", dir, c.platform, c.arch, c.libc)), &got); err != nil {
			t.Fatal(err)
		}
		want := filepath.Join(dir, "prebuilds", c.there, c.library)
		if c.wantError != "" {
			want = ""
		}
		if got.File != want || !strings.HasPrefix(got.Error, c.wantError) || (got.Error == "") != (c.wantError == "") {
			t.Errorf("%+v: %+v", c, got)
		}
		if got.Info.Commit != "c" || got.Info.Version != "v" {
			t.Errorf("info %+v", got.Info)
		}
	}
}

// TestNpmLibc: without being told, it finds that this Node is linked with glibc, or not.
func TestNpmLibc(t *testing.T) {
	need(t, "node")
	header := run(t, t.TempDir(), nil, "node", "-p", "process.report.getReport().header.glibcVersionRuntime || ''")
	platform := strings.TrimSpace(run(t, t.TempDir(), nil, "node", "-p", "process.platform + '-' + process.arch"))
	if !strings.HasPrefix(platform, "linux-") {
		t.Skip("there is one C library on", platform)
	}
	libc := "-musl"
	if strings.TrimSpace(header) != "" {
		libc = "-glibc"
	}
	dir := npmPackage(t, platform+libc, "libtdjson.so")
	if got := run(t, dir, nil, "node", "-p", "require('.').getTdjson()"); !strings.Contains(got, platform+libc) {
		t.Errorf("it found %q", got)
	}
}
