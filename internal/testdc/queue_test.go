package testdc

import (
	"fmt"
	"net/http"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/gotd/td/tg"
)

// queued waits for the next update of a bot that counts in qts.
func queued[T interface {
	tg.UpdateClass
	GetQts() int
}](b *someone, qts int) (u T) {
	b.t.Helper()
	u, all := updateOf[T](b)
	if u.GetQts() != qts || all.Seq != 0 {
		b.t.Errorf("%T with qts %d and seq %d, want qts %d", u, u.GetQts(), all.Seq, qts)
	}
	return u
}

// difference asks for what came after a place in the updates.
func (p *someone) difference(pts, qts, date int) *tg.UpdatesDifference {
	p.t.Helper()
	d, err := p.UpdatesGetDifference(p.t.Context(), &tg.UpdatesGetDifferenceRequest{Pts: pts, Qts: qts, Date: date})
	if err != nil {
		p.t.Fatal(err)
	}
	all, ok := d.(*tg.UpdatesDifference)
	if !ok {
		p.t.Fatalf("difference %T", d)
	}
	return all
}

// A bot hears of who stops it, in the order of qts; who was away gets it with the difference.
func TestBotStopped(t *testing.T) {
	s := start(t, Options{})
	b := bot(t, s, "700001:secret")
	a := people(t, s, phoneA)[0]
	ctx := t.Context()
	state := got[*tg.UpdatesState](t)(b.UpdatesGetState(ctx))
	if state.Qts != 1 {
		t.Errorf("qts %d at the start", state.Qts)
	}
	got[bool](t)(a.ContactsBlock(ctx, &tg.ContactsBlockRequest{ID: b.peer()}))
	if u := queued[*tg.UpdateBotStopped](b, 2); !u.Stopped || u.UserID != a.me.ID {
		t.Errorf("told %+v", u)
	}
	got[bool](t)(a.ContactsBlock(ctx, &tg.ContactsBlockRequest{ID: b.peer()})) // nothing new
	got[bool](t)(a.ContactsUnblock(ctx, &tg.ContactsUnblockRequest{ID: b.peer()}))
	if u := queued[*tg.UpdateBotStopped](b, 3); u.Stopped {
		t.Errorf("told %+v", u)
	}
	far := 1 << 30
	d := b.difference(state.Pts, 1, far)
	if len(d.OtherUpdates) != 2 || d.State.Qts != 3 || len(d.Users) != 1 || d.Users[0].GetID() != a.me.ID {
		t.Errorf("difference %+v", d)
	}
	if d := b.difference(state.Pts, 2, far); len(d.OtherUpdates) != 1 || d.OtherUpdates[0].(*tg.UpdateBotStopped).Stopped {
		t.Errorf("difference %+v", d)
	}
	empty := got[tg.UpdatesDifferenceClass](t)(b.UpdatesGetDifference(ctx, &tg.UpdatesGetDifferenceRequest{Pts: state.Pts, Qts: 3, Date: far}))
	if _, ok := empty.(*tg.UpdatesDifferenceEmpty); !ok {
		t.Errorf("difference %+v", empty)
	}
	for _, qts := range []int{4, -1} {
		_, err := b.UpdatesGetDifference(ctx, &tg.UpdatesGetDifferenceRequest{Pts: state.Pts, Qts: qts, Date: far})
		wantError(t, err, 400, "PERSISTENT_TIMESTAMP_INVALID")
	}
}

