package types

import (
	"encoding/base64"
	"errors"
	"fmt"
	"math"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"unicode/utf8"
	"unsafe"
)

// Request is a decoded request: a function, and what its answer must carry back.
type Request struct {
	Function Object
	Extra    []byte // the value of @extra as JSON, ready to be printed; nil: there was none
}

const (
	badJSON    = "Failed to parse request as JSON object: "
	badRequest = "Failed to parse JSON object as TDLib request: "
)

var decoders = sync.Pool{New: func() any { return new(parser) }}

// keptNodes bounds the memory that a parser takes back into the pool: 12 bytes each.
const keptNodes = 1 << 14

// DecodeRequest reads a request in TDLib's dialect. Strings of the result point into src, which must not change afterwards.
// The error has TDLib's code and text; Extra is set also then, if the text was an object that has it.
func DecodeRequest(src []byte) (Request, *Error) {
	p := decoders.Get().(*parser)
	defer p.release()
	if len(src) > math.MaxUint32 {
		return Request{}, NewError(400, badJSON+"Request is larger than 4 GB")
	}
	if err := p.parse(src); err != nil {
		return Request{}, NewError(400, badJSON+err.Error())
	}
	if p.nodes[0].kind != nodeObject {
		return Request{}, NewError(400, "Expected a JSON object")
	}
	var r Request
	if i := p.find(0, "@extra"); i != 0 {
		var ok bool
		if r.Extra, ok = p.appendJSON(p.room(i), i); !ok {
			return Request{}, NewError(400, `The value of "@extra" must be encoded in UTF-8`)
		}
	}
	f, err := p.polymorphic(0, -1)
	if err != nil {
		text, _, _ := strings.Cut(err.Error(), "\x00") // TDLib's end there
		return r, NewError(400, badRequest+strings.ToValidUTF8(text, "\uFFFD"))
	}
	r.Function = f
	return r, nil
}

func (p *parser) release() {
	p.src = nil
	if cap(p.nodes) > keptNodes {
		p.nodes = nil
	}
	decoders.Put(p)
}

// find is the value of an object's first member of that name; 0 where there is none (the top is no member).
func (p *parser) find(object int, name string) int {
	end := p.after(object)
	for key := object + 1; key < end; key = p.after(key + 1) {
		n := &p.nodes[key]
		if s := p.src[n.from:n.to]; n.escaped && isEscaped(s, name) || !n.escaped && string(s) == name {
			return key + 1
		}
	}
	return 0
}

// maxName is more than the bytes of any name in the table.
const maxName = 64

// isEscaped reports whether a string with escapes says a name, without memory for it: every field of a type is looked for so.
func isEscaped(s []byte, name string) bool {
	const longest = len(`\u0000`)
	if len(s) <= len(name) || len(s) > longest*len(name) || len(name) > maxName {
		return false
	}
	var buf [longest * maxName]byte
	return string(unescape(buf[:0], s)) == name
}

// room is memory for a value that is printed again, where its size is known.
func (p *parser) room(i int) []byte {
	if n := &p.nodes[i]; n.kind < nodeArray {
		return make([]byte, 0, n.to-n.from+2)
	}
	return nil
}

// text is a string's value.
func (p *parser) text(i int) string {
	n := &p.nodes[i]
	if n.from == n.to {
		return ""
	}
	s := p.src[n.from:n.to]
	if n.escaped {
		s = unescape(make([]byte, 0, len(s)), s)
	}
	return unsafe.String(unsafe.SliceData(s), len(s))
}

// expected is TDLib's complaint about a value of another kind.
func (p *parser) expected(what string, i int) error {
	return fmt.Errorf("Expected %s, but receive %s", what, nodeNames[p.nodes[i].kind])
}

// token is what a number or string says.
func (p *parser) token(i int) (string, bool) {
	n := &p.nodes[i]
	switch n.kind {
	case nodeString:
		return p.text(i), true
	case nodeNumber:
		return unsafe.String(&p.src[n.from], n.to-n.from), true
	}
	return "", false
}

// polymorphic reads an object whose @type says what it is: a function if class is -1, else a constructor of the class.
func (p *parser) polymorphic(i, class int) (Object, error) {
	if p.nodes[i].kind != nodeObject {
		return nil, p.expected("Object", i)
	}
	id, err := p.typeOf(i, class)
	if err != nil {
		return nil, err
	}
	ptr := allocate(id)
	return object(id, ptr), p.fields(i, id, ptr)
}

