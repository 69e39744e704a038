package text

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// fold is what a code point is in searches: a letter in lower case without diacritics, a space if it separates words, or 0 if it is nothing.
func fold(r rune) rune {
	if r < utf8.RuneSelf {
		switch b := byte(r); {
		case isAlnum(b):
			return rune(lower(b))
		case b == 0:
			return 0
		}
		return ' '
	}
	first := func(i int) rune { return rune(foldRuns[6*i])<<16 | rune(foldRuns[6*i+1])<<8 | rune(foldRuns[6*i+2]) }
	start := func(block rune) int { return int(foldIndex[2*block])<<8 | int(foldIndex[2*block+1]) }
	block := min(r>>6, int32(len(foldIndex)/2-2))
	lo, hi := start(block), start(block+1)+1 // the run is one of lo…hi-1
	for hi-lo > 1 {
		if mid := int(uint(lo+hi) / 2); first(mid) <= r {
			lo = mid
		} else {
			hi = mid
		}
	}
	to := rune(foldRuns[6*lo+3])<<16 | rune(foldRuns[6*lo+4])<<8 | rune(foldRuns[6*lo+5])
	if to == 0 || to == ' ' {
		return to
	}
	return to + r - first(lo)
}

// searchWords are the words of a text as searches see them.
func searchWords(s string) (words []string) {
	word := make([]byte, 0, 32)
	end := func() {
		if len(word) > 0 {
			words = append(words, string(word))
			word = word[:0]
		}
	}
	for _, r := range s {
		switch r = fold(r); r {
		case 0:
		case ' ':
			end()
		default:
			word = utf8.AppendRune(word, r)
		}
	}
	end()
	return words
}

// longestWords sorts words and leaves out those that the next one begins with, as TDLib does in queries and in what they are looked for in.
// It makes a difference where a letter has no place in the other script: "ъ" is nothing by itself, but "ъкс" is "x".
func longestWords(words []string) []string {
	slices.Sort(words)
	kept := words[:0]
	for i, w := range words {
		if i == len(words)-1 || !strings.HasPrefix(words[i+1], w) {
			kept = append(kept, w)
		}
	}
	return kept
}

// SearchByPrefix finds the strings that have for each word of the query one that begins with it, possibly in the other one of the Latin and
// the Russian script. It returns the number of them and the indexes of the first ones, up to a limit; for a negative limit the number of
// strings. A query without words finds all strings or none.
func SearchByPrefix(list []string, query string, limit int32, allForEmpty bool) (total int, found []int32) {
	if limit < 0 {
		return len(list), nil
	}
	words := longestWords(searchWords(query))
	if len(words) == 0 && !allForEmpty {
		return 0, nil
	}
	prefixes := make([]searchPrefix, len(words))
	for i, w := range words {
		prefixes[i] = searchPrefix{word: w, others: transliterations(w, true)}
	}
	for i, s := range list {
		if len(prefixes) > 0 && !matches(longestWords(searchWords(s)), prefixes) {
			continue
		}
		total++
		if int64(len(found)) < int64(limit) {
			found = append(found, int32(i))
		}
	}
	return total, found
}

// A searchPrefix is a word of a query: words are looked for by its transliterations, and their transliterations by itself.
type searchPrefix struct {
	word   string
	others []string
}

// manyWords is from where on words are looked for by halving.
const manyWords = 8

// hasPrefix reports whether one of the words begins with a prefix; if they are many they are sorted.
func hasPrefix(words []string, prefix string) bool {
	if len(words) >= manyWords {
		i, _ := slices.BinarySearch(words, prefix)
		return i < len(words) && strings.HasPrefix(words[i], prefix)
	}
	return slices.ContainsFunc(words, func(w string) bool { return strings.HasPrefix(w, prefix) })
}

// matches reports whether words, which are sorted, have all prefixes.
func matches(words []string, prefixes []searchPrefix) bool {
	var other []string // the words' transliterations, made when they are needed
	for i := range prefixes {
		p := &prefixes[i]
		if slices.ContainsFunc(p.others, func(prefix string) bool { return hasPrefix(words, prefix) }) {
			continue
		}
		if other == nil {
			other = make([]string, 0, 4*len(words))
			for _, w := range words {
				for _, t := range transliterations(w, false) {
					if t != w {
						other = append(other, t)
					}
				}
			}
			if len(other) >= manyWords {
				slices.Sort(other)
			}
		}
		if !hasPrefix(other, p.word) {
			return false
		}
	}
	return true
}

// CheckShortcutName checks the name of a shortcut: 1 to 32 letters, digits and underscores.
func CheckShortcutName(name string) error {
	if !utf8.ValidString(name) {
		return errNotUTF8
	}
	length := 0
	for _, r := range name {
		if !isHashtagRune(r) {
			return Error("A letter is not allowed")
		}
		length++
	}
	switch {
	case length == 0:
		return Error("Name must be non-empty")
	case length > 32:
		return Error("Name is too long")
	}
	return nil
}
