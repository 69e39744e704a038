package mtproto

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"fmt"
	"io"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
)

// A wrong salt is replaced, the call sent again, and acted upon once.
func TestWrongSalt(t *testing.T) {
	for _, known := range []bool{true, false} {
		bubble(t, func(t *testing.T, f *fakeDC) {
			cfg := f.config()
			if cfg.Salts[0].Salt++; !known {
				cfg.Salts = nil
			}
			f.strict = true
			s, _ := start(t, f, cfg)
			ask(t, s, "call")
			rest(time.Hour)
			f.mu.Lock()
			f.salt = 815
			f.mu.Unlock()
			ask(t, s, "more")
			if got := fmt.Sprint(f.acts()); got != "[call more]" {
				t.Errorf("acts %s", got)
			}
			if f.dialed() != 1 {
				t.Errorf("%d connections", f.dialed())
			}
		})
	}
}

// A clock that is wrong by years, either way, with a key from before: corrected from what the server refuses.
func TestWrongClock(t *testing.T) {
	for _, wrong := range []time.Duration{
		-30 * 365 * 24 * time.Hour, -10 * time.Minute, -40 * time.Second, 0, 40 * time.Second, 10 * time.Minute, 30 * 365 * 24 * time.Hour,
	} {
		for _, key := range []bool{true, false} {
			t.Run(fmt.Sprint(wrong, key), func(t *testing.T) {
				bubble(t, func(t *testing.T, f *fakeDC) {
					cfg := f.config()
					cfg.Now = func() time.Time { return time.Now().Add(wrong) }
					if !key {
						cfg.Key = crypto.AuthKey{}
					}
					s, r := start(t, f, cfg)
					ask(t, s, "call")
					ask(t, s, "more")
					rest(time.Minute)
					if got := fmt.Sprint(f.acts()); got != "[call more]" {
						t.Errorf("acts %s", got)
					}
					if off := -time.Until(s.serverTime()); off > 40*time.Second || off < -300*time.Second {
						t.Errorf("server's time is off by %v", off)
					}
					if wrong > time.Minute || wrong < -5*time.Minute {
						if len(r.offsets) == 0 || (r.offsets[len(r.offsets)-1]+wrong).Abs() > 2*time.Second {
							t.Errorf("offsets %v", r.offsets)
						}
					}
				})
			})
		}
	}
}

// The clock is set while the session lives.
func TestClockJump(t *testing.T) {
	for _, jump := range []time.Duration{-time.Hour, time.Hour} {
		bubble(t, func(t *testing.T, f *fakeDC) {
			cfg := f.config()
			var wrong atomic.Int64
			cfg.Now = func() time.Time { return time.Now().Add(time.Duration(wrong.Load())) }
			s, r := start(t, f, cfg)
			ask(t, s, "call")
			rest(0)
			wrong.Store(int64(jump))
			// The server speaks first: an update must not get lost for good.
			_ = f.last().push(3, true, Raw("news"))
			rest(time.Second)
			ask(t, s, "more")
			if jump < 0 && fmt.Sprint(r.got()) != "[news]" {
				t.Errorf("updates %v", r.got())
			}
			if jump > 0 && r.fresh != 2 {
				t.Errorf("%d sessions: nobody looks for the lost update", r.fresh)
			}
			if got := fmt.Sprint(f.acts()); got != "[call more]" {
				t.Errorf("acts %s", got)
			}
		})
	}
}

// Also by a server that takes messages of any time.
func TestTimelessServer(t *testing.T) {
	for _, jump := range []time.Duration{-time.Hour, time.Hour, 20 * 365 * 24 * time.Hour} {
		for _, early := range []bool{true, false} {
			bubble(t, func(t *testing.T, f *fakeDC) {
				f.timeless = true
				cfg := f.config()
				var wrong atomic.Int64
				cfg.Now = func() time.Time { return time.Now().Add(time.Duration(wrong.Load())) }
				if early {
					wrong.Store(int64(jump))
				}
				s, r := start(t, f, cfg)
				ask(t, s, "call")
				rest(time.Minute)
				wrong.Store(int64(jump))
				began := time.Now()
				_ = f.last().push(3, true, Raw("news"))
				ask(t, s, "more")
				rest(0)
				if took := time.Since(began); took > time.Second {
					t.Errorf("jump %v: took %v", jump, took)
				}
				if off := r.offsets; len(off) != 1 || (off[0]+jump).Abs() > 2*time.Second {
					t.Errorf("jump %v: offsets %v", jump, off)
				}
			})
		}
	}
}

