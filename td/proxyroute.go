package td

import (
	"bufio"
	"context"
	"encoding/base64"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"slices"
	"strconv"
	"strings"

	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mtproxy"
	"github.com/gotd/td/mtproxy/faketls"
	"golang.org/x/net/proxy"

	"tdjson/td/mtproto"
)

func (p *addedProxy) address() string {
	return net.JoinHostPort(p.Server, strconv.Itoa(int(p.Port)))
}

// route is the way to a data center through the proxy: how to connect, and to what. An MTProto proxy takes the place of the
// data center's addresses, the others lead to them.
func (p *addedProxy) route(direct mtproto.DialFunc, center []mtproto.Addr) (mtproto.DialFunc, []mtproto.Addr, error) {
	switch {
	case p.Kind == "socks5":
		return p.socks(direct), center, nil
	case p.Kind == "http" && !p.HTTPOnly:
		return p.connect(direct), center, nil
	case p.Kind == "http":
		return p.dial(direct), p.overHTTP(center), nil
	case p.Kind == "mtproto":
		place := []mtproto.Addr{{Address: p.address(), Secret: p.Secret}}
		secret, err := mtproxy.ParseSecret(p.Secret)
		if err == nil && secret.Type == mtproxy.TLS {
			return cloaked(direct, secret), place, nil
		}
		return direct, place, err
	}
	return nil, nil, notImplemented("proxies of this kind")
}

// dial connects to the proxy, whatever the address that lies behind it.
func (p *addedProxy) dial(direct mtproto.DialFunc) mtproto.DialFunc {
	return func(ctx context.Context, network, _ string) (net.Conn, error) {
		return direct(ctx, network, p.address())
	}
}

// overHTTP are a data center's addresses for a proxy that only passes requests on.
func (p *addedProxy) overHTTP(center []mtproto.Addr) []mtproto.Addr {
	var list []mtproto.Addr
	for _, a := range center {
		at, err := netip.ParseAddrPort(a.Address)
		if err != nil {
			continue
		}
		host := at.Addr().String()
		if at.Addr().Is6() {
			host = "[" + host + "]"
		}
		port := uint16(80) // Telegram's servers speak HTTP there, whatever other port they were told at
		if at.Addr().IsLoopback() {
			port = at.Port()
		}
		to := mtproto.HTTP{URL: fmt.Sprintf("http://%s:%d/api", host, port), Host: host}
		if p.User != "" || p.Password != "" {
			to.Authorization = "basic " + base64.StdEncoding.EncodeToString([]byte(p.User+":"+p.Password))
		}
		same := func(b mtproto.Addr) bool { return b.HTTP.URL == to.URL }
		if !slices.ContainsFunc(list, same) {
			list = append(list, mtproto.Addr{Address: a.Address, HTTP: &to})
		}
	}
	return list
}

// socks connects through a SOCKS5 proxy.
func (p *addedProxy) socks(direct mtproto.DialFunc) mtproto.DialFunc {
	var auth *proxy.Auth
	if p.User != "" || p.Password != "" {
		auth = &proxy.Auth{User: p.User, Password: p.Password}
	}
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		d, err := proxy.SOCKS5("tcp", p.address(), auth, contextDialer(direct))
		if err != nil {
			return nil, err
		}
		return d.(proxy.ContextDialer).DialContext(ctx, network, addr)
	}
}

// connect connects through an HTTP proxy by its method CONNECT.
func (p *addedProxy) connect(direct mtproto.DialFunc) mtproto.DialFunc {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		nc, err := direct(ctx, network, p.address())
		if err != nil {
			return nil, err
		}
		stop := context.AfterFunc(ctx, func() { nc.Close() })
		defer stop()
		if err := p.askConnect(nc, addr); err != nil {
			nc.Close()
			if ctx.Err() != nil {
				err = ctx.Err()
			}
			return nil, err
		}
		return nc, nil
	}
}

func (p *addedProxy) askConnect(nc net.Conn, addr string) error {
	login := ""
	if p.User != "" || p.Password != "" {
		login = "Proxy-Authorization: Basic " + base64.StdEncoding.EncodeToString([]byte(p.User+":"+p.Password)) + "\r\n"
	}
	if _, err := io.WriteString(nc, "CONNECT "+addr+" HTTP/1.1\r\nHost: "+addr+"\r\n"+login+"\r\n"); err != nil {
		return err
	}
	// The server speaks only when it was spoken to, so all that comes now is the proxy's.
	const maxHead = 16 << 10
	head := bufio.NewReader(io.LimitReader(nc, maxHead))
	status, err := head.ReadString('\n')
	if err != nil {
		return fmt.Errorf("the proxy did not answer: %w", err)
	}
	for {
		line, err := head.ReadString('\n')
		if err != nil {
			return fmt.Errorf("the proxy did not answer: %w", err)
		}
		if strings.TrimRight(line, "\r\n") == "" {
			break
		}
	}
	if !strings.HasPrefix(status, "HTTP/1.1 2") && !strings.HasPrefix(status, "HTTP/1.0 2") {
		return errors.New("Failed to connect to " + addr) //nolint:staticcheck // TDLib's text
	}
	return nil
}

// cloaked connects to an MTProto proxy that looks like a web server.
func cloaked(direct mtproto.DialFunc, secret mtproxy.Secret) mtproto.DialFunc {
	return func(ctx context.Context, network, addr string) (net.Conn, error) {
		nc, err := direct(ctx, network, addr)
		if err != nil {
			return nil, err
		}
		stop := context.AfterFunc(ctx, func() { nc.Close() })
		defer stop()
		tls := faketls.NewFakeTLS(crypto.DefaultRand(), nc)
		if err := tls.Handshake([4]byte{}, 0, secret); err != nil { // it does not look at the first two
			nc.Close()
			if ctx.Err() != nil {
				err = ctx.Err()
			}
			return nil, err
		}
		return &cloakedConn{Conn: nc, tls: tls}, nil
	}
}

// cloakedConn hides what is sent in TLS records.
type cloakedConn struct {
	net.Conn
	tls   io.Reader
	begun bool // a record was sent
}

func (c *cloakedConn) Read(p []byte) (int, error) { return c.tls.Read(p) }

const (
	maxRecord      = 2878 // bytes in a record that TDLib sends
	changeCipher   = "\x14\x03\x03\x00\x01\x01"
	applicationTLS = "\x17\x03\x03"
)

// Write sends records as browsers do: each whole, and the first together with the change of the cipher.
func (c *cloakedConn) Write(p []byte) (int, error) {
	b := make([]byte, 0, len(changeCipher)+len(p)+5*(len(p)/maxRecord+1))
	if !c.begun {
		b = append(b, changeCipher...)
		c.begun = true
	}
	for part := range slices.Chunk(p, maxRecord) {
		b = append(b, applicationTLS...)
		b = binary.BigEndian.AppendUint16(b, uint16(len(part)))
		b = append(b, part...)
	}
	if _, err := c.Conn.Write(b); err != nil {
		return 0, err
	}
	return len(p), nil
}
