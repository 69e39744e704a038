package mtproto

import (
	"errors"
	"fmt"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/mt"
)

// errRestart ends a connection whose session is left for a new one.
var errRestart = errors.New("session begins anew")

// serviceMessage handles a message of the protocol itself; false if it is none.
func (s *Session) serviceMessage(id uint32, m *incoming, now time.Time) (bool, error) {
	b := &bin.Buffer{Buf: m.body}
	switch id {
	case mt.MsgsAckTypeID:
		return true, s.onAcks(b)
	case mt.PongTypeID:
		return true, s.onPong(b, now)
	case mt.NewSessionCreatedTypeID:
		return true, s.onNewSession(b)
	case mt.BadServerSaltTypeID:
		return true, s.onBadSalt(b, now)
	case mt.BadMsgNotificationTypeID:
		return true, s.onBadMessage(b, m.id, now)
	case mt.FutureSaltsTypeID:
		return true, s.onFutureSalts(b)
	case mt.MsgDetailedInfoTypeID:
		return true, s.onDetailedInfo(b, now)
	case mt.MsgNewDetailedInfoTypeID:
		return true, s.onNewDetailedInfo(b, now)
	case mt.MsgsStateReqTypeID:
		return true, s.onStateRequest(b, m.id)
	case mt.MsgResendReqTypeID:
		return true, s.onResendRequest(b, m.id)
	case mt.MsgsStateInfoTypeID:
		return true, s.onStateInfo(b, now)
	case mt.MsgsAllInfoTypeID:
		return true, s.onAllInfo(b, now)
	case mt.DestroySessionOkTypeID, mt.DestroySessionNoneTypeID:
		return true, s.onDestroySession(b)
	case destroyKeyOkID, destroyKeyNoneID, destroyKeyFailID:
		s.onDestroyKey(id)
		return true, nil
	case mt.RPCAnswerUnknownTypeID, mt.RPCAnswerDroppedTypeID, mt.RPCAnswerDroppedRunningTypeID, mt.MsgCopyTypeID:
		return true, nil
	}
	return false, nil
}

func (s *Session) onAcks(b *bin.Buffer) error {
	var a mt.MsgsAck
	if err := a.Decode(b); err != nil {
		return err
	}
	for _, id := range a.MsgIDs {
		if c := s.inFlight[id]; c != nil {
			c.acked = true
		}
	}
	return nil
}

func (s *Session) onPong(b *bin.Buffer, now time.Time) error {
	var p mt.Pong
	if err := p.Decode(b); err != nil {
		return err
	}
	s.refusals = 0
	s.pinger.pong(p.PingID, now)
	return nil
}

// onNewSession learns that the server knows nothing of what was sent before first_msg_id.
func (s *Session) onNewSession(b *bin.Buffer) error {
	var n mt.NewSessionCreated
	if err := n.Decode(b); err != nil {
		return err
	}
	s.useSalt(n.ServerSalt)
	for _, c := range s.unanswered() {
		if !c.queued && c.ids[len(c.ids)-1] < n.FirstMsgID && c.container < n.FirstMsgID {
			s.requeue(c, false)
		}
	}
	if t := &s.temp; t.id != 0 && t.id < n.FirstMsgID && t.container < n.FirstMsgID {
		t.id = 0 // the server did not get it
	}
	s.emit(event{kind: eventNewSession})
	return nil
}

func (s *Session) useSalt(salt int64) { s.salts.use(salt, s.serverTime()) }

func (s *Session) restartSession(why string) error {
	s.newSession()
	return fmt.Errorf("%w: %s", errRestart, why)
}

func (s *Session) onBadSalt(b *bin.Buffer, now time.Time) error {
	var bad mt.BadServerSalt
	if err := bad.Decode(b); err != nil {
		return err
	}
	s.useSalt(bad.NewServerSalt)
	return s.sendAgain(bad.BadMsgID, now)
}

// sendAgain repeats what the server has refused; a ping if it was none of the calls. What is refused again and again
// ends the session.
func (s *Session) sendAgain(id int64, now time.Time) error {
	times := s.refused(id, now)
	if times == 0 {
		s.refusals++
		times = s.refusals
		s.pinger.due = true
	}
	if times < maxRefusals {
		return nil
	}
	s.refusals = 0
	return s.restartSession("server refuses every message")
}

