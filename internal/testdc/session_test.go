package testdc

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"io"
	"slices"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/proto/codec"
	"github.com/gotd/td/tg"
)

func TestNewSession(t *testing.T) {
	c := connect(t, start(t, Options{}), 1)
	first := c.send(false, &mt.PingRequest{PingID: 7})
	created := decode(c, c.expect(mt.NewSessionCreatedTypeID), &mt.NewSessionCreated{})
	if created.FirstMsgID != first || created.ServerSalt != c.salt {
		t.Errorf("new_session_created %+v", created)
	}
	if pong := decode(c, c.expect(mt.PongTypeID), &mt.Pong{}); pong.MsgID != first || pong.PingID != 7 {
		t.Errorf("pong %+v", pong)
	}
	c.sync() // so that it is acknowledged
	c.redial()
	c.sync()
	c.nothing(mt.NewSessionCreatedTypeID)
}

func TestBadServerSalt(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	good := c.salt
	c.salt++
	id := c.send(true, c.wrap(&tg.HelpGetNearestDCRequest{}))
	bad := decode(c, c.expect(mt.BadServerSaltTypeID), &mt.BadServerSalt{})
	if bad.BadMsgID != id || bad.BadMsgSeqno != 1 || bad.ErrorCode != 48 || bad.NewServerSalt != good {
		t.Errorf("bad_server_salt %+v", bad)
	}
	if n := s.Calls("help.getNearestDc"); n != 0 {
		t.Errorf("call was run %d times in spite of its salt", n)
	}
	c.salt = bad.NewServerSalt
	c.send(true, c.wrap(&tg.HelpGetNearestDCRequest{}))
	c.expect(proto.ResultTypeID)

	s.ChangeSalt()
	c.send(false, &mt.PingRequest{})
	bad = decode(c, c.expect(mt.BadServerSaltTypeID), &mt.BadServerSalt{})
	c.salt = bad.NewServerSalt
	c.send(false, &mt.PingRequest{})
	c.expect(mt.PongTypeID)
}

func TestBadMsgNotification(t *testing.T) {
	for _, tt := range []struct {
		name string
		code int
		send func(c *client) int64 // sends what is refused
	}{
		{"id too low", 16, func(c *client) int64 { c.shift = -10 * time.Minute; c.lastID = 0; return c.ping() }},
		{"id too high", 17, func(c *client) int64 { c.shift = 10 * time.Minute; return c.ping() }},
		{"id not a multiple of four", 18, func(c *client) int64 {
			m := c.message(false, &mt.PingRequest{})
			m.ID |= 2
			c.write(m)
			return m.ID
		}},
		{"container id used before", 19, func(c *client) int64 {
			first := c.message(true, &mt.PingRequest{})
			c.write(first)
			m := c.message(false, &proto.MessageContainer{})
			m.ID = first.ID
			c.write(m)
			return m.ID
		}},
		{"sequence number too low", 32, func(c *client) int64 {
			c.write(c.message(true, &mt.PingRequest{}))
			m := c.message(true, &mt.PingRequest{})
			m.SeqNo = 1
			c.write(m)
			return m.ID
		}},
		{"sequence number too high", 33, func(c *client) int64 {
			early := c.newID()
			c.write(c.message(true, &mt.PingRequest{}))
			m := c.message(true, &mt.PingRequest{})
			m.ID = early
			c.write(m)
			return m.ID
		}},
		{"call with an even number", 35, func(c *client) int64 { return c.send(false, &tg.HelpGetConfigRequest{}) }},
		{"container in a container", 64, func(c *client) int64 {
			inner := c.message(false, &proto.MessageContainer{})
			c.send(false, &proto.MessageContainer{Messages: []proto.Message{inner}})
			return inner.ID
		}},
		{"container that ends early", 64, func(c *client) int64 {
			m := c.message(false, &proto.MessageContainer{})
			m.Body[4] = 9
			c.write(m)
			return m.ID
		}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			c := connect(t, start(t, Options{}), 2)
			id := tt.send(c)
			bad := decode(c, c.expect(mt.BadMsgNotificationTypeID), &mt.BadMsgNotification{})
			if bad.ErrorCode != tt.code || bad.BadMsgID != id {
				t.Errorf("%+v, want error %d of %d", bad, tt.code, id)
			}
			c.shift, c.lastID = 0, 0
			c.ping()
			c.expect(mt.PongTypeID)
		})
	}
}

