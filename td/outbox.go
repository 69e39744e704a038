package td

import (
	"strconv"
	"sync"
	"sync/atomic"
	"time"

	"tdjson/types"
)

// envelope is an answer or an update on its way to the program.
type envelope struct {
	client int32 // 0: printed without @client_id
	object types.Object
	extra  []byte // JSON; nil: none
}

// outbox is the one FIFO between clients and a receiving thread. What is put in must never change again: it is printed
// by the thread that takes it out.
type outbox struct {
	mu        sync.Mutex
	items     []envelope
	first     int
	wake      chan struct{}
	receiving atomic.Bool
	timer     *time.Timer // of the one receiver
}

func newOutbox() *outbox {
	return &outbox{wake: make(chan struct{}, 1)}
}

func (b *outbox) push(e envelope) {
	b.mu.Lock()
	if b.first > 0 && len(b.items) == cap(b.items) {
		n := copy(b.items, b.items[b.first:])
		clear(b.items[n:])
		b.items, b.first = b.items[:n], 0
	}
	b.items = append(b.items, e)
	wake := len(b.items)-b.first == 1
	b.mu.Unlock()
	if wake {
		select {
		case b.wake <- struct{}{}:
		default:
		}
	}
}

const keptEnvelopes = 4096

func (b *outbox) pop() (envelope, bool) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.first == len(b.items) {
		return envelope{}, false
	}
	e := b.items[b.first]
	b.items[b.first] = envelope{}
	b.first++
	if b.first == len(b.items) {
		b.items, b.first = b.items[:0], 0
		if cap(b.items) > keptEnvelopes {
			b.items = nil
		}
	}
	return e, true
}

// receive takes the next envelope, waiting for it no longer than the timeout. Only one thread may wait at a time.
func (b *outbox) receive(timeout time.Duration) (envelope, bool) {
	if !b.receiving.CompareAndSwap(false, true) {
		return envelope{object: types.NewError(400, "Receive is called from two threads at once: call it from one thread only")}, true
	}
	defer b.receiving.Store(false)
	if e, ok := b.pop(); ok || timeout <= 0 {
		return e, ok
	}
	if b.timer == nil {
		b.timer = time.NewTimer(timeout)
	} else {
		b.timer.Reset(timeout)
	}
	defer b.timer.Stop()
	for {
		select {
		case <-b.wake:
			if e, ok := b.pop(); ok {
				return e, true
			}
		case <-b.timer.C:
			return b.pop()
		}
	}
}

// append prints the envelope behind dst.
func (e *envelope) append(dst []byte) []byte {
	start := len(dst)
	dst, ok := appendOpen(dst, e.object)
	if !ok {
		dst, _ = types.AppendOpen(dst[:start], types.NewError(400, "The answer can't be written as JSON: a string in it isn't encoded in UTF-8 or a number isn't finite"))
	}
	if e.extra != nil {
		dst = append(append(dst, `,"@extra":`...), e.extra...)
	}
	if e.client != 0 {
		dst = strconv.AppendInt(append(dst, `,"@client_id":`...), int64(e.client), 10)
	}
	return append(dst, '}')
}
