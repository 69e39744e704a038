package mtproto

import (
	"bytes"
	"context"
	"crypto/aes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"os"
	"sync/atomic"
	"testing"
	"time"

	"github.com/gotd/ige"
	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mtproxy/obfuscated2"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/proto/codec"
)

// Header and framing are as Telegram reads them: tag, data center, secret, padding.
func TestWire(t *testing.T) {
	secret := []byte("0123456789abcdef")
	for _, c := range []struct {
		name   string
		cfg    Config
		secret []byte
		tag    [4]byte
		dc     int16
	}{
		{"plain", Config{DC: 2}, nil, codec.IntermediateClientStart, 2},
		{"test", Config{DC: 3, Test: true}, nil, codec.IntermediateClientStart, 10003},
		{"media", Config{DC: 4, Media: true}, nil, codec.IntermediateClientStart, -4},
		{"test media", Config{DC: 1, Test: true, Media: true}, nil, codec.IntermediateClientStart, -10001},
		{"proxy", Config{DC: 5}, secret, codec.IntermediateClientStart, 5},
		{"dd proxy", Config{DC: 5}, append([]byte{0xdd}, secret...), codec.PaddedIntermediateClientStart, 5},
		{"ee proxy", Config{DC: 5}, append(append([]byte{0xee}, secret...), "example.org"...), codec.PaddedIntermediateClientStart, 5},
	} {
		t.Run(c.name, func(t *testing.T) {
			a, b := net.Pipe()
			defer a.Close()
			defer b.Close()
			w, err := newWire(a, c.cfg.dcID(), c.secret, crypto.DefaultRand(), func() {})
			if err != nil {
				t.Fatal(err)
			}
			sent := bytes.Repeat([]byte("packet01"), 100)
			go func() {
				for range 100 {
					_ = w.write(sent)
				}
			}()
			var key []byte
			if c.secret != nil {
				key = secret
			}
			rw, meta, err := obfuscated2.Accept(b, key)
			if err != nil || meta.Protocol != c.tag || int16(meta.DC) != c.dc {
				t.Fatalf("tag %x, dc %d, %v", meta.Protocol, int16(meta.DC), err)
			}
			sizes := map[int]bool{}
			for range 100 {
				var head [4]byte
				if _, err := io.ReadFull(rw, head[:]); err != nil {
					t.Fatal(err)
				}
				got := make([]byte, binary.LittleEndian.Uint32(head[:]))
				if _, err := io.ReadFull(rw, got); err != nil || !bytes.HasPrefix(got, sent) {
					t.Fatal("packet damaged", err)
				}
				sizes[len(got)-len(sent)] = true
			}
			if padded := c.tag == codec.PaddedIntermediateClientStart; padded != (len(sizes) > 5) || !padded && !sizes[0] {
				t.Errorf("paddings %v", sizes)
			}
			go func() {
				frame := binary.LittleEndian.AppendUint32(nil, uint32(len(sent)))
				_, _ = rw.Write(append(frame, sent...))
				_, _ = rw.Write([]byte{4, 0, 0, 0, 0x6c, 0xfe, 0xff, 0xff})
			}()
			if got, err := w.read(); err != nil || !bytes.Equal(got, sent) {
				t.Error("read", err)
			}
			if _, err := w.read(); err != codeKeyUnknown {
				t.Error(err)
			}
		})
	}
	for _, bad := range []string{"short", "0123456789abcdefg"} {
		if _, err := newWire(nil, 2, []byte(bad), crypto.DefaultRand(), nil); err == nil {
			t.Errorf("secret %q is taken", bad)
		}
	}
}

// The header leaves with the first packet, in one write.
func TestOneWrite(t *testing.T) {
	nc := &countingConn{}
	w, err := newWire(nc, 2, nil, crypto.DefaultRand(), func() {})
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []int{64 + 4 + 40, 4 + 40} {
		nc.sizes = nil
		if err := w.write(make([]byte, 40)); err != nil || len(nc.sizes) != 1 || nc.sizes[0] != want {
			t.Errorf("writes %v, %v", nc.sizes, err)
		}
	}
}