func (c *client) ping() int64 {
	c.t.Helper()
	return c.send(false, &mt.PingRequest{PingID: randomInt64()})
}

// sync waits until the server has handled what was sent.
func (c *client) sync() {
	c.t.Helper()
	id := c.ping()
	if _, err := c.wait(func(m message) bool {
		return m.typ() == mt.PongTypeID && decode(c, m, &mt.Pong{}).MsgID == id
	}, patience); err != nil {
		c.t.Fatalf("waiting for a pong: %v", err)
	}
}

// A message that the server may have seen so long ago that it has forgotten is refused.
func TestMessageTooOld(t *testing.T) {
	c := connect(t, start(t, Options{}), 1)
	early := c.newID()
	for range maxSeen + 1 {
		c.message(true, &mt.PingRequest{}) // its number alone is used
		c.write(proto.Message{ID: c.lastID, SeqNo: int(c.content)*2 - 1, Body: encoded(&mt.PingRequest{})})
		c.expect(mt.PongTypeID)
	}
	c.write(proto.Message{ID: early, SeqNo: int(c.content)*2 + 1, Body: encoded(&mt.PingRequest{})})
	if bad := decode(c, c.expect(mt.BadMsgNotificationTypeID), &mt.BadMsgNotification{}); bad.ErrorCode != badIDTooOld {
		t.Errorf("%+v", bad)
	}
}

func encoded(m bin.Encoder) []byte {
	var b bin.Buffer
	_ = b.Encode(m)
	return b.Buf
}

func TestCallTwice(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	c.noAcks = true
	m := c.message(true, c.wrap(&tg.HelpGetNearestDCRequest{}))
	c.write(m)
	first := c.expect(proto.ResultTypeID)
	c.write(m)
	again := c.expect(proto.ResultTypeID)
	if again.id != first.id || again.seq != first.seq || !bytes.Equal(again.body, first.body) {
		t.Error("the second answer is not the first")
	}
	if n := s.Calls("help.getNearestDc"); n != 1 {
		t.Errorf("call was run %d times", n)
	}
	c.send(false, &mt.MsgsAck{MsgIDs: []int64{first.id}})
	c.write(m)
	acks := decode(c, c.expect(mt.MsgsAckTypeID), &mt.MsgsAck{})
	if !slices.Contains(acks.MsgIDs, m.ID) {
		t.Errorf("acks %v", acks.MsgIDs)
	}
	c.nothing(proto.ResultTypeID)
}

// What a client has not acknowledged comes again with its next connection, under the same id, and not what it has.
func TestResendAfterCut(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	c.logIn(testPhone)
	if _, err := c.api().UpdatesGetState(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.noAcks = true
	id := c.send(true, &tg.HelpGetNearestDCRequest{})
	result := c.expect(proto.ResultTypeID)
	s.PushUpdatesTooLong(testPhone)
	update := c.expect(tg.UpdatesTooLongTypeID)
	c.redial()
	s.PushUpdates(testPhone, &tg.UpdateShort{Update: &tg.UpdatePtsChanged{}}) // while away
	c.ping()
	again := c.expect(proto.ResultTypeID)
	if again.id != result.id || decode(c, again, &proto.Result{}).RequestMessageID != id {
		t.Errorf("result %x came again as %x", result.id, again.id)
	}
	if m := c.expect(tg.UpdatesTooLongTypeID); m.id != update.id {
		t.Errorf("update %x came again as %x", update.id, m.id)
	}
	late := c.expect(tg.UpdateShortTypeID)
	c.send(false, &mt.MsgsAck{MsgIDs: []int64{result.id, update.id, late.id}})
	c.sync()
	c.redial()
	c.sync()
	c.nothing(proto.ResultTypeID)
	c.nothing(tg.UpdateShortTypeID)
}

func TestSequenceNumbers(t *testing.T) {
	c := connect(t, start(t, Options{}), 1)
	c.ping()
	if m := c.expect(mt.NewSessionCreatedTypeID); m.seq != 1 {
		t.Errorf("new_session_created has number %d", m.seq)
	}
	if m := c.expect(mt.PongTypeID); m.seq != 2 || m.id&3 != idOfAnswer {
		t.Errorf("pong %x has number %d", m.id, m.seq)
	}
	for want := 3; want < 9; want += 2 {
		c.send(true, c.wrap(&tg.HelpGetNearestDCRequest{}))
		if m := c.expect(proto.ResultTypeID); m.seq != want || m.id&3 != idOfAnswer {
			t.Errorf("result %x has number %d, want %d", m.id, m.seq, want)
		}
	}
}

func TestContainersAndGzip(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	c.logIn(testPhone)
	var list proto.MessageContainer
	for _, pack := range []func(io.Writer) io.WriteCloser{
		func(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) },
		func(w io.Writer) io.WriteCloser { return zlib.NewWriter(w) },
	} {
		var z bytes.Buffer
		w := pack(&z)
		if _, err := w.Write(encoded(&tg.UsersGetUsersRequest{ID: slices.Repeat([]tg.InputUserClass{&tg.InputUserSelf{}}, 500)})); err != nil {
			t.Fatal(err)
		}
		if err := w.Close(); err != nil {
			t.Fatal(err)
		}
		var b bin.Buffer
		b.PutID(proto.GZIPTypeID)
		b.PutBytes(z.Bytes())
		list.Messages = append(list.Messages, c.message(true, &rest{b.Buf}))
	}
	list.Messages = append(list.Messages, c.message(false, &mt.PingRequest{}), c.message(true, &tg.HelpGetConfigRequest{}))
	c.send(false, &list)
	for _, m := range list.Messages[:2] {
		var users tg.UserClassVector
		if err := c.answer(m.ID, &users); err != nil || len(users.Elems) != 500 {
			t.Errorf("%d users, error %v", len(users.Elems), err)
		}
	}
	if err := c.answer(list.Messages[3].ID, &tg.Config{}); err != nil {
		t.Error(err)
	}
	c.expect(mt.PongTypeID)
}

