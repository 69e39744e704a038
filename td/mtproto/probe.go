package mtproto

import (
	"context"
	"sync"
	"time"
)

// Ping connects as a session with the configuration would, and answers how long the server takes to answer what needs no
// key. It asks twice: the first answer may have had to wait until a proxy was connected.
func Ping(ctx context.Context, cfg Config) (time.Duration, error) {
	var took time.Duration
	err := probe(ctx, cfg, func(e *exchanger) error {
		for range 2 {
			start := time.Now()
			if _, err := e.requestPQ(); err != nil {
				return err
			}
			took = time.Since(start)
		}
		return nil
	})
	return took, err
}

// Handshake connects as a session with the configuration would, and makes an authorization key, which is forgotten: it shows
// that a session would work.
func Handshake(ctx context.Context, cfg Config) error {
	return probe(ctx, cfg, func(e *exchanger) error {
		_, err := e.run()
		return err
	})
}

// probe connects for one exchange.
func probe(ctx context.Context, cfg Config, exchange func(*exchanger) error) error {
	cfg.setDefaults()
	var tries sync.WaitGroup
	defer tries.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	nc, i, err := dialAny(ctx, tries.Go, cfg.Dial, cfg.Addrs, 0)
	if err != nil {
		return err
	}
	defer nc.Close()
	stop := context.AfterFunc(ctx, func() { nc.Close() })
	defer stop()
	w, err := newWire(nc, cfg.dcID(), cfg.Addrs[i].Secret, cfg.Rand, func() {})
	if err != nil {
		return err
	}
	err = exchange(&exchanger{
		conn: w, dc: cfg.dcID(), keys: cfg.PublicKeys, primes: cfg.Primes, rand: cfg.Rand, now: cfg.Now,
		share: func() share { return usualShare(cfg.Rand) },
	})
	if err != nil && ctx.Err() != nil {
		return ctx.Err()
	}
	return err
}
