package td

import (
	"context"

	"github.com/gotd/td/tg"

	"tdjson/types"
)

// emailCodeSent takes over what the server says of a code that it has sent to the account's e-mail address.
func (l *login) emailCodeSent(t *tg.AuthSentCodeTypeEmailCode) {
	l.Apple, l.Google = t.AppleSigninAllowed, t.GoogleSigninAllowed
	l.Email = ""
	if t.EmailPattern != "" || l.EmailPattern == "" {
		l.EmailPattern, l.EmailLength = t.EmailPattern, int32(t.Length)
	}
	if l.EmailPattern == "" {
		l.EmailPattern = "<unknown>"
	}
	l.ResetPeriod, l.ResetDate = 0, 0
	if t.ResetPendingDate > 0 {
		l.ResetDate = int32(t.ResetPendingDate)
	} else if t.ResetAvailablePeriod > 0 {
		l.ResetPeriod = int32(t.ResetAvailablePeriod)
	}
}

func (l *login) emailState(c *Client) *types.AuthorizationStateWaitEmailCode {
	state := &types.AuthorizationStateWaitEmailCode{
		AllowAppleID: l.Apple, AllowGoogleID: l.Google,
		CodeInfo: &types.EmailAddressAuthenticationCodeInfo{EmailAddressPattern: l.EmailPattern, Length: l.EmailLength},
	}
	switch {
	case l.ResetDate > 0:
		state.EmailAddressResetState = &types.EmailAddressResetStatePending{ResetIn: max(l.ResetDate-int32(c.net.now().Unix()), 0)}
	case l.ResetPeriod > 0:
		state.EmailAddressResetState = &types.EmailAddressResetStateAvailable{WaitPeriod: l.ResetPeriod}
	}
	return state
}

// setAuthenticationEmailAddress gives the account an e-mail address, to which a code is sent.
func (c *Client) setAuthenticationEmailAddress(ctx context.Context, f *types.SetAuthenticationEmailAddress) (*types.Ok, error) {
	if err := cleanInputs(&f.EmailAddress); err != nil {
		return nil, err
	}
	switch c.auth.state.(type) {
	case *types.AuthorizationStateWaitEmailAddress:
	case *types.AuthorizationStateWaitEmailCode:
		if c.auth.login.pending != 0 {
			return nil, unexpected("setAuthenticationEmailAddress")
		}
	default:
		return nil, unexpected("setAuthenticationEmailAddress")
	}
	if f.EmailAddress == "" {
		return nil, types.NewError(400, "Email address must be non-empty")
	}
	return c.sendEmailCode(ctx, f.EmailAddress)
}

// sendEmailCode asks the server to send a code to an e-mail address.
func (c *Client) sendEmailCode(ctx context.Context, address string) (*types.Ok, error) {
	l := &c.auth.login
	l.Email = address
	return c.authorization(ctx, func(ctx context.Context) error {
		sent, err := c.api.tg.AccountSendVerifyEmailCode(ctx, &tg.AccountSendVerifyEmailCodeRequest{Purpose: l.emailPurpose(), Email: address})
		if err != nil {
			return err
		}
		if sent.EmailPattern == "" {
			return types.NewError(500, "Receive invalid response")
		}
		l.EmailPattern, l.EmailLength = sent.EmailPattern, int32(sent.Length)
		c.step(stepEmailCode)
		return nil
	})
}

func (l *login) emailPurpose() tg.EmailVerifyPurposeClass {
	return &tg.EmailVerifyPurposeLoginSetup{PhoneNumber: l.Phone, PhoneCodeHash: l.Hash}
}

// emailVerification is what the user proves an e-mail address with; nil when it is nothing.
func emailVerification(code types.EmailAddressAuthentication) tg.EmailVerificationClass {
	switch code := code.(type) {
	case *types.EmailAddressAuthenticationCode:
		if cleanInputs(&code.Code) == nil {
			return &tg.EmailVerificationCode{Code: code.Code}
		}
	case *types.EmailAddressAuthenticationAppleId:
		if cleanInputs(&code.Token) == nil {
			return &tg.EmailVerificationApple{Token: code.Token}
		}
	case *types.EmailAddressAuthenticationGoogleId:
		if cleanInputs(&code.Token) == nil {
			return &tg.EmailVerificationGoogle{Token: code.Token}
		}
	}
	return nil
}

// checkAuthenticationEmailCode logs in with a code that came by e-mail, or goes on after a new address was proved.
func (c *Client) checkAuthenticationEmailCode(ctx context.Context, f *types.CheckAuthenticationEmailCode) (*types.Ok, error) {
	proof := emailVerification(f.Code)
	if proof == nil {
		return nil, types.NewError(400, "Code must be non-empty")
	}
	_, isCode := proof.(*tg.EmailVerificationCode)
	switch c.auth.state.(type) {
	case *types.AuthorizationStateWaitEmailCode:
	case *types.AuthorizationStateWaitEmailAddress:
		if !isCode {
			return nil, unexpected("checkAuthenticationEmailCode")
		}
	default:
		return nil, unexpected("checkAuthenticationEmailCode")
	}
	l := &c.auth.login
	if l.Email == "" {
		request := &tg.AuthSignInRequest{PhoneNumber: l.Phone, PhoneCodeHash: l.Hash}
		request.SetEmailVerification(proof)
		return c.signIn(ctx, request)
	}
	return c.authorization(ctx, func(ctx context.Context) error {
		result, err := c.api.tg.AccountVerifyEmail(ctx, &tg.AccountVerifyEmailRequest{Purpose: l.emailPurpose(), Verification: proof})
		if err != nil {
			return err
		}
		verified, ok := result.(*tg.AccountEmailVerifiedLogin)
		if !ok {
			return types.NewError(500, "Receive invalid response")
		}
		l.ResetPeriod, l.ResetDate = 0, 0
		return c.onSentCode(ctx, l.Phone, verified.SentCode)
	})
}

// resetAuthenticationEmailAddress asks for a login without the e-mail address, which may take days.
func (c *Client) resetAuthenticationEmailAddress(ctx context.Context, _ *types.ResetAuthenticationEmailAddress) (*types.Ok, error) {
	if _, ok := c.auth.state.(*types.AuthorizationStateWaitEmailCode); !ok {
		return nil, unexpected("resetAuthenticationEmailAddress")
	}
	l := &c.auth.login
	return c.authorization(ctx, func(ctx context.Context) error {
		sent, err := c.api.tg.AuthResetLoginEmail(ctx, &tg.AuthResetLoginEmailRequest{PhoneNumber: l.Phone, PhoneCodeHash: l.Hash})
		if err != nil {
			return err
		}
		return c.onSentCode(ctx, l.Phone, sent)
	})
}
