package td

import (
	"context"
	"net"
	"strconv"
	"unicode/utf8"

	"github.com/goccy/go-json"
	"github.com/gotd/td/tg"

	"tdjson/td/mtproto"
	"tdjson/td/proxysecret"
	"tdjson/types"
)

// addedProxy is a proxy of the list. What stands for it in the database is its JSON.
type addedProxy struct {
	ID       int32  `json:"id"`
	Server   string `json:"server"`
	Port     int32  `json:"port"`
	Kind     string `json:"kind"` // socks5, http, mtproto
	User     string `json:"user,omitempty"`
	Password string `json:"password,omitempty"`
	HTTPOnly bool   `json:"http_only,omitempty"`
	Secret   []byte `json:"secret,omitempty"`
	Comment  string `json:"comment,omitempty"`
	LastUsed int32  `json:"last_used,omitempty"`
}

// same says whether two entries are one proxy.
func (p *addedProxy) same(q *addedProxy) bool {
	return p.Server == q.Server && p.Port == q.Port && p.Kind == q.Kind && p.User == q.User && p.Password == q.Password &&
		p.HTTPOnly == q.HTTPOnly && string(p.Secret) == string(q.Secret)
}

// proxies is the list of proxies, and which of them is used.
type proxies struct {
	list    []*addedProxy
	last    int32 // the greatest number given out
	enabled int32 // 0: none
}

// firstProxy is the number of the first proxy: TDLib keeps 1 for one that versions long ago had.
const firstProxy = 2

func (p *proxies) open(c *Client, l *loaded) {
	p.last = firstProxy - 1
	for name, text := range l.prefixed("proxy.") {
		var q addedProxy
		if err := json.Unmarshal([]byte(text), &q); err != nil {
			c.log.Printf(1, "Proxy %s in the database can't be read: %v", name, err)
			continue
		}
		p.list = append(p.list, &q)
	}
	sortBy(p.list, func(q *addedProxy) int32 { return q.ID })
	if n, err := strconv.Atoi(string(l.values["proxies.last"])); err == nil {
		p.last = int32(n)
	}
	if o := c.options.values["enabled_proxy_id"]; p.find(int32(o.integer)) != nil {
		p.enabled = int32(o.integer)
		c.net.told = &types.ConnectionStateConnectingToProxy{}
	}
}

func (p *proxies) find(id int32) *addedProxy {
	for _, q := range p.list {
		if q.ID == id {
			return q
		}
	}
	return nil
}

func (p *proxies) store(c *Client, q *addedProxy) {
	text, err := json.Marshal(q)
	if err != nil {
		c.log.Printf(1, "Proxy %d can't be stored: %v", q.ID, err)
		return
	}
	c.store.set("proxy."+strconv.Itoa(int(q.ID)), string(text))
}

// route is the way to a data center: how to connect, and to what.
func (p *proxies) route(direct mtproto.DialFunc, center []mtproto.Addr) (mtproto.DialFunc, []mtproto.Addr) {
	q := p.find(p.enabled)
	if q == nil {
		return direct, center
	}
	now := *q // connections are made without the turn, while the list may change
	dial, addrs, err := now.route(direct, center)
	if err != nil { // kept as enabled by someone else: past it is no way
		return func(context.Context, string, string) (net.Conn, error) { return nil, err }, center
	}
	return dial, addrs
}

// introduced is what the client says to the servers of an MTProto proxy that it uses; nil for any other.
func (p *proxies) introduced() *tg.InputClientProxy {
	q := p.find(p.enabled)
	if q == nil || q.Kind != "mtproto" {
		return nil
	}
	return &tg.InputClientProxy{Address: q.Server, Port: int(q.Port)}
}

// contextDialer is a function as the interface that package proxy wants.
type contextDialer mtproto.DialFunc

func (d contextDialer) DialContext(ctx context.Context, network, addr string) (net.Conn, error) {
	return d(ctx, network, addr)
}

func (d contextDialer) Dial(network, addr string) (net.Conn, error) {
	return d(context.Background(), network, addr)
}

// use switches to a proxy, or to none with 0.
func (p *proxies) use(c *Client, id int32) {
	if p.enabled != id {
		p.enable(c, id)
		c.net.reconnect(c)
	}
}

// enable notes which proxy is used, without using it.
func (p *proxies) enable(c *Client, id int32) {
	p.enabled = id
	value := option{}
	if id != 0 {
		value = integerOption(int64(id))
	}
	c.options.set(c, "enabled_proxy_id", value)
}

// worked notes that the enabled proxy was connected through.
func (p *proxies) worked(c *Client) {
	if q := p.find(p.enabled); q != nil {
		q.LastUsed = int32(c.net.now().Unix())
		p.store(c, q)
	}
}

// parseProxy makes an entry of what the program gave, or says TDLib's error.
func parseProxy(p *types.Proxy) (*addedProxy, error) {
	switch {
	case p == nil:
		return nil, types.NewError(400, "Proxy must be non-empty")
	case p.Type == nil:
		return nil, types.NewError(400, "Proxy type must be non-empty")
	case p.Server == "":
		return nil, types.NewError(400, "Server name must be non-empty")
	case len(p.Server) > 255:
		return nil, types.NewError(400, "Server name is too long")
	case p.Port <= 0 || p.Port > 65535:
		return nil, types.NewError(400, "Wrong port number")
	}
	q := &addedProxy{Server: p.Server, Port: p.Port}
	switch t := p.Type.(type) {
	case *types.ProxyTypeSocks5:
		q.Kind, q.User, q.Password = "socks5", t.Username, t.Password
	case *types.ProxyTypeHttp:
		q.Kind, q.User, q.Password, q.HTTPOnly = "http", t.Username, t.Password, t.HTTPOnly
	case *types.ProxyTypeMtproto:
		secret, err := proxysecret.Parse(t.Secret)
		if err != nil {
			return nil, err
		}
		q.Kind, q.Secret = "mtproto", secret
	}
	for _, s := range []string{q.Server, q.User, q.Password} {
		if !utf8.ValidString(s) {
			return nil, types.NewError(400, "Strings must be encoded in UTF-8")
		}
	}
	return q, nil
}

