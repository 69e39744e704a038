package td

import (
	"context"
	"encoding/binary"
	"slices"
	"strconv"
)

// leftovers are the MTProto sessions with a data center that the server may still keep: that of this run, and those of runs
// before it, which ended without a word or in a crash. The server would collect updates for them.
type leftovers struct {
	ids  []int64 // as they are stored, the newest last
	left int     // how many of them are of runs before this one
	busy bool    // they are being destroyed
}

// maxLeft is how many sessions of a data center are remembered.
const maxLeft = 32

func (d *center) leftName() string { return "sessions." + strconv.Itoa(d.id) }

// openLeft takes over what the last run wrote.
func (d *center) openLeft(stored []byte) {
	for len(stored) >= 8 && len(d.ids) < maxLeft {
		d.ids = append(d.ids, int64(binary.LittleEndian.Uint64(stored)))
		stored = stored[8:]
	}
	d.left = len(d.ids)
}

// note writes a session down before it is used: what is killed at once must not leave one that nobody knows. Where there is no key
// yet, another session follows the key.
func (d *center) note(id int64, use func()) {
	if d.key.Zero() {
		use()
		return
	}
	d.uses(id)
	go func() {
		defer d.c.log.Guard("A new session")
		d.c.store.flush() // or can't be written: that is no reason not to talk
		use()
	}()
}

// uses notes a session.
func (d *center) uses(id int64) {
	if len(d.ids) > d.left && d.ids[len(d.ids)-1] == id {
		return
	}
	d.ids = append(d.ids, id)
	if more := len(d.ids) - maxLeft; more > 0 {
		d.ids = slices.Delete(d.ids, 0, more)
		d.left = max(d.left-more, 0)
	}
	d.storeLeft()
}

// forgetLeft forgets the sessions of another key, which ended with it.
func (d *center) forgetLeft() {
	if len(d.ids) > 0 {
		d.leftovers = leftovers{}
		d.storeLeft()
	}
}

func (d *center) storeLeft() {
	if !d.current() {
		return
	}
	if len(d.ids) == 0 {
		d.c.store.delete(d.leftName())
		return
	}
	text := make([]byte, 0, 8*len(d.ids))
	for _, id := range d.ids {
		text = binary.LittleEndian.AppendUint64(text, uint64(id))
	}
	d.c.store.set(d.leftName(), string(text))
}

// destroyLeft asks the server to forget the sessions of runs before this one, one after the other. Those that it does not answer
// for stay for the next start.
func (d *center) destroyLeft() {
	if d.left == 0 || d.busy {
		return
	}
	d.busy = true
	d.c.background(func(ctx context.Context) {
		for d.left > 0 && d.session != nil && ctx.Err() == nil {
			session, id := d.session, d.ids[0]
			var err error
			d.c.await(func() { _, err = session.DestroySession(ctx, id) })
			if err != nil {
				d.c.log.Printf(3, "Session %x of data center %d was not destroyed: %v", uint64(id), d.id, err)
				break
			}
			if d.left > 0 && d.ids[0] == id {
				d.ids = slices.Delete(d.ids, 0, 1)
				d.left--
				d.storeLeft()
			}
		}
		d.busy = false
	})
}