// Each code of bad_msg_notification ends with the call answered and acted upon once.
func TestBadMessage(t *testing.T) {
	for _, code := range []int{16, 17, 18, 19, 20, 32, 33, 34, 35, 48, 64, 99} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			bubble(t, func(t *testing.T, f *fakeDC) {
				refused := 0
				f.packet = func(p *peer, id int64, msgs []incoming) bool {
					if !slices.ContainsFunc(msgs, func(m incoming) bool { return string(m.body) == "call" }) || refused > 2 {
						return false
					}
					refused++
					_ = p.greet(msgs)
					_ = p.push(3, false, &mt.BadMsgNotification{BadMsgID: id, ErrorCode: code})
					return true
				}
				s, _ := start(t, f, f.config())
				s.Call(Raw("with"), CallOptions{}) // so that there is a container
				ask(t, s, "call")
				if n := strings.Count(fmt.Sprint(f.acts()), "call"); n != 1 || refused != 3 {
					t.Errorf("acts %v, refused %d times", f.acts(), refused)
				}
			})
		})
	}
}

// A server that takes no containers gets messages one by one.
func TestNoBundles(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		f.packet = func(p *peer, id int64, msgs []incoming) bool {
			if len(msgs) > 1 {
				_ = p.greet(msgs)
				_ = p.push(3, false, &mt.BadMsgNotification{BadMsgID: id, ErrorCode: 64})
			}
			return len(msgs) > 1
		}
		s, _ := start(t, f, f.config())
		for i := range 20 {
			s.Call(Raw(fmt.Sprintf("%04d", i)), CallOptions{})
		}
		ask(t, s, "call")
		rest(0)
		if len(f.acts()) != 21 || f.dialed() != 1 {
			t.Errorf("acts %v, %d connections", f.acts(), f.dialed())
		}
	})
}

// A server that refuses everything makes no spin, and a call survives it.
func TestEndlessRefusal(t *testing.T) {
	for _, code := range []int{16, 17, 20, 32, 48, 64, 0} {
		t.Run(fmt.Sprint(code), func(t *testing.T) {
			bubble(t, func(t *testing.T, f *fakeDC) {
				packets := 0
				var stop atomic.Bool
				f.packet = func(p *peer, id int64, msgs []incoming) bool {
					if packets++; stop.Load() {
						return false
					}
					_ = p.greet(msgs)
					if code == 0 {
						_ = p.push(3, false, &mt.BadServerSalt{BadMsgID: id, ErrorCode: 48, NewServerSalt: int64(packets)})
					} else {
						_ = p.push(3, false, &mt.BadMsgNotification{BadMsgID: id, ErrorCode: code})
					}
					return true
				}
				s, _ := start(t, f, f.config())
				c := s.Call(Raw("call"), CallOptions{})
				rest(10 * time.Minute)
				if packets > 1000 {
					t.Errorf("%d packets in ten minutes", packets)
				}
				stop.Store(true)
				s.SetNetwork(true)
				if _, err := c.Wait(t.Context()); err != nil {
					t.Error(err)
				}
			})
		})
	}
}

