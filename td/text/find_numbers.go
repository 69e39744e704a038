package text

// Bank card numbers have 13 to 19 digits.
const (
	minCardDigits = 13
	maxCardDigits = 19
)

func isCardByte(b byte) bool { return isDigit(b) || b == ' ' || b == '-' }

// findBankCardNumbers finds numbers of 13 to 19 digits, with spaces or hyphens in between, that can be those of bank cards.
func findBankCardNumbers(dst []Entity, s string) []Entity {
	for i := 0; ; {
		for i < len(s) && !isDigit(s[i]) {
			i++
		}
		if i == len(s) {
			return dst
		}
		if i > 0 {
			if r, _ := runeBefore(s, i); r == '.' || r == ',' || r == '+' || r == '-' || r == '_' || category(r) == categoryLetter {
				for i < len(s) && isCardByte(s[i]) {
					i++
				}
				continue
			}
		}
		begin, digits := i, 0
		for i < len(s) && isCardByte(s[i]) {
			if s[i] == ' ' && digits >= 16 && digits <= maxCardDigits && digits == i-begin {
				break // a number written in one ends here
			}
			if isDigit(s[i]) {
				digits++
			}
			i++
		}
		if digits < minCardDigits || digits > maxCardDigits {
			continue
		}
		end := i
		for !isDigit(s[end-1]) {
			end--
		}
		if end-begin > 2*digits-1 {
			continue
		}
		if end < len(s) {
			if r, _ := runeAt(s, end); r == '-' || r == '_' || category(r) == categoryLetter {
				continue
			}
		}
		if isBankCard(s[begin:end], digits) {
			dst = add(dst, bytesEntity(BankCardNumber, begin, end), s)
		}
	}
}

// isBankCard checks the check digit, and the length where the issuer is known.
func isBankCard(s string, count int) bool {
	sum, prefix, seen := 0, 0, 0
	for i := range len(s) {
		if !isDigit(s[i]) {
			continue
		}
		d := int(s[i] - '0')
		if seen < 4 {
			prefix = prefix*10 + d
		}
		if (count-seen)%2 == 0 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
		seen++
	}
	if sum%10 != 0 {
		return false
	}
	switch two := prefix / 100; {
	case prefix/1000 == 4: // Visa
		return count == 13 || count == 16 || count == 18 || count == 19
	case 51 <= two && two <= 55, 2221 <= prefix && prefix <= 2720: // Mastercard
		return count == 16
	case two == 34, two == 37: // American Express
		return count == 15
	case two == 62, two == 81: // UnionPay
		return count >= 16
	case 2200 <= prefix && prefix <= 2204: // MIR
		return count == 16
	}
	return true
}

func isTimeByte(b byte) bool { return isDigit(b) || b == ':' }

// findMediaTimestamps finds minutes:seconds and hours:minutes:seconds.
func findMediaTimestamps(dst []Entity, s string) []Entity {
	for colon := indexFrom(s, ':', 0); colon >= 0; {
		begin, end := colon, colon+1
		for begin > 0 && isTimeByte(s[begin-1]) {
			begin--
		}
		for end < len(s) && isTimeByte(s[end]) {
			end++
		}
		if begin < colon && colon+1 < end && isDigit(s[colon+1]) && !wordFollows(s, end) && !wordPrecedes(s, begin) {
			if seconds, ok := parseTimestamp(s[begin:end]); ok {
				e := bytesEntity(MediaTimestamp, begin, end)
				e.Number = seconds
				dst = add(dst, e, s)
			}
		}
		colon = indexFrom(s, ':', end)
	}
	return dst
}

// wordPrecedes reports whether a character of a word ends at i.
func wordPrecedes(s string, i int) bool {
	if i == 0 {
		return false
	}
	r, _ := runeBefore(s, i)
	return isWord(r)
}

// parseTimestamp reads [[h]h:m]m:ss or mmmm:ss as seconds.
func parseTimestamp(s string) (int64, bool) {
	const maxLen = len("12:34:56")
	if len(s) > maxLen {
		return 0, false
	}
	var parts [3]int64
	var lens [3]int
	n := 0
	for i := range len(s) {
		if s[i] == ':' {
			if n++; n == len(parts) {
				return 0, false
			}
			continue
		}
		parts[n] = parts[n]*10 + int64(s[i]-'0')
		lens[n]++
	}
	if lens[n] != 2 || parts[n] >= 60 {
		return 0, false
	}
	if n == 1 {
		return parts[0]*60 + parts[1], 1 <= lens[0] && lens[0] <= 4
	}
	ok := 1 <= lens[0] && lens[0] <= 2 && 1 <= lens[1] && lens[1] <= 2 && parts[1] < 60
	return parts[0]*3600 + parts[1]*60 + parts[2], ok
}
