package testdc

import (
	"slices"

	"github.com/gotd/td/tg"
)

// message is a post as the viewer sees it in owner's box.
func (v *view) message(p *post, owner peer) tg.MessageClass {
	out := p.From == v.viewer.id
	with := p.with(owner)
	v.nameUsers(p.From)
	v.name(with)
	switch body := p.Body.V.(type) {
	case *tg.Message:
		m := *body
		m.ID, m.PeerID, m.Date, m.EditDate, m.Pinned = p.Copies[owner], with.tg(), p.Date, p.Edited, p.Pinned
		m.Out, m.Media = out, v.srv.freshMedia(body.Media)
		m.FromID = v.author(p, with)
		m.ReplyTo = v.replyTo(p, owner)
		if m.Post = v.isPost(with); m.Post {
			m.SetViews(max(p.Views, 1))
			m.SetForwards(0)
			m.Silent = body.Silent
		}
		if with == v.viewer.peer() {
			m.SavedPeerID = savedFrom(body, v.viewer.peer())
		}
		if r, ok := v.reactions(p, with); ok {
			m.SetReactions(r)
		}
		v.nameBody(&m)
		m.Flags, m.Flags2 = 0, 0
		m.SetFlags()
		return &m
	case *tg.MessageService:
		m := *body
		m.ID, m.PeerID, m.Date, m.Out, m.ReactionsArePossible = p.Copies[owner], with.tg(), p.Date, out, true
		m.FromID = v.author(p, with)
		m.ReplyTo = v.replyTo(p, owner)
		m.Post = v.isPost(with)
		v.nameAction(m.Action)
		m.Flags = 0
		m.SetFlags()
		return &m
	}
	return &tg.MessageEmpty{ID: p.Copies[owner]}
}

// isPost tells whether messages there speak for a channel and not for who wrote them.
func (v *view) isPost(with peer) bool {
	ch := v.srv.chats[with]
	return ch != nil && ch.Kind == broadcast
}

// author is whom a message is told to be from, nil where that is plain from the chat.
func (v *view) author(p *post, with peer) tg.PeerClass {
	switch {
	case v.isPost(with):
		return nil
	case with.Kind == 'u' && p.From == with.ID && p.From != v.viewer.id:
		return nil
	}
	return userPeer(p.From).tg()
}

func (v *view) replyTo(p *post, owner peer) tg.MessageReplyHeaderClass {
	to := v.srv.posts[p.ReplyTo]
	if to == nil || to.Copies[owner] == 0 {
		return nil
	}
	h := &tg.MessageReplyHeader{}
	h.SetReplyToMsgID(to.Copies[owner])
	return h
}

// nameBody notes whom a message tells of.
func (v *view) nameBody(m *tg.Message) {
	if m.FwdFrom.FromID != nil {
		v.namePeer(m.FwdFrom.FromID)
	}
	if m.FwdFrom.SavedFromPeer != nil {
		v.namePeer(m.FwdFrom.SavedFromPeer)
	}
	v.nameUsers(m.ViaBotID)
	if c, ok := m.Media.(*tg.MessageMediaContact); ok && v.srv.users[c.UserID] != nil {
		v.nameUsers(c.UserID)
	}
	for _, e := range m.Entities {
		if n, ok := e.(*tg.MessageEntityMentionName); ok {
			v.nameUsers(n.UserID)
		}
	}
}

func (v *view) nameAction(a tg.MessageActionClass) {
	switch a := a.(type) {
	case *tg.MessageActionChatCreate:
		v.nameUsers(a.Users...)
	case *tg.MessageActionChatAddUser:
		v.nameUsers(a.Users...)
	case *tg.MessageActionChatDeleteUser:
		v.nameUsers(a.UserID)
	case *tg.MessageActionChatJoinedByLink:
		v.nameUsers(a.InviterID)
	}
}

// maxRecent is how many who have reacted are named with a message.
const maxRecent = 3

// reactions is what others thought of a message. It returns false when nobody has reacted.
func (v *view) reactions(p *post, with peer) (tg.MessageReactions, bool) {
	if len(p.Reactions) == 0 {
		return tg.MessageReactions{}, false
	}
	r := tg.MessageReactions{CanSeeList: !v.isPost(with)}
	mine := 0
	for _, one := range p.Reactions {
		i := slices.IndexFunc(r.Results, func(c tg.ReactionCount) bool { return c.Reaction.(*tg.ReactionEmoji).Emoticon == one.Emoji })
		if i < 0 {
			i = len(r.Results)
			r.Results = append(r.Results, tg.ReactionCount{Reaction: &tg.ReactionEmoji{Emoticon: one.Emoji}})
		}
		r.Results[i].Count++
		if one.User == v.viewer.id {
			mine++
			r.Results[i].SetChosenOrder(mine)
		}
	}
	if r.CanSeeList {
		r.SetRecentReactions(v.recent(p))
	}
	r.SetFlags()
	return r, true
}

func (v *view) recent(p *post) []tg.MessagePeerReaction {
	list := []tg.MessagePeerReaction{}
	for _, one := range slices.Backward(p.Reactions) {
		if len(list) == maxRecent {
			break
		}
		v.nameUsers(one.User)
		list = append(list, tg.MessagePeerReaction{
			Big: one.Big, My: one.User == v.viewer.id, PeerID: userPeer(one.User).tg(), Date: one.Date,
			Reaction: &tg.ReactionEmoji{Emoticon: one.Emoji},
		})
	}
	return list
}

// dialog is a chat as it stands in the viewer's list.
func (v *view) dialog(d *dialog) *tg.Dialog {
	owner, m, numbers := v.srv.boxOf(v.viewer, d.Peer)
	v.name(d.Peer)
	t := &tg.Dialog{
		Pinned: d.Pinned > 0, UnreadMark: d.Unread, Peer: d.Peer.tg(), TopMessage: top(numbers), ReadInboxMaxID: d.ReadIn,
		ReadOutboxMaxID: d.ReadOut, UnreadCount: v.srv.unread(v.viewer, d), NotifySettings: d.settings(),
	}
	if owner.Kind == 'c' {
		t.SetPts(m.PTS)
	}
	if d.Draft.V != nil {
		t.SetDraft(d.Draft.V)
	}
	if d.Folder != 0 {
		t.SetFolderID(d.Folder)
	}
	return t
}

// topMessage is the newest message of a chat, nil for none.
func (v *view) topMessage(d *dialog) tg.MessageClass {
	owner, m, numbers := v.srv.boxOf(v.viewer, d.Peer)
	p := v.srv.post(m, top(numbers))
	if p == nil {
		return nil
	}
	return v.message(p, owner)
}
