package testdc

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"net"
	"slices"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/proto/codec"
)

const (
	openTimeout  = 30 * time.Second // for a new connection to say how it talks
	writeTimeout = 30 * time.Second // for a client to take a packet
	drainTimeout = time.Second      // for a client to close what the server has closed
)

// conn is one TCP connection of a client. A reader and a writer goroutine serve it.
type conn struct {
	srv    *Server
	dc     int
	nc     net.Conn
	number uint64 // the higher, the newer

	exchange keyExchange // the reader's
	lastID   int64       // of unencrypted messages, the reader's

	stream packetStream
	wake   chan struct{}
	done   chan struct{} // closed when the reader has ended

	// Guarded by srv.mu.
	sessions map[*session]struct{} // whose connection this is
	packets  []packet              // ready to go
	ready    []*session            // which have something to send here
	closing  bool                  // to be closed when all that is sent

	// Of a connection that carries requests of HTTP, which are answered once each.
	overHTTP  bool
	mayAnswer bool
	requests  int
	keeper    *time.Timer // answers a request for which nothing comes
}

// packet is one thing to be written: raw bytes, a quick ack, or a message still to be encrypted.
type packet struct {
	raw      []byte
	quickAck uint32
	key      *crypto.AuthKey
	data     crypto.EncryptedMessageData
}

// serveConn serves a client that has connected to a data center until it leaves or is cut off.
func (s *Server) serveConn(nc net.Conn, dc int) {
	defer nc.Close()
	c := s.newConn(nc, dc)
	_ = nc.SetReadDeadline(time.Now().Add(openTimeout))
	st, err := openStream(nc)
	if err != nil {
		s.log.Debug("connection not opened", "dc", dc, "error", err)
		return
	}
	_ = nc.SetReadDeadline(time.Time{})
	c.stream = st
	_, c.overHTTP = st.(*httpStream)
	if !s.addConn(c) {
		return
	}
	s.wg.Go(c.write)
	err = c.read()
	s.removeConn(c)
	s.log.Debug("connection closed", "dc", dc, "reason", err)
}

func (s *Server) newConn(nc net.Conn, dc int) *conn {
	return &conn{
		srv: s, dc: dc, nc: nc,
		exchange: keyExchange{dc: dc, rsa: s.rsa, group: s.group},
		wake:     make(chan struct{}, 1),
		done:     make(chan struct{}),
		sessions: make(map[*session]struct{}),
	}
}

func (s *Server) addConn(c *conn) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closed {
		return false
	}
	s.turn++
	c.number = s.turn
	s.conns[c] = struct{}{}
	return true
}

// removeConn leaves the connection's sessions waiting for another one.
func (s *Server) removeConn(c *conn) {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.conns, c)
	for sess := range c.sessions {
		sess.detach(c)
	}
	close(c.done)
}

func (c *conn) read() error {
	for {
		body, quickAck, err := c.stream.read()
		if err != nil {
			return err
		}
		if c.overHTTP {
			c.asked()
		}
		if err := c.receive(body, quickAck); err != nil {
			return err
		}
	}
}

var errShort = errors.New("packet too short")

func (c *conn) receive(body []byte, quickAck bool) error {
	if len(body) < 8 {
		return errShort
	}
	id := [8]byte(body)
	if id == ([8]byte{}) {
		return c.receivePlain(body)
	}
	c.srv.mu.Lock()
	key := c.srv.key(c.dc, id)
	c.srv.mu.Unlock()
	if key == nil {
		c.fail(codec.CodeAuthKeyNotFound)
		return nil
	}
	const head, least = 24, 48 // auth_key_id and msg_key; salt, session, id, seqno, length and 12 bytes of padding
	if len(body) < head+least {
		return errShort
	}
	body = body[:len(body)-(len(body)-head)%16] // padding of the transport
	data, err := c.srv.cipher.DecryptFromBuffer(key.AuthKey, &bin.Buffer{Buf: body})
	if err != nil {
		c.fail(codec.CodeAuthKeyNotFound)
		c.leave()
		return nil
	}
	if quickAck {
		c.post(packet{quickAck: quickAckToken(&key.Value, data)})
	}
	c.srv.incoming(c, key, data)
	return nil
}

// quickAckToken is the first 32 bits of the hash that msg_key is cut from.
func quickAckToken(key *crypto.Key, d *crypto.EncryptedMessageData) uint32 {
	var b bin.Buffer
	b.PutLong(d.Salt)
	b.PutLong(d.SessionID)
	b.PutLong(d.MessageID)
	b.PutInt32(d.SeqNo)
	b.PutInt32(d.MessageDataLen)
	h := sha256.New()
	_, _ = h.Write(key[88 : 88+32])
	_, _ = h.Write(b.Buf)
	_, _ = h.Write(d.MessageDataWithPadding)
	return binary.LittleEndian.Uint32(h.Sum(nil)) | quickAckBit
}

