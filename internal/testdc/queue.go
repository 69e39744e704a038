package testdc

import "github.com/gotd/td/tg"

// notification is an update that counts in qts. It goes to all logins of an account by itself, to the one that calls too: not every
// call is answered with updates.
type notification struct {
	*bulletin
	to *account
}

// queue adds an update that raises an account's qts by one; build gets the qts after it. Named is whom it tells of.
func (n *news) queue(a *account, build func(qts int) tg.UpdateClass, named ...peer) int {
	u := build(a.Queue.PTS + 1)
	a.Queue.record(event{Count: 1, Update: box(u), Named: named, Date: n.srv.unix()})
	b := &bulletin{view: n.srv.view(a), updates: []tg.UpdateClass{u}}
	b.name(named...)
	n.queued = append(n.queued, notification{b, a})
	return a.Queue.PTS
}

// AddQueuedUpdate counts one update in an account's qts, build making it with the qts after it, and keeps it for updates.getDifference.
// With send it is also sent to every login at once; without, clients have to find the gap. It returns the qts, 0 when there is no such
// account.
func (s *Server) AddQueuedUpdate(phone string, send bool, build func(qts int) tg.UpdateClass) int {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.accounts[normalPhone(phone)]
	if a == nil {
		return 0
	}
	n := s.report()
	n.silent = !send
	qts := n.queue(a, build)
	n.publish(nil)
	return qts
}

// tellStopped tells a bot that somebody wants to hear of it no more, or again.
func (n *news) tellStopped(bot, by *account, stopped bool) {
	n.queue(bot, func(qts int) tg.UpdateClass {
		return &tg.UpdateBotStopped{UserID: by.id, Date: n.srv.unix(), Stopped: stopped, Qts: qts}
	}, by.peer())
}

// tellPurchase tells a bot that somebody has bought what it offered.
func (n *news) tellPurchase(bot, by *account, payload string) {
	n.queue(bot, func(qts int) tg.UpdateClass {
		return &tg.UpdateBotPurchasedPaidMedia{UserID: by.id, Payload: payload, Qts: qts}
	}, by.peer())
}

// tellManaged tells a bot that somebody has made another bot, which it manages.
func (n *news) tellManaged(bot, by, managed *account) {
	n.queue(bot, func(qts int) tg.UpdateClass {
		return &tg.UpdateManagedBot{UserID: by.id, BotID: managed.id, Qts: qts}
	}, by.peer(), managed.peer())
}

// tellReaction tells a bot how somebody reacts to a message, or in a channel, where that is nobody's business, how many do. It is told
// in private chats with it and where it is an administrator.
func (n *news) tellReaction(bot *account, p *post, owner peer, by *account, old []reaction) {
	with, id, date := p.with(owner), p.Copies[owner], n.srv.unix()
	ch := n.srv.chats[with]
	switch {
	case bot == by || ch != nil && ch.rights(bot.id) == nil:
	case ch != nil && ch.Kind == broadcast:
		r, _ := n.srv.view(bot).reactions(p, with)
		n.queue(bot, func(qts int) tg.UpdateClass {
			return &tg.UpdateBotMessageReactions{Peer: with.tg(), MsgID: id, Date: date, Reactions: r.Results, Qts: qts}
		}, with)
	default:
		n.queue(bot, func(qts int) tg.UpdateClass {
			return &tg.UpdateBotMessageReaction{
				Peer: with.tg(), MsgID: id, Date: date, Actor: by.peer().tg(), OldReactions: by.reactions(old), NewReactions: by.reactions(p.Reactions), Qts: qts,
			}
		}, with, by.peer())
	}
}

// reactions are those of a list that the account has given.
func (a *account) reactions(list []reaction) []tg.ReactionClass {
	out := []tg.ReactionClass{}
	for _, r := range list {
		if r.User == a.id {
			out = append(out, &tg.ReactionEmoji{Emoticon: r.Emoji})
		}
	}
	return out
}
