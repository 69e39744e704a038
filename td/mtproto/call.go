package mtproto

import (
	"context"
	"slices"
	"sync/atomic"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/proto"
)

const (
	maxQuery = 1 << 20 // bytes of one query
	minGzip  = 1 << 10 // smaller queries are not worth compressing
)

// CallOptions change how a query is sent. The zero value is right for most.
type CallOptions struct {
	// Done is called once with the result, the bytes after rpc_result's header, which it may keep, or with an
	// error: *tgerr.Error from the server, ErrClosed, ErrKeyGone or ErrBadQuery. It runs where Handler runs and
	// must not block. A call that is cancelled first never calls it. With Done, Wait must not be used.
	Done func(result []byte, err error)
	// NoInit sends the query without Config.Init's bytes.
	NoInit bool
	// After are calls of the same session that the server is to act upon before this one, as far as they are
	// not answered yet.
	After []*Call
	// NoGzip never compresses the query: for parts of files.
	NoGzip bool
}

type callKind uint8

const (
	callQuery callKind = iota
	callDestroyKey
	callDestroySession
)

const (
	callPending int32 = iota
	callDone
	callCancelled
)

// Call is a query on its way.
type Call struct {
	s     *Session
	opts  CallOptions
	kind  callKind
	fate  atomic.Int32
	done  chan struct{} // nil with opts.Done
	reply []byte
	err   error

	// body is the query, packed if that helped.
	body []byte
	// target is the session of a destroy_session.
	target int64

	// The rest is guarded by s.mu.

	order     uint64    // among the calls of this session
	ids       []int64   // message ids under which it was sent; the last one counts
	seqNo     int32     // of the last id
	sent      []byte    // the bytes sent under the last id
	withInit  bool      // sent has Config.Init's bytes
	container int64     // id of the container that carried it last
	via       *conn     // the connection it was sent on last
	firstAt   time.Time // when the last id was used first
	checkAt   time.Time // when the server is asked about it
	acked     bool      // the server has it
	known     int       // how often it said so when asked
	refusals  int       // of the server, in this session
	queued    bool      // it stands in s.queue
	keepID    bool      // it goes out again under the same id
	resent    bool      // it went out so last: the server may have acted before
}

// Call queues a query and returns at once; queries leave in the order of their calls. It waits for a connection
// for as long as that takes. The query is encoded before Call returns.
func (s *Session) Call(query bin.Encoder, opts CallOptions) *Call {
	c := &Call{s: s, opts: opts}
	if opts.Done == nil {
		c.done = make(chan struct{})
	}
	if err := c.encode(query); err != nil {
		c.finish(nil, err)
		return c
	}
	s.enqueue(c)
	return c
}

// encode makes the body, compressed where that saves a tenth.
func (c *Call) encode(query bin.Encoder) error {
	var b bin.Buffer
	if err := query.Encode(&b); err != nil {
		return err
	}
	if len(b.Buf) < 4 || len(b.Buf)%4 != 0 || len(b.Buf) > maxQuery {
		return ErrBadQuery
	}
	c.body = b.Buf
	if c.opts.NoGzip || len(b.Buf) < minGzip {
		return nil
	}
	var packed bin.Buffer
	if err := (proto.GZIP{Data: b.Buf}).Encode(&packed); err != nil {
		return err
	}
	if len(packed.Buf) < len(b.Buf)/10*9 {
		c.body = packed.Buf
	}
	return nil
}

// enqueue hands the call to the session, or answers it when that is over.
func (s *Session) enqueue(c *Call) {
	s.mu.Lock()
	err := s.ended()
	if err == nil {
		s.orders++
		c.order = s.orders
		c.queued = true
		s.queue = append(s.queue, c)
		s.pending++
	}
	s.mu.Unlock()
	if err != nil {
		c.finish(nil, err)
		return
	}
	s.poke()
}

// ended is the error of calls made now, if the session takes no more.
func (s *Session) ended() error {
	if s.closed {
		return ErrClosed
	}
	if s.destroyed {
		return ErrKeyGone
	}
	return nil
}

// finish answers the call unless it was cancelled. It is called without s.mu.
func (c *Call) finish(reply []byte, err error) {
	if !c.fate.CompareAndSwap(callPending, callDone) {
		return
	}
	if c.done == nil {
		c.opts.Done(reply, err)
		return
	}
	c.reply, c.err = reply, err
	close(c.done)
}

// Wait returns the result of a call made without Done, or cancels it when ctx ends first.
func (c *Call) Wait(ctx context.Context) ([]byte, error) {
	select {
	case <-c.done:
		return c.reply, c.err
	default:
	}
	select {
	case <-c.done:
	case <-ctx.Done():
		if c.Cancel() {
			return nil, ctx.Err()
		}
		<-c.done
	}
	return c.reply, c.err
}

// Cancel gives the call up and tells the server so, if it was sent. It reports false if the answer came first.
// After true, Done is not called and Wait must not be.
func (c *Call) Cancel() bool {
	if !c.fate.CompareAndSwap(callPending, callCancelled) {
		return false
	}
	s := c.s
	s.mu.Lock()
	forgotten := s.forget(c)
	if forgotten && len(c.ids) > 0 && c.kind == callQuery && c.via == s.conn && s.conn != nil {
		s.dropAnswer(c.ids[len(c.ids)-1])
	}
	s.mu.Unlock()
	if forgotten {
		s.poke()
	}
	return true
}

// forget takes the call out of the session's books; false if it was not in them any more.
func (s *Session) forget(c *Call) bool {
	known := c.queued
	for _, id := range c.ids {
		if s.inFlight[id] == c {
			delete(s.inFlight, id)
			known = true
		}
	}
	if !known {
		return false
	}
	if c.queued {
		c.queued = false // what stands in s.queue is skipped when it is packed
		s.dead++
		s.sweep()
	}
	c.sent, c.body, c.opts.After = nil, nil, nil
	s.pending--
	return true
}

// sweep takes calls that are over out of the queue when they are most of it.
func (s *Session) sweep() {
	const few = 32
	if s.dead <= few || s.dead <= len(s.queue)/2 {
		return
	}
	s.queue = slices.DeleteFunc(s.queue, func(c *Call) bool { return !c.queued })
	s.dead = 0
}

// Invoke sends a query and decodes its result: the session as a tg.Invoker.
func (s *Session) Invoke(ctx context.Context, query bin.Encoder, result bin.Decoder) error {
	reply, err := s.Call(query, CallOptions{}).Wait(ctx)
	if err != nil {
		return err
	}
	return result.Decode(&bin.Buffer{Buf: reply})
}
