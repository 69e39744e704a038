package td

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"tdjson/internal/testdc"
	"tdjson/storage/transfer"
)

// move is a session that goes from TDLib to this library and back, over one database directory.
type move struct {
	t        *testing.T
	s        *testdc.Server
	dir, key string
	phone    string // or a bot's token
	pfs      bool
	observer *peer // another login of the account, of a user
}

// TestMove: TDLib logs in and closes; this library opens the same directory and is that session, without a new login; then TDLib opens it
// again, and what this library exports. TDJSON_REAL names TDLib's library, see TestScenarios; with -update TDLib's databases are kept
// for TestTDLibWrote.
func TestMove(t *testing.T) {
	real := os.Getenv("TDJSON_REAL")
	if real == "" {
		t.Skip("TDJSON_REAL does not name TDLib's library")
	}
	for _, who := range []string{"15550004350", "7740001:abcdefghij"} {
		for _, key := range []string{"", "c2VjcmV0"} {
			for _, pfs := range []bool{false, true} {
				t.Run(fmt.Sprintf("%s key=%q pfs=%v", who, key, pfs), func(t *testing.T) {
					s := startServer(t, testdc.Options{Proxy: true})
					m := &move{t: t, s: s, dir: t.TempDir(), key: key, phone: who, pfs: pfs}
					m.run(real)
					if *update {
						m.save()
					}
				})
			}
		}
	}
}

func (m *move) bot() bool { return strings.Contains(m.phone, ":") }

func (m *move) run(real string) {
	p := newProgram(m.t, m.s)
	logins := m.logins()
	if !m.bot() {
		m.observer = p.login(m.t.TempDir(), m.phone)
		logins++
	}
	m.tdlib(real, m.dir, true)
	logins++
	hashes := m.hashes()
	binlog := filepath.Join(m.dir, "td_test.binlog")
	before := sum(m.t, binlog)
	check := func(who string) {
		m.t.Helper()
		if got := m.logins(); got != logins {
			m.t.Errorf("after %s there were %d logins, want %d", who, got, logins)
		}
		if got := m.hashes(); !slices.Equal(got, hashes) {
			m.t.Errorf("after %s the sessions are %q, they were %q", who, got, hashes)
		}
	}
	exported := filepath.Join(m.t.TempDir(), "exported")
	for range 2 {
		c := p.client()
		c.must("ok", "%s", sealedWith(m.dir, m.key))
		c.state("authorizationStateReady")
		c.must("user", `{"@type":"getMe"}`)
		if !m.bot() && len(c.must("sessions", `{"@type":"getActiveSessions"}`).objects("sessions")) != len(hashes)+1 {
			m.t.Error("not all sessions are there")
		}
		if _, err := os.Stat(exported); err != nil {
			c.must("exportedSession", `{"@type":"exportSession","format":"tdlib","path":%q,"key":%q,%s}`, exported, m.key, yes)
		}
		c.close()
		check("this library")
	}
	if after := sum(m.t, binlog); after != before {
		m.t.Errorf("TDLib's file was changed: %s, then %s", before, after)
	}
	m.tdlib(real, m.dir, false)
	check("TDLib again")
	m.tdlib(real, exported, false)
	check("TDLib on what was exported")
	c := p.client() // and what TDLib made of that, here
	c.must("ok", "%s", sealedWith(exported, m.key))
	c.state("authorizationStateReady")
	c.must("user", `{"@type":"getMe"}`)
	c.close()
	check("this library on what was exported")
}

// saved are the names of the databases of TDLib that are kept, in testdata/tdlib.
func (m *move) saved() string {
	who, _, _ := strings.Cut(m.phone, ":")
	return filepath.Join("testdata", "tdlib", fmt.Sprintf("%s_%s_%v.binlog.gz", who, m.key, m.pfs))
}

// save keeps TDLib's database. Nobody but the local Telegram of this test ever knew the keys in it.
func (m *move) save() {
	data, err := os.ReadFile(filepath.Join(m.dir, "td_test.binlog"))
	if err != nil {
		m.t.Fatal(err)
	}
	var b bytes.Buffer
	w := gzip.NewWriter(&b)
	_, err = w.Write(data)
	if err = errors.Join(err, w.Close(), os.WriteFile(m.saved(), b.Bytes(), 0o600)); err != nil {
		m.t.Fatal(err)
	}
}

