package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// The programs in testdata/clients use the library as those do that are in use, each in its own way.

func TestPythonClients(t *testing.T) {
	lib := need(t, "python3")
	localTelegram(t)
	for _, name := range []string{"login", "python_telegram", "aiotdlib", "pytdbot"} {
		t.Run(name, func(t *testing.T) {
			run(t, "python3", "-B", abs(t, "testdata/clients/"+name+".py"), lib, t.TempDir())
		})
	}
}

// TestLinked: a program that is linked with the library, everything looked up at its start.
func TestLinked(t *testing.T) {
	lib := need(t)
	program := filepath.Join(t.TempDir(), "program")
	run(t, "cc", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-I"+abs(t, "../include"), "-o", program, abs(t, "testdata/clients/linked.c"),
		"-L"+filepath.Dir(lib), "-ltdjson", "-lpthread", "-Wl,-rpath,"+filepath.Dir(lib), "-Wl,-z,now")
	run(t, program)
}

// TestGoClient: a program that has a Go runtime of its own.
func TestGoClient(t *testing.T) {
	lib := need(t)
	program := filepath.Join(t.TempDir(), "program")
	t.Setenv("CGO_CFLAGS", "-I"+abs(t, "../include"))
	t.Setenv("CGO_LDFLAGS", "-L"+filepath.Dir(lib)+" -Wl,-rpath,"+filepath.Dir(lib))
	t.Setenv("GOFLAGS", "-trimpath -buildvcs=false")
	run(t, "go", "build", "-o", program, abs(t, "testdata/clients/go/main.go"))
	run(t, program)
}

// tdlVersion is the version of the package tdl that the library is tested with.
const tdlVersion = "8.1.0"

// TestTDL: the package tdl for Node.js as npm serves it, unchanged, with both interfaces.
func TestTDL(t *testing.T) {
	lib := need(t, "node", "npm")
	packages := abs(t, "../build/npm")
	if _, err := os.Stat(filepath.Join(packages, "node_modules/tdl/package.json")); err != nil {
		cmd := exec.CommandContext(t.Context(), "npm", "install", "--silent", "--no-audit", "--no-fund", "--fetch-retries=0", "--prefix", packages, "tdl@"+tdlVersion)
		if out, err := cmd.CombinedOutput(); err != nil {
			t.Skipf("npm does not install tdl@%s: %v\n%s", tdlVersion, err, out)
		}
	}
	localTelegram(t)
	for _, kind := range []string{"new", "old"} {
		t.Run(kind, func(t *testing.T) {
			run(t, "node", abs(t, "testdata/clients/tdl.mjs"), packages, lib, t.TempDir(), kind)
		})
	}
}
