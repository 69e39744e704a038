package td

import (
	"slices"
	"testing"
	"time"

	"tdjson/internal/testdc"
)

// TestConnectionStates: a state of the connection is told of when it lasts: a worse one after 0.3 s, a better one after 0.05 s.
func TestConnectionStates(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	c := newProgram(t, s).login(t.TempDir(), eva)
	c.upToDate()
	network := func(kind string) {
		t.Helper()
		c.must("ok", `{"@type":"setNetworkType","type":{"@type":"networkType%s"}}`, kind)
	}
	states := func() (list []string) {
		c.mu.Lock()
		defer c.mu.Unlock()
		for _, o := range c.received {
			if o.kind() == "updateConnectionState" {
				list = append(list, o.text("state", "@type"))
			}
		}
		return list
	}
	time.Sleep(2 * betterDelay) // it is told that all updates have come
	before := states()
	for range 3 {
		network("None")
		network("WiFi")
		s.CutConnections("")
		c.must("sessions", `{"@type":"getActiveSessions"}`)
	}
	time.Sleep(worseDelay + betterDelay)
	if got := states(); !slices.Equal(got, before) {
		t.Errorf("short losses were told of: %v, before %v", got, before)
	}
	began := time.Now()
	network("None")
	c.connection("connectionStateWaitingForNetwork")
	if d := time.Since(began); d < worseDelay {
		t.Errorf("a loss was told of after %v", d)
	}
	began = time.Now()
	network("Mobile")
	c.connection("connectionStateReady")
	if d := time.Since(began); d < betterDelay {
		t.Errorf("the end of a loss was told of after %v", d)
	}
	want := append(before, "connectionStateWaitingForNetwork", "connectionStateReady")
	if got := states(); !slices.Equal(got, want) {
		t.Errorf("told of %v, want %v", got, want)
	}
}
