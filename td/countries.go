package td

import (
	"context"
	"math/rand/v2"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/gotd/td/tg"

	"tdjson/td/text"
	"tdjson/types"
)

// countryLists are the lists of countries by language, which all clients share.
type countryLists struct {
	mu    sync.Mutex
	lists map[string]*countryList
}

// countryList is a list of countries with their names in one language.
type countryList struct {
	countries []text.Country
	hash      int
	reload    time.Time // when to ask for a newer one
}

// get finds a list; the English one is always there.
func (l *countryLists) get(language string) *countryList {
	l.mu.Lock()
	defer l.mu.Unlock()
	list := l.lists[language]
	if list == nil && language == "en" {
		list = &countryList{countries: text.EnglishCountries()} // as old as this library: to be asked for at the first use
		l.put(language, list)
	}
	return list
}

// put is called with mu locked.
func (l *countryLists) put(language string, list *countryList) {
	if l.lists == nil {
		l.lists = map[string]*countryList{}
	}
	l.lists[language] = list
}

func (l *countryLists) set(language string, list *countryList) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.put(language, list)
}

// nextReload is in one to two days, not for all clients at once.
func nextReload() time.Time {
	const day = 24 * time.Hour
	return time.Now().Add(day + rand.N(day))
}

// reloadPause is how long a list that could not be loaded again is left alone.
const reloadPause = 2 * time.Minute

// countryList finds the list in the program's language, or asks the server for it.
func (c *Client) countryList(ctx context.Context) (*countryList, error) {
	for tried := ""; ; {
		language := c.languages.mainLanguage(c)
		if list := c.countries.get(language); list != nil {
			if time.Now().After(list.reload) && c.loading["countries/"+language] == nil {
				c.background(func(ctx context.Context) { _ = c.loadCountries(ctx, language, list) })
			}
			return list, nil
		}
		if language == tried {
			return nil, types.NewError(500, "Requested data is inaccessible")
		}
		tried = language
		if err := c.loadCountries(ctx, language, nil); err != nil {
			return nil, err
		}
	}
}

// loadCountries asks the server for a list that is newer than the old one, if there is one.
func (c *Client) loadCountries(ctx context.Context, language string, old *countryList) error {
	return c.once(ctx, "countries/"+language, func() error {
		request := &tg.HelpGetCountriesListRequest{LangCode: language}
		if old != nil {
			request.Hash = old.hash
		}
		answer, err := c.api.tg.HelpGetCountriesList(ctx, request)
		list, newer := answer.(*tg.HelpCountriesList)
		switch {
		case err != nil && old != nil:
			c.countries.set(language, &countryList{old.countries, old.hash, time.Now().Add(reloadPause)})
		case err != nil:
		case newer:
			c.countries.set(language, &countryList{countriesOf(list.Countries), list.Hash, nextReload()})
		case old != nil:
			c.countries.set(language, &countryList{old.countries, old.hash, nextReload()})
		}
		return err
	})
}

// countriesOf are the server's countries; those without a calling code are left out.
func countriesOf(list []tg.HelpCountry) []text.Country {
	countries := make([]text.Country, 0, len(list))
	for _, t := range list {
		c := text.Country{Code: t.ISO2, Name: t.DefaultName, LocalName: t.Name, Hidden: t.Hidden}
		for _, code := range t.CountryCodes {
			if n, err := strconv.ParseInt(code.CountryCode, 10, 32); err == nil && n > 0 {
				c.CallingCodes = append(c.CallingCodes, text.CallingCode{Code: code.CountryCode, Prefixes: code.Prefixes, Patterns: code.Patterns})
			}
		}
		if len(c.CallingCodes) > 0 {
			countries = append(countries, c)
		}
	}
	return countries
}

// getCountries lists the countries with their names in the program's language.
func (c *Client) getCountries(ctx context.Context, _ *types.GetCountries) (*types.Countries, error) {
	list, err := c.countryList(ctx)
	if err != nil {
		return nil, err
	}
	answer := &types.Countries{}
	for i := range list.countries {
		answer.Countries = append(answer.Countries, countryInfo(&list.countries[i]))
	}
	return answer, nil
}

// getCountry finds a country by its code.
func (c *Client) getCountry(ctx context.Context, f *types.GetCountry) (*types.CountryInfo, error) {
	list, err := c.countryList(ctx)
	if err != nil {
		return nil, err
	}
	for i := range list.countries {
		if list.countries[i].Code == f.CountryCode {
			return countryInfo(&list.countries[i]), nil
		}
	}
	return nil, types.NewError(404, "Not Found")
}

// getCountryCode asks the server in which country the client is.
func (c *Client) getCountryCode(ctx context.Context, _ *types.GetCountryCode) (*types.Text, error) {
	nearest, err := c.api.tg.HelpGetNearestDC(ctx)
	if err != nil {
		return nil, err
	}
	return &types.Text{Text: nearest.Country}, nil
}

// getPhoneNumberInfo tells whose a telephone number is, in the program's language.
func (c *Client) getPhoneNumberInfo(ctx context.Context, f *types.GetPhoneNumberInfo) (*types.PhoneNumberInfo, error) {
	countries := []text.Country{}
	if strings.ContainsAny(f.PhoneNumberPrefix, "0123456789") {
		list, err := c.countryList(ctx)
		if err != nil {
			return nil, err
		}
		countries = list.countries
	}
	return phoneNumberInfo(countries, f.PhoneNumberPrefix, c.options.values["fragment_prefixes"].str), nil
}
