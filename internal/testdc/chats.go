package testdc

import (
	"context"
	"slices"

	"github.com/gotd/td/tg"
)

// kind says what a chat is.
type kind string

const (
	basicGroup kind = "group"
	supergroup kind = "supergroup"
	broadcast  kind = "channel"
)

// maxBasic is how many members a basic group has at most.
const maxBasic = 200

// chat is a group or a channel. Guarded by Server.mu, and saved as it is.
type chat struct {
	mailbox // of a supergroup or a channel
	Numbers []int

	ID        int64
	Hash      int64
	Kind      kind
	Title     string
	About     string
	Username  string
	Creator   int64
	Date      int
	Version   int
	Photo     int64
	Members   map[int64]*member
	Banned    map[int64]*ban
	Left      map[int64]bool // who was in it once
	Invites   map[string]*invite
	Requests  map[int64]*joinRequest `json:",omitempty"` // of who wants to be let in
	Default   tg.ChatBannedRights    // what members may not do
	Hidden    bool                   // new members do not see what was said before
	Signed    bool
	Protected bool
	SlowMode  int
	Deleted   bool
	MovedTo   int64 // the supergroup that a basic group has become
	MovedFrom int64
	Emojis    boxed[tg.ChatReactionsClass]
}

// member is somebody in a chat.
type member struct {
	Inviter int64
	Date    int
	Rights  *tg.ChatAdminRights // of an administrator
	By      int64               // who made them that
	Rank    string
}

// ban is what somebody may not do in a chat.
type ban struct {
	By     int64
	Date   int
	Rights tg.ChatBannedRights
}

var errAdmin = rpcError(400, "CHAT_ADMIN_REQUIRED")

func (ch *chat) peer() peer {
	if ch.Kind == basicGroup {
		return groupPeer(ch.ID)
	}
	return channelPeer(ch.ID)
}

// newChat makes a chat with its creator in it.
func (s *Server) newChat(k kind, title string, creator *account) *chat {
	ch := &chat{
		mailbox: newMailbox(), Hash: randomInt64(), Kind: k, Title: title, Creator: creator.id, Date: s.unix(), Version: 1,
		Members: make(map[int64]*member), Banned: make(map[int64]*ban), Left: make(map[int64]bool), Invites: make(map[string]*invite),
	}
	if k == basicGroup {
		s.next.Group++
		ch.ID = 500_000_000 + s.next.Group
	} else {
		s.next.Channel++
		ch.ID = 1_500_000_000 + s.next.Channel
	}
	s.chats[ch.peer()] = ch
	s.enter(ch, creator, creator.id)
	return ch
}

// enter makes somebody a member.
func (s *Server) enter(ch *chat, a *account, inviter int64) {
	ch.Members[a.id] = &member{Inviter: inviter, Date: s.unix()}
	delete(ch.Left, a.id)
	delete(ch.Banned, a.id)
	d := a.dialog(ch.peer())
	d.Shown = true
	if ch.Kind != basicGroup {
		d.ReadIn = max(d.ReadIn, top(ch.Numbers))
		if ch.Hidden {
			d.From = top(ch.Numbers) + 1
		}
	}
	ch.Version++
}

// leave takes a member out.
func (s *Server) leave(ch *chat, a *account) {
	delete(ch.Members, a.id)
	ch.Left[a.id] = true
	ch.Version++
	if d := a.Dialogs[ch.peer()]; d != nil && ch.Kind != basicGroup {
		d.Shown, d.Pinned = false, 0
	}
}

// everything is what a creator may do.
func everything() tg.ChatAdminRights {
	r := tg.ChatAdminRights{
		ChangeInfo: true, PostMessages: true, EditMessages: true, DeleteMessages: true, BanUsers: true, InviteUsers: true, PinMessages: true,
		AddAdmins: true, ManageCall: true, Other: true, ManageTopics: true, PostStories: true, EditStories: true, DeleteStories: true,
	}
	r.SetFlags()
	return r
}

// may tells whether a member may do something as an administrator, or, in a group, because all may.
func (ch *chat) may(id int64, right func(*tg.ChatAdminRights) bool) bool {
	if ch == nil {
		return false
	}
	m := ch.Members[id]
	switch {
	case m == nil:
		return false
	case ch.Creator == id:
		return true
	case m.Rights != nil && right(m.Rights):
		return true
	case ch.Kind == broadcast:
		return false
	}
	all := tg.ChatAdminRights{
		ChangeInfo: !ch.Default.ChangeInfo, InviteUsers: !ch.Default.InviteUsers, PinMessages: !ch.Default.PinMessages,
	}
	return right(&all)
}

