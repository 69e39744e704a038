package text

import (
	"strings"
	"testing"
)

// A parseTest is a text and what becomes of it: a text and its entities, or an error.
type parseTest struct{ in, text, entities, err string }

func runParseTests(t *testing.T, parse func(string) (FormattedText, error), tests []parseTest) {
	t.Helper()
	for _, test := range tests {
		got, err := parse(test.in)
		if err != nil {
			if err.Error() != test.err {
				t.Errorf("%q:\n got error %q\nwant %q %q", test.in, err, test.text, test.err)
			}
			continue
		}
		if test.err != "" || got.Text != test.text || show(got.Entities) != test.entities {
			t.Errorf("%q:\n got %q [%s]\nwant %q [%s] %q", test.in, got.Text, show(got.Entities), test.text, test.entities, test.err)
		}
		checkEntities(t, got.Text, got.Entities)
	}
}

func TestParseHTML(t *testing.T) {
	runParseTests(t, ParseHTML, []parseTest{
		{in: "", text: ""},
		{in: "plain é😀", text: "plain é😀"},
		{in: "a<b>b</b><i>c</i>d", text: "abcd", entities: "Bold 1+1; Italic 2+1"},
		{in: "<STRONG>😀<em>b</em></>", text: "😀b", entities: "Bold 0+3; Italic 2+1"},
		{in: "<b></b>x", text: "x"},
		{in: "<u>a</u><ins>b</ins><s>c</s><strike>d</strike><del>e</del>", text: "abcde",
			entities: "Underline 0+1; Underline 1+1; Strikethrough 2+1; Strikethrough 3+1; Strikethrough 4+1"},
		{in: `<tg-spoiler>a</tg-spoiler><span class="tg-spoiler">b</span>`, text: "ab", entities: "Spoiler 0+1; Spoiler 1+1"},
		{in: `<a href="http://Example.com">a</a><a href='tg://user?id=7'>b</a><a>t.me</a><a href=x>c</a>`, text: "abt.mec",
			entities: "TextURL 0+1 http://example.com/; MentionName 1+1=7; TextURL 2+4 http://t.me/"},
		{in: `<pre><code class="language-go">a</code></pre><pre>b</pre><code class="language-c">c</code>`, text: "abc",
			entities: "PreCode 0+1 go; Pre 1+1; Code 2+1"},
		{in: `<code class="language-go"><pre>a</pre></code>`, text: "a", entities: "PreCode 0+1 go"},
		{in: "<blockquote>a</blockquote><blockquote expandable>b</blockquote>", text: "ab",
			entities: "BlockQuote 0+1; ExpandableBlockQuote 1+1"},
		{in: `<tg-emoji emoji-id="5">👍</tg-emoji>`, text: "👍", entities: "CustomEmoji 0+2=5"},
		{in: `<tg-time unix="5" format="wDT">a</tg-time><tg-time unix=0>b</tg-time>`, text: "ab", entities: "DateTime 0+1=5.52"},
		{in: "&lt;&gt;&amp&quot;&#65;&#x41&#128512;&nbsp;&#0;&#1114111;&#00000065;&", text: "<>&\"AA😀&nbsp;&#0;&#1114111;&#00000065;&"},
		{in: `<a href="http://a.bb/?x=1&amp;y=2">x</a>`, text: "x", entities: "TextURL 0+1 http://a.bb/?x=1&y=2"},
		{in: "a<b", err: "Unclosed start tag at byte offset 1"},
		{in: "<x>", err: `Unsupported start tag "x" at byte offset 0`},
		{in: "<b>a", err: `Can't find end tag corresponding to start tag "b"`},
		{in: "a</b>", err: "Unexpected end tag at byte offset 1"},
		{in: "<b>a</i>", err: `Unmatched end tag at byte offset 4, expected "</b>", found "</i>"`},
		{in: "<b>a</b", err: "Unclosed end tag at byte offset 4"},
		{in: "<a =x>", err: `Empty attribute name in the tag "a" at byte offset 0`},
		{in: "<a x", err: `Unclosed start tag "a" at byte offset 0`},
		{in: "<a x=", err: `Unclosed start tag "a" at byte offset 0`},
		{in: "<a x=y", err: "Unclosed start tag at byte offset 0"},
		{in: "<a x='y", err: "Unclosed start tag at byte offset 0"},
		{in: "<a x=y%>", err: "Unexpected end of name token at byte offset 5"},
		{in: "<span>a</span>", err: `Tag "span" must have class "tg-spoiler" at byte offset 0`},
		{in: "<tg-emoji>a</tg-emoji>", err: "Invalid custom emoji identifier specified"},
		{in: "<tg-time format=x>a</tg-time>", err: "Invalid date format used"},
		{in: "&#xd83d;", err: "Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units"},
		{in: `<a href="t.me/&#xd83d;">a</a>`, err: "Attribute contains invalid Unicode characters after decoding HTML entities"},
		{in: `<b title="&#xd83d;">a</b>`, text: "a", entities: "Bold 0+1"},
	})
}

