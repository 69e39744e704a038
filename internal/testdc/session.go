package testdc

import (
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
)

const (
	maxSessions   = 64      // a key; the one that was used longest ago makes room
	maxSeen       = 1024    // ids of received messages that a session remembers
	maxKept       = 4096    // messages that a session keeps for a client that does not acknowledge
	maxContainer  = 512     // messages in a container
	maxPackedSize = 1 << 19 // bytes after which a container is full
)

// session is an MTProto session: a session id under an auth key. It lives longer than its TCP connections. Guarded by Server.mu.
type session struct {
	srv   *Server
	key   *authKey
	id    int64
	conn  *conn // where it sends to, nil while the client is away
	conns map[*conn]struct{}

	lastID  int64 // of the server's messages
	content int32 // how many of them had to be acknowledged
	queue   []*outgoing
	unacked []*outgoing // sent, in the order of their ids
	acks    []int64     // of the client's messages, to be told

	announced bool // new_session_created was sent
	seen      []received
	dropped   int64 // the highest id that was dropped from seen
	used      uint64

	client clientInfo // of initConnection, if it was called here
}

// outgoing is a message of the server's.
type outgoing struct {
	id      int64
	seq     int32
	body    []byte
	request int64 // the call that this answers, or 0
}

// content tells whether the client has to acknowledge it.
func (o *outgoing) content() bool { return o.seq&1 == 1 }

// received is a message of the client's.
type received struct {
	id    int64
	seq   int32
	state byte // one of the state* values
}

// session finds or begins a session.
func (s *Server) session(k *authKey, id int64) *session {
	s.turn++
	sess := k.sessions[id]
	if sess == nil {
		sess = &session{srv: s, key: k, id: id, conns: make(map[*conn]struct{})}
		if len(k.sessions) >= maxSessions {
			k.dropOldestSession()
		}
		k.sessions[id] = sess
	}
	sess.used = s.turn
	return sess
}

// dropSession forgets a session and what it still had to send.
func (k *authKey) dropSession(s *session) {
	delete(k.sessions, s.id)
	for c := range s.conns {
		delete(c.sessions, s)
	}
	clear(s.conns)
	s.conn = nil
	if k.owner() != nil && k.owner().login != nil && k.owner().login.updates == s {
		k.owner().login.updates = nil
	}
}

func (k *authKey) dropOldestSession() {
	var oldest *session
	for _, sess := range k.sessions {
		if oldest == nil || sess.used < oldest.used {
			oldest = sess
		}
	}
	k.dropSession(oldest)
}

// attach notes that the client uses the session over c. The newest connection is the one to send to: what comes late over an older one
// does not change that.
func (s *session) attach(c *conn) {
	s.conns[c] = struct{}{}
	c.sessions[s] = struct{}{}
	switch {
	case c.overHTTP && s.conn != nil && s.conn.overHTTP:
		s.conn = c // it has a request to be answered; what was said in others came
		s.flush()
	case s.conn == nil || c.number > s.conn.number:
		s.moveTo(c)
	}
}

// moveTo makes c the connection to send to. What the client had not acknowledged is sent again there, under its old ids.
func (s *session) moveTo(c *conn) {
	s.conn = c
	if len(s.unacked) > 0 {
		s.queue = append(slices.Clone(s.unacked), s.queue...)
		s.unacked = nil
	}
	s.flush()
}

// detach takes a connection from the session, which goes on with the newest that is left.
func (s *session) detach(c *conn) {
	delete(s.conns, c)
	delete(c.sessions, s)
	if s.conn != c {
		return
	}
	s.conn = nil
	var newest *conn
	for other := range s.conns {
		if newest == nil || other.number > newest.number {
			newest = other
		}
	}
	if newest != nil {
		s.moveTo(newest)
	}
}

// flush has the connection send what is queued.
func (s *session) flush() {
	if s.conn != nil && (len(s.queue) > 0 || len(s.acks) > 0) {
		s.conn.sends(s)
	}
}

type postKind uint8

const (
	answer  postKind = iota // to a message of the client's, not to be acknowledged
	result                  // of a call, to be acknowledged
	service                 // of the server's own accord, not to be acknowledged
	notice                  // of the server's own accord, to be acknowledged
)

