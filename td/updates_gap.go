package td

import (
	"context"
	"slices"
	"time"

	"github.com/gotd/td/tg"
)

// gapTime is how long updates wait for those before them, which may just have come in another order, until the server is asked for
// what is missing. It is TDLib's.
const gapTime = 700 * time.Millisecond

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
		left := gapTime - time.Since(u.early[0].since)
		if left <= 0 {
			u.getDifference(c, "a gap before an update")
			return
		}
		c.pause(ctx, left)
	}
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
