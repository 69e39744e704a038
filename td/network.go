package td

import (
	"bytes"
	"context"
	"strconv"
	"sync"
	"time"

	"github.com/gotd/td/crypto"

	"tdjson/storage"
	"tdjson/td/mtproto"
	"tdjson/types"
)

// network is the client's way to the data centers, and what it tells the program of it.
type network struct {
	servers *servers
	learned []place // of which the server told
	centers map[int]*center
	main    int                // the data center of the account
	left    []*mtproto.Session // with data centers that the client has moved from
	visited *center            // with a session that is being imported; not one of centers yet
	temps   tempKeys
	down    bool
	started bool
	offset  time.Duration // the server's clock minus ours

	updating int // differences being asked for
	told     types.ConnectionState
	next     types.ConnectionState // to be told of when delay is over; nil for none
	delay    *time.Timer
	behind   bool // updates were being asked for
	synced   bool // all have come, once at least
}

// center is one data center: a session with it, and the key. What it hears of the session
// comes on the session's goroutine and is passed on to the client's turn, in order: see hearing.
type center struct {
	c          *Client
	id         int
	session    *mtproto.Session
	key        crypto.AuthKey
	salt       int64
	authorized bool
	state      mtproto.State
	temp       int64 // the id of the temporary key in use, 0 for none
	leftovers
}

// A state of the connection is told of, as by TDLib, when it has lasted for a while, so that a short loss is not seen. Until all updates have
// come for the first time, each is told of at once.
const (
	worseDelay  = 300 * time.Millisecond
	betterDelay = 50 * time.Millisecond
)

// open takes over the keys of the last run.
func (n *network) open(c *Client, l *loaded) error {
	s, err := c.registry.servers(c.params.UseTestDC)
	if err != nil {
		return types.NewError(400, err.Error())
	}
	n.servers = s
	n.main = s.first
	n.centers = map[int]*center{}
	n.told = &types.ConnectionStateConnecting{}
	n.openPlaces(c, l.values[learnedPlaces])
	for _, dc := range l.session.DataCenters {
		d := n.center(c, dc.ID)
		d.openLeft(l.values[d.leftName()])
		d.salt, d.authorized = dc.Salt, dc.Authorized
		if len(dc.AuthKey) == len(crypto.Key{}) {
			d.key = crypto.Key(dc.AuthKey).WithID()
		}
	}
	if id, err := strconv.Atoi(string(l.values["main_dc"])); err == nil && len(n.places(id)) > 0 {
		n.main = id
	}
	if u := l.session.User; u != nil {
		n.main = u.DC
	}
	return nil
}

// now is the server's time, as far as it is known.
func (n *network) now() time.Time {
	return time.Now().Add(n.offset)
}

// start tells of the connection and begins to connect.
func (n *network) start(c *Client) {
	n.started = true
	c.introduce()
	c.update(&types.UpdateConnectionState{State: n.told})
	n.mainCenter(c).open()
	c.loadConfig()
	switch {
	case c.auth.ready():
		c.afterLogin()
		c.learnMe()
	case c.auth.nameless:
		c.background(c.askName)
	case c.auth.leaving != "":
		c.background(func(ctx context.Context) { c.leave(ctx, c.auth.leaving) })
	}
}

func (n *network) center(c *Client, id int) *center {
	d := n.centers[id]
	if d == nil {
		d = &center{c: c, id: id}
		n.centers[id] = d
	}
	return d
}

func (n *network) mainCenter(c *Client) *center {
	return n.center(c, n.main)
}

// setMain moves the client to another data center, as the server asks before a login.
func (n *network) setMain(c *Client, id int) {
	if id != n.main {
		n.leave(n.mainCenter(c))
	}
	n.main = id
	c.store.set("main_dc", strconv.Itoa(id))
	n.mainCenter(c).open()
}

// leave ends the session with a data center.
func (n *network) leave(d *center) {
	if session := d.session; session != nil {
		d.session, d.state = nil, mtproto.StateIdle
		d.setTemp(0)
		n.left = append(n.left, session)
		go closeSessions([]*mtproto.Session{session})
	}
}

