package td

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strconv"
	"sync"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"tdjson/internal/testdc"
	"tdjson/types"
)

// ear hears the updates of the server that a program's clients apply.
type ear struct {
	mu    sync.Mutex
	heard map[int32][]tg.UpdateClass // by client
}

func listen(p *program) *ear {
	e := &ear{heard: map[int32][]tg.UpdateClass{}}
	p.r.applied = func(c *Client, u tg.UpdateClass) {
		e.mu.Lock()
		defer e.mu.Unlock()
		e.heard[c.id] = append(e.heard[c.id], u)
	}
	return e
}

// numbers are those of the updates made by counted and queued, in the order in which a client applied them.
func (e *ear) numbers(c *peer) []int {
	e.mu.Lock()
	defer e.mu.Unlock()
	var list []int
	for _, u := range e.heard[c.id] {
		list = append(list, numbersOf(u)...)
	}
	return list
}

// numbersOf are those of an update made by counted or queued.
func numbersOf(u tg.UpdateClass) []int {
	switch u := u.(type) {
	case *tg.UpdateDeleteMessages:
		return u.Messages
	case *tg.UpdateBotStopped:
		return []int{int(u.UserID)}
	}
	return nil
}

// expect waits until a client has applied the updates from first to last, each once and in order.
func (e *ear) expect(t testing.TB, c *peer, first, last int) {
	t.Helper()
	want := make([]int, 0, last)
	for i := first; i <= last; i++ {
		want = append(want, i)
	}
	deadline := time.Now().Add(2 * patience)
	for time.Now().Before(deadline) && len(e.numbers(c)) < len(want) {
		time.Sleep(time.Millisecond)
	}
	if got := e.numbers(c); !slices.Equal(got, want) {
		t.Fatalf("client %d applied %d updates %s, want %d to %d", c.id, len(got), brief(got), first, last)
	}
}

func brief(list []int) string {
	if len(list) > 40 {
		return fmt.Sprintf("%v … %v", list[:20], list[len(list)-20:])
	}
	return fmt.Sprint(list)
}

// counted makes an update in the order of pts with a number of ours.
func counted(number int) func(pts int) tg.UpdateClass {
	return func(pts int) tg.UpdateClass {
		return &tg.UpdateDeleteMessages{Messages: []int{number}, Pts: pts, PtsCount: 1}
	}
}

// queued makes an update in the order of qts with a number of ours.
func queued(number int) func(qts int) tg.UpdateClass {
	return func(qts int) tg.UpdateClass {
		return &tg.UpdateBotStopped{UserID: int64(number), Date: 1, Qts: qts}
	}
}

const eva = "15550001111" // who is logged in where it does not matter

// startListening logs a client in and waits until its place in the updates is known.
func startListening(t testing.TB, s *testdc.Server) (*peer, *ear) {
	t.Helper()
	p := newProgram(t, s)
	e := listen(p)
	c := p.login(t.TempDir(), eva)
	c.upToDate()
	return c, e
}

// upToDate waits until the difference of the start has come.
func (c *peer) upToDate() {
	c.t.Helper()
	c.wait("updates that are up to date", func(o object) bool {
		return o.kind() == "updateHavePendingNotifications" && o.at("have_unreceived_notifications") == false
	})
}

func TestUpdatesInOrder(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	c, e := startListening(t, s)
	for i := range 500 {
		s.AddUpdate(eva, true, counted(i+1))
	}
	e.expect(t, c, 1, 500)
	if n := s.Calls("updates.getDifference"); n != 0 {
		t.Errorf("updates.getDifference was called %d times", n)
	}
}

func TestUpdatesWithGaps(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	c, e := startListening(t, s)
	number := 0
	add := func(n int, send bool) {
		for range n {
			number++
			s.AddUpdate(eva, send, counted(number))
		}
	}
	add(3, true)
	add(2, false) // the next one shows the gap
	add(1, true)
	e.expect(t, c, 1, number)
	add(5, false)
	s.PushUpdatesTooLong(eva)
	e.expect(t, c, 1, number)
	// Pushed while a difference is under way: some are in it, some are not.
	release := s.StallNext("updates.getDifference")
	calls := s.Calls("updates.getDifference")
	add(1, false)
	add(3, true)
	waitCalls(t, s, "updates.getDifference", calls+1)
	add(3, true)
	add(1, false)
	add(2, true)
	release()
	e.expect(t, c, 1, number)
	// More than are kept.
	release = s.StallNext("updates.getDifference")
	calls = s.Calls("updates.getDifference")
	s.PushUpdatesTooLong(eva)
	waitCalls(t, s, "updates.getDifference", calls+1)
	add(maxPostponed+10, true)
	release()
	e.expect(t, c, 1, number)
}

