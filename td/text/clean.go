package text

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// removedSize is the size of what is removed from texts at s[i]: line and paragraph separators, directional overrides and combining lines.
func removedSize(s string, i int) int {
	switch s[i] {
	case 0xe2:
		if i+2 < len(s) && s[i+1] == 0x80 && 0xa8 <= s[i+2] && s[i+2] <= 0xae {
			return 3
		}
	case 0xcc:
		if i+1 < len(s) && (s[i+1] == 0xb3 || s[i+1] == 0xbf || s[i+1] == 0x8a) {
			return 2
		}
	}
	return 0
}

// needsCleaning tells the bytes at which a text may have to be changed. It is never changed itself.
var needsCleaning = func() (t [256]bool) {
	for c := range 32 {
		t[c] = c != '\n'
	}
	t[0xe2], t[0xcc] = true, true
	return t
}()

// cleanPrefix is the length of the part of a text in which nothing has to be changed.
func cleanPrefix(s string) int {
	for i := range len(s) {
		if needsCleaning[s[i]] {
			return i
		}
	}
	return len(s)
}

// CleanString removes from a text what the server does not take, makes control characters spaces, and cuts it to what the server takes.
// ok is false if the text is not valid UTF-8.
func CleanString(s string) (cleaned string, ok bool) {
	if !utf8.ValidString(s) {
		return "", false
	}
	const limit = maxText - 3
	n := cleanPrefix(s)
	if n == len(s) && n < limit {
		return s, true
	}
	n = min(n, limit-1)
	b := make([]byte, n, min(len(s), maxText))
	copy(b, s)
	for i := n; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\r':
		case c <= ' ' && c != '\n':
			b = append(b, ' ')
		default:
			if size := removedSize(s, i); size > 0 {
				i += size - 1
			} else {
				b = append(b, c)
			}
		}
		if len(b) >= limit && isFirstByte(b[len(b)-1]) {
			b = b[:len(b)-1]
			break
		}
	}
	return string(joinMarks(b)), true
}

// joinMarks makes of several directional marks in a row all but the last one zero width non-joiners.
func joinMarks(b []byte) []byte {
	isMark := func(i int) bool {
		return i+2 < len(b) && b[i] == 0xe2 && b[i+1] == 0x80 && (b[i+2] == 0x8e || b[i+2] == 0x8f)
	}
	for i := 0; i < len(b); i++ {
		if isMark(i) {
			for isMark(i + 3) {
				b[i+2] = 0x8c
				i += 3
			}
			i += 2
		}
	}
	return b
}

// An entityWalk follows the entities along a text and moves them with what is removed from it.
type entityWalk struct {
	entities        []Entity // sorted and properly nested
	next            int
	open            []openEntity
	offset, removed int32 // UTF-16 code units passed, and removed of them
}

// An openEntity is an entity whose end has not come yet.
type openEntity struct {
	e       *Entity
	removed int32 // UTF-16 code units removed before it
}

// boundary closes and opens the entities that end and begin where the walk is, at byte i.
func (w *entityWalk) boundary(i int) error {
	for len(w.open) > 0 {
		top := w.open[len(w.open)-1]
		if end := top.e.end(); w.offset < end {
			break
		} else if w.offset > end {
			return errorAt("Entity beginning at UTF-16 offset "+strconv.Itoa(int(top.e.Offset))+" ends in a middle of a UTF-16 symbol", i)
		}
		top.e.Offset -= top.removed
		top.e.Length -= w.removed - top.removed
		w.open = w.open[:len(w.open)-1]
	}
	for w.next < len(w.entities) && w.offset >= w.entities[w.next].Offset {
		e := &w.entities[w.next]
		if w.offset != e.Offset {
			return errorAt("Entity begins in a middle of a UTF-16 symbol", i)
		}
		w.open = append(w.open, openEntity{e, w.removed})
		w.next++
	}
	return nil
}

// finish closes what ends with the text, whose length is given; all entities have to.
func (w *entityWalk) finish(length int) error {
	if err := w.boundary(length); err != nil {
		return err
	}
	if w.next < len(w.entities) {
		return Error("Entity begins after the end of the text at UTF-16 offset " + strconv.Itoa(int(w.entities[w.next].Offset)))
	}
	if len(w.open) > 0 {
		e := w.open[len(w.open)-1].e
		return Error("Entity beginning at UTF-16 offset " + strconv.Itoa(int(e.Offset)) +
			" ends after the end of the text at UTF-16 offset " + strconv.Itoa(int(e.end())))
	}
	return nil
}

// cleanWithEntities is CleanString without the cut, moving the entities with the text. They have to be sorted and properly nested.
func cleanWithEntities(s string, entities []Entity) (string, error) {
	var buf [8]openEntity
	w := entityWalk{entities: entities, open: buf[:0]}
	var b []byte
	done := 0 // up to there the text is in b
	for i := 0; i < len(s); i++ {
		c := s[i]
		if isFirstByte(c) {
			if err := w.boundary(i); err != nil {
				return "", err
			}
			w.offset += units(c)
		}
		if !needsCleaning[c] {
			continue
		}
		size := 1
		if c > ' ' {
			if size = removedSize(s, i); size == 0 {
				continue
			}
		}
		b = append(b, s[done:i]...)
		if c > ' ' || c == '\r' {
			w.removed++
		} else {
			b = append(b, ' ')
		}
		i += size - 1
		done = i + 1
	}
	if err := w.finish(len(s)); err != nil {
		return "", err
	}
	if done > 0 {
		s = string(append(b, s[done:]...))
	}
	if strings.Contains(s, "\xe2\x80") {
		s = string(joinMarks([]byte(s)))
	}
	return s, nil
}

// isBlank reports whether nothing of a cleaned text can be seen.
func isBlank(s string) bool {
	for _, r := range s {
		switch {
		case r == ' ' || r == '\n' || r == 0xa0 || r == 0x1680 || r == 0x180e || 0x2000 <= r && r <= 0x200f:
		case r == 0x202e || r == 0x202f || r == 0x205f || r == 0x2800 || r == 0x3000 || r == 0xfeff || r == 0xfffc:
		case 0xe0000 <= r && r <= 0xe007f:
		default:
			return false
		}
	}
	return true
}
