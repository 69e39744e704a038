package text

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// A htmlTag is an opened tag.
type htmlTag struct {
	name     string // in lower case
	argument string
	date     int32
	offset   int32 // where its text begins, in UTF-16 code units
	begin    int   // and in bytes
}

type htmlParser struct {
	in       string
	at       int
	out      writer
	open     []htmlTag
	entities []Entity
	// A half of a surrogate pair was written by its number, in the text or in the value of an attribute.
	surrogate, surrogateValue bool
}

// ParseHTML reads a text in Telegram's HTML, which has to be valid UTF-8, and returns it without its tags.
func ParseHTML(text string) (FormattedText, error) {
	if strings.IndexByte(text, '<') < 0 && strings.IndexByte(text, '&') < 0 {
		return FormattedText{Text: text}, nil
	}
	var buf [8]htmlTag
	p := htmlParser{in: text, open: buf[:0], entities: make([]Entity, 0, min(strings.Count(text, "</"), 16))}
	p.out.b.Grow(len(text))
	for p.at < len(text) {
		var err error
		switch {
		case text[p.at] == '&':
			p.reference()
		case text[p.at] != '<':
			p.plain()
		case byteAt(text, p.at+1) == '/':
			err = p.endTag()
		default:
			err = p.startTag()
		}
		if err != nil {
			return FormattedText{}, err
		}
	}
	return p.finish()
}

// plain takes over the text up to the next tag or reference.
func (p *htmlParser) plain() {
	begin := p.at
	n := int32(0)
	for p.at < len(p.in) && p.in[p.at] != '<' && p.in[p.at] != '&' {
		n += units(p.in[p.at])
		p.at++
	}
	p.out.b.WriteString(p.in[begin:p.at])
	p.out.units += n
}

// reference takes over what begins with an ampersand: a character reference or the ampersand itself.
func (p *htmlParser) reference() {
	r, size := characterReference(p.in[p.at:])
	if size == 0 {
		p.out.ascii('&')
		p.at++
		return
	}
	p.at += size
	p.surrogate = p.surrogate || 0xd800 <= r && r <= 0xdfff
	p.out.b.WriteRune(r)
	p.out.units++
	if r > 0xffff {
		p.out.units++
	}
}

// characterReference reads &lt; &gt; &amp; &quot; &#n; and &#xn;, the semicolon being optional. The size is 0 if it is none of these.
func characterReference(s string) (r rune, size int) {
	if byteAt(s, 1) == '#' {
		return numericReference(s)
	}
	end := 1
	for end < len(s) && isLetter(s[end]) {
		end++
	}
	switch s[1:end] {
	case "lt":
		r = '<'
	case "gt":
		r = '>'
	case "amp":
		r = '&'
	case "quot":
		r = '"'
	default:
		return 0, 0
	}
	if byteAt(s, end) == ';' {
		end++
	}
	return r, end
}

func numericReference(s string) (r rune, size int) {
	const maxSize = len("&#1114110") // what is longer is none
	end, n := 2, uint32(0)
	if byteAt(s, 2) == 'x' {
		for end = 3; end < len(s) && isHexDigit(s[end]); end++ {
			n = n*16 + uint32(hexValue(s[end]))
		}
	} else {
		for ; end < len(s) && isDigit(s[end]); end++ {
			n = n*10 + uint32(s[end]-'0')
		}
	}
	if n == 0 || n >= 0x10ffff || end > maxSize {
		return 0, 0
	}
	if byteAt(s, end) == ';' {
		end++
	}
	return rune(n), end
}

func hexValue(b byte) byte {
	if isDigit(b) {
		return b - '0'
	}
	return b | 0x20 - 'a' + 10
}

// spaces skips spaces; a NUL ends the text here.
func (p *htmlParser) spaces() {
	for p.peek() != 0 && isSpace(p.peek()) {
		p.at++
	}
}

func (p *htmlParser) peek() byte { return byteAt(p.in, p.at) }

