// Package sessions has the session manager, and here the test that it works.
package sessions

import (
	"bufio"
	"bytes"
	"flag"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-json"

	"tdjson/internal/testdc"
	"tdjson/td"
)

var update = flag.Bool("update", false, "make docs/sessions.png anew")

const (
	phone    = "+9996621234" // whose code is 22222
	password = "correct horse"
)

// TestManager goes through the session manager as a person does, in Chromium.
func TestManager(t *testing.T) {
	b := startBrowser(t)
	python := pythonWithSegno(t)
	server := startServer(t)
	address := startManager(t, python)
	b.look(880, 1480, "light")
	b.open(address)
	logIn(b)
	checkList(b)
	takePictures(b, server)
	confirmNewLogins(b, server)
	endSessions(b)
	endWebsites(b)
	setLifetime(b, server)
	logInByQR(b, address)
	checkDoors(t, address)
}

// TestShort: the program is small enough to be read in one go.
func TestShort(t *testing.T) {
	lines := 0
	for _, name := range []string{"manager.py", "index.html"} {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		lines += bytes.Count(text, []byte("\n"))
	}
	if lines >= 300 {
		t.Errorf("the program has %d lines, and is to have fewer than 300", lines)
	}
}

// pythonWithSegno is a Python that can make QR codes.
func pythonWithSegno(t *testing.T) string {
	t.Helper()
	for _, python := range []string{"python3", "/usr/bin/python3"} {
		if exec.CommandContext(t.Context(), python, "-c", "import segno").Run() == nil {
			return python
		}
	}
	t.Skip("Python 3 with the module segno is needed for this test and is not installed")
	return ""
}

// startServer starts a local Telegram with an account that has a password and is logged in at many places.
func startServer(t *testing.T) *testdc.Server {
	t.Helper()
	s, err := testdc.Start(testdc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	config := filepath.Join(t.TempDir(), "server.json")
	if err := os.WriteFile(config, s.Config(), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TDJSON_TEST_SERVER", config)
	if !s.AddAccount(phone, "Ada") || !s.SetPassword(phone, password, "a famous animal") {
		t.Fatal("no account")
	}
	for i, p := range phantoms {
		p.Hash = int64(i + 1)
		p.Created, p.Active = testdc.Moment(-1e6), testdc.Moment(-3600*(1+i*i*5))
		if !s.AddLogin(phone, p) {
			t.Fatal("no login")
		}
	}
	for i, w := range websites {
		w.Hash, w.Created, w.Active = int64(i+1), -1e6, testdc.Moment(-86400*(1+i))
		if !s.AddWebsite(phone, w) {
			t.Fatal("no website")
		}
	}
	return s
}

var phantoms = []testdc.Phantom{
	{Device: "iPhone 16 Pro", Platform: "iOS", System: "26.1", App: "Telegram iOS", AppVersion: "12.2", Official: true, IP: "198.51.100.7", Country: "Lisbon, Portugal"},
	{Device: "Samsung Galaxy S25", Platform: "Android", System: "16", App: "Telegram Android", AppVersion: "12.2.1", Official: true, IP: "198.51.100.23", Country: "Lisbon, Portugal"},
	{Device: "Firefox 145", Platform: "Web", System: "Windows", App: "Telegram Web", AppVersion: "2.2 K", Official: true, IP: "203.0.113.80", Country: "Porto, Portugal"},
	{Device: "MacBook Pro", Platform: "macOS", System: "26.1", App: "Telegram macOS", AppVersion: "12.1", Official: true, IP: "203.0.113.14", Country: "Madrid, Spain"},
	{Device: "ThinkPad X1", Platform: "Ubuntu", System: "24.04", App: "Telegram Desktop", AppVersion: "6.3", Official: true, IP: "192.0.2.55", Country: "Berlin, Germany", PasswordPending: true},
	{Device: "Xbox Series X", Platform: "Xbox", App: "Unigram", AppVersion: "12.0", IP: "192.0.2.61", Country: "Berlin, Germany"},
}

var websites = []testdc.Website{
	{Domain: "chess.example", Browser: "Safari", Platform: "macOS", IP: "203.0.113.14", Region: "Madrid, Spain"},
	{Domain: "tickets.example", Browser: "Chrome", Platform: "Android", IP: "198.51.100.23", Region: "Lisbon, Portugal"},
}

// startManager starts the program, which has to end when it is interrupted, and returns the address that it prints.
func startManager(t *testing.T, python string) string {
	t.Helper()
	dir := t.TempDir()
	if out, err := exec.CommandContext(t.Context(), "bash", "../../build.sh", "lib", dir).CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	var complaints bytes.Buffer
	cmd := exec.Command(python, "manager.py", "--lib", filepath.Join(dir, "libtdjson.so"), "--database", filepath.Join(dir, "database"))
	cmd.Stderr = &complaints
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = cmd.Process.Signal(os.Interrupt)
		kill := time.AfterFunc(20*time.Second, func() { _ = cmd.Process.Kill() })
		if err := cmd.Wait(); err != nil || !kill.Stop() {
			t.Errorf("interrupted, the program ends with %v", err)
		}
		if complaints.Len() > 0 {
			t.Errorf("the program complains:\n%s", &complaints)
		}
	})
	line, err := bufio.NewReader(out).ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	return strings.TrimSpace(line)
}

