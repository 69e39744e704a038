package mtproto

import "slices"

const seenKept = 512 // message ids of the server that are remembered at least

// seenIDs remembers the newest message ids of the server, in order.
type seenIDs struct {
	ids []int64
	// floor is the highest id that was forgotten: nothing at or below it is new.
	floor int64
}

// add notes an id and reports whether it is new.
func (s *seenIDs) add(id int64) bool {
	if id <= s.floor {
		return false
	}
	i, found := slices.BinarySearch(s.ids, id)
	if found {
		return false
	}
	s.ids = slices.Insert(s.ids, i, id)
	if len(s.ids) >= 2*seenKept {
		s.floor = s.ids[seenKept-1]
		s.ids = append(s.ids[:0], s.ids[seenKept:]...)
	}
	return true
}

// state is the byte of msgs_state_info for an id: 1 unknown by now, 2 not received, 3 not received yet, 4 received.
func (s *seenIDs) state(id int64) byte {
	if id <= s.floor {
		return 1
	}
	i, found := slices.BinarySearch(s.ids, id)
	switch {
	case found:
		return 4
	case i == len(s.ids):
		return 3
	case i == 0:
		return 1
	}
	return 2
}
