package testdc

import (
	"context"
	"slices"
	"strconv"
	"time"

	"github.com/gotd/td/tg"
)

// recovery is how an account gets along without its password. Guarded by Server.mu.
type recovery struct {
	email       string    // that is sent a code to who has forgotten the password
	unconfirmed string    // that is to be that address
	waiting     *password // that is set when the address is proved; nil if there is one already
	asked       bool      // a code was sent to email
	resetAt     time.Time // when the password goes, if that was asked for
	again       time.Time // when it may be asked for again after that was taken back
}

// recoveryCode is what is sent to recovery addresses.
const recoveryCode = "123456"

func (s *Server) registerRecovery(d *tg.ServerDispatcher) {
	d.OnAccountConfirmPasswordEmail(s.accountConfirmPasswordEmail)
	d.OnAccountResendPasswordEmail(s.accountResendPasswordEmail)
	d.OnAccountCancelPasswordEmail(s.accountCancelPasswordEmail)
	d.OnAuthRequestPasswordRecovery(s.authRequestPasswordRecovery)
	d.OnAuthCheckRecoveryPassword(s.authCheckRecoveryPassword)
	d.OnAuthRecoverPassword(s.authRecoverPassword)
	d.OnAccountResetPassword(s.accountResetPassword)
	d.OnAccountDeclinePasswordReset(s.accountDeclinePasswordReset)
	d.OnAccountGetTmpPassword(s.accountGetTmpPassword)
}

// setRecoveryEmail begins to give an account a recovery address, or takes it away.
func (a *account) setRecoveryEmail(email string, waiting *password) error {
	if email == "" {
		a.recovery.email, a.recovery.unconfirmed, a.recovery.waiting = "", "", nil
		return nil
	}
	if !goodEmail(email) {
		return rpcError(400, "EMAIL_INVALID")
	}
	a.recovery.unconfirmed, a.recovery.waiting = email, waiting
	return rpcError(400, "EMAIL_UNCONFIRMED_"+strconv.Itoa(len(recoveryCode)))
}

func (s *Server) accountConfirmPasswordEmail(ctx context.Context, code string) (bool, error) {
	a := callOf(ctx).account()
	switch {
	case a.recovery.unconfirmed == "":
		return false, rpcError(400, "EMAIL_HASH_EXPIRED")
	case code != recoveryCode:
		return false, rpcError(400, "CODE_INVALID")
	}
	a.recovery.email, a.recovery.unconfirmed = a.recovery.unconfirmed, ""
	if a.recovery.waiting != nil {
		a.password, a.recovery.waiting = a.recovery.waiting, nil
	}
	return true, nil
}

func (s *Server) accountResendPasswordEmail(ctx context.Context) (bool, error) {
	if callOf(ctx).account().recovery.unconfirmed == "" {
		return false, rpcError(400, "EMAIL_HASH_EXPIRED")
	}
	return true, nil
}

func (s *Server) accountCancelPasswordEmail(ctx context.Context) (bool, error) {
	a := callOf(ctx).account()
	if a.recovery.unconfirmed == "" {
		return false, rpcError(400, "EMAIL_HASH_EXPIRED")
	}
	a.recovery.unconfirmed, a.recovery.waiting = "", nil
	return true, nil
}

func (s *Server) authRequestPasswordRecovery(ctx context.Context) (*tg.AuthPasswordRecovery, error) {
	a, err := callOf(ctx).holder()
	switch {
	case err != nil:
		return nil, err
	case a.password == nil:
		return nil, rpcError(400, "PASSWORD_EMPTY")
	case a.recovery.email == "":
		return nil, rpcError(400, "PASSWORD_RECOVERY_NA")
	}
	a.recovery.asked = true
	return &tg.AuthPasswordRecovery{EmailPattern: emailPattern(a.recovery.email)}, nil
}

// recovers finds the account whose password is to be recovered with a code.
func (c *call) recovers(code string) (*account, error) {
	a, err := c.holder()
	switch {
	case err != nil:
		return nil, err
	case !a.recovery.asked:
		return nil, rpcError(400, "PASSWORD_RECOVERY_EXPIRED")
	case code == "":
		return nil, rpcError(400, "CODE_EMPTY")
	case code != recoveryCode:
		return nil, rpcError(400, "CODE_INVALID")
	}
	return a, nil
}

