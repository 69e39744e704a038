package td

import (
	"testing"

	"tdjson/internal/testdc"
)

// TestUsePFS: temporary keys are used where TDLib uses them, which is only where the option use_pfs says so or the server
// wants several sessions; the login outlives them.
func TestUsePFS(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	c := p.login(dir, eva)
	if n := s.Calls("auth.bindTempAuthKey"); n != 0 {
		t.Errorf("%d temporary keys were bound without the option", n)
	}
	c.must("ok", `{"@type":"setOption","name":"use_pfs","value":{"@type":"optionValueBoolean","value":true}}`)
	c.must("sessions", `{"@type":"getActiveSessions"}`)
	if n := s.Calls("auth.bindTempAuthKey"); n != 1 {
		t.Errorf("%d temporary keys were bound with the option", n)
	}
	s.ForgetTempKeys()
	c.must("sessions", `{"@type":"getActiveSessions"}`)
	c.close()
	c = p.start(dir) // a new start has a new temporary key
	c.state("authorizationStateReady")
	c.must("sessions", `{"@type":"getActiveSessions"}`)
	if n := s.Calls("auth.bindTempAuthKey"); n != 3 {
		t.Errorf("%d temporary keys were bound in two runs", n)
	}
	c.must("ok", `{"@type":"logOut"}`)
	c.waitClosed()
	if n := s.Keys() - s.TempKeys(); n != 0 {
		t.Errorf("the server knows %d keys after the log out", n)
	}
}
