package text

import "unicode/utf8"

// The categories of code points, as the generated tables have them.
const (
	categoryOther = iota
	categoryLetter
	categoryDigit
	categoryNumber
	categorySeparator
)

// category is the category of a code point.
func category(r rune) byte {
	block := uint(r) >> 7
	if block >= uint(len(categoryIndex)) {
		block = uint(len(categoryIndex)) - 1
	}
	return categoryBlocks[uint(categoryIndex[block])<<6|uint(r)&127>>1] >> (uint(r) & 1 * 4) & 15
}

// isWord reports whether a code point can be in a word: a letter, a number or an underscore.
func isWord(r rune) bool {
	if r < utf8.RuneSelf {
		return isNameByte(byte(r))
	}
	c := category(r)
	return categoryLetter <= c && c <= categoryNumber
}

// isHashtagRune reports whether a code point can be in a hashtag.
func isHashtagRune(r rune) bool {
	if r < utf8.RuneSelf {
		return isNameByte(byte(r))
	}
	switch c := category(r); {
	case c == categoryLetter || c == categoryDigit:
		return true
	default:
		return r == 0x200c || r == 0xb7 || 0xd80 <= r && r <= 0xdff
	}
}

func isDigit(b byte) bool { return b-'0' < 10 }

func isLetter(b byte) bool { return b|0x20-'a' < 26 }

func isAlnum(b byte) bool { return isLetter(b) || isDigit(b) }

// isNameByte reports whether a byte can be in a username or a command.
func isNameByte(b byte) bool { return isAlnum(b) || b == '_' }

// isSpace reports whether a byte is what TDLib takes for a space where it parses or trims; NUL is one.
func isSpace(b byte) bool {
	return b == ' ' || b == '\t' || b == '\r' || b == '\n' || b == 0 || b == '\v'
}

func isHexDigit(b byte) bool { return isDigit(b) || b|0x20-'a' < 6 }

// lower is an ASCII letter in lower case and any other byte itself.
func lower(b byte) byte {
	if b-'A' < 26 {
		return b + 0x20
	}
	return b
}

// lowerASCII is the string with its ASCII letters in lower case.
func lowerASCII(s string) string {
	for i := range len(s) {
		if s[i]-'A' < 26 {
			b := []byte(s)
			for ; i < len(b); i++ {
				b[i] = lower(b[i])
			}
			return string(b)
		}
	}
	return s
}

// hasPrefixFold reports whether s begins with a prefix given in lower case.
func hasPrefixFold(s, prefix string) bool {
	if len(s) < len(prefix) {
		return false
	}
	for i := range len(prefix) {
		if lower(s[i]) != prefix[i] {
			return false
		}
	}
	return true
}

// runeBefore is the code point that ends before s[i]; i is not 0.
func runeBefore(s string, i int) (rune, int) {
	if b := s[i-1]; b < utf8.RuneSelf {
		return rune(b), 1
	}
	return utf8.DecodeLastRuneInString(s[:i])
}

// runeAt is the code point that begins at s[i].
func runeAt(s string, i int) (rune, int) {
	if b := s[i]; b < utf8.RuneSelf {
		return rune(b), 1
	}
	return utf8.DecodeRuneInString(s[i:])
}

// isFirstByte reports whether a byte is the first of a code point.
func isFirstByte(b byte) bool { return b&0xc0 != 0x80 }

// units is the number of UTF-16 code units that a byte of a text stands for: those of its code point if it is the first byte of one.
func units(b byte) int32 {
	if b < utf8.RuneSelf {
		return 1
	}
	if !isFirstByte(b) {
		return 0
	}
	if b >= 0xf0 {
		return 2
	}
	return 1
}

// utf16Len is the length of a text in UTF-16 code units.
func utf16Len(s string) int32 {
	n := int32(0)
	for i := range len(s) {
		n += units(s[i])
	}
	return n
}
