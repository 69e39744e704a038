package testdc

import (
	"context"
	"slices"

	"github.com/gotd/td/tg"
)

func (s *Server) registerRead(d *tg.ServerDispatcher) {
	d.OnMessagesReadHistory(s.messagesReadHistory)
	d.OnChannelsReadHistory(s.channelsReadHistory)
	d.OnMessagesReadMessageContents(func(ctx context.Context, _ []int) (*tg.MessagesAffectedMessages, error) {
		return &tg.MessagesAffectedMessages{Pts: callOf(ctx).account().PTS}, nil
	})
	d.OnChannelsReadMessageContents(func(context.Context, *tg.ChannelsReadMessageContentsRequest) (bool, error) { return true, nil })
	d.OnMessagesReadMentions(func(ctx context.Context, _ *tg.MessagesReadMentionsRequest) (*tg.MessagesAffectedHistory, error) {
		return &tg.MessagesAffectedHistory{Pts: callOf(ctx).account().PTS}, nil
	})
	d.OnMessagesReadReactions(func(ctx context.Context, _ *tg.MessagesReadReactionsRequest) (*tg.MessagesAffectedHistory, error) {
		return &tg.MessagesAffectedHistory{Pts: callOf(ctx).account().PTS}, nil
	})
	d.OnMessagesGetUnreadMentions(func(context.Context, *tg.MessagesGetUnreadMentionsRequest) (tg.MessagesMessagesClass, error) {
		return &tg.MessagesMessages{}, nil
	})
	d.OnMessagesMarkDialogUnread(s.messagesMarkDialogUnread)
	d.OnMessagesGetDialogUnreadMarks(s.messagesGetDialogUnreadMarks)
	d.OnMessagesReceivedMessages(func(context.Context, int) ([]tg.ReceivedNotifyMessage, error) { return nil, nil })
	d.OnMessagesGetOutboxReadDate(s.messagesGetOutboxReadDate)
	d.OnMessagesGetMessageReadParticipants(s.messagesGetMessageReadParticipants)
}

func (s *Server) messagesReadHistory(ctx context.Context, req *tg.MessagesReadHistoryRequest) (*tg.MessagesAffectedMessages, error) {
	c := callOf(ctx)
	a := c.account()
	p, err := c.inputPeer(req.Peer)
	if err != nil {
		return nil, err
	}
	before, n := a.PTS, s.report()
	s.markRead(n, a, a.dialog(p), req.MaxID)
	n.publish(c)
	return &tg.MessagesAffectedMessages{Pts: a.PTS, PtsCount: a.PTS - before}, nil
}

// markRead notes that an account has read a private chat or a group up to a number, and tells it and those who wrote.
func (s *Server) markRead(n *news, a *account, d *dialog, upTo int) {
	upTo = min(upTo, top(d.Numbers))
	if upTo <= d.ReadIn {
		return
	}
	last := make(map[int64]*post) // of each who wrote
	for _, number := range slices.Backward(d.Numbers) {
		if number <= d.ReadIn {
			break
		}
		if p := s.post(&a.mailbox, number); p != nil && number <= upTo && p.From != a.id && last[p.From] == nil {
			last[p.From] = p
		}
	}
	d.ReadIn, d.Unread = upTo, false
	unread := s.unread(a, d)
	n.count(a, 1, func(pts int) tg.UpdateClass {
		return &tg.UpdateReadHistoryInbox{Peer: d.Peer.tg(), MaxID: upTo, StillUnreadCount: unread, Pts: pts, PtsCount: 1}
	}, d.Peer)
	for _, p := range last {
		s.markReadBy(n, p)
	}
}

// markReadBy tells who wrote a message that it has been read.
func (s *Server) markReadBy(n *news, p *post) {
	from := s.users[p.From]
	if from == nil || p.Copies[from.peer()] == 0 {
		return
	}
	d, number := from.dialog(p.with(from.peer())), p.Copies[from.peer()]
	if number <= d.ReadOut {
		return
	}
	d.ReadOut = number
	n.count(from, 1, func(pts int) tg.UpdateClass {
		return &tg.UpdateReadHistoryOutbox{Peer: d.Peer.tg(), MaxID: number, Pts: pts, PtsCount: 1}
	}, d.Peer)
}

