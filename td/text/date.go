package text

// A DateFormat says how a DateTime entity is shown: what it shows, or zero for the text alone.
type DateFormat uint8

// What a date shows. Relative stands alone; of the short and the long form of a part the short one counts.
const (
	DateRelative DateFormat = 1 << iota
	DateShortTime
	DateLongTime
	DateShortDate
	DateLongDate
	DateDayOfWeek
)

// parseDateFormat reads the letters by which a format is named: r alone, or of t, T, d, D and w any.
func parseDateFormat(s string) (DateFormat, error) {
	if s == "r" || s == "R" {
		return DateRelative, nil
	}
	var f DateFormat
	for i := range len(s) {
		switch s[i] {
		case 't':
			f |= DateShortTime
		case 'T':
			f |= DateLongTime
		case 'd':
			f |= DateShortDate
		case 'D':
			f |= DateLongDate
		case 'w', 'W':
			f |= DateDayOfWeek
		default:
			return 0, Error("Invalid date format used")
		}
	}
	return f, nil
}
