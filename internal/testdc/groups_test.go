package testdc

import (
	"strings"
	"testing"

	"github.com/gotd/td/tg"
)

func groupIn(t testing.TB, u tg.UpdatesClass) *tg.Chat {
	t.Helper()
	for _, c := range u.(*tg.Updates).Chats {
		if c, ok := c.(*tg.Chat); ok {
			return c
		}
	}
	t.Fatalf("no group in %+v", u)
	return nil
}

func channelIn(t testing.TB, u tg.UpdatesClass) *tg.InputChannel {
	t.Helper()
	for _, c := range u.(*tg.Updates).Chats {
		if c, ok := c.(*tg.Channel); ok {
			return &tg.InputChannel{ChannelID: c.ID, AccessHash: c.AccessHash}
		}
	}
	t.Fatalf("no channel in %+v", u)
	return nil
}

func channelInput(c *tg.InputChannel) *tg.InputPeerChannel {
	return &tg.InputPeerChannel{ChannelID: c.ChannelID, AccessHash: c.AccessHash}
}

// A group of three: made, talked in, renamed; somebody is thrown out, comes back by a link; it becomes a supergroup.
func TestGroup(t *testing.T) {
	s := start(t, Options{})
	p := people(t, s, phoneA, phoneB, phoneC)
	a, b, c := p[0], p[1], p[2]
	ctx := t.Context()
	made := got[*tg.MessagesInvitedUsers](t)(a.MessagesCreateChat(ctx, &tg.MessagesCreateChatRequest{Users: []tg.InputUserClass{b.input(), c.input()}, Title: "Three"}))
	group := groupIn(t, made.Updates)
	if !group.Creator || group.ParticipantsCount != 3 {
		t.Errorf("group %+v", group)
	}
	here := &tg.InputPeerChat{ChatID: group.ID}
	c.say(here, "hi")
	for _, who := range []*someone{a, b} {
		updateOf[*tg.UpdateNewMessage](who) // for b that it was made
		if who == b {
			u, _ := updateOf[*tg.UpdateNewMessage](who)
			if m := u.Message.(*tg.Message); m.Message != "hi" || m.FromID.(*tg.PeerUser).UserID != c.me.ID || m.PeerID.(*tg.PeerChat).ChatID != group.ID {
				t.Errorf("told %+v", m)
			}
		}
	}
	_, err := a.MessagesEditChatTitle(ctx, &tg.MessagesEditChatTitleRequest{ChatID: group.ID, Title: ""})
	wantError(t, err, 400, "CHAT_TITLE_EMPTY")
	got[tg.UpdatesClass](t)(b.MessagesEditChatTitle(ctx, &tg.MessagesEditChatTitleRequest{ChatID: group.ID, Title: "Trio"}))
	_, err = b.MessagesDeleteChatUser(ctx, &tg.MessagesDeleteChatUserRequest{ChatID: group.ID, UserID: c.input()})
	wantError(t, err, 400, "CHAT_ADMIN_REQUIRED")
	got[tg.UpdatesClass](t)(a.MessagesDeleteChatUser(ctx, &tg.MessagesDeleteChatUserRequest{ChatID: group.ID, UserID: c.input()}))
	if _, err := c.MessagesSendMessage(ctx, &tg.MessagesSendMessageRequest{Peer: here, Message: "x", RandomID: 1}); err == nil {
		t.Error("says something in a group that it is not in")
	}
	link := got[tg.ExportedChatInviteClass](t)(a.MessagesExportChatInvite(ctx, &tg.MessagesExportChatInviteRequest{Peer: here})).(*tg.ChatInviteExported)
	hash := strings.TrimPrefix(link.Link, linkPrefix+"+")
	if i, ok := got[tg.ChatInviteClass](t)(c.MessagesCheckChatInvite(ctx, hash)).(*tg.ChatInvite); !ok || i.Title != "Trio" || i.ParticipantsCount != 2 {
		t.Errorf("invite %+v", i)
	}
	got[tg.MessagesChatInviteJoinResultClass](t)(c.MessagesImportChatInvite(ctx, hash))
	_, err = c.MessagesImportChatInvite(ctx, hash)
	wantError(t, err, 400, "USER_ALREADY_PARTICIPANT")
	full := got[*tg.MessagesChatFull](t)(b.MessagesGetFullChat(ctx, group.ID)).FullChat.(*tg.ChatFull)
	if n := len(full.Participants.(*tg.ChatParticipants).Participants); n != 3 {
		t.Errorf("%d members", n)
	}
	super := channelIn(t, got[tg.UpdatesClass](t)(a.MessagesMigrateChat(ctx, group.ID)))
	_, err = b.MessagesSendMessage(ctx, &tg.MessagesSendMessageRequest{Peer: here, Message: "x", RandomID: 1})
	wantError(t, err, 400, "PEER_ID_INVALID")
	if m := b.say(channelInput(super), "in the new one"); m.ID != 2 {
		t.Errorf("said %+v", m)
	}
	members := got[tg.ChannelsChannelParticipantsClass](t)(b.ChannelsGetParticipants(ctx, &tg.ChannelsGetParticipantsRequest{
		Channel: super, Filter: &tg.ChannelParticipantsRecent{}, Limit: 10,
	})).(*tg.ChannelsChannelParticipants)
	if members.Count != 3 || len(members.Users) != 3 {
		t.Errorf("members %+v", members)
	}
}

