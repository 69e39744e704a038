package testdc

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"net/netip"
	"time"
)

// SOCKS5, RFC 1928 and RFC 1929.
const (
	socksVersion       = 5
	socksNoPassword    = 0
	socksPassword      = 2
	socksNoMethod      = 0xff
	socksConnect       = 1
	socksIPv4          = 1
	socksName          = 3
	socksIPv6          = 4
	socksOK            = 0
	socksNotAllowed    = 2
	socksNotSupported  = 7
	socksAddressKind   = 8
	socksPasswordStyle = 1
)

var errSocks = errors.New("SOCKS5")

// testAddresses are those of Telegram's test data centers.
func testAddresses() map[string]int {
	return map[string]int{
		"149.154.175.10": 1, "149.154.167.40": 2, "149.154.175.117": 3,
		"2001:b28:f23d:f001::e": 1, "2001:67c:4e8:f002::e": 2, "2001:b28:f23d:f003::e": 3,
	}
}

// serveProxy leads a client to the data center it asks for. There is no second connection: the data center serves this one.
func (s *Server) serveProxy(nc net.Conn) {
	_ = nc.SetDeadline(time.Now().Add(openTimeout))
	r := bufio.NewReader(nc)
	if first, err := r.Peek(1); err == nil && first[0] == postStart[0] {
		s.serveHTTPProxy(nc, r)
		return
	}
	if err := socksGreeting(readWriter{r, nc}); err != nil {
		s.log.Debug("proxy", "error", err)
		return
	}
	host, port, err := socksRequest(r)
	reply, dc := byte(socksOK), 0
	switch {
	case errors.Is(err, errSocksCommand):
		reply = socksNotSupported
	case errors.Is(err, errSocksAddress):
		reply = socksAddressKind
	case err != nil:
		s.log.Debug("proxy", "error", err)
		return
	default:
		if dc = s.dcAt(host, port); dc == 0 {
			reply = socksNotAllowed
			s.log.Debug("proxy: not a test data center", "host", host, "port", port)
		}
	}
	if _, err := nc.Write([]byte{socksVersion, reply, 0, socksIPv4, 0, 0, 0, 0, 0, 0}); err != nil || dc == 0 {
		return
	}
	_ = nc.SetDeadline(time.Time{})
	s.serveConn(&bufferedConn{nc, r}, dc)
}

// dcAt tells which data center an address is, 0 for none.
func (s *Server) dcAt(host string, port int) int {
	if ip, err := netip.ParseAddr(host); err == nil {
		host = ip.Unmap().String()
	}
	if dc := testAddresses()[host]; dc != 0 {
		return dc
	}
	for dc := 1; dc <= dcCount; dc++ {
		if port == s.dcs[dc].port && (host == s.host() || host == "localhost") {
			return dc
		}
	}
	return 0
}

// socksGreeting agrees on a way to log in: with no password, or with any one.
func socksGreeting(rw io.ReadWriter) error {
	var head [2]byte
	if _, err := io.ReadFull(rw, head[:]); err != nil {
		return fmt.Errorf("%w: %w", errSocks, err)
	}
	if head[0] != socksVersion {
		return fmt.Errorf("%w: version %d", errSocks, head[0])
	}
	methods := make([]byte, head[1])
	if _, err := io.ReadFull(rw, methods); err != nil {
		return fmt.Errorf("%w: %w", errSocks, err)
	}
	chosen := byte(socksNoMethod)
	for _, m := range methods {
		if m == socksNoPassword || m == socksPassword && chosen == socksNoMethod {
			chosen = m
		}
	}
	if _, err := rw.Write([]byte{socksVersion, chosen}); err != nil {
		return fmt.Errorf("%w: %w", errSocks, err)
	}
	switch chosen {
	case socksNoMethod:
		return fmt.Errorf("%w: no way to log in that is known here", errSocks)
	case socksPassword:
		return socksLogin(rw)
	}
	return nil
}

func socksLogin(rw io.ReadWriter) error {
	var b [1]byte
	if _, err := io.ReadFull(rw, b[:]); err != nil || b[0] != socksPasswordStyle {
		return fmt.Errorf("%w: login not understood", errSocks)
	}
	for range 2 { // name and password
		if _, err := io.ReadFull(rw, b[:]); err != nil {
			return fmt.Errorf("%w: %w", errSocks, err)
		}
		if _, err := io.CopyN(io.Discard, rw, int64(b[0])); err != nil {
			return fmt.Errorf("%w: %w", errSocks, err)
		}
	}
	if _, err := rw.Write([]byte{socksPasswordStyle, socksOK}); err != nil {
		return fmt.Errorf("%w: %w", errSocks, err)
	}
	return nil
}

var (
	errSocksCommand = fmt.Errorf("%w: only CONNECT is known", errSocks)
	errSocksAddress = fmt.Errorf("%w: unknown kind of address", errSocks)
)

// socksRequest reads where the client wants to go.
func socksRequest(r io.Reader) (host string, port int, err error) {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return "", 0, fmt.Errorf("%w: %w", errSocks, err)
	}
	if head[0] != socksVersion {
		return "", 0, fmt.Errorf("%w: version %d", errSocks, head[0])
	}
	n := 0
	switch head[3] {
	case socksIPv4:
		n = 4
	case socksIPv6:
		n = 16
	case socksName:
		var b [1]byte
		if _, err := io.ReadFull(r, b[:]); err != nil {
			return "", 0, fmt.Errorf("%w: %w", errSocks, err)
		}
		n = int(b[0])
	default:
		return "", 0, errSocksAddress
	}
	addr := make([]byte, n+2)
	if _, err := io.ReadFull(r, addr); err != nil {
		return "", 0, fmt.Errorf("%w: %w", errSocks, err)
	}
	if head[1] != socksConnect {
		return "", 0, errSocksCommand
	}
	port = int(binary.BigEndian.Uint16(addr[n:]))
	if ip, ok := netip.AddrFromSlice(addr[:n]); ok && head[3] != socksName {
		return ip.String(), port, nil
	}
	return string(addr[:n]), port, nil
}

// bufferedConn is a connection of which something may have been read already.
type bufferedConn struct {
	net.Conn
	r *bufio.Reader
}

func (c *bufferedConn) Read(p []byte) (int, error) { return c.r.Read(p) }

// CloseWrite closes the direction towards the client.
func (c *bufferedConn) CloseWrite() error {
	half, ok := c.Conn.(interface{ CloseWrite() error })
	if !ok {
		return errors.ErrUnsupported
	}
	return half.CloseWrite()
}
