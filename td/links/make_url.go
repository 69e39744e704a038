package links

import (
	"strings"

	"tdjson/types"
)

// ofURL makes links of types that hold one. ok is false for other types.
func (m *maker) ofURL(t types.InternalLinkType) (link string, ok bool, err error) {
	switch t := t.(type) {
	case *types.InternalLinkTypeChatBoost:
		link, err = m.boost(t.URL)
	case *types.InternalLinkTypeMessage:
		link, err = m.message(t.URL)
	case *types.InternalLinkTypeOauth:
		link, err = m.oauth(t.URL)
	case *types.InternalLinkTypeUnknownDeepLink:
		link, err = m.unknown(t.Link)
	case *types.InternalLinkTypeChatFolderInvite:
		link, err = m.slug(t.InviteLink, "addlist", "Invalid invite link specified")
	case *types.InternalLinkTypeGroupCall:
		link, err = m.slug(t.InviteLink, "call", "Invalid group call link specified")
	case *types.InternalLinkTypeChatInvite:
		link, err = m.invite(t.InviteLink)
	case *types.InternalLinkTypeInstantView:
		link, err = m.instantView(t)
	default:
		return "", false, nil
	}
	return link, true, err
}

func (m *maker) boost(url string) (string, error) {
	t, ok := Parse(url, m.options).(*types.InternalLinkTypeChatBoost)
	switch {
	case !ok:
		return "", badRequest("Invalid chat boost URL specified")
	case m.http:
		return "", badRequest("Use getChatBoostLink to get an HTTPS link to boost a chat")
	}
	return t.URL, nil
}

func (m *maker) message(url string) (string, error) {
	t, ok := Parse(url, m.options).(*types.InternalLinkTypeMessage)
	switch {
	case !ok:
		return "", badRequest("Invalid message URL specified")
	case m.http:
		return "", badRequest("Use getMessageLink to get an HTTPS link to a message")
	}
	return t.URL, nil
}

func (m *maker) oauth(url string) (string, error) {
	if m.http {
		return m.app("")
	}
	t, ok := Parse(url, m.options).(*types.InternalLinkTypeOauth)
	if !ok {
		return "", badRequest("Invalid OAuth URL specified")
	}
	return t.URL, nil
}

func (m *maker) unknown(url string) (string, error) {
	if m.http {
		return m.app("")
	}
	t, ok := Parse(url, m.options).(*types.InternalLinkTypeUnknownDeepLink)
	if !ok {
		return "", badRequest("Invalid deep link URL specified")
	}
	return t.Link, nil
}

// slug makes a link of another that names the same in one argument or in its path.
func (m *maker) slug(link, what, wrong string) (string, error) {
	slug := ""
	switch where, rest := m.options.place(link); where {
	case placeApp:
		if q := parseQuery(rest); len(q.path) == 1 && q.path[0] == what {
			slug = q.get("slug")
		}
	case placeHome:
		if q := parseQuery(rest); q.part(0) == what {
			slug = q.part(1)
		}
	}
	if !isSlug(slug) {
		return "", badRequest(wrong)
	}
	if m.http {
		return m.options.home() + what + "/" + slug, nil
	}
	return "tg:" + what + "?slug=" + slug, nil
}

// invite makes a link of another with the same hash.
func (m *maker) invite(link string) (string, error) {
	hash := ""
	switch where, rest := m.options.place(link); where {
	case placeApp:
		if q := parseQuery(rest); len(q.path) == 1 && q.path[0] == "join" {
			hash = q.get("invite")
		}
	case placeHome:
		hash = homeHash(parseQuery(rest))
	}
	if !isInviteHash(hash) {
		return "", badRequest("Invalid invite link specified")
	}
	if m.http {
		return m.options.home() + "+" + hash, nil
	}
	return "tg:join?invite=" + hash, nil
}

// homeHash is the hash in a public invite link, or nothing.
func homeHash(q query) string {
	first := q.part(0)
	if first == "joinchat" {
		return q.part(1)
	}
	if strings.HasPrefix(first, "+") || strings.HasPrefix(first, " ") {
		return first[1:]
	}
	return ""
}

// instantView makes of an instant view the link that it is shown for.
func (m *maker) instantView(t *types.InternalLinkTypeInstantView) (string, error) {
	if !m.http {
		return "", codeless("Deep link is unavailable for the link type")
	}
	switch where, _ := m.options.place(t.URL); where {
	case placeHome:
		return t.URL, nil
	case placeTelegraph:
		if where, rest := m.options.place(t.FallbackURL); where != placeTelegraph || t.URL != telegraphURL+rest {
			return "", codeless("Unrelated fallback URL provided")
		}
		return t.FallbackURL, nil
	}
	return "", codeless("Invalid instant view URL provided")
}