// maySay tells whether somebody may write there.
func (ch *chat) maySay(id int64, media bool) error {
	b := ch.Banned[id]
	switch {
	case ch.Deleted || ch.MovedTo != 0:
		return rpcError(400, "PEER_ID_INVALID")
	case ch.Members[id] == nil:
		return rpcError(403, "CHAT_WRITE_FORBIDDEN")
	case ch.Kind == broadcast && !ch.may(id, func(r *tg.ChatAdminRights) bool { return r.PostMessages }):
		return rpcError(403, "CHAT_WRITE_FORBIDDEN")
	case ch.Kind == broadcast || ch.Creator == id || ch.Members[id].Rights != nil:
		return nil
	case b != nil && b.Rights.SendMessages || ch.Default.SendMessages:
		return rpcError(403, "CHAT_WRITE_FORBIDDEN")
	case media && (b != nil && b.Rights.SendMedia || ch.Default.SendMedia):
		return rpcError(403, "CHAT_SEND_MEDIA_FORBIDDEN")
	}
	return nil
}

// chat is a chat as the viewer sees it.
func (s *Server) chat(ch *chat, viewer *account) tg.ChatClass {
	if ch.Kind != basicGroup {
		return s.channel(ch, viewer)
	}
	m := ch.Members[viewer.id]
	t := &tg.Chat{
		Creator: ch.Creator == viewer.id, Left: m == nil, Deactivated: ch.MovedTo != 0 || ch.Deleted, Noforwards: ch.Protected, ID: ch.ID,
		Title: ch.Title, Photo: s.chatPhoto(ch), ParticipantsCount: len(ch.Members), Date: ch.Date, Version: ch.Version,
	}
	if to := s.chats[channelPeer(ch.MovedTo)]; to != nil {
		t.SetMigratedTo(&tg.InputChannel{ChannelID: to.ID, AccessHash: to.Hash})
	}
	if r := ch.rights(viewer.id); r != nil {
		t.SetAdminRights(*r)
	}
	t.SetDefaultBannedRights(forEver(ch.Default))
	return t
}

// rights are an administrator's, nil of others.
func (ch *chat) rights(id int64) *tg.ChatAdminRights {
	m := ch.Members[id]
	switch {
	case m == nil:
		return nil
	case ch.Creator == id:
		r := everything()
		return &r
	}
	return m.Rights
}

func (s *Server) registerChats(d *tg.ServerDispatcher) {
	d.OnMessagesGetChats(s.messagesGetChats)
	d.OnMessagesGetFullChat(s.messagesGetFullChat)
	d.OnMessagesCreateChat(s.messagesCreateChat)
	d.OnMessagesAddChatUser(s.messagesAddChatUser)
	d.OnMessagesDeleteChatUser(s.messagesDeleteChatUser)
	d.OnMessagesEditChatAdmin(s.messagesEditChatAdmin)
	d.OnMessagesDeleteChat(s.messagesDeleteChat)
	d.OnMessagesMigrateChat(s.messagesMigrateChat)
}

// group finds a basic group that the caller is in.
func (c *call) group(id int64) (*chat, error) {
	ch := c.srv.chats[groupPeer(id)]
	if ch == nil || ch.Deleted || ch.MovedTo != 0 {
		return nil, rpcError(400, "CHAT_ID_INVALID")
	}
	if ch.Members[c.account().id] == nil {
		return nil, rpcError(400, "USER_NOT_PARTICIPANT")
	}
	return ch, nil
}

func (s *Server) messagesGetChats(ctx context.Context, ids []int64) (tg.MessagesChatsClass, error) {
	c := callOf(ctx)
	v := s.view(c.account())
	for _, id := range ids {
		if ch := s.chats[groupPeer(id)]; ch != nil && (ch.Members[c.account().id] != nil || ch.Left[c.account().id]) {
			v.name(groupPeer(id))
		}
	}
	return &tg.MessagesChats{Chats: v.chats()}, nil
}

