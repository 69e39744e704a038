package text

import "unicode/utf8"

// splitPath splits a path into the name of the file without its extension, and the extension. A dot that begins the name begins no extension.
func splitPath(path string) (stem, extension string) {
	begin := len(path)
	for begin > 0 && path[begin-1] != '/' && path[begin-1] != '\\' {
		begin--
	}
	name := path[begin:]
	for i := len(name) - 1; i > 0; i-- {
		if name[i] == '.' {
			return name[:i], name[i+1:]
		}
	}
	return name, ""
}

// maxExtension and maxMimeType are more than the bytes of the longest ones that are known.
const (
	maxExtension = 32
	maxMimeType  = 128
)

// FileMimeType is the MIME type of a file with this name, or empty.
func FileMimeType(name string) string {
	_, extension := splitPath(name)
	if len(extension) > maxExtension {
		return ""
	}
	return mimeTypeOf(lowerASCII(extension))
}

// FileExtension is the extension of files of a MIME type, or empty.
func FileExtension(mimeType string) string {
	if len(mimeType) > maxMimeType {
		return ""
	}
	return extensionOf(lowerASCII(mimeType))
}

// The characters of a cleaned file name and of its extension.
const (
	maxCleanStem      = 64
	maxCleanExtension = 16
)

// CleanFileName makes of a name one that all file systems take: without directories, marks and emoji, and not too long.
func CleanFileName(name string) string {
	if !utf8.ValidString(name) {
		return ""
	}
	stem, extension := splitPath(name)
	if isCleanName(stem, maxCleanStem) && isCleanName(extension, maxCleanExtension) {
		if extension == "" {
			return stem
		}
		return name[len(name)-len(stem)-len(".")-len(extension):]
	}
	b := make([]byte, 0, min(len(name), 4*(maxCleanStem+maxCleanExtension))+1)
	b = appendCleanName(b, stem, maxCleanStem)
	n := len(b)
	if n > 0 {
		b = append(b, '.')
	}
	dot := len(b)
	if b = appendCleanName(b, extension, maxCleanExtension); len(b) == dot {
		b = b[:n]
	}
	return string(b)
}

// isCleanByte reports whether an ASCII character can be in a file name everywhere.
func isCleanByte(b byte) bool {
	switch b {
	case '<', '>', ':', '"', '/', '\\', '|', '?', '*', '&', '`', '\'':
		return false
	}
	return ' ' <= b && b < 127
}

// isCleanName reports whether a name is empty, or of ASCII characters and clean as it is.
func isCleanName(s string, limit int) bool {
	if s == "" {
		return true
	}
	if len(s) > limit {
		return false
	}
	for i := range len(s) {
		if !isCleanByte(s[i]) {
			return false
		}
	}
	isEdge := func(b byte) bool { return b == ' ' || b == '.' }
	return !isEdge(s[0]) && !isEdge(s[len(s)-1])
}

// appendCleanName appends a name with spaces for what can't be in it, up to a number of characters, and without spaces and dots at its ends.
func appendCleanName(b []byte, s string, limit int) []byte {
	begin := len(b)
	for _, r := range s {
		if limit == 0 {
			break
		}
		if !isCleanRune(r) {
			if fold(r) == 0 {
				continue
			}
			r = ' '
		}
		if len(b) == begin && (r == ' ' || r == '.') {
			continue
		}
		b = utf8.AppendRune(b, r)
		limit--
	}
	for len(b) > begin && (b[len(b)-1] == ' ' || b[len(b)-1] == '.') {
		b = b[:len(b)-1]
	}
	return b
}

func isCleanRune(r rune) bool {
	if r < 127 {
		return isCleanByte(byte(r))
	}
	c := category(r)
	return categoryLetter <= c && c <= categoryNumber
}
