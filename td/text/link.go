package text

import (
	"net/netip"
	"strconv"
	"strings"
)

// CheckLink brings a link to its canonical form: with a scheme, the host in lower case, and at least "/" behind it.
func CheckLink(link string) (string, error) {
	for _, app := range [...]struct{ prefix, wrong string }{{"tg:", "Wrong tg URL"}, {"ton:", "Wrong ton URL"}, {"tonsite:", "Wrong ton URL"}} {
		if hasPrefixFold(link, app.prefix) {
			rest := strings.TrimPrefix(link[len(app.prefix):], "//")
			return checkAppLink(app.prefix, rest, app.wrong)
		}
	}
	u, err := ParseURL(link)
	if err != nil {
		return "", err
	}
	if strings.IndexByte(u.Host, '.') < 0 && !u.IPv6 {
		return "", Error("Wrong HTTP URL")
	}
	scheme := "http://"
	if u.HTTPS {
		scheme = "https://"
	}
	b := make([]byte, 0, len(scheme)+len(u.Userinfo)+len(u.Host)+len(u.Query)+8)
	b = append(b, scheme...)
	if u.Userinfo != "" {
		b = append(append(b, u.Userinfo...), '@')
	}
	b = appendLower(b, u.Host)
	if u.Port > 0 {
		b = strconv.AppendInt(append(b, ':'), int64(u.Port), 10)
	}
	return string(appendQuery(b, u.Query)), nil
}

// checkAppLink checks what follows the scheme of a link into an app.
func checkAppLink(scheme, rest, wrong string) (string, error) {
	u, err := ParseURL(rest)
	if err != nil {
		return "", err
	}
	if hasPrefixFold(rest, "http://") || u.HTTPS || u.Userinfo != "" || u.Port != 0 || u.IPv6 {
		return "", Error(wrong)
	}
	for i := range len(u.Host) {
		if b := u.Host[i]; !isNameByte(b) && b != '-' && !(b == '.' && scheme == "tonsite:") {
			return "", Error("Unallowed characters in URL host")
		}
	}
	b := make([]byte, 0, len(scheme)+len("//")+len(u.Host)+len(u.Query)+1)
	b = append(append(b, scheme...), "//"...)
	b = appendLower(b, u.Host)
	query := strings.TrimPrefix(u.Query, "/")
	if strings.HasPrefix(query, "?") {
		// Here no slash is put before it.
		return string(appendEscaped(b, query)), nil
	}
	return string(appendQuery(b, u.Query)), nil
}

func appendLower(b []byte, s string) []byte {
	for i := range len(s) {
		b = append(b, lower(s[i]))
	}
	return b
}

// appendQuery appends what follows the host of a URL, with a slash before it.
func appendQuery(b []byte, query string) []byte {
	if query == "" || query[0] != '/' {
		b = append(b, '/')
	}
	return appendEscaped(b, query)
}

// appendEscaped appends a string with its spaces and control characters percent-encoded.
func appendEscaped(b []byte, s string) []byte {
	const hex = "0123456789ABCDEF"
	for i := range len(s) {
		if c := s[i]; c <= ' ' {
			b = append(b, '%', hex[c>>4], hex[c&15])
		} else {
			b = append(b, c)
		}
	}
	return b
}

// A ParsedURL has the parts of a URL as they stand in it.
type ParsedURL struct {
	HTTPS, IPv6    bool
	Userinfo, Host string
	Port           int32  // 0 where there is none
	Query          string // what follows, from its slash, question mark or number sign on, without spaces at the end
}

// CleanQuery is the query with a slash before it and with its spaces and control characters percent-encoded.
func (u *ParsedURL) CleanQuery() string {
	clean := u.Query != "" && u.Query[0] == '/'
	for i := 0; clean && i < len(u.Query); i++ {
		clean = u.Query[i] > ' '
	}
	if clean {
		return u.Query
	}
	return string(appendQuery(nil, u.Query))
}

// ParseURL takes a URL apart: [http[s]://][userinfo@]host[:port][/?#…]. The host is not empty. The error has TDLib's text.
func ParseURL(s string) (u ParsedURL, err error) {
	// A scheme has none of the characters that divide the rest.
	if i := strings.Index(s, "://"); i >= 0 && !strings.ContainsAny(s[:i], ":/?#@[]") {
		switch {
		case isFold(s[:i], "https"):
			u.HTTPS = true
		case !isFold(s[:i], "http"):
			return u, Error("Unsupported URL protocol")
		}
		s = s[i+3:]
	}
	authority := s
	if i := strings.IndexAny(s, "/?#"); i >= 0 {
		authority, u.Query = s[:i], s[i:]
	}
	if authority, u.Port, err = cutPort(authority); err != nil {
		return u, err
	}
	u.Host = authority
	if at := strings.LastIndexByte(authority, '@'); at >= 0 {
		u.Userinfo, u.Host = authority[:at], authority[at+1:]
	}
	for u.Query != "" && isSpace(u.Query[len(u.Query)-1]) {
		u.Query = u.Query[:len(u.Query)-1]
	}
	if n := len(u.Host); n > 0 && u.Host[0] == '[' && u.Host[n-1] == ']' {
		u.IPv6 = true
		return u, checkIPv6Host(u.Host)
	}
	switch u.Host {
	case "":
		return u, Error("URL host is empty")
	case ".":
		return u, Error("Host is invalid")
	}
	if err := checkURLPart(u.Host, "host", false); err != nil {
		return u, err
	}
	return u, checkURLPart(u.Userinfo, "userinfo", true)
}

