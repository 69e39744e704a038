package types

import (
	"bytes"
	"errors"
	"slices"
	"unicode/utf8"
)

// maxDepth is how many levels JSON may be nested below its top level.
const maxDepth = 100

type nodeKind uint8

const (
	nodeNull nodeKind = iota
	nodeFalse
	nodeTrue
	nodeNumber
	nodeString
	nodeArray
	nodeObject
)

var nodeNames = [...]string{"Null", "Boolean", "Boolean", "Number", "String", "Array", "Object"}

// node is a value of the parsed text. The nodes stand in the order of the text; an object's children are key, value, key, value….
// It is small since there may be one for every second byte.
type node struct {
	from, to uint32 // where the value stands: a string without its quotes, a number's token. Arrays and objects have in their place:
	// from: the node after this one and all that is inside it
	// to: the number of elements or members
	kind    nodeKind
	escaped bool // strings: there is a backslash in it
}

// count is the number of an array's elements or an object's members.
func (n *node) count() uint32 { return n.to }

// manyNodes is from where on memory for nodes is asked for in one piece.
const manyNodes = 1 << 16

// add appends a node. A text with many is taken to go on as it began, so that they are not copied again and again.
func (p *parser) add(n node) {
	if len(p.nodes) == cap(p.nodes) && len(p.nodes) >= manyNodes {
		all := float64(len(p.nodes)) * float64(len(p.src)) / float64(p.at)
		p.nodes = slices.Grow(p.nodes, max(int(all*1.05)-len(p.nodes), len(p.nodes)/4))
	}
	p.nodes = append(p.nodes, n)
}

// after is the node behind a value and all that is inside it.
func (p *parser) after(i int) int {
	if n := &p.nodes[i]; n.kind >= nodeArray {
		return int(n.from)
	}
	return i + 1
}

// parser holds a text and its nodes. It is reused, so that a request costs no allocation for the parsing.
type parser struct {
	src   []byte
	nodes []node
	at    int
}

var errEnd = errors.New("Unexpected string end")

// parse reads the whole text; the error's text is TDLib's.
func (p *parser) parse(src []byte) error {
	p.src, p.nodes, p.at = src, p.nodes[:0], 0
	if err := p.value(maxDepth); err != nil {
		return err
	}
	p.space()
	if p.at != len(p.src) {
		return errors.New("Expected string end")
	}
	return nil
}

func (p *parser) space() {
	for p.at < len(p.src) {
		switch p.src[p.at] {
		case ' ', '\t', '\r', '\n':
			p.at++
		default:
			return
		}
	}
}

// skip takes the byte c if it is the next one.
func (p *parser) skip(c byte) bool {
	if p.at < len(p.src) && p.src[p.at] == c {
		p.at++
		return true
	}
	return false
}

func (p *parser) value(depth int) error {
	if depth < 0 {
		return errors.New("Too big object depth")
	}
	p.space()
	if p.at == len(p.src) {
		return errEnd
	}
	switch c := p.src[p.at]; c {
	case '{':
		return p.object(depth)
	case '[':
		return p.array(depth)
	case '"':
		return p.str()
	case 't':
		return p.word("true", nodeTrue)
	case 'f':
		return p.word("false", nodeFalse)
	case 'n':
		return p.word("null", nodeNull)
	case 0: // as at the end, also where text follows
		return errEnd
	default:
		if isNumber(c) && c != 'e' && c != 'E' {
			return p.number()
		}
		if c < 127 {
			return errors.New("Unexpected symbol '" + string(rune(c)) + "'")
		}
		return errors.New("Unexpected symbol")
	}
}

func (p *parser) word(w string, kind nodeKind) error {
	end := p.at + len(w)
	if end > len(p.src) || string(p.src[p.at:end]) != w {
		return errors.New("Token starts with '" + w[:1] + "' -- " + w + " expected")
	}
	p.add(node{from: uint32(p.at), to: uint32(end), kind: kind})
	p.at = end
	return nil
}

func isNumber(c byte) bool {
	return '0' <= c && c <= '9' || c == '-' || c == '+' || c == '.' || c == 'e' || c == 'E'
}

// number takes a token of number characters as it is: whether it is one is asked when it is used.
func (p *parser) number() error {
	pos := p.at
	for p.at < len(p.src) && isNumber(p.src[p.at]) {
		p.at++
	}
	p.add(node{from: uint32(pos), to: uint32(p.at), kind: nodeNumber})
	return nil
}

func (p *parser) array(depth int) error {
	p.at++
	self := len(p.nodes)
	p.add(node{kind: nodeArray})
	count := uint32(0)
	for p.space(); !p.skip(']'); count++ {
		if count > 0 && !p.skip(',') {
			return p.broken("Unexpected symbol while parsing JSON Array")
		}
		if p.space(); p.at == len(p.src) {
			return errEnd
		}
		if err := p.value(depth - 1); err != nil {
			return err
		}
		p.space()
	}
	p.close(self, count)
	return nil
}

