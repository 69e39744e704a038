package mtproto

import (
	"cmp"
	"slices"
	"time"

	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mt"
)

const (
	// sameIDFor is how long a message may be sent again under its id: the server takes ids of the last 300
	// seconds, and under the same id it acts once.
	sameIDFor  = 240 * time.Second
	checkAfter = time.Minute // without an answer until the server is asked about a call
	maxStates  = 1000        // ids in one msgs_state_req
)

// requeue lets a call go out again; keepID under the id it has.
func (s *Session) requeue(c *Call, keepID bool) {
	c.keepID = keepID && len(c.ids) > 0
	if c.queued {
		return
	}
	c.queued = true
	s.queue, s.unsorted = append(s.queue, c), true
}

// unanswered returns all pending calls in their order.
func (s *Session) unanswered() []*Call {
	calls := make([]*Call, 0, s.pending)
	for _, c := range s.queue {
		if c.queued {
			calls = append(calls, c)
		}
	}
	for id, c := range s.inFlight {
		if !c.queued && id == c.ids[len(c.ids)-1] {
			calls = append(calls, c)
		}
	}
	slices.SortFunc(calls, func(a, b *Call) int { return cmp.Compare(a.order, b.order) })
	return calls
}

// resendUnanswered sends again on a new connection what was not answered on the last one: under the same id where
// the server may not have it. Of what it has, or may have forgotten, its state is asked for first.
func (s *Session) resendUnanswered(now time.Time) {
	var ask []int64
	for _, c := range s.unanswered() {
		switch {
		case c.queued:
		case !c.acked && now.Sub(c.firstAt) < sameIDFor:
			s.requeue(c, true)
		default:
			ask = append(ask, c.ids[len(c.ids)-1])
			c.checkAt = now.Add(checkAfter)
		}
	}
	s.askStates(ask)
}

// askAboutCalls asks about calls that have been without an answer for long.
func (s *Session) askAboutCalls(now time.Time) {
	var ask []int64
	for id, c := range s.inFlight {
		if !c.queued && id == c.ids[len(c.ids)-1] && !now.Before(c.checkAt) && len(ask) < maxStates {
			c.checkAt = now.Add(checkAfter)
			ask = append(ask, id)
		}
	}
	slices.Sort(ask)
	s.askStates(ask)
}

// askStates queues msgs_state_req for ids of this session.
func (s *Session) askStates(ids []int64) {
	for part := range slices.Chunk(ids, maxStates) {
		body := encoded(&mt.MsgsStateReq{MsgIDs: part})
		s.service = append(s.service, outgoing{content: true, body: body, asks: part})
	}
}

// stateOf takes what the server says about one of the client's messages.
func (s *Session) stateOf(id int64, state byte, now time.Time) {
	c := s.inFlight[id]
	if c == nil || c.queued || id != c.ids[len(c.ids)-1] {
		return
	}
	switch state & 7 {
	case 1, 2, 3: // it does not have the message
		s.requeue(c, false)
	case 4:
		c.acked = true
		if c.known++; c.known > 1 && now.Sub(c.firstAt) < sameIDFor {
			s.requeue(c, true) // the answer may have got lost: the duplicate brings it again and does no harm
		}
	}
}

// refused sends again what a bad_msg_notification names, a message or a container, under new ids. It returns how
// often one of the calls in it has been refused now, 0 if there was none.
func (s *Session) refused(id int64, now time.Time) int {
	if c := s.inFlight[id]; c != nil {
		return s.refusedCall(c, id, now)
	}
	most := s.refusedBinding(id)
	for _, c := range s.unanswered() {
		if c.container == id && !c.queued {
			most = max(most, s.refusedCall(c, c.ids[len(c.ids)-1], now))
		}
	}
	return most
}

// refusedCall sends a call again under a new id, unless the server may have acted upon it when it came first: then
// under its own id, or, if that is too old, not before the server has said that it does not have it.
func (s *Session) refusedCall(c *Call, id int64, now time.Time) int {
	if id != c.ids[len(c.ids)-1] {
		return c.refusals
	}
	c.refusals++
	switch {
	case !c.resent:
		s.requeue(c, false)
	case c.refusals == 1 && now.Sub(c.firstAt) < sameIDFor:
		s.requeue(c, true)
	default:
		c.checkAt = now.Add(checkAfter)
		s.askStates([]int64{id})
	}
	return c.refusals
}

// newSession leaves the session for a new one: what was not answered goes out again under new ids.
func (s *Session) newSession() {
	calls := s.unanswered()
	s.newSessionID()
	for _, c := range calls {
		c.ids, c.keepID, c.acked, c.container, c.queued = nil, false, false, 0, true
		c.refusals, c.resent = 0, false
	}
	clear(s.inFlight)
	s.queue, s.dead = calls, 0
}

// use lets packets out in a session that is written down.
func (s *Session) use(id int64) {
	s.mu.Lock()
	s.noted = s.noted || s.id == id
	s.mu.Unlock()
	s.poke()
}

// newSessionID draws a new session id and forgets what belonged to the old one.
func (s *Session) newSessionID() {
	if id, err := crypto.NewSessionID(s.cfg.Rand); err == nil {
		s.id = id
	} else {
		s.id++ // another id will do as well
	}
	id := s.id
	s.noted = false
	s.emit(event{kind: eventSession, salt: id, use: func() { s.use(id) }})
	s.ids, s.content, s.inited = idSource{}, 0, false
	s.seen, s.acks, s.ackAt = seenIDs{}, nil, time.Time{}
	s.service, s.asked = nil, nil
}
