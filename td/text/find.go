package text

import "slices"

// Skip says which entities not to look for.
type Skip uint8

// What can be left out.
const (
	SkipBotCommands Skip = 1 << iota
	SkipMediaTimestamps
)

// Marks are the bytes without which a text has no entities of some kinds.
const (
	markAt uint8 = 1 << iota
	markSlash
	markHash
	markDollar
	markColon
	markDot
	markDigit
	markNonASCII
)

// marks tells for each byte which mark it is. It is never changed.
var marks = [256]uint8{
	'@': markAt, '/': markSlash, '#': markHash, '$': markDollar, ':': markColon, '.': markDot,
	'0': markDigit, '1': markDigit, '2': markDigit, '3': markDigit, '4': markDigit,
	'5': markDigit, '6': markDigit, '7': markDigit, '8': markDigit, '9': markDigit,
}

// marksOf tells which marks a text has.
func marksOf(s string) uint8 {
	const ones, highs = 0x0101010101010101, 0x8080808080808080
	var found uint8
	var all uint64
	for len(s) >= 8 {
		w := load64(s)
		all |= w
		// All marks lie between '#' and '@', where most characters of most texts do not: so look closer only where a byte does.
		low := w &^ highs
		if (ones*(127+'@'+1)-low)&(low+ones*(127-'#'+1))&^w&highs != 0 {
			found |= marks[s[0]] | marks[s[1]] | marks[s[2]] | marks[s[3]] | marks[s[4]] | marks[s[5]] | marks[s[6]] | marks[s[7]]
		}
		s = s[8:]
	}
	for i := range len(s) {
		found |= marks[s[i]]
		all |= uint64(s[i])
	}
	if all&highs != 0 {
		found |= markNonASCII
	}
	return found
}

// load64 is the first eight bytes of s as a little-endian number.
func load64(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// FindEntities appends to dst the entities that can be seen in a text, which has to be valid UTF-8:
// mentions, commands, tags, card numbers, links, addresses and timestamps. They are sorted and do not overlap.
func FindEntities(dst []Entity, text string, skip Skip) []Entity {
	m := marksOf(text)
	if m&^markNonASCII == 0 {
		return dst
	}
	n := len(dst)
	if m&markAt != 0 {
		dst = findMentions(dst, text)
	}
	if m&markSlash != 0 && skip&SkipBotCommands == 0 {
		dst = findBotCommands(dst, text)
	}
	if m&markHash != 0 {
		dst = findHashtags(dst, text)
	}
	if m&markDollar != 0 {
		dst = findCashtags(dst, text)
	}
	if m&markDigit != 0 {
		dst = findBankCardNumbers(dst, text)
	}
	if m&(markColon|markSlash) == markColon|markSlash {
		dst = findAppURLs(dst, text)
	}
	if m&markDot != 0 {
		dst = findURLs(dst, text)
	}
	if m&(markColon|markDigit) == markColon|markDigit && skip&SkipMediaTimestamps == 0 {
		dst = findMediaTimestamps(dst, text)
	}
	return settle(dst, n, text, m&markNonASCII != 0)
}

// findTimestampEntities appends to dst the timestamps of a text.
func findTimestampEntities(dst []Entity, text string) []Entity {
	m := marksOf(text)
	if m&(markColon|markDigit) != markColon|markDigit {
		return dst
	}
	return settle(findMediaTimestamps(dst, text), len(dst), text, m&markNonASCII != 0)
}

// settle brings the entities from n on, whose offsets and lengths count bytes, in order: what overlaps goes, and offsets count UTF-16 units.
func settle(entities []Entity, n int, text string, wide bool) []Entity {
	found := entities[n:]
	if len(found) == 0 {
		return entities
	}
	sortEntities(found)
	found = removeIntersecting(found)
	if wide {
		at, utf16 := 0, int32(0)
		for i := range found {
			e := &found[i]
			begin, end := int(e.Offset), int(e.end())
			utf16 += utf16Len(text[at:begin])
			e.Offset, e.Length = utf16, utf16Len(text[begin:end])
			utf16 += e.Length
			at = end
		}
	}
	return entities[:n+len(found)]
}

// bytesEntity is an entity whose offset and length still count bytes.
func bytesEntity(kind Kind, begin, end int) Entity {
	return Entity{Kind: kind, Offset: int32(begin), Length: int32(end - begin)}
}

// manyEntities is from where on memory for entities is asked for in large pieces.
const manyEntities = 1 << 12

// add appends an entity found in a text. A text with many is taken to go on as it began, so that they are not copied again and again.
func add(dst []Entity, e Entity, text string) []Entity {
	if n := len(dst); n == cap(dst) && n >= manyEntities {
		rest := float64(len(text))/float64(e.end()) - 1
		dst = slices.Grow(dst, int(float64(n)*min(max(rest*1.05, 0.25), 7)))
	}
	return append(dst, e)
}
