package td

import (
	"net"
	"net/netip"
	"slices"
	"strconv"

	"github.com/goccy/go-json"
	"github.com/gotd/td/mtproxy"
	"github.com/gotd/td/tg"

	"tdjson/td/mtproto"
)

// place is where a data center can be reached. What stands for those that the server told of in the database is their JSON.
type place struct {
	DC        int    `json:"dc"`
	Address   string `json:"address"`
	Static    bool   `json:"static,omitempty"`     // to be preferred through a proxy
	MediaOnly bool   `json:"media_only,omitempty"` // for files and nothing else
	TCPOOnly  bool   `json:"tcpo_only,omitempty"`  // not over HTTP
	Secret    []byte `json:"secret,omitempty"`
}

func (p place) ipv6() bool {
	at, err := netip.ParseAddrPort(p.Address)
	return err == nil && at.Addr().Is6()
}

// learnedPlaces is the name of the places in the database.
const learnedPlaces = "dc_options"

// openPlaces takes over what the server told of in the last run.
func (n *network) openPlaces(c *Client, text []byte) {
	if len(text) == 0 || n.servers.local {
		return
	}
	if err := json.Unmarshal(text, &n.learned); err != nil {
		c.log.Printf(1, "The addresses of data centers in the database can't be read: %v", err)
	}
}

// onDCOptions takes the addresses over that the server tells of. Connections that are there stay. A local server is where its
// file says, whatever it tells.
func (n *network) onDCOptions(c *Client, options []tg.DCOption) {
	if n.servers.local {
		return
	}
	list := make([]place, 0, len(options))
	for _, o := range options {
		ip, err := netip.ParseAddr(o.IPAddress)
		secret := o.Secret
		if err != nil || o.CDN || o.ID < 1 || o.Port < 1 || o.Port > 65535 || ip.Is6() != o.Ipv6 || !reachableBy(secret) {
			continue
		}
		list = append(list, place{
			DC: o.ID, Address: net.JoinHostPort(ip.String(), strconv.Itoa(o.Port)),
			Static: o.Static, MediaOnly: o.MediaOnly, TCPOOnly: o.TCPObfuscatedOnly, Secret: secret,
		})
	}
	n.learned = list
	if text, err := json.Marshal(list); err == nil {
		c.store.set(learnedPlaces, string(text))
	}
	n.readdress(c)
}

// reachableBy says whether a connection can be made with the secret of a place.
func reachableBy(secret []byte) bool {
	if len(secret) == 0 {
		return true
	}
	s, err := mtproxy.ParseSecret(secret)
	return err == nil && s.Type != mtproxy.TLS
}

// readdress gives the sessions the addresses for their next connections.
func (n *network) readdress(c *Client) {
	for _, d := range n.talking() {
		d.session.Readdress(n.route(c, d.id).Addrs)
	}
}

// route is the way to a data center, through the proxy that is used.
func (n *network) route(c *Client, dc int) (r mtproto.Route) {
	q := c.proxies.find(c.proxies.enabled)
	r.Dial, r.Addrs = c.proxies.route(c.registry.dial, n.addrs(c, dc, q))
	r.Dial = c.netStats.counted(r.Dial)
	if q == nil {
		r.Away = c.registry.away
	}
	return r
}

// addrs are the addresses of a data center in the order in which they are tried, as TDLib chooses them: those that the server
// told of first, of the kind that suits the proxy q, nil for none.
func (n *network) addrs(c *Client, dc int, q *addedProxy) []mtproto.Addr {
	preferIPv6 := c.options.values["prefer_ipv6"].integer != 0
	if q != nil {
		ip, err := netip.ParseAddr(q.Server)
		preferIPv6 = preferIPv6 || err == nil && ip.Is6()
	}
	overHTTP := q != nil && q.Kind == "http" && q.HTTPOnly
	return choosePlaces(n.places(dc), q != nil && q.Kind == "socks5", preferIPv6, overHTTP)
}

// places are all that are known of a data center.
func (n *network) places(dc int) []place {
	var list []place
	for _, p := range n.learned {
		if p.DC == dc && !p.MediaOnly {
			list = append(list, p)
		}
	}
	for _, a := range n.servers.addrs[dc] {
		same := func(p place) bool { return p.Address == a.Address }
		if !slices.ContainsFunc(list, same) {
			list = append(list, place{DC: dc, Address: a.Address, Secret: a.Secret})
		}
	}
	return list
}

func choosePlaces(list []place, socks, preferIPv6, overHTTP bool) []mtproto.Addr {
	only := func(keep func(place) bool) {
		if kept := slices.DeleteFunc(slices.Clone(list), func(p place) bool { return !keep(p) }); len(kept) > 0 {
			list = kept
		}
	}
	if overHTTP {
		only(func(p place) bool { return !p.TCPOOnly && !p.Static && (preferIPv6 || !p.ipv6()) })
	}
	if socks && !preferIPv6 && slices.ContainsFunc(list, func(p place) bool { return p.Static }) {
		only(func(p place) bool { return p.Static })
	} else {
		only(func(p place) bool { return !p.Static })
	}
	if socks && !preferIPv6 {
		only(func(p place) bool { return !p.ipv6() })
	}
	if preferIPv6 {
		only(place.ipv6)
	}
	addrs := make([]mtproto.Addr, len(list))
	for i, p := range list {
		addrs[i] = mtproto.Addr{Address: p.Address, Secret: p.Secret}
	}
	return addrs
}
