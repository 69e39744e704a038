package td

import (
	"bytes"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-json"

	"tdjson/internal/testdc"
)

// speaks makes a client of the version.
func (p *program) speaks(version string) *peer {
	p.t.Helper()
	c := p.client()
	c.must("ok", `{"@type":"setOption","name":"x_api_version","value":{"@type":"optionValueString","value":%q}}`, version)
	return c
}

// nested are the parameters as they were before 1.8.6.
func nested(dir string) string {
	flat := strings.TrimPrefix(parametersFor(dir), `{"@type":"setTdlibParameters",`)
	return `{"@type":"setTdlibParameters","parameters":{"@type":"tdlibParameters","enable_storage_optimizer":true,` + flat + `}`
}

// TestOlderLogin: a program for 1.8.5 logs in, with parameters in an object of their own and a key that comes after them.
func TestOlderLogin(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	for _, encrypted := range []bool{false, true} {
		c := p.speaks("1.8.5")
		c.state("authorizationStateWaitTdlibParameters")
		if o := c.must("optionValueString", `{"@type":"getOption","name":"version"}`); o.text("value") != "1.8.5" {
			t.Errorf("the version is %v", o)
		}
		c.fails(400, "Unexpected checkDatabaseEncryptionKey", `{"@type":"checkDatabaseEncryptionKey"}`)
		c.must("ok", "%s", nested(dir))
		if o := c.state("authorizationStateWaitEncryptionKey"); o.at("authorization_state", "is_encrypted") != encrypted {
			t.Errorf("waits with %v, want is_encrypted %v", o, encrypted)
		}
		c.must("authorizationStateWaitEncryptionKey", `{"@type":"getAuthorizationState"}`)
		if encrypted {
			c.fails(401, "Wrong database encryption key", `{"@type":"checkDatabaseEncryptionKey","encryption_key":"AAAA"}`)
			c.must("authorizationStateWaitEncryptionKey", `{"@type":"getAuthorizationState"}`)
		}
		c.must("ok", `{"@type":"checkDatabaseEncryptionKey","encryption_key":"c2VjcmV0"}`)
		if !encrypted {
			c.login("+15550001234") // up to authorizationStateReady
			if o := c.must("optionValueBoolean", `{"@type":"getOption","name":"use_storage_optimizer"}`); o.at("value") != true {
				t.Errorf("use_storage_optimizer is %v", o)
			}
		}
		if encrypted {
			c.state("authorizationStateReady")
		}
		if me := c.must("user", `{"@type":"getMe"}`); me.at("usernames") != nil || me.at("is_verified") != false {
			t.Errorf("getMe answers %v", me)
		}
		if o := c.ask("%s", nested(dir)); o.text("message") != "Unexpected setTdlibParameters" {
			t.Errorf("parameters that come twice are answered with %v", o)
		}
		c.close()
		want := []string{"WaitTdlibParameters", "WaitEncryptionKey", "WaitPhoneNumber", "WaitCode", "Ready", "Closing", "Closed"}
		if encrypted {
			want = []string{"WaitTdlibParameters", "WaitEncryptionKey", "Ready", "Closing", "Closed"}
		}
		if got := c.states(); !slices.Equal(got, want) {
			t.Errorf("states %q, want %q", got, want)
		}
	}
}

// TestOlderSessions: getActiveSessions answers in the form of each generation.
func TestOlderSessions(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	const place = " ip country region"
	for _, g := range []struct{ version, fields string }{
		{"1.8.64", "id is_current is_password_pending is_unconfirmed can_accept_secret_chats can_accept_calls type: api_id application_name application_version is_official_application device_model platform system_version log_in_date last_active_date ip_address location"},
		{"1.8.18", "id is_current is_password_pending is_unconfirmed can_accept_secret_chats can_accept_calls type: api_id application_name application_version is_official_application device_model platform system_version log_in_date last_active_date ip_address location"},
		{"1.8.17", "id is_current is_password_pending can_accept_secret_chats can_accept_calls type: api_id application_name application_version is_official_application device_model platform system_version log_in_date last_active_date" + place},
		{"1.8.3", "id is_current is_password_pending can_accept_secret_chats can_accept_calls api_id application_name application_version is_official_application device_model platform system_version log_in_date last_active_date" + place},
		{"1.7.0", "id is_current is_password_pending api_id application_name application_version is_official_application device_model platform system_version log_in_date last_active_date" + place},
		{"1.3.0", "id is_current api_id application_name application_version is_official_application device_model platform system_version log_in_date last_active_date" + place},
		{"2017", "id is_current app_id app_name app_version is_official_app device_model platform system_version date_created date_active" + place},
	} {
		for _, way := range []string{"later", "before", "variable"} {
			t.Run(g.version+" "+way, func(t *testing.T) {
				o := olderSessions(t, s, g.version, way)
				checkOlderSession(t, o, g.fields)
			})
		}
	}
}

