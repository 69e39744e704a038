package text

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// IsEmailAddress reports whether all of s looks like an e-mail address.
func IsEmailAddress(s string) bool {
	at := strings.IndexByte(s, '@')
	if at < 0 || at+1 == len(s) {
		return false
	}
	return isEmailUser(s[:at]) && isEmailDomain(s[at+1:])
}

// isEmailUser allows up to eleven parts, ended by dots or pluses, of up to 26 characters, the last one of 1 to 35.
func isEmailUser(s string) bool {
	prev, parts := 0, 1
	for i := range len(s) {
		switch b := s[i]; {
		case b == '.' || b == '+':
			if i-prev >= 27 {
				return false
			}
			parts++
			prev = i + 1
		case !isNameByte(b) && b != '-':
			return false
		}
	}
	last := len(s) - prev
	return parts < 12 && 1 <= last && last < 36
}

// isEmailDomain allows one to six labels of up to 30 characters before a last one of two to eight letters.
func isEmailDomain(s string) bool {
	for parts := 1; ; parts++ {
		dot := strings.IndexByte(s, '.')
		if dot < 0 {
			return parts > 1 && isEmailTop(s)
		}
		label := s[:dot]
		if parts > 6 || len(label) == 0 || len(label) > 30 || !isAlnum(label[0]) || !isAlnum(label[len(label)-1]) {
			return false
		}
		for i := range len(label) {
			if !isNameByte(label[i]) && label[i] != '-' {
				return false
			}
		}
		s = s[dot+1:]
	}
}

func isEmailTop(s string) bool {
	if len(s) < 2 || len(s) > 8 {
		return false
	}
	for i := range len(s) {
		if !isLetter(s[i]) {
			return false
		}
	}
	return true
}

// urlLen is the length of the link that a candidate begins with, without closing brackets that it does not open; 0 if it is no link.
func urlLen(s string) int {
	rest, hasScheme := cutScheme(s)
	slash := authorityLen(rest)
	domain, path := rest[:slash], rest[slash:]
	if at := strings.IndexByte(domain, '@'); at >= 0 {
		domain = domain[at+1:]
	}
	if colon := strings.LastIndexByte(domain, ':'); colon >= 0 {
		domain = domain[:colon]
	}
	if len(domain) == 12 && hasPrefixFold(domain, "teiegram.org") { // known for its fraud
		return 0
	}
	if !isDomain(domain, hasScheme) {
		return 0
	}
	return len(s) - len(path) + balancedLen(path)
}

// authorityLen is the length of what precedes the path, query or fragment of a link without a scheme.
func authorityLen(s string) int {
	for i := range len(s) {
		if s[i] == '/' || s[i] == '?' || s[i] == '#' {
			return i
		}
	}
	return len(s)
}

// cutScheme cuts the scheme off a link.
func cutScheme(s string) (rest string, ok bool) {
	for _, scheme := range [...]string{"http://", "https://", "ftp://", "tonsite://"} {
		if hasPrefixFold(s, scheme) {
			return s[len(scheme):], true
		}
	}
	return s, false
}

// balancedLen is the length of a path up to the first closing bracket too many, without what ends sentences.
func balancedLen(path string) int {
	var round, square, curly, end int
	for end < len(path) {
		switch path[end] {
		case '(':
			round++
		case '[':
			square++
		case '{':
			curly++
		case ')':
			round--
		case ']':
			square--
		case '}':
			curly--
		}
		if round < 0 || square < 0 || curly < 0 {
			break
		}
		end++
	}
	for end > 0 && isSentenceEnd(path[end-1]) {
		end--
	}
	return end
}

// isDomain reports whether a link can have this host: an IPv4 address, or labels with a top-level domain that is known or follows a scheme.
func isDomain(domain string, hasScheme bool) bool {
	labels, begin := 0, 0
	isIPv4, hasNonDigit := true, false
	for i := 0; i <= len(domain); i++ {
		switch {
		case i == len(domain) || domain[i] == '.':
			label := domain[begin:i]
			if len(label) == 0 || len(label) >= 64 || label[len(label)-1] == '-' {
				return false
			}
			isIPv4 = isIPv4 && isOctet(label)
			labels++
			if i < len(domain) {
				begin = i + 1
			}
		case !isDigit(domain[i]):
			isIPv4, hasNonDigit = false, true
		}
	}
	if labels == 1 {
		return false
	}
	if isIPv4 && labels == 4 {
		return true
	}
	if !hasNonDigit {
		return false
	}
	if !isTopLabel(domain[begin:], hasScheme) {
		return false
	}
	// The label before the last one names who the domain belongs to: no underscores there.
	second := domain[:begin-1]
	return strings.IndexByte(second[strings.LastIndexByte(second, '.')+1:], '_') < 0
}

// isOctet reports whether digits are a number up to 255 without leading zeros.
func isOctet(s string) bool {
	if len(s) > 3 || len(s) > 1 && s[0] == '0' {
		return false
	}
	return len(s) < 3 || s <= "255"
}

// isTopLabel reports whether a link can end with this label.
func isTopLabel(s string, hasScheme bool) bool {
	if utf8.RuneCountInString(s) <= 1 {
		return false
	}
	if code, ok := strings.CutPrefix(s, "xn--"); ok {
		for i := range len(code) {
			if !isAlnum(code[i]) {
				return false
			}
		}
		return len(code) > 1
	}
	if strings.IndexByte(s, '_') >= 0 || strings.IndexByte(s, '-') >= 0 {
		return false
	}
	return hasScheme || isCommonTLD(s)
}

// maxTLD is more than the bytes of the longest label that isTLD knows.
const maxTLD = 64

// isCommonTLD reports whether a label is a top-level domain. One of which only the first letter is a capital rather begins a sentence.
func isCommonTLD(s string) bool {
	if len(s) > maxTLD {
		return false
	}
	isLower := true
	for i := range len(s) {
		isLower = isLower && s[i]-'a' < 26
	}
	if isLower {
		return isTLD(s)
	}
	var buf [2 * maxTLD]byte
	b := buf[:0]
	changed, onlyFirst := false, true
	for i, r := range s {
		l := unicode.ToLower(r)
		changed = changed || l != r
		onlyFirst = onlyFirst && (i == 0 || l == r)
		b = utf8.AppendRune(b, l)
	}
	return !(changed && onlyFirst) && isTLD(string(b))
}
