package testdc

import (
	"testing"

	"github.com/gotd/td/tg"
)

// command lets a client give a command, as the text of an object.
func (c *client) command(name, text string) {
	c.t.Helper()
	if _, err := c.api().HelpSaveAppLog(c.t.Context(), []tg.InputAppEvent{{Type: "testdc." + name, Data: &tg.JSONString{Value: text}}}); err != nil {
		c.t.Fatalf("%s: %v", name, err)
	}
}

// listens logs a client in and makes it one that updates are sent to.
func listens(t *testing.T, s *Server) *client {
	t.Helper()
	c := connect(t, s, 1)
	c.logIn(testPhone)
	if _, err := c.api().UpdatesGetState(t.Context()); err != nil {
		t.Fatal(err)
	}
	return c
}

func (c *client) newAuthorization() *tg.UpdateNewAuthorization {
	c.t.Helper()
	u := decode(c, c.expect(tg.UpdateShortTypeID), &tg.UpdateShort{}).Update
	n, ok := u.(*tg.UpdateNewAuthorization)
	if !ok {
		c.t.Fatalf("update %T", u)
	}
	return n
}

func TestPhantoms(t *testing.T) {
	s := start(t, Options{})
	a := listens(t, s)
	a.command("addLogin", `{"phone":"`+testPhone+`","login":{"hash":"77","device":"Chrome 120","platform":"Web","system":"Linux","app":"Telegram Web",
		"app_version":"2.0","api_id":2496,"official":true,"ip":"10.1.2.3","country":"Nowhere","region":"Here","created":1700000000,"active":-60,
		"no_calls":true,"unconfirmed":true}}`)
	if u := a.newAuthorization(); !u.Unconfirmed || u.Hash != 77 || u.Device != "Chrome 120" || u.Location != "Nowhere" || u.Date != 1700000000 {
		t.Errorf("update %+v", u)
	}
	l := a.logins()[1]
	want := tg.Authorization{
		Hash: 77, OfficialApp: true, CallRequestsDisabled: true, Unconfirmed: true, DeviceModel: "Chrome 120", Platform: "Web",
		SystemVersion: "Linux", APIID: 2496, AppName: "Telegram Web", AppVersion: "2.0", DateCreated: 1700000000, DateActive: l.DateActive,
		IP: "10.1.2.3", Country: "Nowhere", Region: "Here", Flags: l.Flags,
	}
	if l != want || l.DateActive > s.unix()-60 {
		t.Errorf("login %+v", l)
	}
	for _, p := range []string{testPhone, "1999"} {
		if s.AddLogin(p, Phantom{Hash: 77}) {
			t.Errorf("a login with a hash that there is, or for nobody (%s), was made", p)
		}
	}
	a.command("announceLogin", `{"phone":"`+testPhone+`","hash":"77"}`)
	if u := a.newAuthorization(); !u.Unconfirmed || u.Hash != 77 {
		t.Errorf("update %+v", u)
	}
	a.command("confirmLogin", `{"phone":"`+testPhone+`","hash":"77"}`)
	if u := a.newAuthorization(); u.Unconfirmed || u.Hash != 77 {
		t.Errorf("update %+v", u)
	}
	if s.ConfirmLogin(testPhone, 78) || s.AnnounceLogin("1999", 77) {
		t.Error("a login that there is not was told of")
	}
	if !s.AddLogin(testPhone, Phantom{PasswordPending: true}) {
		t.Error("no login")
	}
	list := a.logins()
	if len(list) != 3 || list[1].Unconfirmed || !list[2].PasswordPending || list[2].Hash == 0 {
		t.Fatalf("logins %+v", list)
	}
	if _, err := a.api().AccountResetAuthorization(t.Context(), 77); err != nil {
		t.Error(err)
	}
	if _, err := a.api().AuthResetAuthorizations(t.Context()); err != nil {
		t.Error(err)
	}
	if n := len(a.logins()); n != 1 {
		t.Errorf("%d logins", n)
	}
	a.command("ttlDays", `{"phone":"`+testPhone+`","days":999}`)
	if list, err := a.api().AccountGetAuthorizations(t.Context()); err != nil || list.AuthorizationTTLDays != 999 {
		t.Errorf("%+v, error %v", list, err)
	}
	if s.SetTTLDays("1999", 1) {
		t.Error("the days of nobody were set")
	}
}

func TestPhantomLoginToken(t *testing.T) {
	s := start(t, Options{})
	a := listens(t, s)
	s.ShowLoginToken("old token", Phantom{}, 0)
	a.command("showLoginToken", `{"text":"token","seconds":60,"login":{"hash":"5","device":"TV"}}`)
	for text, token := range map[string]string{"AUTH_TOKEN_EXPIRED": "old token", "AUTH_TOKEN_INVALID": "none"} {
		_, err := a.api().AuthAcceptLoginToken(t.Context(), []byte(token))
		wantError(t, err, 400, text)
	}
	if l, err := a.api().AuthAcceptLoginToken(t.Context(), []byte("token")); err != nil || l.Hash != 5 || l.DeviceModel != "TV" || l.Current {
		t.Errorf("login %+v, error %v", l, err)
	}
	_, err := a.api().AuthAcceptLoginToken(t.Context(), []byte("token"))
	wantError(t, err, 400, "AUTH_TOKEN_ALREADY_ACCEPTED")
	if list := a.logins(); len(list) != 2 || list[1].Hash != 5 {
		t.Errorf("logins %+v", list)
	}
	_, err = a.api().AuthImportLoginToken(t.Context(), []byte("token"))
	wantError(t, err, 400, "AUTH_TOKEN_INVALID")
}

