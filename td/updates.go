package td

import (
	"context"
	"errors"
	"strings"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"tdjson/storage"
	"tdjson/types"
)

// updates keeps the account's place in the server's stream of updates: what was applied and what is still to come.
type updates struct {
	state     *tg.UpdatesState  // nil until the server has told it
	asking    bool              // a difference is under way
	postponed []tg.UpdatesClass // what came meanwhile, in its order
	overflow  bool              // too much came to be kept: another difference is needed
	early     []early           // what waits for updates before it
	watching  bool              // how long it has waited
	releasing bool              // what has waited
	fetched   int               // pts of the update that was asked for alone last
	failures  int               // of differences in a row
	resting   bool              // after a failure
	channel   map[int64]int     // pts of channels
}

// maxStep is how far a place may be behind: what is further behind begins a new order. It is TDLib's.
const maxStep = 1000009

// maxPostponed bounds what is kept while a difference is under way.
const maxPostponed = 1000

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
	if c.phase >= phaseClosing {
		return // the next start asks for it
	}
	list, err := tg.DecodeUpdates(&bin.Buffer{Buf: body})
	if err != nil {
		c.log.Printf(2, "An update of the server can't be read: %v", err)
		return
	}
	c.onLoginUpdate(list)
	u.apply(c, list)
}

// apply takes over a container of updates: its users first, then each update, then the place in the stream.
func (u *updates) apply(c *Client, list tg.UpdatesClass) {
	if u.asking {
		u.postpone(list)
		return
	}
	defer c.store.together()()
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
		if m, ok := list.(interface{ GetPts() int }); ok && u.state != nil && m.GetPts() <= u.state.Pts {
			return // it did already
		}
		u.getDifference(c, "a short message")
	}
}

// postpone keeps updates until the difference has come: it may hold them too.
func (u *updates) postpone(list tg.UpdatesClass) {
	if len(u.postponed) == maxPostponed {
		u.postponed, u.overflow = nil, true
	}
	if !u.overflow {
		u.postponed = append(u.postponed, list)
	}
}

// resume applies what was postponed.
func (u *updates) resume(c *Client) {
	list, overflow := u.postponed, u.overflow
	u.postponed, u.overflow = nil, false
	for _, updates := range list {
		u.apply(c, updates) // postponed again if there is a gap before it
	}
	if overflow {
		u.getDifference(c, "more updates than are kept")
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
			u.hold(c, &tg.UpdatesCombined{Updates: u.ordered(c, list), SeqStart: first, Seq: last, Date: date})
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
	u.release(c)
}

// ordered applies those updates of a container that have an order of their own, and returns the others.
func (u *updates) ordered(c *Client, list []tg.UpdateClass) (others []tg.UpdateClass) {
	for _, update := range list {
		if u.place(update).at != nil {
			u.one(c, update)
		} else {
			others = append(others, update)
		}
	}
	return others
}

// one applies an update if it is the next one in its own order.
func (u *updates) one(c *Client, update tg.UpdateClass) {
	p := u.place(update)
	if p.at != nil {
		switch {
		case p.after <= *p.at && p.count > 0 && !p.open:
			return // applied before
		case p.after <= p.count:
			c.log.Printf(1, "An update stands at a wrong place: %d", p.after) // the server begins at 1
			u.getDifference(c, "an update at a wrong place")
			return
		case p.isEarly():
			u.hold(c, &tg.UpdateShort{Update: update})
			return
		}
		if p.open {
			*p.at = p.after
		}
		*p.at = max(*p.at, p.after)
		u.store(c)
	}
	c.onUpdate(update)
}

// position is where an update stands in an order.
type position struct {
	at           *int // where the account is in that order, nil for an update that has none
	after, count int  // where it is after the update, and how many places that takes
	open         bool // whether any place is good: the account's is not known yet, or the server began anew
}

// isEarly tells whether there are places before the update that were not taken.
func (p position) isEarly() bool { return p.at != nil && !p.open && p.after-p.count > *p.at }

// place says in which of the account's own orders an update stands, and where. Those of channels have orders of their own; most
// updates have none.
func (u *updates) place(update tg.UpdateClass) position {
	switch update := update.(type) {
	case *tg.UpdateNewChannelMessage, *tg.UpdateEditChannelMessage, *tg.UpdateDeleteChannelMessages, *tg.UpdateChannelWebPage,
		*tg.UpdatePinnedChannelMessages:
		return position{}
	case interface {
		GetPts() int
		GetPtsCount() int
	}:
		return position{at: &u.state.Pts, after: update.GetPts(), count: update.GetPtsCount()}
	case interface{ GetQts() int }:
		return position{at: &u.state.Qts, after: update.GetQts(), count: 1, open: u.state.Qts == 0 || update.GetQts() < u.state.Qts-maxStep}
	}
	return position{}
}

// onUpdate gives an update to the subject that it is about.
func (c *Client) onUpdate(update tg.UpdateClass) {
	if c.registry.applied != nil {
		c.registry.applied(c, update)
	}
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
	case *tg.UpdateDCOptions:
		if len(update.DCOptions) > 0 {
			c.loadConfig() // it has the addresses of all
		}
	case *tg.UpdateNewAuthorization:
		c.unconfirmed.onAuthorization(c, update)
	case *tg.UpdateNewBotConnection:
		c.unconfirmed.onBotConnection(c, update)
	case *tg.UpdateBotPurchasedPaidMedia:
		c.onPurchase(update)
	case *tg.UpdateManagedBot:
		c.onManagedBot(update)
	}
}

// getDifference asks for what was missed. One question at a time is enough: what comes meanwhile is looked at after it.
func (u *updates) getDifference(c *Client, why string) {
	if u.asking || u.resting || !c.auth.ready() {
		return
	}
	c.log.Printf(3, "Get difference: %s", why)
	u.asking, u.early = true, nil // it brings those too
	c.net.updating++
	c.net.tell(c)
	c.post(func() { u.tell(c, true) }) // after the answer to who has logged in
	c.background(func(ctx context.Context) {
		err := errors.New("internal error") // stays if what follows panics
		defer func() { u.caughtUp(c, ctx, err) }()
		err = u.catchUp(c, ctx)
	})
}

// tell tells a user's program whether something may still come; bots have no notifications.
func (u *updates) tell(c *Client, more bool) {
	if !c.auth.bot {
		c.update(&types.UpdateHavePendingNotifications{HaveUnreceivedNotifications: more})
	}
}

// caughtUp goes on after a difference: with what came meanwhile, or with another try later.
func (u *updates) caughtUp(c *Client, ctx context.Context, err error) {
	u.asking = false
	c.net.updating--
	if ctx.Err() != nil {
		return
	}
	c.net.tell(c)
	u.tell(c, false)
	if err == nil {
		u.failures = 0
	} else {
		c.log.Printf(2, "Can't get the difference: %v", err)
		u.rest(c, err)
	}
	u.resume(c)
}

// rest waits before the next try to get a difference, the longer the more of them have failed.
func (u *updates) rest(c *Client, err error) {
	var e *types.Error
	if errors.As(err, &e) && strings.HasPrefix(e.Message, "PERSISTENT_TIMESTAMP_") {
		u.state = nil // our place is none of the server's: begin at its own
	}
	wait := min(time.Second<<min(u.failures, 6), time.Minute)
	u.failures++
	u.resting = true
	c.background(func(ctx context.Context) {
		c.pause(ctx, wait)
		u.resting = false
		u.getDifference(c, "another try")
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
	defer c.store.together()()
	c.users.learn(c, users)
	for _, update := range list {
		c.onUpdate(update)
	}
	u.state = state
	u.store(c)
}
