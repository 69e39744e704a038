package testdc

import (
	"context"
	"strings"

	"github.com/gotd/td/tg"
)

func (s *Server) registerUsernames(d *tg.ServerDispatcher) {
	d.OnAccountCheckUsername(func(_ context.Context, name string) (bool, error) { return s.freeUsername(name) })
	d.OnAccountUpdateUsername(s.accountUpdateUsername)
	d.OnChannelsCheckUsername(func(_ context.Context, req *tg.ChannelsCheckUsernameRequest) (bool, error) {
		return s.freeUsername(req.Username)
	})
	d.OnChannelsUpdateUsername(s.channelsUpdateUsername)
	d.OnContactsResolveUsername(s.contactsResolveUsername)
	d.OnContactsResolvePhone(s.contactsResolvePhone)
}

// goodUsername tells whether a text can be a username: 5 to 32 letters, digits and underscores, a letter first.
func goodUsername(name string) bool {
	for i, r := range name {
		letter := r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z'
		if !letter && (i == 0 || r != '_' && (r < '0' || r > '9')) {
			return false
		}
	}
	return len(name) >= 5 && len(name) <= 32
}

// named finds who has a username.
func (s *Server) named(name string) (peer, bool) {
	for _, a := range s.users {
		if a.username != "" && strings.EqualFold(a.username, name) {
			return a.peer(), true
		}
	}
	for p, ch := range s.chats {
		if ch.Username != "" && !ch.Deleted && strings.EqualFold(ch.Username, name) {
			return p, true
		}
	}
	return peer{}, false
}

func (s *Server) freeUsername(name string) (bool, error) {
	if !goodUsername(name) {
		return false, rpcError(400, "USERNAME_INVALID")
	}
	_, taken := s.named(name)
	return !taken, nil
}

func (s *Server) accountUpdateUsername(ctx context.Context, name string) (tg.UserClass, error) {
	c := callOf(ctx)
	a := c.account()
	if name == a.username {
		return nil, rpcError(400, "USERNAME_NOT_MODIFIED")
	}
	if free, err := s.freeUsername(name); name != "" && (err != nil || !free && !strings.EqualFold(name, a.username)) {
		if err == nil {
			err = rpcError(400, "USERNAME_OCCUPIED")
		}
		return nil, err
	}
	a.username = name
	s.renamed(c)
	return s.user(a, a), nil
}

func (s *Server) channelsUpdateUsername(ctx context.Context, req *tg.ChannelsUpdateUsernameRequest) (bool, error) {
	c := callOf(ctx)
	ch, err := c.channel(req.Channel)
	switch {
	case err != nil:
		return false, err
	case ch.Creator != c.account().id:
		return false, errAdmin
	case req.Username == ch.Username:
		return false, rpcError(400, "USERNAME_NOT_MODIFIED")
	}
	if free, err := s.freeUsername(req.Username); req.Username != "" && (err != nil || !free) {
		if err == nil {
			err = rpcError(400, "USERNAME_OCCUPIED")
		}
		return false, err
	}
	ch.Username = req.Username
	n := s.report()
	s.tellChanged(n, ch)
	n.publish(c)
	return true, nil
}

func (s *Server) contactsResolveUsername(ctx context.Context, req *tg.ContactsResolveUsernameRequest) (*tg.ContactsResolvedPeer, error) {
	if !goodUsername(req.Username) {
		return nil, rpcError(400, "USERNAME_INVALID")
	}
	p, ok := s.named(req.Username)
	if !ok {
		return nil, rpcError(400, "USERNAME_NOT_OCCUPIED")
	}
	return s.resolved(callOf(ctx), p), nil
}

func (s *Server) resolved(c *call, p peer) *tg.ContactsResolvedPeer {
	v := s.view(c.account())
	v.name(p)
	return &tg.ContactsResolvedPeer{Peer: p.tg(), Users: v.users(), Chats: v.chats()}
}

func (s *Server) contactsResolvePhone(ctx context.Context, phone string) (*tg.ContactsResolvedPeer, error) {
	a := s.accounts[normalPhone(phone)]
	if a == nil || a.bot {
		return nil, rpcError(400, "PHONE_NOT_OCCUPIED")
	}
	return s.resolved(callOf(ctx), a.peer()), nil
}
