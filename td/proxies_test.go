package td

import (
	"context"
	"fmt"
	"net"
	"slices"
	"strings"
	"testing"
	"time"

	"tdjson/internal/testdc"
)

// socks is addProxy for a SOCKS5 proxy.
func socks(addr string, enable bool) string {
	host, port, _ := net.SplitHostPort(addr)
	return fmt.Sprintf(`{"@type":"addProxy","proxy":{"@type":"proxy","server":%q,"port":%s,"type":{"@type":"proxyTypeSocks5"}},"enable":%t}`, host, port, enable)
}

// TestProxy switches a proxy on, off and on, and removes it, while the client is logged in.
func TestProxy(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{Proxy: true})
	f := newFront(t, s.ProxyAddr(), good)
	p := newProgram(t, s)
	dir := t.TempDir()
	c := p.login(dir, eva)
	c.upToDate()
	works := func() { // so soon that no other state of the connection is told of
		t.Helper()
		c.must("sessions", `{"@type":"getActiveSessions"}`)
	}
	id := c.must("addedProxy", "%s", socks(f.addr(), true)).number("id")
	works()
	if f.taken.Load() == 0 {
		t.Error("the proxy is not used")
	}
	c.must("ok", `{"@type":"disableProxy"}`)
	works()
	direct := f.taken.Load()
	c.must("ok", `{"@type":"enableProxy","proxy_id":%d}`, id)
	works()
	if f.taken.Load() == direct {
		t.Error("the proxy is not used again")
	}
	list := c.must("addedProxies", `{"@type":"getProxies"}`).objects("proxies")
	if len(list) != 1 || list[0].at("is_enabled") != true || list[0].number("last_used_date") == 0 {
		t.Errorf("proxies: %v", list)
	}
	// It is used from the start of the next run on.
	c.close()
	before := f.taken.Load()
	c = p.start(dir)
	c.connection("connectionStateConnectingToProxy")
	works()
	if f.taken.Load() == before {
		t.Error("the proxy is not used after a restart")
	}
	c.must("ok", `{"@type":"removeProxy","proxy_id":%d}`, id)
	works()
	f.set(hangsUp)
	c.must("sessions", `{"@type":"getActiveSessions"}`)
	c.fails(400, "Unknown proxy identifier", `{"@type":"enableProxy","proxy_id":%d}`, id)
}

// TestBadProxy: with a proxy that does not work requests wait; without it, or once it works, they are answered.
func TestBadProxy(t *testing.T) {
	t.Parallel()
	for _, mode := range []string{hangsUp, stalls, rubbish, "refuses"} {
		for _, end := range []string{"works", "is disabled", "is removed", "is replaced"} {
			if mode == "refuses" && end == "works" {
				continue
			}
			t.Run(mode+" until it "+end, func(t *testing.T) {
				t.Parallel()
				s := startServer(t, testdc.Options{Proxy: true})
				f := newFront(t, s.ProxyAddr(), mode)
				if mode == "refuses" {
					_ = f.listen.Close()
				}
				p := newProgram(t, s)
				c := p.login(t.TempDir(), eva)
				c.upToDate()
				id := c.must("addedProxy", "%s", socks(f.addr(), true)).number("id")
				c.connection("connectionStateConnectingToProxy")
				sent := c.send(`{"@type":"getActiveSessions"}`)
				if mode != "refuses" {
					waitFor(t, "the proxy is tried", func() bool { return f.taken.Load() > 0 })
				}
				time.Sleep(calm)
				if c.answered(sent) {
					t.Fatalf("answered: %v", c.answer(sent))
				}
				switch end {
				case "works":
					f.set(good)
				case "is disabled":
					c.must("ok", `{"@type":"disableProxy"}`)
				case "is removed":
					c.must("ok", `{"@type":"removeProxy","proxy_id":%d}`, id)
				case "is replaced":
					c.must("addedProxy", "%s", socks(s.ProxyAddr(), true))
				}
				if o := c.answer(sent); o.kind() != "sessions" {
					t.Errorf("answered with %v", o)
				}
				c.connection("connectionStateReady")
			})
		}
	}
}

// TestProxyFromTheStart: a proxy that is added before the login is used for all of it; the client ends also while the proxy
// keeps it waiting.
func TestProxyFromTheStart(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{Proxy: true})
	f := newFront(t, s.ProxyAddr(), stalls)
	p := newProgram(t, s)
	direct := p.r.dial
	var elsewhere bool
	p.r.dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
		elsewhere = elsewhere || addr != f.addr()
		return direct(ctx, network, addr)
	}
	dir := t.TempDir()
	c := p.client()
	added := c.send("%s", socks(f.addr(), true))
	c.must("ok", "%s", parametersFor(dir))
	if o := c.answer(added); o.kind() != "addedProxy" {
		t.Fatalf("addProxy is answered with %v", o)
	}
	c.connection("connectionStateConnectingToProxy")
	c.send(`{"@type":"setAuthenticationPhoneNumber","phone_number":%q}`, eva)
	waitFor(t, "the proxy is tried", func() bool { return f.taken.Load() > 0 })
	start := time.Now()
	c.close()
	if took := time.Since(start); took > closeDeadline+time.Second {
		t.Errorf("the end took %v", took)
	}
	f.set(good)
	c = p.start(dir)
	c.login(eva)
	c.close()
	if elsewhere {
		t.Error("connections went past the proxy")
	}
}

