package links

import (
	"strconv"
	"unicode/utf8"

	"tdjson/td/proxysecret"
	"tdjson/types"
)

// proxy reads a link to a proxy: socks or, with a secret, MTProto. Where something is wrong the link is one to no proxy.
func proxy(q *query) types.InternalLinkType {
	p := &types.Proxy{Server: q.get("server"), Port: number32(q.get("port"))}
	none := &types.InternalLinkTypeProxy{}
	if !isText(p.Server) || len(p.Server) > 255 || p.Port <= 0 || p.Port > 65535 {
		return none
	}
	if q.path[0] == "socks" {
		user, password := q.get("user"), q.get("pass")
		if !utf8.ValidString(user) || !utf8.ValidString(password) {
			return none
		}
		p.Type = &types.ProxyTypeSocks5{Username: user, Password: password}
	} else {
		secret, err := proxysecret.Parse(q.get("secret"))
		if err != nil {
			return none
		}
		p.Type = &types.ProxyTypeMtproto{Secret: proxysecret.Format(secret)}
	}
	return &types.InternalLinkTypeProxy{Proxy: p}
}

// makeProxy makes a link to a proxy. HTTP proxies have none.
func makeProxy(p *types.Proxy, m *maker) (string, error) {
	if p == nil {
		return m.either("proxy?port=-1&server=0.0.0.0", "proxy?port=-1&server=0.0.0.0"), nil
	}
	if err := checkProxy(p); err != nil {
		return "", err
	}
	to := "?server=" + escape(p.Server) + "&port=" + strconv.Itoa(int(p.Port))
	switch t := p.Type.(type) {
	case *types.ProxyTypeSocks5:
		to = "socks" + to
		if t.Username != "" || t.Password != "" {
			to += "&user=" + escape(t.Username) + "&pass=" + escape(t.Password)
		}
	case *types.ProxyTypeMtproto:
		secret, err := proxysecret.Parse(t.Secret)
		if err != nil {
			return "", err
		}
		to = "proxy" + to + "&secret=" + proxysecret.Format(secret)
	default:
		return "", badRequest("HTTP proxies have no public links")
	}
	return m.either(to, to), nil
}

func checkProxy(p *types.Proxy) error {
	switch {
	case p.Type == nil:
		return badRequest("Proxy type must be non-empty")
	case p.Server == "":
		return badRequest("Server name must be non-empty")
	case len(p.Server) > 255:
		return badRequest("Server name is too long")
	case !utf8.ValidString(p.Server):
		return badRequest("Server name must be encoded in UTF-8")
	case p.Port <= 0 || p.Port > 65535:
		return badRequest("Wrong port number")
	}
	return nil
}
