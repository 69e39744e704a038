package text

import (
	"slices"
	"strings"
)

// parseOutsideCode reads links and the marks of splittable entities in a text without quotations and code.
func parseOutsideCode(t FormattedText) FormattedText {
	if strings.IndexByte(t.Text, '[') >= 0 {
		t = parseLinks(t)
	}
	if !hasMarks(t.Text) {
		sortEntities(t.Entities)
		return t
	}
	return parseMarks(t)
}

// hasMarks reports whether a text has two equal characters in a row that could be a mark.
func hasMarks(s string) bool {
	for i := 1; i < len(s); i++ {
		if s[i] == s[i-1] && isMark3(s[i]) {
			return true
		}
	}
	return false
}

func isMark3(c byte) bool { return c == '_' || c == '*' || c == '~' || c == '|' }

// A textLink is a link found in a text: [text](url).
type textLink struct {
	text, url string // as they stand in it
	checked   string
	begin     int // where it begins in what was searched, in bytes
}

// size is the number of bytes of a link with its brackets.
func (l *textLink) size() int { return len("[]()") + len(l.text) + len(l.url) }

// findLinks finds links; an opening bracket inside of one counts for nothing.
func findLinks(s string) (links []textLink) {
	for i := 0; ; {
		begin := indexFrom(s, '[', i)
		if begin < 0 {
			return links
		}
		middle := indexFrom(s, ']', begin+1)
		if middle < 0 {
			return links
		}
		i = middle + 1
		if middle == begin+1 || byteAt(s, i) != '(' {
			continue
		}
		end := indexFrom(s, ')', i+1)
		if end < 0 {
			return links
		}
		url := s[i+1 : end]
		if checked, err := CheckLink(url); err == nil {
			links = append(links, textLink{text: s[begin+1 : middle], url: url, checked: checked, begin: begin})
		}
		i = end + 1
	}
}

// A linkParser reads the links between the continuous entities that a text has already.
type linkParser struct {
	text     string // what is left
	begin    int32  // where it begins in the source
	out      strings.Builder
	length   int32 // of out, in UTF-16 code units
	entities []Entity
	cuts     []cut
}

// A cut is where splittable entities are cut: a link of which all but its text goes, or, without a link, the end of a part.
type cut struct {
	isLink    bool
	at        int32 // where it begins in the source
	text, url int32 // UTF-16 lengths of a link
}

// parseLinks reads links. The entities it returns are not sorted.
func parseLinks(t FormattedText) FormattedText {
	p := linkParser{text: t.Text}
	p.out.Grow(len(t.Text))
	var pieces [len(splittables)][]Entity
	end := int32(0) // of the continuous entities so far
	for _, e := range t.Entities {
		if splittableKinds.has(e.Kind) {
			i := splittableIndex(e.Kind)
			pieces[i] = append(pieces[i], e)
			continue
		}
		if e.Offset > end {
			p.keep(end)
			p.parse(e.Offset)
		}
		end = e.end()
		e.Offset -= p.begin - p.length
		p.entities = append(p.entities, e)
	}
	p.keep(end)
	p.parse(p.begin + utf16Len(p.text))
	for i := range pieces {
		p.cutPieces(pieces[i])
	}
	return FormattedText{p.out.String(), p.entities}
}

// keep takes over the text up to an offset.
func (p *linkParser) keep(end int32) {
	if end > p.begin {
		var s string
		s, p.text = cutUTF16(p.text, end-p.begin)
		p.out.WriteString(s)
		p.length += end - p.begin
		p.begin = end
	}
}

// parse reads the links in the text up to an offset.
func (p *linkParser) parse(end int32) {
	var s string
	s, p.text = cutUTF16(p.text, end-p.begin)
	offset, done := p.begin, 0
	for _, l := range findLinks(s) {
		before := s[done:l.begin]
		n := utf16Len(before)
		c := cut{isLink: true, at: offset + n, text: utf16Len(l.text), url: utf16Len(l.url)}
		p.out.WriteString(before)
		p.out.WriteString(l.text)
		p.entities = append(p.entities, Entity{Kind: TextURL, Offset: p.length + n, Length: c.text, Argument: l.checked})
		p.length += n + c.text
		p.cuts = append(p.cuts, c)
		offset = c.end()
		done = l.begin + l.size()
	}
	p.out.WriteString(s[done:])
	p.length += end - offset
	p.begin = end
	p.cuts = append(p.cuts, cut{at: end})
}

// end is where the source of a link ends.
func (c *cut) end() int32 { return c.at + c.text + c.url + int32(len("[]()")) }

// cutPieces cuts sorted entities of one kind by the links and moves what is left of them.
func (p *linkParser) cutPieces(pieces []Entity) {
	removed := int32(0) // UTF-16 code units before
	for i := range p.cuts {
		c := &p.cuts[i]
		limit := c.at
		if c.isLink {
			limit = c.end()
		}
		for len(pieces) > 0 && pieces[0].Offset < limit {
			e := &pieces[0]
			if c.isLink {
				p.cutByLink(*e, c, removed)
			} else {
				p.addPiece(*e, e.Offset, min(e.end(), limit), removed)
			}
			if e.end() <= limit {
				pieces = pieces[1:]
				continue
			}
			e.Length = e.end() - limit
			e.Offset = limit
		}
		if c.isLink {
			removed += int32(len("[]()")) + c.url
		}
	}
}

