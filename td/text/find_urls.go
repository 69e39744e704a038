package text

import (
	"strings"
	"unicode/utf8"
)

// Parts of URLs have characters of their own each.
const (
	inPath       uint8 = 1 << iota // of what follows the host
	inUser                         // of what precedes the @
	inDomain                       // of the host
	inScheme                       // of what precedes ://
	endsSentence                   // of the sentence around a path rather than of it, if it is at the end
)

// urlBytes tells for each ASCII character where it can be. It is never changed.
var urlBytes = func() (t [utf8.RuneSelf]uint8) {
	for i := range t {
		b := byte(i)
		if b != ' ' {
			t[i] |= inPath | inUser
		}
		if isNameByte(b) || strings.IndexByte(".-~", b) >= 0 {
			t[i] |= inDomain
		}
		if isAlnum(b) || b == '+' || b == '-' {
			t[i] |= inScheme
		}
		if strings.IndexByte(".:;,('?!`", b) >= 0 {
			t[i] |= endsSentence
		}
		if strings.IndexByte("\n<>\"", b) >= 0 {
			t[i] &^= inPath
		}
		if strings.IndexByte("\n/[]{}()'`<>\"@", b) >= 0 {
			t[i] &^= inUser
		}
	}
	return t
}()

// isURLRune reports whether a code point that is not ASCII can be in a part of a URL.
func isURLRune(r rune, part uint8) bool {
	switch {
	case part == inScheme: // one that can't be in a scheme makes it an unknown one
		return category(r) != categorySeparator
	case part == inDomain && r < 0xc0, r == '«', r == '»':
		return false
	case 0x2000 <= r && r <= 0x206f: // General Punctuation: joiners and dashes only
		return r == 0x200c || r == 0x200d || 0x2010 <= r && r <= 0x2015
	}
	return category(r) != categorySeparator
}

// scanBack is where the characters of a part that end at i begin, not before limit.
func scanBack(s string, i, limit int, part uint8) int {
	for i > limit {
		if b := s[i-1]; b < utf8.RuneSelf {
			if urlBytes[b]&part == 0 {
				break
			}
			i--
			continue
		}
		r, size := utf8.DecodeLastRuneInString(s[:i])
		if !isURLRune(r, part) {
			break
		}
		i -= size
	}
	return i
}

