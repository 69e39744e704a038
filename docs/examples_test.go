package docs

import (
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-json"

	"tdjson/internal/testdc"
	"tdjson/td"
)

// anything is a value that differs each time, or the end of a list that is not shown whole.
const anything = "…"

// TestExamples sends what extensions.md shows as requests, and holds its answers against what it shows as them.
func TestExamples(t *testing.T) {
	p := startProgram(t)
	user := p.client(t.TempDir())
	user.login("+9996621234", "22222")
	empty := p.client(t.TempDir())
	empty.until("authorizationStateWaitPhoneNumber")
	var last map[string]any // the answer before
	count := 0
	page := read(t, "extensions.md")
	for _, found := range regexp.MustCompile("(?s)(<!-- .*? -->\n)?```text\n(.*?)```").FindAllStringSubmatch(page, -1) {
		c := user
		if found[1] != "" {
			c = empty
		}
		for _, e := range exchanges(t, found[2]) {
			count++
			if text, _ := e.request["text"].(string); strings.HasSuffix(text, anything) {
				e.request["text"] = last["text"]
			}
			last = c.ask(e.request)
			if err := like(e.answer, last); err != nil {
				t.Errorf("%v is answered with %v: %v", e.request, last, err)
			}
		}
	}
	if count < 10 {
		t.Errorf("only %d examples were found", count)
	}
}

// exchange is a request and its answer.
type exchange struct{ request, answer map[string]any }

// exchanges reads what follows the arrows of a block.
func exchanges(t *testing.T, block string) (list []exchange) {
	t.Helper()
	for part := range strings.SplitSeq(block, "→") {
		if strings.TrimSpace(part) == "" {
			continue
		}
		request, answer, _ := strings.Cut(part, "←")
		var e exchange
		if err := json.Unmarshal([]byte(request), &e.request); err != nil {
			t.Fatalf("%s: %v", request, err)
		}
		if err := json.Unmarshal([]byte(answer), &e.answer); err != nil {
			t.Fatalf("%s: %v", answer, err)
		}
		list = append(list, e)
	}
	return list
}

// like says where got is not what is shown. Fields that are not shown may be there.
func like(shown, got any) error {
	switch shown := shown.(type) {
	case string:
		if shown == anything && got != nil {
			return nil
		}
	case map[string]any:
		object, _ := got.(map[string]any)
		for name, value := range shown {
			if err := like(value, object[name]); err != nil {
				return fmt.Errorf("%s: %w", name, err)
			}
		}
		return nil
	case []any:
		list, _ := got.([]any)
		for i, value := range shown {
			if value == anything {
				return nil
			}
			if i >= len(list) {
				return fmt.Errorf("%d values", len(list))
			}
			if err := like(value, list[i]); err != nil {
				return fmt.Errorf("%d: %w", i, err)
			}
		}
		if len(list) > len(shown) {
			return fmt.Errorf("%d values", len(list))
		}
		return nil
	}
	if !reflect.DeepEqual(shown, got) {
		return fmt.Errorf("%v, not %v", got, shown)
	}
	return nil
}

// program has clients of the library.
type program struct {
	t        *testing.T
	r        *td.Registry
	received []map[string]any
}

type client struct {
	*program
	id       int32
	requests int
}

// startProgram starts a program on a local Telegram of its own, where Ada has an account.
func startProgram(t *testing.T) *program {
	t.Helper()
	server, err := testdc.Start(testdc.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	server.AddAccount("+9996621234", "Ada")
	config := filepath.Join(t.TempDir(), "server.json")
	if err := os.WriteFile(config, server.Config(), 0o600); err != nil {
		t.Fatal(err)
	}
	t.Setenv("TDJSON_TEST_SERVER", config)
	p := &program{t: t, r: td.NewRegistry()}
	_ = p.r.Log().SetVerbosity(0)
	return p
}

// client opens a client that is closed at the end of the test.
func (p *program) client(dir string) *client {
	p.t.Helper()
	c := &client{program: p, id: p.r.CreateClientID()}
	p.t.Cleanup(func() {
		c.must(map[string]any{"@type": "close"})
		c.until("authorizationStateClosed")
	})
	c.must(map[string]any{"@type": "setTdlibParameters", "use_test_dc": true, "database_directory": dir, "api_id": 2, "api_hash": "local",
		"system_language_code": "en", "device_model": "Example", "application_version": "1.0"})
	return c
}

func (c *client) login(phone, code string) {
	c.t.Helper()
	c.until("authorizationStateWaitPhoneNumber")
	c.must(map[string]any{"@type": "setAuthenticationPhoneNumber", "phone_number": phone})
	c.must(map[string]any{"@type": "checkAuthenticationCode", "code": code})
	c.until("authorizationStateReady")
}

// must is ask for what has to be answered with ok.
func (c *client) must(request map[string]any) {
	c.t.Helper()
	if answer := c.ask(request); answer["@type"] != "ok" {
		c.t.Fatalf("%v is answered with %v", request, answer)
	}
}

// ask sends a request and waits for its answer.
func (c *client) ask(request map[string]any) map[string]any {
	c.t.Helper()
	c.requests++
	request["@extra"] = c.requests
	text, err := json.Marshal(request)
	if err != nil {
		c.t.Fatal(err)
	}
	delete(request, "@extra")
	c.r.Send(c.id, text)
	return c.find(fmt.Sprint("the answer to ", request), func(o map[string]any) bool { return o["@extra"] == float64(c.requests) })
}

// until waits until the state of the login has been this.
func (c *client) until(state string) {
	c.t.Helper()
	c.find(state, func(o map[string]any) bool {
		inside, _ := o["authorization_state"].(map[string]any)
		return inside["@type"] == state
	})
}

// find waits until the client has received something.
func (c *client) find(what string, meant func(map[string]any) bool) map[string]any {
	c.t.Helper()
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); {
		for _, o := range c.received {
			if o["@client_id"] == float64(c.id) && meant(o) {
				return o
			}
		}
		if text := c.r.Receive(nil, time.Second); text != nil {
			var o map[string]any
			if err := json.Unmarshal(text, &o); err != nil {
				c.t.Fatal(err)
			}
			c.received = append(c.received, o)
		}
	}
	c.t.Fatalf("%s has not come", what)
	return nil
}
