package types

import (
	"encoding/base64"
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
	"strconv"
	"unicode/utf8"
	"unsafe"
)

// Append writes an object in TDLib's dialect behind dst: compact, ASCII only, @type first, fields in the schema's order,
// objects that are not there left out. It answers false, and what it wrote is no JSON, if a string is not valid UTF-8.
func Append(dst []byte, o Object) ([]byte, bool) {
	dst, ok := appendFields(dst, o.TypeID(), pointer(o))
	return append(dst, '}'), ok
}

// AppendOpen is Append without the last brace, so that @extra and @client_id can follow.
func AppendOpen(dst []byte, o Object) ([]byte, bool) {
	return appendFields(dst, o.TypeID(), pointer(o))
}

// sliceHeader is what every slice looks like in memory.
type sliceHeader struct {
	data unsafe.Pointer
	len  int
	cap  int
}

func appendFields(dst []byte, id TypeID, ptr unsafe.Pointer) ([]byte, bool) {
	t := &typeTable[id]
	dst = append(dst, t.open()...)
	fields := t.fields()
	ok := true
	for k := range fields {
		f := &fields[k]
		p := unsafe.Add(ptr, f.offset)
		if f.vector == 0 && (f.kind == kindObject || f.kind == kindClass) && *(*unsafe.Pointer)(p) == nil {
			continue
		}
		dst = append(dst, f.comma()...)
		var valid bool
		dst, valid = appendValue(dst, f, f.vector, p)
		ok = ok && valid
	}
	return dst, ok
}

func appendValue(dst []byte, f *fieldInfo, vector uint8, p unsafe.Pointer) ([]byte, bool) {
	if vector > 0 {
		return appendVector(dst, f, vector-1, (*sliceHeader)(p))
	}
	switch f.kind {
	case kindBool:
		return strconv.AppendBool(dst, *(*bool)(p)), true
	case kindInt32:
		return strconv.AppendInt(dst, int64(*(*int32)(p)), 10), true
	case kindInt53:
		return strconv.AppendInt(dst, *(*int64)(p), 10), true
	case kindInt64:
		dst = strconv.AppendInt(append(dst, '"'), *(*int64)(p), 10)
		return append(dst, '"'), true
	case kindDouble:
		return appendDouble(dst, *(*float64)(p)), true
	case kindString:
		return AppendString(dst, *(*string)(p))
	case kindBytes:
		dst = base64.StdEncoding.AppendEncode(append(dst, '"'), *(*[]byte)(p))
		return append(dst, '"'), true
	case kindObject:
		o := *(*unsafe.Pointer)(p)
		if o == nil {
			return append(dst, "null"...), true
		}
		dst, ok := appendFields(dst, TypeID(f.ref), o)
		return append(dst, '}'), ok
	}
	o := classTable[f.ref].load(p)
	if IsNil(o) {
		return append(dst, "null"...), true
	}
	return Append(dst, o)
}

func appendVector(dst []byte, f *fieldInfo, inner uint8, s *sliceHeader) ([]byte, bool) {
	dst = append(dst, '[')
	size := elementSize(f, inner)
	ok := true
	begin, next := len(dst), manyElements
	for i := range s.len {
		if i == next {
			// A long list is taken to go on as it began, so that what is written is not copied again and again.
			dst = slices.Grow(dst, (len(dst)-begin)/i*min(s.len-i, 7*i)/16*17)
			next *= 8
		}
		if i > 0 {
			dst = append(dst, ',')
		}
		var valid bool
		dst, valid = appendValue(dst, f, inner, unsafe.Add(s.data, uintptr(i)*size))
		ok = ok && valid
	}
	return append(dst, ']'), ok
}

// manyElements is from where on memory for a list is asked for in large pieces.
const manyElements = 1 << 12

func elementSize(f *fieldInfo, inner uint8) uintptr {
	if inner > 0 {
		return unsafe.Sizeof(sliceHeader{})
	}
	switch f.kind {
	case kindBool:
		return 1
	case kindInt32:
		return 4
	case kindString, kindClass:
		return 16
	case kindBytes:
		return unsafe.Sizeof(sliceHeader{})
	}
	return 8
}

