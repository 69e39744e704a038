package testdc

import (
	"context"
	"strconv"
	"strings"

	"github.com/gotd/td/tg"
)

func (s *Server) registerBots(d *tg.ServerDispatcher) {
	d.OnAuthImportBotAuthorization(s.authImportBotAuthorization)
}

// authImportBotAuthorization logs a bot in. Every token of the form ID:SECRET is good; the bot is made at its first login.
func (s *Server) authImportBotAuthorization(ctx context.Context, req *tg.AuthImportBotAuthorizationRequest) (tg.AuthAuthorizationClass, error) {
	c := callOf(ctx)
	if req.APIID <= 0 || req.APIHash == "" {
		return nil, rpcError(400, "API_ID_INVALID")
	}
	id, secret, _ := strings.Cut(req.BotAuthToken, ":")
	n, err := strconv.ParseInt(id, 10, 48)
	if err != nil || n <= 0 || len(secret) < 6 {
		return nil, rpcError(400, "ACCESS_TOKEN_INVALID")
	}
	a := s.users[n]
	if a == nil {
		a = s.newBot(n, c.key.dc)
	}
	if !a.bot {
		return nil, rpcError(400, "ACCESS_TOKEN_INVALID")
	}
	if a.dc != c.key.dc {
		return nil, rpcError(303, "USER_MIGRATE_"+strconv.Itoa(a.dc))
	}
	return s.logIn(c, a), nil
}

// botName stands for a bot's phone number.
func botName(id int64) string { return strconv.FormatInt(id, 10) }

// bot finds a bot, or makes it.
func (s *Server) bot(id int64, dc int) *account {
	if s.users[id] == nil {
		s.newBot(id, dc)
	}
	return s.users[id]
}

// newBot makes a bot. Where hooks ask for a phone number, its id stands for one.
func (s *Server) newBot(id int64, dc int) *account {
	name := botName(id)
	a := s.newAccount(name, dc, "Bot "+name, "")
	delete(s.users, a.id)
	a.id, a.bot, a.username = id, true, "test"+name+"_bot"
	s.users[id] = a
	return a
}
