package td

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-json"

	"tdjson/internal/testdc"
)

// library is what a scenario is played through.
type library interface {
	create() int32
	send(client int32, request []byte)
	execute(request []byte) []byte
	receive(timeout time.Duration) []byte
}

// registryLibrary is this library.
type registryLibrary struct{ r *Registry }

func newRegistryLibrary(t *testing.T, s *testdc.Server) library {
	r := newQuietRegistry()
	path := writeConfig(t, s.Config())
	r.dial = (&net.Dialer{}).DialContext
	r.servers = func(test bool) (*servers, error) { return findServers(test, path) }
	return registryLibrary{r}
}

func (l registryLibrary) create() int32                  { return l.r.CreateClientID() }
func (l registryLibrary) send(client int32, text []byte) { l.r.Send(client, text) }
func (l registryLibrary) execute(text []byte) []byte     { return l.r.Execute(nil, text) }
func (l registryLibrary) receive(d time.Duration) []byte { return l.r.Receive(nil, d) }

// bridge is TDLib's library in a process of its own: see testdata/scenarios/bridge.py.
type bridge struct {
	t        *testing.T
	in       io.Writer
	answers  chan []byte
	received chan []byte
}

func startBridge(t *testing.T, library string, s *testdc.Server) *bridge {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), "python3", filepath.Join("testdata", "scenarios", "bridge.py"), withKey(t, library, s.PublicKey()))
	cmd.Stderr = os.Stderr
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	b := &bridge{t: t, in: in, answers: make(chan []byte, 1), received: make(chan []byte, 1<<16)}
	read := make(chan struct{})
	go func() {
		defer close(read)
		b.read(out)
	}()
	t.Cleanup(func() {
		_ = in.Close() // it ends then
		<-read
		_ = cmd.Wait()
	})
	return b
}

func (b *bridge) read(out io.Reader) {
	lines := bufio.NewScanner(out)
	lines.Buffer(nil, 1<<24)
	for lines.Scan() {
		text := bytes.Clone(lines.Bytes())
		if rest, ok := bytes.CutPrefix(text, []byte("= ")); ok {
			b.answers <- rest
		} else if rest, ok := bytes.CutPrefix(text, []byte("< ")); ok {
			b.received <- rest
		}
	}
	close(b.answers)
}

func (b *bridge) say(format string, args ...any) {
	if _, err := fmt.Fprintf(b.in, format+"\n", args...); err != nil {
		b.t.Fatal(err)
	}
}

func (b *bridge) create() int32 {
	b.say("create")
	id, err := strconv.Atoi(string(<-b.answers))
	if err != nil {
		b.t.Fatal(err)
	}
	return int32(id)
}

func (b *bridge) send(client int32, text []byte) { b.say("send %d %s", client, text) }

func (b *bridge) execute(text []byte) []byte {
	b.say("execute %s", text)
	return <-b.answers
}

func (b *bridge) receive(timeout time.Duration) []byte {
	select {
	case text := <-b.received:
		return text
	case <-time.After(timeout):
		return nil
	}
}

var publicKey = regexp.MustCompile(`-----BEGIN RSA PUBLIC KEY-----\n(?s:.*?)\n-----END RSA PUBLIC KEY-----`)

// withKey copies a library and puts a server's key where Telegram's are.
func withKey(t *testing.T, library string, key []byte) string {
	t.Helper()
	text, err := os.ReadFile(library)
	if err != nil {
		t.Fatal(err)
	}
	key = bytes.TrimSpace(key)
	found := 0
	text = publicKey.ReplaceAllFunc(text, func(old []byte) []byte {
		if len(old) != len(key) {
			return old // another kind of key
		}
		found++
		return key
	})
	if found == 0 {
		t.Fatalf("%s holds no key of Telegram's servers", library)
	}
	path := filepath.Join(t.TempDir(), "libtdjson.so")
	if err := os.WriteFile(path, text, 0o700); err != nil {
		t.Fatal(err)
	}
	return path
}

// scenarioPatience is how long a step waits: passwords are slow to hash, the more so with the race detector.
const scenarioPatience = 4 * patience

// player plays a scenario.
type player struct {
	t       *testing.T
	lib     library
	began   time.Time
	step    int
	clients map[string]*played
	byID    map[int64]*played
	binds   map[string]any
	bound   []string // those that patterns have bound
	done    any      // what td_execute has answered
	said    transcript
}

