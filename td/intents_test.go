package td

import (
	"bufio"
	"context"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"tdjson/internal/testdc"
	"tdjson/storage"
)

const intentsPhone = "15550002001"

// changes are requests that have to be carried out whatever happens, and their methods. What a server with
// other logins 201 and 202 and a website says afterwards is checked by changed.
var changes = []struct{ request, method string }{
	{`{"@type":"terminateSession","session_id":"201"}`, "account.resetAuthorization"},
	{`{"@type":"confirmSession","session_id":"202"}`, "account.changeAuthorizationSettings"},
	{`{"@type":"toggleSessionCanAcceptCalls","session_id":"202","can_accept_calls":true}`, "account.changeAuthorizationSettings"},
	{`{"@type":"toggleSessionCanAcceptCalls","session_id":"202","can_accept_calls":false}`, "account.changeAuthorizationSettings"},
	{`{"@type":"toggleSessionCanAcceptSecretChats","session_id":"202","can_accept_secret_chats":false}`, "account.changeAuthorizationSettings"},
	{`{"@type":"setInactiveSessionTtl","inactive_session_ttl_days":33}`, "account.setAuthorizationTTL"},
	{`{"@type":"setInactiveSessionTtl","inactive_session_ttl_days":44}`, "account.setAuthorizationTTL"},
	{`{"@type":"disconnectWebsite","website_id":"301"}`, "account.resetWebAuthorization"},
}

// populate makes what changes are about.
func populate(t testing.TB, s *testdc.Server) {
	t.Helper()
	ok := s.AddLogin(intentsPhone, testdc.Phantom{Hash: 201, Unconfirmed: true}) && s.AddLogin(intentsPhone, testdc.Phantom{Hash: 202, Unconfirmed: true}) &&
		s.AddWebsite(intentsPhone, testdc.Website{Hash: 301, Bot: 555}) && s.AddWebsite(intentsPhone, testdc.Website{Hash: 302, Bot: 555})
	if !ok {
		t.Fatal("the account is not there")
	}
}

// changed checks that all changes were made, in their order.
func changed(t testing.TB, s *testdc.Server, c *peer) {
	t.Helper()
	for _, method := range []string{"account.resetAuthorization", "account.resetWebAuthorization"} {
		waitCalls(t, s, method, 1)
	}
	waitCalls(t, s, "account.changeAuthorizationSettings", 4)
	waitCalls(t, s, "account.setAuthorizationTTL", 2)
	sessions := c.must("sessions", `{"@type":"getActiveSessions"}`)
	list := sessions.objects("sessions")
	if len(list) != 2 || list[1].text("id") != "202" || list[1].at("is_unconfirmed") != false || list[1].at("can_accept_calls") != false ||
		list[1].at("can_accept_secret_chats") != false || sessions.number("inactive_session_ttl_days") != 44 {
		t.Errorf("the sessions are %v", sessions)
	}
	if list := c.must("connectedWebsites", `{"@type":"getConnectedWebsites"}`).objects("websites"); len(list) != 1 || list[0].text("id") != "302" {
		t.Errorf("the websites are %v", list)
	}
}

// TestIntentsOffline: what was asked without a connection is refused when the client closes, and carried out by the next one.
func TestIntentsOffline(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	a := p.login(dir, intentsPhone)
	populate(t, s)
	a.must("ok", `{"@type":"setNetworkType","type":{"@type":"networkTypeNone"}}`)
	var asked []string
	for _, change := range changes {
		asked = append(asked, a.send("%s", change.request))
	}
	a.close()
	for i, extra := range asked {
		if o := a.answer(extra); o.number("code") != 500 || o.text("message") != "Request aborted" {
			t.Errorf("%s is answered with %v", changes[i].request, o)
		}
	}
	b := p.start(dir)
	changed(t, s, b)
	b.close()
	before := s.AllCalls()
	c := p.start(dir)
	c.connection("connectionStateReady")
	c.must("sessions", `{"@type":"getActiveSessions"}`)
	for _, change := range changes {
		if n := s.Calls(change.method); n != before[change.method] {
			t.Errorf("%s was called again", change.method)
		}
	}
}

