package mtproto

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mt"
)

// idsOf returns the message ids under which a query came.
func (f *fakeDC) idsOf(query string) (ids []int64) {
	for _, m := range f.got(typeID([]byte(query))) {
		ids = append(ids, m.id)
	}
	return ids
}

// What was sent and not answered is sent again under its id on the next connection, and acted upon once.
func TestResendSameID(t *testing.T) {
	for _, before := range []bool{true, false} { // the cut comes before or after the server acted
		bubble(t, func(t *testing.T, f *fakeDC) {
			f.intercept = func(p *peer, m incoming) bool {
				if p.n == 1 && string(m.body) == "call" && before {
					_ = p.nc.Close()
					return true
				}
				return false
			}
			f.query = func(p *peer, id int64, body []byte) []byte {
				if p.n == 1 && string(body) == "call" {
					_ = p.nc.Close()
				}
				return echo(body)
			}
			s, _ := start(t, f, f.config())
			ask(t, s, "frst")
			ask(t, s, "call")
			ids := f.idsOf("call")
			if len(ids) != 2 || ids[0] != ids[1] {
				t.Errorf("ids %x", ids)
			}
			if got := fmt.Sprint(f.acts()); got != "[frst call]" {
				t.Errorf("acts %s", got)
			}
		})
	}
}

// Calls keep their order over a cut, and new ones come behind them.
func TestResendOrder(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		hold := true
		f.intercept = func(p *peer, m incoming) bool { return hold && m.body[0] == 'q' }
		s, _ := start(t, f, f.config())
		var want []string
		call := func(i int) {
			q := fmt.Sprintf("q%07d", i)
			want = append(want, q)
			s.Call(Raw(q), CallOptions{})
		}
		for i := range 50 {
			call(i)
			synctest.Wait()
		}
		hold = false
		s.SetNetwork(false)
		for i := range 50 {
			call(50 + i)
		}
		s.SetNetwork(true)
		synctest.Wait()
		if !slices.Equal(f.acts(), want) {
			t.Errorf("acts %v", f.acts())
		}
	})
}

// A call that the server has acknowledged is asked about, not sent again; if the server lost it, it is.
func TestResendAcked(t *testing.T) {
	for _, lost := range []bool{false, true} {
		bubble(t, func(t *testing.T, f *fakeDC) {
			sent := 0
			f.intercept = func(p *peer, m incoming) bool {
				if string(m.body) != "call" {
					return false
				}
				if sent++; sent > 1 {
					return false
				}
				_ = p.push(3, false, &mt.MsgsAck{MsgIDs: []int64{m.id}})
				if !lost {
					f.mu.Lock()
					f.sessions[p.session].answers[m.id] = echo(m.body)
					f.mu.Unlock()
				}
				go func() {
					time.Sleep(time.Second)
					_ = p.nc.Close()
				}()
				return true
			}
			s, _ := start(t, f, f.config())
			c := s.Call(Raw("call"), CallOptions{})
			rest(2 * time.Second)
			if n := len(f.got(mt.MsgsStateReqTypeID)); n != 1 {
				t.Fatalf("%d questions", n)
			}
			if !lost {
				m := f.got(typeID([]byte("call")))[0]
				if sent != 1 {
					t.Errorf("sent %d times", sent)
				}
				_ = f.last().result(m.id, echo(m.body))
			}
			if got, err := c.Wait(t.Context()); err != nil || string(got) != "echocall" {
				t.Error(string(got), err)
			}
			if ids := f.idsOf("call"); lost && (len(ids) != 2 || ids[0] == ids[1]) {
				t.Errorf("ids %x", ids)
			}
		})
	}
}

