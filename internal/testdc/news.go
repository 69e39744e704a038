package testdc

import (
	"slices"

	"github.com/gotd/td/tg"
)

// news collects what a call changes, by who is to be told, so that everybody gets one message of it: the caller as the answer.
type news struct {
	srv     *Server
	by      map[*account]*bulletin
	order   []*account
	queued  []notification
	watched []*watched
	silent  bool // to be found in the difference only
}

// bulletin is what one account is told.
type bulletin struct {
	*view
	updates  []tg.UpdateClass
	numbered bool // counts in seq
}

func (s *Server) report() *news { return &news{srv: s, by: make(map[*account]*bulletin)} }

func (n *news) of(a *account) *bulletin {
	b := n.by[a]
	if b == nil {
		b = &bulletin{view: n.srv.view(a)}
		n.by[a] = b
		n.order = append(n.order, a)
	}
	return b
}

// tell adds an update that does not count in pts: it counts in seq. Named is whom it tells of.
func (n *news) tell(a *account, u tg.UpdateClass, named ...peer) {
	a.record(event{Update: box(u), Named: named, Date: n.srv.unix()})
	n.add(a, u, named...)
	n.of(a).numbered = true
}

// add adds an update of which nothing is remembered.
func (n *news) add(a *account, u tg.UpdateClass, named ...peer) {
	b := n.of(a)
	b.name(named...)
	b.updates = append(b.updates, u)
}

// count adds an update that raises an account's pts by count; build gets the pts after it.
func (n *news) count(a *account, count int, build func(pts int) tg.UpdateClass, named ...peer) int {
	u := build(a.PTS + count)
	a.record(event{Count: count, Update: box(u), Named: named, Date: n.srv.unix()})
	n.add(a, u, named...)
	return a.PTS
}

// countChannel is count for a channel: all its members are told.
func (n *news) countChannel(ch *chat, count int, build func(pts int) tg.UpdateClass, named ...peer) int {
	u := build(ch.PTS + count)
	ch.record(event{Count: count, Update: box(u), Named: named, Date: n.srv.unix()})
	for _, a := range n.srv.members(ch) {
		n.add(a, u, append(named, ch.peer())...)
	}
	return ch.PTS
}

// said tells everybody who has it of a new message, or of a change to an old one.
func (n *news) said(p *post, edit bool) {
	for _, owner := range p.owners() {
		if owner.Kind == 'c' {
			n.saidIn(n.srv.chats[owner], p, edit)
			continue
		}
		a := n.srv.users[owner.ID]
		if a == nil {
			continue
		}
		a.record(event{Count: 1, Post: p.ID, Edit: edit, Date: n.srv.unix()})
		b := n.of(a)
		b.updates = append(b.updates, messageUpdate(b.message(p, owner), a.PTS, edit))
	}
}

// saidIn is said for a channel.
func (n *news) saidIn(ch *chat, p *post, edit bool) {
	if ch == nil {
		return
	}
	ch.record(event{Count: 1, Post: p.ID, Edit: edit, Date: n.srv.unix()})
	for _, a := range n.srv.members(ch) {
		b := n.of(a)
		b.name(ch.peer())
		b.updates = append(b.updates, channelMessageUpdate(b.message(p, ch.peer()), ch.PTS, edit))
	}
}

// owners are those who have the message, in an order that is always the same.
func (p *post) owners() []peer {
	list := make([]peer, 0, len(p.Copies))
	for o := range p.Copies {
		list = append(list, o)
	}
	slices.SortFunc(list, func(a, b peer) int { return int(min(max(a.ID-b.ID, -1), 1)) })
	return list
}

func messageUpdate(m tg.MessageClass, pts int, edit bool) tg.UpdateClass {
	if edit {
		return &tg.UpdateEditMessage{Message: m, Pts: pts, PtsCount: 1}
	}
	return &tg.UpdateNewMessage{Message: m, Pts: pts, PtsCount: 1}
}

func channelMessageUpdate(m tg.MessageClass, pts int, edit bool) tg.UpdateClass {
	if edit {
		return &tg.UpdateEditChannelMessage{Message: m, Pts: pts, PtsCount: 1}
	}
	return &tg.UpdateNewChannelMessage{Message: m, Pts: pts, PtsCount: 1}
}

// publish tells everybody. What the caller is told, all but their other logins get, is returned as the answer.
func (n *news) publish(c *call) tg.UpdatesClass {
	answer := &tg.Updates{Date: n.srv.unix(), Updates: []tg.UpdateClass{}, Users: []tg.UserClass{}, Chats: []tg.ChatClass{}}
	for _, w := range n.watched {
		n.tellStandings(w)
	}
	for _, a := range n.order {
		u := n.by[a].pack(n.srv.unix())
		var but *authorization
		if c != nil && a == c.account() {
			answer, but = u, c.login
		}
		if !n.silent && len(u.Updates) > 0 {
			n.srv.pushNumbered(a, but, withoutIDs(u), n.by[a].numbered)
		}
	}
	for _, q := range n.queued {
		if !n.silent {
			n.srv.push(q.to, nil, q.pack(n.srv.unix()))
		}
	}
	n.srv.changed()
	return answer
}

// withoutIDs is what other logins are told: the numbers of sent messages are for their sender only.
func withoutIDs(u *tg.Updates) *tg.Updates {
	isID := func(u tg.UpdateClass) bool { return u.TypeID() == tg.UpdateMessageIDTypeID }
	if !slices.ContainsFunc(u.Updates, isID) {
		return u
	}
	other := *u
	other.Updates = slices.DeleteFunc(slices.Clone(u.Updates), isID)
	return &other
}

// pushNumbered is push for updates that count in the seq of each login, if numbered.
func (s *Server) pushNumbered(a *account, but *authorization, u *tg.Updates, numbered bool) {
	for _, l := range a.logins {
		if l == but || l.updates == nil {
			continue
		}
		sent := *u
		if numbered {
			l.seq++
			sent.Seq = l.seq
		}
		s.deliver(l, &sent)
	}
}

func (b *bulletin) pack(now int) *tg.Updates {
	return &tg.Updates{Updates: b.updates, Users: b.users(), Chats: b.chats(), Date: now}
}

// members are the accounts that are in a group or channel, in an order that is always the same.
func (s *Server) members(ch *chat) []*account {
	ids := make([]int64, 0, len(ch.Members))
	for id := range ch.Members {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	list := make([]*account, 0, len(ids))
	for _, id := range ids {
		if a := s.users[id]; a != nil {
			list = append(list, a)
		}
	}
	return list
}
