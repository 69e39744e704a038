package td

import (
	"sync/atomic"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"tdjson/types"
)

// TestCountriesOfServer: countries come in the program's language, for the functions that need no client too.
func TestCountriesOfServer(t *testing.T) {
	t.Parallel()
	var asked atomic.Int32
	code := tg.HelpCountryCode{CountryCode: "49"}
	code.SetPatterns([]string{"XX XX"})
	germany := tg.HelpCountry{ISO2: "DE", DefaultName: "Germany", CountryCodes: []tg.HelpCountryCode{code}}
	germany.SetName("Deutschland")
	c := scripted(t, script{
		"help.getCountriesList": func(in bin.Encoder) (bin.Encoder, error) {
			asked.Add(1)
			switch in.(*tg.HelpGetCountriesListRequest).LangCode {
			case "de":
				return &tg.HelpCountriesList{Hash: 5, Countries: []tg.HelpCountry{
					germany, {ISO2: "XX", CountryCodes: []tg.HelpCountryCode{{CountryCode: "-1"}}}, {ISO2: "YY"},
				}}, nil
			case "en":
				return &tg.HelpCountriesListNotModified{}, nil
			}
			return nil, types.NewError(400, "LANG_CODE_INVALID")
		},
		"help.getNearestDc": always(&tg.NearestDC{Country: "FR"}),
	})
	if got := c.must("text", `{"@type":"getCountryCode"}`).text("text"); got != "FR" {
		t.Errorf("country %s", got)
	}
	english := c.must("countries", `{"@type":"getCountries"}`).objects("countries")
	if len(english) < 200 {
		t.Errorf("%d countries are known without a server", len(english))
	}
	use := func(language string) {
		t.Helper()
		c.must("ok", `{"@type":"setOption","name":"language_pack_id","value":{"@type":"optionValueString","value":%q}}`, language)
	}
	c.must("ok", `{"@type":"setOption","name":"localization_target","value":{"@type":"optionValueString","value":"android"}}`)
	use("de")
	for range 2 {
		german := c.must("countries", `{"@type":"getCountries"}`).objects("countries")
		if len(german) != 1 || german[0].text("name") != "Deutschland" || german[0].text("english_name") != "Germany" {
			t.Errorf("countries %v", german)
		}
	}
	info := c.must("phoneNumberInfo", `{"@type":"getPhoneNumberInfo","phone_number_prefix":"+49 1"}`)
	if info.text("formatted_phone_number") != "1- --" || info.text("country", "name") != "Deutschland" {
		t.Errorf("number %v", info)
	}
	got := string(c.p.r.Execute(nil, []byte(`{"@type":"getPhoneNumberInfoSync","language_code":"de","phone_number_prefix":"491"}`)))
	if want := `{"@type":"phoneNumberInfo","country":{"@type":"countryInfo","country_code":"DE","name":"Deutschland","english_name":"Germany","is_hidden":false,"calling_codes":["49"]},"country_calling_code":"49","formatted_phone_number":"1- --","is_anonymous":false}`; got != want {
		t.Errorf("without a client %s", got)
	}
	if n := asked.Load(); n != 2 {
		t.Errorf("asked %d times for lists", n)
	}
	use("xx")
	c.fails(400, "LANG_CODE_INVALID", `{"@type":"getCountries"}`)
}
