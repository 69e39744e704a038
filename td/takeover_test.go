package td

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"

	"tdjson/internal/testdc"
	"tdjson/storage"
	"tdjson/storage/transfer"
	"tdjson/types"
)

// tdlibDirectory makes a directory as TDLib leaves it, with the session of a client.
func tdlibDirectory(t testing.TB, c *peer, key string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "tdlib")
	c.must("exportedSession", `{"@type":"exportSession","format":"tdlib","path":%q,"key":%q,%s}`, dir, key, yes)
	return dir
}

// sealedWith is parametersFor with a database_encryption_key in base64.
func sealedWith(dir, key string) string {
	return strings.TrimSuffix(parametersFor(dir), "}") + fmt.Sprintf(`,"database_encryption_key":%q}`, key)
}

func sum(t testing.TB, path string) string {
	t.Helper()
	data, err := os.ReadFile(path)
	info, statErr := os.Stat(path)
	if err = errors.Join(err, statErr); err != nil {
		t.Fatal(err)
	}
	return fmt.Sprintf("%x %v %v", sha256.Sum256(data), info.ModTime(), info.Mode())
}

func TestTakeOver(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	source := p.login(t.TempDir(), "15550004330")
	id := source.must("user", `{"@type":"getMe"}`).number("id")
	dir := tdlibDirectory(t, source, "c2VjcmV0")
	binlog := filepath.Join(dir, "td_test.binlog")
	before := sum(t, binlog)

	c := p.client()
	for _, key := range []string{"", "d3Jvbmc="} {
		c.fails(401, "Wrong database encryption key", "%s", sealedWith(dir, key))
	}
	c.must("ok", "%s", sealedWith(dir, "c2VjcmV0"))
	c.state("authorizationStateReady")
	c.upToDate()
	c.until("my own user", func() bool {
		return slices.ContainsFunc(c.received, func(o object) bool { return o.kind() == "updateUser" && o.number("user", "id") == id })
	})
	c.current()
	c.close()
	if after := sum(t, binlog); after != before {
		t.Errorf("TDLib's file was changed: %s, then %s", before, after)
	}
	if err := os.WriteFile(binlog, []byte("not looked at any more"), 0o600); err != nil {
		t.Fatal(err)
	}
	c = p.client()
	c.must("ok", "%s", sealedWith(dir, "c2VjcmV0"))
	c.state("authorizationStateReady")
	if got := c.must("optionValueInteger", `{"@type":"getOption","name":"my_id"}`).text("value"); got != fmt.Sprint(id) {
		t.Errorf("my_id is %s", got)
	}
	c.current()
	if n := s.Calls("auth.signIn"); n != 1 {
		t.Errorf("auth.signIn was called %d times", n)
	}
}

// TestTakeOverOnce: a session that was logged out here does not come back from TDLib's file.
func TestTakeOverOnce(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := tdlibDirectory(t, p.login(t.TempDir(), "15550004331"), "")
	before := sum(t, filepath.Join(dir, "td_test.binlog"))
	c := p.start(dir)
	c.state("authorizationStateReady")
	c.must("ok", `{"@type":"logOut"}`)
	c.waitClosed()
	if after := sum(t, filepath.Join(dir, "td_test.binlog")); after != before {
		t.Errorf("TDLib's file was changed: %s, then %s", before, after)
	}
	c = p.client()
	c.must("ok", "%s", sealedWith(dir, "bmV3")) // as after a log out of TDLib, the key may be another one
	c.state("authorizationStateWaitPhoneNumber")
}

// TestTakeOverNothing: what TDLib could not use either is a fresh start.
func TestTakeOverNothing(t *testing.T) {
	t.Parallel()
	p := newProgram(t, nil)
	for name, data := range map[string]string{"empty": "", "damaged": strings.Repeat("damaged ", 100)} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, "td_test.binlog"), []byte(data), 0o600); err != nil {
			t.Fatal(name, err)
		}
		p.start(dir).state("authorizationStateWaitPhoneNumber")
	}
}

