package langpack

import (
	"strconv"
	"strings"
)

// Info describes a language pack.
type Info struct {
	Name, NativeName string
	Base, PluralCode string // IDs of language packs, may be empty
	Official         bool
	RTL              bool
	Beta             bool
	Total            int // strings in the whole localization target
	Translated       int
	TranslationURL   string
}

// Named is the Info of the pack with an ID.
type Named struct {
	ID string
	Info
}

const infoFields = 10

func (i *Info) stored() string {
	return strings.Join([]string{
		i.Name, i.NativeName, i.Base, i.PluralCode, strconv.FormatBool(i.Official), strconv.FormatBool(i.RTL),
		strconv.FormatBool(i.Beta), strconv.Itoa(i.Total), strconv.Itoa(i.Translated), i.TranslationURL,
	}, separator)
}

// parseInfo reads what stored wrote; packs of long ago have but two names.
func parseInfo(fields []string) (Info, bool) {
	if len(fields) == 2 {
		return Info{Name: fields[0], NativeName: fields[1]}, true
	}
	if len(fields) != infoFields {
		return Info{}, false
	}
	number := func(s string) int {
		n, _ := strconv.Atoi(s) // a count that cannot be read is none
		return n
	}
	return Info{
		Name: fields[0], NativeName: fields[1], Base: fields[2], PluralCode: fields[3],
		Official: fields[4] == "true", RTL: fields[5] == "true", Beta: fields[6] == "true",
		Total: number(fields[7]), Translated: number(fields[8]), TranslationURL: fields[9],
	}, true
}

func storedList(list []Named) string {
	var parts []string
	for i := range list {
		parts = append(parts, list[i].ID, list[i].stored())
	}
	return strings.Join(parts, separator)
}

func parseList(s string) []Named {
	fields := strings.Split(s, separator)
	if len(fields)%(infoFields+1) != 0 {
		return nil
	}
	var list []Named
	for ; len(fields) > 0; fields = fields[infoFields+1:] {
		if info, ok := parseInfo(fields[1 : infoFields+1]); ok && fields[0] != "" {
			list = append(list, Named{fields[0], info})
		}
	}
	return list
}
