package testdc

import (
	"context"
	"slices"
	"strings"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/gotd/td/tg"
)

const (
	maxText    = 4096 // UTF-16 units
	maxCaption = 1024
)

func (s *Server) registerSend(d *tg.ServerDispatcher) {
	d.OnMessagesSendMessage(s.messagesSendMessage)
	d.OnMessagesSendMedia(s.messagesSendMedia)
	d.OnMessagesSendMultiMedia(s.messagesSendMultiMedia)
	d.OnMessagesForwardMessages(s.messagesForwardMessages)
	d.OnMessagesSetTyping(s.messagesSetTyping)
}

func (s *Server) messagesSendMessage(ctx context.Context, req *tg.MessagesSendMessageRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	text := strings.TrimSpace(req.Message)
	switch {
	case text == "":
		return nil, rpcError(400, "MESSAGE_EMPTY")
	case len(utf16.Encode([]rune(text))) > maxText:
		return nil, rpcError(400, "MESSAGE_TOO_LONG")
	}
	body := &tg.Message{Message: req.Message, Entities: req.Entities, ReplyMarkup: req.ReplyMarkup, Silent: req.Silent, Noforwards: req.Noforwards}
	return s.sendOne(c, req.Peer, req.RandomID, req.ReplyTo, body, req.ClearDraft)
}

func (s *Server) messagesSendMedia(ctx context.Context, req *tg.MessagesSendMediaRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	media, err := c.media(req.Media)
	if err != nil {
		return nil, err
	}
	if len(utf16.Encode([]rune(req.Message))) > maxCaption {
		return nil, rpcError(400, "MEDIA_CAPTION_TOO_LONG")
	}
	body := &tg.Message{
		Message: req.Message, Entities: req.Entities, ReplyMarkup: req.ReplyMarkup, Silent: req.Silent, Noforwards: req.Noforwards, Media: media,
	}
	return s.sendOne(c, req.Peer, req.RandomID, req.ReplyTo, body, req.ClearDraft)
}

func (s *Server) sendOne(c *call, to tg.InputPeerClass, random int64, reply tg.InputReplyToClass, body *tg.Message, clearDraft bool) (tg.UpdatesClass, error) {
	p, err := c.maySend(to, body.Media != nil)
	if err != nil {
		return nil, err
	}
	n := s.report()
	if err := s.utter(c, n, p, random, reply, body); err != nil {
		return nil, err
	}
	if d := c.account().Dialogs[p]; clearDraft && d != nil && d.Draft.V != nil {
		d.Draft.V = nil
		n.tell(c.account(), &tg.UpdateDraftMessage{Peer: p.tg(), Draft: &tg.DraftMessageEmpty{}}, p)
	}
	return n.publish(c), nil
}

// utter says one message, and tells the sender its number first. What was sent before with the same random number is not sent again.
func (s *Server) utter(c *call, n *news, to peer, random int64, reply tg.InputReplyToClass, body *tg.Message) error {
	a := c.account()
	if random == 0 {
		return rpcError(400, "RANDOM_ID_EMPTY")
	}
	if s.sentBefore(a, to, random) {
		return rpcError(500, "RANDOM_ID_DUPLICATE")
	}
	owner, m, _ := s.boxOf(a, to)
	p := &post{From: a.id, To: to, Body: boxed[tg.MessageClass]{body}, Random: random}
	if r, ok := reply.(*tg.InputReplyToMessage); ok {
		if o := s.post(m, r.ReplyToMsgID); o != nil {
			p.ReplyTo = o.ID
		}
	}
	s.file(p)
	n.add(a, &tg.UpdateMessageID{ID: p.Copies[owner], RandomID: random})
	n.said(p, false)
	return nil
}

// sentBefore tells whether the account has said something there with this random number: among the last messages.
func (s *Server) sentBefore(a *account, to peer, random int64) bool {
	_, m, numbers := s.boxOf(a, to)
	for _, number := range numbers[max(0, len(numbers)-200):] {
		if p := s.post(m, number); p != nil && p.From == a.id && p.Random == random {
			return true
		}
	}
	return false
}

