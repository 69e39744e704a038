package mtproto

import (
	"cmp"
	"crypto/aes"
	"encoding/binary"
	"io"
	"slices"
	"time"

	"github.com/gotd/ige"
	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
)

const (
	maxBundle      = 1020     // messages in a container
	maxBundleBytes = 32 << 10 // bytes in a container of more than one message
	messageHead    = 8 + 4 + 4
	packetHead     = 8 + 8 // salt and session id
	minPadding     = 12
	maxPadding     = 1024
)

// idSource makes message ids: the time in units of 2^-32 s, divisible by four, ever higher.
type idSource struct{ last int64 }

func (g *idSource) next(now time.Time) int64 {
	ns := now.UnixNano()
	id := (ns/int64(time.Second))<<32 | ((ns%int64(time.Second))<<32)/int64(time.Second)
	id &^= 3
	if id <= g.last {
		id = g.last + 4
	}
	g.last = id
	return id
}

// idTime is the time in a message id.
func idTime(id int64) time.Time {
	return time.Unix(id>>32, (id&(1<<32-1))*int64(time.Second)>>32)
}

// outgoing is one message to be packed.
type outgoing struct {
	id      int64
	seqNo   int32
	content bool // wants an acknowledgement
	body    []byte
	call    *Call
	asks    []int64 // of a msgs_state_req
	binds   bool    // it is the question to bind the temporary key
}

// writeBuffers are what run packs and encrypts in.
type writeBuffers struct {
	msgs   []outgoing
	size   int
	plain  []byte
	sealed []byte
	poll   bool // it asks the server to wait for something to say
}

// fits says whether a message may join the packet.
func (o *writeBuffers) fits(c *conn, size int) bool {
	if len(o.msgs) == 0 {
		return true
	}
	return !c.noBundles && len(o.msgs) < maxBundle && o.size+messageHead+size <= maxBundleBytes
}

func (o *writeBuffers) add(m outgoing) {
	o.msgs = append(o.msgs, m)
	o.size += messageHead + len(m.body)
}

func (o *writeBuffers) reset() {
	clear(o.msgs)
	o.msgs, o.size, o.poll = o.msgs[:0], 0, false
	if cap(o.plain) > keepBuffer {
		o.plain, o.sealed = nil, nil
	}
	o.plain = o.plain[:0]
}

// pack puts what waits to be sent into s.out and reports whether there is anything. On closing only what the
// server should still know is packed. Only run calls it.
func (s *Session) pack(now time.Time, closing bool) bool {
	c, o := s.conn, &s.out
	if c == nil || !c.open || !s.noted {
		return false
	}
	o.reset()
	if !closing {
		s.packBind(c, now)
		if s.mayCall(c) {
			s.packCalls(c, now)
		}
		s.packPing(c, now)
	}
	s.packService(c)
	s.packAcks(c, now, closing || len(o.msgs) > 0)
	if c.http {
		s.packWait(c, now, closing)
	}
	if len(o.msgs) == 0 {
		return false
	}
	s.layOut()
	c.unheard.Add(int64(len(o.plain)))
	return true
}

// stamp gives a message its id and sequence number.
func (s *Session) stamp(content bool) (id int64, seqNo int32) {
	id, seqNo = s.ids.next(s.serverTime()), s.content*2
	if content {
		seqNo++
		s.content++
	}
	return id, seqNo
}

// packCalls takes calls from the queue in their order.
func (s *Session) packCalls(c *conn, now time.Time) {
	if s.unsorted {
		slices.SortStableFunc(s.queue, func(a, b *Call) int { return cmp.Compare(a.order, b.order) })
		s.unsorted = false
	}
	n := 0
	for _, call := range s.queue {
		if call.queued {
			if !s.out.fits(c, call.size(s)) {
				break
			}
			s.packCall(c, call, now)
		} else {
			s.dead--
		}
		n++
	}
	clear(s.queue[:n])
	if s.queue = s.queue[n:]; len(s.queue) == 0 {
		s.queue = nil
	}
}

// size is about what the call will take.
func (c *Call) size(s *Session) int {
	if c.keepID {
		return len(c.sent)
	}
	return len(c.body) + s.initSize + 8*len(c.opts.After) + 12
}

func (s *Session) packCall(c *conn, call *Call, now time.Time) {
	call.queued = false
	if !call.keepID {
		var id int64
		id, call.seqNo = s.stamp(true)
		call.ids = append(call.ids, id)
		call.firstAt, call.acked, call.known = now, false, 0
		s.inFlight[id] = call
		s.dress(call)
	}
	call.resent = call.keepID
	call.keepID, call.container = false, 0
	call.via, call.checkAt, s.busyAt = c, now.Add(checkAfter), now
	s.pinger.expect(now)
	s.out.add(outgoing{id: call.ids[len(call.ids)-1], seqNo: call.seqNo, body: call.sent, call: call})
}

// dress puts before the query what it needs: Config.Init's bytes, and the calls that it is to come after.
func (s *Session) dress(call *Call) {
	call.sent, call.withInit = call.body, false
	if call.kind != callQuery {
		return
	}
	if after := s.after(call); after != nil {
		call.sent = slices.Concat(after, call.sent)
	}
	if s.inited || call.opts.NoInit || s.cfg.Init == nil {
		return
	}
	init := s.cfg.Init()
	s.initSize = len(init)
	call.sent, call.withInit = slices.Concat(init, call.sent), true
}

// The constructors of invokeAfterMsg and invokeAfterMsgs.
const (
	invokeAfterID    = 0xcb9f372d
	invokeAfterAllID = 0x3dc4b4f0
)

