// Command testdc runs a local Telegram: three test data centers on loopback and a SOCKS5 proxy that leads to them.
//
// Every phone number can log in, the code is 12345 (for 99966XYYYY it is the digit X five times). Nothing is kept when it stops.
//
// A client finds it in one of two ways: through the proxy, or, for this project's library, with the environment variable
// TDJSON_TEST_SERVER naming the file that -config writes. Either way it has to know the server's public key.
package main

import (
	"context"
	"crypto/rsa"
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"log/slog"
	"os"
	"os/signal"
	"path/filepath"
	"syscall"

	"tdjson/internal/testdc"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if err := run(ctx, os.Args[1:], os.Stderr); err != nil {
		if !errors.Is(err, flag.ErrHelp) {
			fmt.Fprintln(os.Stderr, "testdc:", err)
		}
		os.Exit(1)
	}
}

type options struct {
	listen, config, key, publicKey string
	state, http                    string
	port, proxyPort                int
	verbose                        bool
}

func parse(args []string, stderr io.Writer) (o options, err error) {
	f := flag.NewFlagSet("testdc", flag.ContinueOnError)
	f.SetOutput(stderr)
	f.StringVar(&o.listen, "listen", "127.0.0.1", "`host` to listen on")
	f.IntVar(&o.port, "port", 0, "`port` of data center 1; 2 and 3 follow; 0 takes free ports")
	f.IntVar(&o.proxyPort, "proxy-port", 0, "`port` of the SOCKS5 proxy; 0 takes a free one")
	f.StringVar(&o.config, "config", "", "`file` to write the JSON for TDJSON_TEST_SERVER to (default in a temporary directory)")
	f.StringVar(&o.key, "key", "", "`file` with the RSA private key (PKCS#1 PEM); made when it is not there (default: a new key each time)")
	f.StringVar(&o.publicKey, "public-key", "", "`file` to write the public key to (PKCS#1 PEM)")
	f.StringVar(&o.state, "state", "", "`file` to keep everything in; read at the start (default: all is forgotten at the end)")
	f.StringVar(&o.http, "http", "", "`address` of loopback for the control interface and its page, such as 127.0.0.1:8080")
	f.BoolVar(&o.verbose, "v", false, "log every call")
	if err := f.Parse(args); err != nil {
		return o, err
	}
	if f.NArg() > 0 {
		return o, fmt.Errorf("unknown argument %q", f.Arg(0))
	}
	return o, nil
}

func run(ctx context.Context, args []string, stderr io.Writer) error {
	o, err := parse(args, stderr)
	if err != nil {
		return err
	}
	key, err := loadKey(o.key)
	if err != nil {
		return err
	}
	level := slog.LevelInfo
	if o.verbose {
		level = slog.LevelDebug
	}
	server, err := testdc.Start(testdc.Options{
		Listen: o.listen, Port: o.port, Key: key, Proxy: true, ProxyPort: o.proxyPort, State: o.state, HTTP: o.http, Reactions: true,
		Log: slog.New(slog.NewTextHandler(stderr, &slog.HandlerOptions{Level: level})),
	})
	if err != nil {
		return err
	}
	if o.config == "" {
		dir, err := os.MkdirTemp("", "testdc-")
		if err != nil {
			return errors.Join(err, server.Close())
		}
		defer os.RemoveAll(dir)
		o.config = filepath.Join(dir, "testdc.json")
	}
	if err := announce(server, o); err != nil {
		return errors.Join(err, server.Close())
	}
	<-ctx.Done()
	return server.Close()
}

// loadKey reads the key, or makes and keeps one where there is none.
func loadKey(path string) (*rsa.PrivateKey, error) {
	if path == "" {
		return nil, nil
	}
	data, err := os.ReadFile(path)
	if err == nil {
		key, err := testdc.DecodeKey(data)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", path, err)
		}
		return key, nil
	}
	if !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	key, err := testdc.NewKey()
	if err != nil {
		return nil, err
	}
	return key, os.WriteFile(path, testdc.EncodeKey(key), 0o600)
}

// announce writes the files that clients need and prints where everything is.
func announce(server *testdc.Server, o options) error {
	if err := os.WriteFile(o.config, server.Config(), 0o644); err != nil {
		return err
	}
	if o.publicKey != "" {
		if err := os.WriteFile(o.publicKey, server.PublicKey(), 0o644); err != nil {
			return err
		}
	}
	for dc := 1; dc <= 3; dc++ {
		fmt.Printf("data center %d at %s\n", dc, server.Addr(dc))
	}
	fmt.Printf("SOCKS5 proxy at %s\n", server.ProxyAddr())
	if address := server.HTTPAddr(); address != "" {
		fmt.Printf("control at http://%s/\n", address)
	}
	fmt.Printf("TDJSON_TEST_SERVER=%s\n", o.config)
	return nil
}
