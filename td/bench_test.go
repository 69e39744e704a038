package td

import (
	"runtime/debug"
	"slices"
	"testing"
	"time"
)

// roundTrips answers what sends a request to a client and receives the answer.
func roundTrips(tb testing.TB, request string) func() {
	r := newQuietRegistry()
	id := r.CreateClientID()
	text := []byte(request)
	buffer := make([]byte, 0, 1024)
	for range 4 { // the updates of its start, and one answer
		r.Send(id, text)
		for r.Receive(buffer[:0], 10*time.Millisecond) != nil {
		}
	}
	return func() {
		r.Send(id, text)
		if r.Receive(buffer[:0], patience) == nil {
			tb.Fatal("no answer")
		}
	}
}

func executions(tb testing.TB, request string) func() {
	r := newQuietRegistry()
	text := []byte(request)
	buffer := make([]byte, 0, 1024)
	return func() {
		if len(r.Execute(buffer[:0], text)) == 0 {
			tb.Fatal("no answer")
		}
	}
}

const (
	squareRequest  = `{"@type":"testSquareInt","x":7,"@extra":1}`
	versionRequest = `{"@type":"getOption","name":"version"}`
)

func BenchmarkRoundTrip(b *testing.B) {
	f := roundTrips(b, squareRequest)
	b.ReportAllocs()
	for b.Loop() {
		f()
	}
}

func BenchmarkRoundTripByLoop(b *testing.B) { // on the loop's goroutine, as handlers that may wait are
	f := roundTrips(b, `{"@type":"setAlarm","seconds":0,"@extra":1}`)
	b.ReportAllocs()
	for b.Loop() {
		f()
	}
}

func BenchmarkExecute(b *testing.B) {
	f := executions(b, versionRequest)
	b.ReportAllocs()
	for b.Loop() {
		f()
	}
}

func BenchmarkTurnPost(b *testing.B) {
	u := newTurn()
	done := make(chan struct{}, 1)
	k := task{event: func() { done <- struct{}{} }}
	b.ReportAllocs()
	for b.Loop() {
		u.post(k)
		<-done
	}
}

func BenchmarkTurnAwait(b *testing.B) {
	u := newTurn()
	done := make(chan struct{}, 1)
	k := task{event: func() { u.await(func() {}); done <- struct{}{} }}
	b.ReportAllocs()
	for b.Loop() {
		u.post(k)
		<-done
	}
}

func BenchmarkOutbox(b *testing.B) {
	box := newOutbox()
	e := numbered(1)
	b.ReportAllocs()
	for b.Loop() {
		box.push(e)
		box.receive(0)
	}
}

// TestAllocations: what an answer does not need is not allocated.
func TestAllocations(t *testing.T) {
	if raceDetector() {
		t.Skip("the race detector throws away what pools keep")
	}
	for name, c := range map[string]struct {
		run  func()
		most float64
	}{
		"a round trip on the sender's thread": {roundTrips(t, squareRequest), 4}, // the text, the function, @extra, the answer
		"a round trip on the loop":            {roundTrips(t, `{"@type":"setAlarm","seconds":0,"@extra":1}`), 5},
		"execute":                             {executions(t, versionRequest), 3}, // the text, the function, the answer
	} {
		if n := testing.AllocsPerRun(200, c.run); n > c.most {
			t.Errorf("%s allocates %v times, want %v", name, n, c.most)
		}
	}
}

func raceDetector() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}
