package links

import (
	"math"
	"strconv"
	"unicode/utf8"
)

// isUsername allows letters, digits and single underscores, a letter first and no underscore last.
func isUsername(s string) bool {
	if s == "" || len(s) > 32 || !isLetter(s[0]) || s[len(s)-1] == '_' {
		return false
	}
	for i := range len(s) {
		if s[i] == '_' && s[i-1] == '_' || s[i] != '_' && !isAlnum(s[i]) {
			return false
		}
	}
	return true
}

// isShortName allows the names of games and Web Apps.
func isShortName(s string) bool { return len(s) >= 3 && isUsername(s) }

// isToken allows the characters of base64url, also none.
func isToken(s string) bool {
	for i := range len(s) {
		if b := s[i]; !isAlnum(b) && b != '-' && b != '_' {
			return false
		}
	}
	return true
}

// isSlug allows tokens that are not empty.
func isSlug(s string) bool { return s != "" && isToken(s) }

// isText allows UTF-8 that is not empty.
func isText(s string) bool { return s != "" && utf8.ValidString(s) }

func isPhoneNumber(s string) bool {
	for i := range len(s) {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != "" && len(s) <= 32
}

func isPhoneNumberHash(s string) bool {
	for i := range len(s) {
		if !isHexDigit(s[i]) {
			return false
		}
	}
	return s != "" && len(s) <= 32
}

// isInviteHash allows the hashes of invite links: those that could not be a phone number.
func isInviteHash(s string) bool { return isSlug(s) && !isPhoneNumber(s) }

func isStyleName(s string) bool { return len(s) >= 8 && isToken(s) }

// isLanguagePack allows codes of two letters and more, and any that begin with the X of custom ones.
func isLanguagePack(s string) bool {
	for i := range len(s) {
		if b := s[i]; !isAlnum(b) && b != '-' {
			return false
		}
	}
	return s != "" && len(s) <= 64 && (len(s) >= 2 || s == "X")
}

func isUserID(id int64) bool { return 0 < id && id < 1<<40 }

// lastStoryID is the greatest number that the server gives a story.
const lastStoryID = 1999999999

func isStoryID(id int32) bool { return 0 < id && id <= lastStoryID }

// number reads the digits that a string begins with as TDLib does: whatever follows is ignored, and what is too great wraps.
func number(s string) int64 {
	negative := s != "" && s[0] == '-'
	if negative {
		s = s[1:]
	}
	var n uint64
	for i := 0; i < len(s) && isDigit(s[i]); i++ {
		n = n*10 + uint64(s[i]-'0')
	}
	if n == 1<<63 {
		return math.MinInt64
	}
	if negative {
		n = -n
	}
	return int64(n)
}

// number32 is number in 32 bits.
func number32(s string) int32 { return int32(number(s)) }

// exactID reads a positive number that is written as it would be printed; 0 stands for all else.
func exactID(s string) int32 {
	n, err := strconv.ParseInt(s, 10, 32)
	if err != nil || n <= 0 || !isDigit(s[0]) || s[0] == '0' {
		return 0
	}
	return int32(n)
}
