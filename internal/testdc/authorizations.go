package testdc

import (
	"context"
	"net"
	"slices"
	"strings"

	"github.com/gotd/td/tg"
)

// Where all clients seem to be.
const (
	country = "Loopback"
	region  = "Local"
)

// authorization is a login of an account: what a client lists as a session. Guarded by Server.mu.
type authorization struct {
	hash    int64
	account *account
	key     *authKey // permanent
	client  clientInfo
	created int
	active  int
	ip      string

	noSecretChats bool
	noCalls       bool
	unconfirmed   bool
	imported      bool // came from another data center with auth.importAuthorization: no session of its own

	updates *session // which asked for updates
	seq     int      // of the last updates that do not count in pts
	faults  faults   // of the updates
	phantom *Phantom // what it says of itself when there is no client
}

func (s *Server) registerAuthorizations(d *tg.ServerDispatcher) {
	d.OnAuthResetAuthorizations(s.authResetAuthorizations)
	d.OnAccountGetAuthorizations(s.accountGetAuthorizations)
	d.OnAccountResetAuthorization(s.accountResetAuthorization)
	d.OnAccountSetAuthorizationTTL(s.accountSetAuthorizationTTL)
	d.OnAccountChangeAuthorizationSettings(s.accountChangeAuthorizationSettings)
}

// logIn makes the calling key one of the account's logins.
func (s *Server) logIn(c *call, a *account) *tg.AuthAuthorization {
	l := s.newLogin(c, a)
	a.logins = append(a.logins, l)
	s.admitLogin(c, l)
	return &tg.AuthAuthorization{User: s.user(a, a)}
}

// logInOrAsk is logIn for an account that may have a password: then that has to come first.
func (s *Server) logInOrAsk(c *call, a *account) (tg.AuthAuthorizationClass, error) {
	if a.password == nil {
		return s.logIn(c, a), nil
	}
	if c.key.pending != nil {
		s.endLogin(c.key.pending)
	}
	c.key.pending = s.newLogin(c, a)
	a.logins = append(a.logins, c.key.pending)
	return nil, rpcError(401, "SESSION_PASSWORD_NEEDED")
}

// newLogin makes a login that is not there yet.
func (s *Server) newLogin(c *call, a *account) *authorization {
	client := c.key.client
	if c.sess.client.set {
		client = c.sess.client
	}
	return &authorization{seq: 1, hash: randomInt64(), account: a, key: c.key, client: client, created: s.unix(), active: s.unix(), ip: c.ip()}
}

// admitLogin lets in whom nothing is asked any more.
func (s *Server) admitLogin(c *call, l *authorization) {
	if old := c.key.login; old != nil {
		s.endLogin(old)
	}
	c.key.login, c.login, c.key.pending, c.key.lost = l, l, nil, ""
	if s.opt.AnnounceLogins {
		l.unconfirmed = s.announce(l) > 0
	}
}

// announcement tells other logins of a new one.
func (l *authorization) announcement() tg.UpdateClass {
	u := &tg.UpdateNewAuthorization{Unconfirmed: true, Hash: l.hash}
	u.SetDate(l.created)
	u.SetDevice(l.client.device)
	u.SetLocation(l.where())
	return u
}

// ip is where the caller comes from.
func (c *call) ip() string {
	if c.sess.conn == nil {
		return ""
	}
	host, _, err := net.SplitHostPort(c.sess.conn.nc.RemoteAddr().String())
	if err != nil {
		return ""
	}
	return host
}

// endLogin logs a key out. The key itself stays.
func (s *Server) endLogin(l *authorization) {
	if l.key.login == l {
		l.key.login = nil
	}
	if l.key.pending == l {
		l.key.pending = nil
	}
	l.account.logins = slices.DeleteFunc(l.account.logins, func(o *authorization) bool { return o == l })
}

// revoke ends another login: its client is made to call, and learns why with that.
func (s *Server) revoke(l *authorization, text string) {
	if l.updates != nil {
		l.updates.post(notice, 0, &tg.UpdatesTooLong{})
	}
	s.endLogin(l)
	l.key.lost = text
}

func (s *Server) authResetAuthorizations(ctx context.Context) (bool, error) {
	c := callOf(ctx)
	for _, l := range slices.Clone(c.account().logins) {
		if l != c.login {
			s.revoke(l, "SESSION_REVOKED")
		}
	}
	return true, nil
}

