package td

import (
	"bytes"
	"context"
	"crypto/rsa"
	"errors"
	"fmt"
	"maps"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/goccy/go-json"
	"github.com/gotd/td/bin"

	"tdjson/internal/testdc"
	"tdjson/td/tdlog"
)

// serverKey is the RSA key of all servers of this test binary: making one takes a while.
var serverKey = sync.OnceValues(testdc.NewKey)

func newServerKey(t testing.TB) *rsa.PrivateKey {
	t.Helper()
	key, err := serverKey()
	if err != nil {
		t.Fatal(err)
	}
	return key
}

// startServer starts a local Telegram that ends with the test.
func startServer(t testing.TB, opt testdc.Options) *testdc.Server {
	t.Helper()
	if opt.Key == nil {
		opt.Key = newServerKey(t)
	}
	s, err := testdc.Start(opt)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

// writeConfig writes a server's configuration into a file of the test.
func writeConfig(t testing.TB, config []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "server.json")
	if err := os.WriteFile(path, config, 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// newQuietRegistry makes a registry that logs nothing and reaches no network.
func newQuietRegistry() *Registry {
	r := NewRegistry()
	_ = r.Log().SetVerbosity(tdlog.Fatal) // a level that there is
	r.dial = func(context.Context, string, string) (net.Conn, error) {
		return nil, errors.New("no network in this test")
	}
	return r
}

// object is a received answer or update.
type object map[string]any

func (o object) kind() string { return o.text("@type") }

// at finds what is inside: o.at("authorization_state", "@type").
func (o object) at(path ...string) any {
	var v any = map[string]any(o)
	for _, name := range path {
		m, _ := v.(map[string]any)
		v = m[name]
	}
	return v
}

func (o object) text(path ...string) string { s, _ := o.at(path...).(string); return s }

func (o object) number(path ...string) int64 { n, _ := o.at(path...).(float64); return int64(n) }

func (o object) objects(path ...string) []object {
	list, _ := o.at(path...).([]any)
	out := make([]object, 0, len(list))
	for _, v := range list {
		m, _ := v.(map[string]any)
		out = append(out, m)
	}
	return out
}

// program is what loads the library: it receives for all its clients, and checks that each request is answered once.
type program struct {
	t       testing.TB
	r       *Registry
	stop    chan struct{}
	stopped chan struct{}

	mu       sync.Mutex
	clients  map[int64]*peer
	requests int
	early    map[int64][]object // of clients that are being made
}

// peer is a client as the program sees it. What it received is in order; news is closed when there is more.
type peer struct {
	p  *program
	t  testing.TB
	id int32

	mu       sync.Mutex
	received []object
	next     int // of those, where wait goes on
	answers  map[string][]object
	sent     map[string]string // requests by extra
	closed   bool
	after    []object // updates that came after the last word
	news     chan struct{}
}

// newProgram starts a program whose clients talk to the server at use_test_dc. With nil there is no network. Its clients are
// closed at the end of the test.
func newProgram(t testing.TB, s *testdc.Server) *program {
	t.Helper()
	r := newQuietRegistry()
	if s != nil {
		path := writeConfig(t, s.Config())
		r.dial = (&net.Dialer{}).DialContext
		r.servers = func(test bool) (*servers, error) { return findServers(test, path) }
	}
	return startProgram(t, r)
}

func startProgram(t testing.TB, r *Registry) *program {
	p := &program{t: t, r: r, stop: make(chan struct{}), stopped: make(chan struct{}), clients: map[int64]*peer{}, early: map[int64][]object{}}
	go p.receive()
	t.Cleanup(p.end)
	return p
}

func (p *program) receive() {
	defer close(p.stopped)
	var buffer []byte
	for {
		select {
		case <-p.stop:
			return
		default:
		}
		text := p.r.Receive(buffer[:0], 20*time.Millisecond)
		if text == nil {
			continue
		}
		var o object
		if err := json.Unmarshal(text, &o); err != nil {
			p.t.Errorf("received what is no JSON: %v: %s", err, text)
			continue
		}
		buffer = text
		p.mu.Lock()
		c := p.clients[o.number("@client_id")]
		if c == nil {
			p.early[o.number("@client_id")] = append(p.early[o.number("@client_id")], o)
		}
		p.mu.Unlock()
		if c != nil {
			c.take(o)
		}
	}
}

// end closes all clients that are not closed yet.
func (p *program) end() {
	p.mu.Lock()
	list := slices.Collect(maps.Values(p.clients))
	p.mu.Unlock()
	for _, c := range list {
		c.t = p.t
		if c.used() && !c.isClosed() {
			c.send(`{"@type":"close"}`)
		}
	}
	for _, c := range list {
		if c.used() {
			c.waitClosed()
			c.until("all answers", func() bool { return len(c.answers) == len(c.sent) })
		}
	}
	time.Sleep(calm) // for what must not come
	close(p.stop)
	<-p.stopped
	for _, c := range list {
		c.check()
	}
}

// client makes a client. It starts with its first request.
func (p *program) client() *peer {
	c := &peer{
		p: p, t: p.t, id: p.r.CreateClientID(), answers: map[string][]object{}, sent: map[string]string{}, news: make(chan struct{}),
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.clients[int64(c.id)] = c
	for _, o := range p.early[int64(c.id)] {
		c.take(o)
	}
	return c
}

func (c *peer) take(o object) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if extra, ok := o["@extra"]; ok {
		c.answers[fmt.Sprint(extra)] = append(c.answers[fmt.Sprint(extra)], o)
	} else {
		if c.closed {
			c.after = append(c.after, o)
		}
		if o.text("authorization_state", "@type") == "authorizationStateClosed" {
			c.closed = true
		}
		c.received = append(c.received, o)
	}
	close(c.news)
	c.news = make(chan struct{})
}

func (c *peer) isClosed() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.closed
}

func (c *peer) used() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return len(c.sent) > 0
}

