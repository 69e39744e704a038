// Package links is what Telegram's own links mean: it reads t.me and tg: links to objects InternalLinkType, and makes links of such objects.
//
// Strings are bytes, UTF-8 where it is said. Answers and error texts are TDLib's to the byte. Nothing here has state, waits or logs.
package links

import (
	"errors"

	"tdjson/types"
)

// Options are what the server says about links. The zero value is what holds before it said anything.
type Options struct {
	// Home is the address of public links, with a scheme and a slash at the end: the option t_me_url. Empty stands for https://t.me/.
	Home string
	// ReferralPrefixes are the beginnings of start parameters that mean an affiliate program: the option starref_start_param_prefixes,
	// split at its spaces. Nil stands for the usual "_tgr_".
	ReferralPrefixes []string
}

func (o *Options) home() string {
	if o.Home == "" {
		return "https://t.me/"
	}
	return o.Home
}

func (o *Options) referralPrefixes() []string {
	if o.ReferralPrefixes == nil {
		return []string{"_tgr_"}
	}
	return o.ReferralPrefixes
}

// Parse tells what a link means, or nil where it is none of Telegram's. A bot's start never says Autostart: who knows the bot may set it.
func Parse(link string, o *Options) types.InternalLinkType {
	where, rest := o.place(link)
	switch where {
	case placeApp:
		return parseApp(rest, o)
	case placeHome:
		return parseHome(rest, o)
	case placeTelegraph:
		return &types.InternalLinkTypeInstantView{URL: telegraphURL + rest, FallbackURL: link}
	}
	return nil
}

// badRequest is an error of code 400.
func badRequest(text string) error { return types.NewError(400, text) }

// codeless is an error of code 0: some of TDLib's are so.
func codeless(text string) error { return types.NewError(0, text) }

// errNoType can be seen only by those who make a type of their own.
var errNoType = errors.New("the type of the link is unknown")