func (p *parser) typeOf(i, class int) (TypeID, error) {
	at := p.find(i, "@type")
	if at == 0 {
		return 0, errors.New(`Can't find field "@type"`)
	}
	var id TypeID
	var ok bool
	switch p.nodes[at].kind {
	case nodeString:
		name := p.text(at)
		if id, ok = lookup(name); !ok || !fits(id, class) {
			return 0, errors.New(`Unknown class "` + name + `"`)
		}
	case nodeNumber:
		token, _ := p.token(at)
		n := leadingInt(token)
		if id, ok = lookupNumber(uint32(n)); !ok || !fits(id, class) {
			return 0, fmt.Errorf("Unknown constructor 0x%08x", uint32(n))
		}
	default:
		return 0, p.expected("String or Integer", at)
	}
	return id, nil
}

func fits(id TypeID, class int) bool {
	if class < 0 {
		return id >= firstFunction
	}
	return int(typeTable[id].class) == class
}

func allocate(id TypeID) unsafe.Pointer {
	return reflect.New(reflect.TypeOf(zeros[id]).Elem()).UnsafePointer()
}

// fields reads the fields of a struct in the schema's order, which is the order in which TDLib finds errors.
func (p *parser) fields(i int, id TypeID, ptr unsafe.Pointer) error {
	if p.nodes[i].count() == 0 {
		return nil
	}
	fields := typeTable[id].fields()
	for k := range fields {
		f := &fields[k]
		if at := p.find(i, f.name()); at != 0 {
			if err := p.field(at, f, f.vector, unsafe.Add(ptr, f.offset)); err != nil {
				return err
			}
		}
	}
	return nil
}

// field reads a value into the memory of a field, or of an element of it.
func (p *parser) field(i int, f *fieldInfo, vector uint8, ptr unsafe.Pointer) error {
	if p.nodes[i].kind == nodeNull {
		return nil
	}
	if vector > 0 {
		return p.vector(i, f, vector-1, ptr)
	}
	switch f.kind {
	case kindInt32:
		n, err := p.int32(i)
		*(*int32)(ptr) = n
		return err
	case kindInt53, kindInt64:
		token, ok := p.token(i)
		if !ok {
			return p.expected("String or Number", i)
		}
		n, err := parseInt(token, 64)
		*(*int64)(ptr) = n
		return err
	case kindBool:
		return p.bool(i, (*bool)(ptr))
	case kindDouble:
		if p.nodes[i].kind != nodeNumber {
			return p.expected("Number", i)
		}
		token, _ := p.token(i)
		*(*float64)(ptr) = parseDouble(token)
	case kindString:
		if p.nodes[i].kind != nodeString {
			return p.expected("String", i)
		}
		*(*string)(ptr) = p.text(i)
	case kindBytes:
		if p.nodes[i].kind != nodeString {
			return p.expected("String", i)
		}
		b, err := decodeBase64(p.text(i))
		*(*[]byte)(ptr) = b
		return err
	case kindObject:
		if p.nodes[i].kind != nodeObject {
			return p.expected("Object", i)
		}
		o := allocate(TypeID(f.ref))
		*(*unsafe.Pointer)(ptr) = o
		return p.fields(i, TypeID(f.ref), o)
	case kindClass:
		o, err := p.polymorphic(i, int(f.ref))
		if err != nil {
			return err
		}
		classTable[f.ref].store(ptr, o)
	}
	return nil
}

// vector reads an array into a slice whose elements have `inner` more vectors around them.
func (p *parser) vector(i int, f *fieldInfo, inner uint8, ptr unsafe.Pointer) error {
	if p.nodes[i].kind != nodeArray {
		return p.expected("Array", i)
	}
	n := int(p.nodes[i].count())
	if n == 0 {
		return nil
	}
	elem, size := growField(f, inner, ptr, n)
	for at, k := i+1, uintptr(0); at < p.after(i); at, k = p.after(at), k+1 {
		if err := p.field(at, f, inner, unsafe.Add(elem, k*size)); err != nil { // never a pointer past the last element
			return err
		}
	}
	return nil
}

