package td

import (
	"context"
	"strings"
	"time"

	"github.com/gotd/td/tg"

	"tdjson/td/convert"
	"tdjson/types"
)

// getApplicationConfig answers with what the server tells programs to do.
func (c *Client) getApplicationConfig(ctx context.Context, _ *types.GetApplicationConfig) (types.JsonValue, error) {
	answer, err := c.api.tg.HelpGetAppConfig(ctx, 0)
	if err != nil {
		return nil, err
	}
	cfg, ok := answer.(*tg.HelpAppConfig)
	if !ok {
		return nil, types.NewError(500, "Receive unexpected response")
	}
	if object, ok := cfg.Config.(*tg.JSONObject); ok {
		return convert.JSONValue(c.onAppConfig(object)), nil
	}
	return convert.JSONValue(cfg.Config), nil
}

// getDeepLinkInfo asks the server what to tell the user of a link that the program does not know.
func (c *Client) getDeepLinkInfo(ctx context.Context, f *types.GetDeepLinkInfo) (*types.DeepLinkInfo, error) {
	if err := cleanInputs(&f.Link); err != nil {
		return nil, err
	}
	link := f.Link
	if rest, ok := strings.CutPrefix(link, "tg:"); ok {
		link = strings.TrimPrefix(rest, "//")
	}
	if i := strings.IndexAny(link, "/?#"); i >= 0 {
		link = link[:i]
	}
	answer, err := c.api.tg.HelpGetDeepLinkInfo(ctx, link)
	if err != nil {
		return nil, err
	}
	info, ok := answer.(*tg.HelpDeepLinkInfo)
	if !ok {
		return nil, types.NewError(404, "Not Found")
	}
	return &types.DeepLinkInfo{Text: convert.FormattedText(info.Message, info.Entities), NeedUpdateApplication: info.UpdateApp}, nil
}

// saveApplicationLogEvent tells the server of something that happened in the program.
func (c *Client) saveApplicationLogEvent(ctx context.Context, f *types.SaveApplicationLogEvent) (*types.Ok, error) {
	if err := cleanInputs(&f.Type); err != nil {
		return nil, err
	}
	event := tg.InputAppEvent{
		Time: float64(c.net.now().UnixMicro()) / float64(time.Second/time.Microsecond),
		Type: f.Type, Peer: f.ChatID, Data: convert.ServerJSON(f.Data),
	}
	if _, err := c.api.tg.HelpSaveAppLog(ctx, []tg.InputAppEvent{event}); err != nil {
		return nil, err
	}
	return &types.Ok{}, nil
}

// setApplicationVerificationToken is for the systems of mobile phones: nothing asks for a verification elsewhere.
func (c *Client) setApplicationVerificationToken(_ context.Context, f *types.SetApplicationVerificationToken) (*types.Ok, error) {
	if err := cleanInputs(&f.Token); err != nil {
		return nil, err
	}
	return nil, types.NewError(400, "Application verification not allowed")
}

// processPushNotification has nothing to do for a client that is not logged in, or for a push without content.
func (c *Client) processPushNotification(_ context.Context, f *types.ProcessPushNotification) (*types.Ok, error) {
	if err := cleanInputs(&f.Payload); err != nil {
		return nil, err
	}
	if c.auth.ready() && f.Payload != "{}" {
		return nil, notImplemented("push notifications with content")
	}
	return &types.Ok{}, nil
}