// TestIntentsFirst: what is asked at once after a restart comes after what was asked before it.
func TestIntentsFirst(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	a := p.login(dir, intentsPhone)
	a.must("ok", `{"@type":"setNetworkType","type":{"@type":"networkTypeNone"}}`)
	a.send(`{"@type":"setInactiveSessionTtl","inactive_session_ttl_days":33}`)
	a.send(`{"@type":"disconnectAllWebsites"}`)
	a.close()
	s.AddWebsite(intentsPhone, testdc.Website{Hash: 301})
	b := p.client()
	find, later, websites := p.r.servers, "", ""
	p.r.servers = func(test bool) (*servers, error) { // called while the database is being opened: what is asked then has to wait
		later = b.send(`{"@type":"setInactiveSessionTtl","inactive_session_ttl_days":44}`)
		websites = b.send(`{"@type":"getConnectedWebsites"}`)
		return find(test)
	}
	b.must("ok", "%s", parametersFor(dir))
	if o := b.answer(later); o.kind() != "ok" {
		t.Errorf("answered with %v", o)
	}
	if o := b.answer(websites); len(o.objects("websites")) != 0 {
		t.Errorf("websites are asked for before they are disconnected: %v", o)
	}
	if o := b.must("sessions", `{"@type":"getActiveSessions"}`); o.number("inactive_session_ttl_days") != 44 {
		t.Errorf("the older change was made last: %v", o)
	}
}

// TestIntentsAnswered: nothing of what has an answer is carried out again, whatever the answer was.
func TestIntentsAnswered(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	a := p.login(dir, intentsPhone)
	a.fails(400, "HASH_INVALID", `{"@type":"terminateSession","session_id":"99"}`)
	a.fails(400, "TTL_DAYS_INVALID", `{"@type":"setInactiveSessionTtl","inactive_session_ttl_days":999}`)
	s.FailNext("auth.resetAuthorizations", 406, "FRESH_RESET_AUTHORISATION_FORBIDDEN")
	a.fails(406, "FRESH_RESET_AUTHORISATION_FORBIDDEN", `{"@type":"terminateAllOtherSessions"}`)
	a.must("ok", `{"@type":"disconnectAllWebsites"}`)
	a.close()
	before := s.AllCalls()
	b := p.start(dir)
	b.connection("connectionStateReady")
	b.must("sessions", `{"@type":"getActiveSessions"}`)
	for _, method := range []string{"account.resetAuthorization", "account.setAuthorizationTTL", "auth.resetAuthorizations", "account.resetWebAuthorizations"} {
		if n := s.Calls(method); n != before[method] || n != 1 {
			t.Errorf("%s was called %d times, before the restart %d", method, n, before[method])
		}
	}
}

// childVariable makes TestIntentsChild the client of TestIntentsKilled: it names the server's configuration and the directory.
const childVariable = "TDJSON_TEST_INTENTS"

// TestIntentsChild is run in a process of its own that is killed. It says "offline" when all that was asked without a
// connection has been taken up, and asks for the same once more with one.
func TestIntentsChild(t *testing.T) {
	paths := filepath.SplitList(os.Getenv(childVariable))
	if len(paths) != 3 {
		t.Skip("only for TestIntentsKilled")
	}
	r := newQuietRegistry()
	r.dial = (&net.Dialer{}).DialContext
	r.servers = func(test bool) (*servers, error) { return findServers(test, paths[0]) }
	c := startProgram(t, r).start(paths[1])
	if paths[2] == "offline" {
		c.must("ok", `{"@type":"setNetworkType","type":{"@type":"networkTypeNone"}}`)
	}
	for _, change := range changes {
		c.send("%s", change.request)
	}
	c.must("testInt", `{"@type":"testSquareInt","x":2}`) // answered after the others have been taken up
	_, _ = os.Stdout.WriteString("asked\n")
	select {}
}

// TestIntentsKilled: what was asked is carried out even if the program is killed at once, before or after the call was sent.
func TestIntentsKilled(t *testing.T) {
	t.Parallel()
	for _, when := range []string{"offline", "sent"} {
		t.Run(when, func(t *testing.T) {
			t.Parallel()
			s := startServer(t, testdc.Options{})
			p := newProgram(t, s)
			dir := t.TempDir()
			p.login(dir, intentsPhone).close()
			populate(t, s)
			for range changes { // none is answered before the restart
				for _, change := range changes {
					s.StallNext(change.method)
				}
			}
			cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestIntentsChild$")
			cmd.Env = append(os.Environ(), childVariable+"="+writeConfig(t, s.Config())+string(filepath.ListSeparator)+dir+string(filepath.ListSeparator)+when)
			out, err := cmd.StdoutPipe()
			if err == nil {
				err = cmd.Start()
			}
			if err != nil {
				t.Fatal(err)
			}
			if when == "offline" {
				if line, err := bufio.NewReader(out).ReadString('\n'); line != "asked\n" {
					t.Errorf("the child says %q, %v", line, err)
				}
			} else {
				waitCalls(t, s, "account.resetWebAuthorization", 1) // the last that is sent: others wait in their chain
			}
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
			for _, change := range changes {
				s.Unstall(change.method)
			}
			b := p.start(dir)
			b.state("authorizationStateReady")
			changed(t, s, b)
		})
	}
}

