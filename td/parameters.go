package td

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"unicode/utf8"

	"tdjson/storage"
	"tdjson/td/tdlog"
	"tdjson/types"
)

// parameters are those of setTdlibParameters.
type parameters struct {
	types.SetTdlibParameters
}

// directory is where the database is; TDLib takes the current directory when none is named.
func (p *parameters) directory() string {
	if p.DatabaseDirectory == "" {
		return "."
	}
	return p.DatabaseDirectory
}

func (p *parameters) databaseName() string {
	if p.UseTestDC {
		return "td_test"
	}
	return "td"
}

// binlog is the file by which TDLib names a database in its errors.
func (p *parameters) binlog() string {
	dir := p.directory()
	if real, err := filepath.EvalSymlinks(dir); err == nil {
		dir = real
	}
	if abs, err := filepath.Abs(dir); err == nil {
		dir = abs
	}
	return filepath.Join(dir, p.databaseName()+".binlog")
}

func (p *parameters) check() error {
	for _, s := range []string{p.APIHash, p.SystemLanguageCode, p.DeviceModel, p.SystemVersion, p.ApplicationVersion} {
		if !utf8.ValidString(s) {
			return types.NewError(400, "Strings must be encoded in UTF-8")
		}
	}
	switch {
	case p.APIID <= 0:
		return types.NewError(400, "Valid api_id must be provided. Can be obtained at https://my.telegram.org")
	case p.APIHash == "":
		return types.NewError(400, "Valid api_hash must be provided. Can be obtained at https://my.telegram.org")
	case strings.TrimSpace(p.SystemLanguageCode) == "":
		return types.NewError(400, "System language code must be non-empty")
	case strings.TrimSpace(p.DeviceModel) == "":
		return types.NewError(400, "Device model must be non-empty")
	case strings.TrimSpace(p.ApplicationVersion) == "":
		return types.NewError(400, "Application version must be non-empty")
	}
	return nil
}

// systemVersion is the name of the operating system, told where the program tells none.
func systemVersion() string {
	text, err := os.ReadFile("/etc/os-release")
	if err != nil {
		return runtime.GOOS
	}
	for line := range strings.Lines(string(text)) {
		if name, ok := strings.CutPrefix(line, "PRETTY_NAME="); ok {
			return strings.Trim(strings.TrimSpace(name), `"`)
		}
	}
	return runtime.GOOS
}

// loaded is what a database says of the client's last run.
type loaded struct {
	db      storage.Database
	session *storage.Session
	values  map[string][]byte
}

// prefixed are the values whose names begin with the prefix, by the rest of their names.
func (l *loaded) prefixed(prefix string) map[string]string {
	found := map[string]string{}
	for name, value := range l.values {
		if rest, ok := strings.CutPrefix(name, prefix); ok {
			found[rest] = string(value)
		}
	}
	return found
}

func (p *parameters) load(ctx context.Context, log *tdlog.Log) (*loaded, error) {
	if p.FilesDirectory != "" {
		if err := os.MkdirAll(p.FilesDirectory, 0o750); err != nil {
			return nil, types.NewError(400, `Can't init files directory "`+p.FilesDirectory+`": `+describe(p.FilesDirectory, err))
		}
	}
	db, err := openDatabase(ctx, p)
	if err != nil {
		return nil, err
	}
	l := &loaded{db: db}
	l.session, err = db.Load(ctx)
	if err == nil {
		l.values, err = db.All(ctx, "")
	}
	if err == nil {
		err = p.takeOver(ctx, l, log)
	}
	if err == nil {
		err = p.try(ctx, db)
	}
	if err != nil {
		return nil, errors.Join(p.openError(err), db.Close())
	}
	return l, nil
}

