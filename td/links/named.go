package links

import (
	"unicode/utf8"

	"tdjson/types"
)

// named is what has a name and a word for what it is, as in t.me/<what>/<name>. It is nil if there can be no such name.
func named(what, name string) types.InternalLinkType {
	switch what {
	case "addlist", "call", "joinchat", "addstickers", "addemoji", "setlanguage", "addstyle":
		return namedByToken(what, name)
	case "auction":
		if name != "" {
			return &types.InternalLinkTypeGiftAuction{AuctionID: name}
		}
		return nil
	}
	if !isText(name) {
		return nil
	}
	switch what {
	case "nft":
		return &types.InternalLinkTypeUpgradedGift{Name: name}
	case "contact":
		return &types.InternalLinkTypeUserToken{Token: name}
	case "login":
		return &types.InternalLinkTypeAuthenticationCode{Code: name}
	case "addtheme":
		return &types.InternalLinkTypeTheme{ThemeName: name}
	case "invoice":
		return &types.InternalLinkTypeInvoice{InvoiceName: name}
	case "giftcode":
		return &types.InternalLinkTypePremiumGiftCode{Code: name}
	case "m":
		return &types.InternalLinkTypeBusinessChat{LinkName: name}
	}
	return nil
}

// namedByToken is what has a name without spaces and signs.
func namedByToken(what, name string) types.InternalLinkType {
	if !isSlug(name) {
		return nil
	}
	switch what {
	case "addlist":
		return &types.InternalLinkTypeChatFolderInvite{InviteLink: "tg:addlist?slug=" + name}
	case "call":
		return &types.InternalLinkTypeGroupCall{InviteLink: "tg:call?slug=" + name}
	case "joinchat":
		if isInviteHash(name) {
			return &types.InternalLinkTypeChatInvite{InviteLink: "tg:join?invite=" + name}
		}
	case "addstickers", "addemoji":
		return &types.InternalLinkTypeStickerSet{StickerSetName: name, ExpectCustomEmoji: what == "addemoji"}
	case "setlanguage":
		if isLanguagePack(name) {
			return &types.InternalLinkTypeLanguagePack{LanguagePackID: name}
		}
	case "addstyle":
		if isStyleName(name) {
			return &types.InternalLinkTypeTextCompositionStyle{StyleName: name}
		}
	}
	return nil
}

// managedBot is a request to make a bot; the username suggested for it ends with "bot".
func managedBot(manager, username, name string) types.InternalLinkType {
	if !isUsername(manager) || username != "" && !isUsername(username) {
		return nil
	}
	if n := len(username); n < 3 || !isFold(username[n-3:], "bot") {
		username += "bot"
	}
	return &types.InternalLinkTypeRequestManagedBot{ManagerBotUsername: manager, SuggestedBotUsername: username, SuggestedBotName: name}
}

// confirmation is a link to confirm the ownership of a phone number.
func confirmation(q *query) types.InternalLinkType {
	hash, phone := q.get("hash"), q.get("phone")
	if !isPhoneNumberHash(hash) || !isPhoneNumber(phone) {
		return nil
	}
	return &types.InternalLinkTypePhoneNumberConfirmation{Hash: hash, PhoneNumber: phone}
}

// passport is a request for Telegram Passport data.
func passport(q *query) types.InternalLinkType {
	t := &types.InternalLinkTypePassportDataRequest{
		BotUserID: number(q.get("bot_id")), Scope: q.get("scope"), PublicKey: q.get("public_key"), Nonce: q.get("nonce"),
		CallbackURL: q.get("callback_url"),
	}
	if t.Nonce == "" {
		t.Nonce = q.get("payload")
	}
	if !isUserID(t.BotUserID) || !isText(t.Scope) || !isText(t.PublicKey) || !isText(t.Nonce) {
		return nil
	}
	return t
}

// maxStars is the greatest number of stars that a link asks to buy.
const maxStars = 1_000_000_000_000

// purchase is a link to a page where something is sold.
func purchase(q *query) types.InternalLinkType {
	switch q.path[0] {
	case "premium_offer":
		if referrer := q.get("ref"); utf8.ValidString(referrer) {
			return &types.InternalLinkTypePremiumFeaturesPage{Referrer: referrer}
		}
	case "premium_multigift":
		if referrer := q.get("ref"); utf8.ValidString(referrer) {
			return &types.InternalLinkTypePremiumGiftPurchase{Referrer: referrer}
		}
	case "stars_topup":
		balance, purpose := q.get("balance"), q.get("purpose")
		if balance != "" && utf8.ValidString(purpose) {
			return &types.InternalLinkTypeStarPurchase{StarCount: min(max(number(balance), 1), maxStars), Purpose: purpose}
		}
	}
	return nil
}
