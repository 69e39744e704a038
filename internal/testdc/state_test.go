package testdc

import (
	"bytes"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/gotd/td/tg"
)

// What people did is still there after a restart, their logins among it.
func TestState(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state.json")
	first, err := Start(Options{Key: testKey(), State: file})
	if err != nil {
		t.Fatal(err)
	}
	first.SetPassword(phoneC, "secret", "none")
	p := people(t, first, phoneA, phoneB)
	a, b := p[0], p[1]
	first.SetPassword(phoneB, "secret", "a hint")
	a.say(b.peer(), "hello")
	photo := a.sendPhoto(b.peer(), picture(t, 400, 300))
	channel := first.NewChat("channel", "News", phoneA, phoneB)
	if _, err := first.Say(phoneA, channel, "post"); err != nil {
		t.Fatal(err)
	}
	state := got[*tg.UpdatesState](t)(b.UpdatesGetState(t.Context()))
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("state %v, error %v", info, err)
	}

	second := start(t, Options{State: file})
	b.srv = second
	b.redial()
	b.salt = b.newSalt()
	after := got[*tg.UpdatesState](t)(b.UpdatesGetState(t.Context()))
	if after.Pts != state.Pts {
		t.Errorf("pts %d, was %d", after.Pts, state.Pts)
	}
	h := got[tg.MessagesMessagesClass](t)(b.MessagesGetHistory(t.Context(), &tg.MessagesGetHistoryRequest{Peer: a.peer(), Limit: 10}))
	if list := h.(*tg.MessagesMessages).Messages; len(list) != 2 || list[1].(*tg.Message).Message != "hello" {
		t.Errorf("history %+v", list)
	}
	if got := b.download(photo, "m"); len(got) == 0 {
		t.Error("the photo is empty")
	}
	list := b.logins()
	if len(list) != 1 || !list[0].Current || list[0].DeviceModel != "Test device" {
		t.Errorf("logins %+v", list)
	}
	d := got[tg.MessagesDialogsClass](t)(b.MessagesGetDialogs(t.Context(), &tg.MessagesGetDialogsRequest{OffsetPeer: &tg.InputPeerEmpty{}, Limit: 10}))
	if n := len(d.(*tg.MessagesDialogs).Dialogs); n != 2 {
		t.Errorf("%d chats", n)
	}
	pw := got[*tg.AccountPassword](t)(b.AccountGetPassword(t.Context()))
	if !pw.HasPassword || pw.Hint != "a hint" {
		t.Errorf("password %+v", pw)
	}
}

// newSalt is the salt that a server tells when the client's is bad.
func (c *client) newSalt() int64 {
	c.t.Helper()
	k := c.srv.key(c.dc, c.key.ID)
	if k == nil {
		c.t.Fatal("the key is gone")
	}
	c.srv.mu.Lock()
	defer c.srv.mu.Unlock()
	return k.salt(c.srv.unix())
}

func TestStateRefuses(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state.json")
	for _, text := range []string{
		"", "no JSON", "{}", `{"Version":2}`, `{"Version":1,"Keys":[null]}`, `{"Version":1,"Accounts":[{}]}`, `{"Version":1,"Chats":{"x1":{}}}`,
		`{"Version":1,"Chats":{"g1":null}}`, `{"Version":1,"Posts":{"1":{"ID":1}}}`, `{"Version":1,"Files":{"1":{"ID":1}}}`,
	} {
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		s, err := Start(Options{Key: testKey(), State: file})
		if err == nil {
			t.Errorf("%q was taken", text)
			s.Close()
		}
		if data, _ := os.ReadFile(file); string(data) != text {
			t.Errorf("%q became %q", text, data)
		}
	}
	if _, err := Start(Options{Key: testKey(), State: t.TempDir()}); err == nil {
		t.Error("a folder was taken")
	}
}

// The state is written while the server runs, not only at its end.
func TestStateIsWritten(t *testing.T) {
	file := filepath.Join(t.TempDir(), "state.json")
	s := start(t, Options{State: file})
	if _, err := s.Say(phoneA, phoneB, "a text to be found"); err != nil {
		t.Fatal(err)
	}
	for end := time.Now().Add(patience); ; time.Sleep(20 * time.Millisecond) {
		other, err := newServer(Options{Key: testKey()})
		if err != nil {
			t.Fatal(err)
		}
		data, err := os.ReadFile(file)
		if err == nil && other.load(data) == nil && len(other.posts) == 1 {
			return
		}
		if time.Now().After(end) {
			t.Fatalf("state %s, error %v", data, err)
		}
	}
}

// FuzzState reads states; what is taken can be written again and serves those who ask.
func FuzzState(f *testing.F) {
	s := idle(f)
	s.somebody(phoneA)
	s.makeChat("group", "Group", phoneA, []string{phoneB})
	if _, err := s.act(phoneA, phoneB, func(a *account, p peer) int { return s.say(a, p, "hello") }); err != nil {
		f.Fatal(err)
	}
	data, err := s.save()
	if err != nil {
		f.Fatal(err)
	}
	f.Add(data)
	f.Add([]byte(`{"Version":1}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		s := idle(t)
		if s.load(data) != nil {
			return
		}
		for _, a := range s.users {
			v := s.view(a)
			v.dialogs(s.listed(a, 0))
			list, _ := a.since(0, 0)
			v.difference(a.peer(), list)
			v.users()
			v.chats()
		}
		again, err := s.save()
		if err != nil {
			t.Fatal(err)
		}
		if err := idle(t).load(again); err != nil {
			t.Fatalf("%v of %s", err, bytes.TrimSpace(again))
		}
	})
}
