package td

import (
	"context"

	"github.com/gotd/td/tg"

	"tdjson/types"
)

// requestPasswordRecovery has a code sent to the recovery address.
func (c *Client) requestPasswordRecovery(ctx context.Context, _ *types.RequestPasswordRecovery) (*types.EmailAddressAuthenticationCodeInfo, error) {
	sent, err := c.api.tg.AuthRequestPasswordRecovery(ctx)
	if err != nil {
		return nil, err
	}
	if sent.EmailPattern == "" {
		return nil, types.NewError(500, "Receive invalid response")
	}
	return &types.EmailAddressAuthenticationCodeInfo{EmailAddressPattern: sent.EmailPattern}, nil
}

// checkPasswordRecoveryCode says whether the code that was sent to the recovery address is right.
func (c *Client) checkPasswordRecoveryCode(ctx context.Context, f *types.CheckPasswordRecoveryCode) (*types.Ok, error) {
	if err := cleanInputs(&f.RecoveryCode); err != nil {
		return nil, err
	}
	right, err := c.api.tg.AuthCheckRecoveryPassword(ctx, f.RecoveryCode)
	if err != nil {
		return nil, err
	}
	if !right {
		return nil, types.NewError(400, "Invalid recovery code")
	}
	return &types.Ok{}, nil
}

// recoverPassword gives the account another password, or none, with a code that was sent to the recovery address.
func (c *Client) recoverPassword(ctx context.Context, f *types.RecoverPassword) (*types.PasswordState, error) {
	if err := cleanInputs(&f.RecoveryCode, &f.NewPassword, &f.NewHint); err != nil {
		return nil, err
	}
	request := &tg.AuthRecoverPasswordRequest{Code: f.RecoveryCode}
	if f.NewPassword != "" {
		p, err := c.askPasswordState(ctx)
		if err != nil {
			return nil, err
		}
		var settings tg.AccountPasswordInputSettings
		if err := c.setNewPassword(&settings, p, f.NewPassword, f.NewHint); err != nil {
			return nil, err
		}
		request.SetNewSettings(settings)
	}
	if _, err := c.api.tg.AuthRecoverPassword(ctx, request); err != nil {
		return nil, err
	}
	return c.passwordState(ctx)
}

// resetPassword takes the password away without knowing it, which takes days.
func (c *Client) resetPassword(ctx context.Context, _ *types.ResetPassword) (types.ResetPasswordResult, error) {
	result, err := c.api.tg.AccountResetPassword(ctx)
	if err != nil {
		return nil, err
	}
	switch r := result.(type) {
	case *tg.AccountResetPasswordRequestedWait:
		return &types.ResetPasswordResultPending{PendingResetDate: int32(r.UntilDate)}, nil
	case *tg.AccountResetPasswordFailedWait:
		return &types.ResetPasswordResultDeclined{RetryDate: int32(r.RetryDate)}, nil
	}
	return &types.ResetPasswordResultOk{}, nil
}

// cancelPasswordReset takes back resetPassword. That there is none to take back is no error.
func (c *Client) cancelPasswordReset(ctx context.Context, _ *types.CancelPasswordReset) (*types.Ok, error) {
	_, err := c.api.tg.AccountDeclinePasswordReset(ctx)
	if err != nil && !isServerError(err, "RESET_REQUEST_MISSING") {
		return nil, err
	}
	return &types.Ok{}, nil
}
