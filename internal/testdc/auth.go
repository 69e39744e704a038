package testdc

import (
	"bytes"
	"context"
	"encoding/hex"
	"maps"
	"slices"
	"time"

	"github.com/gotd/td/tg"
)

const (
	codeLife  = 5 * time.Minute
	codeTries = 5
	maxTokens = 20 // future auth tokens that an account remembers
)

// sentCode is a login that has been begun. Guarded by Server.mu.
type sentCode struct {
	phone    string
	key      *authKey
	expires  time.Time
	tries    int
	resent   int
	verified bool // the code was right, auth.signUp is awaited
}

func (s *Server) registerAuth(d *tg.ServerDispatcher) {
	d.OnAuthSendCode(s.authSendCode)
	d.OnAuthResendCode(s.authResendCode)
	d.OnAuthCancelCode(s.authCancelCode)
	d.OnAuthSignIn(s.authSignIn)
	d.OnAuthSignUp(s.authSignUp)
	d.OnAuthLogOut(s.authLogOut)
}

func (s *Server) authSendCode(ctx context.Context, req *tg.AuthSendCodeRequest) (tg.AuthSentCodeClass, error) {
	c := callOf(ctx)
	if req.APIID <= 0 || req.APIHash == "" {
		return nil, rpcError(400, "API_ID_INVALID")
	}
	phone := normalPhone(req.PhoneNumber)
	if !goodPhone(phone) {
		return nil, rpcError(400, "PHONE_NUMBER_INVALID")
	}
	if dc := s.homeDC(phone); dc != 0 && dc != c.key.dc {
		return nil, rpcError(303, "PHONE_MIGRATE_"+string(rune('0'+dc)))
	}
	if a := s.accounts[phone]; a != nil && a.redeem(req.Settings.LogoutTokens) {
		return &tg.AuthSentCodeSuccess{Authorization: s.logIn(c, a)}, nil
	}
	maps.DeleteFunc(s.codes, func(_ string, k *sentCode) bool { return !s.now().Before(k.expires) })
	hash := hex.EncodeToString(randomBytes(9))
	s.codes[hash] = &sentCode{phone: phone, key: c.key, expires: s.now().Add(codeLife)}
	return s.codes[hash].sent(hash), nil
}

// sent tells how a code was sent: first by SMS, when asked again by a call.
func (k *sentCode) sent(hash string) tg.AuthSentCodeClass {
	sent := &tg.AuthSentCode{PhoneCodeHash: hash, Type: &tg.AuthSentCodeTypeSMS{Length: 5}}
	if k.resent > 0 {
		sent.Type = &tg.AuthSentCodeTypeCall{Length: 5}
		return sent
	}
	sent.SetNextType(&tg.AuthCodeTypeCall{})
	return sent
}

// begun finds a login that was begun with this key.
func (s *Server) begun(c *call, phone, hash string) (*sentCode, error) {
	if hash == "" {
		return nil, rpcError(400, "PHONE_CODE_HASH_EMPTY")
	}
	k := s.codes[hash]
	if !goodPhone(normalPhone(phone)) || k != nil && k.phone != normalPhone(phone) {
		return nil, rpcError(400, "PHONE_NUMBER_INVALID")
	}
	if k == nil || k.key != c.key || !s.now().Before(k.expires) {
		delete(s.codes, hash)
		return nil, rpcError(400, "PHONE_CODE_EXPIRED")
	}
	return k, nil
}

func (s *Server) authResendCode(ctx context.Context, req *tg.AuthResendCodeRequest) (tg.AuthSentCodeClass, error) {
	k, err := s.begun(callOf(ctx), req.PhoneNumber, req.PhoneCodeHash)
	if err != nil {
		return nil, err
	}
	if k.resent > 0 {
		return nil, rpcError(406, "SEND_CODE_UNAVAILABLE")
	}
	k.resent++
	return k.sent(req.PhoneCodeHash), nil
}

func (s *Server) authCancelCode(ctx context.Context, req *tg.AuthCancelCodeRequest) (bool, error) {
	if _, err := s.begun(callOf(ctx), req.PhoneNumber, req.PhoneCodeHash); err != nil {
		return false, err
	}
	delete(s.codes, req.PhoneCodeHash)
	return true, nil
}

func (s *Server) authSignIn(ctx context.Context, req *tg.AuthSignInRequest) (tg.AuthAuthorizationClass, error) {
	c := callOf(ctx)
	k, err := s.begun(c, req.PhoneNumber, req.PhoneCodeHash)
	if err != nil {
		return nil, err
	}
	code, _ := req.GetPhoneCode()
	if code == "" {
		return nil, rpcError(400, "PHONE_CODE_EMPTY")
	}
	if code != loginCode(k.phone) {
		if k.tries++; k.tries >= codeTries {
			delete(s.codes, req.PhoneCodeHash)
		}
		return nil, rpcError(400, "PHONE_CODE_INVALID")
	}
	a := s.accounts[k.phone]
	if a == nil && s.signUp[k.phone] {
		k.verified = true
		return &tg.AuthAuthorizationSignUpRequired{}, nil
	}
	delete(s.codes, req.PhoneCodeHash)
	if a == nil {
		a = s.newAccount(k.phone, c.key.dc, "User", k.phone[len(k.phone)-4:])
	}
	return s.logInOrAsk(c, a)
}

func (s *Server) authSignUp(ctx context.Context, req *tg.AuthSignUpRequest) (tg.AuthAuthorizationClass, error) {
	c := callOf(ctx)
	k, err := s.begun(c, req.PhoneNumber, req.PhoneCodeHash)
	switch {
	case err != nil:
		return nil, err
	case !k.verified:
		return nil, rpcError(400, "PHONE_CODE_INVALID")
	case req.FirstName == "" || len(req.FirstName) > 64*4:
		return nil, rpcError(400, "FIRSTNAME_INVALID")
	case len(req.LastName) > 64*4:
		return nil, rpcError(400, "LASTNAME_INVALID")
	case s.accounts[k.phone] != nil:
		return nil, rpcError(400, "PHONE_NUMBER_OCCUPIED")
	}
	delete(s.codes, req.PhoneCodeHash)
	return s.logIn(c, s.newAccount(k.phone, c.key.dc, req.FirstName, req.LastName)), nil
}

// authLogOut ends the login and gives a token with which the next one needs no code.
func (s *Server) authLogOut(ctx context.Context) (*tg.AuthLoggedOut, error) {
	c := callOf(ctx)
	a, token := c.account(), randomBytes(32)
	a.tokens = append(a.tokens, token)
	if len(a.tokens) > maxTokens {
		a.tokens = a.tokens[1:]
	}
	s.endLogin(c.login)
	out := &tg.AuthLoggedOut{}
	out.SetFutureAuthToken(token)
	return out, nil
}

// redeem uses up a token that an earlier logout gave, if one of these is such.
func (a *account) redeem(tokens [][]byte) bool {
	for _, token := range tokens {
		i := slices.IndexFunc(a.tokens, func(t []byte) bool { return bytes.Equal(t, token) })
		if i >= 0 {
			a.tokens = slices.Delete(a.tokens, i, i+1)
			return true
		}
	}
	return false
}