// setTdlibParameters opens the database and tells the program what the client is.
func (c *Client) setTdlibParameters(ctx context.Context, f *types.SetTdlibParameters) (*types.Ok, error) {
	if c.phase != phaseNew {
		return nil, types.NewError(400, "Unexpected setTdlibParameters")
	}
	p := parameters{*f}
	if err := p.check(); err != nil {
		return nil, err
	}
	c.phase = phaseOpening
	if p.SystemVersion = strings.TrimSpace(p.SystemVersion); p.SystemVersion == "" {
		p.SystemVersion = systemVersion()
	}
	var l *loaded
	var err error
	c.await(func() { l, err = p.load(ctx, c.log) })
	if err == nil {
		err = c.open(p, l)
	}
	if err != nil {
		c.phase = phaseNew
		c.again(func(r request) bool { return isGetAuthorizationState(r.function) })
		c.post(func() { c.again(func(request) bool { return true }) })
		return nil, err
	}
	c.post(c.opened)
	return &types.Ok{}, nil
}

// open takes over what was loaded, and says what comes before the answer to setTdlibParameters.
func (c *Client) open(p parameters, l *loaded) error {
	c.params = p
	c.store.open(l, c.log)
	if err := c.net.open(c, l); err != nil {
		c.store.close(false)
		return err
	}
	c.options.open(c, l, c.refuseWaiting)
	c.openTrustedBots(l)
	c.proxies.open(c, l)
	c.updates.open(l)
	c.users.open(c, l)
	c.unconfirmed.open(c, l)
	c.intents.open(c, l)
	c.languages.open(c)
	c.netStats.open(c, l)
	c.passwords.open(c, l)
	c.auth.open(c, l)
	if !c.auth.bot {
		c.tell(&types.UpdateGroupCallMessageLevels{Levels: defaultGroupCallMessageLevels()})
	}
	return nil
}

// opened answers what had to wait, in TDLib's order: its parts answer one after the other.
func (c *Client) opened() {
	if c.phase != phaseOpening {
		return
	}
	c.phase = phaseRunning
	c.intents.resume(c) // before what the program asks for now
	c.again(func(r request) bool { return c.rank(r) == rankEngine })
	if !c.auth.bot {
		c.tell(&types.UpdateDefaultBackground{})
		c.tell(&types.UpdateDefaultBackground{ForDarkTheme: true})
		c.update(&types.UpdateFileDownloads{})
	}
	c.again(func(r request) bool { return c.rank(r) == rankNetwork })
	c.again(func(request) bool { return true })
	c.net.start(c)
	c.languages.start(c)
}

// again handles the waiting requests for which the time has come; the others wait on.
func (c *Client) again(now func(request) bool) {
	waiting := c.waiting
	c.waiting = nil
	var later []request
	for _, r := range waiting {
		if !now(r) {
			later = append(later, r)
		} else if permissions()[r.function.TypeID()].inline {
			c.handle(r)
		} else {
			c.turn.post(task{request: r})
		}
	}
	c.waiting = append(later, c.waiting...)
}

// refuseWaiting answers the waiting requests that need a login.
func (c *Client) refuseWaiting() {
	var later []request
	for _, r := range c.waiting {
		if err := c.permitIn(phaseRunning, r.function); err != nil {
			c.answer(r, err)
		} else {
			later = append(later, r)
		}
	}
	c.waiting = later
}

// The parts of TDLib that answer requests, in the order in which they come to it after the start.
const (
	rankEngine = iota
	rankNetwork
	rankLogin
)

func (c *Client) rank(r request) int {
	p := &permissions()[r.function.TypeID()]
	_, state := r.function.(*types.GetAuthorizationState)
	switch {
	case p.network:
		return rankNetwork
	case state, p.when == whenLogin:
		return rankLogin
	}
	return rankEngine
}

// defaultGroupCallMessageLevels is what TDLib has until the server tells otherwise.
func defaultGroupCallMessageLevels() []*types.GroupCallMessageLevel {
	return []*types.GroupCallMessageLevel{{MaxTextLength: 30, FirstColor: 9788635, SecondColor: 9788635, BackgroundColor: 4786075}}
}