// TestNameless opens sessions that do not say whose they are, of TDLib's and of this library's.
func TestNameless(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	from := t.TempDir()
	c := p.login(from, "15550004332")
	id := c.must("user", `{"@type":"getMe"}`).number("id")
	c.close()
	session := storedSession(t, from)
	session.User.ID = 0
	directory := func(format string) (dir string) {
		dir = t.TempDir()
		path := filepath.Join(dir, map[string]string{"tdlib": "td_test.binlog", "tdjson": "td_test.session"}[format])
		if err := transfer.ExportFile(t.Context(), format, session, nil, path, transfer.Options{}); err != nil {
			t.Fatal(err)
		}
		return dir
	}
	open := func(format string) (dir string, c *peer, release func()) {
		dir = directory(format)
		before := s.Calls("users.getUsers")
		release = s.StallNext("users.getUsers")
		c = p.start(dir)
		waitCalls(t, s, "users.getUsers", before+1)
		return dir, c, release
	}
	for _, format := range []string{"tdlib", "tdjson"} {
		dir, c, release := open(format)
		c.fails(401, "Unauthorized", `{"@type":"getActiveSessions"}`)
		state := c.send(`{"@type":"getAuthorizationState"}`)
		if got := c.states(); len(got) != 1 {
			t.Errorf("%s: states %q before the server has said whose it is", format, got)
		}
		release()
		c.wait("my own user", func(o object) bool { return o.kind() == "updateUser" && o.number("user", "id") == id })
		c.state("authorizationStateReady")
		if o := c.answer(state); o.kind() != "authorizationStateReady" {
			t.Errorf("%s: %v", format, o)
		}
		c.current()
		c.close()
		if got := storedSession(t, dir).User; got.ID != id {
			t.Errorf("%s: %+v was stored", format, got)
		}
	}
	_, c, release := open("tdlib") // closed before the server has answered
	state := c.send(`{"@type":"getAuthorizationState"}`)
	c.close()
	release()
	c.answer(state)
	revoked := p.start(directory("tdjson"))
	revoked.state("authorizationStateReady")
	p.login(t.TempDir(), "15550004332").must("ok", `{"@type":"terminateAllOtherSessions"}`)
	revoked.waitClosed()
	for range 2 { // the server says so in an answer, then in place of one
		c = p.start(directory("tdlib"))
		c.state("authorizationStateLoggingOut")
		c.waitClosed()
		if got := c.states(); slices.Contains(got, "Ready") {
			t.Errorf("states %q", got)
		}
	}
}

// lockVariable tells a process of this test what to do with the lock of a binlog: see TestBinlogLockHelper.
const lockVariable = "TDJSON_TEST_BINLOG"

// TestBinlogLockHelper is no test: it takes TDLib's lock, in a process of its own, and holds it until its input ends.
func TestBinlogLockHelper(*testing.T) {
	path := os.Getenv(lockVariable)
	if path == "" {
		return
	}
	f, err := os.OpenFile(path, os.O_RDWR, 0)
	if err == nil {
		err = syscall.FcntlFlock(f.Fd(), syscall.F_SETLK, &syscall.Flock_t{Type: syscall.F_WRLCK, Whence: io.SeekStart})
	}
	fmt.Printf("lock: %v\n", err == nil)
	_, _ = io.Copy(io.Discard, os.Stdin)
	os.Exit(0)
}

// lockElsewhere tries to take TDLib's lock in another process.
func lockElsewhere(t *testing.T, path string) (locked bool, release func()) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	cmd := exec.CommandContext(ctx, os.Args[0], "-test.run=^TestBinlogLockHelper$")
	cmd.Env = append(os.Environ(), lockVariable+"="+path)
	in, inErr := cmd.StdinPipe()
	out, outErr := cmd.StdoutPipe()
	if err := errors.Join(inErr, outErr, cmd.Start()); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	return line == "lock: true\n", func() {
		in.Close()
		_ = cmd.Wait()
		cancel()
	}
}

func TestBinlogLock(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "td_test.binlog")
	if err := os.WriteFile(path, []byte("x"), 0o600); err != nil {
		t.Fatal(err)
	}
	p := parameters{types.SetTdlibParameters{UseTestDC: true, DatabaseDirectory: dir}}
	locked, release := lockElsewhere(t, path)
	if !locked {
		t.Fatal("the other process has no lock")
	}
	_, err := p.tryOpen()
	want := fmt.Sprintf(`Can't lock file "%s", because it is already in use; check for another program instance running`, path)
	if !errors.Is(err, storage.ErrLocked) || p.openError(err).(*types.Error).Message != want {
		t.Errorf("while TDLib has it: %v", err)
	}
	release()
	db, err := p.tryOpen()
	if err != nil {
		t.Fatalf("after TDLib: %v", err)
	}
	locked, release = lockElsewhere(t, path)
	release()
	if locked {
		t.Error("TDLib can open what is open here")
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	locked, release = lockElsewhere(t, path)
	release()
	if !locked {
		t.Error("TDLib can't open what was closed here")
	}
}
