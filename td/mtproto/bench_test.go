package mtproto

import (
	"net"
	"testing"
	"time"

	"github.com/gotd/td/crypto"
)

// listen serves over loopback.
func (f *fakeDC) listen() string {
	ln, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		f.tb.Fatal(err)
	}
	f.tb.Cleanup(func() { _ = ln.Close() })
	go func() {
		for {
			nc, err := ln.Accept()
			if err != nil {
				return
			}
			f.serve(nc)
		}
	}()
	return ln.Addr().String()
}

func (f *fakeDC) loopback() Config {
	cfg := f.config()
	cfg.Dial = nil
	cfg.Addrs = []Addr{{Address: f.listen()}}
	return cfg
}

// One call after the other over loopback; the server's half is in the numbers.
func BenchmarkCall(b *testing.B) {
	f := newFake(b)
	s, _ := start(b, f, f.loopback())
	query := Raw("0123456789abcdef0123456789abcdef")
	ask(b, s, string(query))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Call(query, CallOptions{}).Wait(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// Many calls at once share packets.
func BenchmarkCallsTogether(b *testing.B) {
	f := newFake(b)
	s, _ := start(b, f, f.loopback())
	query := Raw("0123456789abcdef0123456789abcdef")
	ask(b, s, string(query))
	done := make(chan error, 100)
	opts := CallOptions{Done: func(_ []byte, err error) { done <- err }}
	b.ReportAllocs()
	for b.Loop() {
		for range cap(done) {
			s.Call(query, opts)
		}
		for range cap(done) {
			if err := <-done; err != nil {
				b.Fatal(err)
			}
		}
	}
}

// Connecting, making a key and the first call, over loopback; the server computes on the same machine.
func BenchmarkHandshake(b *testing.B) {
	f := newFake(b)
	cfg := f.loopback()
	cfg.Key, cfg.Salts = crypto.AuthKey{}, nil
	b.ReportAllocs()
	for b.Loop() {
		s := New(cfg, newRecorder())
		s.Start()
		ask(b, s, "call")
		if err := s.Close(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}

// Encrypting and decrypting alone.
func BenchmarkSeal(b *testing.B) {
	o := &writeBuffers{}
	key := testKey()
	for b.Loop() {
		o.plain = append(o.plain[:0], make([]byte, 128)...)
		if err := o.seal(&key, crypto.DefaultRand()); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportAllocs()
}

func BenchmarkFactor(b *testing.B) {
	for b.Loop() {
		if _, _, err := factor(0x17ED48941A08F981); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkShare(b *testing.B) {
	for b.Loop() {
		if usualShare(crypto.DefaultRand()).err != nil {
			b.Fatal()
		}
	}
}

// TestHandshakeTime says what a handshake takes; it fails only when something is badly wrong.
func TestHandshakeTime(t *testing.T) {
	f := newFake(t)
	cfg := f.loopback()
	cfg.Key, cfg.Salts = crypto.AuthKey{}, nil
	began := time.Now()
	s, _ := start(t, f, cfg)
	ask(t, s, "call")
	took := time.Since(began)
	t.Logf("handshake and first call: %v", took)
	if took > 3*time.Second {
		t.Errorf("handshake took %v", took)
	}
}

// Parts of files, up and down.
func BenchmarkParts(b *testing.B) {
	const size = 512 << 10
	for _, up := range []bool{true, false} {
		b.Run(map[bool]string{true: "up", false: "down"}[up], func(b *testing.B) {
			f := newFake(b)
			big, small := Raw(noise(size)), Raw("part")
			f.query = func(p *peer, id int64, _ []byte) []byte {
				reply := []byte(small)
				if !up {
					reply = big
				}
				_ = p.result(id, reply)
				f.mu.Lock()
				f.log, f.executed = nil, nil
				clear(f.sessions[p.session].answers)
				f.mu.Unlock()
				return nil
			}
			s, _ := start(b, f, f.loopback())
			query := small
			if up {
				query = big
			}
			b.SetBytes(size)
			b.ReportAllocs()
			for b.Loop() {
				if _, err := s.Call(query, CallOptions{NoGzip: true}).Wait(b.Context()); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
