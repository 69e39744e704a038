package td

import (
	"context"
	"encoding/base64"
	"strings"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"tdjson/td/convert"
	"tdjson/types"
)

// setAuthenticationPhoneNumber asks the server to send a code to a phone number.
func (c *Client) setAuthenticationPhoneNumber(ctx context.Context, f *types.SetAuthenticationPhoneNumber) (*types.Ok, error) {
	if err := cleanInputs(&f.PhoneNumber); err != nil {
		return nil, err
	}
	switch {
	case !c.auth.mayBegin():
		return nil, unexpected("setAuthenticationPhoneNumber")
	case c.auth.login.byToken:
		return nil, errTokenBegun("set phone number")
	case f.PhoneNumber == "":
		return nil, types.NewError(400, "Phone number must be non-empty")
	}
	request := &tg.AuthSendCodeRequest{
		PhoneNumber: f.PhoneNumber, APIID: int(c.params.APIID), APIHash: c.params.APIHash, Settings: convert.CodeSettings(f.Settings),
	}
	if f.Settings != nil {
		request.Settings.LogoutTokens = logoutTokens(f.Settings.AuthenticationTokens)
	}
	c.auth.login.byQR, c.auth.login.passkey = false, false
	c.auth.login.asked = f.PhoneNumber
	return c.authorization(ctx, func(ctx context.Context) error {
		sent, err := c.api.tg.AuthSendCode(ctx, request)
		if err != nil {
			return err
		}
		c.auth.login.begin()
		return c.onSentCode(ctx, f.PhoneNumber, sent)
	})
}

// maxLogoutTokens is how many tokens the server takes.
const maxLogoutTokens = 20

// logoutTokens are the tokens that earlier log outs left, as the server wants them.
func logoutTokens(texts []string) [][]byte {
	var tokens [][]byte
	for _, t := range texts {
		if b, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(t, "=")); err == nil && len(tokens) < maxLogoutTokens {
			tokens = append(tokens, b)
		}
	}
	return tokens
}

// onSentCode goes on as the server says: with a code that the user was sent, or with something else.
func (c *Client) onSentCode(ctx context.Context, phone string, class tg.AuthSentCodeClass) error {
	l := &c.auth.login
	l.Phone = phone
	switch sent := class.(type) {
	case *tg.AuthSentCodeSuccess:
		return c.authorize(sent.Authorization)
	case *tg.AuthSentCodePaymentRequired:
		l.Hash = sent.PhoneCodeHash
		l.Product, l.Support, l.Subject = sent.StoreProduct, sent.SupportEmailAddress, sent.SupportEmailSubject
		l.Days = int32(max(sent.PremiumDays, 0))
		c.step(stepPurchase)
	case *tg.AuthSentCode:
		l.Hash = sent.PhoneCodeHash
		switch t := sent.Type.(type) {
		case *tg.AuthSentCodeTypeSetUpEmailRequired:
			l.Apple, l.Google = t.AppleSigninAllowed, t.GoogleSigninAllowed
			c.step(stepEmail)
		case *tg.AuthSentCodeTypeEmailCode:
			l.emailCodeSent(t)
			c.step(stepEmailCode)
		default:
			return c.codeSent(sent)
		}
	}
	return nil
}

// codeSent says what kind of code the user should look for.
func (c *Client) codeSent(sent *tg.AuthSentCode) error {
	var b bin.Buffer
	if err := sent.Encode(&b); err != nil {
		return err
	}
	l := &c.auth.login
	l.sent, l.Sent, l.SentAt = sent, b.Buf, time.Now().Unix()
	c.step(stepCode)
	return nil
}

// resendAuthenticationCode asks for the code in the next way that the server offered.
func (c *Client) resendAuthenticationCode(ctx context.Context, f *types.ResendAuthenticationCode) (*types.Ok, error) {
	l := &c.auth.login
	switch wait := c.auth.state.(type) {
	case *types.AuthorizationStateWaitEmailCode:
		return c.sendEmailCode(ctx, l.Email)
	case *types.AuthorizationStateWaitCode:
		if wait.CodeInfo.NextType == nil {
			return nil, types.NewError(400, "Authentication code can't be resend")
		}
	default:
		return nil, unexpected("resendAuthenticationCode")
	}
	request := &tg.AuthResendCodeRequest{PhoneNumber: l.Phone, PhoneCodeHash: l.Hash}
	if why, ok := f.Reason.(*types.ResendCodeReasonVerificationFailed); ok && why.ErrorMessage != "" && cleanInputs(&why.ErrorMessage) == nil {
		request.SetReason(why.ErrorMessage)
	}
	return c.authorization(ctx, func(ctx context.Context) error {
		sent, err := c.api.tg.AuthResendCode(ctx, request)
		if err != nil {
			return err
		}
		return c.onSentCode(ctx, l.Phone, sent)
	})
}

