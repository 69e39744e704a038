package td

import (
	"context"

	"tdjson/td/convert"
	"tdjson/types"
)

// getActiveSessions lists the sessions of the account, the current one first.
func (c *Client) getActiveSessions(ctx context.Context, _ *types.GetActiveSessions) (*types.Sessions, error) {
	auths, err := c.api.tg.AccountGetAuthorizations(ctx)
	if err != nil {
		return nil, err
	}
	return convert.Sessions(auths), nil
}

// terminateSession ends another session of the account.
func (c *Client) terminateSession(ctx context.Context, f *types.TerminateSession) (*types.Ok, error) {
	if _, err := c.api.tg.AccountResetAuthorization(ctx, f.SessionID); err != nil {
		return nil, err
	}
	return &types.Ok{}, nil
}
