package text

import "strings"

// SearchQuote is the offset of a quote in a text, both valid UTF-8, nearest to a position, or -1. Offsets count UTF-16 code units.
func SearchQuote(text, quote string, position int32) int32 {
	length := utf16Len(text)
	if quote == "" || utf16Len(quote) > length {
		return -1
	}
	position = min(max(position, 0), length-1)
	before, _ := cutUTF16(text, position)
	at := len(before) // the last place that is not behind the position
	if utf16Len(before) > position {
		at-- // the position is in the middle of a surrogate pair, and the next character behind it
	}
	back, ahead := int32(-1), int32(-1)
	if i := strings.LastIndex(text[:min(at+len(quote), len(text))], quote); i >= 0 {
		back = utf16Len(text[:i])
	}
	if back == position {
		return back
	}
	if at+1 < len(text) {
		if i := strings.Index(text[at+1:], quote); i >= 0 {
			ahead = utf16Len(text[:at+1+i])
		}
	}
	if back < 0 || ahead >= 0 && ahead-position-1 < position-back {
		return ahead
	}
	return back
}
