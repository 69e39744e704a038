package text

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestSearchQuote(t *testing.T) {
	for _, test := range []struct {
		text, quote    string
		position, want int32
	}{
		{"abcabcabc", "abc", 0, 0}, {"abcabcabc", "abc", 1, 0}, {"abcabcabc", "abc", 2, 3}, {"abcabcabc", "abc", 100, 6}, {"abcabcabc", "abc", -5, 0},
		{"abcabc", "abd", 0, -1}, {"abc", "", 0, -1}, {"abc", "abcd", 0, -1}, {"", "a", 0, -1}, {"", "", 0, -1},
		{"😀a😀a", "a", 0, 2}, {"😀a😀a", "a", 3, 2}, {"😀a😀a", "a", 4, 5}, {"😀a😀a", "😀", 1, 0}, {"😀a😀a", "😀", 2, 3}, {"a😀", "😀", 2, 1},
		{"a--a", "a", 1, 0}, {"a--a", "a", 2, 3}, {"aXXXa", "a", 2, 4}, {"aXXXXa", "a", 2, 0},
	} {
		if got := SearchQuote(test.text, test.quote, test.position); got != test.want {
			t.Errorf("%q in %q near %d: %d, want %d", test.quote, test.text, test.position, got, test.want)
		}
	}
}

func FuzzSearchQuote(f *testing.F) {
	f.Add("abcabcabc", "abc", int32(4))
	f.Add("😀a😀a😀a", "😀", int32(3))
	f.Add(strings.Repeat("ab", 100)+strings.Repeat("abc", 100), strings.Repeat("abc", 30), int32(50))
	f.Fuzz(func(t *testing.T, text, quote string, position int32) {
		if !utf8.ValidString(text) || !utf8.ValidString(quote) {
			return
		}
		got := SearchQuote(text, quote, position)
		want := int32(-1)
		p := min(max(position, 0), utf16Len(text)-1)
		distance := func(o int32) int32 { // twice as much, so that what is before comes before what is behind
			if o <= p {
				return 2 * (p - o)
			}
			return 2*(o-p-1) + 1
		}
		offset := int32(0)
		for i := range len(text) {
			if quote != "" && strings.HasPrefix(text[i:], quote) && (want < 0 || distance(offset) < distance(want)) {
				want = offset
			}
			offset += units(text[i])
		}
		if got != want {
			t.Fatalf("%q in %q near %d: %d, want %d", quote, text, position, got, want)
		}
		if at := len(text) / 2; quote != "" {
			b1, a1 := occurrences(text, quote, at)
			b2, a2 := longOccurrences(text, quote, at)
			if b1 != at && a1 != a2 || b1 != b2 {
				t.Fatalf("%q in %q around %d: %d %d, but %d %d", quote, text, at, b1, a1, b2, a2)
			}
		}
	})
}

func TestSearchByPrefix(t *testing.T) {
	list := []string{"Hello World", "héllo", "Привет, мир", "", "wor-ld", "HELLO", "Щука", "  ", "schi"}
	for _, test := range []struct {
		query string
		limit int32
		all   bool
		total int
		found []int32
	}{
		{"hel", 10, true, 3, []int32{0, 1, 5}},
		{"hel", 2, true, 3, []int32{0, 1}},
		{"hel", 0, true, 3, nil},
		{"hel", -1, true, 9, nil},
		{"wo he", 10, true, 1, []int32{0}},
		{"wor ld", 10, true, 1, []int32{4}},
		{"privet", 10, true, 1, []int32{2}},
		{"мир при", 10, true, 1, []int32{2}},
		{"хелло", 10, true, 3, []int32{0, 1, 5}},
		{"shchuka", 10, true, 1, []int32{6}},
		{"shc", 10, true, 1, []int32{6}},
		{"xyz", 10, true, 0, nil},
		{"ъщ ъ", 10, true, 1, []int32{8}}, // "ъ" is the begin of "ъщ", so it is not looked for by itself
		{"ъщ ъы", 10, true, 0, nil},
		{"", 3, true, 9, []int32{0, 1, 2}},
		{" , ", 100, false, 0, nil},
	} {
		total, found := SearchByPrefix(list, test.query, test.limit, test.all)
		if total != test.total || !slices.Equal(found, test.found) {
			t.Errorf("%q: %d %v, want %d %v", test.query, total, found, test.total, test.found)
		}
	}
}

