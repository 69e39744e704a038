package testdc

import (
	"crypto/rsa"
	"testing"

	"github.com/gotd/td/tg"
)

func sendCode(c *client, phone string) (*tg.AuthSentCode, error) {
	sent, err := c.api().AuthSendCode(c.t.Context(), &tg.AuthSendCodeRequest{PhoneNumber: phone, APIID: 1, APIHash: "x"})
	if err != nil {
		return nil, err
	}
	return sent.(*tg.AuthSentCode), nil
}

func signIn(c *client, phone, hash, code string) (tg.AuthAuthorizationClass, error) {
	req := &tg.AuthSignInRequest{PhoneNumber: phone, PhoneCodeHash: hash}
	req.SetPhoneCode(code)
	return c.api().AuthSignIn(c.t.Context(), req)
}

func TestSignIn(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	_, err := c.api().AuthSendCode(t.Context(), &tg.AuthSendCodeRequest{PhoneNumber: testPhone})
	wantError(t, err, 400, "API_ID_INVALID")
	for _, phone := range []string{"", "+1", "12345678901234567890", "abc"} {
		_, err := sendCode(c, phone)
		wantError(t, err, 400, "PHONE_NUMBER_INVALID")
	}
	sent, err := sendCode(c, testPhone)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := sent.Type.(*tg.AuthSentCodeTypeSMS); !ok || sent.PhoneCodeHash == "" {
		t.Errorf("sent %+v", sent)
	}
	for _, tt := range []struct{ phone, hash, code, text string }{
		{testPhone, "", "12345", "PHONE_CODE_HASH_EMPTY"},
		{testPhone, "other", "12345", "PHONE_CODE_EXPIRED"},
		{testPhone + "0", sent.PhoneCodeHash, "12345", "PHONE_NUMBER_INVALID"},
		{testPhone, sent.PhoneCodeHash, "", "PHONE_CODE_EMPTY"},
		{testPhone, sent.PhoneCodeHash, "00000", "PHONE_CODE_INVALID"},
	} {
		_, err := signIn(c, tt.phone, tt.hash, tt.code)
		wantError(t, err, 400, tt.text)
	}
	other := connect(t, s, 1)
	_, err = signIn(other, testPhone, sent.PhoneCodeHash, "12345") // begun by another
	wantError(t, err, 400, "PHONE_CODE_EXPIRED")
	sent, _ = sendCode(c, testPhone)
	got, err := signIn(c, testPhone, sent.PhoneCodeHash, "12345")
	if err != nil {
		t.Fatal(err)
	}
	me := got.(*tg.AuthAuthorization).User.(*tg.User)
	if !me.Self || me.Phone != "15550001111" || me.FirstName == "" || me.AccessHash == 0 {
		t.Errorf("signed in as %+v", me)
	}
	_, err = signIn(c, testPhone, sent.PhoneCodeHash, "12345") // used up
	wantError(t, err, 400, "PHONE_CODE_EXPIRED")

	if again := connect(t, start(t, Options{}), 2).logIn(testPhone); again.ID != me.ID {
		t.Errorf("another server made user %d of the number, want %d", again.ID, me.ID)
	}
	if again := connect(t, start(t, Options{Seed: 1}), 2).logIn(testPhone); again.ID == me.ID {
		t.Error("another seed made the same user")
	}
}

func TestCodeExpires(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	sent, err := sendCode(c, testPhone)
	if err != nil {
		t.Fatal(err)
	}
	s.ShiftClock(codeLife)
	c.shift = codeLife
	_, err = signIn(c, testPhone, sent.PhoneCodeHash, "12345")
	wantError(t, err, 400, "PHONE_CODE_EXPIRED")
	sent, _ = sendCode(c, testPhone)
	for range codeTries {
		_, err = signIn(c, testPhone, sent.PhoneCodeHash, "54321")
		wantError(t, err, 400, "PHONE_CODE_INVALID")
	}
	_, err = signIn(c, testPhone, sent.PhoneCodeHash, "12345")
	wantError(t, err, 400, "PHONE_CODE_EXPIRED")
}

