package testdc

import (
	"context"
	"slices"
	"strings"
	"unicode/utf16"

	"github.com/gotd/td/tg"
)

func (s *Server) registerChange(d *tg.ServerDispatcher) {
	d.OnMessagesEditMessage(s.messagesEditMessage)
	d.OnMessagesDeleteMessages(s.messagesDeleteMessages)
	d.OnChannelsDeleteMessages(s.channelsDeleteMessages)
	d.OnMessagesDeleteHistory(s.messagesDeleteHistory)
	d.OnChannelsDeleteHistory(s.channelsDeleteHistory)
	d.OnMessagesUpdatePinnedMessage(s.messagesUpdatePinnedMessage)
	d.OnMessagesUnpinAllMessages(s.messagesUnpinAllMessages)
}

var errMessageID = rpcError(400, "MESSAGE_ID_INVALID")

// find returns a message that the caller sees in a chat, and who owns its number.
func (c *call) findPost(in tg.InputPeerClass, number int) (p *post, owner peer, err error) {
	with, err := c.inputPeer(in)
	if err != nil {
		return nil, owner, err
	}
	owner, m, _ := c.srv.boxOf(c.account(), with)
	p = c.srv.post(m, number)
	if p == nil || p.with(owner) != with {
		return nil, owner, errMessageID
	}
	return p, owner, nil
}

func (s *Server) messagesEditMessage(ctx context.Context, req *tg.MessagesEditMessageRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	p, _, err := c.findPost(req.Peer, req.ID)
	if err != nil {
		return nil, err
	}
	old, ok := p.Body.V.(*tg.Message)
	if !ok || !old.FwdFrom.Zero() {
		return nil, errMessageID
	}
	if p.From != c.account().id && !s.chats[p.To].may(c.account().id, func(r *tg.ChatAdminRights) bool { return r.EditMessages }) {
		return nil, rpcError(403, "MESSAGE_AUTHOR_REQUIRED")
	}
	body := *old
	if err := c.edit(&body, req); err != nil {
		return nil, err
	}
	body.SetFlags()
	p.Body, p.Edited = boxed[tg.MessageClass]{&body}, s.unix()
	n := s.report()
	n.said(p, true)
	return n.publish(c), nil
}

// edit makes the changes that are asked for. It refuses to change nothing.
func (c *call) edit(m *tg.Message, req *tg.MessagesEditMessageRequest) error {
	changed := false
	if text, ok := req.GetMessage(); ok {
		if strings.TrimSpace(text) == "" && m.Media == nil {
			return rpcError(400, "MESSAGE_EMPTY")
		}
		if len(utf16.Encode([]rune(text))) > maxText {
			return rpcError(400, "MESSAGE_TOO_LONG")
		}
		changed = text != m.Message || len(req.Entities) != len(m.Entities)
		m.Message, m.Entities = text, req.Entities
	}
	if req.Media != nil {
		media, err := c.media(req.Media)
		if err != nil {
			return err
		}
		m.Media, changed = media, true
	}
	if req.ReplyMarkup != nil || m.ReplyMarkup != nil {
		m.ReplyMarkup, changed = req.ReplyMarkup, true
	}
	if !changed {
		return rpcError(400, "MESSAGE_NOT_MODIFIED")
	}
	return nil
}

func (s *Server) messagesDeleteMessages(ctx context.Context, req *tg.MessagesDeleteMessagesRequest) (*tg.MessagesAffectedMessages, error) {
	c := callOf(ctx)
	a := c.account()
	var posts []*post
	for _, number := range req.ID {
		if p := s.post(&a.mailbox, number); p != nil {
			posts = append(posts, p)
		}
	}
	before := a.PTS
	n := s.report()
	s.remove(n, a, posts, req.Revoke)
	n.publish(c)
	return &tg.MessagesAffectedMessages{Pts: a.PTS, PtsCount: a.PTS - before}, nil
}

// remove deletes messages from an account's box, or with revoke from all boxes, and tells whose they were.
func (s *Server) remove(n *news, a *account, posts []*post, revoke bool) {
	gone := make(map[peer][]int)
	var owners []peer
	for _, p := range posts {
		for _, o := range p.owners() {
			if o != a.peer() && !revoke || o.Kind != 'u' {
				continue
			}
			if gone[o] == nil {
				owners = append(owners, o)
			}
			gone[o] = append(gone[o], p.Copies[o])
			s.drop(p, o)
		}
	}
	for _, o := range owners {
		numbers := gone[o]
		if to := s.users[o.ID]; to != nil {
			n.count(to, len(numbers), func(pts int) tg.UpdateClass {
				return &tg.UpdateDeleteMessages{Messages: numbers, Pts: pts, PtsCount: len(numbers)}
			})
		}
	}
}

// drop takes a message out of one box; the last one to have it makes it forgotten.
func (s *Server) drop(p *post, owner peer) {
	number := p.Copies[owner]
	isIt := func(n int) bool { return n == number }
	switch owner.Kind {
	case 'c':
		if ch := s.chats[owner]; ch != nil {
			delete(ch.mailbox.Number, number)
			ch.Numbers = slices.DeleteFunc(ch.Numbers, isIt)
		}
	case 'u':
		if a := s.users[owner.ID]; a != nil {
			delete(a.mailbox.Number, number)
			if d := a.Dialogs[p.with(owner)]; d != nil {
				d.Numbers = slices.DeleteFunc(d.Numbers, isIt)
			}
		}
	}
	delete(p.Copies, owner)
	if len(p.Copies) == 0 {
		delete(s.posts, p.ID)
	}
}

