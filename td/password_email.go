package td

import (
	"context"
	"errors"

	"github.com/gotd/td/tg"

	"tdjson/types"
)

// getRecoveryEmailAddress answers where a code would be sent if the password was forgotten.
func (c *Client) getRecoveryEmailAddress(ctx context.Context, f *types.GetRecoveryEmailAddress) (*types.RecoveryEmailAddress, error) {
	if err := cleanInputs(&f.Password); err != nil {
		return nil, err
	}
	_, settings, err := c.privateSettings(ctx, f.Password)
	if err != nil {
		return nil, err
	}
	answer := &types.RecoveryEmailAddress{}
	if settings != nil {
		answer.RecoveryEmailAddress = settings.Email
	}
	return answer, nil
}

// setRecoveryEmailAddress gives the password another recovery address, or none.
func (c *Client) setRecoveryEmailAddress(ctx context.Context, f *types.SetRecoveryEmailAddress) (*types.PasswordState, error) {
	if err := cleanInputs(&f.Password, &f.NewRecoveryEmailAddress); err != nil {
		return nil, err
	}
	return c.changePassword(ctx, passwordChange{old: f.Password, email: &f.NewRecoveryEmailAddress})
}

// stateUnless answers with the state of the password, unless err is another error of the server than those named.
func (c *Client) stateUnless(ctx context.Context, err error, but ...string) (*types.PasswordState, error) {
	if err != nil && !isServerError(err, but...) {
		return nil, err
	}
	return c.passwordState(ctx)
}

// isServerError says whether an error is one of the server's with one of the texts.
func isServerError(err error, texts ...string) bool {
	var e *types.Error
	if !errors.As(err, &e) {
		return false
	}
	for _, text := range texts {
		if e.Message == text {
			return true
		}
	}
	return false
}

const emailHashExpired = "EMAIL_HASH_EXPIRED"

// checkRecoveryEmailAddressCode proves the new recovery address with the code that was sent to it. A wrong code is no error: the
// state says that the address still waits.
func (c *Client) checkRecoveryEmailAddressCode(ctx context.Context, f *types.CheckRecoveryEmailAddressCode) (*types.PasswordState, error) {
	if err := cleanInputs(&f.Code); err != nil {
		return nil, err
	}
	_, err := c.api.tg.AccountConfirmPasswordEmail(ctx, f.Code)
	return c.stateUnless(ctx, err, emailHashExpired, "CODE_INVALID")
}

// resendRecoveryEmailAddressCode has the code sent to the new recovery address again.
func (c *Client) resendRecoveryEmailAddressCode(ctx context.Context, _ *types.ResendRecoveryEmailAddressCode) (*types.PasswordState, error) {
	_, err := c.api.tg.AccountResendPasswordEmail(ctx)
	return c.stateUnless(ctx, err, emailHashExpired)
}

// cancelRecoveryEmailAddressVerification leaves the recovery address as it was.
func (c *Client) cancelRecoveryEmailAddressVerification(ctx context.Context, _ *types.CancelRecoveryEmailAddressVerification) (*types.PasswordState, error) {
	_, err := c.api.tg.AccountCancelPasswordEmail(ctx)
	return c.stateUnless(ctx, err, emailHashExpired)
}

// setLoginEmailAddress sends a code to the address that is to get the codes of logins.
func (c *Client) setLoginEmailAddress(ctx context.Context, f *types.SetLoginEmailAddress) (*types.EmailAddressAuthenticationCodeInfo, error) {
	if err := cleanInputs(&f.NewLoginEmailAddress); err != nil {
		return nil, err
	}
	return c.sendLoginEmailCode(ctx, f.NewLoginEmailAddress)
}

func (c *Client) sendLoginEmailCode(ctx context.Context, address string) (*types.EmailAddressAuthenticationCodeInfo, error) {
	c.passwords.loginEmail = address
	sent, err := c.api.tg.AccountSendVerifyEmailCode(ctx, &tg.AccountSendVerifyEmailCodeRequest{
		Purpose: &tg.EmailVerifyPurposeLoginChange{}, Email: address,
	})
	if err != nil {
		return nil, err
	}
	if sent.EmailPattern == "" {
		return nil, types.NewError(500, "Receive invalid response")
	}
	return &types.EmailAddressAuthenticationCodeInfo{EmailAddressPattern: sent.EmailPattern, Length: int32(sent.Length)}, nil
}

var errNoLoginEmail = types.NewError(400, "No login email address code was sent")

// resendLoginEmailAddressCode sends the code of setLoginEmailAddress again.
func (c *Client) resendLoginEmailAddressCode(ctx context.Context, _ *types.ResendLoginEmailAddressCode) (*types.EmailAddressAuthenticationCodeInfo, error) {
	if c.passwords.loginEmail == "" {
		return nil, errNoLoginEmail
	}
	return c.sendLoginEmailCode(ctx, c.passwords.loginEmail)
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
	_, err := c.api.tg.AccountVerifyEmail(ctx, &tg.AccountVerifyEmailRequest{Purpose: &tg.EmailVerifyPurposeLoginChange{}, Verification: proof})
	if err != nil {
		return nil, err
	}
	return &types.Ok{}, nil
}
