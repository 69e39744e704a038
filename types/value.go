package types

import "iter"

// Value is a value of a parsed JSON text, for those who read a request or an answer without its Go types. It stays valid as
// long as the text does not change.
type Value struct {
	p *parser
	i int
}

// ValueKind says what a Value is.
type ValueKind uint8

// The kinds of values.
const (
	ValueNull ValueKind = iota
	ValueBool
	ValueNumber
	ValueString
	ValueArray
	ValueObject
)

var valueKinds = [...]ValueKind{nodeNull: ValueNull, nodeFalse: ValueBool, nodeTrue: ValueBool, nodeNumber: ValueNumber, nodeString: ValueString, nodeArray: ValueArray, nodeObject: ValueObject}

// ParseValue reads a text in TDLib's dialect of JSON. The error's text is TDLib's.
func ParseValue(src []byte) (Value, error) {
	p := new(parser)
	if err := p.parse(src); err != nil {
		return Value{}, err
	}
	return Value{p: p}, nil
}

// Kind says what the value is.
func (v Value) Kind() ValueKind { return valueKinds[v.p.nodes[v.i].kind] }

// Bool is the value of a boolean.
func (v Value) Bool() bool { return v.p.nodes[v.i].kind == nodeTrue }

// Text is the value of a string, which may hold bytes that are not UTF-8, or a number as it is written.
func (v Value) Text() string {
	s, _ := v.p.token(v.i)
	return s
}

// Elements are the values in an array.
func (v Value) Elements() iter.Seq[Value] {
	return func(yield func(Value) bool) {
		for at := v.i + 1; at < v.p.after(v.i); at = v.p.after(at) {
			if !yield(Value{v.p, at}) {
				return
			}
		}
	}
}

// Members are the keys and values of an object, in the order of the text. Where a key is there twice, the first one counts.
func (v Value) Members() iter.Seq2[string, Value] {
	return func(yield func(string, Value) bool) {
		for key := v.i + 1; key < v.p.after(v.i); key = v.p.after(key + 1) {
			if !yield(v.p.text(key), Value{v.p, key + 1}) {
				return
			}
		}
	}
}

// AppendJSON prints the value behind dst: without white space, strings in TDLib's dialect, numbers as they are written. It
// answers false if a string is not valid UTF-8.
func (v Value) AppendJSON(dst []byte) ([]byte, bool) { return v.p.appendJSON(dst, v.i) }
