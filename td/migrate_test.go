package td

import (
	"net"
	"testing"
	"time"

	"tdjson/internal/testdc"
)

// TestMigrateNowhere: a call that the server sends to a data center that is not there fails; the client stays where it is, goes on,
// and can be closed and log out.
func TestMigrateNowhere(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct{ method, text, message string }{
		{"auth.sendCode", "PHONE_MIGRATE_4", "PHONE_MIGRATE_4"},
		{"auth.sendCode", "NETWORK_MIGRATE_9", "NETWORK_MIGRATE_9"},
		{"auth.sendCode", "USER_MIGRATE_1000000", "USER_MIGRATE_1000000"},
		{"auth.sendCode", "PHONE_MIGRATE_0", "PHONE_MIGRATE_0"},
		{"auth.sendCode", "PHONE_MIGRATE_", "PHONE_MIGRATE_"},
		{"account.getAuthorizations", "USER_MIGRATE_4", "USER_MIGRATE_4"},
		{"account.getAuthorizations", "FILE_MIGRATE_9", "DC_ID_INVALID"},
	} {
		t.Run(tt.text, func(t *testing.T) {
			t.Parallel()
			s := startServer(t, testdc.Options{})
			p, dir := newProgram(t, s), t.TempDir()
			c := p.start(dir)
			code, request := int64(303), `{"@type":"setAuthenticationPhoneNumber","phone_number":"`+someone+`"}`
			if tt.method != "auth.sendCode" {
				c.login(someone)
				request = `{"@type":"getActiveSessions"}`
			}
			if tt.message != tt.text {
				code = 400
			}
			for range 2 {
				s.FailNext(tt.method, 303, tt.text)
				c.fails(code, tt.message, "%s", request)
			}
			if got := c.ask("%s", request); got.kind() == "error" {
				t.Errorf("after that: %v", got)
			}
			c.close()
			c = p.start(dir)
			s.FailNext("auth.logOut", 303, "USER_MIGRATE_7")
			c.must("ok", `{"@type":"logOut"}`)
			c.waitClosed()
			if n := s.Keys(); n != 0 {
				t.Errorf("the server knows %d keys after the log out", n)
			}
		})
	}
}

// TestMigrateSilence: a data center that does not answer is waited for, but not by the end of the client.
func TestMigrateSilence(t *testing.T) {
	t.Parallel()
	for _, end := range []string{"close", "logOut", "destroy"} {
		t.Run(end, func(t *testing.T) {
			t.Parallel()
			s := startServer(t, testdc.Options{})
			c := newProgram(t, s).start(t.TempDir())
			c.connection("connectionStateReady")
			s.StallConnections(true)
			defer s.StallConnections(false)
			s.FailNext("auth.sendCode", 303, "PHONE_MIGRATE_2")
			sent := c.send(`{"@type":"setAuthenticationPhoneNumber","phone_number":%q}`, someone)
			c.connection("connectionStateConnecting")
			time.Sleep(calm)
			if c.answered(sent) {
				t.Errorf("answered with %v", c.answer(sent))
			}
			c.must("ok", `{"@type":%q}`, end)
			want := object{"code": 500.0, "message": "Request aborted"}
			if end == "logOut" {
				want = object{"code": 400.0, "message": "Another authorization query has started"}
			}
			if got := c.answer(sent); got["code"] != want["code"] || got["message"] != want["message"] {
				t.Errorf("answered with %v, want %v", got, want)
			}
			s.StallConnections(false)
			c.waitClosed()
		})
	}
}

// TestMigrateLearned: of a data center that is new the server tells when it is asked.
func TestMigrateLearned(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	path := writeConfig(t, s.Config())
	p.r.dial = (&net.Dialer{}).DialContext
	p.r.servers = func(test bool) (*servers, error) {
		found, err := findServers(test, path)
		if err == nil {
			delete(found.addrs, 2)
			found.local = false
		}
		return found, err
	}
	s.FailNext("help.getConfig", 400, "NOT_NOW") // at the start
	dir := t.TempDir()
	c := p.start(dir)
	waitFor(t, "help.getConfig", func() bool { return s.Calls("help.getConfig") == 1 })
	s.FailNext("auth.sendCode", 303, "PHONE_MIGRATE_2")
	c.login(someone)
	c.must("sessions", `{"@type":"getActiveSessions"}`)
	c.close()
	c = p.start(dir)
	c.must("sessions", `{"@type":"getActiveSessions"}`)
}
