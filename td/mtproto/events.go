package mtproto

import (
	"time"

	"github.com/gotd/td/crypto"
)

type eventKind uint8

const (
	eventAnswer eventKind = iota
	eventState
	eventNewKey
	eventTime
	eventSalts
	eventUpdates
	eventNewSession
	eventKeyGone
	eventSession
	eventTempKey
)

// event is one call of the handler, or the answer of a call.
type event struct {
	kind  eventKind
	state State
	call  *Call
	body  []byte
	err   error
	key   *crypto.AuthKey
	salts []Salt
	salt  int64 // or the id of a session or a key
	time  time.Duration
	use   func() // of a session
}

// emit queues an event; the goroutine that leaves mu with unlock delivers it.
func (s *Session) emit(e event) { s.events = append(s.events, e) }

// answer ends a call that is in the books.
func (s *Session) answer(c *Call, reply []byte, err error) {
	if s.forget(c) {
		s.emit(event{kind: eventAnswer, call: c, body: reply, err: err})
	}
}

// unlock leaves mu and delivers the events, one goroutine at a time and in their order.
func (s *Session) unlock() {
	if s.delivering || len(s.events) == 0 {
		s.mu.Unlock()
		return
	}
	s.delivering = true
	for len(s.events) > 0 {
		batch := s.events
		s.events = s.spare[:0]
		s.spare = nil
		s.mu.Unlock()
		for i := range batch {
			s.deliver(&batch[i])
		}
		clear(batch)
		s.mu.Lock()
		if cap(batch) <= maxSpareEvents {
			s.spare = batch[:0]
		}
	}
	s.delivering = false
	s.mu.Unlock()
}

// maxSpareEvents bounds the memory that is kept between bursts of events.
const maxSpareEvents = 64

func (e *event) deliver(h Handler) {
	switch e.kind {
	case eventAnswer:
		e.call.finish(e.body, e.err)
	case eventState:
		h.State(e.state)
	case eventNewKey:
		h.NewKey(*e.key, e.salt, e.time)
	case eventTime:
		h.ServerTime(e.time)
	case eventSalts:
		h.Salts(e.salts)
	case eventUpdates:
		h.Updates(e.body)
	case eventNewSession:
		h.NewSession()
	case eventSession:
		h.Session(e.salt, e.use)
	case eventTempKey:
		h.TempKey(e.salt)
	case eventKeyGone:
		h.KeyGone()
	}
}
