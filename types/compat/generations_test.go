package compat

import (
	"strings"
	"testing"
)

const todaysSession = `{"@type":"session","id":"7","is_current":true,"is_password_pending":true,"is_unconfirmed":true,` +
	`"can_accept_secret_chats":true,"can_accept_calls":true,"device_type":{"@type":"sessionDeviceTypeUbuntu"},"api_id":94575,` +
	`"application_name":"a","application_version":"b","is_official_application":true,"device_model":"c","platform":"d","system_version":"e",` +
	`"log_in_date":1,"last_active_date":2,"ip_address":"10.0.0.1","location":"Germany"}`

// TestSessions: a session in each generation, to the byte.
func TestSessions(t *testing.T) {
	t.Parallel()
	const (
		confirmed = `"is_password_pending":true,"is_unconfirmed":true,`
		accepts   = `"can_accept_secret_chats":true,"can_accept_calls":true,`
		kind      = `"type":{"@type":"sessionTypeUbuntu"},`
		app       = `"api_id":94575,"application_name":"a","application_version":"b","is_official_application":true,"device_model":"c","platform":"d","system_version":"e","log_in_date":1,"last_active_date":2,`
		begin     = `{"@type":"session","id":"7","is_current":true,`
		where     = `"ip":"10.0.0.1","country":"Germany","region":"region"}`
		address   = `"ip_address":"10.0.0.1","location":"Germany"}`
	)
	generations := []struct{ first, last, want string }{
		{"1.8.18", "1.8.64", begin + confirmed + accepts + kind + app + address},
		{"1.8.4", "1.8.17", begin + `"is_password_pending":true,` + accepts + kind + app + where},
		{"1.7.10", "1.8.3", begin + `"is_password_pending":true,` + accepts + app + where},
		{"1.3.6", "1.7.9", begin + `"is_password_pending":true,` + app + where},
		{"1.0.0", "1.3.5", begin + app + where},
		{"2017", "2017", `{"@type":"session","id":"7","is_current":true,"app_id":94575,"app_name":"a","app_version":"b","is_official_app":true,` +
			`"device_model":"c","platform":"d","system_version":"e","date_created":1,"date_active":2,"ip":"10.0.0.1","country":"DE","region":"region"}`},
	}
	seen := 0
	for _, g := range generations {
		from, _ := place(g.first)
		to, _ := place(g.last)
		for at := from; at <= to; at++ {
			seen++
			version := versionName(at)
			c := talk(t, version)
			got := string(c.Request([]byte(`{"@type":"getActiveSessions"}`)).Answer([]byte(`{"@type":"sessions","sessions":[` + todaysSession + `],"inactive_session_ttl_days":180}`)))
			ttl := `],"inactive_session_ttl_days":180}`
			if !strings.Contains(got, "ttl") {
				ttl = `]}`
			}
			if want := `{"@type":"sessions","sessions":[` + g.want + ttl; got != want {
				t.Errorf("%s:\n%s, want\n%s", version, got, want)
			}
		}
	}
	if seen != today() {
		t.Errorf("%d versions are looked at, there are %d", seen, today())
	}
}

// TestTypeKey: the first form's name of @type is understood and, once a program has used it, told as well.
func TestTypeKey(t *testing.T) {
	t.Parallel()
	c := talk(t, "2017")
	ok := []byte(`{"@type":"ok"}`)
	if got := c.Request([]byte(`{"@type":"terminateSession","session_id":"7"}`)).Answer(ok); string(got) != `{"@type":"ok"}` {
		t.Errorf("before: %s", got)
	}
	call := c.Request([]byte(`{"session_id":7,"_":"terminateSession","@extra":[1.0,{"_":"é"}]}`))
	if want := `{"@type":"terminateSession","session_id":7,"@extra":[1.0,{"_":"\u00e9"}]}`; string(call.Text) != want {
		t.Errorf("the request became %s", call.Text)
	}
	if got := call.Answer(ok); string(got) != `{"@type":"ok","_":"ok"}` {
		t.Errorf("after: %s", got)
	}
	if got := talk(t, "1.0.0").Request([]byte(`{"_":"getMe"}`)); string(got.Text) != `{"_":"getMe"}` {
		t.Errorf("1.0.0 understands it too: %s", got.Text)
	}
}

// client answers scripts.
type client struct {
	asked   []string
	answers map[string]string // by the beginning of the request
	told    []string
}