// receivePlain handles a message of a key exchange. Its message id is free: some clients do not make it a multiple of four.
func (c *conn) receivePlain(body []byte) error {
	var msg proto.UnencryptedMessage
	if err := msg.Decode(&bin.Buffer{Buf: body}); err != nil {
		return err
	}
	now := c.srv.Now()
	answer, err := c.exchange.handle(msg.MessageData, now)
	if err != nil {
		c.srv.log.Debug("key exchange failed", "dc", c.dc, "error", err)
		if errors.Is(err, errWrongDC) {
			c.fail(codec.CodeWrongDC)
		} else {
			c.fail(codec.CodeAuthKeyNotFound)
		}
		return nil
	}
	if answer.made {
		c.srv.addKey(c.dc, answer.key, answer.salt, answer.expires)
	}
	var b, out bin.Buffer
	if err := b.Encode(answer.message); err != nil {
		return err
	}
	c.lastID = nextMessageID(c.lastID, now)
	if err := out.Encode(proto.UnencryptedMessage{MessageID: c.lastID | idOfAnswer, MessageData: b.Buf}); err != nil {
		return err
	}
	c.post(packet{raw: out.Buf})
	return nil
}

// fail sends a transport error, such as 404 for an unknown auth key.
func (c *conn) fail(code int32) {
	c.post(packet{raw: binary.LittleEndian.AppendUint32(nil, uint32(-code))})
}

// leave closes the connection when all that is queued was sent.
func (c *conn) leave() {
	c.srv.mu.Lock()
	defer c.srv.mu.Unlock()
	c.closing = true
	c.signal()
}

func (c *conn) post(p packet) {
	c.srv.mu.Lock()
	defer c.srv.mu.Unlock()
	c.packets = append(c.packets, p)
	c.signal()
}

// signal tells the writer to look. The caller holds the server's mutex.
func (c *conn) signal() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// sends notes that a session has something to send here.
func (c *conn) sends(s *session) {
	if !slices.Contains(c.ready, s) {
		c.ready = append(c.ready, s)
	}
	c.signal()
}

// write sends what there is until the connection ends.
func (c *conn) write() {
	for {
		p, ok, closing := c.next()
		if !ok && closing {
			c.hangUp()
			return
		}
		if !ok {
			select {
			case <-c.wake:
				continue
			case <-c.done:
				return
			}
		}
		if err := c.writePacket(p); err != nil {
			_ = c.nc.Close() // ends the reader too
			return
		}
	}
}

// hangUp closes the server's direction, so that what was sent still arrives, and leaves the client a moment to close its own.
func (c *conn) hangUp() {
	if half, ok := c.nc.(interface{ CloseWrite() error }); ok && half.CloseWrite() == nil {
		_ = c.nc.SetReadDeadline(time.Now().Add(drainTimeout))
		return
	}
	_ = c.nc.Close()
}

func (c *conn) next() (p packet, ok, closing bool) {
	c.srv.mu.Lock()
	defer c.srv.mu.Unlock()
	if c.overHTTP && !c.mayAnswer {
		return packet{}, false, c.closing
	}
	if c.overHTTP {
		defer func() {
			if ok {
				c.answered()
			}
		}()
	}
	if len(c.packets) > 0 {
		p = c.packets[0]
		c.packets = c.packets[1:]
		return p, true, false
	}
	for len(c.ready) > 0 {
		s := c.ready[0]
		if s.conn == c {
			if data, ok := s.pack(); ok {
				return packet{key: &s.key.AuthKey, data: data}, true, false
			}
		}
		c.ready = c.ready[1:]
	}
	return packet{}, false, c.closing
}

func (c *conn) writePacket(p packet) error {
	if err := c.nc.SetWriteDeadline(time.Now().Add(writeTimeout)); err != nil {
		return err
	}
	switch {
	case p.quickAck != 0:
		return c.stream.writeQuickAck(p.quickAck)
	case p.key == nil:
		return c.stream.write(p.raw)
	}
	var b bin.Buffer
	if err := c.srv.cipher.Encrypt(*p.key, p.data, &b); err != nil {
		return err
	}
	return c.stream.write(b.Buf)
}

// Of a message id the two lowest bits say who sent it and why; a client's are 0.
const (
	idOfAnswer = 1
	idOfNotice = 3
)

// nextMessageID returns a message id for the time now that is higher than last, its two lowest bits being 0.
func nextMessageID(last int64, now time.Time) int64 {
	fraction := int64(uint64(now.Nanosecond()) << 32 / 1e9)
	id := (now.Unix()<<32 | fraction) &^ 3
	return max(id, last&^3+4)
}

func newCipher() crypto.Cipher { return crypto.NewServerCipher(rand.Reader) }
