package text

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

var kindWords = [kindCount]string{
	"Mention", "Hashtag", "BotCommand", "URL", "EmailAddress", "Bold", "Italic", "Code", "Pre", "PreCode", "TextURL", "MentionName", "Cashtag",
	"PhoneNumber", "Underline", "Strikethrough", "BlockQuote", "BankCardNumber", "MediaTimestamp", "Spoiler", "CustomEmoji",
	"ExpandableBlockQuote", "DateTime",
}

// show is a list of entities as the tests write it: "Kind offset+length[=number][.date][ argument]", separated by semicolons.
func show(entities []Entity) string {
	var list []string
	for _, e := range entities {
		s := fmt.Sprintf("%s %d+%d", kindWords[e.Kind], e.Offset, e.Length)
		if e.Number != 0 {
			s += fmt.Sprintf("=%d", e.Number)
		}
		if e.Date != 0 {
			s += fmt.Sprintf(".%d", e.Date)
		}
		if e.Argument != "" {
			s += " " + e.Argument
		}
		list = append(list, s)
	}
	return strings.Join(list, "; ")
}

// checkEntities fails if entities are not sorted, or not inside the text and its characters.
func checkEntities(t *testing.T, s string, entities []Entity) {
	t.Helper()
	if !utf8.ValidString(s) {
		t.Fatalf("the text is not valid UTF-8: %q", s)
	}
	boundary := make([]bool, 1, len(s)+1) // of characters, by offset
	boundary[0] = true
	for _, r := range s {
		if r > 0xffff {
			boundary = append(boundary, false)
		}
		boundary = append(boundary, true)
	}
	for i := range entities {
		e := &entities[i]
		if e.Offset < 0 || e.Length <= 0 || int(e.end()) >= len(boundary) || !boundary[e.Offset] || !boundary[e.end()] {
			t.Fatalf("%s is not in the text %q", show(entities[i:i+1]), s)
		}
		if i > 0 && compare(&entities[i-1], e) > 0 {
			t.Fatalf("not sorted: %s", show(entities))
		}
		if !utf8.ValidString(e.Argument) {
			t.Fatalf("the argument is not valid UTF-8: %q", e.Argument)
		}
	}
}

// decodeEntities makes entities of bytes, for fuzzing: kind, offset and length each, and an argument that fits.
func decodeEntities(b []byte) (entities []Entity) {
	for ; len(b) >= 3; b = b[3:] {
		e := Entity{Kind: Kind(b[0]) % kindCount, Offset: int32(b[1]), Length: int32(b[2])}
		switch e.Kind {
		case TextURL:
			e.Argument = "http://telegram.org/"
		case PreCode:
			e.Argument = "go"
		case MentionName, CustomEmoji, DateTime, MediaTimestamp:
			e.Number = 1 + int64(b[1])
		}
		entities = append(entities, e)
	}
	return entities
}
