package testdc

import (
	"context"
	"log/slog"
	"strings"
	"testing"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// panics is a log that remembers handlers which panicked: clients are only told of an error.
type panics struct {
	slog.Handler
	text string
}

func (p *panics) Enabled(context.Context, slog.Level) bool { return true }

func (p *panics) Handle(_ context.Context, r slog.Record) error {
	if strings.Contains(r.Message, "panicked") || strings.Contains(r.Message, "not encoded") {
		r.Attrs(func(a slog.Attr) bool { p.text += a.String() + "\n"; return true })
	}
	return nil
}

// FuzzCall has somebody call any method with anything, in a world in which there is something of everything.
func FuzzCall(f *testing.F) {
	log := &panics{Handler: slog.DiscardHandler}
	s, err := newServer(Options{Key: testKey(), Log: slog.New(log), Reactions: true})
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(s.cancel)
	sess, a, c := fuzzWorld(s)
	for _, m := range fuzzCalls(s, a, c) {
		f.Add(encoded(m))
	}
	id := int64(0)
	f.Fuzz(func(t *testing.T, body []byte) {
		s.mu.Lock()
		defer s.mu.Unlock()
		if s.users[a.id] == nil || sess.key.login == nil || len(s.posts) > 500 {
			s.world = newWorld()
			clear(s.accounts)
			clear(s.users)
			clear(s.questions)
			s.mu.Unlock()
			sess, a, _ = fuzzWorld(s)
			s.mu.Lock()
		}
		id += 4
		s.call(sess, id, 1, body)
		sess.queue = nil
		if log.text != "" {
			t.Fatal(log.text)
		}
	})
}

// fuzzWorld makes two accounts and a bot, which have said something to each other, a group and a channel.
func fuzzWorld(s *Server) (*session, *account, *chat) {
	s.mu.Lock()
	defer s.mu.Unlock()
	a := s.somebody(phoneA)
	b := s.somebody(phoneB)
	b.accessHash = 7
	s.newBot(700001, 1).accessHash = 7
	s.say(b, a.peer(), "hello")
	s.say(a, b.peer(), "hello")
	s.makeChat("group", "Group", phoneA, []string{phoneB})
	s.makeChat("channel", "Channel", phoneA, []string{phoneB, "700001"})
	c := s.chats[channelPeer(1_500_000_001)]
	if c == nil {
		c = s.sortedChats()[0]
	}
	c.Hash, c.Username = 7, "channel_name"
	s.say(a, c.peer(), "post")
	k := &authKey{dc: 1, sessions: make(map[int64]*session)}
	k.client.set = true
	k.login = &authorization{account: a, key: k, seq: 1}
	a.logins = append(a.logins, k.login)
	return s.session(k, 1), a, c
}

func fuzzCalls(s *Server, a *account, c *chat) []bin.Encoder {
	b := &tg.InputPeerUser{UserID: s.accounts[phoneB].id, AccessHash: 7}
	user := &tg.InputUser{UserID: b.UserID, AccessHash: 7}
	bot := &tg.InputUser{UserID: 700001, AccessHash: 7}
	in := &tg.InputChannel{ChannelID: c.ID, AccessHash: 7}
	channel := &tg.InputPeerChannel{ChannelID: c.ID, AccessHash: 7}
	group := &tg.InputPeerChat{ChatID: 500_000_001}
	dialog := &tg.InputDialogPeer{Peer: b}
	return []bin.Encoder{
		&tg.MessagesSendMessageRequest{Peer: b, Message: "x", RandomID: 1, ReplyTo: &tg.InputReplyToMessage{ReplyToMsgID: 1}},
		&tg.MessagesSendMediaRequest{Peer: group, RandomID: 2, Media: &tg.InputMediaGeoPoint{GeoPoint: &tg.InputGeoPoint{Lat: 1}}},
		&tg.MessagesSendMediaRequest{Peer: b, RandomID: 2, Media: &tg.InputMediaUploadedPhoto{File: &tg.InputFile{ID: 1, Parts: 1}}},
		&tg.MessagesForwardMessagesRequest{FromPeer: b, ToPeer: channel, ID: []int{1}, RandomID: []int64{3}},
		&tg.MessagesEditMessageRequest{Peer: b, ID: 2, Message: "y"}, &tg.MessagesDeleteMessagesRequest{ID: []int{1}, Revoke: true},
		&tg.ChannelsDeleteMessagesRequest{Channel: in, ID: []int{1}}, &tg.MessagesDeleteHistoryRequest{Peer: b, MaxID: 5},
		&tg.MessagesUpdatePinnedMessageRequest{Peer: channel, ID: 2}, &tg.MessagesSendReactionRequest{Peer: b, MsgID: 1, Reaction: []tg.ReactionClass{&tg.ReactionEmoji{Emoticon: "x"}}},
		&tg.MessagesGetHistoryRequest{Peer: b, Limit: 5, AddOffset: -3, OffsetID: 1}, &tg.MessagesSearchRequest{Peer: channel, Q: "p", Filter: &tg.InputMessagesFilterEmpty{}, Limit: 5},
		&tg.MessagesSearchGlobalRequest{Q: "h", Filter: &tg.InputMessagesFilterEmpty{}, OffsetPeer: &tg.InputPeerEmpty{}, Limit: 5},
		&tg.MessagesReadHistoryRequest{Peer: b, MaxID: 3}, &tg.ChannelsReadHistoryRequest{Channel: in, MaxID: 3},
		&tg.MessagesGetDialogsRequest{OffsetPeer: b, OffsetDate: 2_000_000_000, Limit: 5}, &tg.MessagesGetPeerDialogsRequest{Peers: []tg.InputDialogPeerClass{dialog}},
		&tg.MessagesToggleDialogPinRequest{Peer: dialog, Pinned: true}, &tg.MessagesSaveDraftRequest{Peer: b, Message: "d"},
		&tg.MessagesUpdateDialogFilterRequest{ID: 2, Filter: &tg.DialogFilter{ID: 2, Title: tg.TextWithEntities{Text: "F"}}}, &tg.MessagesUpdateDialogFiltersOrderRequest{Order: []int{2, 0}},
		&tg.FoldersEditPeerFoldersRequest{FolderPeers: []tg.InputFolderPeer{{Peer: b, FolderID: 1}}},
		&tg.MessagesCreateChatRequest{Title: "T", Users: []tg.InputUserClass{user}}, &tg.MessagesGetFullChatRequest{ChatID: 500_000_001},
		&tg.MessagesAddChatUserRequest{ChatID: 500_000_001, UserID: bot}, &tg.MessagesDeleteChatUserRequest{ChatID: 500_000_001, UserID: user},
		&tg.MessagesMigrateChatRequest{ChatID: 500_000_001}, &tg.MessagesEditChatTitleRequest{ChatID: 500_000_001, Title: "U"},
		&tg.MessagesEditChatPhotoRequest{ChatID: 500_000_001, Photo: &tg.InputChatPhotoEmpty{}}, &tg.MessagesEditChatAboutRequest{Peer: group, About: "a"},
		&tg.ChannelsCreateChannelRequest{Megagroup: true, Title: "S"}, &tg.ChannelsGetFullChannelRequest{Channel: in}, &tg.ChannelsLeaveChannelRequest{Channel: in},
		&tg.ChannelsJoinChannelRequest{Channel: in}, &tg.ChannelsInviteToChannelRequest{Channel: in, Users: []tg.InputUserClass{user}},
		&tg.ChannelsGetParticipantsRequest{Channel: in, Filter: &tg.ChannelParticipantsSearch{Q: "u"}, Limit: 5},
		&tg.ChannelsEditAdminRequest{Channel: in, UserID: user, AdminRights: tg.ChatAdminRights{PostMessages: true}},
		&tg.ChannelsEditBannedRequest{Channel: in, Participant: b, BannedRights: tg.ChatBannedRights{ViewMessages: true}},
		&tg.ChannelsUpdateUsernameRequest{Channel: in, Username: "another_name"}, &tg.UpdatesGetChannelDifferenceRequest{Channel: in, Filter: &tg.ChannelMessagesFilterEmpty{}, Pts: 1, Limit: 9},
		&tg.UpdatesGetDifferenceRequest{Pts: 1}, &tg.UpdatesGetDifferenceRequest{Flags: 6, Pts: 1, PtsLimit: 1, Qts: 1, QtsLimit: 1},
		&tg.MessagesExportChatInviteRequest{Peer: channel, RequestNeeded: true}, &tg.MessagesHideChatJoinRequestRequest{Peer: channel, UserID: user, Approved: true},
		&tg.MessagesHideAllChatJoinRequestsRequest{Peer: channel, Approved: true}, &tg.MessagesGetChatInviteImportersRequest{Requested: true, Peer: channel, OffsetUser: user, Limit: 5},
		&tg.ChannelsEditAdminRequest{Channel: in, UserID: bot, AdminRights: everything()}, &tg.MessagesEditChatAdminRequest{ChatID: 500_000_001, UserID: user, IsAdmin: true},
		&tg.ContactsBlockRequest{ID: &tg.InputPeerUser{UserID: 700001, AccessHash: 7}},
		&tg.MessagesExportChatInviteRequest{Peer: group}, &tg.MessagesCheckChatInviteRequest{Hash: "x"}, &tg.MessagesImportChatInviteRequest{Hash: "x"},
		&tg.ContactsImportContactsRequest{Contacts: []tg.InputPhoneContact{{Phone: phoneB}}}, &tg.ContactsAddContactRequest{ID: user, FirstName: "B"},
		&tg.ContactsDeleteContactsRequest{ID: []tg.InputUserClass{user}}, &tg.ContactsSearchRequest{Q: "channel", Limit: 5}, &tg.ContactsResolveUsernameRequest{Username: "channel_name"},
		&tg.ContactsBlockRequest{ID: b}, &tg.UsersGetFullUserRequest{ID: user}, &tg.AccountUpdateProfileRequest{FirstName: "N"}, &tg.AccountUpdateStatusRequest{},
		&tg.AccountUpdateNotifySettingsRequest{Peer: &tg.InputNotifyPeer{Peer: b}}, &tg.PhotosDeletePhotosRequest{ID: []tg.InputPhotoClass{&tg.InputPhotoEmpty{}}},
		&tg.PhotosUpdateProfilePhotoRequest{ID: &tg.InputPhotoEmpty{}}, &tg.UploadSaveFilePartRequest{FileID: 1, Bytes: []byte("x")},
		&tg.UploadGetFileRequest{Location: &tg.InputPhotoFileLocation{ID: 1}, Limit: 4096}, &tg.MessagesStartBotRequest{Bot: bot, Peer: &tg.InputPeerEmpty{}, RandomID: 4},
		&tg.MessagesGetInlineBotResultsRequest{Bot: bot, Peer: b, Query: "q"}, &tg.MessagesGetBotCallbackAnswerRequest{Peer: b, MsgID: 1},
		&tg.MessagesGetMessageReactionsListRequest{Peer: b, ID: 1, Limit: 5}, &tg.MessagesGetMessagesViewsRequest{Peer: channel, ID: []int{1, 2}, Increment: true},
		&tg.MessagesSetTypingRequest{Peer: b, Action: &tg.SendMessageTypingAction{}}, &tg.MessagesGetMessagesRequest{ID: []tg.InputMessageClass{&tg.InputMessageID{ID: 1}, &tg.InputMessagePinned{}}},
		&tg.MessagesGetAvailableReactionsRequest{}, &tg.HelpGetCountriesListRequest{}, &tg.MessagesUnpinAllMessagesRequest{Peer: b},
		&tg.ChannelsDeleteHistoryRequest{Channel: in, MaxID: 2}, &tg.ChannelsDeleteChannelRequest{Channel: in}, &tg.MessagesDeleteChatRequest{ChatID: 500_000_001},
	}
}
