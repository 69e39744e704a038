package td

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mtproxy"
	"github.com/gotd/td/mtproxy/faketls"
	"github.com/gotd/td/mtproxy/obfuscated2"

	"tdjson/internal/testdc"
)

// mtprotoProxy is an MTProto proxy in front of a server.
type mtprotoProxy struct {
	behind *testdc.Server
	secret mtproxy.Secret
	listen net.Listener
	group  sync.WaitGroup
	passed atomic.Int32 // connections with the right secret
}

func newMTProtoProxy(t *testing.T, behind *testdc.Server, secret string) *mtprotoProxy {
	t.Helper()
	b, err := hex.DecodeString(secret)
	if err != nil {
		t.Fatal(err)
	}
	parsed, err := mtproxy.ParseSecret(b)
	if err != nil {
		t.Fatal(err)
	}
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	p := &mtprotoProxy{behind: behind, secret: parsed, listen: l}
	p.group.Go(func() {
		for {
			nc, err := l.Accept()
			if err != nil {
				return
			}
			p.group.Go(func() { p.pass(nc) })
		}
	})
	t.Cleanup(func() {
		_ = l.Close()
		p.group.Wait()
	})
	return p
}

func (p *mtprotoProxy) port() int { return p.listen.Addr().(*net.TCPAddr).Port }

func (p *mtprotoProxy) pass(nc net.Conn) {
	defer nc.Close()
	var client io.ReadWriter = nc
	if p.secret.Type == mtproxy.TLS {
		if err := p.greet(nc); err != nil {
			return
		}
		client = struct {
			io.Reader
			io.Writer
		}{faketls.NewFakeTLS(crypto.DefaultRand(), nc), recordWriter{nc}}
	}
	plain, head, err := obfuscated2.Accept(client, p.secret.Secret)
	if err != nil {
		return
	}
	dc := int(int16(head.DC)) % 10000 // test servers are above
	if dc < 1 || dc > 3 || p.secret.Type != mtproxy.Simple && head.Protocol != [4]byte{0xdd, 0xdd, 0xdd, 0xdd} {
		return
	}
	to, err := net.Dial("tcp", p.behind.Addr(dc))
	if err != nil {
		return
	}
	defer to.Close()
	server := obfuscated2.NewObfuscated2(crypto.DefaultRand(), to)
	if err := server.Handshake(head.Protocol, int(int16(head.DC)), mtproxy.Secret{}); err != nil {
		return
	}
	p.passed.Add(1)
	var both sync.WaitGroup
	both.Go(func() {
		_, _ = io.Copy(server, plain)
		_ = to.Close()
	})
	_, _ = io.Copy(plain, server)
	_ = nc.Close()
	both.Wait()
}

// recordWriter hides what is written in TLS records, and nothing else: TDLib takes no change_cipher_spec from a server any more.
type recordWriter struct{ to io.Writer }

func (w recordWriter) Write(p []byte) (int, error) {
	for part := range slices.Chunk(p, 16<<10) {
		head := binary.BigEndian.AppendUint16([]byte{0x17, 3, 3}, uint16(len(part)))
		if _, err := w.to.Write(append(head, part...)); err != nil {
			return 0, err
		}
	}
	return len(p), nil
}

// greet answers a greeting of TLS if it was made with the secret.
func (p *mtprotoProxy) greet(nc net.Conn) error {
	const header, random = 5, 11
	hello := make([]byte, header)
	if _, err := io.ReadFull(nc, hello); err != nil {
		return err
	}
	hello = append(hello, make([]byte, binary.BigEndian.Uint16(hello[3:]))...)
	if _, err := io.ReadFull(nc, hello[header:]); err != nil {
		return err
	}
	said := [32]byte(hello[random:])
	clear(hello[random : random+len(said)])
	if mac := p.sign(hello); string(mac[:28]) != string(said[:28]) { // the rest hides the time
		return errors.New("wrong secret")
	}
	if !strings.Contains(string(hello), p.secret.CloakHost) {
		return errors.New("wrong domain")
	}
	answer := append([]byte{0x16, 3, 3, 0, 64}, make([]byte, 64)...)
	answer = append(answer, 0x14, 3, 3, 0, 1, 1)
	answer = append(answer, 0x17, 3, 3, 0, 100)
	answer = append(answer, make([]byte, 100)...)
	copy(answer[random:], p.sign(said[:], answer))
	_, err := nc.Write(answer)
	return err
}

