package td

import (
	"context"
	"errors"
	"strconv"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/crypto"
	"github.com/gotd/td/tg"
	"github.com/gotd/td/tgerr"

	"tdjson/td/mtproto"
)

// elsewhere is the data center at which the server wants one call to be made, while the account stays where it is.
func elsewhere(err error) (int, bool) {
	var e *tgerr.Error
	if !errors.As(err, &e) || e.Code != 303 {
		return 0, false
	}
	switch e.Type {
	case "FILE_MIGRATE", "STATS_MIGRATE":
		return e.Argument, e.Argument > 0
	}
	return 0, false
}

// knows says whether there is a data center, as far as the server can tell. One that nobody knows would be waited for without end, by
// the end of the login too, so nobody is sent there.
func (a *api) knows(ctx context.Context, dc int) bool {
	n := &a.c.net
	if len(n.places(dc)) == 0 && !n.servers.local {
		var cfg tg.Config
		if err := a.call(ctx, n.mainCenter(a.c), &tg.HelpGetConfigRequest{}, &cfg); err == nil {
			n.onDCOptions(a.c, cfg.DCOptions)
		}
	}
	return len(n.places(dc)) > 0
}

// errNoCenter is what the server says of a data center that is not there.
func errNoCenter() error { return tgerr.New(400, "DC_ID_INVALID") }

// at calls a method on another data center than the account's, with the account's login.
func (a *api) at(ctx context.Context, dc int, input bin.Encoder, output bin.Decoder) error {
	if !a.knows(ctx, dc) {
		return errNoCenter()
	}
	for again := false; ; again = true {
		d := a.c.net.center(a.c, dc)
		err := a.c.takeLogin(ctx, d)
		if err == nil {
			err = a.call(ctx, d, input, output)
		}
		if again || !forgotten(err) {
			return err
		}
		if errors.Is(err, mtproto.ErrKeyGone) {
			d.key = crypto.AuthKey{}
		}
		a.c.forgetLogin(d)
	}
}

// forgotten says whether a data center does not know the login, or the key, any more.
func forgotten(err error) bool {
	return errors.Is(err, mtproto.ErrKeyGone) || tgerr.Is(err, "AUTH_KEY_UNREGISTERED", "SESSION_REVOKED", "SESSION_EXPIRED")
}

// takeLogin makes another data center know the account: the account's own says who it is.
func (c *Client) takeLogin(ctx context.Context, d *center) error {
	if d.authorized {
		return nil
	}
	return c.once(ctx, "login at "+strconv.Itoa(d.id), func() error {
		exported, err := c.api.tg.AuthExportAuthorization(ctx, d.id)
		if err != nil {
			return err
		}
		var box tg.AuthAuthorizationBox
		err = c.api.call(ctx, d, &tg.AuthImportAuthorizationRequest{ID: exported.ID, Bytes: exported.Bytes}, &box)
		if err != nil {
			return err
		}
		if d.current() {
			d.setAuthorized(true)
		}
		return nil
	})
}

// forgetLogin gives up the login at another data center; that of the account is not concerned.
func (c *Client) forgetLogin(d *center) {
	if d.current() && d.id != c.net.main {
		d.setAuthorized(false)
		if d.key.Zero() {
			c.net.leave(d) // it may make another key then
		}
	}
}

// setAuthorized notes whether the data center knows the account.
func (d *center) setAuthorized(yes bool) {
	d.authorized = yes
	if d.session != nil {
		d.session.SetAuthorized(yes)
	}
	d.store()
}