// cutPort cuts the port off an authority; without one it is 0.
func cutPort(s string) (rest string, port int32, err error) {
	colon := len(s) - 1
	for colon > 0 && s[colon] != ':' && s[colon] != ']' && s[colon] != '@' {
		colon--
	}
	if colon <= 0 || s[colon] != ':' {
		return s, 0, nil
	}
	digits := s[colon+1:]
	for len(digits) > 1 && digits[0] == '0' {
		digits = digits[1:]
	}
	n, ok := parseInt(digits, 32)
	if !ok || n <= 0 || n > 65535 {
		return s, 0, Error("Wrong port number specified in the URL")
	}
	return s[:colon], int32(n), nil
}

func checkIPv6Host(host string) error {
	addr, err := netip.ParseAddr(host[1 : len(host)-1])
	if err != nil || !addr.Is6() || addr.Zone() != "" {
		return Error("Wrong IPv6 address specified in the URL")
	}
	return nil
}

// checkURLPart allows the characters of RFC 3986, percent-encoded bytes and whatever is not ASCII.
func checkURLPart(s, name string, allowColon bool) error {
	for i := 0; i < len(s); i++ {
		b := s[i]
		if b >= 0x80 || isAlnum(b) {
			continue
		}
		switch b {
		case '.', '-', '_', '!', '$', ',', '~', '*', '\'', '(', ')', ';', '&', '+', '=':
			continue
		case ':':
			if allowColon {
				continue
			}
		case '%':
			if i+2 < len(s) && isHexDigit(s[i+1]) && isHexDigit(s[i+2]) {
				i += 2
				continue
			}
			return Error("Wrong percent-encoded symbol in URL " + name)
		}
		return Error("Disallowed character in URL " + name)
	}
	return nil
}

// parseInt reads a number of the given bits that is written as it would be printed: no plus, no leading zeros.
func parseInt(s string, bits int) (int64, bool) {
	digits := strings.TrimPrefix(s, "-")
	if digits == "" || !isDigit(digits[0]) || digits[0] == '0' && len(s) > 1 {
		return 0, false
	}
	n, err := strconv.ParseInt(s, 10, bits)
	if err != nil {
		return 0, false
	}
	return n, true
}

// appQuery is what follows the question mark of a tg: link with this host, as in tg://host?query.
func appQuery(link, host string) (query string, ok bool) {
	if !hasPrefixFold(link, "tg:") {
		return "", false
	}
	link = strings.TrimPrefix(link[len("tg:"):], "//")
	if !hasPrefixFold(link, host) {
		return "", false
	}
	link = strings.TrimPrefix(link[len(host):], "/")
	if !strings.HasPrefix(link, "?") {
		return "", false
	}
	query, _, _ = strings.Cut(link[1:], "#")
	return query, true
}

// userOfLink is the user that a link tg://user?id=… names, or 0.
func userOfLink(link string) int64 {
	query, ok := appQuery(link, "user")
	for ok {
		var parameter string
		parameter, query, ok = strings.Cut(query, "&")
		if key, value, _ := strings.Cut(parameter, "="); isFold(key, "id") {
			id, _ := parseInt(value, 64)
			if !validUserID(id) {
				return 0
			}
			return id
		}
	}
	return 0
}

// emojiOfLink is the custom emoji that a link tg://emoji?id=… names, or 0.
func emojiOfLink(link string) int64 {
	query, ok := appQuery(link, "emoji")
	for ok {
		var parameter string
		parameter, query, ok = strings.Cut(query, "&")
		if key, value, _ := strings.Cut(parameter, "="); key == "id" {
			id, _ := parseInt(value, 64)
			return id
		}
	}
	return 0
}

// dateOfLink is the date and its format that a link tg://time?unix=…&format=… names; ok is false where it names none.
func dateOfLink(link string) (date int64, format DateFormat, ok bool) {
	query, more := appQuery(link, "time")
	letters := ""
	for more {
		var parameter string
		parameter, query, more = strings.Cut(query, "&")
		switch key, value, _ := strings.Cut(parameter, "="); key {
		case "unix":
			if date, ok = parseInt(value, 32); !ok || date <= 0 {
				return 0, 0, false
			}
		case "format":
			letters = value
		}
	}
	if date == 0 {
		return 0, 0, false
	}
	format, err := parseDateFormat(letters)
	return date, format, err == nil
}
