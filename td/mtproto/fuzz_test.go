package mtproto

import (
	"bytes"
	"encoding/binary"
	"io"
	"math/rand/v2"
	"net"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/proto"
)

// readerConn is a connection that gives what a fuzzer wrote.
type readerConn struct {
	net.Conn
	io.Reader
}

func (c readerConn) Read(b []byte) (int, error)       { return c.Reader.Read(b) }
func (c readerConn) Write(b []byte) (int, error)      { return len(b), nil }
func (c readerConn) SetWriteDeadline(time.Time) error { return nil }

// Any bytes from the network give packets of at most what came, or an error.
func FuzzWireRead(f *testing.F) {
	f.Add([]byte{4, 0, 0, 0, 1, 2, 3, 4})
	f.Add([]byte{0xff, 0xff, 0xff, 0})
	f.Fuzz(func(t *testing.T, data []byte) {
		// Without obfuscation, which would only make noise of the fuzzer's work.
		w := &wire{stream: readerConn{Reader: bytes.NewReader(data)}}
		for {
			packet, err := w.read()
			if len(packet) > len(data) || cap(w.in) > 4*len(data)+2*readBuffer {
				t.Fatalf("%d bytes for %d from the network", cap(w.in), len(data))
			}
			if err != nil {
				return
			}
		}
	})
}

// A packet that is not the server's never decrypts and never panics.
func FuzzOpenPacket(f *testing.F) {
	key := crypto.Key{1, 2, 3}.WithID()
	f.Add(append(key.ID[:], make([]byte, 48)...))
	f.Fuzz(func(t *testing.T, data []byte) {
		if _, err := openPacket(&key, data); err == nil {
			t.Fatal("forged packet accepted")
		}
		if _, err := openPacket(&key, append(key.ID[:len(key.ID):len(key.ID)], data...)); err == nil {
			t.Fatal("forged packet accepted")
		}
	})
}

// Whatever an authentic packet says, nothing panics, no call is lost or answered twice, and the session can go on.
func FuzzMessage(f *testing.F) {
	f.Add(uint8(0), encoded(&proto.Result{RequestMessageID: 4, Result: []byte("fine")}))
	for _, e := range []bin.Encoder{
		&mt.MsgsAck{MsgIDs: []int64{4, 8}}, &mt.Pong{PingID: 1}, &mt.NewSessionCreated{FirstMsgID: 8},
		&mt.BadServerSalt{BadMsgID: 4}, &mt.BadMsgNotification{BadMsgID: 4, ErrorCode: 17},
		&mt.FutureSalts{Salts: []mt.FutureSalt{{ValidUntil: 1 << 30}}}, &mt.MsgDetailedInfo{MsgID: 4, AnswerMsgID: 5},
		&mt.MsgNewDetailedInfo{AnswerMsgID: 5}, &mt.MsgsStateReq{MsgIDs: []int64{1, 5}}, &mt.MsgResendReq{MsgIDs: []int64{4}},
		&mt.MsgsStateInfo{ReqMsgID: 16, Info: []byte{1, 4}}, &mt.MsgsAllInfo{MsgIDs: []int64{4, 8}, Info: []byte{2, 68}},
		&mt.DestroySessionOk{SessionID: 9}, Raw(idBytes(destroyKeyFailID)), &mt.RPCAnswerDropped{MsgID: 4},
		proto.GZIP{Data: []byte("packed__")}, &mt.GzipPacked{PackedData: []byte{0x78, 1, 2}},
		&proto.MessageContainer{Messages: []proto.Message{{ID: 5, SeqNo: 1, Bytes: 4, Body: []byte("news")}}},
	} {
		f.Add(uint8(5), encoded(e))
	}
	f.Fuzz(func(t *testing.T, calls uint8, body []byte) {
		answers := map[int]int{}
		s := New(Config{Rand: zeroRand{}}, newRecorder())
		s.started = true
		now := time.Now()
		s.conn = &conn{s: s, cancel: func() {}, open: true, openedAt: now}
		s.pinger.start()
		for i := range int(calls % 16) {
			s.Call(Raw("call"), CallOptions{Done: func([]byte, error) { answers[i]++ }})
		}
		s.special(callDestroySession, 9, &mt.DestroySessionRequest{SessionID: 9})
		s.mu.Lock()
		s.pack(now, false)
		// The fuzzer knows the calls as 4, 8, ...
		rename(s)
		msgs, err := unpack(nil, incoming{id: int64(now.Unix()<<32 | 5), seqNo: 1, body: body}, false)
		if err == nil {
			err = s.take(s.conn, openedPacket{session: s.id, id: now.Unix()<<32 | 5, msgs: msgs}, now)
		}
		if err == nil && s.conn != nil && s.due(now) {
			for n := 0; s.conn != nil && s.pack(now, false); n++ {
				if n > 100 {
					t.Fatal("there is always something to send")
				}
			}
		}
		left := s.pending
		if got := len(s.unanswered()); got != left {
			t.Fatalf("%d calls are pending, %d are known", left, got)
		}
		s.closed = true
		s.end()
		s.unlock()
		for i := range int(calls % 16) {
			if answers[i] != 1 {
				t.Fatalf("call %d was answered %d times", i, answers[i])
			}
		}
	})
}

