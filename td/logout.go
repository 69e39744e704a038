package td

import (
	"context"
	"encoding/base64"
	"time"

	"tdjson/types"
)

// logOut ends the login: on the server, then here. What was begun is gone on with after a restart.
func (c *Client) logOut(ctx context.Context, _ *types.LogOut) (*types.Ok, error) {
	switch c.auth.state.(type) {
	case *types.AuthorizationStateClosing:
		return nil, types.NewError(400, "Already logged out")
	case *types.AuthorizationStateLoggingOut:
		return nil, types.NewError(400, "Already logging out")
	}
	c.auth.abort()
	c.auth.set(c, &types.AuthorizationStateLoggingOut{})
	if c.auth.myID == 0 {
		c.post(func() { c.beginClose(true) })
		return &types.Ok{}, nil
	}
	c.tellServer(ctx)
	c.post(func() { c.leave(c.ctx, "destroy") })
	return &types.Ok{}, nil
}

// tellServer calls auth.logOut and keeps the token by which the next login may be shorter.
func (c *Client) tellServer(ctx context.Context) {
	c.store.set("auth", "logout")
	out, err := c.api.tg.AuthLogOut(ctx)
	if err != nil {
		c.log.Printf(2, "The server could not be told of the log out: %v", err)
		return
	}
	if token, ok := out.GetFutureAuthToken(); ok && !c.auth.bot {
		c.options.put(c, "authentication_token", stringOption(base64.RawURLEncoding.EncodeToString(token)))
	}
}

// leave goes on with a log out from where it was left: "logout" the server has to be told, "destroy" the keys have to go.
func (c *Client) leave(ctx context.Context, from string) {
	if _, ok := c.auth.state.(*types.AuthorizationStateLoggingOut); !ok {
		c.auth.set(c, &types.AuthorizationStateLoggingOut{})
	}
	if from == "logout" {
		c.tellServer(ctx)
	}
	c.store.set("auth", "destroy")
	c.destroyKeys(ctx)
	c.beginClose(true)
}

// destroyPatience bounds how long a log out waits for a server that does not answer; the keys are forgotten here anyway.
const destroyPatience = 10 * time.Second

// destroyKeys asks every data center that knows a key of ours to forget it.
func (c *Client) destroyKeys(ctx context.Context) {
	ctx, cancel := context.WithTimeout(ctx, destroyPatience)
	defer cancel()
	for _, d := range c.net.centers {
		if d.key.Zero() {
			continue
		}
		session := d.open()
		var err error
		c.await(func() { err = session.DestroyKey(ctx) })
		if err != nil {
			c.log.Printf(2, "Data center %d did not destroy the key: %v", d.id, err)
		}
	}
}
