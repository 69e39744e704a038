package td

import (
	"context"
	"slices"
	"time"

	"github.com/goccy/go-json"
	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"

	"tdjson/types"
)

// unconfirmed are the new sessions of the account, and the bots connected to it, of which the user has not said yet that they
// are his own: the oldest first.
type unconfirmed struct {
	list  []newSession
	timer *time.Timer // until the first of them expires
}

// newSession is a device's session or a connected bot, as it is kept in the database.
type newSession struct {
	sessionID
	Date     int32  `json:"date"`
	Device   string `json:"device,omitempty"`
	Location string `json:"location,omitempty"`
	User     []byte `json:"user,omitempty"` // the bot, as the server told of it
}

// sessionID tells sessions from each other.
type sessionID struct {
	Hash int64 `json:"hash,omitempty"` // of a device
	Bot  int64 `json:"bot,omitempty"`
}

func device(hash int64) sessionID          { return sessionID{Hash: hash} }
func connectedBot(id int64) sessionID      { return sessionID{Bot: id} }
func (s sessionID) valid() bool            { return s.Hash != 0 || validUserID(s.Bot) }
func (s *newSession) is(id sessionID) bool { return s.sessionID == id }

const (
	unconfirmedValue  = "unconfirmed_sessions" // in the database
	autoconfirmOption = "authorization_autoconfirm_period"
	autoconfirmPeriod = 604800    // seconds, while the server has not said otherwise
	unconfirmedCheck  = time.Hour // how often the server is asked at least
)

// open takes over the list of the last run.
func (u *unconfirmed) open(c *Client, l *loaded) {
	text := l.values[unconfirmedValue]
	if len(text) == 0 {
		return
	}
	if err := json.Unmarshal(text, &u.list); err != nil {
		c.log.Printf(1, "The unconfirmed sessions in the database can't be read: %v", err)
		u.list = nil
		u.store(c)
	}
}

// resume tells of what the last run has left, and asks the server what of it still holds.
func (u *unconfirmed) resume(c *Client) {
	if len(u.list) == 0 {
		return
	}
	if u.expire(c) {
		u.store(c)
	}
	if len(u.list) == 0 {
		return
	}
	for i := range u.list {
		u.list[i].introduce(c)
	}
	u.schedule(c)
	u.tell(c)
	u.ask(c)
}

// introduce tells of the bot, which the program does not know after a restart.
func (s *newSession) introduce(c *Client) {
	if len(s.User) == 0 {
		return
	}
	user, err := tg.DecodeUser(&bin.Buffer{Buf: s.User})
	if err != nil {
		c.log.Printf(2, "A connected bot in the database can't be read: %v", err) // of another layer
		return
	}
	c.users.learn(c, []tg.UserClass{user})
}

// ask looks at the list of all sessions.
func (u *unconfirmed) ask(c *Client) {
	c.background(func(ctx context.Context) {
		_, _ = c.getActiveSessions(ctx, nil) // the next time is as good
	})
}

// onAuthorization takes over that a device has logged in, or that its session was confirmed.
func (u *unconfirmed) onAuthorization(c *Client, update *tg.UpdateNewAuthorization) {
	if !update.Unconfirmed {
		u.remove(c, device(update.Hash))
		return
	}
	u.add(c, newSession{sessionID: device(update.Hash), Date: int32(update.Date), Device: update.Device, Location: update.Location})
}

// onBotConnection takes over that a bot was connected, or that the connection was confirmed.
func (u *unconfirmed) onBotConnection(c *Client, update *tg.UpdateNewBotConnection) {
	if update.Confirmed {
		u.remove(c, connectedBot(update.BotID))
		return
	}
	u.add(c, newSession{sessionID: connectedBot(update.BotID), Date: int32(update.Date), Device: update.Device, Location: update.Location})
}

// add puts a session behind all that are not younger.
func (u *unconfirmed) add(c *Client, s newSession) {
	if c.auth.bot || !s.valid() || slices.ContainsFunc(u.list, func(o newSession) bool { return o.is(s.sessionID) }) {
		return
	}
	s.Date = min(s.Date, int32(c.net.now().Unix())+1)
	place := slices.IndexFunc(u.list, func(o newSession) bool { return o.Date > s.Date })
	if place < 0 {
		place = len(u.list)
	}
	u.list = slices.Insert(u.list, place, s)
	u.changed(c, place == 0)
}

