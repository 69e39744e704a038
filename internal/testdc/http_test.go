package testdc

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

// ask sends a request to the control interface and reads the whole answer.
func ask(t testing.TB, s *Server, method, path, body string, header ...string) (int, string) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), method, "http://"+s.HTTPAddr()+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	for i := 0; i < len(header); i += 2 {
		if header[i] == "Host" {
			r.Host = header[i+1]
		}
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := http.DefaultClient.Do(r)
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		t.Fatal(err)
	}
	return answer.StatusCode, string(text)
}

func askFor[T any](t testing.TB, s *Server, path string) (v T) {
	t.Helper()
	code, text := ask(t, s, "GET", path, "")
	if code != http.StatusOK {
		t.Fatalf("%s: %d %s", path, code, text)
	}
	if err := json.Unmarshal([]byte(text), &v); err != nil {
		t.Fatalf("%s: %v in %s", path, err, text)
	}
	return v
}

// What people see of the server, and what they have it do.
func TestControl(t *testing.T) {
	s := start(t, Options{HTTP: "127.0.0.1:0", Proxy: true})
	p := people(t, s, phoneA)[0]
	do := func(command string) string {
		t.Helper()
		code, text := ask(t, s, "POST", "/api/do", command)
		if code != http.StatusOK {
			t.Fatalf("%s: %d %s", command, code, text)
		}
		return text
	}
	do(`{"do":"message","from":"` + phoneB + `","phone":"` + phoneA + `","text":"from outside"}`)
	if u, _ := updateOf[*tg.UpdateNewMessage](p); u.Message.(*tg.Message).Message != "from outside" {
		t.Errorf("told %+v", u)
	}
	var made done
	if err := json.Unmarshal([]byte(do(`{"do":"newChat","kind":"supergroup","text":"Here","from":"`+phoneB+`","phones":["`+phoneA+`"]}`)), &made); err != nil || made.Chat != "c1500000001" {
		t.Errorf("made %+v, error %v", made, err)
	}
	do(`{"do":"message","from":"` + phoneB + `","chat":"` + made.Chat + `","text":"to all"}`)
	updateOf[*tg.UpdateNewChannelMessage](p) // that it was made
	if u, _ := updateOf[*tg.UpdateNewChannelMessage](p); u.Message.(*tg.Message).Message != "to all" {
		t.Errorf("told %+v", u)
	}
	p.say(&tg.InputPeerUser{UserID: s.accounts[phoneB].id, AccessHash: s.accounts[phoneB].accessHash}, "an answer")
	do(`{"do":"read","from":"` + phoneB + `","phone":"` + phoneA + `"}`)
	updateOf[*tg.UpdateReadHistoryOutbox](p)
	do(`{"do":"typing","from":"` + phoneB + `","phone":"` + phoneA + `"}`)
	updateOf[*tg.UpdateUserTyping](p)
	do(`{"do":"online","phone":"` + phoneB + `","on":true}`)
	updateOf[*tg.UpdateUserStatus](p)
	do(`{"do":"fail","method":"messages.sendMessage","code":420,"text":"FLOOD_WAIT_3"}`)
	_, err := p.MessagesSendMessage(t.Context(), &tg.MessagesSendMessageRequest{Peer: &tg.InputPeerSelf{}, Message: "x", RandomID: 1})
	wantError(t, err, 420, "FLOOD_WAIT_3")

	accounts := askFor[[]Account](t, s, "/api/accounts")
	if len(accounts) != 2 || accounts[0].Phone != phoneA || accounts[0].Code != "12345" || accounts[0].Sessions != 1 || !accounts[1].Online {
		t.Errorf("accounts %+v", accounts)
	}
	if list := askFor[[]Session](t, s, "/api/sessions?phone=%2B"+phoneA); len(list) != 1 || list[0].Device != "Test device" || !list[0].Connected {
		t.Errorf("sessions %+v", list)
	}
	if list := askFor[[]Chat](t, s, "/api/chats"); len(list) != 1 || list[0].Title != "Here" || len(list[0].Members) != 2 || list[0].Messages != 2 {
		t.Errorf("chats %+v", list)
	}
	list := askFor[[]Message](t, s, "/api/messages?limit=2")
	if len(list) != 2 || list[0].Text != "an answer" || list[1].Text != "to all" || list[1].Chat != made.Chat || list[0].From != phoneA {
		t.Errorf("messages %+v", list)
	}
	if list := askFor[[]Message](t, s, "/api/messages?phone="+phoneC); len(list) != 0 {
		t.Errorf("messages of nobody %+v", list)
	}
	calls := askFor[[]Heard](t, s, "/api/calls")
	last := calls[len(calls)-1]
	if last.Method != "messages.sendMessage" || last.Error != "FLOOD_WAIT_3" || last.Phone != phoneA {
		t.Errorf("last call %+v", last)
	}
	if n := askFor[map[string]int](t, s, "/api/counts")["messages.sendMessage"]; n != 2 {
		t.Errorf("%d calls", n)
	}
	if d := askFor[described](t, s, "/api/server"); len(d.DCs) != 3 || d.Proxy == "" || d.Config == nil {
		t.Errorf("described %+v", d)
	}
}