func (p *parser) object(depth int) error {
	p.at++
	self := len(p.nodes)
	p.add(node{kind: nodeObject})
	count := uint32(0)
	for p.space(); !p.skip('}'); count++ {
		if count > 0 && !p.skip(',') {
			return p.broken("Unexpected symbol while parsing JSON Object")
		}
		if p.space(); p.at == len(p.src) {
			return errEnd
		}
		if err := p.str(); err != nil {
			return err
		}
		if p.space(); !p.skip(':') {
			return errors.New("':' expected")
		}
		if err := p.value(depth - 1); err != nil {
			return err
		}
		p.space()
	}
	p.close(self, count)
	return nil
}

func (p *parser) broken(why string) error {
	if p.at == len(p.src) {
		return errEnd
	}
	return errors.New(why)
}

func (p *parser) close(self int, count uint32) {
	p.nodes[self].from, p.nodes[self].to = uint32(len(p.nodes)), count
}

// str reads a string.
func (p *parser) str() error {
	if !p.skip('"') {
		return errors.New(`Opening '"' expected`)
	}
	pos := p.at
	at, escaped := pos+bytes.IndexByte(p.src[pos:], '"'), false
	if at < pos || bytes.IndexByte(p.src[pos:at], '\\') >= 0 {
		var err error
		if at, escaped, err = p.escapedEnd(); err != nil {
			return err
		}
	}
	if at >= len(p.src) {
		return errors.New(`Closing '"' not found`)
	}
	p.add(node{from: uint32(pos), to: uint32(at), kind: nodeString, escaped: escaped})
	p.at = at + 1
	return nil
}

// escapedEnd finds the closing quote of a string that may hold escapes.
func (p *parser) escapedEnd() (at int, escaped bool, err error) {
	for at = p.at; at < len(p.src) && p.src[at] != '"'; at++ {
		if p.src[at] != '\\' {
			continue
		}
		escaped = true
		if at++; at < len(p.src) && p.src[at] == 'u' {
			if err := checkUnicode(p.src[at+1:]); err != nil {
				return 0, false, err
			}
			at += 4
		}
	}
	return at, escaped, nil
}

// checkUnicode looks at the four digits behind \u. All other escapes stand for something.
func checkUnicode(s []byte) error {
	if len(s) < 4 {
		return errors.New(`\u has less than 4 symbols`)
	}
	if _, ok := hex4(s); !ok {
		return errors.New(`Invalid \u -- not hex digit`)
	}
	return nil
}

func hex4(s []byte) (r rune, ok bool) {
	for _, c := range s[:4] {
		r <<= 4
		switch {
		case '0' <= c && c <= '9':
			r |= rune(c - '0')
		case 'a' <= c|0x20 && c|0x20 <= 'f':
			r |= rune(c|0x20-'a') + 10
		default:
			return 0, false
		}
	}
	return r, true
}

// unescape writes the inside of a checked string without its escapes. A lone surrogate becomes three bytes that are not UTF-8.
func unescape(dst, s []byte) []byte {
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			dst = append(dst, s[i])
			continue
		}
		i++
		switch c := s[i]; c {
		case 'b':
			dst = append(dst, '\b')
		case 'f':
			dst = append(dst, '\f')
		case 'n':
			dst = append(dst, '\n')
		case 'r':
			dst = append(dst, '\r')
		case 't':
			dst = append(dst, '\t')
		case 'u':
			r, n := unicodeEscape(s[i-1:])
			dst = appendRune(dst, r)
			i += n - 2
		default:
			dst = append(dst, c)
		}
	}
	return dst
}

// unicodeEscape reads \uXXXX, and a second one when both are surrogates, in whichever order: their low ten bits are joined.
func unicodeEscape(s []byte) (r rune, length int) {
	r, _ = hex4(s[2:])
	if !isSurrogate(r) || len(s) < 12 || s[6] != '\\' || s[7] != 'u' {
		return r, 6
	}
	low, ok := hex4(s[8:])
	if !ok || !isSurrogate(low) {
		return r, 6
	}
	return ((r&0x3ff)<<10 | low&0x3ff) + 0x10000, 12
}

func isSurrogate(r rune) bool {
	return 0xd800 <= r && r < 0xe000
}

// appendRune is utf8.AppendRune that keeps surrogates instead of replacing them.
func appendRune(dst []byte, r rune) []byte {
	if isSurrogate(r) {
		return append(dst, 0xe0|byte(r>>12), 0x80|byte(r>>6)&0x3f, 0x80|byte(r)&0x3f)
	}
	return utf8.AppendRune(dst, r)
}
