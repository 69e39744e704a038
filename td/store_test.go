package td

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/goccy/go-json"

	"tdjson/internal/testdc"
	"tdjson/storage"
)

// TestUnusableDatabases: a database that is damaged, of another program or of a newer version is an error that says so, and stays as it
// is; another one may be opened after it.
func TestUnusableDatabases(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	p.login(dir, "15550004340").close()
	path := filepath.Join(dir, "td_test.session")
	good, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	key := storedSession(t, dir).DataCenters[0].AuthKey
	change := func(f func(b []byte) []byte) []byte { return f(bytes.Clone(good)) }
	c := p.client()
	for name, test := range map[string]struct {
		data []byte
		want string
	}{
		"cut":        {good[:len(good)-4096], "is damaged"},
		"cut short":  {good[:50], "is not a session of this library"},
		"a bit":      {change(func(b []byte) []byte { b[bytes.Index(b, key)+100] ^= 8; return b }), "is damaged"},
		"newer":      {change(func(b []byte) []byte { binary.BigEndian.PutUint32(b[60:], 99); return b }), "is written by a newer version of this library"},
		"another's":  {change(func(b []byte) []byte { b[70]++; return b }), "is not a session of this library"},
		"no SQLite":  {[]byte("what is this"), "is not a session of this library"},
		"first page": {change(func(b []byte) []byte { clear(b[100:4096]); return b }), "is damaged"},
	} {
		if err := os.WriteFile(path, test.data, 0o600); err != nil {
			t.Fatal(err)
		}
		o := c.must("error", "%s", parametersFor(dir))
		want := fmt.Sprintf(`Can't init database in the directory "%s": %s %s`, dir, path, test.want)
		if o.number("code") != 400 || !strings.HasPrefix(o.text("message"), want) {
			t.Errorf("%s: %v, want %s", name, o, want)
		}
		if now, err := os.ReadFile(path); err != nil || !bytes.Equal(now, test.data) {
			t.Errorf("%s: the file was changed, %v", name, err)
		}
		c.must("authorizationStateWaitTdlibParameters", `{"@type":"getAuthorizationState"}`)
	}
	if err := os.WriteFile(path, good, 0o600); err != nil {
		t.Fatal(err)
	}
	c.must("ok", "%s", parametersFor(dir))
	c.state("authorizationStateReady")
	c.current()
}

// openVariable makes this test binary a program that opens a database under a restriction, with an openPlan in JSON. See TestMain.
const openVariable = "TDJSON_TEST_OPEN"

// openPlan is what such a program does.
type openPlan struct {
	Directory, Server string
	Nobody            bool  // as a user without rights
	Limit             int64 // of the size of files, -1 for none
}

// openProgram prints the answer to setTdlibParameters and the state after it.
func openProgram(plan openPlan) {
	if plan.Nobody && os.Geteuid() == 0 {
		if err := syscall.Setuid(65534); err != nil {
			fmt.Println("skip:", err)
			return
		}
	}
	if plan.Limit >= 0 {
		limit := syscall.Rlimit{Cur: uint64(plan.Limit), Max: uint64(plan.Limit)}
		if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
			fmt.Println("skip:", err)
			return
		}
	}
	r := NewRegistry()
	_ = r.Log().SetVerbosity(0)
	r.servers = func(test bool) (*servers, error) { return findServers(test, plan.Server) }
	id := r.CreateClientID()
	r.Send(id, []byte(strings.TrimSuffix(parametersFor(plan.Directory), "}")+`,"@extra":"opened"}`))
	for {
		var o object
		if err := json.Unmarshal(r.Receive(nil, patience), &o); err != nil {
			fmt.Println(err)
			return
		}
		state := o.text("authorization_state", "@type")
		switch {
		case o["@extra"] == "opened":
			fmt.Println(o.kind(), o.number("code"), o.text("message"))
			r.Send(id, []byte(`{"@type":"close"}`))
		case state == "authorizationStateClosed":
			return
		}
	}
}

func opened(t *testing.T, plan openPlan) string {
	t.Helper()
	text, err := json.Marshal(plan)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
	defer cancel()
	child := exec.CommandContext(ctx, os.Args[0])
	child.Env = append(os.Environ(), openVariable+"="+string(text))
	out, err := child.CombinedOutput()
	if err != nil {
		t.Errorf("%+v: %v", plan, err)
	}
	if strings.HasPrefix(string(out), "skip") {
		t.Skip(string(out))
	}
	return strings.TrimSpace(string(out))
}