// A channel: posts with a pts of its own, subscribers, administrators, who is banned, what its difference tells.
func TestChannel(t *testing.T) {
	s := start(t, Options{})
	p := people(t, s, phoneA, phoneB)
	a, b := p[0], p[1]
	ctx := t.Context()
	news := channelIn(t, got[tg.UpdatesClass](t)(a.ChannelsCreateChannel(ctx, &tg.ChannelsCreateChannelRequest{Broadcast: true, Title: "News", About: "what is new"})))
	_, err := b.ChannelsJoinChannel(ctx, news)
	wantError(t, err, 400, "CHANNEL_PRIVATE")
	got[bool](t)(a.ChannelsUpdateUsername(ctx, &tg.ChannelsUpdateUsernameRequest{Channel: news, Username: "local_news"}))
	first := a.say(channelInput(news), "first")
	if !first.Post || first.FromID != nil || first.Views == 0 {
		t.Errorf("post %+v", first)
	}
	joined := got[tg.MessagesChatInviteJoinResultClass](t)(b.ChannelsJoinChannel(ctx, news)).(*tg.MessagesChatInviteJoinResultOk)
	if c := joined.Updates.(*tg.Updates).Chats[0].(*tg.Channel); c.Left || c.Username != "local_news" {
		t.Errorf("joined %+v", c)
	}
	_, err = b.MessagesSendMessage(ctx, &tg.MessagesSendMessageRequest{Peer: channelInput(news), Message: "x", RandomID: 1})
	wantError(t, err, 403, "CHAT_WRITE_FORBIDDEN")
	before := got[*tg.MessagesChatFull](t)(b.ChannelsGetFullChannel(ctx, news)).FullChat.(*tg.ChannelFull)
	a.say(channelInput(news), "second")
	u, _ := updateOf[*tg.UpdateNewChannelMessage](b)
	if u.Pts != before.Pts+1 || u.Message.(*tg.Message).Message != "second" {
		t.Errorf("told %+v after %d", u, before.Pts)
	}
	edit := &tg.MessagesEditMessageRequest{Peer: channelInput(news), ID: first.ID}
	edit.SetMessage("first, changed")
	got[tg.UpdatesClass](t)(a.MessagesEditMessage(ctx, edit))
	got[tg.UpdatesClass](t)(a.MessagesUpdatePinnedMessage(ctx, &tg.MessagesUpdatePinnedMessageRequest{Peer: channelInput(news), ID: first.ID, Silent: true}))
	got[*tg.MessagesAffectedMessages](t)(a.ChannelsDeleteMessages(ctx, &tg.ChannelsDeleteMessagesRequest{Channel: news, ID: []int{u.Message.GetID()}}))
	d := got[tg.UpdatesChannelDifferenceClass](t)(b.UpdatesGetChannelDifference(ctx, &tg.UpdatesGetChannelDifferenceRequest{
		Channel: news, Filter: &tg.ChannelMessagesFilterEmpty{}, Pts: before.Pts, Limit: 100,
	})).(*tg.UpdatesChannelDifference)
	if len(d.NewMessages) != 0 || len(d.OtherUpdates) != 3 || d.Pts != before.Pts+4 || !d.Final {
		t.Errorf("difference %+v", d)
	}
	tooLong := got[tg.UpdatesChannelDifferenceClass](t)(b.UpdatesGetChannelDifference(ctx, &tg.UpdatesGetChannelDifferenceRequest{
		Channel: news, Filter: &tg.ChannelMessagesFilterEmpty{}, Pts: 1, Limit: 1,
	}))
	if l, ok := tooLong.(*tg.UpdatesChannelDifferenceTooLong); !ok || l.Dialog.(*tg.Dialog).Pts != d.Pts || len(l.Messages) != 2 {
		t.Errorf("difference %+v", tooLong)
	}
	rights := tg.ChatAdminRights{PostMessages: true}
	got[tg.UpdatesClass](t)(a.ChannelsEditAdmin(ctx, &tg.ChannelsEditAdminRequest{Channel: news, UserID: b.input(), AdminRights: rights, Rank: "editor"}))
	b.say(channelInput(news), "by an administrator")
	who := got[*tg.ChannelsChannelParticipant](t)(a.ChannelsGetParticipant(ctx, &tg.ChannelsGetParticipantRequest{Channel: news, Participant: b.peer()}))
	if admin, ok := who.Participant.(*tg.ChannelParticipantAdmin); !ok || admin.Rank != "editor" || admin.PromotedBy != a.me.ID {
		t.Errorf("administrator %+v", who.Participant)
	}
	banned := tg.ChatBannedRights{ViewMessages: true}
	got[tg.UpdatesClass](t)(a.ChannelsEditBanned(ctx, &tg.ChannelsEditBannedRequest{Channel: news, Participant: b.peer(), BannedRights: banned}))
	_, err = b.ChannelsGetFullChannel(ctx, news)
	wantError(t, err, 400, "CHANNEL_PRIVATE")
	got[tg.UpdatesClass](t)(a.ChannelsEditBanned(ctx, &tg.ChannelsEditBannedRequest{Channel: news, Participant: b.peer()}))
	got[tg.MessagesChatInviteJoinResultClass](t)(b.ChannelsJoinChannel(ctx, news))
	got[tg.UpdatesClass](t)(b.ChannelsLeaveChannel(ctx, news))
	got[tg.UpdatesClass](t)(a.ChannelsDeleteChannel(ctx, news))
	_, err = b.ChannelsJoinChannel(ctx, news)
	wantError(t, err, 400, "CHANNEL_INVALID")
}