// A message that comes again is acknowledged again and delivered once; so is an answer.
func TestDuplicates(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		var replies []incoming
		f.query = func(p *peer, id int64, body []byte) []byte {
			m := p.message(1, true, encoded(&proto.Result{RequestMessageID: id, Result: echo(body)}))
			replies = append(replies, m)
			for range 3 {
				_ = p.sendMessage(m)
			}
			return nil
		}
		s, r := start(t, f, f.config())
		n := 0
		s.Call(Raw("call"), CallOptions{Done: func([]byte, error) { n++ }})
		rest(0)
		p := f.last()
		m := p.message(3, true, []byte("news"))
		for range 3 {
			_ = p.sendMessage(m)
			rest(time.Minute)
		}
		_ = p.container(m, m, p.message(3, true, []byte("more")))
		rest(time.Minute)
		if fmt.Sprint(r.got()) != "[news more]" || n != 1 {
			t.Errorf("updates %v, %d answers", r.got(), n)
		}
		acks := map[int64]int{}
		for _, a := range f.got(mt.MsgsAckTypeID) {
			var ack mt.MsgsAck
			if err := ack.Decode(&bin.Buffer{Buf: a.body}); err != nil {
				t.Fatal(err)
			}
			for _, id := range ack.MsgIDs {
				acks[id]++
			}
		}
		if acks[m.id] < 4 || acks[replies[0].id] < 3 {
			t.Errorf("acknowledged %d and %d times", acks[m.id], acks[replies[0].id])
		}
		// Very many later it is still no news.
		for i := range 3000 {
			_ = p.push(3, false, Raw(fmt.Sprintf("%04d", i)))
		}
		rest(0)
		before := len(r.got())
		_ = p.sendMessage(incoming{id: m.id, seqNo: m.seqNo, body: m.body})
		rest(0)
		if len(r.got()) != before || before != 3002 {
			t.Errorf("%d updates, then %d", before, len(r.got()))
		}
	})
}

// Content is acknowledged within seconds, by itself or along with something; what is none is not.
func TestAcks(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		s, _ := start(t, f, f.config())
		ask(t, s, "call")
		rest(10 * time.Second)
		p := f.last()
		before := len(f.got(mt.MsgsAckTypeID))
		a, _ := p.pushID(3, true, Raw("aaaa"))
		b, _ := p.pushID(3, true, Raw("bbbb"))
		c, _ := p.pushID(3, false, Raw("cccc"))
		rest(ackDelay + time.Millisecond)
		acked := p.state().acked
		if !acked[a] || !acked[b] || acked[c] || len(f.got(mt.MsgsAckTypeID)) != before+1 {
			t.Errorf("%v, %d messages", acked, len(f.got(mt.MsgsAckTypeID))-before)
		}
		d, _ := p.pushID(3, true, Raw("dddd"))
		rest(0)
		ask(t, s, "more")
		rest(0)
		if !acked[d] {
			t.Error("not acknowledged along with a call")
		}
		var burst []int64
		for range ackBurst {
			id, _ := p.pushID(3, true, Raw("eeee"))
			burst = append(burst, id)
		}
		rest(0)
		if !acked[burst[0]] {
			t.Error("a burst waits")
		}
	})
}

// Containers come in; those within containers are refused, and nothing else is lost by it.
func TestContainers(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		s, r := start(t, f, f.config())
		ask(t, s, "call")
		rest(0)
		p := f.last()
		inner := &proto.MessageContainer{Messages: []proto.Message{{ID: f.msgID(3), SeqNo: 1, Bytes: 4, Body: []byte("evil")}}}
		_ = p.container(p.message(3, true, []byte("aaaa")), p.message(3, true, encoded(inner)), p.message(3, true, []byte("bbbb")))
		_ = p.push(3, false, proto.GZIP{Data: encoded(&proto.MessageContainer{Messages: []proto.Message{
			{ID: f.msgID(3), SeqNo: 1, Bytes: 4, Body: []byte("cccc")},
		}})})
		_ = p.container()
		rest(0)
		if fmt.Sprint(r.got()) != "[aaaa bbbb cccc]" || f.dialed() != 1 {
			t.Errorf("updates %v", r.got())
		}
	})
}

func packed(t *testing.T, data []byte, w func(io.Writer) io.WriteCloser) Raw {
	var buf bytes.Buffer
	z := w(&buf)
	if _, err := z.Write(data); err != nil {
		t.Fatal(err)
	}
	_ = z.Close()
	return encoded(&mt.GzipPacked{PackedData: buf.Bytes()})
}

