package mtproto

import (
	"context"
	"net"
	"sync"
	"time"
)

// unreachableFor is how long it counts that no way led to an address: long enough for sessions that try at the same moment, and over
// before any of them tries again.
const unreachableFor = 100 * time.Millisecond

// maxUnreachable is of how many addresses it is remembered.
const maxUnreachable = 64

// AskOnce is dial for many sessions: an address to which no way has led just now is not tried for each of them.
func AskOnce(dial DialFunc) DialFunc {
	u := unreachables{last: map[string]noWay{}}
	return func(ctx context.Context, network, address string) (net.Conn, error) {
		if err := u.recent(address); err != nil {
			return nil, err
		}
		nc, err := dial(ctx, network, address)
		if err != nil && unreachable(err) {
			u.add(address, err)
		}
		return nc, err
	}
}

// unreachables are the addresses to which no way led lately.
type unreachables struct {
	mu   sync.Mutex
	last map[string]noWay
}

// noWay is a try that failed without leaving the machine.
type noWay struct {
	at  time.Time
	err error
}

func (u *unreachables) recent(address string) error {
	u.mu.Lock()
	defer u.mu.Unlock()
	if n, ok := u.last[address]; ok && time.Since(n.at) < unreachableFor {
		return n.err
	}
	return nil
}

func (u *unreachables) add(address string, err error) {
	u.mu.Lock()
	defer u.mu.Unlock()
	if len(u.last) == maxUnreachable {
		clear(u.last)
	}
	u.last[address] = noWay{time.Now(), err}
}
