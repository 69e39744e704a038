package td

import (
	"maps"
	"slices"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"tdjson/td/convert"
	"tdjson/types"
)

func validUserID(id int64) bool { return 0 < id && id <= maxUserID }

// name tells of a user that the server has named but not told of, so that the program never meets an unknown identifier.
func (u *users) name(c *Client, id int64) {
	if !validUserID(id) || u.find(c, id) != nil || u.unknown[id] {
		return
	}
	if u.unknown == nil {
		u.unknown = map[int64]bool{}
	}
	u.unknown[id] = true
	c.update(&types.UpdateUser{User: convert.UnknownUser(id, id == c.auth.myID)})
}

// strangers are the updates that tell of users who were named and are still not known.
func (u *users) strangers() []types.Update {
	var list []types.Update
	for _, id := range slices.Sorted(maps.Keys(u.unknown)) {
		if u.byID[id] == nil {
			list = append(list, &types.UpdateUser{User: convert.UnknownUser(id, false)})
		}
	}
	return list
}

// keepBot keeps a bot as the server told of it: what names it in the database is of no use without it after a restart.
func (u *users) keepBot(t *tg.User) {
	if !t.Bot || t.Min {
		return
	}
	if u.bots == nil {
		u.bots = map[int64]*tg.User{}
	}
	u.bots[t.ID] = t
}

// encodedBot is a bot for the database, nil if it is not known.
func (u *users) encodedBot(id int64) []byte {
	bot := u.bots[id]
	if bot == nil {
		return nil
	}
	var b bin.Buffer
	if bot.Encode(&b) != nil {
		return nil
	}
	return b.Buf
}
