package testdc

import (
	"slices"

	"github.com/gotd/td/tg"
)

// Moment is a time: seconds of unix time, or, below 1e9, seconds from now.
type Moment int

// nearest is the first moment that is meant as unix time.
const nearest = 1_000_000_000

func (m Moment) unix(s *Server) int {
	if m >= nearest {
		return int(m)
	}
	return s.unix() + int(m)
}

// Phantom is a login of a client that is not there: others list it, confirm it and end it like any other. What is empty says nothing.
type Phantom struct {
	// Hash names it among the logins of the account; 0 takes one at random.
	Hash       int64  `json:"hash,string"`
	Device     string `json:"device"`
	Platform   string `json:"platform"`
	System     string `json:"system"`
	App        string `json:"app"`
	AppVersion string `json:"app_version"`
	APIID      int    `json:"api_id"`
	Official   bool   `json:"official"`
	IP         string `json:"ip"`
	Country    string `json:"country"`
	Region     string `json:"region"`
	Created    Moment `json:"created"`
	Active     Moment `json:"active"`

	PasswordPending bool `json:"password_pending"`
	NoSecretChats   bool `json:"no_secret_chats"`
	NoCalls         bool `json:"no_calls"`
	// Unconfirmed tells the other logins of it; each may confirm it.
	Unconfirmed bool `json:"unconfirmed"`
}

// AddLogin logs a phantom in. It returns false when there is no such account, or it has a login with this hash.
func (s *Server) AddLogin(phone string, p Phantom) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.addLogin(phone, p)
}

func (s *Server) addLogin(phone string, p Phantom) bool {
	a := s.accounts[normalPhone(phone)]
	if a == nil || a.login(p.Hash) != nil {
		return false
	}
	l := s.newPhantom(a, p)
	a.logins = append(a.logins, l)
	if p.Unconfirmed {
		s.announce(l)
	}
	return true
}

// newPhantom makes a phantom's login that is not there yet.
func (s *Server) newPhantom(a *account, p Phantom) *authorization {
	if p.Hash == 0 {
		p.Hash = randomInt64()
	}
	l := &authorization{
		seq: 1, hash: p.Hash, account: a, key: &authKey{}, phantom: &p, client: clientInfo{device: p.Device},
		created: p.Created.unix(s), active: p.Active.unix(s), noSecretChats: p.NoSecretChats, noCalls: p.NoCalls, unconfirmed: p.Unconfirmed,
	}
	if p.PasswordPending {
		l.key.pending = l
	}
	return l
}

// login finds a login of the account, nil when there is none with this hash.
func (a *account) login(hash int64) *authorization {
	i := slices.IndexFunc(a.logins, func(l *authorization) bool { return l.hash == hash })
	if i < 0 {
		return nil
	}
	return a.logins[i]
}

// announce tells the other logins of a new one. It returns how many there are.
func (s *Server) announce(l *authorization) int {
	return s.push(l.account, l, &tg.UpdateShort{Date: s.unix(), Update: l.announcement()})
}

// AnnounceLogin tells the other logins of one that is not confirmed, as often as it is asked to. It returns false when there is no such
// login.
func (s *Server) AnnounceLogin(phone string, hash int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tellLogin(phone, hash, false)
}

// ConfirmLogin confirms a login as if some client had done it, and tells all others. It returns false when there is no such login.
func (s *Server) ConfirmLogin(phone string, hash int64) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.tellLogin(phone, hash, true)
}

func (s *Server) tellLogin(phone string, hash int64, confirmed bool) bool {
	a := s.accounts[normalPhone(phone)]
	if a == nil || a.login(hash) == nil {
		return false
	}
	l := a.login(hash)
	l.unconfirmed = !confirmed
	if confirmed {
		s.push(a, l, &tg.UpdateShort{Date: s.unix(), Update: &tg.UpdateNewAuthorization{Hash: hash}})
	} else {
		s.announce(l)
	}
	return true
}

// listedAs is what a phantom says of itself.
func (p *Phantom) listedAs(a *tg.Authorization) {
	a.OfficialApp, a.APIID, a.AppName, a.AppVersion = p.Official, p.APIID, p.App, p.AppVersion
	a.DeviceModel, a.Platform, a.SystemVersion = p.Device, p.Platform, p.System
	a.IP, a.Country, a.Region = p.IP, p.Country, p.Region
}

// where is the country that a new login is announced to come from.
func (l *authorization) where() string {
	if l.phantom != nil {
		return l.phantom.Country
	}
	return country
}

// BotConnection is a bot that an account has been connected to by some client.
type BotConnection struct {
	ID        int64  `json:"id"` // made when there is no such bot
	Confirmed bool   `json:"confirmed"`
	Unknown   bool   `json:"unknown"` // the bot is not told of with it
	Device    string `json:"device"`
	Location  string `json:"location"`
	Date      Moment `json:"date"`
}

// ConnectBot tells the logins of an account of a bot that was connected, or that the connection was confirmed. It returns false when
// there is no such account.
func (s *Server) ConnectBot(phone string, b BotConnection) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.connectBot(phone, b)
}

func (s *Server) connectBot(phone string, b BotConnection) bool {
	a := s.accounts[normalPhone(phone)]
	if a == nil {
		return false
	}
	u := &tg.UpdateNewBotConnection{Confirmed: b.Confirmed, BotID: b.ID}
	if !b.Confirmed {
		u.SetDate(b.Date.unix(s))
		u.SetDevice(b.Device)
		u.SetLocation(b.Location)
	}
	all := &tg.Updates{Updates: []tg.UpdateClass{u}, Date: s.unix()}
	if !b.Unknown {
		all.Users = []tg.UserClass{s.user(s.bot(b.ID, a.dc), a)}
	}
	s.push(a, nil, all)
	return true
}
