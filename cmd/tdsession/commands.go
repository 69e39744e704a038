package main

import (
	"context"
	"errors"
	"fmt"
	"os"
	"text/tabwriter"

	"tdjson/storage"
	"tdjson/storage/transfer"
)

// formats lists the formats.
func (c *command) formats(args []string) error {
	if len(args) > 0 {
		return fmt.Errorf("formats takes no arguments")
	}
	w := tabwriter.NewWriter(c.stdout, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "FORMAT\tOF\tIS A\tREAD\tWRITE")
	for _, f := range transfer.Formats() {
		fmt.Fprintf(w, "%s\t%s\t%v\t%s\t%s\n", f.Name, f.Title, f.Shape, yes(f.Import), yes(f.Export))
	}
	return w.Flush()
}

func yes(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}

// show tells whose session it is.
func (c *command) show(ctx context.Context, args []string) error {
	paths, err := parse(c.sourceFlags(), args, "SOURCE")
	if err != nil {
		return err
	}
	s, x, err := c.read(ctx, paths[0])
	if err != nil {
		return err
	}
	return c.describe(s, x)
}

func (c *command) describe(s *storage.Session, x *transfer.Extra) error {
	w := tabwriter.NewWriter(c.stdout, 0, 0, 2, ' ', 0)
	line := func(name, format string, args ...any) {
		fmt.Fprintf(w, "%s:\t%s\n", name, fmt.Sprintf(format, args...))
	}
	line("format", "%s", c.from)
	line("user", "%s", who(s.User))
	line("data center", "%d", s.User.DC)
	for i := range s.DataCenters {
		dc := &s.DataCenters[i]
		if dc.ID == s.User.DC {
			line("servers", "%s", servers(dc.Test))
		}
		line("key fingerprint", "%016x of data center %d%s", transfer.KeyID(dc.AuthKey), dc.ID, at(dc))
	}
	if st := s.State; st != nil {
		line("updates", "pts %d, qts %d, date %d, seq %d, %d channels", st.PTS, st.QTS, st.Date, st.Seq, len(st.Channels))
	}
	if x.APIID != 0 {
		line("API ID", "%d", x.APIID)
	}
	return w.Flush()
}

func who(u *storage.User) string {
	if u.ID == 0 {
		return "not told by this format"
	}
	kind, name := "user", ""
	if u.Bot {
		kind = "bot"
	}
	if u.Username != "" {
		name = fmt.Sprintf(", @%s", u.Username)
	}
	return fmt.Sprintf("%d (%s%s)", u.ID, kind, name)
}

func servers(test bool) string {
	if test {
		return "test"
	}
	return "production"
}

func at(dc *storage.DataCenter) string {
	text := ""
	for _, address := range []string{dc.IPv4, dc.IPv6} {
		if address != "" {
			text += " at " + address
		}
	}
	return text
}

// check tells what the session is good for.
func (c *command) check(ctx context.Context, args []string) error {
	f := c.sourceFlags()
	c.sessionFlags(f)
	paths, err := parse(f, args, "SOURCE")
	if err != nil {
		return err
	}
	s, x, err := c.read(ctx, paths[0])
	if err != nil {
		return err
	}
	if err := c.describe(s, x); err != nil {
		return err
	}
	fmt.Fprintln(c.stdout, "\nIt is whole, and logged in as far as it can tell. To other formats:")
	w := tabwriter.NewWriter(c.stdout, 0, 0, 2, ' ', 0)
	for _, f := range transfer.Formats() {
		if f.Export {
			fmt.Fprintf(w, "%s\t%s\n", f.Name, prospect(f.Name, s, x))
		}
	}
	return w.Flush()
}

// prospect says what would become of s in a format.
func prospect(format string, s *storage.Session, x *transfer.Extra) string {
	lost, err := transfer.Lost(format, s, x)
	var needs *transfer.NeedsError
	switch {
	case errors.As(err, &needs):
		return "needs " + needs.Missing.String()
	case err != nil:
		return err.Error()
	case lost == 0:
		return "whole"
	}
	return "without " + lost.String()
}

// convert writes the session in another format.
func (c *command) convert(ctx context.Context, args []string) error {
	f := c.sourceFlags()
	c.sessionFlags(f)
	f.StringVar(&c.to, "to", "", "`format` to write")
	f.StringVar(&c.newKeyFile, "new-key-file", "", "`file` with the database_encryption_key to write with (tdlib, tdjson)")
	f.StringVar(&c.newPass, "new-passcode-file", "", "`file` with the local passcode to write with (tdata)")
	f.BoolVar(&c.overwrite, "overwrite", false, "replace the destination, if it is a file")
	f.BoolVar(&c.allow, "yes-export-secrets", false, "write the keys of the account: whoever has them is the account")
	paths, err := parse(f, args, "SOURCE", "DESTINATION")
	switch {
	case err != nil:
		return err
	case c.to == "":
		return errors.New("convert wants -to FORMAT; tdsession formats lists them")
	case !c.allow:
		return errors.New("convert writes the keys of the account, and whoever has them is the account; say --yes-export-secrets if that is meant")
	}
	o := transfer.Options{Overwrite: c.overwrite}
	if o.Key, err = c.secret(c.newKeyFile, c.base64); err != nil {
		return err
	}
	if o.Passcode, err = c.secret(c.newPass, false); err != nil {
		return err
	}
	s, x, err := c.read(ctx, paths[0])
	if err != nil {
		return err
	}
	if err := c.write(ctx, s, x, paths[1], o); err != nil {
		return err
	}
	if lost, err := transfer.Lost(c.to, s, x); err == nil && lost != 0 {
		fmt.Fprintf(c.stderr, "%s does not keep %v.\n", c.to, lost)
	}
	return nil
}

func (c *command) write(ctx context.Context, s *storage.Session, x *transfer.Extra, path string, o transfer.Options) error {
	if path != "-" {
		return transfer.ExportFile(ctx, c.to, s, x, path, o)
	}
	data, err := transfer.Export(ctx, c.to, s, x, o)
	if err != nil {
		return err
	}
	if _, err := c.stdout.Write(data); err != nil {
		return err
	}
	if f, ok := c.stdout.(*os.File); ok && isText(c.to) {
		_, err = f.WriteString("\n")
	}
	return err
}

func isText(format string) bool {
	for _, f := range transfer.Formats() {
		if f.Name == format {
			return f.Shape == transfer.Text
		}
	}
	return false
}
