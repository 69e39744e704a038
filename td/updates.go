package td

import (
	"context"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"tdjson/storage"
	"tdjson/types"
)

// updates keeps the account's place in the server's stream of updates: what was applied and what is still to come.
type updates struct {
	state   *tg.UpdatesState // nil until the server has told it
	asking  bool             // a difference is under way
	again   bool             // and another one is needed after it
	channel map[int64]int    // pts of channels
}

func (u *updates) open(l *loaded) {
	u.channel = map[int64]int{}
	if s := l.session.State; s != nil {
		u.state = &tg.UpdatesState{Pts: s.PTS, Qts: s.QTS, Date: s.Date, Seq: s.Seq}
		for _, ch := range s.Channels {
			u.channel[ch.ID] = ch.PTS
		}
	}
}

// store writes the place, in the same transaction as all that was changed with it.
func (u *updates) store(c *Client) {
	s := &storage.UpdateState{PTS: u.state.Pts, QTS: u.state.Qts, Date: u.state.Date, Seq: u.state.Seq}
	c.store.change(func(b *storage.Batch) { b.State = s })
}

// received takes what the server sent by itself.
func (u *updates) received(c *Client, body []byte) {
	list, err := tg.DecodeUpdates(&bin.Buffer{Buf: body})
	if err != nil {
		c.log.Printf(2, "An update of the server can't be read: %v", err)
		return
	}
	u.apply(c, list)
}

// apply takes over a container of updates: its users first, then each update, then the place in the stream.
func (u *updates) apply(c *Client, list tg.UpdatesClass) {
	switch list := list.(type) {
	case *tg.UpdatesTooLong:
		u.getDifference(c, "too many updates")
	case *tg.Updates:
		c.users.learn(c, list.Users)
		u.container(c, list.Updates, list.Seq, list.Seq, list.Date)
	case *tg.UpdatesCombined:
		c.users.learn(c, list.Users)
		u.container(c, list.Updates, list.SeqStart, list.Seq, list.Date)
	case *tg.UpdateShort:
		u.container(c, []tg.UpdateClass{list.Update}, 0, 0, list.Date)
	default:
		// Short messages name users that may be unknown; the difference brings both.
		u.getDifference(c, "a short message")
	}
}

// container applies updates that came together. A gap before them is filled from the server.
func (u *updates) container(c *Client, list []tg.UpdateClass, first, last, date int) {
	if u.state == nil {
		return
	}
	if first > 0 {
		switch {
		case last <= u.state.Seq:
			return // applied before
		case first > u.state.Seq+1:
			u.getDifference(c, "a gap in seq")
			return
		}
	}
	for _, update := range list {
		u.one(c, update)
	}
	if last > 0 {
		u.state.Seq, u.state.Date = last, date
		u.store(c)
	}
}

// one applies an update if it is the next one in its own order.
func (u *updates) one(c *Client, update tg.UpdateClass) {
	if p, ok := update.(interface {
		GetPts() int
		GetPtsCount() int
	}); ok {
		if _, channel := update.(interface{ GetChannelID() int64 }); !channel {
			pts, count := p.GetPts(), p.GetPtsCount()
			switch {
			case pts <= u.state.Pts:
				return
			case pts-count > u.state.Pts:
				u.getDifference(c, "a gap in pts")
				return
			}
			u.state.Pts = pts
			defer u.store(c)
		}
	}
	c.onUpdate(update)
}

// onUpdate gives an update to the subject that it is about.
func (c *Client) onUpdate(update tg.UpdateClass) {
	switch update := update.(type) {
	case *tg.UpdateUser, *tg.UpdateUserName, *tg.UpdateUserPhone, *tg.UpdateUserEmojiStatus:
		c.users.changed(c, update)
	case *tg.UpdateUserStatus:
		c.users.onStatus(c, update)
	case *tg.UpdateLangPackTooLong:
		c.languages.onTooLong(c, update.LangCode)
	case *tg.UpdateLangPack:
		c.languages.onDifference(c, &update.Difference)
	case *tg.UpdateConfig:
		c.loadConfig()
	}
}

// getDifference asks for what was missed. One question at a time is enough: what is missed meanwhile needs another one.
func (u *updates) getDifference(c *Client, why string) {
	if u.asking || !c.auth.ready() {
		u.again = u.asking
		return
	}
	c.log.Printf(3, "Get difference: %s", why)
	u.asking = true
	c.net.updating++
	c.net.tell(c)
	c.update(&types.UpdateHavePendingNotifications{HaveUnreceivedNotifications: true})
	c.background(func(ctx context.Context) {
		err := u.catchUp(c, ctx)
		u.asking = false
		c.net.updating--
		c.net.tell(c)
		c.update(&types.UpdateHavePendingNotifications{})
		if err != nil && ctx.Err() == nil {
			c.log.Printf(2, "Can't get the difference: %v", err)
		}
		if u.again && ctx.Err() == nil {
			u.again = false
			u.getDifference(c, "updates came meanwhile")
		}
	})
}

// catchUp brings the state to the server's, in as many steps as the server wants.
func (u *updates) catchUp(c *Client, ctx context.Context) error {
	if u.state == nil {
		state, err := c.api.tg.UpdatesGetState(ctx)
		if err != nil {
			return err
		}
		u.state = state
		u.store(c)
		return nil
	}
	for {
		d, err := c.api.tg.UpdatesGetDifference(ctx, &tg.UpdatesGetDifferenceRequest{Pts: u.state.Pts, Date: u.state.Date, Qts: u.state.Qts})
		if err != nil {
			return err
		}
		switch d := d.(type) {
		case *tg.UpdatesDifferenceEmpty:
			u.state.Date, u.state.Seq = d.Date, d.Seq
			u.store(c)
			return nil
		case *tg.UpdatesDifference:
			u.difference(c, d.Users, d.OtherUpdates, &d.State)
			return nil
		case *tg.UpdatesDifferenceSlice:
			u.difference(c, d.Users, d.OtherUpdates, &d.IntermediateState)
		case *tg.UpdatesDifferenceTooLong:
			u.state.Pts = d.Pts
			u.store(c)
		}
	}
}

func (u *updates) difference(c *Client, users []tg.UserClass, list []tg.UpdateClass, state *tg.UpdatesState) {
	c.users.learn(c, users)
	for _, update := range list {
		c.onUpdate(update)
	}
	u.state = state
	u.store(c)
}
