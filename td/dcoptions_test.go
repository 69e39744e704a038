package td

import (
	"net/netip"
	"slices"
	"strings"
	"testing"

	"github.com/gotd/td/tg"

	"tdjson/internal/testdc"
)

// places of a data center, as the server may tell of them.
func somePlaces() []place {
	return []place{
		{DC: 2, Address: "1.1.1.1:443"},
		{DC: 2, Address: "2.2.2.2:443", TCPOOnly: true, Secret: []byte("0123456789abcdef")},
		{DC: 2, Address: "3.3.3.3:443", Static: true},
		{DC: 2, Address: "[2001:db8::1]:443"},
		{DC: 2, Address: "[2001:db8::2]:443", Static: true},
	}
}

// TestChoosePlaces holds the choice of addresses against TDLib's, which was seen dialing.
func TestChoosePlaces(t *testing.T) {
	for _, c := range []struct {
		name                    string
		list                    []place
		socks, prefer, overHTTP bool
		want                    string
	}{
		{"direct", somePlaces(), false, false, false, "1.1.1.1:443 2.2.2.2:443 [2001:db8::1]:443"},
		{"direct, IPv6 preferred", somePlaces(), false, true, false, "[2001:db8::1]:443"},
		{"through SOCKS5, static", somePlaces(), true, false, false, "3.3.3.3:443"},
		{"through SOCKS5", []place{{Address: "[2001:db8::1]:443"}, {Address: "1.1.1.1:443"}}, true, false, false, "1.1.1.1:443"},
		{"through SOCKS5, IPv6 preferred", somePlaces(), true, true, false, "[2001:db8::1]:443"},
		{"over HTTP", somePlaces(), false, false, true, "1.1.1.1:443"},
		{"over HTTP, IPv6 preferred", somePlaces(), false, true, true, "[2001:db8::1]:443"},
		{"IPv6 preferred and not there", []place{{Address: "1.1.1.1:443"}}, false, true, false, "1.1.1.1:443"},
		{"nothing but static", []place{{Address: "1.1.1.1:443", Static: true}}, false, false, false, "1.1.1.1:443"},
		{"nothing", nil, true, true, true, ""},
	} {
		var got []string
		for _, a := range choosePlaces(c.list, c.socks, c.prefer, c.overHTTP) {
			got = append(got, a.Address)
		}
		if strings.Join(got, " ") != c.want {
			t.Errorf("%s: %v, not %s", c.name, got, c.want)
		}
	}
}

// What the server tells is used and kept for the next start, before the addresses that are built in.
func TestLearnedPlaces(t *testing.T) {
	s, err := findServers(false, "")
	if err != nil {
		t.Fatal(err)
	}
	c := &Client{}
	c.net.servers = s
	c.net.onDCOptions(c, []tg.DCOption{
		{ID: 2, IPAddress: "192.0.2.1", Port: 443, Secret: []byte("0123456789abcdef")},
		{ID: 2, IPAddress: "149.154.167.51", Port: 443},
		{ID: 2, IPAddress: "2001:db8::1", Port: 443, Ipv6: true},
		{ID: 2, IPAddress: "192.0.2.2", Port: 443, MediaOnly: true},
		{ID: 203, IPAddress: "192.0.2.3", Port: 443, CDN: true},
		{ID: 2, IPAddress: "192.0.2.4", Port: 70000},
		{ID: 2, IPAddress: "192.0.2.5", Port: 443, Ipv6: true},
		{ID: 2, IPAddress: "example.com", Port: 443},
		{ID: 2, IPAddress: "192.0.2.6", Port: 443, Secret: append([]byte{0xee}, "0123456789abcdefexample.com"...)},
		{ID: 0, IPAddress: "192.0.2.7", Port: 443},
	})
	addrs := func() (list []string) {
		for _, a := range c.net.addrs(c, 2, nil) {
			list = append(list, a.Address)
		}
		return list
	}
	first := addrs()
	want := []string{"192.0.2.1:443", "149.154.167.51:443", "[2001:db8::1]:443", "95.161.76.100:443", "149.154.167.51:80"}
	if !slices.Equal(first[:5], want) || len(first) != 11 {
		t.Errorf("addresses are %v", first)
	}
	text := c.store.pending.Set[learnedPlaces]
	c = &Client{}
	c.net.servers = s
	c.net.openPlaces(c, text)
	if again := addrs(); !slices.Equal(again, first) {
		t.Errorf("addresses are %v after a restart", again)
	}
	c.options.values = map[string]option{"prefer_ipv6": booleanOption(true)}
	for _, a := range addrs() {
		if at, err := netip.ParseAddrPort(a); err != nil || !at.Addr().Is6() {
			t.Errorf("%s is tried where IPv6 is preferred", a)
		}
	}
}

// A local server is where its file says.
func TestLocalPlaces(t *testing.T) {
	c := &Client{}
	c.net.servers = &servers{local: true}
	c.net.onDCOptions(c, []tg.DCOption{{ID: 1, IPAddress: "192.0.2.1", Port: 443}})
	c.net.openPlaces(c, []byte(`[{"dc":1,"address":"192.0.2.1:443"}]`))
	if list := c.net.addrs(c, 1, nil); len(list) > 0 {
		t.Errorf("%v is tried", list)
	}
}

// TestUpdateDCOptions: the configuration is asked for again when the server tells of addresses, as TDLib does.
func TestUpdateDCOptions(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	c := newProgram(t, s).login(t.TempDir(), eva)
	c.upToDate()
	before := s.Calls("help.getConfig")
	s.PushUpdates(eva, &tg.UpdateShort{Update: &tg.UpdateDCOptions{DCOptions: []tg.DCOption{{ID: 1, IPAddress: "127.0.0.1", Port: 1}}}})
	waitFor(t, "the configuration is asked for", func() bool { return s.Calls("help.getConfig") == before+1 })
	c.close()
}