// logIn uses the keyboard alone, and makes every mistake once.
func logIn(b *browser) {
	b.says("Log in to Telegram")
	b.keys("12" + enter)
	b.says("no phone number of Telegram")
	b.keys(phone + enter)
	b.says("Enter the code")
	b.screenshot("code")
	b.keys("54321" + enter)
	b.says("That is not the code.")
	b.keys("22222" + enter)
	b.says("Hint: a famous animal")
	b.keys("wrong" + enter)
	b.says("That is not the password.")
	b.keys(password + enter)
	b.says("This device")
}

// row is a row of a list, by the name in it.
func row(name string) string {
	return fmt.Sprintf("[...document.querySelectorAll('.row')].find(r => r.querySelector('b').textContent === %q)", name)
}

// in is the XPath of a button in a row.
func in(name, button string) string {
	return fmt.Sprintf("//*[contains(@class,'row')][.//b[.=%q]]//button[.=%q]", name, button)
}

// checkList: every session and website with the icon of its type and the place, the one in use first.
func checkList(b *browser) {
	b.t.Helper()
	b.says("Ada · +9996621234")
	icons := map[string]string{
		"Session manager": "Linux", "iPhone 16 Pro": "Iphone", "Samsung Galaxy S25": "Android", "Firefox 145": "Firefox", "MacBook Pro": "Mac",
		"ThinkPad X1": "Ubuntu", "Xbox Series X": "Xbox", "chess.example": "Web", "tickets.example": "Web",
	}
	var rows []struct{ Name, Icon, Text string }
	b.run(&rows, `return [...document.querySelectorAll('.row')].map(r => (
		{ name: r.querySelector('b').textContent, icon: r.querySelector('svg').ariaLabel, text: r.innerText }))`)
	if len(rows) != len(icons) || rows[0].Name != "Session manager" {
		b.t.Fatalf("the page shows %+v", rows)
	}
	for _, r := range rows {
		if icons[r.Name] != r.Icon {
			b.t.Errorf("%s has the icon %q, want %q", r.Name, r.Icon, icons[r.Name])
		}
	}
	for _, p := range phantoms {
		if !slices.ContainsFunc(rows, func(r struct{ Name, Icon, Text string }) bool {
			return r.Name == p.Device && strings.Contains(r.Text, p.Country+" · "+p.IP) && strings.Contains(r.Text, "password not entered") == p.PasswordPending
		}) {
			b.t.Errorf("%s is not shown with %s: %+v", p.Device, p.Country, rows)
		}
	}
}

// takePictures looks at the page as it is on different devices.
func takePictures(b *browser, server *testdc.Server) {
	b.t.Helper()
	server.AddLogin(phone, testdc.Phantom{Hash: 100, Device: "Chrome 142", Platform: "Web", System: "Windows", App: "Telegram Web", AppVersion: "2.2 A", Official: true,
		IP: "192.0.2.200", Country: "Oslo, Norway", Unconfirmed: true, Created: -40, Active: -40})
	b.says("A new login: is it yours?")
	b.wait(row("Chrome 142"))
	for _, scheme := range []string{"light", "dark"} {
		for _, width := range []int{880, 360} {
			b.look(width, 1480, scheme)
			var wide int
			b.run(&wide, "return document.documentElement.scrollWidth")
			if wide > width {
				b.t.Errorf("the page is %d wide on a screen of %d", wide, width)
			}
			path := b.screenshot(fmt.Sprintf("list-%s-%d", scheme, width))
			if *update && scheme == "light" && width == 880 {
				picture, err := os.ReadFile(path)
				if err == nil {
					err = os.WriteFile("../../docs/sessions.png", picture, 0o644)
				}
				if err != nil {
					b.t.Fatal(err)
				}
			}
		}
	}
	b.look(880, 1480, "light")
}