// check says which requests were not answered, or more than once, and what came after the end.
func (c *peer) check() {
	c.mu.Lock()
	defer c.mu.Unlock()
	for extra, request := range c.sent {
		if n := len(c.answers[extra]); n != 1 {
			c.p.t.Errorf("client %d: %d answers to %s", c.id, n, request)
		}
	}
	for _, o := range c.after {
		c.p.t.Errorf("client %d: after its end came %v", c.id, o)
	}
}

// send sends a request, a JSON object without @extra, and answers its @extra.
func (c *peer) send(format string, args ...any) string {
	c.t.Helper()
	c.p.mu.Lock()
	c.p.requests++
	extra := fmt.Sprintf("request %d", c.p.requests)
	c.p.mu.Unlock()
	text := fmt.Sprintf(format, args...)
	if !strings.HasPrefix(text, `{"@type":"`) {
		c.t.Fatalf("no request: %s", text)
	}
	c.mu.Lock()
	c.sent[extra] = text
	c.mu.Unlock()
	c.p.r.Send(c.id, []byte(text[:len(text)-1]+`,"@extra":"`+extra+`"}`))
	return extra
}

// answer waits for the answer to a request.
func (c *peer) answer(extra string) object {
	c.t.Helper()
	var got object
	c.until("the answer to "+c.sent[extra], func() bool {
		if list := c.answers[extra]; len(list) > 0 {
			got = list[0]
		}
		return got != nil
	})
	return got
}

// ask sends a request and waits for its answer.
func (c *peer) ask(format string, args ...any) object {
	c.t.Helper()
	return c.answer(c.send(format, args...))
}

// must is ask for what has to be answered with an object of a type.
func (c *peer) must(kind, format string, args ...any) object {
	c.t.Helper()
	o := c.ask(format, args...)
	if o.kind() != kind {
		c.t.Fatalf("client %d: %s was answered with %v, want %s", c.id, fmt.Sprintf(format, args...), o, kind)
	}
	return o
}

// fails is ask for what has to be answered with an error.
func (c *peer) fails(code int64, message, format string, args ...any) {
	c.t.Helper()
	o := c.must("error", format, args...)
	if o.number("code") != code || o.text("message") != message {
		c.t.Fatalf("client %d: %s was answered with %v, want %d %s", c.id, fmt.Sprintf(format, args...), o, code, message)
	}
}

// forget lets go of what was received.
func (c *peer) forget() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.received, c.next = nil, 0
}

