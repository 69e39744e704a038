package links

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"tdjson/types"
)

// ofChat makes links of types that begin with a chat. ok is false for other types.
func (m *maker) ofChat(t types.InternalLinkType) (link string, ok bool, err error) {
	switch t := t.(type) {
	case *types.InternalLinkTypePublicChat:
		link, err = m.publicChat(t)
	case *types.InternalLinkTypeUserPhoneNumber:
		link, err = m.userByPhone(t)
	case *types.InternalLinkTypeDirectMessagesChat:
		link, err = m.chat(t.ChannelUsername, "Invalid channel username specified", "direct")
	case *types.InternalLinkTypeVideoChat:
		link, err = m.videoChat(t)
	case *types.InternalLinkTypeChatAffiliateProgram:
		link, err = m.affiliate(t)
	case *types.InternalLinkTypeStory:
		link, err = m.story(t)
	case *types.InternalLinkTypeLiveStory:
		link, err = m.inChat(t.StoryPosterUsername, "Invalid story poster username specified", "story=live", "s/live")
	case *types.InternalLinkTypeStoryAlbum:
		link, err = m.album(t)
	case *types.InternalLinkTypeGiftCollection:
		link, err = m.collection(t)
	default:
		return m.ofBot(t)
	}
	return link, true, err
}

// chat is a link to a chat with an argument.
func (m *maker) chat(username, wrong, argument string) (string, error) {
	if !isUsername(username) {
		return "", badRequest(wrong)
	}
	return m.either("resolve?domain="+username+"&"+argument, username+"?"+argument), nil
}

// inChat is a link to something in a chat: an argument for apps, a path behind the username for the public.
func (m *maker) inChat(username, wrong, argument, path string) (string, error) {
	if !isUsername(username) {
		return "", badRequest(wrong)
	}
	return m.either("resolve?domain="+username+"&"+argument, username+"/"+path), nil
}

func (m *maker) publicChat(t *types.InternalLinkTypePublicChat) (string, error) {
	if !isUsername(t.ChatUsername) {
		return "", badRequest("Invalid chat username specified")
	}
	return m.opened("resolve?domain="+t.ChatUsername, t.ChatUsername, t.DraftText, t.OpenProfile)
}

func (m *maker) userByPhone(t *types.InternalLinkTypeUserPhoneNumber) (string, error) {
	digits := strings.TrimPrefix(t.PhoneNumber, "+")
	if !isPhoneNumber(digits) {
		return "", badRequest("Invalid phone number specified")
	}
	return m.opened("resolve?phone=+"+digits, "+"+digits, t.DraftText, t.OpenProfile)
}

// opened is a link to a chat with a draft in it, or to its profile.
func (m *maker) opened(app, home, draft string, profile bool) (string, error) {
	if !utf8.ValidString(draft) {
		return "", badRequest("Draft text must be encoded in UTF-8")
	}
	link, mark := m.either(app, home), "&"
	if m.http {
		mark = "?"
	}
	if draft != "" {
		link += mark + "text=" + escape(draft)
		mark = "&"
	}
	if profile {
		link += mark + "profile"
	}
	return link, nil
}

func (m *maker) videoChat(t *types.InternalLinkTypeVideoChat) (string, error) {
	argument := "videochat"
	if t.IsLiveStream {
		argument = "livestream"
	}
	if t.InviteHash != "" {
		argument += "=" + t.InviteHash
	}
	link, err := m.chat(t.ChatUsername, "Invalid chat username specified", argument)
	if err == nil && !isToken(t.InviteHash) {
		return "", badRequest("Invalid invite hash specified")
	}
	return link, err
}

func (m *maker) affiliate(t *types.InternalLinkTypeChatAffiliateProgram) (string, error) {
	prefix := "_tgr_"
	if all := m.options.referralPrefixes(); len(all) > 0 {
		prefix = all[0]
	}
	link, err := m.chat(t.Username, "Invalid username specified", "start="+prefix+t.Referrer)
	if err == nil && !isSlug(t.Referrer) {
		return "", badRequest("Invalid referrer specified")
	}
	return link, err
}

func (m *maker) story(t *types.InternalLinkTypeStory) (string, error) {
	id := strconv.Itoa(int(t.StoryID))
	link, err := m.inChat(t.StoryPosterUsername, "Invalid story poster username specified", "story="+id, "s/"+id)
	if err == nil && !isStoryID(t.StoryID) {
		return "", badRequest("Invalid story identifier specified")
	}
	return link, err
}

func (m *maker) album(t *types.InternalLinkTypeStoryAlbum) (string, error) {
	id := strconv.Itoa(int(t.StoryAlbumID))
	link, err := m.inChat(t.StoryAlbumOwnerUsername, "Invalid story album owner username specified", "album="+id, "a/"+id)
	if err == nil && t.StoryAlbumID <= 0 {
		return "", badRequest("Invalid story album identifier specified")
	}
	return link, err
}

func (m *maker) collection(t *types.InternalLinkTypeGiftCollection) (string, error) {
	id := strconv.Itoa(int(t.CollectionID))
	link, err := m.inChat(t.GiftOwnerUsername, "Invalid gift collection owner username specified", "collection="+id, "c/"+id)
	if err == nil && t.CollectionID <= 0 {
		return "", badRequest("Invalid gift collection identifier specified")
	}
	return link, err
}
