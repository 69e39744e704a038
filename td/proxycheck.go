package td

import (
	"context"
	"errors"
	"io"
	"net"
	"strings"
	"sync"
	"syscall"
	"time"

	"tdjson/td/mtproto"
	"tdjson/types"
)

// pingPatience is how long TDLib waits for the answer to a ping.
const pingPatience = 10 * time.Second

// maxPings is how many addresses of a data center are pinged at once.
const maxPings = 10

// pingProxy answers how long a server takes to answer through a proxy, or without one.
func (c *Client) pingProxy(ctx context.Context, f *types.PingProxy) (*types.Seconds, error) {
	cfg := c.probeConfig(c.net.servers, c.net.main)
	targets := make([]mtproto.Config, 0, maxPings)
	if f.Proxy == nil {
		cfg.Addrs = c.net.addrs(c, c.net.main, nil)
		for _, addr := range cfg.Addrs[:min(len(cfg.Addrs), maxPings)] {
			one := cfg
			one.Addrs = []mtproto.Addr{addr}
			targets = append(targets, one)
		}
	} else {
		q, err := parseProxy(f.Proxy)
		if err != nil {
			return nil, err
		}
		if cfg.Dial, cfg.Addrs, err = q.route(cfg.Dial, c.net.addrs(c, c.net.main, q)); err != nil {
			return nil, err
		}
		targets = append(targets, cfg)
	}
	var took time.Duration
	var err error
	c.await(func() { took, err = pingAll(ctx, targets) })
	if err != nil {
		return nil, probeError(err, "Pong timeout expired")
	}
	return &types.Seconds{Seconds: took.Seconds()}, nil
}

// pingAll pings all and answers with the shortest time; with the error of the first when none answers.
func pingAll(ctx context.Context, targets []mtproto.Config) (time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, pingPatience)
	defer cancel()
	took := make([]time.Duration, len(targets))
	errs := make([]error, len(targets))
	var all sync.WaitGroup
	for i, cfg := range targets {
		all.Go(func() { took[i], errs[i] = mtproto.Probe(ctx, cfg) })
	}
	all.Wait()
	var best time.Duration
	for i, err := range errs {
		if err == nil && (best == 0 || took[i] < best) {
			best = took[i]
		}
	}
	switch {
	case best > 0:
		return best, nil
	case len(targets) == 0:
		return 0, errors.New("Can't find valid DC address") //nolint:staticcheck // TDLib's text
	}
	return 0, errs[0]
}

// testProxy says whether a key can be made with a data center through a proxy. It needs no parameters; with the test servers
// in use it is tried with them.
func (c *Client) testProxy(ctx context.Context, f *types.TestProxy) (*types.Ok, error) {
	q, err := parseProxy(f.Proxy)
	if err != nil {
		return nil, err
	}
	s, err := c.registry.servers(c.params.UseTestDC)
	if err != nil {
		return nil, types.NewError(400, err.Error())
	}
	cfg := c.probeConfig(s, int(f.DCID))
	c.await(func() { err = resolve(ctx, q.Server) })
	switch {
	case err != nil:
		return nil, probeError(err, "")
	case len(cfg.Addrs) == 0:
		return nil, types.NewError(400, "Invalid datacenter identifier specified")
	}
	cfg.Addrs = cfg.Addrs[:1]
	if cfg.Dial, cfg.Addrs, err = q.route(cfg.Dial, cfg.Addrs); err != nil {
		return nil, err
	}
	c.await(func() {
		ctx, cancel := context.WithTimeout(ctx, seconds(f.Timeout))
		defer cancel()
		err = mtproto.TryExchange(ctx, cfg)
	})
	if err != nil {
		return nil, probeError(err, "Timeout expired")
	}
	return &types.Ok{}, nil
}

// seconds is a number of seconds as a duration, within what that can hold.
func seconds(s float64) time.Duration {
	const most = 24 * time.Hour
	if !(s < most.Seconds()) { // NaN too
		return most
	}
	return time.Duration(max(s, 0) * float64(time.Second))
}

// probeConfig is for a connection of which only is asked whether it works.
func (c *Client) probeConfig(s *servers, dc int) mtproto.Config {
	return mtproto.Config{
		DC: dc, Test: c.params.UseTestDC, Route: mtproto.Route{Addrs: s.addrs[dc], Dial: c.registry.dial}, PublicKeys: s.keys, Primes: &c.registry.primes,
		Panicked: c.log.Panicked,
	}
}

// resolve says whether a host can be found.
func resolve(ctx context.Context, host string) error {
	_, err := net.DefaultResolver.LookupHost(ctx, host)
	return err
}

// probeError is TDLib's error for a connection that does not work.
func probeError(err error, timeout string) error {
	var dns *net.DNSError
	var errno syscall.Errno
	var own *types.Error
	switch {
	case errors.As(err, &own), errors.Is(err, context.Canceled):
		return err
	case errors.As(err, &dns):
		return types.NewError(400, "Failed to resolve host: Name or service not known")
	case errors.Is(err, context.DeadlineExceeded):
		return types.NewError(400, timeout)
	case errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, net.ErrClosed):
		return types.NewError(400, "Connection closed")
	case errors.As(err, &errno):
		return types.NewError(400, capital(errno.Error()))
	}
	return types.NewError(400, capital(err.Error()))
}

func capital(s string) string {
	if s == "" {
		return s
	}
	return strings.ToUpper(s[:1]) + s[1:]
}
