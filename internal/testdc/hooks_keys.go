package testdc

import (
	"maps"
	"slices"
	"strconv"

	"github.com/gotd/td/crypto"
)

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

// AddKey makes a permanent auth key known to a data center, and an account, which is made if it is not there, logged in with it: a session
// that was made at another local Telegram goes on here. Instead of a phone number a bot's id may be given. It returns false when the
// key has not 256 bytes or the account is at another data center.
func (s *Server) AddKey(dc int, value []byte, phone string, bot bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.holder(dc, phone, bot)
	if len(value) != len(crypto.Key{}) || a == nil || a.dc != dc {
		return false
	}
	key := crypto.Key(value).WithID()
	k := &authKey{AuthKey: key, dc: dc, sessions: make(map[int64]*session)}
	k.login = &authorization{seq: 1, hash: randomInt64(), account: a, key: k, created: s.unix(), active: s.unix()}
	a.logins = append(a.logins, k.login)
	s.dcs[dc].keys[key.ID] = k
	return true
}

// holder finds or makes whom AddKey names.
func (s *Server) holder(dc int, phone string, bot bool) *account {
	if bot {
		id, err := strconv.ParseInt(phone, 10, 64)
		if err != nil {
			return nil
		}
		return s.bot(id, dc)
	}
	if a := s.accounts[normalPhone(phone)]; a != nil {
		return a
	}
	return s.newAccount(normalPhone(phone), dc, "", "")
}

// TempKeys returns how many of them are temporary and bound to a permanent one.
func (s *Server) TempKeys() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	n := 0
	for _, k := range s.tempKeys() {
		if k.perm != nil {
			n++
		}
	}
	return n
}

// tempKeys are the temporary keys of all data centers.
func (s *Server) tempKeys() (list []*authKey) {
	for _, dc := range s.dcs {
		for _, k := range dc.keys {
			if !k.expires.IsZero() {
				list = append(list, k)
			}
		}
	}
	return list
}

// ForgetTempKeys drops all temporary keys, as Telegram may at any time: who uses one is answered -404.
func (s *Server) ForgetTempKeys() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.tempKeys() {
		s.forgetKey(k)
	}
}

// UnbindTempKeys lets all temporary keys be bound to none again: who uses one is answered AUTH_KEY_PERM_EMPTY.
func (s *Server) UnbindTempKeys() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, k := range s.tempKeys() {
		k.perm = nil
	}
}

// WireSessions returns the ids of the MTProto sessions that the server keeps for an account.
func (s *Server) WireSessions(phone string) []int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	var ids []int64
	for _, k := range s.keysOf(phone) {
		ids = slices.AppendSeq(ids, maps.Keys(k.sessions))
	}
	return ids
}
