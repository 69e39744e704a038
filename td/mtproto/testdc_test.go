package mtproto

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/exchange"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"tdjson/internal/testdc"
)

// local is a test server over real sockets and a client of its data center 2.
func local(t *testing.T) (*testdc.Server, Config) {
	t.Helper()
	srv, err := testdc.Start(testdc.Options{Key: testRSA().RSA})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := srv.Close(); err != nil {
			t.Error(err)
		}
	})
	return srv, Config{
		DC: 2, Test: true, Route: Route{Addrs: []Addr{{Address: srv.Addr(2)}}},
		PublicKeys: []exchange.PublicKey{{RSA: &testRSA().RSA.PublicKey}},
		Init:       initPrefix,
	}
}

// noQuery stands where the query comes.
type noQuery struct{}

func (noQuery) Encode(*bin.Buffer) error { return nil }
func (noQuery) Decode(*bin.Buffer) error { return nil }

func initPrefix() []byte {
	return encoded(&tg.InvokeWithLayerRequest{Layer: tg.Layer, Query: &tg.InitConnectionRequest{
		APIID: 1, DeviceModel: "test", SystemVersion: "1", AppVersion: "1", SystemLangCode: "en", Query: noQuery{},
	}})
}

func signIn(t *testing.T, api *tg.Client, phone string) {
	t.Helper()
	ctx := t.Context()
	sent, err := api.AuthSendCode(ctx, &tg.AuthSendCodeRequest{PhoneNumber: phone, APIID: 1, APIHash: "x"})
	if err != nil {
		t.Fatal(err)
	}
	code, ok := sent.(*tg.AuthSentCode)
	if !ok {
		t.Fatalf("%T", sent)
	}
	if _, err := api.AuthSignIn(ctx, &tg.AuthSignInRequest{
		PhoneNumber: phone, PhoneCodeHash: code.PhoneCodeHash, PhoneCode: "22222",
	}); err != nil {
		t.Fatal(err)
	}
}

// A login, and everything that the test server can do to a connection, over real sockets.
func TestAgainstTestServer(t *testing.T) {
	const phone = "9996621234"
	before := runtime.NumGoroutine()
	srv, cfg := local(t)
	cfg.Logger = logger(t)
	r := newRecorder()
	s := New(cfg, r)
	s.Start()
	api := tg.NewClient(s)
	ctx, cancel := context.WithTimeout(t.Context(), 30*time.Second)
	defer cancel()
	began := time.Now()
	signIn(t, api, phone)
	t.Logf("key and login: %v", time.Since(began))
	s.SetAuthorized(true)
	if _, err := api.UpdatesGetState(ctx); err != nil {
		t.Fatal(err)
	}
	for name, do := range map[string]func(){
		"cut":          func() { srv.CutConnections("") },
		"salt":         srv.ChangeSalt,
		"clock ahead":  func() { srv.ShiftClock(time.Hour) },
		"clock behind": func() { srv.ShiftClock(-2 * time.Hour) },
		"network":      func() { s.SetNetwork(true) },
		"session":      func() { s.mu.Lock(); s.newSession(); s.mu.Unlock() },
	} {
		do()
		var wg sync.WaitGroup
		for range 20 {
			wg.Go(func() {
				if _, err := api.HelpGetConfig(ctx); err != nil {
					t.Errorf("%s: %v", name, err)
				}
			})
		}
		wg.Wait()
	}
	srv.FailNext("help.getNearestDc", 420, "FLOOD_WAIT_5")
	if _, err := api.HelpGetNearestDC(ctx); !tgerr.Is(err, "FLOOD_WAIT") {
		t.Error(err)
	}
	if _, err := api.UpdatesGetState(ctx); err != nil { // of this session
		t.Fatal(err)
	}
	srv.PushUpdatesTooLong(phone)
	for len(r.got()) == 0 {
		select {
		case <-r.changed:
		case <-ctx.Done():
			t.Fatal("no update")
		}
	}
	other := New(Config{
		DC: 2, Test: true, Route: Route{Addrs: cfg.Addrs}, Key: s.Key(), Init: initPrefix, Logger: cfg.Logger,
	}, newRecorder())
	other.Start()
	if _, err := other.Call(&tg.HelpGetConfigRequest{}, CallOptions{}).Wait(ctx); err != nil {
		t.Error(err)
	}
	if ok, err := s.DestroySession(ctx, other.ID()); !ok || err != nil {
		t.Error(ok, err)
	}
	if err := other.Close(ctx); err != nil {
		t.Error(err)
	}
	if srv.ForgetKeys(phone) != 1 {
		t.Error("key was not known")
	}
	srv.CutConnections("")
	if _, err := api.UpdatesGetState(ctx); !errors.Is(err, ErrKeyGone) {
		t.Error(err)
	}
	if _, err := api.UpdatesGetState(ctx); !tgerr.IsCode(err, 401) {
		t.Error(err)
	}
	keys := srv.Keys()
	if err := s.DestroyKey(ctx); err != nil || srv.Keys() != keys-1 {
		t.Errorf("%v; %d keys, then %d", err, keys, srv.Keys())
	}
	if err := s.Close(ctx); err != nil {
		t.Error(err)
	}
	if err := srv.Close(); err != nil {
		t.Error(err)
	}
	for range 100 {
		if runtime.NumGoroutine() <= before {
			break
		}
		time.Sleep(10 * time.Millisecond)
	}
	if n := runtime.NumGoroutine(); n > before {
		buf := make([]byte, 1<<16)
		t.Errorf("%d goroutines more than before\n%s", n-before, buf[:runtime.Stack(buf, true)])
	}
	if len(r.keys) != 2 || r.gone != 1 || s.Key() != (crypto.AuthKey{}) {
		t.Errorf("%d keys, gone %d times", len(r.keys), r.gone)
	}
}

// Many idle sessions cost two goroutines each and little memory.
func TestIdleCost(t *testing.T) {
	const n = 100
	_, cfg := local(t)
	cfg.Primes = new(Primes)
	f := newFake(t)
	cfg.Addrs = []Addr{{Address: f.listen()}}
	cfg.Key, cfg.Test = testKey(), false
	defer f.close()
	runtime.GC()
	var m0, m1 runtime.MemStats
	runtime.ReadMemStats(&m0)
	g0 := runtime.NumGoroutine()
	sessions := make([]*Session, n)
	for i := range sessions {
		sessions[i] = New(cfg, newRecorder())
		sessions[i].Start()
		if _, err := sessions[i].Call(Raw("call"), CallOptions{NoInit: true}).Wait(t.Context()); err != nil {
			t.Fatal(err)
		}
	}
	runtime.GC()
	runtime.ReadMemStats(&m1)
	perGo := float64(runtime.NumGoroutine()-g0) / n
	perMem := (int64(m1.HeapAlloc) - int64(m0.HeapAlloc)) / n
	t.Logf("a session and its server's half: %.2f goroutines, %d bytes of heap", perGo, perMem)
	if perGo > 3.1 { // one is the server's
		t.Errorf("%.2f goroutines", perGo)
	}
	if perMem > 64<<10 {
		t.Errorf("%d bytes", perMem)
	}
	for _, s := range sessions {
		if err := s.Close(t.Context()); err != nil {
			t.Error(err)
		}
	}
}
