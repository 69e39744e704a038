package links

import (
	"strings"

	"tdjson/types"
)

// parseApp reads what follows tg: in a link. What has no other meaning is an unknown deep link, but for drafts without a text.
func parseApp(link string, o *Options) types.InternalLinkType {
	q := parseQuery(link)
	if len(q.path) == 0 {
		return nil
	}
	if len(q.path) == 1 {
		switch q.path[0] {
		case "msg_url", "msg", "share":
			return draft(q.get("url"), q.get("text"))
		}
	}
	if t := parseAppPath(&q, o); t != nil {
		return t
	}
	return &types.InternalLinkTypeUnknownDeepLink{Link: "tg://" + link}
}

// parseAppPath reads a link by its path.
func parseAppPath(q *query, o *Options) types.InternalLinkType {
	switch q.path[0] {
	case "settings":
		return parseSettings(q.path[1:])
	case "stars", "ton":
		return &types.InternalLinkTypeSettings{Section: settingsSection(q.path[:1])}
	case "contacts":
		section := ""
		if len(q.path) == 2 {
			section = known(contactsSections, q.path[1])
		}
		return &types.InternalLinkTypeContactsPage{Section: section}
	case "chats", "new", "post":
		return parsePage(q)
	}
	if len(q.path) > 1 {
		return nil
	}
	if t := parseSlug(q); t != nil {
		return t
	}
	return parseAppAction(q, o)
}

// parsePage reads a link to a page of the app.
func parsePage(q *query) types.InternalLinkType {
	switch strings.Join(q.path, "/") {
	case "chats/edit":
		return &types.InternalLinkTypeChatSelection{}
	case "chats/emoji-status":
		return &types.InternalLinkTypeSettings{Section: settingsSection([]string{"emoji-status"})}
	case "chats/search":
		return &types.InternalLinkTypeSearch{}
	case "new":
		return &types.InternalLinkTypeNewPrivateChat{}
	case "new/channel":
		return &types.InternalLinkTypeNewChannelChat{}
	case "new/group":
		return &types.InternalLinkTypeNewGroupChat{}
	}
	if q.path[0] == "post" && len(q.path) <= 2 {
		return &types.InternalLinkTypeNewStory{ContentType: storyContent(q.part(1))}
	}
	return nil
}

func storyContent(name string) types.StoryContentType {
	switch name {
	case "":
		return nil
	case "photo":
		return &types.StoryContentTypePhoto{}
	case "video":
		return &types.StoryContentTypeVideo{}
	case "live":
		return &types.StoryContentTypeLive{}
	}
	return &types.StoryContentTypeUnsupported{}
}

// parseSlug reads a link that has the name of something in one argument.
func parseSlug(q *query) types.InternalLinkType {
	switch what := q.path[0]; what {
	case "nft", "addlist", "call", "addstyle", "addtheme", "invoice", "giftcode":
		return named(what, q.get("slug"))
	case "stargift_auction":
		return named("auction", q.get("slug"))
	case "message":
		return named("m", q.get("slug"))
	case "contact":
		return named(what, q.get("token"))
	case "login":
		return named(what, q.get("code"))
	case "join":
		return named("joinchat", q.get("invite"))
	case "addstickers", "addemoji":
		return named(what, q.get("set"))
	case "setlanguage":
		return named(what, q.get("lang"))
	}
	return nil
}

// parseAppAction reads the other links of one part.
func parseAppAction(q *query, o *Options) types.InternalLinkType {
	switch q.path[0] {
	case "resolve":
		return parseResolve(q, o)
	case "login":
		if q.get("token") != "" {
			return &types.InternalLinkTypeQrCodeAuthentication{}
		}
	case "oauth":
		if q.get("token") != "" {
			return &types.InternalLinkTypeOauth{URL: string(appendFrom([]byte("tg://oauth"), q, '?', "token"))}
		}
	case "restore_purchases":
		return &types.InternalLinkTypeRestorePurchases{}
	case "premium_offer", "premium_multigift", "stars_topup":
		return purchase(q)
	case "passport":
		return passport(q)
	case "confirmphone":
		return confirmation(q)
	case "socks", "proxy":
		return proxy(q)
	case "privatepost":
		if q.get("channel") != "" && q.get("post") != "" {
			return appMessage("tg://privatepost", "channel", q)
		}
	case "boost":
		return appBoost(q)
	case "bg":
		return appBackground(q)
	case "newbot":
		return managedBot(q.get("manager"), q.get("username"), q.get("name"))
	}
	return nil
}

// parseResolve reads a link to a chat by its username or phone number.
func parseResolve(q *query, o *Options) types.InternalLinkType {
	username := q.get("domain")
	if !isUsername(username) {
		if phone := strings.TrimPrefix(q.get("phone"), " "); isPhoneNumber(phone) {
			return userByPhone(phone, q)
		}
		return nil
	}
	if q.get("post") != "" {
		return appMessage("tg://resolve", "domain", q)
	}
	if username == "oauth" && q.get("startapp") != "" {
		return &types.InternalLinkTypeOauth{URL: string(appendFrom([]byte("tg://resolve"), q, '?', "domain", "startapp"))}
	}
	l := chatLink{username: username, q: q, options: o, isApp: true}
	if t := l.action(); t != nil {
		return t
	}
	if username == "telegrampassport" {
		if t := passport(q); t != nil {
			return t
		}
	}
	return l.chat()
}

// appMessage reads a link to a message in the chat that an argument names.
func appMessage(place, chat string, q *query) types.InternalLinkType {
	url := appendFrom([]byte(place), q, '?', chat, "post", "single", "thread", "comment", "t", "task", "option")
	return &types.InternalLinkTypeMessage{URL: string(url)}
}

// appBoost reads a link to boost a chat.
func appBoost(q *query) types.InternalLinkType {
	for _, chat := range [...]string{"domain", "channel"} {
		if q.get(chat) != "" {
			return &types.InternalLinkTypeChatBoost{URL: string(appendFrom([]byte("tg://boost"), q, '?', chat))}
		}
	}
	return nil
}
