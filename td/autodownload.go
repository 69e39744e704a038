package td

import (
	"context"

	"github.com/gotd/td/tg"

	"tdjson/td/convert"
	"tdjson/types"
)

// getAutoDownloadSettingsPresets asks the server what it proposes to download by itself on bad, usual and good networks.
func (c *Client) getAutoDownloadSettingsPresets(ctx context.Context, _ *types.GetAutoDownloadSettingsPresets) (*types.AutoDownloadSettingsPresets, error) {
	s, err := c.api.tg.AccountGetAutoDownloadSettings(ctx)
	if err != nil {
		return nil, err
	}
	return convert.AutoDownloadSettingsPresets(s), nil
}

// setAutoDownloadSettings tells the server what is downloaded on a kind of network: Wi-Fi has the high preset, roaming the low
// one, every other kind the medium one.
func (c *Client) setAutoDownloadSettings(ctx context.Context, f *types.SetAutoDownloadSettings) (*types.Ok, error) {
	if f.Settings == nil {
		return nil, types.NewError(400, "New settings must be non-empty")
	}
	_, low := f.Type.(*types.NetworkTypeMobileRoaming)
	_, high := f.Type.(*types.NetworkTypeWiFi)
	_, err := c.api.tg.AccountSaveAutoDownloadSettings(ctx, &tg.AccountSaveAutoDownloadSettingsRequest{
		Low: low, High: high, Settings: convert.InputAutoDownloadSettings(f.Settings),
	})
	if err != nil {
		return nil, err
	}
	return &types.Ok{}, nil
}
