package testdc

import (
	"bytes"
	"compress/gzip"
	"compress/zlib"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
)

// Reasons of bad_msg_notification.
const (
	badIDTooLow    = 16
	badIDTooHigh   = 17
	badIDBits      = 18
	badIDReused    = 19
	badIDTooOld    = 20
	badSeqTooLow   = 32
	badSeqTooHigh  = 33
	badSalt        = 48
	badContainer   = 64
	idTooOldAfter  = 300 * time.Second
	idTooNewBefore = 30 * time.Second
)

// What msgs_state_info says about a message.
const (
	stateUnknown   = 1
	stateNotYet    = 3
	stateReceived  = 4
	stateRunning   = 4 + 32
	stateAnswered  = 4 + 64
	stateNoContent = 4 + 16
)

// maxUnpacked bounds what a gzip_packed may hold, in bytes.
const maxUnpacked = 16 << 20

// incoming handles one decrypted message.
func (s *Server) incoming(c *conn, key *authKey, d *crypto.EncryptedMessageData) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return
	}
	sess := s.session(key, d.SessionID)
	sess.attach(c)
	if code := s.checkID(d.MessageID); code != 0 {
		sess.refuse(d.MessageID, d.SeqNo, code)
		return
	}
	if !key.saltIsGood(d.Salt, s.unix()) {
		sess.post(answer, 0, &mt.BadServerSalt{
			BadMsgID: d.MessageID, BadMsgSeqno: int(d.SeqNo), ErrorCode: badSalt, NewServerSalt: key.salt(s.unix()),
		})
		return
	}
	if !sess.announced {
		sess.announced = true
		sess.post(notice, 0, &mt.NewSessionCreated{
			FirstMsgID: d.MessageID, UniqueID: randomInt64(), ServerSalt: key.salt(s.unix()),
		})
	}
	sess.handle(d.MessageID, d.SeqNo, d.Data(), 0)
	sess.flush()
}

// checkID returns why a message id cannot be taken, or 0.
func (s *Server) checkID(id int64) int {
	sent := time.Unix(id>>32, 0)
	switch now := s.now(); {
	case id&3 != 0:
		return badIDBits
	case now.Sub(sent) > idTooOldAfter:
		return badIDTooLow
	case sent.Sub(now) > idTooNewBefore:
		return badIDTooHigh
	}
	return 0
}

func (s *session) refuse(id int64, seq int32, code int) {
	s.srv.log.Debug("message refused", "session", s.name(), "reason", code)
	s.post(answer, 0, &mt.BadMsgNotification{BadMsgID: id, BadMsgSeqno: int(seq), ErrorCode: code})
}

// name is the session's id as logs show it.
func (s *session) name() string { return fmt.Sprintf("%08x", uint32(s.id)) }

// handle handles a message or what is in a container.
func (s *session) handle(id int64, seq int32, body []byte, depth int) {
	b := &bin.Buffer{Buf: body}
	typ, err := b.PeekID()
	if err != nil {
		return
	}
	switch typ {
	case proto.MessageContainerTypeID:
		if depth > 0 {
			s.refuse(id, seq, badContainer)
			return
		}
		s.handleContainer(id, seq, b)
		return
	case proto.GZIPTypeID:
		plain, err := unpack(b)
		if err != nil || depth > 2 {
			s.srv.log.Debug("gzip_packed not read", "session", s.name(), "error", err)
			return
		}
		s.handle(id, seq, plain, max(depth, 1)+1)
		return
	}
	if seq&1 == 1 && !s.accept(id, seq) {
		return
	}
	if !s.handleService(id, typ, b) {
		s.srv.call(s, id, seq, b.Buf)
	}
}

func (s *session) handleContainer(id int64, seq int32, b *bin.Buffer) {
	var c proto.MessageContainer
	if err := c.Decode(b); err != nil {
		s.refuse(id, seq, badContainer)
		return
	}
	if r := s.find(id); r != nil {
		s.refuse(id, seq, badIDReused)
		return
	}
	for _, m := range c.Messages {
		if m.ID&3 != 0 || m.ID >= id {
			s.refuse(m.ID, int32(m.SeqNo), badIDBits)
			continue
		}
		s.handle(m.ID, int32(m.SeqNo), m.Body, 1)
	}
}

