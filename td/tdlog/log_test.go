package tdlog

import (
	"errors"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

func quiet(t testing.TB) *Log {
	l := New()
	if err := l.SetStream(Stream{Kind: StreamEmpty}); err != nil {
		t.Fatal(err)
	}
	return l
}

func TestDefaults(t *testing.T) {
	l := New()
	if l.Verbosity() != 5 || l.Stream() != (Stream{}) {
		t.Fatalf("a new log has verbosity %d and stream %+v", l.Verbosity(), l.Stream())
	}
	if got := strings.Join(l.Tags(), " "); got != "actor binlog config_recoverer connections dc dns_resolver fd file_gc file_loader "+
		"file_references get_difference mtproto net_query notifications proxy raw_mtproto sqlite td_init td_requests update_file" {
		t.Fatalf("tags: %s", got)
	}
	for name, want := range map[string]int{"actor": 14, "dc": 6, "mtproto": 11, "td_requests": 3} {
		if got, err := l.TagVerbosity(name); got != want || err != nil {
			t.Errorf("tag %s: %d, %v; want %d", name, got, err, want)
		}
	}
}

func TestSetVerbosity(t *testing.T) {
	l := New()
	for _, level := range []int{0, 1, 5, 1023, 1024} {
		if err := l.SetVerbosity(level); err != nil || l.Verbosity() != level {
			t.Errorf("%d: %v, reads back %d", level, err, l.Verbosity())
		}
	}
	for _, level := range []int{-1, 1025, 1 << 31} {
		if err := l.SetVerbosity(level); !errors.Is(err, ErrVerbosity) || l.Verbosity() != 1024 {
			t.Errorf("%d: %v, reads back %d", level, err, l.Verbosity())
		}
	}
}

func TestTagVerbosity(t *testing.T) {
	l := New()
	for level, want := range map[int]int{-5: 1, 0: 1, 3: 3, 2000: 1024} {
		if err := l.SetTagVerbosity("proxy", level); err != nil {
			t.Fatal(err)
		}
		if got, _ := l.TagVerbosity("proxy"); got != want {
			t.Errorf("set to %d it reads back %d, want %d", level, got, want)
		}
	}
	for name, want := range map[string]error{"": ErrTagEmpty, "Actor": ErrTagUnknown, " actor": ErrTagUnknown} {
		if _, err := l.TagVerbosity(name); err != want {
			t.Errorf("TagVerbosity(%q): %v", name, err)
		}
		if err := l.SetTagVerbosity(name, 3); err != want {
			t.Errorf("SetTagVerbosity(%q): %v", name, err)
		}
	}
}

func TestLine(t *testing.T) {
	now := time.Unix(1795344776, 42)
	for text, want := range map[string]string{
		"":                          "",
		"a":                         "a",
		"a\nb\n\n":                  "a\nb",
		"\n":                        "",
		"é":                         "é",
		strings.Repeat("a", 200000): strings.Repeat("a", 131070-58),
	} {
		want = "[ 1][t 0][1795344776.000000042][Logging.cpp:160][&client]\t" + want + "\n"
		if got := string(appendLine(nil, now, 1, "Logging.cpp", 160, "client", text)); got != want {
			t.Errorf("%.20q: got %d bytes %.80q, want %d bytes %.80q", text, len(got), got, len(want), want)
		}
	}
	if got := string(appendLine(nil, now, 1023, "a.go", 7, "", "x")); got != "[1023][t 0][1795344776.000000042][a.go:7]\tx\n" {
		t.Errorf("got %q", got)
	}
}

func TestCallback(t *testing.T) {
	l := quiet(t)
	var got []int
	for max, want := range map[int]int{-1: 0, 0: 0, 1: 1, 3: 3, 5: 5, 1024: 5} {
		got = nil
		l.SetCallback(max, func(level int, line string) {
			got = append(got, level)
			if !regexp.MustCompile(`^\[ \d\]\[t 0\]\[\d+\.\d{9}\]\[Logging\.cpp:160\]\[&client\]\tm é\n$`).MatchString(line) {
				t.Errorf("line %q", line)
			}
		})
		for level := 1; level <= 6; level++ {
			if err := l.Add(level, "m é\n"); err != nil {
				t.Error(err)
			}
		}
		if len(got) != want {
			t.Errorf("up to %d: called for levels %v", max, got)
		}
	}
	l.SetCallback(5, nil)
	got = nil
	_ = l.Add(1, "x")
	if got != nil {
		t.Error("a removed callback was called")
	}
}

func TestFatalIsAnError(t *testing.T) {
	l := quiet(t)
	var levels []int
	l.SetCallback(5, func(level int, _ string) { levels = append(levels, level) })
	for _, level := range []int{0, -1, -1 << 31} {
		if err := l.Add(level, "x"); !errors.Is(err, ErrFatal) {
			t.Errorf("level %d: %v", level, err)
		}
	}
	l.Printf(Fatal, "x")
	if len(levels) != 4 || levels[0] != Error || levels[3] != Error {
		t.Errorf("written with levels %v", levels)
	}
}

func TestPrintf(t *testing.T) {
	l := quiet(t)
	var lines []string
	l.SetCallback(5, func(_ int, line string) { lines = append(lines, line) })
	l.Printf(Info, "n=%d", 7)
	l.Printf(6, "hidden")
	l.Tagf(TagActor, "hidden")
	l.Tagf(TagNetQuery, "sent %s", "x")
	if err := l.SetTagVerbosity("net_query", 6); err != nil {
		t.Fatal(err)
	}
	l.Tagf(TagNetQuery, "hidden")
	if len(lines) != 2 || !strings.Contains(lines[0], "][log_test.go:") || !strings.HasSuffix(lines[0], "]\tn=7\n") ||
		!strings.HasPrefix(lines[1], "[ 3]") || !strings.HasSuffix(lines[1], "][&net_query]\tsent x\n") {
		t.Errorf("lines %q", lines)
	}
}

func TestFileStream(t *testing.T) {
	dir := realPath(t.TempDir())
	path := filepath.Join(dir, "log")
	link := filepath.Join(dir, "link")
	if err := os.Symlink(path, link); err != nil {
		t.Skip(err)
	}
	l := New()
	for _, step := range []struct {
		set  Stream
		err  string
		want Stream
	}{
		{Stream{Kind: StreamEmpty}, "", Stream{Kind: StreamEmpty}},
		{Stream{Kind: StreamFile}, "Max log file size must be positive", Stream{Kind: StreamEmpty}},
		{Stream{StreamFile, path, -1, false}, "Max log file size must be positive", Stream{Kind: StreamEmpty}},
		{Stream{StreamFile, "", 1, false}, "Log file path must be non-empty", Stream{Kind: StreamEmpty}},
		{Stream{StreamFile, link, 1, false}, "", Stream{StreamFile, path, 1, false}},
		{Stream{StreamFile, path, 1000, true}, "", Stream{StreamFile, path, 1000, false}},
		{Stream{StreamFile, dir, 1, false}, `File "` + dir + `" can't be opened/created for appending`, Stream{StreamFile, path, 1000, false}},
		{Stream{StreamFile, dir + "/\x00b", 1, false}, `File "` + dir + "/", Stream{StreamFile, path, 1000, false}},
		{Stream{Kind: StreamDefault}, "", Stream{}},
		{Stream{StreamFile, path, 1 << 62, true}, "", Stream{StreamFile, path, 1 << 62, false}},
	} {
		text := ""
		if err := l.SetStream(step.set); err != nil {
			text = err.Error()
		}
		if text != step.err || l.Stream() != step.want {
			t.Errorf("set %+v: error %q, now %+v", step.set, text, l.Stream())
		}
	}
	closeAtEnd(t, l)
}

func closeAtEnd(t *testing.T, l *Log) {
	t.Cleanup(func() {
		if l.file.f != nil {
			l.file.f.Close()
		}
	})
}

func TestRotation(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	l := New()
	closeAtEnd(t, l)
	if err := l.SetStream(Stream{StreamFile, path, 100, false}); err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"one", "two", "three"} { // two lines are more than 100 bytes
		_ = l.Add(1, text)
	}
	old, _ := os.ReadFile(path + ".old")
	now, _ := os.ReadFile(path)
	if strings.Count(string(old), "\n") != 2 || strings.Count(string(now), "\n") != 1 || !strings.HasSuffix(string(now), "three\n") {
		t.Errorf("old:\n%snow:\n%s", old, now)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("mode %v, %v", info.Mode(), err)
	}
}

