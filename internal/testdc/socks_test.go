package testdc

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"io"
	"net"
	"net/netip"
	"strconv"
	"testing"
	"time"

	"github.com/gotd/td/transport"
)

// socksDial asks the proxy for host:port and returns its reply.
func socksDial(t *testing.T, s *Server, greeting []byte, host string, port int) (net.Conn, byte) {
	t.Helper()
	nc, err := net.Dial("tcp", s.ProxyAddr())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = nc.Close() })
	_ = nc.SetDeadline(time.Now().Add(patience))
	req := bytes.Clone(greeting)
	req = append(req, 5, 1, 0)
	if ip, err := netip.ParseAddr(host); err != nil {
		req = append(append(req, 3, byte(len(host))), host...)
	} else if ip.Is4() {
		req = append(append(req, 1), ip.AsSlice()...)
	} else {
		req = append(append(req, 4), ip.AsSlice()...)
	}
	req = binary.BigEndian.AppendUint16(req, uint16(port))
	if _, err := nc.Write(req); err != nil {
		t.Fatal(err)
	}
	head := 2
	if greeting[1] == 1 && greeting[2] == 2 {
		head += 2 // the login's answer
	}
	reply := make([]byte, head+10)
	if _, err := io.ReadFull(nc, reply); err != nil {
		t.Fatal(err)
	}
	_ = nc.SetDeadline(time.Time{})
	return nc, reply[head+1]
}

func TestProxy(t *testing.T) {
	s := start(t, Options{Proxy: true})
	_, text, _ := net.SplitHostPort(s.Addr(3))
	own, _ := strconv.Atoi(text)
	plain := []byte{5, 1, 0}
	login := []byte{5, 1, 2, 1, 1, 'u', 2, 'p', 'w'}
	for _, tt := range []struct {
		name     string
		greeting []byte
		host     string
		port, dc int
		reply    byte
	}{
		{"data center 1", plain, "149.154.175.10", 443, 1, 0},
		{"data center 2", plain, "149.154.167.40", 80, 2, 0},
		{"data center 3", plain, "149.154.175.117", 5222, 3, 0},
		{"IPv6", plain, "2001:67c:4e8:f002::e", 443, 2, 0},
		{"mapped IPv6", plain, "::ffff:149.154.175.10", 443, 1, 0},
		{"name that is an address", plain, "149.154.175.10", 443, 1, 0},
		{"with a login", login, "149.154.175.10", 443, 1, 0},
		{"a choice of logins", []byte{5, 3, 1, 2, 0}, "149.154.175.10", 443, 1, 0},
		{"its own address", plain, "127.0.0.1", own, 3, 0},
		{"its own name", plain, "localhost", own, 3, 0},
		{"elsewhere", plain, "149.154.167.50", 443, 0, socksNotAllowed},
		{"other port here", plain, "127.0.0.1", 1, 0, socksNotAllowed},
		{"some name", plain, "example.com", 443, 0, socksNotAllowed},
	} {
		t.Run(tt.name, func(t *testing.T) {
			nc, reply := socksDial(t, s, tt.greeting, tt.host, tt.port)
			if reply != tt.reply {
				t.Fatalf("reply %d, want %d", reply, tt.reply)
			}
			if tt.dc == 0 {
				return
			}
			conn, err := transport.Intermediate.Handshake(nc)
			if err != nil {
				t.Fatal(err)
			}
			c := connect(t, s, tt.dc)
			_ = c.conn.Close()
			c.conn = conn
			near, err := c.api().HelpGetNearestDC(t.Context())
			if err != nil || near.ThisDC != tt.dc {
				t.Errorf("%+v, error %v", near, err)
			}
		})
	}
}

func TestProxyRefuses(t *testing.T) {
	s := start(t, Options{Proxy: true})
	for name, tt := range map[string]struct{ send, want []byte }{
		"SOCKS4":          {[]byte{4, 1, 1, 187}, nil},
		"no known login":  {[]byte{5, 1, 1}, []byte{5, 0xff}},
		"strange login":   {[]byte{5, 1, 2, 9, 1}, []byte{5, 2}},
		"bind":            {[]byte{5, 1, 0, 5, 2, 0, 1, 149, 154, 175, 10, 1, 187}, []byte{5, 0, 5, socksNotSupported, 0, 1, 0, 0, 0, 0, 0, 0}},
		"strange address": {[]byte{5, 1, 0, 5, 1, 0, 9, 1, 2}, []byte{5, 0, 5, socksAddressKind, 0, 1, 0, 0, 0, 0, 0, 0}},
		"SOCKS4 after":    {[]byte{5, 1, 0, 4, 1, 0, 1}, []byte{5, 0}},
	} {
		t.Run(name, func(t *testing.T) {
			nc, err := net.Dial("tcp", s.ProxyAddr())
			if err != nil {
				t.Fatal(err)
			}
			defer nc.Close()
			_ = nc.SetDeadline(time.Now().Add(patience))
			if _, err := nc.Write(tt.send); err != nil {
				t.Fatal(err)
			}
			got, _ := io.ReadAll(nc) // may end with a reset
			if !bytes.Equal(got, tt.want) {
				t.Errorf("answer %v, want %v", got, tt.want)
			}
		})
	}
}

func TestConfig(t *testing.T) {
	s := start(t, Options{})
	if s.ProxyAddr() != "" {
		t.Error("a proxy that was not asked for")
	}
	var config struct {
		PublicKeys []string `json:"public_keys"`
		DCs        []struct {
			ID      int    `json:"id"`
			Address string `json:"address"`
			Port    int    `json:"port"`
		} `json:"dcs"`
	}
	if err := json.Unmarshal(s.Config(), &config); err != nil {
		t.Fatal(err)
	}
	if len(config.PublicKeys) != 1 || config.PublicKeys[0] != string(s.PublicKey()) || len(config.DCs) != dcCount {
		t.Fatalf("config %+v", config)
	}
	for i, dc := range config.DCs {
		if dc.ID != i+1 || net.JoinHostPort(dc.Address, strconv.Itoa(dc.Port)) != s.Addr(dc.ID) {
			t.Errorf("data center %+v, want %s", dc, s.Addr(i+1))
		}
	}
}

func TestPorts(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	_, err = Start(Options{Key: testKey(), Proxy: true, ProxyPort: l.Addr().(*net.TCPAddr).Port})
	if err == nil {
		t.Error("a port was taken twice")
	}
	if _, err := Start(Options{Key: testKey(), Listen: "no such host."}); err == nil {
		t.Error("a host that is none was listened on")
	}
	c := connect(t, start(t, Options{Listen: "0.0.0.0"}), 1)
	config, err := c.api().HelpGetConfig(t.Context())
	if err != nil || config.DCOptions[0].IPAddress != "127.0.0.1" {
		t.Errorf("%+v, error %v", config, err)
	}
}
