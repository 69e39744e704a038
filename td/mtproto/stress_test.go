package mtproto

import (
	"fmt"
	"sync"
	"testing"
	"time"
)

// A server that cuts the connection at every few packets, before or after it has acted upon what is in them, is asked for all the same:
// no call is lost, and none is acted upon twice.
func TestServerCutsOften(t *testing.T) {
	const calls = 200
	for every := 2; every <= 5; every++ {
		bubble(t, func(t *testing.T, f *fakeDC) {
			var mu sync.Mutex
			acted := map[string]int{}
			f.query = func(_ *peer, _ int64, body []byte) []byte {
				mu.Lock()
				defer mu.Unlock()
				acted[string(body)]++
				return echo(body)
			}
			packets := 0
			f.packet = func(p *peer, _ int64, _ []incoming) bool {
				packets++
				switch packets % (2 * every) {
				case 0: // before
					_ = p.nc.Close()
					return true
				case every: // after: the answers may get lost
					time.AfterFunc(time.Millisecond, func() { _ = p.nc.Close() })
				}
				return false
			}
			s, _ := start(t, f, f.config())
			began := time.Now()
			var all sync.WaitGroup
			for i := range calls {
				all.Go(func() {
					time.Sleep(time.Duration(i) * 50 * time.Millisecond)
					ask(t, s, fmt.Sprintf("%04d", i))
				})
			}
			all.Wait()
			t.Logf("cut at every %d packets: %d calls over %d connections in %v", every, calls, f.dialed(), time.Since(began))
			for body, n := range acted {
				if n != 1 {
					t.Errorf("call %s was acted upon %d times", body, n)
				}
			}
			if len(acted) != calls {
				t.Errorf("%d calls were acted upon", len(acted))
			}
		})
	}
}