// accept notes a message that is to be acknowledged and tells whether it shall be handled: not a second time, and not with a sequence
// number that does not fit its id.
func (s *session) accept(id int64, seq int32) bool {
	if s.find(id) != nil {
		s.again(id)
		return false
	}
	if id <= s.dropped {
		s.refuse(id, seq, badIDTooOld)
		return false
	}
	for _, r := range s.seen[max(0, len(s.seen)-64):] {
		switch {
		case r.id < id && r.seq >= seq:
			s.refuse(id, seq, badSeqTooLow)
			return false
		case r.id > id && r.seq <= seq:
			s.refuse(id, seq, badSeqTooHigh)
			return false
		}
	}
	s.note(id, seq, stateReceived)
	return true
}

// again handles a message that came once more: a call gets its answer again, unless the client has acknowledged that.
func (s *session) again(id int64) {
	s.acks = append(s.acks, id)
	s.resend(func(o *outgoing) bool { return o.request == id })
	s.flush()
}

// handleService handles messages that are no calls. It returns false for a call.
func (s *session) handleService(id int64, typ uint32, b *bin.Buffer) bool {
	switch typ {
	case mt.MsgsAckTypeID:
		var m mt.MsgsAck
		if m.Decode(b) == nil {
			s.acknowledged(m.MsgIDs)
		}
	case mt.PingRequestTypeID:
		var m mt.PingRequest
		if m.Decode(b) == nil {
			s.post(answer, 0, &mt.Pong{MsgID: id, PingID: m.PingID})
		}
	case mt.PingDelayDisconnectRequestTypeID:
		var m mt.PingDelayDisconnectRequest
		if m.Decode(b) == nil {
			s.post(answer, 0, &mt.Pong{MsgID: id, PingID: m.PingID})
			s.disconnectIn(m.DisconnectDelay)
		}
	case mt.GetFutureSaltsRequestTypeID:
		var m mt.GetFutureSaltsRequest
		if m.Decode(b) == nil {
			now := s.srv.unix()
			s.post(answer, 0, &mt.FutureSalts{ReqMsgID: id, Now: now, Salts: s.key.futureSalts(m.Num, now)})
		}
	case mt.MsgsStateReqTypeID:
		var m mt.MsgsStateReq
		if m.Decode(b) == nil {
			s.post(answer, 0, &mt.MsgsStateInfo{ReqMsgID: id, Info: s.states(m.MsgIDs)})
		}
	case mt.MsgResendReqTypeID:
		var m mt.MsgResendReq
		if m.Decode(b) == nil {
			s.resendAsked(id, m.MsgIDs)
		}
	case mt.DestroySessionRequestTypeID:
		var m mt.DestroySessionRequest
		if m.Decode(b) == nil {
			s.destroyOther(m.SessionID)
		}
	case destroyAuthKeyTypeID:
		s.destroyAuthKey()
	case mt.RPCDropAnswerRequestTypeID:
		var m mt.RPCDropAnswerRequest
		if m.Decode(b) == nil {
			s.dropAnswer(id, m.ReqMsgID)
		}
	case mt.HTTPWaitRequestTypeID:
		var m mt.HTTPWaitRequest
		if m.Decode(b) == nil && s.conn != nil && s.conn.overHTTP {
			s.conn.keepFor(time.Duration(max(m.MaxWait, m.MaxDelay, 30)) * time.Millisecond)
		}
	case mt.MsgsStateInfoTypeID, mt.MsgsAllInfoTypeID, mt.MsgDetailedInfoTypeID, mt.MsgNewDetailedInfoTypeID:
	default:
		return false
	}
	return true
}

