package testdc

import (
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"strings"
	"time"

	"github.com/gotd/td/tg"
)

// account is a user who can log in. Guarded by Server.mu.
type account struct {
	id         int64
	accessHash int64
	phone      string // digits only
	dc         int    // home data center
	firstName  string
	lastName   string
	username   string
	bot        bool
	password   *password // of two-step verification, or nil
	recovery   recovery
	wantsEmail bool      // clients are to be told to set loginEmail
	loginEmail string    // to which codes are sent
	newEmail   string    // that is to be proved
	emailReset time.Time // when loginEmail goes, if that was asked for
	ttlDays    int       // account.setAuthorizationTTL
	online     int       // until when, unix time

	logins   []*authorization
	websites []tg.WebAuthorization
	tokens   [][]byte // future auth tokens, the oldest first
	person
}

// normalPhone keeps the digits of a phone number.
func normalPhone(phone string) string {
	return strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, phone)
}

func goodPhone(phone string) bool { return len(phone) >= 7 && len(phone) <= 15 }

// isTestPhone tells numbers of the form 99966XYYYY: they live in data center X.
func isTestPhone(phone string) bool { return len(phone) == 10 && strings.HasPrefix(phone, "99966") }

// loginCode is the code of a phone number: 99966XYYYY has XXXXX, all others 12345.
func loginCode(phone string) string {
	if isTestPhone(phone) {
		return strings.Repeat(phone[5:6], 5)
	}
	return "12345"
}

// homeDC is the data center where an account has to log in, 0 when any will do.
func (s *Server) homeDC(phone string) int {
	if a := s.accounts[phone]; a != nil {
		return a.dc
	}
	if isTestPhone(phone) && phone[5] >= '1' && phone[5] <= '0'+dcCount {
		return int(phone[5] - '0')
	}
	return 0
}

// newAccount makes an account. Its id is the same every time.
func (s *Server) newAccount(phone string, dc int, firstName, lastName string) *account {
	sum := sha256.Sum256(fmt.Appendf(nil, "%d user %s", s.opt.Seed, phone))
	a := &account{
		id:         1_000_000_000 + int64(binary.LittleEndian.Uint32(sum[:])),
		accessHash: int64(binary.LittleEndian.Uint64(sum[8:])),
		phone:      phone, dc: dc, firstName: firstName, lastName: lastName, ttlDays: 180,
	}
	for s.users[a.id] != nil {
		a.id++
	}
	a.person = newPerson()
	s.accounts[phone], s.users[a.id] = a, a
	return a
}

// user is the account as viewer sees it.
func (s *Server) user(a, viewer *account) *tg.User {
	u := &tg.User{ID: a.id, Self: a == viewer}
	u.SetAccessHash(a.accessHash)
	u.SetFirstName(a.firstName)
	if a.lastName != "" {
		u.SetLastName(a.lastName)
	}
	if a.username != "" {
		u.SetUsername(a.username)
	}
	s.seenBy(u, a, viewer)
	if a.bot {
		u.Bot = true
		u.SetBotInfoVersion(1)
		return u
	}
	if a == viewer {
		u.SetPhone(a.phone)
	}
	u.SetStatus(s.status(a))
	return u
}

func (s *Server) status(a *account) tg.UserStatusClass {
	if a.online > s.unix() {
		return &tg.UserStatusOnline{Expires: a.online}
	}
	return &tg.UserStatusOffline{WasOnline: a.online}
}

// inputUser finds who is meant, nil when there is no such user.
func (c *call) inputUser(in tg.InputUserClass) *account {
	switch in := in.(type) {
	case *tg.InputUserSelf:
		return c.account()
	case *tg.InputUser:
		if a := c.srv.users[in.UserID]; a != nil && (a == c.account() || a.accessHash == in.AccessHash) {
			return a
		}
	}
	return nil
}