// cutByLink adds what is left of an entity that begins before the end of a link: outside of it, and in its text.
func (p *linkParser) cutByLink(e Entity, c *cut, removed int32) {
	begin, end := e.Offset, min(e.end(), c.at+1+c.text)
	if end <= begin {
		return
	}
	// The opening bracket is removed.
	if begin >= c.at+1 {
		begin--
		end--
	} else if end >= c.at+1 {
		end--
	}
	if begin < c.at && end > c.at {
		p.addPiece(e, begin, c.at, removed)
		begin = c.at
	}
	p.addPiece(e, begin, end, removed)
}

// addPiece adds a piece of an entity.
func (p *linkParser) addPiece(e Entity, begin, end, removed int32) {
	if end > begin {
		p.entities = append(p.entities, Entity{Kind: e.Kind, Offset: begin - removed, Length: end - begin})
	}
}

// parseMarks reads the marks of splittable entities.
func parseMarks(t FormattedText) FormattedText {
	found := findMarked(t)
	if len(found) == 0 {
		sortEntities(t.Entities)
		return t
	}
	// Marks are known by the number of UTF-16 code units up to their first character.
	marks := make([]int32, 0, 2*len(found))
	for i := range found {
		marks = append(marks, found[i].Offset-1, found[i].end()+1)
	}
	slices.Sort(marks)
	t.Text = withoutMarks(t.Text, marks)
	t.Entities = append(t.Entities, found...)
	before := func(offset int32) int32 {
		n, ok := slices.BinarySearch(marks, offset)
		if ok {
			n++
		}
		return 2 * int32(n)
	}
	for i := range t.Entities {
		e := &t.Entities[i]
		removed := before(e.Offset)
		e.Length -= before(e.end()) - removed
		e.Offset -= removed
	}
	t.Entities = removeEmpty(t.Entities)
	sortEntities(t.Entities)
	return t
}

// withoutMarks removes the marks from a text.
func withoutMarks(s string, marks []int32) string {
	b := make([]byte, 0, len(s)-2*len(marks))
	offset, done := int32(0), 0
	for i := 0; i < len(s) && len(marks) > 0; i++ {
		offset += units(s[i])
		if offset == marks[0] {
			b = append(b, s[done:i]...)
			i++
			offset++
			done = i + 1
			marks = marks[1:]
		}
	}
	return string(append(b, s[done:]...))
}

// findMarked finds what stands between two marks of one kind, its offsets counting the marks.
func findMarked(t FormattedText) (found []Entity) {
	s := t.Text
	bounds := markBounds(t)
	var begins [len(splittables)]int32
	offset := int32(0) // after s[i]
	for i := 0; i+1 < len(s); i++ {
		offset += units(s[i])
		c := s[i]
		if !isMark3(c) || s[i+1] != c || bounds[offset] {
			continue
		}
		n := 2
		for i+n < len(s) && s[i+n] == c && !bounds[int(offset)+n-1] {
			n++
		}
		if n == 2 {
			kind := markKind(c)
			begin := &begins[splittableIndex(kind)]
			if *begin == 0 {
				*begin = offset + 1
			} else {
				if length := offset - *begin - 1; length > 0 {
					found = append(found, Entity{Kind: kind, Offset: *begin, Length: length})
				}
				*begin = 0
			}
		}
		offset += int32(n - 1)
		i += n - 1
	}
	return found
}

func markKind(c byte) Kind {
	switch c {
	case '_':
		return Italic
	case '*':
		return Bold
	case '~':
		return Strikethrough
	default:
		return Spoiler
	}
}

// solidKinds have no marks in them.
const solidKinds kindSet = 1<<Mention | 1<<Hashtag | 1<<BotCommand | 1<<Cashtag | 1<<PhoneNumber | 1<<BankCardNumber

// markBounds tells the offsets that can't be in the middle of a mark: where entities begin and end, and in some of them everywhere.
func markBounds(t FormattedText) []bool {
	bounds := make([]bool, utf16Len(t.Text)+2)
	set := func(from, to int32) {
		for o := from; o <= to && int(o) < len(bounds); o++ {
			bounds[o] = true
		}
	}
	for i := range t.Entities {
		e := &t.Entities[i]
		if solidKinds.has(e.Kind) {
			set(e.Offset, e.end())
		} else {
			set(e.Offset, e.Offset)
			set(e.end(), e.end())
		}
	}
	for _, e := range FindEntities(nil, t.Text, SkipMediaTimestamps) {
		if e.Kind != EmailAddress && e.Kind != URL {
			set(e.Offset, e.end())
		}
	}
	return bounds
}
