package td

import (
	"context"
	"time"

	"tdjson/types"
)

// tempKeys lets the server drop the temporary keys that are not in use any more, as TDLib does: soon after those in use have changed.
type tempKeys struct {
	changed  time.Time // the first time since the server was told; zero if it knows all
	timer    *time.Timer
	cancel   context.CancelFunc // of the call that is under way
	failures int                // in a row
}

const (
	tempKeysCalm = 100 * time.Millisecond // without a change
	tempKeysMost = time.Second            // since the first change
	tempKeysRare = 10                     // the delay after failures is doubled as often
)

// TempKey is called by the session: see mtproto.Handler.
func (d *hearing) TempKey(id int64) {
	d.post(func() { d.setTemp(id) })
}

// setTemp notes the temporary key that is used with the data center, 0 for none.
func (d *center) setTemp(id int64) {
	if d.temp != id {
		d.temp = id
		d.c.net.temps.change(d.c)
	}
}

// change lets the server be told of another set of keys, and not of the one before.
func (k *tempKeys) change(c *Client) {
	if k.changed.IsZero() {
		k.changed = time.Now()
	}
	if k.cancel != nil {
		k.cancel()
	}
	k.failures = 0
	k.after(c, min(tempKeysCalm, max(0, time.Until(k.changed.Add(tempKeysMost)))))
}

func (k *tempKeys) after(c *Client, delay time.Duration) {
	if k.timer != nil {
		k.timer.Stop()
	}
	k.timer = time.AfterFunc(delay, func() { c.background(c.dropTempKeys) })
}

// dropTempKeys tells the server which temporary keys are used.
func (c *Client) dropTempKeys(ctx context.Context) {
	k := &c.net.temps
	_, leaving := c.auth.state.(*types.AuthorizationStateLoggingOut)
	if k.changed.IsZero() || leaving { // the keys are going all the same
		return
	}
	var used []int64
	for _, d := range c.net.talking() {
		if d.temp != 0 {
			used = append(used, d.temp)
		}
	}
	ctx, k.cancel = context.WithCancel(ctx)
	defer k.cancel()
	k.changed = time.Time{}
	_, err := c.api.tg.AuthDropTempAuthKeys(ctx, used)
	if ctx.Err() != nil {
		return // another set is to be told, or nothing any more
	}
	k.cancel = nil
	if err == nil {
		k.failures = 0
	} else {
		c.log.Printf(2, "Temporary keys that are not used were not dropped: %v", err)
		k.changed = time.Now()
		k.after(c, tempKeysCalm<<min(k.failures, tempKeysRare))
		k.failures++
	}
}
