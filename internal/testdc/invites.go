package testdc

import (
	"context"
	"encoding/base64"
	"fmt"
	"slices"
	"strings"

	"github.com/gotd/td/tg"
)

// invite is a link with which people come into a chat.
type invite struct {
	Hash    string
	Creator int64
	Date    int
	Expire  int
	Limit   int
	Used    int
	Title   string
	Main    bool
	Asks    bool `json:",omitempty"` // who comes has to be let in
	Revoked bool
}

const linkPrefix = "https://t.me/"

func (i *invite) listed(ch *chat) tg.ExportedChatInviteClass {
	waiting := 0
	for _, r := range ch.Requests {
		if r.Hash == i.Hash {
			waiting++
		}
	}
	return &tg.ChatInviteExported{
		RequestNeeded: i.Asks, Requested: waiting, Revoked: i.Revoked, Permanent: i.Main, Link: linkPrefix + "+" + i.Hash, AdminID: i.Creator, Date: i.Date, ExpireDate: i.Expire,
		UsageLimit: i.Limit, Usage: i.Used, Title: i.Title,
	}
}

// is tells whether a link is that of the invite.
func (i *invite) is(link string) bool { return strings.HasSuffix(link, "+"+i.Hash) }

// link is the address of a channel's message.
func (ch *chat) link(number int) string {
	if ch.Username != "" {
		return fmt.Sprintf("%s%s/%d", linkPrefix, ch.Username, number)
	}
	return fmt.Sprintf("%sc/%d/%d", linkPrefix, ch.ID, number)
}

// mainInvite is an administrator's permanent link, nil for others and where there is none.
func (ch *chat) mainInvite(id int64) *invite {
	for _, i := range ch.Invites {
		if i.Main && !i.Revoked && i.Creator == id {
			return i
		}
	}
	return nil
}

func (s *Server) registerInvites(d *tg.ServerDispatcher) {
	d.OnMessagesExportChatInvite(s.messagesExportChatInvite)
	d.OnMessagesCheckChatInvite(s.messagesCheckChatInvite)
	d.OnMessagesImportChatInvite(s.messagesImportChatInvite)
	d.OnMessagesGetExportedChatInvites(s.messagesGetExportedChatInvites)
	d.OnMessagesEditExportedChatInvite(s.messagesEditExportedChatInvite)
}

func inviteUsers(r *tg.ChatAdminRights) bool { return r.InviteUsers }

func (s *Server) messagesExportChatInvite(ctx context.Context, req *tg.MessagesExportChatInviteRequest) (tg.ExportedChatInviteClass, error) {
	c := callOf(ctx)
	ch, err := c.inputChat(req.Peer)
	if err != nil {
		return nil, err
	}
	if !ch.may(c.account().id, inviteUsers) {
		return nil, errAdmin
	}
	i := &invite{
		Creator: c.account().id, Date: s.unix(), Expire: req.ExpireDate, Limit: req.UsageLimit, Title: req.Title, Asks: req.RequestNeeded,
	}
	i.Main = !req.RequestNeeded && req.ExpireDate == 0 && req.UsageLimit == 0 && req.Title == ""
	if old := ch.mainInvite(c.account().id); i.Main && old != nil {
		if !req.LegacyRevokePermanent {
			return old.listed(ch), nil
		}
		old.Revoked = true
	}
	ch.newInvite(i)
	s.changed()
	return i.listed(ch), nil
}

// newInvite gives an invite its link.
func (ch *chat) newInvite(i *invite) *invite {
	i.Hash = base64.RawURLEncoding.EncodeToString(randomBytes(12))
	ch.Invites[i.Hash] = i
	return i
}

// invited finds the chat of an invite link.
func (s *Server) invited(hash string) (*chat, *invite, error) {
	for _, ch := range s.chats {
		i := ch.Invites[hash]
		switch {
		case i == nil || ch.Deleted:
			continue
		case i.Revoked || i.Expire > 0 && i.Expire <= s.unix() || i.Limit > 0 && i.Used >= i.Limit:
			return nil, nil, rpcError(400, "INVITE_HASH_EXPIRED")
		}
		return ch, i, nil
	}
	if hash == "" {
		return nil, nil, rpcError(400, "INVITE_HASH_EMPTY")
	}
	return nil, nil, rpcError(400, "INVITE_HASH_INVALID")
}

