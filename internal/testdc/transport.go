package testdc

import (
	"bufio"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"github.com/gotd/td/mtproxy/obfuscated2"
	"github.com/gotd/td/proto/codec"
)

// maxPacket is the longest packet a client may send, in bytes. A part of a file has 512 KiB at most.
const maxPacket = 4 << 20

// quickAckBit in a packet's length asks for a quick ack.
const quickAckBit = 1 << 31

var errPacketLength = errors.New("packet length out of range")

// framing is one of MTProto's ways to cut a stream into packets.
type framing uint8

const (
	abridged framing = iota
	intermediate
	padded
)

// packetStream is one of MTProto's transports. One goroutine may read while another writes.
type packetStream interface {
	read() (body []byte, quickAck bool, err error)
	write(body []byte) error
	writeQuickAck(token uint32) error
}

// stream reads and writes packets. One goroutine may read while another writes.
type stream struct {
	r       io.Reader
	w       io.Writer
	framing framing
}

// openStream reads how a client opens a connection: plain abridged, intermediate or padded intermediate, or obfuscated2 around one of
// them. The data center named in an obfuscated2 header is not looked at: the port says it.
func openStream(nc io.ReadWriter) (packetStream, error) {
	r := bufio.NewReaderSize(nc, 16<<10)
	first, err := r.Peek(1)
	if err != nil {
		return nil, err
	}
	if first[0] == codec.AbridgedClientStart[0] {
		_, err = r.Discard(1)
		return &stream{r: r, w: nc, framing: abridged}, err
	}
	head, err := r.Peek(4)
	if err != nil {
		return nil, err
	}
	if string(head) == postStart {
		return &httpStream{r: r, w: nc}, nil
	}
	if f, ok := framingOf([4]byte(head)); ok && f != abridged {
		_, err = r.Discard(4)
		return &stream{r: r, w: nc, framing: f}, err
	}
	rw, meta, err := obfuscated2.Accept(readWriter{r, nc}, nil)
	if err != nil {
		return nil, fmt.Errorf("obfuscated2 header: %w", err)
	}
	f, ok := framingOf(meta.Protocol)
	if !ok {
		return nil, fmt.Errorf("obfuscated2 header: unknown protocol %x", meta.Protocol)
	}
	return &stream{r: rw, w: rw, framing: f}, nil
}

type readWriter struct {
	io.Reader
	io.Writer
}

func framingOf(tag [4]byte) (framing, bool) {
	switch tag {
	case codec.Abridged{}.ObfuscatedTag():
		return abridged, true
	case codec.IntermediateClientStart:
		return intermediate, true
	case codec.PaddedIntermediateClientStart:
		return padded, true
	}
	return 0, false
}

// read returns the next packet and whether the client wants a quick ack of it.
func (s *stream) read() (body []byte, quickAck bool, err error) {
	n, quickAck, err := s.readLength()
	if err != nil {
		return nil, false, err
	}
	if n < 4 || n > maxPacket {
		return nil, false, fmt.Errorf("%w: %d", errPacketLength, n)
	}
	body = make([]byte, n)
	if _, err := io.ReadFull(s.r, body); err != nil {
		return nil, false, err
	}
	return body, quickAck, nil
}

func (s *stream) readLength() (n int, quickAck bool, err error) {
	var b [4]byte
	if s.framing != abridged {
		if _, err := io.ReadFull(s.r, b[:]); err != nil {
			return 0, false, err
		}
		v := binary.LittleEndian.Uint32(b[:])
		return int(v &^ quickAckBit), v&quickAckBit != 0, nil
	}
	if _, err := io.ReadFull(s.r, b[:1]); err != nil {
		return 0, false, err
	}
	quickAck = b[0]&0x80 != 0
	n = int(b[0] & 0x7f)
	if n == 0x7f {
		if _, err := io.ReadFull(s.r, b[:3]); err != nil {
			return 0, false, err
		}
		b[3] = 0
		n = int(binary.LittleEndian.Uint32(b[:]))
	}
	return n * 4, quickAck, nil
}

// write sends one packet, whose length is a multiple of four.
func (s *stream) write(body []byte) error {
	buf := make([]byte, 0, len(body)+8)
	switch n := len(body); {
	case s.framing == abridged && n/4 < 0x7f:
		buf = append(buf, byte(n/4))
	case s.framing == abridged:
		buf = append(buf, 0x7f, byte(n>>2), byte(n>>10), byte(n>>18))
	case s.framing == intermediate:
		buf = binary.LittleEndian.AppendUint32(buf, uint32(n))
	default:
		var pad [4]byte // three bytes at most: some clients cut off the remainder of four only
		if _, err := rand.Read(pad[:]); err != nil {
			return err
		}
		extra := int(pad[3] & 3)
		buf = binary.LittleEndian.AppendUint32(buf, uint32(n+extra))
		buf = append(buf, body...)
		_, err := s.w.Write(append(buf, pad[:extra]...))
		return err
	}
	_, err := s.w.Write(append(buf, body...))
	return err
}

// writeQuickAck sends the token of a quick ack, which is no packet.
func (s *stream) writeQuickAck(token uint32) error {
	var b [4]byte
	if s.framing == abridged {
		binary.BigEndian.PutUint32(b[:], token|quickAckBit)
	} else {
		binary.LittleEndian.PutUint32(b[:], token|quickAckBit)
	}
	_, err := s.w.Write(b[:])
	return err
}
