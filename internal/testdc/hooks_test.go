package testdc

import (
	"context"
	"errors"
	"net"
	"runtime/pprof"
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/proto/codec"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/transport"
)

// ended waits until the server has ended the connection.
func (c *client) ended() {
	c.t.Helper()
	err := c.read(patience)
	for err == nil {
		err = c.read(patience)
	}
	var timeout net.Error
	if errors.As(err, &timeout) && timeout.Timeout() {
		c.t.Error("the connection goes on")
	}
}

func TestCutConnections(t *testing.T) {
	s := start(t, Options{})
	a, b := connect(t, s, 1), connect(t, s, 2)
	a.logIn(testPhone)
	b.logIn("+15550002222")
	if n := s.CutConnections(testPhone); n != 1 {
		t.Errorf("%d connections cut", n)
	}
	a.ended()
	b.sync()
	a.redial()
	a.sync()
	b.sync()
	if n := s.CutConnections(""); n != 2 {
		t.Errorf("%d connections cut", n)
	}
	a.ended()
	b.ended()
}

func TestRefuseConnections(t *testing.T) {
	s := start(t, Options{Proxy: true})
	c := connect(t, s, 1)
	c.sync()
	s.RefuseConnections(true)
	for _, addr := range []string{s.Addr(1), s.ProxyAddr()} {
		nc, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		_ = nc.SetDeadline(time.Now().Add(patience))
		if n, err := nc.Read(make([]byte, 1)); n > 0 || err == nil {
			t.Errorf("%s answers", addr)
		}
		nc.Close()
	}
	c.sync() // what is open stays
	s.RefuseConnections(false)
	c.redial()
	c.sync()
}

func TestStallConnections(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	s.StallConnections(true)
	s.StallConnections(true)
	c.redial()
	c.ping()
	if err := c.read(50 * time.Millisecond); err == nil {
		t.Error("a stalled connection answers")
	}
	c.redial() // what timed out cannot be used any more
	c.ping()
	s.StallConnections(false)
	s.StallConnections(false)
	c.expect(mt.PongTypeID)
}

func TestFailNext(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	s.FailNext("help.getNearestDc", 420, "FLOOD_WAIT_3")
	s.FailNext("help.getNearestDc", 500, "INTERNAL")
	_, err := c.api().HelpGetNearestDC(t.Context())
	wantError(t, err, 420, "FLOOD_WAIT_3")
	_, err = c.api().HelpGetNearestDC(t.Context())
	wantError(t, err, 500, "INTERNAL")
	if _, err = c.api().HelpGetNearestDC(t.Context()); err != nil {
		t.Error(err)
	}
	if n := s.Calls("help.getNearestDc"); n != 3 || s.AllCalls()["help.getNearestDc"] != 3 {
		t.Errorf("%d calls", n)
	}
}

func TestStallNext(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	c.sync()
	release := s.StallNext("help.getNearestDc")
	first := c.send(true, c.wrap(&tg.HelpGetNearestDCRequest{}))
	after := c.send(true, &tg.InvokeAfterMsgRequest{MsgID: first, Query: &tg.HelpGetConfigRequest{}})
	afters := c.send(true, &tg.InvokeAfterMsgsRequest{MsgIDs: []int64{1, first}, Query: &tg.HelpGetConfigRequest{}})
	last := c.send(true, &tg.InvokeAfterMsgRequest{MsgID: after, Query: &tg.HelpGetConfigRequest{}}) // behind one that waits itself
	free := c.send(true, &tg.HelpGetNearestDCRequest{})                                              // only one was to be stalled
	if err := c.answer(free, &tg.NearestDC{}); err != nil {
		t.Error(err)
	}
	c.expect(mt.MsgsAckTypeID)
	c.nothing(proto.ResultTypeID)
	release()
	release()
	for _, id := range []int64{first, after, afters, last} {
		if m := decode(c, c.expect(proto.ResultTypeID), &proto.Result{}); m.RequestMessageID != id {
			t.Errorf("answer to %x, want %x", m.RequestMessageID, id)
		}
	}
}

