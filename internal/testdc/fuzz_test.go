package testdc

import (
	"bytes"
	"crypto/rand"
	"io"
	"net"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/mt"
	"github.com/gotd/td/mtproxy"
	"github.com/gotd/td/mtproxy/obfuscated2"
	"github.com/gotd/td/proto"
	"github.com/gotd/td/proto/codec"
	"github.com/gotd/td/tg"
)

// FuzzOpenStream reads connections that begin with anything.
func FuzzOpenStream(f *testing.F) {
	f.Add([]byte{0xef, 1, 1, 2, 3, 4})
	f.Add([]byte{0xef, 0x7f, 1, 0, 0, 1, 2, 3, 4})
	f.Add([]byte{0xee, 0xee, 0xee, 0xee, 4, 0, 0, 0x80, 1, 2, 3, 4})
	f.Add([]byte{0xdd, 0xdd, 0xdd, 0xdd, 5, 0, 0, 0, 1, 2, 3, 4, 5})
	f.Add([]byte{0xee, 0xee, 0xee, 0xee, 0xff, 0xff, 0xff, 0x7f})
	var head bytes.Buffer
	o := obfuscated2.NewObfuscated2(rand.Reader, &head)
	if err := o.Handshake(codec.Intermediate{}.ObfuscatedTag(), 10001, mtproxy.Secret{}); err != nil {
		f.Fatal(err)
	}
	if err := (codec.Intermediate{}).Write(o, &bin.Buffer{Buf: make([]byte, 40)}); err != nil {
		f.Fatal(err)
	}
	f.Add(head.Bytes())
	f.Fuzz(func(t *testing.T, data []byte) {
		s, err := openStream(readWriter{bytes.NewReader(data), io.Discard})
		if err != nil {
			return
		}
		for {
			body, _, err := s.read()
			if err != nil {
				return
			}
			if len(body) < 4 || len(body) > maxPacket {
				t.Fatalf("a packet of %d bytes", len(body))
			}
			if err := s.write(body[:len(body)&^3]); err != nil {
				t.Fatal(err)
			}
		}
	})
}

// FuzzPacket hands packets to a connection, among them those of a key exchange.
func FuzzPacket(f *testing.F) {
	plain := func(m bin.Encoder) []byte {
		return encoded(proto.UnencryptedMessage{MessageID: 1, MessageData: encoded(m)})
	}
	f.Add(plain(&mt.ReqPqMultiRequest{}))
	f.Add(plain(&mt.ReqDHParamsRequest{EncryptedData: make([]byte, 256)}))
	f.Add(plain(&mt.SetClientDHParamsRequest{EncryptedData: make([]byte, 64)}))
	f.Add(make([]byte, 80))
	s := idle(f)
	f.Fuzz(func(t *testing.T, body []byte) {
		c := fuzzConn(s)
		defer s.removeConn(c)
		_ = c.receive(body, len(body)%2 == 1)
	})
}