// Packed answers and updates are opened, gzip or zlib; broken ones fail their call alone.
func TestGzip(t *testing.T) {
	big := strings.Repeat("abcd", 5000)
	gz := func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }
	zl := func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) }
	bubble(t, func(t *testing.T, f *fakeDC) {
		f.query = func(_ *peer, _ int64, body []byte) []byte {
			switch string(body) {
			case "gzip":
				return packed(t, []byte(big), gz)
			case "zlib":
				return packed(t, []byte(big), zl)
			case "evil":
				return encoded(&mt.GzipPacked{PackedData: []byte("\x1f\x8bnothing of the kind")})
			case "bomb":
				return packed(t, make([]byte, 20<<20), gz)
			case "zbom":
				return packed(t, make([]byte, 20<<20), zl)
			case "none":
				return encoded(&mt.GzipPacked{})
			case "cut_":
				return packed(t, []byte(big), gz)[:20]
			case "errr":
				return packed(t, encoded(&mt.RPCError{ErrorCode: 400, ErrorMessage: "A"}), gz)
			}
			return echo(body)
		}
		s, r := start(t, f, f.config())
		for _, q := range []string{"gzip", "zlib"} {
			if got, err := s.Call(Raw(q), CallOptions{}).Wait(t.Context()); err != nil || string(got) != big {
				t.Errorf("%s: %d bytes, %v", q, len(got), err)
			}
		}
		for _, q := range []string{"evil", "bomb", "zbom", "none", "cut_", "errr"} {
			if got, err := s.Call(Raw(q), CallOptions{}).Wait(t.Context()); err == nil {
				t.Errorf("%s: %d bytes", q, len(got))
			}
		}
		_ = f.last().push(3, true, packed(t, []byte("update!!"), gz))
		_ = f.last().push(3, true, packed(t, []byte("upd@te!!"), zl))
		_ = f.last().push(3, true, &mt.GzipPacked{PackedData: []byte("xx")})
		ask(t, s, "call")
		rest(0)
		if fmt.Sprint(r.got()) != "[update!! upd@te!!]" || f.dialed() != 1 {
			t.Errorf("updates %q, %d connections", r.got(), f.dialed())
		}
	})
}

// Large queries are packed when that helps and unless they must not be.
func TestGzipOut(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		var sizes []int
		f.packet = func(p *peer, _ int64, msgs []incoming) bool { return false }
		f.query = func(_ *peer, _ int64, body []byte) []byte {
			sizes = append(sizes, len(body))
			return echo(nil)
		}
		s, _ := start(t, f, f.config())
		for _, o := range []CallOptions{{}, {NoGzip: true}} {
			if _, err := s.Call(Raw(strings.Repeat("abcd", 5000)), o).Wait(t.Context()); err != nil {
				t.Error(err)
			}
		}
		if _, err := s.Call(Raw(noise(20000)), CallOptions{}).Wait(t.Context()); err != nil {
			t.Error(err)
		}
		if fmt.Sprint(sizes) != "[20000 20000 20000]" {
			t.Errorf("sizes %v", sizes)
		}
	})
	c := &Call{}
	if err := c.encode(Raw(strings.Repeat("abcd", 5000))); err != nil || typeID(c.body) != proto.GZIPTypeID || len(c.body) > 500 {
		t.Errorf("%d bytes, %v", len(c.body), err)
	}
	if err := c.encode(Raw(noise(20000))); err != nil || len(c.body) != 20000 {
		t.Errorf("%d bytes, %v", len(c.body), err)
	}
}

func noise(n int) []byte {
	b := make([]byte, n)
	x := uint32(1)
	for i := range b {
		x = x*1664525 + 1013904223
		b[i] = byte(x >> 24)
	}
	return b
}

// The server's word that an answer exists makes the client ask for it, or acknowledge it again.
func TestDetailedInfo(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		var call int64
		f.query = func(_ *peer, id int64, body []byte) []byte {
			call = id
			return nil
		}
		s, r := start(t, f, f.config())
		c := s.Call(Raw("call"), CallOptions{})
		rest(10 * time.Second)
		p := f.last()
		reply := p.message(1, true, encoded(&proto.Result{RequestMessageID: call, Result: []byte("late")}))
		news := p.message(3, true, []byte("news"))
		_ = p.push(3, false, &mt.MsgDetailedInfo{MsgID: call, AnswerMsgID: reply.id, Bytes: 16})
		_ = p.push(3, false, &mt.MsgNewDetailedInfo{AnswerMsgID: news.id, Bytes: 4})
		rest(0)
		var wanted []int64
		for _, m := range f.got(mt.MsgResendReqTypeID) {
			var q mt.MsgResendReq
			if err := q.Decode(&bin.Buffer{Buf: m.body}); err != nil {
				t.Fatal(err)
			}
			wanted = append(wanted, q.MsgIDs...)
		}
		if !slices.Equal(wanted, []int64{reply.id, news.id}) {
			t.Errorf("asked for %x", wanted)
		}
		_ = p.sendMessage(reply)
		_ = p.sendMessage(news)
		if got, err := c.Wait(t.Context()); err != nil || string(got) != "late" {
			t.Error(string(got), err)
		}
		rest(10 * time.Second)
		delete(p.state().acked, news.id)
		_ = p.push(3, false, &mt.MsgNewDetailedInfo{AnswerMsgID: news.id, Bytes: 4})
		rest(10 * time.Second)
		if !p.state().acked[news.id] || len(f.got(mt.MsgResendReqTypeID)) != 2 || fmt.Sprint(r.got()) != "[news]" {
			t.Error("a message that came is to be acknowledged again")
		}
	})
}

