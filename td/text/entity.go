// Package text is what Telegram does with text, without a client: it finds entities, reads and writes Markdown and HTML, brings formatted texts
// in order, and answers the other functions of td_api that are about strings alone.
//
// Texts are strings of bytes, UTF-8 where nothing else is said. The offsets and lengths of entities count UTF-16 code units, those in error
// texts count bytes. Answers and error texts are TDLib's to the byte. Nothing here has state, waits or logs.
package text

import "slices"

// A Kind is what an entity is.
type Kind uint8

// The kinds of entity. What a kind needs besides is in the field named behind it.
const (
	Mention Kind = iota
	Hashtag
	BotCommand
	URL
	EmailAddress
	Bold
	Italic
	Code
	Pre
	PreCode     // Argument: the language
	TextURL     // Argument: the URL
	MentionName // Number: the user's identifier
	Cashtag
	PhoneNumber
	Underline
	Strikethrough
	BlockQuote
	BankCardNumber
	MediaTimestamp // Number: seconds
	Spoiler
	CustomEmoji // Number: the emoji's identifier
	ExpandableBlockQuote
	DateTime // Number: Unix time; Date: how it is shown
	kindCount
)

// An Entity is a part of a text that means something.
type Entity struct {
	Offset, Length int32 // in UTF-16 code units
	Kind           Kind
	Date           DateFormat
	Number         int64
	Argument       string
}

func (e *Entity) end() int32 { return e.Offset + e.Length }

// A FormattedText is a text with its entities.
type FormattedText struct {
	Text     string
	Entities []Entity
}

// A kindSet is a set of kinds.
type kindSet uint32

func (s kindSet) has(k Kind) bool { return s>>k&1 != 0 }

const (
	// splittableKinds may cross others and are cut where they do.
	splittableKinds kindSet = 1<<Bold | 1<<Italic | 1<<Underline | 1<<Strikethrough | 1<<Spoiler
	// blockQuoteKinds may hold all others, but not each other.
	blockQuoteKinds kindSet = 1<<BlockQuote | 1<<ExpandableBlockQuote
	// continuousKinds can't be cut.
	continuousKinds kindSet = 1<<Mention | 1<<Hashtag | 1<<BotCommand | 1<<URL | 1<<EmailAddress | 1<<TextURL | 1<<MentionName |
		1<<Cashtag | 1<<PhoneNumber | 1<<BankCardNumber | 1<<MediaTimestamp | 1<<CustomEmoji
	// preKinds hold no others.
	preKinds kindSet = 1<<Pre | 1<<Code | 1<<PreCode | 1<<DateTime
	// userKinds are those that a user can set; the others are found in the text.
	userKinds = splittableKinds | blockQuoteKinds | preKinds | 1<<TextURL | 1<<MentionName | 1<<CustomEmoji
)

// IsUserKind reports whether entities of the kind are set by users and not found in the text.
func IsUserKind(k Kind) bool { return userKinds.has(k) }

// priorities order entities of one place: what has the lower priority comes first and holds the others.
var priorities = [kindCount]uint8{
	Mention: 50, Hashtag: 50, BotCommand: 50, URL: 50, EmailAddress: 50, Bold: 90, Italic: 91, Code: 20, Pre: 11, PreCode: 10, TextURL: 49,
	MentionName: 49, Cashtag: 50, PhoneNumber: 50, Underline: 92, Strikethrough: 93, BlockQuote: 0, BankCardNumber: 50, MediaTimestamp: 50,
	Spoiler: 94, CustomEmoji: 99, ExpandableBlockQuote: 0, DateTime: 30,
}

// compare orders entities by their begin, longer ones first.
func compare(a, b *Entity) int {
	switch {
	case a.Offset != b.Offset:
		return int(a.Offset) - int(b.Offset)
	case a.Length != b.Length:
		return int(b.Length) - int(a.Length)
	default:
		return int(priorities[a.Kind]) - int(priorities[b.Kind])
	}
}

// removeIntersecting keeps of sorted entities those that begin after the end of the last one kept.
func removeIntersecting(entities []Entity) []Entity {
	kept, end := entities[:0], int32(0)
	for i := range entities {
		if entities[i].Offset >= end {
			end = entities[i].end()
			kept = append(kept, entities[i])
		}
	}
	return kept
}

// removeEmpty removes entities that cover nothing or say nothing.
func removeEmpty(entities []Entity) []Entity {
	return slices.DeleteFunc(entities, func(e Entity) bool {
		if e.Length <= 0 {
			return true
		}
		switch e.Kind {
		case TextURL:
			return e.Argument == ""
		case MentionName:
			return !validUserID(e.Number)
		case CustomEmoji:
			return e.Number == 0
		case DateTime:
			return e.Number <= 0
		}
		return false
	})
}

// validUserID reports whether an identifier can be a user's.
func validUserID(id int64) bool { return 0 < id && id <= 1<<40-1 }
