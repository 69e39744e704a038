// Package transfer takes sessions in and out of the formats of other Telegram
// clients: TDLib, Telethon, Pyrogram and Kurigram, gotd, Telegram Desktop,
// GramJS, MTKruto, mtcute and grammers.
//
// [Import] reads a session, [Export] and [ExportFile] write one, [Formats] tells
// what there is and what each format keeps. Nothing here talks to a server.
//
// A session is the account: whoever has it reads and writes everything. Keys are
// never part of an error, and files are made for their owner alone.
package transfer

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"tdjson/storage"
)

// Shape says what a session of a format looks like from outside.
type Shape int

// The shapes of sessions.
const (
	Text      Shape = iota + 1 // one line of text, which a file may hold
	File                       // one file
	Directory                  // a directory of files
)

func (s Shape) String() string {
	return [...]string{"unknown", "text", "file", "directory"}[max(0, min(s, Directory))]
}

// Format is one way in which some client keeps a session.
type Format struct {
	Name   string // what [Import] and [Export] call it
	Title  string // what people call it
	Shape  Shape
	Import bool // it can be read
	Export bool // it can be written
	Keeps  Part // what survives in it beside the main data center's ID and key
	Needs  Part // what it can't be written without

	NeedsPath bool // [Export] can't write it, [ExportFile] can
}

// Extra is what some formats keep and [storage.Session] does not.
type Extra struct {
	APIID     int      // the application that logged in; 0 if unknown
	TakeoutID int64    // Telethon's unfinished export of data; 0 if none
	Premium   bool     // mtcute: the user has Telegram Premium
	Usernames []string // mtcute: all usernames, the main one first
}

// Source is where a session is read from: Data, or what is at Path if Data is nil.
type Source struct {
	Path string
	Data []byte
}

// Options for reading and writing. The zero Options are fine.
type Options struct {
	// Key is TDLib's database_encryption_key, or the key of this library's own database.
	Key []byte
	// Passcode is the local passcode of Telegram Desktop.
	Passcode []byte
	// Account chooses among the accounts of Telegram Desktop, from 0 in the order of its menu.
	Account int
	// Test says that the session belongs to Telegram's test servers where the
	// format does not tell: strings of Telethon and GramJS with an address that
	// is not Telegram's, TDLib's binlog under another name.
	Test bool
	// Overwrite lets ExportFile replace a file. Directories are never replaced.
	Overwrite bool
}

// What can be wrong beside what [storage] names: storage.ErrCorrupt,
// storage.ErrWrongKey (a passcode is a key too). Errors say what, where and what to do.
var (
	ErrUnknown     = errors.New("not a known session format")
	ErrNotLoggedIn = errors.New("not logged in")
	ErrUnsupported = errors.New("not supported")
)

// NeedsError is the error of writing a format that needs more than the session tells.
type NeedsError struct {
	Format  string
	Missing Part
}

func (e *NeedsError) Error() string {
	return fmt.Sprintf("transfer: %s needs what the session does not tell: %s", e.Format, e.Missing)
}

// codec is a Format and how it is read and written.
type codec struct {
	Format
	read func(ctx context.Context, in *input) (*storage.Session, *Extra, error)
	// write makes the text or file; nil where there is writeTo.
	write func(ctx context.Context, out *output) ([]byte, error)
	// writeTo makes what is more than one file at path.
	writeTo func(ctx context.Context, out *output, path string) error
}

// output is what is written: a session that was checked.
type output struct {
	session *storage.Session
	home    *storage.DataCenter // the user's
	user    *storage.User
	extra   *Extra
	options Options
}

// Formats lists all formats, this library's own first.
func Formats() []Format {
	list := codecs()
	formats := make([]Format, len(list))
	for i := range list {
		formats[i] = list[i].Format
		formats[i].NeedsPath = list[i].write == nil
	}
	return formats
}

func codecs() []codec {
	return []codec{
		nativeCodec(), tdlibCodec(), telethonCodec(), telethonStringCodec(), telethon2Codec(),
		pyrogramCodec(), kurigramCodec(), pyrogramStringCodec(), gotdCodec(), tdataCodec(),
		gramjsCodec(), mtkrutoCodec(), mtcuteCodec(), mtcuteStringCodec(), grammersCodec(),
	}
}

func find(name string) (*codec, error) {
	list := codecs()
	i := slices.IndexFunc(list, func(c codec) bool { return c.Name == name })
	if i >= 0 {
		return &list[i], nil
	}
	names := make([]string, len(list))
	for i := range list {
		names[i] = list[i].Name
	}
	if len(name) > 32 { // rather a session string
		name = "…"
	}
	return nil, fmt.Errorf("transfer: format %q is %w; known are %s", name, ErrUnknown, strings.Join(names, ", "))
}

