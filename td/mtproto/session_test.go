package mtproto

import (
	"context"
	"errors"
	"fmt"
	"net"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/tgerr"
)

// bubble runs a test in virtual time; goroutines that outlive it fail the test.
func bubble(t *testing.T, test func(t *testing.T, f *fakeDC)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) { test(t, newFake(t)) })
}

// rest lets virtual time pass and everything settle; tests may touch what hooks touch then.
func rest(d time.Duration) {
	time.Sleep(d)
	synctest.Wait()
}

// An exchange, a call and updates over a connection in memory.
func TestFirstCall(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		cfg := f.config()
		cfg.Key, cfg.Salts = crypto.AuthKey{}, nil
		s, r := start(t, f, cfg)
		ask(t, s, "ping")
		for i := range 3 {
			if err := f.last().push(3, true, Raw(fmt.Sprintf("upd%d", i))); err != nil {
				t.Fatal(err)
			}
		}
		synctest.Wait()
		if got := fmt.Sprint(r.got()); got != "[upd0 upd1 upd2]" {
			t.Errorf("updates %s", got)
		}
		if got, want := fmt.Sprint(r.states), "[connecting handshaking ready]"; got != want {
			t.Errorf("states %s, want %s", got, want)
		}
		if len(r.keys) != 1 || r.keys[0] != s.Key() || r.fresh != 1 {
			t.Errorf("%d keys, %d new sessions", len(r.keys), r.fresh)
		}
	})
}

// A connection that nobody uses is pinged about once a minute and otherwise left alone.
func TestIdle(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		s, r := start(t, f, f.config())
		ask(t, s, "call")
		time.Sleep(time.Hour)
		ask(t, s, "more")
		rest(0)
		if f.dials != 1 || r.state() != StateReady {
			t.Errorf("%d connections, %v", f.dials, r.state())
		}
		if n := len(f.got(mt.PingDelayDisconnectRequestTypeID)); n < 60 || n > 91 {
			t.Errorf("%d pings in an hour", n)
		}
	})
}

// Calls leave in their order, together, and within the limits of containers.
func TestCallOrder(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		var packets [][]incoming
		f.packet = func(_ *peer, _ int64, msgs []incoming) bool {
			packets = append(packets, msgs)
			return false
		}
		r := newRecorder()
		s := New(f.config(), r)
		t.Cleanup(func() { stop(t, f, s) })
		var want []string
		var answered []string
		for i := range 3000 {
			q := fmt.Sprintf("%04d", i)
			if i%1700 == 7 {
				q += strings.Repeat("x", 20000)
			}
			want = append(want, q)
			s.Call(Raw(q), CallOptions{NoGzip: true, Done: func(b []byte, err error) {
				answered = append(answered, strings.TrimPrefix(string(b), "echo"))
			}})
		}
		s.Start()
		synctest.Wait()
		if !slices.Equal(f.acts(), want) || !slices.Equal(answered, want) {
			t.Fatal("calls or answers out of order")
		}
		if len(packets) > 20 {
			t.Errorf("%d packets", len(packets))
		}
		for _, p := range packets {
			size := 0
			for _, m := range p {
				size += len(m.body) + 16
			}
			if len(p) > 1020 || len(p) > 1 && size > 32<<10 {
				t.Errorf("packet of %d messages, %d bytes", len(p), size)
			}
		}
	})
}

// Message ids rise and are divisible by four; sequence numbers count content.
func TestIDs(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		var ids []int64
		content := int32(0)
		f.packet = func(_ *peer, id int64, msgs []incoming) bool {
			for _, m := range msgs {
				ids = append(ids, m.id)
				service := typeID(m.body) == mt.PingDelayDisconnectRequestTypeID || typeID(m.body) == mt.MsgsAckTypeID
				want := content * 2
				if !service {
					want++
					content++
				}
				if m.seqNo != want {
					t.Errorf("seqno %d of %08x, want %d", m.seqNo, typeID(m.body), want)
				}
			}
			if len(msgs) > 1 {
				ids = append(ids, id)
			}
			return false
		}
		s, _ := start(t, f, f.config())
		for i := range 200 {
			s.Call(Raw(fmt.Sprintf("%04d", i)), CallOptions{})
			if i%20 == 0 {
				time.Sleep(10 * time.Second)
			}
		}
		synctest.Wait()
		for i, id := range ids {
			if id%4 != 0 || i > 0 && id <= ids[i-1] {
				t.Fatalf("id %d is %x after %x", i, id, ids[max(i-1, 0)])
			}
		}
		if content < 200 {
			t.Errorf("%d messages", content)
		}
	})
}

