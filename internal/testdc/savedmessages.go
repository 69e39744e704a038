package testdc

import (
	"context"
	"slices"

	"github.com/gotd/td/tg"
)

func (s *Server) registerSavedMessages(d *tg.ServerDispatcher) {
	d.OnMessagesGetSavedDialogs(s.messagesGetSavedDialogs)
	d.OnMessagesGetSavedHistory(s.messagesGetSavedHistory)
}

// savedFrom is the part of an account's chat with itself to which a message belongs: where it was forwarded from, else the account.
func savedFrom(m *tg.Message, self peer) tg.PeerClass {
	if from := m.FwdFrom.SavedFromPeer; from != nil {
		return from
	}
	return self.tg()
}

// saved are the numbers of what an account has saved, by where it is from, the newest part first.
func (s *Server) saved(a *account) (order []peer, by map[peer][]int) {
	by = make(map[peer][]int)
	for _, number := range s.visible(a, a.peer()) {
		one := s.post(&a.mailbox, number)
		if one == nil {
			continue
		}
		from := a.peer()
		if m, ok := one.Body.V.(*tg.Message); ok {
			from = peerOf(savedFrom(m, a.peer()))
		}
		order = append(slices.DeleteFunc(order, func(p peer) bool { return p == from }), from)
		by[from] = append(by[from], number)
	}
	slices.Reverse(order)
	return order, by
}

// peerOf is a peer of the wire.
func peerOf(p tg.PeerClass) peer {
	switch p := p.(type) {
	case *tg.PeerUser:
		return userPeer(p.UserID)
	case *tg.PeerChat:
		return groupPeer(p.ChatID)
	case *tg.PeerChannel:
		return channelPeer(p.ChannelID)
	}
	return peer{}
}

// messagesGetSavedDialogs lists the parts of the caller's chat with itself, all at once.
func (s *Server) messagesGetSavedDialogs(ctx context.Context, req *tg.MessagesGetSavedDialogsRequest) (tg.MessagesSavedDialogsClass, error) {
	a := callOf(ctx).account()
	v := s.view(a)
	out := &tg.MessagesSavedDialogs{}
	order, by := s.saved(a)
	for _, from := range order {
		number := top(by[from])
		if req.OffsetID != 0 && number >= req.OffsetID {
			continue
		}
		v.name(from)
		out.Dialogs = append(out.Dialogs, &tg.SavedDialog{Peer: from.tg(), TopMessage: number})
		out.Messages = append(out.Messages, v.message(s.post(&a.mailbox, number), a.peer()))
	}
	out.Users, out.Chats = v.users(), v.chats()
	return out, nil
}

func (s *Server) messagesGetSavedHistory(ctx context.Context, req *tg.MessagesGetSavedHistoryRequest) (tg.MessagesMessagesClass, error) {
	c := callOf(ctx)
	from, err := c.inputPeer(req.Peer)
	if err != nil {
		return nil, err
	}
	_, by := s.saved(c.account())
	list, newer := page{req.OffsetID, req.AddOffset, req.Limit, req.MaxID, req.MinID}.of(by[from])
	return s.view(c.account()).messages(c.account().peer(), list, len(by[from]), newer), nil
}
