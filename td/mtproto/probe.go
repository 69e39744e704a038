package mtproto

import (
	"context"
	"fmt"
	"net"
	"sync"
	"time"
)

// Probe connects to the data center or proxy in cfg, of which DC, Test, Media, Addrs and Dial count, and returns how
// long a server of MTProto takes to answer: the second time that it is asked, so that to connect does not count, as in
// TDLib. It returns when ctx ends.
func Probe(ctx context.Context, cfg Config) (took time.Duration, err error) {
	err = probe(ctx, cfg, func(e *exchanger) error {
		began := time.Now()
		_, err := e.requestPQ()
		took = time.Since(began)
		return err
	})
	return took, err
}

// TryExchange makes a key in the same way and forgets it: the server is the one whose key is in cfg.PublicKeys.
func TryExchange(ctx context.Context, cfg Config) error {
	return probe(ctx, cfg, func(e *exchanger) error {
		_, err := e.run()
		return err
	})
}

// probe connects, gets a first answer, and goes on with more.
func probe(ctx context.Context, cfg Config, more func(*exchanger) error) (err error) {
	cfg.setDefaults()
	defer cfg.rescue("A try to connect", &err)
	ctx, cancel := context.WithCancel(ctx)
	var wg sync.WaitGroup
	defer func() {
		cancel() // ends the tries that lost
		wg.Wait()
	}()
	nc, addr, err := dialAny(ctx, wg.Go, cfg.Dial, cfg.Addrs, 0)
	if err != nil {
		return err
	}
	defer nc.Close()
	stop := context.AfterFunc(ctx, func() { _ = nc.Close() })
	defer stop()
	var w packets
	if to := cfg.Addrs[addr].HTTP; to != nil {
		dial := func(ctx context.Context) (net.Conn, error) { return cfg.Dial(ctx, "tcp", cfg.Addrs[addr].Address) }
		w = newHTTPWire(ctx, wg.Go, nc, dial, to, func() {})
	} else if w, err = newWire(nc, cfg.dcID(), cfg.Addrs[addr].Secret, cfg.Rand, func() {}); err != nil {
		return err
	}
	e := &exchanger{
		conn: w, dc: cfg.dcID(), keys: cfg.PublicKeys, primes: cfg.Primes, rand: cfg.Rand, now: cfg.Now,
		share: func() share { return usualShare(cfg.Rand) },
	}
	if _, err = e.requestPQ(); err == nil {
		if err = more(e); err == nil {
			return nil
		}
	}
	if ctx.Err() != nil {
		err = ctx.Err()
	}
	return fmt.Errorf("probing data center %d: %w", cfg.dcID(), err)
}
