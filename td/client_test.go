package td

import (
	"bufio"
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/goccy/go-json"

	"tdjson/internal/testdc"
	"tdjson/td/mtproto"
	"tdjson/types"
)

// TestPanic: a handler that panics answers its request with 500, before and after it waits, and the client lives on.
func TestPanic(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	var bad atomic.Bool
	p.r.before = func(f types.Object) {
		_, inline := f.(*types.TestSquareInt)
		_, alarm := f.(*types.SetAlarm)
		if bad.Load() && (inline || alarm) {
			panic("in a test")
		}
	}
	c := p.login(t.TempDir(), eva)
	bad.Store(true)
	for range 3 {
		c.fails(500, "Internal error in testSquareInt", `{"@type":"testSquareInt","x":3}`)
		c.fails(500, "Internal error in setAlarm", `{"@type":"setAlarm","seconds":0.001}`)
		c.must("sessions", `{"@type":"getActiveSessions"}`)
	}
	bad.Store(false)
	if got := c.must("testInt", `{"@type":"testSquareInt","x":3}`).number("value"); got != 9 {
		t.Errorf("3 × 3 = %d", got)
	}
	c.must("ok", `{"@type":"setAlarm","seconds":0.001}`)
}

// TestPanicAfterWait: the same when the handler has given the turn away before.
func TestPanicAfterWait(t *testing.T) {
	t.Parallel()
	c := newClient(1, newQuietRegistry(), newOutbox(), nil)
	answer := make(chan types.Object, 1)
	c.post(func() {
		var got types.Object
		defer func() { answer <- got }()
		defer c.rescue(&types.GetMe{}, &got)
		c.await(func() {})
		panic("in a test")
	})
	if e, ok := (<-answer).(*types.Error); !ok || e.Code != 500 {
		t.Errorf("the answer is %v", e)
	}
	c.post(func() { panic("in an event") })
	settled(t, &c.turn)
}

// TestSendFromManyThreads sends from ten goroutines while the client is closed: each request is answered once, those of one
// sender that need no waiting in their order.
func TestSendFromManyThreads(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	for round := range 5 {
		c := p.login(t.TempDir(), fmt.Sprintf("1555000%04d", round))
		const senders, each = 10, 200
		var group sync.WaitGroup
		var sent [senders][]string
		for i := range senders {
			group.Go(func() {
				for n := range each {
					switch rand.N(5) {
					case 0:
						c.send(`{"@type":"getActiveSessions"}`)
					case 1:
						c.send(`{"@type":"setAlarm","seconds":%f}`, rand.Float64()/100)
					case 2:
						c.send(`{"@type":"noSuchFunction"}`)
					default:
						sent[i] = append(sent[i], c.send(`{"@type":"testSquareInt","x":%d}`, n))
					}
				}
			})
		}
		time.Sleep(rand.N(40 * time.Millisecond))
		c.send(`{"@type":"close"}`)
		group.Wait()
		c.waitClosed()
		for i := range senders {
			c.until("all answers", func() bool { return len(c.answers) == len(c.sent) })
			aborted := false
			for _, extra := range sent[i] {
				switch o := c.answer(extra); {
				case o.kind() == "testInt" && aborted:
					t.Fatal("answered after the client was closed")
				case o.kind() != "testInt":
					aborted = true
				}
			}
		}
		if got := c.states(); got[len(got)-1] != "Closed" || slices.Contains(got[:len(got)-1], "Closed") {
			t.Errorf("states %q", got)
		}
	}
}

// TestOrderOfAnswers: requests that need no waiting are answered in their order, whether they are handled on the sender's
// thread or not.
func TestOrderOfAnswers(t *testing.T) {
	t.Parallel()
	r := newQuietRegistry()
	id := r.CreateClientID()
	const n = 3000
	var group sync.WaitGroup
	group.Go(func() {
		for i := range n {
			request := `{"@type":"testSquareInt","x":1,"@extra":%d}`
			if i%7 == 0 {
				request = `{"@type":"getTextEntities","text":"@a","@extra":%d}`
			}
			r.Send(id, fmt.Appendf(nil, request, i))
		}
	})
	next := 0
	for next < n {
		text := r.Receive(nil, patience)
		if text == nil {
			t.Fatalf("nothing after %d answers", next)
		}
		if bytes.Contains(text, []byte(`"@extra":`)) {
			if !bytes.Contains(text, fmt.Appendf(nil, `"@extra":%d,`, next)) {
				t.Fatalf("want answer %d, got %s", next, text)
			}
			next++
		}
	}
	group.Wait()
}

// TestInvalidClients: numbers that are no client's are answered with an error.
func TestInvalidClients(t *testing.T) {
	t.Parallel()
	r := newQuietRegistry()
	old := r.CreateJSONClient()
	for _, id := range []int32{0, -1, 99, old} {
		r.Send(id, []byte(`{"@type":"close","@extra":1}`))
		want := fmt.Sprintf(`{"@type":"error","code":400,"message":"Invalid TDLib instance specified","@extra":1,"@client_id":%d}`, id)
		if id == 0 {
			want = strings.Replace(want, `,"@client_id":0`, "", 1)
		}
		if got := string(r.Receive(nil, patience)); got != want {
			t.Errorf("client %d: got %s, want %s", id, got, want)
		}
	}
	r.SendJSON(99, []byte(`{"@type":"close"}`))
	if got := r.ReceiveJSON(99, nil, 0); got != nil {
		t.Errorf("got %s", got)
	}
	r.DestroyJSONClient(99)
	r.DestroyJSONClient(old)
	r.DestroyJSONClient(old)
}

