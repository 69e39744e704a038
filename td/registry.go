package td

import (
	"bytes"
	"context"
	"net"
	"os"
	"sync"
	"time"

	"github.com/gotd/td/tg"

	"tdjson/storage/langpack"
	"tdjson/td/mtproto"
	"tdjson/td/tdlog"
	"tdjson/types"
	"tdjson/types/compat"
)

// Registry holds the clients of a process: what TDLib's C interface reaches by number. Its methods may be called from any
// thread. A program has one; tests make their own.
type Registry struct {
	syncs
	outbox *outbox // of all clients made by CreateClientID

	// What follows reaches out of the process; tests put their own in place.
	dial    mtproto.DialFunc
	away    func(address string) error // see mtproto.Route
	servers func(test bool) (*servers, error)

	// What follows is nil but in tests.
	before  func(types.Object)            // called before every handler
	applied func(*Client, tg.UpdateClass) // called with every update of the server that counts

	versions   compat.Versions
	everywhere *compat.Version // that of all clients and of Execute; nil: today's

	primes mtproto.Primes // of all clients: it takes long to test one
	epoch  time.Time      // of all clients: see mtproto.Config

	releaser releaser

	mu      sync.RWMutex
	last    int32
	open    int               // clients
	clients map[int32]*Client // started and not yet closed
	legacy  map[int32]*outbox // of clients made by CreateJSONClient, which receive on their own
}

// NewRegistry makes a registry without clients, whose log goes to stderr at level 5 as TDLib's does.
func NewRegistry() *Registry {
	reach := mtproto.NewReach((&net.Dialer{KeepAlive: -1}).DialContext) // sessions notice dead connections by themselves
	r := &Registry{
		syncs:   syncs{log: tdlog.New(), languagePacks: &langpack.Databases{}, countries: &countryLists{}, memory: newMemoryLimit()},
		outbox:  newOutbox(),
		dial:    unsignalled(reach.Dial),
		away:    reach.Away,
		servers: func(test bool) (*servers, error) { return findServers(test, os.Getenv(testServerVariable)) },
		clients: map[int32]*Client{},
		legacy:  map[int32]*outbox{},
		epoch:   time.Now(),
	}
	r.speakEverywhere(os.Getenv(apiVersionVariable))
	return r
}

// Log is the process-wide log.
func (r *Registry) Log() *tdlog.Log { return r.log }

// CreateClientID gives out the next client number. The client starts with the first request sent to it.
func (r *Registry) CreateClientID() int32 {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.last++
	return r.last
}

// Send gives a request to a client and returns at once; request may be reused then. The answer comes out of Receive, also
// when the request is no JSON or the number is no client's.
func (r *Registry) Send(id int32, request []byte) {
	if c, answer := r.client(id); c != nil {
		c.send(bytes.Clone(request))
	} else {
		req, _ := types.DecodeRequest(bytes.Clone(request))
		r.outbox.push(envelope{id, answer, req.Extra})
	}
}

// client finds a client, or makes it when the number was given out and nothing was sent to it yet.
func (r *Registry) client(id int32) (*Client, *types.Error) {
	r.mu.RLock()
	c, known := r.clients[id]
	valid := 0 < id && id <= r.last && r.legacy[id] == nil
	r.mu.RUnlock()
	switch {
	case !valid:
		return nil, types.NewError(400, "Invalid TDLib instance specified")
	case c != nil:
		return c, nil
	case known:
		return nil, types.NewError(500, "Request aborted")
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	if c, known = r.clients[id]; !known {
		c = newClient(id, r, r.outbox, func() { r.closed(id) })
		r.clients[id] = c
		r.open++
	} else if c == nil {
		return nil, types.NewError(500, "Request aborted")
	}
	return c, nil
}

// closed lets go of a client; its number stays taken.
func (r *Registry) closed(id int32) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.forget(id)
}

// forget lets go of a client, with mu held.
func (r *Registry) forget(id int32) {
	if r.clients[id] != nil {
		r.clients[id] = nil
		r.open--
		r.releaser.closed(r.open == 0)
	}
}

// Receive appends the next answer or update of any client to dst. It waits no longer than the timeout, and then answers nil.
// Called by a second thread while one is waiting, it answers an error object.
func (r *Registry) Receive(dst []byte, timeout time.Duration) []byte {
	e, ok := r.outbox.receive(timeout)
	if !ok {
		return nil
	}
	return e.append(dst)
}

// Execute answers a request that needs no client, behind dst. It is never nil.
func (r *Registry) Execute(dst, request []byte) []byte {
	q, fail := r.decode(bytes.Clone(request))
	e := envelope{extra: q.extra}
	if fail != nil {
		e.object = q.inForm(fail)
	} else {
		e.object = q.inForm(r.execute(context.Background(), q.function))
	}
	return e.append(dst)
}

// CreateJSONClient makes and starts a client of the old interface, which has a queue of its own and prints no @client_id.
func (r *Registry) CreateJSONClient() int32 {
	r.mu.Lock()
	r.last++
	id, box := r.last, newOutbox()
	c := newClient(id, r, box, nil)
	c.quiet = true
	r.clients[id], r.legacy[id] = c, box
	r.open++
	r.mu.Unlock()
	c.post(c.start)
	return id
}

// SendJSON is Send for a client of the old interface.
func (r *Registry) SendJSON(id int32, request []byte) {
	r.mu.RLock()
	c := r.clients[id]
	old := r.legacy[id] != nil
	r.mu.RUnlock()
	if old && c != nil {
		c.send(bytes.Clone(request))
	}
}

// ReceiveJSON is Receive for a client of the old interface; nil also for a number that is none.
func (r *Registry) ReceiveJSON(id int32, dst []byte, timeout time.Duration) []byte {
	r.mu.RLock()
	box := r.legacy[id]
	r.mu.RUnlock()
	if box == nil {
		return nil
	}
	e, ok := box.receive(timeout)
	if !ok {
		return nil
	}
	return e.append(dst)
}

// DestroyJSONClient closes a client of the old interface and waits until it is closed. What it would still have said is lost.
func (r *Registry) DestroyJSONClient(id int32) {
	r.mu.RLock()
	c := r.clients[id]
	old := r.legacy[id] != nil
	r.mu.RUnlock()
	if !old {
		return
	}
	c.turn.post(task{request: request{function: &types.Close{}}})
	<-c.done
	r.mu.Lock()
	defer r.mu.Unlock()
	r.forget(id)
	delete(r.legacy, id)
}