// rename gives the calls in flight the ids 4, 8, 12...
func rename(s *Session) {
	calls := s.unanswered()
	clear(s.inFlight)
	for i, c := range calls {
		id := int64(4 * (i + 1))
		c.ids = []int64{id}
		s.inFlight[id] = c
	}
	s.asked = map[int64][]int64{16: {4, 8}}
}

type zeroRand struct{}

func (zeroRand) Read(b []byte) (int, error) {
	clear(b)
	return len(b), nil
}

// scripted gives packets of the fuzzer as the server's answers.
type scripted struct{ answers [][]byte }

func (s *scripted) write([]byte) error { return nil }
func (s *scripted) read() ([]byte, error) {
	if len(s.answers) == 0 {
		return nil, io.EOF
	}
	a := s.answers[0]
	s.answers = s.answers[1:]
	return a, nil
}

// No answers of a server make the exchange panic or give a key without knowing the secret.
func FuzzExchange(f *testing.F) {
	plain := func(e bin.Encoder) []byte {
		var b bin.Buffer
		_ = proto.UnencryptedMessage{MessageID: 1, MessageData: encoded(e)}.Encode(&b)
		return b.Buf
	}
	k := testRSA()
	res := plain(&mt.ResPQ{Pq: []byte{0x17, 0xED, 0x48, 0x94, 0x1A, 0x08, 0xF9, 0x81}, ServerPublicKeyFingerprints: []int64{k.Fingerprint()}})
	f.Add(res, plain(&mt.ServerDHParamsOk{EncryptedAnswer: make([]byte, 592)}), []byte{})
	f.Add(res, plain(&mt.ServerDHParamsFail{}), []byte{})
	f.Add([]byte{}, []byte{}, []byte{})
	mine := usualShare(zeroRand{})
	f.Fuzz(func(t *testing.T, a, b, c []byte) {
		if len(a) > 20 {
			// The fingerprint is another one in every process.
			a = append([]byte(nil), a...)
			binary.LittleEndian.PutUint64(a[len(a)-8:], uint64(k.Fingerprint()))
		}
		e := exchanger{
			conn: &scripted{[][]byte{a, b, c}}, dc: 2, keys: []exchange.PublicKey{k.Public()}, primes: new(Primes),
			rand: io.MultiReader(bytes.NewReader(make([]byte, 48)), rand.NewChaCha8([32]byte{})), // nonces of zero
			now:  time.Now, share: func() share { return mine },
		}
		if _, err := e.run(); err == nil {
			t.Fatal("a key came of it")
		}
	})
}
