package testdc

import (
	"testing"

	"github.com/gotd/td/tg"
)

// newSettings are those of a new password, made with gotd's side of SRP.
func (c *client) newSettings(text string) tg.AccountPasswordInputSettings {
	c.t.Helper()
	s := c.srv.group
	p, err := s.newPassword(text, "h")
	if err != nil {
		c.t.Fatal(err)
	}
	var settings tg.AccountPasswordInputSettings
	settings.SetNewAlgo(s.algo(p.salt1, p.salt2))
	settings.SetNewPasswordHash(padded256(p.verifier))
	settings.SetHint("h")
	return settings
}

func (c *client) password() *tg.AccountPassword {
	c.t.Helper()
	p, err := c.api().AccountGetPassword(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	return p
}

func TestRecoveryEmail(t *testing.T) {
	c := connect(t, start(t, Options{}), 1)
	c.logIn(testPhone)
	_, err := c.api().AccountResendPasswordEmail(t.Context())
	wantError(t, err, 400, "EMAIL_HASH_EXPIRED")
	set := &tg.AccountUpdatePasswordSettingsRequest{Password: &tg.InputCheckPasswordEmpty{}, NewSettings: c.newSettings("one")}
	set.NewSettings.SetEmail("ada@example.com")
	_, err = c.api().AccountUpdatePasswordSettings(t.Context(), set)
	wantError(t, err, 400, "EMAIL_UNCONFIRMED_6")
	if p := c.password(); p.HasPassword || p.EmailUnconfirmedPattern != "a***@example.com" {
		t.Errorf("before the address is proved: %+v", p)
	}
	_, err = c.api().AccountConfirmPasswordEmail(t.Context(), "000000")
	wantError(t, err, 400, "CODE_INVALID")
	if _, err := c.api().AccountConfirmPasswordEmail(t.Context(), recoveryCode); err != nil {
		t.Fatal(err)
	}
	if p := c.password(); !p.HasPassword || !p.HasRecovery || p.EmailUnconfirmedPattern != "" {
		t.Errorf("after the address is proved: %+v", p)
	}
	settings, err := c.api().AccountGetPasswordSettings(t.Context(), c.answerFor("one"))
	if err != nil || settings.Email != "ada@example.com" {
		t.Errorf("%+v, error %v", settings, err)
	}
	change := &tg.AccountUpdatePasswordSettingsRequest{Password: c.answerFor("one")}
	change.NewSettings.SetEmail("eve@example.com")
	_, err = c.api().AccountUpdatePasswordSettings(t.Context(), change)
	wantError(t, err, 400, "EMAIL_UNCONFIRMED_6")
	if _, err := c.api().AccountCancelPasswordEmail(t.Context()); err != nil {
		t.Error(err)
	}
	if p := c.password(); !p.HasRecovery || p.EmailUnconfirmedPattern != "" {
		t.Errorf("after it was taken back: %+v", p)
	}
}

func TestRecoverPassword(t *testing.T) {
	s := start(t, Options{})
	a, b := connect(t, s, 1), connect(t, s, 1)
	a.logIn(testPhone)
	if !s.SetPassword(testPhone, "lost", "") {
		t.Fatal("no password")
	}
	sent, err := sendCode(b, testPhone)
	if err != nil {
		t.Fatal(err)
	}
	_, err = signIn(b, testPhone, sent.PhoneCodeHash, "12345")
	wantError(t, err, 401, "SESSION_PASSWORD_NEEDED")
	_, err = b.api().AuthRequestPasswordRecovery(t.Context())
	wantError(t, err, 400, "PASSWORD_RECOVERY_NA")
	if !s.SetRecoveryEmail(testPhone, "ada@example.com") {
		t.Fatal("no recovery address")
	}
	_, err = b.api().AuthCheckRecoveryPassword(t.Context(), recoveryCode)
	wantError(t, err, 400, "PASSWORD_RECOVERY_EXPIRED")
	got, err := b.api().AuthRequestPasswordRecovery(t.Context())
	if err != nil || got.EmailPattern != "a***@example.com" {
		t.Fatalf("%+v, error %v", got, err)
	}
	_, err = b.api().AuthRecoverPassword(t.Context(), &tg.AuthRecoverPasswordRequest{Code: "1"})
	wantError(t, err, 400, "CODE_INVALID")
	if ok, err := b.api().AuthCheckRecoveryPassword(t.Context(), recoveryCode); !ok || err != nil {
		t.Errorf("%t, error %v", ok, err)
	}
	recover := &tg.AuthRecoverPasswordRequest{Code: recoveryCode}
	recover.SetNewSettings(b.newSettings("found"))
	if _, err := b.api().AuthRecoverPassword(t.Context(), recover); err != nil {
		t.Fatal(err)
	}
	if list := b.logins(); len(list) != 2 || !list[1].Current {
		t.Errorf("logins %+v", list)
	}
	if _, err := a.api().AccountGetPasswordSettings(t.Context(), a.answerFor("found")); err != nil {
		t.Error(err)
	}
}

func TestResetPassword(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	c.logIn(testPhone)
	_, err := c.api().AccountResetPassword(t.Context())
	wantError(t, err, 400, "PASSWORD_EMPTY")
	if !s.SetPassword(testPhone, "x", "") {
		t.Fatal("no password")
	}
	_, err = c.api().AccountGetTmpPassword(t.Context(), &tg.AccountGetTmpPasswordRequest{Password: c.answerFor("x"), Period: 1})
	wantError(t, err, 400, "TMP_PASSWORD_PERIOD_INVALID")
	tmp, err := c.api().AccountGetTmpPassword(t.Context(), &tg.AccountGetTmpPasswordRequest{Password: c.answerFor("x"), Period: 60})
	if err != nil || tmp.ValidUntil != int(s.Now().Unix())+60 {
		t.Errorf("%+v, error %v", tmp, err)
	}
	_, err = c.api().AccountDeclinePasswordReset(t.Context())
	wantError(t, err, 400, "RESET_REQUEST_MISSING")
	if got, err := c.api().AccountResetPassword(t.Context()); err != nil || got.(*tg.AccountResetPasswordRequestedWait).UntilDate != c.password().PendingResetDate {
		t.Errorf("%+v, error %v", got, err)
	}
	if _, err := c.api().AccountDeclinePasswordReset(t.Context()); err != nil {
		t.Error(err)
	}
	got, err := c.api().AccountResetPassword(t.Context())
	if _, ok := got.(*tg.AccountResetPasswordFailedWait); !ok || err != nil {
		t.Errorf("%+v, error %v", got, err)
	}
	s.EndWaits(testPhone)
	if got, err := c.api().AccountResetPassword(t.Context()); err != nil || got.(*tg.AccountResetPasswordRequestedWait).UntilDate == 0 {
		t.Errorf("%+v, error %v", got, err)
	}
	s.EndWaits(testPhone)
	got, err = c.api().AccountResetPassword(t.Context())
	if _, ok := got.(*tg.AccountResetPasswordOk); !ok || err != nil || c.password().HasPassword {
		t.Errorf("%+v, error %v", got, err)
	}
}
