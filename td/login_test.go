package td

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"tdjson/internal/testdc"
	"tdjson/storage"
)

func TestLogin(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	c := p.start(t.TempDir())
	c.state("authorizationStateWaitTdlibParameters")
	c.state("authorizationStateWaitPhoneNumber")
	c.fails(400, "PHONE_NUMBER_INVALID", `{"@type":"setAuthenticationPhoneNumber","phone_number":"12"}`)
	c.fails(400, "Call to checkAuthenticationCode unexpected", `{"@type":"checkAuthenticationCode","code":"12345"}`)
	c.must("ok", `{"@type":"setAuthenticationPhoneNumber","phone_number":"+15550001234"}`)
	wait := c.state("authorizationStateWaitCode")
	if got := wait.text("authorization_state", "code_info", "phone_number"); got != "+15550001234" {
		t.Errorf("the code is for %q", got)
	}
	for range 2 {
		c.fails(400, "PHONE_CODE_INVALID", `{"@type":"checkAuthenticationCode","code":"00000"}`)
	}
	c.fails(401, "Unauthorized", `{"@type":"getMe"}`)
	c.must("ok", `{"@type":"resendAuthenticationCode"}`)
	c.state("authorizationStateWaitCode")
	c.must("ok", `{"@type":"checkAuthenticationCode","code":"12345"}`)
	c.state("authorizationStateReady")
	me := c.must("user", `{"@type":"getMe"}`)
	if me.text("phone_number") != "15550001234" || me.text("last_name") != "1234" {
		t.Errorf("getMe answers %v", me)
	}
	list := c.must("sessions", `{"@type":"getActiveSessions"}`).objects("sessions")
	if len(list) != 1 || list[0].at("is_current") != true || list[0].text("device_model") != "Desktop" || list[0].number("api_id") != 94575 {
		t.Errorf("sessions: %v", list)
	}
	c.close()
	if got, want := c.states(), []string{"WaitTdlibParameters", "WaitPhoneNumber", "WaitCode", "WaitCode", "Ready", "Closing", "Closed"}; !slices.Equal(got, want) {
		t.Errorf("states %q, want %q", got, want)
	}
}

// TestLoginInstead: a new phone number while a code is awaited begins the login anew, and ends the query before it.
func TestLoginInstead(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	c := p.start(t.TempDir())
	c.state("authorizationStateWaitPhoneNumber")
	release := s.StallNext("auth.sendCode")
	first := c.send(`{"@type":"setAuthenticationPhoneNumber","phone_number":"15550001111"}`)
	waitCalls(t, s, "auth.sendCode", 1)
	c.must("ok", `{"@type":"setAuthenticationPhoneNumber","phone_number":"15550002222"}`)
	release()
	if o := c.answer(first); o.text("message") != "Another authorization query has started" {
		t.Errorf("the first query is answered with %v", o)
	}
	c.state("authorizationStateWaitCode")
	c.must("ok", `{"@type":"checkAuthenticationCode","code":"12345"}`)
	if me := c.must("user", `{"@type":"getMe"}`); me.text("phone_number") != "15550002222" {
		t.Errorf("logged in: %v", me)
	}
}

func waitCalls(t testing.TB, s *testdc.Server, method string, n int) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	if err := s.WaitCalls(ctx, method, n); err != nil {
		t.Fatal(err)
	}
}

func TestTerminateSession(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	const phone = "15550001111"
	dir := t.TempDir()
	a, b := p.login(t.TempDir(), phone), p.login(dir, phone)
	b.must("user", `{"@type":"getMe"}`)
	list := a.must("sessions", `{"@type":"getActiveSessions"}`).objects("sessions")
	if len(list) != 2 || list[0].text("id") != "0" {
		t.Fatalf("sessions: %v", list)
	}
	a.must("ok", `{"@type":"terminateSession","session_id":%q}`, list[1].text("id"))
	b.state("authorizationStateLoggingOut")
	b.waitClosed()
	if got := b.states(); !slices.Equal(got[len(got)-3:], []string{"Ready", "LoggingOut", "Closed"}) {
		t.Errorf("states %q", got)
	}
	noDatabase(t, dir)
	if list := a.must("sessions", `{"@type":"getActiveSessions"}`).objects("sessions"); len(list) != 1 {
		t.Errorf("sessions: %v", list)
	}
	a.fails(400, "HASH_INVALID", `{"@type":"terminateSession","session_id":"1"}`)
	if n := s.Calls("auth.logOut"); n != 0 {
		t.Errorf("auth.logOut was called %d times by one who was logged out", n)
	}
}

