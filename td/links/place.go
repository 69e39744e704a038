package links

import (
	"strings"

	"tdjson/td/text"
)

// A place is where a link leads.
type place uint8

const (
	placeElsewhere place = iota
	placeApp             // tg:
	placeHome            // t.me and its other names
	placeTelegraph
)

const telegraphURL = "https://telegra.ph"

// place tells where a link leads and what follows there: for tg: all behind it, else path and query with the slash before them.
func (o *Options) place(link string) (where place, rest string) {
	link, _, _ = strings.Cut(link, "#")
	after, isApp := cutPrefixFold(link, "tg:")
	if isApp {
		link = strings.TrimPrefix(after, "//")
	}
	u, err := text.ParseURL(link)
	if err != nil || u.Userinfo != "" || u.IPv6 {
		return placeElsewhere, ""
	}
	if isApp {
		if _, isHTTP := cutPrefixFold(link, "http://"); isHTTP || u.HTTPS || u.Port != 0 {
			return placeElsewhere, ""
		}
		return placeApp, link
	}
	if u.Port != 0 && u.Port != 80 && u.Port != 443 {
		return placeElsewhere, ""
	}
	return o.placeOfHost(lower(unescape(u.Host, false)), u.CleanQuery())
}

func (o *Options) placeOfHost(host, query string) (where place, rest string) {
	if name, ok := strings.CutSuffix(host, ".t.me"); ok && len(name) >= 4 && isUsername(name) && !isReserved(name) {
		return placeHome, "/" + name + query
	}
	switch host = strings.TrimPrefix(host, "www."); {
	case host == "t.me", host == "telegram.me", host == "telegram.dog", o.isHome(host):
		return placeHome, withoutPreview(query)
	case len(query) > 1 && (host == "telegra.ph" || host == "te.legra.ph" || host == "graph.org"):
		return placeTelegraph, query
	}
	return placeElsewhere, ""
}

// isHome says whether a host is what stands in the option behind the scheme. There it has a slash at its end.
func (o *Options) isHome(host string) bool {
	home, ok := cutPrefixFold(o.Home, "https://")
	if !ok {
		home, ok = cutPrefixFold(o.Home, "http://")
	}
	return ok && host == home
}

// withoutPreview drops the path of the web preview, as in t.me/s/durov.
func withoutPreview(query string) string {
	for {
		switch {
		case strings.HasPrefix(query, "/s/"):
			query = query[len("/s"):]
		case strings.HasPrefix(query, "/%73/"):
			query = query[len("/%73"):]
		default:
			return query
		}
	}
}

// isReserved says whether a name before .t.me is no username but has a meaning of its own.
func isReserved(name string) bool {
	switch name {
	case "addemoji", "addlist", "addstickers", "addstyle", "addtheme", "auction", "auth", "boost", "call", "confirmphone", "contact",
		"giftcode", "invoice", "joinchat", "login", "m", "nft", "proxy", "setlanguage", "share", "socks", "web", "a", "k", "z":
		return true
	}
	return false
}
