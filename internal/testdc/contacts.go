package testdc

import (
	"context"
	"slices"
	"strings"

	"github.com/gotd/td/tg"
)

func (s *Server) registerContacts(d *tg.ServerDispatcher) {
	d.OnContactsGetContacts(s.contactsGetContacts)
	d.OnContactsGetContactIDs(func(ctx context.Context, _ int64) ([]int, error) {
		var ids []int
		for _, id := range sortedIDs(callOf(ctx).account().Contacts) {
			ids = append(ids, int(id))
		}
		return ids, nil
	})
	d.OnContactsGetStatuses(s.contactsGetStatuses)
	d.OnContactsImportContacts(s.contactsImportContacts)
	d.OnContactsAddContact(s.contactsAddContact)
	d.OnContactsAcceptContact(func(ctx context.Context, in tg.InputUserClass) (tg.UpdatesClass, error) {
		return s.contactsAddContact(ctx, &tg.ContactsAddContactRequest{ID: in})
	})
	d.OnContactsDeleteContacts(s.contactsDeleteContacts)
	d.OnContactsDeleteByPhones(s.contactsDeleteByPhones)
	d.OnContactsGetSaved(func(context.Context) ([]tg.SavedPhoneContact, error) { return nil, nil })
	d.OnContactsResetSaved(func(context.Context) (bool, error) { return true, nil })
	d.OnContactsSearch(s.contactsSearch)
	d.OnContactsBlock(func(ctx context.Context, req *tg.ContactsBlockRequest) (bool, error) {
		return s.setBlocked(ctx, req.ID, true)
	})
	d.OnContactsUnblock(func(ctx context.Context, req *tg.ContactsUnblockRequest) (bool, error) {
		return s.setBlocked(ctx, req.ID, false)
	})
	d.OnContactsGetBlocked(s.contactsGetBlocked)
}

// seenBy completes what a viewer is told of an account.
func (s *Server) seenBy(u *tg.User, a, viewer *account) {
	if p := s.profilePhoto(a); p != nil {
		u.SetPhoto(p)
	}
	if c := viewer.Contacts[a.id]; c != nil && a != viewer {
		u.Contact, u.MutualContact = true, a.Contacts[viewer.id] != nil
		u.FirstName, u.LastName = c.FirstName, c.LastName
	}
	if a.Inline != "" {
		u.SetBotInlinePlaceholder(a.Inline)
	}
	if a == viewer || a.bot {
		return
	}
	mine, theirs := viewer.Contacts[a.id], a.Contacts[viewer.id]
	if mine != nil && mine.Phone || theirs != nil && theirs.Phone {
		u.SetPhone(a.phone)
	}
}

func (s *Server) contactsGetContacts(ctx context.Context, _ int64) (tg.ContactsContactsClass, error) {
	a := callOf(ctx).account()
	v := s.view(a)
	out := &tg.ContactsContacts{Contacts: []tg.Contact{}}
	for _, id := range sortedIDs(a.Contacts) {
		if u := s.users[id]; u != nil {
			v.nameUsers(id)
			out.Contacts = append(out.Contacts, tg.Contact{UserID: id, Mutual: u.Contacts[a.id] != nil})
		}
	}
	out.Users = v.users()
	return out, nil
}

func (s *Server) contactsGetStatuses(ctx context.Context) ([]tg.ContactStatus, error) {
	var list []tg.ContactStatus
	for _, id := range sortedIDs(callOf(ctx).account().Contacts) {
		if u := s.users[id]; u != nil && !u.bot {
			list = append(list, tg.ContactStatus{UserID: id, Status: s.status(u)})
		}
	}
	return list, nil
}

// contactsImportContacts makes contacts of those numbers that are accounts; the others are no longer asked for.
func (s *Server) contactsImportContacts(ctx context.Context, in []tg.InputPhoneContact) (*tg.ContactsImportedContacts, error) {
	c := callOf(ctx)
	a := c.account()
	v, n := s.view(a), s.report()
	out := &tg.ContactsImportedContacts{}
	for _, i := range in {
		u := s.accounts[normalPhone(i.Phone)]
		if u == nil || u.bot {
			continue
		}
		s.addContact(n, a, u, &contact{FirstName: i.FirstName, LastName: i.LastName, Phone: true})
		v.nameUsers(u.id)
		out.Imported = append(out.Imported, tg.ImportedContact{UserID: u.id, ClientID: i.ClientID})
	}
	out.Users = v.users()
	n.publish(c)
	return out, nil
}

func (s *Server) addContact(n *news, a, u *account, as *contact) {
	if as.FirstName == "" && as.LastName == "" {
		as.FirstName = u.firstName
	}
	a.Contacts[u.id] = as
	n.tell(a, &tg.UpdateUser{UserID: u.id}, u.peer())
	n.tell(a, &tg.UpdatePeerSettings{Peer: u.peer().tg(), Settings: a.peerSettings(u, u.peer())}, u.peer())
}

