package td

import (
	"context"
	"time"

	"github.com/gotd/td/tg"

	"tdjson/types"
)

// askName asks the server whose login this is, where the session does not say, until it is told.
func (c *Client) askName(ctx context.Context) {
	for wait := time.Second; ; wait = min(2*wait, time.Minute) {
		list, err := c.api.tg.UsersGetUsers(ctx, []tg.InputUserClass{&tg.InputUserSelf{}})
		if ctx.Err() != nil || !c.auth.nameless {
			return
		}
		user, err := owner(list, err)
		if err == nil {
			c.loggedIn(user, func() {})
			return
		}
		c.log.Printf(2, "The server does not say whose login this is: %v", err)
		c.pause(ctx, wait)
	}
}

// owner is the user that users.getUsers has answered with for the caller.
func owner(list []tg.UserClass, err error) (*tg.User, error) {
	if err != nil {
		return nil, err
	}
	for _, class := range list {
		if user, ok := class.AsNotEmpty(); ok && user.Self {
			return user, nil
		}
	}
	return nil, types.NewError(401, "Unauthorized")
}

// learnMe asks for the account's own user when the database does not have it.
func (c *Client) learnMe() {
	if c.users.known(c.auth.myID) != nil {
		return
	}
	c.background(func(ctx context.Context) {
		if list, err := c.api.tg.UsersGetUsers(ctx, []tg.InputUserClass{&tg.InputUserSelf{}}); err == nil {
			c.users.learn(c, list)
		}
	})
}