type countingConn struct {
	net.Conn
	sizes []int
}

func (c *countingConn) SetWriteDeadline(time.Time) error { return nil }
func (c *countingConn) Write(b []byte) (int, error) {
	c.sizes = append(c.sizes, len(b))
	return len(b), nil
}

// Sizes that no packet has are refused before anything more is read.
func TestFrameSize(t *testing.T) {
	for size, want := range map[uint32]error{
		0: errFrameSize, 3: errFrameSize, 4: io.ErrUnexpectedEOF, maxFrame: io.ErrUnexpectedEOF, maxFrame + 1: errFrameSize,
		1<<31 | 4: errFrameSize, 1<<32 - 1: errFrameSize,
	} {
		head := binary.LittleEndian.AppendUint32(nil, size)
		w := &wire{stream: readerConn{Reader: bytes.NewReader(head)}}
		if _, err := w.read(); err != want {
			t.Errorf("size %d: %v, want %v", size, err, want)
		}
	}
}

// A session works over a padded transport.
func TestPaddedSession(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		secret := []byte("0123456789abcdef")
		f.accept = func(n int, nc net.Conn) bool {
			p := &peer{f: f, nc: nc, n: n}
			var err error
			if p.rw, p.meta, err = obfuscated2.Accept(nc, secret); err == nil {
				_ = p.loop()
			}
			return true
		}
		cfg := f.config()
		cfg.Key = crypto.AuthKey{}
		cfg.Addrs[0].Secret = append([]byte{0xdd}, secret...)
		s, _ := start(t, f, cfg)
		for range 50 {
			ask(t, s, "call")
		}
		if f.dialed() != 1 {
			t.Errorf("%d connections", f.dialed())
		}
	})
}

// cutConn ends or stalls after so many bytes in one direction.
type cutConn struct {
	net.Conn
	reads, writes atomic.Int64 // bytes left
	stall         bool
	over          chan struct{}
	deadline      atomic.Int64 // for writing, as time since the epoch
}

func (c *cutConn) SetWriteDeadline(t time.Time) error {
	c.deadline.Store(t.UnixNano())
	return c.Conn.SetWriteDeadline(t)
}

func (c *cutConn) limit(left *atomic.Int64, b []byte, f func([]byte) (int, error)) (int, error) {
	n := left.Load()
	if n <= 0 {
		if c.stall {
			timeout := time.Hour
			if left == &c.writes {
				timeout = time.Until(time.Unix(0, c.deadline.Load()))
			}
			select {
			case <-c.over:
				return 0, net.ErrClosed
			case <-time.After(timeout):
				return 0, os.ErrDeadlineExceeded
			}
		}
		_ = c.Close()
		return 0, io.EOF
	}
	m, err := f(b[:min(int64(len(b)), n)])
	left.Add(int64(-m))
	return m, err
}

func (c *cutConn) Read(b []byte) (int, error) { return c.limit(&c.reads, b, c.Conn.Read) }

func (c *cutConn) Write(b []byte) (int, error) {
	n := 0
	for n < len(b) {
		m, err := c.limit(&c.writes, b[n:], c.Conn.Write)
		if n += m; err != nil {
			return n, err
		}
	}
	return n, nil
}

func (c *cutConn) Close() error {
	select {
	case <-c.over:
	default:
		close(c.over)
	}
	return c.Conn.Close()
}

