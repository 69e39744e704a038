package mtproto

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"slices"
	"sync/atomic"
	"time"

	"github.com/gotd/td/mtproxy"
	"github.com/gotd/td/mtproxy/obfuscated2"
	"github.com/gotd/td/proto/codec"
)

const (
	maxFrame     = 1 << 24  // the largest packet that is read, as in TDLib
	readBuffer   = 4 << 10  // enough for most packets; a larger one is read past it
	keepBuffer   = 64 << 10 // a packet buffer above this is not kept between packets
	minWriteRate = 16 << 10 // bytes a second that the slowest network is expected to carry

	// A write is looked after in steps. It is given up when nothing moved in either direction for maxQuiet of them,
	// or when the server sent and did not read for maxStuck.
	writeStep = 4 * time.Second
	maxQuiet  = 2
	maxStuck  = 15
)

// transportError is the code that a server sends in place of a packet, such as -404.
type transportError int32

func (e transportError) Error() string {
	switch e {
	case codeKeyUnknown:
		return "server does not know the authorization key (-404)"
	case codeFlood:
		return "server refuses so many connections (-429)"
	case codeWrongDC:
		return "server is of another data center (-444)"
	}
	return fmt.Sprintf("server refused the packet (%d)", int32(e))
}

const (
	codeKeyUnknown = transportError(-codec.CodeAuthKeyNotFound)
	codeFlood      = transportError(-codec.CodeTransportFlood)
	codeWrongDC    = transportError(-codec.CodeWrongDC)
)

var errFrameSize = errors.New("server sent a packet of an impossible size")

// wire carries packets: intermediate frames, obfuscated. Reading and writing are for one goroutine each.
type wire struct {
	stream   io.ReadWriter // obfuscated2 over rw
	padded   bool
	rand     io.Reader
	in, out  []byte
	readHead [4]byte
}

// newWire puts obfuscation and framing on a connection. The header leaves together with the first packet. heard is
// called after every read that brought bytes.
func newWire(nc net.Conn, dc int, secret []byte, rand io.Reader, heard func()) (*wire, error) {
	rw := &plainStream{nc: nc, heard: heard, hold: true}
	rw.r = bufio.NewReaderSize(readerFunc(rw.readConn), readBuffer)
	w := &wire{rand: rand}
	tag := codec.IntermediateClientStart
	var s mtproxy.Secret
	if len(secret) > 0 {
		var err error
		if s, err = mtproxy.ParseSecret(secret); err != nil {
			return nil, errors.New("proxy secret must be 16 bytes, dd + 16 bytes or ee + 16 bytes + domain")
		}
		if s.Type != mtproxy.Simple {
			w.padded, tag = true, codec.PaddedIntermediateClientStart
		}
	}
	obf := obfuscated2.NewObfuscated2(rand, rw)
	if err := obf.Handshake(tag, dc, s); err != nil {
		return nil, fmt.Errorf("obfuscation header: %w", err)
	}
	w.stream, rw.hold = obf, false
	return w, nil
}

// write sends one packet. The bytes leave in one piece.
func (w *wire) write(packet []byte) error {
	padding := 0
	if w.padded {
		var b [1]byte
		if _, err := io.ReadFull(w.rand, b[:]); err != nil {
			return err
		}
		padding = int(b[0] & 15)
	}
	w.out = binary.LittleEndian.AppendUint32(w.out[:0], uint32(len(packet)+padding))
	w.out = append(w.out, packet...)
	if padding > 0 {
		n := len(w.out)
		w.out = slices.Grow(w.out, padding)[:n+padding]
		if _, err := io.ReadFull(w.rand, w.out[n:]); err != nil {
			return err
		}
	}
	if _, err := w.stream.Write(w.out); err != nil {
		return err
	}
	if cap(w.out) > keepBuffer {
		w.out = nil
	}
	return nil
}

// read returns the next packet, valid until the next call. Memory grows only with bytes that really came.
func (w *wire) read() ([]byte, error) {
	if cap(w.in) > keepBuffer {
		w.in = nil
	}
	if _, err := io.ReadFull(w.stream, w.readHead[:]); err != nil {
		return nil, err
	}
	size := binary.LittleEndian.Uint32(w.readHead[:])
	if size < 4 || size > maxFrame {
		return nil, errFrameSize
	}
	n := int(size)
	w.in = w.in[:0]
	for len(w.in) < n {
		have := len(w.in)
		more := min(n-have, max(have, readBuffer))
		w.in = slices.Grow(w.in, more)[:have+more]
		if _, err := io.ReadFull(w.stream, w.in[have:]); err != nil {
			return nil, unexpected(err)
		}
	}
	if n < 16 {
		return nil, transportError(binary.LittleEndian.Uint32(w.in))
	}
	return w.in, nil
}

func unexpected(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// plainStream is the connection below the obfuscation: reads are buffered, the header waits for the first packet.
type plainStream struct {
	nc    net.Conn
	r     *bufio.Reader
	hold  bool
	held  []byte
	reads atomic.Int64 // that brought bytes
	heard func()
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func (s *plainStream) readConn(p []byte) (int, error) {
	n, err := s.nc.Read(p)
	if n > 0 {
		s.reads.Add(1)
		s.heard()
	}
	return n, err
}

func (s *plainStream) Read(p []byte) (int, error) {
	return s.r.Read(p)
}

// Write sends p, together with what was held back.
func (s *plainStream) Write(p []byte) (int, error) {
	if s.hold || len(s.held) > 0 {
		s.held = append(s.held, p...)
		if s.hold {
			return len(p), nil
		}
		held := s.held
		s.held = nil
		return len(p), s.send(held)
	}
	return len(p), s.send(p)
}

// send writes to the connection. A write that hangs is given up when nothing moved in either direction for a while.
func (s *plainStream) send(rest []byte) error {
	quiet, stuck := 0, 0
	for len(rest) > 0 {
		reads := s.reads.Load()
		if err := s.nc.SetWriteDeadline(time.Now().Add(writeStep)); err != nil {
			return err
		}
		n, err := s.nc.Write(rest)
		rest = rest[n:]
		if err != nil && !errors.Is(err, os.ErrDeadlineExceeded) {
			return err
		}
		if stuck++; n > 0 {
			stuck = 0
		}
		if quiet++; n > 0 || s.reads.Load() != reads {
			quiet = 0
		}
		if quiet >= maxQuiet || stuck >= maxStuck {
			return err
		}
	}
	return nil
}
