package convert

import (
	"github.com/gotd/td/tg"

	"tdjson/types"
)

// CodeInfo makes TDLib's description of a code that was sent to a phone number.
func CodeInfo(phone string, s *tg.AuthSentCode) *types.AuthenticationCodeInfo {
	return &types.AuthenticationCodeInfo{PhoneNumber: phone, Type: codeType(s.Type), NextType: nextCodeType(s.NextType), Timeout: int32(s.Timeout)}
}

func codeType(t tg.AuthSentCodeTypeClass) types.AuthenticationCodeType {
	switch t := t.(type) {
	case *tg.AuthSentCodeTypeApp:
		return &types.AuthenticationCodeTypeTelegramMessage{Length: int32(t.Length)}
	case *tg.AuthSentCodeTypeSMS:
		return &types.AuthenticationCodeTypeSms{Length: int32(t.Length)}
	case *tg.AuthSentCodeTypeSMSWord:
		return &types.AuthenticationCodeTypeSmsWord{FirstLetter: t.Beginning}
	case *tg.AuthSentCodeTypeSMSPhrase:
		return &types.AuthenticationCodeTypeSmsPhrase{FirstWord: t.Beginning}
	case *tg.AuthSentCodeTypeCall:
		return &types.AuthenticationCodeTypeCall{Length: int32(t.Length)}
	case *tg.AuthSentCodeTypeFlashCall:
		return &types.AuthenticationCodeTypeFlashCall{Pattern: t.Pattern}
	case *tg.AuthSentCodeTypeMissedCall:
		return &types.AuthenticationCodeTypeMissedCall{PhoneNumberPrefix: t.Prefix, Length: int32(t.Length)}
	case *tg.AuthSentCodeTypeFragmentSMS:
		return &types.AuthenticationCodeTypeFragment{URL: t.URL, Length: int32(t.Length)}
	case *tg.AuthSentCodeTypeFirebaseSMS: // TDLib tells of Firebase on phones only
		return &types.AuthenticationCodeTypeSms{Length: int32(t.Length)}
	}
	return &types.AuthenticationCodeTypeSms{}
}

func nextCodeType(t tg.AuthCodeTypeClass) types.AuthenticationCodeType {
	switch t.(type) {
	case *tg.AuthCodeTypeSMS:
		return &types.AuthenticationCodeTypeSms{}
	case *tg.AuthCodeTypeCall:
		return &types.AuthenticationCodeTypeCall{}
	case *tg.AuthCodeTypeFlashCall:
		return &types.AuthenticationCodeTypeFlashCall{}
	case *tg.AuthCodeTypeMissedCall:
		return &types.AuthenticationCodeTypeMissedCall{}
	case *tg.AuthCodeTypeFragmentSMS:
		return &types.AuthenticationCodeTypeFragment{}
	}
	return nil
}

// CodeSettings makes the server's settings of TDLib's for a phone number.
func CodeSettings(s *types.PhoneNumberAuthenticationSettings) tg.CodeSettings {
	if s == nil {
		return tg.CodeSettings{}
	}
	settings := tg.CodeSettings{
		AllowFlashcall:  s.AllowFlashCall,
		CurrentNumber:   s.IsCurrentPhoneNumber,
		AllowAppHash:    s.AllowSmsRetrieverAPI,
		AllowMissedCall: s.AllowMissedCall,
		UnknownNumber:   s.HasUnknownPhoneNumber,
	}
	switch f := s.FirebaseAuthenticationSettings.(type) {
	case *types.FirebaseAuthenticationSettingsAndroid:
		settings.AllowFirebase = true
	case *types.FirebaseAuthenticationSettingsIos:
		settings.SetToken(f.DeviceToken)
		settings.SetAppSandbox(f.IsAppSandbox)
	}
	return settings
}

// TermsOfService makes TDLib's object of what a new user agrees to; nil if there is nothing.
func TermsOfService(t *tg.HelpTermsOfService) *types.TermsOfService {
	if t == nil || t.ID.Data == "" || t.Text == "" {
		return nil
	}
	return &types.TermsOfService{Text: FormattedText(t.Text, t.Entities), MinUserAge: int32(t.MinAgeConfirm), ShowPopup: t.Popup}
}