// until waits until something is so, looking whenever something came. The peer is locked meanwhile.
func (c *peer) until(what string, so func() bool) {
	c.t.Helper()
	deadline := time.NewTimer(2 * patience)
	defer deadline.Stop()
	for {
		c.mu.Lock()
		met, news := so(), c.news
		c.mu.Unlock()
		if met {
			return
		}
		select {
		case <-news:
		case <-deadline.C:
			c.t.Fatalf("client %d waited in vain for %s; the last it heard: %s", c.id, what, c.tail())
		}
	}
}

// tail is the end of what was received, for errors.
func (c *peer) tail() string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var b strings.Builder
	for _, o := range c.received[max(0, len(c.received)-6):] {
		text, _ := json.Marshal(o)
		fmt.Fprintf(&b, "\n  %s", bytes.TrimSpace(text[:min(len(text), 200)]))
	}
	return b.String()
}

// wait waits for the next update that is meant; those before it are passed over.
func (c *peer) wait(what string, meant func(object) bool) object {
	c.t.Helper()
	var got object
	c.until(what, func() bool {
		for c.next < len(c.received) && got == nil {
			if o := c.received[c.next]; meant(o) {
				got = o
			}
			c.next++
		}
		return got != nil
	})
	return got
}

// state waits for a state of the login.
func (c *peer) state(name string) object {
	c.t.Helper()
	return c.wait(name, func(o object) bool { return o.text("authorization_state", "@type") == name })
}

// connection waits for a state of the connection.
func (c *peer) connection(name string) {
	c.t.Helper()
	c.wait(name, func(o object) bool { return o.kind() == "updateConnectionState" && o.text("state", "@type") == name })
}

func (c *peer) waitClosed() {
	c.t.Helper()
	c.until("authorizationStateClosed", func() bool { return c.closed })
}

// states are all states of the login up to now.
func (c *peer) states() []string {
	c.mu.Lock()
	defer c.mu.Unlock()
	var list []string
	for _, o := range c.received {
		if s := o.text("authorization_state", "@type"); s != "" {
			list = append(list, strings.TrimPrefix(s, "authorizationState"))
		}
	}
	return list
}

// count is how many updates so far are meant.
func (c *peer) count(meant func(object) bool) int {
	c.mu.Lock()
	defer c.mu.Unlock()
	n := 0
	for _, o := range c.received {
		if meant(o) {
			n++
		}
	}
	return n
}

// parametersFor is setTdlibParameters with a database in a directory.
func parametersFor(dir string) string {
	return fmt.Sprintf(`{"@type":"setTdlibParameters","use_test_dc":true,"database_directory":%q,"api_id":94575,`+
		`"api_hash":"a3406de8d171bb422bb6ddf3bbd800e2","system_language_code":"en","device_model":"Desktop","application_version":"1.0"}`, dir)
}

// start makes a client with a database in a directory.
func (p *program) start(dir string) *peer {
	p.t.Helper()
	c := p.client()
	c.t.Helper()
	c.must("ok", "%s", parametersFor(dir))
	return c
}

// codeOf is the login code of a phone number of testdc.
func codeOf(phone string) string {
	if strings.HasPrefix(phone, "99966") {
		return strings.Repeat(phone[5:6], 5)
	}
	return "12345"
}

// login makes a client that is logged in.
func (p *program) login(dir, phone string) *peer {
	p.t.Helper()
	c := p.start(dir)
	c.login(phone)
	return c
}

func (c *peer) login(phone string) {
	c.t.Helper()
	c.state("authorizationStateWaitPhoneNumber")
	c.must("ok", `{"@type":"setAuthenticationPhoneNumber","phone_number":%q}`, phone)
	c.state("authorizationStateWaitCode")
	c.must("ok", `{"@type":"checkAuthenticationCode","code":%q}`, codeOf(phone))
	c.state("authorizationStateReady")
}

// close closes the client and waits for its last word.
func (c *peer) close() {
	c.t.Helper()
	c.must("ok", `{"@type":"close"}`)
	c.waitClosed()
}

// invoker answers the calls of a client in place of a server.
type invoker func(input bin.Encoder) (bin.Encoder, error)

func (f invoker) Invoke(_ context.Context, input bin.Encoder, output bin.Decoder) error {
	answer, err := f(input)
	if err != nil {
		return err
	}
	var b bin.Buffer
	if err := answer.Encode(&b); err != nil {
		return err
	}
	return output.Decode(&b)
}
