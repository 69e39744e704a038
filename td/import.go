package td

import (
	"context"
	"errors"
	"fmt"
	"strings"

	"github.com/gotd/td/crypto"
	"github.com/gotd/td/tg"

	"tdjson/storage"
	"tdjson/storage/transfer"
	"tdjson/types"
)

// importSession makes the client that of a session of another client. The server is asked first whether it knows the
// session: what it does not know changes nothing.
func (c *Client) importSession(ctx context.Context, f *types.ImportSession) (*types.Ok, error) {
	if _, ok := c.auth.state.(*types.AuthorizationStateWaitPhoneNumber); !ok {
		return nil, unexpected("importSession")
	}
	src, err := importSource(f)
	if err != nil {
		return nil, err
	}
	return c.authorization(ctx, func(ctx context.Context) error {
		s, err := c.readSession(ctx, f, src)
		if err != nil {
			return err
		}
		return c.takeSession(ctx, s)
	})
}

// importSource is where the session is.
func importSource(f *types.ImportSession) (transfer.Source, error) {
	given := 0
	for _, is := range []bool{f.Text != "", len(f.Data) > 0, f.Path != ""} {
		if is {
			given++
		}
	}
	switch {
	case given != 1:
		return transfer.Source{}, types.NewError(400, "Give the session as one of text, data and path")
	case f.Text != "":
		return transfer.Source{Data: []byte(f.Text)}, nil
	case f.Path != "":
		return transfer.Source{Path: f.Path}, nil
	}
	return transfer.Source{Data: f.Data}, nil
}

// readSession reads the session and says what of it can't be used here.
func (c *Client) readSession(ctx context.Context, f *types.ImportSession, src transfer.Source) (s *storage.Session, err error) {
	o := transfer.Options{Key: f.Key, Passcode: []byte(f.Passcode), Account: int(f.Account), Test: c.params.UseTestDC}
	c.await(func() { s, _, err = transfer.Import(ctx, f.Format, src, o) })
	if err != nil {
		return nil, transferError(err)
	}
	for _, dc := range s.DataCenters {
		switch {
		case dc.Test && !c.params.UseTestDC:
			return nil, types.NewError(400, "The session is of Telegram's test servers: set use_test_dc in setTdlibParameters")
		case !dc.Test && c.params.UseTestDC:
			return nil, types.NewError(400, "The session is not of Telegram's test servers: do not set use_test_dc in setTdlibParameters")
		}
	}
	if c.net.servers.addrs[s.User.DC] == nil {
		return nil, types.NewError(400, fmt.Sprintf("The session is of data center %d, which is not known", s.User.DC))
	}
	return s, nil
}

// transferError is for the program, which does not know our packages.
func transferError(err error) error {
	return types.NewError(400, strings.TrimPrefix(err.Error(), "transfer: "))
}

// takeSession asks the server whose the session is, and makes the client that of the session.
func (c *Client) takeSession(ctx context.Context, s *storage.Session) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	centers := map[int]*center{}
	for i := range s.DataCenters {
		dc := &s.DataCenters[i]
		centers[dc.ID] = &center{c: c, id: dc.ID, key: crypto.Key(dc.AuthKey).WithID(), salt: dc.Salt, authorized: dc.Authorized}
	}
	home := centers[s.User.DC]
	c.net.visited = home
	defer func() {
		if c.net.visited == home {
			c.net.visited = nil
		}
	}()
	var list tg.UserClassVector
	err := c.api.call(ctx, home, &tg.UsersGetUsersRequest{ID: []tg.InputUserClass{&tg.InputUserSelf{}}}, &list)
	if err != nil {
		err = c.failure(err)
	}
	user, err := owner(list.Elems, err)
	if err != nil {
		c.net.leave(home)
		return sessionError(err)
	}
	c.adopt(s, centers, user)
	return nil
}

// sessionError is the error of a server that does not know the session; the client itself has lost nothing.
func sessionError(err error) error {
	var e *types.Error
	if errors.As(err, &e) && e.Code == 401 {
		return types.NewError(400, "The server does not know the session any more: "+e.Message)
	}
	return err
}

// adopt takes over a session that the server knows.
func (c *Client) adopt(s *storage.Session, centers map[int]*center, user *tg.User) {
	c.loggedIn(user, func() {
		for id, d := range centers {
			if old := c.net.centers[id]; old != nil {
				c.net.leave(old)
			}
			c.net.centers[id] = d
			d.store()
		}
		c.net.setMain(c, s.User.DC)
		if s.State = usable(s.State); s.State != nil {
			c.updates.open(&loaded{session: s})
			c.store.change(func(b *storage.Batch) { b.State = s.State })
		}
	})
	c.net.tell(c)
}
