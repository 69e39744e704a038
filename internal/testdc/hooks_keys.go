package testdc

// Keys returns how many auth keys the server knows, in all data centers, logged in or not.
func (s *Server) Keys() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, dc := range s.dcs {
		n += len(dc.keys)
	}
	return n
}
