package mtproto

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/tgerr"
)

const (
	tooOld    = 300 * time.Second // age at which a packet is not believed
	nudgeGap  = 5 * time.Second   // least time between pings that only ask for the clock
	maxUnzip  = 10 << 20          // bytes, as in gotd
	clockStep = time.Second       // the server's clock is followed in such steps
)

var (
	errDamaged = errors.New("server sent a damaged packet")
	errUnzip   = errors.New("server sent a damaged gzip_packed")
)

// incoming is one message from the server, out of its container and unpacked.
type incoming struct {
	id    int64
	seqNo int32
	body  []byte
	reply []byte // of an rpc_result, unpacked
	err   error  // it could not be unpacked
}

// openedPacket is a decrypted packet.
type openedPacket struct {
	session int64
	id      int64
	msgs    []incoming
}

// openPacket decrypts and parses one packet.
func openPacket(key *crypto.AuthKey, packet []byte) (openedPacket, error) {
	if len(packet) < 24+16 {
		return openedPacket{}, errDamaged
	}
	// A padded transport adds up to 15 bytes.
	packet = packet[:24+(len(packet)-24)&^15]
	data, err := crypto.NewClientCipher(nil).DecryptFromBuffer(*key, &bin.Buffer{Buf: packet})
	if err != nil {
		return openedPacket{}, fmt.Errorf("%w: %w", errDamaged, err)
	}
	if len(data.MessageDataWithPadding)-int(data.MessageDataLen) < minPadding {
		return openedPacket{}, fmt.Errorf("%w: padding is too short", errDamaged)
	}
	p := openedPacket{session: data.SessionID, id: data.MessageID}
	if p.id&1 == 0 {
		return openedPacket{}, fmt.Errorf("%w: its message id is that of a client", errDamaged)
	}
	p.msgs, err = unpack(nil, incoming{id: data.MessageID, seqNo: data.SeqNo, body: data.Data()}, false)
	return p, err
}

// unpack appends the messages in m: itself, or those of its container. Containers in containers are refused.
func unpack(dst []incoming, m incoming, inside bool) ([]incoming, error) {
	if typeID(m.body) == proto.GZIPTypeID {
		if m.body, m.err = unzip(m.body); m.err != nil {
			return append(dst, m), nil
		}
	}
	switch typeID(m.body) {
	case proto.MessageContainerTypeID:
	case proto.ResultTypeID:
		return append(dst, unpackResult(m)), nil
	default:
		return append(dst, m), nil
	}
	if inside {
		m.err = errors.New("server sent a container in a container")
		return append(dst, m), nil
	}
	rest := m.body[4:]
	if len(rest) < 4 {
		return nil, fmt.Errorf("%w: container without a count", errDamaged)
	}
	n := int(int32(binary.LittleEndian.Uint32(rest)))
	rest = rest[4:]
	if n < 0 || n > len(rest)/messageHead {
		return nil, fmt.Errorf("%w: container counts %d messages", errDamaged, n)
	}
	for range n {
		if len(rest) < messageHead {
			return nil, fmt.Errorf("%w: container is cut short", errDamaged)
		}
		in := incoming{
			id:    int64(binary.LittleEndian.Uint64(rest)),
			seqNo: int32(binary.LittleEndian.Uint32(rest[8:])),
		}
		size := int(int32(binary.LittleEndian.Uint32(rest[12:])))
		rest = rest[messageHead:]
		if size < 0 || size > len(rest) {
			return nil, fmt.Errorf("%w: container is cut short", errDamaged)
		}
		in.body, rest = rest[:size:size], rest[size:]
		var err error
		if dst, err = unpack(dst, in, true); err != nil {
			return nil, err
		}
	}
	return dst, nil
}

// unpackResult finds the reply in an rpc_result. One that cannot be unpacked still belongs to its call.
func unpackResult(m incoming) incoming {
	if len(m.body) < 12 {
		m.err = errors.New("server sent an rpc_result that is cut short")
		return m
	}
	m.reply = m.body[12:]
	if typeID(m.reply) == proto.GZIPTypeID {
		m.reply, m.err = unzip(m.reply)
	}
	return m
}

// unzip opens a gzip_packed, whose content is gzip or zlib.
func unzip(body []byte) ([]byte, error) {
	if len(body) > 6 && body[4] != 254 && body[5] == 0x78 || len(body) > 9 && body[4] == 254 && body[8] == 0x78 {
		return inflate(body)
	}
	var z proto.GZIP
	if err := z.Decode(&bin.Buffer{Buf: body}); err != nil {
		return nil, fmt.Errorf("%w: %w", errUnzip, err)
	}
	return z.Data, nil
}

func inflate(body []byte) ([]byte, error) {
	var z mt.GzipPacked
	if err := z.Decode(&bin.Buffer{Buf: body}); err != nil {
		return nil, fmt.Errorf("%w: %w", errUnzip, err)
	}
	r, err := zlib.NewReader(bytes.NewReader(z.PackedData))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUnzip, err)
	}
	data, err := io.ReadAll(io.LimitReader(r, maxUnzip))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUnzip, err)
	}
	if len(data) == maxUnzip {
		return nil, fmt.Errorf("%w: it is too large", errUnzip)
	}
	return data, nil
}

// receive takes a packet that came on c. An error ends the connection.
func (s *Session) receive(c *conn, packet []byte) error {
	p, err := openPacket(&c.key, packet)
	if err != nil {
		return err
	}
	s.mu.Lock()
	now := time.Now()
	err = s.handled(c, p, now)
	if err != nil && s.conn == c {
		s.drop(now, err) // before anything of a new session goes out on it
	}
	wake := s.due(now)
	s.unlock() // answers first, then acknowledgements
	if wake {
		s.poke()
	}
	return err
}

