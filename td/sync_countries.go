package td

import (
	"context"

	"tdjson/td/text"
	"tdjson/types"
)

// getCountryFlagEmoji tells the emoji of a country's flag.
func (s *syncs) getCountryFlagEmoji(_ context.Context, f *types.GetCountryFlagEmoji) (*types.Text, error) {
	return &types.Text{Text: text.CountryFlag(f.CountryCode)}, nil
}

// getPhoneNumberInfoSync tells whose a telephone number is: in English, but for languages of which a client has the list.
func (s *syncs) getPhoneNumberInfoSync(_ context.Context, f *types.GetPhoneNumberInfoSync) (*types.PhoneNumberInfo, error) {
	list := s.countries.get(f.LanguageCode)
	if list == nil {
		list = s.countries.get("en")
	}
	return phoneNumberInfo(list.countries, f.PhoneNumberPrefix, ""), nil
}

// phoneNumberInfo tells whose a telephone number is. Anonymous numbers have one of the prefixes given, or the usual one.
func phoneNumberInfo(countries []text.Country, number, anonymous string) *types.PhoneNumberInfo {
	n := text.FindPhoneNumber(countries, number)
	return &types.PhoneNumberInfo{
		Country: countryInfo(n.Country), CountryCallingCode: n.CallingCode, FormattedPhoneNumber: n.Formatted,
		IsAnonymous: text.IsAnonymousNumber(number, anonymous),
	}
}

// countryInfo makes TDLib's object of a country, or nil of none.
func countryInfo(c *text.Country) *types.CountryInfo {
	if c == nil {
		return nil
	}
	name := c.LocalName
	if name == "" {
		name = c.Name
	}
	codes := make([]string, len(c.CallingCodes))
	for i := range c.CallingCodes {
		codes[i] = c.CallingCodes[i].Code
	}
	return &types.CountryInfo{CountryCode: c.Code, Name: name, EnglishName: c.Name, IsHidden: c.Hidden, CallingCodes: codes}
}
