package testdc

import (
	"cmp"
	"slices"

	"github.com/gotd/td/tg"
)

// Account is an account as the control interface shows it.
type Account struct {
	ID       int64  `json:"id"`
	Phone    string `json:"phone"`
	Name     string `json:"name"`
	Username string `json:"username,omitempty"`
	DC       int    `json:"dc"`
	Bot      bool   `json:"bot"`
	Code     string `json:"code,omitempty"` // with which to log in
	Password bool   `json:"password"`       // has one
	Email    string `json:"email,omitempty"`
	Online   bool   `json:"online"`
	Sessions int    `json:"sessions"`
	PTS      int    `json:"pts"`
	QTS      int    `json:"qts"`
	Begun    bool   `json:"begun"` // somebody is being asked for the code just now
}

// Accounts returns the accounts in the order of their ids, and phone numbers that are logging in and have no account yet.
func (s *Server) Accounts() []Account {
	s.mu.Lock()
	defer s.mu.Unlock()
	begun := make(map[string]bool)
	for _, k := range s.codes {
		begun[k.phone] = begun[k.phone] || s.now().Before(k.expires)
	}
	list := []Account{}
	for _, id := range sortedIDs(s.users) {
		a := s.users[id]
		one := Account{
			ID: id, Phone: a.phone, Name: a.name(), Username: a.username, DC: a.dc, Bot: a.bot, Password: a.password != nil, Email: a.loginEmail,
			Online: a.online > s.unix(), PTS: a.PTS, QTS: a.Queue.PTS, Begun: begun[a.phone],
		}
		if !a.bot {
			one.Code = loginCode(a.phone)
		}
		for _, l := range a.logins {
			if !l.imported {
				one.Sessions++
			}
		}
		list = append(list, one)
		delete(begun, a.phone)
	}
	for phone := range begun {
		list = append(list, Account{Phone: phone, Code: loginCode(phone), Begun: true, DC: s.homeDC(phone)})
	}
	slices.SortStableFunc(list, func(a, b Account) int { return cmp.Compare(a.Phone, b.Phone) })
	return list
}

func (a *account) name() string {
	if a.lastName == "" {
		return a.firstName
	}
	return a.firstName + " " + a.lastName
}

// Session is a login as the control interface shows it.
type Session struct {
	Phone       string `json:"phone"`
	Hash        int64  `json:"hash,string"`
	Device      string `json:"device"`
	App         string `json:"app"`
	Platform    string `json:"platform"`
	IP          string `json:"ip"`
	DC          int    `json:"dc"`
	Created     int    `json:"created"`
	Active      int    `json:"active"`
	Unconfirmed bool   `json:"unconfirmed"`
	Pending     bool   `json:"password_pending"`
	Connected   bool   `json:"connected"` // its updates go out at once
	Phantom     bool   `json:"phantom"`
}

// Sessions returns the logins of an account, or, without a phone number, of all, the latest first.
func (s *Server) Sessions(phone string) []Session {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := []Session{}
	for _, id := range sortedIDs(s.users) {
		a := s.users[id]
		if phone != "" && a.phone != normalPhone(phone) {
			continue
		}
		for _, l := range a.logins {
			if l.imported {
				continue
			}
			t := l.listed(nil)
			list = append(list, Session{
				Phone: a.phone, Hash: l.hash, Device: t.DeviceModel, App: t.AppName + " " + t.AppVersion, Platform: t.Platform, IP: t.IP, DC: l.key.dc,
				Created: t.DateCreated, Active: t.DateActive, Unconfirmed: t.Unconfirmed, Pending: t.PasswordPending,
				Connected: l.updates != nil && l.updates.conn != nil, Phantom: l.phantom != nil,
			})
		}
	}
	slices.SortStableFunc(list, func(a, b Session) int { return cmp.Compare(b.Created, a.Created) })
	return list
}

// Chat is a group or a channel as the control interface shows it.
type Chat struct {
	Chat     string   `json:"chat"` // its name in commands
	Kind     string   `json:"kind"`
	Title    string   `json:"title"`
	Username string   `json:"username,omitempty"`
	Members  []string `json:"members"` // phone numbers
	Messages int      `json:"messages"`
}

