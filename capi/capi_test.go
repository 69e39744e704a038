package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"
)

// library builds libtdjson.so as build.sh does, once for all tests.
var library = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "capi")
	if err != nil {
		return "", err
	}
	cleanups = append(cleanups, dir)
	out, err := exec.Command("bash", "../build.sh", "lib", dir).CombinedOutput()
	if err != nil {
		return "", &buildError{string(out)}
	}
	return filepath.Join(dir, "libtdjson.so"), nil
})

type buildError struct{ output string }

func (e *buildError) Error() string { return "building the library failed:\n" + e.output }

var cleanups []string

func TestMain(m *testing.M) {
	code := m.Run()
	for _, dir := range cleanups {
		os.RemoveAll(dir)
	}
	os.Exit(code)
}

// need returns the library, or skips the test if a program it takes is missing.
func need(t *testing.T, programs ...string) string {
	t.Helper()
	for _, p := range append(programs, "cc", "bash") {
		if _, err := exec.LookPath(p); err != nil {
			t.Skipf("%s is needed for this test and is not installed", p)
		}
	}
	lib, err := library()
	if err != nil {
		t.Fatal(err)
	}
	return lib
}

// run runs a program to its end; it must succeed and say nothing.
func run(t *testing.T, name string, args ...string) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = t.TempDir()
	cmd.WaitDelay = time.Second
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
		t.Errorf("%s: %v\n%s", filepath.Base(name), err, out)
	}
}

func abs(t *testing.T, path string) string {
	t.Helper()
	path, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	return path
}

func TestC(t *testing.T) {
	lib := need(t)
	program := filepath.Join(t.TempDir(), "program")
	run(t, "cc", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-I"+abs(t, "../include"),
		"-o", program, abs(t, "testdata/program.c"), "-ldl", "-lpthread", "-lm")
	run(t, program, lib)
}

func TestPython(t *testing.T) {
	lib := need(t, "python3")
	run(t, "python3", abs(t, "testdata/program.py"), lib)
}

// TestHeaders: each header stands alone, in C and in C++.
func TestHeaders(t *testing.T) {
	for _, compiler := range []string{"cc", "c++"} {
		if _, err := exec.LookPath(compiler); err != nil {
			t.Logf("no %s to try the headers with", compiler)
			continue
		}
		for _, header := range []string{"td_json_client.h", "td_log.h", "tdjson_export.h"} {
			source := filepath.Join(t.TempDir(), "a."+map[string]string{"cc": "c", "c++": "cc"}[compiler])
			if err := os.WriteFile(source, []byte("#include <td/telegram/"+header+">\nextern int something;\n"), 0o600); err != nil {
				t.Fatal(err)
			}
			run(t, compiler, "-Wall", "-Wextra", "-Wpedantic", "-Werror", "-fsyntax-only", "-I"+abs(t, "../include"), source)
		}
	}
}

// TestSymbols: the library offers TDLib's functions, and no other symbol leaks from it.
func TestSymbols(t *testing.T) {
	lib := need(t, "nm", "readelf")
	out, err := exec.Command("nm", "-D", "--defined-only", lib).Output()
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for line := range strings.Lines(string(out)) {
		fields := strings.Fields(line)
		got = append(got, fields[len(fields)-1])
	}
	want := []string{
		"td_create_client_id", "td_execute", "td_json_client_create", "td_json_client_destroy", "td_json_client_execute",
		"td_json_client_receive", "td_json_client_send", "td_receive", "td_send", "td_set_log_fatal_error_callback",
		"td_set_log_file_path", "td_set_log_max_file_size", "td_set_log_message_callback", "td_set_log_verbosity_level",
	}
	slices.Sort(got)
	if !slices.Equal(got, want) {
		t.Errorf("symbols %q, want %q", got, want)
	}
	out, err = exec.Command("readelf", "-d", lib).Output()
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(out), "soname: [libtdjson.so.1.8.65]") {
		t.Errorf("SONAME is wrong:\n%s", out)
	}
}
