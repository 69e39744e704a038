package testdc

import (
	"context"
	"slices"

	"github.com/gotd/td/tg"
)

func (s *Server) registerChannels(d *tg.ServerDispatcher) {
	d.OnChannelsCreateChannel(s.channelsCreateChannel)
	d.OnChannelsGetChannels(s.channelsGetChannels)
	d.OnChannelsGetFullChannel(s.channelsGetFullChannel)
	d.OnChannelsJoinChannel(s.channelsJoinChannel)
	d.OnChannelsLeaveChannel(s.channelsLeaveChannel)
	d.OnChannelsInviteToChannel(s.channelsInviteToChannel)
	d.OnChannelsDeleteChannel(s.channelsDeleteChannel)
	d.OnChannelsToggleSignatures(s.channelsToggleSignatures)
	d.OnChannelsTogglePreHistoryHidden(s.channelsTogglePreHistoryHidden)
	d.OnChannelsToggleSlowMode(s.channelsToggleSlowMode)
	d.OnChannelsGetAdminedPublicChannels(s.channelsGetAdminedPublicChannels)
	d.OnChannelsExportMessageLink(s.channelsExportMessageLink)
	d.OnChannelsGetSendAs(func(ctx context.Context, _ *tg.ChannelsGetSendAsRequest) (*tg.ChannelsSendAsPeers, error) {
		a := callOf(ctx).account()
		v := s.view(a)
		v.name(a.peer())
		return &tg.ChannelsSendAsPeers{Peers: []tg.SendAsPeer{{Peer: a.peer().tg()}}, Chats: v.chats(), Users: v.users()}, nil
	})
	d.OnChannelsGetChannelRecommendations(func(context.Context, *tg.ChannelsGetChannelRecommendationsRequest) (tg.MessagesChatsClass, error) {
		return &tg.MessagesChats{}, nil
	})
	d.OnChannelsGetGroupsForDiscussion(func(context.Context) (tg.MessagesChatsClass, error) { return &tg.MessagesChats{}, nil })
}

// channel is a supergroup or a channel as the viewer sees it.
func (s *Server) channel(ch *chat, viewer *account) tg.ChatClass {
	b := ch.Banned[viewer.id]
	if ch.Deleted || b != nil && b.Rights.ViewMessages {
		return &tg.ChannelForbidden{Broadcast: ch.Kind == broadcast, Megagroup: ch.Kind == supergroup, ID: ch.ID, AccessHash: ch.Hash, Title: ch.Title}
	}
	t := &tg.Channel{
		Creator: ch.Creator == viewer.id, Left: ch.Members[viewer.id] == nil, Broadcast: ch.Kind == broadcast, Megagroup: ch.Kind == supergroup,
		Signatures: ch.Signed, SlowmodeEnabled: ch.SlowMode > 0, Noforwards: ch.Protected, ID: ch.ID, AccessHash: ch.Hash, Title: ch.Title,
		Username: ch.Username, Photo: s.chatPhoto(ch), Date: ch.Date,
	}
	if m := ch.Members[viewer.id]; m != nil {
		t.Date = m.Date
	}
	if r := ch.rights(viewer.id); r != nil {
		t.SetAdminRights(*r)
	}
	if b != nil {
		t.SetBannedRights(b.Rights)
	}
	t.SetDefaultBannedRights(forEver(ch.Default))
	t.SetParticipantsCount(len(ch.Members))
	return t
}

func (s *Server) channelsCreateChannel(ctx context.Context, req *tg.ChannelsCreateChannelRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	if !goodName(req.Title, 128) {
		return nil, rpcError(400, "CHAT_TITLE_EMPTY")
	}
	k := broadcast
	if req.Megagroup || req.ForImport {
		k = supergroup
	}
	ch := s.newChat(k, req.Title, c.account())
	ch.About = req.About
	n := s.report()
	n.tell(c.account(), &tg.UpdateChannel{ChannelID: ch.ID}, ch.peer())
	s.born(n, c.account(), ch, &tg.MessageActionChannelCreate{Title: ch.Title})
	return n.publish(c), nil
}

func (s *Server) channelsGetChannels(ctx context.Context, in []tg.InputChannelClass) (tg.MessagesChatsClass, error) {
	c := callOf(ctx)
	v := s.view(c.account())
	for _, i := range in {
		ch, err := c.channel(i)
		if err != nil {
			return nil, err
		}
		v.name(ch.peer())
	}
	return &tg.MessagesChats{Chats: v.chats()}, nil
}