// Answers and updates are delivered in the order of the server.
func TestEventOrder(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		f.query = func(p *peer, id int64, body []byte) []byte {
			_ = p.push(3, true, Raw("before"+string(body[4:])+"__"))
			_ = p.result(id, body)
			_ = p.push(3, true, Raw("behind"+string(body[4:])+"__"))
			return nil
		}
		s, r := start(t, f, f.config())
		for i := range 100 {
			q := fmt.Sprintf("%08d", i)
			s.Call(Raw(q), CallOptions{Done: func([]byte, error) { r.note("answer "+q, func() {}) }})
		}
		synctest.Wait()
		var want []string
		for i := range 100 {
			want = append(want, fmt.Sprintf("update before%04d__", i), fmt.Sprintf("answer %08d", i), fmt.Sprintf("update behind%04d__", i))
		}
		got := slices.DeleteFunc(r.history(), func(e string) bool {
			return !strings.HasPrefix(e, "update") && !strings.HasPrefix(e, "answer")
		})
		if !slices.Equal(got, want) {
			t.Errorf("got %d events, %v...", len(got), got[:min(len(got), 6)])
		}
	})
}

// slowHandler takes its time and watches that it is not called meanwhile.
type slowHandler struct {
	recorder
	busy  atomic.Bool
	calls atomic.Int32
	tb    testing.TB
}

func (h *slowHandler) one() {
	if !h.busy.CompareAndSwap(false, true) {
		h.tb.Error("two events at a time")
	}
	time.Sleep(time.Second)
	h.calls.Add(1)
	h.busy.Store(false)
}

func (h *slowHandler) State(State)    { h.one() }
func (h *slowHandler) Updates([]byte) { h.one() }
func (h *slowHandler) NewSession()    { h.one() }

// Events come one at a time, whichever goroutines they come from.
func TestOneEventAtATime(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		h := &slowHandler{tb: t, recorder: *newRecorder()}
		s := New(f.config(), h)
		s.Start()
		rest(10 * time.Second)
		for range 5 {
			for range 3 {
				_ = f.last().push(3, true, Raw("news"))
				s.Call(Raw("call"), CallOptions{Done: func([]byte, error) { h.one() }})
			}
			time.Sleep(time.Second / 2)
			s.SetNetwork(false)
			time.Sleep(time.Second / 2)
			s.SetNetwork(true)
			rest(time.Minute)
		}
		if n := h.calls.Load(); n < 30 {
			t.Errorf("%d events", n)
		}
		stop(t, f, s)
	})
}

// An error of the server is a *tgerr.Error.
func TestRPCError(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		f.query = func(*peer, int64, []byte) []byte {
			return encoded(&mt.RPCError{ErrorCode: 420, ErrorMessage: "FLOOD_WAIT_17"})
		}
		s, _ := start(t, f, f.config())
		_, err := s.Call(Raw("call"), CallOptions{}).Wait(t.Context())
		var e *tgerr.Error
		if !errors.As(err, &e) || e.Code != 420 || e.Argument != 17 {
			t.Errorf("error %v", err)
		}
		f.query = nil
		if err := s.Invoke(t.Context(), Raw("more"), &mt.Pong{}); err == nil {
			t.Error("echo decoded as a pong")
		}
	})
}

// Queries that cannot be sent are answered at once.
func TestBadQuery(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		s, _ := start(t, f, f.config())
		for _, q := range []Raw{nil, Raw("abc"), Raw("abcde"), make(Raw, maxQuery+4)} {
			if _, err := s.Call(q, CallOptions{NoGzip: true}).Wait(t.Context()); !errors.Is(err, ErrBadQuery) {
				t.Errorf("query of %d bytes: %v", len(q), err)
			}
		}
		var failed error
		s.Call(badEncoder{}, CallOptions{Done: func(_ []byte, err error) { failed = err }})
		if !errors.Is(failed, errBadEncoder) {
			t.Error(failed)
		}
		ask(t, s, "good")
	})
}

var errBadEncoder = errors.New("does not encode")

type badEncoder struct{}

