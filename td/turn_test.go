package td

import (
	"runtime"
	"slices"
	"sync"
	"sync/atomic"
	"testing"
	"time"
)

// newTurn makes a turn whose tasks are all events.
func newTurn() *turn {
	return &turn{do: func(k task) { k.event() }}
}

// settled waits until the turn is free and nothing waits for it.
func settled(t testing.TB, u *turn) {
	t.Helper()
	waitFor(t, "the turn comes to rest", func() bool {
		u.mu.Lock()
		defer u.mu.Unlock()
		return !u.held && u.queue.len() == 0
	})
}

// waitFor polls until something is so.
func waitFor(t testing.TB, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !so(); time.Sleep(time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatalf("not after %v: %s", patience, what)
		}
	}
}

func TestTurnKeepsOrder(t *testing.T) {
	t.Parallel()
	u := newTurn()
	var got []int
	for i := range 5000 {
		u.post(task{event: func() { got = append(got, i) }})
	}
	settled(t, u)
	if len(got) != 5000 || !slices.IsSorted(got) {
		t.Errorf("%d tasks were done, in order: %t", len(got), slices.IsSorted(got))
	}
}

// TestTurnUnderLoad posts from many goroutines tasks that give the turn away: each is done once, those of one goroutine begin
// in their order, and two never hold the turn at once.
func TestTurnUnderLoad(t *testing.T) {
	t.Parallel()
	const posters, tasks = 50, 200
	u := newTurn()
	var holders atomic.Int32
	hold := func() {
		if holders.Add(1) != 1 {
			t.Error("two hold the turn at once")
		}
	}
	begun := make([][]int, posters) // of each poster, owned by the turn
	done := 0
	var group sync.WaitGroup
	for p := range posters {
		group.Go(func() {
			for i := range tasks {
				u.post(task{event: func() {
					hold()
					begun[p] = append(begun[p], i)
					if i%3 == 0 {
						holders.Add(-1)
						u.await(runtime.Gosched)
						hold()
					}
					done++
					holders.Add(-1)
				}})
			}
		})
	}
	group.Wait()
	settled(t, u)
	waitFor(t, "handlers that wait go on", func() bool {
		total := make(chan int, 1)
		u.post(task{event: func() { total <- done }})
		return <-total == posters*tasks
	})
	for p, list := range begun {
		if len(list) != tasks || !slices.IsSorted(list) {
			t.Errorf("of poster %d %d tasks began, in order: %t", p, len(list), slices.IsSorted(list))
		}
	}
}

func TestTurnGoesOnWhileOneWaits(t *testing.T) {
	t.Parallel()
	u := newTurn()
	var got []string
	release, asleep := make(chan struct{}), make(chan struct{})
	u.post(task{event: func() {
		got = append(got, "first begins")
		u.await(func() { close(asleep); <-release })
		got = append(got, "first goes on")
	}})
	u.post(task{event: func() { got = append(got, "second") }})
	<-asleep
	settled(t, u)
	u.post(task{event: func() { close(release); time.Sleep(10 * time.Millisecond); got = append(got, "third") }})
	end := make(chan struct{})
	waitFor(t, "the first comes back", func() bool {
		u.mu.Lock()
		defer u.mu.Unlock()
		return !u.held && len(got) == 4
	})
	u.post(task{event: func() { close(end) }})
	<-end
	if want := []string{"first begins", "second", "third", "first goes on"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

// TestTurnResumesInOrder: a handler that comes back stands behind what waits already, and before what comes later.
func TestTurnResumesInOrder(t *testing.T) {
	t.Parallel()
	u := newTurn()
	var got []string
	add := func(s string) func() { return func() { got = append(got, s) } }
	var resumes [2]chan struct{}
	for i := range resumes {
		resumes[i] = make(chan struct{}, 1)
		u.post(task{event: func() {
			u.yield()
			<-resumes[i]
			add("resumed")()
		}})
	}
	settled(t, u)
	u.post(task{event: func() { // all of it waits while this holds the turn
		u.post(task{event: add("before")})
		u.post(task{resume: resumes[0]})
		u.post(task{event: add("between")})
		u.post(task{resume: resumes[1]})
		u.post(task{event: add("after")})
	}})
	settled(t, u)
	if want := []string{"before", "resumed", "between", "resumed", "after"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTurnTry(t *testing.T) {
	t.Parallel()
	u := newTurn()
	ran := 0
	count := task{event: func() { ran++ }}
	if !u.try(count) || ran != 1 {
		t.Fatal("a free turn was not given")
	}
	if u.try(task{event: func() {
		if u.try(count) {
			t.Error("a held turn was given")
		}
		u.post(task{event: func() {
			if ran != 1 {
				t.Error("overtaken")
			}
		}})
		if u.try(count) {
			t.Error("a turn that another task waits for was given")
		}
	}}) == false {
		t.Fatal("a free turn was not given")
	}
	settled(t, u)
	if ran != 1 {
		t.Errorf("the task was done %d times", ran)
	}
}

// TestTurnTryNeverOvertakes mixes posts and tries of one goroutine: they are done in their order.
func TestTurnTryNeverOvertakes(t *testing.T) {
	t.Parallel()
	u := newTurn()
	var got []int
	for i := range 10000 {
		k := task{event: func() { got = append(got, i) }}
		if i%2 == 0 || !u.try(k) {
			u.post(k)
		}
	}
	settled(t, u)
	if len(got) != 10000 || !slices.IsSorted(got) {
		t.Errorf("%d tasks were done, in order: %t", len(got), slices.IsSorted(got))
	}
}

func TestTurnAtRestHasNoGoroutine(t *testing.T) {
	before := runtime.NumGoroutine()
	list := make([]*turn, 100)
	for i := range list {
		list[i] = newTurn()
		for range 100 {
			list[i].post(task{event: func() { list[i].await(runtime.Gosched) }})
		}
	}
	for _, u := range list {
		settled(t, u)
	}
	waitFor(t, "the goroutines end", func() bool { return runtime.NumGoroutine() <= before })
}

// TestTurnAwaitPanics: what panics while it waits holds the turn again when its caller recovers.
func TestTurnAwaitPanics(t *testing.T) {
	t.Parallel()
	u := newTurn()
	held := make(chan bool, 1)
	u.post(task{event: func() {
		defer func() {
			if recover() == nil {
				t.Error("the panic got lost")
			}
			u.mu.Lock()
			defer u.mu.Unlock()
			held <- u.held
		}()
		u.await(func() { panic("in a test") })
	}})
	if !<-held {
		t.Error("the turn was not held after the panic")
	}
	settled(t, u)
}

func TestTaskQueueReusesMemory(t *testing.T) {
	var q taskQueue
	if n := testing.AllocsPerRun(100, func() {
		for range 10 {
			q.push(task{})
		}
		for range 10 {
			if _, ok := q.pop(); !ok {
				t.Fatal("empty too early")
			}
		}
	}); n != 0 {
		t.Errorf("%v allocations", n)
	}
	for range 2 * keptTasks { // never empty, always two inside: the room of those taken is used again
		q.push(task{})
		q.push(task{})
		q.pop()
		q.pop()
		q.push(task{})
		q.pop()
	}
	for range 4 * keptTasks {
		q.push(task{})
	}
	for q.len() > 0 {
		q.pop()
	}
	if cap(q.items) > keptTasks {
		t.Errorf("room for %d tasks is kept", cap(q.items))
	}
	if _, ok := q.pop(); ok {
		t.Error("something came out of an empty queue")
	}
}