// TestUpdatesTwice: what was applied is not applied again.
func TestUpdatesTwice(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	c, e := startListening(t, s)
	var pts [4]int
	for i := range pts {
		pts[i] = s.AddUpdate(eva, true, counted(i+1))
	}
	for i := range pts {
		s.PushUpdates(eva, &tg.UpdateShort{Update: counted(i + 1)(pts[i])})
	}
	s.AddUpdate(eva, true, counted(5))
	e.expect(t, c, 1, 5)
}

// TestUpdatesUnderFire pushes, hides, repeats and mixes updates while the connection is cut and salts change.
func TestUpdatesUnderFire(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	c, e := startListening(t, s)
	const n = 600
	stop := make(chan struct{})
	var group sync.WaitGroup
	group.Go(func() {
		for i := 0; ; i++ {
			select {
			case <-stop:
				return
			case <-time.After(60 * time.Millisecond):
			}
			if i%2 == 0 {
				s.CutConnections(eva)
			} else {
				s.ChangeSalt()
			}
		}
	})
	var hidden []tg.UpdateClass // to be pushed later, out of order
	for i := 1; i <= n; i++ {
		var u tg.UpdateClass
		keep := func(pts int) tg.UpdateClass { u = counted(i)(pts); return u }
		switch rand.N(4) {
		case 0:
			s.AddUpdate(eva, false, keep)
			hidden = append(hidden, u)
		case 1:
			s.AddUpdate(eva, true, keep)
			s.PushUpdates(eva, &tg.UpdateShort{Update: u})
		default:
			s.AddUpdate(eva, true, keep)
		}
		if i%50 == 0 {
			for _, late := range hidden {
				s.PushUpdates(eva, &tg.UpdateShort{Update: late})
			}
			hidden = nil
			time.Sleep(20 * time.Millisecond)
		}
	}
	close(stop)
	group.Wait()
	s.PushUpdatesTooLong(eva)
	e.expect(t, c, 1, n)
}

// TestUpdatesAfterRestart: the place in the updates is kept, also by a client that is closed in the middle of what comes.
func TestUpdatesAfterRestart(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	e := listen(p)
	dir := t.TempDir()
	c := p.login(dir, eva)
	c.upToDate()
	number, done := 0, 0 // done: applied by the clients before
	const restarts = 5
	for range restarts {
		for range 20 {
			number++
			s.AddUpdate(eva, true, counted(number))
		}
		c.close()
		done += len(e.numbers(c))
		for range 10 {
			number++
			s.AddUpdate(eva, true, counted(number))
		}
		c = p.start(dir)
		e.expect(t, c, done+1, number)
	}
	if n := s.Calls("updates.getState"); n != 1 {
		t.Errorf("updates.getState was called %d times", n)
	}
	if n := s.Calls("updates.getDifference"); n != restarts {
		t.Errorf("updates.getDifference was called %d times in %d restarts", n, restarts)
	}
}

func TestUpdatesBySeq(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	c, e := startListening(t, s)
	push := func(first, last int) {
		e.mu.Lock()
		e.heard[c.id] = nil
		e.mu.Unlock()
		list := []tg.UpdateClass{&tg.UpdateConfig{}}
		if first == last {
			s.PushUpdates(eva, &tg.Updates{Updates: list, Date: 1, Seq: last})
		} else {
			s.PushUpdates(eva, &tg.UpdatesCombined{Updates: list, Date: 1, SeqStart: first, Seq: last})
		}
	}
	applied := func() bool {
		e.mu.Lock()
		defer e.mu.Unlock()
		return len(e.heard[c.id]) > 0
	}
	// A mark behind what must not be applied: it has no place in an order.
	mark := func() {
		t.Helper()
		before := applied()
		s.PushUpdates(eva, &tg.UpdateShort{Update: &tg.UpdatePtsChanged{}})
		waitFor(t, "the mark comes", func() bool {
			e.mu.Lock()
			defer e.mu.Unlock()
			list := e.heard[c.id]
			if len(list) == 0 {
				return false
			}
			_, ok := list[len(list)-1].(*tg.UpdatePtsChanged)
			return ok
		})
		e.mu.Lock()
		defer e.mu.Unlock()
		if n := len(e.heard[c.id]); !before && n != 1 {
			t.Errorf("%d updates were applied that should not be", n-1)
		}
	}
	push(2, 2) // the server begins at 1
	waitFor(t, "the next one is applied", applied)
	push(3, 5)
	waitFor(t, "the next ones are applied", applied)
	push(2, 2)
	mark()
	push(3, 5)
	mark()
	if n := s.Calls("updates.getDifference"); n != 0 {
		t.Errorf("updates.getDifference was called %d times without a gap", n)
	}
	push(8, 8)
	waitCalls(t, s, "updates.getDifference", 1)
	mark()
	push(2, 2) // the difference has said that the server is at 1
	waitFor(t, "the next one after the difference is applied", applied)
}