func (badEncoder) Encode(*bin.Buffer) error { return errBadEncoder }

// Cancelled calls are not sent, or the server is told; either way nothing is answered any more.
func TestCancel(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		f.query = func(*peer, int64, []byte) []byte { return nil }
		s := New(f.config(), newRecorder())
		t.Cleanup(func() { stop(t, f, s) })
		calls := make([]*Call, 100)
		for i := range calls {
			calls[i] = s.Call(Raw("gone"), CallOptions{Done: func([]byte, error) { t.Error("cancelled call was answered") }})
		}
		for _, c := range calls {
			if !c.Cancel() || c.Cancel() {
				t.Error("Cancel must succeed once")
			}
		}
		if len(s.queue) > 64 {
			t.Errorf("%d cancelled calls are kept", len(s.queue))
		}
		s.Start()
		ctx, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if _, err := s.Call(Raw("slow"), CallOptions{}).Wait(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Error(err)
		}
		synctest.Wait()
		drops := f.got(mt.RPCDropAnswerRequestTypeID)
		if fmt.Sprint(f.acts()) != "[slow]" || len(drops) != 1 {
			t.Errorf("sent %v, %d drops", f.acts(), len(drops))
		}
		if s.pending != 0 || len(s.inFlight) != 0 {
			t.Errorf("%d pending, %d in flight", s.pending, len(s.inFlight))
		}
	})
}

// Close answers what is pending, once, and nothing comes after it.
func TestClose(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		f.query = func(*peer, int64, []byte) []byte { return nil }
		for _, started := range []bool{true, false} {
			r := newRecorder()
			s := New(f.config(), r)
			if started {
				s.Start()
			}
			n := 0
			for range 10 {
				s.Call(Raw("call"), CallOptions{Done: func(_ []byte, err error) {
					if n++; !errors.Is(err, ErrClosed) {
						t.Error(err)
					}
				}})
			}
			time.Sleep(time.Second)
			for range 2 {
				if err := s.Close(t.Context()); err != nil {
					t.Error(err)
				}
			}
			if n != 10 || r.state() != StateIdle {
				t.Errorf("%d answers, %v", n, r.state())
			}
			if _, err := s.Call(Raw("late"), CallOptions{}).Wait(t.Context()); !errors.Is(err, ErrClosed) {
				t.Error(err)
			}
			s.Start()
			s.SetNetwork(true)
		}
		f.close()
	})
}

// Close acknowledges what came, so that the server does not keep it.
func TestCloseAcknowledges(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		s, _ := start(t, f, f.config())
		ask(t, s, "call")
		stop(t, f, s)
		if len(f.got(mt.MsgsAckTypeID)) == 0 {
			t.Error("nothing was acknowledged")
		}
	})
}

// A server that reads nothing does not hold up Call or Close.
func TestServerReadsNothing(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		f.accept = func(_ int, nc net.Conn) bool {
			time.Sleep(time.Hour)
			return true
		}
		s, r := start(t, f, f.config())
		s.Call(Raw("call"), CallOptions{})
		time.Sleep(time.Second)
		began := time.Now()
		for range 100 {
			s.Call(make(Raw, 100000), CallOptions{NoGzip: true})
		}
		if err := s.Close(t.Context()); err != nil {
			t.Error(err)
		}
		if took := time.Since(began); took > time.Second || r.state() != StateIdle {
			t.Errorf("closed after %v, %v", took, r.state())
		}
	})
}

// Without a network nothing is tried; calls wait.
func TestNetwork(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		s, r := start(t, f, f.config())
		ask(t, s, "call")
		s.SetNetwork(false)
		synctest.Wait()
		if r.state() != StateWaitingForNetwork {
			t.Error(r.state())
		}
		c := s.Call(Raw("wait"), CallOptions{})
		rest(time.Hour)
		if f.dials != 1 {
			t.Errorf("%d connections without a network", f.dials)
		}
		began := time.Now()
		s.SetNetwork(true)
		if got, err := c.Wait(t.Context()); err != nil || string(got) != "echowait" || time.Since(began) > time.Second {
			t.Error(string(got), err)
		}
		if r.state() != StateReady {
			t.Error(r.state())
		}
	})
}