func (c *client) ask(request []byte) []byte {
	c.asked = append(c.asked, string(request))
	for begin, answer := range c.answers {
		if strings.HasPrefix(string(request), begin) {
			return []byte(answer)
		}
	}
	return []byte(`{"@type":"ok"}`)
}

func (c *client) run(k *Call) string {
	return string(k.Run(c.ask, func(update []byte) { c.told = append(c.told, string(k.Conversation().Update(update))) }))
}

// TestKeyAfterParameters: the parameters wait for the key, also when it is wrong at first.
func TestKeyAfterParameters(t *testing.T) {
	t.Parallel()
	c := talk(t, "1.8.5")
	waiting := `{"@type":"authorizationStateWaitTdlibParameters"}`
	host := &client{answers: map[string]string{`{"@type":"getAuthorizationState"`: waiting}}
	state := func() string {
		return string(c.Request([]byte(`{"@type":"getAuthorizationState"}`)).Answer([]byte(waiting)))
	}
	if got := state(); got != waiting {
		t.Errorf("at first the state is %s", got)
	}
	if got := host.run(c.Request([]byte(`{"@type":"checkDatabaseEncryptionKey"}`))); !strings.Contains(got, "Unexpected") {
		t.Errorf("a key without parameters: %s", got)
	}
	request := c.Request([]byte(`{"@type":"setTdlibParameters","parameters":{"database_directory":"d","api_id":1,"enable_storage_optimizer":false}}`))
	if !request.Scripted() {
		t.Fatal("the parameters go on at once")
	}
	if got := host.run(request); got != `{"@type":"ok"}` {
		t.Errorf("the parameters are answered with %s", got)
	}
	const wait = `{"@type":"authorizationStateWaitEncryptionKey","is_encrypted":true}`
	if want := `{"@type":"updateAuthorizationState","authorization_state":` + wait + `}`; len(host.told) != 1 || host.told[0] != want {
		t.Errorf("told: %s", host.told)
	}
	if got := state(); got != wait {
		t.Errorf("then the state is %s", got)
	}
	host.answers[`{"@type":"setTdlibParameters"`] = `{"@type":"error","code":401,"message":"Wrong database encryption key"}`
	key := func() string {
		return host.run(c.Request([]byte(`{"@type":"checkDatabaseEncryptionKey","encryption_key":"AAAA"}`)))
	}
	if got := key(); got != `{"@type":"error","code":401,"message":"Wrong database encryption key"}` || state() != wait {
		t.Errorf("a wrong key: %s, %s", got, state())
	}
	delete(host.answers, `{"@type":"setTdlibParameters"`)
	host.asked = nil
	if got := key(); got != `{"@type":"ok"}` || state() != waiting {
		t.Errorf("the right key: %s, %s", got, state())
	}
	want := []string{
		`{"@type":"setTdlibParameters","database_directory":"d","api_id":1,"enable_storage_optimizer":false,"database_encryption_key":"AAAA"}`,
		`{"@type":"setOption","name":"use_storage_optimizer","value":{"@type":"optionValueBoolean","value":false}}`,
	}
	if strings.Join(host.asked, "\n") != strings.Join(want, "\n") {
		t.Errorf("asked:\n%s", strings.Join(host.asked, "\n"))
	}
	if got := c.Request([]byte(`{"@type":"setTdlibParameters","api_id":1}`)); got.Scripted() {
		t.Error("parameters in today's form are not taken")
	}
}

