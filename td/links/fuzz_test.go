package links

import (
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"

	"tdjson/types"
)

// FuzzParse makes links of what links lead to, and reads them again.
func FuzzParse(f *testing.F) {
	for _, r := range recorded(f) {
		if ask, ok := decode(f, r.request).(*types.GetInternalLinkType); ok {
			f.Add(ask.Link)
		}
	}
	f.Fuzz(func(t *testing.T, link string) {
		first := Parse(link, &Options{})
		if first == nil {
			return
		}
		for _, http := range []bool{false, true} {
			made, err := Make(first, http, &Options{})
			if err != nil {
				continue
			}
			second := Parse(made, &Options{})
			if reflect.TypeOf(first) != reflect.TypeOf(second) && !mayDiffer(first, http, made) {
				t.Errorf("%q is %T, but %q made of it is %T", link, first, made, second)
			}
		}
	})
}

// mayDiffer says whether a link made of t may mean something else when it is read again; so it is in TDLib. Public links to chats
// whose username is a word with a meaning do, and a bot that logs in with apps.
func mayDiffer(t types.InternalLinkType, http bool, made string) bool {
	if !http {
		app, ok := t.(*types.InternalLinkTypeMainWebApp)
		return ok && app.BotUsername == "oauth"
	}
	if _, ofChat, _ := (&maker{http: true, options: &Options{}}).ofChat(t); !ofChat {
		return false
	}
	name, _ := strings.CutPrefix(made, "https://t.me/")
	name = name[:len(name)-len(strings.TrimLeft(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"))]
	switch name {
	case "login", "addlist", "call", "joinchat", "auction", "contact", "addstickers", "addemoji", "setlanguage", "addstyle", "addtheme",
		"invoice", "giftcode", "m", "nft", "c", "confirmphone", "socks", "proxy", "bg", "share", "msg", "iv", "newbot", "i", "s":
		return true
	}
	return strings.EqualFold(name, "boost")
}

// FuzzMake makes links of all types with strings that no one meant for them.
func FuzzMake(f *testing.F) {
	for _, r := range recorded(f) {
		if _, ok := decode(f, r.request).(*types.GetInternalLink); ok {
			f.Add([]byte(r.request))
		}
	}
	f.Fuzz(func(t *testing.T, request []byte) {
		r, failure := types.DecodeRequest(request)
		if failure != nil {
			return
		}
		ask, ok := r.Function.(*types.GetInternalLink)
		if !ok {
			return
		}
		link, err := Make(ask.Type, ask.IsHTTP, &Options{})
		if (link == "") == (err == nil) {
			t.Fatalf("%s: link %q, error %v", request, link, err)
		}
		if err != nil {
			return
		}
		if !utf8.ValidString(link) || strings.ContainsAny(link, " \n") {
			if _, ok := ask.Type.(*types.InternalLinkTypeInstantView); !ok {
				t.Errorf("%s: bad link %q", request, link)
			}
		}
	})
}
