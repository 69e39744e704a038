package testdc

import (
	"testing"

	"github.com/gotd/td/tg"
)

// TestCodes: every way in which a code is sent, one after another.
func TestCodes(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	s.PlanCodes(testPhone, Code{Type: "app", Timeout: 9}, Code{Type: "sms"}, Code{Type: "call"}, Code{Type: "flashCall", Text: "123*"},
		Code{Type: "missedCall", Text: "+1555"}, Code{Type: "fragment", Text: "https://fragment.com"}, Code{Type: "word", Text: "a"},
		Code{Type: "phrase", Text: "the"}, Code{Type: "firebase"}, Code{Type: "payment", Text: "p"})
	first, err := sendCode(c, testPhone)
	if err != nil || first.Type.(*tg.AuthSentCodeTypeApp).Length != 5 || first.Timeout != 9 || first.NextType == nil {
		t.Fatalf("%+v, error %v", first, err)
	}
	resend := &tg.AuthResendCodeRequest{PhoneNumber: testPhone, PhoneCodeHash: first.PhoneCodeHash}
	for i, want := range []tg.AuthSentCodeTypeClass{
		&tg.AuthSentCodeTypeSMS{}, &tg.AuthSentCodeTypeCall{}, &tg.AuthSentCodeTypeFlashCall{}, &tg.AuthSentCodeTypeMissedCall{},
		&tg.AuthSentCodeTypeFragmentSMS{}, &tg.AuthSentCodeTypeSMSWord{}, &tg.AuthSentCodeTypeSMSPhrase{}, &tg.AuthSentCodeTypeFirebaseSMS{},
	} {
		got, err := c.api().AuthResendCode(t.Context(), resend)
		if err != nil {
			t.Fatal(err)
		}
		if got := got.(*tg.AuthSentCode); got.Type.TypeID() != want.TypeID() {
			t.Errorf("way %d is %+v", i+2, got)
		}
	}
	firebase := &tg.AuthRequestFirebaseSMSRequest{PhoneNumber: testPhone, PhoneCodeHash: first.PhoneCodeHash}
	if ok, err := c.api().AuthRequestFirebaseSMS(t.Context(), firebase); !ok || err != nil {
		t.Errorf("%t, error %v", ok, err)
	}
	if got, err := c.api().AuthResendCode(t.Context(), resend); err != nil || got.(*tg.AuthSentCodePaymentRequired).StoreProduct != "p" {
		t.Errorf("%+v, error %v", got, err)
	}
	_, err = c.api().AuthRequestFirebaseSMS(t.Context(), firebase)
	wantError(t, err, 400, "FIREBASE_NOT_ALLOWED")
	_, err = c.api().AuthResendCode(t.Context(), resend)
	wantError(t, err, 406, "SEND_CODE_UNAVAILABLE")
	s.PlanCodes(testPhone)
	if again, err := sendCode(c, testPhone); err != nil || again.Type.TypeID() != tg.AuthSentCodeTypeSMSTypeID {
		t.Errorf("%+v, error %v", again, err)
	}
}

func TestPaidCode(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	s.PlanCodes(testPhone, Code{Type: "payment", Text: "p"}, Code{Type: "sms"})
	got, err := c.api().AuthSendCode(t.Context(), &tg.AuthSendCodeRequest{PhoneNumber: testPhone, APIID: 1, APIHash: "x"})
	if err != nil {
		t.Fatal(err)
	}
	purpose := &tg.InputStorePaymentAuthCode{PhoneNumber: testPhone, PhoneCodeHash: got.(*tg.AuthSentCodePaymentRequired).PhoneCodeHash, Currency: "USD"}
	if ok, err := c.api().PaymentsCanPurchaseStore(t.Context(), purpose); ok || err != nil {
		t.Errorf("%t, error %v", ok, err)
	}
	purpose.Amount = 100
	if ok, err := c.api().PaymentsCanPurchaseStore(t.Context(), purpose); !ok || err != nil {
		t.Errorf("%t, error %v", ok, err)
	}
	_, err = c.api().PaymentsAssignAppStoreTransaction(t.Context(), &tg.PaymentsAssignAppStoreTransactionRequest{Purpose: purpose})
	wantError(t, err, 400, "RECEIPT_INVALID")
	paid, err := c.api().PaymentsAssignAppStoreTransaction(t.Context(), &tg.PaymentsAssignAppStoreTransactionRequest{Receipt: []byte{1}, Purpose: purpose})
	if err != nil || paid.(*tg.UpdateShort).Update.(*tg.UpdateSentPhoneCode).SentCode.(*tg.AuthSentCode).Type.TypeID() != tg.AuthSentCodeTypeSMSTypeID {
		t.Fatalf("%+v, error %v", paid, err)
	}
	if _, err := signIn(c, testPhone, purpose.PhoneCodeHash, "12345"); err != nil {
		t.Error(err)
	}
}

