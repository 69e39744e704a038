package mtproto

import (
	"time"

	"github.com/gotd/td/mt"
)

const (
	ackDelay  = 3 * time.Second // for acknowledgements that find no other message to go with
	ackBurst  = 64              // so many do not wait
	maxAckIDs = 4000            // in one message
)

// ack notes that a message is to be acknowledged.
func (s *Session) ack(id int64, now time.Time) {
	s.acks = append(s.acks, id)
	if s.ackAt.IsZero() {
		s.ackAt = now.Add(ackDelay)
	}
	if len(s.acks) >= ackBurst {
		s.ackAt = now
	}
}

// packAcks adds the acknowledgements, if they are due or something else goes out anyhow.
func (s *Session) packAcks(c *conn, now time.Time, along bool) {
	if len(s.acks) == 0 || !along && now.Before(s.ackAt) {
		return
	}
	n := min(len(s.acks), maxAckIDs)
	body := encoded(&mt.MsgsAck{MsgIDs: s.acks[:n]})
	if !s.out.fits(c, len(body)) {
		return
	}
	id, seqNo := s.stamp(false)
	s.out.add(outgoing{id: id, seqNo: seqNo, body: body})
	s.acks = append(s.acks[:0], s.acks[n:]...)
	if cap(s.acks) > 4*ackBurst && len(s.acks) == 0 {
		s.acks = nil
	}
	s.ackAt = time.Time{}
	if len(s.acks) > 0 {
		s.ackAt = now
	}
}
