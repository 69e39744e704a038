package text

import "strings"

// SearchQuote is the offset of a quote in a text, both valid UTF-8, nearest to a position, or -1. Offsets count UTF-16 code units.
func SearchQuote(text, quote string, position int32) int32 {
	length := utf16Len(text)
	if quote == "" || utf16Len(quote) > length {
		return -1
	}
	position = min(max(position, 0), length-1)
	head, _ := cutUTF16(text, position)
	at := len(head) // the last place that is not behind the position
	if utf16Len(head) > position {
		at-- // the position is in the middle of a surrogate pair, and the next character behind it
	}
	before, behind := occurrences(text, quote, at)
	switch {
	case behind < 0 && before < 0:
		return -1
	case behind < 0:
		return utf16Len(text[:before])
	case before < 0:
		return utf16Len(text[:behind])
	}
	back, ahead := utf16Len(text[:before]), utf16Len(text[:behind])
	if ahead-position-1 < position-back {
		return ahead
	}
	return back
}

// shortQuote bounds what is searched for by comparing it wherever it may be.
const shortQuote = 64

// occurrences are the last place of a quote in a text up to at, and the first one behind it, or -1.
func occurrences(text, quote string, at int) (before, behind int) {
	if len(quote) > shortQuote {
		return longOccurrences(text, quote, at)
	}
	before = strings.LastIndex(text[:min(at+len(quote), len(text))], quote)
	if before == at || at+1 >= len(text) {
		return before, -1
	}
	if behind = strings.Index(text[at+1:], quote); behind >= 0 {
		behind += at + 1
	}
	return before, behind
}

// longOccurrences takes a time proportional to the text whatever repeats in it: it is the search of Knuth, Morris and Pratt.
func longOccurrences(text, quote string, at int) (before, behind int) {
	// borders has for each part of the quote from its begin the length of the longest shorter one that also ends it.
	borders := make([]int32, len(quote)+1)
	borders[0] = -1
	for i, n := 0, int32(-1); i < len(quote); i++ {
		for n >= 0 && quote[i] != quote[n] {
			n = borders[n]
		}
		n++
		borders[i+1] = n
	}
	before = -1
	n := int32(0) // of the quote ends at text[i]
	for i := range len(text) {
		for n >= 0 && (int(n) == len(quote) || text[i] != quote[n]) {
			n = borders[n]
		}
		n++
		if int(n) == len(quote) {
			begin := i + 1 - len(quote)
			if begin > at {
				return before, begin
			}
			before = begin
		}
	}
	return before, -1
}