// confirmNewLogins: what is new is asked about as it comes, also when it calls itself by a strange name.
func confirmNewLogins(b *browser, server *testdc.Server) {
	b.t.Helper()
	b.press("Yes, it is mine")
	b.lacks("A new login")
	b.wait(row("Chrome 142") + "&& !" + row("Chrome 142") + ".innerText.includes('Confirm')")
	strange := `<img src=x onerror="document.title='taken'">`
	server.AddLogin(phone, testdc.Phantom{Hash: 101, Device: strange, Platform: "Plan 9", App: "Odd", Country: "Nowhere", Unconfirmed: true})
	b.says("A new login: is it yours?")
	b.wait(row(strange))
	b.press("No, end it")
	b.click("//dialog//button[.='No, end it']")
	b.lacks("A new login")
	b.wait("!" + row(strange))
	var title string
	b.run(&title, "return document.title")
	if title != "Sessions" {
		b.t.Errorf("the name of a device was run: %s", title)
	}
	server.AddLogin(phone, testdc.Phantom{Hash: 102, Device: "Pixel 10", Platform: "Android", App: "Telegram Android", Unconfirmed: true})
	b.wait(row("Pixel 10"))
	b.click(in("Pixel 10", "Confirm"))
	b.lacks("A new login")
}

// endSessions ends one, which can be thought better of, and all others.
func endSessions(b *browser) {
	b.t.Helper()
	b.click(in("Xbox Series X", "Terminate"))
	b.says("End the session of Xbox Series X?")
	b.screenshot("question")
	b.keys(escape)
	b.wait("!document.querySelector('dialog')")
	b.wait(row("Xbox Series X"))
	b.click(in("Xbox Series X", "Terminate"))
	b.keys(tab + enter) // from Cancel to Terminate
	b.wait("!" + row("Xbox Series X"))
	b.wait(row("MacBook Pro"))
	b.press("Terminate all")
	b.click("//dialog//button[.='Terminate all']")
	b.lacks("Other devices")
	b.says("Session manager")
}

func endWebsites(b *browser) {
	b.t.Helper()
	b.click(in("chess.example", "Disconnect"))
	b.click("//dialog//button[.='Disconnect']")
	b.wait("!" + row("chess.example"))
	b.wait(row("tickets.example"))
	b.press("Disconnect all")
	b.click("//dialog//button[.='Disconnect all']")
	b.lacks("Websites")
}

func setLifetime(b *browser, server *testdc.Server) {
	b.t.Helper()
	b.wait("document.querySelector('select').value === '180'")
	b.click("//select/option[.='1 week']")
	if err := server.WaitCalls(b.t.Context(), "account.setAuthorizationTTL", 1); err != nil {
		b.t.Fatal(err)
	}
	server.SetTTLDays(phone, 42)
	b.do("POST", "/refresh", map[string]any{}, nil)
	b.says("42 days")
}

// logInByQR logs out, and in again with the help of another client that scans the picture.
func logInByQR(b *browser, address string) {
	b.t.Helper()
	other := newPhone(b.t)
	b.press("Log out")
	b.click("//dialog//button[.='Log out']")
	b.press("Use a QR code")
	b.wait("document.querySelector('img')?.naturalWidth > 0")
	link, picture := linkOf(b.t, address), b.screenshot("qr")
	for again := linkOf(b.t, address); again != link; again = linkOf(b.t, address) { // it is renewed as time goes by
		link, picture = again, b.screenshot("qr")
	}
	if reader, err := exec.LookPath("zbarimg"); err != nil {
		b.t.Log("zbarimg is not installed: the picture is not read")
	} else if out, err := exec.Command(reader, "-q", "--raw", picture).Output(); err != nil || strings.TrimSpace(string(out)) != link {
		b.t.Errorf("the picture says %q, want %q: %v", out, link, err)
	}
	other.ask("session", map[string]any{"@type": "confirmQrCodeAuthentication", "link": link})
	b.says("Enter your password")
	b.keys(password + enter)
	b.wait(row("A phone"))
}

// linkOf reads the link of the QR code from what the page is told.
func linkOf(t *testing.T, address string) string {
	t.Helper()
	resp, err := http.Get(address + "events")
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	lines := bufio.NewScanner(resp.Body)
	lines.Buffer(nil, 1e6)
	for lines.Scan() {
		var event struct {
			State struct{ Link string } `json:"authorization_state"`
		}
		if data, ok := strings.CutPrefix(lines.Text(), "data: "); ok && json.Unmarshal([]byte(data), &event) == nil && event.State.Link != "" {
			return event.State.Link
		}
	}
	t.Fatal("no link is told of")
	return ""
}