func (p *mtprotoProxy) sign(parts ...[]byte) []byte {
	h := hmac.New(sha256.New, p.secret.Secret)
	for _, part := range parts {
		h.Write(part)
	}
	return h.Sum(nil)
}

// TestMTProtoProxy logs in through proxies of each kind of secret, and not with a wrong one.
func TestMTProtoProxy(t *testing.T) {
	t.Parallel()
	const key, other = "00112233445566778899aabbccddeeff", "ff112233445566778899aabbccddeeff"
	for name, secret := range map[string]string{"plain": "%s", "padded": "dd%s", "cloaked": "ee%s6578616d706c652e6f7267"} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			s := startServer(t, testdc.Options{})
			proxy := newMTProtoProxy(t, s, fmt.Sprintf(secret, key))
			p := newProgram(t, s)
			dir := t.TempDir()
			c := p.start(dir)
			add := func(key string) int64 {
				t.Helper()
				return c.must("addedProxy", `{"@type":"addProxy","enable":true,"proxy":{"@type":"proxy","server":"127.0.0.1","port":%d,`+
					`"type":{"@type":"proxyTypeMtproto","secret":"`+secret+`"}}}`, proxy.port(), key).number("id")
			}
			add(key)
			c.login(eva)
			if proxy.passed.Load() == 0 {
				t.Error("the proxy is not used")
			}
			c.close()
			before := proxy.passed.Load()
			c = p.start(dir)
			c.connection("connectionStateConnectingToProxy")
			c.must("sessions", `{"@type":"getActiveSessions"}`)
			if proxy.passed.Load() == before {
				t.Error("the proxy is not used after a restart")
			}
			wrong := add(other)
			c.connection("connectionStateConnectingToProxy")
			before = proxy.passed.Load()
			sent := c.send(`{"@type":"getActiveSessions"}`)
			if proxy.passed.Load() != before || c.answered(sent) {
				t.Error("a wrong secret will do")
			}
			c.must("ok", `{"@type":"removeProxy","proxy_id":%d}`, wrong)
			if o := c.answer(sent); o.kind() != "sessions" {
				t.Errorf("answered with %v", o)
			}
			if proxy.passed.Load() != before {
				t.Error("the proxy is used when it is not wanted")
			}
		})
	}
}

// TestHTTPProxy logs in through a proxy that connects, and goes on through one that only passes requests on.
func TestHTTPProxy(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{Proxy: true})
	web := httpProxy(t)
	p := newProgram(t, s)
	c := p.start(t.TempDir())
	add := func(more string, enable bool) string {
		return fmt.Sprintf(`{"@type":"addProxy","enable":%t,"proxy":{"@type":"proxy","server":"127.0.0.1","port":%d,`+
			`"type":{"@type":"proxyTypeHttp","username":"u","password":"p"%s}}}`, enable, web, more)
	}
	c.must("addedProxy", "%s", add("", true))
	c.login(eva)
	if list := c.must("addedProxies", `{"@type":"getProxies"}`).objects("proxies"); len(list) != 1 || list[0].number("last_used_date") == 0 {
		t.Errorf("proxies: %v", list)
	}
	host, port, err := net.SplitHostPort(s.ProxyAddr())
	if err != nil {
		t.Fatal(err)
	}
	only := fmt.Sprintf(`{"@type":"proxy","server":%q,"port":%s,"type":{"@type":"proxyTypeHttp","username":"u","password":"p","http_only":true}}`, host, port)
	c.must("seconds", `{"@type":"pingProxy","proxy":%s}`, only)
	c.must("ok", `{"@type":"testProxy","proxy":%s,"dc_id":1,"timeout":10}`, only)
	c.must("addedProxy", `{"@type":"addProxy","enable":true,"proxy":%s}`, only)
	c.must("sessions", `{"@type":"getActiveSessions"}`)
	s.PushUpdatesTooLong(eva)
	c.must("sessions", `{"@type":"getActiveSessions"}`)
	c.must("ok", `{"@type":"logOut"}`)
	c.waitClosed()
	if n := s.Keys(); n != 1 { // that of testProxy
		t.Errorf("the server knows %d keys after the log out", n)
	}
}
