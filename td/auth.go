package td

import (
	"context"
	"encoding/base64"
	"errors"
	"strings"

	"github.com/gotd/td/tg"

	"tdjson/storage"
	"tdjson/td/convert"
	"tdjson/types"
)

// auth is how far the client is with its login.
type auth struct {
	state types.AuthorizationState
	bot   bool
	myID  int64

	cancel context.CancelCauseFunc // of the authorization query that is under way
	phone  string
	hash   string // of the code that was sent

	leaving string // how far a log out of the last run was: see leave
}

// errAnotherQuery ends an authorization query when the program starts another one.
var errAnotherQuery = types.NewError(400, "Another authorization query has started")

// set changes the state and tells of it.
func (a *auth) set(c *Client, state types.AuthorizationState) {
	a.state = state
	c.update(&types.UpdateAuthorizationState{AuthorizationState: state})
}

func (a *auth) ready() bool {
	_, ok := a.state.(*types.AuthorizationStateReady)
	return ok
}

// open takes over the login of the last run.
func (a *auth) open(c *Client, l *loaded) {
	u := l.session.User
	switch {
	case string(l.values["auth"]) != "":
		a.leaving = string(l.values["auth"])
		a.set(c, &types.AuthorizationStateLoggingOut{})
	case u != nil:
		a.myID, a.bot = u.ID, u.Bot
		a.set(c, &types.AuthorizationStateReady{})
	default:
		a.set(c, &types.AuthorizationStateWaitPhoneNumber{})
	}
}

// query begins an authorization query; the one before it is answered with an error.
func (a *auth) query(ctx context.Context) context.Context {
	a.abort()
	ctx, a.cancel = context.WithCancelCause(ctx)
	return ctx
}

func (a *auth) abort() {
	if a.cancel != nil {
		a.cancel(errAnotherQuery)
		a.cancel = nil
	}
}

// failed is the error of an authorization query.
func (a *auth) failed(ctx context.Context, err error) error {
	if cause := context.Cause(ctx); errors.Is(cause, errAnotherQuery) {
		return cause
	}
	return err
}

func unexpected(function string) error {
	return types.NewError(400, "Call to "+function+" unexpected")
}

// getAuthorizationState answers how far the login is.
func (c *Client) getAuthorizationState(context.Context, *types.GetAuthorizationState) (types.AuthorizationState, error) {
	return c.auth.state, nil
}

// setAuthenticationPhoneNumber asks the server to send a code to a phone number.
func (c *Client) setAuthenticationPhoneNumber(ctx context.Context, f *types.SetAuthenticationPhoneNumber) (*types.Ok, error) {
	switch c.auth.state.(type) {
	case *types.AuthorizationStateWaitPhoneNumber, *types.AuthorizationStateWaitCode, *types.AuthorizationStateWaitPassword, *types.AuthorizationStateWaitRegistration:
	default:
		return nil, unexpected("setAuthenticationPhoneNumber")
	}
	phone := strings.TrimSpace(f.PhoneNumber)
	if phone == "" {
		return nil, types.NewError(400, "Phone number must be non-empty")
	}
	request := &tg.AuthSendCodeRequest{PhoneNumber: phone, APIID: int(c.params.APIID), APIHash: c.params.APIHash, Settings: convert.CodeSettings(f.Settings)}
	if f.Settings != nil {
		request.Settings.LogoutTokens = logoutTokens(f.Settings.AuthenticationTokens)
	}
	ctx = c.auth.query(ctx)
	sent, err := c.api.tg.AuthSendCode(ctx, request)
	if err != nil {
		return nil, c.auth.failed(ctx, err)
	}
	switch sent := sent.(type) {
	case *tg.AuthSentCode:
		return &types.Ok{}, c.codeSent(phone, sent)
	case *tg.AuthSentCodeSuccess:
		return &types.Ok{}, c.authorize(ctx, sent.Authorization)
	}
	return nil, notImplemented("this kind of login")
}

// logoutTokens are the tokens that earlier log outs left, as the server wants them.
func logoutTokens(texts []string) [][]byte {
	var tokens [][]byte
	for _, t := range texts {
		if b, err := base64.RawURLEncoding.DecodeString(strings.TrimRight(t, "=")); err == nil && len(b) > 0 {
			tokens = append(tokens, b)
		}
	}
	return tokens
}

