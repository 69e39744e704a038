package testdc

import (
	"context"

	"github.com/gotd/td/tg"
)

// registerOtherLogins registers the logins by passkey and by a token of Telegram's site, and what is to be bought before a code comes.
func (s *Server) registerOtherLogins(d *tg.ServerDispatcher) {
	d.OnAuthInitPasskeyLogin(s.authInitPasskeyLogin)
	d.OnAuthFinishPasskeyLogin(s.authFinishPasskeyLogin)
	d.OnAuthImportWebTokenAuthorization(s.authImportWebTokenAuthorization)
	d.OnPaymentsCanPurchaseStore(s.paymentsCanPurchaseStore)
	d.OnPaymentsAssignAppStoreTransaction(func(ctx context.Context, req *tg.PaymentsAssignAppStoreTransactionRequest) (tg.UpdatesClass, error) {
		return s.paidForCode(callOf(ctx), req.Purpose, len(req.Receipt) > 0)
	})
	d.OnPaymentsAssignPlayMarketTransaction(func(ctx context.Context, req *tg.PaymentsAssignPlayMarketTransactionRequest) (tg.UpdatesClass, error) {
		return s.paidForCode(callOf(ctx), req.Purpose, req.Receipt.Data != "")
	})
}

func (s *Server) authInitPasskeyLogin(_ context.Context, req *tg.AuthInitPasskeyLoginRequest) (*tg.AuthPasskeyLoginOptions, error) {
	if req.APIID <= 0 || req.APIHash == "" {
		return nil, rpcError(400, "API_ID_INVALID")
	}
	return &tg.AuthPasskeyLoginOptions{Options: tg.DataJSON{Data: `{"publicKey":{"challenge":"AAECAw","rpId":"telegram.org"}}`}}, nil
}

// authFinishPasskeyLogin logs in the account whose phone number is the user handle: no signature is checked here.
func (s *Server) authFinishPasskeyLogin(ctx context.Context, req *tg.AuthFinishPasskeyLoginRequest) (tg.AuthAuthorizationClass, error) {
	c := callOf(ctx)
	credential, ok := req.Credential.(*tg.InputPasskeyCredentialPublicKey)
	if !ok {
		return nil, rpcError(400, "PASSKEY_CREDENTIAL_NOT_FOUND")
	}
	response, ok := credential.Response.(*tg.InputPasskeyResponseLogin)
	if !ok {
		return nil, rpcError(400, "PASSKEY_CREDENTIAL_NOT_FOUND")
	}
	a := s.accounts[normalPhone(response.UserHandle)]
	switch {
	case a == nil:
		return nil, rpcError(400, "PASSKEY_CREDENTIAL_NOT_FOUND")
	case a.dc != c.key.dc:
		return nil, rpcError(303, "USER_MIGRATE_"+string(rune('0'+a.dc)))
	}
	return s.logInOrAsk(c, a)
}

// authImportWebTokenAuthorization logs in the account whose phone number is the token.
func (s *Server) authImportWebTokenAuthorization(ctx context.Context, req *tg.AuthImportWebTokenAuthorizationRequest) (tg.AuthAuthorizationClass, error) {
	c := callOf(ctx)
	a := s.accounts[normalPhone(req.WebAuthToken)]
	if a == nil || a.dc != c.key.dc {
		return nil, rpcError(400, "AUTH_TOKEN_INVALID")
	}
	return s.logInOrAsk(c, a)
}

// toPay finds the login for which something is bought.
func (s *Server) toPay(c *call, purpose tg.InputStorePaymentPurposeClass) (*sentCode, string, error) {
	p, ok := purpose.(*tg.InputStorePaymentAuthCode)
	if !ok {
		return nil, "", rpcError(400, "PAYMENT_UNSUPPORTED")
	}
	k, err := s.begun(c, p.PhoneNumber, p.PhoneCodeHash)
	if err == nil && k.current().Type != "payment" {
		err = rpcError(400, "PAYMENT_UNSUPPORTED")
	}
	return k, p.PhoneCodeHash, err
}

// paymentsCanPurchaseStore takes only what was asked for: an amount of 100.
func (s *Server) paymentsCanPurchaseStore(ctx context.Context, purpose tg.InputStorePaymentPurposeClass) (bool, error) {
	_, _, err := s.toPay(callOf(ctx), purpose)
	if err != nil {
		return false, err
	}
	return purpose.(*tg.InputStorePaymentAuthCode).Amount == 100, nil
}

// paidForCode sends the code that was paid for.
func (s *Server) paidForCode(c *call, purpose tg.InputStorePaymentPurposeClass, receipt bool) (tg.UpdatesClass, error) {
	k, hash, err := s.toPay(c, purpose)
	switch {
	case err != nil:
		return nil, err
	case !receipt || !k.goesOn():
		return nil, rpcError(400, "RECEIPT_INVALID")
	}
	k.sentAs++
	return &tg.UpdateShort{Update: &tg.UpdateSentPhoneCode{SentCode: s.sent(k, hash)}, Date: s.unix()}, nil
}