// played is a client of a scenario.
type played struct {
	name   string
	id     int32
	queue  []map[string]any // received, and not matched yet
	last   any              // @extra of the latest request
	closed bool
}

func newPlayer(t *testing.T, lib library, s *testdc.Server) *player {
	host, port, err := net.SplitHostPort(s.ProxyAddr())
	if err != nil {
		t.Fatal(err)
	}
	return &player{
		t: t, lib: lib, began: time.Now(), clients: map[string]*played{}, byID: map[int64]*played{},
		binds: map[string]any{"proxy_host": host, "proxy_port": json.Number(port)},
	}
}

// do does one step.
func (p *player) do(line string) error {
	word, rest, _ := strings.Cut(line, " ")
	switch word {
	case "client":
		return p.newClient(rest)
	case "sleep":
		seconds, err := strconv.ParseFloat(rest, 64)
		p.drain(time.Duration(seconds * float64(time.Second)))
		return err
	case "exec":
		return p.execute(p.fill(rest))
	case "exec=":
		return p.hold(rest, p.done)
	case "close":
		return p.close(rest)
	}
	c := p.clients[word]
	if c == nil {
		return errors.New("no such step or client")
	}
	op, body, _ := strings.Cut(rest, " ")
	switch op {
	case ">":
		return p.send(c, p.fill(body))
	case "<", "?":
		return p.await(c, op, body)
	case "=":
		return p.answer(c, p.fill(body))
	}
	return errors.New("no such step")
}

func (p *player) newClient(name string) error {
	c := &played{name: name, id: p.lib.create()}
	p.clients[name], p.byID[int64(c.id)] = c, c
	if p.binds["db_"+name] == nil {
		p.binds["db_"+name] = p.t.TempDir()
	}
	p.lib.send(c.id, []byte(`{"@type":"getAuthorizationState","@extra":"start"}`)) // TDLib starts a client at its first request
	return nil
}

func (p *player) send(c *played, text string) error {
	var request map[string]any
	if err := unmarshalExact([]byte(text), &request); err != nil {
		return err
	}
	if _, ok := request["@extra"]; !ok {
		request["@extra"] = json.Number(strconv.Itoa(p.step))
	}
	c.last = request["@extra"]
	out, err := json.Marshal(request)
	p.lib.send(c.id, out)
	return err
}

func (p *player) execute(text string) error {
	p.done = nil
	answer := p.lib.execute([]byte(text))
	p.said = append(p.said, said{Client: "-", Step: p.step, Object: map[string]any{"@type": "execute", "answer": json.RawMessage(answer)}})
	return unmarshalExact(answer, &p.done)
}

func (p *player) close(name string) error {
	c := p.clients[name]
	if c == nil {
		return errors.New("no such client")
	}
	p.lib.send(c.id, []byte(`{"@type":"close"}`))
	if !p.search(c, scenarioPatience, false, isClosed) {
		return errors.New("not closed")
	}
	return nil
}

func isClosed(o map[string]any) bool {
	return object(o).text("authorization_state", "@type") == "authorizationStateClosed"
}

// await waits for an object that holds a pattern; with "?" it may fail to come.
func (p *player) await(c *played, op, body string) error {
	var pattern any
	if err := unmarshalExact([]byte(body), &pattern); err != nil {
		return err
	}
	wait := scenarioPatience
	if op == "?" {
		wait = time.Second
	}
	if !p.search(c, wait, false, func(o map[string]any) bool { return p.holds(pattern, o) }) && op == "<" {
		return errors.New("nothing received holds it")
	}
	return nil
}

// answer waits for the answer to the latest request and holds it to a pattern.
func (p *player) answer(c *played, pattern string) error {
	var got map[string]any
	if !p.search(c, scenarioPatience, true, func(o map[string]any) bool {
		if compact(o["@extra"]) != compact(c.last) {
			return false
		}
		got = o
		return true
	}) {
		return errors.New("no answer")
	}
	return p.hold(pattern, any(got))
}

func (p *player) hold(pattern string, v any) error {
	var want any
	if err := unmarshalExact([]byte(pattern), &want); err != nil {
		return err
	}
	if !p.holds(want, v) {
		return fmt.Errorf("answered %.600s", compact(v))
	}
	return nil
}