// Many words take another way than few.
func TestSearchManyWords(t *testing.T) {
	words := strings.Fields("one two three four five six seven eight nine ten Привет")
	text := strings.Join(words, " ")
	for _, w := range append(words, "privet", "тен", "eleven", "tw", "x") {
		few := false
		for _, single := range words {
			n, _ := SearchByPrefix([]string{single}, w, 1, true)
			few = few || n == 1
		}
		many, _ := SearchByPrefix([]string{text}, w, 1, true)
		if (many == 1) != few {
			t.Errorf("%q: found %v in one word each, %v in all", w, few, many == 1)
		}
	}
}

func TestFold(t *testing.T) {
	for r, want := range map[rune]rune{
		'a': 'a', 'A': 'a', '1': '1', ' ': ' ', '.': ' ', 0: 0, 'é': 'e', 'É': 'e', 'Ё': 'е', 'й': 'и', 0x301: 0, '中': '中', 0x1f600: ' ',
		0x10ffff: ' ', '_': ' ', 'ß': 'ß', '²': '2', 'Ａ': 'a',
	} {
		if got := fold(r); got != want {
			t.Errorf("%U: %U, want %U", r, got, want)
		}
	}
}

// The index leads to the run that a search through all of them finds.
func TestFoldIndex(t *testing.T) {
	number := func(i int) rune { return rune(foldRuns[i])<<16 | rune(foldRuns[i+1])<<8 | rune(foldRuns[i+2]) }
	at := 0
	for r := rune(utf8.RuneSelf); r <= utf8.MaxRune; r++ {
		for at+6 < len(foldRuns) && number(at+6) <= r {
			at += 6
		}
		want := number(at + 3)
		if want != 0 && want != ' ' {
			want += r - number(at)
		}
		if got := fold(r); got != want {
			t.Fatalf("%U: %U, want %U", r, got, want)
		}
	}
}

func TestCheckShortcutName(t *testing.T) {
	for name, want := range map[string]string{
		"name_1": "", "имя": "", strings.Repeat("é", 32): "", "": "Name must be non-empty", strings.Repeat("a", 33): "Name is too long",
		"a b": "A letter is not allowed", "a-": "A letter is not allowed", "a\xff": "Strings must be encoded in UTF-8",
	} {
		got := ""
		if err := CheckShortcutName(name); err != nil {
			got = err.Error()
		}
		if got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
}

func FuzzSearchByPrefix(f *testing.F) {
	f.Add("Hello Мир shchuka", "hel м щу")
	f.Fuzz(func(t *testing.T, text, query string) {
		text, query = strings.ToValidUTF8(text, ""), strings.ToValidUTF8(query, "")
		total, found := SearchByPrefix([]string{text, query}, query, 5, true)
		if total != len(found) || !slices.IsSorted(found) {
			t.Fatalf("%d, %v", total, found)
		}
	})
}

func BenchmarkSearchQuote(b *testing.B) {
	text := strings.Repeat("some text in which a quote is to be found ", 20)
	for b.Loop() {
		SearchQuote(text, "a quote", 400)
	}
}

func BenchmarkSearchByPrefix(b *testing.B) {
	list := []string{"Hello World", "Привет, мир", "another string", "one more of them"}
	for b.Loop() {
		SearchByPrefix(list, "wor hel", 10, true)
	}
}

// TestGroupBegins: every group of letters is found by its first byte.
func TestGroupBegins(t *testing.T) {
	for _, s := range []script{latinToRussian, russianToLatin} {
		for _, g := range s.groups {
			if strings.IndexByte(s.begins, g[0][0]) < 0 {
				t.Errorf("%q begins with none of %q", g[0], s.begins)
			}
		}
	}
}