// take handles a decrypted packet.
func (s *Session) take(c *conn, p openedPacket, now time.Time) error {
	if s.conn != c {
		return errStalled
	}
	if p.session != s.id {
		s.log.Debug("packet of another session ignored")
		return nil
	}
	if !s.believable(p, now) {
		return nil
	}
	s.notFound = 0
	if !c.heard {
		c.heard = true
		s.firstAddr = c.addr
		s.updateState()
	}
	for i := range p.msgs {
		if err := s.message(&p.msgs[i], now); err != nil {
			return err
		}
	}
	s.pinger.heard(now, len(s.inFlight) > 0)
	return s.keyProved(c)
}

// believable follows the server's clock forward and refuses packets that are too old by it, unless they answer
// something that was asked just now: then it is the local clock that is wrong.
func (s *Session) believable(p openedPacket, now time.Time) bool {
	ahead := idTime(p.id).Sub(s.serverTime())
	switch {
	case !s.timeKnown || ahead > clockStep:
		s.timeKnown = true
		s.correctClock(p.id)
		return true
	case ahead >= -tooOld:
		return true
	}
	for i := range p.msgs {
		if s.fresh(&p.msgs[i]) {
			s.correctClock(p.id)
			return true
		}
	}
	s.log.Debug("old packet ignored", "age", -ahead)
	if now.Sub(s.pinger.lastAt) >= nudgeGap {
		s.pinger.due = true // what comes back will correct a wrong clock
	}
	return false
}

// fresh reports whether a message can only have been made just now.
func (s *Session) fresh(m *incoming) bool {
	switch typeID(m.body) {
	case mt.BadMsgNotificationTypeID, mt.BadServerSaltTypeID:
		return true
	case mt.PongTypeID:
		return len(m.body) == 20 && int64(binary.LittleEndian.Uint64(m.body[12:])) == s.pinger.id
	case proto.ResultTypeID:
		if len(m.body) < 12 {
			return false
		}
		id := int64(binary.LittleEndian.Uint64(m.body[4:]))
		return s.inFlight[id] != nil || id == s.temp.id && id != 0
	}
	return false
}

// setOffset changes the server's time minus the local one.
func (s *Session) setOffset(offset time.Duration) {
	s.offset = offset
	s.emit(event{kind: eventTime, time: offset})
}

// message handles one message of the server.
func (s *Session) message(m *incoming, now time.Time) error {
	if m.id&1 == 0 {
		return fmt.Errorf("%w: a message in it has the id of a client", errDamaged)
	}
	if m.seqNo&1 != 0 {
		s.ack(m.id, now) // also what came before: the server did not get that acknowledgement
	}
	if !s.seen.add(m.id) {
		return nil
	}
	id := typeID(m.body)
	if id == proto.ResultTypeID {
		if binds, err := s.bindingAnswered(m); binds {
			return err
		}
		if s.result(m, now); s.rekey {
			s.forgetTempKey()
			return errTempKey
		}
		return nil
	}
	if m.err != nil {
		s.log.Debug("message ignored", "error", m.err)
		return nil
	}
	known, err := s.serviceMessage(id, m, now)
	switch {
	case !known:
		s.emit(event{kind: eventUpdates, body: m.body})
	case errors.Is(err, errRestart):
		return err
	case err != nil:
		s.log.Debug("service message ignored", "type", fmt.Sprintf("%08x", id), "error", err)
	}
	return nil
}

// result hands an rpc_result to its call.
func (s *Session) result(m *incoming, now time.Time) {
	if m.reply == nil && m.err == nil || len(m.body) < 12 {
		return
	}
	c := s.inFlight[int64(binary.LittleEndian.Uint64(m.body[4:]))]
	if c == nil {
		return // cancelled, or answered before
	}
	s.busyAt = now
	s.pinger.busyGap = busyPing
	if s.conn != nil {
		s.conn.useful = true
	}
	switch {
	case m.err != nil:
		s.answer(c, nil, m.err)
	case typeID(m.reply) == mt.RPCErrorTypeID:
		s.failed(c, m.reply)
	case c.kind != callQuery:
		s.destroyReply(c, typeID(m.reply))
	default:
		s.inited = s.inited || c.withInit
		s.answer(c, m.reply, nil)
	}
}

// failed answers a call with the server's error, or sends it again where the error only says how.
func (s *Session) failed(c *Call, reply []byte) {
	var e mt.RPCError
	if err := e.Decode(&bin.Buffer{Buf: reply}); err != nil {
		s.answer(c, nil, fmt.Errorf("rpc_error of the server: %w", err))
		return
	}
	if s.tempKeyLost(c, &e) {
		return
	}
	uninitialized := e.ErrorMessage == "CONNECTION_NOT_INITED" || e.ErrorMessage == "CONNECTION_LAYER_INVALID"
	if uninitialized && !c.withInit && !c.opts.NoInit && c.kind == callQuery && s.cfg.Init != nil {
		s.inited = false
		s.requeue(c, false)
		return
	}
	if c.opts.After != nil && (e.ErrorMessage == "MSG_WAIT_FAILED" || e.ErrorMessage == "MSG_WAIT_TIMEOUT") {
		// What it was to come after failed or goes under another id now.
		if c.refusals++; c.refusals < maxRefusals {
			s.requeue(c, false)
			return
		}
	}
	// An error of the query itself: the server has taken what stood before it.
	if c.withInit && !uninitialized && e.ErrorCode != 401 && e.ErrorCode > 0 && e.ErrorCode < 500 {
		s.inited = true
	}
	s.answer(c, nil, tgerr.New(e.ErrorCode, e.ErrorMessage))
}