func (s *Server) authCheckRecoveryPassword(ctx context.Context, code string) (bool, error) {
	_, err := callOf(ctx).recovers(code)
	return err == nil, err
}

func (s *Server) authRecoverPassword(ctx context.Context, req *tg.AuthRecoverPasswordRequest) (tg.AuthAuthorizationClass, error) {
	c := callOf(ctx)
	a, err := c.recovers(req.Code)
	if err != nil {
		return nil, err
	}
	var changed *password
	if settings, ok := req.GetNewSettings(); ok {
		if changed, err = s.passwordOf(settings); err != nil {
			return nil, err
		}
	}
	a.password = changed
	a.recovery.asked = false
	if changed == nil {
		a.recovery.email = ""
	}
	if c.key.pending != nil {
		s.admitLogin(c, c.key.pending)
	}
	return &tg.AuthAuthorization{User: s.user(a, a)}, nil
}

// accountResetPassword takes the password away, after some days.
func (s *Server) accountResetPassword(ctx context.Context) (tg.AccountResetPasswordResultClass, error) {
	a := callOf(ctx).account()
	r := &a.recovery
	switch {
	case a.password == nil:
		return nil, rpcError(400, "PASSWORD_EMPTY")
	case s.now().Before(r.again):
		return &tg.AccountResetPasswordFailedWait{RetryDate: int(r.again.Unix())}, nil
	case r.resetAt.IsZero():
		r.resetAt = s.now().Add(resetWait)
	case !s.now().Before(r.resetAt):
		a.password, a.recovery = nil, recovery{}
		return &tg.AccountResetPasswordOk{}, nil
	}
	return &tg.AccountResetPasswordRequestedWait{UntilDate: int(r.resetAt.Unix())}, nil
}

func (s *Server) accountDeclinePasswordReset(ctx context.Context) (bool, error) {
	r := &callOf(ctx).account().recovery
	if r.resetAt.IsZero() {
		return false, rpcError(400, "RESET_REQUEST_MISSING")
	}
	r.resetAt, r.again = noTime, s.now().Add(24*time.Hour)
	return true, nil
}

// accountGetTmpPassword gives a password that is good for a while, and for payments only.
func (s *Server) accountGetTmpPassword(ctx context.Context, req *tg.AccountGetTmpPasswordRequest) (*tg.AccountTmpPassword, error) {
	c := callOf(ctx)
	if req.Period < 60 || req.Period > 86400 {
		return nil, rpcError(400, "TMP_PASSWORD_PERIOD_INVALID")
	}
	if c.account().password == nil {
		return nil, rpcError(400, "TMP_PASSWORD_DISABLED")
	}
	if err := c.knows(c.account(), req.Password); err != nil {
		return nil, err
	}
	return &tg.AccountTmpPassword{TmpPassword: randomBytes(32), ValidUntil: s.unix() + req.Period}, nil
}

// SetRecoveryEmail gives an account's password a recovery address that is confirmed. It returns false when there is no such account.
func (s *Server) SetRecoveryEmail(phone, address string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.setConfirmedRecovery(phone, address)
}

func (s *Server) setConfirmedRecovery(phone, address string) bool {
	a := s.accounts[normalPhone(phone)]
	if a != nil {
		a.recovery = recovery{email: address}
	}
	return a != nil
}

// EndWaits lets the days pass after which an account's password or e-mail address goes, if that was asked for.
func (s *Server) EndWaits(phone string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.endWaits(phone)
}

func (s *Server) endWaits(phone string) {
	a := s.accounts[normalPhone(phone)]
	if a == nil {
		return
	}
	for _, wait := range []*time.Time{&a.recovery.resetAt, &a.emailReset} {
		if !wait.IsZero() {
			*wait = s.now()
		}
	}
	a.recovery.again = noTime
}

// endLogins ends all logins of an account but the caller's.
func (s *Server) endLogins(c *call, a *account, text string) {
	for _, l := range slices.Clone(a.logins) {
		if l == c.login || l == c.key.pending {
			s.endLogin(l)
		} else {
			s.revoke(l, text)
		}
	}
}
