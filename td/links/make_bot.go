package links

import (
	"strings"

	"tdjson/types"
)

const (
	wrongBot   = "Invalid bot username specified"
	wrongStart = "Invalid start parameter specified"
)

// ofBot makes links of types that begin with a bot. ok is false for other types.
func (m *maker) ofBot(t types.InternalLinkType) (link string, ok bool, err error) {
	switch t := t.(type) {
	case *types.InternalLinkTypeAttachmentMenuBot:
		link, err = m.attachment(t)
	case *types.InternalLinkTypeBotAddToChannel:
		link, err = m.chat(t.BotUsername, wrongBot, string(appendRights([]byte("startchannel"), t.AdministratorRights, true)))
	case *types.InternalLinkTypeBotStart:
		if t.Autostart {
			return "", true, badRequest("Can't create an autostart bot link")
		}
		link, err = m.start(t.BotUsername, "start", t.StartParameter, "")
	case *types.InternalLinkTypeBotStartInGroup:
		rights := string(appendRights(nil, t.AdministratorRights, false))
		link, err = m.start(t.BotUsername, "startgroup", t.StartParameter, rights)
	case *types.InternalLinkTypeMainWebApp:
		link, err = m.start(t.BotUsername, "startapp", t.StartParameter, modeArgument(t.Mode))
	case *types.InternalLinkTypeGame:
		link, err = m.game(t)
	case *types.InternalLinkTypeWebApp:
		link, err = m.webApp(t)
	default:
		return "", false, nil
	}
	return link, true, err
}

// start is a link that starts a bot somehow, with a parameter or without.
func (m *maker) start(bot, how, parameter, more string) (string, error) {
	if parameter != "" {
		how += "=" + parameter
	}
	link, err := m.chat(bot, wrongBot, how+more)
	if err == nil && !isToken(parameter) {
		return "", badRequest(wrongStart)
	}
	return link, err
}

// modeArgument is the argument for how a Web App is opened; nothing for its full size.
func modeArgument(mode types.WebAppOpenMode) string {
	switch mode.(type) {
	case *types.WebAppOpenModeCompact:
		return "&mode=compact"
	case *types.WebAppOpenModeFullScreen:
		return "&mode=fullscreen"
	}
	return ""
}

func (m *maker) game(t *types.InternalLinkTypeGame) (string, error) {
	link, err := m.chat(t.BotUsername, wrongBot, "game="+t.GameShortName)
	if err == nil && !isShortName(t.GameShortName) {
		return "", badRequest("Invalid game name specified")
	}
	return link, err
}

func (m *maker) webApp(t *types.InternalLinkTypeWebApp) (string, error) {
	switch {
	case !isUsername(t.BotUsername):
		return "", badRequest(wrongBot)
	case !isShortName(t.WebAppShortName):
		return "", badRequest("Invalid Web App name specified")
	case !isToken(t.StartParameter):
		return "", badRequest(wrongStart)
	}
	arguments := modeArgument(t.Mode)
	if t.StartParameter != "" {
		arguments = "&startapp=" + t.StartParameter + arguments
	}
	home := t.BotUsername + "/" + t.WebAppShortName
	if arguments != "" {
		home += "?" + arguments[1:]
	}
	return m.either("resolve?domain="+t.BotUsername+"&appname="+t.WebAppShortName+arguments, home), nil
}

func (m *maker) attachment(t *types.InternalLinkTypeAttachmentMenuBot) (string, error) {
	if !isUsername(t.BotUsername) {
		return "", badRequest(wrongBot)
	}
	start := "startattach"
	if t.URL != "" {
		parameter, ok := strings.CutPrefix(t.URL, "start://")
		if !ok {
			return "", badRequest("Unsupported link URL specified")
		}
		if !isSlug(parameter) {
			return "", badRequest(wrongStart)
		}
		start += "=" + parameter
	}
	switch target := t.TargetChat.(type) {
	case *types.TargetChatCurrent:
		return m.chat(t.BotUsername, wrongBot, start)
	case *types.TargetChatChosen:
		kinds := chosenKinds(target.Types)
		if kinds == "" {
			return "", badRequest("At least one target chat type must be allowed")
		}
		return m.chat(t.BotUsername, wrongBot, start+"&choose="+kinds)
	case *types.TargetChatInternalLink:
		attach := "attach=" + t.BotUsername
		if t.URL != "" {
			attach += "&" + start
		}
		return m.attachTo(target.Link, attach)
	}
	return "", badRequest("Target chat must be non-empty")
}

// chosenKinds names the kinds of chat that a user may choose of, with a plus between them.
func chosenKinds(t *types.TargetChatTypes) string {
	if t == nil {
		return ""
	}
	var kinds []string
	for _, kind := range [...]struct {
		name    string
		allowed bool
	}{{"users", t.AllowUserChats}, {"bots", t.AllowBotChats}, {"groups", t.AllowGroupChats}, {"channels", t.AllowChannelChats}} {
		if kind.allowed {
			kinds = append(kinds, kind.name)
		}
	}
	return strings.Join(kinds, "+")
}

// attachTo is a link to a bot in the attachment menu of the chat that another link leads to.
func (m *maker) attachTo(target types.InternalLinkType, attach string) (string, error) {
	const noProfile = "Link must not open chat profile information screen"
	if types.IsNil(target) {
		return "", badRequest("Target link must be non-empty")
	}
	switch t := target.(type) {
	case *types.InternalLinkTypeUserPhoneNumber:
		if t.OpenProfile {
			return "", badRequest(noProfile)
		}
		digits := strings.TrimPrefix(t.PhoneNumber, "+")
		if !isPhoneNumber(digits) {
			return "", badRequest("Invalid target phone number specified")
		}
		return m.either("resolve?phone=+"+digits+"&"+attach, "+"+digits+"?"+attach), nil
	case *types.InternalLinkTypePublicChat:
		if t.OpenProfile {
			return "", badRequest(noProfile)
		}
		return m.chat(t.ChatUsername, "Invalid target public chat username specified", attach)
	}
	return "", badRequest("Unsupported target link specified")
}