// What people do with their list of chats: pins, drafts, folders, marks, settings. Another login of theirs is told.
func TestChatList(t *testing.T) {
	s := start(t, Options{})
	p := people(t, s, phoneA, phoneA, phoneB, phoneC)
	a, other, b, c := p[0], p[1], p[2], p[3]
	ctx := t.Context()
	b.say(a.peer(), "one")
	b.say(a.peer(), "two")
	c.say(a.peer(), "three")
	with := &tg.InputDialogPeer{Peer: b.peer()}
	got[bool](t)(a.MessagesToggleDialogPin(ctx, &tg.MessagesToggleDialogPinRequest{Pinned: true, Peer: with}))
	if u, _ := updateOf[*tg.UpdateDialogPinned](other); !u.Pinned {
		t.Errorf("told %+v", u)
	}
	got[bool](t)(a.MessagesSaveDraft(ctx, &tg.MessagesSaveDraftRequest{Peer: b.peer(), Message: "not yet said"}))
	if u, _ := updateOf[*tg.UpdateDraftMessage](other); u.Draft.(*tg.DraftMessage).Message != "not yet said" {
		t.Errorf("told %+v", u)
	}
	got[bool](t)(a.MessagesMarkDialogUnread(ctx, &tg.MessagesMarkDialogUnreadRequest{Unread: true, Peer: with}))
	var mute tg.InputPeerNotifySettings
	mute.SetMuteUntil(2_000_000_000)
	got[bool](t)(a.AccountUpdateNotifySettings(ctx, &tg.AccountUpdateNotifySettingsRequest{Peer: &tg.InputNotifyPeer{Peer: b.peer()}, Settings: mute}))
	updateOf[*tg.UpdateNotifySettings](other)
	pinned := got[*tg.MessagesPeerDialogs](t)(other.MessagesGetPinnedDialogs(ctx, 0))
	d := pinned.Dialogs[0].(*tg.Dialog)
	if len(pinned.Dialogs) != 1 || !d.Pinned || d.UnreadCount != 2 || !d.UnreadMark || d.Draft == nil || d.NotifySettings.MuteUntil != 2_000_000_000 {
		t.Errorf("chat %+v", d)
	}
	list := got[tg.MessagesDialogsClass](t)(a.MessagesGetDialogs(ctx, &tg.MessagesGetDialogsRequest{ExcludePinned: true, OffsetPeer: &tg.InputPeerEmpty{}, Limit: 5}))
	if l := list.(*tg.MessagesDialogs); len(l.Dialogs) != 1 || l.Dialogs[0].(*tg.Dialog).Peer.(*tg.PeerUser).UserID != c.me.ID {
		t.Errorf("chats %+v", l)
	}
	late := &tg.MessagesGetDialogsRequest{OffsetDate: 2_000_000_000, OffsetPeer: &tg.InputPeerEmpty{}, Limit: 5} // later than all, as TDLib begins
	if l := got[tg.MessagesDialogsClass](t)(a.MessagesGetDialogs(ctx, late)).(*tg.MessagesDialogs); len(l.Dialogs) != 2 {
		t.Errorf("%d chats", len(l.Dialogs))
	}
	early := &tg.MessagesGetDialogsRequest{OffsetDate: 1, OffsetPeer: &tg.InputPeerEmpty{}, Limit: 5}
	if l := got[tg.MessagesDialogsClass](t)(a.MessagesGetDialogs(ctx, early)).(*tg.MessagesDialogsSlice); len(l.Dialogs) != 0 {
		t.Errorf("%d chats before all", len(l.Dialogs))
	}
	got[tg.UpdatesClass](t)(a.FoldersEditPeerFolders(ctx, []tg.InputFolderPeer{{Peer: c.peer(), FolderID: 1}}))
	archive := got[tg.MessagesDialogsClass](t)(a.MessagesGetDialogs(ctx, &tg.MessagesGetDialogsRequest{FolderID: 1, OffsetPeer: &tg.InputPeerEmpty{}, Limit: 5}))
	if l := archive.(*tg.MessagesDialogs); len(l.Dialogs) != 1 || l.Dialogs[0].(*tg.Dialog).FolderID != 1 {
		t.Errorf("archive %+v", l)
	}
	work := &tg.DialogFilter{ID: 2, Title: tg.TextWithEntities{Text: "Work"}, Groups: true}
	got[bool](t)(a.MessagesUpdateDialogFilter(ctx, &tg.MessagesUpdateDialogFilterRequest{ID: 2, Filter: work}))
	got[bool](t)(a.MessagesUpdateDialogFilter(ctx, &tg.MessagesUpdateDialogFilterRequest{ID: 3, Filter: &tg.DialogFilter{ID: 3, Title: tg.TextWithEntities{Text: "Home"}}}))
	got[bool](t)(a.MessagesUpdateDialogFiltersOrder(ctx, []int{3, 0, 2}))
	filters := got[*tg.MessagesDialogFilters](t)(other.MessagesGetDialogFilters(ctx)).Filters
	if len(filters) != 3 || folderID(filters[0]) != 3 || folderID(filters[1]) != 0 || !wireEqual(filters[2], work) {
		t.Errorf("folders %+v", filters)
	}
	_, err := a.MessagesUpdateDialogFilter(ctx, &tg.MessagesUpdateDialogFilterRequest{ID: 9})
	wantError(t, err, 400, "FILTER_ID_INVALID")
	if u, all := updateOf[*tg.UpdateDialogFilterOrder](other); len(u.Order) != 3 || all.Seq == 0 {
		t.Errorf("told %+v in %+v", u, all)
	}
}
