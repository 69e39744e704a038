package mtproto

import (
	"context"
	"errors"
	"net"
	"sync"
	"syscall"
	"time"
)

// dialDelay is how long an address may take before the next one is tried beside it.
const dialDelay = 300 * time.Millisecond

// dialing is a try to connect to the first of several addresses that answers.
type dialing struct {
	ctx    context.Context
	cancel context.CancelFunc
	spawn  func(func())
	dial   DialFunc
	addrs  []Addr
	start  int

	mu      sync.Mutex
	next    *time.Timer // until another address is tried beside those under way
	tried   int
	open    int     // tries under way
	away    [2]bool // no way leads to addresses of IPv4, of IPv6
	won     net.Conn
	index   int
	err     error // the first
	ended   bool  // somebody won, or nothing is left to try
	decided chan struct{}
}

// dialAny connects to the first address that answers, beginning with addrs[start]. The first one is tried by the caller, which costs the
// least where it answers or fails at once; those beside it by goroutines that spawn starts. Connections that come too late are closed.
func dialAny(ctx context.Context, spawn func(func()), dial DialFunc, addrs []Addr, start int) (net.Conn, int, error) {
	if len(addrs) == 0 {
		return nil, 0, errors.New("data center has no address")
	}
	d := dialing{spawn: spawn, dial: dial, addrs: addrs, start: start, decided: make(chan struct{})}
	d.ctx, d.cancel = context.WithCancel(ctx)
	defer d.cancel()
	d.mu.Lock()
	d.next = time.AfterFunc(dialDelay, d.another)
	d.open = 1
	d.mu.Unlock()
	defer d.next.Stop()
	d.try()
	<-d.decided
	return d.won, d.index, d.err
}

// another tries the next address beside those that have not answered yet.
func (d *dialing) another() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.ended && d.tried < len(d.addrs) {
		d.open++
		d.spawn(d.try)
		d.next.Reset(dialDelay)
	}
}

// try tries one address after the other, until one answers or none is left.
func (d *dialing) try() {
	d.mu.Lock()
	defer d.mu.Unlock()
	for i, more := d.take(); more; i, more = d.take() {
		d.mu.Unlock()
		nc, err := d.dial(d.ctx, "tcp", d.addrs[i].Address)
		d.mu.Lock()
		switch {
		case err != nil:
			d.failed(i, err)
		case d.ended:
			_ = nc.Close()
		default:
			d.won, d.index, d.err = nc, i, nil
			d.end()
		}
	}
	if d.open--; d.open == 0 && !d.ended {
		d.end()
	}
}

// take is the next address to which a way may lead.
func (d *dialing) take() (index int, more bool) {
	for !d.ended && d.tried < len(d.addrs) {
		i := (d.start + d.tried) % len(d.addrs)
		d.tried++
		if !d.away[d.addrs[i].family()] {
			return i, true
		}
	}
	return 0, false
}

func (d *dialing) failed(i int, err error) {
	if d.ended {
		return
	}
	if d.err == nil {
		d.err = err
	}
	if unreachable(err) {
		d.away[d.addrs[i].family()] = true
	}
	d.next.Reset(dialDelay)
}

func (d *dialing) end() {
	d.ended = true
	d.cancel()
	close(d.decided)
}

// unreachable says whether a failure is one of the network and not of an address.
func unreachable(err error) bool {
	return errors.Is(err, syscall.ENETUNREACH) || errors.Is(err, syscall.EADDRNOTAVAIL) || errors.Is(err, syscall.EAFNOSUPPORT)
}
