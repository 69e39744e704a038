// Package convert makes td_api objects of what the server sends, and back. It is pure: no client, no clock, no I/O.
package convert

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gotd/td/tg"

	"tdjson/types"
)

// Sessions makes TDLib's list of the sessions of an account: the current one first, then those that wait for a password,
// then the unconfirmed ones, each by the time of their last activity.
func Sessions(a *tg.AccountAuthorizations) *types.Sessions {
	list := make([]*types.Session, len(a.Authorizations))
	for i := range a.Authorizations {
		list[i] = Session(&a.Authorizations[i])
	}
	slices.SortStableFunc(list, func(x, y *types.Session) int {
		return cmp.Or(
			trueFirst(x.IsCurrent, y.IsCurrent),
			trueFirst(x.IsPasswordPending, y.IsPasswordPending),
			trueFirst(x.IsUnconfirmed, y.IsUnconfirmed),
			cmp.Compare(y.LastActiveDate, x.LastActiveDate),
		)
	})
	days := a.AuthorizationTTLDays
	if days <= 0 || days > 366 {
		days = 180
	}
	return &types.Sessions{Sessions: list, InactiveSessionTTLDays: int32(days)}
}

func trueFirst(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return -1
	}
	return 1
}

// Session makes TDLib's session of an authorization. Its place is the country; the region is not told.
func Session(a *tg.Authorization) *types.Session {
	return &types.Session{
		ID:                    a.Hash,
		IsCurrent:             a.Current,
		IsPasswordPending:     a.PasswordPending,
		IsUnconfirmed:         a.Unconfirmed,
		CanAcceptSecretChats:  !a.EncryptedRequestsDisabled,
		CanAcceptCalls:        !a.CallRequestsDisabled,
		DeviceType:            DeviceType(a.DeviceModel, a.Platform, a.SystemVersion, a.AppName),
		APIID:                 int32(a.APIID),
		ApplicationName:       a.AppName,
		ApplicationVersion:    a.AppVersion,
		IsOfficialApplication: a.OfficialApp,
		DeviceModel:           a.DeviceModel,
		Platform:              a.Platform,
		SystemVersion:         a.SystemVersion,
		LogInDate:             int32(a.DateCreated),
		LastActiveDate:        int32(a.DateActive),
		IPAddress:             a.IP,
		Location:              a.Country,
	}
}

// browsers are the words by which a web session's device tells its browser, in the order in which they are looked for.
var browsers = []struct {
	word   string
	device types.SessionDeviceType
}{
	{"brave", &types.SessionDeviceTypeBrave{}},
	{"vivaldi", &types.SessionDeviceTypeVivaldi{}},
	{"opera", &types.SessionDeviceTypeOpera{}},
	{"opr", &types.SessionDeviceTypeOpera{}},
	{"edg", &types.SessionDeviceTypeEdge{}},
	{"chrome", &types.SessionDeviceTypeChrome{}},
	{"firefox", &types.SessionDeviceTypeFirefox{}},
	{"fxios", &types.SessionDeviceTypeFirefox{}},
	{"safari", &types.SessionDeviceTypeSafari{}},
}

var systems = []struct {
	word   string
	device types.SessionDeviceType
}{
	{"android", &types.SessionDeviceTypeAndroid{}},
	{"windows", &types.SessionDeviceTypeWindows{}},
	{"ubuntu", &types.SessionDeviceTypeUbuntu{}},
	{"linux", &types.SessionDeviceTypeLinux{}},
}

// DeviceType guesses the kind of device as TDLib does: by what the platform begins with and the other fields contain. Only
// the application's name is looked at as it is written.
func DeviceType(device, platform, system, application string) types.SessionDeviceType {
	device, platform, system = lower(device), lower(platform), lower(system)
	if strings.Contains(device, "xbox") {
		return &types.SessionDeviceTypeXbox{}
	}
	if isWeb(application) {
		for _, b := range browsers {
			if strings.Contains(device, b.word) {
				return b.device
			}
		}
	}
	runs := func(word string) bool {
		return strings.HasPrefix(platform, word) || strings.Contains(system, word)
	}
	for _, s := range systems {
		if runs(s.word) {
			return s.device
		}
	}
	isIOS, isMac := runs("ios"), runs("macos")
	switch {
	case isIOS && strings.Contains(device, "iphone"):
		return &types.SessionDeviceTypeIphone{}
	case isIOS && strings.Contains(device, "ipad"):
		return &types.SessionDeviceTypeIpad{}
	case isMac && strings.Contains(device, "mac"):
		return &types.SessionDeviceTypeMac{}
	case isIOS || isMac:
		return &types.SessionDeviceTypeApple{}
	}
	return &types.SessionDeviceTypeUnknown{}
}

// isWeb says whether the first "Web" in the name is the end of a word.
func isWeb(name string) bool {
	_, rest, found := strings.Cut(name, "Web")
	return found && (rest == "" || rest[0] < 'a' || rest[0] > 'z')
}

// lower folds ASCII letters only, as TDLib does.
func lower(s string) string {
	return strings.Map(func(r rune) rune {
		if 'A' <= r && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

// maxUserID is the greatest identifier of a user.
const maxUserID = 1<<40 - 1

// ConnectedWebsites makes TDLib's list of the websites where the user is logged in. The place of each is the region; a bot that
// can't be one is 0.
func ConnectedWebsites(a *tg.AccountWebAuthorizations) *types.ConnectedWebsites {
	list := make([]*types.ConnectedWebsite, len(a.Authorizations))
	for i := range a.Authorizations {
		w := &a.Authorizations[i]
		list[i] = &types.ConnectedWebsite{
			ID:             w.Hash,
			DomainName:     w.Domain,
			BotUserID:      validUser(w.BotID),
			Browser:        w.Browser,
			Platform:       w.Platform,
			LogInDate:      int32(w.DateCreated),
			LastActiveDate: int32(w.DateActive),
			IPAddress:      w.IP,
			Location:       w.Region,
		}
	}
	return &types.ConnectedWebsites{Websites: list}
}

func validUser(id int64) int64 {
	if id < 0 || id > maxUserID {
		return 0
	}
	return id
}
