package links

import (
	"strconv"
	"strings"
)

// A parsedURL has the parts of a URL as they stand in it; its host is not empty.
type parsedURL struct {
	hasScheme      bool
	userinfo, host string
	port           int    // 0 where there is none
	query          string // with the slash, question mark or number sign before it
}

// parseURL takes a URL apart: [http[s]://][userinfo@]host[:port][/?#…].
func parseURL(s string) (u parsedURL, ok bool) {
	if i := strings.IndexAny(s, ":/?#@[]"); i >= 0 && strings.HasPrefix(s[i:], "://") {
		if scheme := s[:i]; !isFold(scheme, "http") && !isFold(scheme, "https") {
			return u, false
		}
		u.hasScheme = true
		s = s[i+len("://"):]
	}
	u.host = s
	if i := strings.IndexAny(s, "/?#"); i >= 0 {
		u.host, u.query = s[:i], s[i:]
	}
	if u.host, u.port, ok = cutPort(u.host); !ok {
		return u, false
	}
	if at := strings.LastIndexByte(u.host, '@'); at >= 0 {
		u.userinfo, u.host = u.host[:at], u.host[at+1:]
	}
	if u.host == "" || u.host == "." {
		return u, false
	}
	if u.host[0] == '[' {
		return u, true
	}
	return u, isURLHost(u.host)
}

// cutPort cuts the port off a host; without one it is 0.
func cutPort(s string) (rest string, port int, ok bool) {
	colon := strings.LastIndexAny(s, ":]@")
	if colon <= 0 || s[colon] != ':' {
		return s, 0, true
	}
	digits := strings.TrimLeft(s[colon+1:], "0")
	for i := range len(digits) {
		if !isDigit(digits[i]) {
			return s, 0, false
		}
	}
	port, err := strconv.Atoi(digits)
	return s[:colon], port, err == nil && port <= 65535
}

// isURLHost allows the characters of RFC 3986, percent-encoded bytes and whatever is not ASCII.
func isURLHost(s string) bool {
	for i := 0; i < len(s); i++ {
		switch b := s[i]; {
		case b >= 0x80, isAlnum(b), strings.IndexByte(".-_!$,~*'();&+=", b) >= 0:
		case b == '%' && i+2 < len(s) && isHexDigit(s[i+1]) && isHexDigit(s[i+2]):
			i += 2
		default:
			return false
		}
	}
	return true
}

// cleanQuery brings what follows the host of a URL to its usual form: a slash first, no spaces at the end, others percent-encoded.
func cleanQuery(s string) string {
	for s != "" && isSpace(s[len(s)-1]) {
		s = s[:len(s)-1]
	}
	plain := s != "" && s[0] == '/'
	for i := 0; plain && i < len(s); i++ {
		plain = s[i] > ' '
	}
	if plain {
		return s
	}
	b := make([]byte, 0, len(s)+8)
	if s == "" || s[0] != '/' {
		b = append(b, '/')
	}
	for i := range len(s) {
		if c := s[i]; c <= ' ' {
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		} else {
			b = append(b, c)
		}
	}
	return string(b)
}
