package text

import "strings"

// A writer builds the text of a result and counts its UTF-16 code units.
type writer struct {
	b     strings.Builder
	units int32
}

// run appends a part of a text.
func (w *writer) run(s string) {
	w.b.WriteString(s)
	w.units += utf16Len(s)
}

// ascii appends an ASCII character.
func (w *writer) ascii(c byte) {
	w.b.WriteByte(c)
	w.units++
}

// from is what was written from byte i on.
func (w *writer) from(i int) string { return w.b.String()[i:] }

// byteAt is s[i], or 0 behind the end of s: there a C string ends.
func byteAt(s string, i int) byte {
	if i < len(s) {
		return s[i]
	}
	return 0
}