// Chats returns the groups and channels in the order of their ids.
func (s *Server) Chats() []Chat {
	s.mu.Lock()
	defer s.mu.Unlock()
	list := []Chat{}
	for _, ch := range s.sortedChats() {
		one := Chat{Chat: ch.peer().String(), Kind: string(ch.Kind), Title: ch.Title, Username: ch.Username, Members: []string{}}
		for _, a := range s.members(ch) {
			one.Members = append(one.Members, a.phone)
		}
		list = append(list, one)
	}
	for _, p := range s.posts {
		i := slices.IndexFunc(list, func(c Chat) bool { return c.Chat == p.To.String() })
		if i >= 0 {
			list[i].Messages++
		}
	}
	return list
}

// Message is a message as the control interface shows it.
type Message struct {
	Number  int64  `json:"number"` // in the order in which they were said
	Date    int    `json:"date"`
	From    string `json:"from"`           // a phone number
	To      string `json:"to"`             // a phone number, or the title of a chat
	Chat    string `json:"chat,omitempty"` // its name in commands
	Text    string `json:"text"`
	Media   string `json:"media,omitempty"` // its type
	Service bool   `json:"service"`
	Edited  bool   `json:"edited"`
	Pinned  bool   `json:"pinned"`
	Emojis  string `json:"reactions,omitempty"`
}

// Messages returns the last messages, the newest first: those that an account has, or, without a phone number, all.
func (s *Server) Messages(phone string, limit int) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.accounts[normalPhone(phone)]
	if phone != "" && a == nil {
		return []Message{}
	}
	ids := sortedIDs(s.posts)
	list := []Message{}
	for _, id := range slices.Backward(ids) {
		if len(list) >= limit {
			break
		}
		if p := s.posts[id]; a == nil || s.has(a, p) {
			list = append(list, s.shown(p))
		}
	}
	return list
}

// has tells whether an account sees a message.
func (s *Server) has(a *account, p *post) bool {
	if ch := s.chats[p.To]; ch != nil && p.To.Kind == 'c' {
		return ch.Members[a.id] != nil
	}
	return p.Copies[a.peer()] != 0
}

func (s *Server) shown(p *post) Message {
	m := Message{Number: p.ID, Date: p.Date, Edited: p.Edited != 0, Pinned: p.Pinned}
	if from := s.users[p.From]; from != nil {
		m.From = from.phone
	}
	if ch := s.chats[p.To]; ch != nil {
		m.To, m.Chat = ch.Title, p.To.String()
	} else if to := s.users[p.To.ID]; to != nil {
		m.To = to.phone
	}
	switch body := p.Body.V.(type) {
	case *tg.Message:
		m.Text = body.Message
		if body.Media != nil {
			m.Media = body.Media.TypeName()
		}
	case *tg.MessageService:
		m.Service, m.Text = true, body.Action.TypeName()
	}
	for _, r := range p.Reactions {
		m.Emojis += r.Emoji
	}
	return m
}

// Heard returns the calls after one, as far as they are remembered; 0 for all.
func (s *Server) Heard(after int64) []Heard {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Heard{}, s.heardAfter(after)...)
}

func (s *Server) heardAfter(call int64) []Heard {
	i, _ := slices.BinarySearchFunc(s.calls, call+1, func(h Heard, n int64) int { return cmp.Compare(h.Number, n) })
	return slices.Clone(s.calls[i:])
}

func (s *Server) lastHeard() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.journal.number
}

// described is where the server is.
type described struct {
	DCs    []string `json:"dcs"`
	Proxy  string   `json:"proxy,omitempty"`
	Time   int      `json:"time"`
	Layer  int      `json:"layer"`
	Config any      `json:"config"` // for TDJSON_TEST_SERVER
}

func (s *Server) describe() described {
	d := described{Proxy: s.ProxyAddr(), Time: int(s.Now().Unix()), Layer: tg.Layer, Config: rawJSON(s.Config())}
	for dc := 1; dc <= dcCount; dc++ {
		d.DCs = append(d.DCs, s.Addr(dc))
	}
	return d
}

// rawJSON is JSON that is made already.
type rawJSON []byte

// MarshalJSON returns the JSON as it is.
func (r rawJSON) MarshalJSON() ([]byte, error) { return r, nil }