func TestResendAndCancelCode(t *testing.T) {
	c := connect(t, start(t, Options{}), 1)
	sent, err := sendCode(c, testPhone)
	if err != nil {
		t.Fatal(err)
	}
	resend := &tg.AuthResendCodeRequest{PhoneNumber: testPhone, PhoneCodeHash: sent.PhoneCodeHash}
	again, err := c.api().AuthResendCode(t.Context(), resend)
	if err != nil {
		t.Fatal(err)
	}
	if _, ok := again.(*tg.AuthSentCode).Type.(*tg.AuthSentCodeTypeCall); !ok {
		t.Errorf("resent %+v", again)
	}
	_, err = c.api().AuthResendCode(t.Context(), resend)
	wantError(t, err, 406, "SEND_CODE_UNAVAILABLE")
	if ok, err := c.api().AuthCancelCode(t.Context(), &tg.AuthCancelCodeRequest{PhoneNumber: testPhone, PhoneCodeHash: sent.PhoneCodeHash}); !ok || err != nil {
		t.Errorf("cancelled %t, error %v", ok, err)
	}
	_, err = signIn(c, testPhone, sent.PhoneCodeHash, "12345")
	wantError(t, err, 400, "PHONE_CODE_EXPIRED")
}

func TestTestNumbers(t *testing.T) {
	s := start(t, Options{})
	const phone = "9996621234"
	_, err := sendCode(connect(t, s, 1), phone)
	wantError(t, err, 303, "PHONE_MIGRATE_2")
	c := connect(t, s, 2)
	sent, err := sendCode(c, phone)
	if err != nil {
		t.Fatal(err)
	}
	_, err = signIn(c, phone, sent.PhoneCodeHash, "12345")
	wantError(t, err, 400, "PHONE_CODE_INVALID")
	if _, err := signIn(c, phone, sent.PhoneCodeHash, "22222"); err != nil {
		t.Error(err)
	}
	// Other numbers stay where they logged in first.
	connect(t, s, 3).logIn(testPhone)
	_, err = sendCode(connect(t, s, 1), testPhone)
	wantError(t, err, 303, "PHONE_MIGRATE_3")
}

func TestSignUp(t *testing.T) {
	s := start(t, Options{})
	s.RequireSignUp(testPhone)
	c := connect(t, s, 1)
	sent, err := sendCode(c, testPhone)
	if err != nil {
		t.Fatal(err)
	}
	up := &tg.AuthSignUpRequest{PhoneNumber: testPhone, PhoneCodeHash: sent.PhoneCodeHash, FirstName: "Ada", LastName: "L"}
	_, err = c.api().AuthSignUp(t.Context(), up)
	wantError(t, err, 400, "PHONE_CODE_INVALID")
	got, err := signIn(c, testPhone, sent.PhoneCodeHash, "12345")
	if _, ok := got.(*tg.AuthAuthorizationSignUpRequired); !ok || err != nil {
		t.Fatalf("%v, error %v", got, err)
	}
	nameless := *up
	nameless.FirstName = ""
	_, err = c.api().AuthSignUp(t.Context(), &nameless)
	wantError(t, err, 400, "FIRSTNAME_INVALID")
	got, err = c.api().AuthSignUp(t.Context(), up)
	if err != nil {
		t.Fatal(err)
	}
	if me := got.(*tg.AuthAuthorization).User.(*tg.User); me.FirstName != "Ada" || me.LastName != "L" {
		t.Errorf("signed up as %+v", me)
	}
	if me := connect(t, s, 1).logIn(testPhone); me.FirstName != "Ada" {
		t.Errorf("logged in as %+v", me)
	}
}

