package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"testing"
	"time"
)

// start runs the command until its config file is there, and returns what ends it.
func start(t *testing.T, args ...string) (config string, stop func() error) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan error, 1)
	go func() { done <- run(ctx, args, os.Stderr) }()
	config = filepath.Join(t.TempDir(), "never")
	for i, a := range args {
		if a == "-config" {
			config = args[i+1]
		}
	}
	for range 1000 {
		if data, err := os.ReadFile(config); err == nil && json.Valid(data) {
			return config, func() error { cancel(); return <-done }
		}
		time.Sleep(10 * time.Millisecond)
	}
	cancel()
	t.Fatalf("no config file: %v", <-done)
	return "", nil
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	file := func(name string) string { return filepath.Join(dir, name) }
	var public, private []byte
	for range 2 { // the second time the key is there
		config, stop := start(t, "-config", file("c.json"), "-key", file("key.pem"), "-public-key", file("pub.pem"),
			"-state", file("state.json"), "-http", "127.0.0.1:0")
		var c struct {
			PublicKeys []string         `json:"public_keys"`
			DCs        []map[string]any `json:"dcs"`
		}
		data, err := os.ReadFile(config)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, &c); err != nil || len(c.DCs) != 3 {
			t.Fatalf("%s, error %v", data, err)
		}
		if err := stop(); err != nil {
			t.Error(err)
		}
		if state, err := os.ReadFile(file("state.json")); err != nil || !json.Valid(state) {
			t.Errorf("state %s, error %v", state, err)
		}
		info, err := os.Stat(file("key.pem"))
		if err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("key file %v, error %v", info.Mode(), err)
		}
		pub, _ := os.ReadFile(file("pub.pem"))
		priv, _ := os.ReadFile(file("key.pem"))
		if c.PublicKeys[0] != string(pub) || public != nil && (!bytes.Equal(pub, public) || !bytes.Equal(priv, private)) {
			t.Error("the key is another one")
		}
		public, private = pub, priv
		if err := os.Remove(config); err != nil {
			t.Error(err)
		}
	}
}

func TestRunRefuses(t *testing.T) {
	bad := filepath.Join(t.TempDir(), "key.pem")
	if err := os.WriteFile(bad, []byte("no key"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, args := range [][]string{
		{"more"}, {"-key", bad}, {"-key", t.TempDir()}, {"-listen", "no such host."}, {"-config", "/no/such/dir/c.json"}, {"-no-such-flag"},
		{"-http", "0.0.0.0:0"}, {"-state", t.TempDir()},
	} {
		if err := run(t.Context(), args, new(bytes.Buffer)); err == nil || errors.Is(err, flag.ErrHelp) {
			t.Errorf("%v: error %v", args, err)
		}
	}
}
