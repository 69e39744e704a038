package testdc

import (
	"testing"

	"github.com/gotd/td/tg"
)

func (c *client) logins() []tg.Authorization {
	c.t.Helper()
	list, err := c.api().AccountGetAuthorizations(c.t.Context())
	if err != nil {
		c.t.Fatal(err)
	}
	return list.Authorizations
}

func TestAuthorizations(t *testing.T) {
	s := start(t, Options{})
	a, b := connect(t, s, 1), connect(t, s, 1)
	a.logIn(testPhone)
	b.logIn(testPhone)
	if _, err := a.api().UpdatesGetState(t.Context()); err != nil {
		t.Fatal(err)
	}
	list := b.logins()
	if len(list) != 2 || list[0].Current || list[0].Hash == 0 || !list[1].Current || list[1].Hash != 0 {
		t.Fatalf("logins %+v", list)
	}
	if l := list[0]; l.DeviceModel != "Test device" || l.Platform != "Linux" || l.APIID != 94575 || l.AppVersion != "1.0" || l.IP != "127.0.0.1" || l.DateCreated == 0 {
		t.Errorf("login %+v", l)
	}
	hash := list[0].Hash
	settings := &tg.AccountChangeAuthorizationSettingsRequest{Hash: hash}
	settings.SetCallRequestsDisabled(true)
	settings.SetEncryptedRequestsDisabled(true)
	if _, err := b.api().AccountChangeAuthorizationSettings(t.Context(), settings); err != nil {
		t.Error(err)
	}
	if l := b.logins()[0]; !l.CallRequestsDisabled || !l.EncryptedRequestsDisabled {
		t.Errorf("login %+v", l)
	}
	if _, err := b.api().AccountSetAuthorizationTTL(t.Context(), 7); err != nil {
		t.Error(err)
	}
	if all, err := b.api().AccountGetAuthorizations(t.Context()); err != nil || all.AuthorizationTTLDays != 7 {
		t.Errorf("%+v, error %v", all, err)
	}
	_, err := b.api().AccountSetAuthorizationTTL(t.Context(), 0)
	wantError(t, err, 400, "TTL_DAYS_INVALID")
	for _, h := range []int64{0, hash + 1} {
		_, err := b.api().AccountResetAuthorization(t.Context(), h)
		wantError(t, err, 400, "HASH_INVALID")
	}
	if _, err := b.api().AccountResetAuthorization(t.Context(), hash); err != nil {
		t.Fatal(err)
	}
	a.expect(tg.UpdatesTooLongTypeID) // it is made to call
	_, err = a.api().UpdatesGetState(t.Context())
	wantError(t, err, 401, "AUTH_KEY_UNREGISTERED")
	if n := len(b.logins()); n != 1 {
		t.Errorf("%d logins", n)
	}
	a.logIn(testPhone)
	if _, err := b.api().AuthResetAuthorizations(t.Context()); err != nil {
		t.Fatal(err)
	}
	_, err = a.api().UpdatesGetState(t.Context())
	wantError(t, err, 401, "SESSION_REVOKED")
}

func TestAnnounceLogins(t *testing.T) {
	s := start(t, Options{AnnounceLogins: true})
	a, b := connect(t, s, 1), connect(t, s, 1)
	a.logIn(testPhone)
	if _, err := a.api().UpdatesGetState(t.Context()); err != nil {
		t.Fatal(err)
	}
	b.logIn(testPhone)
	u := decode(a, a.expect(tg.UpdateShortTypeID), &tg.UpdateShort{}).Update.(*tg.UpdateNewAuthorization)
	list := a.logins()
	if !u.Unconfirmed || u.Device != "Test device" || u.Hash != list[1].Hash || !list[1].Unconfirmed {
		t.Errorf("update %+v, logins %+v", u, list)
	}
	if _, err := a.api().AccountChangeAuthorizationSettings(t.Context(), &tg.AccountChangeAuthorizationSettingsRequest{Hash: u.Hash, Confirmed: true}); err != nil {
		t.Error(err)
	}
	if a.logins()[1].Unconfirmed {
		t.Error("login still unconfirmed")
	}
}

func TestPlatform(t *testing.T) {
	for want, c := range map[string]clientInfo{
		"Android": {pack: "android", system: "SDK 33"}, "iOS": {system: "iOS 17"}, "macOS": {system: "macOS 14"},
		"Windows": {system: "Windows 10"}, "Ubuntu": {system: "Ubuntu 24.04"}, "Linux": {system: "Linux 6.1"}, "": {},
	} {
		if got := platform(c); got != want {
			t.Errorf("platform of %+v is %q, want %q", c, got, want)
		}
	}
}
