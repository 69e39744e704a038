// Package td is the engine: it answers the functions of td_api by talking to Telegram, one client an account.
//
// All state of a client is plain fields, owned by whoever holds the client's turn (turn.go). A handler is a method with
// TDLib's own name; it waits only in c.api and c.await, which give the turn away meanwhile.
package td

import (
	"context"
	"errors"
	"sync/atomic"

	"tdjson/types"
	"tdjson/types/compat"
)

// Version is the version of TDLib whose interface this is, and what the option version says.
const Version = "1.8.65"

// commitHash is what the option commit_hash says: that of the TDLib this library is held against.
const commitHash = "GITDIR-NOTFOUND"

// request is a function on its way to its answer.
type request struct {
	function types.Object
	extra    []byte
	call     *compat.Call // nil: it is in the form of today
}

// phase is where a client is between its first request and its end.
type phase uint8

const (
	phaseNew     phase = iota // waits for setTdlibParameters
	phaseOpening              // setTdlibParameters is under way: everything else waits
	phaseRunning
	phaseClosing
	phaseClosed
)

// Client is one account. It starts at its first request and ends when it is closed.
type Client struct {
	syncs
	turn
	registry *Registry
	id       int32
	out      *outbox
	quiet    bool          // a client of the old interface: no @client_id, and it answers after its end
	done     chan struct{} // closed at its end
	onDone   func()

	ctx    context.Context // of its handlers: ends when it closes
	cancel context.CancelFunc

	started bool
	phase   phase
	waiting []request // until the parameters are set
	active  int       // requests under way

	destroying bool // the database goes with the client
	finishing  bool // all is answered: the end is under way

	params      parameters
	options     options
	auth        auth
	passwords   passwords
	net         network
	proxies     proxies
	users       users
	languages   languages
	netStats    netStats
	loading     map[string]*flight // what the server is being asked: see once
	updates     updates
	unconfirmed unconfirmed
	intents     intents
	chains      chains
	told        told
	store       store
	api         api
	older       older

	introduction atomic.Pointer[[]byte] // see introduce
	langPack     string                 // what is said in it of the language
	langCode     string
}

func newClient(id int32, r *Registry, out *outbox, onDone func()) *Client {
	c := &Client{syncs: r.syncs, registry: r, id: id, out: out, onDone: onDone, done: make(chan struct{})}
	c.ctx, c.cancel = context.WithCancel(context.Background())
	c.turn.do = c.perform
	c.api.init(c)
	if r.everywhere != nil {
		c.older.conversation.Store(r.everywhere.Talk(olderHost{c}))
	}
	return c
}

// post queues an event: something that happens to the client, not asked for by the program.
func (c *Client) post(event func()) {
	c.turn.post(task{event: event})
}

// send takes a request of the program. What can be answered at once is answered before it returns, if nothing is before it.
func (c *Client) send(text []byte) {
	k := task{request: c.decode(text)}
	if c.asksVersion(k.request) {
		return
	}
	if p := &permissions()[k.request.function.TypeID()]; p.inline && !k.request.call.Scripted() && c.try(k) {
		return
	}
	c.turn.post(k)
}

// perform does one task, with the turn held.
func (c *Client) perform(k task) {
	defer c.survive()
	if k.event != nil {
		k.event()
		return
	}
	if !c.started {
		c.start()
	}
	c.handle(k.request)
}

// start says what every client says first.
func (c *Client) start() {
	c.started = true
	c.options.start(c)
	c.auth.set(c, &types.AuthorizationStateWaitTdlibParameters{})
}

// survive lets the client, and the program, live on after a panic.
func (c *Client) survive() {
	if v := recover(); v != nil {
		c.log.Panicked("An event", v)
	}
}

// handle answers one request, now or when its time has come.
func (c *Client) handle(r request) {
	switch {
	case c.phase == phaseClosed && !(c.quiet && isGetAuthorizationState(r.function)),
		c.finishing && c.phase != phaseClosed && !permissions()[r.function.TypeID()].inline:
		c.answer(r, types.NewError(500, "Request aborted"))
		return
	case types.IsSync(r.function) && !isOwnOption(r.function):
		c.answer(r, c.execute(c.ctx, r.function))
		return
	case setsProcessOption(r.function):
		c.answer(r, c.result(c.setProcessOption(r.function)))
		return
	case c.phase == phaseOpening, c.auth.nameless && isGetAuthorizationState(r.function):
		c.waiting = append(c.waiting, r)
		return
	}
	if err := c.permit(r.function); err != nil {
		c.answer(r, err)
		return
	}
	if c.phase == phaseNew && permissions()[r.function.TypeID()].when == whenParameters {
		c.waiting = append(c.waiting, r)
		return
	}
	c.run(r)
}

// run calls the handler, which may give the turn away and take it again before it returns.
func (c *Client) run(r request) {
	c.active++
	defer c.finished()
	if r.call.Scripted() {
		c.runScript(r)
		return
	}
	c.answer(r, c.call(r.function))
}

// background runs what waits for the server without a request of the program behind it. Closing waits for it.
func (c *Client) background(f func(ctx context.Context)) {
	c.post(func() {
		if c.phase >= phaseClosing {
			return
		}
		c.active++
		defer c.finished()
		f(c.ctx)
	})
}

// finished notes that something under way has ended; the last one lets the client end.
func (c *Client) finished() {
	c.active--
	if c.phase == phaseClosing && c.active == 0 {
		c.finishClose()
	}
}

func (c *Client) call(f types.Object) (answer types.Object) {
	defer c.rescue(f, &answer)
	if c.registry.before != nil {
		c.registry.before(f)
	}
	answer, err := dispatch(c.ctx, c, f)
	if err != nil && c.ctx.Err() != nil && !errors.Is(err, errAnotherQuery) {
		return c.aborted()
	}
	return c.result(answer, err)
}

// aborted is the answer to what was under way when the client closed.
func (c *Client) aborted() *types.Error {
	if c.auth.gaveUp {
		return types.NewError(401, "Unauthorized")
	}
	return types.NewError(500, "Request aborted")
}

func (c *Client) answer(r request, answer types.Object) {
	c.out.push(envelope{c.printedID(), r.inForm(answer), r.extra})
}

// update tells the program that something changed.
func (c *Client) update(u types.Update) {
	if o := c.older.inForm(u); o != nil {
		c.out.push(envelope{c.printedID(), o, nil})
	}
}

func (c *Client) printedID() int32 {
	if c.quiet {
		return 0
	}
	return c.id
}

// isOwnOption says whether an option is the client's, and not one that is the same for all.
func isOwnOption(f types.Object) bool {
	o, ok := f.(*types.GetOption)
	return ok && o.Name != "version" && o.Name != "commit_hash" && !isProcessOption(o.Name)
}

func isGetAuthorizationState(f types.Object) bool {
	_, ok := f.(*types.GetAuthorizationState)
	return ok
}