func TestAnswerIsPacked(t *testing.T) {
	c := connect(t, start(t, Options{}), 1)
	c.logIn(testPhone)
	c.send(true, &tg.UsersGetUsersRequest{ID: slices.Repeat([]tg.InputUserClass{&tg.InputUserSelf{}}, 500)})
	m := decode(c, c.expect(proto.ResultTypeID), &proto.Result{})
	if typ, _ := (&bin.Buffer{Buf: m.Result}).PeekID(); typ != proto.GZIPTypeID {
		t.Errorf("a large answer came as %#x", typ)
	}
}

func TestPingDelayDisconnect(t *testing.T) {
	c := connect(t, start(t, Options{}), 1)
	c.send(false, &mt.PingDelayDisconnectRequest{PingID: 1, DisconnectDelay: 1})
	c.expect(mt.PongTypeID)
	began := time.Now()
	err := c.read(patience)
	for err == nil {
		err = c.read(patience)
	}
	if d := time.Since(began); !errors.Is(err, io.EOF) || d > 5*time.Second {
		t.Errorf("connection ended after %v with %v", d, err)
	}
}

func TestFutureSalts(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	id := c.send(false, &mt.GetFutureSaltsRequest{Num: 3})
	salts := decode(c, c.expect(mt.FutureSaltsTypeID), &mt.FutureSalts{})
	if salts.ReqMsgID != id || len(salts.Salts) != 3 || salts.Salts[0].Salt != c.salt {
		t.Fatalf("%+v", salts)
	}
	later := salts.Salts[2]
	c.shift = time.Duration(later.ValidSince-salts.Now+1) * time.Second
	s.ShiftClock(c.shift)
	c.salt = later.Salt
	c.ping()
	c.expect(mt.PongTypeID)
	c.salt = salts.Salts[0].Salt
	c.ping()
	c.expect(mt.BadServerSaltTypeID)
}

func TestStateAndResendRequests(t *testing.T) {
	c := connect(t, start(t, Options{}), 1)
	c.noAcks = true
	id := c.send(true, c.wrap(&tg.HelpGetNearestDCRequest{}))
	result := c.expect(proto.ResultTypeID)
	never := c.newID()
	c.send(true, &mt.MsgsStateReq{MsgIDs: []int64{id, never, never + 3600<<32}})
	info := decode(c, c.expect(mt.MsgsStateInfoTypeID), &mt.MsgsStateInfo{})
	if !bytes.Equal(info.Info, []byte{stateAnswered, 2, stateNotYet}) {
		t.Errorf("states %v", info.Info)
	}
	c.send(true, &mt.MsgResendReq{MsgIDs: []int64{result.id}})
	if m := c.expect(proto.ResultTypeID); m.id != result.id {
		t.Errorf("result %x came again as %x", result.id, m.id)
	}
	c.send(true, &mt.MsgResendReq{MsgIDs: []int64{never}})
	c.expect(mt.MsgsStateInfoTypeID)
}

