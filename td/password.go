package td

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strconv"
	"strings"

	"github.com/gotd/td/crypto"
	"github.com/gotd/td/crypto/srp"
	"github.com/gotd/td/tg"

	"tdjson/td/convert"
	"tdjson/types"
)

// passwords is what is remembered of the account's password: never the password itself.
type passwords struct {
	codeLength    int32  // of the code that was sent last to a recovery address
	loginEmail    string // the address that setLoginEmailAddress was given last
	passportEmail string // the address that sendEmailAddressVerificationCode was given last
	temporary     temporaryPassword
	creating      bool // a temporary password is being made
}

var errPasswordUpdate = types.NewError(400, "Please update client to continue")

// askPasswordState asks the server for the state of the password, and for a question by which it can be proved.
func (c *Client) askPasswordState(ctx context.Context) (*tg.AccountPassword, error) {
	p, err := c.api.tg.AccountGetPassword(ctx)
	if err != nil {
		return nil, err
	}
	switch p.CurrentAlgo.(type) {
	case nil, *kdf:
	default:
		return nil, errPasswordUpdate
	}
	if _, ok := p.NewAlgo.(*kdf); !ok {
		return nil, errPasswordUpdate
	}
	return p, nil
}

// passwordState is TDLib's object for the state of the password as it is now.
func (c *Client) passwordState(ctx context.Context) (*types.PasswordState, error) {
	length := c.passwords.codeLength
	p, err := c.askPasswordState(ctx)
	if err != nil {
		return nil, err
	}
	return convert.PasswordState(p, length), nil
}

// answerQuestion proves to the server that the user knows the password, without telling it. What is no password is proved by nothing.
func (c *Client) answerQuestion(p *tg.AccountPassword, password string) (tg.InputCheckPasswordSRPClass, error) {
	algorithm, ok := p.CurrentAlgo.(*kdf)
	if password == "" || !ok {
		return &tg.InputCheckPasswordEmpty{}, nil
	}
	random := make([]byte, 256)
	if _, err := rand.Read(random); err != nil {
		return nil, err
	}
	var answer srp.Answer
	var err error
	c.await(func() { // hashes a hundred thousand times
		answer, err = srp.NewSRP(crypto.DefaultRand()).Hash([]byte(password), p.SRPB, random, srp.Input(*algorithm))
	})
	if err != nil {
		return nil, fmt.Errorf("the password can't be proved: %w", err)
	}
	return &tg.InputCheckPasswordSRP{SRPID: p.SRPID, A: answer.A, M1: answer.M1}, nil
}

// setNewPassword puts into settings what the server keeps of a new password; an empty one takes the password away.
func (c *Client) setNewPassword(settings *tg.AccountPasswordInputSettings, p *tg.AccountPassword, password, hint string) error {
	if password == "" {
		settings.SetNewAlgo(&tg.PasswordKdfAlgoUnknown{})
		settings.SetNewPasswordHash([]byte{})
		settings.SetHint("")
		return nil
	}
	algorithm, ok := p.NewAlgo.(*kdf)
	if !ok {
		return errPasswordUpdate
	}
	var hash, salt []byte
	var err error
	c.await(func() {
		hash, salt, err = srp.NewSRP(crypto.DefaultRand()).NewHash([]byte(password), srp.Input(*algorithm))
	})
	if err != nil {
		return types.NewError(400, "Unable to change password, because it may be unsafe")
	}
	salted := *algorithm
	salted.Salt1 = salt
	settings.SetNewAlgo(&salted)
	settings.SetNewPasswordHash(hash)
	settings.SetHint(hint)
	return nil
}

// getPasswordState answers how the account is protected.
func (c *Client) getPasswordState(ctx context.Context, _ *types.GetPasswordState) (*types.PasswordState, error) {
	return c.passwordState(ctx)
}

// setPassword gives the account another password, or none, and maybe another recovery address.
func (c *Client) setPassword(ctx context.Context, f *types.SetPassword) (*types.PasswordState, error) {
	if err := cleanInputs(&f.OldPassword, &f.NewPassword, &f.NewHint, &f.NewRecoveryEmailAddress); err != nil {
		return nil, err
	}
	change := passwordChange{old: f.OldPassword, password: &f.NewPassword, hint: f.NewHint}
	if f.SetRecoveryEmailAddress {
		change.email = &f.NewRecoveryEmailAddress
	}
	return c.changePassword(ctx, change)
}

// passwordChange is what is to be changed; nil stays.
type passwordChange struct {
	old      string
	password *string
	hint     string
	email    *string // for the recovery
}

// changePassword changes the password, or its recovery address, of who knows it.
func (c *Client) changePassword(ctx context.Context, change passwordChange) (*types.PasswordState, error) {
	p, settings, err := c.privateSettings(ctx, change.old)
	if err != nil {
		return nil, err
	}
	if settings != nil { // its question was used up
		if p, err = c.askPasswordState(ctx); err != nil {
			return nil, err
		}
	}
	var request tg.AccountUpdatePasswordSettingsRequest
	if change.password != nil {
		if err := c.setNewPassword(&request.NewSettings, p, *change.password, change.hint); err != nil {
			return nil, err
		}
		if err := c.keepPassport(&request.NewSettings, p, settings, change.old, *change.password); err != nil {
			return nil, err
		}
	}
	if change.email != nil {
		request.NewSettings.SetEmail(*change.email)
	}
	if request.Password, err = c.answerQuestion(p, change.old); err != nil {
		return nil, err
	}
	done, err := c.api.tg.AccountUpdatePasswordSettings(ctx, &request)
	if err != nil {
		if !c.emailUnconfirmed(err) {
			return nil, err
		}
	} else if !done {
		return nil, types.NewError(400, "account_updatePasswordSettings returned false")
	}
	return c.passwordState(ctx)
}

// privateSettings are what only who knows the password may see; nil if there is no password.
func (c *Client) privateSettings(ctx context.Context, password string) (*tg.AccountPassword, *tg.AccountPasswordSettings, error) {
	p, err := c.askPasswordState(ctx)
	if err != nil || p.CurrentAlgo == nil {
		return p, nil, err
	}
	proof, err := c.answerQuestion(p, password)
	if err != nil {
		return nil, nil, err
	}
	settings, err := c.api.tg.AccountGetPasswordSettings(ctx, proof)
	return p, settings, err
}

// emailUnconfirmed says whether the server only waits for the code that it has sent to a new recovery address.
func (c *Client) emailUnconfirmed(err error) bool {
	const unconfirmed = "EMAIL_UNCONFIRMED"
	var e *types.Error
	if !errors.As(err, &e) || e.Code != 400 || !strings.HasPrefix(e.Message, unconfirmed) {
		return false
	}
	if n, err := strconv.Atoi(strings.TrimPrefix(e.Message, unconfirmed+"_")); err == nil && 0 < n && n <= 100 {
		c.passwords.codeLength = int32(n)
	}
	return true
}
