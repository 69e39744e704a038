package links

import (
	"strings"
	"testing"

	"tdjson/types"
)

// TestOptions follows what the server says about links.
func TestOptions(t *testing.T) {
	o := &Options{Home: "https://example.com/", ReferralPrefixes: []string{"x_", "_y"}}
	for link, want := range map[string]string{
		// The option has a slash at its end, so that only such a host is the home, as in TDLib.
		"https://example.com/durov":     "null",
		"https://example.com%2F/durov":  `{"@type":"internalLinkTypePublicChat","chat_username":"durov","draft_text":"","open_profile":false}`,
		"https://t.me/durov":            `{"@type":"internalLinkTypePublicChat","chat_username":"durov","draft_text":"","open_profile":false}`,
		"https://t.me/iv?url=a":         `{"@type":"internalLinkTypeInstantView","url":"https://example.com/iv?url=a","fallback_url":"a"}`,
		"https://t.me/durov?start=x_a":  `{"@type":"internalLinkTypeChatAffiliateProgram","username":"durov","referrer":"a"}`,
		"tg:resolve?domain=d&start=_y":  `{"@type":"internalLinkTypeBotStart","bot_username":"d","start_parameter":"_y","autostart":false}`,
		"tg:resolve?domain=d&start=_yz": `{"@type":"internalLinkTypeChatAffiliateProgram","username":"d","referrer":"z"}`,
	} {
		got := "null"
		if parsed := Parse(link, o); parsed != nil {
			b, _ := types.Append(nil, parsed)
			got = string(b)
		}
		if got != want {
			t.Errorf("%s is %s, not %s", link, got, want)
		}
	}
	link, err := Make(&types.InternalLinkTypeChatAffiliateProgram{Username: "durov", Referrer: "a"}, true, o)
	if want := "https://example.com/durov?start=x_a"; err != nil || link != want {
		t.Errorf("%q, %v is not %q", link, err, want)
	}
}

// TestLongDraft keeps 4096 characters of a draft.
func TestLongDraft(t *testing.T) {
	for _, character := range []string{"a", "é", "漢", "😀"} {
		for _, n := range []int{4095, 4096, 4097, 10000} {
			chat := Parse("tg://resolve?domain=durov&text="+strings.Repeat(character, n), &Options{}).(*types.InternalLinkTypePublicChat)
			if want := strings.Repeat(character, min(n, 4096)); chat.DraftText != want {
				t.Errorf("%d characters of %d %s", len([]rune(chat.DraftText)), n, character)
			}
		}
	}
}

// TestParseCheaply bounds what common links cost.
func TestParseCheaply(t *testing.T) {
	for link, most := range map[string]float64{
		"https://google.com/search?q=a": 0,
		"https://t.me/durov":            3,
		"tg://resolve?domain=durov":     4,
		"https://t.me/durov/123":        5,
	} {
		o := &Options{}
		if n := testing.AllocsPerRun(100, func() { Parse(link, o) }); n > most {
			t.Errorf("%s: %v allocations, not %v", link, n, most)
		}
	}
}

func BenchmarkParse(b *testing.B) {
	o := &Options{}
	for _, link := range []string{"https://google.com/search?q=a", "https://t.me/durov", "tg://resolve?domain=durov&post=123", "https://t.me/+79161234567"} {
		b.Run(link, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Parse(link, o)
			}
		})
	}
}