// TestUpdatesOfOtherOrders: updates of channels do not move the account's own place, and qts has an order of its own.
func TestUpdatesOfOtherOrders(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	c, e := startListening(t, s)
	s.PushUpdates(eva, &tg.UpdateShort{Update: &tg.UpdateNewChannelMessage{
		Message: &tg.MessageService{PeerID: &tg.PeerChannel{ChannelID: 5}, Action: &tg.MessageActionHistoryClear{}}, Pts: 900, PtsCount: 1,
	}})
	s.PushUpdates(eva, &tg.UpdateShort{Update: &tg.UpdateDeleteChannelMessages{ChannelID: 5, Pts: 901, PtsCount: 1}})
	qts := s.AddQueuedUpdate(eva, true, queued(1))
	s.AddUpdate(eva, true, counted(2))
	s.AddQueuedUpdate(eva, true, queued(3))
	s.PushUpdates(eva, &tg.UpdateShort{Update: queued(1)(qts)}) // applied before
	s.AddUpdate(eva, true, counted(4))
	e.expect(t, c, 1, 4)
	if n := s.Calls("updates.getDifference"); n != 0 {
		t.Errorf("updates.getDifference was called %d times without a gap", n)
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	if n := len(e.heard[c.id]); n != 6 {
		t.Errorf("%d updates were applied, want 2 of channels and 4 others", n)
	}
}

// TestDifferenceFails: a difference that the server refuses is asked for again, and nothing is lost meanwhile.
func TestDifferenceFails(t *testing.T) {
	t.Parallel()
	for _, message := range []string{"SOME_ERROR", "PERSISTENT_TIMESTAMP_OUTDATED"} {
		t.Run(message, func(t *testing.T) {
			t.Parallel()
			s := startServer(t, testdc.Options{})
			c, e := startListening(t, s)
			s.FailNext("updates.getDifference", 400, message)
			s.AddUpdate(eva, false, counted(1))
			s.AddUpdate(eva, false, counted(2)) // one alone is asked for in another way
			s.AddUpdate(eva, true, counted(3))
			waitCalls(t, s, "updates.getDifference", 1)
			s.AddUpdate(eva, true, counted(4))
			if message == "SOME_ERROR" {
				e.expect(t, c, 1, 4)
			} else { // what the server has forgotten can't be had; what comes then can
				waitCalls(t, s, "updates.getState", 2)
				c.upToDate()
				s.AddUpdate(eva, true, counted(5))
				waitFor(t, "the updates go on", func() bool { return slices.Equal(e.numbers(c), []int{5}) })
			}
		})
	}
}

// TestUpdatesOutliveAPanic: a handler of updates that panics leaves the client alive, and the updates going on.
func TestUpdatesOutliveAPanic(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	c, e := startListening(t, s)
	heard := c.p.r.applied
	bad := true
	c.p.r.applied = func(client *Client, u tg.UpdateClass) {
		heard(client, u)
		if bad {
			bad = false
			panic("in a test")
		}
	}
	s.AddUpdate(eva, false, counted(1))
	s.PushUpdatesTooLong(eva)
	waitFor(t, "the first comes", func() bool { return len(e.numbers(c)) > 0 })
	s.AddUpdate(eva, true, counted(2))
	waitFor(t, "the updates go on", func() bool { list := e.numbers(c); return list[len(list)-1] == 2 })
	c.must("user", `{"@type":"getMe"}`)
}

// TestDifferenceInSlices: a difference that comes in parts, and one that is too long.
func TestDifferenceInSlices(t *testing.T) {
	t.Parallel()
	r := newQuietRegistry()
	e := &ear{heard: map[int32][]tg.UpdateClass{}}
	r.applied = func(c *Client, u tg.UpdateClass) { e.heard[c.id] = append(e.heard[c.id], u) }
	c := newClient(1, r, newOutbox(), nil)
	c.net.centers, c.auth.state = map[int]*center{}, &types.AuthorizationStateReady{}
	var asked []int
	answers := []tg.UpdatesDifferenceClass{
		&tg.UpdatesDifferenceSlice{OtherUpdates: []tg.UpdateClass{counted(1)(11), counted(2)(12)}, IntermediateState: tg.UpdatesState{Pts: 12, Qts: 1}},
		&tg.UpdatesDifferenceSlice{OtherUpdates: []tg.UpdateClass{counted(3)(13)}, IntermediateState: tg.UpdatesState{Pts: 13, Qts: 1}},
		&tg.UpdatesDifferenceTooLong{Pts: 500},
		&tg.UpdatesDifference{OtherUpdates: []tg.UpdateClass{counted(4)(501)}, State: tg.UpdatesState{Pts: 501, Qts: 2, Seq: 7, Date: 8}},
	}
	c.api.tg = tg.NewClient(invoker(func(input bin.Encoder) (bin.Encoder, error) {
		asked = append(asked, input.(*tg.UpdatesGetDifferenceRequest).Pts)
		answer := answers[len(asked)-1]
		if len(asked) == 2 { // what comes between the parts waits for the last one
			c.updates.apply(c, &tg.UpdateShort{Update: counted(3)(13)})
			c.updates.apply(c, &tg.UpdateShort{Update: counted(5)(502)})
		}
		return &tg.UpdatesDifferenceBox{Difference: answer}, nil
	}))
	done := make(chan struct{})
	c.post(func() {
		c.updates.state = &tg.UpdatesState{Pts: 10}
		c.updates.getDifference(c, "a test")
		c.post(func() { close(done) })
	})
	<-done
	settled(t, &c.turn)
	if want := []int{10, 12, 13, 500}; !slices.Equal(asked, want) {
		t.Errorf("asked from %v, want %v", asked, want)
	}
	if got := e.numbers(&peer{id: 1}); !slices.Equal(got, []int{1, 2, 3, 4, 5}) {
		t.Errorf("applied %v", got)
	}
	if s := c.updates.state; s.Pts != 502 || s.Qts != 2 || s.Seq != 7 || s.Date != 8 {
		t.Errorf("the place is %v", s)
	}
}

// TestUsersUpdates: what the server tells of the own user reaches the program.
func TestUsersUpdates(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	c, _ := startListening(t, s)
	me := c.must("user", `{"@type":"getMe"}`).number("id")
	s.PushUpdates(eva, &tg.UpdateShort{Update: &tg.UpdateUserStatus{UserID: me, Status: &tg.UserStatusOffline{WasOnline: 1234}}})
	c.wait("the status", func(o object) bool {
		return o.kind() == "updateUserStatus" && o.number("user_id") == me && o.number("status", "was_online") == 1234
	})
	calls := s.Calls("users.getUsers")
	s.PushUpdates(eva, &tg.UpdateShort{Update: &tg.UpdateUserName{UserID: me}})
	waitCalls(t, s, "users.getUsers", calls+1)
	s.PushUpdates(eva, &tg.UpdateShort{Update: &tg.UpdateUserStatus{UserID: 1, Status: &tg.UserStatusRecently{}}}) // a stranger
	if got := c.must("user", `{"@type":"getMe"}`).number("id"); got != me {
		t.Errorf("the own user is %d, was %d", got, me)
	}
}

// TestClock: the server's time is what unix_time says, also when it jumps.
func TestClock(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	c, _ := startListening(t, s)
	for _, jump := range []time.Duration{time.Hour, -3 * time.Hour} {
		s.ShiftClock(jump)
		c.must("sessions", `{"@type":"getActiveSessions"}`)
		want := s.Now().Unix()
		near := func(text string) bool {
			n, _ := strconv.ParseInt(text, 10, 64)
			return n >= want-2 && n <= want+10
		}
		c.wait("the time", func(o object) bool { return o.text("name") == "unix_time" && near(o.text("value", "value")) })
		if got := c.must("optionValueInteger", `{"@type":"getOption","name":"unix_time"}`).text("value"); !near(got) {
			t.Errorf("after %v it is %s, at the server %d", jump, got, want)
		}
	}
}
