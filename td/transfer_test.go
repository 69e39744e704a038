package td

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tdjson/internal/testdc"
	"tdjson/storage"
	"tdjson/storage/transfer"
)

const yes = `"i_understand_that_this_gives_the_account_away":true`

// storedSession is the session in the database of a client that is closed.
func storedSession(t testing.TB, dir string) *storage.Session {
	t.Helper()
	s, _, err := transfer.Import(t.Context(), "tdjson", transfer.Source{Path: filepath.Join(dir, "td_test.session")}, transfer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// current is the only session of the account, which must be the one that asks.
func (c *peer) current() object {
	c.t.Helper()
	list := c.must("sessions", `{"@type":"getActiveSessions"}`).objects("sessions")
	if len(list) != 1 || list[0].at("is_current") != true {
		c.t.Fatalf("sessions: %v", list)
	}
	return list[0]
}

// TestTransfer takes a session through every format into a client of its own, which is that very session, also after a restart.
func TestTransfer(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	source := p.login(t.TempDir(), "15550004321")
	date := source.current().number("log_in_date")
	id := source.must("user", `{"@type":"getMe"}`).number("id")
	logins := s.Calls("auth.signIn")
	for _, format := range source.must("sessionFormats", `{"@type":"listSessionFormats"}`).objects("formats") {
		name := format.text("name")
		t.Run(name, func(t *testing.T) {
			source.t = t
			request, ok := export(t, source, format)
			if !ok {
				return
			}
			dir := t.TempDir()
			c := p.start(dir)
			c.t = t
			c.state("authorizationStateWaitPhoneNumber")
			c.must("ok", "%s", request)
			c.wait("my own user", func(o object) bool { return o.kind() == "updateUser" && o.number("user", "id") == id })
			c.state("authorizationStateReady")
			for _, again := range []bool{false, true} {
				if again {
					c.close()
					c = p.start(dir)
					c.t = t
					c.state("authorizationStateReady")
				}
				if got := c.current().number("log_in_date"); got != date {
					t.Errorf("again %v: the login is of %d, want %d", again, got, date)
				}
				if got := c.must("optionValueInteger", `{"@type":"getOption","name":"my_id"}`).text("value"); got != fmt.Sprint(id) {
					t.Errorf("again %v: my_id is %s, want %d", again, got, id)
				}
				c.upToDate()
			}
			c.close()
		})
	}
	source.t = t
	source.current()
	if n := s.Calls("auth.signIn"); n != logins {
		t.Errorf("auth.signIn was called %d times, want %d", n, logins)
	}
	if n := s.Calls("auth.logOut"); n != 0 {
		t.Errorf("auth.logOut was called %d times", n)
	}
}

// export gives the session out in a format, and answers how to import it.
func export(t *testing.T, c *peer, format object) (request string, ok bool) {
	t.Helper()
	name := format.text("name")
	if name == "tdata" {
		c.fails(400, "tdata does not keep that a session is of Telegram's test servers", `{"@type":"exportSession","format":"tdata","path":"x",`+yes+`}`)
		return "", false
	}
	secret := ""
	if format.at("takes_key") == true {
		secret = `,"key":"c2VjcmV0"`
	}
	if format.at("needs_path") == true {
		path := filepath.Join(t.TempDir(), "out")
		c.fails(400, name+" is written to a path alone", `{"@type":"exportSession","format":%q,%s}`, name, yes)
		o := c.must("exportedSession", `{"@type":"exportSession","format":%q,"path":%q,%s%s}`, name, path, yes, secret)
		if o.text("data") != "" {
			t.Error("it came as data too")
		}
		if name == "tdjson" {
			path += ".session"
		}
		return fmt.Sprintf(`{"@type":"importSession","path":%q%s}`, path, secret), true
	}
	o := c.must("exportedSession", `{"@type":"exportSession","format":%q,%s}`, name, yes)
	if format.at("is_text") == true {
		return fmt.Sprintf(`{"@type":"importSession","text":%q}`, o.text("text")), true
	}
	return fmt.Sprintf(`{"@type":"importSession","format":%q,"data":%q}`, name, o.text("data")), true
}

func TestTransferRefused(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	c := p.start(t.TempDir())
	c.fails(401, "Unauthorized", `{"@type":"exportSession","format":"gotd",%s}`, yes)
	c.fails(401, "Unauthorized", `{"@type":"destroySession","session_id":"1"}`)
	for _, given := range []string{``, `,"text":"x","path":"y"`, `,"data":"eA==","text":"x"`} {
		c.fails(400, "Give the session as one of text, data and path", `{"@type":"importSession"%s}`, given)
	}
	if o := c.must("error", `{"@type":"importSession","text":"rubbish"}`); !strings.Contains(o.text("message"), "not a known session format") {
		t.Error(o)
	}
	c.login("15550004322")
	c.fails(400, "Call to importSession unexpected", `{"@type":"importSession","text":"x"}`)
	c.fails(400, "Whoever has the session is the account; set i_understand_that_this_gives_the_account_away if that is meant", `{"@type":"exportSession","format":"gotd"}`)
	c.fails(400, "The format is not known; listSessionFormats names those that are", `{"@type":"exportSession","format":"x",%s}`, yes)
	c.fails(400, "gotd takes no passcode", `{"@type":"exportSession","format":"gotd","passcode":"x",%s}`, yes)
	c.fails(400, "gotd takes no key", `{"@type":"exportSession","format":"gotd","key":"eA==",%s}`, yes)
	path := filepath.Join(t.TempDir(), "out")
	c.must("exportedSession", `{"@type":"exportSession","format":"tdlib","path":%q,"key":"eA==",%s}`, path, yes)
	text := c.must("exportedSession", `{"@type":"exportSession","format":"telethon-string",%s}`, yes).text("text")
	if o := c.must("error", `{"@type":"exportSession","format":"tdlib","path":%q,%s}`, path, yes); !strings.Contains(o.text("message"), "holds a database of TDLib already") {
		t.Error(o)
	}
	// a session that the server does not know any more leaves the client as it is
	other := p.start(t.TempDir())
	if o := other.must("error", `{"@type":"importSession","path":%q}`, path); !strings.Contains(o.text("message"), "key") {
		t.Error(o)
	}
	c.must("ok", `{"@type":"logOut"}`)
	c.waitClosed()
	if o := other.must("error", `{"@type":"importSession","text":%q}`, text); !strings.HasPrefix(o.text("message"), "The server does not know the session any more") {
		t.Error(o)
	}
	other.login("15550004322")
	other.current()
}

// TestTransferInstead: what the program asks for next ends an import, and is not disturbed by it.
func TestTransferInstead(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	text := p.login(t.TempDir(), "15550004323").must("exportedSession", `{"@type":"exportSession","format":"telethon-string",%s}`, yes).text("text")
	c := p.start(t.TempDir())
	c.state("authorizationStateWaitPhoneNumber")
	before := s.Calls("users.getUsers")
	release := s.StallNext("users.getUsers")
	first := c.send(`{"@type":"importSession","text":%q}`, text)
	waitCalls(t, s, "users.getUsers", before+1)
	c.must("ok", `{"@type":"setAuthenticationPhoneNumber","phone_number":"15550004324"}`)
	release()
	if o := c.answer(first); o.text("message") != "Another authorization query has started" {
		t.Errorf("the import is answered with %v", o)
	}
	c.state("authorizationStateWaitCode")
	c.must("ok", `{"@type":"checkAuthenticationCode","code":"12345"}`)
	if me := c.must("user", `{"@type":"getMe"}`); me.text("phone_number") != "15550004324" {
		t.Errorf("logged in: %v", me)
	}
}

// TestTransferSecret: no log has anything of a key.
func TestTransferSecret(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	logged := filepath.Join(t.TempDir(), "log")
	c := p.client()
	c.must("ok", `{"@type":"setLogStream","log_stream":{"@type":"logStreamFile","path":%q,"max_file_size":100000000}}`, logged)
	c.must("ok", `{"@type":"setLogVerbosityLevel","new_verbosity_level":1024}`)
	dir := t.TempDir()
	c.must("ok", "%s", parametersFor(dir))
	c.login("15550004325")
	other := p.start(t.TempDir())
	other.state("authorizationStateWaitPhoneNumber")
	broken := ""
	for _, name := range []string{"telethon-string", "gramjs-string", "pyrogram-string", "mtcute-string"} {
		o := c.must("exportedSession", `{"@type":"exportSession","format":%q,%s}`, name, yes)
		broken = o.text("text")
		for _, field := range []string{"format", "path", "text"} { // where it does not belong, or not whole
			if o := other.must("error", `{"@type":"importSession",%q:%q}`, field, broken[:max(0, len(broken)-9)]); leaks(o.text("message"), []byte(broken)) {
				t.Errorf("%s, %s: %v", name, field, o)
			}
		}
		c.must("error", `{"@type":"exportSession","format":%q,%s}`, broken, yes)
		c.must("error", `{"@type":"importSession","text":%q,"path":7}`, broken)
	}
	other.must("ok", `{"@type":"importSession","text":%q}`, broken)
	other.current()
	other.close()
	c.close()
	key := storedSession(t, dir).DataCenters[0].AuthKey
	text, err := os.ReadFile(logged)
	if err != nil || len(text) == 0 {
		t.Fatalf("nothing was logged: %v", err)
	}
	if leaks(string(text), key) {
		t.Error("the log has some of the key")
	}
}

// leaks says whether text has some of a secret in any form.
func leaks(text string, secret []byte) bool {
	lower := strings.ToLower(text)
	forms := []string{string(secret), hex.EncodeToString(secret), fmt.Sprint(secret), fmt.Sprintf("%q", secret)}
	for shift := range 3 { // where the key begins in what is encoded
		padded := append(bytes.Repeat([]byte{0}, shift), secret...)
		forms = append(forms, base64.StdEncoding.EncodeToString(padded)[4:], base64.URLEncoding.EncodeToString(padded)[4:])
	}
	for _, form := range forms {
		for i := 0; i+16 <= len(form); i++ {
			if piece := form[i : i+16]; strings.Contains(text, piece) || strings.Contains(lower, piece) {
				return true
			}
		}
	}
	return false
}

func TestDestroySession(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	a := p.login(t.TempDir(), "15550004326")
	text := a.must("exportedSession", `{"@type":"exportSession","format":"telethon-string",%s}`, yes).text("text")
	b := p.start(t.TempDir())
	b.state("authorizationStateWaitPhoneNumber")
	b.must("ok", `{"@type":"importSession","text":%q}`, text)
	b.upToDate()
	idOf := func(c *peer) int64 {
		id := make(chan int64, 1)
		client := p.r.clients[c.id]
		client.post(func() { id <- client.net.mainCenter(client).session.ID() })
		return <-id
	}
	own, other := idOf(a), idOf(b)
	a.must("destroySessionNone", `{"@type":"destroySession","session_id":"5"}`)
	a.fails(400, "The session is the one that asks", `{"@type":"destroySession","session_id":"%d"}`, own)
	a.must("destroySessionOk", `{"@type":"destroySession","session_id":"%d"}`, other)
	a.must("destroySessionNone", `{"@type":"destroySession","session_id":"%d"}`, other)
	a.current()
	b.current() // the login is there as before: only the session has to be made anew
}
