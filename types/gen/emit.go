package main

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"slices"
	"strings"
)

// classNames are the polymorphic classes in the order of the alphabet, which is their number in the table.
func (s *schema) classNames() []string {
	var names []string
	for class := range s.members {
		if s.polymorphic(class) {
			names = append(names, class)
		}
	}
	slices.Sort(names)
	return names
}

// longList is up to how many members of a class are named in its comment.
const longList = 12

func (s *schema) writeClasses(b *bytes.Buffer) {
	for _, class := range s.classNames() {
		var members []string
		for _, c := range s.members[class] {
			members = append(members, "*"+goType(c.name))
		}
		of := strings.Join(members, ", ")
		if len(members) > longList {
			of = fmt.Sprintf("%d types, from %s to %s", len(members), members[0], members[len(members)-1])
		}
		fmt.Fprintf(b, "// %s is one of %s.\ntype %s interface {\n\tObject\n\t%s()\n}\n\n", class, of, class, marker(class))
	}
}

func (s *schema) writeStructs(b *bytes.Buffer, list []*combinator) {
	index := map[string]int{}
	for i, c := range s.all() {
		index[c.name] = i
	}
	for _, c := range list {
		name := goType(c.name)
		if c.function {
			result := c.class
			if !s.polymorphic(result) {
				result = "*" + result
			}
			how := ""
			if c.sync {
				how = " It may be called synchronously."
			}
			fmt.Fprintf(b, "// %s is the function %s. It answers with %s.%s\n", name, c.name, result, how)
		} else {
			fmt.Fprintf(b, "// %s is the object %s of class %s.\n", name, c.name, c.class)
		}
		fmt.Fprintf(b, "type %s struct {\n", name)
		for _, f := range c.fields {
			note := ""
			if f.nullable {
				note = " // may be nil"
			}
			fmt.Fprintf(b, "\t%s %s%s\n", goField(f.name), s.goFieldType(f.typ), note)
		}
		fmt.Fprintf(b, "}\n\n// TypeID is the number of %s in the table.\nfunc (*%s) TypeID() TypeID { return %d }\n\n", c.name, name, index[c.name])
		if !c.function && s.polymorphic(c.class) {
			fmt.Fprintf(b, "func (*%s) %s() {}\n\n", name, marker(c.class))
		}
	}
}

// blob collects strings that the table refers to by place, so that the table holds numbers only and needs no relocation.
type blob struct {
	text strings.Builder
	at   map[string]int
}

func (b *blob) put(s string) int {
	if i, ok := b.at[s]; ok {
		return i
	}
	i := b.text.Len()
	b.at[s] = i
	b.text.WriteString(s)
	return i
}

func (s *schema) writeTable(b *bytes.Buffer) {
	classes := s.classNames()
	all := s.all()
	index := map[string]int{}
	for i, c := range all {
		index[c.name] = i
	}
	names := &blob{at: map[string]int{}}
	b.WriteString("import \"unsafe\"\n\n")
	fmt.Fprintf(b, "// SchemaSHA256 is the hash of the td_api.tl that this package was made from.\nconst SchemaSHA256 = %q\n\n", s.sha256)
	fmt.Fprintf(b, "const (\n\ttypeCount = %d\n\tfirstFunction = %d\n)\n\n", len(all), len(s.constructors))

	b.WriteString("var typeTable = [typeCount]typeInfo{\n")
	first := 0
	for _, c := range all {
		class := slices.Index(classes, c.class)
		if c.function {
			class = -1
		}
		fmt.Fprintf(b, "{%d, %d, %#x, %d, %d, %d, %t},\n", names.put(`{"@type":"`+c.name+`"`), len(c.name), c.id, class, first, len(c.fields), c.sync)
		first += len(c.fields)
	}
	b.WriteString("}\n\nvar fieldTable = [...]fieldInfo{\n")
	kinds := []string{"kindBool", "kindInt32", "kindInt53", "kindInt64", "kindDouble", "kindString", "kindBytes", "kindObject", "kindClass"}
	for _, c := range all {
		for _, f := range c.fields {
			ref := 0
			switch f.typ.kind {
			case kindObject:
				ref = index[f.typ.ref]
			case kindClass:
				ref = slices.Index(classes, f.typ.ref)
			}
			fmt.Fprintf(b, "{%d, %d, %d, %d, %s, uint16(unsafe.Offsetof(%s{}.%s))},\n", names.put(`,"`+f.name+`":`), ref, len(f.name), f.typ.vector, kinds[f.typ.kind], goType(c.name), goField(f.name))
		}
	}
	b.WriteString("}\n\n// zeros holds a nil pointer of each type: what a new value's type word is taken from.\nvar zeros = [typeCount]Object{\n")
	for _, c := range all {
		fmt.Fprintf(b, "(*%s)(nil),\n", goType(c.name))
	}
	b.WriteString("}\n\nvar classTable = [...]classInfo{\n")
	for _, class := range classes {
		fmt.Fprintf(b, "{store[%s], load[%s]},\n", class, class)
	}
	b.WriteString("}\n\n")
	s.writeIndexes(b, all)
	fmt.Fprintf(b, "const names = \"\" +\n")
	text := names.text.String()
	for len(text) > 120 {
		fmt.Fprintf(b, "\t%q +\n", text[:120])
		text = text[120:]
	}
	fmt.Fprintf(b, "\t%q\n", text)
}

