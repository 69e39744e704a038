package text

import (
	"strings"
	"testing"
	"time"
)

// No text may take a time out of proportion to its length, whatever repeats in it.
func TestLargeTexts(t *testing.T) {
	const size = 1 << 20
	limit := 30 * time.Second // what is quadratic takes hours
	calls := map[string]func(string){
		"FindEntities":   func(s string) { FindEntities(nil, s, 0) },
		"ParseHTML":      func(s string) { _, _ = ParseHTML(s) },
		"ParseMarkdown1": func(s string) { _, _ = ParseMarkdown1(s) },
		"ParseMarkdown2": func(s string) { _, _ = ParseMarkdown2(s) },
		"ParseMarkdown":  func(s string) { _, _ = ParseMarkdown(FormattedText{s, []Entity{{Kind: Bold, Length: 1}}}) },
		"WriteMarkdown":  func(s string) { _, _ = WriteMarkdown(FormattedText{s, []Entity{{Kind: Bold, Length: 1}}}) },
		"Fix":            func(s string) { _, _ = Fix(FormattedText{Text: s}, FixOptions{}) },
		"CheckLink":      func(s string) { _, _ = CheckLink(s) },
		"SearchQuote":    func(s string) { SearchQuote(s, s[:len(s)/2]+"!", 5) },
		"SearchByPrefix": func(s string) { s, _ = CleanString(s); SearchByPrefix([]string{s, s}, s, 1, true) },
		"CleanFileName":  func(s string) { CleanFileName(s) },
		"FindPhone":      func(s string) { FindPhoneNumber(EnglishCountries(), s) },
	}
	patterns := []string{
		"[", "<", "@", "/", "#", "$", ":", ".", "1", "**", "`", "```", "||", "&", "&#", "a.b", "t.me/", "@abcd ", "a@b.cc ", "1:23 ", ".?", "a.b/.?",
		"tg://a?:", "http://", "a:b@c.d@", "[a](t.me)", "](", "<b>", "<a href=\"t.me\">x</a>", "\\", "\n>a", "4242424242424242 ", "\u200f", "\r", "😀",
		"a ", "é ",
	}
	for name, call := range calls {
		for _, p := range patterns {
			begin := time.Now()
			call(strings.Repeat(p, size/len(p)))
			if took := time.Since(begin); took > limit {
				t.Errorf("%s of %q: %v", name, p, took)
			}
		}
	}
}

// As many entities as a request can bring are put in order in a time in proportion to their number.
func TestManyEntities(t *testing.T) {
	const n = 200000
	s := strings.Repeat("a", 2*n)
	for name, entity := range map[string]func(i int32) Entity{
		"nested": func(i int32) Entity {
			return Entity{Kind: Kind(i % int32(kindCount)), Offset: i, Length: 2*n - 2*i - 1, Number: 1}
		},
		"crossing": func(i int32) Entity { return Entity{Kind: Kind(i % int32(kindCount)), Offset: i, Length: n, Number: 1} },
		"same":     func(i int32) Entity { return Entity{Kind: Kind(i % int32(kindCount)), Length: 5, Number: int64(i)} },
		"apart": func(i int32) Entity {
			return Entity{Kind: Kind(i % int32(kindCount)), Offset: 2 * (n - i - 1), Length: 1, Number: 1}
		},
	} {
		entities := make([]Entity, n)
		for i := range entities {
			entities[i] = entity(int32(i))
			entities[i].Length = max(entities[i].Length, 0)
		}
		begin := time.Now()
		got, err := Fix(FormattedText{s, entities}, FixOptions{})
		if err != nil {
			t.Errorf("%s: %v", name, err)
		}
		checkEntities(t, got.Text, got.Entities)
		if took := time.Since(begin); took > 30*time.Second {
			t.Errorf("%s: %v", name, took)
		}
	}
}
