package testdc

import (
	"testing"

	"github.com/gotd/td/tg"
)

// bot logs a bot in.
func bot(t testing.TB, s *Server, token string) *someone {
	t.Helper()
	c := connect(t, s, 1)
	auth := got[tg.AuthAuthorizationClass](t)(c.api().AuthImportBotAuthorization(t.Context(), &tg.AuthImportBotAuthorizationRequest{
		APIID: 1, APIHash: "x", BotAuthToken: token,
	}))
	b := &someone{client: c, Client: c.api(), me: auth.(*tg.AuthAuthorization).User.(*tg.User)}
	got[*tg.UpdatesState](t)(b.UpdatesGetState(t.Context()))
	return b
}

// A bot is started, shows a button, is asked, and answers; it gives results inline.
func TestBotChat(t *testing.T) {
	s := start(t, Options{})
	b := bot(t, s, "700001:secret")
	a := people(t, s, phoneA)[0]
	ctx := t.Context()
	_, err := b.MessagesSendMessage(ctx, &tg.MessagesSendMessageRequest{Peer: a.peer(), Message: "first", RandomID: 1})
	wantError(t, err, 400, "PEER_ID_INVALID")
	got[bool](t)(b.BotsSetBotCommands(ctx, &tg.BotsSetBotCommandsRequest{Scope: &tg.BotCommandScopeDefault{}, Commands: []tg.BotCommand{{Command: "start", Description: "begin"}}}))
	got[tg.UpdatesClass](t)(a.MessagesStartBot(ctx, &tg.MessagesStartBotRequest{Bot: b.input(), Peer: b.peer(), RandomID: 2, StartParam: "now"}))
	if u, _ := updateOf[*tg.UpdateNewMessage](b); u.Message.(*tg.Message).Message != "/start now" {
		t.Errorf("told %+v", u)
	}
	full := got[*tg.UsersUserFull](t)(a.UsersGetFullUser(ctx, b.input()))
	if len(full.FullUser.BotInfo.Commands) != 1 {
		t.Errorf("bot %+v", full.FullUser.BotInfo)
	}
	markup := &tg.ReplyInlineMarkup{Rows: []tg.KeyboardButtonRow{{Buttons: []tg.KeyboardButtonClass{&tg.KeyboardButtonCallback{Text: "Press", Data: []byte("x")}}}}}
	got[tg.UpdatesClass](t)(b.MessagesSendMessage(ctx, &tg.MessagesSendMessageRequest{Peer: a.peer(), Message: "press", RandomID: 3, ReplyMarkup: markup}))
	u, _ := updateOf[*tg.UpdateNewMessage](a)
	press := &tg.MessagesGetBotCallbackAnswerRequest{Peer: b.peer(), MsgID: u.Message.GetID()}
	press.SetData([]byte("x"))
	asked := a.send(true, a.wrap(press))
	q, _ := updateOf[*tg.UpdateBotCallbackQuery](b)
	if q.UserID != a.me.ID || string(q.Data) != "x" {
		t.Errorf("asked %+v", q)
	}
	set := &tg.MessagesSetBotCallbackAnswerRequest{QueryID: q.QueryID}
	set.SetMessage("pressed")
	got[bool](t)(b.MessagesSetBotCallbackAnswer(ctx, set))
	var answer tg.MessagesBotCallbackAnswer
	if err := a.answer(asked, &answer); err != nil || answer.Message != "pressed" {
		t.Errorf("answer %+v, error %v", answer, err)
	}
	_, err = b.MessagesSetBotCallbackAnswer(ctx, set)
	wantError(t, err, 400, "QUERY_ID_INVALID")

	if !s.SetInline(b.me.ID, "what?") || s.SetInline(1, "what?") {
		t.Error("the bot is not asked inline, or nobody is")
	}
	if full := got[*tg.UsersUserFull](t)(a.UsersGetFullUser(ctx, b.input())); full.Users[0].(*tg.User).BotInlinePlaceholder != "what?" {
		t.Errorf("bot %+v", full.Users)
	}
	asked = a.send(true, &tg.MessagesGetInlineBotResultsRequest{Bot: b.input(), Peer: &tg.InputPeerSelf{}, Query: "cats"})
	inline, _ := updateOf[*tg.UpdateBotInlineQuery](b)
	if inline.Query != "cats" {
		t.Errorf("asked %+v", inline)
	}
	result := &tg.InputBotInlineResult{ID: "1", Type: "article", Title: "A cat", SendMessage: &tg.InputBotInlineMessageText{Message: "meow"}}
	got[bool](t)(b.MessagesSetInlineBotResults(ctx, &tg.MessagesSetInlineBotResultsRequest{QueryID: inline.QueryID, Results: []tg.InputBotInlineResultClass{result}}))
	var results tg.MessagesBotResults
	if err := a.answer(asked, &results); err != nil || len(results.Results) != 1 {
		t.Fatalf("results %+v, error %v", results, err)
	}
	sent := messageIn(t, got[tg.UpdatesClass](t)(a.MessagesSendInlineBotResult(ctx, &tg.MessagesSendInlineBotResultRequest{
		Peer: &tg.InputPeerSelf{}, RandomID: 4, QueryID: results.QueryID, ID: "1",
	})))
	if sent.Message != "meow" || sent.ViaBotID != b.me.ID {
		t.Errorf("sent %+v", sent)
	}
}

