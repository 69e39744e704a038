package testdc

import (
	"cmp"

	"github.com/gotd/td/tg"
)

// Block makes an account block another, or unblock it; a bot hears of that. A bot is named by its id. Accounts that are not there are made.
func (s *Server) Block(who, whom string, on bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.act(who, whom, func(a *account, p peer) int { return s.blocks(a, p, on) })
	return err
}

func (s *Server) blocks(a *account, p peer, on bool) int {
	n := s.report()
	s.block(n, a, p, on)
	n.publish(nil)
	return 0
}

// Join makes an account a member of a group or channel with a name such as c1500000001, as if it had come by itself. The account is made
// where it is not there.
func (s *Server) Join(who, where string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.actIn(who, where, s.joins)
}

func (s *Server) joins(a *account, ch *chat) error {
	if ch.Members[a.id] != nil || ch.Kind == basicGroup && len(ch.Members) >= maxBasic {
		return errMember
	}
	n := s.report()
	s.join(n, a, ch, nil, &tg.MessageActionChatAddUser{Users: []int64{a.id}})
	n.publish(nil)
	return nil
}

// Leave makes an account leave a group or channel.
func (s *Server) Leave(who, where string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.actIn(who, where, s.leaves)
}

func (s *Server) leaves(a *account, ch *chat) error {
	if ch.Members[a.id] == nil {
		return errMember
	}
	n := s.report()
	n.watch(ch, a)
	if ch.Kind != broadcast {
		s.serve(n, a, ch.peer(), &tg.MessageActionChatDeleteUser{UserID: a.id}) // who goes still hears it
	}
	s.leave(ch, a)
	if ch.Kind == basicGroup {
		s.tellParticipants(n, ch)
	} else {
		n.tell(a, &tg.UpdateChannel{ChannelID: ch.ID}, ch.peer())
	}
	n.publish(nil)
	return nil
}

// Promote makes a member of a group or channel an administrator with all rights, as its creator does, or an ordinary member again.
func (s *Server) Promote(who, where string, on bool) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.actIn(who, where, func(a *account, ch *chat) error { return s.promotes(a, ch, on) })
}

func (s *Server) promotes(a *account, ch *chat, on bool) error {
	m, creator := ch.Members[a.id], s.users[ch.Creator]
	if m == nil || creator == nil || a == creator {
		return errMember
	}
	n := s.report()
	n.watch(ch, creator)
	m.Rights, m.By = nil, 0
	if on {
		r := everything()
		m.Rights, m.By = &r, creator.id
	}
	ch.Version++
	if ch.Kind == basicGroup {
		for _, o := range s.members(ch) {
			n.tell(o, &tg.UpdateChatParticipantAdmin{ChatID: ch.ID, UserID: a.id, IsAdmin: on, Version: ch.Version}, ch.peer(), a.peer())
		}
	} else {
		s.tellChanged(n, ch)
	}
	n.publish(nil)
	return nil
}

// AskToJoin makes an account ask to be let into a group or channel, with a link of its creator's that is for asking.
func (s *Server) AskToJoin(who, where string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.actIn(who, where, s.asksToJoin)
}

func (s *Server) asksToJoin(a *account, ch *chat) error {
	if ch.Members[a.id] != nil {
		return errMember
	}
	var i *invite
	for _, one := range ch.Invites {
		if one.Asks && !one.Revoked && one.Creator == ch.Creator {
			i = one
		}
	}
	if i == nil {
		i = ch.newInvite(&invite{Creator: ch.Creator, Date: s.unix(), Asks: true})
	}
	n := s.report()
	s.request(n, a, ch, i)
	n.publish(nil)
	return nil
}

// React makes an account react with an emoji to the last message of a chat with another, or of a group or channel; "" takes that back.
func (s *Server) React(who, where, emoji string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.reactsIn(who, where, emoji)
}

