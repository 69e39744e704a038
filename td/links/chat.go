package links

import (
	"strings"
	"unicode/utf8"

	"tdjson/types"
)

// A chatLink is a link to a chat by its username, and what is to be done there.
type chatLink struct {
	username string
	q        *query
	options  *Options
	isApp    bool
}

// chat is the chat itself.
func (l *chatLink) chat() types.InternalLinkType {
	return &types.InternalLinkTypePublicChat{ChatUsername: l.username, DraftText: draftText(l.q), OpenProfile: l.q.has("profile")}
}

// pathAction is what stands behind the username in the path of a public link, or nil.
func (l *chatLink) pathAction() types.InternalLinkType {
	switch path := l.q.path; len(path) {
	case 2:
		return l.webApp(path[1])
	case 3:
		switch path[1] {
		case "s":
			return l.story(path[2])
		case "c":
			return l.collection(path[2])
		case "a":
			return l.album(path[2])
		}
	}
	return nil
}

// action is what the first argument that can be understood asks for, or nil.
func (l *chatLink) action() types.InternalLinkType {
	for _, a := range l.q.arguments {
		if t := l.argumentAction(a.key, a.value); t != nil {
			return t
		}
	}
	return nil
}

func (l *chatLink) argumentAction(key, value string) types.InternalLinkType {
	if l.isApp {
		switch key {
		case "appname":
			return l.webApp(value)
		case "story":
			return l.story(value)
		case "collection":
			return l.collection(value)
		case "album":
			return l.album(value)
		}
	}
	switch key {
	case "voicechat", "videochat", "livestream":
		if isToken(value) {
			return &types.InternalLinkTypeVideoChat{ChatUsername: l.username, InviteHash: value, IsLiveStream: key == "livestream"}
		}
	case "boost":
		if !l.isApp {
			return &types.InternalLinkTypeChatBoost{URL: "tg://boost?domain=" + l.username}
		}
	case "direct":
		return &types.InternalLinkTypeDirectMessagesChat{ChannelUsername: l.username}
	case "ref":
		if isSlug(value) {
			return &types.InternalLinkTypeChatAffiliateProgram{Username: l.username, Referrer: value}
		}
	default:
		return l.botAction(key, value)
	}
	return nil
}

// botAction is what is asked of a bot.
func (l *chatLink) botAction(key, value string) types.InternalLinkType {
	switch key {
	case "start":
		return l.start(value)
	case "startgroup":
		if isToken(value) {
			rights := parseRights(l.q.get("admin"), false)
			return &types.InternalLinkTypeBotStartInGroup{BotUsername: l.username, StartParameter: value, AdministratorRights: rights}
		}
	case "startchannel":
		if rights := parseRights(l.q.get("admin"), true); rights != nil {
			return &types.InternalLinkTypeBotAddToChannel{BotUsername: l.username, AdministratorRights: rights}
		}
	case "startapp":
		if isToken(value) && !(l.isApp && l.q.has("appname")) {
			return &types.InternalLinkTypeMainWebApp{BotUsername: l.username, StartParameter: value, Mode: openMode(l.q.get("mode"))}
		}
	case "game":
		if isShortName(value) {
			return &types.InternalLinkTypeGame{BotUsername: l.username, GameShortName: value}
		}
	case "attach":
		if isUsername(value) {
			chat := &types.InternalLinkTypePublicChat{ChatUsername: l.username}
			return attachment(&types.TargetChatInternalLink{Link: chat}, value, l.q.get("startattach"))
		}
	case "startattach":
		if l.q.get("attach") == "" {
			return attachment(chosenChats(l.q.get("choose")), l.username, value)
		}
	}
	return nil
}

// start is the start of a bot; with some parameters it is its affiliate program.
func (l *chatLink) start(parameter string) types.InternalLinkType {
	if !isToken(parameter) {
		return nil
	}
	for _, prefix := range l.options.referralPrefixes() {
		if referrer, ok := strings.CutPrefix(parameter, prefix); ok && referrer != "" {
			return &types.InternalLinkTypeChatAffiliateProgram{Username: l.username, Referrer: referrer}
		}
	}
	return &types.InternalLinkTypeBotStart{BotUsername: l.username, StartParameter: parameter}
}

func (l *chatLink) webApp(name string) types.InternalLinkType {
	if !isShortName(name) {
		return nil
	}
	return &types.InternalLinkTypeWebApp{
		BotUsername: l.username, WebAppShortName: name, StartParameter: l.q.get("startapp"), Mode: openMode(l.q.get("mode")),
	}
}

func (l *chatLink) story(id string) types.InternalLinkType {
	if n := exactID(id); isStoryID(n) {
		return &types.InternalLinkTypeStory{StoryPosterUsername: l.username, StoryID: n}
	}
	if id == "live" {
		return &types.InternalLinkTypeLiveStory{StoryPosterUsername: l.username}
	}
	return nil
}

func (l *chatLink) collection(id string) types.InternalLinkType {
	if n := exactID(id); n > 0 {
		return &types.InternalLinkTypeGiftCollection{GiftOwnerUsername: l.username, CollectionID: n}
	}
	return nil
}

func (l *chatLink) album(id string) types.InternalLinkType {
	if n := exactID(id); n > 0 {
		return &types.InternalLinkTypeStoryAlbum{StoryAlbumOwnerUsername: l.username, StoryAlbumID: n}
	}
	return nil
}

// userByPhone is a link to a user by the digits of a phone number.
func userByPhone(digits string, q *query) types.InternalLinkType {
	user := &types.InternalLinkTypeUserPhoneNumber{PhoneNumber: "+" + digits}
	if bot := q.get("attach"); isUsername(bot) {
		return attachment(&types.TargetChatInternalLink{Link: user}, bot, q.get("startattach"))
	}
	user.DraftText, user.OpenProfile = draftText(q), q.has("profile")
	return user
}

// attachment is a link to a bot in the attachment menu.
func attachment(target types.TargetChat, bot, parameter string) types.InternalLinkType {
	t := &types.InternalLinkTypeAttachmentMenuBot{TargetChat: target, BotUsername: bot}
	if isSlug(parameter) {
		t.URL = "start://" + parameter
	}
	return t
}

// chosenChats reads the kinds of chat that a user may choose of. Without one it is the current chat.
func chosenChats(kinds string) types.TargetChat {
	var t types.TargetChatTypes
	for kind := range strings.SplitSeq(kinds, " ") {
		switch kind {
		case "users":
			t.AllowUserChats = true
		case "bots":
			t.AllowBotChats = true
		case "groups":
			t.AllowGroupChats = true
		case "channels":
			t.AllowChannelChats = true
		}
	}
	if t == (types.TargetChatTypes{}) {
		return &types.TargetChatCurrent{}
	}
	return &types.TargetChatChosen{Types: &t}
}

func openMode(name string) types.WebAppOpenMode {
	switch name {
	case "compact":
		return &types.WebAppOpenModeCompact{}
	case "fullscreen":
		return &types.WebAppOpenModeFullScreen{}
	}
	return &types.WebAppOpenModeFullSize{}
}

// maxDraft is how many characters of a draft are kept.
const maxDraft = 4096

// draftText is the text that a link puts into the input field. Behind a space it can't ask an inline bot.
func draftText(q *query) string {
	s := q.get("text")
	if s == "" || !utf8.ValidString(s) {
		return ""
	}
	if len(s) > maxDraft {
		left := maxDraft
		for i := range s {
			if left == 0 {
				s = s[:i]
				break
			}
			left--
		}
	}
	if s[0] == '@' {
		return " " + s
	}
	return s
}
