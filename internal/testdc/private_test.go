package testdc

import (
	"slices"
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

// Two people talk: a message, an answer, reading, an edit, deleting.
func TestPrivateChat(t *testing.T) {
	s := start(t, Options{})
	p := people(t, s, phoneA, phoneB)
	a, b := p[0], p[1]
	ctx := t.Context()

	said := a.say(b.peer(), "hello")
	if !said.Out || said.PeerID.(*tg.PeerUser).UserID != b.me.ID || said.ID != 1 {
		t.Errorf("said %+v", said)
	}
	u, all := updateOf[*tg.UpdateNewMessage](b)
	m := u.Message.(*tg.Message)
	if m.Out || m.Message != "hello" || m.PeerID.(*tg.PeerUser).UserID != a.me.ID || u.Pts != 2 || len(all.Users) != 1 {
		t.Errorf("told %+v in %+v", m, all)
	}
	answer := got[tg.UpdatesClass](t)(b.MessagesSendMessage(ctx, &tg.MessagesSendMessageRequest{
		Peer: a.peer(), Message: "hi", RandomID: 7, ReplyTo: &tg.InputReplyToMessage{ReplyToMsgID: m.ID},
	}))
	if ids := answer.(*tg.Updates).Updates[0].(*tg.UpdateMessageID); ids.RandomID != 7 || ids.ID != 2 {
		t.Errorf("number %+v", ids)
	}
	if _, err := b.MessagesSendMessage(ctx, &tg.MessagesSendMessageRequest{Peer: a.peer(), Message: "hi", RandomID: 7}); err == nil {
		t.Error("said twice")
	}
	u, _ = updateOf[*tg.UpdateNewMessage](a)
	if h, ok := u.Message.(*tg.Message).ReplyTo.(*tg.MessageReplyHeader); !ok || h.ReplyToMsgID != said.ID {
		t.Errorf("reply %+v", u.Message)
	}
	read := got[*tg.MessagesAffectedMessages](t)(a.MessagesReadHistory(ctx, &tg.MessagesReadHistoryRequest{Peer: b.peer(), MaxID: 2}))
	if read.PtsCount != 1 {
		t.Errorf("read %+v", read)
	}
	if r, _ := updateOf[*tg.UpdateReadHistoryOutbox](b); r.MaxID != 2 || r.Peer.(*tg.PeerUser).UserID != a.me.ID {
		t.Errorf("read %+v", r)
	}
	edit := &tg.MessagesEditMessageRequest{Peer: b.peer(), ID: said.ID}
	edit.SetMessage("hello!")
	edited := messageIn(t, got[tg.UpdatesClass](t)(a.MessagesEditMessage(ctx, edit)))
	if edited.Message != "hello!" || edited.EditDate == 0 {
		t.Errorf("edited %+v", edited)
	}
	if e, _ := updateOf[*tg.UpdateEditMessage](b); e.Message.(*tg.Message).Message != "hello!" {
		t.Errorf("edited %+v", e)
	}
	_, err := a.MessagesEditMessage(ctx, edit)
	wantError(t, err, 400, "MESSAGE_NOT_MODIFIED")
	edit.Peer = a.peer()
	edit.ID = 1
	_, err = b.MessagesEditMessage(ctx, edit)
	wantError(t, err, 403, "MESSAGE_AUTHOR_REQUIRED")

	gone := got[*tg.MessagesAffectedMessages](t)(a.MessagesDeleteMessages(ctx, &tg.MessagesDeleteMessagesRequest{Revoke: true, ID: []int{said.ID}}))
	if gone.PtsCount != 1 {
		t.Errorf("deleted %+v", gone)
	}
	if d, _ := updateOf[*tg.UpdateDeleteMessages](b); !slices.Equal(d.Messages, []int{1}) {
		t.Errorf("deleted %+v", d)
	}
	h := got[tg.MessagesMessagesClass](t)(b.MessagesGetHistory(ctx, &tg.MessagesGetHistoryRequest{Peer: a.peer(), Limit: 10}))
	if list := h.(*tg.MessagesMessages).Messages; len(list) != 1 || list[0].(*tg.Message).Message != "hi" {
		t.Errorf("history %+v", list)
	}
	d := got[tg.MessagesDialogsClass](t)(b.MessagesGetDialogs(ctx, &tg.MessagesGetDialogsRequest{OffsetPeer: &tg.InputPeerEmpty{}, Limit: 10}))
	if list := d.(*tg.MessagesDialogs).Dialogs; len(list) != 1 || list[0].(*tg.Dialog).TopMessage != 2 || list[0].(*tg.Dialog).ReadOutboxMaxID != 2 {
		t.Errorf("chats %+v", list)
	}
}

// Contacts, names, blocking.
func TestContacts(t *testing.T) {
	s := start(t, Options{})
	p := people(t, s, phoneA, phoneB, phoneC)
	a, b, c := p[0], p[1], p[2]
	ctx := t.Context()
	in := []tg.InputPhoneContact{{ClientID: 5, Phone: "+" + phoneB, FirstName: "Bea"}, {ClientID: 6, Phone: "123456789", FirstName: "Nobody"}}
	imported := got[*tg.ContactsImportedContacts](t)(a.ContactsImportContacts(ctx, in))
	if len(imported.Imported) != 1 || imported.Imported[0].ClientID != 5 || imported.Users[0].(*tg.User).Phone != phoneB {
		t.Errorf("imported %+v", imported)
	}
	if _, err := b.ContactsAddContact(ctx, &tg.ContactsAddContactRequest{ID: a.input(), FirstName: "Al"}); err != nil {
		t.Fatal(err)
	}
	list := got[tg.ContactsContactsClass](t)(b.ContactsGetContacts(ctx, 0)).(*tg.ContactsContacts)
	u := list.Users[0].(*tg.User)
	if len(list.Contacts) != 1 || !list.Contacts[0].Mutual || u.FirstName != "Al" || !u.MutualContact || u.Phone != phoneA {
		t.Errorf("contacts %+v, %+v", list.Contacts, u)
	}
	if _, err := c.AccountUpdateUsername(ctx, "charlie"); err != nil {
		t.Fatal(err)
	}
	_, err := a.AccountUpdateUsername(ctx, "Charlie")
	wantError(t, err, 400, "USERNAME_OCCUPIED")
	_, err = a.AccountUpdateUsername(ctx, "1a")
	wantError(t, err, 400, "USERNAME_INVALID")
	r := got[*tg.ContactsResolvedPeer](t)(a.ContactsResolveUsername(ctx, &tg.ContactsResolveUsernameRequest{Username: "CHARLIE"}))
	if r.Peer.(*tg.PeerUser).UserID != c.me.ID || r.Users[0].(*tg.User).Phone != "" {
		t.Errorf("resolved %+v", r)
	}
	found := got[*tg.ContactsFound](t)(a.ContactsSearch(ctx, &tg.ContactsSearchRequest{Q: "char", Limit: 5}))
	if len(found.Results) != 1 || len(found.MyResults) != 0 {
		t.Errorf("found %+v", found)
	}
	if _, err := b.ContactsBlock(ctx, &tg.ContactsBlockRequest{ID: c.peer()}); err != nil {
		t.Fatal(err)
	}
	c.say(b.peer(), "nobody hears")
	b.quiet()
	if _, err := a.ContactsDeleteContacts(ctx, []tg.InputUserClass{b.input()}); err != nil {
		t.Fatal(err)
	}
	if l := got[tg.ContactsContactsClass](t)(a.ContactsGetContacts(ctx, 0)).(*tg.ContactsContacts); len(l.Contacts) != 0 {
		t.Errorf("contacts %+v", l)
	}
}

// What a client missed comes with the difference, messages as they are now.
func TestDifference(t *testing.T) {
	s := start(t, Options{})
	p := people(t, s, phoneA, phoneB)
	a, b := p[0], p[1]
	state := got[*tg.UpdatesState](t)(b.UpdatesGetState(t.Context()))
	_ = b.conn.Close()
	a.say(b.peer(), "one")
	two := a.say(b.peer(), "two")
	three := a.say(b.peer(), "three")
	edit := &tg.MessagesEditMessageRequest{Peer: b.peer(), ID: two.ID}
	edit.SetMessage("two and a half")
	got[tg.UpdatesClass](t)(a.MessagesEditMessage(t.Context(), edit))
	got[*tg.MessagesAffectedMessages](t)(a.MessagesDeleteMessages(t.Context(), &tg.MessagesDeleteMessagesRequest{Revoke: true, ID: []int{three.ID}}))
	b.redial()
	d := got[tg.UpdatesDifferenceClass](t)(b.UpdatesGetDifference(t.Context(), &tg.UpdatesGetDifferenceRequest{Pts: state.Pts, Date: state.Date, Qts: state.Qts}))
	diff := d.(*tg.UpdatesDifference)
	if len(diff.NewMessages) != 2 || diff.NewMessages[1].(*tg.Message).Message != "two and a half" || diff.State.Pts != state.Pts+5 || len(diff.Users) != 1 {
		t.Errorf("difference %+v", diff)
	}
	if del, ok := diff.OtherUpdates[len(diff.OtherUpdates)-1].(*tg.UpdateDeleteMessages); !ok || del.Pts != diff.State.Pts {
		t.Errorf("difference %+v", diff.OtherUpdates)
	}
}

// Of channels the difference says only that something has changed: they have differences of their own.
func TestDifferenceOfChannels(t *testing.T) {
	s := start(t, Options{})
	b := people(t, s, phoneB)[0]
	name := s.NewChat("channel", "News", phoneA, phoneB)
	state := got[*tg.UpdatesState](t)(b.UpdatesGetState(t.Context()))
	s.ShiftClock(time.Minute)
	ask := &tg.UpdatesGetDifferenceRequest{Pts: state.Pts, Date: state.Date + 60, Qts: state.Qts}
	if d, ok := got[tg.UpdatesDifferenceClass](t)(b.UpdatesGetDifference(t.Context(), ask)).(*tg.UpdatesDifferenceEmpty); !ok {
		t.Errorf("difference %+v", d)
	}
	if _, err := s.Say(phoneA, name, "missed"); err != nil {
		t.Fatal(err)
	}
	d := got[tg.UpdatesDifferenceClass](t)(b.UpdatesGetDifference(t.Context(), ask)).(*tg.UpdatesDifference)
	if u, ok := d.OtherUpdates[0].(*tg.UpdateChannelTooLong); !ok || u.Pts == 0 || len(d.Chats) != 1 || len(d.NewMessages) != 0 {
		t.Errorf("difference %+v", d)
	}
}

// Updates that are withheld, doubled and swapped.
func TestSpoiltUpdates(t *testing.T) {
	s := start(t, Options{})
	p := people(t, s, phoneA, phoneB)
	a, b := p[0], p[1]
	pts := func() int {
		u, _ := updateOf[*tg.UpdateNewMessage](b)
		return u.Pts
	}
	s.WithholdUpdates(phoneB, 1)
	a.say(b.peer(), "lost")
	a.say(b.peer(), "comes")
	if n := pts(); n != 3 {
		t.Errorf("pts %d after a lost update", n)
	}
	s.DoubleUpdates(phoneB, 1)
	a.say(b.peer(), "twice")
	if x, y := pts(), pts(); x != 4 || y != 4 {
		t.Errorf("pts %d and %d", x, y)
	}
	s.SwapUpdates(phoneB, 1)
	a.say(b.peer(), "second")
	a.say(b.peer(), "first")
	if x, y := pts(), pts(); x != 6 || y != 5 {
		t.Errorf("pts %d and %d", x, y)
	}
	if s.WithholdUpdates("0000000", 1) {
		t.Error("updates of nobody withheld")
	}
}
