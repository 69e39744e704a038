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

// Reach dials for many sessions and remembers for a moment to which addresses no way led, so that this is not tried for each of them.
type Reach struct {
	dial DialFunc
	mu   sync.Mutex
	last map[string]noWay
}

// NewReach lets dial open the connections.
func NewReach(dial DialFunc) *Reach {
	return &Reach{dial: dial, last: map[string]noWay{}}
}

// Dial is a [DialFunc]. It fails at once for an address that is known to be out of reach.
func (r *Reach) Dial(ctx context.Context, network, address string) (net.Conn, error) {
	if err := r.Away(address); err != nil {
		return nil, err
	}
	nc, err := r.dial(ctx, network, address)
	if err != nil && unreachable(err) {
		r.add(address, err)
	}
	return nc, err
}

// Away is why no way led to the address lately, nil if none was tried or one did.
func (r *Reach) Away(address string) error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if n, ok := r.last[address]; ok && time.Since(n.at) < unreachableFor {
		return n.err
	}
	return nil
}

func (r *Reach) add(address string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.last) == maxUnreachable {
		clear(r.last)
	}
	r.last[address] = noWay{time.Now(), err}
}

// noWay is a try that failed without leaving the machine.
type noWay struct {
	at  time.Time
	err error
}
