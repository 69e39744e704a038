package testdc

import (
	"cmp"
	"context"
	"slices"

	"github.com/gotd/td/tg"
)

const (
	maxPinned  = 5
	maxDialogs = 100 // in an answer
)

func (s *Server) registerDialogs(d *tg.ServerDispatcher) {
	d.OnMessagesGetDialogs(s.messagesGetDialogs)
	d.OnMessagesGetPinnedDialogs(s.messagesGetPinnedDialogs)
	d.OnMessagesGetPeerDialogs(s.messagesGetPeerDialogs)
	d.OnMessagesToggleDialogPin(s.messagesToggleDialogPin)
	d.OnMessagesReorderPinnedDialogs(s.messagesReorderPinnedDialogs)
	d.OnMessagesSaveDraft(s.messagesSaveDraft)
	d.OnMessagesGetAllDrafts(s.messagesGetAllDrafts)
	d.OnMessagesClearAllDrafts(s.messagesClearAllDrafts)
	d.OnMessagesGetPeerSettings(s.messagesGetPeerSettings)
	d.OnMessagesHidePeerSettingsBar(func(context.Context, tg.InputPeerClass) (bool, error) { return true, nil })
	d.OnFoldersEditPeerFolders(s.foldersEditPeerFolders)
}

// inputDialog is inputPeer for a chat of the list.
func (c *call) inputDialog(in tg.InputDialogPeerClass) (peer, error) {
	d, ok := in.(*tg.InputDialogPeer)
	if !ok {
		return peer{}, errPeer
	}
	return c.inputPeer(d.Peer)
}

// listed are the chats of an account's list, the one with the newest message first.
func (s *Server) listed(a *account, folder int) []*dialog {
	var list []*dialog
	for _, d := range a.Dialogs {
		if d.Shown && d.Folder == folder {
			list = append(list, d)
		}
	}
	slices.SortFunc(list, func(x, y *dialog) int {
		return cmp.Or(cmp.Compare(s.lastDate(a, y), s.lastDate(a, x)), cmp.Compare(s.lastNumber(a, y), s.lastNumber(a, x)), cmp.Compare(y.Peer.ID, x.Peer.ID))
	})
	return list
}

func (s *Server) lastNumber(a *account, d *dialog) int {
	_, _, numbers := s.boxOf(a, d.Peer)
	return top(numbers)
}

func (s *Server) lastDate(a *account, d *dialog) int {
	_, m, numbers := s.boxOf(a, d.Peer)
	if p := s.post(m, top(numbers)); p != nil {
		return p.Date
	}
	if ch := s.chats[d.Peer]; ch != nil {
		return ch.Date
	}
	return 0
}

func (s *Server) messagesGetDialogs(ctx context.Context, req *tg.MessagesGetDialogsRequest) (tg.MessagesDialogsClass, error) {
	c := callOf(ctx)
	a := c.account()
	list := s.listed(a, req.FolderID)
	if req.ExcludePinned {
		list = slices.DeleteFunc(list, func(d *dialog) bool { return d.Pinned > 0 })
	}
	total := len(list)
	if req.OffsetDate > 0 {
		from, _ := c.inputPeer(req.OffsetPeer)
		if i := slices.IndexFunc(list, func(d *dialog) bool { return d.Peer == from }); i >= 0 {
			list = list[i+1:]
		} else if i := slices.IndexFunc(list, func(d *dialog) bool { return s.lastDate(a, d) < req.OffsetDate }); i >= 0 {
			list = list[i:]
		} else {
			list = nil
		}
	}
	list = list[:min(len(list), max(req.Limit, 1), maxDialogs)]
	v := s.view(a)
	dialogs, messages := v.dialogs(list)
	if len(list) < total {
		return &tg.MessagesDialogsSlice{Count: total, Dialogs: dialogs, Messages: messages, Users: v.users(), Chats: v.chats()}, nil
	}
	return &tg.MessagesDialogs{Dialogs: dialogs, Messages: messages, Users: v.users(), Chats: v.chats()}, nil
}