func (s *Server) messagesCheckChatInvite(ctx context.Context, hash string) (tg.ChatInviteClass, error) {
	a := callOf(ctx).account()
	ch, i, err := s.invited(hash)
	if err != nil {
		return nil, err
	}
	if ch.Members[a.id] != nil {
		return &tg.ChatInviteAlready{Chat: s.chat(ch, a)}, nil
	}
	return &tg.ChatInvite{
		Channel: ch.Kind != basicGroup, Broadcast: ch.Kind == broadcast, Megagroup: ch.Kind == supergroup, Public: ch.Username != "", RequestNeeded: i.Asks,
		Title: ch.Title, About: ch.About, Photo: s.photo(ch.Photo), ParticipantsCount: len(ch.Members),
	}, nil
}

func (s *Server) messagesImportChatInvite(ctx context.Context, hash string) (tg.MessagesChatInviteJoinResultClass, error) {
	c := callOf(ctx)
	a := c.account()
	ch, i, err := s.invited(hash)
	switch {
	case err != nil:
		return nil, err
	case ch.Members[a.id] != nil:
		return nil, rpcError(400, "USER_ALREADY_PARTICIPANT")
	case ch.Banned[a.id] != nil && ch.Banned[a.id].Rights.ViewMessages:
		return nil, rpcError(400, "INVITE_HASH_EXPIRED")
	}
	n := s.report()
	if i.Asks {
		s.request(n, a, ch, i)
		n.publish(c)
		return nil, rpcError(400, "INVITE_REQUEST_SENT")
	}
	i.Used++
	s.join(n, a, ch, i, &tg.MessageActionChatJoinedByLink{InviterID: i.Creator})
	return &tg.MessagesChatInviteJoinResultOk{Updates: n.publish(c)}, nil
}

func (s *Server) messagesGetExportedChatInvites(ctx context.Context, req *tg.MessagesGetExportedChatInvitesRequest) (*tg.MessagesExportedChatInvites, error) {
	c := callOf(ctx)
	ch, err := c.inputChat(req.Peer)
	if err != nil {
		return nil, err
	}
	admin, err := c.user(req.AdminID)
	if err != nil {
		return nil, err
	}
	var list []*invite
	for _, i := range ch.Invites {
		if i.Creator == admin.id && i.Revoked == req.Revoked {
			list = append(list, i)
		}
	}
	slices.SortFunc(list, func(x, y *invite) int { return y.Date - x.Date })
	v := s.view(c.account())
	v.nameUsers(admin.id)
	out := &tg.MessagesExportedChatInvites{Count: len(list), Invites: []tg.ExportedChatInviteClass{}}
	for _, i := range list {
		out.Invites = append(out.Invites, i.listed(ch))
	}
	out.Users = v.users()
	return out, nil
}

func (s *Server) messagesEditExportedChatInvite(ctx context.Context, req *tg.MessagesEditExportedChatInviteRequest) (tg.MessagesExportedChatInviteClass, error) {
	c := callOf(ctx)
	ch, err := c.inputChat(req.Peer)
	if err != nil {
		return nil, err
	}
	i := slices.IndexFunc([]byte(req.Link), func(b byte) bool { return b == '+' })
	in := ch.Invites[req.Link[i+1:]]
	if in == nil || in.Creator != c.account().id {
		return nil, rpcError(400, "INVITE_HASH_EXPIRED")
	}
	in.Revoked = in.Revoked || req.Revoked
	if v, ok := req.GetExpireDate(); ok {
		in.Expire = v
	}
	if v, ok := req.GetUsageLimit(); ok {
		in.Limit = v
	}
	if v, ok := req.GetTitle(); ok {
		in.Title = v
	}
	s.changed()
	v := s.view(c.account())
	v.nameUsers(in.Creator)
	return &tg.MessagesExportedChatInvite{Invite: in.listed(ch), Users: v.users()}, nil
}