// After minutes without a connection the server is asked before anything old is sent again.
func TestResendOld(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		f.query = func(*peer, int64, []byte) []byte { return nil }
		s, _ := start(t, f, f.config())
		done := s.Call(Raw("done"), CallOptions{})
		synctest.Wait()
		f.intercept = func(_ *peer, m incoming) bool { return string(m.body) == "lost" }
		lost := s.Call(Raw("lost"), CallOptions{})
		synctest.Wait()
		f.intercept = nil
		s.SetNetwork(false)
		time.Sleep(10 * time.Minute)
		f.query = nil
		s.SetNetwork(true)
		if _, err := lost.Wait(t.Context()); err != nil {
			t.Error(err)
		}
		id := f.idsOf("done")[0]
		_ = f.last().result(id, []byte("late"))
		if got, err := done.Wait(t.Context()); err != nil || string(got) != "late" {
			t.Error(string(got), err)
		}
		if got := fmt.Sprint(f.acts()); got != "[done lost]" || len(f.idsOf("done")) != 1 {
			t.Errorf("acts %s, sent %d times", got, len(f.idsOf("done")))
		}
	})
}

// A server that has lost the session gets what it cannot know under new ids; NewSession is reported.
func TestServerForgetsSession(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		hold := true
		f.intercept = func(p *peer, m incoming) bool { return hold && string(m.body) == "call" }
		s, r := start(t, f, f.config())
		ask(t, s, "frst")
		c := s.Call(Raw("call"), CallOptions{})
		synctest.Wait()
		hold = false
		f.mu.Lock()
		clear(f.sessions)
		f.mu.Unlock()
		s.Call(Raw("next"), CallOptions{})
		began := time.Now()
		if _, err := c.Wait(t.Context()); err != nil || time.Since(began) > time.Second {
			t.Error(err, time.Since(began))
		}
		if r.fresh != 2 {
			t.Errorf("%d new sessions", r.fresh)
		}
		if ids := f.idsOf("call"); len(ids) != 2 || ids[0] == ids[1] {
			t.Errorf("ids %x", ids)
		}
	})
}

// A server that falls silent after a request is left within seconds, and the request answered elsewhere.
func TestSilentServer(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		silent := false
		f.packet = func(p *peer, _ int64, _ []incoming) bool { return silent && p.n == 1 }
		s, r := start(t, f, f.config())
		ask(t, s, "frst")
		rest(10 * time.Minute)
		silent = true
		began := time.Now()
		ask(t, s, "call")
		rest(0)
		if took := time.Since(began); took < 3*time.Second || took > 12*time.Second {
			t.Errorf("answered after %v", took)
		}
		if f.dials != 2 || r.state() != StateReady {
			t.Errorf("%d connections, %v", f.dials, r.state())
		}
	})
}

// Also when calls keep coming, and when nothing is asked at all.
func TestSilentServerNoticed(t *testing.T) {
	for _, busy := range []bool{true, false} {
		bubble(t, func(t *testing.T, f *fakeDC) {
			var silent atomic.Bool
			f.packet = func(p *peer, _ int64, _ []incoming) bool { return silent.Load() && p.n == 1 }
			s, _ := start(t, f, f.config())
			ask(t, s, "frst")
			rest(0)
			silent.Store(true)
			began := time.Now()
			for f.dialed() == 1 && time.Since(began) < 5*time.Minute {
				if busy {
					s.Call(Raw("more"), CallOptions{})
				}
				rest(time.Second)
			}
			took, limit := time.Since(began), 12*time.Second
			if !busy {
				limit = 70 * time.Second
			}
			if took > limit {
				t.Errorf("noticed after %v", took)
			}
		})
	}
}

// A server that sends one large packet slowly is alive.
func TestSlowPacket(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		query := func(p *peer, id int64, body []byte) []byte {
			go func() {
				time.Sleep(busyPing - time.Second)
				p.slow.Store(true)
				_ = p.result(id, append(body, make([]byte, 20000)...))
			}()
			return nil
		}
		s, _ := start(t, f, f.config())
		ask(t, s, "fast")
		f.mu.Lock()
		f.query = query
		f.mu.Unlock()
		got, err := s.Call(Raw("slow"), CallOptions{}).Wait(t.Context())
		if err != nil || len(got) != 20004 || f.dials != 1 {
			t.Errorf("%d bytes, %v, %d connections", len(got), err, f.dials)
		}
	})
}

