package td

import (
	"strings"
	"unicode/utf8"

	"tdjson/types"
)

// cleanInput makes a string of the program fit for the server, as TDLib does with all of them: control characters become
// spaces, those that turn the text around or strike it through go away. False says that it is not in UTF-8.
func cleanInput(s string) (string, bool) {
	if !utf8.ValidString(s) {
		return "", false
	}
	if isClean(s) {
		return s, true
	}
	var b strings.Builder
	for _, r := range s {
		if b.Len() >= maxInput {
			break
		}
		switch {
		case r == '\r', '\u2028' <= r && r <= '\u202E', r == '\u0333', r == '\u033F', r == '\u030A':
		case r < ' ' && r != '\n':
			b.WriteByte(' ')
		default:
			b.WriteRune(r)
		}
	}
	return breakMarks(b.String()), true
}

// maxInput is the length in bytes at which TDLib lets no further character begin.
const maxInput = 35000 - 4

// isClean says whether cleanInput would leave the string as it is, which is so for nearly all.
func isClean(s string) bool {
	if len(s) > maxInput {
		return false
	}
	for i := 0; i < len(s); i++ {
		if c := s[i]; c < ' ' && c != '\n' || c == 0xcc || c == 0xe2 {
			return false
		}
	}
	return true
}

// breakMarks leaves only the last of several direction marks in a row; TDLib puts zero-width non-joiners in place of the rest.
func breakMarks(s string) string {
	if !strings.ContainsAny(s, "\u200E\u200F") {
		return s
	}
	runes := []rune(s)
	for i := 0; i+1 < len(runes); i++ {
		if isMark(runes[i]) && isMark(runes[i+1]) {
			runes[i] = '\u200C'
		}
	}
	return string(runes)
}

func isMark(r rune) bool { return r == '\u200E' || r == '\u200F' }

// errEncoding is TDLib's answer to a request with a string that is not in UTF-8.
var errEncoding = types.NewError(400, "Strings must be encoded in UTF-8")

// cleanInputs cleans strings of a request in place.
func cleanInputs(list ...*string) error {
	for _, s := range list {
		clean, ok := cleanInput(*s)
		if !ok {
			return errEncoding
		}
		*s = clean
	}
	return nil
}

// cleanName makes a name of what the user typed: one line without needless spaces, of at most so many characters; empty when
// nothing could be seen of it.
func cleanName(s string, limit int) string {
	s = stripEmpty(s, limit)
	var b strings.Builder
	space := false
	for _, r := range s {
		if r == ' ' || r == '\n' || r == '\u00A0' {
			space = true
			continue
		}
		if space {
			b.WriteByte(' ')
			space = false
		}
		b.WriteRune(r)
	}
	return strings.Trim(b.String(), asciiSpace)
}

// asciiSpace is what TDLib trims.
const asciiSpace = " \t\r\n\x00\x0b"

// stripEmpty makes plain spaces of all kinds of spaces and cuts after so many characters; it answers nothing when none of
// what is left can be seen.
func stripEmpty(s string, limit int) string {
	s = strings.Map(func(r rune) rune {
		switch {
		case strings.ContainsRune("\u1680\u180E\u202E\u202F\u205F\u2800\u3000\uFFFC", r), '\u2000' <= r && r <= '\u200A',
			0xE0000 <= r && r <= 0xE007F:
			return ' '
		}
		return r
	}, s)
	s = strings.Trim(s, asciiSpace)
	if runes := []rune(s); len(runes) > limit {
		s = strings.Trim(string(runes[:limit]), asciiSpace)
	}
	if strings.Trim(s, " \n\u200B\u200C\u200D\u200E\u200F\u202E\uFEFF\u00A0") == "" {
		return ""
	}
	return s
}
