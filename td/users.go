package td

import (
	"cmp"
	"context"
	"maps"
	"reflect"
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"tdjson/td/convert"
	"tdjson/types"
)

// users are those that the server has told of.
type users struct {
	byID    map[int64]*types.User
	stored  *types.User        // the account's own user as the last run knew it, until somebody asks
	bots    map[int64]*tg.User // those of byID that are bots, as the server told of them
	unknown map[int64]bool     // who was named to the program without being in byID: see name
}

// learn takes over users that came with an answer or an update, and tells of those that are new or have changed.
func (u *users) learn(c *Client, list []tg.UserClass) {
	for _, class := range list {
		t, ok := class.AsNotEmpty()
		if !ok {
			continue
		}
		user := convert.User(t)
		old := u.byID[user.ID]
		if t.Min && old != nil || reflect.DeepEqual(old, user) {
			continue
		}
		u.keepBot(t)
		u.put(c, user)
		if t.Self {
			u.storeMe(c, t)
		}
	}
}

// storeMe keeps the account's own user for the next start.
func (u *users) storeMe(c *Client, me *tg.User) {
	var b bin.Buffer
	if err := me.Encode(&b); err != nil {
		c.log.Printf(1, "The own user can't be stored: %v", err)
		return
	}
	c.store.set("me", string(b.Buf))
}

// open takes over the account's own user of the last run.
func (u *users) open(c *Client, l *loaded) {
	text := l.values["me"]
	if len(text) == 0 || l.session.User == nil {
		return
	}
	var me tg.User
	if err := me.Decode(&bin.Buffer{Buf: text}); err != nil {
		c.log.Printf(2, "The own user in the database can't be read: %v", err) // of another layer: the server knows it
		return
	}
	u.stored = convert.User(&me)
}

// known is a user, whether the program has been told of him or not; nil if he is not known.
func (u *users) known(id int64) *types.User {
	if user := u.byID[id]; user != nil || u.stored == nil || u.stored.ID != id {
		return user
	}
	return u.stored
}

// find is a user that the program has been told of, nil if he is not known. What the last run knew is told of now.
func (u *users) find(c *Client, id int64) *types.User {
	user := u.known(id)
	if user != nil && u.byID[id] == nil {
		u.put(c, user)
	}
	return user
}

func (u *users) put(c *Client, user *types.User) {
	if u.byID == nil {
		u.byID = map[int64]*types.User{}
	}
	u.byID[user.ID] = user
	c.update(&types.UpdateUser{User: user})
}

// current are the updates that tell of all known users, by their identifiers.
func (u *users) current() []types.Update {
	list := u.strangers()
	for _, id := range slices.Sorted(maps.Keys(u.byID)) {
		list = append(list, &types.UpdateUser{User: u.byID[id]})
	}
	return list
}

// getMe answers with the account's own user.
func (c *Client) getMe(ctx context.Context, _ *types.GetMe) (*types.User, error) {
	if me := c.users.find(c, c.auth.myID); me != nil {
		return me, nil
	}
	list, err := c.api.tg.UsersGetUsers(ctx, []tg.InputUserClass{&tg.InputUserSelf{}})
	if err != nil {
		return nil, err
	}
	c.users.learn(c, list)
	if me := c.users.byID[c.auth.myID]; me != nil {
		return me, nil
	}
	return nil, types.NewError(404, "Not Found")
}

// sortBy sorts by a number that each element has.
func sortBy[T any, N cmp.Ordered](list []T, key func(T) N) {
	slices.SortFunc(list, func(a, b T) int { return cmp.Compare(key(a), key(b)) })
}

// changed asks for a user of whom the server said that something changed.
func (u *users) changed(c *Client, update tg.UpdateClass) {
	var id int64
	switch t := update.(type) {
	case *tg.UpdateUser:
		id = t.UserID
	case *tg.UpdateUserName:
		id = t.UserID
	case *tg.UpdateUserPhone:
		id = t.UserID
	case *tg.UpdateUserEmojiStatus:
		id = t.UserID
	}
	if id != c.auth.myID {
		return
	}
	c.background(func(ctx context.Context) {
		if list, err := c.api.tg.UsersGetUsers(ctx, []tg.InputUserClass{&tg.InputUserSelf{}}); err == nil {
			u.learn(c, list)
		}
	})
}

// tellOnline tells the server whether the user looks at the program.
func (c *Client) tellOnline() {
	if !c.auth.ready() || c.auth.bot {
		return
	}
	offline := !c.options.online
	c.background(func(ctx context.Context) {
		_, _ = c.api.tg.AccountUpdateStatus(ctx, offline) // the next change tells again
	})
}

// onStatus tells of a user's new status.
func (u *users) onStatus(c *Client, update *tg.UpdateUserStatus) {
	old := u.byID[update.UserID]
	if old == nil {
		return
	}
	user := *old
	user.Status = convert.UserStatus(update.Status)
	u.byID[user.ID] = &user
	c.update(&types.UpdateUserStatus{UserID: user.ID, Status: user.Status})
}