func (s *Server) channelsGetFullChannel(ctx context.Context, in tg.InputChannelClass) (*tg.MessagesChatFull, error) {
	c := callOf(ctx)
	a := c.account()
	ch, err := c.channel(in)
	if err != nil {
		return nil, err
	}
	v := s.view(a)
	v.name(ch.peer())
	d := a.Dialogs[ch.peer()]
	if d == nil {
		d = &dialog{Peer: ch.peer()}
	}
	admin := ch.rights(a.id) != nil
	full := &tg.ChannelFull{
		CanViewParticipants: admin || ch.Kind == supergroup, CanSetUsername: ch.Creator == a.id, HiddenPrehistory: ch.Hidden,
		CanDeleteChannel: ch.Creator == a.id, ID: ch.ID, About: ch.About, ReadInboxMaxID: d.ReadIn, ReadOutboxMaxID: d.ReadOut,
		UnreadCount: s.unread(a, d), ChatPhoto: s.photo(ch.Photo), NotifySettings: d.settings(), MigratedFromChatID: ch.MovedFrom,
		PinnedMsgID: s.pinnedIn(&ch.mailbox, s.visible(a, ch.peer())), AvailableMinID: max(d.From-1, 0), FolderID: d.Folder,
		SlowmodeSeconds: ch.SlowMode, Pts: ch.PTS, AvailableReactions: ch.reactions(),
	}
	full.SetParticipantsCount(len(ch.Members))
	if admin {
		full.SetAdminsCount(ch.adminCount())
		full.SetKickedCount(len(ch.Banned))
		full.SetBannedCount(len(ch.Banned))
		full.SetRequestsPending(len(ch.Requests))
		full.SetRecentRequesters(ch.requesters())
		v.nameUsers(ch.requesters()...)
	}
	if i := ch.mainInvite(a.id); i != nil {
		full.SetExportedInvite(i.listed(ch))
	}
	for _, m := range s.members(ch) {
		if m.bot {
			v.nameUsers(m.id)
			full.BotInfo = append(full.BotInfo, s.botInfo(m))
		}
	}
	if ch.MovedFrom != 0 {
		v.name(groupPeer(ch.MovedFrom))
		full.SetMigratedFromMaxID(top(a.dialog(groupPeer(ch.MovedFrom)).Numbers))
	}
	return &tg.MessagesChatFull{FullChat: full, Users: v.users(), Chats: v.chats()}, nil
}

func (ch *chat) adminCount() int {
	n := 0
	for id := range ch.Members {
		if ch.rights(id) != nil {
			n++
		}
	}
	return n
}

func (s *Server) channelsJoinChannel(ctx context.Context, in tg.InputChannelClass) (tg.MessagesChatInviteJoinResultClass, error) {
	c := callOf(ctx)
	ch, err := c.channel(in)
	if err != nil {
		return nil, err
	}
	if ch.Members[c.account().id] != nil {
		return nil, rpcError(400, "USER_ALREADY_PARTICIPANT")
	}
	n := s.report()
	s.join(n, c.account(), ch, nil, &tg.MessageActionChatAddUser{Users: []int64{c.account().id}})
	return &tg.MessagesChatInviteJoinResultOk{Updates: n.publish(c)}, nil
}

// join lets somebody in who comes by themselves, with an invite or without one.
func (s *Server) join(n *news, a *account, ch *chat, i *invite, action tg.MessageActionClass) {
	w := n.watch(ch, a)
	w.invite = i
	s.enter(ch, a, a.id)
	if i != nil {
		ch.Members[a.id].Inviter = i.Creator
	}
	switch ch.Kind {
	case basicGroup:
		s.serve(n, a, ch.peer(), action)
		s.tellParticipants(n, ch)
	case supergroup:
		n.tell(a, &tg.UpdateChannel{ChannelID: ch.ID}, ch.peer())
		s.serve(n, a, ch.peer(), action)
	case broadcast:
		n.tell(a, &tg.UpdateChannel{ChannelID: ch.ID}, ch.peer())
	}
}

