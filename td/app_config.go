package td

import (
	"context"
	"strconv"

	"github.com/goccy/go-json"
	"github.com/gotd/td/tg"

	"tdjson/types"
)

// defaultDice are the emoji that can be thrown until the server tells others.
var defaultDice = []string{"🎲", "🎯", "🏀", "⚽", "⚽️", "🎰", "🎳"}

// loadAppConfig asks for the application's configuration.
func (c *Client) loadAppConfig() {
	c.background(func(ctx context.Context) {
		answer, err := c.api.tg.HelpGetAppConfig(ctx, 0)
		if err != nil {
			return
		}
		if cfg, ok := answer.(*tg.HelpAppConfig); ok {
			if object, ok := cfg.Config.(*tg.JSONObject); ok {
				c.onAppConfig(object)
			}
		}
	})
}

// onAppConfig makes options and updates of the application's configuration. It returns what is left of it for the program.
func (c *Client) onAppConfig(object *tg.JSONObject) *tg.JSONObject {
	rest := &tg.JSONObject{}
	acceptsCalls, needsPremium := true, true
	trusted := []int64{}
	var dice []string
	for _, v := range object.Value {
		if to, ok := appConfigOptions[v.Key]; ok {
			if value, ok := jsonOption(v.Value, to.kind); ok {
				c.options.set(c, to.name, value)
			}
			continue
		}
		switch v.Key {
		case "call_requests_disabled":
			acceptsCalls = !jsonTrue(v.Value)
		case "new_noncontact_peers_require_premium_without_ownpremium":
			needsPremium = !jsonTrue(v.Value)
		case "whitelisted_bots":
			for _, s := range jsonStrings(v.Value) {
				if id, err := strconv.ParseInt(s, 10, 64); err == nil && id > 0 {
					trusted = append(trusted, id)
				}
			}
		case "emojies_send_dice":
			dice = jsonStrings(v.Value)
		default:
			rest.Value = append(rest.Value, v)
		}
	}
	if dice != nil {
		c.tell(&types.UpdateDiceEmojis{Emojis: dice})
	}
	c.trustBots(trusted)
	c.options.set(c, "can_accept_calls", booleanOption(acceptsCalls))
	me := c.users.known(c.auth.myID)
	c.options.set(c, "can_set_new_chat_privacy_settings", booleanOption(!needsPremium || me != nil && me.IsPremium))
	return rest
}

// trustedBotsValue is the list of bots whose Mini Apps are trusted, in the database.
const trustedBotsValue = "trusted_bots"

// trustBots tells of the bots whose Mini Apps are trusted, and keeps them.
func (c *Client) trustBots(ids []int64) {
	c.tellNew(&types.UpdateTrustedMiniAppBots{BotUserIDs: ids})
	if text, err := json.Marshal(ids); err == nil {
		c.store.set(trustedBotsValue, string(text))
	}
}

// openTrustedBots tells of the bots that were trusted in the last run.
func (c *Client) openTrustedBots(l *loaded) {
	ids := []int64{}
	if text := l.values[trustedBotsValue]; len(text) > 0 && json.Unmarshal(text, &ids) == nil {
		c.tellNew(&types.UpdateTrustedMiniAppBots{BotUserIDs: ids})
	}
}

// jsonOption makes an option of a JSON value, if it is of the right kind.
func jsonOption(v tg.JSONValueClass, kind optionKind) (option, bool) {
	switch v := v.(type) {
	case *tg.JSONBool:
		return booleanOption(v.Value), kind == optionBoolean
	case *tg.JSONNumber:
		return integerOption(max(0, int64(v.Value))), kind == optionInteger
	case *tg.JSONString:
		if n, err := strconv.ParseInt(v.Value, 10, 64); kind == optionInteger && err == nil {
			return integerOption(max(0, n)), true // great numbers come as text
		}
		return stringOption(v.Value), kind == optionString
	}
	return option{}, false
}

func jsonTrue(v tg.JSONValueClass) bool {
	b, ok := v.(*tg.JSONBool)
	return ok && b.Value
}

func jsonStrings(v tg.JSONValueClass) []string {
	list, ok := v.(*tg.JSONArray)
	if !ok {
		return nil
	}
	words := []string{}
	for _, e := range list.Value {
		switch e := e.(type) {
		case *tg.JSONString:
			words = append(words, e.Value)
		case *tg.JSONNumber:
			words = append(words, strconv.FormatInt(int64(e.Value), 10))
		}
	}
	return words
}
