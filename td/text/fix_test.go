package text

import (
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

func TestFix(t *testing.T) {
	all := FixOptions{}
	quiet := FixOptions{AllowEmpty: true, AllowBlank: true, SkipNewEntities: true, SkipBotCommands: true, SkipMediaTimestamps: true}
	for _, test := range []struct {
		in       string
		entities []Entity
		opts     FixOptions
		text     string
		want     string
		err      string
	}{
		{in: " a ", opts: all, text: "a"},
		{in: "", opts: all, err: "Text must be non-empty"},
		{in: " \n", opts: quiet, text: ""},
		{in: "\u200b", opts: all, err: "Text must be non-empty"},
		{in: "\u200b", opts: FixOptions{AllowEmpty: true}, text: ""},
		{in: "\u200b", opts: quiet, text: "\u200b"},
		{in: "a\xff", opts: all, err: "Strings must be encoded in UTF-8"},
		{in: "a\xff", entities: []Entity{{Kind: Bold, Length: 1}}, opts: all, err: "Strings must be encoded in UTF-8"},
		{in: "@name /a 1:23", opts: all, text: "@name /a 1:23", want: "Mention 0+5; BotCommand 6+2; MediaTimestamp 9+4=83"},
		{in: "@name /a 1:23", opts: FixOptions{SkipNewEntities: true}, text: "@name /a 1:23", want: "MediaTimestamp 9+4=83"},
		{in: "  a  ", entities: []Entity{{Kind: Bold, Offset: 1, Length: 4}}, opts: all, text: " a", want: "Bold 0+2"},
		{in: "a  ", entities: []Entity{{Kind: Bold, Length: 1}, {Kind: Italic, Offset: 2, Length: 1}}, opts: all, text: "a", want: "Bold 0+1"},
		{in: "ab\rc\u2028d", entities: []Entity{{Kind: Bold, Offset: 1, Length: 3}, {Kind: Italic, Offset: 4, Length: 2}}, opts: all, text: "abcd",
			want: "Bold 1+2; Italic 3+1"},
		{in: "a", entities: []Entity{{Kind: Bold, Offset: -1, Length: 1}}, opts: all, err: "Receive an entity with incorrect offset -1"},
		{in: "a", entities: []Entity{{Kind: Bold, Length: 1000001}}, opts: all, err: "Receive an entity with incorrect length 1000001"},
		{in: "a", entities: []Entity{{Kind: Bold, Length: 2}}, opts: all,
			err: "Entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 2"},
		{in: "a", entities: []Entity{{Kind: Bold, Offset: 2, Length: 2}}, opts: all, err: "Entity begins after the end of the text at UTF-16 offset 2"},
		{in: "a😀b", entities: []Entity{{Kind: Bold, Offset: 2, Length: 2}}, opts: all,
			err: "Entity begins in a middle of a UTF-16 symbol at byte offset 5"},
		{in: "a😀b", entities: []Entity{{Kind: Bold, Length: 2}}, opts: all,
			err: "Entity beginning at UTF-16 offset 0 ends in a middle of a UTF-16 symbol at byte offset 5"},
		{in: "abcdef", entities: []Entity{{Kind: Bold, Length: 4}, {Kind: Italic, Offset: 2, Length: 4}}, opts: quiet, text: "abcdef",
			want: "Bold 0+2; Italic 2+4; Bold 2+2"},
		{in: "abcdef", entities: []Entity{{Kind: Bold, Length: 2}, {Kind: Bold, Offset: 2, Length: 2}}, opts: quiet, text: "abcdef", want: "Bold 0+4"},
		{in: "abcdef", entities: []Entity{{Kind: Code, Length: 4}, {Kind: Bold, Offset: 1, Length: 5}}, opts: quiet, text: "abcdef",
			want: "Code 0+4; Bold 4+2"},
		{in: "abcdef", entities: []Entity{{Kind: TextURL, Length: 4, Argument: "x"}, {Kind: TextURL, Offset: 1, Length: 5, Argument: "y"}}, opts: quiet,
			text: "abcdef", want: "TextURL 0+4 x"},
		{in: "abcdef", entities: []Entity{{Kind: BlockQuote, Length: 3}, {Kind: TextURL, Offset: 1, Length: 5, Argument: "y"}}, opts: quiet,
			text: "abcdef", want: "BlockQuote 0+3"},
		{in: "@name abc", entities: []Entity{{Kind: Bold, Offset: 2, Length: 5}}, opts: all, text: "@name abc",
			want: "Mention 0+5; Bold 2+3; Bold 5+2"},
		{in: "@name abc", entities: []Entity{{Kind: Code, Offset: 2, Length: 5}}, opts: all, text: "@name abc", want: "Code 2+5"},
	} {
		got, err := Fix(FormattedText{test.in, test.entities}, test.opts)
		text := ""
		if err != nil {
			text = err.Error()
		}
		if text != test.err || got.Text != test.text && err == nil || show(got.Entities) != test.want && err == nil {
			t.Errorf("%q:\n got %q [%s] %q\nwant %q [%s] %q", test.in, got.Text, show(got.Entities), text, test.text, test.want, test.err)
		}
	}
}

func TestCleanString(t *testing.T) {
	for in, want := range map[string]string{
		"":               "",
		"a\nb\tc\rd\x00": "a\nb cd ",
		"a\u2028b\u202ec\u0333d\u033fe\u030af\u030b": "abcdef\u030b",
		"\u200e\u200f\u200ea\u200f":                  "\u200c\u200c\u200ea\u200f",
		strings.Repeat("a", 34996):                   strings.Repeat("a", 34996),
		strings.Repeat("a", 34997):                   strings.Repeat("a", 34996),
		strings.Repeat("a", 34995) + "éé":            strings.Repeat("a", 34995) + "é",
		strings.Repeat("é", 20000):                   strings.Repeat("é", 17498),
		strings.Repeat("\r", 40000) + "a":            "a",
	} {
		if got, ok := CleanString(in); !ok || got != want {
			t.Errorf("%.40q: got %d bytes %.40q, want %d bytes %.40q", in, len(got), got, len(want), want)
		}
	}
	if _, ok := CleanString("\xed\xa0\x80"); ok {
		t.Error("a surrogate is taken for valid UTF-8")
	}
}

func TestTruncate(t *testing.T) {
	in := FormattedText{strings.Repeat("é", 20000), []Entity{{Kind: Bold, Length: 17500}, {Kind: Italic, Offset: 17500, Length: 1}}}
	got, err := Fix(in, FixOptions{SkipNewEntities: true, SkipMediaTimestamps: true})
	if err != nil || len(got.Text) != 35000 || show(got.Entities) != "Bold 0+17500" {
		t.Errorf("%d bytes [%s], %v", len(got.Text), show(got.Entities), err)
	}
}

// The order of equals has to be the one of libc++'s sort: as if stable up to 23 elements, and for more of them the one recorded here.
func TestSortEntities(t *testing.T) {
	for range 200 {
		n := rand.IntN(400)
		e := make([]Entity, n)
		for i := range e {
			e[i] = Entity{Offset: rand.Int32N(30), Length: 1 + rand.Int32N(3), Kind: Kind(rand.IntN(int(kindCount))), Number: int64(i)}
		}
		want := slices.Clone(e)
		slices.SortStableFunc(want, func(a, b Entity) int { return compare(&a, &b) })
		sortEntities(e)
		for i := range e {
			if compare(&e[i], &want[i]) != 0 {
				t.Fatalf("%d elements are not sorted", n)
			}
			if n < smallSort && e[i] != want[i] {
				t.Fatalf("%d elements are not sorted stably", n)
			}
		}
	}
	e := make([]Entity, 30)
	for i := range e {
		e[i] = Entity{Offset: int32(i * 7 % 3), Length: 1, Number: int64(i)}
	}
	sortEntities(e)
	var order []int64
	for i := range e {
		order = append(order, e[i].Number)
	}
	want := []int64{0, 21, 6, 9, 12, 15, 27, 24, 3, 18, 1, 4, 7, 10, 13, 28, 25, 16, 22, 19, 14, 20, 17, 23, 11, 8, 26, 5, 2, 29}
	if !slices.Equal(order, want) {
		t.Errorf("order %v, want %v", order, want)
	}
}

func FuzzFix(f *testing.F) {
	f.Add(" a@name b ", []byte{5, 0, 3, 10, 4, 2, 16, 0, 9}, false)
	f.Add("😀\r\u2028x", []byte{14, 1, 3, 7, 2, 2}, true)
	f.Fuzz(func(t *testing.T, s string, b []byte, skip bool) {
		opts := FixOptions{AllowEmpty: true, SkipNewEntities: skip, SkipTrim: skip}
		got, err := Fix(FormattedText{s, decodeEntities(b)}, opts)
		if err != nil {
			return
		}
		checkEntities(t, got.Text, got.Entities)
		again, err := Fix(FormattedText{got.Text, slices.Clone(got.Entities)}, opts)
		if err != nil || again.Text != got.Text {
			t.Fatalf("%q becomes %q, %v", got.Text, again.Text, err)
		}
	})
}