// TestChain: settings of sessions are changed one after the other, and nothing else waits for them.
func TestChain(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	a := p.login(t.TempDir(), intentsPhone)
	release := s.StallNext("account.changeAuthorizationSettings")
	first := a.send(`{"@type":"toggleSessionCanAcceptCalls","session_id":"0","can_accept_calls":false}`)
	second := a.send(`{"@type":"setInactiveSessionTtl","inactive_session_ttl_days":9}`)
	waitCalls(t, s, "account.changeAuthorizationSettings", 1)
	if o := a.must("sessions", `{"@type":"getActiveSessions"}`); o.number("inactive_session_ttl_days") != 180 {
		t.Errorf("the second change was made before the first: %v", o)
	}
	release()
	for _, extra := range []string{first, second} {
		if o := a.answer(extra); o.kind() != "ok" {
			t.Errorf("answered with %v", o)
		}
	}
	if o := a.must("sessions", `{"@type":"getActiveSessions"}`); o.number("inactive_session_ttl_days") != 9 {
		t.Errorf("after all: %v", o)
	}
	s.StallNext("account.changeAuthorizationSettings")
	var asked []string
	for range 5 {
		asked = append(asked, a.send(`{"@type":"toggleSessionCanAcceptCalls","session_id":"0","can_accept_calls":false}`))
	}
	waitCalls(t, s, "account.changeAuthorizationSettings", 2)
	a.close()
	for _, extra := range asked {
		if o := a.answer(extra); o.number("code") != 500 {
			t.Errorf("answered with %v", o)
		}
	}
}

// TestIntentsUnreadable: what can't be read in the database is dropped, and the rest is carried out.
func TestIntentsUnreadable(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	p.login(dir, intentsPhone).close()
	var good, foreign bin.Buffer
	if err := (&tg.AccountSetAuthorizationTTLRequest{AuthorizationTTLDays: 21}).Encode(&good); err != nil {
		t.Fatal(err)
	}
	if err := (&tg.AccountDeleteAccountRequest{Reason: "no"}).Encode(&foreign); err != nil {
		t.Fatal(err)
	}
	written := map[string][]byte{
		"intent.zz": good.Buf, "intent.0000000000000001": nil, "intent.0000000000000002": good.Buf[:6], "intent.0000000000000003": foreign.Buf,
		"intent.0000000000000004": good.Buf, "unconfirmed_sessions": []byte("{"),
	}
	change(t, dir, func(db storage.Database) error { return db.Apply(context.Background(), &storage.Batch{Set: written}) })
	a := p.start(dir)
	waitCalls(t, s, "account.setAuthorizationTTL", 1)
	if o := a.must("sessions", `{"@type":"getActiveSessions"}`); o.number("inactive_session_ttl_days") != 21 {
		t.Errorf("the sessions are %v", o)
	}
	a.close()
	if n := s.Calls("account.deleteAccount"); n != 0 {
		t.Error("a call was made that is none of the intents")
	}
	change(t, dir, func(db storage.Database) error {
		for key := range written {
			if _, ok, err := db.Get(context.Background(), key); ok || err != nil {
				t.Errorf("%s is still there (error %v)", key, err)
			}
		}
		return nil
	})
}

// change opens a client's database while no client has it.
func change(t testing.TB, dir string, f func(storage.Database) error) {
	t.Helper()
	db, err := storage.Open(filepath.Join(dir, "td_test"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := f(db); err != nil {
		t.Error(err)
	}
	if err := db.Close(); err != nil {
		t.Error(err)
	}
}

func FuzzReadIntent(f *testing.F) {
	for id, kind := range intentKinds {
		var b bin.Buffer
		if err := kind.call().(bin.Encoder).Encode(&b); err != nil {
			f.Fatal(err)
		}
		f.Add("00000000000000ff", b.Buf)
		f.Add("1", []byte{byte(id), byte(id >> 8)})
	}
	f.Fuzz(func(t *testing.T, number string, text []byte) {
		in, err := readIntent(number, text)
		if err != nil {
			return
		}
		var b bin.Buffer
		if err := in.call.Encode(&b); err != nil {
			t.Fatal(err)
		}
		again, err := readIntent(in.name()[len(intentPrefix):], b.Buf)
		if err != nil || again.number != in.number {
			t.Errorf("written as %s %x, read as %+v, error %v", in.name(), b.Buf, again, err)
		}
	})
}

// BenchmarkIntent is what it costs to write an intent down.
func BenchmarkIntent(b *testing.B) {
	s := startServer(b, testdc.Options{})
	p := newProgram(b, s)
	a := p.login(b.TempDir(), intentsPhone)
	began := time.Now()
	for b.Loop() {
		a.must("ok", `{"@type":"setInactiveSessionTtl","inactive_session_ttl_days":9}`)
	}
	b.ReportMetric(float64(time.Since(began).Microseconds())/float64(b.N), "µs/change")
}
