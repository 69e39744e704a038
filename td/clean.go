package td

import (
	"strings"

	"tdjson/td/text"
	"tdjson/types"
)

// errEncoding is TDLib's answer to a request with a string that is not in UTF-8.
var errEncoding = types.NewError(400, "Strings must be encoded in UTF-8")

// cleanInputs makes strings of a request fit for the server, in place, as TDLib does with all of them.
func cleanInputs(list ...*string) error {
	for _, s := range list {
		clean, ok := text.CleanString(*s)
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