// onBadMessage handles the refusals that are no matter of salt.
func (s *Session) onBadMessage(b *bin.Buffer, msgID int64, now time.Time) error {
	var bad mt.BadMsgNotification
	if err := bad.Decode(b); err != nil {
		return err
	}
	s.log.Debug("server refused a message", "code", bad.ErrorCode)
	switch bad.ErrorCode {
	case 16: // too low for the server's clock, which this message has told, or too old
		return s.sendAgain(bad.BadMsgID, now)
	case 17: // too high: ids of the right time would now be lower than those sent
		s.correctClock(msgID)
		return s.restartSession("clock was ahead")
	case 20: // too old to tell whether it was received
		return s.sendAgain(bad.BadMsgID, now)
	case 64: // the server could not read the container
		if s.conn != nil {
			s.conn.noBundles = true
		}
		return s.sendAgain(bad.BadMsgID, now)
	case 48: // comes as bad_server_salt otherwise
		s.salts = saltBox{}
		return s.sendAgain(bad.BadMsgID, now)
	}
	// 18, 19: a bad id; 32 to 35: a bad sequence number; others are unknown.
	return s.restartSession(fmt.Sprintf("bad_msg_notification %d", bad.ErrorCode))
}

// correctClock takes the time from a message of the server.
func (s *Session) correctClock(msgID int64) {
	s.timeKnown = true
	offset := idTime(msgID).Sub(s.cfg.Now())
	if d := offset - s.offset; d > clockStep || d < -clockStep {
		s.setOffset(offset)
	}
}

func (s *Session) onFutureSalts(b *bin.Buffer) error {
	var f mt.FutureSalts
	if err := f.Decode(b); err != nil {
		return err
	}
	if s.salts.answered(&f, s.serverTime()) && (s.conn == nil || !s.conn.temp) {
		list := append([]Salt(nil), s.salts.list...)
		s.emit(event{kind: eventSalts, salts: list})
	}
	return nil
}

// onDetailedInfo is told that a call was answered before.
func (s *Session) onDetailedInfo(b *bin.Buffer, now time.Time) error {
	var d mt.MsgDetailedInfo
	if err := d.Decode(b); err != nil {
		return err
	}
	if c := s.inFlight[d.MsgID]; c != nil {
		c.acked = true
	}
	s.fetch(d.AnswerMsgID, now)
	return nil
}

func (s *Session) onNewDetailedInfo(b *bin.Buffer, now time.Time) error {
	var d mt.MsgNewDetailedInfo
	if err := d.Decode(b); err != nil {
		return err
	}
	s.fetch(d.AnswerMsgID, now)
	return nil
}

// fetch asks for a message that the server holds back, or acknowledges it if it has come already.
func (s *Session) fetch(id int64, now time.Time) {
	if s.seen.state(id) == 4 {
		s.ack(id, now)
		return
	}
	s.reply(&mt.MsgResendReq{MsgIDs: []int64{id}})
}

// reply queues a message of the protocol itself.
func (s *Session) reply(e bin.Encoder) {
	if len(s.service) < maxBundle {
		s.service = append(s.service, outgoing{content: true, body: encoded(e)})
	}
}

func (s *Session) onStateRequest(b *bin.Buffer, msgID int64) error {
	var r mt.MsgsStateReq
	if err := r.Decode(b); err != nil {
		return err
	}
	info := make([]byte, len(r.MsgIDs))
	for i, id := range r.MsgIDs {
		info[i] = s.seen.state(id)
	}
	s.reply(&mt.MsgsStateInfo{ReqMsgID: msgID, Info: info})
	return nil
}

// onResendRequest sends calls again that the server asks for, and says what became of the others.
func (s *Session) onResendRequest(b *bin.Buffer, msgID int64) error {
	var r mt.MsgResendReq
	if err := r.Decode(b); err != nil {
		return err
	}
	info := make([]byte, len(r.MsgIDs))
	for i, id := range r.MsgIDs {
		info[i] = 4 // answered long ago, nothing to send
		if c := s.inFlight[id]; c != nil && id == c.ids[len(c.ids)-1] {
			s.requeue(c, true)
		}
	}
	s.reply(&mt.MsgsStateInfo{ReqMsgID: msgID, Info: info})
	return nil
}

func (s *Session) onStateInfo(b *bin.Buffer, now time.Time) error {
	var i mt.MsgsStateInfo
	if err := i.Decode(b); err != nil {
		return err
	}
	ids := s.asked[i.ReqMsgID]
	delete(s.asked, i.ReqMsgID)
	for n := range min(len(ids), len(i.Info)) {
		s.stateOf(ids[n], i.Info[n], now)
	}
	return nil
}

func (s *Session) onAllInfo(b *bin.Buffer, now time.Time) error {
	var i mt.MsgsAllInfo
	if err := i.Decode(b); err != nil {
		return err
	}
	for n := range min(len(i.MsgIDs), len(i.Info)) {
		s.stateOf(i.MsgIDs[n], i.Info[n], now)
	}
	return nil
}
