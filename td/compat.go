package td

import (
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"

	"github.com/gotd/td/tg"

	"tdjson/storage"
	"tdjson/types"
	"tdjson/types/compat"
)

// The variable makes all clients of a program speak an older td_api, such as "1.8.29", and the option one client. It is said
// before anything else or at any time later, and goes with the client, not with its database.
const (
	apiVersionVariable = "TDJSON_API_VERSION"
	apiVersionOption   = "x_api_version"
)

// older is what a client needs to speak an older td_api.
type older struct {
	conversation atomic.Pointer[compat.Conversation] // nil: today's
	regions      map[int64]string                    // of sessions: what today's td_api does not tell
}

// speak makes the client speak a version from the next request on; an empty one is today's.
func (c *Client) speak(version string) error {
	if version == "" {
		c.older.conversation.Store(nil)
		return nil
	}
	v, err := c.registry.versions.Find(version)
	if err != nil {
		return types.NewError(400, err.Error())
	}
	if v == nil {
		c.older.conversation.Store(nil)
	} else {
		c.older.conversation.Store(v.Talk(olderHost{c}))
	}
	return nil
}

// decode reads a request in the form that the client speaks.
func (c *Client) decode(text []byte) request {
	var call *compat.Call
	if old := c.older.conversation.Load(); old != nil {
		call = old.Request(text)
		text = call.Text
	}
	if call.Scripted() {
		return request{&types.GetAuthorizationState{}, call.Extra, call} // it waits for the same
	}
	req, fail := types.DecodeRequest(text)
	if fail != nil {
		req.Function = &types.TestReturnError{Error: fail}
	}
	return request{req.Function, req.Extra, call}
}

// asksVersion answers a request for another version: what the client is asked next is in that version already.
func (c *Client) asksVersion(r request) bool {
	f, ok := r.function.(*types.SetOption)
	if !ok || f.Name != apiVersionOption {
		return false
	}
	v := optionOf(f.Value)
	var err error
	if v.kind != optionString && v.kind != optionEmpty {
		err = types.NewError(400, `Option "`+apiVersionOption+`" must have string value`)
	} else {
		err = c.speak(v.str)
	}
	c.post(func() { c.versionChanged(r, v, err) })
	return true
}

func (c *Client) versionChanged(r request, v option, err error) {
	switch {
	case c.phase == phaseClosed:
		c.answer(r, types.NewError(500, "Request aborted"))
		return
	case !c.started:
		c.start()
	case err == nil:
		c.update(&types.UpdateOption{Name: "version", Value: &types.OptionValueString{Value: Version}})
	}
	if err != nil {
		c.answer(r, c.result(nil, err))
		return
	}
	c.options.put(c, apiVersionOption, v)
	c.answer(r, &types.Ok{})
}

// printed is an answer or an update in the form of an older version: JSON without the last brace.
type printed []byte

// TypeID is that of no object in particular.
func (printed) TypeID() types.TypeID { return 0 }

// appendOpen prints what goes to the program, without the last brace; false if it can't be.
func appendOpen(dst []byte, o types.Object) ([]byte, bool) {
	if p, ok := o.(printed); ok {
		return append(dst, p...), true
	}
	return types.AppendOpen(dst, o)
}

func printedOf(text []byte) printed { return text[:len(text)-1] }

// today is an object as today's td_api prints it.
func today(o types.Object) []byte {
	e := envelope{object: o}
	return e.append(nil)
}

// inForm is an answer in the form that its request was in.
func (r *request) inForm(answer types.Object) types.Object {
	if r.call == nil {
		return answer
	}
	return printedOf(r.call.Answer(today(answer)))
}

// inForm is an update in the form that the client speaks; nil if it has nothing to say in it.
func (o *older) inForm(u types.Object) types.Object {
	old := o.conversation.Load()
	if old == nil {
		return u
	}
	if text := old.Update(today(u)); text != nil {
		return printedOf(text)
	}
	return nil
}

// runScript answers a request that is more than one function of today.
func (c *Client) runScript(r request) {
	var answer types.Object
	defer func() { c.out.push(envelope{c.printedID(), answer, r.extra}) }()
	defer c.rescue(r.function, &answer)
	ask := func(text []byte) []byte { return today(c.ask(text)) }
	update := func(text []byte) {
		if text = r.call.Conversation().Update(text); text != nil {
			c.out.push(envelope{c.printedID(), printedOf(text), nil})
		}
	}
	answer = printedOf(r.call.Run(ask, update))
}

// ask answers a request of today that is part of another one.
func (c *Client) ask(text []byte) types.Object {
	req, fail := types.DecodeRequest(text)
	if fail != nil {
		return fail
	}
	if types.IsSync(req.Function) && !isOwnOption(req.Function) {
		return c.execute(c.ctx, req.Function)
	}
	if err := c.permit(req.Function); err != nil {
		return err
	}
	return c.call(req.Function)
}

// keepRegions keeps what only older versions tell of sessions.
func (c *Client) keepRegions(list *tg.AccountAuthorizations) {
	if c.older.conversation.Load() == nil {
		return
	}
	c.older.regions = map[int64]string{}
	for _, a := range list.Authorizations {
		c.older.regions[a.Hash] = a.Region
	}
}

// olderHost tells the rules what they need to know of the client.
type olderHost struct{ c *Client }

// Region answers where a session was last used.
func (h olderHost) Region(session int64) string { return h.c.older.regions[session] }

// Encrypted says whether a database has a key.
func (h olderHost) Encrypted(directory string, test bool) (sealed bool) {
	p := parameters{types.SetTdlibParameters{DatabaseDirectory: directory, UseTestDC: test}}
	h.c.await(func() {
		if _, err := os.Stat(p.directory()); err != nil {
			return
		}
		db, err := storage.Open(filepath.Join(p.directory(), p.databaseName()), storage.Options{})
		if sealed = errors.Is(err, storage.ErrWrongKey); err == nil {
			err = db.Close()
		}
		if err != nil && !sealed {
			h.c.log.Printf(2, "Can't find out whether the database has a key: %v", err)
		}
	})
	return sealed
}

// speakEverywhere makes all clients made from now on speak a version; an empty one is today's.
func (r *Registry) speakEverywhere(version string) {
	r.everywhere = nil
	if version == "" {
		return
	}
	v, err := r.versions.Find(version)
	if err != nil {
		r.log.Printf(1, "%s: %v", apiVersionVariable, err)
	}
	r.everywhere = v
}

// decode reads a request that needs no client.
func (r *Registry) decode(text []byte) (request, *types.Error) {
	var call *compat.Call
	if r.everywhere != nil {
		call = r.everywhere.Talk(nil).Request(text)
		text = call.Text
	}
	req, fail := types.DecodeRequest(text)
	return request{req.Function, req.Extra, call}, fail
}
