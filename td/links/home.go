package links

import (
	"strconv"
	"strings"

	"tdjson/types"
)

// parseHome reads the path and the arguments of a public link.
func parseHome(link string, o *Options) types.InternalLinkType {
	q := parseQuery(link)
	first := q.part(0)
	switch first {
	case "":
		return nil
	case "login", "addlist", "call", "joinchat", "auction", "contact", "addstickers", "addemoji", "setlanguage", "addstyle", "addtheme",
		"invoice", "giftcode", "m":
		return named(first, q.part(1))
	case "nft":
		if q.part(1) != "" {
			return named(first, strings.Join(q.path[1:], "/"))
		}
		return nil
	case "c":
		return privateMessage(&q)
	case "confirmphone":
		return confirmation(&q)
	case "socks", "proxy":
		return proxy(&q)
	case "bg":
		return homeBackground(&q)
	case "share", "msg":
		if q.part(1) == "url" {
			return draft(q.get("url"), q.get("text"))
		}
		return nil
	case "iv":
		return instantView(&q, o)
	case "newbot":
		if t := homeManagedBot(&q); t != nil {
			return t
		}
	}
	switch {
	case first[0] == ' ' || first[0] == '+':
		return invite(first[1:], &q)
	case first[0] == '$':
		return named("invoice", first[1:])
	case isUsername(first) && first != "i":
		return parseUsername(first, &q, o)
	}
	return nil
}

// invite reads what follows a plus: a phone number or the hash of an invite link.
func invite(hash string, q *query) types.InternalLinkType {
	if isPhoneNumber(hash) {
		return userByPhone(hash, q)
	}
	return named("joinchat", hash)
}

// privateMessage reads a link into a supergroup without a username: to a message or to boost it.
func privateMessage(q *query) types.InternalLinkType {
	channel := number(q.part(1))
	if channel <= 0 {
		return nil
	}
	if number(q.part(2)) > 0 {
		return homeMessage("tg://privatepost?channel="+strconv.FormatInt(channel, 10), q.path[2:], q)
	}
	if q.has("boost") {
		return &types.InternalLinkTypeChatBoost{URL: "tg://boost?channel=" + strconv.FormatInt(channel, 10)}
	}
	return nil
}

// homeMessage reads a link to a message that has its number, or the thread's and its own, in the rest of the path.
func homeMessage(chat string, path []string, q *query) types.InternalLinkType {
	post, thread := number(path[0]), int64(0)
	if len(path) > 1 {
		if n := number(path[1]); n > 0 {
			post, thread = n, post
		}
	}
	b := make([]byte, 0, len(chat)+64)
	b = strconv.AppendInt(append(append(b, chat...), "&post="...), post, 10)
	b = appendFrom(b, q, '&', "single")
	if thread > 0 {
		b = strconv.AppendInt(append(b, "&thread="...), thread, 10)
	} else {
		b = appendFrom(b, q, '&', "thread")
	}
	return &types.InternalLinkTypeMessage{URL: string(appendFrom(b, q, '&', "comment", "t", "task", "option"))}
}

func instantView(q *query, o *Options) types.InternalLinkType {
	if len(q.path) > 1 || q.get("url") == "" {
		return nil
	}
	url := appendFrom([]byte(o.home()+"iv"), q, '?', "url", "rhash")
	return &types.InternalLinkTypeInstantView{URL: string(url), FallbackURL: q.get("url")}
}

// homeManagedBot reads newbot/<manager>[/<username>].
func homeManagedBot(q *query) types.InternalLinkType {
	return managedBot(q.part(1), q.part(2), q.get("name"))
}

// parseUsername reads a link to a chat, or to something in it.
func parseUsername(username string, q *query, o *Options) types.InternalLinkType {
	if number(q.part(1)) > 0 {
		return homeMessage("tg://resolve?domain="+username, q.path[1:], q)
	}
	l := chatLink{username: username, q: q, options: o}
	if isFold(username, "boost") {
		if t := homeBoost(q); t != nil {
			return t
		}
	}
	if t := l.pathAction(); t != nil {
		return t
	}
	if t := l.action(); t != nil {
		return t
	}
	return l.chat()
}

// homeBoost reads boost/<username> and boost?c=<number>.
func homeBoost(q *query) types.InternalLinkType {
	if len(q.path) == 2 && isUsername(q.path[1]) {
		return &types.InternalLinkTypeChatBoost{URL: "tg://boost?domain=" + q.path[1]}
	}
	if channel := number(q.get("c")); len(q.path) == 1 && channel > 0 {
		return &types.InternalLinkTypeChatBoost{URL: "tg://boost?channel=" + strconv.FormatInt(channel, 10)}
	}
	return nil
}