func TestDropAnswer(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	c.noAcks = true
	id := c.send(true, c.wrap(&tg.HelpGetNearestDCRequest{}))
	c.expect(proto.ResultTypeID)
	var dropped mt.RPCAnswerDropped
	if err := c.answer(c.send(true, &mt.RPCDropAnswerRequest{ReqMsgID: id}), &dropped); err != nil || dropped.Bytes == 0 {
		t.Errorf("%+v, error %v", dropped, err)
	}
	if err := c.answer(c.send(true, &mt.RPCDropAnswerRequest{ReqMsgID: id}), &mt.RPCAnswerUnknown{}); err != nil {
		t.Error(err)
	}
	release := s.StallNext("help.getNearestDc")
	id = c.send(true, &tg.HelpGetNearestDCRequest{})
	if err := c.answer(c.send(true, &mt.RPCDropAnswerRequest{ReqMsgID: id}), &mt.RPCAnswerDroppedRunning{}); err != nil {
		t.Error(err)
	}
	release()
	c.ping()
	c.expect(mt.PongTypeID)
	c.nothing(proto.ResultTypeID)
}

func TestDestroySession(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	c.ping()
	c.expect(mt.PongTypeID)
	own, other := c.session, randomInt64()
	c.session, c.content = other, 0
	c.ping()
	c.expect(mt.PongTypeID)
	c.send(true, &mt.DestroySessionRequest{SessionID: own})
	if m := decode(c, c.expect(mt.DestroySessionOkTypeID), &mt.DestroySessionOk{}); m.SessionID != own {
		t.Errorf("%+v", m)
	}
	c.send(true, &mt.DestroySessionRequest{SessionID: other}) // its own
	c.expect(mt.DestroySessionNoneTypeID)
	c.got = nil
	c.session, c.content = own, 0
	c.ping()
	c.expect(mt.NewSessionCreatedTypeID)
}

func TestDestroyAuthKey(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	c.logIn(testPhone)
	c.send(true, bareID(destroyAuthKeyTypeID))
	c.expect(destroyAuthKeyOkTypeID)
	c.ping()
	c.wantTransportError(codec.CodeAuthKeyNotFound)
}

func (c *client) wantTransportError(code int32) {
	c.t.Helper()
	err := c.read(patience)
	for err == nil {
		err = c.read(patience)
	}
	var e *codec.ProtocolErr
	if !errors.As(err, &e) || e.Code != code {
		c.t.Errorf("error %v, want transport error %d", err, code)
	}
}

func TestServiceMessagesThatAreIgnored(t *testing.T) {
	c := connect(t, start(t, Options{}), 1)
	c.send(true, &mt.HTTPWaitRequest{MaxDelay: 1})
	c.send(false, &mt.MsgsStateInfo{})
	c.send(false, &mt.MsgsAllInfo{})
	c.ping()
	c.expect(mt.PongTypeID)
	c.nothing(proto.ResultTypeID)
}

func TestTwoSessionsOnOneConnection(t *testing.T) {
	c := connect(t, start(t, Options{}), 1)
	c.ping()
	c.expect(mt.PongTypeID)
	c.session, c.content = randomInt64(), 0
	c.ping()
	c.expect(mt.NewSessionCreatedTypeID)
	c.expect(mt.PongTypeID)
}

func TestOldestSessionMakesRoom(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	first := c.session
	for range maxSessions + 1 {
		c.ping()
		c.expect(mt.PongTypeID)
		c.got = nil
		c.session = randomInt64()
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	sessions := s.dcs[1].keys[c.key.ID].sessions
	if len(sessions) != maxSessions || sessions[first] != nil {
		t.Errorf("%d sessions, the first among them: %t", len(sessions), sessions[first] != nil)
	}
}

// A client comes back while the server has not noticed the end of the old connection, and what was still on its way there arrives late.
func TestNewestConnectionIsTheOneToSendTo(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	c.sync()
	c.sync()
	old := c.conn
	c.dial()
	c.sync()
	newest := c.conn
	c.conn = old
	id := c.send(true, c.wrap(&tg.HelpGetNearestDCRequest{}))
	c.conn = newest
	if err := c.answer(id, &tg.NearestDC{}); err != nil {
		t.Error(err)
	}
	_ = newest.Close()
	c.conn = old // it is good again when the newest is gone
	if _, err := c.api().HelpGetNearestDC(t.Context()); err != nil {
		t.Error(err)
	}
}
