package td

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"sync"
	"testing"

	"tdjson/internal/testdc"
)

// httpProxy is a proxy that connects for who says the right password.
func httpProxy(t *testing.T) (port int) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var all sync.WaitGroup
	t.Cleanup(func() {
		l.Close()
		all.Wait()
	})
	all.Go(func() {
		for {
			nc, err := l.Accept()
			if err != nil {
				return
			}
			all.Go(func() { connectFor(nc) })
		}
	})
	return l.Addr().(*net.TCPAddr).Port
}

func connectFor(nc net.Conn) {
	defer nc.Close()
	request, err := http.ReadRequest(bufio.NewReader(nc))
	if err != nil {
		return
	}
	if request.Method != http.MethodConnect || request.Header.Get("Proxy-Authorization") != "Basic dTpw" { // u:p
		io.WriteString(nc, "HTTP/1.1 407 Proxy Authentication Required\r\nX: y\r\n\r\n")
		return
	}
	to, err := net.Dial("tcp", request.Host)
	if err != nil {
		io.WriteString(nc, "HTTP/1.1 502 Bad Gateway\r\n\r\n")
		return
	}
	defer to.Close()
	io.WriteString(nc, "HTTP/1.1 200 Connection established\r\nX: y\r\n\r\n")
	var both sync.WaitGroup
	both.Go(func() {
		io.Copy(to, nc)
		to.Close()
	})
	io.Copy(nc, to)
	nc.Close()
	both.Wait()
}

// TestPingProxy: servers are reached through proxies of both kinds, and directly.
func TestPingProxy(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{Proxy: true})
	p := newProgram(t, s)
	c := p.start(t.TempDir())
	c.state("authorizationStateWaitPhoneNumber")
	_, socks, err := net.SplitHostPort(s.ProxyAddr())
	if err != nil {
		t.Fatal(err)
	}
	proxy := func(port any, kind string) string {
		return fmt.Sprintf(`{"@type":"proxy","server":"127.0.0.1","port":%v,"type":{"@type":%s}}`, port, kind)
	}
	web := httpProxy(t)
	good := []string{proxy(socks, `"proxyTypeSocks5"`), proxy(web, `"proxyTypeHttp","username":"u","password":"p"`)}
	for _, through := range append(good, "null") {
		if got := c.must("seconds", `{"@type":"pingProxy","proxy":%s}`, through).at("seconds").(float64); got <= 0 || got > 5 {
			t.Errorf("through %s it takes %v seconds", through, got)
		}
	}
	for _, through := range good {
		c.must("ok", `{"@type":"testProxy","proxy":%s,"dc_id":2,"timeout":10}`, through)
	}
	wrong := proxy(web, `"proxyTypeHttp","username":"u","password":"wrong"`)
	c.fails(400, "Failed to connect to "+s.Addr(1), `{"@type":"pingProxy","proxy":%s}`, wrong)
	c.fails(400, "Failed to connect to "+s.Addr(2), `{"@type":"testProxy","proxy":%s,"dc_id":2,"timeout":10}`, wrong)
	c.fails(400, "Invalid datacenter identifier specified", `{"@type":"testProxy","proxy":%s,"dc_id":9,"timeout":10}`, good[0])
	c.fails(400, "Timeout expired", `{"@type":"testProxy","proxy":%s,"dc_id":1}`, good[0])
	c.fails(400, "Proxy must be non-empty", `{"@type":"testProxy"}`)
	c.fails(400, "Wrong port number", `{"@type":"pingProxy","proxy":%s}`, proxy(0, `"proxyTypeSocks5"`))
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	closed := l.Addr().(*net.TCPAddr).Port
	l.Close()
	for _, kind := range []string{`"proxyTypeSocks5"`, `"proxyTypeHttp"`, `"proxyTypeMtproto","secret":"00112233445566778899aabbccddeeff"`} {
		c.fails(400, "Connection refused", `{"@type":"pingProxy","proxy":%s}`, proxy(closed, kind))
	}
}