// open makes the session with the data center if there is none.
func (d *center) open() *mtproto.Session {
	if d.session != nil {
		return d.session
	}
	n := &d.c.net
	cfg := mtproto.Config{
		DC: d.id, Test: d.c.params.UseTestDC, Epoch: d.c.registry.epoch,
		Route:      n.route(d.c, d.id),
		PublicKeys: n.servers.keys,
		PFS:        n.pfs(d.c),
		Key:        d.key, Authorized: d.authorized, TimeOffset: n.offset,
		Init:   d.c.initConnection,
		Primes: &d.c.registry.primes, Panicked: d.c.log.Panicked,
	}
	if d.salt != 0 {
		cfg.Salts = []mtproto.Salt{{Salt: d.salt, Since: n.now().Add(-time.Hour), Until: n.now().Add(time.Hour)}}
	}
	h := &hearing{center: d}
	h.of = mtproto.New(cfg, h)
	d.session = h.of
	d.session.SetOnline(d.c.impatient())
	if n.down {
		d.session.SetNetwork(false)
	}
	d.session.Start()
	return d.session
}

// row is the data center as it is stored.
func (d *center) row() storage.DataCenter {
	row := storage.DataCenter{ID: d.id, Salt: d.salt, Authorized: d.authorized, Test: d.c.params.UseTestDC}
	if !d.key.Zero() {
		row.AuthKey = bytes.Clone(d.key.Value[:]) // read without the turn
	}
	return row
}

// current says whether the client uses d. Its session may still talk when it does no more, or not yet.
func (d *center) current() bool { return d.c.net.centers[d.id] == d }

// store writes the data center's key.
func (d *center) store() {
	if !d.current() {
		return
	}
	row := d.row()
	d.c.store.change(func(b *storage.Batch) {
		for i := range b.DataCenters {
			if b.DataCenters[i].ID == row.ID {
				b.DataCenters[i] = row
				return
			}
		}
		b.DataCenters = append(b.DataCenters, row)
	})
}

// hearing is what a center hears of one session, for as long as that is its own: a session that was left may still speak.
type hearing struct {
	*center
	of *mtproto.Session
}

func (d *hearing) post(event func()) {
	d.c.post(func() {
		if d.of == d.session {
			event()
		}
	})
}

// State is called by the session: see mtproto.Handler.
func (d *hearing) State(state mtproto.State) {
	d.post(func() {
		d.state = state
		d.c.net.tell(d.c)
		if state == mtproto.StateReady {
			d.c.proxies.worked(d.c)
			d.destroyLeft()
		}
	})
}

// NewKey is called by the session: see mtproto.Handler.
func (d *hearing) NewKey(key crypto.AuthKey, salt int64, offset time.Duration) {
	d.post(func() {
		d.key, d.salt, d.authorized = key, salt, false
		d.forgetLeft()
		d.c.net.setOffset(d.c, offset)
		d.store()
	})
}

// ServerTime is called by the session: see mtproto.Handler.
func (d *hearing) ServerTime(offset time.Duration) {
	d.post(func() { d.c.net.setOffset(d.c, offset) })
}

// Salts is called by the session: see mtproto.Handler.
func (d *hearing) Salts(salts []mtproto.Salt) {
	d.post(func() {
		if len(salts) > 0 && salts[0].Salt != d.salt {
			d.salt = salts[0].Salt
			d.store()
		}
	})
}

// Updates is called by the session: see mtproto.Handler.
func (d *hearing) Updates(body []byte) {
	d.post(func() {
		if d.center == d.c.net.mainCenter(d.c) {
			d.c.updates.received(d.c, body)
		}
	})
}

// Session is called by the session: see mtproto.Handler.
func (d *hearing) Session(id int64, use func()) {
	d.post(func() { d.note(id, use) })
}

// NewSession is called by the session: see mtproto.Handler.
func (d *hearing) NewSession() {
	d.post(func() {
		if d.center == d.c.net.mainCenter(d.c) {
			d.c.updates.getDifference(d.c, "a new session")
		}
	})
}

// KeyGone is called by the session: see mtproto.Handler.
func (d *hearing) KeyGone() {
	d.post(func() {
		d.key = crypto.AuthKey{}
		switch {
		case d.current() && d.id != d.c.net.main:
			d.c.forgetLogin(d.center)
		case d.current():
			d.c.auth.lost(d.c, "the server does not know the key")
		}
	})
}

// setOffset corrects the clock and tells of it, as TDLib does, when it moved by a second or more.
func (n *network) setOffset(c *Client, offset time.Duration) {
	n.offset = offset
	c.update(&types.UpdateOption{Name: "unix_time", Value: c.unixTime()})
}

// state is what the program should know of the connection now.
func (n *network) state(c *Client) types.ConnectionState {
	switch n.mainCenter(c).state {
	case mtproto.StateWaitingForNetwork:
		return &types.ConnectionStateWaitingForNetwork{}
	case mtproto.StateReady:
		if n.updating > 0 {
			return &types.ConnectionStateUpdating{}
		}
		return &types.ConnectionStateReady{}
	case mtproto.StateConnecting:
		if c.proxies.enabled != 0 {
			return &types.ConnectionStateConnectingToProxy{}
		}
	}
	return &types.ConnectionStateConnecting{}
}