// post queues a message. request is the call it answers, or 0.
func (s *session) post(kind postKind, request int64, m bin.Encoder) *outgoing {
	var b bin.Buffer
	if err := b.Encode(m); err != nil {
		s.srv.log.Error("message not encoded", "error", err)
		return nil
	}
	o := &outgoing{body: b.Buf, request: request}
	o.id, o.seq = s.number(kind)
	if len(s.queue) >= maxKept {
		s.queue = slices.Delete(s.queue, 0, 1)
	}
	s.queue = append(s.queue, o)
	s.flush()
	return o
}

// number gives the next message id and sequence number.
func (s *session) number(kind postKind) (id int64, seq int32) {
	s.lastID = nextMessageID(s.lastID, s.srv.now())
	id, seq = s.lastID|idOfAnswer, s.content*2
	if kind == service || kind == notice {
		id = s.lastID | idOfNotice
	}
	if kind == result || kind == notice {
		seq++
		s.content++
	}
	return id, seq
}

// pack takes what is queued and makes one message of it, a container when there is more than one thing to say.
func (s *session) pack() (crypto.EncryptedMessageData, bool) {
	if s.conn == nil {
		return crypto.EncryptedMessageData{}, false
	}
	if len(s.acks) > 0 {
		s.postAcks()
	}
	n, size := 0, 0
	for n < len(s.queue) && n < maxContainer && (n == 0 || size+len(s.queue[n].body) < maxPackedSize) {
		size += len(s.queue[n].body) + 16
		n++
	}
	if n == 0 {
		return crypto.EncryptedMessageData{}, false
	}
	taken := s.queue[:n:n]
	s.queue = s.queue[n:]
	for _, o := range taken {
		if o.content() {
			s.unacked = append(s.unacked, o)
		}
	}
	if extra := len(s.unacked) - maxKept; extra > 0 {
		s.unacked = slices.Delete(s.unacked, 0, extra)
	}
	d := crypto.EncryptedMessageData{Salt: s.key.salt(s.srv.unix()), SessionID: s.id}
	if n == 1 {
		d.MessageID, d.SeqNo, d.MessageDataWithPadding = taken[0].id, taken[0].seq, taken[0].body
	} else {
		d.MessageDataWithPadding = container(taken, size)
		d.MessageID, d.SeqNo = s.number(answer)
	}
	d.MessageDataLen = int32(len(d.MessageDataWithPadding))
	return d, true
}

func (s *session) postAcks() {
	acks := s.acks
	s.acks = nil
	var b bin.Buffer
	if err := b.Encode(&mt.MsgsAck{MsgIDs: acks}); err != nil {
		return
	}
	o := &outgoing{body: b.Buf}
	o.id, o.seq = s.number(service)
	s.queue = append(s.queue, o)
}

func container(messages []*outgoing, size int) []byte {
	b := bin.Buffer{Buf: make([]byte, 0, size+8)}
	b.PutID(proto.MessageContainerTypeID)
	b.PutInt(len(messages))
	for _, o := range messages {
		b.PutLong(o.id)
		b.PutInt32(o.seq)
		b.PutInt(len(o.body))
		b.Put(o.body)
	}
	return b.Buf
}

// acknowledged forgets messages that the client has.
func (s *session) acknowledged(ids []int64) {
	gone := func(o *outgoing) bool { return slices.Contains(ids, o.id) }
	s.unacked = slices.DeleteFunc(s.unacked, gone)
	s.queue = slices.DeleteFunc(s.queue, gone) // on its way again, but not needed any more
}

// resend queues messages again that were sent and not acknowledged.
func (s *session) resend(wanted func(*outgoing) bool) {
	again := slices.DeleteFunc(slices.Clone(s.unacked), func(o *outgoing) bool { return !wanted(o) })
	s.unacked = slices.DeleteFunc(s.unacked, wanted)
	s.queue = append(again, s.queue...)
	s.flush()
}

// find returns the record of a received message, nil when there is none.
func (s *session) find(id int64) *received {
	for i := range s.seen {
		if s.seen[i].id == id {
			return &s.seen[i]
		}
	}
	return nil
}

// note records a message that was received.
func (s *session) note(id int64, seq int32, state byte) {
	if len(s.seen) >= maxSeen {
		for _, r := range s.seen[:maxSeen/4] {
			s.dropped = max(s.dropped, r.id)
		}
		s.seen = slices.Delete(s.seen, 0, maxSeen/4)
	}
	s.seen = append(s.seen, received{id, seq, state})
}

// setState records how far a call is.
func (s *session) setState(id int64, state byte) {
	if r := s.find(id); r != nil {
		r.state = state
	}
}
