package text

import (
	"strconv"
	"strings"
)

// An openMark is an entity of Markdown whose end has not come yet.
type openMark struct {
	kind     Kind
	argument string
	mark     int   // where its mark stands in the source
	begin    int   // where its text begins in the result, in bytes
	offset   int32 // and in UTF-16 code units
}

type markdown2Parser struct {
	markdownParser
	open []openMark
	// A quotation is open; it ends with the line after which no other line of it follows.
	inQuote bool
	// Nothing but a carriage return came since the begin of the line.
	lineBegins bool
}

// ParseMarkdown2 reads a text in the second version of Telegram's Markdown, which has to be valid UTF-8, and returns it without its marks.
func ParseMarkdown2(text string) (FormattedText, error) {
	var buf [8]openMark
	p := markdown2Parser{markdownParser: markdownParser{in: text}, open: buf[:0], lineBegins: true}
	p.out.b.Grow(len(text))
	p.entities = make([]Entity, 0, 4)
	for p.at < len(text) {
		c := text[p.at]
		switch {
		case c == '\\' && isEscapable(byteAt(text, p.at+1)):
			c = text[p.at+1]
			p.out.ascii(c)
			p.at += 2
			if c != '\r' {
				p.lineBegins = c == '\n'
			}
		case !p.isReserved(c):
			p.plain()
		case p.endsEntity(c):
			if err := p.end(c); err != nil {
				return FormattedText{}, err
			}
		default:
			if err := p.begin(c); err != nil {
				return FormattedText{}, err
			}
		}
	}
	if err := p.finish(); err != nil {
		return FormattedText{}, err
	}
	return FormattedText{p.out.b.String(), p.entities}, nil
}

// isEscapable reports whether a backslash before the byte makes it stand for itself.
func isEscapable(c byte) bool { return 0 < c && c <= 126 }

// reserved2 tells which bytes have a meaning outside of code.
var reserved2 = [256]bool{
	'_': true, '*': true, '[': true, ']': true, '(': true, ')': true, '~': true, '`': true, '>': true, '#': true, '+': true, '-': true,
	'=': true, '|': true, '{': true, '}': true, '.': true, '!': true, '\n': true,
}

func (p *markdown2Parser) top() *openMark { return &p.open[len(p.open)-1] }

func (p *markdown2Parser) next(n int) byte { return byteAt(p.in, p.at+n) }

func (p *markdown2Parser) inCode() bool {
	if len(p.open) == 0 {
		return false
	}
	k := p.top().kind
	return k == Code || k == Pre || k == PreCode
}

// isReserved reports whether a byte has a meaning where the parser is.
func (p *markdown2Parser) isReserved(c byte) bool {
	if c == '`' {
		return true
	}
	return reserved2[c] && !p.inCode()
}

// plain takes over the text up to the next byte that may have a meaning.
func (p *markdown2Parser) plain() {
	begin := p.at
	inCode := p.inCode()
	for {
		if p.in[p.at] != '\r' {
			p.lineBegins = false
		}
		p.at++
		if p.at == len(p.in) {
			break
		}
		if c := p.in[p.at]; c == '\\' && isEscapable(p.next(1)) || c == '`' || reserved2[c] && !inCode {
			break
		}
	}
	p.out.run(p.in[begin:p.at])
}

// endsEntity reports whether a reserved byte ends the innermost entity.
func (p *markdown2Parser) endsEntity(c byte) bool {
	if len(p.open) == 0 {
		return false
	}
	if p.inQuote && c == '\n' && p.next(1) != '>' {
		return true
	}
	switch p.top().kind {
	case Bold:
		return c == '*'
	case Italic:
		return c == '_' && p.next(1) != '_'
	case Underline:
		return c == '_' && p.next(1) == '_'
	case Code:
		return c == '`'
	case Pre, PreCode:
		return c == '`' && p.next(1) == '`' && p.next(2) == '`'
	case TextURL, CustomEmoji:
		return c == ']'
	case Strikethrough:
		return c == '~'
	case Spoiler:
		return c == '|' && p.next(1) == '|'
	}
	return false
}

func reservedError(c byte) error {
	return Error("Character '" + string(c) + `' is reserved and must be escaped with the preceding '\'`)
}

// begin reads the mark that begins an entity, or a byte that begins or goes on with a line.
func (p *markdown2Parser) begin(c byte) error {
	m := openMark{mark: p.at, begin: p.out.b.Len(), offset: p.out.units}
	switch {
	case c == '\n':
		p.out.ascii('\n')
		p.lineBegins = true
		p.at++
		return nil
	case c == '>' && p.lineBegins && p.inQuote:
		p.at++
		return nil
	case c == '>' && p.lineBegins:
		m.kind = BlockQuote
		p.inQuote = true
	case c == '_':
		m.kind = Italic
		if p.next(1) == '_' {
			m.kind = Underline
			p.at++
		}
	case c == '*':
		m.kind = Bold
	case c == '~':
		m.kind = Strikethrough
	case c == '|' && p.next(1) == '|':
		m.kind = Spoiler
		p.at++
	case c == '[':
		m.kind = TextURL
	case c == '!' && p.next(1) == '[':
		m.kind = CustomEmoji
		p.at++
	case c == '`' && p.next(1) == '`' && p.next(2) == '`':
		p.at += 3
		m.kind = Pre
		if m.argument = p.codeHeader(); m.argument != "" {
			m.kind = PreCode
		}
		p.at--
	case c == '`':
		m.kind = Code
	default:
		return reservedError(c)
	}
	p.at++
	p.open = append(p.open, m)
	return nil
}