// tell tells the program of the connection's state when it is another than before, and lasts.
func (n *network) tell(c *Client) {
	if !n.started || c.phase >= phaseClosing {
		return
	}
	state := n.state(c)
	if n.next == nil || n.next.TypeID() != state.TypeID() {
		n.expect(c, state)
	}
	n.synced = n.synced || n.behind && n.updating == 0
	n.behind = n.updating > 0
}

// expect lets a state be told of in time, and none that was to be told of before.
func (n *network) expect(c *Client, state types.ConnectionState) {
	if n.delay != nil {
		n.delay.Stop()
	}
	n.next, n.delay = nil, nil
	switch {
	case state.TypeID() == n.told.TypeID():
	case !n.synced:
		n.say(c, state)
	default:
		delay := worseDelay
		if rank(state) > rank(n.told) {
			delay = betterDelay
		}
		n.next = state
		n.delay = time.AfterFunc(delay, func() {
			c.post(func() {
				if n.next == state {
					n.next = nil
					n.say(c, state)
				}
			})
		})
	}
}

// rank says which of two states is the better one.
func rank(state types.ConnectionState) int {
	switch state.(type) {
	case *types.ConnectionStateWaitingForNetwork:
		return 0
	case *types.ConnectionStateConnectingToProxy:
		return 1
	case *types.ConnectionStateConnecting:
		return 2
	case *types.ConnectionStateUpdating:
		return 3
	}
	return 4
}

func (n *network) say(c *Client, state types.ConnectionState) {
	if state.TypeID() != n.told.TypeID() && c.phase < phaseClosing {
		n.told = state
		c.update(&types.UpdateConnectionState{State: state})
	}
}

// reconnect makes all connections anew, through another proxy.
func (n *network) reconnect(c *Client) {
	if n.started {
		c.introduce()
	}
	for _, d := range n.talking() {
		d.session.Reconnect(n.route(c, d.id))
	}
	n.tell(c)
}

// setNetworkType tells whether there is a network; that it is another one makes the connections anew.
func (c *Client) setNetworkType(_ context.Context, f *types.SetNetworkType) (*types.Ok, error) {
	_, none := f.Type.(*types.NetworkTypeNone)
	c.net.down = none
	c.netStats.setNetwork(c, f.Type)
	for _, d := range c.net.talking() {
		d.session.SetNetwork(!none)
	}
	return &types.Ok{}, nil
}

// pfs says whether sessions use temporary keys, which they do in the conditions in which TDLib's do.
func (n *network) pfs(c *Client) bool {
	return c.options.values["use_pfs"].integer != 0 || c.options.values["session_count"].integer > 1
}

// optionChanged hears of options that change how the client connects.
func (n *network) optionChanged(c *Client, name string) {
	switch name {
	case "prefer_ipv6":
		n.readdress(c)
	case "use_pfs", "session_count":
		for _, d := range n.talking() {
			d.session.SetPFS(n.pfs(c))
		}
	}
}

// impatient says whether somebody waits for a connection: the user is there, or the client is leaving.
func (c *Client) impatient() bool {
	_, leaving := c.auth.state.(*types.AuthorizationStateLoggingOut)
	return c.options.online || leaving
}

// setOnline says whether somebody waits for a connection.
func (n *network) setOnline(c *Client) {
	for _, d := range n.talking() {
		d.session.SetOnline(c.impatient())
	}
}

// closeDeadline is how long a session may take to say goodbye.
const closeDeadline = 2 * time.Second

// sessions are all that there are, and those that are ending.
func (n *network) sessions() []*mtproto.Session {
	list := n.left
	for _, d := range n.talking() {
		list = append(list, d.session)
	}
	return list
}

// talking are the data centers with which there is a session.
func (n *network) talking() []*center {
	var list []*center
	for _, d := range n.centers {
		if d.session != nil {
			list = append(list, d)
		}
	}
	if d := n.visited; d != nil && d.session != nil {
		list = append(list, d)
	}
	return list
}

// closeSessions ends sessions and waits until they have ended.
func closeSessions(list []*mtproto.Session) {
	ctx, cancel := context.WithTimeout(context.Background(), closeDeadline)
	defer cancel()
	var all sync.WaitGroup
	for _, s := range list {
		all.Go(func() { _ = s.Close(ctx) }) // at the deadline it is cut
	}
	all.Wait()
}