func (s *Server) messagesCreateChat(ctx context.Context, req *tg.MessagesCreateChatRequest) (*tg.MessagesInvitedUsers, error) {
	c := callOf(ctx)
	users, err := c.usersOf(req.Users)
	switch {
	case err != nil:
		return nil, err
	case !goodName(req.Title, 128):
		return nil, rpcError(400, "CHAT_TITLE_EMPTY")
	case len(users) >= maxBasic:
		return nil, rpcError(400, "USERS_TOO_MUCH")
	}
	a := c.account()
	ch := s.newChat(basicGroup, req.Title, a)
	n := s.report()
	n.watch(ch, a)
	ids := []int64{a.id}
	for _, u := range users {
		if ch.Members[u.id] == nil {
			s.enter(ch, u, a.id)
			ids = append(ids, u.id)
		}
	}
	s.born(n, a, ch, &tg.MessageActionChatCreate{Title: ch.Title, Users: ids})
	s.tellParticipants(n, ch)
	return &tg.MessagesInvitedUsers{Updates: n.publish(c)}, nil
}

// born says the first message of a chat. Clients find it by the number that every sent message has.
func (s *Server) born(n *news, a *account, ch *chat, action tg.MessageActionClass) {
	p := &post{From: a.id, To: ch.peer(), Random: randomInt64(), Body: boxed[tg.MessageClass]{&tg.MessageService{Action: action}}}
	s.file(p)
	owner, _, _ := s.boxOf(a, ch.peer())
	n.add(a, &tg.UpdateMessageID{ID: p.Copies[owner], RandomID: p.Random})
	n.said(p, false)
}

// tellParticipants tells all members of a basic group who is in it.
func (s *Server) tellParticipants(n *news, ch *chat) {
	for _, a := range s.members(ch) {
		v := s.view(a)
		v.name(ch.peer())
		u := &tg.UpdateChatParticipants{Participants: s.participants(v, ch)}
		n.tell(a, u, v.list...)
	}
}

func (s *Server) participants(v *view, ch *chat) tg.ChatParticipantsClass {
	if ch.Members[v.viewer.id] == nil {
		return &tg.ChatParticipantsForbidden{ChatID: ch.ID}
	}
	out := &tg.ChatParticipants{ChatID: ch.ID, Version: ch.Version}
	for _, a := range s.members(ch) {
		out.Participants = append(out.Participants, v.groupStanding(ch, a.id, standing{member: ch.Members[a.id]}))
	}
	return out
}

func (s *Server) messagesGetFullChat(ctx context.Context, id int64) (*tg.MessagesChatFull, error) {
	c := callOf(ctx)
	a := c.account()
	ch := s.chats[groupPeer(id)]
	if ch == nil || ch.Members[a.id] == nil && !ch.Left[a.id] {
		return nil, rpcError(400, "CHAT_ID_INVALID")
	}
	v := s.view(a)
	v.name(ch.peer())
	d := a.dialog(ch.peer())
	full := &tg.ChatFull{
		CanSetUsername: ch.Creator == a.id, ID: ch.ID, About: ch.About, Participants: s.participants(v, ch), NotifySettings: d.settings(),
		ChatPhoto: s.photo(ch.Photo), PinnedMsgID: s.pinnedIn(&a.mailbox, d.Numbers), FolderID: d.Folder, AvailableReactions: ch.reactions(),
	}
	if i := ch.mainInvite(a.id); i != nil {
		full.SetExportedInvite(i.listed(ch))
	}
	for _, m := range s.members(ch) {
		if m.bot {
			full.BotInfo = append(full.BotInfo, s.botInfo(m))
		}
	}
	return &tg.MessagesChatFull{FullChat: full, Users: v.users(), Chats: v.chats()}, nil
}

func (ch *chat) reactions() tg.ChatReactionsClass {
	if ch.Emojis.V != nil {
		return ch.Emojis.V
	}
	return &tg.ChatReactionsAll{}
}

func (s *Server) messagesAddChatUser(ctx context.Context, req *tg.MessagesAddChatUserRequest) (*tg.MessagesInvitedUsers, error) {
	c := callOf(ctx)
	ch, err := c.group(req.ChatID)
	if err != nil {
		return nil, err
	}
	u, err := c.user(req.UserID)
	switch {
	case err != nil:
		return nil, err
	case !ch.may(c.account().id, inviteUsers):
		return nil, errAdmin
	case ch.Members[u.id] != nil:
		return nil, rpcError(400, "USER_ALREADY_PARTICIPANT")
	case len(ch.Members) >= maxBasic:
		return nil, rpcError(400, "USERS_TOO_MUCH")
	}
	n := s.report()
	n.watch(ch, c.account())
	s.enter(ch, u, c.account().id)
	s.serve(n, c.account(), ch.peer(), &tg.MessageActionChatAddUser{Users: []int64{u.id}})
	s.tellParticipants(n, ch)
	return &tg.MessagesInvitedUsers{Updates: n.publish(c)}, nil
}

