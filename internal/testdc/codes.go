package testdc

import (
	"strings"
	"time"

	"github.com/gotd/td/tg"
)

// Code is one way in which a code is sent to who logs in, or what is asked for instead of one.
type Code struct {
	// Type is app, sms, call, flashCall, missedCall, fragment, firebase, word or phrase; email for a code to the address of the
	// account; setUpEmail when it has to get one first; payment when something has to be bought first. What is none of these is sms.
	Type string `json:"type"`
	// Length is that of the code, 5 when 0.
	Length int `json:"length"`
	// Text is a flash call's pattern, the prefix of a missed call, Fragment's address, how a word or phrase begins, the pattern of the
	// e-mail address, the product that is to be bought.
	Text string `json:"text"`
	// Timeout is after how many seconds the next way may be asked for.
	Timeout int `json:"timeout"`
	// Apple and Google say that an account of theirs does as well as the e-mail address.
	Apple  bool `json:"apple"`
	Google bool `json:"google"`
	// ResetAfter is how many seconds a reset of the e-mail address takes: it is not offered when 0, and done at once below 0.
	ResetAfter int `json:"reset_after"`
	// Days is how many days of what is bought come with it.
	Days int `json:"days"`
}

// PlanCodes says how codes will be sent to a phone number: the first when one is asked for, each other one when it is asked for again,
// or when what stood before it was done. Without a plan it is an SMS, then a call; nothing makes that so again.
func (s *Server) PlanCodes(phone string, codes ...Code) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.planCodes(phone, codes)
}

func (s *Server) planCodes(phone string, codes []Code) {
	if len(codes) == 0 {
		delete(s.plans, normalPhone(phone))
		return
	}
	s.plans[normalPhone(phone)] = codes
}

// plan is how codes are sent to a phone number.
func (s *Server) plan(phone string) []Code {
	if codes := s.plans[phone]; codes != nil {
		return codes
	}
	usual := []Code{{Type: "sms"}, {Type: "call"}}
	if a := s.accounts[phone]; a != nil && a.loginEmail != "" {
		return append([]Code{{Type: "email", ResetAfter: int(resetWait.Seconds())}}, usual...)
	}
	return usual
}

// current is how the code was sent last.
func (k *sentCode) current() Code { return k.plan[k.sentAs] }

// goesOn says whether there is another way.
func (k *sentCode) goesOn() bool { return k.sentAs+1 < len(k.plan) }

// sent tells how a code was sent.
func (s *Server) sent(k *sentCode, hash string) tg.AuthSentCodeClass {
	code := k.current()
	if code.Type == "payment" {
		return &tg.AuthSentCodePaymentRequired{
			StoreProduct: code.Text, PhoneCodeHash: hash, SupportEmailAddress: "support@example.org", SupportEmailSubject: "Code",
			PremiumDays: code.Days, Currency: "USD", Amount: 100,
		}
	}
	sent := &tg.AuthSentCode{PhoneCodeHash: hash, Type: s.sentType(k, code)}
	if code.Timeout > 0 {
		sent.SetTimeout(code.Timeout)
	}
	if k.goesOn() && code.Type != "email" && code.Type != "setUpEmail" {
		if next := k.plan[k.sentAs+1].next(); next != nil {
			sent.SetNextType(next)
		}
	}
	return sent
}

// next is a way as it is announced.
func (c Code) next() tg.AuthCodeTypeClass {
	switch c.Type {
	case "call":
		return &tg.AuthCodeTypeCall{}
	case "flashCall":
		return &tg.AuthCodeTypeFlashCall{}
	case "missedCall":
		return &tg.AuthCodeTypeMissedCall{}
	case "fragment":
		return &tg.AuthCodeTypeFragmentSMS{}
	case "app", "email", "setUpEmail", "payment":
		return nil
	}
	return &tg.AuthCodeTypeSMS{}
}

func (s *Server) sentType(k *sentCode, c Code) tg.AuthSentCodeTypeClass {
	if c.Length == 0 {
		c.Length = 5
	}
	switch c.Type {
	case "app":
		return &tg.AuthSentCodeTypeApp{Length: c.Length}
	case "call":
		return &tg.AuthSentCodeTypeCall{Length: c.Length}
	case "flashCall":
		return &tg.AuthSentCodeTypeFlashCall{Pattern: c.Text}
	case "missedCall":
		return &tg.AuthSentCodeTypeMissedCall{Prefix: c.Text, Length: c.Length}
	case "fragment":
		return &tg.AuthSentCodeTypeFragmentSMS{URL: c.Text, Length: c.Length}
	case "firebase":
		firebase := &tg.AuthSentCodeTypeFirebaseSMS{Length: c.Length}
		firebase.SetNonce([]byte(c.Text))
		return firebase
	case "word":
		word := &tg.AuthSentCodeTypeSMSWord{}
		word.SetBeginning(c.Text)
		return word
	case "phrase":
		phrase := &tg.AuthSentCodeTypeSMSPhrase{}
		phrase.SetBeginning(c.Text)
		return phrase
	case "setUpEmail":
		return &tg.AuthSentCodeTypeSetUpEmailRequired{AppleSigninAllowed: c.Apple, GoogleSigninAllowed: c.Google}
	case "email":
		return s.sentByEmail(k, c)
	}
	return &tg.AuthSentCodeTypeSMS{Length: c.Length}
}

// sentByEmail tells of a code to the account's address, and of when the address can be done without.
func (s *Server) sentByEmail(k *sentCode, c Code) *tg.AuthSentCodeTypeEmailCode {
	t := &tg.AuthSentCodeTypeEmailCode{AppleSigninAllowed: c.Apple, GoogleSigninAllowed: c.Google, EmailPattern: c.Text, Length: c.Length}
	a := s.accounts[k.phone]
	if t.EmailPattern == "" && a != nil {
		t.EmailPattern = emailPattern(a.loginEmail)
	}
	switch {
	case a != nil && !a.emailReset.IsZero():
		t.SetResetPendingDate(int(a.emailReset.Unix()))
	case c.ResetAfter != 0:
		t.SetResetAvailablePeriod(max(c.ResetAfter, 0))
	}
	return t
}

// resetWait is how long a reset of something that protects an account takes.
const resetWait = 7 * 24 * time.Hour

// goodEmail says whether there may be an address like this.
func goodEmail(address string) bool {
	name, host, ok := strings.Cut(address, "@")
	return ok && name != "" && strings.Contains(host, ".")
}

// emailPattern is an address as those see it who may not know it.
func emailPattern(address string) string {
	name, host, ok := strings.Cut(address, "@")
	if !ok || name == "" {
		return ""
	}
	return name[:1] + "***@" + host
}
