package testdc

import (
	"reflect"

	"github.com/gotd/td/tg"
)

// watched is a chat in which people come, go or become something else, as it was before: its bots are told of that.
type watched struct {
	*chat
	by     *account
	invite *invite // with which somebody comes, nil for none
	before map[int64]standing
}

// standing is how somebody stands in a chat.
type standing struct {
	member *member
	ban    *ban
}

// standings are those of all whom a chat knows, as they are now.
func (ch *chat) standings() map[int64]standing {
	all := make(map[int64]standing)
	for id, m := range ch.Members {
		one := *m
		all[id] = standing{member: &one}
	}
	for id, b := range ch.Banned {
		one, s := *b, all[id]
		s.ban = &one
		all[id] = s
	}
	return all
}

// watch has the chat's bots told of who stands otherwise in it when the news are published: it is called before the change.
func (n *news) watch(ch *chat, by *account) *watched {
	w := &watched{chat: ch, by: by, before: ch.standings()}
	n.watched = append(n.watched, w)
	return w
}

// tellStandings tells bots how people's standings have changed: administrators of all, the others of their own.
func (n *news) tellStandings(w *watched) {
	now := w.standings()
	all := make(map[int64]bool)
	for id := range w.before {
		all[id] = true
	}
	for id := range now {
		all[id] = true
	}
	for _, id := range sortedIDs(all) {
		if reflect.DeepEqual(w.before[id], now[id]) {
			continue
		}
		for _, who := range sortedIDs(all) {
			if bot := n.srv.users[who]; bot != nil && bot.bot && (who == id || w.rights(who) != nil) {
				n.tellStanding(w, bot, id, now[id])
			}
		}
	}
}

func (n *news) tellStanding(w *watched, bot *account, id int64, now standing) {
	v := n.srv.view(bot)
	v.name(w.peer(), w.by.peer(), userPeer(id))
	var i tg.ExportedChatInviteClass
	if w.invite != nil {
		i = w.invite.listed(w.chat)
		v.nameUsers(w.invite.Creator)
	}
	date := n.srv.unix()
	if w.Kind == basicGroup {
		was, is := v.groupStanding(w.chat, id, w.before[id]), v.groupStanding(w.chat, id, now)
		n.queue(bot, func(qts int) tg.UpdateClass {
			return &tg.UpdateChatParticipant{
				ChatID: w.ID, Date: date, ActorID: w.by.id, UserID: id, PrevParticipant: was, NewParticipant: is, Invite: i, Qts: qts,
			}
		}, v.list...)
		return
	}
	was, is := v.standing(w.chat, id, w.before[id]), v.standing(w.chat, id, now)
	n.queue(bot, func(qts int) tg.UpdateClass {
		return &tg.UpdateChannelParticipant{
			ChannelID: w.ID, Date: date, ActorID: w.by.id, UserID: id, PrevParticipant: was, NewParticipant: is, Invite: i, Qts: qts,
		}
	}, v.list...)
}

// groupStanding is how somebody stands in a basic group, nil for who is not in it.
func (v *view) groupStanding(ch *chat, id int64, s standing) tg.ChatParticipantClass {
	m := s.member
	if m == nil {
		return nil
	}
	v.nameUsers(id, m.Inviter)
	switch {
	case ch.Creator == id:
		return &tg.ChatParticipantCreator{UserID: id, Rank: m.Rank}
	case m.Rights != nil:
		return &tg.ChatParticipantAdmin{UserID: id, InviterID: m.Inviter, Date: m.Date, Rank: m.Rank}
	}
	return &tg.ChatParticipant{UserID: id, InviterID: m.Inviter, Date: m.Date}
}

// standing is how somebody stands in a channel or supergroup, nil for who is not in it.
func (v *view) standing(ch *chat, id int64, s standing) tg.ChannelParticipantClass {
	v.nameUsers(id)
	m, b := s.member, s.ban
	switch {
	case b != nil:
		v.nameUsers(b.By)
		return &tg.ChannelParticipantBanned{Left: m == nil, Peer: userPeer(id).tg(), KickedBy: b.By, Date: b.Date, BannedRights: b.Rights}
	case m == nil:
		return nil
	case ch.Creator == id:
		return &tg.ChannelParticipantCreator{UserID: id, AdminRights: everything(), Rank: m.Rank}
	case m.Rights != nil:
		v.nameUsers(m.By, m.Inviter)
		return &tg.ChannelParticipantAdmin{
			CanEdit: ch.Creator == v.viewer.id || m.By == v.viewer.id, Self: id == v.viewer.id, UserID: id, InviterID: m.Inviter, PromotedBy: m.By,
			Date: m.Date, AdminRights: *m.Rights, Rank: m.Rank,
		}
	case id == v.viewer.id:
		v.nameUsers(m.Inviter)
		return &tg.ChannelParticipantSelf{UserID: id, InviterID: m.Inviter, Date: m.Date}
	}
	return &tg.ChannelParticipant{UserID: id, Date: m.Date}
}
