package links

import "strings"

// A query is what follows the place of a link: the parts of its path, without empty ones at the end, and its arguments.
type query struct {
	path      []string
	arguments []argument
}

type argument struct{ key, value string }

// parseQuery reads a path and arguments, both percent-encoded; a plus in an argument is a space.
func parseQuery(s string) query {
	s, _, _ = strings.Cut(s, "#")
	path, arguments, _ := strings.Cut(strings.TrimPrefix(s, "/"), "?")
	return query{splitPath(path), splitArguments(arguments)}
}

func splitPath(s string) []string {
	for s != "" && s[len(s)-1] == '/' {
		s = s[:len(s)-1]
	}
	if s == "" {
		return nil
	}
	path := strings.Split(s, "/")
	for i := range path {
		path[i] = unescape(path[i], false)
	}
	return path
}

func splitArguments(s string) []argument {
	if s == "" {
		return nil
	}
	arguments := make([]argument, 0, strings.Count(s, "&")+1)
	for more := true; more; {
		var one string
		one, s, more = strings.Cut(s, "&")
		key, value, _ := strings.Cut(one, "=")
		if key != "" {
			arguments = append(arguments, argument{unescape(key, true), unescape(value, true)})
		}
	}
	return arguments
}

// part is a part of the path, or nothing.
func (q *query) part(i int) string {
	if i < len(q.path) {
		return q.path[i]
	}
	return ""
}

// get is the first argument of a name, or nothing.
func (q *query) get(key string) string {
	for i := range q.arguments {
		if q.arguments[i].key == key {
			return q.arguments[i].value
		}
	}
	return ""
}

// has says whether there is an argument of a name, even an empty one.
func (q *query) has(key string) bool {
	for i := range q.arguments {
		if q.arguments[i].key == key {
			return true
		}
	}
	return false
}

// appendFrom appends those of the named arguments that a query has. The sign before the first is mark, before the others "&".
func appendFrom(b []byte, q *query, mark byte, keys ...string) []byte {
	for _, key := range keys {
		if !q.has(key) {
			continue
		}
		b = append(append(b, mark), key...)
		mark = '&'
		if value := q.get(key); value != "" {
			b = appendEscaped(append(b, '='), value)
		}
	}
	return b
}

const upperHex = "0123456789ABCDEF"

// isPlain says whether a byte needs no percent-encoding.
func isPlain(b byte) bool { return isAlnum(b) || b == '-' || b == '.' || b == '_' || b == '~' }

// escape percent-encodes all but the unreserved characters of RFC 3986.
func escape(s string) string {
	for i := range len(s) {
		if !isPlain(s[i]) {
			return string(appendEscaped(make([]byte, 0, len(s)+16), s))
		}
	}
	return s
}

func appendEscaped(b []byte, s string) []byte {
	for i := range len(s) {
		if c := s[i]; isPlain(c) {
			b = append(b, c)
		} else {
			b = append(b, '%', upperHex[c>>4], upperHex[c&15])
		}
	}
	return b
}

// unescape undoes percent-encoding and leaves alone what is none. With plus, a plus is a space.
func unescape(s string, plus bool) string {
	if strings.IndexByte(s, '%') < 0 && !(plus && strings.IndexByte(s, '+') >= 0) {
		return s
	}
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '%' && i+2 < len(s) && isHexDigit(s[i+1]) && isHexDigit(s[i+2]):
			b = append(b, hexValue(s[i+1])<<4|hexValue(s[i+2]))
			i += 2
		case c == '+' && plus:
			b = append(b, ' ')
		default:
			b = append(b, c)
		}
	}
	return string(b)
}
