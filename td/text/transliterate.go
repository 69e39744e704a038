package text

import (
	"strings"
	"unicode/utf8"
)

// A script is one way to write a word in the letters of another script: by letters, or by groups of letters first.
type script struct {
	letter func(rune) (string, bool)
	groups [][2]string
	begins string // the bytes that groups begin with
}

var (
	latinToRussian = script{russianLetter, [][2]string{
		{"ch", "ч"}, {"ei", "ей"}, {"ey", "ей"}, {"ia", "ия"}, {"iy", "ий"}, {"jo", "е"}, {"ju", "ю"}, {"ja", "я"}, {"kh", "х"},
		{"shch", "щ"}, {"sh", "ш"}, {"sch", "щ"}, {"ts", "ц"}, {"yo", "е"}, {"yu", "ю"}, {"ya", "я"}, {"zh", "ж"},
	}, "ceijkstyz"}
	russianToLatin = script{latinLetter, [][2]string{{"ий", "y"}, {"ия", "ia"}, {"кс", "x"}, {"yo", "e"}, {"jo", "e"}}, "\xd0yj"}
)

// russianLetter is what a Latin letter is in Russian.
func russianLetter(r rune) (string, bool) {
	letters := [...]string{"а", "б", "к", "д", "е", "ф", "г", "х", "и", "й", "к", "л", "м", "н", "о", "п", "к", "р", "с", "т", "у", "в", "в", "кс", "и", "з"}
	if r < 'a' || 'z' < r {
		return "", false
	}
	return letters[r-'a'], true
}

// latinLetter is what a Russian letter is in Latin script; some are nothing.
func latinLetter(r rune) (string, bool) {
	letters := [...]string{
		"a", "b", "v", "g", "d", "e", "zh", "z", "i", "y", "k", "l", "m", "n", "o", "p", "r", "s", "t", "u", "f", "kh", "ts", "ch", "sh", "sch",
		"", "y", "", "e", "yu", "ya",
	}
	switch {
	case r == 'ё':
		return "e", true
	case 'а' <= r && r <= 'я':
		return letters[r-'а'], true
	}
	return "", false
}

// transliterations are the ways to write a word in Russian and in Latin letters. If the word is the begin of one, what ends in the middle of a
// group of letters is also taken for the whole group.
func transliterations(word string, isPrefix bool) (list []string) {
	for _, s := range [...]*script{&latinToRussian, &russianToLatin} {
		list = s.byLetters(list, word)
		list = s.byGroups(list, word, isPrefix)
	}
	return list
}

func (s *script) byLetters(list []string, word string) []string {
	b := make([]byte, 0, 2*len(word))
	for _, r := range word {
		b = s.append(b, r)
	}
	return appendNonEmpty(list, b)
}

func (s *script) append(b []byte, r rune) []byte {
	if letters, ok := s.letter(r); ok {
		return append(b, letters...)
	}
	return utf8.AppendRune(b, r)
}

func (s *script) byGroups(list []string, word string, isPrefix bool) []string {
	b := make([]byte, 0, 2*len(word))
next:
	for word != "" {
		groups := s.groups
		if strings.IndexByte(s.begins, word[0]) < 0 {
			groups = nil
		}
		for _, g := range groups {
			if rest, ok := strings.CutPrefix(word, g[0]); ok {
				b = append(b, g[1]...)
				word = rest
				continue next
			}
			if isPrefix && strings.HasPrefix(g[0], word) {
				list = append(list, string(b)+g[1])
			}
		}
		r, size := utf8.DecodeRuneInString(word)
		b = s.append(b, r)
		word = word[size:]
	}
	return appendNonEmpty(list, b)
}

func appendNonEmpty(list []string, b []byte) []string {
	if len(b) == 0 {
		return list
	}
	return append(list, string(b))
}
