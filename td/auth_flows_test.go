package td

import (
	"context"
	"encoding/base64"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"tdjson/internal/testdc"
	"tdjson/types"
)

const someone = "15550002001"

// asksCode goes as far as the code.
func (c *peer) asksCode(phone string) {
	c.t.Helper()
	c.state("authorizationStateWaitPhoneNumber")
	c.must("ok", `{"@type":"setAuthenticationPhoneNumber","phone_number":%q}`, phone)
	c.state("authorizationStateWaitCode")
}

// TestRegister: who has no account gives a name, also after a restart.
func TestRegister(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	s.RequireSignUp(someone)
	p, dir := newProgram(t, s), t.TempDir()
	c := p.start(dir)
	c.asksCode(someone)
	c.fails(400, "Call to registerUser unexpected", `{"@type":"registerUser","first_name":"A"}`)
	c.must("ok", `{"@type":"checkAuthenticationCode","code":"12345"}`)
	c.state("authorizationStateWaitRegistration")
	c.close()
	c = p.start(dir)
	c.state("authorizationStateWaitRegistration")
	for _, name := range []string{"", " \n ", `\u200b\u00a0`} {
		c.fails(400, "First name must be non-empty", `{"@type":"registerUser","first_name":"%s"}`, name)
	}
	c.must("ok", `{"@type":"registerUser","first_name":" A \u0001 \u00a0B","last_name":"%s"}`, strings.Repeat("é", 70))
	c.state("authorizationStateReady")
	me := c.must("user", `{"@type":"getMe"}`)
	if me.text("first_name") != "A B" || me.text("last_name") != strings.Repeat("é", 64) {
		t.Errorf("registered %v", me)
	}
}

// TestPassword: the server wants the account's password besides the code.
func TestPassword(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p, dir := newProgram(t, s), t.TempDir()
	c := p.start(t.TempDir())
	c.asksCode(someone)
	c.must("ok", `{"@type":"checkAuthenticationCode","code":"12345"}`)
	c.state("authorizationStateReady")
	if !s.SetPassword(someone, "right", "a hint") {
		t.Fatal("no password")
	}
	d := p.start(dir)
	d.asksCode(someone)
	d.must("ok", `{"@type":"checkAuthenticationCode","code":"12345"}`)
	state := d.state("authorizationStateWaitPassword")
	if state.text("authorization_state", "password_hint") != "a hint" {
		t.Errorf("state %v", state)
	}
	d.fails(400, "PASSWORD_HASH_INVALID", `{"@type":"checkAuthenticationPassword","password":"wrong"}`)
	d.fails(400, "PASSWORD_RECOVERY_NA", `{"@type":"requestAuthenticationPasswordRecovery"}`)
	d.close()
	d = p.start(dir)
	d.state("authorizationStateWaitPassword")
	d.must("ok", `{"@type":"checkAuthenticationPassword","password":"right"}`)
	d.state("authorizationStateReady")
	d.fails(400, "PASSWORD_HASH_INVALID", `{"@type":"deleteAccount","password":"wrong"}`)
}

// TestOldLogin: a login that was begun long ago, or by another application, is begun anew.
func TestOldLogin(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p, dir := newProgram(t, s), t.TempDir()
	c := p.start(dir)
	c.asksCode(someone)
	c.close()
	c = p.start(dir)
	if c.state("authorizationStateWaitCode").text("authorization_state", "code_info", "phone_number") != someone {
		t.Error("another phone number after the restart")
	}
	c.close()
	c = p.client()
	c.send(`{"@type":"setTdlibParameters","use_test_dc":true,"database_directory":%q,"api_id":5,"api_hash":"x",
		"system_language_code":"en","device_model":"d","application_version":"1"}`, dir)
	c.state("authorizationStateWaitPhoneNumber")
}

