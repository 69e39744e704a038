package langpack

import "strings"

// Kind says what the value of a string is.
type Kind byte

// The kinds of values.
const (
	Deleted    Kind = iota // there is no such string in the pack
	Ordinary               // Text
	Pluralized             // Forms
)

// Value is what a pack has for a key.
type Value struct {
	Kind  Kind
	Text  string
	Forms [6]string // for zero, one, two, few, many and other
}

// String is a key of a pack and its value.
type String struct {
	Key   string
	Value Value
}

// ValidKey says whether a string may have the key: letters, digits, underscore, dot and hyphen, at least one of them.
func ValidKey(key string) bool {
	return key != "" && consistsOf(key, letters+digits+"_.-")
}

// ValidTarget says whether s may name a localization target: letters and underscore, up to 64 of them, also none.
func ValidTarget(s string) bool {
	return len(s) <= 64 && consistsOf(s, letters+"_")
}

// ValidID says whether s may name a language pack: letters, digits and hyphen, up to 64 of them, also none; one alone if it
// is X.
func ValidID(s string) bool {
	return len(s) <= 64 && consistsOf(s, letters+digits+"-") && (IsCustom(s) || len(s) != 1)
}

// IsCustom says whether the ID is that of a pack that a program makes itself: those begin with X.
func IsCustom(id string) bool {
	return strings.HasPrefix(id, "X")
}

const (
	letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
	digits  = "0123456789"
)

func consistsOf(s, allowed string) bool {
	return strings.Trim(s, allowed) == ""
}

// In the database a value is 1 and the text, 2 and the forms with NUL between them, or 3 when the string is known not to be.
const (
	storedOrdinary   = "1"
	storedPluralized = "2"
	storedDeleted    = "3"
	separator        = "\x00"
)

func (v Value) stored() string {
	switch v.Kind {
	case Ordinary:
		return storedOrdinary + v.Text
	case Pluralized:
		return storedPluralized + strings.Join(v.Forms[:], separator)
	}
	return storedDeleted
}

func parseValue(s string) Value {
	if text, ok := strings.CutPrefix(s, storedOrdinary); ok {
		return Value{Kind: Ordinary, Text: text}
	}
	if text, ok := strings.CutPrefix(s, storedPluralized); ok {
		if forms := strings.Split(text, separator); len(forms) == len(Value{}.Forms) {
			return Value{Kind: Pluralized, Forms: [6]string(forms)}
		}
	}
	return Value{}
}
