package testdc

import (
	"context"
	"slices"
	"strings"

	"github.com/gotd/td/tg"
)

func (s *Server) registerMembers(d *tg.ServerDispatcher) {
	d.OnChannelsGetParticipants(s.channelsGetParticipants)
	d.OnChannelsGetParticipant(s.channelsGetParticipant)
	d.OnChannelsEditAdmin(s.channelsEditAdmin)
	d.OnChannelsEditBanned(s.channelsEditBanned)
}

// participant tells how somebody stands in a channel, nil when they never were in it.
func (s *Server) participant(v *view, ch *chat, id int64) tg.ChannelParticipantClass {
	m, b := ch.Members[id], ch.Banned[id]
	if m == nil && b == nil && ch.Left[id] {
		v.nameUsers(id)
		return &tg.ChannelParticipantLeft{Peer: userPeer(id).tg()}
	}
	return v.standing(ch, id, standing{m, b})
}

func (s *Server) channelsGetParticipant(ctx context.Context, req *tg.ChannelsGetParticipantRequest) (*tg.ChannelsChannelParticipant, error) {
	c := callOf(ctx)
	ch, err := c.channel(req.Channel)
	if err != nil {
		return nil, err
	}
	p, err := c.inputPeer(req.Participant)
	if err != nil {
		return nil, rpcError(400, "PARTICIPANT_ID_INVALID")
	}
	v := s.view(c.account())
	who := s.participant(v, ch, p.ID)
	if who == nil {
		return nil, rpcError(400, "USER_NOT_PARTICIPANT")
	}
	return &tg.ChannelsChannelParticipant{Participant: who, Users: v.users(), Chats: v.chats()}, nil
}

func (s *Server) channelsGetParticipants(ctx context.Context, req *tg.ChannelsGetParticipantsRequest) (tg.ChannelsChannelParticipantsClass, error) {
	c := callOf(ctx)
	ch, err := c.channel(req.Channel)
	if err != nil {
		return nil, err
	}
	_, admins := req.Filter.(*tg.ChannelParticipantsAdmins)
	if ch.rights(c.account().id) == nil && ch.Kind == broadcast && !admins {
		return nil, errAdmin
	}
	ids := s.filtered(c.account(), ch, req.Filter)
	count := len(ids)
	ids = ids[min(max(req.Offset, 0), len(ids)):]
	ids = ids[:min(max(req.Limit, 0), 200, len(ids))]
	v := s.view(c.account())
	out := &tg.ChannelsChannelParticipants{Count: count, Participants: []tg.ChannelParticipantClass{}}
	for _, id := range ids {
		out.Participants = append(out.Participants, s.participant(v, ch, id))
	}
	out.Users, out.Chats = v.users(), v.chats()
	return out, nil
}

// filtered are the people of a channel that a filter asks for.
func (s *Server) filtered(viewer *account, ch *chat, f tg.ChannelParticipantsFilterClass) []int64 {
	members := sortedIDs(ch.Members)
	keep := func(ids []int64, ok func(id int64) bool) []int64 {
		return slices.DeleteFunc(ids, func(id int64) bool { return s.users[id] == nil || !ok(id) })
	}
	named := func(q string) func(int64) bool { return func(id int64) bool { return s.users[id].called(q) } }
	switch f := f.(type) {
	case *tg.ChannelParticipantsAdmins:
		return keep(members, func(id int64) bool { return ch.rights(id) != nil })
	case *tg.ChannelParticipantsBots:
		return keep(members, func(id int64) bool { return s.users[id].bot })
	case *tg.ChannelParticipantsContacts:
		return keep(members, func(id int64) bool { return viewer.Contacts[id] != nil && s.users[id].called(f.Q) })
	case *tg.ChannelParticipantsKicked:
		return keep(sortedIDs(ch.Banned), func(id int64) bool { return ch.Banned[id].Rights.ViewMessages && s.users[id].called(f.Q) })
	case *tg.ChannelParticipantsBanned:
		return keep(sortedIDs(ch.Banned), func(id int64) bool { return !ch.Banned[id].Rights.ViewMessages && s.users[id].called(f.Q) })
	case *tg.ChannelParticipantsSearch:
		return keep(members, named(f.Q))
	case *tg.ChannelParticipantsMentions:
		q, _ := f.GetQ()
		return keep(members, named(q))
	}
	return keep(members, func(int64) bool { return true })
}

// called tells whether a name of an account begins like q.
func (a *account) called(q string) bool {
	q = strings.ToLower(strings.TrimSpace(q))
	for _, name := range append(strings.Fields(a.firstName+" "+a.lastName), a.username) {
		if strings.HasPrefix(strings.ToLower(name), q) {
			return true
		}
	}
	return strings.HasPrefix(strings.ToLower(a.firstName+" "+a.lastName), q)
}

func (s *Server) channelsEditAdmin(ctx context.Context, req *tg.ChannelsEditAdminRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	a := c.account()
	ch, err := c.channel(req.Channel)
	if err != nil {
		return nil, err
	}
	u, err := c.user(req.UserID)
	if err != nil {
		return nil, err
	}
	m := ch.Members[u.id]
	switch {
	case !ch.may(a.id, func(r *tg.ChatAdminRights) bool { return r.AddAdmins }):
		return nil, rpcError(403, "RIGHT_FORBIDDEN")
	case ch.Creator == u.id && a != u:
		return nil, rpcError(400, "USER_CREATOR")
	}
	n := s.report()
	n.watch(ch, a)
	if m == nil {
		s.enter(ch, u, a.id)
		m = ch.Members[u.id]
	}
	rights := req.AdminRights
	m.Rights, m.By, m.Rank = &rights, a.id, req.Rank
	if rights.Zero() {
		m.Rights, m.By = nil, 0
	}
	s.tellChanged(n, ch)
	return n.publish(c), nil
}

func (s *Server) channelsEditBanned(ctx context.Context, req *tg.ChannelsEditBannedRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	a := c.account()
	ch, err := c.channel(req.Channel)
	if err != nil {
		return nil, err
	}
	p, err := c.inputPeer(req.Participant)
	u := s.users[p.ID]
	switch {
	case err != nil || u == nil:
		return nil, rpcError(400, "PARTICIPANT_ID_INVALID")
	case !ch.may(a.id, func(r *tg.ChatAdminRights) bool { return r.BanUsers }):
		return nil, errAdmin
	case ch.Creator == u.id:
		return nil, rpcError(400, "USER_ADMIN_INVALID")
	}
	n := s.report()
	n.watch(ch, a)
	was := ch.Members[u.id] != nil
	rights := req.BannedRights
	until := rights.UntilDate
	rights.UntilDate = 0
	lifted := rights.Zero() || rights.Flags == 0 && !rights.ViewMessages && !rights.SendMessages && !rights.SendMedia
	rights.UntilDate = until
	if lifted {
		delete(ch.Banned, u.id)
		n.tell(u, &tg.UpdateChannel{ChannelID: ch.ID}, ch.peer())
		return n.publish(c), nil
	}
	ch.Banned[u.id] = &ban{By: a.id, Date: s.unix(), Rights: forEver(rights)}
	if rights.ViewMessages && was {
		s.leave(ch, u)
		if ch.Kind == supergroup {
			s.serve(n, a, ch.peer(), &tg.MessageActionChatDeleteUser{UserID: u.id})
		}
	}
	n.tell(u, &tg.UpdateChannel{ChannelID: ch.ID}, ch.peer())
	s.tellChanged(n, ch)
	return n.publish(c), nil
}