// TestEmail: an address is set up at the login, then codes go to it, then it is reset.
func TestEmail(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	if !s.AddAccount(testPhone, "Ada") || s.AddAccount(testPhone, "Eve") {
		t.Fatal("no account, or two")
	}
	s.PlanCodes(testPhone, Code{Type: "setUpEmail", Apple: true}, Code{Type: "sms"})
	sent, err := sendCode(c, testPhone)
	if err != nil || !sent.Type.(*tg.AuthSentCodeTypeSetUpEmailRequired).AppleSigninAllowed {
		t.Fatalf("%+v, error %v", sent, err)
	}
	purpose := &tg.EmailVerifyPurposeLoginSetup{PhoneNumber: testPhone, PhoneCodeHash: sent.PhoneCodeHash}
	right := &tg.EmailVerificationCode{Code: "12345"}
	_, err = c.api().AccountVerifyEmail(t.Context(), &tg.AccountVerifyEmailRequest{Purpose: purpose, Verification: right})
	wantError(t, err, 400, "EMAIL_VERIFY_EXPIRED")
	_, err = c.api().AccountSendVerifyEmailCode(t.Context(), &tg.AccountSendVerifyEmailCodeRequest{Purpose: purpose, Email: "ada"})
	wantError(t, err, 400, "EMAIL_INVALID")
	if got, err := c.api().AccountSendVerifyEmailCode(t.Context(), &tg.AccountSendVerifyEmailCodeRequest{Purpose: purpose, Email: "ada@example.com"}); err != nil || got.EmailPattern != "a***@example.com" {
		t.Errorf("%+v, error %v", got, err)
	}
	_, err = c.api().AccountVerifyEmail(t.Context(), &tg.AccountVerifyEmailRequest{Purpose: purpose, Verification: &tg.EmailVerificationGoogle{Token: "x"}})
	wantError(t, err, 400, "EMAIL_TOKEN_INVALID")
	verified, err := c.api().AccountVerifyEmail(t.Context(), &tg.AccountVerifyEmailRequest{Purpose: purpose, Verification: right})
	if err != nil || verified.(*tg.AccountEmailVerifiedLogin).SentCode.(*tg.AuthSentCode).Type.TypeID() != tg.AuthSentCodeTypeSMSTypeID {
		t.Fatalf("%+v, error %v", verified, err)
	}
	s.PlanCodes(testPhone)
	if sent, err = sendCode(c, testPhone); err != nil || sent.Type.(*tg.AuthSentCodeTypeEmailCode).EmailPattern != "a***@example.com" {
		t.Fatalf("%+v, error %v", sent, err)
	}
	reset := &tg.AuthResetLoginEmailRequest{PhoneNumber: testPhone, PhoneCodeHash: sent.PhoneCodeHash}
	if got, err := c.api().AuthResetLoginEmail(t.Context(), reset); err != nil || got.(*tg.AuthSentCode).Type.(*tg.AuthSentCodeTypeEmailCode).ResetPendingDate == 0 {
		t.Errorf("%+v, error %v", got, err)
	}
	_, err = c.api().AuthResetLoginEmail(t.Context(), reset)
	wantError(t, err, 400, "TASK_ALREADY_EXISTS")
	_, err = signIn(c, testPhone, sent.PhoneCodeHash, "12345") // that is no code from an SMS
	wantError(t, err, 400, "PHONE_CODE_INVALID")
	byEmail := &tg.AuthSignInRequest{PhoneNumber: testPhone, PhoneCodeHash: sent.PhoneCodeHash}
	byEmail.SetEmailVerification(right)
	if _, err := c.api().AuthSignIn(t.Context(), byEmail); err != nil {
		t.Error(err)
	}
}

func TestPasskeyAndWebToken(t *testing.T) {
	s := start(t, Options{})
	s.AddAccount(testPhone, "Ada")
	c := connect(t, s, 1)
	if got, err := c.api().AuthInitPasskeyLogin(t.Context(), &tg.AuthInitPasskeyLoginRequest{APIID: 1, APIHash: "x"}); err != nil || got.Options.Data == "" {
		t.Errorf("%+v, error %v", got, err)
	}
	login := func(handle string) error {
		_, err := c.api().AuthFinishPasskeyLogin(t.Context(), &tg.AuthFinishPasskeyLoginRequest{Credential: &tg.InputPasskeyCredentialPublicKey{
			ID: "1", RawID: "1", Response: &tg.InputPasskeyResponseLogin{UserHandle: handle},
		}})
		return err
	}
	wantError(t, login("nobody"), 400, "PASSKEY_CREDENTIAL_NOT_FOUND")
	if err := login(testPhone); err != nil {
		t.Error(err)
	}
	d := connect(t, s, 1)
	_, err := d.api().AuthImportWebTokenAuthorization(t.Context(), &tg.AuthImportWebTokenAuthorizationRequest{APIID: 1, APIHash: "x", WebAuthToken: "x"})
	wantError(t, err, 400, "AUTH_TOKEN_INVALID")
	if _, err := d.api().AuthImportWebTokenAuthorization(t.Context(), &tg.AuthImportWebTokenAuthorizationRequest{APIID: 1, APIHash: "x", WebAuthToken: testPhone}); err != nil {
		t.Error(err)
	}
}

func TestBan(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	c.logIn(testPhone)
	s.Ban(testPhone)
	_, err := c.api().UpdatesGetState(t.Context())
	wantError(t, err, 401, "USER_DEACTIVATED_BAN")
	_, err = sendCode(c, testPhone)
	wantError(t, err, 400, "PHONE_NUMBER_BANNED")
}

func TestWantEmail(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	if s.WantEmail(testPhone, true) {
		t.Error("there is no such account yet")
	}
	c.logIn(testPhone)
	for _, on := range []bool{true, false} {
		if !s.WantEmail(testPhone, on) {
			t.Fatal("no account")
		}
		got, err := c.api().HelpGetPromoData(t.Context())
		if promo, ok := got.(*tg.HelpPromoData); err != nil || ok != on || on && promo.PendingSuggestions[0] != "SETUP_LOGIN_EMAIL" {
			t.Errorf("%t: %+v, error %v", on, got, err)
		}
	}
}