// Who may not ask, and what is no command.
func TestControlRefuses(t *testing.T) {
	s := start(t, Options{HTTP: "localhost:0"})
	_, port, _ := strings.Cut(s.HTTPAddr(), ":")
	for _, tt := range []struct {
		method, path, body string
		header             []string
		want               int
	}{
		{"GET", "/", "", nil, 200},
		{"GET", "/", "", []string{"Host", "localhost:" + port}, 200},
		{"GET", "/", "", []string{"Host", "[::1]:" + port}, 200},
		{"GET", "/", "", []string{"Host", "attacker.example"}, 403},
		{"GET", "/", "", []string{"Host", "attacker.example:" + port}, 403},
		{"GET", "/", "", []string{"Host", "127.0.0.1:1"}, 403},
		{"GET", "/", "", []string{"Host", "192.0.2.1:" + port}, 403},
		{"GET", "/api/accounts", "", []string{"Sec-Fetch-Site", "cross-site"}, 403},
		{"POST", "/api/do", `{"do":"cut"}`, []string{"Origin", "http://attacker.example"}, 403},
		{"POST", "/api/do", `{"do":"cut"}`, []string{"Origin", "null"}, 403},
		{"POST", "/api/do", `{"do":"cut"}`, []string{"Origin", "http://" + s.HTTPAddr()}, 200},
		{"POST", "/api/do", `{"do":"cut"}`, []string{"Content-Type", "text/plain"}, 415},
		{"POST", "/api/do", `{"do":"cut"`, nil, 400},
		{"POST", "/api/do", `{"do":"cut","nonsense":1}`, nil, 400},
		{"POST", "/api/do", `{"do":"nonsense"}`, nil, 400},
		{"POST", "/api/do", `{"do":"newChat"}`, nil, 400},
		{"POST", "/api/do", `{"do":"updatesTooLong","phone":"15550009999"}`, nil, 404},
		{"POST", "/api/do", `{"do":"message","from":"15550009999","chat":"c7","text":"x"}`, nil, 404},
		{"POST", "/api/do", `{"do":"message","from":"me","phone":"15550009999","text":"x"}`, nil, 404},
		{"POST", "/api/do", `"` + strings.Repeat("x", maxCommand) + `"`, nil, 413},
		{"GET", "/api/do", "", nil, 405},
		{"GET", "/none", "", nil, 404},
	} {
		if code, text := ask(t, s, tt.method, tt.path, tt.body, tt.header...); code != tt.want {
			t.Errorf("%s %s %.60s %v: %d %s, want %d", tt.method, tt.path, tt.body, tt.header, code, text, tt.want)
		}
	}
	if _, err := Start(Options{Key: testKey(), HTTP: "0.0.0.0:0"}); err == nil || !strings.Contains(err.Error(), "loopback") {
		t.Errorf("listens everywhere: %v", err)
	}
}

// Calls come in as they are made.
func TestControlEvents(t *testing.T) {
	s := start(t, Options{HTTP: "127.0.0.1:0"})
	answer, err := http.Get("http://" + s.HTTPAddr() + "/api/events")
	if err != nil {
		t.Fatal(err)
	}
	defer answer.Body.Close()
	if kind := answer.Header.Get("Content-Type"); kind != "text/event-stream" {
		t.Errorf("%s", kind)
	}
	connect(t, s, 1).logIn(testPhone)
	found := make(chan bool, 1)
	go func() {
		for lines := bufio.NewScanner(answer.Body); lines.Scan(); {
			if strings.HasPrefix(lines.Text(), "data: {") && strings.Contains(lines.Text(), `"auth.signIn"`) {
				found <- true
				return
			}
		}
		found <- false
	}()
	select {
	case ok := <-found:
		if !ok {
			t.Error("the stream ended")
		}
	case <-time.After(patience):
		t.Error("no event")
	}
}

// FuzzCommand runs commands that anybody might write; none of them may trip the server up.
func FuzzCommand(f *testing.F) {
	for _, text := range []string{
		`{"do":"message","from":"15550000001","phone":"15550000002","text":"x"}`, `{"do":"read","from":"15550000002","phone":"15550000001"}`,
		`{"do":"newChat","kind":"group","text":"G","from":"15550000001","phones":["15550000002"]}`, `{"do":"typing","from":"15550000001","chat":"g500000001"}`,
		`{"do":"withholdUpdates","phone":"15550000001","count":1}`, `{"do":"cut"}`, `{"do":"renewReferences"}`, `{"do":"online","phone":"15550000001","on":true}`,
		`{"do":"join","from":"15550000003","chat":"g500000001"}`, `{"do":"leave","from":"15550000002","chat":"g500000001"}`,
		`{"do":"askToJoin","from":"15550000003","chat":"g500000001"}`, `{"do":"promote","from":"15550000002","chat":"g500000001","on":true}`,
		`{"do":"react","from":"15550000001","chat":"g500000001","text":"x"}`, `{"do":"block","from":"15550000001","phone":"15550000002","on":true}`,
		`{"do":"addLogin","phone":"15550000001","login":{"hash":"0","device":"x"}}`, `{"do":"fail","method":"a.b","code":400,"text":"X"}`,
	} {
		f.Add([]byte(text))
	}
	s := idle(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		_, _ = s.doJSON(data)
		s.Accounts()
		s.Sessions("")
		s.Messages("", 10)
		s.mu.Lock()
		defer s.mu.Unlock()
		if len(s.users) > 50 || len(s.posts) > 200 || len(s.chats) > 50 {
			s.world, s.hooks = newWorld(), newHooks()
			clear(s.accounts)
			clear(s.users)
		}
		s.stallConnections(false)
	})
}
