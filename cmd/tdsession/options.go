package main

import (
	"bytes"
	"context"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"strconv"

	"tdjson/storage"
	"tdjson/storage/transfer"
)

// command is what one call of the program was given.
type command struct {
	name           string
	stdin          io.Reader
	stdout, stderr io.Writer

	from, to               string
	keyFile, newKeyFile    string
	passcodeFile, newPass  string
	base64                 bool
	test, overwrite, allow bool
	account, apiID         int
	userID                 int64
	bot                    optional
}

// optional is a flag that may be absent, true or false.
type optional struct{ set, value bool }

func (o *optional) String() string   { return strconv.FormatBool(o.value) }
func (o *optional) IsBoolFlag() bool { return true }

func (o *optional) Set(text string) (err error) {
	o.set = true
	o.value, err = strconv.ParseBool(text)
	return err
}

// sourceFlags are those of every command that reads a session.
func (c *command) sourceFlags() *flag.FlagSet {
	f := flag.NewFlagSet("tdsession "+c.name, flag.ContinueOnError)
	f.SetOutput(c.stderr)
	f.StringVar(&c.from, "from", "", "`format` of the source (default: found out)")
	f.StringVar(&c.keyFile, "key-file", "", "`file` with the database_encryption_key of the source (tdlib, tdjson)")
	f.BoolVar(&c.base64, "key-base64", false, "files with keys hold base64, as programs give it to TDLib")
	f.StringVar(&c.passcodeFile, "passcode-file", "", "`file` with the local passcode of the source (tdata)")
	f.IntVar(&c.account, "account", 0, "`number` of the account in the source, from 0 (tdata)")
	f.BoolVar(&c.test, "test", false, "the session is of the test servers, where the source does not tell")
	return f
}

// sessionFlags add what a source may not tell.
func (c *command) sessionFlags(f *flag.FlagSet) {
	f.Int64Var(&c.userID, "user-id", 0, "`ID` of the user, where the source does not tell")
	f.Var(&c.bot, "bot", "the user is a bot, where the source does not tell")
	f.IntVar(&c.apiID, "api-id", 0, "`ID` of the application, where the source does not tell")
}

// parse reads the flags and wants so many arguments.
func parse(f *flag.FlagSet, args []string, what ...string) ([]string, error) {
	if err := f.Parse(args); err != nil {
		return nil, flag.ErrHelp // the flag set has said what is wrong
	}
	if f.NArg() != len(what) { // without the arguments: one may be a session string
		return nil, fmt.Errorf("%s wants %d arguments %v after its options, not %d", f.Name(), len(what), what, f.NArg())
	}
	return f.Args(), nil
}

// read imports the session that a command is about.
func (c *command) read(ctx context.Context, path string) (*storage.Session, *transfer.Extra, error) {
	key, err := c.secret(c.keyFile, c.base64)
	if err != nil {
		return nil, nil, err
	}
	passcode, err := c.secret(c.passcodeFile, false)
	if err != nil {
		return nil, nil, err
	}
	src, err := c.source(path)
	if err != nil {
		return nil, nil, err
	}
	if c.from == "" {
		if c.from, err = transfer.Detect(ctx, src); err != nil {
			return nil, nil, err
		}
	}
	s, x, err := transfer.Import(ctx, c.from, src, transfer.Options{Key: key, Passcode: passcode, Account: c.account, Test: c.test})
	if err != nil {
		return nil, nil, err
	}
	return s, x, c.amend(s, x)
}

// maxStdin is more than any session that is passed on standard input.
const maxStdin = 1 << 28

func (c *command) source(path string) (transfer.Source, error) {
	if path != "-" {
		return transfer.Source{Path: path}, nil
	}
	data, err := io.ReadAll(io.LimitReader(c.stdin, maxStdin))
	if err == nil && len(data) == 0 {
		err = errors.New("there is nothing on standard input")
	}
	return transfer.Source{Data: data}, err
}

// secret reads a key or passcode from a file: arguments can be seen by everyone on the machine.
func (c *command) secret(path string, encoded bool) ([]byte, error) {
	if path == "" {
		return nil, nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	data = bytes.TrimSuffix(bytes.TrimSuffix(data, []byte("\n")), []byte("\r"))
	if !encoded {
		return data, nil
	}
	if data, err = base64.StdEncoding.DecodeString(string(data)); err != nil {
		return nil, fmt.Errorf("%s does not hold base64", path)
	}
	return data, nil
}

// amend adds what was told by flags, which does not contradict the source.
func (c *command) amend(s *storage.Session, x *transfer.Extra) error {
	switch u := s.User; {
	case c.userID != 0 && u.ID != 0 && c.userID != u.ID:
		return fmt.Errorf("-user-id %d: the session is of user %d", c.userID, u.ID)
	case u.ID != 0 && c.bot.set && c.bot.value != u.Bot:
		return fmt.Errorf("-bot=%v: the session says %v", c.bot.value, u.Bot)
	case u.ID == 0:
		u.ID, u.Bot = c.userID, c.bot.value
	}
	if c.apiID != 0 {
		x.APIID = c.apiID
	}
	return nil
}
