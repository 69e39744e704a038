package compat

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// kind is what a field holds, apart from how many vectors are around it.
type kind uint8

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

var scalarKinds = map[string]kind{
	"Bool": kindBool, "int32": kindInt32, "int53": kindInt53, "int64": kindInt64, "double": kindDouble, "string": kindString, "bytes": kindBytes,
}

type fieldType struct {
	kind   kind
	vector int
	ref    string
}

func parseType(s string) fieldType {
	var t fieldType
	for {
		inner, ok := strings.CutPrefix(s, "vector<")
		if !ok {
			break
		}
		s = strings.TrimSuffix(inner, ">")
		t.vector++
	}
	k, scalar := scalarKinds[s]
	switch {
	case scalar:
		t.kind = k
	case 'a' <= s[0] && s[0] <= 'z':
		t.kind, t.ref = kindObject, s
	default:
		t.kind, t.ref = kindClass, s
	}
	return t
}

type fieldDef struct {
	name string
	typ  fieldType
}

// def is a constructor of a class, or a function that answers with one.
type def struct {
	name     string
	class    string
	function bool
	fields   []fieldDef
}

func (d *def) field(name string) *fieldDef {
	for i := range d.fields {
		if d.fields[i].name == name {
			return &d.fields[i]
		}
	}
	return nil
}

// schema is td_api in one version.
type schema struct {
	defs    map[string]*def
	classes map[string][]string // the constructors of each
}

// record is a combinator for as long as its fields could be told in one order.
type record struct {
	def
	from, to int
	lives    [][2]int // of the fields
}

// shorter marks the type of a field that was there for less long than its combinator.
const shorter = 1 << 15

// records are the content of the table, which is read once, when a client first speaks an older version.
var records = sync.OnceValue(func() []record {
	names := strings.Split(words, " ")
	types := map[uint16]fieldType{}
	var list []record
	for t := schemaTable[:]; len(t) > 0; {
		r := record{def: def{name: names[t[0]], class: names[t[1]], function: t[2]&1 != 0}, from: int(t[3]), to: int(t[4])}
		count := int(t[2] >> 1)
		t = t[5:]
		for range count {
			typ, life := t[1]&^shorter, [2]int{r.from, r.to}
			f := fieldDef{name: names[t[0]]}
			if _, ok := types[typ]; !ok {
				types[typ] = parseType(names[typ])
			}
			f.typ = types[typ]
			if t[1]&shorter != 0 {
				life = [2]int{int(t[2]), int(t[3])}
				t = t[2:]
			}
			t = t[2:]
			r.fields, r.lives = append(r.fields, f), append(r.lives, life)
		}
		list = append(list, r)
	}
	return list
})

// versions are the names of all versions, today's last.
var versions = sync.OnceValue(func() []string { return strings.Fields(versionNames) })

// today is the place of today's version in the list.
func today() int { return len(versions()) - 1 }

// schemaAt makes the schema of a version.
func schemaAt(at int) *schema {
	s := &schema{defs: map[string]*def{}, classes: map[string][]string{}}
	for i := range records() {
		r := &records()[i]
		if at < r.from || r.to <= at {
			continue
		}
		d := &def{name: r.name, class: r.class, function: r.function}
		for k, life := range r.lives {
			if life[0] <= at && at < life[1] {
				d.fields = append(d.fields, r.fields[k])
			}
		}
		s.defs[d.name] = d
		if !d.function {
			s.classes[d.class] = append(s.classes[d.class], d.name)
		}
	}
	return s
}

// todays is the schema of today.
var todays = sync.OnceValue(func() *schema { return schemaAt(today()) })

// place finds a version in the list: itself, or the last one before it, since versions in which td_api did not change may be
// missing.
func place(version string) (int, error) {
	list := versions()
	if i := slices.Index(list, version); i >= 0 {
		return i, nil
	}
	key, err := versionKey(version)
	last, _ := versionKey(list[len(list)-1])
	switch {
	case err != nil:
		return 0, err
	case slices.Compare(key, last) > 0:
		return 0, fmt.Errorf("version %s of td_api is not known yet, the newest one is %s", version, list[len(list)-1])
	}
	for i := len(list) - 1; i > 0; i-- {
		if k, err := versionKey(list[i]); err == nil && slices.Compare(k, key) <= 0 {
			return i, nil
		}
	}
	return 0, fmt.Errorf("version %s of td_api is not known, the oldest ones are %s and %s", version, list[0], list[1])
}

// versionKey is a version as three numbers, those that are left out being 0.
func versionKey(version string) ([]int, error) {
	parts := strings.Split(version, ".")
	key := make([]int, 3)
	for i, p := range parts {
		n, err := strconv.Atoi(p)
		if err != nil || i >= len(key) || n < 0 || len(parts) < 2 {
			return nil, fmt.Errorf("%q is no version of td_api: use one such as 1.8.29", version)
		}
		key[i] = n
	}
	return key, nil
}
