package td

import (
	"context"

	"github.com/gotd/td/tg"

	"tdjson/td/convert"
	"tdjson/types"
)

// getConnectedWebsites lists the websites where the user is logged in, in the server's order.
func (c *Client) getConnectedWebsites(ctx context.Context, _ *types.GetConnectedWebsites) (*types.ConnectedWebsites, error) {
	auths, err := c.api.tg.AccountGetWebAuthorizations(ctx)
	if err != nil {
		return nil, err
	}
	c.users.learn(c, auths.Users)
	list := convert.ConnectedWebsites(auths)
	for _, w := range list.Websites {
		c.users.name(c, w.BotUserID)
	}
	return list, nil
}

// disconnectWebsite logs the user out of a website.
func (c *Client) disconnectWebsite(ctx context.Context, f *types.DisconnectWebsite) (*types.Ok, error) {
	return c.change(ctx, &tg.AccountResetWebAuthorizationRequest{Hash: f.WebsiteID}, nil)
}

// disconnectAllWebsites logs the user out of all websites.
func (c *Client) disconnectAllWebsites(ctx context.Context, _ *types.DisconnectAllWebsites) (*types.Ok, error) {
	return c.change(ctx, &tg.AccountResetWebAuthorizationsRequest{}, nil)
}
