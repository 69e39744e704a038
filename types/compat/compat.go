// Package compat lets a client speak an older td_api: it turns requests in the form of an older version into today's, and
// answers and updates into the older form.
//
// What was in which version stands in a generated table; what became of it stands in rules, by the version in which it
// changed (rules_*.go). A request goes through the rules of all later versions in their order, an answer back through them;
// then it gets the fields of the older version in their order, with their defaults. So what was only added or removed needs no
// rule.
package compat

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"tdjson/types"
)

// First is the name of the form of td_api that was published in 2017, before the first version had a number.
const First = "2017"

// typeKey is how First names @type.
const typeKey = "_"

// Versions holds the versions that are in use, so that clients share them. The zero value is ready.
type Versions struct {
	mu    sync.Mutex
	known map[string]*Version
}

// Find finds a version by its name, such as "1.8.29". It is nil for today's, which needs no translation.
func (v *Versions) Find(name string) (*Version, error) {
	at, err := place(name)
	if err != nil || at == today() {
		return nil, err
	}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.known == nil {
		v.known = map[string]*Version{}
	}
	if v.known[name] == nil {
		v.known[name] = &Version{name: name, at: at, schema: schemaAt(at), first: rules().first(at)}
	}
	return v.known[name], nil
}

// Known are the names of all versions that are known, oldest first; the last is today's.
func Known() []string { return slices.Clone(versions()) }

// Version is an older version of td_api. It never changes.
type Version struct {
	name   string
	at     int
	schema *schema
	first  int // the first step to today's
}

// Name is how the version was asked for.
func (v *Version) Name() string { return v.name }

// Conversation is what one client says and hears in an older version. Request may be called at any time; everything else is
// called by one thread at a time.
type Conversation struct {
	*Version
	host      Host
	typeKey   atomic.Bool  // the program writes "_" for "@type"
	forums    sync.Map     // the chats that are forums, which decides what a message thread is
	me        atomic.Int64 // the user
	reactions atomic.Value // list: the emoji that are reactions
	themes    atomic.Value // list: the themes that chats can have
	pending   *object      // the parameters that wait for the key of the database
	sealed    bool         // the database that they name has a key
}

// supergroupChats is what the identifier of a supergroup is taken from to get that of its chat.
const supergroupChats = -1000000000000

func (c *Conversation) isForum(chat int64) bool {
	_, ok := c.forums.Load(chat)
	return ok
}

// learn remembers of what the program is told what is needed to understand it, and lets the option version say the older one.
func (c *Conversation) learn(o *object) *object {
	each(o, func(o *object) {
		switch {
		case o.typ == "updateOption" && o.object("value") != nil:
			switch o.str("name") {
			case "my_id":
				c.me.Store(o.object("value").integer("value"))
			case "version":
				o.object("value").set("value", c.name)
			}
		case o.typ == "updateActiveEmojiReactions":
			c.reactions.Store(o.list("emojis"))
		case o.typ == "updateEmojiChatThemes":
			themes, _ := copied(o.list("chat_themes")).(list)
			c.themes.Store(themes)
		case o.typ == "supergroup":
			if chat := supergroupChats - o.integer("id"); o.truth("is_forum") {
				c.forums.Store(chat, true)
			} else {
				c.forums.Delete(chat)
			}
		}
	})
	return o
}

// Host is what rules need to know of the client.
type Host interface {
	// Encrypted says whether the database in a directory has a key.
	Encrypted(directory string, test bool) bool
	// Region is where a session was last used, more exactly than its country; "" if that is not known.
	Region(session int64) string
}

// Talk begins a conversation.
func (v *Version) Talk(host Host) *Conversation {
	return &Conversation{Version: v, host: host}
}

// Call is a request on its way to its answer.
type Call struct {
	// Text is the request as it would be written today; what can't be read stays as it is.
	Text []byte
	// Extra is what the answer of a scripted call must carry back: the request's @extra as JSON.
	Extra []byte

	conversation *Conversation
	name         string // of the function in the old form
	results      []resultOp
	option       bool // it asks for the option version

	scripted *object // the request before the step from which on it is a script
	at       int
}

type resultOp struct {
	step int
	f    func(s *scope, answer value) value
}

// Scripted says whether the call has no single function of today: it is answered by Run. No call is not.
func (k *Call) Scripted() bool { return k != nil && k.scripted != nil }

// Conversation is the one that the call belongs to.
func (k *Call) Conversation() *Conversation { return k.conversation }

// Request translates a request.
func (c *Conversation) Request(text []byte) *Call {
	k := &Call{Text: text, conversation: c}
	v, err := types.ParseValue(text)
	if err != nil || v.Kind() != types.ValueObject {
		return k
	}
	key := ""
	if c.at == 0 {
		key = typeKey
	}
	o := parseObject(v, key)
	if key != "" && !hasMember(v, "@type") && o.typ != "" {
		c.typeKey.Store(true)
	}
	extra, given := o.get("@extra").(raw)
	if !given && hasMember(v, "@extra") {
		return k // it can't be printed again, which the decoder says best
	}
	k.Extra = extra
	c.schema.annotate(o)
	k.name = o.typ
	k.option = o.typ == "getOption" && o.str("name") == "version"
	if !k.raise(o, c.first) {
		k.Text = printer{bytes: true}.object(nil, o)
	}
	return k
}

func hasMember(v types.Value, name string) bool {
	for key := range v.Members() {
		if key == name {
			return true
		}
	}
	return false
}

