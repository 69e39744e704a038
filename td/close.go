package td

import (
	"context"

	"tdjson/types"
)

// close ends the client; everything stays for the next start.
func (c *Client) close(context.Context, *types.Close) (*types.Ok, error) {
	// What was asked before it is still answered.
	c.post(func() { c.beginClose(false) })
	return &types.Ok{}, nil
}

// destroy ends the client and deletes its database, without a word to the server.
func (c *Client) destroy(context.Context, *types.Destroy) (*types.Ok, error) {
	c.post(func() {
		if _, already := c.auth.state.(*types.AuthorizationStateLoggingOut); !already {
			c.auth.set(c, &types.AuthorizationStateLoggingOut{})
		}
		c.beginClose(true)
	})
	return &types.Ok{}, nil
}

// beginClose stops what is under way. The end comes when all of it has been answered.
func (c *Client) beginClose(destroy bool) {
	if c.phase >= phaseClosing {
		return
	}
	if !c.started {
		c.start()
	}
	c.destroying = destroy
	c.phase = phaseClosing
	if !destroy {
		c.auth.set(c, &types.AuthorizationStateClosing{})
	}
	c.api.abort()
	c.cancel()
	c.unconfirmed.stop()
	for _, r := range c.waiting {
		c.answer(r, types.NewError(500, "Request aborted"))
	}
	c.waiting = nil
	if c.active == 0 {
		c.finishClose()
	}
}

// finishClose lets go of the network and the database, and says the last word.
func (c *Client) finishClose() {
	if c.finishing {
		return
	}
	c.finishing = true
	c.netStats.take(c)
	sessions := c.net.sessions()
	c.await(func() {
		closeSessions(sessions)
		c.store.close(c.destroying)
	})
	c.phase = phaseClosed
	c.auth.set(c, &types.AuthorizationStateClosed{})
	if c.onDone != nil {
		c.onDone()
	}
	close(c.done)
}