// FuzzMessage hands decrypted messages to a session, of a client that is logged in.
func FuzzMessage(f *testing.F) {
	for _, m := range []bin.Encoder{
		&mt.PingRequest{}, &mt.PingDelayDisconnectRequest{DisconnectDelay: 1}, &mt.GetFutureSaltsRequest{Num: 9}, &mt.MsgsAck{MsgIDs: []int64{1}},
		&mt.MsgsStateReq{MsgIDs: []int64{1, 2}}, &mt.MsgResendReq{MsgIDs: []int64{1}}, &mt.RPCDropAnswerRequest{}, &mt.DestroySessionRequest{},
		bareID(destroyAuthKeyTypeID), &mt.HTTPWaitRequest{}, &proto.GZIP{Data: encoded(&tg.HelpGetConfigRequest{})},
		&proto.MessageContainer{Messages: []proto.Message{{ID: 4, SeqNo: 1, Bytes: 12, Body: encoded(&mt.PingRequest{})}}},
		&tg.InvokeWithLayerRequest{Layer: tg.Layer, Query: &tg.InitConnectionRequest{Query: &tg.HelpGetConfigRequest{}}},
		&tg.InvokeAfterMsgsRequest{MsgIDs: []int64{4}, Query: &tg.UpdatesGetStateRequest{}},
		&tg.InvokeWithoutUpdatesRequest{Query: &tg.UpdatesGetDifferenceRequest{}},
		&tg.AuthSendCodeRequest{PhoneNumber: testPhone, APIID: 1, APIHash: "x"}, &tg.AuthSignInRequest{}, &tg.AuthSignUpRequest{},
		&tg.AuthLogOutRequest{}, &tg.AccountGetAuthorizationsRequest{}, &tg.AccountResetAuthorizationRequest{},
		&tg.AuthBindTempAuthKeyRequest{EncryptedMessage: make([]byte, 104)}, &tg.AuthImportAuthorizationRequest{},
		&tg.UsersGetUsersRequest{ID: []tg.InputUserClass{&tg.InputUserSelf{}}},
		&tg.HelpSaveAppLogRequest{Events: []tg.InputAppEvent{{Type: "testdc.fail", Data: &tg.JSONObject{}}}},
	} {
		f.Add(encoded(m), int32(1))
	}
	s := idle(f)
	f.Fuzz(func(t *testing.T, body []byte, seq int32) {
		c := fuzzConn(s)
		defer s.removeConn(c)
		var key crypto.Key
		_, _ = rand.Read(key[:])
		s.addKey(1, key.WithID(), 5, 0)
		k := s.dcs[1].keys[key.ID()]
		k.client.set = true
		k.login = &authorization{account: s.newAccount("1555", 1, "A", "B"), key: k}
		now := s.Now()
		s.incoming(c, k, &crypto.EncryptedMessageData{
			Salt: 5, SessionID: 1, MessageID: nextMessageID(0, now), SeqNo: seq, MessageDataLen: int32(len(body)), MessageDataWithPadding: body,
		})
		for {
			if _, ok, _ := c.next(); !ok {
				break
			}
		}
		s.mu.Lock()
		defer s.mu.Unlock()
		for _, k := range s.dcs[1].keys {
			s.forgetKey(k)
		}
		clear(s.accounts)
		clear(s.users)
		clear(s.codes)
		s.world, s.hooks = newWorld(), newHooks()
	})
}

// FuzzSocks greets the proxy with anything.
func FuzzSocks(f *testing.F) {
	f.Add([]byte{5, 1, 0, 5, 1, 0, 1, 149, 154, 175, 10, 1, 187})
	f.Add([]byte{5, 1, 2, 1, 1, 'u', 1, 'p', 5, 1, 0, 3, 2, 'a', 'b', 1, 187})
	f.Add([]byte{5, 2, 0, 2, 5, 1, 0, 4, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 1, 187})
	f.Fuzz(func(t *testing.T, data []byte) {
		rw := readWriter{bytes.NewReader(data), io.Discard}
		if socksGreeting(rw) != nil {
			return
		}
		if host, port, err := socksRequest(rw); err == nil && (len(host) > 255 || port < 0 || port > 65535) {
			t.Errorf("host %q, port %d", host, port)
		}
	})
}

// idle makes a server that does not listen.
func idle(t testing.TB) *Server {
	s, err := newServer(Options{Key: testKey()})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.cancel)
	return s
}

// fuzzConn makes a connection that leads nowhere and has no goroutines.
func fuzzConn(s *Server) *conn {
	c := s.newConn(nowhere{}, 1)
	c.stream = &stream{r: bytes.NewReader(nil), w: io.Discard}
	s.addConn(c)
	return c
}

type nowhere struct{ net.Conn }

func (nowhere) Close() error                    { return nil }
func (nowhere) RemoteAddr() net.Addr            { return &net.TCPAddr{} }
func (nowhere) SetReadDeadline(time.Time) error { return nil }