func TestConnectBot(t *testing.T) {
	s := start(t, Options{})
	a := listens(t, s)
	a.command("connectBot", `{"phone":"`+testPhone+`","bot":{"id":777,"device":"Phone","location":"There","date":1700000000}}`)
	all := decode(a, a.expect(tg.UpdatesTypeID), &tg.Updates{})
	u, ok := all.Updates[0].(*tg.UpdateNewBotConnection)
	if !ok || u.BotID != 777 || u.Confirmed || u.Device != "Phone" || u.Location != "There" || u.Date != 1700000000 || all.Users[0].GetID() != 777 {
		t.Errorf("updates %+v", all)
	}
	a.command("connectBot", `{"phone":"`+testPhone+`","bot":{"id":777,"confirmed":true,"unknown":true}}`)
	all = decode(a, a.expect(tg.UpdatesTypeID), &tg.Updates{})
	if u, ok := all.Updates[0].(*tg.UpdateNewBotConnection); !ok || !u.Confirmed || len(all.Users) != 0 {
		t.Errorf("updates %+v", all)
	}
	if s.ConnectBot("1999", BotConnection{ID: 1}) {
		t.Error("nobody was connected")
	}
}

func TestWebsites(t *testing.T) {
	s := start(t, Options{})
	a := listens(t, s)
	api := a.api()
	if list, err := api.AccountGetWebAuthorizations(t.Context()); err != nil || len(list.Authorizations) != 0 {
		t.Errorf("%+v, error %v", list, err)
	}
	a.command("addWebsite", `{"phone":"`+testPhone+`","website":{"hash":"9","domain":"example.org","bot":778,"browser":"Safari","platform":"macOS",
		"ip":"10.0.0.1","region":"Somewhere","created":1700000000,"active":1700000001}}`)
	if !s.AddWebsite(testPhone, Website{Domain: "example.com", Bot: 778}) || s.AddWebsite("1999", Website{}) {
		t.Error("an account got a website, or got none, against expectation")
	}
	list, err := api.AccountGetWebAuthorizations(t.Context())
	if err != nil || len(list.Authorizations) != 2 || len(list.Users) != 1 || list.Users[0].GetID() != 778 {
		t.Fatalf("%+v, error %v", list, err)
	}
	want := tg.WebAuthorization{
		Hash: 9, BotID: 778, Domain: "example.org", Browser: "Safari", Platform: "macOS", DateCreated: 1700000000, DateActive: 1700000001,
		IP: "10.0.0.1", Region: "Somewhere",
	}
	if list.Authorizations[0] != want {
		t.Errorf("%+v", list.Authorizations[0])
	}
	_, err = api.AccountResetWebAuthorization(t.Context(), 1)
	wantError(t, err, 400, "HASH_INVALID")
	if _, err := api.AccountResetWebAuthorization(t.Context(), 9); err != nil {
		t.Error(err)
	}
	if list, err := api.AccountGetWebAuthorizations(t.Context()); err != nil || len(list.Authorizations) != 1 {
		t.Errorf("%+v, error %v", list, err)
	}
	if _, err := api.AccountResetWebAuthorizations(t.Context()); err != nil {
		t.Error(err)
	}
	if list, err := api.AccountGetWebAuthorizations(t.Context()); err != nil || len(list.Authorizations) != 0 {
		t.Errorf("%+v, error %v", list, err)
	}
}

func TestAppConfig(t *testing.T) {
	s := start(t, Options{})
	c := connect(t, s, 1)
	c.command("appConfig", `{"text":"{\"a\":1,\"b\":[true,\"x\",null],\"c\":{\"d\":1.5}}"}`)
	got, err := c.api().HelpGetAppConfig(t.Context(), 0)
	if err != nil {
		t.Fatal(err)
	}
	plain := plainJSON(got.(*tg.HelpAppConfig).Config).(map[string]any)
	if list, ok := plain["b"].([]any); plain["a"] != 1.0 || !ok || len(list) != 3 || list[0] != true || list[1] != "x" || list[2] != nil || plain["c"].(map[string]any)["d"] != 1.5 {
		t.Errorf("%v", plain)
	}
	if err := s.SetAppConfig("[]"); err == nil {
		t.Error("a list was taken")
	}
	if err := s.Do(Command{Do: "appConfig", Text: "x"}); err == nil {
		t.Error("what is no JSON was taken")
	}
	if err := s.SetAppConfig(`{"z":0}`); err != nil {
		t.Error(err)
	}
}
