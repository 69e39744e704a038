package main

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"hash/crc32"
	"os"
	"slices"
	"strings"
)

// kind is what a field holds, apart from how many times it is wrapped in a vector.
type kind int

const (
	kindBool kind = iota
	kindInt32
	kindInt53
	kindInt64
	kindDouble
	kindString
	kindBytes
	kindObject // one constructor, named by fieldType.ref
	kindClass  // any constructor of the class fieldType.ref
)

type fieldType struct {
	kind   kind
	vector int // how many vectors are around it: 0, 1 or 2
	ref    string
}

type field struct {
	name     string
	typ      fieldType
	nullable bool
}

// combinator is a line of the schema: a constructor of a class, or a function that answers with one.
type combinator struct {
	name     string
	fields   []field
	class    string
	id       uint32 // the constructor number: CRC32 of the line in TL's canonical form
	function bool
	sync     bool
}

type schema struct {
	sha256       string // of td_api.tl
	extensions   string // the SHA-256 of ext_api.tl
	own          int    // how many of the functions are td_api's; the others are extensions
	constructors []*combinator
	functions    []*combinator
	members      map[string][]*combinator // class -> its constructors
}

var scalars = map[string]kind{
	"Bool": kindBool, "int32": kindInt32, "int53": kindInt53, "int64": kindInt64,
	"double": kindDouble, "string": kindString, "bytes": kindBytes,
}

// builtin are the lines by which TL declares its own types.
var builtin = []string{"double", "string", "int32", "int53", "int64", "bytes", "boolFalse", "boolTrue", "vector"}

// readSchema reads a td_api.tl, and the schema of what this library has besides.
func readSchema(path, extensions string) (*schema, error) {
	s := &schema{members: map[string][]*combinator{}}
	var err error
	if s.sha256, err = s.read(path); err != nil {
		return nil, err
	}
	s.own = len(s.functions)
	s.extensions, err = s.read(extensions)
	return s, err
}

// read adds what a schema has, and returns its hash.
func (s *schema) read(path string) (string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	functions := false
	lines := bufio.NewScanner(strings.NewReader(string(text)))
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		switch {
		case line == "" || strings.HasPrefix(line, "//"):
			continue
		case line == "---functions---":
			functions = true
			continue
		}
		c, err := parseLine(line)
		if err != nil {
			return "", fmt.Errorf("%s:%d: %w", path, n, err)
		}
		if slices.Contains(builtin, c.name) {
			continue
		}
		c.function = functions
		if functions {
			s.functions = append(s.functions, c)
		} else {
			s.constructors = append(s.constructors, c)
			s.members[c.class] = append(s.members[c.class], c)
		}
	}
	sum := sha256.Sum256(text)
	return hex.EncodeToString(sum[:]), lines.Err()
}

// parseLine reads `name field:type … = Class;  // sync null: field field`.
func parseLine(line string) (*combinator, error) {
	code, note, _ := strings.Cut(line, ";")
	left, class, ok := strings.Cut(code, " = ")
	if !ok {
		return nil, fmt.Errorf("no result class in %q", line)
	}
	words := strings.Fields(left)
	c := &combinator{name: words[0], class: strings.TrimSpace(class), id: crc32.ChecksumIEEE([]byte(canonical(code)))}
	if slices.Contains(builtin, c.name) {
		return c, nil
	}
	nullable := c.readNote(note)
	for _, w := range words[1:] {
		name, typ, ok := strings.Cut(w, ":")
		if !ok {
			return nil, fmt.Errorf("field %q has no type", w)
		}
		t, err := parseType(typ)
		if err != nil {
			return nil, err
		}
		c.fields = append(c.fields, field{name, t, slices.Contains(nullable, name)})
	}
	return c, nil
}

// readNote takes from the comment behind a line what the schema's prose says, and returns the nullable fields.
func (c *combinator) readNote(note string) []string {
	note = strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(note), "//"))
	note, null, _ := strings.Cut(note, "null:")
	c.sync = slices.Contains(strings.Fields(note), "sync")
	return strings.Fields(null)
}

func parseType(s string) (fieldType, error) {
	if inner, ok := strings.CutPrefix(s, "vector<"); ok {
		t, err := parseType(strings.TrimSuffix(inner, ">"))
		t.vector++
		return t, err
	}
	if k, ok := scalars[s]; ok {
		return fieldType{kind: k}, nil
	}
	if s == "" || strings.ContainsAny(s, "<>!#?") {
		return fieldType{}, fmt.Errorf("type %q is not understood", s)
	}
	if 'a' <= s[0] && s[0] <= 'z' {
		return fieldType{kind: kindObject, ref: s}, nil
	}
	return fieldType{kind: kindClass, ref: s}, nil
}

// canonical is the form of a line that TL numbers: one space between words, vectors without brackets.
func canonical(code string) string {
	return strings.Join(strings.Fields(strings.NewReplacer("<", " ", ">", " ").Replace(code)), " ")
}