// Wherever a connection breaks or stalls, in the exchange or after it, in either direction, the call is answered
// on a later one, and acted upon once.
func TestCutAtEveryByte(t *testing.T) {
	const far = 1 << 40
	for _, exchange := range []bool{true, false} {
		end, step := int64(700), int64(7)
		if exchange {
			end, step = 2200, 61
		}
		if testing.Short() {
			step *= 5
		}
		for _, stall := range []bool{true, false} {
			for _, reading := range []bool{true, false} {
				t.Run(fmt.Sprint("exchange ", exchange, " stall ", stall, " reading ", reading), func(t *testing.T) {
					for at := int64(0); at < end; at += step {
						bubble(t, func(t *testing.T, f *fakeDC) {
							cfg := f.config()
							if exchange {
								cfg.Key, cfg.Salts = crypto.AuthKey{}, nil
							}
							n := 0
							cfg.Dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
								nc, err := f.dial(ctx, network, addr)
								if n++; n > 2 || err != nil {
									return nc, err
								}
								c := &cutConn{Conn: nc, stall: stall, over: make(chan struct{})}
								c.reads.Store(far)
								c.writes.Store(far)
								if reading {
									c.reads.Store(at)
								} else {
									c.writes.Store(at)
								}
								return c, nil
							}
							s, _ := start(t, f, cfg)
							began := time.Now()
							ask(t, s, "call")
							ask(t, s, "more")
							if took := time.Since(began); took > time.Minute {
								t.Errorf("cut at %d: took %v", at, took)
							}
							if got := fmt.Sprint(f.acts()); got != "[call more]" {
								t.Errorf("cut at %d: acts %s", at, got)
							}
						})
					}
				})
			}
		}
	}
}

// Rubbish in place of packets, at the start and later, ends the connection and nothing else.
func TestRubbish(t *testing.T) {
	for name, raw := range map[string][]byte{
		"short":           append([]byte{20, 0, 0, 0}, make([]byte, 20)...),
		"no key":          append([]byte{104, 0, 0, 0}, make([]byte, 104)...),
		"huge":            {0xff, 0xff, 0xff, 0x7f},
		"quick ack":       {0x01, 0x02, 0x03, 0x80},
		"empty":           {0, 0, 0, 0},
		"three bytes":     {3, 0, 0, 0, 1, 2, 3},
		"http":            []byte("HTTP/1.1 400 Bad Request\r\n\r\n"),
		"large, then end": append([]byte{0, 0, 0xf0, 0}, make([]byte, 100)...),
	} {
		for _, later := range []bool{true, false} {
			for _, exchange := range []bool{true, false} {
				t.Run(fmt.Sprint(name, later, exchange), func(t *testing.T) {
					bubble(t, func(t *testing.T, f *fakeDC) {
						f.accept = func(n int, nc net.Conn) bool {
							if n > 3 || later {
								return false
							}
							p := &peer{f: f, nc: nc}
							var b bin.Buffer
							if p.handshake() == nil && p.Recv(context.Background(), &b) == nil {
								_ = p.write(raw)
							}
							return true
						}
						cfg := f.config()
						if exchange {
							cfg.Key = crypto.AuthKey{}
						}
						s, _ := start(t, f, cfg)
						ask(t, s, "call")
						if later {
							p := f.last()
							_ = p.write(raw)
							_ = p.nc.Close()
							ask(t, s, "more")
						}
						rest(0)
						if want := map[bool]int{true: 2, false: 4}[later]; f.dialed() != want {
							t.Errorf("%d connections, want %d", f.dialed(), want)
						}
					})
				})
			}
		}
	}
}

