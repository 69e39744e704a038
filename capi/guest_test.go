package main

import (
	"context"
	"encoding/json"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"tdjson/internal/testdc"
)

// compile makes a program of a source in testdata.
func compile(t *testing.T, source string) string {
	t.Helper()
	program := filepath.Join(t.TempDir(), "program")
	run(t, "cc", "-std=gnu11", "-Wall", "-Wextra", "-Werror", "-I"+abs(t, "../include"), "-o", program, abs(t, "testdata/"+source), "-ldl", "-lpthread", "-lm")
	return program
}

// TestGuest: the library leaves the process that loads it alone: each scenario of guest.c is a process of its own.
func TestGuest(t *testing.T) {
	lib := need(t)
	program := compile(t, "guest.c")
	for _, scenario := range []string{
		"fork", "signals_before", "signals_after", "faults", "timers", "altstack", "return", "exit", "quick_exit", "underscore_exit",
		"exit_elsewhere", "use_at_exit", "dlclose", "deepbind", "loaded_by_a_thread_that_ends", "small_stacks",
	} {
		t.Run(scenario, func(t *testing.T) {
			t.Parallel()
			run(t, program, lib, scenario)
		})
	}
	t.Run("surroundings", func(t *testing.T) {
		dir := t.TempDir()
		if _, err := exec.LookPath("localedef"); err != nil {
			t.Skip("localedef is needed to make a locale with commas")
		}
		if out, err := exec.Command("localedef", "-i", "de_DE", "-f", "UTF-8", filepath.Join(dir, "de_DE.UTF-8")).CombinedOutput(); err != nil {
			t.Skipf("no locale with commas, its sources are in Debian's package locales: %s", out)
		}
		t.Setenv("LOCPATH", dir)
		run(t, program, lib, "surroundings")
	})
	t.Run("second_runtime", func(t *testing.T) {
		second := filepath.Join(t.TempDir(), "second.so")
		run(t, "go", "build", "-buildmode=c-shared", "-o", second, abs(t, "testdata/second/main.go"))
		t.Setenv("SECOND_LIBRARY", second)
		run(t, program, lib, "second_runtime")
	})
	t.Run("pipe", func(t *testing.T) {
		t.Setenv("TDJSON_TEST_SERVER", resettingServer(t))
		run(t, program, lib, "pipe")
	})
	t.Run("memory", func(t *testing.T) {
		l, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		l.Close() // nobody answers there
		t.Setenv("TDJSON_TEST_SERVER", serverAt(t, l.Addr()))
		run(t, program, lib, "memory")
	})
}

// resettingServer is a server that resets every connection after a while; it answers its configuration.
func resettingServer(t *testing.T) string {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { l.Close() })
	go func() {
		for n := time.Duration(0); ; n++ {
			c, err := l.Accept()
			if err != nil {
				return
			}
			time.AfterFunc(n%5*2*time.Millisecond, func() {
				_ = c.(*net.TCPConn).SetLinger(0)
				c.Close()
			})
		}
	}()
	return serverAt(t, l.Addr())
}

// serverAt writes the configuration of a server of which all data centers are at one address.
func serverAt(t *testing.T, at net.Addr) string {
	t.Helper()
	type dc struct {
		ID      int    `json:"id"`
		Address string `json:"address"`
		Port    int    `json:"port"`
	}
	config := struct {
		PublicKeys []string `json:"public_keys"`
		DCs        []dc     `json:"dcs"`
	}{PublicKeys: []string{}}
	for id := range 5 {
		config.DCs = append(config.DCs, dc{id + 1, "127.0.0.1", at.(*net.TCPAddr).Port})
	}
	text, err := json.Marshal(config)
	if err != nil {
		t.Fatal(err)
	}
	return writeConfig(t, text)
}

