package td

import (
	"strings"

	"github.com/gotd/td/tg"

	"tdjson/storage/langpack"
	"tdjson/types"
)

// packObject describes a language pack of which count strings are in the database. IsInstalled is left to the caller.
func packObject(n langpack.Named, count int) *types.LanguagePackInfo {
	return &types.LanguagePackInfo{
		ID: n.ID, BaseLanguagePackID: n.Base, Name: n.Name, NativeName: n.NativeName, PluralCode: n.PluralCode,
		IsOfficial: n.Official, IsRtl: n.RTL, IsBeta: n.Beta,
		TotalStringCount: int32(n.Total), TranslatedStringCount: int32(n.Translated), LocalStringCount: int32(count),
		TranslationURL: n.TranslationURL,
	}
}

// packStringObjects makes TDLib's objects of strings of a language pack.
func packStringObjects(list []langpack.String) []*types.LanguagePackString {
	objects := make([]*types.LanguagePackString, 0, len(list))
	for _, s := range list {
		objects = append(objects, &types.LanguagePackString{Key: s.Key, Value: packValueObject(s.Value)})
	}
	return objects
}

// packValueObject makes TDLib's object of the value of a string.
func packValueObject(v langpack.Value) types.LanguagePackStringValue {
	switch v.Kind {
	case langpack.Ordinary:
		return &types.LanguagePackStringValueOrdinary{Value: v.Text}
	case langpack.Pluralized:
		return &types.LanguagePackStringValuePluralized{
			ZeroValue: v.Forms[0], OneValue: v.Forms[1], TwoValue: v.Forms[2], FewValue: v.Forms[3], ManyValue: v.Forms[4],
			OtherValue: v.Forms[5],
		}
	}
	return &types.LanguagePackStringValueDeleted{}
}

// packValueOf is the value that TDLib's object stands for; nil stands for a string that is not there.
func packValueOf(v types.LanguagePackStringValue) langpack.Value {
	switch v := v.(type) {
	case *types.LanguagePackStringValueOrdinary:
		return langpack.Value{Kind: langpack.Ordinary, Text: v.Value}
	case *types.LanguagePackStringValuePluralized:
		return langpack.Value{Kind: langpack.Pluralized, Forms: [6]string{
			v.ZeroValue, v.OneValue, v.TwoValue, v.FewValue, v.ManyValue, v.OtherValue,
		}}
	}
	return langpack.Value{}
}

// serverStrings are the strings that the server sent.
func serverStrings(list []tg.LangPackStringClass) []langpack.String {
	found := make([]langpack.String, 0, len(list))
	for _, class := range list {
		s := langpack.String{Key: class.GetKey()}
		switch class := class.(type) {
		case *tg.LangPackString:
			s.Value = langpack.Value{Kind: langpack.Ordinary, Text: class.Value}
		case *tg.LangPackStringPluralized:
			s.Value = langpack.Value{Kind: langpack.Pluralized, Forms: [6]string{
				class.ZeroValue, class.OneValue, class.TwoValue, class.FewValue, class.ManyValue, class.OtherValue,
			}}
		}
		found = append(found, s)
	}
	return found
}

// serverPack is what the server says of a pack.
func serverPack(p *tg.LangPackLanguage) (langpack.Named, error) {
	switch {
	case p.LangCode == "", !langpack.ValidID(p.LangCode):
		return langpack.Named{}, types.NewError(500, "Unsupported language pack ID")
	case langpack.IsCustom(p.LangCode):
		return langpack.Named{}, types.NewError(500, "Unallowed custom language pack ID")
	}
	n := langpack.Named{ID: strings.ToLower(p.LangCode), Info: langpack.Info{
		Name: p.Name, NativeName: p.NativeName, Base: p.BaseLangCode, PluralCode: p.PluralCode,
		Official: p.Official, RTL: p.Rtl, Beta: p.Beta,
		Total: p.StringsCount, Translated: p.TranslatedCount, TranslationURL: p.TranslationsURL,
	}}
	if !langpack.ValidID(n.Base) || langpack.IsCustom(n.Base) || n.Base == n.ID {
		n.Base = ""
	}
	return n, nil
}
