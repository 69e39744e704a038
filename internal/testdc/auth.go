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
	plan     []Code // how it is sent, one after another
	sentAs   int    // which of them was last
	email    string // that is to be proved
	verified bool   // the code was right, auth.signUp is awaited
}

func (s *Server) registerAuth(d *tg.ServerDispatcher) {
	d.OnAuthSendCode(s.authSendCode)
	d.OnAuthResendCode(s.authResendCode)
	d.OnAuthCancelCode(s.authCancelCode)
	d.OnAuthSignIn(s.authSignIn)
	d.OnAuthSignUp(s.authSignUp)
	d.OnAuthLogOut(s.authLogOut)
	d.OnAuthRequestFirebaseSMS(s.authRequestFirebaseSMS)
	d.OnAuthReportMissingCode(s.authReportMissingCode)
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
	if s.banned[phone] {
		return nil, rpcError(400, "PHONE_NUMBER_BANNED")
	}
	if a := s.accounts[phone]; a != nil && a.redeem(req.Settings.LogoutTokens) {
		return &tg.AuthSentCodeSuccess{Authorization: s.logIn(c, a)}, nil
	}
	maps.DeleteFunc(s.codes, func(_ string, k *sentCode) bool { return !s.now().Before(k.expires) })
	hash := hex.EncodeToString(randomBytes(9))
	s.codes[hash] = &sentCode{phone: phone, key: c.key, expires: s.now().Add(codeLife), plan: s.plan(phone)}
	return s.sent(s.codes[hash], hash), nil
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
	if !k.goesOn() {
		return nil, rpcError(406, "SEND_CODE_UNAVAILABLE")
	}
	k.sentAs++
	return s.sent(k, req.PhoneCodeHash), nil
}

// authRequestFirebaseSMS sends the code that was announced to a phone that can prove what it is.
func (s *Server) authRequestFirebaseSMS(ctx context.Context, req *tg.AuthRequestFirebaseSMSRequest) (bool, error) {
	k, err := s.begun(callOf(ctx), req.PhoneNumber, req.PhoneCodeHash)
	if err != nil {
		return false, err
	}
	if k.current().Type != "firebase" {
		return false, rpcError(400, "FIREBASE_NOT_ALLOWED")
	}
	return true, nil
}

func (s *Server) authReportMissingCode(ctx context.Context, req *tg.AuthReportMissingCodeRequest) (bool, error) {
	_, err := s.begun(callOf(ctx), req.PhoneNumber, req.PhoneCodeHash)
	return err == nil, err
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
	if err := s.right(k, req); err != nil {
		return nil, err
	}
	a := s.accounts[k.phone]
	if terms, ok := s.signUp[k.phone]; ok && a == nil {
		k.verified = true
		required := &tg.AuthAuthorizationSignUpRequired{}
		if terms != nil {
			required.SetTermsOfService(*terms)
		}
		return required, nil
	}
	delete(s.codes, req.PhoneCodeHash)
	if a == nil {
		a = s.newAccount(k.phone, c.key.dc, "User", k.phone[len(k.phone)-4:])
	}
	return s.logInOrAsk(c, a)
}

// right checks the code that was sent, by whatever way.
func (s *Server) right(k *sentCode, req *tg.AuthSignInRequest) error {
	if v, ok := req.GetEmailVerification(); ok && k.current().Type == "email" {
		return proves(k.phone, v)
	}
	code, _ := req.GetPhoneCode()
	switch {
	case code == "":
		return rpcError(400, "PHONE_CODE_EMPTY")
	case code == loginCode(k.phone) && k.current().Type != "email" && k.current().Type != "setUpEmail":
		return nil
	}
	if k.tries++; k.tries >= codeTries {
		delete(s.codes, req.PhoneCodeHash)
	}
	return rpcError(400, "PHONE_CODE_INVALID")
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