func TestLogOut(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	me := c.logIn(testPhone)
	out, err := c.api().AuthLogOut(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	token, ok := out.GetFutureAuthToken()
	if !ok || len(token) == 0 {
		t.Error("no token for the next login")
	}
	_, err = c.api().UpdatesGetState(t.Context())
	wantError(t, err, 401, "AUTH_KEY_UNREGISTERED")

	req := &tg.AuthSendCodeRequest{PhoneNumber: testPhone, APIID: 1, APIHash: "x"}
	req.Settings.SetLogoutTokens([][]byte{{1}, token})
	sent, err := c.api().AuthSendCode(t.Context(), req)
	if err != nil {
		t.Fatal(err)
	}
	success, ok := sent.(*tg.AuthSentCodeSuccess)
	if !ok || success.Authorization.(*tg.AuthAuthorization).User.GetID() != me.ID {
		t.Fatalf("with a token: %+v", sent)
	}
	if _, err := c.api().UpdatesGetState(t.Context()); err != nil {
		t.Error(err)
	}
	sent, err = connect(t, s, 1).api().AuthSendCode(t.Context(), req)
	if _, ok := sent.(*tg.AuthSentCode); !ok || err != nil {
		t.Errorf("the token was good twice: %+v, error %v", sent, err)
	}
}

func TestWhoMayCall(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	wantError(t, c.answer(c.send(true, &tg.HelpGetConfigRequest{}), nil), 400, "CONNECTION_NOT_INITED")
	_, err := c.api().UpdatesGetState(t.Context())
	wantError(t, err, 401, "AUTH_KEY_UNREGISTERED")
	config, err := c.api().HelpGetConfig(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	if !config.TestMode || config.ThisDC != 1 || len(config.DCOptions) != dcCount || config.DCOptions[1].Port != s.dcs[2].port {
		t.Errorf("config %+v", config)
	}
	c.logIn(testPhone)
	_, err = c.api().PhoneGetCallConfig(t.Context())
	wantError(t, err, 400, "INPUT_METHOD_INVALID")
	wantError(t, c.answer(c.send(true, &rest{[]byte{1, 2, 3, 4}}), nil), 400, "INPUT_METHOD_INVALID")
	wantError(t, c.answer(c.send(true, &rest{encoded(&tg.UsersGetUsersRequest{})[:4]}), nil), 400, "INPUT_FETCH_ERROR")
	_, err = c.api().UsersGetFullUser(t.Context(), &tg.InputUser{UserID: 1})
	wantError(t, err, 400, "USER_ID_INVALID")
	full, err := c.api().UsersGetFullUser(t.Context(), &tg.InputUserSelf{})
	if err != nil || len(full.Users) != 1 {
		t.Errorf("%+v, error %v", full, err)
	}
}

func TestTransferOfLogin(t *testing.T) {
	s := start(t, Options{})
	c, other := connect(t, s, 1), connect(t, s, 2)
	me := c.logIn(testPhone)
	_, err := c.api().AuthExportAuthorization(t.Context(), 1)
	wantError(t, err, 400, "DC_ID_INVALID")
	e, err := c.api().AuthExportAuthorization(t.Context(), 2)
	if err != nil {
		t.Fatal(err)
	}
	req := &tg.AuthImportAuthorizationRequest{ID: e.ID, Bytes: e.Bytes}
	_, err = connect(t, s, 3).api().AuthImportAuthorization(t.Context(), req)
	wantError(t, err, 400, "AUTH_BYTES_INVALID")
	got, err := other.api().AuthImportAuthorization(t.Context(), req)
	if err != nil || got.(*tg.AuthAuthorization).User.GetID() != me.ID {
		t.Errorf("%+v, error %v", got, err)
	}
	_, err = other.api().AuthImportAuthorization(t.Context(), req)
	wantError(t, err, 400, "AUTH_BYTES_INVALID")
	list, err := c.api().AccountGetAuthorizations(t.Context())
	if err != nil || len(list.Authorizations) != 1 {
		t.Errorf("%+v, error %v", list, err)
	}
}

func TestKeyFiles(t *testing.T) {
	key := testKey()
	got, err := DecodeKey(EncodeKey(key))
	if err != nil || !got.Equal(key) {
		t.Errorf("error %v", err)
	}
	for _, bad := range [][]byte{nil, []byte("x"), EncodePublicKey(&key.PublicKey)} {
		if _, err := DecodeKey(bad); err == nil {
			t.Errorf("%q was taken for a key", bad)
		}
	}
	if _, err := Start(Options{Key: &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: testKey().Primes[0], E: 65537}}}); err == nil {
		t.Error("a short key was taken")
	}
}
