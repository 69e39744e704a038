package text

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

type markdownParser struct {
	in       string
	at       int
	out      writer
	entities []Entity
	// The URL of an entity is not valid UTF-8.
	brokenURL bool
}

// ParseMarkdown1 reads a text in the first version of Telegram's Markdown, which has to be valid UTF-8, and returns it without its marks.
// Entities can't be nested.
func ParseMarkdown1(text string) (FormattedText, error) {
	if !strings.ContainsAny(text, "_*`[\\") {
		return FormattedText{Text: text}, nil
	}
	p := markdownParser{in: text}
	p.out.b.Grow(len(text))
	for p.at < len(text) {
		switch c := text[p.at]; {
		case c == '\\' && isMark1(byteAt(text, p.at+1)):
			p.out.ascii(text[p.at+1])
			p.at += 2
		case isMark1(c):
			if err := p.entity1(); err != nil {
				return FormattedText{}, err
			}
		default:
			begin := p.at
			for p.at++; p.at < len(text) && text[p.at] != '\\' && !isMark1(text[p.at]); {
				p.at++
			}
			p.out.run(text[begin:p.at])
		}
	}
	if p.brokenURL {
		return FormattedText{}, Error("URL must be encoded in UTF-8")
	}
	return FormattedText{p.out.b.String(), p.entities}, nil
}

func isMark1(c byte) bool { return c == '_' || c == '*' || c == '`' || c == '[' }

// entity1 reads from the mark that begins an entity to the one that ends it.
func (p *markdownParser) entity1() error {
	begin, mark := p.at, p.in[p.at]
	p.at++
	end, language := string(mark), ""
	switch {
	case mark == '[':
		end = "]"
	case mark == '`' && strings.HasPrefix(p.in[p.at:], "``"):
		p.at += 2
		end = "```"
		language = p.codeHeader()
	}
	e := Entity{Offset: p.out.units}
	length := strings.Index(p.in[p.at:], end)
	if length < 0 {
		return Error("Can't find end of the entity starting at byte offset " + strconv.Itoa(begin))
	}
	p.out.run(p.in[p.at : p.at+length])
	p.at += length
	e.Length = p.out.units - e.Offset
	ok := e.Length > 0
	switch {
	case mark == '_':
		e.Kind = Italic
	case mark == '*':
		e.Kind = Bold
	case mark == '[':
		if ok {
			ok = e.setLink(p.link1(begin))
			p.brokenURL = p.brokenURL || ok && !utf8.ValidString(e.Argument)
		}
	case len(end) == 1:
		e.Kind = Code
	case language == "":
		e.Kind = Pre
	default:
		e.Kind, e.Argument = PreCode, language
	}
	if ok {
		p.entities = append(p.entities, e)
	}
	p.at += len(end)
	return nil
}

// codeHeader skips what follows the opening mark of a block of code: the language, which it returns, and one line break.
func (p *markdownParser) codeHeader() (language string) {
	end := p.at
	for !isSpace(byteAt(p.in, end)) && p.in[end] != '`' {
		end++
	}
	if end > p.at && end < len(p.in) && p.in[end] != '`' {
		language = p.in[p.at:end]
		p.at = end
	}
	isBreak := func(c byte) bool { return c == '\n' || c == '\r' }
	if c := byteAt(p.in, p.at); isBreak(c) {
		p.at++
		if next := byteAt(p.in, p.at); isBreak(next) && next != c {
			p.at++
		}
	}
	return language
}

// link1 is the URL of an entity whose closing bracket is at p.at: what follows in parentheses, of which it leaves the last for the caller
// to skip. Without them its text is meant; but what is taken is what stands at its place after the marks before it were removed.
func (p *markdownParser) link1(begin int) string {
	if byteAt(p.in, p.at+1) != '(' {
		written := p.out.b.String()
		if len(written) <= begin+1 {
			return p.in[begin+1 : p.at]
		}
		if len(written) >= p.at {
			return written[begin+1 : p.at]
		}
		return written[begin+1:] + p.in[len(written):p.at]
	}
	p.at += 2
	begin = p.at
	if end := strings.IndexByte(p.in[begin:], ')'); end >= 0 {
		p.at += end
	} else {
		p.at = len(p.in)
	}
	return p.in[begin:p.at]
}