// TestOldInterface: clients of the old interface end when they are destroyed, from any thread and in any state.
func TestOldInterface(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	root := t.TempDir()
	var group sync.WaitGroup
	for i := range 20 {
		group.Go(func() {
			id := p.r.CreateJSONClient()
			dir := filepath.Join(root, fmt.Sprint(i))
			p.r.SendJSON(id, []byte(parametersFor(dir)))
			time.Sleep(time.Duration(i) * 3 * time.Millisecond)
			p.r.SendJSON(id, []byte(`{"@type":"setAuthenticationPhoneNumber","phone_number":"15550001111"}`))
			var both sync.WaitGroup
			both.Go(func() { p.r.DestroyJSONClient(id) })
			both.Go(func() {
				for range 50 {
					p.r.SendJSON(id, []byte(`{"@type":"testSquareInt","x":5}`))
					p.r.ReceiveJSON(id, nil, 0)
				}
			})
			both.Wait()
			if text := p.r.ReceiveJSON(id, nil, 0); text != nil {
				t.Errorf("a destroyed client says %s", text)
			}
		})
	}
	group.Wait()
}

// serverVariable makes this test binary a server: see TestMain.
const serverVariable = "TDJSON_TEST_SERVE"

// TestMain runs the tests; or a local Telegram until its input ends, so that it can be apart from what is measured; or a
// program to be killed.
func TestMain(m *testing.M) {
	runPlan(crashVariable, crashProgram)
	runPlan(openVariable, openProgram)
	if os.Getenv(serverVariable) == "" {
		os.Exit(m.Run())
	}
	s, err := testdc.Start(testdc.Options{})
	if err == nil {
		_, err = fmt.Printf("%s\n", s.Config())
		_, _ = io.Copy(io.Discard, os.Stdin)
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// runPlan makes this process the program that a variable plans, if it does.
func runPlan[T any](variable string, program func(T)) {
	text := os.Getenv(variable)
	if text == "" {
		return
	}
	var plan T
	if err := json.Unmarshal([]byte(text), &plan); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	program(plan)
	os.Exit(0)
}

// newProgramApart starts a program whose server is another process.
func newProgramApart(t testing.TB) *program {
	t.Helper()
	server := exec.Command(os.Args[0])
	server.Env = append(os.Environ(), serverVariable+"=1")
	in, err := server.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := server.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := server.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = in.Close()
		if err := server.Wait(); err != nil {
			t.Error(err)
		}
	})
	config, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	path := writeConfig(t, config)
	r := newQuietRegistry()
	r.dial = (&net.Dialer{}).DialContext
	r.servers = func(test bool) (*servers, error) { return findServers(test, path) }
	return startProgram(t, r)
}

// weigh starts clients that wait for a login, says how many goroutines and bytes of heap each has, and closes them. What
// stays of them is an error.
func weigh(t testing.TB, p *program, clients int) (goroutines, heap float64) {
	t.Helper()
	root := t.TempDir()
	warm := p.start(filepath.Join(root, "warm")) // tables that are made once
	warm.connection("connectionStateReady")
	warm.close()
	at := func() (int, uint64) {
		runtime.GC()
		runtime.GC()
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return runtime.NumGoroutine(), m.HeapAlloc
	}
	g0, h0 := at()
	list := make([]*peer, clients)
	for i := range list {
		list[i] = p.client()
		list[i].send("%s", parametersFor(filepath.Join(root, fmt.Sprint(i))))
	}
	for _, c := range list {
		c.connection("connectionStateReady")
		c.forget()
	}
	const each = 4 // reading, time, and two of package sql
	waitFor(t, "the clients come to rest", func() bool { return runtime.NumGoroutine() <= g0+each*clients })
	g1, h1 := at()
	for _, c := range list {
		c.send(`{"@type":"close"}`)
	}
	for _, c := range list {
		c.waitClosed()
	}
	waitFor(t, "the goroutines end", func() bool { return runtime.NumGoroutine() <= g0 })
	p.r.mu.RLock()
	defer p.r.mu.RUnlock()
	for id, c := range p.r.clients {
		if c != nil {
			t.Errorf("client %d is still there", id)
		}
	}
	return float64(g1-g0) / float64(clients), float64(h1-h0) / float64(clients)
}

// TestClientsGo: clients that wait have few goroutines, and nothing stays of those that are closed.
func TestClientsGo(t *testing.T) {
	weigh(t, newProgramApart(t), 20)
}

// BenchmarkClient tells what a client that waits for its login takes: go test -bench 'Client$' -benchtime 100x
func BenchmarkClient(b *testing.B) {
	goroutines, heap := weigh(b, newProgramApart(b), b.N)
	b.ReportMetric(goroutines, "goroutines")
	b.ReportMetric(heap/1024, "KB")
}

// TestHearing: only the session that a data center has now is heard.
func TestHearing(t *testing.T) {
	t.Parallel()
	c := newClient(1, newQuietRegistry(), newOutbox(), nil)
	d := &center{c: c, id: 1}
	c.net.centers, c.net.main = map[int]*center{1: d}, 1
	left, now := &hearing{center: d}, &hearing{center: d}
	left.of, now.of = mtproto.New(mtproto.Config{}, left), mtproto.New(mtproto.Config{}, now)
	d.session = now.of
	for _, x := range []struct {
		h    *hearing
		says mtproto.State
		want mtproto.State
	}{
		{now, mtproto.StateConnecting, mtproto.StateConnecting}, {left, mtproto.StateIdle, mtproto.StateConnecting},
		{now, mtproto.StateReady, mtproto.StateReady}, {left, mtproto.StateConnecting, mtproto.StateReady},
	} {
		x.h.State(x.says)
		settled(t, &c.turn)
		if d.state != x.want {
			t.Errorf("the state is %v, want %v", d.state, x.want)
		}
	}
}
