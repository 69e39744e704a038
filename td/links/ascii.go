package links

func isDigit(b byte) bool { return b-'0' < 10 }

func isLetter(b byte) bool { return b|0x20-'a' < 26 }

func isAlnum(b byte) bool { return isLetter(b) || isDigit(b) }

func isHexDigit(b byte) bool { return isDigit(b) || b|0x20-'a' < 6 }

// hexValue is the value of a hexadecimal digit.
func hexValue(b byte) byte {
	if isDigit(b) {
		return b - '0'
	}
	return b | 0x20 - 'a' + 10
}

// isSpace says what is trimmed.
func isSpace(b byte) bool {
	return b == ' ' || b == '\t' || b == '\r' || b == '\n' || b == 0 || b == '\v'
}

// trim cuts spaces off both ends.
func trim(s string) string {
	for s != "" && isSpace(s[0]) {
		s = s[1:]
	}
	for s != "" && isSpace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	return s
}

func lowerByte(b byte) byte {
	if b-'A' < 26 {
		return b | 0x20
	}
	return b
}

// lower makes ASCII letters small.
func lower(s string) string {
	for i := range len(s) {
		if lowerByte(s[i]) != s[i] {
			b := []byte(s)
			for ; i < len(b); i++ {
				b[i] = lowerByte(b[i])
			}
			return string(b)
		}
	}
	return s
}

// isFold says whether a string is a word of small letters, capitals aside.
func isFold(s, word string) bool {
	rest, ok := cutPrefixFold(s, word)
	return ok && rest == ""
}

// cutPrefixFold cuts a prefix of small letters off a string, capitals aside.
func cutPrefixFold(s, prefix string) (rest string, ok bool) {
	if len(s) < len(prefix) {
		return s, false
	}
	for i := range len(prefix) {
		if lowerByte(s[i]) != prefix[i] {
			return s, false
		}
	}
	return s[len(prefix):], true
}
