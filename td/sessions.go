package td

import (
	"context"
	"encoding/base64"
	"strings"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"tdjson/td/convert"
	"tdjson/types"
)

// getActiveSessions lists the sessions of the account, the current one first.
func (c *Client) getActiveSessions(ctx context.Context, _ *types.GetActiveSessions) (*types.Sessions, error) {
	auths, err := c.api.tg.AccountGetAuthorizations(ctx)
	if err != nil {
		return nil, err
	}
	c.keepRegions(auths)
	list := convert.Sessions(auths)
	for _, s := range list.Sessions {
		if !s.IsCurrent && !s.IsUnconfirmed {
			c.unconfirmed.remove(c, device(s.ID))
		}
	}
	return list, nil
}

// terminateSession ends another session of the account.
func (c *Client) terminateSession(ctx context.Context, f *types.TerminateSession) (*types.Ok, error) {
	return c.change(ctx, &tg.AccountResetAuthorizationRequest{Hash: f.SessionID}, func() {
		c.unconfirmed.remove(c, device(f.SessionID))
	})
}

// terminateAllOtherSessions ends all sessions of the account but this one.
func (c *Client) terminateAllOtherSessions(ctx context.Context, _ *types.TerminateAllOtherSessions) (*types.Ok, error) {
	return c.change(ctx, &tg.AuthResetAuthorizationsRequest{}, func() { c.unconfirmed.clear(c) })
}

// confirmSession says that a new session is the user's own. The server is asked also if the session was not known as an
// unconfirmed one: what told of it may have been missed.
func (c *Client) confirmSession(ctx context.Context, f *types.ConfirmSession) (*types.Ok, error) {
	return c.change(ctx, &tg.AccountChangeAuthorizationSettingsRequest{Confirmed: true, Hash: f.SessionID}, func() {
		c.unconfirmed.remove(c, device(f.SessionID))
	})
}

// toggleSessionCanAcceptCalls says whether a session rings; for the current one the option of the same name follows.
func (c *Client) toggleSessionCanAcceptCalls(ctx context.Context, f *types.ToggleSessionCanAcceptCalls) (*types.Ok, error) {
	request := &tg.AccountChangeAuthorizationSettingsRequest{Hash: f.SessionID}
	request.SetCallRequestsDisabled(!f.CanAcceptCalls)
	return c.change(ctx, request, func() {
		if f.SessionID == 0 {
			c.options.set(c, "can_accept_calls", booleanOption(f.CanAcceptCalls))
		}
	})
}

// toggleSessionCanAcceptSecretChats says whether secret chats may be begun with a session.
func (c *Client) toggleSessionCanAcceptSecretChats(ctx context.Context, f *types.ToggleSessionCanAcceptSecretChats) (*types.Ok, error) {
	request := &tg.AccountChangeAuthorizationSettingsRequest{Hash: f.SessionID}
	request.SetEncryptedRequestsDisabled(!f.CanAcceptSecretChats)
	return c.change(ctx, request, nil)
}

// setInactiveSessionTtl says after how many days without activity sessions end.
func (c *Client) setInactiveSessionTtl(ctx context.Context, f *types.SetInactiveSessionTtl) (*types.Ok, error) {
	return c.change(ctx, &tg.AccountSetAuthorizationTTLRequest{AuthorizationTTLDays: int(f.InactiveSessionTTLDays)}, nil)
}

// change is intend for functions that are answered with ok whatever the server says but an error.
func (c *Client) change(ctx context.Context, call bin.Object, local func()) (*types.Ok, error) {
	if err := c.intend(ctx, call, local); err != nil {
		return nil, err
	}
	return &types.Ok{}, nil
}

// loginLink begins what the QR code of a device that wants to log in says.
const loginLink = "tg://login?token="

// confirmQrCodeAuthentication logs in the device that shows the code.
func (c *Client) confirmQrCodeAuthentication(ctx context.Context, f *types.ConfirmQrCodeAuthentication) (*types.Session, error) {
	if err := cleanInputs(&f.Link); err != nil {
		return nil, err
	}
	token, ok := loginToken(f.Link)
	if !ok {
		return nil, types.NewError(400, "AUTH_TOKEN_INVALID")
	}
	login, err := c.api.tg.AuthAcceptLoginToken(ctx, token)
	if err != nil {
		return nil, err
	}
	return convert.Session(login), nil
}

// loginToken reads the token of a link. It is in base64url; padding may be left out, and bits that say nothing have to be 0.
func loginToken(link string) ([]byte, bool) {
	if len(link) < len(loginLink) || !strings.EqualFold(link[:len(loginLink)], loginLink) {
		return nil, false
	}
	text := link[len(loginLink):]
	coding := base64.RawURLEncoding
	if strings.HasSuffix(text, "=") {
		coding = base64.URLEncoding
	}
	token, err := coding.Strict().DecodeString(text)
	return token, err == nil && !strings.ContainsAny(text, "\r\n") // which the decoder passes over
}
