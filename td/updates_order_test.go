package td

import (
	"fmt"
	"math"
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"tdjson/internal/testdc"
)

// orders are the orders of an account in which updates are counted.
var orders = []struct {
	name string
	add  func(s *testdc.Server, send bool, number int) int
}{
	{"pts", func(s *testdc.Server, send bool, number int) int { return s.AddUpdate(eva, send, counted(number)) }},
	{"qts", func(s *testdc.Server, send bool, number int) int { return s.AddQueuedUpdate(eva, send, queued(number)) }},
}

// askedFor is how often a client asked for all that it had missed, and for one update alone.
func askedFor(s *testdc.Server) (all, alone int) {
	for _, h := range s.Heard(0) {
		switch {
		case h.Method != "updates.getDifference":
		case strings.HasSuffix(h.Note, fmt.Sprint("date ", math.MaxInt32)):
			alone++
		default:
			all++
		}
	}
	return all, alone
}

// TestUpdatesThatGoWrong: what is lost, comes twice or too early is applied once and in its place; the server is asked for what is lost only.
func TestUpdatesThatGoWrong(t *testing.T) {
	t.Parallel()
	for _, o := range orders {
		for _, test := range []struct {
			name  string
			spoil func(s *testdc.Server)
			lost  int
		}{
			{"direct", func(*testdc.Server) {}, 0},
			{"doubled", func(s *testdc.Server) { s.DoubleUpdates(eva, 3) }, 0},
			{"swapped", func(s *testdc.Server) { s.SwapUpdates(eva, 1) }, 0},
			{"late", func(s *testdc.Server) { s.SwapUpdates(eva, 3) }, 0},
			{"withheld", func(s *testdc.Server) { s.WithholdUpdates(eva, 1) }, 1},
			{"three withheld", func(s *testdc.Server) { s.WithholdUpdates(eva, 3) }, 3},
		} {
			t.Run(o.name+"/"+test.name, func(t *testing.T) {
				t.Parallel()
				s := startServer(t, testdc.Options{})
				c, e := startListening(t, s)
				o.add(s, true, 1)
				e.expect(t, c, 1, 1)
				test.spoil(s)
				began := time.Now()
				for i := 2; i <= 6; i++ {
					o.add(s, true, i)
				}
				e.expect(t, c, 1, 6)
				took := time.Since(began)
				all, alone := askedFor(s)
				switch {
				case test.lost == 1 && o.name == "pts":
					if all != 0 || alone != 1 || took < fetchTime {
						t.Errorf("asked %d times for all and %d times for what was missing after %v", all, alone, took)
					}
				case test.lost > 0:
					if all != 1 || alone != 0 || took < gapTime {
						t.Errorf("asked %d times for all and %d times for one after %v", all, alone, took)
					}
				case all != 0:
					t.Errorf("asked %d times for all", all)
				}
				o.add(s, true, 7)
				e.expect(t, c, 1, 7)
			})
		}
	}
}

// TestUpdatesWaitForTheirOwn: a gap that is filled in time lets those wait on who wait for another one.
func TestUpdatesWaitForTheirOwn(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	c, e := startListening(t, s)
	var late tg.UpdateClass
	s.AddQueuedUpdate(eva, false, func(qts int) tg.UpdateClass { late = queued(1)(qts); return late })
	s.AddQueuedUpdate(eva, true, queued(2)) // waits
	s.AddUpdate(eva, true, counted(1))      // does not
	waitFor(t, "an update of another order", func() bool { return len(e.numbers(c)) == 1 })
	s.AddUpdate(eva, false, counted(4))
	s.AddUpdate(eva, true, counted(5)) // waits
	s.PushUpdates(eva, &tg.UpdateShort{Update: late})
	waitFor(t, "those that have waited for it", func() bool { return len(e.numbers(c)) == 3 })
	if all, _ := askedFor(s); all != 0 {
		t.Errorf("asked %d times for all", all)
	}
	waitFor(t, "the others", func() bool { return len(e.numbers(c)) == 5 })
	if got := e.numbers(c); got[1] != 1 || got[2] != 2 || got[3] != 4 || got[4] != 5 {
		t.Errorf("applied %v", got)
	}
}