func (p *proxies) object(q *addedProxy) *types.AddedProxy {
	o := &types.AddedProxy{ID: q.ID, LastUsedDate: q.LastUsed, IsEnabled: q.ID == p.enabled, Comment: q.Comment}
	o.Proxy = &types.Proxy{Server: q.Server, Port: q.Port}
	switch q.Kind {
	case "socks5":
		o.Proxy.Type = &types.ProxyTypeSocks5{Username: q.User, Password: q.Password}
	case "http":
		o.Proxy.Type = &types.ProxyTypeHttp{Username: q.User, Password: q.Password, HTTPOnly: q.HTTPOnly}
	case "mtproto":
		o.Proxy.Type = &types.ProxyTypeMtproto{Secret: proxysecret.Format(q.Secret)}
	}
	return o
}

// add puts a proxy into the list, or finds the one that is the same already.
func (p *proxies) add(c *Client, q *addedProxy) *addedProxy {
	for _, old := range p.list {
		if old.same(q) {
			old.Comment = q.Comment
			p.store(c, old)
			return old
		}
	}
	p.last++
	q.ID = p.last
	p.list = append(p.list, q)
	c.store.set("proxies.last", strconv.Itoa(int(p.last)))
	p.store(c, q)
	return q
}

func (p *proxies) remove(c *Client, id int32) {
	for i, q := range p.list {
		if q.ID == id {
			p.list = append(p.list[:i], p.list[i+1:]...)
			c.store.delete("proxy." + strconv.Itoa(int(id)))
		}
	}
}

// usable says why a proxy can be kept but not be used.
func (p *addedProxy) usable() error {
	_, _, err := p.route(nil, nil)
	return err
}

// addProxy adds a proxy, and uses it if asked to.
func (c *Client) addProxy(_ context.Context, f *types.AddProxy) (*types.AddedProxy, error) {
	q, err := parseProxy(f.Proxy)
	if err != nil {
		return nil, err
	}
	if f.Enable {
		if err := q.usable(); err != nil {
			return nil, err
		}
	}
	q.Comment = f.Comment
	q = c.proxies.add(c, q)
	if f.Enable {
		c.proxies.use(c, q.ID)
	}
	return c.proxies.object(q), nil
}

// editProxy changes a proxy; if it becomes the same as another, they become one.
func (c *Client) editProxy(_ context.Context, f *types.EditProxy) (*types.AddedProxy, error) {
	old := c.proxies.find(f.ProxyID)
	if old == nil {
		return nil, types.NewError(400, "Proxy not found")
	}
	q, err := parseProxy(f.Proxy)
	if err != nil {
		return nil, err
	}
	if f.Enable {
		if err := q.usable(); err != nil {
			return nil, err
		}
	}
	q.Comment = f.Comment
	wasEnabled := c.proxies.enabled == old.ID
	for _, other := range c.proxies.list {
		if other != old && other.same(q) {
			c.proxies.remove(c, old.ID)
			other.Comment = q.Comment
			old = other
			break
		}
	}
	changed := !old.same(q)
	q.ID, q.LastUsed = old.ID, old.LastUsed
	*old = *q
	c.proxies.store(c, old)
	if wasEnabled && (changed || old.ID != f.ProxyID) {
		c.proxies.enable(c, 0) // and on again, of which TDLib tells too
	}
	if wasEnabled || f.Enable {
		c.proxies.use(c, old.ID)
	}
	return c.proxies.object(old), nil
}

// enableProxy uses a proxy of the list.
func (c *Client) enableProxy(_ context.Context, f *types.EnableProxy) (*types.Ok, error) {
	q := c.proxies.find(f.ProxyID)
	if q == nil {
		return nil, types.NewError(400, "Unknown proxy identifier")
	}
	if err := q.usable(); err != nil {
		return nil, err
	}
	c.proxies.use(c, q.ID)
	return &types.Ok{}, nil
}

// disableProxy connects directly.
func (c *Client) disableProxy(context.Context, *types.DisableProxy) (*types.Ok, error) {
	c.proxies.use(c, 0)
	return &types.Ok{}, nil
}

// removeProxy takes a proxy from the list.
func (c *Client) removeProxy(_ context.Context, f *types.RemoveProxy) (*types.Ok, error) {
	if c.proxies.find(f.ProxyID) == nil {
		return nil, types.NewError(400, "Unknown proxy identifier")
	}
	if c.proxies.enabled == f.ProxyID {
		c.proxies.use(c, 0)
	}
	c.proxies.remove(c, f.ProxyID)
	return &types.Ok{}, nil
}

// getProxies lists the proxies in the order of their numbers.
func (c *Client) getProxies(context.Context, *types.GetProxies) (*types.AddedProxies, error) {
	list := make([]*types.AddedProxy, 0, len(c.proxies.list))
	for _, q := range c.proxies.list {
		list = append(list, c.proxies.object(q))
	}
	return &types.AddedProxies{Proxies: list}, nil
}
