package td

import (
	"context"
	"encoding/base64"
	"sync"
	"time"

	"tdjson/types"
)

// logOut ends the login: on the server, then here. What was begun is gone on with after a restart.
func (c *Client) logOut(ctx context.Context, _ *types.LogOut) (*types.Ok, error) {
	c.auth.abort()
	c.api.abortLogin()
	switch c.auth.state.(type) {
	case *types.AuthorizationStateClosing:
		return nil, types.NewError(400, "Already logged out")
	case *types.AuthorizationStateLoggingOut:
		return nil, types.NewError(400, "Already logging out")
	}
	loggedIn := c.auth.myID != 0 || c.auth.nameless
	c.auth.set(c, &types.AuthorizationStateLoggingOut{})
	c.net.setOnline(c)
	if loggedIn {
		c.tellServer(ctx)
	}
	if err := ctx.Err(); err != nil {
		return nil, err // closed meanwhile: the next start goes on
	}
	if loggedIn {
		c.net.reconnect(c) // TDLib destroys the keys through new connections, and tells of them
	}
	c.background(func(ctx context.Context) { c.leave(ctx, leaveDestroy) })
	return &types.Ok{}, nil
}

// How far a log out is: the server has to be told, or the keys have to go.
const (
	leaveTell    = "logout"
	leaveDestroy = "destroy"
)

// tellServer calls auth.logOut and keeps the token by which the next login may be shorter.
func (c *Client) tellServer(ctx context.Context) {
	c.store.set("auth", leaveTell)
	out, err := c.api.tg.AuthLogOut(ctx)
	if err != nil {
		c.log.Printf(2, "The server could not be told of the log out: %v", err)
		return
	}
	if token, ok := out.GetFutureAuthToken(); ok && !c.auth.bot {
		c.options.put(c, "authentication_token", stringOption(base64.RawURLEncoding.EncodeToString(token)))
	}
}

// leave goes on with a log out from where it was left.
func (c *Client) leave(ctx context.Context, from string) {
	if from == leaveTell {
		c.tellServer(ctx)
	}
	if ctx.Err() != nil {
		return
	}
	c.store.set("auth", leaveDestroy)
	c.auth.gaveUp = c.auth.myID == 0
	c.destroyKeys(ctx)
	c.beginClose(true)
}

// destroyPatience bounds how long a log out waits for a server that does not answer; the keys are forgotten here anyway.
const destroyPatience = 10 * time.Second

// destroyKeys asks every data center that knows a key of ours to forget it.
func (c *Client) destroyKeys(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, destroyPatience)
	defer cancel()
	var all sync.WaitGroup
	for _, d := range c.net.centers {
		if d.key.Zero() && d.session == nil { // with a session one may be in the making
			continue
		}
		session := d.open()
		all.Go(func() {
			defer c.log.Guard("The end of a key")
			if err := session.DestroyKey(ctx); err != nil {
				c.log.Printf(2, "Data center %d did not destroy the key: %v", d.id, err)
			}
		})
	}
	c.await(all.Wait)
}