// Reconnect moves to other addresses at once, also out of a long pause.
func TestReconnect(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		cfg := f.config()
		good := cfg.Dial
		cfg.Dial = func(context.Context, string, string) (net.Conn, error) { return nil, errors.New("refused") }
		s, r := start(t, f, cfg)
		c := s.Call(Raw("call"), CallOptions{})
		rest(10 * time.Minute)
		if r.state() != StateConnecting {
			t.Error(r.state())
		}
		began := time.Now()
		var dialed string
		s.Reconnect(Route{Dial: func(ctx context.Context, network, addr string) (net.Conn, error) {
			dialed = addr
			return good(ctx, network, addr)
		}, Addrs: []Addr{{Address: "other"}}})
		if _, err := c.Wait(t.Context()); err != nil || time.Since(began) > time.Second || dialed != "other" {
			t.Errorf("%v after %v at %q", err, time.Since(began), dialed)
		}
	})
}

// A session with an idle timeout sleeps, and wakes for a call.
func TestIdleTimeout(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		cfg := f.config()
		cfg.IdleTimeout = 30 * time.Second
		s, r := start(t, f, cfg)
		rest(time.Hour)
		if f.dials != 0 {
			t.Error("connected without a call")
		}
		f.query = func(p *peer, id int64, body []byte) []byte {
			go func() {
				time.Sleep(time.Minute) // longer than the timeout
				_ = p.result(id, echo(body))
			}()
			return nil
		}
		for range 3 {
			ask(t, s, "call")
			rest(25 * time.Second)
			if r.state() != StateReady {
				t.Error("asleep too early:", r.state())
			}
			rest(time.Minute)
			if r.state() != StateIdle {
				t.Error("not asleep:", r.state())
			}
		}
		if f.dials != 3 {
			t.Errorf("%d connections", f.dials)
		}
	})
}

// Init's bytes stand before queries until one of them is answered, and again after a new session or ReInit.
func TestInit(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		fail := true
		f.query = func(_ *peer, _ int64, body []byte) []byte {
			switch {
			case fail:
				return encoded(&mt.RPCError{ErrorCode: 500, ErrorMessage: "TRY_AGAIN"})
			case string(body) == "late":
				return encoded(&mt.RPCError{ErrorCode: 400, ErrorMessage: "CONNECTION_NOT_INITED"})
			}
			return []byte("fine")
		}
		cfg := f.config()
		cfg.Init = func() []byte { return []byte("init") }
		s, _ := start(t, f, cfg)
		call := func(q string, o CallOptions) {
			_, _ = s.Call(Raw(q), o).Wait(t.Context())
		}
		call("aaaa", CallOptions{}) // an error of the server proves nothing
		fail = false
		call("bbbb", CallOptions{NoInit: true})
		call("cccc", CallOptions{})
		call("dddd", CallOptions{})
		call("late", CallOptions{}) // refused, goes out again
		call("eeee", CallOptions{})
		s.ReInit()
		call("ffff", CallOptions{})
		call("gggg", CallOptions{})
		want := "[initaaaa bbbb initcccc dddd late initlate eeee initffff gggg]"
		if got := fmt.Sprint(f.acts()); got != want {
			t.Errorf("sent %v, want %v", got, want)
		}
	})
}

// last is the newest connection.
func (f *fakeDC) last() *peer {
	f.mu.Lock()
	defer f.mu.Unlock()
	if len(f.conns) == 0 {
		f.tb.Fatal("no connection")
	}
	return f.conns[len(f.conns)-1]
}

// A call that takes the server hours is waited for with few pings, and the server is asked about it.
func TestLongCall(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		f.query = func(p *peer, id int64, body []byte) []byte {
			go func() {
				time.Sleep(5 * time.Hour)
				_ = p.result(id, echo(body))
			}()
			return nil
		}
		s, _ := start(t, f, f.config())
		if _, err := s.Call(Raw("call"), CallOptions{}).Wait(t.Context()); err != nil {
			t.Error(err)
		}
		if n := len(f.got(mt.PingDelayDisconnectRequestTypeID)); n > 5*95 {
			t.Errorf("%d pings", n)
		}
		if n := len(f.got(mt.MsgsStateReqTypeID)); n < 100 || n > 300 {
			t.Errorf("%d questions", n)
		}
		if f.dials != 1 || len(f.acts()) != 1 {
			t.Errorf("%d connections, %d acts", f.dials, len(f.acts()))
		}
	})
}
