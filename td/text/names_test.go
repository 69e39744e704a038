package text

import (
	"strings"
	"testing"
	"unicode/utf8"
)

func TestCleanFileName(t *testing.T) {
	for in, want := range map[string]string{
		"": "", "a.txt": "a.txt", "a/b.txt": "b.txt", `a\b.txt`: "b.txt", "a:b*c.t?t": "a b c.t t", ".txt": "txt", "a.": "a", "a..": "a", " a . b": "a.b",
		"some/file: name?.tar.gz": "file  name .tar.gz", "файл😀é.док": "файл é.док", "?.txt": "txt", "a\x00b\x01c": "ab c", "x\xff": "",
		strings.Repeat("é", 100) + "." + strings.Repeat("é", 100): strings.Repeat("é", 64) + "." + strings.Repeat("é", 16),
		strings.Repeat("a", 65): strings.Repeat("a", 64),
		"a/":                    "", "e\u0301.txt": "e.txt",
	} {
		if got := CleanFileName(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestMimeTypes(t *testing.T) {
	for name, want := range map[string]string{
		"a.txt": "text/plain", "A.TXT": "text/plain", "a/b.jpeg": "image/jpeg", ".txt": "", "txt": "", "a.": "", "a.unknown": "", "a.tgs": "application/x-tgsticker",
		"a." + strings.Repeat("x", 100): "", "a.txt/": "",
	} {
		if got := FileMimeType(name); got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	for mime, want := range map[string]string{
		"image/jpeg": "jpg", "IMAGE/JPEG": "jpg", "text/plain": "txt", "text/plain; charset=utf-8": "", "": "", strings.Repeat("x", 1000): "",
	} {
		if got := FileExtension(mime); got != want {
			t.Errorf("%q: %q, want %q", mime, got, want)
		}
	}
}

func TestFindPhoneNumber(t *testing.T) {
	for number, want := range map[string]PhoneInfo{
		"":                   {},
		"+7 (916) 123-45-67": {CallingCode: "7", Formatted: "916 123 4567"},
		"7":                  {CallingCode: "7", Formatted: "--- --- ----"},
		"1242":               {CallingCode: "1242", Formatted: "--- ----"},
		"44":                 {CallingCode: "44", Formatted: "---- ------"},
		"37":                 {CallingCode: "37"},
		"0":                  {Formatted: "0"},
		"76":                 {CallingCode: "7", Formatted: "6-- --- -- --"},
		"4412345678901234":   {CallingCode: "44", Formatted: "1234 5678901234"},
	} {
		got := FindPhoneNumber(EnglishCountries(), number)
		hasCountry := got.Country != nil
		got.Country = nil
		if got != want || hasCountry != (strings.ContainsAny(want.Formatted, " ") && want.CallingCode != "") {
			t.Errorf("%q: %+v, country %v, want %+v", number, got, hasCountry, want)
		}
	}
	if c := FindPhoneNumber(EnglishCountries(), "77").Country; c == nil || c.Code != "KZ" {
		t.Errorf("77 is of %+v", c)
	}
}

// Patterns with digits are for the numbers that have these digits.
func TestPhonePatterns(t *testing.T) {
	c := CallingCode{Code: "9", Patterns: []string{"XX XX", "5X XXX", "57 X-X"}}
	for digits, want := range map[string]string{"": "-- --", "1": "1- --", "12": "12 --", "5": "5- ---", "52": "52 ---", "57": "57 - -", "571234": "57 1-234"} {
		if got := c.format(digits); got != want {
			t.Errorf("%q: %q, want %q", digits, got, want)
		}
	}
	if got := (&CallingCode{Code: "9", Patterns: []string{"5X"}}).format("12"); got != "12" {
		t.Errorf("a number that fits no pattern: %q", got)
	}
}

func TestIsAnonymousNumber(t *testing.T) {
	for _, test := range []struct {
		number, prefixes string
		want             bool
	}{{"+888 1", "", true}, {"887", "", false}, {"", "", false}, {"999", "888,999", true}, {"888", "999", false}} {
		if got := IsAnonymousNumber(test.number, test.prefixes); got != test.want {
			t.Errorf("%+v: %v", test, got)
		}
	}
}

func TestCountryFlag(t *testing.T) {
	for code, want := range map[string]string{
		"US": "🇺🇸", "us": "🇺🇸", "ZZ": "🇿🇿", "YL": "", "ft": "🏴‍☠️", "XG": "🛰", "XV": "🌍", "": "", "USA": "", "U1": "", "é": "",
	} {
		if got := CountryFlag(code); got != want {
			t.Errorf("%q: %q, want %q", code, got, want)
		}
	}
}

func FuzzCleanFileName(f *testing.F) {
	f.Add("a/b: c.tar.gz")
	f.Fuzz(func(t *testing.T, name string) {
		got := CleanFileName(name)
		if !utf8.ValidString(got) || utf8.RuneCountInString(got) > maxCleanStem+1+maxCleanExtension || strings.ContainsAny(got, `<>:"/\|?*&`+"`'\n\x00") {
			t.Fatalf("%q becomes %q", name, got)
		}
		FileMimeType(name)
		FileExtension(name)
	})
}

func FuzzFindPhoneNumber(f *testing.F) {
	f.Add("+7 916 123-45-67")
	f.Fuzz(func(t *testing.T, number string) {
		got := FindPhoneNumber(EnglishCountries(), number)
		if digits := digitsOf(number); digitsOf(got.CallingCode+got.Formatted) != digits {
			t.Fatalf("%q is %+v", digits, got)
		}
	})
}

func BenchmarkCleanFileName(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		CleanFileName("some/file: name?.tar.gz")
	}
}

func BenchmarkFileMimeType(b *testing.B) {
	for b.Loop() {
		FileMimeType("video.MP4")
	}
}

func BenchmarkFindPhoneNumber(b *testing.B) {
	for b.Loop() {
		FindPhoneNumber(EnglishCountries(), "79161234567")
	}
}