// The difference comes in slices where there is much in it, or where the client asks for that.
func TestQueueInSlices(t *testing.T) {
	s := start(t, Options{})
	p := people(t, s, phoneA, phoneB)
	a, b := p[0], p[1]
	stopped := func(qts int) tg.UpdateClass { return &tg.UpdateBotStopped{Date: 1, Qts: qts} }
	for range maxSlice + 10 {
		s.AddQueuedUpdate(phoneA, false, stopped)
	}
	for _, text := range []string{"one", "two"} {
		b.say(a.peer(), text)
	}
	if s.AddQueuedUpdate("15559999999", true, stopped) != 0 {
		t.Error("there is somebody who is not")
	}
	qts := s.AddQueuedUpdate(phoneA, true, func(qts int) tg.UpdateClass {
		return &tg.UpdateNewEncryptedMessage{Message: &tg.EncryptedMessage{ChatID: 5, File: &tg.EncryptedFileEmpty{}}, Qts: qts}
	})
	queued[*tg.UpdateNewEncryptedMessage](a, qts)
	pts := got[*tg.UpdatesState](t)(a.UpdatesGetState(t.Context())).Pts
	ask := func(req tg.UpdatesGetDifferenceRequest) *tg.UpdatesDifferenceSlice {
		t.Helper()
		req.Date = 1 << 30
		d := got[tg.UpdatesDifferenceClass](t)(a.UpdatesGetDifference(t.Context(), &req))
		part, ok := d.(*tg.UpdatesDifferenceSlice)
		if !ok {
			t.Fatalf("difference %T", d)
		}
		return part
	}
	part := ask(tg.UpdatesGetDifferenceRequest{Pts: pts - 2, Qts: 1})
	if len(part.OtherUpdates) != maxSlice || len(part.NewMessages) != 2 || part.IntermediateState.Qts != 1+maxSlice || part.IntermediateState.Pts != pts {
		t.Errorf("%d updates, %d messages, %+v", len(part.OtherUpdates), len(part.NewMessages), part.IntermediateState)
	}
	rest := a.difference(pts, part.IntermediateState.Qts, 1<<30)
	if len(rest.OtherUpdates) != 10 || len(rest.NewEncryptedMessages) != 1 || rest.State.Qts != qts {
		t.Errorf("%d updates, %d secret messages, %+v", len(rest.OtherUpdates), len(rest.NewEncryptedMessages), rest.State)
	}
	// One message alone, as TDLib asks for a small gap.
	alone := tg.UpdatesGetDifferenceRequest{Pts: pts - 2}
	alone.SetPtsLimit(1)
	alone.SetQtsLimit(0)
	if part := ask(alone); len(part.NewMessages) != 1 || len(part.OtherUpdates) != 0 || part.IntermediateState.Pts != pts-1 || part.IntermediateState.Qts != 0 {
		t.Errorf("difference %+v", part)
	}
}

