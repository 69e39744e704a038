package testdc

import (
	"context"

	"github.com/gotd/td/tg"
)

// joinRequest is somebody who has asked to be let into a chat.
type joinRequest struct {
	Hash string // of the invite
	Date int
}

func (s *Server) registerJoinRequests(d *tg.ServerDispatcher) {
	d.OnMessagesHideChatJoinRequest(s.messagesHideChatJoinRequest)
	d.OnMessagesHideAllChatJoinRequests(s.messagesHideAllChatJoinRequests)
	d.OnMessagesGetChatInviteImporters(s.messagesGetChatInviteImporters)
}

// request asks for a place in a chat, and tells those who may give it.
func (s *Server) request(n *news, a *account, ch *chat, i *invite) {
	if ch.Requests == nil {
		ch.Requests = make(map[int64]*joinRequest)
	}
	ch.Requests[a.id] = &joinRequest{Hash: i.Hash, Date: s.unix()}
	for _, admin := range s.members(ch) {
		if ch.rights(admin.id) == nil || !ch.may(admin.id, inviteUsers) {
			continue
		}
		if admin.bot {
			s.tellRequester(n, admin, a, ch, i)
		} else {
			s.tellRequests(n, admin, ch)
		}
	}
}

func (s *Server) tellRequester(n *news, bot, a *account, ch *chat, i *invite) {
	n.queue(bot, func(qts int) tg.UpdateClass {
		return &tg.UpdateBotChatInviteRequester{
			Peer: ch.peer().tg(), Date: s.unix(), UserID: a.id, About: a.About, Invite: i.listed(ch), Qts: qts,
		}
	}, ch.peer(), a.peer(), userPeer(i.Creator))
}

// tellRequests tells an administrator who wants to come in.
func (s *Server) tellRequests(n *news, admin *account, ch *chat) {
	ids := ch.requesters()
	named := []peer{ch.peer()}
	for _, id := range ids {
		named = append(named, userPeer(id))
	}
	n.tell(admin, &tg.UpdatePendingJoinRequests{Peer: ch.peer().tg(), RequestsPending: len(ch.Requests), RecentRequesters: ids}, named...)
}

// maxRequesters is how many who want to come in are named with a chat.
const maxRequesters = 3

// requesters are some of those who want to come in.
func (ch *chat) requesters() []int64 {
	ids := sortedIDs(ch.Requests)
	return ids[:min(maxRequesters, len(ids))]
}

// decide lets somebody in who has asked for it, or not.
func (s *Server) decide(n *news, by *account, ch *chat, id int64, approved bool) {
	r, a := ch.Requests[id], s.users[id]
	delete(ch.Requests, id)
	if !approved || a == nil || ch.Members[id] != nil {
		return
	}
	w := n.watch(ch, by)
	w.invite = ch.Invites[r.Hash]
	s.enter(ch, a, by.id)
	if w.invite != nil {
		w.invite.Used++
	}
	if ch.Kind != broadcast {
		s.serve(n, a, ch.peer(), &tg.MessageActionChatJoinedByRequest{})
	}
	if ch.Kind == basicGroup {
		s.tellParticipants(n, ch)
	} else {
		n.tell(a, &tg.UpdateChannel{ChannelID: ch.ID}, ch.peer())
	}
}

// decided tells all administrators who still wants to come in.
func (s *Server) decided(n *news, ch *chat) {
	for _, admin := range s.members(ch) {
		if !admin.bot && ch.rights(admin.id) != nil && ch.may(admin.id, inviteUsers) {
			s.tellRequests(n, admin, ch)
		}
	}
}

// invitingChat finds a chat in which the caller may let people in.
func (c *call) invitingChat(in tg.InputPeerClass) (*chat, error) {
	ch, err := c.inputChat(in)
	if err != nil {
		return nil, err
	}
	if ch.rights(c.account().id) == nil || !ch.may(c.account().id, inviteUsers) {
		return nil, errAdmin
	}
	return ch, nil
}

func (s *Server) messagesHideChatJoinRequest(ctx context.Context, req *tg.MessagesHideChatJoinRequestRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	ch, err := c.invitingChat(req.Peer)
	if err != nil {
		return nil, err
	}
	u, err := c.user(req.UserID)
	switch {
	case err != nil:
		return nil, err
	case ch.Members[u.id] != nil:
		return nil, rpcError(400, "USER_ALREADY_PARTICIPANT")
	case ch.Requests[u.id] == nil:
		return nil, rpcError(400, "HIDE_REQUESTER_MISSING")
	}
	n := s.report()
	s.decide(n, c.account(), ch, u.id, req.Approved)
	s.decided(n, ch)
	return n.publish(c), nil
}

func (s *Server) messagesHideAllChatJoinRequests(ctx context.Context, req *tg.MessagesHideAllChatJoinRequestsRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	ch, err := c.invitingChat(req.Peer)
	if err != nil {
		return nil, err
	}
	n := s.report()
	for _, id := range sortedIDs(ch.Requests) {
		if i := ch.Invites[ch.Requests[id].Hash]; req.Link == "" || i != nil && i.is(req.Link) {
			s.decide(n, c.account(), ch, id, req.Approved)
		}
	}
	s.decided(n, ch)
	return n.publish(c), nil
}

// messagesGetChatInviteImporters lists who has come with an invite, or with Requested wants to.
func (s *Server) messagesGetChatInviteImporters(ctx context.Context, req *tg.MessagesGetChatInviteImportersRequest) (*tg.MessagesChatInviteImporters, error) {
	c := callOf(ctx)
	ch, err := c.invitingChat(req.Peer)
	if err != nil {
		return nil, err
	}
	v := s.view(c.account())
	out := &tg.MessagesChatInviteImporters{Importers: []tg.ChatInviteImporter{}}
	for _, id := range sortedIDs(ch.Requests) {
		r := ch.Requests[id]
		if i := ch.Invites[r.Hash]; !req.Requested || req.Link != "" && (i == nil || !i.is(req.Link)) || s.users[id] == nil {
			continue
		}
		v.nameUsers(id)
		out.Importers = append(out.Importers, tg.ChatInviteImporter{Requested: true, UserID: id, Date: r.Date, About: s.users[id].About})
	}
	out.Count, out.Users = len(out.Importers), v.users()
	out.Importers = out.Importers[:min(len(out.Importers), max(req.Limit, 0))]
	return out, nil
}
