package td

import (
	"context"
	"errors"

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
