package text

import (
	"slices"
	"strings"
)

// ParseMarkdown reads the marks of the apps' Markdown in a text: **bold** __italic__ ~~strikethrough~~ ||spoiler|| `code` ```pre``` and
// [text](URL). Entities that the text has keep marks in them from being read. The entities given are changed.
func ParseMarkdown(text FormattedText) (FormattedText, error) {
	opts := FixOptions{AllowEmpty: true, AllowBlank: true, SkipNewEntities: true, SkipBotCommands: true, SkipMediaTimestamps: true, SkipTrim: true}
	t, err := Fix(text, opts)
	if err != nil {
		return t, err
	}
	return Fix(parseMarkdown(t), opts)
}

// parseMarkdown is ParseMarkdown for entities in order; those it returns are not.
func parseMarkdown(t FormattedText) FormattedText {
	if !hasKind(t.Entities, blockQuoteKinds) {
		return parseOutsideQuotes(t)
	}
	p := partParser{text: t.Text, parse: parseOutsideQuotes}
	for i := 0; i < len(t.Entities); i++ {
		e := t.Entities[i]
		if !blockQuoteKinds.has(e.Kind) {
			p.add(e)
			continue
		}
		p.upTo(e.Offset)
		quote := len(p.result)
		end := e.end()
		e.Offset = p.length
		p.result = append(p.result, e)
		for i+1 < len(t.Entities) && t.Entities[i+1].end() <= end {
			i++
			p.add(t.Entities[i])
		}
		p.upTo(end)
		p.result[quote].Length = p.length - e.Offset
	}
	return p.finish()
}

func hasKind(entities []Entity, kinds kindSet) bool {
	return slices.ContainsFunc(entities, func(e Entity) bool { return kinds.has(e.Kind) })
}

// A partParser parses the parts of a text each for itself and puts the results together.
type partParser struct {
	text   string // what is left
	parse  func(FormattedText) FormattedText
	begin  int32    // where it begins
	part   []Entity // of it, relative to begin
	out    strings.Builder
	length int32 // of out, in UTF-16 code units
	result []Entity
}

// add adds an entity to the part.
func (p *partParser) add(e Entity) {
	e.Offset -= p.begin
	p.part = append(p.part, e)
}

// upTo parses the part that ends at an offset.
func (p *partParser) upTo(end int32) {
	var part FormattedText
	part.Text, p.text = cutUTF16(p.text, end-p.begin)
	part.Entities, p.part = p.part, nil
	part = p.parse(part)
	p.out.WriteString(part.Text)
	for _, e := range part.Entities {
		e.Offset += p.length
		p.result = append(p.result, e)
	}
	p.length += utf16Len(part.Text)
	p.begin = end
}

// keep takes over an entity that begins where the part does, with its text as it is.
func (p *partParser) keep(e Entity) {
	var s string
	s, p.text = cutUTF16(p.text, e.Length)
	p.begin = e.end()
	e.Offset = p.length
	p.out.WriteString(s)
	p.result = append(p.result, e)
	p.length += e.Length
}

// finish parses the rest.
func (p *partParser) finish() FormattedText {
	p.upTo(p.begin + utf16Len(p.text))
	return FormattedText{p.out.String(), p.result}
}

// cutUTF16 cuts a text after n UTF-16 code units.
func cutUTF16(s string, n int32) (before, after string) {
	for i := range len(s) {
		if isFirstByte(s[i]) {
			if n <= 0 {
				return s[:i], s[i:]
			}
			n -= units(s[i])
		}
	}
	return s, ""
}

// parseOutsideQuotes reads code first, and the other marks in what is left.
func parseOutsideQuotes(t FormattedText) FormattedText {
	if strings.IndexByte(t.Text, '`') >= 0 {
		t = parseCode(t)
	}
	if !hasKind(t.Entities, preKinds) {
		return parseOutsideCode(t)
	}
	p := partParser{text: t.Text, parse: parseOutsideCode}
	for _, e := range t.Entities {
		if preKinds.has(e.Kind) {
			p.upTo(e.Offset)
			p.keep(e)
		} else {
			p.add(e)
		}
	}
	return p.finish()
}

// A codeParser reads code between the entities that a text has already.
type codeParser struct {
	text     string // what is left
	begin    int32  // where it begins in the source
	out      strings.Builder
	length   int32 // of out, in UTF-16 code units
	entities []Entity
}

// parseCode reads `code` and ```pre```. Marks inside of entities are none.
func parseCode(t FormattedText) FormattedText {
	p := codeParser{text: t.Text, entities: make([]Entity, 0, len(t.Entities)+4)}
	p.out.Grow(len(t.Text))
	end := int32(0) // of the entities so far
	for _, e := range t.Entities {
		if e.Offset > end {
			p.keep(end)
			p.parse(e.Offset)
		}
		end = max(end, e.end())
		e.Offset -= p.begin - p.length
		p.entities = append(p.entities, e)
	}
	p.keep(end)
	p.parse(p.begin + utf16Len(p.text))
	return FormattedText{p.out.String(), p.entities}
}

// keep takes over the text up to an offset.
func (p *codeParser) keep(end int32) {
	if end > p.begin {
		var s string
		s, p.text = cutUTF16(p.text, end-p.begin)
		p.out.WriteString(s)
		p.length += end - p.begin
		p.begin = end
	}
}

// parse reads the marks in the text up to an offset.
func (p *codeParser) parse(end int32) {
	var s string
	s, p.text = cutUTF16(p.text, end-p.begin)
	p.begin = end
	for s != "" {
		tick := strings.IndexByte(s, '`')
		if tick < 0 {
			tick = len(s)
		}
		p.write(s[:tick])
		s = s[tick:]
		n := ticks(s)
		if n == 1 || n == 3 {
			if size := codeLen(s[n:], n); size > 0 {
				p.code(s[n:n+size], n)
				s = s[size+2*n:]
				continue
			}
		}
		p.write(s[:n])
		s = s[n:]
	}
}

func (p *codeParser) write(s string) {
	p.out.WriteString(s)
	p.length += utf16Len(s)
}

// ticks is the number of backticks that a text begins with.
func ticks(s string) int {
	n := 0
	for n < len(s) && s[n] == '`' {
		n++
	}
	return n
}

// codeLen is the length of the text before the next n backticks, neither more nor fewer, or 0.
func codeLen(s string, n int) int {
	for i := 0; i < len(s); {
		tick := strings.IndexByte(s[i:], '`')
		if tick < 0 {
			return 0
		}
		i += tick
		got := ticks(s[i:])
		if got == n {
			return i
		}
		i += got
	}
	return 0
}

// code adds the code between n backticks. The first line between three is the language, if it is a word and not all.
func (p *codeParser) code(s string, n int) {
	e := Entity{Kind: Code, Offset: p.length}
	if n == 3 {
		e.Kind = Pre
		line := 0
		for line < len(s)-1 && s[line]-'!' <= '~'-'!' {
			line++
		}
		if line < len(s)-1 && s[line] == '\n' {
			if line > 0 {
				e.Kind, e.Argument = PreCode, s[:line]
			}
			s = s[line+1:]
		}
	}
	p.write(s)
	e.Length = p.length - e.Offset
	p.entities = append(p.entities, e)
}