func TestWaitCalls(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	if err := s.WaitCalls(ctx, "help.getConfig", 1); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("error %v", err)
	}
	done := make(chan error)
	go func() { done <- s.WaitCalls(t.Context(), "help.getConfig", 2) }()
	for range 2 {
		if _, err := c.api().HelpGetConfig(t.Context()); err != nil {
			t.Error(err)
		}
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

func TestForgetKeys(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	c.logIn(testPhone)
	if n := s.ForgetKeys(testPhone); n != 1 {
		t.Errorf("%d keys forgotten", n)
	}
	c.ping()
	c.wantTransportError(codec.CodeAuthKeyNotFound)
}

func TestShiftClock(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	c.sync()
	c.sync() // now what the first one brought is acknowledged
	for _, by := range []time.Duration{time.Hour, -2 * time.Hour} {
		s.ShiftClock(by)
		id := c.ping()
		m := c.expect(mt.BadMsgNotificationTypeID)
		if bad := decode(c, m, &mt.BadMsgNotification{}); bad.BadMsgID != id {
			t.Errorf("%+v", bad)
		}
		// The answer's id tells the server's time.
		if off := time.Unix(m.id>>32, 0).Sub(s.Now()).Abs(); off > time.Minute {
			t.Errorf("message id is off by %v", off)
		}
		c.shift += by
		c.lastID = 0
		c.ping() // also its salt is from another time
		c.salt = decode(c, c.expect(mt.BadServerSaltTypeID), &mt.BadServerSalt{}).NewServerSalt
		c.sync()
	}
}

func TestAddUpdate(t *testing.T) {
	s := start(t, Options{})
	if s.AddUpdate(testPhone, true, nil) != 0 || s.PushUpdatesTooLong(testPhone) != 0 {
		t.Error("there is no such account yet")
	}
	c := connect(t, s, 1)
	c.logIn(testPhone)
	state, err := c.api().UpdatesGetState(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	build := func(pts int) tg.UpdateClass {
		return &tg.UpdateReadHistoryInbox{Peer: &tg.PeerUser{UserID: 1}, Pts: pts, PtsCount: 1}
	}
	s.AddUpdate(testPhone, false, build)
	pts := s.AddUpdate(testPhone, true, build)
	u := decode(c, c.expect(tg.UpdateShortTypeID), &tg.UpdateShort{}).Update.(*tg.UpdateReadHistoryInbox)
	if u.Pts != pts || pts != state.Pts+2 {
		t.Errorf("update %+v after %+v", u, state)
	}
	diff, err := c.api().UpdatesGetDifference(t.Context(), &tg.UpdatesGetDifferenceRequest{Pts: state.Pts, Date: 1, Qts: state.Qts})
	if err != nil {
		t.Fatal(err)
	}
	if d := diff.(*tg.UpdatesDifference); len(d.OtherUpdates) != 2 || d.State.Pts != pts {
		t.Errorf("difference %+v", d)
	}
	diff, err = c.api().UpdatesGetDifference(t.Context(), &tg.UpdatesGetDifferenceRequest{Pts: pts, Date: 1})
	if _, ok := diff.(*tg.UpdatesDifferenceEmpty); !ok || err != nil {
		t.Errorf("difference %+v, error %v", diff, err)
	}
	_, err = c.api().UpdatesGetDifference(t.Context(), &tg.UpdatesGetDifferenceRequest{Pts: pts + 1, Date: 1})
	wantError(t, err, 400, "PERSISTENT_TIMESTAMP_INVALID")
	for range maxLog {
		s.AddUpdate(testPhone, false, build)
	}
	diff, err = c.api().UpdatesGetDifference(t.Context(), &tg.UpdatesGetDifferenceRequest{Pts: state.Pts, Date: 1})
	if _, ok := diff.(*tg.UpdatesDifferenceTooLong); !ok || err != nil {
		t.Errorf("difference %T, error %v", diff, err)
	}
}

// A session that wants no updates does not get those meant for another one of the same login.
func TestInvokeWithoutUpdates(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	c.logIn(testPhone)
	if _, err := c.api().UpdatesGetState(t.Context()); err != nil {
		t.Fatal(err)
	}
	media := *c
	media.session, media.content, media.got = randomInt64(), 0, nil
	media.dial()
	defer media.conn.Close()
	err := media.Invoke(t.Context(), &tg.InvokeWithoutUpdatesRequest{Query: &tg.UpdatesGetStateRequest{}}, &tg.UpdatesState{})
	if err != nil {
		t.Fatal(err)
	}
	s.PushUpdatesTooLong(testPhone)
	c.expect(tg.UpdatesTooLongTypeID)
	media.nothing(tg.UpdatesTooLongTypeID)
}

func TestCommands(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	c.logIn(testPhone)
	log := func(name string, fields ...tg.JSONObjectValue) error {
		_, err := c.api().HelpSaveAppLog(t.Context(), []tg.InputAppEvent{{Type: name, Data: &tg.JSONObject{Value: fields}}})
		return err
	}
	if err := log("some_event"); err != nil {
		t.Error(err)
	}
	wantError(t, log("testdc.nonsense"), 400, "TESTDC_COMMAND_INVALID")
	wantError(t, log("testdc.fail", tg.JSONObjectValue{Key: "code", Value: &tg.JSONString{Value: "x"}}), 400, "TESTDC_COMMAND_INVALID")
	err := log("testdc.fail",
		tg.JSONObjectValue{Key: "method", Value: &tg.JSONString{Value: "help.getNearestDc"}},
		tg.JSONObjectValue{Key: "code", Value: &tg.JSONNumber{Value: 403}},
		tg.JSONObjectValue{Key: "text", Value: &tg.JSONString{Value: "NO"}})
	if err != nil {
		t.Error(err)
	}
	_, err = c.api().HelpGetNearestDC(t.Context())
	wantError(t, err, 403, "NO")
	if err := log("testdc.cut"); err != nil { // still answered
		t.Error(err)
	}
	c.ended()
	c.redial()
	c.sync()
	c.got = nil // the answer may have come again

	if err := s.Do(Command{Do: "nonsense"}); err == nil {
		t.Error("a command that is none was run")
	}
	for _, cmd := range []Command{
		{Do: "refuse", On: true}, {Do: "refuse"}, {Do: "stall", On: true}, {Do: "stall"}, {Do: "announceLogins", On: true},
		{Do: "requireSignUp", Phone: "+1555"}, {Do: "updatesTooLong", Phone: testPhone}, {Do: "stallCall", Method: "help.getConfig"},
	} {
		if err := s.Do(cmd); err != nil {
			t.Error(err)
		}
	}
	id := c.send(true, &tg.HelpGetConfigRequest{})
	c.sync()
	c.nothing(proto.ResultTypeID)
	if err := s.Do(Command{Do: "releaseCalls", Method: "help.getConfig"}); err != nil {
		t.Error(err)
	}
	if err := c.answer(id, &tg.Config{}); err != nil {
		t.Error(err)
	}
	if err := errors.Join(s.Do(Command{Do: "shiftClock", Seconds: 3600}), s.Do(Command{Do: "changeSalt"})); err != nil {
		t.Error(err)
	}
	c.ping()
	c.expect(mt.BadMsgNotificationTypeID)
	if err := s.Do(Command{Do: "forgetKeys", Phone: testPhone}); err != nil {
		t.Error(err)
	}
	c.ping()
	c.wantTransportError(codec.CodeAuthKeyNotFound)
}

// Whatever clients are doing, Close ends all that runs.
func TestCloseLeavesNothing(t *testing.T) {
	s, err := Start(Options{Key: testKey(), Proxy: true})
	if err != nil {
		t.Fatal(err)
	}
	c := connect(t, s, 1)
	c.logIn(testPhone)
	s.StallNext("help.getConfig")
	c.send(true, &tg.HelpGetConfigRequest{})
	for _, addr := range []string{s.Addr(2), s.ProxyAddr()} { // says nothing
		nc, err := net.Dial("tcp", addr)
		if err != nil {
			t.Fatal(err)
		}
		defer nc.Close()
	}
	s.StallConnections(true)
	stalled := dialTransport(t, s.Addr(3), transport.Intermediate)
	defer stalled.Close()
	if err := s.Do(Command{Do: "cut"}); err != nil {
		t.Error(err)
	}
	for range 2 {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	}
	var stacks strings.Builder
	if err := pprof.Lookup("goroutine").WriteTo(&stacks, 1); err != nil {
		t.Fatal(err)
	}
	for _, what := range []string{"testdc.(*Server)", "testdc.(*conn)"} {
		if strings.Contains(stacks.String(), what) {
			t.Errorf("%s still runs:\n%s", what, stacks.String())
		}
	}
	if _, err := net.Dial("tcp", s.Addr(1)); err == nil {
		t.Error("still listens")
	}
}
