package text

import (
	"strconv"
	"unicode/utf8"
)

// FixOptions say what Fix does besides cleaning.
type FixOptions struct {
	AllowEmpty          bool // an empty text is no error
	AllowBlank          bool // a text of which nothing can be seen, but which is not only spaces, stays as it is
	SkipNewEntities     bool // don't look for entities in the text
	SkipBotCommands     bool // don't look for commands
	SkipMediaTimestamps bool // don't look for timestamps
	SkipTrim            bool // keep spaces at the ends
}

const (
	// maxText is the number of bytes that the server takes.
	maxText = 35000
	// maxEntityOffset bounds offsets and lengths of entities, in UTF-16 code units.
	maxEntityOffset = 1000000
)

const errNotUTF8 = Error("Strings must be encoded in UTF-8")

// Fix brings a text and its entities into the form that the server takes: no control characters, entities sorted, properly nested and
// inside the text. The entities given are changed.
func Fix(text FormattedText, opts FixOptions) (FormattedText, error) {
	t, err := clean(text)
	if err != nil {
		return t, err
	}
	last, lastOffset := lastVisible(&t)
	if lastOffset < 0 {
		if opts.AllowEmpty {
			return FormattedText{}, nil
		}
		return FormattedText{}, Error("Text must be non-empty")
	}
	t.Entities = fixEntities(t.Entities)
	if !opts.SkipTrim {
		trim(&t, last, lastOffset)
	}
	if isBlank(t.Text) {
		if !opts.AllowEmpty {
			return FormattedText{}, Error("Text must be non-empty")
		}
		if !opts.AllowBlank {
			t = FormattedText{}
		}
	}
	truncate(&t)
	switch {
	case !opts.SkipNewEntities:
		var skip Skip
		if opts.SkipBotCommands {
			skip |= SkipBotCommands
		}
		if opts.SkipMediaTimestamps {
			skip |= SkipMediaTimestamps
		}
		t.Entities = mergeFound(t.Entities, FindEntities(nil, t.Text, skip))
	case !opts.SkipMediaTimestamps:
		t.Entities = mergeFound(t.Entities, findTimestampEntities(nil, t.Text))
	}
	return t, nil
}

// clean cleans the text, and its entities if it has any.
func clean(t FormattedText) (FormattedText, error) {
	if len(t.Entities) == 0 {
		s, ok := CleanString(t.Text)
		if !ok {
			return FormattedText{}, errNotUTF8
		}
		return FormattedText{Text: s}, nil
	}
	if !utf8.ValidString(t.Text) {
		return FormattedText{}, errNotUTF8
	}
	for i := range t.Entities {
		if o := t.Entities[i].Offset; o < 0 || o > maxEntityOffset {
			return FormattedText{}, Error("Receive an entity with incorrect offset " + strconv.Itoa(int(o)))
		}
		if n := t.Entities[i].Length; n < 0 || n > maxEntityOffset {
			return FormattedText{}, Error("Receive an entity with incorrect length " + strconv.Itoa(int(n)))
		}
	}
	t.Entities = fixEntities(removeEmpty(t.Entities))
	s, err := cleanWithEntities(t.Text, t.Entities)
	return FormattedText{s, t.Entities}, err
}

// lastVisible is where the last character that is no space ends: its last byte and the offset of its last UTF-16 code unit. The offset is
// -1 if there is none, and only meant to be used if there are entities. Empty entities are removed.
func lastVisible(t *FormattedText) (last int, offset int32) {
	for last = len(t.Text) - 1; last >= 0 && (t.Text[last] == ' ' || t.Text[last] == '\n'); {
		last--
	}
	if last < 0 {
		return last, -1
	}
	if len(t.Entities) == 0 {
		return last, 0
	}
	t.Entities = removeEmpty(t.Entities)
	return last, utf16Len(t.Text[:last+1]) - 1
}

// trim cuts spaces off both ends; entities keep what they cover at the begin.
func trim(t *FormattedText, last int, lastOffset int32) {
	s := t.Text[:last+1]
	n := len(t.Entities)
	for n > 0 && t.Entities[n-1].Offset > lastOffset {
		n--
	}
	t.Entities = t.Entities[:n]
	cut := false
	for i := range t.Entities {
		if e := &t.Entities[i]; e.end() > lastOffset+1 {
			e.Length = lastOffset + 1 - e.Offset
			cut = true
		}
	}
	if cut {
		sortEntities(t.Entities)
	}
	first, limit := 0, len(s)
	if n > 0 {
		limit = int(t.Entities[0].Offset)
	}
	for first < limit && (s[first] == ' ' || s[first] == '\n') {
		first++
	}
	for i := range t.Entities {
		t.Entities[i].Offset -= int32(first)
	}
	t.Text = s[first:]
}

// truncate cuts a text to what the server takes, and drops the entities that are no longer inside.
func truncate(t *FormattedText) {
	if len(t.Text) <= maxText {
		return
	}
	size := maxText
	for !isFirstByte(t.Text[size]) {
		size--
	}
	t.Text = t.Text[:size]
	length := utf16Len(t.Text)
	kept := t.Entities[:0]
	for _, e := range t.Entities {
		if e.end() <= length {
			kept = append(kept, e)
		}
	}
	t.Entities = kept
}