func (s *Server) channelsDeleteMessages(ctx context.Context, req *tg.ChannelsDeleteMessagesRequest) (*tg.MessagesAffectedMessages, error) {
	c := callOf(ctx)
	ch, err := c.channel(req.Channel)
	if err != nil {
		return nil, err
	}
	all := ch.may(c.account().id, func(r *tg.ChatAdminRights) bool { return r.DeleteMessages })
	var numbers []int
	for _, number := range req.ID {
		p := s.post(&ch.mailbox, number)
		if p == nil {
			continue
		}
		if !all && p.From != c.account().id {
			return nil, rpcError(403, "MESSAGE_DELETE_FORBIDDEN")
		}
		numbers = append(numbers, number)
		s.drop(p, ch.peer())
	}
	n := s.report()
	s.tellRemoved(n, ch, numbers)
	n.publish(c)
	return &tg.MessagesAffectedMessages{Pts: ch.PTS, PtsCount: len(numbers)}, nil
}

func (s *Server) tellRemoved(n *news, ch *chat, numbers []int) {
	if len(numbers) > 0 {
		n.countChannel(ch, len(numbers), func(pts int) tg.UpdateClass {
			return &tg.UpdateDeleteChannelMessages{ChannelID: ch.ID, Messages: numbers, Pts: pts, PtsCount: len(numbers)}
		})
	}
}

// messagesDeleteHistory deletes a private chat or a group's messages, here or for all.
func (s *Server) messagesDeleteHistory(ctx context.Context, req *tg.MessagesDeleteHistoryRequest) (*tg.MessagesAffectedHistory, error) {
	c := callOf(ctx)
	a := c.account()
	p, err := c.inputPeer(req.Peer)
	if err != nil {
		return nil, err
	}
	d := a.dialog(p)
	var posts []*post
	for _, number := range d.Numbers {
		if one := s.post(&a.mailbox, number); one != nil && (req.MaxID == 0 || number <= req.MaxID) {
			posts = append(posts, one)
		}
	}
	before := a.PTS
	n := s.report()
	s.remove(n, a, posts, req.Revoke && p.Kind == 'u')
	n.publish(c)
	if !req.JustClear && len(d.Numbers) == 0 {
		d.Shown, d.Pinned = false, 0
	}
	return &tg.MessagesAffectedHistory{Pts: a.PTS, PtsCount: a.PTS - before}, nil
}

func (s *Server) channelsDeleteHistory(ctx context.Context, req *tg.ChannelsDeleteHistoryRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	ch, err := c.channel(req.Channel)
	if err != nil {
		return nil, err
	}
	n := s.report()
	if !req.ForEveryone {
		c.account().dialog(ch.peer()).From = req.MaxID + 1
		n.tell(c.account(), &tg.UpdateChannelAvailableMessages{ChannelID: ch.ID, AvailableMinID: req.MaxID}, ch.peer())
		return n.publish(c), nil
	}
	if !ch.may(c.account().id, func(r *tg.ChatAdminRights) bool { return r.DeleteMessages }) {
		return nil, errAdmin
	}
	var numbers []int
	for _, number := range slices.Clone(ch.Numbers) {
		if p := s.post(&ch.mailbox, number); p != nil && number <= req.MaxID {
			numbers = append(numbers, number)
			s.drop(p, ch.peer())
		}
	}
	s.tellRemoved(n, ch, numbers)
	return n.publish(c), nil
}

func (s *Server) messagesUpdatePinnedMessage(ctx context.Context, req *tg.MessagesUpdatePinnedMessageRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	p, _, err := c.findPost(req.Peer, req.ID)
	if err != nil {
		return nil, err
	}
	if ch := s.chats[p.To]; ch != nil && !ch.may(c.account().id, func(r *tg.ChatAdminRights) bool { return r.PinMessages }) {
		return nil, errAdmin
	}
	n := s.report()
	s.pin(n, p, !req.Unpin)
	if !req.Unpin && !req.Silent {
		s.serveReply(n, c.account(), p.To, p.ID, &tg.MessageActionPinMessage{})
	}
	return n.publish(c), nil
}

// pin pins a message for all who have it, or takes the pin out.
func (s *Server) pin(n *news, p *post, on bool) {
	p.Pinned = on
	for _, o := range p.owners() {
		numbers := []int{p.Copies[o]}
		if ch := s.chats[o]; ch != nil {
			n.countChannel(ch, 1, func(pts int) tg.UpdateClass {
				return &tg.UpdatePinnedChannelMessages{Pinned: on, ChannelID: ch.ID, Messages: numbers, Pts: pts, PtsCount: 1}
			})
		} else if a := s.users[o.ID]; a != nil {
			n.count(a, 1, func(pts int) tg.UpdateClass {
				return &tg.UpdatePinnedMessages{Pinned: on, Peer: p.with(o).tg(), Messages: numbers, Pts: pts, PtsCount: 1}
			}, p.with(o))
		}
	}
}

func (s *Server) messagesUnpinAllMessages(ctx context.Context, req *tg.MessagesUnpinAllMessagesRequest) (*tg.MessagesAffectedHistory, error) {
	c := callOf(ctx)
	with, err := c.inputPeer(req.Peer)
	if err != nil {
		return nil, err
	}
	if ch := s.chats[with]; ch != nil && !ch.may(c.account().id, func(r *tg.ChatAdminRights) bool { return r.PinMessages }) {
		return nil, errAdmin
	}
	_, m, numbers := s.boxOf(c.account(), with)
	before, n := m.PTS, s.report()
	for _, number := range numbers {
		if p := s.post(m, number); p != nil && p.Pinned {
			s.pin(n, p, false)
		}
	}
	n.publish(c)
	return &tg.MessagesAffectedHistory{Pts: m.PTS, PtsCount: m.PTS - before}, nil
}
