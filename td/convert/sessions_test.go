package convert

import (
	"reflect"
	"testing"

	"github.com/gotd/td/tg"

	"tdjson/types"
)

func TestDeviceType(t *testing.T) {
	for _, test := range []struct {
		device, platform, system, application string
		want                                  types.SessionDeviceType
	}{
		{"XBOX One", "Windows", "", "Telegram Web", &types.SessionDeviceTypeXbox{}},
		{"My Xbox", "", "", "", &types.SessionDeviceTypeXbox{}},
		{"Brave Chrome", "Web", "Windows", "Telegram Web", &types.SessionDeviceTypeBrave{}},
		{"Vivaldi Chrome", "Web", "", "Telegram WebZ", &types.SessionDeviceTypeVivaldi{}},
		{"Opera 9", "Web", "", "Web", &types.SessionDeviceTypeOpera{}},
		{"Chrome OPR/9", "Web", "", "A Web B", &types.SessionDeviceTypeOpera{}},
		{"Edge Chrome", "Web", "", "Web K", &types.SessionDeviceTypeEdge{}},
		{"edgy", "Web", "", "Web1", &types.SessionDeviceTypeEdge{}},
		{"Chrome Safari", "Web", "", "Telegram WebA", &types.SessionDeviceTypeChrome{}},
		{"Firefox 9", "Web", "", "Telegram Web_", &types.SessionDeviceTypeFirefox{}},
		{"FxiOS Safari", "Web", "iOS 17", "Telegram Web", &types.SessionDeviceTypeFirefox{}},
		{"Safari", "Web", "macOS", "Telegram Web", &types.SessionDeviceTypeSafari{}},
		{"Chrome", "Web", "Windows 10", "Telegram Website", &types.SessionDeviceTypeWindows{}},
		{"Chrome", "Web", "Windows 10", "Telegram Webz Web", &types.SessionDeviceTypeWindows{}},
		{"Chrome", "Linux", "", "telegram web", &types.SessionDeviceTypeLinux{}},
		{"Chrome", "Linux", "", "WEB", &types.SessionDeviceTypeLinux{}},
		{"Lynx", "Linux", "", "Telegram Web", &types.SessionDeviceTypeLinux{}},
		{"Pixel", "Android 12", "", "", &types.SessionDeviceTypeAndroid{}},
		{"Pixel", "android", "iOS", "x", &types.SessionDeviceTypeAndroid{}},
		{"Pixel", "Other", "Some ANDROID", "", &types.SessionDeviceTypeAndroid{}},
		{"Pixel", "My Android", "", "", &types.SessionDeviceTypeUnknown{}},
		{"PC", "Windows", "", "", &types.SessionDeviceTypeWindows{}},
		{"PC", "WINDOWS 11", "", "", &types.SessionDeviceTypeWindows{}},
		{"PC", "", "Windows 10", "", &types.SessionDeviceTypeWindows{}},
		{"PC", "Android", "Windows 10", "", &types.SessionDeviceTypeAndroid{}},
		{"PC", "Windows", "Android", "", &types.SessionDeviceTypeAndroid{}},
		{"PC", "Ubuntu", "", "", &types.SessionDeviceTypeUbuntu{}},
		{"PC", "", "Ubuntu 24", "", &types.SessionDeviceTypeUbuntu{}},
		{"PC", "Linux", "Ubuntu 24", "", &types.SessionDeviceTypeUbuntu{}},
		{"PC", "Linux", "", "", &types.SessionDeviceTypeLinux{}},
		{"PC", "", "Linux 6", "", &types.SessionDeviceTypeLinux{}},
		{"PC", "Linuxoid", "", "", &types.SessionDeviceTypeLinux{}},
		{"PC", "GNU/Linux", "", "", &types.SessionDeviceTypeUnknown{}},
		{"iPhone 15", "iOS", "", "", &types.SessionDeviceTypeIphone{}},
		{"IPHONE", "", "iOS 17", "", &types.SessionDeviceTypeIphone{}},
		{"iPad mini", "iOS", "", "", &types.SessionDeviceTypeIpad{}},
		{"iPod", "iOS", "", "", &types.SessionDeviceTypeApple{}},
		{"iPhone", "macOS", "", "", &types.SessionDeviceTypeApple{}},
		{"MacBook Pro", "macOS", "", "", &types.SessionDeviceTypeMac{}},
		{"iMac", "", "macOS 14", "", &types.SessionDeviceTypeMac{}},
		{"Mini", "macOS", "", "", &types.SessionDeviceTypeApple{}},
		{"MacBook", "Mac OS X", "", "", &types.SessionDeviceTypeUnknown{}},
		{"MacBook", "iOS", "", "", &types.SessionDeviceTypeApple{}},
		{"iPad", "macOS", "iOS", "", &types.SessionDeviceTypeIpad{}},
		{"iPhone", "", "", "", &types.SessionDeviceTypeUnknown{}},
		{"iPhone", "Darwin", "", "", &types.SessionDeviceTypeUnknown{}},
		{"Switch", "NintendOS", "", "", &types.SessionDeviceTypeUnknown{}},
		{"PC", "", "audios", "", &types.SessionDeviceTypeApple{}},
		{"", "", "", "", &types.SessionDeviceTypeUnknown{}},
		{"ÄXBÖX", "", "", "", &types.SessionDeviceTypeUnknown{}},
		{"KİOS", "", "", "", &types.SessionDeviceTypeUnknown{}},
		{"Chrome", "Web", "", "TélégramWebé", &types.SessionDeviceTypeChrome{}},
	} {
		if got := DeviceType(test.device, test.platform, test.system, test.application); got.TypeID() != test.want.TypeID() {
			t.Errorf("device %q, platform %q, system %q, application %q: %T, want %T", test.device, test.platform, test.system, test.application, got, test.want)
		}
	}
}

