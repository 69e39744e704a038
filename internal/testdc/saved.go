package testdc

import (
	"encoding/json"
	"errors"
	"fmt"
	"math/big"
	"time"

	"github.com/gotd/td/crypto"
	"github.com/gotd/td/tg"
)

// stateVersion is raised when older programs could not read the state any more.
const stateVersion = 1

// savedState is all that outlives the server, as it stands in the file. What files hold is kept beside it.
type savedState struct {
	Version  int
	Accounts []*savedAccount
	Keys     []*savedKey
	Chats    map[peer]*chat
	Posts    map[int64]*post
	Files    map[int64]*file
	Next     counters
	Banned   []string // phone numbers
}

type savedKey struct {
	DC      int
	Key     []byte
	Expires time.Time
	Bound   []byte // the id of the permanent key of a temporary one
	Layer   int
	Client  savedClient
	Lost    string
}

type savedClient struct {
	Set                                  bool
	APIID                                int
	Device, System, App, Pack, Lang, Sys string
}

func saveClient(c clientInfo) savedClient {
	return savedClient{c.set, c.apiID, c.device, c.system, c.app, c.pack, c.lang, c.sys}
}

func (c savedClient) info() clientInfo {
	return clientInfo{
		set: c.Set, apiID: c.APIID, device: c.Device, system: c.System, app: c.App, pack: c.Pack, lang: c.Lang, sys: c.Sys,
	}
}

type savedAccount struct {
	ID, Hash                             int64
	Phone, FirstName, LastName, Username string
	DC                                   int
	Bot                                  bool
	Password                             *savedPassword
	RecoveryEmail, LoginEmail            string
	TTLDays, Online                      int
	Logins                               []*savedLogin
	Websites                             []tg.WebAuthorization
	Tokens                               [][]byte
	Person                               person
}

type savedPassword struct {
	Salt1, Salt2, Verifier []byte
	Hint                   string
}

// savedLogin is a login. Those that have not given their password yet begin anew.
type savedLogin struct {
	Hash                                          int64
	DC                                            int
	Key                                           []byte // its id, none of a phantom
	Client                                        savedClient
	Created, Active, Seq                          int
	IP                                            string
	NoSecretChats, NoCalls, Unconfirmed, Imported bool
	Phantom                                       *Phantom
}

// save writes the state. The caller holds the mutex.
func (s *Server) save() ([]byte, error) {
	state := savedState{Version: stateVersion, Chats: s.chats, Posts: s.posts, Files: s.files, Next: s.next}
	for _, dc := range s.dcs[1:] {
		for _, k := range dc.keys {
			state.Keys = append(state.Keys, saveKey(k))
		}
	}
	for _, id := range sortedIDs(s.users) {
		state.Accounts = append(state.Accounts, saveAccount(s.users[id]))
	}
	for phone := range s.banned {
		state.Banned = append(state.Banned, phone)
	}
	return json.Marshal(&state)
}

func saveKey(k *authKey) *savedKey {
	out := &savedKey{DC: k.dc, Key: k.Value[:], Expires: k.expires, Layer: k.layer, Client: saveClient(k.client), Lost: k.lost}
	if k.perm != nil {
		out.Bound = k.perm.ID[:]
	}
	return out
}

func saveAccount(a *account) *savedAccount {
	out := &savedAccount{
		ID: a.id, Hash: a.accessHash, Phone: a.phone, FirstName: a.firstName, LastName: a.lastName, Username: a.username, DC: a.dc, Bot: a.bot,
		RecoveryEmail: a.recovery.email, LoginEmail: a.loginEmail, TTLDays: a.ttlDays, Online: a.online,
		Websites: a.websites, Tokens: a.tokens, Person: a.person,
	}
	if p := a.password; p != nil {
		out.Password = &savedPassword{p.salt1, p.salt2, p.verifier.Bytes(), p.hint}
	}
	for _, l := range a.logins {
		if l.key.pending == l && l.phantom == nil {
			continue
		}
		one := &savedLogin{
			Hash: l.hash, DC: l.key.dc, Client: saveClient(l.client), Created: l.created, Active: l.active, Seq: l.seq, IP: l.ip,
			NoSecretChats: l.noSecretChats, NoCalls: l.noCalls, Unconfirmed: l.unconfirmed, Imported: l.imported, Phantom: l.phantom,
		}
		if l.phantom == nil {
			one.Key = l.key.ID[:]
		}
		out.Logins = append(out.Logins, one)
	}
	return out
}

var errState = errors.New("this is no state of a local Telegram")

// load takes a state over. The server must be new.
func (s *Server) load(data []byte) error {
	var state savedState
	if err := json.Unmarshal(data, &state); err != nil {
		return fmt.Errorf("%w: %w", errState, err)
	}
	if state.Version != stateVersion {
		return fmt.Errorf("%w of version %d, but of version %d", errState, stateVersion, state.Version)
	}
	if err := state.check(); err != nil {
		return err
	}
	for _, k := range state.Keys {
		if err := s.loadKey(k); err != nil {
			return err
		}
	}
	s.bindKeys(state.Keys)
	for _, a := range state.Accounts {
		if err := s.loadAccount(a); err != nil {
			return err
		}
	}
	s.world = newWorld()
	s.next = state.Next
	for p, ch := range state.Chats {
		s.chats[p] = ch
	}
	for id, p := range state.Posts {
		s.posts[id] = p
	}
	for id, f := range state.Files {
		s.files[id] = f
	}
	for _, phone := range state.Banned {
		s.banned[phone] = true
	}
	return nil
}