// Packets that decrypt and are wrong all the same: those of other sessions and old ones are ignored, the rest ends
// the connection.
func TestWrongPackets(t *testing.T) {
	news := []byte("news")
	for name, c := range map[string]struct {
		change func(*crypto.EncryptedMessageData)
		dials  int
	}{
		"right":         {func(*crypto.EncryptedMessageData) {}, 1},
		"other session": {func(d *crypto.EncryptedMessageData) { d.SessionID++ }, 1},
		"even id":       {func(d *crypto.EncryptedMessageData) { d.MessageID &^= 3 }, 2},
		"client's id":   {func(d *crypto.EncryptedMessageData) { d.MessageID = d.MessageID&^3 | 2 }, 2},
		"old":           {func(d *crypto.EncryptedMessageData) { d.MessageID -= 400 << 32 }, 1},
		"odd length":    {func(d *crypto.EncryptedMessageData) { d.MessageDataLen = 3 }, 2},
		"long":          {func(d *crypto.EncryptedMessageData) { d.MessageDataLen = 1000 }, 2},
		"negative":      {func(d *crypto.EncryptedMessageData) { d.MessageDataLen = -4 }, 2},
		"much padding": {func(d *crypto.EncryptedMessageData) {
			d.MessageDataWithPadding = make([]byte, 2000)
		}, 2},
		"container of -1": {func(d *crypto.EncryptedMessageData) {
			d.MessageDataWithPadding = []byte{0xdc, 0xf8, 0xf1, 0x73, 0xff, 0xff, 0xff, 0xff}
			d.MessageDataLen = 8
		}, 2},
		"container of many": {func(d *crypto.EncryptedMessageData) {
			d.MessageDataWithPadding = []byte{0xdc, 0xf8, 0xf1, 0x73, 0xff, 0xff, 0xff, 0x7f}
			d.MessageDataLen = 8
		}, 2},
		"container with even id": {func(d *crypto.EncryptedMessageData) {
			var b bin.Buffer
			c := proto.MessageContainer{Messages: []proto.Message{{ID: d.MessageID, SeqNo: 1, Bytes: 4, Body: news}}}
			_ = c.Encode(&b)
			d.MessageID &^= 3
			d.MessageDataWithPadding, d.MessageDataLen = b.Buf, int32(len(b.Buf))
		}, 2},
		"even id in container": {func(d *crypto.EncryptedMessageData) {
			var b bin.Buffer
			c := proto.MessageContainer{Messages: []proto.Message{{ID: d.MessageID &^ 3, SeqNo: 1, Bytes: 4, Body: news}}}
			_ = c.Encode(&b)
			d.MessageDataWithPadding, d.MessageDataLen = b.Buf, int32(len(b.Buf))
		}, 2},
		"nothing": {func(d *crypto.EncryptedMessageData) {
			d.MessageDataWithPadding, d.MessageDataLen = nil, 0
		}, 1},
	} {
		t.Run(name, func(t *testing.T) {
			bubble(t, func(t *testing.T, f *fakeDC) {
				s, r := start(t, f, f.config())
				ask(t, s, "call")
				rest(0)
				p := f.last()
				m := p.message(3, true, news)
				d := crypto.EncryptedMessageData{
					Salt: f.salt, SessionID: p.session, MessageID: m.id, SeqNo: m.seqNo,
					MessageDataLen: 4, MessageDataWithPadding: news,
				}
				c.change(&d)
				if err := p.sendData(d); err != nil {
					t.Fatal(err)
				}
				rest(0)
				if f.dialed() != c.dials {
					t.Errorf("%d connections, want %d", f.dialed(), c.dials)
				}
				if got := fmt.Sprint(r.got()); (got == "[news]") != (name == "right") && name != "nothing" {
					t.Errorf("updates %s", got)
				}
				ask(t, s, "more")
			})
		})
	}
	t.Run("damaged", func(t *testing.T) {
		bubble(t, func(t *testing.T, f *fakeDC) {
			s, _ := start(t, f, f.config())
			for at := 0; at < 100; at += 9 {
				ask(t, s, "call")
				rest(time.Minute)
				p := f.last()
				var b bin.Buffer
				d := crypto.EncryptedMessageData{SessionID: p.session, MessageID: f.msgID(3), MessageDataLen: 4, MessageDataWithPadding: news}
				if err := crypto.NewServerCipher(crypto.DefaultRand()).Encrypt(p.key, d, &b); err != nil {
					t.Fatal(err)
				}
				b.Buf[at%len(b.Buf)] ^= 4
				_ = p.Send(t.Context(), &b)
				rest(0)
			}
			if f.dialed() != 13 {
				t.Errorf("%d connections", f.dialed())
			}
		})
	})
}

