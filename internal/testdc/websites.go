package testdc

import (
	"context"
	"slices"

	"github.com/gotd/td/tg"
)

// Website is a website where an account is logged in with Telegram.
type Website struct {
	// Hash names it among those of the account; 0 takes one at random.
	Hash     int64  `json:"hash,string"`
	Domain   string `json:"domain"`
	Bot      int64  `json:"bot"` // whom its domain belongs to; made when there is no such bot
	Browser  string `json:"browser"`
	Platform string `json:"platform"`
	IP       string `json:"ip"`
	Region   string `json:"region"`
	Created  Moment `json:"created"`
	Active   Moment `json:"active"`
}

func (s *Server) registerWebsites(d *tg.ServerDispatcher) {
	d.OnAccountGetWebAuthorizations(s.accountGetWebAuthorizations)
	d.OnAccountResetWebAuthorization(s.accountResetWebAuthorization)
	d.OnAccountResetWebAuthorizations(s.accountResetWebAuthorizations)
}

// AddWebsite logs an account in at a website. It returns false when there is no such account.
func (s *Server) AddWebsite(phone string, w Website) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addWebsite(phone, w)
}

func (s *Server) addWebsite(phone string, w Website) bool {
	a := s.accounts[normalPhone(phone)]
	if a == nil {
		return false
	}
	if w.Hash == 0 {
		w.Hash = randomInt64()
	}
	if w.Bot != 0 {
		s.bot(w.Bot, a.dc)
	}
	a.websites = append(a.websites, tg.WebAuthorization{
		Hash: w.Hash, BotID: w.Bot, Domain: w.Domain, Browser: w.Browser, Platform: w.Platform,
		DateCreated: w.Created.unix(s), DateActive: w.Active.unix(s), IP: w.IP, Region: w.Region,
	})
	return true
}

func (s *Server) accountGetWebAuthorizations(ctx context.Context) (*tg.AccountWebAuthorizations, error) {
	a := callOf(ctx).account()
	out := &tg.AccountWebAuthorizations{Authorizations: slices.Clone(a.websites)}
	named := make(map[int64]bool)
	for _, w := range a.websites {
		if bot := s.users[w.BotID]; bot != nil && !named[w.BotID] {
			named[w.BotID] = true
			out.Users = append(out.Users, s.user(bot, a))
		}
	}
	return out, nil
}

func (s *Server) accountResetWebAuthorization(ctx context.Context, hash int64) (bool, error) {
	a := callOf(ctx).account()
	i := slices.IndexFunc(a.websites, func(w tg.WebAuthorization) bool { return w.Hash == hash })
	if i < 0 {
		return false, rpcError(400, "HASH_INVALID")
	}
	a.websites = slices.Delete(a.websites, i, i+1)
	return true, nil
}

func (s *Server) accountResetWebAuthorizations(ctx context.Context) (bool, error) {
	callOf(ctx).account().websites = nil
	return true, nil
}