func (p *htmlParser) startTag() error {
	begin := p.at
	for p.at++; !isSpace(p.peek()) && p.peek() != '>'; {
		p.at++
	}
	if p.peek() == 0 {
		return errorAt("Unclosed start tag", begin)
	}
	tag := htmlTag{name: lowerASCII(p.in[begin+1 : p.at]), offset: p.out.units, begin: p.out.b.Len()}
	switch tag.name {
	case "a", "b", "strong", "i", "em", "s", "strike", "del", "u", "ins", "tg-spoiler", "tg-emoji", "tg-time", "span", "pre", "code", "blockquote":
	default:
		return errorAt(`Unsupported start tag "`+tag.name+`"`, begin)
	}
	for {
		p.spaces()
		if p.peek() == '>' {
			break
		}
		if err := p.attribute(&tag, begin); err != nil {
			return err
		}
	}
	p.at++
	if tag.name == "span" && tag.argument != "spoiler" {
		return errorAt(`Tag "span" must have class "tg-spoiler"`, begin)
	}
	p.open = append(p.open, tag)
	return nil
}

// errorAt is an error at a byte offset.
func errorAt(what string, offset int) error {
	return Error(what + " at byte offset " + strconv.Itoa(offset))
}

// attribute reads one attribute, with a value or without.
func (p *htmlParser) attribute(tag *htmlTag, tagBegin int) error {
	begin := p.at
	for !isSpace(p.peek()) && strings.IndexByte(`=>/"'`, p.peek()) < 0 {
		p.at++
	}
	name := p.in[begin:p.at]
	if name == "" {
		return errorAt(`Empty attribute name in the tag "`+tag.name+`"`, tagBegin)
	}
	p.spaces()
	if p.peek() == '=' {
		p.at++
		p.spaces()
		if p.peek() != 0 {
			value, err := p.attributeValue()
			if err != nil {
				return err
			}
			if p.peek() == 0 {
				return errorAt("Unclosed start tag", tagBegin)
			}
			tag.set(name, value)
			return nil
		}
	}
	if p.peek() == 0 {
		return errorAt(`Unclosed start tag "`+tag.name+`"`, tagBegin)
	}
	if tag.name == "blockquote" && name == "expandable" {
		tag.argument = "1"
	}
	return nil
}

// attributeValue reads a quoted value, or a name in lower case.
func (p *htmlParser) attributeValue() (string, error) {
	begin := p.at
	quote := p.peek()
	if quote != '\'' && quote != '"' {
		for isAlnum(p.peek()) || p.peek() == '.' || p.peek() == '-' {
			p.at++
		}
		if !isSpace(p.peek()) && p.peek() != '>' {
			return "", errorAt("Unexpected end of name token", begin)
		}
		return lowerASCII(p.in[begin:p.at]), nil
	}
	p.at++
	begin = p.at
	hasReference := false
	for p.peek() != quote && p.peek() != 0 {
		hasReference = hasReference || p.peek() == '&'
		p.at++
	}
	value := p.in[begin:p.at]
	if hasReference {
		value = p.unescape(value)
	}
	if p.peek() == quote {
		p.at++
	}
	return value, nil
}

// unescape is a value without its character references.
func (p *htmlParser) unescape(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); {
		if s[i] == '&' {
			if r, size := characterReference(s[i:]); size > 0 {
				p.surrogateValue = p.surrogateValue || 0xd800 <= r && r <= 0xdfff
				b = appendRune(b, r)
				i += size
				continue
			}
		}
		b = append(b, s[i])
		i++
	}
	return string(b)
}

// appendRune appends a code point, half of a surrogate pair too.
func appendRune(b []byte, r rune) []byte {
	if 0xd800 <= r && r <= 0xdfff {
		return append(b, 0xe0|byte(r>>12), 0x80|byte(r>>6)&0xbf, 0x80|byte(r)&0x3f)
	}
	return utf8.AppendRune(b, r)
}

// set takes the value of an attribute that means something.
func (t *htmlTag) set(name, value string) {
	switch {
	case t.name == "a" && name == "href", t.name == "tg-emoji" && name == "emoji-id", t.name == "tg-time" && name == "format":
		t.argument = value
	case t.name == "code" && name == "class" && strings.HasPrefix(value, "language-"):
		t.argument = value[len("language-"):]
	case t.name == "span" && name == "class" && strings.HasPrefix(value, "tg-"):
		t.argument = value[len("tg-"):]
	case t.name == "blockquote" && name == "expandable":
		t.argument = "1"
	case t.name == "tg-time" && name == "unix":
		t.date = wrappedInt32(value)
	}
}