func (s *Server) channelsReadHistory(ctx context.Context, req *tg.ChannelsReadHistoryRequest) (bool, error) {
	c := callOf(ctx)
	a := c.account()
	ch, err := c.channel(req.Channel)
	if err != nil {
		return false, err
	}
	n := s.report()
	s.markChannelRead(n, a, ch, req.MaxID)
	n.publish(c)
	return true, nil
}

// markChannelRead is markRead for a channel. Reading counts in nobody's pts.
func (s *Server) markChannelRead(n *news, a *account, ch *chat, upTo int) {
	d := a.dialog(ch.peer())
	upTo = min(upTo, top(ch.Numbers))
	if upTo <= d.ReadIn {
		return
	}
	was := d.ReadIn
	d.ReadIn, d.Unread = upTo, false
	n.tell(a, &tg.UpdateReadChannelInbox{ChannelID: ch.ID, MaxID: upTo, StillUnreadCount: s.unread(a, d), Pts: ch.PTS}, ch.peer())
	told := map[int64]bool{a.id: true}
	for _, number := range slices.Backward(ch.Numbers) {
		p := s.post(&ch.mailbox, number)
		if number <= was {
			break
		}
		if p == nil || number > upTo || told[p.From] || ch.Members[p.From] == nil || s.users[p.From] == nil {
			continue
		}
		told[p.From] = true
		if od := s.users[p.From].dialog(ch.peer()); number > od.ReadOut {
			od.ReadOut = number
			n.tell(s.users[p.From], &tg.UpdateReadChannelOutbox{ChannelID: ch.ID, MaxID: number}, ch.peer())
		}
	}
}

func (s *Server) messagesMarkDialogUnread(ctx context.Context, req *tg.MessagesMarkDialogUnreadRequest) (bool, error) {
	c := callOf(ctx)
	p, err := c.inputDialog(req.Peer)
	if err != nil {
		return false, err
	}
	c.account().dialog(p).Unread = req.Unread
	n := s.report()
	n.tell(c.account(), &tg.UpdateDialogUnreadMark{Unread: req.Unread, Peer: p.dialog()}, p)
	n.publish(c)
	return true, nil
}

func (s *Server) messagesGetDialogUnreadMarks(ctx context.Context, _ *tg.MessagesGetDialogUnreadMarksRequest) ([]tg.DialogPeerClass, error) {
	var list []tg.DialogPeerClass
	for p, d := range callOf(ctx).account().Dialogs {
		if d.Unread {
			list = append(list, p.dialog())
		}
	}
	return list, nil
}

// messagesGetOutboxReadDate says when a message was read: now, for only that it was is known.
func (s *Server) messagesGetOutboxReadDate(ctx context.Context, req *tg.MessagesGetOutboxReadDateRequest) (*tg.OutboxReadDate, error) {
	c := callOf(ctx)
	p, owner, err := c.findPost(req.Peer, req.MsgID)
	if err != nil {
		return nil, err
	}
	if d := c.account().Dialogs[p.with(owner)]; d == nil || d.ReadOut < req.MsgID {
		return nil, rpcError(400, "MESSAGE_NOT_READ_YET")
	}
	return &tg.OutboxReadDate{Date: p.Date}, nil
}

func (s *Server) messagesGetMessageReadParticipants(ctx context.Context, req *tg.MessagesGetMessageReadParticipantsRequest) ([]tg.ReadParticipantDate, error) {
	c := callOf(ctx)
	p, _, err := c.findPost(req.Peer, req.MsgID)
	if err != nil {
		return nil, err
	}
	ch := s.chats[p.To]
	if ch == nil {
		return nil, errPeer
	}
	list := []tg.ReadParticipantDate{}
	for _, a := range s.members(ch) {
		owner, _, _ := s.boxOf(a, p.To)
		if d := a.Dialogs[p.To]; d != nil && a.id != p.From && p.Copies[owner] > 0 && d.ReadIn >= p.Copies[owner] {
			list = append(list, tg.ReadParticipantDate{UserID: a.id, Date: s.unix()})
		}
	}
	return list, nil
}
