package testdc

import (
	"math/big"
	"testing"

	"github.com/gotd/td/crypto/srp"
	"github.com/gotd/td/tg"
)

// answerFor answers the server's question with a password, with gotd's side of SRP.
func (c *client) answerFor(text string) *tg.InputCheckPasswordSRP {
	c.t.Helper()
	p, err := c.api().AccountGetPassword(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	algo := p.CurrentAlgo.(*tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow)
	a, err := srp.NewSRP(nil).Hash([]byte(text), p.SRPB, randomBytes(256), srp.Input{Salt1: algo.Salt1, Salt2: algo.Salt2, G: algo.G, P: algo.P})
	if err != nil {
		c.t.Fatal(err)
	}
	return &tg.InputCheckPasswordSRP{SRPID: p.SRPID, A: a.A, M1: a.M1}
}

func TestPassword(t *testing.T) {
	s := start(t, Options{})
	if s.SetPassword(testPhone, "secret", "") {
		t.Error("there is no such account yet")
	}
	a, b := connect(t, s, 1), connect(t, s, 1)
	me := a.logIn(testPhone)
	if p, err := a.api().AccountGetPassword(t.Context()); err != nil || p.HasPassword || p.NewAlgo == nil {
		t.Errorf("%+v, error %v", p, err)
	}
	if !s.SetPassword(testPhone, "secret", "the usual") {
		t.Fatal("password not set")
	}
	_, err := b.api().AccountGetPassword(t.Context())
	wantError(t, err, 401, "AUTH_KEY_UNREGISTERED")
	sent, err := sendCode(b, testPhone)
	if err != nil {
		t.Fatal(err)
	}
	_, err = signIn(b, testPhone, sent.PhoneCodeHash, "12345")
	wantError(t, err, 401, "SESSION_PASSWORD_NEEDED")
	_, err = b.api().UpdatesGetState(t.Context())
	wantError(t, err, 401, "AUTH_KEY_UNREGISTERED")
	if list := a.logins(); len(list) != 2 || !list[1].PasswordPending || list[0].PasswordPending {
		t.Errorf("logins %+v", list)
	}
	_, err = b.api().AuthCheckPassword(t.Context(), b.answerFor("wrong"))
	wantError(t, err, 400, "PASSWORD_HASH_INVALID")
	right := b.answerFor("secret")
	_, err = b.api().AuthCheckPassword(t.Context(), &tg.InputCheckPasswordSRP{SRPID: right.SRPID, A: make([]byte, 256), M1: right.M1})
	wantError(t, err, 400, "PASSWORD_HASH_INVALID")
	_, err = b.api().AuthCheckPassword(t.Context(), right) // a question is for one answer
	wantError(t, err, 400, "SRP_ID_INVALID")
	_, err = b.api().AuthCheckPassword(t.Context(), &tg.InputCheckPasswordEmpty{})
	wantError(t, err, 400, "PASSWORD_MISSING")
	got, err := b.api().AuthCheckPassword(t.Context(), b.answerFor("secret"))
	if err != nil || got.(*tg.AuthAuthorization).User.GetID() != me.ID {
		t.Fatalf("%+v, error %v", got, err)
	}
	if list := b.logins(); len(list) != 2 || list[1].PasswordPending || !list[1].Current {
		t.Errorf("logins %+v", list)
	}
}

func TestUpdatePassword(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	c.logIn(testPhone)
	update := func(in tg.InputCheckPasswordSRPClass, algo tg.PasswordKdfAlgoClass, hash []byte) error {
		req := &tg.AccountUpdatePasswordSettingsRequest{Password: in}
		req.NewSettings.SetNewAlgo(algo)
		req.NewSettings.SetNewPasswordHash(hash)
		req.NewSettings.SetHint("h")
		_, err := c.api().AccountUpdatePasswordSettings(t.Context(), req)
		return err
	}
	p, err := s.group.newPassword("new", "")
	if err != nil {
		t.Fatal(err)
	}
	algo, none := s.group.algo(p.salt1, p.salt2), &tg.InputCheckPasswordEmpty{}
	wantError(t, update(none, s.group.algo(p.salt1[:8], p.salt2), padded256(p.verifier)), 400, "NEW_SALT_INVALID")
	wantError(t, update(none, algo, padded256(new(big.Int))), 400, "NEW_SETTINGS_INVALID")
	if err := update(none, algo, padded256(p.verifier)); err != nil {
		t.Fatal(err)
	}
	if got, err := c.api().AccountGetPassword(t.Context()); err != nil || !got.HasPassword || got.Hint != "h" {
		t.Errorf("%+v, error %v", got, err)
	}
	wantError(t, update(none, algo, padded256(p.verifier)), 400, "PASSWORD_MISSING")
	if _, err := c.api().AccountGetPasswordSettings(t.Context(), c.answerFor("new")); err != nil {
		t.Error(err)
	}
	email := &tg.AccountUpdatePasswordSettingsRequest{Password: c.answerFor("new")}
	email.NewSettings.SetEmail("nowhere")
	_, err = c.api().AccountUpdatePasswordSettings(t.Context(), email)
	wantError(t, err, 400, "EMAIL_INVALID")
	if err := update(c.answerFor("new"), &tg.PasswordKdfAlgoUnknown{}, nil); err != nil {
		t.Error(err)
	}
	if got, err := c.api().AccountGetPassword(t.Context()); err != nil || got.HasPassword {
		t.Errorf("%+v, error %v", got, err)
	}
	_, err = c.api().AuthRequestPasswordRecovery(t.Context())
	wantError(t, err, 400, "PASSWORD_EMPTY")
}

func exportToken(c *client) (tg.AuthLoginTokenClass, error) {
	return c.api().AuthExportLoginToken(c.t.Context(), &tg.AuthExportLoginTokenRequest{APIID: 1, APIHash: "x"})
}

func TestLoginToken(t *testing.T) {
	s := start(t, Options{})
	a, b, far := connect(t, s, 1), connect(t, s, 1), connect(t, s, 2)
	me := a.logIn(testPhone)
	accept := func(token []byte) (*tg.Authorization, error) { return a.api().AuthAcceptLoginToken(t.Context(), token) }
	_, err := accept([]byte("x"))
	wantError(t, err, 400, "AUTH_TOKEN_INVALID")
	shown, err := exportToken(b)
	if err != nil {
		t.Fatal(err)
	}
	token := shown.(*tg.AuthLoginToken).Token
	_, err = b.api().AuthImportLoginToken(t.Context(), token)
	wantError(t, err, 400, "AUTH_TOKEN_INVALID")
	allowed, err := accept(token)
	if err != nil || allowed.DeviceModel != "Test device" {
		t.Fatalf("%+v, error %v", allowed, err)
	}
	if u := decode(b, b.expect(tg.UpdateShortTypeID), &tg.UpdateShort{}); u.Update.TypeID() != tg.UpdateLoginTokenTypeID {
		t.Errorf("update %+v", u)
	}
	_, err = accept(token)
	wantError(t, err, 400, "AUTH_TOKEN_ALREADY_ACCEPTED")
	done, err := exportToken(b)
	if err != nil || done.(*tg.AuthLoginTokenSuccess).Authorization.(*tg.AuthAuthorization).User.GetID() != me.ID {
		t.Fatalf("%+v, error %v", done, err)
	}
	if list := a.logins(); len(list) != 2 || list[1].Hash != allowed.Hash {
		t.Errorf("logins %+v, allowed %d", list, allowed.Hash)
	}

	shown, _ = exportToken(far) // of another data center
	if _, err := accept(shown.(*tg.AuthLoginToken).Token); err != nil {
		t.Fatal(err)
	}
	moved, err := exportToken(far)
	if err != nil || moved.(*tg.AuthLoginTokenMigrateTo).DCID != 1 {
		t.Fatalf("%+v, error %v", moved, err)
	}
	near := connect(t, s, 1)
	done, err = near.api().AuthImportLoginToken(t.Context(), moved.(*tg.AuthLoginTokenMigrateTo).Token)
	if _, ok := done.(*tg.AuthLoginTokenSuccess); !ok || err != nil {
		t.Errorf("%+v, error %v", done, err)
	}

	shown, _ = exportToken(far)
	s.ShiftClock(tokenLife)
	_, err = accept(shown.(*tg.AuthLoginToken).Token)
	wantError(t, err, 400, "AUTH_TOKEN_EXPIRED")

	s.SetPassword(testPhone, "secret", "")
	shown, _ = exportToken(far)
	if _, err := accept(shown.(*tg.AuthLoginToken).Token); err != nil {
		t.Fatal(err)
	}
	_, err = near.api().AuthLogOut(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, err = near.api().AuthImportLoginToken(t.Context(), shown.(*tg.AuthLoginToken).Token)
	wantError(t, err, 401, "SESSION_PASSWORD_NEEDED")
}

func TestBots(t *testing.T) {
	s := start(t, Options{})
	importBot := func(c *client, token string) (tg.AuthAuthorizationClass, error) {
		return c.api().AuthImportBotAuthorization(t.Context(), &tg.AuthImportBotAuthorizationRequest{APIID: 1, APIHash: "x", BotAuthToken: token})
	}
	c := connect(t, s, 2)
	for _, token := range []string{"", "777", "x:abcdefghi", "-1:abcdefghi", "777:abc"} {
		_, err := importBot(c, token)
		wantError(t, err, 400, "ACCESS_TOKEN_INVALID")
	}
	got, err := importBot(c, "777:abcdefghi")
	if err != nil {
		t.Fatal(err)
	}
	if me := got.(*tg.AuthAuthorization).User.(*tg.User); me.ID != 777 || !me.Bot || !me.Self || me.Phone != "" || me.Username == "" {
		t.Errorf("logged in as %+v", me)
	}
	full, err := c.api().UsersGetFullUser(t.Context(), &tg.InputUserSelf{})
	if err != nil || full.FullUser.BotInfo.UserID != 777 {
		t.Errorf("%+v, error %v", full, err)
	}
	_, err = importBot(connect(t, s, 1), "777:abcdefghi")
	wantError(t, err, 303, "USER_MIGRATE_2")
	me := connect(t, s, 1).logIn(testPhone)
	_, err = importBot(c, big.NewInt(me.ID).String()+":abcdefghi")
	wantError(t, err, 400, "ACCESS_TOKEN_INVALID")
	if n := s.PushUpdatesTooLong("777"); n != 0 {
		t.Errorf("%d logins wanted updates", n)
	}
}

func TestDeleteAccount(t *testing.T) {
	s := start(t, Options{})
	a, b := connect(t, s, 1), connect(t, s, 1)
	a.logIn(testPhone)
	b.logIn(testPhone)
	if _, err := a.api().AccountDeleteAccount(t.Context(), &tg.AccountDeleteAccountRequest{Reason: "test"}); err != nil {
		t.Fatal(err)
	}
	_, err := a.api().UpdatesGetState(t.Context())
	wantError(t, err, 401, "AUTH_KEY_UNREGISTERED")
	_, err = b.api().UpdatesGetState(t.Context())
	wantError(t, err, 401, "USER_DEACTIVATED")
	s.RequireSignUp(testPhone)
	sent, err := sendCode(a, testPhone)
	if err != nil {
		t.Fatal(err)
	}
	got, err := signIn(a, testPhone, sent.PhoneCodeHash, "12345")
	if _, ok := got.(*tg.AuthAuthorizationSignUpRequired); !ok || err != nil {
		t.Errorf("%+v, error %v", got, err)
	}
}
