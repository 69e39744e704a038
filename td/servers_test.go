package td

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"tdjson/internal/testdc"
)

// front stands before a server and treats connections as it is told.
type front struct {
	t      testing.TB
	listen net.Listener
	behind string
	mode   atomic.Pointer[string]
	taken  atomic.Int32 // connections
	group  sync.WaitGroup

	mu    sync.Mutex
	conns map[net.Conn]bool
}

// Modes of a front.
const (
	good    = "good"     // it passes everything on
	hangsUp = "hangs up" // at once
	stalls  = "stalls"   // it says nothing
	rubbish = "rubbish"  // it answers with random bytes
	mutters = "mutters"  // it passes on what the client says, and answers with random bytes
)

func newFront(t testing.TB, behind, mode string) *front {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	f := &front{t: t, listen: l, behind: behind, conns: map[net.Conn]bool{}}
	f.mode.Store(&mode)
	f.group.Go(f.accept)
	t.Cleanup(func() {
		_ = l.Close()
		f.cut()
		f.group.Wait()
	})
	return f
}

func (f *front) addr() string { return f.listen.Addr().String() }

// set changes how connections are treated, also those that there are: they are cut.
func (f *front) set(mode string) {
	f.mode.Store(&mode)
	f.cut()
}

func (f *front) cut() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for nc := range f.conns {
		_ = nc.Close()
	}
}

func (f *front) keep(nc net.Conn) (forget func()) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.conns[nc] = true
	return func() {
		_ = nc.Close()
		f.mu.Lock()
		defer f.mu.Unlock()
		delete(f.conns, nc)
	}
}

func (f *front) accept() {
	for {
		nc, err := f.listen.Accept()
		if err != nil {
			return
		}
		f.taken.Add(1)
		f.group.Go(func() {
			defer f.keep(nc)()
			f.serve(nc)
		})
	}
}

func (f *front) serve(nc net.Conn) {
	switch mode := *f.mode.Load(); mode {
	case stalls:
		_, _ = io.Copy(io.Discard, nc)
	case rubbish:
		_, _ = io.Copy(nc, io.LimitReader(rand.Reader, 1<<20))
	case good, mutters:
		server, err := net.Dial("tcp", f.behind)
		if err != nil {
			return
		}
		defer f.keep(server)()
		if mode == mutters {
			f.group.Go(func() { _, _ = io.Copy(server, nc) })
			_, _ = io.Copy(nc, io.LimitReader(rand.Reader, 1<<20))
			return
		}
		f.group.Go(func() {
			_, _ = io.Copy(server, nc)
			_ = server.Close()
		})
		_, _ = io.Copy(nc, server)
	}
}

// withFront makes a program that finds a front where data center 1 of a server is to be; what is behind it may be another one.
func withFront(t testing.TB, s *testdc.Server, behind, mode string) (*program, *front) {
	t.Helper()
	f := newFront(t, behind, mode)
	host, port, _ := net.SplitHostPort(s.Addr(1))
	_, frontPort, _ := net.SplitHostPort(f.addr())
	config := strings.Replace(string(s.Config()), fmt.Sprintf(`"address":%q,"port":%s`, host, port), fmt.Sprintf(`"address":%q,"port":%s`, host, frontPort), 1)
	if config == string(s.Config()) {
		t.Fatal("the server's configuration looks otherwise than expected")
	}
	p := newProgram(t, s)
	path := writeConfig(t, []byte(config))
	p.r.servers = func(test bool) (*servers, error) { return findServers(test, path) }
	return p, f
}

// TestBadServer: with a server that is none the client goes on trying; what was asked waits, and is answered when the server
// is there.
func TestBadServer(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{hangsUp, stalls, rubbish, mutters} {
		t.Run(mode, func(t *testing.T) {
			t.Parallel()
			s := startServer(t, testdc.Options{})
			p, f := withFront(t, s, s.Addr(1), mode)
			c := p.start(t.TempDir())
			c.state("authorizationStateWaitPhoneNumber")
			c.connection("connectionStateConnecting")
			login := c.send(`{"@type":"setAuthenticationPhoneNumber","phone_number":%q}`, eva)
			wait := 2
			if mode == stalls {
				wait = 1 // it takes long to give such a one up
			}
			waitFor(t, "the client tries again", func() bool { return int(f.taken.Load()) >= wait })
			c.must("ok", `{"@type":"setOption","name":"x","value":{"@type":"optionValueBoolean","value":true}}`)
			if c.answered(login) {
				t.Errorf("answered without a server: %v", c.answer(login))
			}
			f.set(good)
			if o := c.answer(login); o.kind() != "ok" {
				t.Errorf("answered with %v", o)
			}
			c.connection("connectionStateReady")
			// The same while it is closed: no server keeps a client from ending.
			f.set(mode)
			c.connection("connectionStateConnecting")
			aborted := c.send(`{"@type":"checkAuthenticationCode","code":"12345"}`)
			start := time.Now()
			c.close()
			if took := time.Since(start); took > closeDeadline+time.Second {
				t.Errorf("the end took %v", took)
			}
			if o := c.answer(aborted); o.text("message") != "Request aborted" {
				t.Errorf("answered with %v", o)
			}
		})
	}
}