// Padding is at least twelve bytes and at most 1024; what a transport adds behind a packet does not matter.
func TestPadding(t *testing.T) {
	key := testKey()
	for padding := 0; padding <= 1100; padding += 4 {
		var plain bin.Buffer
		body := make([]byte, (16-(padding+32)%16)%16+16)
		for _, v := range []int64{1, 2, 5<<32 | 1} {
			plain.PutLong(v)
		}
		plain.PutInt32(1)
		plain.PutInt32(int32(len(body)))
		plain.Put(body)
		plain.Put(make([]byte, padding))
		msgKey := crypto.MessageKey(key.Value, plain.Buf, crypto.Server)
		aesKey, iv := crypto.Keys(key.Value, msgKey, crypto.Server)
		block, err := aes.NewCipher(aesKey[:])
		if err != nil {
			t.Fatal(err)
		}
		packet := append(append(key.ID[:len(key.ID):len(key.ID)], msgKey[:]...), plain.Buf...)
		ige.EncryptBlocks(block, iv[:], packet[24:], plain.Buf)
		for trail := range 16 {
			_, err = openPacket(&key, append(packet[:len(packet):len(packet)], make([]byte, trail)...))
			if good := padding >= 12 && padding <= 1024; good != (err == nil) {
				t.Errorf("padding of %d bytes and %d more: %v", padding, trail, err)
			}
		}
	}
}

// Addresses are tried one beside the other; the first that connects wins, and no connection is left open.
func TestDialAny(t *testing.T) {
	for _, c := range []struct {
		name string
		plan string // an address each: o opens, h hangs, r refuses, s opens after a second
		want int
		took time.Duration
	}{
		{"first", "oo", 0, 0},
		{"refused", "ro", 1, 0},
		{"hangs", "ho", 1, dialDelay},
		{"two hang", "hho", 2, 2 * dialDelay},
		{"slow wins", "sh", 0, time.Second},
		{"both open", "so", 1, dialDelay},
		{"nothing", "rr", -1, 0},
		{"no address", "", -1, 0},
	} {
		t.Run(c.name, func(t *testing.T) {
			bubble(t, func(t *testing.T, f *fakeDC) {
				var open atomic.Int32
				dial := func(ctx context.Context, _, addr string) (net.Conn, error) {
					wait := time.Duration(0)
					switch addr {
					case "r":
						return nil, errors.New("refused")
					case "h":
						wait = time.Hour
					case "s":
						wait = time.Second
					}
					select {
					case <-ctx.Done(): // it opens all the same, too late
					case <-time.After(wait):
					}
					open.Add(1)
					return &closing{open: &open}, nil
				}
				var addrs []Addr
				for _, a := range c.plan {
					addrs = append(addrs, Addr{Address: string(a)})
				}
				began := time.Now()
				nc, i, err := dialAny(t.Context(), func(f func()) { go f() }, dial, addrs, 0)
				if c.want < 0 && err == nil || c.want >= 0 && (err != nil || i != c.want) || time.Since(began) != c.took {
					t.Errorf("address %d after %v, %v", i, time.Since(began), err)
				}
				if nc != nil {
					_ = nc.Close()
				}
				rest(2 * time.Hour)
				if open.Load() != 0 {
					t.Errorf("%d connections are left open", open.Load())
				}
			})
		})
	}
}

type closing struct {
	net.Conn
	open *atomic.Int32
}

func (c *closing) Close() error {
	c.open.Add(-1)
	return nil
}

// An address that connects and says nothing is not the first choice for ever.
func TestDeafAddress(t *testing.T) {
	bubble(t, func(t *testing.T, f *fakeDC) {
		cfg := f.config()
		cfg.Addrs = []Addr{{Address: "deaf"}, {Address: "good"}}
		var tried []string
		cfg.Dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
			tried = append(tried, addr)
			if addr == "good" {
				return f.dial(ctx, network, addr)
			}
			a, b := net.Pipe()
			go func() { _, _ = io.Copy(io.Discard, b) }()
			return a, nil
		}
		s, _ := start(t, f, cfg)
		began := time.Now()
		ask(t, s, "call")
		if took := time.Since(began); took > 15*time.Second {
			t.Errorf("took %v", took)
		}
		f.cut()
		ask(t, s, "more")
		if got := fmt.Sprint(tried); got != "[deaf good good]" {
			t.Errorf("tried %s", got)
		}
	})
}