// slowWriter delivers a kilobyte every two seconds.
type slowWriter struct{ io.Writer }

func (w slowWriter) Write(b []byte) (int, error) {
	for part := range slices.Chunk(b, 1000) {
		time.Sleep(2 * time.Second)
		if _, err := w.Writer.Write(part); err != nil {
			return 0, err
		}
	}
	return len(b), nil
}

// The first try after a failure comes at once, later ones ever more rarely.
func TestBackoff(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		cfg := f.config()
		var tries []time.Time
		cfg.Dial = func(context.Context, string, string) (net.Conn, error) {
			tries = append(tries, time.Now())
			return nil, errors.New("refused")
		}
		_, r := start(t, f, cfg)
		rest(10 * time.Minute)
		if len(tries) < 20 || len(tries) > 60 {
			t.Errorf("%d tries in ten minutes", len(tries))
		}
		for i, least := range []time.Duration{1, 2, 4, 8, 16, 16, 16} {
			if d := tries[i+1].Sub(tries[i]); d < least*time.Second || d > least*time.Second*5/4+retryGrid/2 {
				t.Errorf("try %d comes %v after the one before, not %d s and up to a quarter more", i+1, d, least)
			}
		}
		if r.state() != StateConnecting {
			t.Error(r.state())
		}
	})
}

// A server that closes every connection, after answering or before, makes no spin.
func TestServerCloses(t *testing.T) {
	for _, answer := range []bool{true, false} {
		bubble(t, func(t *testing.T, f *fakeDC) {
			f.packet = func(p *peer, _ int64, msgs []incoming) bool {
				if answer {
					_ = p.greet(msgs)
					for _, m := range msgs {
						_ = p.onMessage(m)
					}
				}
				_ = p.nc.Close()
				return true
			}
			s, _ := start(t, f, f.config())
			if answer {
				ask(t, s, "call")
			}
			rest(10 * time.Minute)
			if f.dials > 60 {
				t.Errorf("%d connections in ten minutes", f.dials)
			}
			f.packet = nil
			s.SetNetwork(true)
			ask(t, s, "more")
		})
	}
}

// A good connection that ends is replaced at once.
func TestServerRestarts(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		s, r := start(t, f, f.config())
		for range 5 {
			ask(t, s, "call")
			time.Sleep(time.Minute)
			began := time.Now()
			f.cut()
			ask(t, s, "more")
			rest(0)
			if took := time.Since(began); took > 10*time.Millisecond {
				t.Errorf("back after %v", took)
			}
		}
		if r.fresh != 1 {
			t.Errorf("%d sessions", r.fresh)
		}
	})
}

// A call that may have been acted upon keeps its id when its repetition is refused for its salt, and is asked about
// when it is refused for its age.
func TestResendRefused(t *testing.T) {
	for _, code := range []int{0, 16, 20} {
		for _, acted := range []bool{true, false} {
			t.Run(fmt.Sprint(code, acted), func(t *testing.T) {
				bubble(t, func(t *testing.T, f *fakeDC) {
					cut, refused := false, false
					f.intercept = func(p *peer, m incoming) bool {
						if string(m.body) != "call" || cut {
							return false
						}
						cut = true
						if acted {
							f.mu.Lock()
							f.sessions[p.session].answers[m.id] = echo(m.body)
							f.executed = append(f.executed, "call")
							f.mu.Unlock()
						}
						_ = p.nc.Close()
						return true
					}
					f.packet = func(p *peer, id int64, msgs []incoming) bool {
						if p.n == 1 || refused {
							return false
						}
						refused = true
						if code == 0 {
							_ = p.push(3, false, &mt.BadServerSalt{BadMsgID: id, ErrorCode: 48, NewServerSalt: f.salt})
						} else {
							_ = p.push(3, false, &mt.BadMsgNotification{BadMsgID: id, ErrorCode: code})
						}
						return true
					}
					s, _ := start(t, f, f.config())
					ask(t, s, "frst")
					c := s.Call(Raw("call"), CallOptions{})
					rest(10 * time.Second)
					if acted && code != 0 {
						// The server waits with the answer; it knows that it has the message.
						_ = f.last().result(f.idsOf("call")[0], echo([]byte("call")))
					}
					if got, err := c.Wait(t.Context()); err != nil || string(got) != "echocall" {
						t.Error(string(got), err)
					}
					if got := fmt.Sprint(f.acts()); got != "[frst call]" || !refused {
						t.Errorf("acts %s", got)
					}
				})
			})
		}
	}
}