func TestBotLogin(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	c := p.start(t.TempDir())
	c.state("authorizationStateWaitPhoneNumber")
	release := s.StallNext("auth.importBotAuthorization")
	first := c.send(`{"@type":"checkAuthenticationBotToken","token":"1:a"}`)
	c.fails(400, "Cannot change bot token. You must log out first", `{"@type":"checkAuthenticationBotToken","token":"1:b"}`)
	c.fails(400, "Cannot set phone number after bot token was entered. You must log out first",
		`{"@type":"setAuthenticationPhoneNumber","phone_number":%q}`, someone)
	release()
	if got := c.answer(first).text("message"); got != "ACCESS_TOKEN_INVALID" {
		t.Errorf("a bad token is answered with %q", got)
	}
	c.must("ok", `{"@type":"checkAuthenticationBotToken","token":"777123:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}`)
	c.state("authorizationStateReady")
	if me := c.must("user", `{"@type":"getMe"}`); me.number("id") != 777123 || me.text("type", "@type") != "userTypeBot" {
		t.Errorf("the bot is %v", me)
	}
	c.fails(400, "The method is not available to bots", `{"@type":"deleteAccount"}`)
}

// TestLoginByDevice: another device of the user accepts the link, here and in another data center, with a password and without.
func TestLoginByDevice(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	for _, c := range []struct{ phone, code, password string }{{someone, "12345", ""}, {"9996621234", "22222", ""}, {"9996631234", "33333", "secret"}} {
		old := p.start(t.TempDir())
		old.asksCode(c.phone)
		old.must("ok", `{"@type":"checkAuthenticationCode","code":%q}`, c.code)
		old.state("authorizationStateReady")
		if c.password != "" && !s.SetPassword(c.phone, c.password, "") {
			t.Fatal("no password")
		}
		fresh := p.start(t.TempDir())
		fresh.state("authorizationStateWaitPhoneNumber")
		fresh.must("ok", `{"@type":"requestQrCodeAuthentication"}`)
		link := fresh.state("authorizationStateWaitOtherDeviceConfirmation").text("authorization_state", "link")
		fresh.fails(400, "Call to requestQrCodeAuthentication unexpected", `{"@type":"requestQrCodeAuthentication"}`)
		old.must("session", `{"@type":"confirmQrCodeAuthentication","link":%q}`, link)
		if c.password != "" {
			fresh.state("authorizationStateWaitPassword")
			fresh.must("ok", `{"@type":"checkAuthenticationPassword","password":%q}`, c.password)
		}
		fresh.state("authorizationStateReady")
		if me := fresh.must("user", `{"@type":"getMe"}`); me.text("phone_number") != c.phone {
			t.Errorf("logged in as %v, not %s", me, c.phone)
		}
	}
}

// script answers calls in place of a server, by the names of their methods.
type script map[string]invoker

func (s script) Invoke(ctx context.Context, input bin.Encoder, output bin.Decoder) error {
	name := input.(interface{ TypeName() string }).TypeName()
	answer, ok := s[name]
	if !ok {
		return types.NewError(500, "The script does not know "+name)
	}
	return invoker(answer).Invoke(ctx, input, output)
}

// always answers the same.
func always(result bin.Encoder) invoker {
	return func(bin.Encoder) (bin.Encoder, error) { return result, nil }
}

// scripted starts a client whose calls are answered by a script.
func scripted(t *testing.T, s script) *peer {
	t.Helper()
	p := newProgram(t, nil)
	c := p.start(t.TempDir())
	c.state("authorizationStateWaitPhoneNumber")
	client, fail := p.r.client(c.id)
	if fail != nil {
		t.Fatal(fail)
	}
	set := make(chan struct{})
	client.post(func() {
		client.api.tg = tg.NewClient(s)
		close(set)
	})
	<-set
	return c
}