// after is what makes the server wait for the calls in CallOptions.After that are not answered yet.
func (s *Session) after(call *Call) []byte {
	var ids []int64
	for _, c := range call.opts.After {
		if n := len(c.ids); n > 0 && s.inFlight[c.ids[n-1]] == c {
			ids = append(ids, c.ids[n-1])
		}
	}
	var b bin.Buffer
	switch len(ids) {
	case 0:
		return nil
	case 1:
		b.PutID(invokeAfterID)
	default:
		b.PutID(invokeAfterAllID)
		b.PutVectorHeader(len(ids))
	}
	for _, id := range ids {
		b.PutLong(id)
	}
	return b.Buf
}

// packPing adds what keeps the connection and its salts alive.
func (s *Session) packPing(c *conn, now time.Time) {
	if !s.out.fits(c, 64) {
		return
	}
	if body, ok := s.pinger.ping(c, now); ok {
		id, seqNo := s.stamp(false)
		s.out.add(outgoing{id: id, seqNo: seqNo, body: body})
		s.askAboutCalls(now)
	}
	if !s.out.fits(c, 64) {
		return
	}
	if body, ok := s.salts.ask(now, s.serverTime()); ok {
		id, seqNo := s.stamp(true)
		s.out.add(outgoing{id: id, seqNo: seqNo, body: body})
	}
}

// packWait says how long the server may keep a request over HTTP: not at all one that brings something, and long one that does not,
// of which there always is one.
func (s *Session) packWait(c *conn, now time.Time, closing bool) {
	wait := mt.HTTPWaitRequest{MaxDelay: httpDelay, WaitAfter: httpAfter}
	if len(s.out.msgs) == 0 {
		if closing || c.polling || now.Before(c.pollAt) {
			return
		}
		wait.MaxWait = int(pollWait / time.Millisecond)
		c.polling, c.pollAt, s.out.poll = true, now.Add(pollGap), true
	}
	id, seqNo := s.stamp(false)
	s.out.add(outgoing{id: id, seqNo: seqNo, body: encoded(&wait)})
}

// packService adds answers and questions of the protocol itself.
func (s *Session) packService(c *conn) {
	n := 0
	for _, m := range s.service {
		if !s.out.fits(c, len(m.body)) {
			break
		}
		m.id, m.seqNo = s.stamp(m.content)
		if len(m.asks) > 0 {
			if s.asked == nil {
				s.asked = make(map[int64][]int64)
			}
			s.asked[m.id] = m.asks
		}
		s.out.add(m)
		n++
	}
	clear(s.service[:n])
	if s.service = s.service[n:]; len(s.service) == 0 {
		s.service = nil
	}
}

// layOut writes the packet to be encrypted: salt, session, and one message or a container.
func (s *Session) layOut() {
	o := &s.out
	b := bin.Buffer{Buf: slices.Grow(o.plain[:0], packetHead+2*messageHead+o.size+maxPadding)}
	b.PutLong(s.salts.current(s.serverTime()))
	b.PutLong(s.id)
	if len(o.msgs) == 1 {
		o.msgs[0].put(&b)
	} else {
		id, seqNo := s.stamp(false)
		b.PutLong(id)
		b.PutInt32(seqNo)
		b.PutInt32(int32(8 + o.size))
		b.PutID(proto.MessageContainerTypeID)
		b.PutInt(len(o.msgs))
		for i := range o.msgs {
			m := &o.msgs[i]
			m.put(&b)
			if m.call != nil {
				m.call.container = id
			}
			if m.binds {
				s.temp.container = id
			}
		}
	}
	o.plain = b.Buf
}

func (m *outgoing) put(b *bin.Buffer) {
	b.PutLong(m.id)
	b.PutInt32(m.seqNo)
	b.PutInt32(int32(len(m.body)))
	b.Put(m.body)
}

// send encrypts and writes what was packed.
func (c *conn) send(o *writeBuffers) error {
	if err := o.seal(&c.key, c.s.cfg.Rand); err != nil {
		return err
	}
	if w, ok := c.w.(*httpWire); ok {
		return w.post(o.sealed, o.poll)
	}
	return c.w.write(o.sealed)
}

// seal pads and encrypts o.plain into o.sealed.
func (o *writeBuffers) seal(key *crypto.AuthKey, rand io.Reader) error {
	n := len(o.plain)
	var blocks [1]byte
	if _, err := io.ReadFull(rand, blocks[:]); err != nil {
		return err
	}
	// The length shall not tell what is inside.
	padding := minPadding + (16-(n+minPadding)%16)%16 + int(blocks[0]&15)*16
	o.plain = slices.Grow(o.plain, padding)[:n+padding]
	if _, err := io.ReadFull(rand, o.plain[n:]); err != nil {
		return err
	}
	msgKey := crypto.MessageKey(key.Value, o.plain, crypto.Client)
	aesKey, iv := crypto.Keys(key.Value, msgKey, crypto.Client)
	block, err := aes.NewCipher(aesKey[:])
	if err != nil {
		return err
	}
	o.sealed = append(o.sealed[:0], key.ID[:]...)
	o.sealed = append(o.sealed, msgKey[:]...)
	o.sealed = slices.Grow(o.sealed, len(o.plain))[:24+len(o.plain)]
	ige.EncryptBlocks(block, iv[:], o.sealed[24:], o.plain)
	return nil
}

// typeID is the constructor of a message, 0 if there is none.
func typeID(body []byte) uint32 {
	if len(body) < 4 {
		return 0
	}
	return binary.LittleEndian.Uint32(body)
}
