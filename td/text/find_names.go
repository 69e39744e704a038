package text

import "strings"

// indexFrom is the index of the next byte c from i on, or -1.
func indexFrom(s string, c byte, i int) int {
	if i >= len(s) {
		return -1
	}
	j := strings.IndexByte(s[i:], c)
	if j < 0 {
		return -1
	}
	return i + j
}

// nameEnd is where the letters, digits and underscores from i on end.
func nameEnd(s string, i int) int {
	for i < len(s) && isNameByte(s[i]) {
		i++
	}
	return i
}

// wordFollows reports whether a character of a word begins at i.
func wordFollows(s string, i int) bool {
	if i == len(s) {
		return false
	}
	r, _ := runeAt(s, i)
	return isWord(r)
}

// isShortUsername reports whether three letters are a username that exists although it is short.
func isShortUsername(s string) bool {
	switch string([]byte{lower(s[0]), lower(s[1]), lower(s[2])}) {
	case "gif", "nft", "pic", "ufc", "vid":
		return true
	}
	return false
}

// findMentions finds @usernames of 4 to 32 characters, and the short ones that exist.
func findMentions(dst []Entity, s string) []Entity {
	for i := indexFrom(s, '@', 0); i >= 0; i = indexFrom(s, '@', i) {
		begin := i
		i++
		if begin > 0 {
			if r, _ := runeBefore(s, begin); isWord(r) {
				continue
			}
		}
		i = nameEnd(s, i)
		n := i - begin - 1
		if n < 3 || n > 32 || wordFollows(s, i) || n == 3 && !isShortUsername(s[begin+1:]) {
			continue
		}
		dst = add(dst, bytesEntity(Mention, begin, i), s)
	}
	return dst
}

// findBotCommands finds /command and /command@username.
func findBotCommands(dst []Entity, s string) []Entity {
	bound := func(r rune) bool { return isWord(r) || r == '/' || r == '<' || r == '>' }
	for i := indexFrom(s, '/', 0); i >= 0; i = indexFrom(s, '/', i) {
		begin := i
		i++
		if begin > 0 {
			if r, _ := runeBefore(s, begin); bound(r) {
				continue
			}
		}
		i = nameEnd(s, i)
		if n := i - begin - 1; n < 1 || n > 64 {
			continue
		}
		if i < len(s) && s[i] == '@' {
			at := i
			i = nameEnd(s, i+1)
			if n := i - at - 1; n < 3 || n > 32 {
				continue
			}
		}
		if i < len(s) {
			if r, _ := runeAt(s, i); bound(r) {
				continue
			}
		}
		dst = add(dst, bytesEntity(BotCommand, begin, i), s)
	}
	return dst
}

// maxHashtag is the number of characters a hashtag can have.
const maxHashtag = 256

// findHashtags finds #tag and #tag@username; a tag has at least one letter.
func findHashtags(dst []Entity, s string) []Entity {
	for i := indexFrom(s, '#', 0); i >= 0; i = indexFrom(s, '#', i) {
		begin := i
		i++
		if begin > 0 {
			if r, _ := runeBefore(s, begin); isHashtagRune(r) {
				continue
			}
		}
		end, hasLetter := 0, false // end is 0 until the tag has all characters it can have
		n := 0
		for i < len(s) {
			r, size := runeAt(s, i)
			if !isHashtagRune(r) {
				break
			}
			i += size
			if n < maxHashtag {
				hasLetter = hasLetter || category(r) == categoryLetter
				if n++; n == maxHashtag {
					end = i
				}
			}
		}
		if n == 0 {
			continue
		}
		if end == 0 || end == i {
			end = i
			if i < len(s) && s[i] == '@' {
				name := i + 1
				for name < len(s) && name-i < 33 && isNameByte(s[name]) {
					name++
				}
				if name-i-1 >= 3 {
					i, end = name, name
				}
			}
		}
		if i < len(s) && s[i] == '#' || !hasLetter {
			continue
		}
		dst = add(dst, bytesEntity(Hashtag, begin, end), s)
	}
	return dst
}

// findCashtags finds $TAG and $TAG@username; a tag is of one to eight capital letters, or 1INCH.
func findCashtags(dst []Entity, s string) []Entity {
	bound := func(r rune) bool { return r == '$' || isHashtagRune(r) }
	for i := indexFrom(s, '$', 0); i >= 0; i = indexFrom(s, '$', i) {
		begin := i
		i++
		if begin > 0 {
			if r, _ := runeBefore(s, begin); bound(r) {
				continue
			}
		}
		if strings.HasPrefix(s[i:], "1INCH") {
			i += len("1INCH")
		} else {
			for i < len(s) && s[i]-'A' < 26 {
				i++
			}
		}
		if n := i - begin - 1; n < 1 || n > 8 {
			continue
		}
		if i < len(s) && s[i] == '@' {
			end := nameEnd(s, i+1)
			if n := end - i - 1; n >= 3 && n <= 32 {
				i = end
			}
		}
		if i < len(s) {
			if r, _ := runeAt(s, i); bound(r) {
				continue
			}
		}
		dst = add(dst, bytesEntity(Cashtag, begin, i), s)
	}
	return dst
}