// TestEmail: the account gets an e-mail address, to which the code is sent, and then the phone number gets one.
func TestEmail(t *testing.T) {
	t.Parallel()
	purpose := func(p tg.EmailVerifyPurposeClass) bool {
		setup, ok := p.(*tg.EmailVerifyPurposeLoginSetup)
		return ok && setup.PhoneNumber == someone && setup.PhoneCodeHash == "hash"
	}
	code := &tg.AuthSentCode{Type: &tg.AuthSentCodeTypeSMS{Length: 5}, PhoneCodeHash: "hash"}
	c := scripted(t, script{
		"auth.sendCode": always(&tg.AuthSentCode{PhoneCodeHash: "hash", Type: &tg.AuthSentCodeTypeSetUpEmailRequired{AppleSigninAllowed: true}}),
		"account.sendVerifyEmailCode": func(in bin.Encoder) (bin.Encoder, error) {
			if f := in.(*tg.AccountSendVerifyEmailCodeRequest); !purpose(f.Purpose) || f.Email != "a@b.c" {
				return nil, errors.New("another address")
			}
			return &tg.AccountSentEmailCode{EmailPattern: "a*@b.c", Length: 6}, nil
		},
		"account.verifyEmail": func(in bin.Encoder) (bin.Encoder, error) {
			f := in.(*tg.AccountVerifyEmailRequest)
			if code, ok := f.Verification.(*tg.EmailVerificationCode); !ok || code.Code != "123456" || !purpose(f.Purpose) {
				return nil, types.NewError(400, "CODE_INVALID")
			}
			return &tg.AccountEmailVerifiedLogin{Email: "a@b.c", SentCode: code}, nil
		},
	})
	c.must("ok", `{"@type":"setAuthenticationPhoneNumber","phone_number":%q}`, someone)
	if state := c.state("authorizationStateWaitEmailAddress"); state.at("authorization_state", "allow_apple_id") != true {
		t.Errorf("state %v", state)
	}
	c.fails(400, "Email address must be non-empty", `{"@type":"setAuthenticationEmailAddress"}`)
	c.must("ok", `{"@type":"setAuthenticationEmailAddress","email_address":"a@b.c"}`)
	state := c.state("authorizationStateWaitEmailCode")
	if state.text("authorization_state", "code_info", "email_address_pattern") != "a*@b.c" || state.number("authorization_state", "code_info", "length") != 6 {
		t.Errorf("state %v", state)
	}
	c.must("ok", `{"@type":"resendAuthenticationCode"}`)
	c.state("authorizationStateWaitEmailCode")
	c.fails(400, "Code must be non-empty", `{"@type":"checkAuthenticationEmailCode"}`)
	c.fails(400, "CODE_INVALID", `{"@type":"checkAuthenticationEmailCode","code":{"@type":"emailAddressAuthenticationCode","code":"1"}}`)
	c.must("ok", `{"@type":"checkAuthenticationEmailCode","code":{"@type":"emailAddressAuthenticationCode","code":"123456"}}`)
	c.state("authorizationStateWaitCode")
}