// noDatabase checks that a client's files are gone.
func noDatabase(t testing.TB, dir string) {
	t.Helper()
	for _, name := range files(t, dir) {
		if strings.HasPrefix(name, "td_test") {
			t.Errorf("%s is still there", name)
		}
	}
}

func files(t testing.TB, dir string) []string {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

func TestLogOut(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	const phone = "15550001111"
	c := p.login(dir, phone)
	if len(files(t, dir)) == 0 {
		t.Error("a client that is logged in has no database")
	}
	out := c.send(`{"@type":"logOut"}`)
	c.state("authorizationStateLoggingOut")
	c.waitClosed()
	if o := c.answer(out); o.kind() != "ok" {
		t.Errorf("logOut is answered with %v", o)
	}
	noDatabase(t, dir)
	if n := s.ForgetKeys(phone); n != 0 {
		t.Errorf("%d keys are still logged in", n)
	}
	if n := s.Keys(); n != 0 {
		t.Errorf("the server still has %d keys", n)
	}
	// The number of a closed client stays taken.
	c.fails(500, "Request aborted", `{"@type":"getOption","name":"online"}`)
	if n := s.Calls("auth.logOut"); n != 1 {
		t.Errorf("auth.logOut was called %d times", n)
	}
}

// TestLogOutBeforeLogin: the key made for a login that did not come about is destroyed as well.
func TestLogOutBeforeLogin(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	c := p.start(dir)
	c.state("authorizationStateWaitPhoneNumber")
	c.must("ok", `{"@type":"setAuthenticationPhoneNumber","phone_number":"15550001111"}`)
	c.must("ok", `{"@type":"logOut"}`)
	c.waitClosed()
	noDatabase(t, dir)
	if n := s.Keys(); n != 0 {
		t.Errorf("the server still has %d keys", n)
	}
	if n := s.Calls("auth.logOut"); n != 0 {
		t.Errorf("auth.logOut was called %d times", n)
	}
}

// TestLogOutGoesOn: a log out that was interrupted is gone on with at the next start.
func TestLogOutGoesOn(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	c := p.login(dir, "15550001111")
	release := s.StallNext("auth.logOut")
	out := c.send(`{"@type":"logOut"}`)
	waitCalls(t, s, "auth.logOut", 1)
	c.fails(400, "Already logging out", `{"@type":"logOut"}`)
	c.close()
	if o := c.answer(out); o.number("code") != 500 || o.text("message") != "Request aborted" {
		t.Errorf("logOut is answered with %v", o)
	}
	if got := c.states(); !slices.Equal(got[len(got)-3:], []string{"LoggingOut", "Closing", "Closed"}) {
		t.Errorf("states %q", got)
	}
	release()
	calls := s.Calls("auth.logOut")
	c = p.start(dir)
	c.state("authorizationStateLoggingOut")
	c.waitClosed()
	if n := s.Calls("auth.logOut"); n != calls+1 {
		t.Errorf("auth.logOut was called %d times by the second start", n-calls)
	}
	if got, want := c.states(), []string{"WaitTdlibParameters", "LoggingOut", "Closed"}; !slices.Equal(got, want) {
		t.Errorf("states %q, want %q", got, want)
	}
	noDatabase(t, dir)
	if n := s.Keys(); n != 0 {
		t.Errorf("the server still has %d keys", n)
	}
}

func TestSecondStart(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	c := p.login(dir, "15550001111")
	me := c.must("user", `{"@type":"getMe"}`).number("id")
	c.close()
	keys := s.Keys()
	for range 2 {
		c = p.start(dir)
		c.state("authorizationStateReady")
		told := func(o object) bool { return o.kind() == "updateUser" && o.number("user", "id") == me }
		if got := c.must("user", `{"@type":"getMe"}`).number("id"); got != me || c.count(told) != 1 {
			t.Errorf("user %d, want %d, told of %d times", got, me, c.count(told))
		}
		if list := c.must("sessions", `{"@type":"getActiveSessions"}`).objects("sessions"); len(list) != 1 || list[0].at("is_current") != true {
			t.Errorf("sessions: %v", list)
		}
		c.connection("connectionStateReady")
		if got, want := c.states(), []string{"WaitTdlibParameters", "Ready"}; !slices.Equal(got, want) {
			t.Errorf("states %q, want %q", got, want)
		}
		c.close()
	}
	if n := s.Calls("auth.sendCode"); n != 1 {
		t.Errorf("auth.sendCode was called %d times", n)
	}
	if n := s.Keys(); n != keys {
		t.Errorf("the server has %d keys, %d before", n, keys)
	}
}

// TestSecondStartAlone: what a second start tells of does not need the server.
func TestSecondStartAlone(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	c := p.login(dir, "15550001111")
	me := c.must("user", `{"@type":"getMe"}`).number("id")
	c.close()
	s.RefuseConnections(true)
	c = p.start(dir)
	c.state("authorizationStateReady")
	if got := c.must("user", `{"@type":"getMe"}`).number("id"); got != me {
		t.Errorf("user %d, want %d", got, me)
	}
	if got := c.must("optionValueInteger", `{"@type":"getOption","name":"my_id"}`).text("value"); got != fmt.Sprint(me) {
		t.Errorf("my_id is %s, want %d", got, me)
	}
	c.close()
}

func TestMigration(t *testing.T) {
	t.Parallel()
	for dc := 1; dc <= 3; dc++ {
		t.Run(fmt.Sprint(dc), func(t *testing.T) {
			t.Parallel()
			s := startServer(t, testdc.Options{})
			p := newProgram(t, s)
			dir := t.TempDir()
			phone := fmt.Sprintf("99966%d1234", dc)
			c := p.login(dir, phone)
			c.must("sessions", `{"@type":"getActiveSessions"}`)
			c.close()
			c = p.start(dir)
			c.state("authorizationStateReady")
			c.must("sessions", `{"@type":"getActiveSessions"}`)
			c.must("ok", `{"@type":"logOut"}`)
			c.waitClosed()
			noDatabase(t, dir)
			if n := s.Keys(); n != 0 {
				t.Errorf("the server still has %d keys, of %d data centers", n, dc)
			}
		})
	}
}

// TestMigrationBackAndForth: sessions with data centers that were left say nothing of the connection any more.
func TestMigrationBackAndForth(t *testing.T) {
	t.Parallel()
	p := newProgram(t, startServer(t, testdc.Options{}))
	c := p.start(t.TempDir())
	c.state("authorizationStateWaitPhoneNumber")
	for i := range 12 {
		c.must("ok", `{"@type":"setAuthenticationPhoneNumber","phone_number":"99966%d1111"}`, i%3+1)
	}
	c.must("ok", `{"@type":"checkAuthenticationCode","code":"33333"}`)
	time.Sleep(500 * time.Millisecond) // in which the sessions that were left end
	c.until("a connection that is ready", func() bool {
		var last string
		for _, o := range c.received {
			if o.kind() == "updateConnectionState" {
				last = o.text("state", "@type")
			}
		}
		return last == "connectionStateReady"
	})
}

// TestMigrationKeepsOthers: calls that are under way when the server sends the login elsewhere are answered.
func TestMigrationKeepsOthers(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	c := p.start(t.TempDir())
	c.state("authorizationStateWaitPhoneNumber")
	c.connection("connectionStateReady")
	n := s.Calls("help.getNearestDc")
	hold := s.StallNext("help.getNearestDc")
	defer hold()
	test := c.send(`{"@type":"testNetwork"}`)
	waitCalls(t, s, "help.getNearestDc", n+1)
	c.must("ok", `{"@type":"setAuthenticationPhoneNumber","phone_number":"9996621111"}`)
	if o := c.answer(test); o.kind() != "ok" {
		t.Errorf("testNetwork is answered with %v", o)
	}
}

func TestManyClients(t *testing.T) {
	t.Parallel()
	const clients = 20
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	root := t.TempDir()
	var group sync.WaitGroup
	for i := range clients {
		c := p.client()
		phone := fmt.Sprintf("1555000%04d", i)
		group.Go(func() {
			c.must("ok", "%s", parametersFor(filepath.Join(root, phone)))
			c.login(phone)
			if me := c.must("user", `{"@type":"getMe"}`); me.text("phone_number") != phone {
				t.Errorf("client of %s is logged in as %v", phone, me)
			}
			if i%2 == 0 {
				c.must("ok", `{"@type":"logOut"}`)
				c.waitClosed()
			} else {
				c.close()
			}
		})
	}
	group.Wait()
}

// TestSameDirectory: a database in use is refused with TDLib's text, and free as soon as its client is closed.
func TestSameDirectory(t *testing.T) {
	t.Parallel()
	p := newProgram(t, startServer(t, testdc.Options{}))
	dir := t.TempDir()
	a := p.start(dir)
	a.state("authorizationStateWaitPhoneNumber")
	b := p.client()
	waits := b.send("%s", parametersFor(dir))
	time.Sleep(200 * time.Millisecond)
	a.close()
	if o := b.answer(waits); o.kind() != "ok" {
		t.Fatalf("the second client gets %v", o)
	}
	b.state("authorizationStateWaitPhoneNumber")
}

func TestDestroy(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	const phone = "15550001111"
	c := p.login(dir, phone)
	c.must("ok", `{"@type":"destroy"}`)
	c.waitClosed()
	if got := c.states(); !slices.Equal(got[len(got)-3:], []string{"Ready", "LoggingOut", "Closed"}) {
		t.Errorf("states %q", got)
	}
	noDatabase(t, dir)
	if n := s.Calls("auth.logOut"); n != 0 {
		t.Errorf("the server was told")
	}
	if n := s.ForgetKeys(phone); n != 1 {
		t.Errorf("the server knows %d keys", n)
	}
	c = p.start(dir)
	c.state("authorizationStateWaitPhoneNumber")
}

// TestCloseAnytime closes a client at every moment of a login: it always ends, and each request is answered once.
func TestCloseAnytime(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	for _, end := range []string{"close", "destroy", "logOut"} {
		t.Run(end, func(t *testing.T) {
			t.Parallel()
			p := newProgram(t, s)
			for i := range 40 {
				c := p.client()
				c.send("%s", parametersFor(t.TempDir()))
				var group sync.WaitGroup
				group.Go(func() { // sends on also when the client is closed
					c.send(`{"@type":"setAuthenticationPhoneNumber","phone_number":"1555000%04d"}`, i)
					c.send(`{"@type":"getOption","name":"my_id"}`)
					if o := c.ask(`{"@type":"getCurrentState"}`); o.kind() == "error" {
						return
					}
					c.send(`{"@type":"setAlarm","seconds":1}`)
					c.send(`{"@type":"checkAuthenticationCode","code":"12345"}`)
					c.send(`{"@type":"getMe"}`)
					c.send(`{"@type":"getActiveSessions"}`)
				})
				time.Sleep(time.Duration(i) * 1300 * time.Microsecond)
				c.send(`{"@type":%q}`, end)
				if end != "close" { // it may come too early
					c.send(`{"@type":"close"}`)
				}
				c.waitClosed()
				group.Wait()
			}
		})
	}
}

// TestUnauthorizedLogin: the server's 401 ends also a login that has only begun, and the client with it.
func TestUnauthorizedLogin(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	c := p.start(t.TempDir())
	c.state("authorizationStateWaitPhoneNumber")
	s.FailNext("auth.sendCode", 401, "AUTH_KEY_UNREGISTERED")
	sent := c.send(`{"@type":"setAuthenticationPhoneNumber","phone_number":%q}`, eva)
	c.state("authorizationStateLoggingOut")
	c.state("authorizationStateClosed")
	if o := c.answer(sent); o.number("code") != 401 || o.text("message") != "AUTH_KEY_UNREGISTERED" {
		t.Errorf("answered with %v", o)
	}
	if n := s.Calls("auth.logOut"); n != 0 {
		t.Errorf("auth.logOut was called %d times by one who is not logged in", n)
	}
}

// TestLogOutWhileAsking: a login that is under way is told so when the client logs out; all else is unauthorized.
func TestLogOutWhileAsking(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	c := p.start(t.TempDir())
	c.state("authorizationStateWaitPhoneNumber")
	defer s.StallNext("auth.sendCode")()
	alarm := c.send(`{"@type":"setAlarm","seconds":60}`)
	login := c.send(`{"@type":"setAuthenticationPhoneNumber","phone_number":%q}`, eva)
	waitCalls(t, s, "auth.sendCode", 1)
	c.must("ok", `{"@type":"logOut"}`)
	if o := c.answer(login); o.number("code") != 400 || o.text("message") != "Another authorization query has started" {
		t.Errorf("the login is answered with %v", o)
	}
	if o := c.answer(alarm); o.number("code") != 401 || o.text("message") != "Unauthorized" {
		t.Errorf("the alarm is answered with %v", o)
	}
	c.waitClosed()
}

// TestDamagedOwnUser: what the database says of the own user is asked of the server when it can't be read.
func TestDamagedOwnUser(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	c := p.login(dir, eva)
	me := c.must("user", `{"@type":"getMe"}`).number("id")
	c.close()
	db, err := storage.Open(filepath.Join(dir, "td_test"), storage.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(db.Set(t.Context(), "me", []byte("nobody")), db.Close()); err != nil {
		t.Fatal(err)
	}
	c = p.start(dir)
	c.state("authorizationStateReady")
	if got := c.must("user", `{"@type":"getMe"}`).number("id"); got != me {
		t.Errorf("user %d, want %d", got, me)
	}
}