// codeSent says what kind of code the user should look for.
func (c *Client) codeSent(phone string, sent *tg.AuthSentCode) error {
	switch sent.Type.(type) {
	case *tg.AuthSentCodeTypeEmailCode, *tg.AuthSentCodeTypeSetUpEmailRequired:
		return notImplemented("login by e-mail")
	}
	c.auth.phone, c.auth.hash = phone, sent.PhoneCodeHash
	c.auth.set(c, &types.AuthorizationStateWaitCode{CodeInfo: convert.CodeInfo(phone, sent)})
	return nil
}

// resendAuthenticationCode asks for the code in the next way that the server offered.
func (c *Client) resendAuthenticationCode(ctx context.Context, f *types.ResendAuthenticationCode) (*types.Ok, error) {
	wait, ok := c.auth.state.(*types.AuthorizationStateWaitCode)
	if !ok {
		return nil, unexpected("resendAuthenticationCode")
	}
	if wait.CodeInfo.NextType == nil {
		return nil, types.NewError(400, "Authentication code can't be resend")
	}
	ctx = c.auth.query(ctx)
	sent, err := c.api.tg.AuthResendCode(ctx, &tg.AuthResendCodeRequest{PhoneNumber: c.auth.phone, PhoneCodeHash: c.auth.hash})
	if err != nil {
		return nil, c.auth.failed(ctx, err)
	}
	if sent, ok := sent.(*tg.AuthSentCode); ok {
		return &types.Ok{}, c.codeSent(c.auth.phone, sent)
	}
	return nil, notImplemented("this kind of login")
}

// checkAuthenticationCode logs in with the code that the user got.
func (c *Client) checkAuthenticationCode(ctx context.Context, f *types.CheckAuthenticationCode) (*types.Ok, error) {
	if _, ok := c.auth.state.(*types.AuthorizationStateWaitCode); !ok {
		return nil, unexpected("checkAuthenticationCode")
	}
	ctx = c.auth.query(ctx)
	request := &tg.AuthSignInRequest{PhoneNumber: c.auth.phone, PhoneCodeHash: c.auth.hash}
	request.SetPhoneCode(f.Code)
	result, err := c.api.tg.AuthSignIn(ctx, request)
	if err != nil {
		return nil, c.auth.failed(ctx, err)
	}
	return &types.Ok{}, c.authorize(ctx, result)
}

// authorize takes over what the server says at the end of a login.
func (c *Client) authorize(ctx context.Context, result tg.AuthAuthorizationClass) error {
	a, ok := result.(*tg.AuthAuthorization)
	if !ok {
		return notImplemented("registration of a new user")
	}
	user, ok := a.User.AsNotEmpty()
	if !ok {
		return types.NewError(500, "The server has logged in nobody")
	}
	c.loggedIn(user)
	return nil
}

// loggedIn makes the client that of the user.
func (c *Client) loggedIn(user *tg.User) {
	defer c.store.together()()
	c.auth.myID, c.auth.bot = user.ID, user.Bot
	d := c.net.mainCenter(c)
	d.authorized = true
	d.session.SetAuthorized(true)
	d.store()
	c.store.change(func(b *storage.Batch) {
		b.User, b.RemoveUser = &storage.User{ID: user.ID, DC: c.net.main, Bot: user.Bot, Username: user.Username}, false
	})
	c.options.set(c, "authorization_date", integerOption(c.net.now().Unix()))
	c.options.set(c, "my_id", integerOption(user.ID))
	c.users.learn(c, []tg.UserClass{user})
	c.auth.set(c, &types.AuthorizationStateReady{})
	c.afterLogin()
}

// lost ends a login that the server does not know any more.
func (a *auth) lost(c *Client, why string) {
	switch a.state.(type) {
	case *types.AuthorizationStateLoggingOut, *types.AuthorizationStateClosing, *types.AuthorizationStateClosed:
		return
	}
	if a.myID == 0 {
		return
	}
	c.log.Printf(2, "The login has ended: %s", why)
	a.set(c, &types.AuthorizationStateLoggingOut{})
	c.background(func(ctx context.Context) { c.leave(ctx, leaveDestroy) })
}
