package text

import "strings"

// A Country is a country with what its telephone numbers begin with.
type Country struct {
	Code         string // two letters, as in ISO 3166-1
	Name         string // in English
	LocalName    string // in the language of the list; empty if it is Name
	Hidden       bool   // not to be shown to choose from
	CallingCodes []CallingCode
}

// A CallingCode is a calling code of a country.
type CallingCode struct {
	Code     string   // digits
	Prefixes []string // the digits after it that make it the country's; none for all
	Patterns []string // how the digits after it are grouped: X is any digit
}

// EnglishCountries are the countries that are known without a server. They must not be changed.
func EnglishCountries() []Country { return englishCountries }

// A PhoneInfo is what can be seen of a telephone number.
type PhoneInfo struct {
	Country     *Country // nil if none is known
	CallingCode string
	Formatted   string // what follows the calling code, with a hyphen for each digit that is missing
}

// digitsOf are the digits of a string.
func digitsOf(s string) string {
	return strings.Map(func(r rune) rune {
		if '0' <= r && r <= '9' {
			return r
		}
		return -1
	}, s)
}

// IsAnonymousNumber reports whether a number is one of those sold on Fragment; their prefixes are given as they are in the option
// fragment_prefixes, separated by commas, and empty for the usual one.
func IsAnonymousNumber(number, prefixes string) bool {
	digits := digitsOf(number)
	if digits == "" {
		return false
	}
	if prefixes == "" {
		prefixes = "888"
	}
	for more := true; more; {
		var prefix string
		prefix, prefixes, more = strings.Cut(prefixes, ",")
		if strings.HasPrefix(digits, prefix) {
			return true
		}
	}
	return false
}

// FindPhoneNumber tells what a telephone number or the begin of one is, by a list of countries.
func FindPhoneNumber(countries []Country, number string) PhoneInfo {
	digits := digitsOf(number)
	if digits == "" {
		return PhoneInfo{}
	}
	var country *Country
	var code *CallingCode
	best, isPrefix := 0, false
	for i := range countries {
		for j := range countries[i].CallingCodes {
			c := &countries[i].CallingCodes[j]
			if c.Code[0] != digits[0] {
				continue
			}
			length, prefix := c.match(digits)
			isPrefix = isPrefix || prefix
			if length > best {
				best, country, code = length, &countries[i], c
			}
		}
	}
	switch {
	case country != nil:
		return PhoneInfo{country, code.Code, code.format(digits[len(code.Code):])}
	case isPrefix:
		return PhoneInfo{CallingCode: digits}
	}
	return PhoneInfo{Formatted: digits}
}

// match is the number of digits by which a number is known to be the country's, or 0; isPrefix says that it may be the begin of such a one.
func (c *CallingCode) match(digits string) (length int, isPrefix bool) {
	isPrefix = strings.HasPrefix(c.Code, digits)
	rest, ok := strings.CutPrefix(digits, c.Code)
	if !ok {
		return 0, isPrefix
	}
	if len(c.Prefixes) == 0 {
		return len(c.Code), isPrefix || rest == ""
	}
	for _, p := range c.Prefixes {
		isPrefix = isPrefix || strings.HasPrefix(p, rest)
		if strings.HasPrefix(rest, p) {
			length = max(length, len(c.Code)+len(p))
		}
	}
	return length, isPrefix
}

// format groups the digits after the calling code by the pattern of which most digits are theirs, the last one of several.
func (c *CallingCode) format(digits string) string {
	best, formatted := 0, ""
	for _, pattern := range c.Patterns {
		if s, matched, ok := formatBy(pattern, digits); ok && matched >= best {
			best, formatted = matched, s
		}
	}
	if formatted == "" {
		return digits
	}
	return formatted
}

// formatBy groups digits by a pattern; matched is the number of digits that both have, and ok false if they differ.
func formatBy(pattern, digits string) (formatted string, matched int, ok bool) {
	b := make([]byte, 0, len(pattern)+len(digits))
	at := 0
	for i := range len(digits) {
		for at < len(pattern) && pattern[at] != 'X' && !isDigit(pattern[at]) {
			b = append(b, pattern[at])
			at++
		}
		if at < len(pattern) && pattern[at] != 'X' {
			if pattern[at] != digits[i] {
				return "", 0, false
			}
			matched++
		}
		b = append(b, digits[i])
		at++
	}
	for ; at < len(pattern); at++ {
		switch {
		case isDigit(pattern[at]):
			return "", 0, false
		case pattern[at] == 'X':
			b = append(b, '-')
		default:
			b = append(b, ' ')
		}
	}
	return string(b), matched, true
}

// CountryFlag is the emoji of a country's flag, or empty if a code is none. Some codes that are no country's have an emoji too.
func CountryFlag(code string) string {
	if len(code) != 2 || !isLetter(code[0]) || !isLetter(code[1]) {
		return ""
	}
	first, second := code[0]&^0x20, code[1]&^0x20
	switch string([]byte{first, second}) {
	case "YL":
		return ""
	case "FT":
		return "🏴‍☠️"
	case "XG":
		return "🛰"
	case "XV":
		return "🌍"
	}
	const regionalA = '🇦'
	return string([]rune{regionalA + rune(first-'A'), regionalA + rune(second-'A')})
}
