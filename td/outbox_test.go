package td

import (
	"bytes"
	"fmt"
	"math"
	"sync"
	"testing"
	"time"

	"tdjson/types"
)

func numbered(n int32) envelope {
	return envelope{object: &types.TestInt{Value: n}}
}

func numberOf(t testing.TB, e envelope) int32 {
	t.Helper()
	o, ok := e.object.(*types.TestInt)
	if !ok {
		t.Fatalf("got %s", e.append(nil))
	}
	return o.Value
}

func TestOutboxKeepsOrder(t *testing.T) {
	t.Parallel()
	b := newOutbox()
	const n = 20000
	go func() {
		for i := range int32(n) {
			b.push(numbered(i))
		}
	}()
	for i := range int32(n) {
		e, ok := b.receive(patience)
		if !ok {
			t.Fatalf("nothing after %d objects", i)
		}
		if got := numberOf(t, e); got != i {
			t.Fatalf("got number %d, want %d", got, i)
		}
	}
	if cap(b.items) > keptEnvelopes {
		t.Errorf("room for %d envelopes is kept", cap(b.items))
	}
}

func TestOutboxTimeouts(t *testing.T) {
	t.Parallel()
	b := newOutbox()
	for _, timeout := range []time.Duration{0, -time.Second, 10 * time.Millisecond, 30 * time.Millisecond} {
		start := time.Now()
		if _, ok := b.receive(timeout); ok {
			t.Errorf("something came out of an empty outbox")
		}
		if took := time.Since(start); took < timeout || took > timeout+2*time.Second {
			t.Errorf("timeout %v took %v", timeout, took)
		}
	}
	b.push(numbered(1))
	if _, ok := b.receive(0); !ok {
		t.Error("what is there does not come without waiting")
	}
	// A wake-up that is left over from an object taken without waiting does not end the next wait.
	start := time.Now()
	if _, ok := b.receive(30 * time.Millisecond); ok || time.Since(start) < 30*time.Millisecond {
		t.Errorf("woke up for nothing after %v", time.Since(start))
	}
}

// TestOutboxWakesUp: an object comes at once also to one who waits for long.
func TestOutboxWakesUp(t *testing.T) {
	t.Parallel()
	b := newOutbox()
	for i := range int32(200) {
		waits := make(chan struct{})
		go func() {
			<-waits
			b.push(numbered(i))
		}()
		close(waits)
		start := time.Now()
		e, ok := b.receive(math.MaxInt64)
		if !ok || numberOf(t, e) != i {
			t.Fatalf("number %d did not come", i)
		}
		if time.Since(start) > 2*time.Second {
			t.Fatalf("number %d came after %v", i, time.Since(start))
		}
	}
}

func TestOutboxSecondReceiver(t *testing.T) {
	t.Parallel()
	b := newOutbox()
	first := make(chan envelope)
	go func() {
		e, _ := b.receive(patience)
		first <- e
	}()
	waitFor(t, "the first waits", b.receiving.Load)
	start := time.Now()
	e, ok := b.receive(patience)
	if fail, is := e.object.(*types.Error); !ok || !is || fail.Code != 400 || time.Since(start) > time.Second {
		t.Errorf("the second got %s after %v", e.append(nil), time.Since(start))
	}
	b.push(numbered(7))
	if n := numberOf(t, <-first); n != 7 {
		t.Errorf("the first got %d", n)
	}
	b.push(numbered(8))
	if e, ok := b.receive(0); !ok || numberOf(t, e) != 8 {
		t.Error("nobody may receive any more")
	}
}

func TestOutboxFromManySenders(t *testing.T) {
	t.Parallel()
	const senders, each = 10, 1000
	b := newOutbox()
	var group sync.WaitGroup
	for s := range int32(senders) {
		group.Go(func() {
			for i := range int32(each) {
				b.push(numbered(s*each + i))
			}
		})
	}
	last := [senders]int32{}
	for range senders * each {
		e, ok := b.receive(patience)
		if !ok {
			t.Fatal("an object got lost")
		}
		n := numberOf(t, e)
		if s := n / each; n%each < last[s] {
			t.Fatalf("sender %d: %d came after %d", s, n%each, last[s])
		} else {
			last[s] = n % each
		}
	}
	group.Wait()
	if _, ok := b.receive(0); ok {
		t.Error("an object came twice")
	}
}

func TestEnvelope(t *testing.T) {
	t.Parallel()
	for _, c := range []struct {
		e    envelope
		want string
	}{
		{envelope{0, &types.Ok{}, nil}, `{"@type":"ok"}`},
		{envelope{3, &types.Ok{}, nil}, `{"@type":"ok","@client_id":3}`},
		{envelope{3, &types.Ok{}, []byte(`"x"`)}, `{"@type":"ok","@extra":"x","@client_id":3}`},
		{envelope{0, &types.Ok{}, []byte(`null`)}, `{"@type":"ok","@extra":null}`},
		{envelope{1, types.NewError(400, "no"), []byte(`[1,{}]`)}, `{"@type":"error","code":400,"message":"no","@extra":[1,{}],"@client_id":1}`},
	} {
		if got := string(c.e.append([]byte("before:"))); got != "before:"+c.want {
			t.Errorf("got  %s\nwant before:%s", got, c.want)
		}
	}
	// What can't be written as JSON becomes an error that still goes to its request.
	for _, o := range []types.Object{&types.TestString{Value: "\xff"}, &types.OptionValueString{Value: "a\xc0b"}} {
		e := envelope{2, o, []byte(`5`)}
		got := e.append(nil)
		if !bytes.HasPrefix(got, []byte(`{"@type":"error","code":400,`)) || !bytes.HasSuffix(got, []byte(`,"@extra":5,"@client_id":2}`)) {
			t.Errorf("got %s", got)
		}
	}
}

// TestReceiveAppends: the caller's buffer is used while it is large enough.
func TestReceiveAppends(t *testing.T) {
	t.Parallel()
	r := newQuietRegistry()
	id := r.CreateClientID()
	buffer := make([]byte, 0, 4096)
	for i := range 3 {
		r.Send(id, fmt.Appendf(nil, `{"@type":"testSquareInt","x":%d,"@extra":"mine"}`, i))
		for {
			got := r.Receive(buffer[:0], patience)
			if got == nil {
				t.Fatal("no answer")
			}
			if &got[0] != &buffer[:1][0] {
				t.Fatal("another buffer")
			}
			if bytes.Contains(got, []byte(`"@extra":"mine"`)) {
				if want := fmt.Sprintf(`{"@type":"testInt","value":%d,"@extra":"mine","@client_id":1}`, i*i); string(got) != want {
					t.Fatalf("got %s, want %s", got, want)
				}
				break
			}
		}
	}
}
