package links

import (
	"strings"
	"unicode/utf8"

	"tdjson/td/text"
	"tdjson/types"
)

// draft reads a message to be sent: a link and a text, or one of them. It is nil where there is nothing to send.
func draft(url, s string) types.InternalLinkType {
	s = strings.TrimRight(s, "\n")
	url = trim(url)
	if url == "" {
		url, s = s, ""
	}
	t := &types.InternalLinkTypeMessageDraft{ContainsLink: s != ""}
	if t.ContainsLink {
		url += "\n" + s
	}
	clean, ok := cleanDraft(url)
	if !ok {
		return nil
	}
	t.Text = formatted(clean)
	return t
}

// formatted finds what can be seen in a text, but commands: which bot they are for is not known. A space before its first
// at sign keeps it from asking an inline bot.
func formatted(s string) *types.FormattedText {
	shift := int32(0)
	entities := text.FindEntities(nil, s, text.SkipMediaTimestamps)
	if s[0] == '@' {
		s = " " + s
		shift = 1
	}
	f := &types.FormattedText{Text: s, Entities: make([]*types.TextEntity, 0, len(entities))}
	for _, e := range entities {
		if t := entityType(e.Kind); t != nil {
			f.Entities = append(f.Entities, &types.TextEntity{Offset: e.Offset + shift, Length: e.Length, Type: t})
		}
	}
	return f
}

func entityType(k text.Kind) types.TextEntityType {
	switch k {
	case text.Mention:
		return &types.TextEntityTypeMention{}
	case text.Hashtag:
		return &types.TextEntityTypeHashtag{}
	case text.Cashtag:
		return &types.TextEntityTypeCashtag{}
	case text.URL:
		return &types.TextEntityTypeUrl{}
	case text.EmailAddress:
		return &types.TextEntityTypeEmailAddress{}
	case text.PhoneNumber:
		return &types.TextEntityTypePhoneNumber{}
	case text.BankCardNumber:
		return &types.TextEntityTypeBankCardNumber{}
	}
	return nil
}

// maxText is the length in bytes at which no further character begins.
const maxText = 35000 - 4

// cleanDraft brings a text to the form in which it is sent: control characters become spaces, and what would make others read
// something else goes. It is false for what is not UTF-8 or shows nothing.
func cleanDraft(s string) (string, bool) {
	if !utf8.ValidString(s) {
		return "", false
	}
	b := make([]byte, 0, len(s))
	for _, r := range s {
		switch {
		case r == '\r', 0x2028 <= r && r <= 0x202e, r == 0x333, r == 0x33f, r == 0x30a:
			continue
		case r < ' ' && r != '\n':
			r = ' '
		}
		if len(b) >= maxText {
			break
		}
		b = utf8.AppendRune(b, r)
	}
	s = withoutMarks(string(b))
	return s, strings.IndexFunc(s, isSeen) >= 0
}

// withoutMarks puts joiners in the place of marks of writing direction that stand before others of them.
func withoutMarks(s string) string {
	const leftToRight, rightToLeft, joiner = '\u200e', '\u200f', "\u200c"
	if !strings.ContainsRune(s, leftToRight) && !strings.ContainsRune(s, rightToLeft) {
		return s
	}
	b := make([]byte, 0, len(s))
	var before rune
	for _, r := range s {
		if (r == leftToRight || r == rightToLeft) && (before == leftToRight || before == rightToLeft) {
			b = append(b[:len(b)-len(joiner)], joiner...)
		}
		b = utf8.AppendRune(b, r)
		before = r
	}
	return string(b)
}

// isSeen says whether a character shows something.
func isSeen(r rune) bool {
	switch {
	case r == ' ', r == '\n', r == 0xa0, r == 0x1680, r == 0x180e, 0x2000 <= r && r <= 0x200f, r == 0x202e, r == 0x202f, r == 0x205f,
		r == 0x2800, r == 0x3000, r == 0xfeff, r == 0xfffc, 0xe0000 <= r && r <= 0xe007f:
		return false
	}
	return true
}