// writeIndexes writes the two ways from outside into the table: by name (an open hash table) and by constructor number (sorted).
func (s *schema) writeIndexes(b *bytes.Buffer, all []*combinator) {
	size := 1
	for size < 2*len(all) {
		size *= 2
	}
	slots := make([]int, size)
	for i, c := range all {
		h := fnv.New32a()
		h.Write([]byte(c.name))
		at := int(h.Sum32()) & (size - 1)
		for slots[at] != 0 {
			at = (at + 1) & (size - 1)
		}
		slots[at] = i + 1
	}
	fmt.Fprintf(b, "// nameIndex finds a type by the FNV-1a hash of its name: its number plus one, 0 where there is none.\nvar nameIndex = [%d]uint16{", size)
	writeNumbers(b, slots)
	order := make([]int, len(all))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(x, y int) int {
		if all[x].id < all[y].id {
			return -1
		}
		return 1
	})
	b.WriteString("}\n\n// idIndex are the types sorted by constructor number.\nvar idIndex = [typeCount]uint16{")
	writeNumbers(b, order)
	b.WriteString("}\n\n")
}

func writeNumbers(b *bytes.Buffer, v []int) {
	for i, n := range v {
		if i%24 == 0 {
			b.WriteString("\n")
		}
		fmt.Fprintf(b, "%d,", n)
	}
	b.WriteString("\n")
}

func (s *schema) writeHandlers(b *bytes.Buffer) {
	b.WriteString("import (\n\t\"context\"\n\n\t\"tdjson/types\"\n)\n\n")
	fmt.Fprintf(b, "// functionCount is how many functions td_api has; those of the extensions are not counted.\nconst functionCount = %d\n\n", s.own)
	b.WriteString("// handlers are all functions of the schema: a function that is not there does not compile.\ntype handlers interface {\n\tsyncHandlers\n")
	for _, c := range s.functions {
		if !c.sync {
			s.writeMethod(b, c)
		}
	}
	b.WriteString("}\n\n// syncHandlers are the functions that may be called without a client.\ntype syncHandlers interface {\n")
	for _, c := range s.functions {
		if c.sync {
			s.writeMethod(b, c)
		}
	}
	b.WriteString("}\n\n// dispatch calls the handler of a function.\n")
	s.writeDispatch(b)
	b.WriteString("// dispatchSync calls the handler of a function that may be called synchronously; ok is false for the others.\n")
	s.writeDispatchSync(b)
}

func (s *schema) writeMethod(b *bytes.Buffer, c *combinator) {
	fmt.Fprintf(b, "\t%s(context.Context, *types.%s) (%s, error)\n", c.name, goType(c.name), s.goResult(c.class))
}

func (s *schema) writeDispatch(b *bytes.Buffer) {
	b.WriteString("func dispatch(ctx context.Context, h handlers, f types.Object) (types.Object, error) {\n\tswitch f := f.(type) {\n")
	for _, c := range s.functions {
		fmt.Fprintf(b, "\tcase *types.%s:\n\t\treturn h.%s(ctx, f)\n", goType(c.name), c.name)
	}
	b.WriteString("\t}\n\treturn nil, errNotFunction\n}\n\n")
}

func (s *schema) writeDispatchSync(b *bytes.Buffer) {
	b.WriteString("func dispatchSync(ctx context.Context, h syncHandlers, f types.Object) (answer types.Object, ok bool, err error) {\n\tswitch f := f.(type) {\n")
	for _, c := range s.functions {
		if c.sync {
			fmt.Fprintf(b, "\tcase *types.%s:\n\t\tanswer, err = h.%s(ctx, f)\n", goType(c.name), c.name)
		}
	}
	b.WriteString("\tdefault:\n\t\treturn nil, false, nil\n\t}\n\treturn answer, true, err\n}\n")
}