// file gives a new message its numbers in all boxes where it belongs.
func (s *Server) file(p *post) {
	s.next.Post++
	p.ID, p.Date, p.Copies = s.next.Post, s.unix(), make(map[peer]int)
	s.posts[p.ID] = p
	switch body := p.Body.V.(type) { // it can be written down only with a place
	case *tg.Message:
		body.PeerID = p.To.tg()
	case *tg.MessageService:
		body.PeerID = p.To.tg()
	}
	if p.To.Kind == 'c' {
		ch := s.chats[p.To]
		ch.Numbers = append(ch.Numbers, ch.put(p.To, p))
		for _, a := range s.members(ch) {
			a.dialog(p.To).Shown = true
		}
		if d := s.users[p.From].Dialogs[p.To]; d != nil && d.ReadIn == p.Copies[p.To]-1 {
			d.ReadIn = p.Copies[p.To]
		}
		return
	}
	for _, a := range s.audience(p) {
		number := a.put(a.peer(), p)
		d := a.dialog(p.with(a.peer()))
		d.Numbers, d.Shown = append(d.Numbers, number), true
	}
}

// audience are the accounts that get a message which is not of a channel.
func (s *Server) audience(p *post) []*account {
	if p.To.Kind == 'g' {
		return s.members(s.chats[p.To])
	}
	list := []*account{s.users[p.From]}
	to := s.users[p.To.ID]
	if to != nil && to != list[0] && to.Blocked[userPeer(p.From)] == 0 {
		list = append(list, to)
	}
	return list
}

// maySend finds where the caller wants to say something, and whether they may.
func (c *call) maySend(to tg.InputPeerClass, media bool) (peer, error) {
	p, err := c.inputPeer(to)
	if err != nil {
		return p, err
	}
	a := c.account()
	ch := c.srv.chats[p]
	switch {
	case p.Kind == 'u' && a.bot && c.srv.users[p.ID].bot:
		return p, rpcError(400, "USER_IS_BOT")
	case p.Kind == 'u' && a.bot && a.Dialogs[p] == nil:
		return p, rpcError(400, "PEER_ID_INVALID") // bots do not begin
	case p.Kind == 'u' && a.Blocked[p] != 0:
		return p, rpcError(400, "YOU_BLOCKED_USER")
	case ch == nil:
		return p, nil
	}
	return p, ch.maySay(a.id, media)
}

func (s *Server) messagesSendMultiMedia(ctx context.Context, req *tg.MessagesSendMultiMediaRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	to, err := c.maySend(req.Peer, true)
	if err != nil {
		return nil, err
	}
	if len(req.MultiMedia) == 0 || len(req.MultiMedia) > 10 {
		return nil, rpcError(400, "MULTI_MEDIA_TOO_LONG")
	}
	n, group := s.report(), randomInt64()
	for _, one := range req.MultiMedia {
		media, err := c.media(one.Media)
		if err != nil {
			return nil, err
		}
		body := &tg.Message{Message: one.Message, Entities: one.Entities, Media: media, Silent: req.Silent}
		body.SetGroupedID(group)
		if err := s.utter(c, n, to, one.RandomID, req.ReplyTo, body); err != nil {
			return nil, err
		}
	}
	return n.publish(c), nil
}

func (s *Server) messagesForwardMessages(ctx context.Context, req *tg.MessagesForwardMessagesRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	from, err := c.inputPeer(req.FromPeer)
	if err != nil {
		return nil, err
	}
	to, err := c.maySend(req.ToPeer, false)
	if err != nil {
		return nil, err
	}
	if len(req.ID) == 0 || len(req.ID) != len(req.RandomID) {
		return nil, rpcError(400, "MESSAGE_IDS_EMPTY")
	}
	owner, m, _ := s.boxOf(c.account(), from)
	bodies := make([]*tg.Message, len(req.ID))
	for i, number := range req.ID {
		p := s.post(m, number)
		if p == nil || p.with(owner) != from {
			return nil, rpcError(400, "MESSAGE_ID_INVALID")
		}
		body, ok := p.Body.V.(*tg.Message)
		if !ok || body.Noforwards {
			return nil, rpcError(400, "CHAT_FORWARDS_RESTRICTED")
		}
		bodies[i] = s.forwarded(c, p, body, to, req.DropAuthor)
	}
	n := s.report()
	for i, body := range bodies {
		if err := s.utter(c, n, to, req.RandomID[i], nil, body); err != nil {
			return nil, err
		}
	}
	return n.publish(c), nil
}

