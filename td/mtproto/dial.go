package mtproto

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"syscall"
	"time"
)

// dialDelay is how long an address may take before the next one is tried beside it.
const dialDelay = 300 * time.Millisecond

// dialResult is what one of several parallel tries to connect ended with.
type dialResult struct {
	nc    net.Conn
	index int
	err   error
}

// dialing is a try to connect to the first of several addresses that answers.
type dialing struct {
	ctx     context.Context
	spawn   func(func())
	dial    DialFunc
	addrs   []Addr
	start   int
	tried   int
	open    int     // tries under way
	away    [2]bool // no way leads to addresses of IPv4, of IPv6
	results chan dialResult
}

// dialAny connects to the first address that answers, beginning with addrs[start]. Every try runs in a goroutine
// started by spawn; those that lose are closed.
func dialAny(ctx context.Context, spawn func(func()), dial DialFunc, addrs []Addr, start int) (net.Conn, int, error) {
	if len(addrs) == 0 {
		return nil, 0, errors.New("data center has no address")
	}
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	d := dialing{ctx: ctx, spawn: spawn, dial: dial, addrs: addrs, start: start, results: make(chan dialResult, len(addrs))}
	return d.run()
}

func (d *dialing) run() (net.Conn, int, error) {
	d.launch()
	timer := time.NewTimer(dialDelay)
	defer timer.Stop()
	var firstErr error
	for d.open > 0 {
		select {
		case r := <-d.results:
			d.open--
			if r.err == nil {
				d.drain()
				return r.nc, r.index, nil
			}
			if firstErr == nil {
				firstErr = r.err
			}
			if unreachable(r.err) {
				d.away[d.family(r.index)] = true
			}
		case <-timer.C:
		}
		d.launch()
		timer.Reset(dialDelay)
	}
	return nil, 0, firstErr
}

// launch tries the next address to which a way may lead.
func (d *dialing) launch() {
	for d.tried < len(d.addrs) {
		i := (d.start + d.tried) % len(d.addrs)
		d.tried++
		if d.away[d.family(i)] {
			continue
		}
		d.open++
		d.spawn(func() {
			nc, err := d.dial(d.ctx, "tcp", d.addrs[i].Address)
			d.results <- dialResult{nc, i, err}
		})
		return
	}
}

// family is 1 for an address of IPv6, otherwise 0.
func (d *dialing) family(i int) int {
	if at, err := netip.ParseAddrPort(d.addrs[i].Address); err == nil && at.Addr().Is6() {
		return 1
	}
	return 0
}

// unreachable says whether a failure is one of the network and not of an address.
func unreachable(err error) bool {
	return errors.Is(err, syscall.ENETUNREACH) || errors.Is(err, syscall.EADDRNOTAVAIL) || errors.Is(err, syscall.EAFNOSUPPORT)
}

// drain closes connections that come after the winner's.
func (d *dialing) drain() {
	open := d.open
	if open == 0 {
		return
	}
	d.spawn(func() {
		for range open {
			if r := <-d.results; r.nc != nil {
				_ = r.nc.Close()
			}
		}
	})
}
