package testdc

import (
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// person is somebody who is logged in and listens, for tests of what people do with each other.
type someone struct {
	*client
	*tg.Client
	me *tg.User
}

// people logs in as many as there are phone numbers; all have each other's access hashes.
func people(t testing.TB, s *Server, phones ...string) []*someone {
	t.Helper()
	var list []*someone
	for _, phone := range phones {
		c := connect(t, s, 1)
		p := &someone{client: c, me: c.logIn(phone)}
		p.Client = c.api()
		if _, err := p.UpdatesGetState(t.Context()); err != nil {
			t.Fatal(err)
		}
		list = append(list, p)
	}
	return list
}

const (
	phoneA = "15550000001"
	phoneB = "15550000002"
	phoneC = "15550000003"
)

func (p *someone) input() *tg.InputUser {
	return &tg.InputUser{UserID: p.me.ID, AccessHash: p.me.AccessHash}
}

func (p *someone) peer() *tg.InputPeerUser {
	return &tg.InputPeerUser{UserID: p.me.ID, AccessHash: p.me.AccessHash}
}

// got returns what a call that must succeed answers.
func got[T any](t testing.TB) func(T, error) T {
	return func(v T, err error) T {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
}

// say sends a text and returns the message as the sender has it.
func (p *someone) say(to tg.InputPeerClass, text string) *tg.Message {
	p.t.Helper()
	u := got[tg.UpdatesClass](p.t)(p.MessagesSendMessage(p.t.Context(), &tg.MessagesSendMessageRequest{Peer: to, Message: text, RandomID: randomInt64()}))
	return messageIn(p.t, u)
}

// messageIn finds the new or changed message among updates.
func messageIn(t testing.TB, u tg.UpdatesClass) *tg.Message {
	t.Helper()
	for _, one := range u.(*tg.Updates).Updates {
		var m tg.MessageClass
		switch one := one.(type) {
		case *tg.UpdateNewMessage:
			m = one.Message
		case *tg.UpdateNewChannelMessage:
			m = one.Message
		case *tg.UpdateEditMessage:
			m = one.Message
		case *tg.UpdateEditChannelMessage:
			m = one.Message
		}
		if m, ok := m.(*tg.Message); ok {
			return m
		}
	}
	t.Fatalf("no message in %+v", u)
	return nil
}

// updateOf waits until somebody is told an update of a type.
func updateOf[T tg.UpdateClass](p *someone) (T, *tg.Updates) {
	p.t.Helper()
	var zero T
	for range 50 {
		m, err := p.wait(func(m message) bool { return m.typ() == tg.UpdatesTypeID || m.typ() == tg.UpdateShortTypeID }, patience)
		if err != nil {
			p.t.Fatalf("waiting for %T: %v", zero, err)
		}
		if m.typ() == tg.UpdateShortTypeID {
			if u, ok := decode(p.client, m, &tg.UpdateShort{}).Update.(T); ok {
				return u, nil
			}
			continue
		}
		all := decode(p.client, m, &tg.Updates{})
		for _, u := range all.Updates {
			if u, ok := u.(T); ok {
				return u, all
			}
		}
	}
	p.t.Fatalf("no %T", zero)
	return zero, nil
}

// quiet tells that nobody is told anything for a moment.
func (p *someone) quiet() {
	p.t.Helper()
	m, err := p.wait(func(m message) bool { return m.typ() == tg.UpdatesTypeID || m.typ() == tg.UpdateShortTypeID }, 30*time.Millisecond)
	if err == nil {
		p.t.Errorf("told %#x", m.typ())
	}
	p.redial()
}

func wireEqual(a, b bin.Encoder) bool {
	var x, y bin.Buffer
	return a.Encode(&x) == nil && b.Encode(&y) == nil && string(x.Buf) == string(y.Buf)
}