// TestScripts: functions that are several functions today.
func TestScripts(t *testing.T) {
	t.Parallel()
	const proxies = `{"@type":"addedProxies","proxies":[{"@type":"addedProxy","id":3,"proxy":{"@type":"proxy","server":"s","port":1,"type":{"@type":"proxyTypeMtproto","secret":"x"}},"is_enabled":true}]}`
	for _, c := range []struct {
		version, request string
		answers          map[string]string
		want             string
		asked            []string
	}{
		{"1.8.60", `{"@type":"pingProxy","proxy_id":3}`, map[string]string{`{"@type":"getProxies"`: proxies, `{"@type":"pingProxy"`: `{"@type":"seconds","seconds":0.5}`},
			`{"@type":"seconds","seconds":0.500000}`,
			[]string{`{"@type":"getProxies"}`, `{"@type":"pingProxy","proxy":{"@type":"proxy","server":"s","port":1,"type":{"@type":"proxyTypeMtproto","secret":"x"}}}`}},
		{"1.7.1", `{"@type":"getProxyLink","proxy_id":3}`, map[string]string{`{"@type":"getProxies"`: proxies, `{"@type":"getInternalLink"`: `{"@type":"httpUrl","url":"u"}`},
			`{"@type":"text","text":"u"}`, nil},
		{"1.2.1", `{"@type":"getProxy"}`, map[string]string{`{"@type":"getProxies"`: proxies}, `{"@type":"proxyMtproto","server":"s","port":1,"secret":"x"}`, nil},
		{"1.8.64", `{"@type":"joinChatByInviteLink","invite_link":"l"}`,
			map[string]string{`{"@type":"joinChat`: `{"@type":"chatJoinResultRequestSent"}`}, `{"@type":"error","code":400,"message":"INVITE_REQUEST_SENT"}`, nil},
		{"1.1.0", `{"@type":"joinChatByInviteLink","invite_link":"l"}`, map[string]string{`{"@type":"joinChat`: `{"@type":"chatJoinResultSuccess","chat_id":5}`, `{"@type":"getChat"`: `{"@type":"chat","id":5}`},
			`{"@type":"ok"}`, []string{`{"@type":"joinChatByInviteLink","invite_link":"l"}`, `{"@type":"getChat","chat_id":5}`}},
		{"1.8.5", `{"@type":"setMessageReaction","chat_id":1,"message_id":2,"reaction":"","is_big":true}`, map[string]string{`{"@type":"getMessage"`: `{"@type":"message","interaction_info":{"@type":"messageInteractionInfo","reactions":{"@type":"messageReactions","reactions":[` +
			`{"@type":"messageReaction","type":{"@type":"reactionTypeEmoji","emoji":"a"},"is_chosen":true},{"@type":"messageReaction","type":{"@type":"reactionTypeEmoji","emoji":"b"}}]}}}`},
			`{"@type":"ok"}`, []string{`{"@type":"getMessage","chat_id":1,"message_id":2}`, `{"@type":"removeMessageReaction","chat_id":1,"message_id":2,"reaction_type":{"@type":"reactionTypeEmoji","emoji":"a"},"is_big":true}`}},
		{"1.7.6", `{"@type":"getChats","offset_order":"1","offset_chat_id":2,"limit":2}`, map[string]string{`{"@type":"getChats"`: `{"@type":"chats","total_count":9,"chat_ids":[1,2,3,4]}`},
			`{"@type":"chats","total_count":9,"chat_ids":[3,4]}`, []string{`{"@type":"getChats","limit":4}`}},
		{"1.4.1", `{"@type":"checkAuthenticationCode","code":"1","first_name":"n"}`, map[string]string{`{"@type":"getAuthorizationState"`: `{"@type":"authorizationStateWaitRegistration"}`},
			`{"@type":"ok"}`, []string{`{"@type":"getAuthorizationState"}`, `{"@type":"registerUser","first_name":"n"}`}},
		{"1.0.5", `{"@type":"sendMessage","chat_id":1,"reply_to_message_id":2,"disable_notification":true,"input_message_content":{"@type":"inputMessageText","text":"*a*","parse_mode":{"@type":"textParseModeMarkdown"}}}`,
			map[string]string{`{"@type":"parseTextEntities"`: `{"@type":"formattedText","text":"a","entities":[]}`, `{"@type":"sendMessage"`: `{"@type":"message","id":3,"content":{"@type":"messageText","text":{"@type":"formattedText","text":"a","entities":[]}}}`},
			"", []string{`{"@type":"parseTextEntities","text":"*a*","parse_mode":{"@type":"textParseModeMarkdown"}}`,
				`{"@type":"sendMessage","chat_id":1,"input_message_content":{"@type":"inputMessageText","text":{"@type":"formattedText","text":"a","entities":[]}},` +
					`"options":{"@type":"messageSendOptions","disable_notification":true},"reply_to":{"@type":"inputMessageReplyToMessage","message_id":2}}`}},
	} {
		host := &client{answers: c.answers}
		k := talk(t, c.version).Request([]byte(c.request))
		if !k.Scripted() {
			t.Errorf("%s: %s is no script", c.version, c.request)
			continue
		}
		if got := host.run(k); c.want != "" && got != c.want {
			t.Errorf("%s: %s is answered with %s, want %s", c.version, c.request, got, c.want)
		}
		if c.asked != nil && strings.Join(host.asked, "\n") != strings.Join(c.asked, "\n") {
			t.Errorf("%s: %s asks\n%s, want\n%s", c.version, c.request, strings.Join(host.asked, "\n"), strings.Join(c.asked, "\n"))
		}
	}
}
