package testdc

import "github.com/gotd/td/tg"

// faults is what is to go wrong with the next updates of a login. Guarded by Server.mu.
type faults struct {
	withhold int // so many are lost
	double   int // so many come twice
	swap     int // so many come after the one that follows them
	held     []tg.UpdatesClass
}

// deliver sends updates to a login, unless something is to go wrong.
func (s *Server) deliver(l *authorization, u tg.UpdatesClass) {
	f := &l.faults
	switch {
	case f.withhold > 0:
		f.withhold--
		return
	case f.swap > 0:
		f.swap--
		f.held = append(f.held, u)
		return
	}
	s.send(l, u)
	if f.double > 0 {
		f.double--
		s.send(l, u)
	}
	held := f.held
	f.held = nil
	for _, u := range held {
		s.send(l, u)
	}
}

func (s *Server) send(l *authorization, u tg.UpdatesClass) {
	if l.updates != nil {
		l.updates.post(notice, 0, u)
	}
}

// WithholdUpdates loses the next n updates to each login of an account: its clients have to find the gap. It returns false when there is
// no such account.
func (s *Server) WithholdUpdates(phone string, n int) bool {
	return s.spoil(phone, func(f *faults) { f.withhold = n })
}

// DoubleUpdates sends the next n updates to each login of an account twice.
func (s *Server) DoubleUpdates(phone string, n int) bool {
	return s.spoil(phone, func(f *faults) { f.double = n })
}

// SwapUpdates sends the next n updates to each login of an account after the one that follows them.
func (s *Server) SwapUpdates(phone string, n int) bool {
	return s.spoil(phone, func(f *faults) { f.swap = n })
}

func (s *Server) spoil(phone string, how func(*faults)) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.spoilUpdates(phone, how)
}

func (s *Server) spoilUpdates(phone string, how func(*faults)) bool {
	a := s.accounts[normalPhone(phone)]
	if a == nil {
		return false
	}
	for _, l := range a.logins {
		how(&l.faults)
	}
	return true
}
