package td

import (
	"context"
	"strings"

	"tdjson/td/links"
	"tdjson/types"
)

// linkOptions are what the server says about links.
func (c *Client) linkOptions() *links.Options {
	o := &links.Options{Home: c.options.values["t_me_url"].str}
	if prefixes := c.options.values["starref_start_param_prefixes"].str; prefixes != "" {
		o.ReferralPrefixes = strings.Split(prefixes, " ")
	}
	return o
}

// getInternalLinkType tells what a link leads to.
func (c *Client) getInternalLinkType(_ context.Context, f *types.GetInternalLinkType) (types.InternalLinkType, error) {
	t := links.Parse(f.Link, c.linkOptions())
	if t == nil {
		return nil, types.NewError(404, "Not Found")
	}
	if start, ok := t.(*types.InternalLinkTypeBotStart); ok {
		start.Autostart = start.BotUsername == c.options.values["premium_bot_username"].str
	}
	return t, nil
}

// getInternalLink makes a link that leads to what it is given.
func (c *Client) getInternalLink(_ context.Context, f *types.GetInternalLink) (*types.HttpUrl, error) {
	link, err := links.Make(f.Type, f.IsHTTP, c.linkOptions())
	if err != nil {
		return nil, err
	}
	return &types.HttpUrl{URL: link}, nil
}