// Calls may be told to come after others; what the server says of them otherwise is made good.
func TestAfter(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		var sent []string
		fail := true
		f.query = func(p *peer, id int64, body []byte) []byte {
			b := &bin.Buffer{Buf: body}
			var ids []int64
			switch typeID(body) {
			case invokeAfterID:
				_ = b.ConsumeID(invokeAfterID)
				id, _ := b.Long()
				ids = append(ids, id)
			case invokeAfterAllID:
				_ = b.ConsumeID(invokeAfterAllID)
				n, _ := b.VectorHeader()
				for range n {
					id, _ := b.Long()
					ids = append(ids, id)
				}
			}
			name := string(b.Buf)
			sent = append(sent, fmt.Sprint(name, len(ids)))
			for _, id := range ids {
				if !slices.Contains(f.idsOf("aaaa"), id) && !slices.Contains(f.idsOf("bbbb"), id) {
					t.Errorf("%s after %x", name, id)
				}
			}
			switch {
			case name == "aaaa" || name == "bbbb":
				go func() {
					time.Sleep(time.Second)
					_ = p.result(id, body)
				}()
				return nil
			case name == "dddd" && fail:
				fail = false
				return encoded(&mt.RPCError{ErrorCode: 400, ErrorMessage: "MSG_WAIT_FAILED"})
			case name == "eeee":
				return encoded(&mt.RPCError{ErrorCode: 400, ErrorMessage: "MSG_WAIT_FAILED"})
			}
			return body
		}
		s, _ := start(t, f, f.config())
		a := s.Call(Raw("aaaa"), CallOptions{})
		b := s.Call(Raw("bbbb"), CallOptions{})
		s.Call(Raw("cccc"), CallOptions{After: []*Call{a}})
		d := s.Call(Raw("dddd"), CallOptions{After: []*Call{a, b}})
		if _, err := d.Wait(t.Context()); err != nil {
			t.Error(err)
		}
		if _, err := s.Call(Raw("eeee"), CallOptions{After: []*Call{a}}).Wait(t.Context()); err == nil {
			t.Error("a wait that always fails goes on for ever")
		}
		rest(2 * time.Second)
		if _, err := s.Call(Raw("ffff"), CallOptions{After: []*Call{a, b}}).Wait(t.Context()); err != nil {
			t.Error(err)
		}
		if got := fmt.Sprint(sent[:5]); got != "[aaaa0 bbbb0 cccc1 dddd2 dddd2]" || sent[len(sent)-1] != "ffff0" {
			t.Errorf("sent %v", sent)
		}
	})
}

// A server that knows a call and never answers it is asked, and then the call comes again under its id.
func TestLostAnswer(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		f.query = func(p *peer, id int64, body []byte) []byte {
			if string(body) == "call" && len(f.idsOf("call")) == 1 {
				s := p.state()
				f.mu.Lock()
				s.answers[id] = echo(body) // and it is never sent
				f.mu.Unlock()
				return nil
			}
			return echo(body)
		}
		s, _ := start(t, f, f.config())
		began := time.Now()
		ask(t, s, "call")
		if took := time.Since(began); took > 5*time.Minute {
			t.Errorf("took %v", took)
		}
		if ids := f.idsOf("call"); len(ids) != 2 || ids[0] != ids[1] || len(f.acts()) != 1 {
			t.Errorf("ids %x, acts %v", ids, f.acts())
		}
	})
}
