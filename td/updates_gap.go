package td

import (
	"context"
	"math"
	"slices"
	"time"

	"github.com/gotd/td/tg"
)

// Updates wait for those before them, which may just have come in another order. The times are TDLib's.
const (
	fetchTime = 50 * time.Millisecond  // until the server is asked for the only one that is missing in pts
	gapTime   = 700 * time.Millisecond // until it is asked for all that came since
)

// early is what came before its turn: one update, or a container without those of its updates that have an order of their own.
type early struct {
	list  tg.UpdatesClass
	since time.Time
}

// hold keeps what came before its turn.
func (u *updates) hold(c *Client, list tg.UpdatesClass) {
	if len(u.early) == maxPostponed {
		u.getDifference(c, "more updates before a gap than are kept")
		return
	}
	u.early = append(u.early, early{list, time.Now()})
	if !u.watching {
		u.watching = true
		c.background(func(ctx context.Context) { u.watch(c, ctx) })
	}
}

// watch asks the server for what is missing when somebody has waited for it for too long.
func (u *updates) watch(c *Client, ctx context.Context) {
	defer func() { u.watching = false }()
	for len(u.early) > 0 && ctx.Err() == nil {
		waited := time.Since(u.early[0].since)
		if waited >= gapTime {
			u.getDifference(c, "a gap before an update")
			return
		}
		until := gapTime
		if pts := u.missing(); pts != 0 && pts != u.fetched {
			if waited >= fetchTime {
				u.fetched = pts
				c.background(func(ctx context.Context) { u.fetch(c, ctx, pts) })
			} else {
				until = fetchTime
			}
		}
		c.pause(ctx, until-waited)
	}
}

// missing is the pts of the only update that is missing before those that wait in this order, 0 if it is not just one.
func (u *updates) missing() int {
	first := 0
	for _, e := range u.early {
		if short, ok := e.list.(*tg.UpdateShort); ok {
			if p := u.place(short.Update); p.at == &u.state.Pts && (first == 0 || p.after-p.count < first) {
				first = p.after - p.count
			}
		}
	}
	if first != u.state.Pts+1 {
		return 0
	}
	return first
}

// fetch asks the server for one update. If that does not bring it, the difference will.
func (u *updates) fetch(c *Client, ctx context.Context, pts int) {
	request := &tg.UpdatesGetDifferenceRequest{Pts: pts - 1, Date: math.MaxInt32}
	request.SetPtsLimit(1)
	request.SetQtsLimit(0)
	d, err := c.api.tg.UpdatesGetDifference(ctx, request)
	if err != nil || u.asking || u.state == nil || u.missing() != pts {
		return
	}
	var update []tg.UpdateClass
	var users []tg.UserClass
	switch d := d.(type) {
	case *tg.UpdatesDifference:
		update, users = only(d.NewMessages, d.OtherUpdates, pts), d.Users
	case *tg.UpdatesDifferenceSlice:
		update, users = only(d.NewMessages, d.OtherUpdates, pts), d.Users
	}
	if len(update) != 1 {
		return
	}
	defer c.store.together()()
	c.users.learn(c, users)
	u.state.Pts = pts
	u.store(c)
	c.onUpdate(update[0])
	u.release(c)
}

// only are the updates of a difference that take a place in pts.
func only(messages []tg.MessageClass, others []tg.UpdateClass, pts int) (list []tg.UpdateClass) {
	for _, m := range messages {
		list = append(list, &tg.UpdateNewMessage{Message: m, Pts: pts, PtsCount: 1})
	}
	for _, update := range others {
		if _, named := update.(*tg.UpdateMessageID); !named {
			list = append(list, update)
		}
	}
	return list
}

// release applies what has waited for what was applied just now.
func (u *updates) release(c *Client) {
	if u.releasing || len(u.early) == 0 {
		return
	}
	u.releasing = true
	defer func() { u.releasing = false }()
	for !u.asking { // a difference brings all that is early
		i := slices.IndexFunc(u.early, func(e early) bool { return !u.isEarly(e.list) })
		if i < 0 {
			return
		}
		list := u.early[i].list
		u.early = slices.Delete(u.early, i, i+1)
		u.apply(c, list)
	}
}

// isEarly tells whether something before what was held is still missing.
func (u *updates) isEarly(list tg.UpdatesClass) bool {
	switch list := list.(type) {
	case *tg.UpdateShort:
		return u.place(list.Update).isEarly()
	case *tg.UpdatesCombined:
		return list.SeqStart > u.state.Seq+1
	}
	return false
}