// TestProxyList holds the list of proxies to what TDLib makes of the same requests.
func TestProxyList(t *testing.T) {
	t.Parallel()
	p := newProgram(t, nil)
	dir := t.TempDir()
	c := p.start(dir)
	proxy := func(port int) string {
		return fmt.Sprintf(`"proxy":{"@type":"proxy","server":"127.0.0.1","port":%d,"type":{"@type":"proxyTypeSocks5"}}`, port)
	}
	list := func() string {
		t.Helper()
		var b strings.Builder
		for _, o := range c.must("addedProxies", `{"@type":"getProxies"}`).objects("proxies") {
			fmt.Fprintf(&b, "%d:%d %s", o.number("id"), o.number("proxy", "port"), o.text("comment"))
			if o.at("is_enabled") == true {
				b.WriteString(" on")
			}
			b.WriteString(", ")
		}
		return b.String()
	}
	options := func() []string {
		c.mu.Lock()
		defer c.mu.Unlock()
		var values []string
		for _, o := range c.received {
			if o.text("name") == "enabled_proxy_id" {
				values = append(values, o.text("value", "value"))
			}
		}
		return values
	}
	for _, step := range []struct {
		request string
		want    string   // the list after it
		options []string // told while it is done
	}{
		{`{"@type":"addProxy",` + proxy(1) + `,"comment":"one"}`, "2:1 one, ", nil},
		{`{"@type":"addProxy",` + proxy(2) + `,"comment":"two"}`, "2:1 one, 3:2 two, ", nil},
		{`{"@type":"addProxy",` + proxy(1) + `,"comment":"again"}`, "2:1 again, 3:2 two, ", nil},
		{`{"@type":"editProxy","proxy_id":2,` + proxy(3) + `,"comment":"three"}`, "2:3 three, 3:2 two, ", nil},
		{`{"@type":"editProxy","proxy_id":3,` + proxy(3) + `,"comment":"same"}`, "2:3 same, ", nil},
		{`{"@type":"addProxy",` + proxy(4) + `,"comment":"four","enable":true}`, "2:3 same, 4:4 four on, ", []string{"4"}},
		{`{"@type":"editProxy","proxy_id":4,` + proxy(4) + `,"comment":"4"}`, "2:3 same, 4:4 4 on, ", nil},
		{`{"@type":"editProxy","proxy_id":4,` + proxy(5) + `,"comment":"five"}`, "2:3 same, 4:5 five on, ", []string{"", "4"}},
		{`{"@type":"addProxy",` + proxy(6) + `,"comment":"six"}`, "2:3 same, 4:5 five on, 5:6 six, ", nil},
		{`{"@type":"editProxy","proxy_id":4,` + proxy(6) + `,"comment":"one"}`, "2:3 same, 5:6 one on, ", []string{"", "5"}},
		{`{"@type":"enableProxy","proxy_id":2}`, "2:3 same on, 5:6 one, ", []string{"2"}},
		{`{"@type":"enableProxy","proxy_id":2}`, "2:3 same on, 5:6 one, ", nil},
		{`{"@type":"editProxy","proxy_id":5,` + proxy(7) + `,"enable":true}`, "2:3 same, 5:7  on, ", []string{"5"}},
		{`{"@type":"removeProxy","proxy_id":2}`, "5:7  on, ", nil},
		{`{"@type":"removeProxy","proxy_id":5}`, "", []string{""}},
		{`{"@type":"disableProxy"}`, "", nil},
		{`{"@type":"addProxy",` + proxy(8) + `,"comment":"last"}`, "6:8 last, ", nil},
	} {
		before := len(options())
		if o := c.ask("%s", step.request); o.kind() == "error" {
			t.Fatalf("%s is answered with %v", step.request, o)
		}
		if got := list(); got != step.want {
			t.Errorf("after %s the list is %q, want %q", step.request, got, step.want)
		}
		if got := options()[before:]; !slices.Equal(got, step.options) {
			t.Errorf("%s: enabled_proxy_id became %q, want %q", step.request, got, step.options)
		}
	}
	for _, x := range []struct{ message, request string }{
		{"Proxy not found", `{"@type":"editProxy","proxy_id":99,` + proxy(1) + `}`},
		{"Unknown proxy identifier", `{"@type":"enableProxy","proxy_id":99}`},
		{"Unknown proxy identifier", `{"@type":"removeProxy","proxy_id":2}`},
		{"Proxy must be non-empty", `{"@type":"addProxy"}`},
		{"Wrong port number", `{"@type":"addProxy",` + proxy(0) + `}`},
		{"Wrong port number", `{"@type":"editProxy","proxy_id":6,` + proxy(70000) + `}`},
	} {
		c.fails(400, x.message, "%s", x.request)
	}
	c.close()
	c = p.start(dir)
	if got := list(); got != "6:8 last, " {
		t.Errorf("after a restart the list is %q", got)
	}
}