func (s *Server) loadKey(k *savedKey) error {
	if k == nil || k.DC < 1 || k.DC > dcCount || len(k.Key) != len(crypto.Key{}) {
		return fmt.Errorf("%w: a key is wrong", errState)
	}
	key := crypto.Key(k.Key).WithID()
	s.dcs[k.DC].keys[key.ID] = &authKey{
		AuthKey: key, dc: k.DC, expires: k.Expires, layer: k.Layer, client: k.Client.info(), lost: k.Lost, sessions: make(map[int64]*session),
	}
	return nil
}

// bindKeys gives temporary keys the permanent ones that they stand for.
func (s *Server) bindKeys(list []*savedKey) {
	for _, k := range list {
		if len(k.Bound) == 8 {
			temp := crypto.Key(k.Key).WithID()
			s.dcs[k.DC].keys[temp.ID].perm = s.dcs[k.DC].keys[[8]byte(k.Bound)]
		}
	}
}

func (s *Server) loadAccount(in *savedAccount) error {
	if in == nil || in.ID <= 0 || in.DC < 1 || in.DC > dcCount || in.Phone == "" || s.users[in.ID] != nil || s.accounts[in.Phone] != nil {
		return fmt.Errorf("%w: an account is wrong, or there twice", errState)
	}
	a := &account{
		id: in.ID, accessHash: in.Hash, phone: in.Phone, firstName: in.FirstName, lastName: in.LastName, username: in.Username, dc: in.DC, bot: in.Bot,
		recovery: recovery{email: in.RecoveryEmail}, loginEmail: in.LoginEmail, ttlDays: in.TTLDays, online: in.Online,
		websites: in.Websites, tokens: in.Tokens, person: in.Person,
	}
	a.Queue.PTS = max(a.Queue.PTS, 1) // older states have none
	if p := in.Password; p != nil {
		a.password = &password{salt1: p.Salt1, salt2: p.Salt2, verifier: new(big.Int).SetBytes(p.Verifier), hint: p.Hint}
	}
	for _, l := range in.Logins {
		if err := s.loadLogin(a, l); err != nil {
			return err
		}
	}
	s.accounts[a.phone], s.users[a.id] = a, a
	return nil
}

func (s *Server) loadLogin(a *account, in *savedLogin) error {
	if in == nil {
		return fmt.Errorf("%w: a login is wrong", errState)
	}
	l := &authorization{
		hash: in.Hash, account: a, key: &authKey{}, client: in.Client.info(), created: in.Created, active: in.Active, seq: in.Seq, ip: in.IP,
		noSecretChats: in.NoSecretChats, noCalls: in.NoCalls, unconfirmed: in.Unconfirmed, imported: in.Imported, phantom: in.Phantom,
	}
	if l.phantom != nil {
		if l.phantom.PasswordPending {
			l.key.pending = l
		}
		a.logins = append(a.logins, l)
		return nil
	}
	if in.DC < 1 || in.DC > dcCount || len(in.Key) != 8 || s.dcs[in.DC].keys[[8]byte(in.Key)] == nil {
		return fmt.Errorf("%w: the key of a login is not there", errState)
	}
	l.key = s.dcs[in.DC].keys[[8]byte(in.Key)]
	l.key.login = l
	a.logins = append(a.logins, l)
	return nil
}

// check says what of a state would trip the server up.
func (s *savedState) check() error {
	for p, ch := range s.Chats {
		if ch == nil || ch.peer() != p || ch.Members == nil || ch.Banned == nil || ch.Left == nil || ch.Invites == nil || ch.Number == nil ||
			hasNil(ch.Members) || hasNil(ch.Banned) || hasNil(ch.Invites) || hasNil(ch.Requests) {
			return fmt.Errorf("%w: chat %v is wrong", errState, p)
		}
	}
	for id, p := range s.Posts {
		if p == nil || p.ID != id || p.Copies == nil || p.Body.V == nil || p.To.Kind != 'u' && s.Chats[p.To] == nil {
			return fmt.Errorf("%w: message %d is wrong", errState, id)
		}
	}
	for id, f := range s.Files {
		if f == nil || f.ID != id {
			return fmt.Errorf("%w: file %d is wrong", errState, id)
		}
	}
	for _, a := range s.Accounts {
		if a == nil || a.Person.Number == nil || a.Person.Contacts == nil || a.Person.Blocked == nil || a.Person.Dialogs == nil ||
			a.Person.Notify == nil || hasNil(a.Person.Contacts) || hasNil(a.Person.Dialogs) {
			return fmt.Errorf("%w: an account is wrong", errState)
		}
	}
	return nil
}

func hasNil[K comparable, V any](m map[K]*V) bool {
	for _, v := range m {
		if v == nil {
			return true
		}
	}
	return false
}
