package compat

import (
	"strconv"

	"tdjson/types"
)

// A value is nil, a bool, a number, a string, a list, an *object, or raw.
type value any

// number is a number as it is written.
type number string

// list is an array.
type list []value

// raw is JSON that goes through as it is.
type raw []byte

// object is an object of td_api, or what may be one.
type object struct {
	typ    string // its @type
	fields []member
}

type member struct {
	name  string
	value value
}

// newObject makes an object of names and values in turn.
func newObject(typ string, fields ...any) *object {
	o := &object{typ: typ}
	for i := 0; i+1 < len(fields); i += 2 {
		o.set(fields[i].(string), fields[i+1])
	}
	return o
}

// get is a field's value; nil if it is not there.
func (o *object) get(name string) value {
	for i := range o.fields {
		if o.fields[i].name == name {
			return o.fields[i].value
		}
	}
	return nil
}

// set gives a field a value; nil is one that is not there.
func (o *object) set(name string, v value) {
	for i := range o.fields {
		if o.fields[i].name == name {
			o.fields[i].value = v
			return
		}
	}
	if v != nil {
		o.fields = append(o.fields, member{name, v})
	}
}

// take removes a field and returns its value.
func (o *object) take(name string) value {
	for i := range o.fields {
		if o.fields[i].name == name {
			v := o.fields[i].value
			o.fields = append(o.fields[:i:i], o.fields[i+1:]...)
			return v
		}
	}
	return nil
}

// object is a field that holds an object; nil otherwise.
func (o *object) object(name string) *object {
	v, _ := o.get(name).(*object)
	return v
}

// is says whether a field holds an object of the type.
func (o *object) is(name, typ string) bool {
	v := o.object(name)
	return v != nil && v.typ == typ
}

// str is a field that holds a string.
func (o *object) str(name string) string {
	s, _ := o.get(name).(string)
	return s
}

// integer is a field that holds an integer, in whichever form.
func (o *object) integer(name string) int64 {
	return integer(o.get(name))
}

func integer(v value) int64 {
	var s string
	switch v := v.(type) {
	case number:
		s = string(v)
	case string:
		s = v
	}
	n, _ := strconv.ParseInt(s, 10, 64)
	return n
}

// truth is a field that holds a boolean.
func (o *object) truth(name string) bool { return truth(o.get(name)) }

func truth(v value) bool {
	b, ok := v.(bool)
	return b || !ok && integer(v) != 0
}

// list is a field that holds an array.
func (o *object) list(name string) list {
	l, _ := o.get(name).(list)
	return l
}

func num(n int64) number { return number(strconv.FormatInt(n, 10)) }

// copied is a copy that shares nothing that rules change.
func copied(v value) value {
	switch v := v.(type) {
	case *object:
		o := &object{typ: v.typ, fields: make([]member, len(v.fields))}
		for i, f := range v.fields {
			o.fields[i] = member{f.name, copied(f.value)}
		}
		return o
	case list:
		l := make(list, len(v))
		for i := range v {
			l[i] = copied(v[i])
		}
		return l
	}
	return v
}

// parse makes a tree of a parsed text. typeKey is another name for @type; "" if there is none.
func parse(v types.Value, typeKey string) value {
	switch v.Kind() {
	case types.ValueBool:
		return v.Bool()
	case types.ValueNumber:
		return number(v.Text())
	case types.ValueString:
		return v.Text()
	case types.ValueArray:
		l := list{}
		for e := range v.Elements() {
			l = append(l, parse(e, typeKey))
		}
		return l
	case types.ValueObject:
		return parseObject(v, typeKey)
	}
	return nil
}

func parseObject(v types.Value, typeKey string) *object {
	o := &object{}
	for name, m := range v.Members() {
		switch {
		case (name == "@type" || name == typeKey && name != "") && m.Kind() == types.ValueString:
			if o.typ == "" {
				o.typ = m.Text()
			}
		case name == "@extra":
			if text, ok := m.AppendJSON(nil); ok && o.get(name) == nil {
				o.fields = append(o.fields, member{name, raw(text)})
			}
		case o.get(name) == nil:
			o.set(name, parse(m, typeKey))
		}
	}
	return o
}

// printer prints trees.
type printer struct {
	typeKey string // printed with the type's name besides @type; "" for no such key
	bytes   bool   // strings are for our own parser, which takes any bytes, and must not change
}

func (p printer) append(dst []byte, v value) []byte {
	switch v := v.(type) {
	case bool:
		return strconv.AppendBool(dst, v)
	case number:
		return append(dst, v...)
	case string:
		return p.quote(dst, v)
	case raw:
		return append(dst, v...)
	case list:
		dst = append(dst, '[')
		for i, e := range v {
			if i > 0 {
				dst = append(dst, ',')
			}
			dst = p.append(dst, e)
		}
		return append(dst, ']')
	case *object:
		if v != nil {
			return p.object(dst, v)
		}
	}
	return append(dst, "null"...)
}

func (p printer) object(dst []byte, o *object) []byte {
	dst = append(dst, '{')
	start := len(dst)
	key := func(name string) {
		if len(dst) > start {
			dst = append(dst, ',')
		}
		dst = append(p.quote(dst, name), ':')
	}
	if o.typ != "" {
		key("@type")
		dst = p.quote(dst, o.typ)
		if p.typeKey != "" {
			key(p.typeKey)
			dst = p.quote(dst, o.typ)
		}
	}
	for _, f := range o.fields {
		if f.value != nil {
			key(f.name)
			dst = p.append(dst, f.value)
		}
	}
	return append(dst, '}')
}

func (p printer) quote(dst []byte, s string) []byte {
	if !p.bytes {
		dst, _ = types.AppendString(dst, s)
		return dst
	}
	dst = append(dst, '"')
	for i := range len(s) {
		if s[i] == '"' || s[i] == '\\' {
			dst = append(dst, '\\')
		}
		dst = append(dst, s[i])
	}
	return append(dst, '"')
}