func writeConfig(t *testing.T, text []byte) string {
	path := filepath.Join(t.TempDir(), "server.json")
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// localTelegram has the programs of a test find a local Telegram.
func localTelegram(t *testing.T) {
	t.Helper()
	key, err := testdc.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	s, err := testdc.Start(testdc.Options{Key: key})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	t.Setenv("TDJSON_TEST_SERVER", writeConfig(t, s.Config()))
}

// calls are those that open, make, change or delete a file, as strace prints them.
var (
	opened  = regexp.MustCompile(`open(?:at)?\((?:AT_FDCWD, )?"([^"]*)", ([A-Z_|]+)[^)]*\) = \d`)
	changed = regexp.MustCompile(`\s(?:mkdir|rename|unlink|rmdir|link|symlink|chmod|truncate|creat|mknod|chown|utimensat)(?:at|at2|64)?\((?:AT_FDCWD, |\d+[^,]*, )?"([^"]*)"`)
)

// TestFiles: from the start to the end of a login, no file is made or changed outside of the directory that was given, and nothing is read
// but what every program reads that uses a network.
func TestFiles(t *testing.T) {
	lib := need(t, "strace", "python3")
	localTelegram(t)
	trace := filepath.Join(t.TempDir(), "trace")
	dir := t.TempDir()
	cmd := exec.CommandContext(t.Context(), "strace", "-f", "-qq", "-e", "trace=%file", "-e", "signal=none", "-o", trace,
		"python3", "-S", "-B", abs(t, "testdata/clients/login.py"), lib, dir)
	cmd.Dir = t.TempDir()
	if out, err := cmd.CombinedOutput(); err != nil || len(out) > 0 {
		if strings.Contains(string(out), "ptrace") {
			t.Skipf("strace can't be used here: %s", out)
		}
		t.Fatalf("%v\n%s", err, out)
	}
	text, err := os.ReadFile(trace)
	if err != nil {
		t.Fatal(err)
	}
	lines := string(text)
	_, lines, found := strings.Cut(lines, `"`+lib+`", O_RDONLY|O_CLOEXEC) = `) // what was before is Python's
	if !found {
		t.Fatal("the library was not loaded")
	}
	used := false
	readable := regexp.MustCompile(`^(/etc/(resolv\.conf|hosts|os-release|nsswitch\.conf|localtime|host\.conf|ld\.so\.cache|mtab)|/proc/.*|/sys/.*|/dev/(null|urandom)|/usr/.*|/lib.*|` +
		regexp.QuoteMeta(filepath.Dir(lib)) + `.*|` + regexp.QuoteMeta(os.Getenv("TDJSON_TEST_SERVER")) + `)$`)
	for line := range strings.Lines(lines) {
		for _, m := range changed.FindAllStringSubmatch(line, -1) {
			if used = true; !strings.HasPrefix(m[1], dir) && !strings.Contains(line, "ENOENT") {
				t.Errorf("changed outside: %s", line)
			}
		}
		for _, m := range opened.FindAllStringSubmatch(line, -1) {
			writes := strings.Contains(m[2], "WR") || strings.Contains(m[2], "CREAT")
			switch inside := strings.HasPrefix(m[1], dir); {
			case inside:
				used = true
			case writes && m[1] != "/dev/null":
				t.Errorf("opened to write outside: %s", line)
			case !readable.MatchString(m[1]):
				t.Errorf("read: %s", line)
			}
		}
	}
	if !used {
		t.Error("nothing was seen of the database")
	}
}

// TestOutput: nothing is printed but the log, which goes to the standard error stream.
func TestOutput(t *testing.T) {
	lib := need(t, "python3")
	localTelegram(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	cmd := exec.CommandContext(ctx, "python3", abs(t, "testdata/clients/login.py"), lib, t.TempDir(), "--log")
	var stdout, stderr strings.Builder
	cmd.Stdout, cmd.Stderr = &stdout, &stderr
	if err := cmd.Run(); err != nil {
		t.Fatalf("%v\n%s", err, stderr.String())
	}
	if stdout.Len() > 0 {
		t.Errorf("printed: %s", stdout.String())
	}
	line := regexp.MustCompile(`^(\x1b\[[0-9;]*m)?\[ ?\d+\]\[t \d+\]\[\d+\.\d{9}\]`)
	n := 0
	for text := range strings.Lines(stderr.String()) {
		if n++; !line.MatchString(text) {
			t.Errorf("not a line of the log: %q", text)
		}
	}
	if n == 0 {
		t.Error("the log is empty, although everything is to be logged")
	}
}

// TestHuge: requests that are meant to be slow or large are not.
func TestHuge(t *testing.T) {
	lib := need(t, "python3")
	cmd := exec.CommandContext(t.Context(), "python3", "-B", abs(t, "../bench/huge.py"), lib, "--together", "--mb", "0.1", "--limit", "3")
	if out, err := cmd.CombinedOutput(); err != nil {
		t.Errorf("%v\n%s", err, out)
	}
}