// client is a client of the library in this process.
type client struct {
	t        *testing.T
	r        *td.Registry
	requests int
	received []string
}

// newPhone logs in to the account.
func newPhone(t *testing.T) *client {
	t.Helper()
	c := &client{t: t, r: td.NewRegistry()}
	c.r.CreateClientID()
	_ = c.r.Log().SetVerbosity(0)
	c.ask("ok", map[string]any{"@type": "setTdlibParameters", "use_test_dc": true, "database_directory": t.TempDir(), "api_id": 2, "api_hash": "local",
		"system_language_code": "en", "device_model": "A phone", "application_version": "1"})
	t.Cleanup(func() { c.ask("ok", map[string]any{"@type": "close"}); c.until("authorizationStateClosed") })
	c.until("authorizationStateWaitPhoneNumber")
	c.ask("ok", map[string]any{"@type": "setAuthenticationPhoneNumber", "phone_number": phone})
	c.ask("ok", map[string]any{"@type": "checkAuthenticationCode", "code": "22222"})
	c.ask("ok", map[string]any{"@type": "checkAuthenticationPassword", "password": password})
	return c
}

// ask sends a request and wants an answer of a type.
func (c *client) ask(want string, request map[string]any) {
	c.t.Helper()
	c.requests++
	request["@extra"] = c.requests
	text, err := json.Marshal(request)
	if err != nil {
		c.t.Fatal(err)
	}
	c.r.Send(1, text)
	if answer := c.until(fmt.Sprintf(`"@extra":%d,`, c.requests)); !strings.HasPrefix(answer, `{"@type":"`+want+`"`) {
		c.t.Fatalf("%s is answered with %s", request["@type"], answer)
	}
}

// until returns what was received with the text in it.
func (c *client) until(part string) string {
	c.t.Helper()
	for deadline := time.Now().Add(20 * time.Second); time.Now().Before(deadline); {
		i := slices.IndexFunc(c.received, func(text string) bool { return strings.Contains(text, part) })
		if i >= 0 {
			return c.received[i]
		}
		c.received = append(c.received, string(c.r.Receive(nil, time.Second)))
	}
	c.t.Fatalf("%s has not come", part)
	return ""
}

// checkDoors: nobody gets in without the token, from another site or by another name, or to what the page has no use for.
func checkDoors(t *testing.T, address string) {
	t.Helper()
	root := address[:strings.LastIndex(strings.TrimSuffix(address, "/"), "/")+1]
	port := root[strings.LastIndex(root, ":"):]
	me := `{"@type":"getMe"}`
	for _, c := range []struct {
		name, method, url, body, host, origin string
		want                                  int
	}{
		{name: "the page", method: "GET", url: address, want: 200},
		{name: "no token", method: "GET", url: root, want: 403},
		{name: "a wrong token", method: "GET", url: root + "guess/events", want: 403},
		{name: "another path", method: "GET", url: address + "../manager.py", want: 403},
		{name: "another host", method: "GET", url: address, host: "rebound.example" + port[:len(port)-1], want: 403},
		{name: "a call", method: "POST", url: address + "call", body: me, origin: strings.TrimSuffix(root, "/"), want: 200},
		{name: "a call of another site", method: "POST", url: address + "call", body: me, origin: "https://evil.example", want: 403},
		{name: "a call without a token", method: "POST", url: root + "call", body: me, want: 403},
		{name: "another function", method: "POST", url: address + "call", body: `{"@type":"exportSession"}`, want: 403},
	} {
		req, err := http.NewRequestWithContext(t.Context(), c.method, c.url, strings.NewReader(c.body))
		if err != nil {
			t.Fatal(err)
		}
		req.Host = c.host
		if c.origin != "" {
			req.Header.Set("Origin", c.origin)
		}
		resp, err := http.DefaultClient.Do(req)
		if err != nil {
			t.Fatal(err)
		}
		text, _ := io.ReadAll(resp.Body)
		resp.Body.Close()
		if resp.StatusCode != c.want {
			t.Errorf("%s: %d, want %d: %s", c.name, resp.StatusCode, c.want, text)
		}
		if c.want == 200 && c.method == "GET" && !strings.Contains(resp.Header.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s has no policy: %v", c.name, resp.Header)
		}
	}
}
