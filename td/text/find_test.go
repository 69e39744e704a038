package text

import (
	"strings"
	"testing"
)

func TestFindEntities(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"", ""},
		{"plain text. Of two sentences", ""},
		{"@durov", "Mention 0+6"},
		{"@abc @gif @GIF @ab a@name ы@name @name😀 @" + strings.Repeat("a", 33), "Mention 5+4; Mention 10+4; Mention 33+5"},
		{"😀 @name", "Mention 3+5"},
		{"@name_ @name@name", "Mention 0+6; Mention 7+5"},
		{"/start /start@bot a/b </b> //x /x/ /" + strings.Repeat("a", 65), "BotCommand 0+6; BotCommand 7+10"},
		{"/start@ab", ""},
		{"#tag #123 #1a #é_ #a#b #a@name a#b", "Hashtag 0+4; Hashtag 10+3; Hashtag 14+3; Hashtag 23+7"},
		{"#" + strings.Repeat("a", 300), "Hashtag 0+257"},
		{"#a\u200cb #\u0d86 #a\u0661", "Hashtag 0+4; Hashtag 5+2; Hashtag 8+3"},
		{"$USD $usd $ABCDEFGHI $1INCH $1INCHX $$A $A@name", "Cashtag 0+4; Cashtag 21+6; Cashtag 40+7"},
		{"4242424242424242 4242424242424241 4242-4242-4242-4242", "BankCardNumber 0+16; BankCardNumber 34+19"},
		{"1:23 12:34:56 1:60 12345:00 9999:59 :12 1:2 a1:23", "MediaTimestamp 0+4=83; MediaTimestamp 5+8=45296; MediaTimestamp 28+7=599999"},
		{"telegram.org t.me/a_b. http://x.yy www.example.com:80/?a=(b)#c!", "URL 0+12; URL 13+8; URL 23+11; URL 35+27"},
		{"Sentence.Another ok.So a.unknown 1.2.3.4 256.1.1.1 пример.рф ПРИМЕР.РФ", "URL 33+7; URL 51+9; URL 61+9"},
		{"name@example.com mailto:name@example.com .a@b.c", "EmailAddress 0+16; EmailAddress 24+16"},
		{"http://user:pass@host.com/path https://t.me shttp://t.me ftp://a.bb sftp://a.bb", "URL 0+30; URL 31+12; URL 57+10"},
		{"tg://resolve?domain=x ton://a/b TONSITE://foo.ton tonsite://foo", "URL 0+21; URL 22+9; URL 32+17; URL 54+9"},
		{"teiegram.org http://xn--e1afmkfd.xn--p1ai a_b.com a.b_c.com", "URL 13+28"},
		{"(t.me/a)b) «t.me» t.me/«a", "URL 1+6; URL 12+4; URL 18+5"},
	} {
		got := FindEntities(nil, test.text, 0)
		if show(got) != test.want {
			t.Errorf("%q:\n got %s\nwant %s", test.text, show(got), test.want)
		}
		checkEntities(t, test.text, got)
	}
}

func TestFindEntitiesSkips(t *testing.T) {
	const s = "/start 1:23 @name"
	if got := show(FindEntities(nil, s, SkipBotCommands)); got != "MediaTimestamp 7+4=83; Mention 12+5" {
		t.Error(got)
	}
	if got := show(FindEntities(nil, s, SkipMediaTimestamps)); got != "BotCommand 0+6; Mention 12+5" {
		t.Error(got)
	}
	kept := FindEntities([]Entity{{Kind: Bold}}, s, SkipBotCommands|SkipMediaTimestamps)
	if len(kept) != 2 || kept[0].Kind != Bold {
		t.Errorf("what was there before: %v", kept)
	}
}

func TestMarksOf(t *testing.T) {
	for i := range 20 {
		for c := range 256 {
			b := []byte(strings.Repeat("~a\"! ", 4))
			b[i] = byte(c)
			want := marks[c]
			if c >= 0x80 {
				want = markNonASCII
			}
			if got := marksOf(string(b)); got != want {
				t.Fatalf("byte %#x at %d: %08b, want %08b", c, i, got, want)
			}
		}
	}
}

func TestIsEmailAddress(t *testing.T) {
	for s, want := range map[string]bool{
		"a@b.cc": true, "a@b.c": false, "a@b.c1": false, "a+b.c@d.ee": true, "@b.cc": false, "a@": false, "a": false, "a@b": false,
		"a@-b.cc": false, "a@b-.cc": false, "a@b..cc": false, "a.@b.cc": false, strings.Repeat("a", 35) + "@b.cc": true,
		strings.Repeat("a", 36) + "@b.cc": false, "a@1.2.3.4.5.6.cc": true, "a@1.2.3.4.5.6.7.cc": false, "a@b.abcdefgh": true,
		"a@b.abcdefghi": false, "é@b.cc": false,
		strings.Repeat("a.", 10) + "a@b.cc": true, strings.Repeat("a.", 11) + "a@b.cc": false, "a@" + strings.Repeat("b", 31) + ".cc": false,
	} {
		if IsEmailAddress(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func TestTopLevelDomains(t *testing.T) {
	for s, want := range map[string]bool{
		"com": true, "COM": true, "cOm": true, "Com": false, "рф": true, "РФ": true, "Рф": false, "中国": true, "q": false, "notld": false,
		"zw": true, "vermögensberater": true, strings.Repeat("a", 100): false,
	} {
		if isCommonTLD(s) != want {
			t.Errorf("%q: %v", s, !want)
		}
	}
}

func TestCategories(t *testing.T) {
	for r, want := range map[rune]byte{
		'a': categoryLetter, '1': categoryDigit, ' ': categorySeparator, '_': categoryOther, 'я': categoryLetter, '½': categoryNumber,
		'٣': categoryDigit, 0xa0: categorySeparator, 0x3000: categorySeparator, '中': categoryLetter, 0x1f600: categoryOther,
		0x10ffff: categoryOther, 0x10d40: categoryDigit, 0x1d7ff: categoryDigit, -1: categoryOther,
	} {
		if got := category(r); got != want {
			t.Errorf("%U: %d, want %d", r, got, want)
		}
	}
}

func FuzzFindEntities(f *testing.F) {
	for _, s := range []string{"@name /a #b $C 4242424242424242 tg://a t.me/a a@b.cc 1:23", "😀.é.«a.b.com»/?#", "http://a.b@c.d:80/.,.,"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		s = strings.ToValidUTF8(s, "\uFFFD")
		got := FindEntities(nil, s, 0)
		checkEntities(t, s, got)
		for i := 1; i < len(got); i++ {
			if got[i].Offset < got[i-1].end() {
				t.Fatalf("they overlap: %s", show(got))
			}
		}
	})
}

func BenchmarkFindEntities(b *testing.B) {
	for name, s := range map[string]string{
		"plain": strings.Repeat("Hello plain text without anything in it ", 5),
		"sentences": "This is one sentence. And there is another one. They end with dots. So what is it that we look for? It is nothing. " +
			"Nothing to be found here. Nothing at all. And so it ends.",
		"rich": "Hi @username, see https://telegram.org/blog?a=1#b and mail@example.com or t.me/durov, #hashtag $USD /start@bot " +
			"4111111111111111 at 1:23:45 tg://resolve?domain=x",
		"cyrillic": "Привет, это обычный текст без ничего. В нём есть предложения. Они заканчиваются точками. Вот так и бывает с текстами.",
	} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(s)))
			b.ReportAllocs()
			var dst []Entity
			for b.Loop() {
				dst = FindEntities(dst[:0], s, 0)
			}
		})
	}
}