// dialogs are chats with their newest messages.
func (v *view) dialogs(list []*dialog) (dialogs []tg.DialogClass, messages []tg.MessageClass) {
	for _, d := range list {
		dialogs = append(dialogs, v.dialog(d))
		if m := v.topMessage(d); m != nil {
			messages = append(messages, m)
		}
	}
	return dialogs, messages
}

func (s *Server) peerDialogs(c *call, list []*dialog) *tg.MessagesPeerDialogs {
	v := s.view(c.account())
	dialogs, messages := v.dialogs(list)
	return &tg.MessagesPeerDialogs{Dialogs: dialogs, Messages: messages, Users: v.users(), Chats: v.chats(), State: c.login.state(s.unix())}
}

// pinned are the pinned chats of an account in their order.
func (a *account) pinned(folder int) []*dialog {
	var list []*dialog
	for _, d := range a.Dialogs {
		if d.Pinned > 0 && d.Folder == folder {
			list = append(list, d)
		}
	}
	slices.SortFunc(list, func(x, y *dialog) int { return x.Pinned - y.Pinned })
	return list
}

func (s *Server) messagesGetPinnedDialogs(ctx context.Context, folder int) (*tg.MessagesPeerDialogs, error) {
	c := callOf(ctx)
	return s.peerDialogs(c, c.account().pinned(folder)), nil
}

func (s *Server) messagesGetPeerDialogs(ctx context.Context, peers []tg.InputDialogPeerClass) (*tg.MessagesPeerDialogs, error) {
	c := callOf(ctx)
	var list []*dialog
	for _, in := range peers {
		if f, ok := in.(*tg.InputDialogPeerFolder); ok {
			list = append(list, s.listed(c.account(), f.FolderID)...)
			continue
		}
		p, err := c.inputDialog(in)
		if err != nil {
			return nil, err
		}
		list = append(list, c.account().dialog(p))
	}
	return s.peerDialogs(c, list), nil
}

func (s *Server) messagesToggleDialogPin(ctx context.Context, req *tg.MessagesToggleDialogPinRequest) (bool, error) {
	c := callOf(ctx)
	a := c.account()
	p, err := c.inputDialog(req.Peer)
	if err != nil {
		return false, err
	}
	d := a.dialog(p)
	pinned := slices.DeleteFunc(a.pinned(d.Folder), func(o *dialog) bool { return o == d })
	if req.Pinned && len(pinned) >= maxPinned {
		return false, rpcError(400, "PINNED_DIALOGS_TOO_MUCH")
	}
	if req.Pinned {
		pinned = slices.Insert(pinned, 0, d)
	}
	d.Pinned = 0
	renumber(pinned)
	n := s.report()
	n.tell(a, &tg.UpdateDialogPinned{Pinned: req.Pinned, FolderID: d.Folder, Peer: p.dialog()}, p)
	n.publish(c)
	return true, nil
}

func renumber(pinned []*dialog) {
	for i, d := range pinned {
		d.Pinned = i + 1
	}
}

func (s *Server) messagesReorderPinnedDialogs(ctx context.Context, req *tg.MessagesReorderPinnedDialogsRequest) (bool, error) {
	c := callOf(ctx)
	a := c.account()
	var order []*dialog
	u := &tg.UpdatePinnedDialogs{FolderID: req.FolderID}
	v := s.view(a)
	for _, in := range req.Order {
		p, err := c.inputDialog(in)
		if err != nil {
			return false, err
		}
		order = append(order, a.dialog(p))
		u.Order = append(u.Order, p.dialog())
		v.name(p)
	}
	if len(order) > maxPinned {
		return false, rpcError(400, "PINNED_DIALOGS_TOO_MUCH")
	}
	for _, d := range a.pinned(req.FolderID) {
		if req.Force || slices.Contains(order, d) {
			d.Pinned = 0
		} else {
			order = append(order, d)
		}
	}
	renumber(order)
	n := s.report()
	n.tell(a, u, v.list...)
	n.publish(c)
	return true, nil
}

