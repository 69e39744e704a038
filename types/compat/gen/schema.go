package main

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"os"
	"strconv"
	"strings"
)

type field struct{ name, typ string }

// combinator is a constructor of a class, or a function that answers with one.
type combinator struct {
	name, class string
	function    bool
	fields      []field
}

// schema is td_api in one version.
type schema struct {
	version string
	key     []int  // the version as numbers; a year is before all of them
	sha256  string // of its lines without comments
	list    []*combinator
}

// builtin are the lines by which TL declares its own types.
var builtin = map[string]bool{"double": true, "string": true, "int32": true, "int53": true, "int64": true, "bytes": true, "boolFalse": true, "boolTrue": true, "vector": true}

func readSchema(version, path string) (*schema, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	s := &schema{version: version}
	if s.key, err = versionKey(version); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	functions := false
	hash := sha256.New()
	for n, line := range strings.Split(string(text), "\n") {
		line, _, _ = strings.Cut(line, "//")
		if line = strings.TrimSpace(line); line == "" {
			continue
		}
		fmt.Fprintln(hash, line) // what is said in comments does not count
		if strings.HasPrefix(line, "---") {
			functions = line == "---functions---"
			continue
		}
		c, err := parseLine(line)
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n+1, err)
		}
		if c != nil {
			c.function = functions
			s.list = append(s.list, c)
		}
	}
	s.sha256 = hex.EncodeToString(hash.Sum(nil))
	return s, nil
}

// versionKey makes versions comparable. The first published schema has a year instead of a version.
func versionKey(version string) ([]int, error) {
	if len(version) == 4 && !strings.Contains(version, ".") {
		return []int{0}, nil
	}
	var key []int
	for part := range strings.SplitSeq(version, ".") {
		n, err := strconv.Atoi(part)
		if err != nil {
			return nil, fmt.Errorf("%q is no version", version)
		}
		key = append(key, n)
	}
	return key, nil
}

// parseLine reads `name field:type … = Class;`; nil for TL's own types.
func parseLine(line string) (*combinator, error) {
	left, class, ok := strings.Cut(strings.TrimSuffix(line, ";"), " = ")
	if !ok {
		return nil, fmt.Errorf("no result class in %q", line)
	}
	words := strings.Fields(left)
	if builtin[words[0]] {
		return nil, nil
	}
	c := &combinator{name: words[0], class: strings.TrimSpace(class)}
	for _, w := range words[1:] {
		name, typ, ok := strings.Cut(w, ":")
		if !ok {
			return nil, fmt.Errorf("field %q has no type", w)
		}
		c.fields = append(c.fields, field{name, typ})
	}
	return c, nil
}
