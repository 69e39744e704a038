package links

import "tdjson/types"

// A name is that of something that named knows.
type name struct {
	what, name string
	app        string // the link for apps, up to the name
	wrong      error  // where it can be no name
}

// nameOf is the name in a type that has little else. It is false for other types.
func nameOf(t types.InternalLinkType) (n name, ok bool) {
	switch t := t.(type) {
	case *types.InternalLinkTypeAuthenticationCode:
		n = name{"login", t.Code, "login?code=", badRequest("Invalid authentication code specified")}
	case *types.InternalLinkTypeBusinessChat:
		n = name{"m", t.LinkName, "message?slug=", codeless("Invalid link name specified")}
	case *types.InternalLinkTypeGiftAuction:
		n = name{"auction", t.AuctionID, "stargift_auction?slug=", badRequest("Invalid gift auction identifier specified")}
	case *types.InternalLinkTypeInvoice:
		n = name{"invoice", t.InvoiceName, "invoice?slug=", badRequest("Invalid invoice name specified")}
	case *types.InternalLinkTypeLanguagePack:
		n = name{"setlanguage", t.LanguagePackID, "setlanguage?lang=", badRequest("Invalid language pack specified")}
	case *types.InternalLinkTypePremiumGiftCode:
		n = name{"giftcode", t.Code, "giftcode?slug=", codeless("Invalid gift code specified")}
	case *types.InternalLinkTypeStickerSet:
		what := "addstickers"
		if t.ExpectCustomEmoji {
			what = "addemoji"
		}
		n = name{what, t.StickerSetName, what + "?set=", badRequest("Invalid sticker set name specified")}
	case *types.InternalLinkTypeTextCompositionStyle:
		n = name{"addstyle", t.StyleName, "addstyle?slug=", badRequest("Invalid style name specified")}
	case *types.InternalLinkTypeTheme:
		n = name{"addtheme", t.ThemeName, "addtheme?slug=", badRequest("Invalid theme name specified")}
	case *types.InternalLinkTypeUpgradedGift:
		n = name{"nft", t.Name, "nft?slug=", badRequest("Invalid gift name specified")}
	case *types.InternalLinkTypeUserToken:
		n = name{"contact", t.Token, "contact?token=", badRequest("Invalid user token specified")}
	default:
		return name{}, false
	}
	return n, true
}

// named makes the link to what has a name.
func (m *maker) named(n name) (string, error) {
	if named(n.what, n.name) == nil {
		return "", n.wrong
	}
	home := n.what + "/"
	if n.what == "invoice" {
		home = "$"
	}
	escaped := escape(n.name)
	return m.either(n.app+escaped, home+escaped), nil
}