// A bot that does not answer does not keep its user waiting for ever.
func TestBotIsSilent(t *testing.T) {
	s := start(t, Options{})
	b := bot(t, s, "700001:secret")
	a := people(t, s, phoneA)[0]
	asked := a.send(true, a.wrap(&tg.MessagesGetInlineBotResultsRequest{Bot: b.input(), Peer: &tg.InputPeerSelf{}, Query: "x"}))
	q, _ := updateOf[*tg.UpdateBotInlineQuery](b)
	s.mu.Lock()
	s.questions[q.QueryID].finish(nil, rpcError(400, "BOT_RESPONSE_TIMEOUT")) // as its timer does
	s.mu.Unlock()
	wantError(t, a.answer(asked, nil), 400, "BOT_RESPONSE_TIMEOUT")
}

// Reactions are counted, told, and taken back.
func TestReactions(t *testing.T) {
	s := start(t, Options{})
	p := people(t, s, phoneA, phoneB)
	a, b := p[0], p[1]
	ctx := t.Context()
	m := a.say(b.peer(), "good?")
	thumb := []tg.ReactionClass{&tg.ReactionEmoji{Emoticon: "👍"}}
	got[tg.UpdatesClass](t)(b.MessagesSendReaction(ctx, &tg.MessagesSendReactionRequest{Peer: a.peer(), MsgID: 1, Reaction: thumb}))
	u, _ := updateOf[*tg.UpdateMessageReactions](a)
	if u.MsgID != m.ID || u.Reactions.Results[0].Count != 1 || u.Reactions.RecentReactions[0].My {
		t.Errorf("told %+v", u)
	}
	list := got[*tg.MessagesMessageReactionsList](t)(a.MessagesGetMessageReactionsList(ctx, &tg.MessagesGetMessageReactionsListRequest{Peer: b.peer(), ID: m.ID, Limit: 5}))
	if list.Count != 1 || len(list.Users) != 1 {
		t.Errorf("list %+v", list)
	}
	got[tg.UpdatesClass](t)(b.MessagesSendReaction(ctx, &tg.MessagesSendReactionRequest{Peer: a.peer(), MsgID: 1}))
	if u, _ := updateOf[*tg.UpdateMessageReactions](a); len(u.Reactions.Results) != 0 {
		t.Errorf("told %+v", u)
	}
	forward := got[tg.UpdatesClass](t)(b.MessagesForwardMessages(ctx, &tg.MessagesForwardMessagesRequest{
		FromPeer: a.peer(), ID: []int{1}, RandomID: []int64{9}, ToPeer: &tg.InputPeerSelf{},
	}))
	if f := messageIn(t, forward); f.Message != "good?" || f.FwdFrom.FromID.(*tg.PeerUser).UserID != a.me.ID || f.FwdFrom.SavedFromMsgID != 1 {
		t.Errorf("forwarded %+v", f)
	}
	b.say(&tg.InputPeerSelf{}, "a note")
	parts := got[tg.MessagesSavedDialogsClass](t)(b.MessagesGetSavedDialogs(ctx, &tg.MessagesGetSavedDialogsRequest{OffsetPeer: &tg.InputPeerEmpty{}, Limit: 5}))
	if l := parts.(*tg.MessagesSavedDialogs).Dialogs; len(l) != 2 || l[1].(*tg.SavedDialog).Peer.(*tg.PeerUser).UserID != a.me.ID {
		t.Errorf("saved %+v", l)
	}
	kept := got[tg.MessagesMessagesClass](t)(b.MessagesGetSavedHistory(ctx, &tg.MessagesGetSavedHistoryRequest{Peer: a.peer(), Limit: 5}))
	if l := kept.(*tg.MessagesMessages).Messages; len(l) != 1 || l[0].(*tg.Message).Message != "good?" {
		t.Errorf("saved %+v", l)
	}
	found := got[tg.MessagesMessagesClass](t)(a.MessagesSearch(ctx, &tg.MessagesSearchRequest{Peer: b.peer(), Q: "GOOD", Filter: &tg.InputMessagesFilterEmpty{}, Limit: 5}))
	if f := found.(*tg.MessagesMessages); len(f.Messages) != 1 {
		t.Errorf("found %+v", f)
	}
}
