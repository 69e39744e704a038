package testdc

import (
	"context"

	"github.com/gotd/td/tg"

	"tdjson/td/text"
)

func (s *Server) registerCountries(d *tg.ServerDispatcher) {
	d.OnHelpGetCountriesList(s.helpGetCountriesList)
}

// countriesHash changes with the list.
const countriesHash = 1

// helpGetCountriesList answers with all countries and their calling codes, in English whatever the language.
func (s *Server) helpGetCountriesList(_ context.Context, req *tg.HelpGetCountriesListRequest) (tg.HelpCountriesListClass, error) {
	if req.Hash == countriesHash {
		return &tg.HelpCountriesListNotModified{}, nil
	}
	out := &tg.HelpCountriesList{Hash: countriesHash}
	for _, c := range text.EnglishCountries() {
		country := tg.HelpCountry{Hidden: c.Hidden, ISO2: c.Code, DefaultName: c.Name}
		for _, code := range c.CallingCodes {
			country.CountryCodes = append(country.CountryCodes, tg.HelpCountryCode{CountryCode: code.Code, Prefixes: code.Prefixes, Patterns: code.Patterns})
		}
		out.Countries = append(out.Countries, country)
	}
	return out, nil
}
