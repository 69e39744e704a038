package td

import (
	"context"

	"github.com/gotd/td/tg"

	"tdjson/types"
)

// askPassword waits for the account's password, which the server wants besides what was given.
func (c *Client) askPassword(ctx context.Context) error {
	p, err := c.api.tg.AccountGetPassword(ctx)
	if err != nil {
		return err
	}
	if _, err := passwordAlgorithm(p); err != nil {
		return err
	}
	l := &c.auth.login
	l.Hint, l.Recovery, l.Passport, l.RecoverTo = p.Hint, p.HasRecovery, p.HasSecureValues, ""
	c.step(stepPassword)
	return nil
}

type kdf = tg.PasswordKdfAlgoSHA256SHA256PBKDF2HMACSHA512iter100000SHA256ModPow

// passwordAlgorithm is how the password is to be proved.
func passwordAlgorithm(p *tg.AccountPassword) (*kdf, error) {
	switch a := p.CurrentAlgo.(type) {
	case *kdf:
		return a, nil
	case nil:
		return nil, types.NewError(400, "The account has no password anymore")
	}
	return nil, types.NewError(400, "Application update is needed to log in")
}

// checkAuthenticationPassword logs in with the account's password.
func (c *Client) checkAuthenticationPassword(ctx context.Context, f *types.CheckAuthenticationPassword) (*types.Ok, error) {
	if err := cleanInputs(&f.Password); err != nil {
		return nil, err
	}
	if _, ok := c.auth.state.(*types.AuthorizationStateWaitPassword); !ok {
		return nil, unexpected("checkAuthenticationPassword")
	}
	return c.authorization(ctx, func(ctx context.Context) error {
		proof, err := c.provePassword(ctx, f.Password)
		if err != nil {
			return err
		}
		result, err := c.api.tg.AuthCheckPassword(ctx, proof)
		if err != nil {
			return err
		}
		return c.authorize(result)
	})
}

// provePassword proves to the server that the user knows the password, without telling it.
func (c *Client) provePassword(ctx context.Context, password string) (tg.InputCheckPasswordSRPClass, error) {
	p, err := c.api.tg.AccountGetPassword(ctx)
	if err != nil {
		return nil, err
	}
	if _, err := passwordAlgorithm(p); err != nil {
		return nil, err
	}
	return c.answerQuestion(p, password)
}

// requestAuthenticationPasswordRecovery asks the server to send a code for who has forgotten the password.
func (c *Client) requestAuthenticationPasswordRecovery(ctx context.Context, _ *types.RequestAuthenticationPasswordRecovery) (*types.Ok, error) {
	if _, ok := c.auth.state.(*types.AuthorizationStateWaitPassword); !ok {
		return nil, unexpected("requestAuthenticationPasswordRecovery")
	}
	return c.authorization(ctx, func(ctx context.Context) error {
		sent, err := c.api.tg.AuthRequestPasswordRecovery(ctx)
		if err != nil {
			return err
		}
		c.auth.login.RecoverTo = sent.EmailPattern
		c.step(stepPassword)
		return nil
	})
}

// checkAuthenticationPasswordRecoveryCode says whether a code that was sent for the recovery is right.
func (c *Client) checkAuthenticationPasswordRecoveryCode(ctx context.Context, f *types.CheckAuthenticationPasswordRecoveryCode) (*types.Ok, error) {
	if err := cleanInputs(&f.RecoveryCode); err != nil {
		return nil, err
	}
	if _, ok := c.auth.state.(*types.AuthorizationStateWaitPassword); !ok {
		return nil, unexpected("checkAuthenticationPasswordRecoveryCode")
	}
	return c.authorization(ctx, func(ctx context.Context) error {
		right, err := c.api.tg.AuthCheckRecoveryPassword(ctx, f.RecoveryCode)
		if err != nil {
			return err
		}
		if !right {
			return types.NewError(400, "Invalid recovery code")
		}
		return nil
	})
}

// recoverAuthenticationPassword logs in with a code that was sent for the recovery, and gives the account another password or none.
func (c *Client) recoverAuthenticationPassword(ctx context.Context, f *types.RecoverAuthenticationPassword) (*types.Ok, error) {
	if err := cleanInputs(&f.RecoveryCode, &f.NewPassword, &f.NewHint); err != nil {
		return nil, err
	}
	if _, ok := c.auth.state.(*types.AuthorizationStateWaitPassword); !ok {
		return nil, unexpected("recoverAuthenticationPassword")
	}
	return c.authorization(ctx, func(ctx context.Context) error {
		request := &tg.AuthRecoverPasswordRequest{Code: f.RecoveryCode}
		if f.NewPassword != "" {
			p, err := c.askPasswordState(ctx)
			if err != nil {
				return err
			}
			var settings tg.AccountPasswordInputSettings
			if err := c.setNewPassword(&settings, p, f.NewPassword, f.NewHint); err != nil {
				return err
			}
			request.SetNewSettings(settings)
		}
		result, err := c.api.tg.AuthRecoverPassword(ctx, request)
		if err != nil {
			return err
		}
		return c.authorize(result)
	})
}