// forwarded is a message as it goes on to somebody else.
func (s *Server) forwarded(c *call, p *post, body *tg.Message, to peer, dropAuthor bool) *tg.Message {
	copied := &tg.Message{Message: body.Message, Entities: body.Entities, Media: body.Media, ViaBotID: body.ViaBotID}
	if dropAuthor {
		return copied
	}
	h := body.FwdFrom
	if body.FwdFrom.Zero() {
		h = tg.MessageFwdHeader{Date: p.Date}
		if p.To.Kind == 'c' && s.chats[p.To].Kind == broadcast {
			h.SetFromID(p.To.tg())
			h.SetChannelPost(p.Copies[p.To])
		} else {
			h.SetFromID(userPeer(p.From).tg())
		}
	}
	if to == c.account().peer() {
		from := p.with(c.account().peer())
		number := p.Copies[c.account().peer()]
		if p.To.Kind == 'c' {
			number = p.Copies[p.To]
		}
		h.SetSavedFromPeer(from.tg())
		h.SetSavedFromMsgID(number)
	}
	h.SetFlags()
	copied.SetFwdFrom(h)
	return copied
}

// serve says something that is not said by anybody's hand: somebody joins, a title changes.
func (s *Server) serve(n *news, from *account, to peer, action tg.MessageActionClass) *post {
	return s.serveReply(n, from, to, 0, action)
}

// serveReply is serve for what tells of an earlier message.
func (s *Server) serveReply(n *news, from *account, to peer, reply int64, action tg.MessageActionClass) *post {
	p := &post{From: from.id, To: to, ReplyTo: reply, Body: boxed[tg.MessageClass]{&tg.MessageService{Action: action}}}
	s.file(p)
	n.said(p, false)
	return p
}

// messagesSetTyping tells those who are there and listen; it is not remembered.
func (s *Server) messagesSetTyping(ctx context.Context, req *tg.MessagesSetTypingRequest) (bool, error) {
	c := callOf(ctx)
	to, err := c.maySend(req.Peer, false)
	if err != nil {
		return false, err
	}
	a := c.account()
	switch to.Kind {
	case 'u':
		if o := s.users[to.ID]; o != a && o.Blocked[a.peer()] == 0 {
			s.whisper(o, &tg.UpdateUserTyping{UserID: a.id, Action: req.Action})
		}
	case 'g':
		s.whisperAll(s.chats[to], a, &tg.UpdateChatUserTyping{ChatID: to.ID, FromID: a.peer().tg(), Action: req.Action})
	case 'c':
		s.whisperAll(s.chats[to], a, &tg.UpdateChannelUserTyping{ChannelID: to.ID, FromID: a.peer().tg(), Action: req.Action})
	}
	return true, nil
}

// whisper tells an account something that is not remembered.
func (s *Server) whisper(a *account, u tg.UpdateClass) {
	s.push(a, nil, &tg.UpdateShort{Update: u, Date: s.unix()})
}

func (s *Server) whisperAll(ch *chat, but *account, u tg.UpdateClass) {
	for _, a := range s.members(ch) {
		if a != but {
			s.whisper(a, u)
		}
	}
}

// goodName tells whether a text can be a title or a name of at most n characters.
func goodName(text string, n int) bool {
	text = strings.TrimSpace(text)
	return text != "" && utf8.RuneCountInString(text) <= n && !slices.Contains([]byte(text), 0)
}