// find returns the login of the account with this hash; 0 is the caller's own.
func (c *call) find(hash int64) (*authorization, error) {
	if hash == 0 {
		return c.login, nil
	}
	if l := c.account().login(hash); l != nil {
		return l, nil
	}
	return nil, rpcError(400, "HASH_INVALID")
}

func (s *Server) accountResetAuthorization(ctx context.Context, hash int64) (bool, error) {
	c := callOf(ctx)
	l, err := c.find(hash)
	if err != nil || l == c.login {
		return false, rpcError(400, "HASH_INVALID")
	}
	s.revoke(l, "AUTH_KEY_UNREGISTERED")
	return true, nil
}

func (s *Server) accountSetAuthorizationTTL(ctx context.Context, days int) (bool, error) {
	if days < 1 || days > 366 {
		return false, rpcError(400, "TTL_DAYS_INVALID")
	}
	callOf(ctx).account().ttlDays = days
	return true, nil
}

// SetTTLDays sets after how many days without activity logins of an account end, also to what the method refuses. It returns false when
// there is no such account.
func (s *Server) SetTTLDays(phone string, days int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.setTTLDays(phone, days)
}

func (s *Server) setTTLDays(phone string, days int) bool {
	a := s.accounts[normalPhone(phone)]
	if a != nil {
		a.ttlDays = days
	}
	return a != nil
}

func (s *Server) accountChangeAuthorizationSettings(ctx context.Context, req *tg.AccountChangeAuthorizationSettingsRequest) (bool, error) {
	l, err := callOf(ctx).find(req.Hash)
	if err != nil {
		return false, err
	}
	if v, ok := req.GetEncryptedRequestsDisabled(); ok {
		l.noSecretChats = v
	}
	if v, ok := req.GetCallRequestsDisabled(); ok {
		l.noCalls = v
	}
	if req.Confirmed {
		l.unconfirmed = false
	}
	return true, nil
}

func (s *Server) accountGetAuthorizations(ctx context.Context) (*tg.AccountAuthorizations, error) {
	c := callOf(ctx)
	out := &tg.AccountAuthorizations{AuthorizationTTLDays: c.account().ttlDays}
	for _, l := range c.account().logins {
		if !l.imported {
			out.Authorizations = append(out.Authorizations, l.listed(c.login))
		}
	}
	return out, nil
}

// listed is the login as the one that asks sees it.
func (l *authorization) listed(asks *authorization) tg.Authorization {
	app, official := appName(l.client)
	a := tg.Authorization{
		Current: l == asks, OfficialApp: official, PasswordPending: l.key.pending == l,
		EncryptedRequestsDisabled: l.noSecretChats, CallRequestsDisabled: l.noCalls, Unconfirmed: l.unconfirmed,
		Hash: l.hash, DeviceModel: l.client.device, Platform: platform(l.client), SystemVersion: l.client.system,
		APIID: l.client.apiID, AppName: app, AppVersion: l.client.app,
		DateCreated: l.created, DateActive: l.active, IP: l.ip, Country: country, Region: region,
	}
	if l.phantom != nil {
		l.phantom.listedAs(&a)
	}
	if a.Current {
		a.Hash = 0
	}
	return a
}

// appName is the name under which an api_id was registered, and whether it is one of Telegram's own.
func appName(c clientInfo) (name string, official bool) {
	switch c.apiID {
	case 4, 6:
		return "Telegram Android", true
	case 2040, 17349, 611335:
		return "Telegram Desktop", true
	case 1, 7, 8, 10840:
		return "Telegram iOS", true
	case 2496, 2834:
		return "Telegram Web", true
	case 94575:
		return "TDLib test", false
	}
	return "Test app", false
}

// platform guesses the system from what the client says of itself.
func platform(c clientInfo) string {
	said := strings.ToLower(c.pack + " " + c.system + " " + c.device)
	for _, p := range []struct{ word, name string }{
		{"android", "Android"}, {"ios", "iOS"}, {"iphone", "iOS"}, {"ipad", "iOS"}, {"macos", "macOS"}, {"mac os", "macOS"},
		{"darwin", "macOS"}, {"windows", "Windows"}, {"ubuntu", "Ubuntu"}, {"linux", "Linux"},
	} {
		if strings.Contains(said, p.word) {
			return p.name
		}
	}
	return ""
}
