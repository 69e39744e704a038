package testdc

import (
	"errors"

	"github.com/gotd/td/tg"
)

// Errors of those who act for people.
var (
	errNobody = errors.New("testdc: no such account")
	errNoChat = errors.New("testdc: no such chat, or not in it")
	errEmoji  = errors.New("testdc: that is no emoji")
	errMember = errors.New("testdc: a member already, or none, or one that cannot be changed")
)

// Say makes an account say something to another, or, with a name such as g500000001 or c1500000001 as to, in a group or channel. Accounts
// that are not there are made. It returns the message's number as the one who says it has it.
func (s *Server) Say(from, to, text string) (int, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.act(from, to, func(a *account, p peer) int { return s.say(a, p, text) })
}

func (s *Server) say(a *account, p peer, text string) int {
	n := s.report()
	one := &post{From: a.id, To: p, Random: randomInt64(), Body: boxed[tg.MessageClass]{&tg.Message{Message: text}}}
	s.file(one)
	n.said(one, false)
	n.publish(nil)
	owner, _, _ := s.boxOf(a, p)
	return one.Copies[owner]
}

// Read makes an account read all that was said to it by another, or in a group or channel.
func (s *Server) Read(who, chat string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.act(who, chat, s.readAll)
	return err
}

func (s *Server) readAll(a *account, p peer) int {
	n := s.report()
	_, _, numbers := s.boxOf(a, p)
	if ch := s.chats[p]; ch != nil && p.Kind == 'c' {
		s.markChannelRead(n, a, ch, top(numbers))
	} else {
		s.markRead(n, a, a.dialog(p), top(numbers))
	}
	n.publish(nil)
	return top(numbers)
}

// Type shows to another account, or in a group or channel, that somebody types.
func (s *Server) Type(who, chat string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.act(who, chat, s.types)
	return err
}

func (s *Server) types(a *account, p peer) int {
	action := &tg.SendMessageTypingAction{}
	switch p.Kind {
	case 'u':
		s.whisper(s.users[p.ID], &tg.UpdateUserTyping{UserID: a.id, Action: action})
	case 'g':
		s.whisperAll(s.chats[p], a, &tg.UpdateChatUserTyping{ChatID: p.ID, FromID: a.peer().tg(), Action: action})
	case 'c':
		s.whisperAll(s.chats[p], a, &tg.UpdateChannelUserTyping{ChannelID: p.ID, FromID: a.peer().tg(), Action: action})
	}
	return 0
}

// act finds who acts and where, and does it. Accounts are made where they are missing; in chats people have to be.
func (s *Server) act(who, where string, do func(*account, peer) int) (int, error) {
	a := s.somebody(who)
	if a == nil {
		return 0, errNobody
	}
	var p peer
	if where != "" && p.UnmarshalText([]byte(where)) == nil && p.Kind != 'u' {
		ch := s.chats[p]
		if ch == nil || ch.maySay(a.id, false) != nil {
			return 0, errNoChat
		}
		return do(a, p), nil
	}
	to := s.somebody(where)
	if to == nil {
		return 0, errNobody
	}
	return do(a, to.peer()), nil
}

// somebody is the account of a phone number, made where it is not there; nil when that is no phone number.
func (s *Server) somebody(phone string) *account {
	phone = normalPhone(phone)
	if a := s.accounts[phone]; a != nil {
		return a
	}
	if !goodPhone(phone) {
		return nil
	}
	s.addAccount(phone, "User "+phone[len(phone)-4:])
	return s.accounts[phone]
}

// NewChat makes a group, a supergroup or a channel of a title, with its creator and others in it. It returns its name, such as
// c1500000001, or "" where the kind is unknown or the creator's is no phone number.
func (s *Server) NewChat(kind, title, creator string, members ...string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.makeChat(kind, title, creator, members)
}

func (s *Server) makeChat(name, title, creator string, members []string) string {
	k, a := kind(name), s.somebody(creator)
	if a == nil || !goodName(title, 128) || k != basicGroup && k != supergroup && k != broadcast {
		return ""
	}
	ch := s.newChat(k, title, a)
	n := s.report()
	n.watch(ch, a)
	ids := []int64{a.id}
	for _, phone := range members {
		if m := s.somebody(phone); m != nil && ch.Members[m.id] == nil {
			s.enter(ch, m, a.id)
			ids = append(ids, m.id)
		}
	}
	if k == basicGroup {
		s.serve(n, a, ch.peer(), &tg.MessageActionChatCreate{Title: title, Users: ids})
	} else {
		for _, m := range s.members(ch) {
			n.tell(m, &tg.UpdateChannel{ChannelID: ch.ID}, ch.peer())
		}
		s.serve(n, a, ch.peer(), &tg.MessageActionChannelCreate{Title: title})
	}
	n.publish(nil)
	return ch.peer().String()
}

// actCommand is command for what people do.
func (s *Server) actCommand(c Command) func() {
	where := c.Chat
	if where == "" {
		where = c.Phone
	}
	switch {
	case c.Do == "message" && c.Text != "":
		return s.acting(c.From, where, func(a *account, p peer) int { return s.say(a, p, c.Text) })
	case c.Do == "read":
		return s.acting(c.From, where, s.readAll)
	case c.Do == "typing":
		return s.acting(c.From, where, s.types)
	case c.Do == "online":
		return func() {
			if a := s.somebody(c.Phone); a != nil {
				s.setOnline(a, c.On)
			}
		}
	case c.Do == "inlineBot":
		return func() { s.setInline(c.Phone, c.Text) }
	case c.Do == "newChat":
		return func() { s.makeChat(c.Kind, c.Text, c.From, c.Phones) }
	}
	return nil
}

// SetInline has a bot be asked inline from now on, with a hint at what to type; "" ends that. It returns false when there is no such bot.
func (s *Server) SetInline(bot int64, hint string) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.setInline(botName(bot), hint)
}

func (s *Server) setInline(bot, hint string) bool {
	a := s.accounts[normalPhone(bot)]
	if a == nil || !a.bot {
		return false
	}
	a.Inline = hint
	s.changed()
	return true
}

// acting is act for a command.
func (s *Server) acting(who, where string, do func(*account, peer) int) func() {
	return func() {
		if _, err := s.act(who, where, do); err != nil {
			s.log.Warn("command not done", "error", err)
		}
	}
}