func (s *Server) contactsAddContact(ctx context.Context, req *tg.ContactsAddContactRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	u, err := c.user(req.ID)
	if err != nil {
		return nil, err
	}
	if u == c.account() {
		return nil, rpcError(400, "CONTACT_ID_INVALID")
	}
	known := c.account().Contacts[u.id] != nil && c.account().Contacts[u.id].Phone
	n := s.report()
	s.addContact(n, c.account(), u, &contact{
		FirstName: req.FirstName, LastName: req.LastName, Note: req.Note.Text, Phone: known || normalPhone(req.Phone) == u.phone,
	})
	return n.publish(c), nil
}

func (s *Server) contactsDeleteContacts(ctx context.Context, in []tg.InputUserClass) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	users, err := c.usersOf(in)
	if err != nil {
		return nil, err
	}
	n := s.report()
	s.deleteContacts(n, c.account(), users)
	return n.publish(c), nil
}

func (s *Server) deleteContacts(n *news, a *account, users []*account) {
	for _, u := range users {
		if a.Contacts[u.id] != nil {
			delete(a.Contacts, u.id)
			n.tell(a, &tg.UpdateUser{UserID: u.id}, u.peer())
			n.tell(a, &tg.UpdatePeerSettings{Peer: u.peer().tg(), Settings: a.peerSettings(u, u.peer())}, u.peer())
		}
	}
}

func (s *Server) contactsDeleteByPhones(ctx context.Context, phones []string) (bool, error) {
	c := callOf(ctx)
	var users []*account
	for _, p := range phones {
		if u := s.accounts[normalPhone(p)]; u != nil {
			users = append(users, u)
		}
	}
	n := s.report()
	s.deleteContacts(n, c.account(), users)
	n.publish(c)
	return true, nil
}

// contactsSearch finds contacts and chats of one's own by name, and all others by username.
func (s *Server) contactsSearch(ctx context.Context, req *tg.ContactsSearchRequest) (*tg.ContactsFound, error) {
	a := callOf(ctx).account()
	q := strings.TrimPrefix(strings.TrimSpace(req.Q), "@")
	if len([]rune(q)) < 3 {
		return nil, rpcError(400, "QUERY_TOO_SHORT")
	}
	v := s.view(a)
	out := &tg.ContactsFound{}
	add := func(p peer, mine bool) {
		v.name(p)
		if mine {
			out.MyResults = append(out.MyResults, p.tg())
		} else {
			out.Results = append(out.Results, p.tg())
		}
	}
	for _, id := range sortedIDs(s.users) {
		u := s.users[id]
		mine := a.Contacts[id] != nil || a.Dialogs[u.peer()] != nil
		if u != a && (mine && u.called(q) || u.username != "" && strings.HasPrefix(strings.ToLower(u.username), strings.ToLower(q))) {
			add(u.peer(), mine)
		}
	}
	for _, ch := range s.sortedChats() {
		mine := ch.Members[a.id] != nil
		public := ch.Username != "" && strings.HasPrefix(strings.ToLower(ch.Username), strings.ToLower(q))
		if mine && strings.Contains(strings.ToLower(ch.Title), strings.ToLower(q)) || public {
			add(ch.peer(), mine)
		}
	}
	out.Users, out.Chats = v.users(), v.chats()
	return out, nil
}

// sortedChats are the chats that there are, in the order of their ids.
func (s *Server) sortedChats() []*chat {
	var list []*chat
	for _, ch := range s.chats {
		if !ch.Deleted {
			list = append(list, ch)
		}
	}
	slices.SortFunc(list, func(x, y *chat) int { return int(x.ID - y.ID) })
	return list
}

func (s *Server) setBlocked(ctx context.Context, in tg.InputPeerClass, on bool) (bool, error) {
	c := callOf(ctx)
	p, err := c.inputPeer(in)
	if err != nil {
		return false, err
	}
	n := s.report()
	s.block(n, c.account(), p, on)
	n.publish(c)
	return true, nil
}

// block has an account hear nothing of somebody any more, or again. A bot is told.
func (s *Server) block(n *news, a *account, p peer, on bool) {
	was := a.Blocked[p] != 0
	if on {
		a.Blocked[p] = s.unix()
	} else {
		delete(a.Blocked, p)
	}
	n.tell(a, &tg.UpdatePeerBlocked{Blocked: on, PeerID: p.tg()}, p)
	if bot := s.users[p.ID]; was != on && p.Kind == 'u' && bot != nil && bot.bot {
		n.tellStopped(bot, a, on)
	}
}

func (s *Server) contactsGetBlocked(ctx context.Context, req *tg.ContactsGetBlockedRequest) (tg.ContactsBlockedClass, error) {
	a := callOf(ctx).account()
	v := s.view(a)
	out := &tg.ContactsBlocked{}
	if req.MyStoriesFrom {
		return out, nil
	}
	for p, date := range a.Blocked {
		v.name(p)
		out.Blocked = append(out.Blocked, tg.PeerBlocked{PeerID: p.tg(), Date: date})
	}
	slices.SortFunc(out.Blocked, func(x, y tg.PeerBlocked) int { return y.Date - x.Date })
	out.Users, out.Chats = v.users(), v.chats()
	return out, nil
}
