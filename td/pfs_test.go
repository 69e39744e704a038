package td

import (
	"context"
	"testing"
	"time"

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
	dropped := func(calls int) { // the server was told which keys are used
		t.Helper()
		ctx, cancel := context.WithTimeout(t.Context(), patience)
		defer cancel()
		if err := s.WaitCalls(ctx, "auth.dropTempAuthKeys", calls); err != nil {
			t.Error(err)
		}
	}
	dropped(1)
	s.FailNext("auth.dropTempAuthKeys", 400, "NO")
	s.ForgetTempKeys()
	c.must("sessions", `{"@type":"getActiveSessions"}`)
	dropped(3)
	c.close()
	c = p.start(dir) // a new start has a new temporary key
	c.state("authorizationStateReady")
	c.must("sessions", `{"@type":"getActiveSessions"}`)
	if n := s.Calls("auth.bindTempAuthKey"); n != 3 {
		t.Errorf("%d temporary keys were bound in two runs", n)
	}
	if n := s.TempKeys(); n != 2 {
		t.Errorf("the server knows %d temporary keys after two runs", n)
	}
	dropped(4)
	waitFor(t, "the server has dropped the key of the first run", func() bool { return s.TempKeys() == 1 })
	c.must("ok", `{"@type":"setOption","name":"use_pfs","value":{"@type":"optionValueBoolean","value":false}}`)
	dropped(5)
	waitFor(t, "the server has dropped all temporary keys", func() bool { return s.TempKeys() == 0 })
	c.must("ok", `{"@type":"setOption","name":"use_pfs","value":{"@type":"optionValueBoolean","value":true}}`)
	dropped(6)
	time.Sleep(3 * tempKeysCalm)
	if n := s.Calls("auth.dropTempAuthKeys"); n != 6 {
		t.Errorf("the server was told %d times of the temporary keys", n)
	}
	c.must("ok", `{"@type":"logOut"}`)
	c.waitClosed()
	if n := s.Keys() - s.TempKeys(); n != 0 {
		t.Errorf("the server knows %d keys after the log out", n)
	}
}