// TestNoRoom: a disk that takes nothing is told of at once, and what is there stays as it is.
func TestNoRoom(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	plan := openPlan{Directory: dir, Server: writeConfig(t, s.Config())}
	failed := fmt.Sprintf(`error 400 Can't init database in the directory "%s": `, dir)
	for _, limit := range []int64{0, 1000, 5000} { // not even the lock; the first page; not the second
		plan.Limit = limit
		if got := opened(t, plan); !strings.HasPrefix(got, failed) {
			t.Errorf("a new database in %d bytes: %s", limit, got)
		}
	}
	p.login(dir, "15550004341").close()
	path := filepath.Join(dir, "td_test.session")
	before, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for _, limit := range []int64{0, 1000, 4000} {
		plan.Limit = limit
		if got := opened(t, plan); !strings.HasPrefix(got, failed) {
			t.Errorf("in %d bytes: %s", limit, got)
		}
		if after, err := os.ReadFile(path); err != nil || !bytes.Equal(after, before) {
			t.Errorf("in %d bytes: the file was changed, %v", limit, err)
		}
	}
	plan.Limit = -1
	if got := opened(t, plan); got != "ok 0" {
		t.Errorf("with room again: %s", got)
	}
	c := p.start(dir)
	c.state("authorizationStateReady")
	c.current()
}

// TestReadOnly: TDLib's error where nothing may be written.
func TestReadOnly(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	server := writeConfig(t, s.Config())
	for above := dir; above != os.TempDir() && above != "/"; above = filepath.Dir(above) {
		if err := os.Chmod(above, 0o755); err != nil { // for a user without rights to come here
			t.Fatal(err)
		}
	}
	if err := errors.Join(os.Chmod(server, 0o644), os.Chmod(filepath.Dir(server), 0o755), os.Chmod(dir, 0o555)); err != nil {
		t.Fatal(err)
	}
	want := fmt.Sprintf(`error 400 File "%s" can't be opened/created for reading and writing`, filepath.Join(dir, "td_test.binlog"))
	plan := openPlan{Directory: dir, Server: server, Nobody: true, Limit: -1}
	if got := opened(t, plan); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if err := os.Chmod(dir, 0o777); err != nil {
		t.Fatal(err)
	}
	p.login(dir, "15550004342").close()
	path := filepath.Join(dir, "td_test.session")
	before := sum(t, path)
	if err := errors.Join(os.Chmod(path, 0o444), os.Chmod(dir, 0o555)); err != nil {
		t.Fatal(err)
	}
	if got := opened(t, plan); got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if err := errors.Join(os.Chmod(path, 0o600), os.Chmod(dir, 0o755)); err != nil {
		t.Fatal(err)
	}
	if after := sum(t, path); after != before {
		t.Errorf("the file was changed: %s, then %s", before, after)
	}
}

// fullDisk is a database on a disk that may be full.
type fullDisk struct {
	storage.Database
	full  atomic.Bool
	tried atomic.Int32
}

func (d *fullDisk) Apply(ctx context.Context, b *storage.Batch) error {
	d.tried.Add(1)
	if d.full.Load() {
		return syscall.ENOSPC
	}
	return d.Database.Apply(ctx, b)
}

func (d *fullDisk) Close() error { return nil } // to be looked at after it

// TestFullForAWhile: what can't be written is written later, in its order, at the latest when the client closes.
func TestFullForAWhile(t *testing.T) {
	t.Parallel()
	disk := &fullDisk{Database: storage.Memory()}
	r := newQuietRegistry()
	var s store
	s.open(&loaded{db: disk}, r.Log())
	check := func(name, want string) {
		t.Helper()
		value, _, err := disk.Get(t.Context(), name)
		if err != nil || string(value) != want {
			t.Errorf("%s is %q, %v, want %q", name, value, err, want)
		}
	}
	s.set("a", "1")
	s.set("b", "1")
	s.flush()
	disk.full.Store(true)
	s.set("a", "2")
	s.flush()
	s.delete("b")
	s.set("c", "1")
	s.flush()
	s.set("a", "3")
	s.flush()
	check("a", "1")
	check("b", "1")
	disk.full.Store(false)
	s.set("d", "1")
	s.flush()
	check("a", "3")
	check("b", "")
	check("c", "1")
	disk.full.Store(true)
	tried := disk.tried.Load()
	s.set("a", "4")
	s.flush()
	disk.full.Store(false)
	waitFor(t, "it is tried again", func() bool { return disk.tried.Load() >= tried+2 })
	s.flush()
	check("a", "4")
	disk.full.Store(true)
	s.set("a", "5")
	s.flush()
	disk.full.Store(false)
	end := make(chan struct{})
	go func() { defer close(end); s.close(false) }()
	select {
	case <-end:
	case <-time.After(patience):
		t.Fatal("close does not return")
	}
	check("a", "5")
}