// Import reads the session at src. An empty format is found out with [Detect].
//
// The session is logged in: it has a user, whose data center has a key. Its
// User.ID is 0 and its User.Bot means nothing where the format keeps no user; a
// client asks the server then. Only data centers with a key are listed.
// A source without a login gives [ErrNotLoggedIn].
func Import(ctx context.Context, format string, src Source, o Options) (*storage.Session, *Extra, error) {
	if format == "" {
		var err error
		if format, err = Detect(ctx, src); err != nil {
			return nil, nil, err
		}
	}
	c, err := find(format)
	if err != nil {
		return nil, nil, err
	}
	in := &input{Source: src, options: o}
	defer in.close()
	session, extra, err := c.read(ctx, in)
	if err == nil {
		err = settle(session)
	}
	if err != nil {
		return nil, nil, fmt.Errorf("transfer: %s as %s: %w", src.place(), c.Name, err)
	}
	return session, extra, nil
}

// Export writes s in a format that is one text or file.
func Export(ctx context.Context, format string, s *storage.Session, x *Extra, o Options) ([]byte, error) {
	c, out, err := prepare(format, s, x, o)
	if err != nil {
		return nil, err
	}
	if c.write == nil {
		return nil, fmt.Errorf("transfer: %s is more than one piece of data: %w here, write it to a path", c.Name, ErrUnsupported)
	}
	data, err := c.write(ctx, out)
	if err != nil {
		return nil, fmt.Errorf("transfer: write %s: %w", c.Name, err)
	}
	return data, nil
}

// ExportFile writes s to path: a file with mode 0600 that is whole or not there
// at all, or a directory. A path that exists is an error unless o.Overwrite.
func ExportFile(ctx context.Context, format string, s *storage.Session, x *Extra, path string, o Options) error {
	c, out, err := prepare(format, s, x, o)
	if err != nil {
		return err
	}
	if c.writeTo != nil {
		err = c.writeTo(ctx, out, path)
	} else {
		var data []byte
		if data, err = c.write(ctx, out); err == nil {
			if c.Shape == Text {
				data = append(data, '\n')
			}
			err = writeFile(path, data, o.Overwrite)
		}
	}
	if err != nil {
		return fmt.Errorf("transfer: write %s: %w", c.Name, err)
	}
	return nil
}

// Lost tells what of s can't be kept in a format.
func Lost(format string, s *storage.Session, x *Extra) (Part, error) {
	c, out, err := prepare(format, s, x, Options{})
	if err != nil {
		return 0, err
	}
	return out.parts() &^ c.Keeps, nil
}

// prepare checks that s can be written in a format.
func prepare(format string, s *storage.Session, x *Extra, o Options) (*codec, *output, error) {
	c, err := find(format)
	if err != nil {
		return nil, nil, err
	}
	if !c.Export {
		return nil, nil, fmt.Errorf("transfer: writing %s is %w", c.Name, ErrUnsupported)
	}
	if s == nil {
		s = &storage.Session{}
	}
	if err := check(s); err != nil {
		return nil, nil, err
	}
	home, err := homeOf(s)
	if err != nil {
		return nil, nil, fmt.Errorf("transfer: the session to be written: %w", err)
	}
	if x == nil {
		x = &Extra{}
	}
	out := &output{session: s, home: home, user: s.User, extra: x, options: o}
	if missing := c.Needs &^ out.parts(); missing != 0 {
		return nil, nil, &NeedsError{Format: c.Name, Missing: missing}
	}
	return c, out, nil
}

// settle checks what was read, orders it and drops data centers without a key.
func settle(s *storage.Session) error {
	s.DataCenters = slices.DeleteFunc(s.DataCenters, func(dc storage.DataCenter) bool { return len(dc.AuthKey) == 0 })
	slices.SortFunc(s.DataCenters, func(a, b storage.DataCenter) int { return a.ID - b.ID })
	if st := s.State; st != nil {
		slices.SortFunc(st.Channels, func(a, b storage.ChannelState) int { return int(max(-1, min(1, a.ID-b.ID))) })
	}
	if err := check(s); err != nil {
		return fmt.Errorf("it is %w: %w", storage.ErrCorrupt, err)
	}
	home, err := homeOf(s)
	if err == nil {
		home.Authorized = true
	}
	return err
}

// maxUserID is the greatest ID that Telegram gives to users.
const maxUserID = 1<<40 - 1

// check says what is wrong with s beside what makes it no login.
func check(s *storage.Session) error {
	if u := s.User; u != nil && (u.ID < 0 || u.ID > maxUserID) {
		return fmt.Errorf("%d is no ID of a user", u.ID)
	}
	return s.Check()
}

// homeOf is the data center of the user of s, which has a key.
func homeOf(s *storage.Session) (*storage.DataCenter, error) {
	if s.User == nil {
		return nil, fmt.Errorf("it is %w: it has no user", ErrNotLoggedIn)
	}
	for i := range s.DataCenters {
		if dc := &s.DataCenters[i]; dc.ID == s.User.DC && len(dc.AuthKey) > 0 && !blank(dc.AuthKey) {
			return dc, nil
		}
	}
	return nil, fmt.Errorf("it is %w: it has no key of data center %d, the user's", ErrNotLoggedIn, s.User.DC)
}

// blank says whether a key is all zeros, as some clients write it before a login.
func blank(key []byte) bool {
	return !slices.ContainsFunc(key, func(b byte) bool { return b != 0 })
}

// corrupt is an error about the content of a source.
func corrupt(format string, args ...any) error {
	return fmt.Errorf("it is %w: %s", storage.ErrCorrupt, fmt.Sprintf(format, args...))
}
