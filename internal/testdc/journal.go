package testdc

import (
	"errors"

	"github.com/gotd/td/tgerr"
)

// maxJournal is how many calls are remembered.
const maxJournal = 500

// journal is what the server has heard last, for people who look. Guarded by Server.mu.
type journal struct {
	calls   []Heard
	number  int64
	version uint64        // raised with every change of anything
	woken   chan struct{} // closed and made anew with every change
	dirty   chan struct{} // wakes who saves the state
}

// Heard is a call that the server has answered.
type Heard struct {
	Number  int64  `json:"number"`
	Time    int64  `json:"time"` // unix time in milliseconds
	Method  string `json:"method"`
	Phone   string `json:"phone,omitempty"`
	DC      int    `json:"dc"`
	Session string `json:"session"`
	Error   string `json:"error,omitempty"`
	Note    string `json:"note,omitempty"` // what it asked for: the place in the updates
}

func newJournal() journal {
	return journal{woken: make(chan struct{}), dirty: make(chan struct{}, 1)}
}

// heard notes a call.
func (s *Server) heard(c *call, err error) {
	s.journal.number++
	h := Heard{Number: s.journal.number, Time: s.now().UnixMilli(), Method: c.method, DC: c.sess.key.dc, Session: c.sess.name(), Note: c.note}
	if c.login != nil {
		h.Phone = c.login.account.phone
	}
	var e *tgerr.Error
	if errors.As(err, &e) {
		h.Error = e.Message
	}
	if len(s.calls) >= maxJournal {
		s.calls = append(s.calls[:0:0], s.calls[maxJournal/2:]...)
	}
	s.calls = append(s.calls, h)
	s.changed()
}

// changed notes that something is not as it was: it is saved and shown soon.
func (s *Server) changed() {
	s.version++
	close(s.woken)
	s.woken = make(chan struct{})
	select {
	case s.dirty <- struct{}{}:
	default:
	}
}