// Bots hear of who comes, goes and becomes something else: administrators of all, the others of themselves.
func TestBotsHearOfMembers(t *testing.T) {
	s := start(t, Options{})
	admin, plain := bot(t, s, "700001:secret"), bot(t, s, "700002:secret")
	p := people(t, s, phoneA, phoneB)
	a, b := p[0], p[1]
	ctx := t.Context()

	made := got[*tg.MessagesInvitedUsers](t)(a.MessagesCreateChat(ctx, &tg.MessagesCreateChatRequest{Users: []tg.InputUserClass{admin.input(), plain.input()}, Title: "Group"}))
	group := groupIn(t, made.Updates)
	for _, one := range []*someone{admin, plain} {
		u := queued[*tg.UpdateChatParticipant](one, 2)
		if m, ok := u.NewParticipant.(*tg.ChatParticipant); !ok || u.PrevParticipant != nil || m.UserID != one.me.ID || u.ActorID != a.me.ID || u.ChatID != group.ID {
			t.Errorf("told %+v", u)
		}
	}
	got[bool](t)(a.MessagesEditChatAdmin(ctx, &tg.MessagesEditChatAdminRequest{ChatID: group.ID, UserID: admin.input(), IsAdmin: true}))
	if u := queued[*tg.UpdateChatParticipant](admin, 3); u.NewParticipant.TypeID() != tg.ChatParticipantAdminTypeID || u.PrevParticipant.TypeID() != tg.ChatParticipantTypeID {
		t.Errorf("told %+v", u)
	}
	got[*tg.MessagesInvitedUsers](t)(a.MessagesAddChatUser(ctx, &tg.MessagesAddChatUserRequest{ChatID: group.ID, UserID: b.input()}))
	if u := queued[*tg.UpdateChatParticipant](admin, 4); u.UserID != b.me.ID || u.PrevParticipant != nil {
		t.Errorf("told %+v", u)
	}
	// A bot's own doing reaches it too, besides the answer.
	answer := got[tg.UpdatesClass](t)(admin.MessagesDeleteChatUser(ctx, &tg.MessagesDeleteChatUserRequest{ChatID: group.ID, UserID: b.input()})).(*tg.Updates)
	if slices.ContainsFunc(answer.Updates, func(u tg.UpdateClass) bool { return u.TypeID() == tg.UpdateChatParticipantTypeID }) {
		t.Errorf("answered %+v", answer)
	}
	if u := queued[*tg.UpdateChatParticipant](admin, 5); u.NewParticipant != nil || u.PrevParticipant == nil || u.ActorID != admin.me.ID {
		t.Errorf("told %+v", u)
	}

	news := channelIn(t, got[tg.UpdatesClass](t)(a.ChannelsCreateChannel(ctx, &tg.ChannelsCreateChannelRequest{Broadcast: true, Title: "News"})))
	rights := everything()
	got[tg.UpdatesClass](t)(a.ChannelsEditAdmin(ctx, &tg.ChannelsEditAdminRequest{Channel: news, UserID: admin.input(), AdminRights: rights}))
	if u := queued[*tg.UpdateChannelParticipant](admin, 6); u.PrevParticipant != nil || !u.NewParticipant.(*tg.ChannelParticipantAdmin).Self || u.ChannelID != news.ChannelID {
		t.Errorf("told %+v", u)
	}
	link := got[tg.ExportedChatInviteClass](t)(a.MessagesExportChatInvite(ctx, &tg.MessagesExportChatInviteRequest{Peer: channelInput(news)})).(*tg.ChatInviteExported)
	got[tg.MessagesChatInviteJoinResultClass](t)(b.MessagesImportChatInvite(ctx, strings.TrimPrefix(link.Link, linkPrefix+"+")))
	u := queued[*tg.UpdateChannelParticipant](admin, 7)
	if u.UserID != b.me.ID || u.Invite.(*tg.ChatInviteExported).Link != link.Link {
		t.Errorf("told %+v", u)
	}
	banned := tg.ChatBannedRights{ViewMessages: true}
	got[tg.UpdatesClass](t)(a.ChannelsEditBanned(ctx, &tg.ChannelsEditBannedRequest{Channel: news, Participant: b.peer(), BannedRights: banned}))
	if u := queued[*tg.UpdateChannelParticipant](admin, 8); u.NewParticipant.TypeID() != tg.ChannelParticipantBannedTypeID || u.PrevParticipant.TypeID() != tg.ChannelParticipantTypeID {
		t.Errorf("told %+v", u)
	}
	state := got[*tg.UpdatesState](t)(plain.UpdatesGetState(ctx))
	if state.Qts != 2 {
		t.Errorf("a bot that is no administrator has heard of %d changes", state.Qts-1)
	}
}

