package td

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCleanName(t *testing.T) {
	for _, c := range [][2]string{
		{"", ""}, {" \n ", ""}, {"\u200b\u200d\ufeff", ""}, {"\u3000 \u2800", ""}, {"a", "a"}, {"a\n\u00a0b", "a b"},
		{"\u00a0a", "a"}, {"a\u2003b", "a b"}, {"a\u202eb", "a b"}, {"a\U000e0041b", "a b"}, {"ab\u200b", "ab\u200b"},
		{strings.Repeat("é", 9), strings.Repeat("é", 5)}, {"abcd efg", "abcd"},
	} {
		if got := cleanName(c[0], 5); got != c[1] {
			t.Errorf("%q is made %q, want %q", c[0], got, c[1])
		}
	}
}

func FuzzCleanName(f *testing.F) {
	f.Add("a b\u00a0c", 3)
	f.Fuzz(func(t *testing.T, s string, limit int) {
		if !utf8.ValidString(s) || limit < 0 {
			return
		}
		got := cleanName(s, limit)
		if utf8.RuneCountInString(got) > limit || strings.Contains(got, "  ") || strings.Trim(got, asciiSpace) != got {
			t.Errorf("%q is made %q", s, got)
		}
	})
}