func TestSession(t *testing.T) {
	a := &tg.Authorization{
		Current: true, OfficialApp: true, PasswordPending: true, EncryptedRequestsDisabled: true, CallRequestsDisabled: true, Unconfirmed: true,
		Hash: -7, DeviceModel: "Pixel", Platform: "Android", SystemVersion: "12", APIID: 6, AppName: "Telegram", AppVersion: "9.1",
		DateCreated: 1700000000, DateActive: 1700000001, IP: "10.0.0.1", Country: "Land", Region: "Town",
	}
	want := &types.Session{
		ID: -7, IsCurrent: true, IsPasswordPending: true, IsUnconfirmed: true, DeviceType: &types.SessionDeviceTypeAndroid{}, APIID: 6,
		ApplicationName: "Telegram", ApplicationVersion: "9.1", IsOfficialApplication: true, DeviceModel: "Pixel", Platform: "Android",
		SystemVersion: "12", LogInDate: 1700000000, LastActiveDate: 1700000001, IPAddress: "10.0.0.1", Location: "Land",
	}
	if got := Session(a); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	free := &types.Session{CanAcceptSecretChats: true, CanAcceptCalls: true, DeviceType: &types.SessionDeviceTypeUnknown{}}
	if got := Session(&tg.Authorization{}); !reflect.DeepEqual(got, free) {
		t.Errorf("got %+v\nwant %+v", got, free)
	}
}

func TestSessionsOrder(t *testing.T) {
	list := Sessions(&tg.AccountAuthorizations{AuthorizationTTLDays: 7, Authorizations: []tg.Authorization{
		{Hash: 1, DateActive: 10}, {Hash: 2, DateActive: 30}, {Hash: 3, DateActive: 10}, {Hash: 4, DateActive: 1, Unconfirmed: true},
		{Hash: 5, DateActive: 2, Unconfirmed: true}, {Hash: 6, PasswordPending: true}, {Hash: 7, PasswordPending: true, Unconfirmed: true},
		{Current: true}, {Hash: 8, DateActive: 20},
	}})
	var got []int64
	for _, s := range list.Sessions {
		got = append(got, s.ID)
	}
	if want := []int64{0, 7, 6, 5, 4, 2, 8, 1, 3}; !reflect.DeepEqual(got, want) {
		t.Errorf("order %v, want %v", got, want)
	}
}

func TestSessionsTTL(t *testing.T) {
	for days, want := range map[int]int32{-5: 180, 0: 180, 1: 1, 183: 183, 366: 366, 367: 180} {
		if got := Sessions(&tg.AccountAuthorizations{AuthorizationTTLDays: days}); got.InactiveSessionTTLDays != want || got.Sessions == nil {
			t.Errorf("%d days: %+v, want %d", days, got, want)
		}
	}
}

func TestConnectedWebsites(t *testing.T) {
	got := ConnectedWebsites(&tg.AccountWebAuthorizations{Authorizations: []tg.WebAuthorization{
		{Hash: -9, BotID: 778, Domain: "example.org", Browser: "Safari", Platform: "macOS", DateCreated: 1, DateActive: 2, IP: "10.0.0.1", Region: "Town"},
		{Hash: 3, BotID: -1}, {BotID: 1 << 40},
	}})
	want := &types.ConnectedWebsites{Websites: []*types.ConnectedWebsite{
		{ID: -9, DomainName: "example.org", BotUserID: 778, Browser: "Safari", Platform: "macOS", LogInDate: 1, LastActiveDate: 2, IPAddress: "10.0.0.1", Location: "Town"},
		{ID: 3}, {},
	}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got.Websites, want.Websites)
	}
}

func TestUnknownUser(t *testing.T) {
	want := &types.User{ID: 10, Status: &types.UserStatusEmpty{}, AccentColorID: 3, ProfileAccentColorID: -1, HaveAccess: true, Type: &types.UserTypeUnknown{}}
	if got := UnknownUser(10, true); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
}
