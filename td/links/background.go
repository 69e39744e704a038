package links

import (
	"strconv"
	"strings"

	"tdjson/types"
)

// appBackground reads tg://bg.
func appBackground(q *query) types.InternalLinkType {
	for _, kind := range [...]struct {
		key  string
		more []string
	}{{"color", nil}, {"gradient", []string{"rotation"}}, {"slug", backgroundKeys[:]}} {
		if q.get(kind.key) != "" {
			return background(q.get(kind.key), q, kind.more)
		}
	}
	return nil
}

// homeBackground reads t.me/bg.
func homeBackground(q *query) types.InternalLinkType {
	name := q.part(1)
	switch {
	case name == "":
		return nil
	case isFill(name):
		return background(name, q, []string{"rotation"})
	}
	return background(name, q, backgroundKeys[:])
}

// backgroundKeys are the arguments of a background that is a picture. They are never changed.
var backgroundKeys = [...]string{"mode", "intensity", "bg_color", "rotation"}

func background(name string, q *query, keys []string) types.InternalLinkType {
	b := appendFrom([]byte(escape(name)), q, '?', keys...)
	return &types.InternalLinkTypeBackground{BackgroundName: string(b)}
}

// isFill says whether the name of a background, up to its question mark, is a colour or a gradient: those of pictures are longer.
func isFill(name string) bool {
	name, _, _ = strings.Cut(name, "?")
	return len(name) <= 13 || !isToken(name)
}

// makeBackground makes a link of a background's name.
func makeBackground(name string, m *maker) (string, error) {
	slug, _, _ := strings.Cut(name, "?")
	if slug == "" {
		return "", badRequest("Background name must be non-empty")
	}
	if !isFill(slug) {
		q := parseQuery(name)
		b, mark := []byte("tg://bg?slug="), byte('&')
		if m.http {
			b, mark = []byte(m.options.home()+"bg/"), '?'
		}
		return string(appendFrom(append(b, escape(slug)...), &q, mark, backgroundKeys[:]...)), nil
	}
	f, err := parseFill(name)
	if err != nil {
		return "", err
	}
	if m.http {
		return m.options.home() + "bg/" + f.text('?'), nil
	}
	if len(f.colors) == 1 {
		return "tg://bg?color=" + f.text('&'), nil
	}
	return "tg://bg?gradient=" + f.text('&'), nil
}

// A fill is a background of one colour, of two at an angle, or of three or four.
type fill struct {
	colors   []uint32
	rotation int32
}

// parseFill reads colours between tildes, or two between a hyphen. The angle counts only right behind the question mark.
func parseFill(s string) (f fill, err error) {
	s, _, _ = strings.Cut(s, "#")
	s, arguments, _ := strings.Cut(s, "?")
	colors := strings.Split(s, "~")
	if len(colors) == 1 {
		colors = strings.SplitN(s, "-", 2)
	}
	if len(colors) > 4 {
		return f, errBackground()
	}
	for _, color := range colors {
		c, ok := parseColor(color)
		if !ok {
			return f, errBackground()
		}
		f.colors = append(f.colors, c)
	}
	if len(f.colors) != 2 {
		return f, nil
	}
	if f.colors[0] == f.colors[1] {
		f.colors = f.colors[:1]
	}
	if angle, ok := strings.CutPrefix(arguments, "rotation="); ok {
		if n := number32(unescape(angle, true)); 0 <= n && n < 360 && n%45 == 0 {
			f.rotation = n
		}
	}
	return f, nil
}

func errBackground() error { return badRequest("WALLPAPER_INVALID") }

// parseColor reads up to six hexadecimal digits, which may be percent-encoded within these six characters.
func parseColor(s string) (color uint32, ok bool) {
	if len(s) > 6 {
		return 0, false
	}
	digits := unescape(s, true)
	for i := range len(digits) {
		if !isHexDigit(digits[i]) {
			return 0, false
		}
		color = color<<4 | uint32(hexValue(digits[i]))
	}
	return color, digits != ""
}

// text writes a fill as links have it; mark is the sign before the angle.
func (f *fill) text(mark byte) string {
	between := byte('~')
	if len(f.colors) == 2 {
		between = '-'
	}
	var b []byte
	for i, c := range f.colors {
		if i > 0 {
			b = append(b, between)
		}
		b = append(b, strconv.FormatUint(uint64(c|1<<24), 16)[1:]...)
	}
	if len(f.colors) == 2 {
		b = append(append(b, mark), "rotation="...)
		b = strconv.AppendInt(b, int64(f.rotation), 10)
	}
	return string(b)
}
