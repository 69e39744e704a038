package text

import "slices"

// WriteMarkdown puts marks in place of the entities that ParseMarkdown would read back; the others stay as entities. A text that would not
// be read back as it was stays as it is. The entities given are changed.
func WriteMarkdown(text FormattedText) (FormattedText, error) {
	t, err := Fix(text, FixOptions{
		AllowEmpty: true, AllowBlank: true, SkipNewEntities: true, SkipBotCommands: true, SkipMediaTimestamps: true, SkipTrim: true,
	})
	if err != nil || len(t.Entities) == 0 {
		return t, err
	}
	for i := range t.Entities {
		if !IsUserKind(t.Entities[i].Kind) {
			return t, nil
		}
	}
	marked := writeMarks(t)
	check := parseMarkdown(FormattedText{marked.Text, slices.Clone(marked.Entities)})
	if check.Text != t.Text || !slices.Equal(check.Entities, t.Entities) {
		return t, nil
	}
	return marked, nil
}

// A markWriter writes the marks of entities into a text.
type markWriter struct {
	b     []byte
	added int32 // UTF-16 code units written beyond the text
	open  []openMarked
	out   []Entity
}

// An openMarked is an entity whose end has not come yet.
type openMarked struct {
	e     *Entity
	added int32 // before its text
}

func (w *markWriter) mark(s string) {
	w.b = append(w.b, s...)
	w.added += utf16Len(s)
}

// writeMarks writes marks for all entities that have some.
func writeMarks(t FormattedText) FormattedText {
	var buf [8]openMarked
	w := markWriter{b: make([]byte, 0, len(t.Text)+16*len(t.Entities)), open: buf[:0]}
	offset, done := int32(0), 0
	left := t.Entities
	for i := 0; i <= len(t.Text); i++ {
		if i < len(t.Text) && !isFirstByte(t.Text[i]) {
			continue
		}
		begins := len(left) > 0 && offset >= left[0].Offset
		if begins || len(w.open) > 0 && offset >= w.open[len(w.open)-1].e.end() {
			w.b = append(w.b, t.Text[done:i]...)
			done = i
			w.close(offset)
			for len(left) > 0 && offset >= left[0].Offset {
				w.begin(&left[0], byteAt(t.Text, i))
				left = left[1:]
			}
		}
		if i < len(t.Text) {
			offset += units(t.Text[i])
		}
	}
	w.b = append(w.b, t.Text[done:]...)
	sortEntities(w.out)
	return FormattedText{string(w.b), w.out}
}

// pairMark is the mark before and after an entity, or "".
func pairMark(k Kind) string {
	switch k {
	case Italic:
		return "__"
	case Bold:
		return "**"
	case Strikethrough:
		return "~~"
	case Spoiler:
		return "||"
	case Code:
		return "`"
	}
	return ""
}

// begin writes the mark that begins an entity before the byte next.
func (w *markWriter) begin(e *Entity, next byte) {
	switch {
	case e.Kind == TextURL:
		w.mark("[")
	case e.Kind == Pre, e.Kind == PreCode && isLanguage(e.Argument):
		w.mark("```")
		w.mark(e.Argument)
		if next != '\n' {
			w.mark("\n")
		}
	default:
		w.mark(pairMark(e.Kind))
	}
	w.open = append(w.open, openMarked{e, w.added})
}

// isLanguage reports whether a language can be written behind a mark.
func isLanguage(s string) bool {
	for i := range len(s) {
		if s[i]-'!' > '~'-'!' {
			return false
		}
	}
	return true
}

// close writes the marks that end the entities up to an offset; what has no mark becomes an entity of the result.
func (w *markWriter) close(offset int32) {
	for len(w.open) > 0 {
		top := w.open[len(w.open)-1]
		if offset < top.e.end() {
			return
		}
		w.open = w.open[:len(w.open)-1]
		mark := pairMark(top.e.Kind)
		switch {
		case mark != "":
			w.mark(mark)
		case top.e.Kind == TextURL:
			w.b = append(append(append(w.b, "]("...), top.e.Argument...), ')')
			// The bytes of the URL are counted, as TDLib 1.8.65 does: what stands behind and around one that is not ASCII is given too far
			// or too long then.
			w.added += int32(len("]()") + len(top.e.Argument))
		case top.e.Kind == Pre, top.e.Kind == PreCode && isLanguage(top.e.Argument):
			w.mark("```")
		default:
			e := *top.e
			e.Offset += top.added
			e.Length += w.added - top.added
			w.out = append(w.out, e)
		}
	}
}
