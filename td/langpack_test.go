package td

import (
	"sync/atomic"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"tdjson/types"
)

func serverString(key, value string) tg.LangPackStringClass {
	return &tg.LangPackString{Key: key, Value: value}
}

// TestLanguagePackOfServer: the used pack and its base are brought to the server's version and kept there.
func TestLanguagePackOfServer(t *testing.T) {
	t.Parallel()
	var whole, changes atomic.Int32
	c := scripted(t, script{
		"langpack.getLanguages": always(&tg.LangPackLanguageVector{Elems: []tg.LangPackLanguage{
			{LangCode: "de-raw", BaseLangCode: "de", Name: "G", PluralCode: "de"}, {LangCode: "X1"}, {LangCode: "b d"},
			{LangCode: "DE", BaseLangCode: "de", Name: "German", StringsCount: 7, TranslatedCount: 6},
		}}),
		"langpack.getLanguage": func(in bin.Encoder) (bin.Encoder, error) {
			if code := in.(*tg.LangpackGetLanguageRequest).LangCode; code != "de-raw" {
				return nil, types.NewError(400, "LANG_CODE_NOT_SUPPORTED")
			}
			language := &tg.LangPackLanguage{LangCode: "de-raw", PluralCode: "de"}
			language.SetBaseLangCode("de")
			return language, nil
		},
		"langpack.getLangPack": func(in bin.Encoder) (bin.Encoder, error) {
			whole.Add(1)
			f := in.(*tg.LangpackGetLangPackRequest)
			return &tg.LangPackDifference{LangCode: f.LangCode, Version: 3, Strings: []tg.LangPackStringClass{serverString("a", f.LangPack+f.LangCode)}}, nil
		},
		"langpack.getDifference": func(in bin.Encoder) (bin.Encoder, error) {
			changes.Add(1)
			f := in.(*tg.LangpackGetDifferenceRequest)
			plural := &tg.LangPackStringPluralized{Key: "b", OtherValue: "many"}
			return &tg.LangPackDifference{LangCode: f.LangCode, FromVersion: f.FromVersion, Version: f.FromVersion + 1,
				Strings: []tg.LangPackStringClass{&tg.LangPackStringDeleted{Key: "a"}, plural}}, nil
		},
		"langpack.getStrings": always(&tg.LangPackStringClassVector{Elems: []tg.LangPackStringClass{serverString("x", "X")}}),
	})
	pack := func(id string) func(object) bool {
		return func(o object) bool {
			return o.kind() == "updateLanguagePackStrings" && o.text("language_pack_id") == id
		}
	}
	c.must("ok", `{"@type":"setOption","name":"localization_target","value":{"@type":"optionValueString","value":"android"}}`)
	some := c.must("languagePackStrings", `{"@type":"getLanguagePackStrings","language_pack_id":"it","keys":["x","y"]}`).objects("strings")
	if len(some) != 2 || some[0].text("value", "value") != "X" || some[1].text("value", "@type") != "languagePackStringValueDeleted" {
		t.Errorf("some strings: %v", some)
	}
	c.must("ok", `{"@type":"setOption","name":"language_pack_id","value":{"@type":"optionValueString","value":"de-raw"}}`)
	c.wait("the pack", pack("de-raw"))
	c.wait("its base", pack("de"))
	all := c.must("languagePackStrings", `{"@type":"getLanguagePackStrings","language_pack_id":"de-raw","keys":[]}`).objects("strings")
	if len(all) != 1 || all[0].text("value", "value") != "androidde-raw" || whole.Load() != 2 {
		t.Errorf("%d packs, strings %v", whole.Load(), all)
	}
	c.fails(400, "Currently used language pack can't be deleted", `{"@type":"deleteLanguagePack","language_pack_id":"de"}`)
	c.must("ok", `{"@type":"synchronizeLanguagePack","language_pack_id":"de-raw"}`)
	changed := c.wait("the changes", pack("de-raw")).objects("strings")
	if len(changed) != 2 || changed[1].text("value", "other_value") != "many" || changes.Load() != 1 {
		t.Errorf("%d differences, changed %v", changes.Load(), changed)
	}
	list := c.must("localizationTargetInfo", `{"@type":"getLocalizationTargetInfo"}`).objects("language_packs")
	if len(list) != 2 || list[0].text("id") != "de-raw" || list[0].text("base_language_pack_id") != "de" || list[0].number("local_string_count") != 1 ||
		list[1].text("id") != "de" || list[1].text("base_language_pack_id") != "" || list[1].number("total_string_count") != 7 {
		t.Errorf("packs %v", list)
	}
}

// TestLanguagePackUpdates: what the server says of the used pack is applied in its order, and what is missing asked for.
func TestLanguagePackUpdates(t *testing.T) {
	t.Parallel()
	c := scripted(t, script{
		"langpack.getLanguage": always(&tg.LangPackLanguage{LangCode: "de"}),
		"langpack.getLangPack": always(&tg.LangPackDifference{LangCode: "de", Version: 3}),
		"langpack.getDifference": func(in bin.Encoder) (bin.Encoder, error) {
			return &tg.LangPackDifference{LangCode: "de", Version: 9, Strings: []tg.LangPackStringClass{serverString("from", "server")}}, nil
		},
	})
	c.must("ok", `{"@type":"setOption","name":"localization_target","value":{"@type":"optionValueString","value":"android"}}`)
	c.must("ok", `{"@type":"setOption","name":"language_pack_id","value":{"@type":"optionValueString","value":"de"}}`)
	strings := func(o object) bool { return o.kind() == "updateLanguagePackStrings" }
	c.wait("the pack", strings)
	client, _ := c.p.r.client(c.id)
	say := func(update tg.UpdateClass) { client.post(func() { client.onUpdate(update) }) }
	difference := func(code string, from, to int, key string) tg.UpdateClass {
		return &tg.UpdateLangPack{Difference: tg.LangPackDifference{
			LangCode: code, FromVersion: from, Version: to, Strings: []tg.LangPackStringClass{serverString(key, "v")},
		}}
	}
	for _, step := range []struct {
		update tg.UpdateClass
		key    string // of the string that the program hears of; empty: of none
	}{
		{difference("de", 3, 4, "next"), "next"},
		{difference("de", 3, 4, "again"), ""},
		{difference("fr", 3, 4, "other"), ""},
		{difference("DE", 4, 5, "upper"), "upper"},
		{difference("de", 7, 8, "gap"), "from"}, // brings it to 9
		{difference("de", 7, 8, "late"), ""},
		{&tg.UpdateLangPackTooLong{LangCode: "fr"}, ""},
	} {
		say(step.update)
		if step.key != "" {
			if got := c.wait(step.key, strings).objects("strings"); len(got) != 1 || got[0].text("key") != step.key {
				t.Errorf("after %s: %v", step.key, got)
			}
		}
	}
	c.must("ok", `{"@type":"synchronizeLanguagePack","language_pack_id":"Xa"}`)
	if n := c.count(strings); n != 4 {
		t.Errorf("%d updates", n)
	}
}
