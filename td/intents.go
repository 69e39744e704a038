package td

import (
	"context"
	"encoding/binary"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/gotd/td/bin"
	"github.com/gotd/td/tg"
)

// intents are calls that change something on the server and have no answer yet. They are written down before they are sent
// and made again after a restart, so that none is lost when the program ends meanwhile, however it ends.
type intents struct {
	last uint64 // number of the newest
	left []intent
}

// intent is one such call. Its name in the database is its number, and its value the encoded call, which begins with the
// identifier of the method.
type intent struct {
	number uint64
	call   bin.Encoder
	kind   intentKind
}

// intentKind is a method whose calls are intents.
type intentKind struct {
	call  func() bin.Object
	chain string // calls of one chain are made one after the other; "" for none
}

// chainOfMe is the chain of what is said about the account's own settings, with TDLib's name for it.
const chainOfMe = "me"

// intentKinds are by the identifier of the method.
var intentKinds = map[uint32]intentKind{
	tg.AccountResetAuthorizationRequestTypeID:          {call: func() bin.Object { return &tg.AccountResetAuthorizationRequest{} }},
	tg.AuthResetAuthorizationsRequestTypeID:            {call: func() bin.Object { return &tg.AuthResetAuthorizationsRequest{} }},
	tg.AccountChangeAuthorizationSettingsRequestTypeID: {func() bin.Object { return &tg.AccountChangeAuthorizationSettingsRequest{} }, chainOfMe},
	tg.AccountSetAuthorizationTTLRequestTypeID:         {func() bin.Object { return &tg.AccountSetAuthorizationTTLRequest{} }, chainOfMe},
	tg.AccountResetWebAuthorizationRequestTypeID:       {call: func() bin.Object { return &tg.AccountResetWebAuthorizationRequest{} }},
	tg.AccountResetWebAuthorizationsRequestTypeID:      {call: func() bin.Object { return &tg.AccountResetWebAuthorizationsRequest{} }},
}

const intentPrefix = "intent."

func (in *intent) name() string { return fmt.Sprintf("%s%016x", intentPrefix, in.number) }

// open takes over what the last run has left.
func (n *intents) open(c *Client, l *loaded) {
	stored := l.prefixed(intentPrefix)
	for _, number := range slices.Sorted(maps.Keys(stored)) {
		in, err := readIntent(number, []byte(stored[number]))
		if err != nil {
			c.log.Printf(1, "Intent %s in the database can't be carried out: %v", number, err)
			c.store.delete(intentPrefix + number)
			continue
		}
		n.last = in.number
		n.left = append(n.left, in)
	}
}

func readIntent(number string, text []byte) (in intent, err error) {
	if in.number, err = strconv.ParseUint(number, 16, 64); err != nil {
		return in, err
	}
	if len(text) < 4 {
		return in, fmt.Errorf("it has %d bytes", len(text))
	}
	id := binary.LittleEndian.Uint32(text)
	kind, ok := intentKinds[id]
	if !ok {
		return in, fmt.Errorf("method %#x is not known", id)
	}
	call := kind.call()
	in.call, in.kind = call, kind
	return in, call.Decode(&bin.Buffer{Buf: text})
}

// resume carries out what the last run has left, unless the user is logging out.
func (n *intents) resume(c *Client) {
	if !c.auth.ready() {
		return
	}
	for _, in := range n.left {
		c.background(func(ctx context.Context) {
			if err := c.carryOut(ctx, in); err != nil {
				c.log.Printf(2, "What was asked before the restart has failed: %v", err)
			}
		})
	}
	n.left = nil
}

// intend makes a call whose method is in intentKinds so that it is not lost. What changes here with it is changed by local,
// which may be nil, and written in the same transaction.
func (c *Client) intend(ctx context.Context, call bin.Object, local func()) error {
	in, err := c.intents.add(c, call, local)
	if err != nil {
		return err
	}
	return c.carryOut(ctx, in)
}

// add writes an intent down. The turn is kept until it is on disk: what is asked for later must not be sent before it.
func (n *intents) add(c *Client, call bin.Object, local func()) (intent, error) {
	var b bin.Buffer
	if err := call.Encode(&b); err != nil {
		return intent{}, err
	}
	kind, ok := intentKinds[binary.LittleEndian.Uint32(b.Buf)]
	if !ok {
		return intent{}, fmt.Errorf("calls of %T are not kept", call)
	}
	n.last++
	in := intent{n.last, call, kind}
	written := c.store.together()
	if local != nil {
		local()
	}
	c.store.set(in.name(), string(b.Buf))
	written()
	c.store.flush()
	return in, nil
}

// carryOut makes the call and then forgets the intent, whatever the answer is, unless the client is closing.
func (c *Client) carryOut(ctx context.Context, in intent) error {
	err := c.inChain(in.kind.chain, func() error { return c.api.Invoke(ctx, in.call, whatever{}) })
	if ctx.Err() == nil {
		c.store.delete(in.name())
	}
	return err
}

// whatever takes an answer in which nothing is of interest: that it came is enough.
type whatever struct{}

func (whatever) Decode(*bin.Buffer) error { return nil }

// chains let calls be made one after the other: by name, what ends with the last call of each.
type chains map[string]chan struct{}

// inChain runs f when all that was put into the chain before is done. The chain "" is none.
func (c *Client) inChain(name string, f func() error) error {
	if name == "" {
		return f()
	}
	if c.chains == nil {
		c.chains = chains{}
	}
	before, done := c.chains[name], make(chan struct{})
	c.chains[name] = done
	defer func() {
		if c.chains[name] == done {
			delete(c.chains, name)
		}
		close(done)
	}()
	if before != nil {
		c.await(func() { <-before }) // which also ends when the client closes
	}
	return f()
}