// TestEmailCode: the code is sent to the account's e-mail address, which can be reset.
func TestEmailCode(t *testing.T) {
	t.Parallel()
	resets := 0
	c := scripted(t, script{
		"auth.sendCode": always(&tg.AuthSentCode{PhoneCodeHash: "hash", Type: &tg.AuthSentCodeTypeEmailCode{
			EmailPattern: "x*", Length: 6, ResetAvailablePeriod: 100,
		}}),
		"auth.signIn": func(in bin.Encoder) (bin.Encoder, error) {
			f := in.(*tg.AuthSignInRequest)
			if apple, ok := f.EmailVerification.(*tg.EmailVerificationApple); !ok || apple.Token != "token" || f.PhoneCodeHash != "hash" {
				return nil, types.NewError(400, "EMAIL_TOKEN_INVALID")
			}
			return nil, types.NewError(401, "SESSION_PASSWORD_NEEDED")
		},
		"account.getPassword": always(&tg.AccountPassword{
			HasRecovery: true, CurrentAlgo: &kdf{}, NewAlgo: &kdf{}, NewSecureAlgo: &tg.SecurePasswordKdfAlgoUnknown{},
		}),
		"auth.resetLoginEmail": func(bin.Encoder) (bin.Encoder, error) {
			resets++
			return nil, types.NewError(400, "TASK_ALREADY_EXISTS")
		},
		"auth.requestPasswordRecovery": always(&tg.AuthPasswordRecovery{EmailPattern: "r*"}),
		"auth.checkRecoveryPassword": func(in bin.Encoder) (bin.Encoder, error) {
			if in.(*tg.AuthCheckRecoveryPasswordRequest).Code == "777" {
				return &tg.BoolTrue{}, nil
			}
			return &tg.BoolFalse{}, nil
		},
	})
	c.must("ok", `{"@type":"setAuthenticationPhoneNumber","phone_number":%q}`, someone)
	reset := c.state("authorizationStateWaitEmailCode")
	if reset.number("authorization_state", "email_address_reset_state", "wait_period") != 100 {
		t.Errorf("state %v", reset)
	}
	c.fails(400, "TASK_ALREADY_EXISTS", `{"@type":"resetAuthenticationEmailAddress"}`)
	now := c.must("authorizationStateWaitEmailCode", `{"@type":"getAuthorizationState"}`)
	if now.number("email_address_reset_state", "wait_period") != 100 || resets != 1 {
		t.Errorf("state %v after %d resets", now, resets)
	}
	c.fails(400, "EMAIL_TOKEN_INVALID", `{"@type":"checkAuthenticationEmailCode","code":{"@type":"emailAddressAuthenticationGoogleId","token":"token"}}`)
	c.must("ok", `{"@type":"checkAuthenticationEmailCode","code":{"@type":"emailAddressAuthenticationAppleId","token":"token"}}`)
	c.state("authorizationStateWaitPassword")
	c.must("ok", `{"@type":"requestAuthenticationPasswordRecovery"}`)
	state := c.state("authorizationStateWaitPassword")
	if state.text("authorization_state", "recovery_email_address_pattern") != "r*" || state.at("authorization_state", "has_recovery_email_address") != true {
		t.Errorf("state %v", state)
	}
	c.fails(400, "Invalid recovery code", `{"@type":"checkAuthenticationPasswordRecoveryCode","recovery_code":"1"}`)
	c.must("ok", `{"@type":"checkAuthenticationPasswordRecoveryCode","recovery_code":"777"}`)
}

// TestPurchase: the server sends no code before something is bought.
func TestPurchase(t *testing.T) {
	t.Parallel()
	purchase := &tg.AuthSentCodePaymentRequired{StoreProduct: "product", PhoneCodeHash: "hash", SupportEmailAddress: "a@b.c", PremiumDays: 30}
	receipt := ""
	c := scripted(t, script{
		"auth.sendCode":             always(purchase),
		"payments.canPurchaseStore": always(&tg.BoolFalse{}),
		"payments.assignPlayMarketTransaction": func(in bin.Encoder) (bin.Encoder, error) {
			receipt = in.(*tg.PaymentsAssignPlayMarketTransactionRequest).Receipt.Data
			return &tg.UpdateShort{Update: &tg.UpdateSentPhoneCode{
				SentCode: &tg.AuthSentCode{Type: &tg.AuthSentCodeTypeApp{Length: 5}, PhoneCodeHash: "other"},
			}}, nil
		},
	})
	c.must("ok", `{"@type":"setAuthenticationPhoneNumber","phone_number":%q}`, someone)
	state := c.state("authorizationStateWaitPremiumPurchase")
	if state.text("authorization_state", "store_product_id") != "product" || state.number("authorization_state", "premium_day_count") != 30 {
		t.Errorf("state %v", state)
	}
	c.fails(400, "Premium can't be purchased", `{"@type":"checkAuthenticationPremiumPurchase","currency":"EUR","amount":5}`)
	c.fails(400, "Transaction must be non-empty", `{"@type":"setAuthenticationPremiumPurchaseTransaction"}`)
	c.must("ok", `{"@type":"setAuthenticationPremiumPurchaseTransaction","transaction":{"@type":"storeTransactionGooglePlay",
		"package_name":"p","store_product_id":"s","purchase_token":"t"}}`)
	c.state("authorizationStateWaitCode")
	if receipt != `{"packageName":"p","purchaseToken":"t","productId":"s"}` {
		t.Errorf("receipt %s", receipt)
	}
}