// wrappedInt32 is the number that a string begins with, in 32 bits with wraparound.
func wrappedInt32(s string) int32 {
	digits := strings.TrimPrefix(s, "-")
	n := uint32(0)
	for i := 0; i < len(digits) && isDigit(digits[i]); i++ {
		n = n*10 + uint32(digits[i]-'0')
	}
	if len(digits) < len(s) {
		n = -n
	}
	return int32(n)
}

func (p *htmlParser) endTag() error {
	begin := p.at
	if len(p.open) == 0 {
		return errorAt("Unexpected end tag", begin)
	}
	for !isSpace(p.peek()) && p.peek() != '>' {
		p.at++
	}
	name := lowerASCII(p.in[begin+2 : p.at])
	p.spaces()
	if p.peek() != '>' {
		return errorAt("Unclosed end tag", begin)
	}
	p.at++
	tag := p.open[len(p.open)-1]
	if name != "" && name != tag.name {
		return Error("Unmatched end tag at byte offset " + strconv.Itoa(begin) + `, expected "</` + tag.name + `>", found "</` + name + `>"`)
	}
	p.open = p.open[:len(p.open)-1]
	if p.out.units > tag.offset {
		return p.close(tag)
	}
	return nil
}

// close adds the entity of a tag that has a text.
func (p *htmlParser) close(tag htmlTag) error {
	e := Entity{Offset: tag.offset, Length: p.out.units - tag.offset}
	switch tag.name {
	case "i", "em":
		e.Kind = Italic
	case "b", "strong":
		e.Kind = Bold
	case "s", "strike", "del":
		e.Kind = Strikethrough
	case "u", "ins":
		e.Kind = Underline
	case "tg-spoiler", "span":
		e.Kind = Spoiler
	case "blockquote":
		e.Kind = BlockQuote
		if tag.argument != "" {
			e.Kind = ExpandableBlockQuote
		}
	case "pre", "code":
		return p.closeCode(tag, e)
	case "a":
		url := tag.argument
		if url == "" {
			url = p.out.from(tag.begin)
		}
		if !e.setLink(url) {
			return nil
		}
	case "tg-emoji":
		id, ok := parseInt(tag.argument, 64)
		if !ok || id == 0 {
			return Error("Invalid custom emoji identifier specified")
		}
		e.Kind, e.Number = CustomEmoji, id
	case "tg-time":
		format, err := parseDateFormat(tag.argument)
		if err != nil {
			return err
		}
		if tag.date <= 0 {
			return nil
		}
		e.Kind, e.Number, e.Date = DateTime, int64(tag.date), format
	}
	p.entities = append(p.entities, e)
	return nil
}

// setLink makes the entity one for a link; it reports whether the link is valid.
func (e *Entity) setLink(link string) bool {
	if id := userOfLink(link); id != 0 {
		e.Kind, e.Number = MentionName, id
		return true
	}
	url, err := CheckLink(link)
	if err != nil {
		return false
	}
	e.Kind, e.Argument = TextURL, url
	return true
}

// closeCode adds the entity of <pre> or <code>; the two with a language and the same text are one.
func (p *htmlParser) closeCode(tag htmlTag, e Entity) error {
	e.Kind, e.Argument = Pre, ""
	other := Code
	if tag.name == "code" {
		e.Kind, e.Argument, other = Code, tag.argument, Pre
	}
	if n := len(p.entities); n > 0 {
		last := &p.entities[n-1]
		language := last.Argument + e.Argument
		if last.Kind == other && last.Offset == e.Offset && last.Length == e.Length && language != "" {
			last.Kind, last.Argument = PreCode, language
			return nil
		}
	}
	p.entities = append(p.entities, e)
	return nil
}

func (p *htmlParser) finish() (FormattedText, error) {
	if n := len(p.open); n > 0 {
		return FormattedText{}, Error(`Can't find end tag corresponding to start tag "` + p.open[n-1].name + `"`)
	}
	if p.surrogate {
		return FormattedText{}, Error("Text contains invalid Unicode characters after decoding HTML entities, check for unmatched surrogate code units")
	}
	for i := range p.entities {
		e := &p.entities[i]
		if e.Kind == Code {
			e.Argument = ""
		}
		if p.surrogateValue && !utf8.ValidString(e.Argument) {
			return FormattedText{}, Error("Attribute contains invalid Unicode characters after decoding HTML entities")
		}
	}
	sortEntities(p.entities)
	return FormattedText{p.out.b.String(), p.entities}, nil
}
