package td

import (
	"context"
	"testing"

	"tdjson/internal/testdc"
)

// websites asks for something that the server answers at another data center when it is told to.
func (c *peer) websites() object { return c.ask(`{"@type":"getConnectedWebsites"}`) }

// TestElsewhere: a call that the server sends to another data center is made there with the account's login, which is taken along
// once, and again when that data center has forgotten it. The account stays where it is.
func TestElsewhere(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p, dir := newProgram(t, s), t.TempDir()
	c := p.login(dir, someone)
	exported := func(want int) {
		t.Helper()
		if out, in := s.Calls("auth.exportAuthorization"), s.Calls("auth.importAuthorization"); out != want || in != want {
			t.Fatalf("the login was exported %d times and imported %d times, want %d", out, in, want)
		}
	}
	away := func(c *peer) {
		t.Helper()
		s.FailNext("account.getWebAuthorizations", 303, "FILE_MIGRATE_3")
		if got := c.websites(); got.kind() != "connectedWebsites" {
			t.Fatalf("answered %v", got)
		}
	}
	for range 2 {
		away(c)
	}
	exported(1)
	if list := c.must("sessions", `{"@type":"getActiveSessions"}`).objects("sessions"); len(list) != 1 {
		t.Errorf("sessions %v", list)
	}
	s.FailNext("account.getWebAuthorizations", 303, "FILE_MIGRATE_3") // there it is not known any more
	s.FailNext("account.getWebAuthorizations", 401, "AUTH_KEY_UNREGISTERED")
	if got := c.websites(); got.kind() != "connectedWebsites" {
		t.Errorf("answered %v", got)
	}
	exported(2)
	c.close()

	c = p.start(dir)
	c.state("authorizationStateReady")
	away(c)
	exported(2) // it is known after a restart
	s.ForgetKeysAt(3)
	away(c)
	exported(3)
	c.must("user", `{"@type":"getMe"}`)

	s.FailNext("account.getWebAuthorizations", 303, "STATS_MIGRATE_9")
	c.fails(400, "DC_ID_INVALID", `{"@type":"getConnectedWebsites"}`)
	s.FailNext("auth.exportAuthorization", 400, "NO")
	s.FailNext("account.getWebAuthorizations", 303, "FILE_MIGRATE_2")
	c.fails(400, "NO", `{"@type":"getConnectedWebsites"}`)

	// Many at once need one login.
	release := s.StallNext("auth.importAuthorization")
	var extras []string
	for range 3 {
		s.FailNext("account.getWebAuthorizations", 303, "FILE_MIGRATE_2")
		extras = append(extras, c.send(`{"@type":"getConnectedWebsites"}`))
	}
	if err := s.WaitCalls(context.Background(), "auth.importAuthorization", 4); err != nil {
		t.Fatal(err)
	}
	release()
	for _, extra := range extras {
		if got := c.answer(extra); got.kind() != "connectedWebsites" {
			t.Errorf("answered %v", got)
		}
	}
	exported2, imported := s.Calls("auth.exportAuthorization"), s.Calls("auth.importAuthorization")
	if exported2 != 5 || imported != 4 { // one export failed
		t.Errorf("the login was exported %d times and imported %d times", exported2, imported)
	}
}