func TestPasskey(t *testing.T) {
	t.Parallel()
	c := scripted(t, script{
		"auth.initPasskeyLogin": always(&tg.AuthPasskeyLoginOptions{Options: tg.DataJSON{Data: `{"a":1}`}}),
		"auth.finishPasskeyLogin": func(in bin.Encoder) (bin.Encoder, error) {
			f := in.(*tg.AuthFinishPasskeyLoginRequest)
			key, ok := f.Credential.(*tg.InputPasskeyCredentialPublicKey)
			if !ok || key.ID != "id" || !slices.Equal(key.Response.(*tg.InputPasskeyResponseLogin).Signature, []byte("sig")) || f.FromDCID != 1 {
				return nil, types.NewError(400, "PASSKEY_INVALID")
			}
			return &tg.AuthAuthorizationSignUpRequired{}, nil
		},
	})
	if got := c.must("text", `{"@type":"getAuthenticationPasskeyParameters"}`).text("text"); got != `{"a":1}` {
		t.Errorf("parameters %s", got)
	}
	c.fails(400, "PASSKEY_INVALID", `{"@type":"checkAuthenticationPasskey","credential_id":"other"}`)
	c.must("ok", `{"@type":"checkAuthenticationPasskey","credential_id":"id","signature":%q}`, base64.StdEncoding.EncodeToString([]byte("sig")))
	c.state("authorizationStateWaitRegistration")
}

// TestTerms: what a new user agrees to is told.
func TestTerms(t *testing.T) {
	t.Parallel()
	required := &tg.AuthAuthorizationSignUpRequired{}
	required.SetTermsOfService(tg.HelpTermsOfService{
		ID: tg.DataJSON{Data: "{}"}, Text: "Be good.", MinAgeConfirm: 16, Popup: true,
		Entities: []tg.MessageEntityClass{&tg.MessageEntityBold{Offset: 3, Length: 4}},
	})
	c := scripted(t, script{
		"auth.sendCode":   always(&tg.AuthSentCode{Type: &tg.AuthSentCodeTypeSMS{Length: 5}, PhoneCodeHash: "hash"}),
		"auth.signIn":     always(required),
		"auth.resendCode": always(&tg.AuthSentCodeSuccess{Authorization: &tg.AuthAuthorization{User: &tg.UserEmpty{ID: 1}}}),
	})
	c.must("ok", `{"@type":"setAuthenticationPhoneNumber","phone_number":%q}`, someone)
	c.fails(400, "Authentication code can't be resend", `{"@type":"resendAuthenticationCode"}`)
	c.must("ok", `{"@type":"checkAuthenticationCode","code":"1"}`)
	terms := c.state("authorizationStateWaitRegistration").at("authorization_state", "terms_of_service")
	got := object(terms.(map[string]any))
	entities := got.objects("text", "entities")
	if got.text("text", "text") != "Be good." || got.number("min_user_age") != 16 || got.at("show_popup") != true ||
		len(entities) != 1 || entities[0].text("type", "@type") != "textEntityTypeBold" {
		t.Errorf("terms %v", got)
	}
}

// TestTokenRenewed: a link that has expired is replaced.
func TestTokenRenewed(t *testing.T) {
	t.Parallel()
	tokens := 0
	c := scripted(t, script{"auth.exportLoginToken": func(bin.Encoder) (bin.Encoder, error) {
		tokens++
		if tokens == 2 {
			return nil, types.NewError(500, "LATER")
		}
		return &tg.AuthLoginToken{Expires: int(time.Now().Unix()), Token: []byte{byte(tokens)}}, nil
	}})
	c.must("ok", `{"@type":"requestQrCodeAuthentication","other_user_ids":[5]}`)
	for _, want := range []string{"tg://login?token=AQ", "tg://login?token=Aw"} {
		if got := c.state("authorizationStateWaitOtherDeviceConfirmation").text("authorization_state", "link"); got != want {
			t.Errorf("link %s, want %s", got, want)
		}
	}
}