// olderSessions asks for the sessions in the form of a version, which is said in one of three ways.
func olderSessions(t *testing.T, s *testdc.Server, version, way string) object {
	p := newProgram(t, s)
	dir := t.TempDir()
	p.login(dir, "+15550001234").close()
	if way == "variable" {
		p.r.speakEverywhere(version)
	}
	c := p.client()
	if way == "before" {
		c.must("ok", `{"@type":"setOption","name":"x_api_version","value":{"@type":"optionValueString","value":%q}}`, version)
	}
	c.must("ok", "%s", parametersFor(dir))
	if way == "later" {
		c.state("authorizationStateReady")
		c.must("ok", `{"@type":"setOption","name":"x_api_version","value":{"@type":"optionValueString","value":%q}}`, version)
	} else {
		c.wait("the login", func(o object) bool {
			return o.text("authorization_state", "@type") == "authorizationStateReady" || o.text("auth_state", "@type") == "authStateOk"
		})
	}
	o := c.must("sessions", `{"@type":"getActiveSessions"}`)
	value := "optionValueString"
	if version == "2017" {
		value = "optionString"
	}
	c.must("ok", `{"@type":"setOption","name":"x_api_version","value":{"@type":%q,"value":%q}}`, value, Version)
	c.must("ok", `{"@type":"logOut"}`)
	c.waitClosed()
	return o
}

// checkOlderSession looks at the only session, whose fields are named; those that end in a colon are objects.
func checkOlderSession(t *testing.T, o object, fields string) {
	t.Helper()
	list := o.objects("sessions")
	if len(list) != 1 {
		t.Fatalf("sessions: %v", o)
	}
	var want []string
	for f := range strings.FieldsSeq(fields) {
		name, isObject := strings.CutSuffix(f, ":")
		want = append(want, name)
		if isObject && !strings.HasPrefix(list[0].text(name, "@type"), "sessionType") {
			t.Errorf("%s is %v", name, list[0].at(name))
		}
	}
	var got []string
	for name := range list[0] {
		if name != "@type" {
			got = append(got, name)
		}
	}
	slices.Sort(got)
	slices.Sort(want)
	if !slices.Equal(got, want) {
		t.Errorf("fields %q, want %q", got, want)
	}
	id, _ := list[0].at("api_id").(float64)
	if appID, ok := list[0].at("app_id").(float64); ok {
		id = appID
	}
	_, hasRegion := list[0]["region"]
	if place := list[0].text("country") + list[0].text("location"); place == "" || hasRegion && list[0].text("region") == "" {
		t.Errorf("the place is %v", list[0])
	}
	if id != 94575 {
		t.Errorf("the application is %v", list[0])
	}
}

// TestFirstForm: a program that says "_" is told "_" as well as "@type", also where the environment says how it speaks.
func TestFirstForm(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	r := newQuietRegistry()
	path := writeConfig(t, s.Config())
	r.dial = NewRegistry().dial
	r.servers = func(test bool) (*servers, error) { return findServers(test, path) }
	r.speakEverywhere("2017")
	id := r.CreateJSONClient()
	defer r.DestroyJSONClient(id)
	var last object
	ask := func(want, request string) object {
		t.Helper()
		r.SendJSON(id, []byte(request))
		for deadline := time.Now().Add(2 * patience); time.Now().Before(deadline); {
			text := r.ReceiveJSON(id, nil, 50*time.Millisecond)
			if text == nil {
				continue
			}
			last = nil
			if err := json.Unmarshal(text, &last); err != nil {
				t.Fatalf("%s: %v", text, err)
			}
			if last["@extra"] == nil {
				continue
			}
			if last.text("_") != want || last.kind() != want || !bytes.HasSuffix(text, []byte(`,"@extra":[1.50,"\u00e9"]}`)) {
				t.Fatalf("%s is answered with %s, want %s", request, text, want)
			}
			return last
		}
		t.Fatalf("no answer to %s; the last was %v", request, last)
		return nil
	}
	with := func(request string) string { return request[:len(request)-1] + `,"@extra":[1.50,"é"]}` }
	ask("ok", with(strings.Replace(parametersFor(t.TempDir()), `"@type"`, `"_"`, 1)))
	ask("authStateWaitPhoneNumber", with(`{"_":"getAuthState"}`))
	ask("authStateWaitCode", with(`{"_":"setAuthPhoneNumber","phone_number":"+15550001234"}`))
	ask("authStateOk", with(`{"_":"checkAuthCode","code":"12345"}`))
	o := ask("sessions", with(`{"_":"getActiveSessions"}`))
	if list := o.objects("sessions"); len(list) != 1 || list[0].text("_") != "session" || list[0].number("app_id") != 94575 {
		t.Errorf("sessions: %v", o)
	}
	if v := ask("optionString", with(`{"_":"getOption","name":"version"}`)); v.text("value") != "2017" {
		t.Errorf("the version is %v", v)
	}
}