// checkAuthenticationCode logs in with the code that the user got.
func (c *Client) checkAuthenticationCode(ctx context.Context, f *types.CheckAuthenticationCode) (*types.Ok, error) {
	if err := cleanInputs(&f.Code); err != nil {
		return nil, err
	}
	if _, ok := c.auth.state.(*types.AuthorizationStateWaitCode); !ok {
		return nil, unexpected("checkAuthenticationCode")
	}
	request := &tg.AuthSignInRequest{PhoneNumber: c.auth.login.Phone, PhoneCodeHash: c.auth.login.Hash}
	request.SetPhoneCode(f.Code)
	return c.signIn(ctx, request)
}

// signIn logs in with a code.
func (c *Client) signIn(ctx context.Context, request *tg.AuthSignInRequest) (*types.Ok, error) {
	return c.authorization(ctx, func(ctx context.Context) error {
		result, err := c.api.tg.AuthSignIn(ctx, request)
		if err != nil {
			return err
		}
		return c.authorize(result)
	})
}

// registerUser makes an account for the phone number.
func (c *Client) registerUser(ctx context.Context, f *types.RegisterUser) (*types.Ok, error) {
	if err := cleanInputs(&f.FirstName, &f.LastName); err != nil {
		return nil, err
	}
	if _, ok := c.auth.state.(*types.AuthorizationStateWaitRegistration); !ok {
		return nil, unexpected("registerUser")
	}
	return c.authorization(ctx, func(ctx context.Context) error {
		const maxName = 64 // characters
		first := cleanName(f.FirstName, maxName)
		if first == "" {
			return types.NewError(400, "First name must be non-empty")
		}
		result, err := c.api.tg.AuthSignUp(ctx, &tg.AuthSignUpRequest{
			NoJoinedNotifications: f.DisableNotification, PhoneNumber: c.auth.login.Phone, PhoneCodeHash: c.auth.login.Hash,
			FirstName: first, LastName: cleanName(f.LastName, maxName),
		})
		if err != nil {
			return err
		}
		return c.authorize(result)
	})
}

// mustRegister waits for the names of a new user.
func (c *Client) mustRegister(required *tg.AuthAuthorizationSignUpRequired) error {
	l := &c.auth.login
	l.terms, l.Terms = nil, nil
	if terms, ok := required.GetTermsOfService(); ok {
		var b bin.Buffer
		if err := terms.Encode(&b); err != nil {
			return err
		}
		l.terms, l.Terms = &terms, b.Buf
	}
	c.step(stepRegistration)
	return nil
}

// sendAuthenticationFirebaseSms asks for a code by SMS from a mobile phone that has proved what it is.
func (c *Client) sendAuthenticationFirebaseSms(ctx context.Context, f *types.SendAuthenticationFirebaseSms) (*types.Ok, error) {
	if err := cleanInputs(&f.Token); err != nil {
		return nil, err
	}
	if _, ok := c.auth.state.(*types.AuthorizationStateWaitCode); !ok {
		return nil, unexpected("sendAuthenticationFirebaseSms")
	}
	return c.authorization(ctx, func(ctx context.Context) error {
		// The token is for the systems of mobile phones alone.
		_, err := c.api.tg.AuthRequestFirebaseSMS(ctx, &tg.AuthRequestFirebaseSMSRequest{
			PhoneNumber: c.auth.login.Phone, PhoneCodeHash: c.auth.login.Hash,
		})
		return err
	})
}

// reportAuthenticationCodeMissing tells the server that no code came.
func (c *Client) reportAuthenticationCodeMissing(ctx context.Context, f *types.ReportAuthenticationCodeMissing) (*types.Ok, error) {
	if err := cleanInputs(&f.MobileNetworkCode); err != nil {
		return nil, err
	}
	if _, ok := c.auth.state.(*types.AuthorizationStateWaitCode); !ok {
		return nil, unexpected("reportAuthenticationCodeMissing")
	}
	_, err := c.api.tg.AuthReportMissingCode(ctx, &tg.AuthReportMissingCodeRequest{
		PhoneNumber: c.auth.login.Phone, PhoneCodeHash: c.auth.login.Hash, Mnc: f.MobileNetworkCode,
	})
	if err != nil {
		return nil, err
	}
	return &types.Ok{}, nil
}