func (s *Server) messagesDeleteChatUser(ctx context.Context, req *tg.MessagesDeleteChatUserRequest) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	ch, err := c.group(req.ChatID)
	if err != nil {
		return nil, err
	}
	u, err := c.user(req.UserID)
	if err != nil {
		return nil, err
	}
	a := c.account()
	m := ch.Members[u.id]
	switch {
	case m == nil:
		return nil, rpcError(400, "USER_NOT_PARTICIPANT")
	case u != a && m.Inviter != a.id && !ch.may(a.id, func(r *tg.ChatAdminRights) bool { return r.BanUsers }):
		return nil, errAdmin
	}
	n := s.report()
	n.watch(ch, a)
	s.serve(n, a, ch.peer(), &tg.MessageActionChatDeleteUser{UserID: u.id}) // who goes still hears it
	s.leave(ch, u)
	s.tellParticipants(n, ch)
	return n.publish(c), nil
}

func (s *Server) messagesEditChatAdmin(ctx context.Context, req *tg.MessagesEditChatAdminRequest) (bool, error) {
	c := callOf(ctx)
	ch, err := c.group(req.ChatID)
	if err != nil {
		return false, err
	}
	u, err := c.user(req.UserID)
	switch {
	case err != nil:
		return false, err
	case ch.Creator != c.account().id:
		return false, errAdmin
	case ch.Members[u.id] == nil:
		return false, rpcError(400, "USER_NOT_PARTICIPANT")
	}
	n := s.report()
	n.watch(ch, c.account())
	ch.Members[u.id].Rights = nil
	if req.IsAdmin {
		r := everything()
		ch.Members[u.id].Rights = &r
	}
	ch.Version++
	for _, a := range s.members(ch) {
		n.tell(a, &tg.UpdateChatParticipantAdmin{ChatID: ch.ID, UserID: u.id, IsAdmin: req.IsAdmin, Version: ch.Version}, ch.peer(), u.peer())
	}
	n.publish(c)
	return true, nil
}

func (s *Server) messagesDeleteChat(ctx context.Context, id int64) (bool, error) {
	c := callOf(ctx)
	ch, err := c.group(id)
	if err != nil {
		return false, err
	}
	if ch.Creator != c.account().id {
		return false, errAdmin
	}
	ch.Deleted = true
	n := s.report()
	for _, a := range s.members(ch) {
		n.tell(a, &tg.UpdateChatParticipants{Participants: &tg.ChatParticipantsForbidden{ChatID: ch.ID}}, ch.peer())
		s.leave(ch, a)
	}
	n.publish(c)
	return true, nil
}

// messagesMigrateChat makes a supergroup of a basic group.
func (s *Server) messagesMigrateChat(ctx context.Context, id int64) (tg.UpdatesClass, error) {
	c := callOf(ctx)
	a := c.account()
	old, err := c.group(id)
	if err != nil {
		return nil, err
	}
	if old.Creator != a.id {
		return nil, errAdmin
	}
	ch := s.newChat(supergroup, old.Title, a)
	ch.About, ch.Photo, ch.MovedFrom, ch.Default = old.About, old.Photo, old.ID, old.Default
	for _, m := range s.members(old) {
		if m != a {
			s.enter(ch, m, old.Members[m.id].Inviter)
			ch.Members[m.id].Rights = old.Members[m.id].Rights
		}
	}
	n := s.report()
	s.serve(n, a, old.peer(), &tg.MessageActionChatMigrateTo{ChannelID: ch.ID})
	old.MovedTo = ch.ID
	s.serve(n, a, ch.peer(), &tg.MessageActionChannelMigrateFrom{Title: old.Title, ChatID: old.ID})
	for _, m := range s.members(ch) {
		n.tell(m, &tg.UpdateChannel{ChannelID: ch.ID}, ch.peer(), old.peer())
	}
	return n.publish(c), nil
}

// sortedIDs are the keys of a map of users, in order.
func sortedIDs[T any](m map[int64]T) []int64 {
	ids := make([]int64, 0, len(m))
	for id := range m {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	return ids
}
