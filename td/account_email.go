package td

import (
	"context"
	"slices"

	"github.com/gotd/td/tg"

	"tdjson/types"
)

// sendAddressCode sends a code to an address of which the user has to prove that it is theirs.
func (c *Client) sendAddressCode(ctx context.Context, why tg.EmailVerifyPurposeClass, address string) (*types.EmailAddressAuthenticationCodeInfo, error) {
	sent, err := c.api.tg.AccountSendVerifyEmailCode(ctx, &tg.AccountSendVerifyEmailCodeRequest{Purpose: why, Email: address})
	if err != nil {
		return nil, err
	}
	if sent.EmailPattern == "" {
		return nil, types.NewError(500, "Receive invalid response")
	}
	return &types.EmailAddressAuthenticationCodeInfo{EmailAddressPattern: sent.EmailPattern, Length: int32(sent.Length)}, nil
}

// proveAddress proves an address with the code that was sent to it, or with what stands for it.
func (c *Client) proveAddress(ctx context.Context, why tg.EmailVerifyPurposeClass, proof tg.EmailVerificationClass) (*types.Ok, error) {
	if _, err := c.api.tg.AccountVerifyEmail(ctx, &tg.AccountVerifyEmailRequest{Purpose: why, Verification: proof}); err != nil {
		return nil, err
	}
	return &types.Ok{}, nil
}

// isLoginEmailAddressRequired answers ok if the server wants the account to have an address for the codes of logins.
func (c *Client) isLoginEmailAddressRequired(ctx context.Context, _ *types.IsLoginEmailAddressRequired) (*types.Ok, error) {
	answer, err := c.api.tg.HelpGetPromoData(ctx)
	if err != nil {
		return nil, err
	}
	if promo, ok := answer.(*tg.HelpPromoData); ok {
		wanted := func(s string) bool { return s == "SETUP_LOGIN_EMAIL" || s == "SETUP_LOGIN_EMAIL_NOSKIP" }
		if slices.ContainsFunc(promo.PendingSuggestions, wanted) {
			return &types.Ok{}, nil
		}
	}
	return nil, types.NewError(404, "Not Found")
}

// setLoginEmailAddress sends a code to the address that is to get the codes of logins.
func (c *Client) setLoginEmailAddress(ctx context.Context, f *types.SetLoginEmailAddress) (*types.EmailAddressAuthenticationCodeInfo, error) {
	if err := cleanInputs(&f.NewLoginEmailAddress); err != nil {
		return nil, err
	}
	c.passwords.loginEmail = f.NewLoginEmailAddress
	return c.sendAddressCode(ctx, &tg.EmailVerifyPurposeLoginChange{}, f.NewLoginEmailAddress)
}

var errNoLoginEmail = types.NewError(400, "No login email address code was sent")

// resendLoginEmailAddressCode sends the code of setLoginEmailAddress again.
func (c *Client) resendLoginEmailAddressCode(ctx context.Context, _ *types.ResendLoginEmailAddressCode) (*types.EmailAddressAuthenticationCodeInfo, error) {
	if c.passwords.loginEmail == "" {
		return nil, errNoLoginEmail
	}
	return c.sendAddressCode(ctx, &tg.EmailVerifyPurposeLoginChange{}, c.passwords.loginEmail)
}

// checkLoginEmailAddressCode proves the address of setLoginEmailAddress.
func (c *Client) checkLoginEmailAddressCode(ctx context.Context, f *types.CheckLoginEmailAddressCode) (*types.Ok, error) {
	if c.passwords.loginEmail == "" {
		return nil, errNoLoginEmail
	}
	proof := emailVerification(f.Code)
	if proof == nil {
		return nil, types.NewError(400, "Verification code must be non-empty")
	}
	return c.proveAddress(ctx, &tg.EmailVerifyPurposeLoginChange{}, proof)
}

// sendEmailAddressVerificationCode sends a code to an address that is to stand in the passport.
func (c *Client) sendEmailAddressVerificationCode(ctx context.Context, f *types.SendEmailAddressVerificationCode) (*types.EmailAddressAuthenticationCodeInfo, error) {
	if err := cleanInputs(&f.EmailAddress); err != nil {
		return nil, err
	}
	c.passwords.passportEmail = f.EmailAddress
	return c.sendAddressCode(ctx, &tg.EmailVerifyPurposePassport{}, f.EmailAddress)
}

var errNoPassportEmail = types.NewError(400, "No email address verification was sent")

// resendEmailAddressVerificationCode sends the code of sendEmailAddressVerificationCode again.
func (c *Client) resendEmailAddressVerificationCode(ctx context.Context, _ *types.ResendEmailAddressVerificationCode) (*types.EmailAddressAuthenticationCodeInfo, error) {
	if c.passwords.passportEmail == "" {
		return nil, errNoPassportEmail
	}
	return c.sendAddressCode(ctx, &tg.EmailVerifyPurposePassport{}, c.passwords.passportEmail)
}

// checkEmailAddressVerificationCode proves the address of sendEmailAddressVerificationCode.
func (c *Client) checkEmailAddressVerificationCode(ctx context.Context, f *types.CheckEmailAddressVerificationCode) (*types.Ok, error) {
	if err := cleanInputs(&f.Code); err != nil {
		return nil, err
	}
	if c.passwords.passportEmail == "" {
		return nil, errNoPassportEmail
	}
	return c.proveAddress(ctx, &tg.EmailVerifyPurposePassport{}, &tg.EmailVerificationCode{Code: f.Code})
}