// Who asks to be let into a channel is told of, listed, and let in or not.
func TestJoinRequests(t *testing.T) {
	s := start(t, Options{})
	admin := bot(t, s, "700001:secret")
	p := people(t, s, phoneA, phoneB, phoneC)
	a, b, c := p[0], p[1], p[2]
	ctx := t.Context()
	news := channelIn(t, got[tg.UpdatesClass](t)(a.ChannelsCreateChannel(ctx, &tg.ChannelsCreateChannelRequest{Broadcast: true, Title: "News"})))
	got[tg.UpdatesClass](t)(a.ChannelsEditAdmin(ctx, &tg.ChannelsEditAdminRequest{Channel: news, UserID: admin.input(), AdminRights: everything()}))
	here := channelInput(news)
	link := got[tg.ExportedChatInviteClass](t)(a.MessagesExportChatInvite(ctx, &tg.MessagesExportChatInviteRequest{Peer: here, RequestNeeded: true})).(*tg.ChatInviteExported)
	hash := strings.TrimPrefix(link.Link, linkPrefix+"+")
	if i := got[tg.ChatInviteClass](t)(b.MessagesCheckChatInvite(ctx, hash)).(*tg.ChatInvite); !i.RequestNeeded {
		t.Errorf("invite %+v", i)
	}
	for _, who := range []*someone{b, c} {
		_, err := who.MessagesImportChatInvite(ctx, hash)
		wantError(t, err, 400, "INVITE_REQUEST_SENT")
	}
	queued[*tg.UpdateChannelParticipant](admin, 2)
	if u := queued[*tg.UpdateBotChatInviteRequester](admin, 3); u.UserID != b.me.ID || u.Invite.(*tg.ChatInviteExported).Link != link.Link {
		t.Errorf("told %+v", u)
	}
	list := got[*tg.MessagesChatInviteImporters](t)(a.MessagesGetChatInviteImporters(ctx, &tg.MessagesGetChatInviteImportersRequest{
		Requested: true, Peer: here, Link: link.Link, OffsetUser: &tg.InputUserEmpty{}, Limit: 10,
	}))
	if list.Count != 2 || len(list.Users) != 2 {
		t.Errorf("waiting %+v", list)
	}
	_, err := c.MessagesHideChatJoinRequest(ctx, &tg.MessagesHideChatJoinRequestRequest{Peer: here, UserID: b.input(), Approved: true})
	if err == nil {
		t.Error("somebody lets others in who is not in it")
	}
	got[tg.UpdatesClass](t)(a.MessagesHideChatJoinRequest(ctx, &tg.MessagesHideChatJoinRequestRequest{Peer: here, UserID: b.input(), Approved: true}))
	queued[*tg.UpdateBotChatInviteRequester](admin, 4)
	if u := queued[*tg.UpdateChannelParticipant](admin, 5); u.UserID != b.me.ID || u.ActorID != a.me.ID || u.Invite == nil {
		t.Errorf("told %+v", u)
	}
	_, err = a.MessagesHideChatJoinRequest(ctx, &tg.MessagesHideChatJoinRequestRequest{Peer: here, UserID: b.input(), Approved: true})
	wantError(t, err, 400, "USER_ALREADY_PARTICIPANT")
	got[tg.UpdatesClass](t)(a.MessagesHideAllChatJoinRequests(ctx, &tg.MessagesHideAllChatJoinRequestsRequest{Peer: here, Link: link.Link}))
	_, err = a.MessagesHideChatJoinRequest(ctx, &tg.MessagesHideChatJoinRequestRequest{Peer: here, UserID: c.input(), Approved: true})
	wantError(t, err, 400, "HIDE_REQUESTER_MISSING")
}

// A bot hears of reactions by name in chats with it, and as numbers in channels.
func TestBotsHearOfReactions(t *testing.T) {
	s := start(t, Options{})
	b := bot(t, s, "700001:secret")
	p := people(t, s, phoneA)
	a := p[0]
	ctx := t.Context()
	m := a.say(b.peer(), "hi")
	thumb := []tg.ReactionClass{&tg.ReactionEmoji{Emoticon: "👍"}}
	got[tg.UpdatesClass](t)(a.MessagesSendReaction(ctx, &tg.MessagesSendReactionRequest{Peer: b.peer(), MsgID: m.ID, Reaction: thumb}))
	if u := queued[*tg.UpdateBotMessageReaction](b, 2); len(u.OldReactions) != 0 || len(u.NewReactions) != 1 || u.Peer.(*tg.PeerUser).UserID != a.me.ID || u.MsgID != 1 {
		t.Errorf("told %+v", u)
	}
	got[tg.UpdatesClass](t)(a.MessagesSendReaction(ctx, &tg.MessagesSendReactionRequest{Peer: b.peer(), MsgID: m.ID}))
	if u := queued[*tg.UpdateBotMessageReaction](b, 3); len(u.OldReactions) != 1 || len(u.NewReactions) != 0 {
		t.Errorf("told %+v", u)
	}
	news := channelIn(t, got[tg.UpdatesClass](t)(a.ChannelsCreateChannel(ctx, &tg.ChannelsCreateChannelRequest{Broadcast: true, Title: "News"})))
	got[tg.UpdatesClass](t)(a.ChannelsEditAdmin(ctx, &tg.ChannelsEditAdminRequest{Channel: news, UserID: b.input(), AdminRights: everything()}))
	first := a.say(channelInput(news), "first")
	got[tg.UpdatesClass](t)(a.MessagesSendReaction(ctx, &tg.MessagesSendReactionRequest{Peer: channelInput(news), MsgID: first.ID, Reaction: thumb}))
	if u := queued[*tg.UpdateBotMessageReactions](b, 5); u.Reactions[0].Count != 1 || u.MsgID != first.ID {
		t.Errorf("told %+v", u)
	}
}