// TestContainersWaitForSeq: a container before whose seq one is missing waits, but for the updates in it that have another order.
func TestContainersWaitForSeq(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	c, e := startListening(t, s)
	var own tg.UpdateClass
	s.AddQueuedUpdate(eva, false, func(qts int) tg.UpdateClass { own = queued(1)(qts); return own })
	s.PushUpdates(eva, &tg.Updates{Updates: []tg.UpdateClass{&tg.UpdateConfig{}, own}, Date: 1, Seq: 3})
	e.expect(t, c, 1, 1)
	s.PushUpdates(eva, &tg.Updates{Updates: []tg.UpdateClass{&tg.UpdatePtsChanged{}}, Date: 1, Seq: 2})
	heard := func() (names []string) {
		e.mu.Lock()
		defer e.mu.Unlock()
		for _, u := range e.heard[c.id] {
			names = append(names, u.TypeName())
		}
		return names
	}
	waitFor(t, "both containers", func() bool { return len(heard()) == 3 })
	if got := strings.Join(heard(), " "); got != "updateBotStopped updatePtsChanged updateConfig" {
		t.Errorf("applied %s", got)
	}
	if all, _ := askedFor(s); all != 0 {
		t.Errorf("asked %d times for all", all)
	}
}

// TestQueuedUpdatesAfterRestart: the place in qts is kept, and asked from at the next start.
func TestQueuedUpdatesAfterRestart(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	e := listen(p)
	dir := t.TempDir()
	c := p.login(dir, eva)
	c.upToDate()
	for i := 1; i <= 3; i++ {
		s.AddQueuedUpdate(eva, true, queued(i))
	}
	e.expect(t, c, 1, 3)
	c.close()
	for i := 4; i <= 9; i++ {
		s.AddQueuedUpdate(eva, true, queued(i))
	}
	c = p.start(dir)
	e.expect(t, c, 4, 9)
	var notes []string
	for _, h := range s.Heard(0) {
		if h.Method == "updates.getDifference" {
			notes = append(notes, h.Note)
		}
	}
	if len(notes) != 1 || !strings.Contains(notes[0], "qts 4,") {
		t.Errorf("asked for differences from %q", notes)
	}
}

// TestQueueBegins: any place in qts is good where none is known, as after a session came from elsewhere, and where the server begins anew.
func TestQueueBegins(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		at, qts int
		early   bool
		open    bool
	}{
		{"next", 7, 8, false, false},
		{"gap", 7, 9, true, false},
		{"again", 7, 7, false, false},
		{"none known", 0, 9, false, true},
		{"a little behind", 2_000_000, 1_500_000, false, false},
		{"far behind", 2_000_000, 5, false, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			u := &updates{state: &tg.UpdatesState{Qts: test.at}}
			if p := u.place(queued(1)(test.qts)); p.isEarly() != test.early || p.open != test.open {
				t.Errorf("early %v, open %v, want %v, %v", p.isEarly(), p.open, test.early, test.open)
			}
		})
	}
}

// TestOrdersUnderFire hides, repeats and mixes updates of both orders while the connection is cut.
func TestOrdersUnderFire(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	c, e := startListening(t, s)
	const n = 300
	for i := 1; i <= n; i++ {
		switch i % 15 {
		case 3:
			s.WithholdUpdates(eva, 1)
		case 6:
			s.DoubleUpdates(eva, 2)
		case 9:
			s.SwapUpdates(eva, 2)
		case 12:
			s.CutConnections(eva)
		}
		orders[i%2].add(s, true, i)
	}
	s.PushUpdatesTooLong(eva)
	waitFor(t, "all updates", func() bool { return len(e.numbers(c)) >= n })
	last, seen := [2]int{}, map[int]bool{}
	for _, number := range e.numbers(c) {
		if seen[number] || number < last[number%2] {
			t.Errorf("update %d was applied twice or after %d", number, last[number%2])
		}
		seen[number], last[number%2] = true, number
	}
}
