package sessions

import (
	"bufio"
	"bytes"
	"context"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"
	"time"

	"github.com/goccy/go-json"
)

// browser is Chromium without a window, driven over WebDriver.
type browser struct {
	t       *testing.T
	session string // address of the WebDriver session
}

// startBrowser starts a browser that ends with the test, which is skipped where there is none.
func startBrowser(t *testing.T) *browser {
	t.Helper()
	driver := need(t, "chromedriver")
	chromium := need(t, "chromium")
	b := &browser{t: t, session: "http://127.0.0.1:" + startDriver(t, driver) + "/session"}
	flags := []string{
		"--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
		"--disable-component-update", "--disable-sync", "--disable-dev-shm-usage", "--hide-scrollbars", "--user-data-dir=" + t.TempDir(),
	}
	options := map[string]any{"binary": chromium, "args": flags}
	var made struct{ SessionID string }
	b.do("POST", "", map[string]any{"capabilities": map[string]any{"alwaysMatch": map[string]any{"goog:chromeOptions": options}}}, &made)
	b.session += "/" + made.SessionID
	t.Cleanup(func() { b.do("DELETE", "", nil, nil) })
	return b
}

// startDriver starts the driver, which ends with the test, and returns the port at which it listens.
func startDriver(t *testing.T, driver string) string {
	t.Helper()
	for range 5 { // at the port that it takes there may be someone else: then it ends
		cmd := exec.CommandContext(context.WithoutCancel(t.Context()), driver, "--port=0")
		out, err := cmd.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := cmd.Start(); err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() {
			_ = cmd.Process.Kill()
			_ = cmd.Wait()
		})
		if port := driverPort(out); port != "" {
			return port
		}
	}
	t.Fatal("chromedriver does not say where it listens")
	return ""
}

var portLine = regexp.MustCompile(`started successfully on port (\d+)`)

// driverPort reads from what the driver prints where it listens, "" if it does not.
func driverPort(out io.Reader) string {
	lines := bufio.NewScanner(out)
	for lines.Scan() {
		if found := portLine.FindStringSubmatch(lines.Text()); found != nil {
			go io.Copy(io.Discard, out)
			return found[1]
		}
	}
	return ""
}

// do asks the driver for something, and puts its answer into value if that is not nil.
func (b *browser) do(method, path string, body, value any) {
	b.t.Helper()
	if err := b.try(method, path, body, value); err != nil {
		b.t.Fatal(err)
	}
}

func (b *browser) try(method, path string, body, value any) error {
	var text []byte
	if body != nil {
		var err error
		if text, err = json.Marshal(body); err != nil {
			return err
		}
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(b.t.Context()), time.Minute)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, method, b.session+path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	resp, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusOK {
		return fmt.Errorf("%s %s: %s: %s %w", method, path, resp.Status, answer, err)
	}
	if value == nil {
		return nil
	}
	return json.Unmarshal(answer, &struct{ Value any }{value})
}

func (b *browser) open(address string) {
	b.t.Helper()
	b.do("POST", "/url", map[string]any{"url": address}, nil)
}

// run runs a script in the page and puts what it returns into value.
func (b *browser) run(value any, script string, args ...any) {
	b.t.Helper()
	if args == nil {
		args = []any{}
	}
	b.do("POST", "/execute/sync", map[string]any{"script": script, "args": args}, value)
}

// wait waits until an expression in the page is true.
func (b *browser) wait(condition string) {
	b.t.Helper()
	deadline := time.Now().Add(40 * time.Second)
	for time.Now().Before(deadline) {
		var ok bool
		b.run(&ok, "return !!("+condition+")")
		if ok {
			return
		}
		time.Sleep(30 * time.Millisecond)
	}
	var text string
	b.run(&text, "return document.body.innerText")
	b.screenshot("failed")
	b.t.Fatalf("the page has not come to %s; it says:\n%s", condition, text)
}

// says waits until the page has the text.
func (b *browser) says(text string) {
	b.t.Helper()
	b.wait(fmt.Sprintf("document.body.innerText.includes(%q)", text))
}

// lacks waits until the page has the text no more.
func (b *browser) lacks(text string) {
	b.t.Helper()
	b.wait(fmt.Sprintf("!document.body.innerText.includes(%q)", text))
}

// click clicks on what an XPath finds, with the mouse. The page may just be making it anew.
func (b *browser) click(path string) {
	b.t.Helper()
	var err error
	for range 100 {
		var found map[string]string
		if err = b.try("POST", "/element", map[string]any{"using": "xpath", "value": path}, &found); err == nil {
			for _, id := range found {
				err = b.try("POST", "/element/"+id+"/click", map[string]any{}, nil)
			}
			if err == nil {
				return
			}
		}
		time.Sleep(30 * time.Millisecond)
	}
	b.t.Fatalf("%s: %v", path, err)
}

// press is the button with this text.
func (b *browser) press(text string) {
	b.t.Helper()
	b.click(fmt.Sprintf("//main//button[.=%q]", text))
}

// keys types, wherever the focus is.
func (b *browser) keys(text string) {
	b.t.Helper()
	var actions []map[string]any
	for _, r := range text {
		actions = append(actions, map[string]any{"type": "keyDown", "value": string(r)}, map[string]any{"type": "keyUp", "value": string(r)})
	}
	b.do("POST", "/actions", map[string]any{"actions": []any{map[string]any{"type": "key", "id": "keyboard", "actions": actions}}}, nil)
}

// Keys as WebDriver names them.
const (
	enter  = "\ue007"
	tab    = "\ue004"
	escape = "\ue00c"
)

// look sets what the page is seen on.
func (b *browser) look(width, height int, scheme string) {
	b.t.Helper()
	device := map[string]any{"width": width, "height": height, "deviceScaleFactor": 1.5, "mobile": false}
	b.do("POST", "/goog/cdp/execute", map[string]any{"cmd": "Emulation.setDeviceMetricsOverride", "params": device}, nil)
	features := []any{map[string]any{"name": "prefers-color-scheme", "value": scheme}}
	b.do("POST", "/goog/cdp/execute", map[string]any{"cmd": "Emulation.setEmulatedMedia", "params": map[string]any{"features": features}}, nil)
}

// screenshot keeps a picture among the artifacts of the test (go test -artifacts).
func (b *browser) screenshot(name string) string {
	b.t.Helper()
	var text string
	b.do("GET", "/screenshot", nil, &text)
	picture, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		b.t.Fatal(err)
	}
	path := filepath.Join(b.t.ArtifactDir(), name+".png")
	if err := os.WriteFile(path, picture, 0o644); err != nil {
		b.t.Fatal(err)
	}
	return path
}

// need returns where a program is, or skips the test where it is missing.
func need(t *testing.T, name string) string {
	t.Helper()
	path, err := exec.LookPath(name)
	if err != nil {
		t.Skipf("%s is needed for this test and is not installed", name)
	}
	return path
}