// answered says whether a request was answered already.
func (c *peer) answered(extra string) bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.answers[extra]) > 0
}

// TestNoServer: the same where nobody listens.
func TestNoServer(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	var tries, up atomic.Int32
	dial := p.r.dial
	p.r.dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
		tries.Add(1)
		if up.Load() == 0 {
			return nil, &net.OpError{Op: "dial", Net: network, Err: os.NewSyscallError("connect", syscall.ECONNREFUSED)}
		}
		return dial(ctx, network, addr)
	}
	c := p.start(t.TempDir())
	login := c.send(`{"@type":"setAuthenticationPhoneNumber","phone_number":%q}`, eva)
	waitFor(t, "the client tries again", func() bool { return tries.Load() >= 4 })
	if c.answered(login) {
		t.Errorf("answered without a server: %v", c.answer(login))
	}
	up.Store(1)
	if o := c.answer(login); o.kind() != "ok" {
		t.Errorf("answered with %v", o)
	}
}

// TestWrongKey: a server that has another key than the one that is trusted is none.
func TestWrongKey(t *testing.T) {
	t.Parallel()
	key, err := testdc.NewKey()
	if err != nil {
		t.Fatal(err)
	}
	wrong := startServer(t, testdc.Options{Key: key})
	right := startServer(t, testdc.Options{})
	p, f := withFront(t, right, wrong.Addr(1), good)
	c := p.start(t.TempDir())
	login := c.send(`{"@type":"setAuthenticationPhoneNumber","phone_number":%q}`, eva)
	waitFor(t, "the client tries again", func() bool { return f.taken.Load() >= 3 })
	if c.answered(login) || wrong.Calls("auth.sendCode") != 0 {
		t.Errorf("a server that is not trusted was told the phone number")
	}
	if c.count(func(o object) bool { return o.text("state", "@type") == "connectionStateReady" }) != 0 {
		t.Error("a server that is not trusted was taken for one")
	}
}

// TestCutConnections: calls outlive their connections; none is lost, and none is run twice.
func TestCutConnections(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	c := p.login(t.TempDir(), eva)
	stop := make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(25 * time.Millisecond):
			}
			s.CutConnections(eva)
			if i%4 == 3 {
				s.ChangeSalt()
			}
		}
	})
	const n = 300
	var sent []string
	for i := range n {
		sent = append(sent, c.send(`{"@type":"terminateSession","session_id":"%d"}`, i+1))
		if i%10 == 0 {
			time.Sleep(10 * time.Millisecond)
		}
	}
	for _, extra := range sent {
		if o := c.answer(extra); o.text("message") != "HASH_INVALID" {
			t.Errorf("answered with %v", o)
		}
	}
	close(stop)
	group.Wait()
	if got := s.Calls("account.resetAuthorization"); got != n {
		t.Errorf("%d requests became %d calls", n, got)
	}
}

// TestCutWhileRun: an answer that was not there when the connection ended comes on the next one.
func TestCutWhileRun(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	c := p.login(t.TempDir(), eva)
	c.upToDate()
	release := s.StallNext("account.getAuthorizations")
	sent := c.send(`{"@type":"getActiveSessions"}`)
	waitCalls(t, s, "account.getAuthorizations", 1)
	s.RefuseConnections(true)
	s.CutConnections("")
	c.connection("connectionStateConnecting")
	release()
	s.RefuseConnections(false)
	if o := c.answer(sent); o.kind() != "sessions" {
		t.Errorf("answered with %v", o)
	}
	if n := s.Calls("account.getAuthorizations"); n != 1 {
		t.Errorf("called %d times", n)
	}
	c.connection("connectionStateReady")
}

func TestNoNetwork(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	c := p.login(t.TempDir(), eva)
	c.upToDate()
	c.must("ok", `{"@type":"setNetworkType","type":{"@type":"networkTypeNone"}}`)
	c.connection("connectionStateWaitingForNetwork")
	sent := c.send(`{"@type":"getActiveSessions"}`)
	time.Sleep(calm)
	if c.answered(sent) {
		t.Error("answered without a network")
	}
	c.must("ok", `{"@type":"setNetworkType","type":{"@type":"networkTypeWiFi"}}`)
	c.connection("connectionStateReady")
	if o := c.answer(sent); o.kind() != "sessions" {
		t.Errorf("answered with %v", o)
	}
}

