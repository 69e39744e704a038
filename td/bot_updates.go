package td

import (
	"github.com/gotd/td/tg"

	"tdjson/types"
)

// onPurchase tells a bot's program that somebody has bought its paid media.
func (c *Client) onPurchase(update *tg.UpdateBotPurchasedPaidMedia) {
	if !c.auth.bot || !validUserID(update.UserID) {
		return
	}
	c.users.name(c, update.UserID)
	c.update(&types.UpdatePaidMediaPurchased{UserID: update.UserID, Payload: update.Payload})
}

// onManagedBot tells a bot's program that a bot it manages was made, or is another now.
func (c *Client) onManagedBot(update *tg.UpdateManagedBot) {
	if !c.auth.bot {
		return
	}
	c.users.name(c, update.UserID)
	c.users.name(c, update.BotID)
	c.update(&types.UpdateManagedBot{UserID: update.UserID, BotUserID: update.BotID})
}
