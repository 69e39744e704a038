package td

import (
	"bufio"
	"context"
	"flag"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"tdjson/internal/testdc"
)

// TestLeftovers: what a run that closed without a word has left at the server is destroyed by the next one.
func TestLeftovers(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	c := p.login(dir, eva)
	c.must("sessions", `{"@type":"getActiveSessions"}`)
	c.close()
	if len(s.WireSessions(eva)) == 0 {
		t.Fatal("the server has no session")
	}
	for range 3 {
		startAlone(t, s, p, dir)
	}
}

var leftoverKills = flag.Int("leftover-kills", 12, "how many programs TestLeftoversKill kills")

// TestLeftoversKill: what programs that were killed have left at the server is destroyed by the next start, be it that they were
// killed when they were ready, or at the moment at which the server first heard of their session, or some time after.
func TestLeftoversKill(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	plan := crashPlan{Directory: filepath.Join(t.TempDir(), "db"), Server: writeConfig(t, s.Config())}
	login := plan
	login.Phone = eva
	killWhen(t, login, func(ready <-chan struct{}) { <-ready })
	startAlone(t, s, p, plan.Directory)
	heard := 0
	for i := range *leftoverKills {
		before := s.WireSessions(eva)
		isNew := func(id int64) bool { return !slices.Contains(before, id) }
		killWhen(t, plan, func(ready <-chan struct{}) {
			switch i % 3 {
			case 0:
				<-ready
			case 1:
				for end := time.Now().Add(patience); !slices.ContainsFunc(s.WireSessions(eva), isNew) && time.Now().Before(end); {
					time.Sleep(20 * time.Microsecond)
				}
			case 2:
				<-ready
				time.Sleep(rand.N(100 * time.Millisecond))
			}
		})
		if slices.ContainsFunc(s.WireSessions(eva), isNew) {
			heard++
		}
		if i%2 == 1 { // else it is left to the one after the next
			startAlone(t, s, p, plan.Directory)
		}
	}
	startAlone(t, s, p, plan.Directory)
	if heard == 0 {
		t.Error("the server heard of no program before it was killed")
	}
	t.Logf("the server had heard of %d of %d programs", heard, *leftoverKills)
}

// TestLeftoversReplaced: so it is for a session that takes another's place in the middle of a run, at the moment at which the server
// first hears of it.
func TestLeftoversReplaced(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	plan := crashPlan{Directory: filepath.Join(t.TempDir(), "db"), Server: writeConfig(t, s.Config())}
	login := plan
	login.Phone = eva
	killWhen(t, login, func(ready <-chan struct{}) { <-ready })
	startAlone(t, s, p, plan.Directory)
	plan.Busy = true
	const backwards = 2 * time.Hour // what a program says in its session is of the future then, and refused
	for i := range *leftoverKills / 2 {
		before := s.WireSessions(eva)
		isNew := func(id int64) bool { return !slices.Contains(before, id) }
		killWhen(t, plan, func(ready <-chan struct{}) {
			<-ready
			waitFor(t, "a session", func() bool { return slices.ContainsFunc(s.WireSessions(eva), isNew) })
			before = s.WireSessions(eva)
			s.ShiftClock(-backwards)
			for end := time.Now().Add(patience); !slices.ContainsFunc(s.WireSessions(eva), isNew) && time.Now().Before(end); {
				time.Sleep(20 * time.Microsecond)
			}
		})
		if !slices.ContainsFunc(s.WireSessions(eva), isNew) {
			t.Fatalf("program %d has not replaced its session", i)
		}
		s.ShiftClock(backwards)
		startAlone(t, s, p, plan.Directory)
	}
}

// killWhen starts a program and kills it when the function returns, which has at most some seconds.
func killWhen(t *testing.T, plan crashPlan, when func(ready <-chan struct{})) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	child, out := plan.start(ctx, t)
	ready, end := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(end)
		lines := bufio.NewScanner(out)
		for lines.Scan() && lines.Text() != "ready" {
			if lines.Text() != "phone" || plan.Phone == "" {
				t.Error("a program says:", lines.Text())
			}
		}
		close(ready) // or never more
		for lines.Scan() {
			t.Error("a program that is ready says:", lines.Text())
		}
	}()
	when(ready)
	_ = child.Process.Kill()
	<-end
	if err := child.Wait(); ctx.Err() != nil {
		t.Fatalf("a program was not ready in %v: %v", patience, err)
	}
}

// startAlone starts a client and waits until its session is the only one that the server keeps.
func startAlone(t *testing.T, s *testdc.Server, p *program, dir string) {
	t.Helper()
	before := s.WireSessions(eva)
	c := p.start(dir)
	c.state("authorizationStateReady")
	c.must("sessions", `{"@type":"getActiveSessions"}`)
	waitFor(t, "the server keeps one session", func() bool { return len(s.WireSessions(eva)) == 1 })
	if id := s.WireSessions(eva)[0]; slices.Contains(before, id) {
		t.Errorf("the server keeps the session %x of a run before", uint64(id))
	}
	c.close()
}