// TestKeysForgotten: a server that does not know the keys any more ends the login.
func TestKeysForgotten(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	c := p.login(dir, eva)
	c.upToDate()
	s.ForgetKeys(eva)
	s.CutConnections("")
	c.send(`{"@type":"getActiveSessions"}`)
	c.state("authorizationStateLoggingOut")
	c.waitClosed()
	noDatabase(t, dir)
}

// TestServerFile: a file that TDJSON_TEST_SERVER names must be one; what is wrong is said, and can be mended.
func TestServerFile(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	c := p.client()
	path := filepath.Join(dir, "none.json")
	p.r.servers = func(test bool) (*servers, error) { return findServers(test, path) }
	for name, text := range map[string]string{
		"none":     "",
		"no JSON":  "public_keys",
		"no PEM":   `{"public_keys":["abc"],"dcs":[]}`,
		"no PKCS1": `{"public_keys":["-----BEGIN RSA PUBLIC KEY-----\nAAAA\n-----END RSA PUBLIC KEY-----"],"dcs":[]}`,
		"no port":  `{"public_keys":[],"dcs":[{"id":1,"address":"127.0.0.1"}]}`,
		"no host":  `{"public_keys":[],"dcs":[{"id":1,"port":443}]}`,
		"no DC":    `{"public_keys":[],"dcs":[{"id":0,"address":"127.0.0.1","port":443}]}`,
		"nothing":  `{}`,
	} {
		if text != "" {
			path = filepath.Join(dir, strings.ReplaceAll(name, " ", "_")+".json")
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		o := c.must("error", "%s", parametersFor(filepath.Join(dir, "db")))
		if m := o.text("message"); o.number("code") != 400 || !strings.HasPrefix(m, "TDJSON_TEST_SERVER: ") || !strings.Contains(m, path) || strings.Contains(m, "\n") {
			t.Errorf("%s: %v", name, o)
		}
	}
	path = writeConfig(t, s.Config())
	c.must("ok", "%s", parametersFor(filepath.Join(dir, "db")))
	c.login(eva)
	// Without use_test_dc it does not count.
	path = "nowhere"
	if found, err := findServers(false, path); err != nil || found.first != 2 {
		t.Errorf("production servers: %v", err)
	}
}

// TestServerRefusals: what the server refuses for good is said with its words, what it refuses for now is asked for again.
func TestServerRefusals(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	c := p.login(t.TempDir(), eva)
	for _, r := range []struct {
		code    int
		message string
		want    string
		after   time.Duration
	}{
		{400, "SOMETHING_INVALID", "400 SOMETHING_INVALID", 0},
		{403, "CHAT_WRITE_FORBIDDEN", "403 CHAT_WRITE_FORBIDDEN", 0},
		{406, "UPDATE_APP_TO_LOGIN", "406 UPDATE_APP_TO_LOGIN", 0},
		{420, "FLOOD_WAIT_61", "429 Too Many Requests: retry after 61", 0},
		{420, "FLOOD_WAIT_1", "", time.Second},
		{420, "FROZEN_METHOD_INVALID", "406 FROZEN_METHOD_INVALID", 0},
		{429, "FLOOD_WAIT_3", "429 FLOOD_WAIT_3", 0},
		{500, "INTERNAL_SERVER_ERROR", "", time.Second},
		{503, "Timeout", "503 Timeout", 0},
		{-503, "Timeout", "", time.Second},
	} {
		s.FailNext("account.getAuthorizations", r.code, r.message)
		start := time.Now()
		o := c.ask(`{"@type":"getActiveSessions"}`)
		got := ""
		if o.kind() == "error" {
			got = fmt.Sprintf("%d %s", o.number("code"), o.text("message"))
		}
		if took := time.Since(start); got != r.want || took < r.after || took > r.after+5*time.Second {
			t.Errorf("%d %s became %q after %v, want %q after %v", r.code, r.message, got, took, r.want, r.after)
		}
	}
	// What waits to be asked for again does not hold up the end.
	s.FailNext("account.getAuthorizations", 420, "FLOOD_WAIT_59")
	calls := s.Calls("account.getAuthorizations")
	sent := c.send(`{"@type":"getActiveSessions"}`)
	waitCalls(t, s, "account.getAuthorizations", calls+1)
	c.close()
	if o := c.answer(sent); o.text("message") != "Request aborted" {
		t.Errorf("answered with %v", o)
	}
}

// TestEnvironment: the variable is read when the parameters are set.
func TestEnvironment(t *testing.T) {
	s := startServer(t, testdc.Options{})
	t.Setenv(testServerVariable, writeConfig(t, s.Config()))
	r := NewRegistry()
	if err := r.Log().SetVerbosity(0); err != nil {
		t.Fatal(err)
	}
	startProgram(t, r).login(t.TempDir(), eva)
	t.Setenv(testServerVariable, "nowhere")
	if _, err := r.servers(true); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("a file that is not there: %v", err)
	}
}
