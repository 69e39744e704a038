package text

import (
	"slices"
	"strings"
	"testing"
)

func TestParseMarkdown(t *testing.T) {
	for _, test := range []struct {
		in       string
		entities []Entity
		text     string
		want     string
	}{
		{in: "", text: ""},
		{in: "  \n ", text: ""},
		{in: "plain", text: "plain"},
		{in: "**a** __b__ ~~c~~ ||d|| `e` ```go\nf```", text: "a b c d e f",
			want: "Bold 0+1; Italic 2+1; Strikethrough 4+1; Spoiler 6+1; Code 8+1; PreCode 10+1 go"},
		{in: "**a__b**c__", text: "abc", want: "Bold 0+1; Italic 1+2; Bold 1+1"},
		{in: "[a](t.me) [b](x) [](t.me) [c](t.me", text: "a [b](x) [](t.me) [c](t.me", want: "TextURL 0+1 http://t.me/"},
		{in: "**a[b](t.me)c**", text: "abc", want: "Bold 0+1; TextURL 1+1 http://t.me/; Bold 1+1; Bold 2+1"},
		{in: "```\na\n```", text: "a\n", want: "Pre 0+2"},
		{in: "````a```` ``b``", text: "````a```` ``b``"},
		{in: "***a*** **b", text: "***a*** **b"},
		{in: "@user__name__ **@name**", text: "@user__name__ @name", want: "Bold 14+5"},
		{in: "a\r**b\x00c**", text: "ab c", want: "Bold 1+3"},
		{in: "`a` b", entities: []Entity{{Kind: Mention, Offset: 0, Length: 3}}, text: "`a` b", want: "Mention 0+3"},
		{in: "**a** b", entities: []Entity{{Kind: BlockQuote, Offset: 2, Length: 5}}, text: "**a** b", want: "BlockQuote 2+5"},
		{in: "**a** **b**", entities: []Entity{{Kind: BlockQuote, Offset: 0, Length: 5}}, text: "a b", want: "BlockQuote 0+1; Bold 0+1; Bold 2+1"},
		{in: "x **a**", entities: []Entity{{Kind: Code, Offset: 0, Length: 1}}, text: "x a", want: "Code 0+1; Bold 2+1"},
	} {
		got, err := ParseMarkdown(FormattedText{test.in, test.entities})
		if err != nil || got.Text != test.text || show(got.Entities) != test.want {
			t.Errorf("%q:\n got %q [%s], %v\nwant %q [%s]", test.in, got.Text, show(got.Entities), err, test.text, test.want)
		}
	}
}

func TestWriteMarkdown(t *testing.T) {
	for _, test := range []struct {
		in       string
		entities []Entity
		text     string
		want     string
	}{
		{in: "plain **", text: "plain **"},
		{in: "abcd", entities: []Entity{{Kind: Bold, Length: 1}, {Kind: Italic, Offset: 1, Length: 1}, {Kind: Strikethrough, Offset: 2, Length: 1},
			{Kind: Spoiler, Offset: 3, Length: 1}}, text: "**a**__b__~~c~~||d||"},
		{in: "a b", entities: []Entity{{Kind: TextURL, Length: 1, Argument: "http://t.me/"}, {Kind: Code, Offset: 2, Length: 1}},
			text: "[a](http://t.me/) `b`"},
		{in: "a", entities: []Entity{{Kind: PreCode, Length: 1, Argument: "go"}}, text: "```go\na```"},
		{in: "\na", entities: []Entity{{Kind: Pre, Length: 2}}, text: "\na", want: "Pre 0+2"},
		{in: "a", entities: []Entity{{Kind: PreCode, Length: 1, Argument: "a b"}}, text: "a", want: "PreCode 0+1 a b"},
		{in: "abc", entities: []Entity{{Kind: Underline, Length: 3}, {Kind: Bold, Offset: 1, Length: 1}}, text: "a**b**c",
			want: "Underline 0+1; Underline 1+6"},
		{in: "**a", entities: []Entity{{Kind: Bold, Offset: 2, Length: 1}}, text: "**a", want: "Bold 2+1"},
	} {
		got, err := WriteMarkdown(FormattedText{test.in, test.entities})
		if err != nil || got.Text != test.text || show(got.Entities) != test.want {
			t.Errorf("%q:\n got %q [%s], %v\nwant %q [%s]", test.in, got.Text, show(got.Entities), err, test.text, test.want)
		}
	}
}

func FuzzParseMarkdown(f *testing.F) {
	f.Add("**a[b](t.me)c**`d`", []byte{5, 0, 3, 10, 4, 2, 16, 0, 9})
	f.Add("__😀__ ```go\nx```", []byte{14, 1, 3})
	f.Fuzz(func(t *testing.T, s string, b []byte) {
		s = strings.ToValidUTF8(s, "\uFFFD")
		if got, err := ParseMarkdown(FormattedText{s, decodeEntities(b)}); err == nil {
			checkEntities(t, got.Text, got.Entities)
		}
	})
}

// What is written has to be read as what it was.
func FuzzWriteMarkdown(f *testing.F) {
	f.Add("abcdef", []byte{5, 0, 3, 10, 4, 2, 16, 0, 9})
	f.Add("a\nb`*", []byte{9, 0, 2, 14, 3, 1})
	f.Fuzz(func(t *testing.T, s string, b []byte) {
		s = strings.ToValidUTF8(s, "\uFFFD")
		entities := slices.DeleteFunc(decodeEntities(b), func(e Entity) bool { return !IsUserKind(e.Kind) })
		was, err := Fix(FormattedText{s, slices.Clone(entities)}, FixOptions{
			AllowEmpty: true, AllowBlank: true, SkipNewEntities: true, SkipBotCommands: true, SkipMediaTimestamps: true, SkipTrim: true,
		})
		if err != nil {
			return
		}
		got, err := WriteMarkdown(FormattedText{s, entities})
		if err != nil {
			t.Fatal(err)
		}
		checkEntities(t, got.Text, got.Entities)
		if got.Text == was.Text {
			return
		}
		back := parseMarkdown(got)
		if back.Text != was.Text || !slices.Equal(back.Entities, was.Entities) {
			t.Fatalf("%q [%s] is read as %q [%s]", was.Text, show(was.Entities), back.Text, show(back.Entities))
		}
	})
}

const markdown3Example = "**bold** and __italic__ and [link](https://telegram.org) and `code`"

func BenchmarkParseMarkdown(b *testing.B) {
	benchmarkParser(b, func(s string) (FormattedText, error) { return ParseMarkdown(FormattedText{Text: s}) }, markdown3Example)
}

func BenchmarkWriteMarkdown(b *testing.B) {
	parsed, err := ParseMarkdown(FormattedText{Text: markdown3Example})
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := WriteMarkdown(FormattedText{parsed.Text, slices.Clone(parsed.Entities)}); err != nil {
			b.Fatal(err)
		}
	}
}
