package td

import (
	"testing"
	"time"

	"tdjson/internal/testdc"
)

// TestLeftovers: what a run that ended in a crash has left at the server is destroyed by the next one.
func TestLeftovers(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	c := p.login(dir, eva)
	c.must("sessions", `{"@type":"getActiveSessions"}`)
	c.close()
	before := s.WireSessions(eva)
	if before == 0 {
		t.Fatal("the server has no session")
	}
	for run := range 3 {
		c = p.start(dir)
		c.state("authorizationStateReady")
		c.must("sessions", `{"@type":"getActiveSessions"}`)
		for began := time.Now(); s.WireSessions(eva) != 1; time.Sleep(5 * time.Millisecond) {
			if time.Since(began) > 10*time.Second {
				t.Fatalf("run %d: the server has %d sessions", run, s.WireSessions(eva))
			}
		}
		c.close()
	}
}
