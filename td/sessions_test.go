package td

import (
	"context"
	"encoding/base64"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/tg"

	"tdjson/internal/testdc"
	"tdjson/storage"
)

func TestReadLoginToken(t *testing.T) {
	for _, test := range []struct {
		link, want string
		ok         bool
	}{
		{"tg://login?token=YWJj", "abc", true},
		{"TG://Login?TOKEN=YWJj", "abc", true},
		{"tg://login?token=YWI", "ab", true},
		{"tg://login?token=YWI=", "ab", true},
		{"tg://login?token=YQ==", "a", true},
		{"tg://login?token=YQ", "a", true},
		{"tg://login?token=-_8", "\xfb\xff", true},
		{"tg://login?token=", "", true},
		{"tg://login?token=YQ=", "", false},
		{"tg://login?token=YQ===", "", false},
		{"tg://login?token=YR", "", false}, // bits that say nothing
		{"tg://login?token=YWJ", "", false},
		{"tg://login?token=YWJjZ", "", false},
		{"tg://login?token=+/8", "", false},
		{"tg://login?token=YW\nJj", "", false},
		{"tg://login?token=YWJj\r", "", false},
		{"tg://login?token=YWJj&x=y", "", false},
		{" tg://login?token=YWJj", "", false},
		{"tg:login?token=YWJj", "", false},
		{"tg://login?toke", "", false},
		{"", "", false},
	} {
		if token, ok := loginToken(test.link); ok != test.ok || ok && string(token) != test.want {
			t.Errorf("%q: %q %t, want %q %t", test.link, token, ok, test.want, test.ok)
		}
	}
}

func FuzzLoginToken(f *testing.F) {
	f.Add("tg://login?token=YWJj")
	f.Add("tg://login?token=YQ==")
	f.Fuzz(func(t *testing.T, link string) {
		token, ok := loginToken(link)
		if !ok {
			return
		}
		text := strings.TrimRight(link[len(loginLink):], "=")
		if back := base64.RawURLEncoding.EncodeToString(token); back != text {
			t.Errorf("%q is read as %q, which is written as %q", link, token, back)
		}
	})
}

// unconfirmedCount is the newest count that the program was told.
func (c *peer) unconfirmedCount() int64 {
	c.t.Helper()
	return c.wait("updateUnconfirmedSession", func(o object) bool { return o.kind() == "updateUnconfirmedSession" }).number("unconfirmed_session_count")
}

// TestUnconfirmedAway: what is confirmed or ended while the client is away leaves the list at its next start.
func TestUnconfirmedAway(t *testing.T) {
	t.Parallel()
	const phone = "15550002101"
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	a := p.login(dir, phone)
	a.must("sessions", `{"@type":"getActiveSessions"}`)
	for i, hash := range []int64{1, 2} {
		s.AddLogin(phone, testdc.Phantom{Hash: hash, Unconfirmed: true, Created: testdc.Moment(i - 10)})
		if n := a.unconfirmedCount(); n != int64(i+1) {
			t.Fatalf("count %d", n)
		}
	}
	a.close()
	s.ConfirmLogin(phone, 1)
	b := p.start(dir)
	if n := b.unconfirmedCount(); n != 2 {
		t.Errorf("after the start the count is %d", n)
	}
	if n := b.unconfirmedCount(); n != 1 {
		t.Errorf("after the server was asked the count is %d", n)
	}
	b.close()
	if first := p.start(dir).wait("updateUnconfirmedSession", func(o object) bool { return o.kind() == "updateUnconfirmedSession" }); first.text("session", "type", "session_id") != "2" {
		t.Errorf("first is %v", first)
	}
}

// TestUnconfirmedOfBots: bots are not told of sessions.
func TestUnconfirmedOfBots(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	c := p.start(t.TempDir())
	c.state("authorizationStateWaitPhoneNumber")
	c.must("ok", `{"@type":"checkAuthenticationBotToken","token":"777:abcdefghij"}`)
	c.state("authorizationStateReady")
	waitCalls(t, s, "updates.getState", 1)
	c.must("user", `{"@type":"getMe"}`)
	s.PushUpdates("777", &tg.UpdateShort{Update: &tg.UpdateNewAuthorization{Unconfirmed: true, Hash: 5}})
	s.ConnectBot("777", testdc.BotConnection{ID: 778})
	c.until("the connected bot", func() bool { // its update comes after that of the session
		for _, o := range c.received {
			if o.number("user", "id") == 778 {
				return true
			}
		}
		return false
	})
	c.must("user", `{"@type":"getMe"}`)
	if n := c.count(func(o object) bool { return o.kind() == "updateUnconfirmedSession" }); n != 0 {
		t.Errorf("%d updates of unconfirmed sessions", n)
	}
}

// TestUnconfirmedStored: identity, order and dates outlive a restart, whatever clock there is.
func TestUnconfirmedStored(t *testing.T) {
	t.Parallel()
	const phone = "15550002102"
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	dir := t.TempDir()
	p.login(dir, phone).close()
	change(t, dir, func(db storage.Database) error {
		now := time.Now().Unix()
		text := strings.NewReplacer("OLD", strconv.FormatInt(now-autoconfirmPeriod-9, 10), "NEW", strconv.FormatInt(now-9, 10)).Replace(
			`[{"hash":1,"date":OLD},{"hash":2,"date":NEW,"device":"Two"},{"bot":3,"date":NEW,"user":"AAAA"}]`)
		return db.Set(context.Background(), unconfirmedValue, []byte(text))
	})
	s.AddLogin(phone, testdc.Phantom{Hash: 2, Unconfirmed: true})
	a := p.start(dir)
	first := a.wait("updateUnconfirmedSession", func(o object) bool { return o.kind() == "updateUnconfirmedSession" })
	if first.number("unconfirmed_session_count") != 2 || first.text("session", "device_model") != "Two" {
		t.Errorf("first is %v", first)
	}
	a.must("ok", `{"@type":"confirmSession","session_id":"2"}`)
	if o := a.wait("the bot", func(o object) bool { return o.kind() == "updateUnconfirmedSession" }); o.number("session", "type", "bot_user_id") != 3 {
		t.Errorf("then comes %v", o)
	}
	if n := a.count(func(o object) bool {
		return o.number("user", "id") == 3 && o.text("user", "type", "@type") == "userTypeUnknown"
	}); n != 1 {
		t.Errorf("the unknown bot was told of %d times", n)
	}
}