// search looks at what came since the last match, then at what comes. A match uses up what was before it, an answer itself alone.
func (p *player) search(c *played, wait time.Duration, answer bool, ok func(map[string]any) bool) bool {
	for end, i := time.Now().Add(wait), 0; ; {
		for ; i < len(c.queue); i++ {
			if !ok(c.queue[i]) {
				continue
			}
			first := 0
			if answer {
				first = i
			}
			c.queue = slices.Delete(c.queue, first, i+1)
			return true
		}
		left := time.Until(end)
		if left <= 0 {
			return false
		}
		p.receive(left)
	}
}

func (p *player) drain(d time.Duration) {
	for end := time.Now().Add(d); time.Until(end) > 0; {
		p.receive(time.Until(end))
	}
}

func (p *player) receive(timeout time.Duration) {
	text := p.lib.receive(timeout)
	if text == nil {
		return
	}
	var o map[string]any
	if err := unmarshalExact(text, &o); err != nil {
		p.t.Fatalf("received what is no JSON: %v: %s", err, text)
	}
	id, _ := o["@client_id"].(json.Number)
	number, _ := id.Int64()
	delete(o, "@client_id")
	c := p.byID[number]
	if c == nil {
		p.t.Fatalf("received what is for no client: %s", text)
	}
	c.closed = c.closed || isClosed(o)
	c.queue = append(c.queue, o)
	if o["@extra"] != "start" {
		p.said = append(p.said, said{Client: c.name, Step: p.step, Object: o})
	}
}

// end closes the clients that the scenario has left; what they say is not compared.
func (p *player) end() {
	said := p.said
	for _, c := range p.clients {
		if !c.closed {
			p.lib.send(c.id, []byte(`{"@type":"close"}`))
			p.search(c, scenarioPatience, false, isClosed)
		}
	}
	p.said = said
}

// transcript is what was received, folded.
func (p *player) transcript() transcript {
	f := folding{at: p.began, words: map[string]string{}}
	for name, v := range p.binds {
		if dir, ok := v.(string); ok && strings.HasPrefix(name, "db_") {
			f.words[dir] = "<db>"
		}
	}
	for _, name := range p.bound {
		if s, ok := p.binds[name].(string); ok && len(s) >= 8 {
			f.words[s] = "<" + name + ">"
		}
	}
	for i := range p.said {
		var plain map[string]any
		text, err := json.Marshal(p.said[i].Object)
		if err == nil {
			err = unmarshalExact(text, &plain)
		}
		if err != nil {
			p.t.Fatal(err)
		}
		p.said[i].Object = f.fold(plain, "").(map[string]any)
	}
	return p.said
}

var variable = regexp.MustCompile(`\$(\w+)`)

// fill puts in what variables are bound to.
func (p *player) fill(text string) string {
	return variable.ReplaceAllStringFunc(text, func(name string) string {
		switch v := p.binds[name[1:]].(type) {
		case nil:
			return name
		case string:
			return v
		default:
			return compact(v)
		}
	})
}

// holds says whether a value holds a pattern; only then the pattern's free variables are bound.
func (p *player) holds(pattern, v any) bool {
	trial := map[string]any{}
	if !p.matches(pattern, v, trial) {
		return false
	}
	for name, v := range trial {
		p.binds[name] = v
		p.bound = append(p.bound, name)
	}
	return true
}

func (p *player) matches(pattern, v any, trial map[string]any) bool {
	switch pattern := pattern.(type) {
	case string:
		return p.matchesText(pattern, v, trial)
	case map[string]any:
		o, ok := v.(map[string]any)
		for k, want := range pattern {
			got, there := o[k]
			if !ok || !there || !p.matches(want, got, trial) {
				return false
			}
		}
		return ok
	case []any:
		list, ok := v.([]any)
		if !ok || len(list) != len(pattern) {
			return false
		}
		for i := range list {
			if !p.matches(pattern[i], list[i], trial) {
				return false
			}
		}
		return true
	}
	return pattern == v
}

func (p *player) matchesText(pattern string, v any, trial map[string]any) bool {
	if pattern == "*" {
		return true
	}
	name, ok := strings.CutPrefix(pattern, "$")
	if !ok || variable.FindString(pattern) != pattern {
		return pattern == v
	}
	for _, binds := range []map[string]any{p.binds, trial} {
		if bound := binds[name]; bound != nil {
			return len(delta(bound, v, "")) == 0
		}
	}
	trial[name] = v
	return true
}
