package td

import (
	"context"
	"strings"

	"github.com/gotd/td/tg"
)

// loadConfig asks for the server's configuration, and for the application's with it.
func (c *Client) loadConfig() {
	c.background(func(ctx context.Context) {
		cfg, err := c.api.tg.HelpGetConfig(ctx)
		if err != nil {
			return
		}
		c.onConfig(cfg)
		if !c.auth.isBot() {
			c.loadAppConfig()
		}
	})
}

// onConfig makes options of the server's configuration, in TDLib's order.
func (c *Client) onConfig(cfg *tg.Config) {
	set := func(name string, v option) { c.options.set(c, name, v) }
	number := func(name string, n int) { set(name, integerOption(int64(n))) }
	word := func(name, s string) {
		if s == "" {
			set(name, option{})
		} else {
			set(name, stringOption(s))
		}
	}
	c.net.onDCOptions(c, cfg.DCOptions)
	set("test_mode", booleanOption(cfg.TestMode))
	number("forwarded_message_count_max", cfg.ForwardedCountMax)
	number("basic_group_size_max", cfg.ChatSizeMax)
	number("supergroup_size_max", cfg.MegagroupSizeMax)
	set("expect_blocking", booleanOption(cfg.BlockedMode))
	if cfg.MeURLPrefix != "" {
		word("t_me_url", strings.TrimSuffix(cfg.MeURLPrefix, "/")+"/")
	}
	if cfg.TmpSessions > 1 {
		number("session_count", cfg.TmpSessions)
	}
	if cfg.SuggestedLangCode != "" || cfg.LangPackVersion > 0 || cfg.BaseLangPackVersion > 0 {
		word("suggested_language_pack_id", cfg.SuggestedLangCode)
		number("language_pack_version", cfg.LangPackVersion)
		number("base_language_pack_version", cfg.BaseLangPackVersion)
	}
	number("call_connect_timeout_ms", cfg.CallConnectTimeoutMs)
	number("call_packet_timeout_ms", cfg.CallPacketTimeoutMs)
	number("message_text_length_max", min(max(cfg.MessageLengthMax, 4096), 1_000_000))
	number("message_caption_length_max", min(max(cfg.CaptionLengthMax, 1024), 1_000_000))
	word("animation_search_bot_username", cfg.GifSearchUsername)
	if _, known := c.options.values["venue_search_bot_username"]; !known {
		word("venue_search_bot_username", cfg.VenueSearchUsername)
	}
	word("photo_search_bot_username", cfg.ImgSearchUsername)
}