// Somebody without a client does what bots hear of; the updates are lost, doubled and swapped as others are.
func TestBotCommands(t *testing.T) {
	s := start(t, Options{HTTP: "127.0.0.1:0"})
	b := bot(t, s, "700001:secret")
	var answer done
	do := func(want int, format string, args ...any) {
		t.Helper()
		code, text := ask(t, s, "POST", "/api/do", fmt.Sprintf(format, args...))
		if code != want {
			t.Errorf("%s: %d %s", fmt.Sprintf(format, args...), code, text)
		}
	}
	answer, err := s.doJSON([]byte(`{"do":"newChat","kind":"channel","text":"News","from":"` + phoneA + `","phones":["700001"]}`))
	if err != nil {
		t.Fatal(err)
	}
	queued[*tg.UpdateChannelParticipant](b, 2)
	do(200, `{"do":"promote","from":"700001","chat":"%s","on":true}`, answer.Chat)
	queued[*tg.UpdateChannelParticipant](b, 3)
	do(200, `{"do":"join","from":"%s","chat":"%s"}`, phoneB, answer.Chat)
	queued[*tg.UpdateChannelParticipant](b, 4)
	do(http.StatusBadRequest, `{"do":"join","from":"%s","chat":"%s"}`, phoneB, answer.Chat)
	do(http.StatusNotFound, `{"do":"join","from":"%s","chat":"c1"}`, phoneB)
	do(http.StatusNotFound, `{"do":"buy","from":"%s","phone":"%s","text":"x"}`, phoneB, phoneA)
	do(200, `{"do":"leave","from":"%s","chat":"%s"}`, phoneB, answer.Chat)
	if u := queued[*tg.UpdateChannelParticipant](b, 5); u.NewParticipant != nil {
		t.Errorf("told %+v", u)
	}
	do(200, `{"do":"block","from":"%s","phone":"700001","on":true}`, phoneB)
	queued[*tg.UpdateBotStopped](b, 6)
	do(200, `{"do":"managedBot","from":"%s","phone":"700001","id":700009}`, phoneB)
	if u := queued[*tg.UpdateManagedBot](b, 7); u.BotID != 700009 {
		t.Errorf("told %+v", u)
	}
	buy := func(payload string) {
		t.Helper()
		do(200, `{"do":"buy","from":"%s","phone":"700001","text":"%s"}`, phoneB, payload)
	}
	do(200, `{"do":"withholdUpdates","phone":"700001","count":1}`)
	buy("lost") // 8
	buy("comes")
	if u := queued[*tg.UpdateBotPurchasedPaidMedia](b, 9); u.Payload != "comes" {
		t.Errorf("told %+v", u)
	}
	do(200, `{"do":"doubleUpdates","phone":"700001","count":1}`)
	buy("twice")
	queued[*tg.UpdateBotPurchasedPaidMedia](b, 10)
	queued[*tg.UpdateBotPurchasedPaidMedia](b, 10)
	do(200, `{"do":"swapUpdates","phone":"700001","count":1}`)
	buy("second")
	buy("first")
	queued[*tg.UpdateBotPurchasedPaidMedia](b, 12)
	queued[*tg.UpdateBotPurchasedPaidMedia](b, 11)
	if err := s.MakeManagedBot(phoneB, 700001, 0); err == nil {
		t.Error("a bot with the id 0 was made")
	}
	for _, err := range []error{
		s.Block(phoneB, "700001", false), s.Join(phoneC, answer.Chat), s.Promote(phoneC, answer.Chat, true), s.Promote(phoneC, answer.Chat, false),
		s.Leave(phoneC, answer.Chat), s.Buy(phoneB, 700001, "x"), s.MakeManagedBot(phoneB, 700001, 700010),
	} {
		if err != nil {
			t.Error(err)
		}
	}
	if u := queued[*tg.UpdateManagedBot](b, 19); u.BotID != 700010 {
		t.Errorf("told %+v", u)
	}
	if err := s.AskToJoin(phoneA, answer.Chat); err == nil {
		t.Error("the creator asks to be let in")
	}
	do(200, `{"do":"askToJoin","from":"%s","chat":"%s"}`, phoneC, answer.Chat)
	do(200, `{"do":"askToJoin","from":"%s","chat":"%s"}`, phoneB, answer.Chat)
	if u := queued[*tg.UpdateBotChatInviteRequester](b, 20); u.UserID != s.accounts[phoneC].id {
		t.Errorf("told %+v", u)
	}
	do(200, `{"do":"message","from":"%s","phone":"700001","text":"hi"}`, phoneB)
	do(200, `{"do":"react","from":"%s","phone":"700001","text":"👍"}`, phoneB)
	if u := queued[*tg.UpdateBotMessageReaction](b, 22); len(u.NewReactions) != 1 {
		t.Errorf("told %+v", u)
	}
	if err := s.React(phoneB, "700001", ""); err != nil {
		t.Error(err)
	}
	if u := queued[*tg.UpdateBotMessageReaction](b, 23); len(u.NewReactions) != 0 {
		t.Errorf("told %+v", u)
	}
	do(http.StatusBadRequest, `{"do":"react","from":"%s","chat":"%s","text":"👍"}`, phoneB, answer.Chat)
	do(200, `{"do":"join","from":"%s","chat":"%s"}`, phoneB, answer.Chat) // 24
	do(200, `{"do":"message","from":"%s","chat":"%s","text":"post"}`, phoneA, answer.Chat)
	do(200, `{"do":"react","from":"%s","chat":"%s","text":"👍"}`, phoneB, answer.Chat)
	if u := queued[*tg.UpdateBotMessageReactions](b, 25); len(u.Reactions) != 1 {
		t.Errorf("told %+v", u)
	}
	if err := s.Promote(phoneA, answer.Chat, false); err == nil {
		t.Error("the creator is an ordinary member")
	}
}

// The state keeps what counts in qts; one of a server that did not count it is good too.
func TestQueueIsKept(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state.json")
	first, err := Start(Options{Key: testKey(), State: file})
	if err != nil {
		t.Fatal(err)
	}
	b := bot(t, first, "700001:secret")
	if err := first.Block(phoneA, "700001", true); err != nil {
		t.Fatal(err)
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	second := start(t, Options{State: file})
	b.srv = second
	b.redial()
	b.salt = b.newSalt()
	d := b.difference(1, 1, 1<<30)
	if u, ok := d.OtherUpdates[0].(*tg.UpdateBotStopped); !ok || u.Qts != 2 || d.State.Qts != 2 || len(d.Users) != 1 {
		t.Errorf("difference %+v", d)
	}
	old := idle(t)
	old.somebody(phoneA)
	old.accounts[phoneA].Queue = changes{}
	data, err := old.save()
	if err != nil {
		t.Fatal(err)
	}
	again := idle(t)
	if err := again.load(data); err != nil || again.accounts[phoneA].Queue.PTS != 1 {
		t.Errorf("error %v, qts %d", err, again.accounts[phoneA].Queue.PTS)
	}
}