func (s *Server) channelsLeaveChannel(ctx context.Context, in tg.InputChannelClass) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	ch, err := c.channel(in)
	if err != nil {
		return nil, err
	}
	a := c.account()
	if ch.Members[a.id] == nil {
		return nil, rpcError(400, "USER_NOT_PARTICIPANT")
	}
	n := s.report()
	n.watch(ch, a)
	s.leave(ch, a)
	n.tell(a, &tg.UpdateChannel{ChannelID: ch.ID}, ch.peer())
	return n.publish(c), nil
}

func (s *Server) channelsInviteToChannel(ctx context.Context, req *tg.ChannelsInviteToChannelRequest) (*tg.MessagesInvitedUsers, error) {
	c := callOf(ctx)
	ch, err := c.channel(req.Channel)
	if err != nil {
		return nil, err
	}
	if !ch.may(c.account().id, inviteUsers) {
		return nil, errAdmin
	}
	users, err := c.usersOf(req.Users)
	if err != nil {
		return nil, err
	}
	n := s.report()
	n.watch(ch, c.account())
	var ids []int64
	for _, u := range users {
		if ch.Members[u.id] == nil {
			s.enter(ch, u, c.account().id)
			n.tell(u, &tg.UpdateChannel{ChannelID: ch.ID}, ch.peer())
			ids = append(ids, u.id)
		}
	}
	if ch.Kind == supergroup && len(ids) > 0 {
		s.serve(n, c.account(), ch.peer(), &tg.MessageActionChatAddUser{Users: ids})
	}
	n.tell(c.account(), &tg.UpdateChannel{ChannelID: ch.ID}, ch.peer())
	return &tg.MessagesInvitedUsers{Updates: n.publish(c)}, nil
}

func (s *Server) channelsDeleteChannel(ctx context.Context, in tg.InputChannelClass) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	ch, err := c.channel(in)
	if err != nil {
		return nil, err
	}
	if ch.Creator != c.account().id {
		return nil, errAdmin
	}
	n := s.report()
	ch.Deleted = true
	for _, a := range s.members(ch) {
		n.tell(a, &tg.UpdateChannel{ChannelID: ch.ID}, ch.peer())
		s.leave(ch, a)
	}
	return n.publish(c), nil
}

// set changes a channel as an administrator may.
func (s *Server) set(ctx context.Context, in tg.InputChannelClass, change func(*chat)) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	ch, err := c.channel(in)
	if err != nil {
		return nil, err
	}
	if !ch.may(c.account().id, changeInfo) {
		return nil, errAdmin
	}
	change(ch)
	n := s.report()
	s.tellChanged(n, ch)
	return n.publish(c), nil
}

func (s *Server) channelsToggleSignatures(ctx context.Context, req *tg.ChannelsToggleSignaturesRequest) (tg.UpdatesClass, error) {
	return s.set(ctx, req.Channel, func(ch *chat) { ch.Signed = req.SignaturesEnabled })
}

func (s *Server) channelsTogglePreHistoryHidden(ctx context.Context, req *tg.ChannelsTogglePreHistoryHiddenRequest) (tg.UpdatesClass, error) {
	return s.set(ctx, req.Channel, func(ch *chat) { ch.Hidden = req.Enabled })
}

func (s *Server) channelsToggleSlowMode(ctx context.Context, req *tg.ChannelsToggleSlowModeRequest) (tg.UpdatesClass, error) {
	if !slices.Contains([]int{0, 5, 10, 30, 60, 300, 900, 3600}, req.Seconds) {
		return nil, rpcError(400, "SECONDS_INVALID")
	}
	return s.set(ctx, req.Channel, func(ch *chat) { ch.SlowMode = req.Seconds })
}

func (s *Server) channelsGetAdminedPublicChannels(ctx context.Context, _ *tg.ChannelsGetAdminedPublicChannelsRequest) (tg.MessagesChatsClass, error) {
	a := callOf(ctx).account()
	v := s.view(a)
	for p, ch := range s.chats {
		if ch.Creator == a.id && ch.Username != "" && !ch.Deleted {
			v.name(p)
		}
	}
	return &tg.MessagesChats{Chats: v.chats()}, nil
}

func (s *Server) channelsExportMessageLink(ctx context.Context, req *tg.ChannelsExportMessageLinkRequest) (*tg.ExportedMessageLink, error) {
	ch, err := callOf(ctx).channel(req.Channel)
	if err != nil {
		return nil, err
	}
	if s.post(&ch.mailbox, req.ID) == nil {
		return nil, errMessageID
	}
	return &tg.ExportedMessageLink{Link: ch.link(req.ID)}, nil
}
