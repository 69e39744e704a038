package testdc

import (
	"context"

	"github.com/gotd/td/tg"
)

func (s *Server) registerUsers(d *tg.ServerDispatcher) {
	d.OnUsersGetUsers(s.usersGetUsers)
	d.OnUsersGetFullUser(s.usersGetFullUser)
	d.OnAccountUpdateStatus(s.accountUpdateStatus)
}

func (s *Server) usersGetUsers(ctx context.Context, ids []tg.InputUserClass) ([]tg.UserClass, error) {
	c := callOf(ctx)
	var users []tg.UserClass
	for _, id := range ids {
		if a := c.inputUser(id); a != nil {
			users = append(users, s.user(a, c.account()))
		}
	}
	return users, nil
}

func (s *Server) usersGetFullUser(ctx context.Context, id tg.InputUserClass) (*tg.UsersUserFull, error) {
	c := callOf(ctx)
	a := c.inputUser(id)
	if a == nil {
		return nil, rpcError(400, "USER_ID_INVALID")
	}
	full := tg.UserFull{ID: a.id, CanPinMessage: true, PhoneCallsAvailable: a != c.account(), VideoCallsAvailable: a != c.account()}
	return &tg.UsersUserFull{FullUser: full, Users: []tg.UserClass{s.user(a, c.account())}}, nil
}

// onlineFor is how long a client counts as online after it said so.
const onlineFor = 300

func (s *Server) accountUpdateStatus(ctx context.Context, offline bool) (bool, error) {
	a := callOf(ctx).account()
	if offline {
		a.online = s.unix()
	} else {
		a.online = s.unix() + onlineFor
	}
	return true, nil
}
