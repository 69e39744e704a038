package links

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"tdjson/types"
)

// Make makes a link that leads to what t says: a public one with http, else one for apps. Parse reads it again, as long as the name of
// a chat is no word with a meaning of its own. The error is TDLib's, some of them of code 0.
func Make(t types.InternalLinkType, http bool, o *Options) (string, error) {
	if types.IsNil(t) {
		return "", badRequest("Link type must be non-empty")
	}
	m := &maker{http: http, options: o}
	if page, ok := appPage(t); ok {
		return m.app(page)
	}
	if n, ok := nameOf(t); ok {
		return m.named(n)
	}
	if link, ok, err := m.ofURL(t); ok {
		return link, err
	}
	if link, ok, err := m.ofChat(t); ok {
		return link, err
	}
	return m.other(t)
}

// A maker makes one link.
type maker struct {
	http    bool
	options *Options
}

// either is a public link or one for apps, each given without its beginning.
func (m *maker) either(app, home string) string {
	if m.http {
		return m.options.home() + home
	}
	return "tg://" + app
}

// app is a link of which there is no public form.
func (m *maker) app(path string) (string, error) {
	if m.http {
		return "", codeless("HTTP link is unavailable for the link type")
	}
	return "tg://" + path, nil
}

// appPage is the path of a page of the app that needs no check.
func appPage(t types.InternalLinkType) (path string, ok bool) {
	switch t := t.(type) {
	case *types.InternalLinkTypeCallsPage:
		return pathTo("settings/calls", callsSections, t.Section, ""), true
	case *types.InternalLinkTypeMyProfilePage:
		return pathTo("settings/my-profile", myProfileSections, t.Section, ""), true
	case *types.InternalLinkTypeContactsPage:
		return pathTo("contacts", contactsSections, t.Section, ""), true
	case *types.InternalLinkTypeChatSelection:
		return "chats/edit", true
	case *types.InternalLinkTypeSearch:
		return "chats/search", true
	case *types.InternalLinkTypeNewPrivateChat:
		return "new", true
	case *types.InternalLinkTypeNewChannelChat:
		return "new/channel", true
	case *types.InternalLinkTypeNewGroupChat:
		return "new/group", true
	case *types.InternalLinkTypeNewStory:
		return storyPath(t.ContentType), true
	case *types.InternalLinkTypeRestorePurchases:
		return "restore_purchases", true
	case *types.InternalLinkTypeSavedMessages:
		return "settings/saved-messages", true
	case *types.InternalLinkTypeSettings:
		return settingsPath(t.Section), true
	}
	return "", false
}

func storyPath(content types.StoryContentType) string {
	switch content.(type) {
	case *types.StoryContentTypePhoto:
		return "post/photo"
	case *types.StoryContentTypeVideo:
		return "post/video"
	case *types.StoryContentTypeLive:
		return "post/live"
	case *types.StoryContentTypeUnsupported:
		return "post/unsupported"
	}
	return "post"
}

// other makes the links that are like no others.
func (m *maker) other(t types.InternalLinkType) (string, error) {
	switch t := t.(type) {
	case *types.InternalLinkTypeBackground:
		return makeBackground(t.BackgroundName, m)
	case *types.InternalLinkTypeMessageDraft:
		return m.draft(t), nil
	case *types.InternalLinkTypePassportDataRequest:
		return m.passport(t)
	case *types.InternalLinkTypePhoneNumberConfirmation:
		return m.confirmation(t)
	case *types.InternalLinkTypePremiumFeaturesPage:
		return m.premium("premium_offer", t.Referrer)
	case *types.InternalLinkTypePremiumGiftPurchase:
		return m.premium("premium_multigift", t.Referrer)
	case *types.InternalLinkTypeProxy:
		return makeProxy(t.Proxy, m)
	case *types.InternalLinkTypeQrCodeAuthentication:
		return "", codeless("The link must never be generated client-side")
	case *types.InternalLinkTypeRequestManagedBot:
		return m.managedBot(t)
	case *types.InternalLinkTypeStarPurchase:
		return m.stars(t)
	}
	return "", errNoType
}

func (m *maker) draft(t *types.InternalLinkTypeMessageDraft) string {
	url, s := "", ""
	if t.Text != nil {
		url = t.Text.Text
	}
	if t.ContainsLink {
		url, s, _ = strings.Cut(url, "\n")
	}
	to := "url?url=" + escape(url)
	if s != "" {
		to += "&text=" + escape(s)
	}
	return m.either("msg_"+to, "share/"+to)
}

func (m *maker) passport(t *types.InternalLinkTypePassportDataRequest) (string, error) {
	switch {
	case m.http:
		return m.app("")
	case !isUserID(t.BotUserID):
		return "", codeless("Invalid bot user identifier specified")
	case !isText(t.Scope) || !isText(t.PublicKey) || !isText(t.Nonce):
		return "", codeless("Invalid parameters specified")
	}
	return m.app("resolve?domain=telegrampassport&bot_id=" + strconv.FormatInt(t.BotUserID, 10) + "&scope=" + escape(t.Scope) +
		"&public_key=" + escape(t.PublicKey) + "&nonce=" + escape(t.Nonce) + "&callback_url=" + escape(t.CallbackURL))
}

func (m *maker) confirmation(t *types.InternalLinkTypePhoneNumberConfirmation) (string, error) {
	if !isPhoneNumber(t.PhoneNumber) {
		return "", codeless("Invalid phone number specified")
	}
	if !isPhoneNumberHash(t.Hash) {
		return "", codeless("Invalid phone number hash specified")
	}
	to := "confirmphone?phone=" + t.PhoneNumber + "&hash=" + t.Hash
	return m.either(to, to), nil
}

func (m *maker) premium(page, referrer string) (string, error) {
	if !m.http && !utf8.ValidString(referrer) {
		return "", codeless("Invalid referrer specified")
	}
	return m.app(page + "?ref=" + escape(referrer))
}

func (m *maker) managedBot(t *types.InternalLinkTypeRequestManagedBot) (string, error) {
	switch {
	case !isUsername(t.ManagerBotUsername):
		return "", badRequest("Invalid manager bot username specified")
	case !isUsername(t.SuggestedBotUsername):
		return "", badRequest("Invalid suggested bot username specified")
	case !utf8.ValidString(t.SuggestedBotName):
		return "", badRequest("Suggested bot name must be encoded in UTF-8")
	}
	name := "name=" + escape(t.SuggestedBotName)
	return m.either("newbot?manager="+t.ManagerBotUsername+"&username="+t.SuggestedBotUsername+"&"+name,
		"newbot/"+t.ManagerBotUsername+"/"+t.SuggestedBotUsername+"?"+name), nil
}

func (m *maker) stars(t *types.InternalLinkTypeStarPurchase) (string, error) {
	switch {
	case m.http:
		return m.app("")
	case t.StarCount <= 0:
		return "", badRequest("Invalid Telegram Star amount provided")
	case !utf8.ValidString(t.Purpose):
		return "", badRequest("Invalid purpose specified")
	}
	return m.app("stars_topup?balance=" + strconv.FormatInt(t.StarCount, 10) + "&purpose=" + escape(t.Purpose))
}