// TestTDLibWrote opens databases that TDLib made: of a user and a bot, with and without a key and temporary keys.
func TestTDLibWrote(t *testing.T) {
	t.Parallel()
	files, err := filepath.Glob(filepath.Join("testdata", "tdlib", "*.gz"))
	if err != nil || len(files) == 0 {
		t.Fatal("no databases: ", err)
	}
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	for _, path := range files {
		t.Run(filepath.Base(path), func(t *testing.T) {
			who, rest, _ := strings.Cut(filepath.Base(path), "_")
			key, _, _ := strings.Cut(rest, "_")
			secret, err := base64.StdEncoding.DecodeString(key)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			binlog := filepath.Join(dir, "td_test.binlog")
			unpack(t, path, binlog)
			session, _, err := transfer.Import(t.Context(), "tdlib", transfer.Source{Path: dir}, transfer.Options{Key: secret, Test: true})
			if err != nil {
				t.Fatal(err)
			}
			for _, dc := range session.DataCenters {
				if dc.ID == session.User.DC && !s.AddKey(dc.ID, dc.AuthKey, who, session.User.Bot) {
					t.Fatal("the server does not take the key")
				}
			}
			before := sum(t, binlog)
			c := p.client()
			c.t = t
			c.fails(401, "Wrong database encryption key", "%s", sealedWith(dir, "d3Jvbmc="))
			c.must("ok", "%s", sealedWith(dir, key))
			c.state("authorizationStateReady")
			if me := c.must("user", `{"@type":"getMe"}`); me.number("id") != session.User.ID {
				t.Errorf("logged in is %v, want %d", me, session.User.ID)
			}
			if list := c.states(); slices.Contains(list, "WaitPhoneNumber") {
				t.Errorf("states %q", list)
			}
			c.close()
			if after := sum(t, binlog); after != before {
				t.Errorf("TDLib's file was changed: %s, then %s", before, after)
			}
		})
	}
	if n := s.Calls("auth.signIn") + s.Calls("auth.importBotAuthorization"); n != 0 {
		t.Errorf("there were %d logins", n)
	}
}

func unpack(t *testing.T, from, to string) {
	t.Helper()
	packed, err := os.ReadFile(from)
	if err != nil {
		t.Fatal(err)
	}
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	data, err := io.ReadAll(r)
	if err = errors.Join(err, os.WriteFile(to, data, 0o600)); err != nil {
		t.Fatal(err)
	}
}

// tdlib lets TDLib open a directory, log in if it is told to, and close.
func (m *move) tdlib(real, dir string, login bool) {
	m.t.Helper()
	p := newPlayer(m.t, startBridge(m.t, real, m.s), m.s)
	p.binds["db_a"] = dir
	do := func(format string, args ...any) {
		m.t.Helper()
		if err := p.do(fmt.Sprintf(format, args...)); err != nil {
			m.t.Fatalf("TDLib: %v: %.300s", err, fmt.Sprintf(format, args...))
		}
	}
	state := func(name string) {
		m.t.Helper()
		do(`a < {"@type":"updateAuthorizationState","authorization_state":{"@type":"authorizationState%s"}}`, name)
	}
	do("client a")
	do("a > %s", strings.TrimSuffix(sealedWith(dir, m.key), "}")+`,"use_message_database":true,"use_chat_info_database":true}`)
	do(`a = {"@type":"ok"}`)
	do(`a > {"@type":"setOption","name":"use_pfs","value":{"@type":"optionValueBoolean","value":%v}}`, m.pfs)
	do(`a = {"@type":"ok"}`)
	do(`a > {"@type":"addProxy","proxy":{"@type":"proxy","server":"$proxy_host","port":$proxy_port,"type":{"@type":"proxyTypeSocks5","username":"","password":""}},"enable":true,"comment":""}`)
	do(`a = {"@type":"addedProxy"}`)
	if login {
		state("WaitPhoneNumber")
	}
	switch {
	case login && m.bot():
		do(`a > {"@type":"checkAuthenticationBotToken","token":%q}`, m.phone)
		do(`a = {"@type":"ok"}`)
	case login:
		do(`a > {"@type":"setAuthenticationPhoneNumber","phone_number":%q}`, m.phone)
		do(`a = {"@type":"ok"}`)
		state("WaitCode")
		do(`a > {"@type":"checkAuthenticationCode","code":%q}`, codeOf(m.phone))
		do(`a = {"@type":"ok"}`)
	}
	state("Ready")
	do(`a > {"@type":"getMe"}`)
	do(`a = {"@type":"user"}`)
	if m.pfs && m.s.Calls("auth.bindTempAuthKey") == 0 {
		m.t.Error("TDLib uses no temporary keys")
	}
	if !m.bot() {
		do(`a > {"@type":"getActiveSessions"}`)
		do(`a = {"@type":"sessions"}`)
	}
	do("sleep 0.3")
	do("close a")
}

// logins is how often someone has logged in.
func (m *move) logins() int {
	n := 0
	calls := m.s.AllCalls()
	for _, method := range []string{"auth.signIn", "auth.importBotAuthorization"} {
		n += calls[method]
	}
	return n
}

// hashes are the ids of the account's sessions as another login sees them.
func (m *move) hashes() []string {
	if m.bot() {
		return nil
	}
	ids := map[string]bool{}
	for _, s := range m.observer.must("sessions", `{"@type":"getActiveSessions"}`).objects("sessions") {
		if s.at("is_current") != true {
			ids[s.text("id")+" "+fmt.Sprint(s.number("log_in_date"))] = true
		}
	}
	return slices.Sorted(maps.Keys(ids))
}