// TestVersionOption: the option is checked, and today's td_api comes back with it.
func TestVersionOption(t *testing.T) {
	t.Parallel()
	p := newProgram(t, nil)
	c := p.client()
	set := `{"@type":"setOption","name":"x_api_version","value":%s}`
	c.fails(400, `Option "x_api_version" must have string value`, set, `{"@type":"optionValueBoolean","value":true}`)
	c.fails(400, "version 1.9.0 of td_api is not known yet, the newest one is 1.8.65", set, `{"@type":"optionValueString","value":"1.9.0"}`)
	c.fails(400, `"new" is no version of td_api: use one such as 1.8.29`, set, `{"@type":"optionValueString","value":"new"}`)
	version := func() string {
		return c.must("optionValueString", `{"@type":"getOption","name":"version"}`).text("value")
	}
	told := func(version string) {
		t.Helper()
		c.wait("the version", func(o object) bool { return o.text("name") == "version" && o.text("value", "value") == version })
	}
	told(Version)
	c.must("ok", set, `{"@type":"optionValueString","value":"1.8.60"}`)
	told("1.8.60")
	if got := version(); got != "1.8.60" {
		t.Errorf("the version is %s", got)
	}
	dir := t.TempDir()
	c.must("ok", "%s", parametersFor(dir))
	added := c.must("proxy", `{"@type":"addProxy","server":"10.0.0.1","port":1080,"enable":false,"type":{"@type":"proxyTypeSocks5","username":"u"}}`)
	if added.text("server") != "10.0.0.1" || added.text("type", "username") != "u" || added.at("proxy") != nil {
		t.Errorf("addProxy answers %v", added)
	}
	list := c.must("proxies", `{"@type":"getProxies"}`).objects("proxies")
	if len(list) != 1 || list[0].number("id") != added.number("id") || list[0].number("port") != 1080 {
		t.Errorf("getProxies answers %v", list)
	}
	c.fails(400, "Unknown proxy identifier", `{"@type":"pingProxy","proxy_id":77}`)
	link := c.ask(`{"@type":"getProxyLink","proxy_id":%d}`, added.number("id"))
	if link.kind() == "error" && strings.Contains(link.text("message"), "has no form") {
		t.Errorf("getProxyLink answers %v", link)
	}
	c.must("ok", set, `{"@type":"optionValueEmpty"}`)
	told(Version)
	if got := version(); got != Version {
		t.Errorf("the version is %s", got)
	}
	if l := c.must("addedProxies", `{"@type":"getProxies"}`).objects("proxies"); len(l) != 1 || l[0].text("proxy", "server") != "10.0.0.1" {
		t.Errorf("getProxies answers %v", l)
	}
	c.close()
	c = p.start(dir) // the option does not outlive the client
	if got := version(); got != Version {
		t.Errorf("after a restart the version is %s", got)
	}
}

// TestExecuteOlder: what needs no client is answered in the version of the variable; a version that there is not changes nothing.
func TestExecuteOlder(t *testing.T) {
	t.Parallel()
	const entities = `{"@type":"textEntities","entities":[{"@type":"textEntity","offset":0,"length":6,"type":{"@type":"textEntityTypeMention"}}],"@extra":1}`
	for version, want := range map[string]string{
		"1.2.0": entities, "": entities, "9": entities,
		"2017": `{"@type":"error","code":500,"message":"textEntities has no form in version 2017 of td_api","@extra":1}`,
	} {
		r := newQuietRegistry()
		r.speakEverywhere(version)
		if got := r.Execute(nil, []byte(`{"@type":"getTextEntities","text":"@durov","@extra":1}`)); string(got) != want {
			t.Errorf("%s: %s, want %s", version, got, want)
		}
	}
}

// TestVersionVariable: a registry speaks the version that the environment names.
func TestVersionVariable(t *testing.T) {
	for value, want := range map[string]string{"1.8.29": "1.8.29", "": Version, Version: Version} {
		t.Setenv(apiVersionVariable, value)
		got := string(newQuietRegistry().Execute(nil, []byte(`{"@type":"getOption","name":"version"}`)))
		if got != `{"@type":"optionValueString","value":"`+want+`"}` {
			t.Errorf("%q: %s", value, got)
		}
	}
}
