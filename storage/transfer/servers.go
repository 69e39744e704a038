package transfer

import (
	"fmt"
	"net/netip"
	"strconv"
	"strings"

	"tdjson/storage"
)

// server is where a data center of Telegram has been for years. Clients learn
// newer addresses from it, so that these serve for sessions that tell none.
type server struct {
	dc         int
	test       bool
	ipv4, ipv6 string
}

func servers() []server {
	return []server{
		{1, false, "149.154.175.53:443", "[2001:b28:f23d:f001::a]:443"},
		{2, false, "149.154.167.51:443", "[2001:67c:4e8:f002::a]:443"},
		{3, false, "149.154.175.100:443", "[2001:b28:f23d:f003::a]:443"},
		{4, false, "149.154.167.91:443", "[2001:67c:4e8:f004::a]:443"},
		{5, false, "91.108.56.130:443", "[2001:b28:f23f:f005::a]:443"},
		{203, false, "91.105.192.100:443", ""},
		{1, true, "149.154.175.10:443", "[2001:b28:f23d:f001::e]:443"},
		{2, true, "149.154.167.40:443", "[2001:67c:4e8:f002::e]:443"},
		{3, true, "149.154.175.117:443", "[2001:b28:f23d:f003::e]:443"},
	}
}

// isTestServer knows the test servers by address.
func isTestServer(addr netip.Addr) bool {
	for _, s := range servers() {
		for _, known := range []string{s.ipv4, s.ipv6} {
			if ap, err := netip.ParseAddrPort(known); s.test && err == nil && ap.Addr() == addr.Unmap() {
				return true
			}
		}
	}
	return false
}

// addresses are those of dc, or else Telegram's; either is invalid if there is none.
func addresses(dc *storage.DataCenter) (ipv4, ipv6 netip.AddrPort) {
	ipv4, _ = netip.ParseAddrPort(dc.IPv4)
	ipv6, _ = netip.ParseAddrPort(dc.IPv6)
	if ipv4.IsValid() || ipv6.IsValid() {
		return ipv4, ipv6
	}
	for _, s := range servers() {
		if s.dc == dc.ID && s.test == dc.Test {
			ipv4, _ = netip.ParseAddrPort(s.ipv4)
			ipv6, _ = netip.ParseAddrPort(s.ipv6)
		}
	}
	return ipv4, ipv6
}

// address is the one address of dc for formats that keep one, IPv4 if there is.
func address(dc *storage.DataCenter) (netip.AddrPort, error) {
	ipv4, ipv6 := addresses(dc)
	switch {
	case ipv4.IsValid():
		return ipv4, nil
	case ipv6.IsValid():
		return ipv6, nil
	}
	return netip.AddrPort{}, fmt.Errorf("the address of data center %d is not known; add it to the session", dc.ID)
}

// setAddress gives dc an address. One that is no IP address is left out: names
// are those of web servers, which speak another transport.
func setAddress(dc *storage.DataCenter, host string, port int64) {
	addr, err := netip.ParseAddr(host)
	if err != nil || port <= 0 || port > 65535 {
		return
	}
	addr = addr.Unmap()
	text := netip.AddrPortFrom(addr, uint16(port)).String()
	if addr.Is4() {
		dc.IPv4 = text
	} else {
		dc.IPv6 = text
	}
	dc.Test = dc.Test || isTestServer(addr)
}

// setAddresses gives dc what was written as "host:port", IPv6 hosts in brackets
// or without; anything else is left out.
func setAddresses(dc *storage.DataCenter, list ...string) {
	for _, text := range list {
		i := strings.LastIndexByte(text, ':')
		if i < 0 {
			continue
		}
		host := strings.TrimSuffix(strings.TrimPrefix(text[:i], "["), "]")
		port, err := strconv.ParseUint(text[i+1:], 10, 16)
		if addr, bad := netip.ParseAddr(host); err == nil && bad == nil && !addr.IsUnspecified() {
			setAddress(dc, host, int64(port))
		}
	}
}

// alone is a session of one data center with a key.
func alone(dc storage.DataCenter, user storage.User) *storage.Session {
	user.DC = dc.ID
	return &storage.Session{DataCenters: []storage.DataCenter{dc}, User: &user}
}

// addrText is empty for none.
func addrText(ap netip.AddrPort) string {
	if !ap.IsValid() {
		return ""
	}
	return ap.String()
}

// orNull is text for a column that may be NULL.
func orNull(text string) any {
	if text == "" {
		return nil
	}
	return text
}
