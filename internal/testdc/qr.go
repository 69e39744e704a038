package testdc

import (
	"context"
	"maps"
	"time"

	"github.com/gotd/td/tg"
)

// tokenLife is how long a login token may be shown as a QR code.
const tokenLife = 30 * time.Second

// loginToken is a login that another client of the account is to allow. Guarded by Server.mu.
type loginToken struct {
	call     *call // that exported it, nil for a phantom
	phantom  Phantom
	expires  time.Time
	accepted *account
	hash     int64 // that the login will have
}

func (s *Server) registerQR(d *tg.ServerDispatcher) {
	d.OnAuthExportLoginToken(s.authExportLoginToken)
	d.OnAuthImportLoginToken(s.authImportLoginToken)
	d.OnAuthAcceptLoginToken(s.authAcceptLoginToken)
}

// authExportLoginToken gives a token to show, and logs in when the last one was accepted.
func (s *Server) authExportLoginToken(ctx context.Context, req *tg.AuthExportLoginTokenRequest) (tg.AuthLoginTokenClass, error) {
	c := callOf(ctx)
	if req.APIID <= 0 || req.APIHash == "" {
		return nil, rpcError(400, "API_ID_INVALID")
	}
	for token, t := range s.logins {
		if t.call != nil && t.call.key == c.key && t.accepted != nil {
			return s.redeemLogin(c, token)
		}
	}
	maps.DeleteFunc(s.logins, func(_ string, t *loginToken) bool { return !s.now().Before(t.expires) })
	token := randomBytes(32)
	t := &loginToken{call: c, expires: s.now().Add(tokenLife)}
	s.logins[string(token)] = t
	return &tg.AuthLoginToken{Expires: int(t.expires.Unix()), Token: token}, nil
}

// redeemLogin logs in with an accepted token, or sends the client to the account's data center.
func (s *Server) redeemLogin(c *call, token string) (tg.AuthLoginTokenClass, error) {
	t := s.logins[token]
	a := t.accepted
	if a.dc != c.key.dc {
		return &tg.AuthLoginTokenMigrateTo{DCID: a.dc, Token: []byte(token)}, nil
	}
	delete(s.logins, token)
	auth, err := s.logInOrAsk(c, a)
	if c.key.pending != nil {
		c.key.pending.hash = t.hash
	}
	if err != nil {
		return nil, err
	}
	c.login.hash = t.hash
	return &tg.AuthLoginTokenSuccess{Authorization: auth}, nil
}

// authImportLoginToken goes on with a token of another data center.
func (s *Server) authImportLoginToken(ctx context.Context, token []byte) (tg.AuthLoginTokenClass, error) {
	t := s.logins[string(token)]
	if t == nil || t.accepted == nil || t.call == nil {
		return nil, rpcError(400, "AUTH_TOKEN_INVALID")
	}
	return s.redeemLogin(callOf(ctx), string(token))
}

// authAcceptLoginToken lets the client that shows the token log in as the caller.
func (s *Server) authAcceptLoginToken(ctx context.Context, token []byte) (*tg.Authorization, error) {
	c := callOf(ctx)
	t := s.logins[string(token)]
	switch {
	case t == nil:
		return nil, rpcError(400, "AUTH_TOKEN_INVALID")
	case t.accepted != nil:
		return nil, rpcError(400, "AUTH_TOKEN_ALREADY_ACCEPTED")
	case !s.now().Before(t.expires):
		return nil, rpcError(400, "AUTH_TOKEN_EXPIRED")
	}
	t.accepted = c.account()
	if t.call == nil {
		return s.letIn(c, t), nil
	}
	t.call.sess.post(notice, 0, &tg.UpdateShort{Update: &tg.UpdateLoginToken{}, Date: s.unix()})
	l := s.newLogin(t.call, c.account())
	t.hash = l.hash
	out := l.listed(c.login)
	return &out, nil
}

// ShowLoginToken shows a token as a client that is not there would; whoever accepts it lets the phantom in.
func (s *Server) ShowLoginToken(token string, p Phantom, life time.Duration) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.showLoginToken(token, p, life)
}

func (s *Server) showLoginToken(token string, p Phantom, life time.Duration) {
	s.logins[token] = &loginToken{phantom: p, expires: s.now().Add(life)}
}

// letIn logs in the phantom whose token the caller accepts.
func (s *Server) letIn(c *call, t *loginToken) *tg.Authorization {
	l := s.newPhantom(c.account(), t.phantom)
	c.account().logins = append(c.account().logins, l)
	out := l.listed(c.login)
	return &out
}