// scan is where the characters of a part that begin at i end.
func scan(s string, i int, part uint8) int {
	for i < len(s) {
		if b := s[i]; b < utf8.RuneSelf {
			if urlBytes[b]&part == 0 {
				break
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if !isURLRune(r, part) {
			break
		}
		i += size
	}
	return i
}

// isSentenceEnd reports whether a byte at the end of a path is rather a part of the sentence around it.
func isSentenceEnd(b byte) bool { return b < utf8.RuneSelf && urlBytes[b]&endsSentence != 0 }

// A pathScan finds where paths end. It remembers the last one, so that a text of many beginnings and one end takes no longer than its length.
type pathScan struct {
	begin, end int // the last path's characters
	trimmed    int // its end without the bytes that end sentences
}

// after is the end of the path, query or fragment whose first byte is s[i], or i where there is none.
func (p *pathScan) after(s string, i int) int {
	if i == len(s) || s[i] != '/' && s[i] != '?' && s[i] != '#' {
		return i
	}
	if i < p.begin || i >= p.end {
		end := scan(s, i+1, inPath)
		trimmed := end
		for trimmed > i+1 && isSentenceEnd(s[trimmed-1]) {
			trimmed--
		}
		*p = pathScan{i, end, trimmed}
	}
	end := max(p.trimmed, i+1)
	if s[i] == '/' || end > i+1 {
		return end
	}
	return i
}

// findAppURLs finds tg:// and ton:// links, which have no dots.
func findAppURLs(dst []Entity, s string) []Entity {
	var paths pathScan
	for i := 0; len(s)-i >= len("tg://a"); {
		i = indexFrom(s, ':', i)
		if i < 0 {
			break
		}
		begin := appURLBegin(s, i)
		if begin < 0 {
			i++
			continue
		}
		i += len("://")
		host := i
		for i < len(s) && i-host < 253 && (isNameByte(s[i]) || s[i] == '-') {
			i++
		}
		if i == host {
			continue
		}
		i = paths.after(s, i)
		dst = add(dst, bytesEntity(URL, begin, i), s)
	}
	return dst
}

// appURLBegin is where the link with its colon at i begins, or -1. Of tonsite:// only the last three letters count: so it is seen everywhere.
func appURLBegin(s string, i int) int {
	if i+3 > len(s) || s[i+1] != '/' || s[i+2] != '/' {
		return -1
	}
	switch {
	case i >= 2 && hasPrefixFold(s[i-2:], "tg"):
		return i - 2
	case i >= 3 && hasPrefixFold(s[i-3:], "ton"), i >= 7 && hasPrefixFold(s[i-7:], "tonsite"):
		return i - 3
	}
	return -1
}

// findURLs finds links and e-mail addresses by their dots.
func findURLs(dst []Entity, s string) []Entity {
	var paths pathScan
	for begin := 0; ; { // what lies before begin is done
		dot := indexFrom(s, '.', begin)
		if dot < 0 || dot+1 == len(s) {
			return dst
		}
		if s[dot+1] == ' ' {
			begin = dot + 2
			continue
		}
		from, to, ok := urlAround(s, begin, dot, &paths)
		if ok {
			if to > dot+1 {
				dst = appendURL(dst, s, from, to)
			}
			for to < len(s) && s[to] == '.' {
				to++
			}
		} else {
			to = strings.LastIndexByte(s[:to], '.') + 1
		}
		begin = max(to, dot+1)
	}
}

// urlAround finds the link that has a dot in its host; ok is false if the characters before it tell that it is none.
func urlAround(s string, begin, dot int, paths *pathScan) (from, to int, ok bool) {
	from = scanBack(s, dot, begin, inDomain)
	hasAt := false
	for to = scan(s, dot, inDomain); to < len(s) && s[to] == '@'; to = scan(s, to+1, inDomain) {
		hasAt = true
	}
	if hasAt {
		from = scanBack(s, from, begin, inUser)
	}
	to = paths.after(s, portEnd(s, to))
	for to > dot+1 && s[to-1] == '.' {
		to--
	}
	ok = true
	if from > begin && s[from-1] == '@' {
		at := from - 1
		from = scanBack(s, at, begin, inUser)
		ok = !hasAt && from < at
	}
	if from > begin {
		var schemeOK bool
		from, schemeOK = schemeBefore(s, begin, from)
		ok = ok && schemeOK
	}
	return from, to, ok
}

// portEnd is the end of the port whose colon is at i, or i if there is none.
func portEnd(s string, i int) int {
	if i == len(s) || s[i] != ':' {
		return i
	}
	end := i + 1
	for end < len(s) && s[end] == '0' {
		end++
	}
	first, port := end, 0
	for end < len(s) && isDigit(s[end]) {
		if port <= 65535 {
			port = port*10 + int(s[end]-'0')
		}
		end++
	}
	if end == first || end-first > 5 || port > 65535 {
		return i
	}
	return end
}

// schemeBefore moves the begin of a link before its scheme; ok is false if what stands there makes it no link.
func schemeBefore(s string, begin, from int) (newFrom int, ok bool) {
	if from-begin < 6 || s[from-3:from] != "://" {
		r, _ := runeBefore(s, from)
		return from, !isWord(r) && r != '/' && r != '#' && r != '@'
	}
	end := from - 3
	scheme := s[scanBack(s, end, begin, inScheme):end]
	for _, known := range [...]struct{ name, not1, not2 string }{
		{"http", "shttp", ""}, {"https", "", ""}, {"ftp", "tftp", "sftp"}, {"tonsite", "", ""},
	} {
		if n := len(known.name); len(scheme) >= n && hasPrefixFold(scheme[len(scheme)-n:], known.name) &&
			!isFold(scheme, known.not1) && !isFold(scheme, known.not2) {
			return end - n, true
		}
	}
	return from, false
}

// isFold reports whether s in lower case is a word; the empty word is never meant.
func isFold(s, word string) bool { return word != "" && len(s) == len(word) && hasPrefixFold(s, word) }

// appendURL appends what a candidate is: an e-mail address, a link, or nothing.
func appendURL(dst []Entity, s string, from, to int) []Entity {
	switch candidate := s[from:to]; {
	case IsEmailAddress(candidate):
		return add(dst, bytesEntity(EmailAddress, from, to), s)
	case strings.HasPrefix(candidate, "mailto:") && IsEmailAddress(candidate[7:]):
		return add(dst, bytesEntity(EmailAddress, from+7, to), s)
	default:
		if n := urlLen(candidate); n > 0 {
			return add(dst, bytesEntity(URL, from, from+n), s)
		}
		return dst
	}
}