// disconnectIn closes the connection when nothing has come for so many seconds.
func (s *session) disconnectIn(seconds int) {
	if s.conn != nil && seconds > 0 {
		_ = s.conn.nc.SetReadDeadline(time.Now().Add(time.Duration(seconds) * time.Second))
	}
}

func (s *session) states(ids []int64) []byte {
	info := make([]byte, len(ids))
	for i, id := range ids {
		switch r := s.find(id); {
		case r != nil:
			info[i] = r.state
		case id>>32 > int64(s.srv.unix()):
			info[i] = stateNotYet
		case id <= s.dropped:
			info[i] = stateUnknown
		default:
			info[i] = 2 // not received
		}
	}
	return info
}

// resendAsked sends messages again that the client asks for, and says of the others that they are gone.
func (s *session) resendAsked(id int64, ids []int64) {
	asked := make(map[int64]bool, len(ids))
	for _, m := range ids {
		asked[m] = true
	}
	before := len(s.queue)
	s.resend(func(o *outgoing) bool { return asked[o.id] })
	if len(s.queue)-before < len(ids) {
		s.post(answer, 0, &mt.MsgsStateInfo{ReqMsgID: id, Info: s.states(ids)})
	}
}

// destroyOther ends another session of the same key. The one that asks goes on.
func (s *session) destroyOther(id int64) {
	other := s.key.sessions[id]
	if other == nil || other == s {
		s.post(answer, 0, &mt.DestroySessionNone{SessionID: id})
		return
	}
	s.key.dropSession(other)
	s.post(answer, 0, &mt.DestroySessionOk{SessionID: id})
}

// These are not in gotd's schema. Unlike other answers they do not name what they answer.
const (
	destroyAuthKeyTypeID     = 0xd1435160
	destroyAuthKeyOkTypeID   = 0xf660e1d4
	destroyAuthKeyNoneTypeID = 0x0a9f2259
)

type bareID uint32

func (id bareID) Encode(b *bin.Buffer) error {
	b.PutID(uint32(id))
	return nil
}

func (s *session) destroyAuthKey() {
	if s.srv.dcs[s.key.dc].keys[s.key.ID] != s.key {
		s.post(answer, 0, bareID(destroyAuthKeyNoneTypeID))
		return
	}
	s.srv.log.Debug("auth key destroyed", "dc", s.key.dc, "session", s.name())
	s.srv.forgetKey(s.key)
	s.post(answer, 0, bareID(destroyAuthKeyOkTypeID))
}

// dropAnswer takes back an answer that the client does not want any more.
func (s *session) dropAnswer(id, request int64) {
	var m bin.Encoder = &mt.RPCAnswerUnknown{}
	if s.srv.dropStalled(s, request) {
		m = &mt.RPCAnswerDroppedRunning{}
	}
	for _, list := range [][]*outgoing{s.unacked, s.queue} {
		for _, o := range list {
			if o.request == request {
				m = &mt.RPCAnswerDropped{MsgID: o.id, SeqNo: int(o.seq), Bytes: len(o.body)}
				s.acknowledged([]int64{o.id})
				break
			}
		}
	}
	s.postResult(id, m)
}

var errTooLarge = errors.New("more than can be unpacked")

// unpack returns what a gzip_packed holds, be it in gzip's or in zlib's format: clients send either.
func unpack(b *bin.Buffer) ([]byte, error) {
	if err := b.ConsumeID(proto.GZIPTypeID); err != nil {
		return nil, err
	}
	packed, err := b.Bytes()
	if err != nil {
		return nil, err
	}
	var r io.Reader
	if len(packed) > 1 && packed[0] == 0x1f && packed[1] == 0x8b {
		r, err = gzip.NewReader(bytes.NewReader(packed))
	} else {
		r, err = zlib.NewReader(bytes.NewReader(packed))
	}
	if err != nil {
		return nil, err
	}
	plain, err := io.ReadAll(io.LimitReader(r, maxUnpacked+1))
	if err == nil && len(plain) > maxUnpacked {
		err = errTooLarge
	}
	return plain, err
}