func (s *Server) messagesSaveDraft(ctx context.Context, req *tg.MessagesSaveDraftRequest) (bool, error) {
	c := callOf(ctx)
	p, err := c.inputPeer(req.Peer)
	if err != nil {
		return false, err
	}
	var draft tg.DraftMessageClass = &tg.DraftMessageEmpty{Date: s.unix()}
	d := c.account().dialog(p)
	if req.Message == "" && req.ReplyTo == nil {
		d.Draft.V = nil
	} else {
		draft = &tg.DraftMessage{
			NoWebpage: req.NoWebpage, ReplyTo: req.ReplyTo, Message: req.Message, Entities: req.Entities, Media: req.Media, Date: s.unix(), Effect: req.Effect,
		}
		d.Draft.V = draft
	}
	n := s.report()
	n.tell(c.account(), &tg.UpdateDraftMessage{Peer: p.tg(), Draft: draft}, p)
	n.publish(c)
	return true, nil
}

func (s *Server) messagesGetAllDrafts(ctx context.Context) (tg.UpdatesClass, error) {
	a := callOf(ctx).account()
	v := s.view(a)
	u := &tg.Updates{Date: s.unix()}
	for p, d := range a.Dialogs {
		if d.Draft.V != nil {
			v.name(p)
			u.Updates = append(u.Updates, &tg.UpdateDraftMessage{Peer: p.tg(), Draft: d.Draft.V})
		}
	}
	u.Users, u.Chats = v.users(), v.chats()
	return u, nil
}

func (s *Server) messagesClearAllDrafts(ctx context.Context) (bool, error) {
	c := callOf(ctx)
	n := s.report()
	for p, d := range c.account().Dialogs {
		if d.Draft.V != nil {
			d.Draft.V = nil
			n.tell(c.account(), &tg.UpdateDraftMessage{Peer: p.tg(), Draft: &tg.DraftMessageEmpty{}}, p)
		}
	}
	n.publish(c)
	return true, nil
}

func (s *Server) messagesGetPeerSettings(ctx context.Context, in tg.InputPeerClass) (*tg.MessagesPeerSettings, error) {
	c := callOf(ctx)
	p, err := c.inputPeer(in)
	if err != nil {
		return nil, err
	}
	v := s.view(c.account())
	v.name(p)
	return &tg.MessagesPeerSettings{Settings: c.account().peerSettings(s.users[p.ID], p), Chats: v.chats(), Users: v.users()}, nil
}

// peerSettings says what a client shall offer to do with a chat: to add who is no contact.
func (a *account) peerSettings(with *account, p peer) tg.PeerSettings {
	if p.Kind != 'u' || with == nil || with == a || with.bot || a.Contacts[p.ID] != nil {
		return tg.PeerSettings{}
	}
	d := a.Dialogs[p]
	asks := d != nil && len(d.Numbers) > 0 && d.ReadOut == 0
	return tg.PeerSettings{AddContact: asks, BlockContact: asks, ReportSpam: asks}
}

func (s *Server) foldersEditPeerFolders(ctx context.Context, in []tg.InputFolderPeer) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	a := c.account()
	var moved []tg.FolderPeer
	v := s.view(a)
	for _, f := range in {
		p, err := c.inputPeer(f.Peer)
		if err != nil {
			return nil, err
		}
		if f.FolderID != 0 && f.FolderID != 1 {
			return nil, rpcError(400, "FOLDER_ID_INVALID")
		}
		a.dialog(p).Folder, a.dialog(p).Pinned = f.FolderID, 0
		moved = append(moved, tg.FolderPeer{Peer: p.tg(), FolderID: f.FolderID})
		v.name(p)
	}
	n := s.report()
	n.count(a, 1, func(pts int) tg.UpdateClass {
		return &tg.UpdateFolderPeers{FolderPeers: moved, Pts: pts, PtsCount: 1}
	}, v.list...)
	return n.publish(c), nil
}