func (s *Server) reactsIn(who, where, emoji string) error {
	if len(emoji) > maxEmoji {
		return errEmoji
	}
	if p := (peer{}); p.UnmarshalText([]byte(where)) == nil && p.Kind != 'u' {
		return s.actIn(who, where, func(a *account, ch *chat) error {
			if ch.Members[a.id] == nil {
				return errMember
			}
			s.reacts(a, ch.peer(), emoji)
			return nil
		})
	}
	_, err := s.act(who, where, func(a *account, p peer) int { return s.reacts(a, p, emoji) })
	return err
}

func (s *Server) reacts(a *account, p peer, emoji string) int {
	_, m, numbers := s.boxOf(a, p)
	last := s.post(m, top(numbers))
	if last == nil {
		return 0
	}
	n := s.report()
	if emoji == "" {
		s.react(n, a, last, nil)
	} else {
		s.react(n, a, last, []reaction{{User: a.id, Emoji: emoji, Date: s.unix()}})
	}
	n.publish(nil)
	return top(numbers)
}

// Buy tells a bot that an account has bought its paid media; payload is what the bot had called it.
func (s *Server) Buy(who string, bot int64, payload string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.buys(who, botName(bot), payload)
}

func (s *Server) buys(who, name, payload string) error {
	a, bot := s.somebody(who), s.accounts[normalPhone(name)]
	if a == nil || bot == nil || !bot.bot {
		return errNobody
	}
	n := s.report()
	n.tellPurchase(bot, a, payload)
	n.publish(nil)
	return nil
}

// MakeManagedBot tells a bot that an account has made another one, which the first manages. That is made where it is not there.
func (s *Server) MakeManagedBot(who string, manager, managed int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.makesManaged(who, botName(manager), managed)
}

func (s *Server) makesManaged(who, name string, managed int64) error {
	a, bot := s.somebody(who), s.accounts[normalPhone(name)]
	if a == nil || bot == nil || !bot.bot || managed <= 0 {
		return errNobody
	}
	other := s.bot(managed, bot.dc)
	if !other.bot {
		return errNobody
	}
	n := s.report()
	n.tellManaged(bot, a, other)
	n.publish(nil)
	return nil
}

// actIn finds who acts and a group or channel that they need not be in, and does it.
func (s *Server) actIn(who, where string, do func(*account, *chat) error) error {
	a := s.somebody(who)
	if a == nil {
		return errNobody
	}
	var p peer
	if p.UnmarshalText([]byte(where)) != nil {
		return errNoChat
	}
	ch := s.chats[p]
	if ch == nil || ch.Deleted || ch.MovedTo != 0 {
		return errNoChat
	}
	return do(a, ch)
}

// memberAct is what a command about who is in chats, or what bots hear of people, does; nil where it is no such command. The caller of what
// it returns holds the mutex.
func (s *Server) memberAct(c Command) func() error {
	switch c.Do {
	case "block":
		return func() error {
			_, err := s.act(c.From, c.Phone, func(a *account, p peer) int { return s.blocks(a, p, c.On) })
			return err
		}
	case "join":
		return func() error { return s.actIn(c.From, c.Chat, s.joins) }
	case "leave":
		return func() error { return s.actIn(c.From, c.Chat, s.leaves) }
	case "askToJoin":
		return func() error { return s.actIn(c.From, c.Chat, s.asksToJoin) }
	case "react":
		return func() error { return s.reactsIn(c.From, cmp.Or(c.Chat, c.Phone), c.Text) }
	case "promote":
		return func() error {
			return s.actIn(c.From, c.Chat, func(a *account, ch *chat) error { return s.promotes(a, ch, c.On) })
		}
	case "buy":
		return func() error { return s.buys(c.From, c.Phone, c.Text) }
	case "managedBot":
		return func() error { return s.makesManaged(c.From, c.Phone, c.ID) }
	}
	return nil
}

// memberCommand is command for those of memberAct.
func (s *Server) memberCommand(c Command) func() {
	do := s.memberAct(c)
	if do == nil {
		return nil
	}
	return func() {
		if err := do(); err != nil {
			s.log.Warn("command not done", "command", c.Do, "error", err)
		}
	}
}