func TestParseMarkdown1(t *testing.T) {
	runParseTests(t, ParseMarkdown1, []parseTest{
		{in: "plain", text: "plain"},
		{in: "_a_*b*`c`d", text: "abcd", entities: "Italic 0+1; Bold 1+1; Code 2+1"},
		{in: `\_a\*\[\` + "`" + `\\`, text: "_a*[`\\\\"},
		{in: "**", text: ""},
		{in: "```\na```", text: "a", entities: "Pre 0+1"},
		{in: "```go\r\na``b```", text: "a``b", entities: "PreCode 0+4 go"},
		{in: "```a```", text: "a", entities: "Pre 0+1"},
		{in: "[a](http://t.me/x)[b](tg://user?id=3)[c](x)", text: "abc", entities: "TextURL 0+1 http://t.me/x; MentionName 1+1=3"},
		{in: "[a](t.me", text: "a", entities: "TextURL 0+1 http://t.me/"},
		{in: "😀*b*", text: "😀b", entities: "Bold 2+1"},
		{in: "a *b", err: "Can't find end of the entity starting at byte offset 2"},
		{in: "é```a``", err: "Can't find end of the entity starting at byte offset 2"},
		// What is taken for the URL is what stands at its place after the marks were removed.
		{in: "[t.mee]", text: "t.mee", entities: "TextURL 0+5 http://.meee/"},
		{in: "![t.me👍]", err: "URL must be encoded in UTF-8"},
		{in: "![t.me👍]*", err: "Can't find end of the entity starting at byte offset 11"},
	})
}

func TestParseMarkdown2(t *testing.T) {
	runParseTests(t, ParseMarkdown2, []parseTest{
		{in: "plain", text: "plain"},
		{in: "*a_b_*__c__~d~||e||`f`", text: "abcdef",
			entities: "Bold 0+2; Italic 1+1; Underline 2+1; Strikethrough 3+1; Spoiler 4+1; Code 5+1"},
		{in: `\*\.\a\\`, text: `*.a\`},
		{in: "```go\na*b```", text: "a*b", entities: "PreCode 0+3 go"},
		{in: "[a](http://t.me/\\))[t\\.me](tg://user?id=3)[t\\.me]", text: "at.met.me",
			entities: "TextURL 0+1 http://t.me/); MentionName 1+4=3; TextURL 5+4 http://t.me/"},
		{in: "![👍](tg://emoji?id=5)![a](tg://time?unix=7&format=r)", text: "👍a", entities: "CustomEmoji 0+2=5; DateTime 2+1=7.1"},
		{in: ">a\n>b\nc", text: "a\nb\nc", entities: "BlockQuote 0+4"},
		{in: ">a||\nb", text: "a\nb", entities: "ExpandableBlockQuote 0+2"},
		{in: ">a", text: "a", entities: "BlockQuote 0+1"},
		{in: ">a||", text: "a", entities: "ExpandableBlockQuote 0+1"},
		{in: "**", text: ""},
		{in: "a.b", err: `Character '.' is reserved and must be escaped with the preceding '\'`},
		{in: "a>", err: `Character '>' is reserved and must be escaped with the preceding '\'`},
		{in: "a|b", err: `Character '|' is reserved and must be escaped with the preceding '\'`},
		{in: "a!", err: `Character '!' is reserved and must be escaped with the preceding '\'`},
		{in: "é*a", err: "Can't find end of Bold entity at byte offset 2"},
		{in: ">*a\nb", err: "Can't find end of Bold entity at byte offset 1"},
		{in: ">*||\nb", err: "Can't find end of Bold entity at byte offset 1"},
		{in: "[a](b", err: "Can't find end of a URL at byte offset 4"},
		{in: "![a](b", err: "Can't find end of a URL at byte offset 5"},
		{in: "![a]", err: "The entity must contain a tg://emoji or tg://time URL"},
		{in: "![a](b)", err: "Invalid tg://emoji or tg://time URL specified"},
		{in: "```a", err: "Can't find end of Pre entity at byte offset 0"},
	})
}

func TestCheckLink(t *testing.T) {
	for link, want := range map[string]string{
		"t.me":                            "http://t.me/",
		"HTTPS://User:Pw@T.ME:0080?a b#c": "https://User:Pw@t.me:80/?a%20b#c",
		"t.me/a\n ":                       "http://t.me/a",
		"[::1]:5/a":                       "http://[::1]:5/a",
		"tg:Resolve?Domain=x":             "tg://resolve?Domain=x",
		"TON://a_-b/c":                    "ton://a_-b/c",
		"tonsite://a.b":                   "tonsite://a.b/",
		"tg://a//?b":                      "tg://a//?b",
		"é.рф/ы":                          "http://é.рф/ы",
		"%41.b":                           "http://%41.b/",
		"x":                               "!Wrong HTTP URL",
		"":                                "!URL host is empty",
		"http://":                         "!URL host is empty",
		".":                               "!Host is invalid",
		"xyz://t.me":                      "!Unsupported URL protocol",
		"t.me:0":                          "!Wrong port number specified in the URL",
		"t.me:65536":                      "!Wrong port number specified in the URL",
		"t.me:":                           "!Wrong port number specified in the URL",
		"t.me:+1":                         "!Wrong port number specified in the URL",
		"[::g]":                           "!Wrong IPv6 address specified in the URL",
		"[::1%25eth0]":                    "!Wrong IPv6 address specified in the URL",
		"[1.2.3.4]":                       "!Wrong IPv6 address specified in the URL",
		"a b.c":                           "!Disallowed character in URL host",
		"a%4.b":                           "!Wrong percent-encoded symbol in URL host",
		"a%@b.c":                          "!Wrong percent-encoded symbol in URL userinfo",
		"a\"@b.c":                         "!Disallowed character in URL userinfo",
		"tg://a.b":                        "!Unallowed characters in URL host",
		"tg://a:5":                        "!Wrong tg URL",
		"ton://u@a":                       "!Wrong ton URL",
		"tg:https://a":                    "!Wrong tg URL",
	} {
		got, err := CheckLink(link)
		if err != nil {
			got = "!" + err.Error()
		}
		if got != want {
			t.Errorf("%q: got %q, want %q", link, got, want)
		}
	}
}

func TestLinksThatNameSomething(t *testing.T) {
	for link, want := range map[string]int64{
		"tg://user?id=5": 5, "TG:USER?ID=5": 5, "tg://user/?a=b&id=5#c": 5, "tg://user?id=5&id=6": 5, "tg://user?id=05": 0, "tg://user?id=-5": 0,
		"tg://users?id=5": 0, "tg://user": 0, "http://user?id=5": 0, "tg://user?id=1099511627775": 1<<40 - 1, "tg://user?id=1099511627776": 0,
	} {
		if got := userOfLink(link); got != want {
			t.Errorf("%s: user %d, want %d", link, got, want)
		}
	}
	for link, want := range map[string]int64{
		"tg://emoji?id=5": 5, "tg:Emoji?id=-9223372036854775808": -1 << 63, "tg://emoji?ID=5": 0, "tg://emoji?id=9223372036854775808": 0,
	} {
		if got := emojiOfLink(link); got != want {
			t.Errorf("%s: emoji %d, want %d", link, got, want)
		}
	}
	for link, want := range map[string]int64{
		"tg://time?unix=5": 5, "tg://time?unix=5&unix=6&format=tD": 6, "tg://time?format=r": 0, "tg://time?unix=5&format=x": 0, "tg://time?unix=0": 0,
		"tg://time?unix=2147483648": 0,
	} {
		date, _, ok := dateOfLink(link)
		if ok != (want > 0) || ok && date != want {
			t.Errorf("%s: date %d, %v, want %d", link, date, ok, want)
		}
	}
}

func fuzzParser(f *testing.F, parse func(string) (FormattedText, error), seeds ...string) {
	for _, s := range seeds {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "\uFFFD")
		if got, err := parse(s); err == nil {
			checkEntities(t, got.Text, got.Entities)
		}
	})
}

func FuzzParseHTML(f *testing.F) {
	fuzzParser(f, ParseHTML, `<b>a</b><a href="t.me">&lt;x</a>`, `<pre><code class="language-go">😀</code></pre>`, "<tg-time unix=5 format='r'>a</>")
}

func FuzzParseMarkdown1(f *testing.F) {
	fuzzParser(f, ParseMarkdown1, "_a_*b*`c`[d](t.me)```go\ne```\\_", "[é.com👍]")
}

func FuzzParseMarkdown2(f *testing.F) {
	fuzzParser(f, ParseMarkdown2, "*a_b_*__c__~d~||e||`f`[g](t.me)![h](tg://emoji?id=5)", ">a\n>b||\n```go\nc```")
}

func FuzzCheckLink(f *testing.F) {
	for _, s := range []string{"http://user@host.com:80/path?query#fragment", "tg://user?id=5", "[::1]:80"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, link string) {
		canonical, err := CheckLink(link)
		if err != nil {
			return
		}
		if again, err := CheckLink(canonical); err != nil || again != canonical {
			t.Fatalf("%q is %q, but that is %q, %v", link, canonical, again, err)
		}
	})
}

const (
	htmlExample      = `<b>bold</b> <i>italic <u>underlined</u></i> <a href="https://telegram.org">link</a> <code>code</code> &lt;escaped&gt;`
	markdown1Example = "*bold* _italic_ [link](https://telegram.org) `code` \\_escaped\\_ and some more plain text"
	markdown2Example = "*bold* _italic __underlined___ ~strike~ [link](https://telegram.org) `code` \\_escaped\\_ ||spoiler||"
)

func benchmarkParser(b *testing.B, parse func(string) (FormattedText, error), s string) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := parse(s); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkParseHTML(b *testing.B)      { benchmarkParser(b, ParseHTML, htmlExample) }
func BenchmarkParseMarkdown1(b *testing.B) { benchmarkParser(b, ParseMarkdown1, markdown1Example) }
func BenchmarkParseMarkdown2(b *testing.B) { benchmarkParser(b, ParseMarkdown2, markdown2Example) }