// kindNames are the names of kinds in error texts.
var kindNames = [kindCount]string{
	Bold: "Bold", Italic: "Italic", Code: "Code", Pre: "Pre", PreCode: "PreCode", TextURL: "TextUrl", Underline: "Underline",
	Strikethrough: "Strikethrough", BlockQuote: "BlockQuote", Spoiler: "Spoiler", CustomEmoji: "CustomEmoji",
}

func noEndError(m *openMark) error {
	return errorAt("Can't find end of "+kindNames[m.kind]+" entity", m.mark)
}

// end reads what ends the innermost entity.
func (p *markdown2Parser) end(c byte) error {
	if c == '\n' {
		return p.endQuote()
	}
	m := *p.top()
	e := Entity{Kind: m.kind, Offset: m.offset, Argument: m.argument}
	ok := p.out.units > m.offset
	p.at++
	switch m.kind {
	case Underline, Spoiler:
		p.at++
	case Pre, PreCode:
		p.at += 2
	case TextURL:
		link := p.out.from(m.begin)
		if byteAt(p.in, p.at) == '(' {
			var err error
			if link, err = p.link(); err != nil {
				return err
			}
		}
		ok = e.setLink(link) && ok
	case CustomEmoji:
		if byteAt(p.in, p.at) != '(' {
			return Error("The entity must contain a tg://emoji or tg://time URL")
		}
		link, err := p.link()
		if err != nil {
			return err
		}
		if e.Number = emojiOfLink(link); e.Number == 0 {
			var isDate bool
			if e.Number, e.Date, isDate = dateOfLink(link); !isDate {
				return Error("Invalid tg://emoji or tg://time URL specified")
			}
			e.Kind = DateTime
		}
	}
	p.close(e, ok)
	return nil
}

// close closes the innermost entity.
func (p *markdown2Parser) close(e Entity, ok bool) {
	if ok {
		e.Length = p.out.units - e.Offset
		p.entities = append(p.entities, e)
	}
	p.open = p.open[:len(p.open)-1]
}

// endQuote ends a quotation at the end of a line. A spoiler that begins there makes it an expandable one.
func (p *markdown2Parser) endQuote() error {
	kind := BlockQuote
	if m := p.top(); m.kind != BlockQuote {
		atEnd := m.mark == p.at-2 || m.mark == p.at-3 && strings.HasSuffix(p.out.b.String(), "\r")
		if m.kind != Spoiler || !atEnd {
			return noEndError(m)
		}
		p.open = p.open[:len(p.open)-1]
		if m = p.top(); m.kind != BlockQuote {
			return noEndError(m)
		}
		kind = ExpandableBlockQuote
	}
	p.inQuote = false
	p.lineBegins = true
	p.out.ascii('\n')
	p.at++
	p.close(Entity{Kind: kind, Offset: p.top().offset}, true)
	return nil
}

// link reads a URL in parentheses. A backslash in it makes the next character stand for itself.
func (p *markdown2Parser) link() (string, error) {
	p.at++
	begin := p.at
	hasEscapes := false
	for p.at < len(p.in) && p.in[p.at] != ')' {
		if p.in[p.at] == '\\' && isEscapable(p.next(1)) {
			hasEscapes = true
			p.at++
		}
		p.at++
	}
	if p.at >= len(p.in) {
		return "", Error("Can't find end of a URL at byte offset " + strconv.Itoa(begin))
	}
	link := p.in[begin:p.at]
	p.at++
	if hasEscapes {
		link = unescapeLink(link)
	}
	return link, nil
}

func unescapeLink(s string) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && isEscapable(byteAt(s, i+1)) {
			i++
		}
		b = append(b, s[i])
	}
	return string(b)
}

// finish ends a quotation that ends with the text, and sorts the entities.
func (p *markdown2Parser) finish() error {
	if p.inQuote {
		kind := BlockQuote
		if m := p.top(); m.kind == Spoiler && m.mark == len(p.in)-2 {
			p.open = p.open[:len(p.open)-1]
			kind = ExpandableBlockQuote
		}
		if m := p.top(); m.kind == BlockQuote {
			p.close(Entity{Kind: kind, Offset: m.offset}, p.out.units > m.offset)
		}
	}
	if len(p.open) > 0 {
		return noEndError(p.top())
	}
	sortEntities(p.entities)
	return nil
}