// growField puts a slice of n elements at ptr and returns the first element and the elements' size.
func growField(f *fieldInfo, inner uint8, ptr unsafe.Pointer, n int) (unsafe.Pointer, uintptr) {
	if inner > 0 {
		return growSlice[[]unsafe.Pointer](ptr, n) // a slice in a slice: all headers are alike
	}
	switch f.kind {
	case kindBool:
		return growSlice[bool](ptr, n)
	case kindInt32:
		return growSlice[int32](ptr, n)
	case kindInt53, kindInt64:
		return growSlice[int64](ptr, n)
	case kindDouble:
		return growSlice[float64](ptr, n)
	case kindString:
		return growSlice[string](ptr, n)
	case kindBytes:
		return growSlice[[]byte](ptr, n)
	case kindObject:
		return growSlice[unsafe.Pointer](ptr, n)
	}
	return growSlice[Object](ptr, n) // interfaces with methods are alike in memory
}

func growSlice[T any](ptr unsafe.Pointer, n int) (unsafe.Pointer, uintptr) {
	s := make([]T, n)
	*(*[]T)(ptr) = s
	return unsafe.Pointer(unsafe.SliceData(s)), unsafe.Sizeof(s[0])
}

func (p *parser) int32(i int) (int32, error) {
	token, ok := p.token(i)
	if !ok {
		return 0, p.expected("Number", i)
	}
	n, err := parseInt(token, 32)
	return int32(n), err
}

func (p *parser) bool(i int, b *bool) error {
	switch p.nodes[i].kind {
	case nodeFalse, nodeTrue:
		*b = p.nodes[i].kind == nodeTrue
		return nil
	case nodeNumber, nodeString:
		if n, err := p.int32(i); err == nil {
			*b = n != 0
			return nil
		}
	}
	return p.expected("Boolean", i)
}

// parseInt takes an integer only in the form in which it would be printed.
func parseInt(s string, bits int) (int64, error) {
	n, err := strconv.ParseInt(s, 10, bits)
	digits := strings.TrimPrefix(s, "-")
	if err != nil || s[0] == '+' || digits[0] == '0' && s != "0" {
		if !utf8.ValidString(s) {
			return 0, errors.New("Strings must be encoded in UTF-8")
		}
		return 0, errors.New(`Can't parse as an integer string "` + s + `"`)
	}
	return n, nil
}

// leadingInt is the integer with which a token begins, 0 if with none, cut to 32 bits.
func leadingInt(s string) int32 {
	digits := strings.TrimPrefix(s, "-")
	n := int32(0)
	for i := 0; i < len(digits) && '0' <= digits[i] && digits[i] <= '9'; i++ {
		n = n*10 + int32(digits[i]-'0')
	}
	if len(digits) < len(s) {
		return -n
	}
	return n
}

// parseDouble reads a number as a stream of C++ does: it takes the characters that could go on with one, and what they are, if all of them
// are one; otherwise 0.
func parseDouble(s string) float64 {
	end, mantissa := 0, true
	for ; end < len(s); end++ {
		c := s[end]
		switch {
		case '0' <= c && c <= '9':
			continue
		case c|0x20 == 'e':
			mantissa = false
			continue
		case c == '.' && mantissa:
			mantissa = false
			continue
		case (c == '-' || c == '+') && (end == 0 || s[end-1]|0x20 == 'e'):
			continue
		}
		break
	}
	d, err := strconv.ParseFloat(s[:end], 64)
	if errors.Is(err, strconv.ErrSyntax) {
		return 0
	}
	return d // out of range: ±Inf
}

// decodeBase64 is strict about padding and the bits behind the last byte; the texts are TDLib's.
func decodeBase64(s string) ([]byte, error) {
	if s == "" {
		return nil, nil
	}
	if len(s)%4 != 0 {
		return nil, errors.New("Wrong padding length")
	}
	digits := strings.TrimRight(s, "=")
	if len(s)-len(digits) > 2 {
		return nil, errors.New("Wrong string padding")
	}
	for i := range len(digits) {
		if c := digits[i]; !('a' <= c|0x20 && c|0x20 <= 'z' && c < utf8.RuneSelf || '0' <= c && c <= '9' || c == '+' || c == '/') {
			return nil, errors.New("Wrong character in the string")
		}
	}
	b, err := base64.RawStdEncoding.Strict().DecodeString(digits)
	if err != nil {
		return nil, errors.New("Wrong padding in the string")
	}
	return b, nil
}
