package td

import (
	"context"
	"encoding/base64"
	"errors"

	"github.com/gotd/td/tg"

	"tdjson/storage"
	"tdjson/types"
)

// auth is how far the client is with its login.
type auth struct {
	state types.AuthorizationState
	bot   bool
	myID  int64

	nameless bool // logged in, but the server has to be asked who it is: no state is told until then

	cancel  context.CancelCauseFunc // of the authorization query that is under way
	login   login
	gaveUp  bool   // logged out without a login
	leaving string // how far a log out of the last run was: see leave
}

// errAnotherQuery ends an authorization query when the program starts another one.
var errAnotherQuery = types.NewError(400, "Another authorization query has started")

// set changes the state and tells of it.
func (a *auth) set(c *Client, state types.AuthorizationState) {
	if a.nameless {
		a.nameless = false
		c.post(func() { c.again(func(request) bool { return true }) })
	}
	a.state = state
	c.update(&types.UpdateAuthorizationState{AuthorizationState: state})
}

func (a *auth) ready() bool {
	_, ok := a.state.(*types.AuthorizationStateReady)
	return ok
}

// isBot says whether the client is that of a bot; as long as a bot token is checked, it is taken for one.
func (a *auth) isBot() bool {
	return a.bot || a.login.byToken && a.login.pending != 0
}

// open takes over the login of the last run.
func (a *auth) open(c *Client, l *loaded) {
	u := l.session.User
	switch {
	case string(l.values["auth"]) != "":
		a.leaving = string(l.values["auth"])
		a.set(c, &types.AuthorizationStateLoggingOut{})
	case u != nil && u.ID == 0:
		a.nameless = true
	case u != nil:
		a.myID, a.bot = u.ID, u.Bot
		a.set(c, &types.AuthorizationStateReady{})
	default:
		a.set(c, a.login.restore(c, l.values["login"]))
	}
}

// query begins an authorization query; the one before it is answered with an error.
func (a *auth) query(ctx context.Context) context.Context {
	a.abort()
	ctx, a.cancel = context.WithCancelCause(context.WithValue(ctx, authQuery{}, true))
	return ctx
}

// authQuery marks the context of an authorization query.
type authQuery struct{}

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
	switch c.auth.state.(type) {
	case *types.AuthorizationStateWaitCode, *types.AuthorizationStateWaitEmailCode: // they say how long to wait
		return c.auth.login.state(c), nil
	}
	return c.auth.state, nil
}

// authorize takes over what the server says at the end of a login.
func (c *Client) authorize(result tg.AuthAuthorizationClass) error {
	if c.auth.ready() {
		return nil // it came twice
	}
	if required, ok := result.(*tg.AuthAuthorizationSignUpRequired); ok {
		return c.mustRegister(required)
	}
	a, ok := result.(*tg.AuthAuthorization)
	if !ok {
		return types.NewError(500, "The server has logged in nobody")
	}
	user, ok := a.User.AsNotEmpty()
	if !ok {
		return types.NewError(500, "The server has logged in nobody")
	}
	c.loggedIn(user, func() { c.options.set(c, "authorization_date", integerOption(c.net.now().Unix())) })
	if a.TmpSessions > 0 {
		c.options.set(c, "session_count", integerOption(int64(a.TmpSessions)))
	}
	if a.SetupPasswordRequired && a.OtherwiseReloginDays > 0 {
		c.options.set(c, "otherwise_relogin_days", integerOption(int64(a.OtherwiseReloginDays)))
	}
	if len(a.FutureAuthToken) > 0 && !c.auth.bot {
		c.options.put(c, "authentication_token", stringOption(base64.RawURLEncoding.EncodeToString(a.FutureAuthToken)))
	}
	return nil
}

// loggedIn makes the client that of the user. What else changes with it is changed by first, and written in the same transaction;
// the program hears of the login when that is on disk, so that it never knows of one that the next start does not.
func (c *Client) loggedIn(user *tg.User, first func()) {
	written := c.store.together()
	first()
	c.auth.myID, c.auth.bot = user.ID, user.Bot
	c.auth.login.begin()
	c.store.delete("login")
	c.net.mainCenter(c).setAuthorized(true)
	c.store.change(func(b *storage.Batch) {
		b.User, b.RemoveUser = &storage.User{ID: user.ID, DC: c.net.main, Bot: user.Bot, Username: user.Username}, false
	})
	c.options.set(c, "my_id", integerOption(user.ID))
	c.users.learn(c, []tg.UserClass{user})
	written()
	c.store.flush()
	c.auth.set(c, &types.AuthorizationStateReady{})
	c.afterFirstLogin()
}

// lost ends a login that the server does not know any more; one that has only begun, too, as TDLib does.
func (a *auth) lost(c *Client, why string) {
	switch a.state.(type) {
	case *types.AuthorizationStateLoggingOut, *types.AuthorizationStateClosing, *types.AuthorizationStateClosed:
		return
	}
	c.log.Printf(2, "The login has ended: %s", why)
	a.set(c, &types.AuthorizationStateLoggingOut{})
	c.background(func(ctx context.Context) { c.leave(ctx, leaveDestroy) })
}
