// Command tdsession looks at sessions of Telegram clients and converts them.
//
//	tdsession formats
//	tdsession show SOURCE
//	tdsession check SOURCE
//	tdsession convert -to FORMAT --yes-export-secrets SOURCE DESTINATION
//
// SOURCE is a file, a directory, or - for standard input. A session is the
// account: no command shows its key, and convert writes it only when told to.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
)

const usage = `tdsession looks at sessions of Telegram clients and converts them.

  tdsession formats                     list the formats
  tdsession show SOURCE                 tell whose session it is, not its key
  tdsession check SOURCE                tell what each format would keep of it; exit 1 if it is of no use
  tdsession convert -to FORMAT --yes-export-secrets SOURCE DESTINATION

SOURCE is a file, a directory, or - for a session string or file on standard input.
DESTINATION is a file, a directory, or - for standard output.
tdsession COMMAND -h lists the options.
`

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	err := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	switch {
	case err == nil:
	case errors.Is(err, flag.ErrHelp):
		os.Exit(2)
	default:
		fmt.Fprintln(os.Stderr, "tdsession:", err)
		os.Exit(1)
	}
}

// run is the command with its arguments.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) error {
	if len(args) == 0 {
		fmt.Fprint(stderr, usage)
		return flag.ErrHelp
	}
	c := &command{name: args[0], stdin: stdin, stdout: stdout, stderr: stderr}
	switch c.name {
	case "formats":
		return c.formats(args[1:])
	case "show":
		return c.show(ctx, args[1:])
	case "check":
		return c.check(ctx, args[1:])
	case "convert":
		return c.convert(ctx, args[1:])
	case "help", "-h", "-help", "--help":
		fmt.Fprint(stdout, usage)
		return nil
	}
	if len(c.name) > 20 { // rather a session string
		c.name = "…"
	}
	return fmt.Errorf("there is no command %q; tdsession help lists them", c.name)
}
