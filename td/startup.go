package td

import (
	"context"

	"github.com/gotd/td/tg"

	"tdjson/td/convert"
	"tdjson/types"
)

// afterFirstLogin says what TDLib says of an account before the server has told more, and asks for that.
func (c *Client) afterFirstLogin() {
	if !c.auth.bot {
		c.tell(&types.UpdateReactionNotificationSettings{NotificationSettings: defaultReactionNotificationSettings()})
		c.tell(&types.UpdateTextCompositionStyles{})
		c.tell(&types.UpdateWebBrowserSettings{Settings: &types.WebBrowserSettings{}})
	}
	c.afterLogin()
}

// afterLogin does so after a restart, when the server may have told otherwise before.
func (c *Client) afterLogin() {
	if c.auth.bot {
		c.updates.getDifference(c, "the start")
		return
	}
	c.tell(&types.UpdateAttachmentMenuBots{})
	c.tell(&types.UpdateDiceEmojis{Emojis: defaultDice})
	c.tell(&types.UpdateDefaultPaidReactionType{Type: &types.PaidReactionTypeRegular{}})
	c.unconfirmed.resume(c)
	c.loadNotificationSettings()
	c.loadSettings()
	c.updates.getDifference(c, "the start")
	c.loadPreferences()
}

func defaultReactionNotificationSettings() *types.ReactionNotificationSettings {
	contacts := &types.ReactionNotificationSourceContacts{}
	return &types.ReactionNotificationSettings{
		MessageReactionSource: contacts, StoryReactionSource: contacts, PollVoteSource: contacts, SoundID: -1, ShowPreview: true,
	}
}

// loadNotificationSettings asks for the settings of each kind of chats, and of reactions.
func (c *Client) loadNotificationSettings() {
	scopes := []struct {
		peer  tg.InputNotifyPeerClass
		scope types.NotificationSettingsScope
	}{
		{&tg.InputNotifyUsers{}, &types.NotificationSettingsScopePrivateChats{}},
		{&tg.InputNotifyChats{}, &types.NotificationSettingsScopeGroupChats{}},
		{&tg.InputNotifyBroadcasts{}, &types.NotificationSettingsScopeChannelChats{}},
	}
	c.background(func(ctx context.Context) {
		filters, err := c.api.tg.MessagesGetDialogFilters(ctx)
		if err == nil {
			c.tell(convert.ChatFolders(filters))
		}
	})
	for _, s := range scopes {
		c.background(func(ctx context.Context) {
			settings, err := c.api.tg.AccountGetNotifySettings(ctx, s.peer)
			if err == nil {
				c.tell(&types.UpdateScopeNotificationSettings{Scope: s.scope, NotificationSettings: convert.ScopeNotificationSettings(settings, c.net.now())})
			}
		})
	}
	c.background(func(ctx context.Context) {
		settings, err := c.api.tg.AccountGetReactionsNotifySettings(ctx)
		if err == nil {
			c.tell(&types.UpdateReactionNotificationSettings{NotificationSettings: convert.ReactionNotificationSettings(settings)})
		}
	})
}

// loadSettings asks for what programs show in their menus.
func (c *Client) loadSettings() {
	c.background(func(ctx context.Context) {
		themes, err := c.api.tg.AccountGetChatThemes(ctx, 0)
		if t, ok := themes.(*tg.AccountThemes); err == nil && ok && len(t.Themes) == 0 {
			c.tell(&types.UpdateEmojiChatThemes{}) // themes with content need files
		}
	})
	c.background(func(ctx context.Context) {
		tones, err := c.api.tg.AicomposeGetTones(ctx, 0)
		if t, ok := tones.(*tg.AicomposeTones); err == nil && ok {
			c.users.learn(c, t.Users)
			c.tell(&types.UpdateTextCompositionStyles{Styles: convert.TextCompositionStyles(t.Tones)})
		}
	})
}

// loadPreferences asks for what the user has chosen in other clients.
func (c *Client) loadPreferences() {
	c.background(func(ctx context.Context) {
		settings, err := c.api.tg.AccountGetWebBrowserSettings(ctx, 0)
		if s, ok := settings.(*tg.AccountWebBrowserSettings); err == nil && ok {
			c.tell(&types.UpdateWebBrowserSettings{Settings: convert.WebBrowserSettings(s)})
		}
	})
	c.background(func(ctx context.Context) {
		settings, err := c.api.tg.AccountGetContentSettings(ctx)
		if err == nil {
			c.options.set(c, "ignore_sensitive_content_restrictions", booleanOption(settings.SensitiveEnabled))
			c.options.set(c, "can_ignore_sensitive_content_restrictions", booleanOption(settings.SensitiveCanChange))
		}
	})
}
