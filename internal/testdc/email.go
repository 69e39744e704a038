package testdc

import (
	"context"

	"github.com/gotd/td/tg"
)

// Codes that are sent by e-mail are those that would be sent to the phone number.

func (s *Server) registerEmail(d *tg.ServerDispatcher) {
	d.OnAccountSendVerifyEmailCode(s.accountSendVerifyEmailCode)
	d.OnAccountVerifyEmail(s.accountVerifyEmail)
	d.OnAuthResetLoginEmail(s.authResetLoginEmail)
}

// toVerify is who wants to prove an address, and where that is noted.
func (s *Server) toVerify(c *call, purpose tg.EmailVerifyPurposeClass) (phone string, address *string, err error) {
	switch p := purpose.(type) {
	case *tg.EmailVerifyPurposeLoginSetup:
		k, err := s.begun(c, p.PhoneNumber, p.PhoneCodeHash)
		if err != nil {
			return "", nil, err
		}
		if t := k.current().Type; t != "setUpEmail" && t != "email" {
			return "", nil, rpcError(400, "EMAIL_NOT_SETUP")
		}
		return k.phone, &k.email, nil
	default:
		if c.login == nil {
			return "", nil, rpcError(401, "AUTH_KEY_UNREGISTERED")
		}
		return c.account().phone, &c.account().newEmail, nil
	}
}

func (s *Server) accountSendVerifyEmailCode(ctx context.Context, req *tg.AccountSendVerifyEmailCodeRequest) (*tg.AccountSentEmailCode, error) {
	_, address, err := s.toVerify(callOf(ctx), req.Purpose)
	if err != nil {
		return nil, err
	}
	if !goodEmail(req.Email) {
		return nil, rpcError(400, "EMAIL_INVALID")
	}
	*address = req.Email
	return &tg.AccountSentEmailCode{EmailPattern: emailPattern(req.Email), Length: 5}, nil
}

func (s *Server) accountVerifyEmail(ctx context.Context, req *tg.AccountVerifyEmailRequest) (tg.AccountEmailVerifiedClass, error) {
	c := callOf(ctx)
	phone, address, err := s.toVerify(c, req.Purpose)
	switch {
	case err != nil:
		return nil, err
	case *address == "":
		return nil, rpcError(400, "EMAIL_VERIFY_EXPIRED")
	}
	if err := proves(phone, req.Verification); err != nil {
		return nil, err
	}
	email := *address
	*address = ""
	switch p := req.Purpose.(type) {
	case *tg.EmailVerifyPurposeLoginSetup:
		k := s.codes[p.PhoneCodeHash]
		if a := s.accounts[phone]; a != nil {
			a.loginEmail = email
		}
		if !k.goesOn() {
			return nil, rpcError(400, "PHONE_CODE_EXPIRED")
		}
		k.sentAs++
		return &tg.AccountEmailVerifiedLogin{Email: email, SentCode: s.sent(k, p.PhoneCodeHash)}, nil
	case *tg.EmailVerifyPurposeLoginChange:
		c.account().loginEmail = email
	}
	return &tg.AccountEmailVerified{Email: email}, nil
}

// proves checks what should prove that an address is the caller's. Tokens of Apple and Google are like codes here.
func proves(phone string, v tg.EmailVerificationClass) error {
	code, wrong := "", "CODE_INVALID"
	switch v := v.(type) {
	case *tg.EmailVerificationCode:
		code = v.Code
	case *tg.EmailVerificationApple:
		code, wrong = v.Token, "EMAIL_TOKEN_INVALID"
	case *tg.EmailVerificationGoogle:
		code, wrong = v.Token, "EMAIL_TOKEN_INVALID"
	}
	if code != loginCode(phone) {
		return rpcError(400, wrong)
	}
	return nil
}

// authResetLoginEmail lets who has lost the address go on without it: at once, or after some days.
func (s *Server) authResetLoginEmail(ctx context.Context, req *tg.AuthResetLoginEmailRequest) (tg.AuthSentCodeClass, error) {
	k, err := s.begun(callOf(ctx), req.PhoneNumber, req.PhoneCodeHash)
	if err != nil {
		return nil, err
	}
	a, code := s.accounts[k.phone], k.current()
	switch {
	case code.Type != "email" || a == nil || a.loginEmail == "":
		return nil, rpcError(400, "EMAIL_INSTALL_MISSING")
	case code.ResetAfter == 0 && a.emailReset.IsZero():
		return nil, rpcError(400, "EMAIL_NOT_ALLOWED")
	case a.emailReset.IsZero() && code.ResetAfter > 0:
		a.emailReset = s.now().Add(seconds(code.ResetAfter))
		return s.sent(k, req.PhoneCodeHash), nil
	case !a.emailReset.IsZero() && s.now().Before(a.emailReset):
		return nil, rpcError(400, "TASK_ALREADY_EXISTS")
	}
	a.loginEmail, a.emailReset = "", noTime
	if k.goesOn() {
		k.sentAs++
	}
	return s.sent(k, req.PhoneCodeHash), nil
}

// SetLoginEmail gives an account the address to which codes are sent, "" takes it away. It returns false when there is no such account.
func (s *Server) SetLoginEmail(phone, address string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.setLoginEmail(phone, address)
}

func (s *Server) setLoginEmail(phone, address string) bool {
	a := s.accounts[normalPhone(phone)]
	if a != nil {
		a.loginEmail, a.emailReset = address, noTime
	}
	return a != nil
}

// WantEmail says whether clients of an account are told that it should have an address to which codes are sent. It returns false when
// there is no such account.
func (s *Server) WantEmail(phone string, on bool) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.wantEmail(phone, on)
}

func (s *Server) wantEmail(phone string, on bool) bool {
	a := s.accounts[normalPhone(phone)]
	if a != nil {
		a.wantsEmail = on
	}
	return a != nil
}
