package td

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"tdjson/td/mtproto"
	"tdjson/types"
)

// api calls the methods of Telegram's API. A call is queued on the wire before the turn is given away, so calls leave in
// the order in which handlers make them; its answer comes in the order of everything else that the server sent.
type api struct {
	c       *Client
	tg      *tg.Client
	pending []*pendingCall // in the order in which they were made
}

// pendingCall is a call whose handler waits for the answer.
type pendingCall struct {
	ctx   context.Context
	abort func()
}

func (a *api) init(c *Client) {
	a.c = c
	a.tg = tg.NewClient(a)
}

// Invoke calls a method on the account's data center. It gives the turn away and holds it again when it returns.
func (a *api) Invoke(ctx context.Context, input bin.Encoder, output bin.Decoder) error {
	var again resend
	away := 0 // the data center to which the server has sent this call, not the client
	for {
		d := a.c.net.mainCenter(a.c)
		var err error
		if away == 0 {
			err = a.call(ctx, d, input, output)
		} else {
			err = a.at(ctx, away, input, output)
		}
		if errors.Is(err, mtproto.ErrClosed) && d != a.c.net.mainCenter(a.c) {
			continue // another call has moved the client meanwhile
		}
		if dc, moved := migration(err); moved && a.knows(ctx, dc) {
			a.c.log.Printf(3, "The server sends us to data center %d", dc)
			a.c.net.setMain(a.c, dc)
			continue
		}
		if dc, sent := elsewhere(err); sent && dc != away && a.c.auth.ready() {
			away = dc
			continue
		}
		wait, ok, err := again.after(err, a.c.auth.bot)
		if !ok {
			if away == 0 {
				a.c.notice(err)
			}
			return a.c.failure(err)
		}
		a.c.log.Printf(3, "The server wants a call to be made again in %v", wait)
		a.c.pause(ctx, wait)
	}
}

// call calls a method on one data center.
func (a *api) call(ctx context.Context, d *center, input bin.Encoder, output bin.Decoder) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	var reply []byte
	var err error
	resume := make(chan struct{}, 1)
	call := d.open().Call(input, mtproto.CallOptions{Done: func(b []byte, e error) {
		reply, err = b, e
		a.c.turn.post(task{resume: resume})
	}})
	p := &pendingCall{ctx, func() {
		if call.Cancel() {
			err = context.Canceled
			a.c.turn.post(task{resume: resume})
		}
	}}
	stop := context.AfterFunc(ctx, p.abort)
	a.pending = append(a.pending, p)
	a.c.turn.yield()
	<-resume
	stop()
	a.pending = slices.DeleteFunc(a.pending, func(q *pendingCall) bool { return q == p })
	if err == nil {
		err = ctx.Err() // it came too late: what was asked for is not wanted any more
	}
	if err != nil {
		return err
	}
	if err := output.Decode(&bin.Buffer{Buf: reply}); err != nil {
		return fmt.Errorf("answer of the server can't be read: %w", err)
	}
	return nil
}

// abortLogin ends the calls of the authorization query, which is answered when it returns.
func (a *api) abortLogin() {
	found := false
	for _, p := range slices.Clone(a.pending) {
		if p.ctx.Value(authQuery{}) != nil {
			found = true
			p.abort()
		}
	}
	if found {
		a.c.await(func() {}) // behind the handler
	}
}

// abort ends all calls that are under way, in TDLib's order: the login's first, then as they were made.
func (a *api) abort() {
	for _, login := range []bool{true, false} {
		for _, p := range slices.Clone(a.pending) {
			if p.ctx.Value(authQuery{}) != nil == login {
				p.abort()
			}
		}
	}
}

// migration is the data center to which the server sends the client with error 303.
func migration(err error) (int, bool) {
	var e *tgerr.Error
	if !errors.As(err, &e) || e.Code != 303 {
		return 0, false
	}
	switch e.Type {
	case "PHONE_MIGRATE", "NETWORK_MIGRATE", "USER_MIGRATE":
		return e.Argument, e.Argument > 0
	}
	return 0, false
}

// notice ends the login when the server says with an error that it does not know it.
func (c *Client) notice(err error) {
	var e *tgerr.Error
	if errors.As(err, &e) && e.Code == 401 && e.Message != "SESSION_PASSWORD_NEEDED" {
		c.auth.lost(c, e.Message)
	}
}

// failure makes TDLib's error of one of the server's.
func (c *Client) failure(err error) error {
	var e *tgerr.Error
	if !errors.As(err, &e) {
		if errors.Is(err, mtproto.ErrKeyGone) {
			return types.NewError(401, "Unauthorized")
		}
		return err
	}
	if e.Message == frozenMethod {
		return types.NewError(406, e.Message)
	}
	return types.NewError(int32(e.Code), e.Message)
}

// introduce makes the bytes that introduce the client to a data center: those before the first query of a session. It is
// called again when what they say has changed.
func (c *Client) introduce() {
	p := &c.params
	connection := &tg.InitConnectionRequest{
		APIID:          int(p.APIID),
		DeviceModel:    p.DeviceModel,
		SystemVersion:  p.SystemVersion,
		AppVersion:     p.ApplicationVersion + ", TDLib " + Version,
		SystemLangCode: p.SystemLanguageCode,
		LangPack:       c.langPack,
		LangCode:       c.langCode,
		Query:          nothing{},
	}
	if proxy := c.proxies.introduced(); proxy != nil {
		connection.SetProxy(*proxy)
	}
	request := tg.InvokeWithLayerRequest{Layer: tg.Layer, Query: connection}
	var b bin.Buffer
	if err := request.Encode(&b); err != nil {
		c.log.Printf(1, "The connection can't be introduced: %v", err)
		return
	}
	c.introduction.Store(&b.Buf)
	for _, d := range c.net.talking() {
		d.session.ReInit()
	}
}

// initConnection gives a session the introduction; it is called without the turn.
func (c *Client) initConnection() []byte {
	return *c.introduction.Load()
}

// nothing stands where a query follows.
type nothing struct{}

func (nothing) Encode(*bin.Buffer) error { return nil }
func (nothing) Decode(*bin.Buffer) error { return nil }