// remove takes a session off the list, if it is on it.
func (u *unconfirmed) remove(c *Client, id sessionID) {
	place := slices.IndexFunc(u.list, func(o newSession) bool { return o.is(id) })
	if place < 0 {
		return
	}
	u.list = slices.Delete(u.list, place, place+1)
	u.changed(c, place == 0)
}

// clear takes all sessions off the list.
func (u *unconfirmed) clear(c *Client) {
	if len(u.list) > 0 {
		u.list = nil
		u.changed(c, true)
	}
}

// changed tells of the list and writes it. As in TDLib, what has expired goes when the first place has changed.
func (u *unconfirmed) changed(c *Client, first bool) {
	if first {
		u.expire(c)
		u.schedule(c)
	}
	u.tell(c)
	u.store(c)
}

// expire takes off the list what counts as confirmed by now. It answers whether there was such.
func (u *unconfirmed) expire(c *Client) bool {
	until := c.net.now().Unix() - u.period(c)
	n := 0
	for n < len(u.list) && int64(u.list[n].Date) <= until {
		n++
	}
	u.list = slices.Delete(u.list, 0, n)
	return n > 0
}

func (u *unconfirmed) period(c *Client) int64 {
	if o := c.options.values[autoconfirmOption]; o.kind == optionInteger {
		return o.integer
	}
	return autoconfirmPeriod
}

// schedule sets the timer for the first session of the list.
func (u *unconfirmed) schedule(c *Client) {
	u.stop()
	if len(u.list) == 0 {
		return
	}
	left := int64(u.list[0].Date) + u.period(c) - c.net.now().Unix() + 1
	u.timer = time.AfterFunc(min(time.Duration(left)*time.Second, unconfirmedCheck), func() { c.post(func() { u.due(c) }) })
}

func (u *unconfirmed) stop() {
	if u.timer != nil {
		u.timer.Stop()
		u.timer = nil
	}
}

// due looks at the list when its time has come.
func (u *unconfirmed) due(c *Client) {
	if c.phase != phaseRunning {
		return
	}
	u.review(c)
	if len(u.list) > 0 {
		u.ask(c)
	}
}

// review takes off the list what has expired, and tells of that.
func (u *unconfirmed) review(c *Client) {
	if u.expire(c) {
		u.tell(c)
		u.store(c)
	}
	u.schedule(c)
}

// optionChanged looks at the list when the server has changed how long sessions are on it.
func (u *unconfirmed) optionChanged(c *Client, name string) {
	if name == autoconfirmOption && c.phase == phaseRunning {
		u.review(c)
	}
}

// store writes the list.
func (u *unconfirmed) store(c *Client) {
	if len(u.list) == 0 {
		c.store.delete(unconfirmedValue)
		return
	}
	for i := range u.list {
		if s := &u.list[i]; s.Bot != 0 {
			s.User = c.users.encodedBot(s.Bot)
		}
	}
	text, err := json.Marshal(u.list)
	if err != nil {
		c.log.Printf(1, "The unconfirmed sessions can't be stored: %v", err)
		return
	}
	c.store.set(unconfirmedValue, string(text))
}

// tell tells the program of the first session and how many there are. getCurrentState repeats that while there are some.
func (u *unconfirmed) tell(c *Client) {
	if len(u.list) == 0 {
		c.told.forget(&types.UpdateUnconfirmedSession{})
		c.update(&types.UpdateUnconfirmedSession{})
		return
	}
	c.tell(&types.UpdateUnconfirmedSession{Session: u.list[0].object(c), UnconfirmedSessionCount: int32(len(u.list))})
}

func (s *newSession) object(c *Client) *types.UnconfirmedSession {
	o := &types.UnconfirmedSession{Date: s.Date, DeviceModel: s.Device, Location: s.Location}
	if s.Bot == 0 {
		o.Type = &types.SessionTypeDevice{SessionID: s.Hash}
	} else {
		c.users.name(c, s.Bot)
		o.Type = &types.SessionTypeConnectedBot{BotUserID: s.Bot}
	}
	return o
}