func TestDeprecatedFunctions(t *testing.T) {
	path := filepath.Join(realPath(t.TempDir()), "log")
	l := New()
	closeAtEnd(t, l)
	l.SetMaxFileSize(-7)
	if l.Stream() != (Stream{}) {
		t.Errorf("a size without a path changed the stream: %+v", l.Stream())
	}
	l.SetMaxFileSize(10 << 20)
	// The standard error stream of the test itself is not to be redirected: open the file first.
	if err := l.SetStream(Stream{StreamFile, path, 5, false}); err != nil {
		t.Fatal(err)
	}
	if !l.SetFilePath(path) || l.Stream() != (Stream{StreamFile, path, 10 << 20, false}) {
		t.Errorf("set the path: %+v", l.Stream())
	}
	if !l.SetFilePath("") || l.Stream() != (Stream{}) {
		t.Errorf("cleared the path: %+v", l.Stream())
	}
	if l.SetFilePath("/nonexistent/x/log") || l.Stream() != (Stream{}) {
		t.Errorf("a path that can't be opened: %+v", l.Stream())
	}
	if !l.SetFilePath(path) {
		t.Fatal("path refused")
	}
	if l.SetMaxFileSize(0); l.Stream().MaxFileSize != 1 {
		t.Errorf("size 0: %+v", l.Stream())
	}
}

func TestConcurrent(t *testing.T) {
	path := filepath.Join(t.TempDir(), "log")
	l := New()
	closeAtEnd(t, l)
	if err := l.SetStream(Stream{StreamFile, path, 1 << 30, false}); err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 200 {
				_ = l.Add(1+i%5, strings.Repeat("x", 50))
				_ = l.SetTagVerbosity("dc", i)
				l.SetCallback(i%6, func(int, string) {})
			}
		})
	}
	wg.Wait()
	b, _ := os.ReadFile(path)
	lines := strings.Split(strings.TrimSuffix(string(b), "\n"), "\n")
	if len(lines) != 800 {
		t.Fatalf("%d lines", len(lines))
	}
	for _, line := range lines {
		if !strings.HasSuffix(line, "\t"+strings.Repeat("x", 50)) || !strings.HasPrefix(line, "[ ") {
			t.Fatalf("torn line %q", line)
		}
	}
}

func BenchmarkDisabled(b *testing.B) {
	l := quiet(b)
	for b.Loop() {
		l.Tagf(TagActor, "x")
	}
}

func BenchmarkCallback(b *testing.B) {
	l := quiet(b)
	l.SetCallback(5, func(int, string) {})
	for b.Loop() {
		_ = l.Add(3, "some text")
	}
}
