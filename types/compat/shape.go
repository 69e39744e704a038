package compat

import (
	"strconv"
	"strings"
)

// shaper gives a value the form that a schema wants: its fields in its order, what is missing with its default.
type shaper struct {
	*schema
	// strict leaves out what the value does not have, as it is for requests.
	strict bool
}

// object shapes an object of a type that the schema has; nil if something is missing without which it means nothing.
func (s shaper) object(o *object) *object {
	d := s.defs[o.typ]
	if d == nil {
		return nil
	}
	shaped := &object{typ: o.typ, fields: make([]member, 0, len(d.fields))}
	for i := range d.fields {
		f := &d.fields[i]
		have := o.get(f.name)
		if have == nil && s.strict {
			continue
		}
		v := s.value(have, f.typ)
		if v == nil && needed[o.typ] == f.name && !s.strict {
			return nil
		}
		if v != nil {
			shaped.fields = append(shaped.fields, member{f.name, v})
		}
	}
	return shaped
}

// value shapes a value for a type; nil if it can't be one.
func (s shaper) value(v value, t fieldType) value {
	if t.vector > 0 {
		return s.vector(v, t)
	}
	switch t.kind {
	case kindObject:
		return s.member(v, t.ref, []string{t.ref})
	case kindClass:
		return s.member(v, t.ref, s.classes[t.ref])
	}
	return scalar(v, t.kind)
}

func (s shaper) vector(v value, t fieldType) value {
	t.vector--
	shaped := list{}
	have, _ := v.(list)
	for _, e := range have {
		if e := s.value(e, t); e != nil {
			shaped = append(shaped, e)
		}
	}
	return shaped
}

// member shapes an object that must be one of the types.
func (s shaper) member(v value, class string, types []string) value {
	o, _ := v.(*object)
	if o == nil {
		return nil
	}
	for _, t := range types {
		if t == o.typ {
			if o = s.object(o); o == nil {
				return nil
			}
			return o
		}
	}
	if s.strict {
		return nil
	}
	for _, t := range types {
		if t == instead[class] {
			return s.object(&object{typ: t})
		}
	}
	for _, t := range types {
		if len(t) > len(class) && strings.EqualFold(t[:len(class)], class) {
			switch t[len(class):] {
			case "Unsupported", "Unknown":
				return s.object(&object{typ: t})
			}
		}
	}
	return nil
}

// scalar shapes what is no object. What is there but of another kind counts as missing.
func scalar(v value, k kind) value {
	switch k {
	case kindBool:
		return truth(v)
	case kindInt32, kindInt53:
		if n, ok := v.(number); ok {
			return n
		}
		return num(integer(v))
	case kindInt64:
		return strconv.FormatInt(integer(v), 10)
	case kindDouble:
		n, _ := v.(number)
		if f, err := strconv.ParseFloat(string(n), 64); err == nil {
			return number(strconv.FormatFloat(f, 'f', 6, 64))
		}
		return number("0.000000")
	}
	if text, ok := v.(string); ok {
		return text
	}
	return ""
}
