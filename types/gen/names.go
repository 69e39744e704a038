package main

import "strings"

// initialisms are the words that Go writes in capitals.
var initialisms = map[string]string{"id": "ID", "ids": "IDs", "url": "URL", "urls": "URLs", "ip": "IP", "api": "API", "dc": "DC", "http": "HTTP", "html": "HTML", "ttl": "TTL", "json": "JSON", "utc": "UTC"}

// goType is a constructor's, function's or class's name in Go: TDLib's spelling with a capital first letter.
func goType(name string) string {
	return strings.ToUpper(name[:1]) + name[1:]
}

// goField is a field's name in Go.
func goField(name string) string {
	var b strings.Builder
	for word := range strings.SplitSeq(name, "_") {
		if w, ok := initialisms[word]; ok {
			b.WriteString(w)
		} else if word != "" {
			b.WriteString(strings.ToUpper(word[:1]) + word[1:])
		}
	}
	return b.String()
}

// marker is the method that makes a constructor a member of a class.
func marker(class string) string {
	return strings.ToLower(class[:1]) + class[1:]
}

// polymorphic says whether values of the class can be of more than one type, so that Go needs an interface for it.
func (s *schema) polymorphic(class string) bool {
	m := s.members[class]
	return len(m) != 1 || goType(m[0].name) != class
}

// goFieldType is the Go type of a field.
func (s *schema) goFieldType(t fieldType) string {
	base := ""
	switch t.kind {
	case kindBool:
		base = "bool"
	case kindInt32:
		base = "int32"
	case kindInt53, kindInt64:
		base = "int64"
	case kindDouble:
		base = "float64"
	case kindString:
		base = "string"
	case kindBytes:
		base = "[]byte"
	case kindObject:
		base = "*" + goType(t.ref)
	case kindClass:
		base = t.ref
	}
	return strings.Repeat("[]", t.vector) + base
}

// goResult is the Go type of what a function answers with, seen from another package.
func (s *schema) goResult(class string) string {
	if s.polymorphic(class) {
		return "types." + class
	}
	return "*types." + class
}