// raise takes the request to the form of today; true if it came to a script.
func (k *Call) raise(o *object, from int) bool {
	sc := &scope{conversation: k.conversation}
	for at := rules().next(o, from); at >= 0; at = rules().next(o, at+1) {
		s := &rules().steps[at]
		for _, i := range s.up[o.typ] {
			op := &s.ops[i]
			if op.script != nil && (op.when == nil || op.when(sc, o)) {
				k.scripted, k.at = o, at
				return true
			}
			if op.result != nil {
				k.results = append(k.results, resultOp{at, op.result})
			}
		}
		each(o, func(o *object) { s.raise(sc, o) })
	}
	return false
}

// Answer translates today's answer to the call. It has no @extra.
func (k *Call) Answer(today []byte) []byte {
	c := k.conversation
	o := c.learn(parseAnswer(today))
	if k.option && o.typ == "optionValueString" {
		o.set("value", c.name)
	}
	return c.print(k.shape(k.lower(o, len(rules().steps), c.first)))
}

func parseAnswer(text []byte) *object {
	v, err := types.ParseValue(text)
	if err != nil || v.Kind() != types.ValueObject {
		return &object{}
	}
	return parseObject(v, "")
}

// lower takes an answer back through the steps before one, down to another.
func (k *Call) lower(v value, from, to int) value {
	sc := &scope{conversation: k.conversation}
	for at := k.previous(v, from); at >= to; at = k.previous(v, at) {
		s := &rules().steps[at]
		each(v, func(o *object) { s.lower(sc, o) })
		for _, r := range k.results {
			if r.step == at {
				v = r.f(sc, v)
			}
		}
	}
	return v
}

// previous is the step before the given one that has to do with the answer.
func (k *Call) previous(v value, before int) int {
	at := rules().previous(v, before)
	for _, r := range k.results {
		if r.step < before {
			at = max(at, r.step)
		}
	}
	return at
}

// shape gives an answer the form of the old version.
func (k *Call) shape(v value) *object {
	c := k.conversation
	o, _ := v.(*object)
	if o == nil || o.typ == "" {
		return unsayable("The answer", c.name)
	}
	d := c.schema.defs[k.name]
	if o.typ == "error" || d == nil || !d.function {
		return c.anything(o)
	}
	if d.class == "Ok" && o.typ != "ok" {
		return newObject("ok")
	}
	s := shaper{schema: c.schema}
	if shaped, _ := s.member(o, d.class, c.schema.classes[d.class]).(*object); shaped != nil {
		return shaped
	}
	if c.passes(o.typ) {
		return o
	}
	return unsayable(o.typ, c.name)
}

func unsayable(what, version string) *object {
	return newObject("error", "code", number("500"), "message", fmt.Sprintf("%s has no form in version %s of td_api", what, version))
}

// anything shapes an object that may be of any class. What is not of td_api at all stays as it is.
func (c *Conversation) anything(o *object) *object {
	if shaped := (shaper{schema: c.schema}).object(o); shaped != nil {
		return shaped
	}
	if c.passes(o.typ) {
		return o
	}
	return unsayable(o.typ, c.name)
}

// wasThere says whether any version, today's too, had the type.
func wasThere(typ string) bool { return everNames()[typ] }

var everNames = sync.OnceValue(func() map[string]bool {
	names := map[string]bool{}
	for i := range records() {
		names[records()[i].name] = true
	}
	return names
})

// Update translates an update of today; it is nil if the older version has nothing to say of it.
func (c *Conversation) Update(today []byte) []byte {
	k := Call{conversation: c}
	o, _ := k.lower(c.learn(parseAnswer(today)), len(rules().steps), c.first).(*object)
	if o == nil {
		return nil
	}
	if shaped, _ := (shaper{schema: c.schema}).member(o, "Update", c.schema.classes["Update"]).(*object); shaped != nil {
		return c.print(shaped)
	}
	if o.typ != "" && c.passes(o.typ) {
		return c.print(o)
	}
	return nil
}

// passes says whether the program is told something that its version did not know: what is not of td_api at all; and how a client
// is started, for which the first version had no form.
func (c *Conversation) passes(typ string) bool {
	return c.at == 0 && strings.Contains(typ, "uthorizationState") || !wasThere(typ)
}

func (c *Conversation) print(o *object) []byte {
	p := printer{}
	if c.typeKey.Load() {
		p.typeKey = typeKey
	}
	return p.object(nil, o)
}

// Run answers a scripted call. Ask gives a request of today to the client and returns its answer; update gives the program an
// update in today's form, which goes through Update.
func (k *Call) Run(ask func(request []byte) []byte, update func(today []byte)) []byte {
	return k.conversation.print(k.shape(k.run(ask, update, k.conversation.first)))
}

// run answers in the form before a step.
func (k *Call) run(ask func(request []byte) []byte, update func(today []byte), to int) value {
	c := k.conversation
	sc := &scope{conversation: c}
	sc.ask = func(request *object) value {
		inner := &Call{conversation: c}
		request, _ = copied(request).(*object)
		if inner.raise(request, k.at+1) {
			return inner.run(ask, update, k.at+1)
		}
		return inner.lower(parseAnswer(ask(printer{bytes: true}.object(nil, request))), len(rules().steps), k.at+1)
	}
	sc.update = func(o *object) { update(printer{}.object(nil, o)) }
	s := &rules().steps[k.at]
	for _, i := range s.up[k.scripted.typ] {
		if op := &s.ops[i]; op.script != nil && (op.when == nil || op.when(sc, k.scripted)) {
			return k.lower(op.script(sc, k.scripted), k.at+1, to)
		}
	}
	return unsayable(k.scripted.typ, c.name)
}

// failed is an error that a script found.
func failed(code int, text string) *object {
	return newObject("error", "code", num(int64(code)), "message", strings.TrimSpace(text))
}