// appendDouble prints as C's %f does; also what is no JSON: inf and nan.
func appendDouble(dst []byte, d float64) []byte {
	switch {
	case math.IsInf(d, 1):
		return append(dst, "inf"...)
	case math.IsInf(d, -1):
		return append(dst, "-inf"...)
	case math.IsNaN(d):
		return append(dst, "nan"...)
	}
	return strconv.AppendFloat(dst, d, 'f', 6, 64)
}

const hexDigits = "0123456789abcdef"

// AppendString writes a string in quotes, in ASCII; false if it is not valid UTF-8.
func AppendString(dst []byte, s string) ([]byte, bool) {
	dst = append(dst, '"')
	ok := true
	for i := 0; i < len(s); {
		n := plainPrefix(s[i:])
		dst = append(dst, s[i:i+n]...)
		i += n
		if i == len(s) {
			break
		}
		if c := s[i]; c < utf8.RuneSelf {
			dst = appendControl(dst, c)
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		ok = ok && (r != utf8.RuneError || size > 1)
		dst = appendUnicode(dst, r)
		i += size
	}
	return append(dst, '"'), ok
}

// plainPrefix is how many bytes stand for themselves; eight are looked at in one step.
func plainPrefix(s string) int {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	b := unsafe.Slice(unsafe.StringData(s), len(s))
	i := 0
	for ; i+8 <= len(b); i += 8 {
		w := binary.LittleEndian.Uint64(b[i:])
		quote, slash := w^(ones*'"'), w^(ones*'\\')
		// The lowest marked byte is an odd one; a borrow can mark only bytes behind it.
		if odd := (w | (w - ones*0x20) | (quote - ones) | (slash - ones)) & high; odd != 0 {
			return i + bits.TrailingZeros64(odd)/8
		}
	}
	return i + plainTail(s[i:])
}

func plainTail(s string) int {
	for i := range len(s) {
		if c := s[i]; c < 0x20 || c == '"' || c == '\\' || c >= utf8.RuneSelf {
			return i
		}
	}
	return len(s)
}

func appendControl(dst []byte, c byte) []byte {
	switch c {
	case '"', '\\':
		return append(dst, '\\', c)
	case '\b':
		return append(dst, `\b`...)
	case '\f':
		return append(dst, `\f`...)
	case '\n':
		return append(dst, `\n`...)
	case '\r':
		return append(dst, `\r`...)
	case '\t':
		return append(dst, `\t`...)
	}
	return append(dst, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
}

func appendUnicode(dst []byte, r rune) []byte {
	if r > 0xffff {
		r -= 0x10000
		dst = appendHex4(dst, 0xd800+r>>10)
		r = 0xdc00 + r&0x3ff
	}
	return appendHex4(dst, r)
}

func appendHex4(dst []byte, r rune) []byte {
	return append(dst, '\\', 'u', hexDigits[r>>12&15], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
}

// appendJSON prints a parsed value again: without the white space, strings in this dialect, numbers as they were written.
func (p *parser) appendJSON(dst []byte, i int) ([]byte, bool) {
	n := &p.nodes[i]
	switch n.kind {
	case nodeString:
		return AppendString(dst, p.text(i))
	case nodeArray, nodeObject:
		return p.appendMembers(dst, i)
	}
	return append(dst, p.src[n.from:n.to]...), true
}

func (p *parser) appendMembers(dst []byte, i int) ([]byte, bool) {
	object := p.nodes[i].kind == nodeObject
	open, end := byte('['), byte(']')
	if object {
		open, end = '{', '}'
	}
	dst = append(dst, open)
	ok, valid := true, true
	for at := i + 1; at < p.after(i); at = p.after(at) {
		if at > i+1 {
			dst = append(dst, ',')
		}
		if object {
			dst, valid = AppendString(dst, p.text(at))
			dst = append(dst, ':')
			ok = ok && valid
			at++
		}
		dst, valid = p.appendJSON(dst, at)
		ok = ok && valid
	}
	return append(dst, end), ok
}