// The server may ask what came, and for what did not.
func TestStateRequests(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		f.intercept = func(_ *peer, m incoming) bool { return string(m.body) == "call" }
		s, _ := start(t, f, f.config())
		c := s.Call(Raw("call"), CallOptions{})
		rest(0)
		p := f.last()
		old := f.msgID(3)
		time.Sleep(time.Second)
		known, _ := p.pushID(3, true, Raw("aaaa"))
		time.Sleep(time.Second)
		missing := f.msgID(3)
		time.Sleep(time.Second)
		_ = p.push(3, true, Raw("bbbb"))
		time.Sleep(time.Second)
		future := f.msgID(3) + 3600<<32
		req, _ := p.pushID(3, false, &mt.MsgsStateReq{MsgIDs: []int64{1, old, known, missing, future}})
		rest(0)
		answers := f.got(mt.MsgsStateInfoTypeID)
		if len(answers) != 1 {
			t.Fatalf("%d answers", len(answers))
		}
		var info mt.MsgsStateInfo
		if err := info.Decode(&bin.Buffer{Buf: answers[0].body}); err != nil {
			t.Fatal(err)
		}
		if info.ReqMsgID != req || !bytes.Equal(info.Info, []byte{1, 2, 4, 2, 3}) {
			t.Errorf("info %v for %x", info.Info, info.ReqMsgID)
		}
		f.intercept = nil
		id := f.idsOf("call")[0]
		_ = p.push(3, false, &mt.MsgResendReq{MsgIDs: []int64{id, 12345}})
		if _, err := c.Wait(t.Context()); err != nil {
			t.Error(err)
		}
		if ids := f.idsOf("call"); len(ids) != 2 || ids[1] != id {
			t.Errorf("ids %x", ids)
		}
	})
}

// msgs_all_info says unasked what the server has.
func TestAllInfo(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		f.intercept = func(_ *peer, m incoming) bool { return string(m.body) == "call" }
		s, _ := start(t, f, f.config())
		c := s.Call(Raw("call"), CallOptions{})
		rest(0)
		f.intercept = nil
		id := f.idsOf("call")[0]
		_ = f.last().push(3, false, &mt.MsgsAllInfo{MsgIDs: []int64{id, 4}, Info: []byte{2}})
		if _, err := c.Wait(t.Context()); err != nil {
			t.Error(err)
		}
	})
}

// Answers to what nobody asked are acknowledged and ignored.
func TestUnknownResult(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		s, r := start(t, f, f.config())
		ask(t, s, "call")
		rest(0)
		p := f.last()
		id, _ := p.pushID(1, true, &proto.Result{RequestMessageID: 12, Result: []byte("what")})
		_ = p.push(1, true, Raw("\x01\x6d\x5c\xf3")) // rpc_result cut short
		for _, e := range []bin.Encoder{&mt.RPCAnswerUnknown{}, &mt.RPCAnswerDroppedRunning{}, &mt.RPCAnswerDropped{}, &mt.Pong{PingID: 77}} {
			_ = p.push(1, true, e)
		}
		for id := range mt.TypesConstructorMap() { // nothing of the protocol may break on being cut short
			_ = p.push(1, true, Raw([]byte{byte(id), byte(id >> 8), byte(id >> 16), byte(id >> 24)}))
		}
		rest(10 * time.Second)
		ask(t, s, "more")
		if !p.state().acked[id] || f.dialed() > 2 {
			t.Errorf("acknowledged: %v, %d connections", p.state().acked[id], f.dialed())
		}
		if slices.Contains(r.got(), "what") {
			t.Error("an answer came as an update")
		}
	})
}
