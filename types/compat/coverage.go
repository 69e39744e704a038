package compat

import (
	"bytes"
	"maps"
	"slices"
	"strings"
)

// Count is how many functions or objects are served whole, in part, or not at all.
type Count struct{ Whole, Part, None int }

// Coverage says how much of an older version works.
type Coverage struct {
	Version            string
	Functions, Objects Count
	There              int // how many of its functions are there today, under whichever name
	Short              map[string][]string
}

// Measure finds out how much of an older version works. Nothing is taken on trust: every function of it is asked for with every
// field, and every object of today is told with every field; what comes through at the other end is counted. Short names what
// does not come through, of functions and objects that are served in part; nothing stands for all of it.
//
// A function is whole if all its fields come through and its answer can be told; an object is, if all its fields come through on
// the ways it goes.
func Measure(version string) (*Coverage, error) {
	v, err := new(Versions).Find(version)
	if err != nil {
		return nil, err
	}
	m := &measure{Version: v, told: map[string]map[string]bool{}, parents: map[string][]parent{}}
	m.reach()
	m.tellAll()
	return m.count(), nil
}

// everything is a host that knows everything.
type everything struct{}

func (everything) Encrypted(string, bool) bool { return true }
func (everything) Region(int64) string         { return "region" }

// measure collects what comes through.
type measure struct {
	*Version
	told    map[string]map[string]bool // of objects in answers and updates: the fields that were there
	parents map[string][]parent        // where an object may stand in a request
	inputs  map[string]bool            // objects that stand in requests
	outputs map[string]bool            // objects that stand in answers and updates
}

type parent struct{ typ, field string }

// reach finds which objects go which way.
func (m *measure) reach() {
	m.inputs, m.outputs = map[string]bool{}, map[string]bool{}
	for _, name := range slices.Sorted(maps.Keys(m.schema.defs)) {
		if d := m.schema.defs[name]; d.function {
			m.follow(d, m.inputs, true)
			for _, t := range m.schema.classes[d.class] {
				m.outputs[t] = true
				m.follow(m.schema.defs[t], m.outputs, false)
			}
		}
	}
	for _, t := range m.schema.classes["Update"] {
		m.outputs[t] = true
		m.follow(m.schema.defs[t], m.outputs, false)
	}
}

func (m *measure) follow(d *def, seen map[string]bool, input bool) {
	for i := range d.fields {
		for _, t := range m.schema.members(d.fields[i].typ) {
			if input {
				m.parents[t] = append(m.parents[t], parent{d.name, d.fields[i].name})
			}
			if !seen[t] {
				seen[t] = true
				m.follow(m.schema.defs[t], seen, input)
			}
		}
	}
}

// members are the constructors that a field may hold.
func (s *schema) members(t fieldType) []string {
	switch t.kind {
	case kindObject:
		if s.defs[t.ref] != nil {
			return []string{t.ref}
		}
	case kindClass:
		return s.classes[t.ref]
	}
	return nil
}

// builder makes objects with all their fields.
type builder struct {
	*schema
	variant int  // which constructor of a class is taken
	shift   int  // added to it in objects inside of objects
	zero    bool // scalars have their default values
}

const builtDepth, shifts = 3, 6

func (b builder) object(typ string, depth int) *object {
	o := &object{typ: typ}
	d := b.defs[typ]
	if d == nil {
		return o
	}
	for i := range d.fields {
		if v := b.value(d.fields[i].typ, depth); v != nil {
			o.set(d.fields[i].name, v)
		}
	}
	return o
}

// value makes a value that is not the default one. Numbers are great enough to be identifiers of messages.
func (b builder) value(t fieldType, depth int) value {
	if t.vector > 0 {
		t.vector--
		if v := b.value(t, depth); v != nil {
			return list{v}
		}
		return list{}
	}
	if b.zero && t.kind < kindObject {
		return scalar(nil, t.kind)
	}
	switch t.kind {
	case kindBool:
		return true
	case kindInt32, kindInt53:
		return number("7340039")
	case kindInt64:
		return "7340039"
	case kindDouble:
		return number("7.000000")
	case kindString:
		return "7340039"
	case kindBytes:
		return "NzM0MDAzOQ=="
	}
	members := b.members(t)
	if depth == 0 || len(members) == 0 {
		return nil
	}
	b.variant += b.shift
	return b.object(members[(b.variant-b.shift)%len(members)], depth-1)
}

// variants is how many objects of a type there are to make.
func (s *schema) variants(d *def) int {
	n := 1
	for i := range d.fields {
		n = max(n, len(s.members(d.fields[i].typ)))
	}
	return n
}

// samples are objects that come through in a special case only.
func samples() []*object {
	all := []*object{
		newObject("internalLinkTypeProxy"), newObject("message"), newObject("message", "is_outgoing", true),
		newObject("updateChatPosition", "position", newObject("chatPosition", "list", newObject("chatListMain"), "order", "7", "is_pinned", true)),
	}
	settings := func(section, subsection string) {
		all = append(all, newObject("internalLinkTypeSettings", "section", newObject("settingsSection"+section, "subsection", subsection)))
	}
	settings("Devices", "")
	settings("ChatFolders", "")
	settings("EditProfile", "change-number")
	for _, s := range []string{"auto-delete", "login-email", "2sv", "phone-number"} {
		settings("PrivacyAndSecurity", s)
	}
	return all
}

// tell tells one object.
func (m *measure) tell(o *object) {
	c := m.Talk(everything{})
	if o.typ == "authorizationStateWaitTdlibParameters" {
		c.pending, c.sealed = o, true
	}
	k := Call{conversation: c}
	if o, _ = k.lower(o, len(rules().steps), c.first).(*object); o != nil {
		m.note(shaper{schema: m.schema}.object(o))
	}
}

// tellAll tells all objects of today, and finds which come through.
func (m *measure) tellAll() {
	for _, o := range samples() {
		m.tell(o)
	}
	for _, name := range slices.Sorted(maps.Keys(todays().defs)) {
		d := todays().defs[name]
		if d.function {
			continue
		}
		for variant := range todays().variants(d) {
			for shift := range shifts {
				m.tell(builder{todays(), variant, shift, shift == shifts-1}.object(name, builtDepth))
			}
		}
	}
}

// note notes which objects with which fields are there.
func (m *measure) note(v value) {
	switch v := v.(type) {
	case list:
		for _, e := range v {
			m.note(e)
		}
	case *object:
		if v == nil {
			return
		}
		if m.told[v.typ] == nil {
			m.told[v.typ] = map[string]bool{}
		}
		for _, f := range v.fields {
			if !isDefault(f.value) {
				m.told[v.typ][f.name] = true
			}
			m.note(f.value)
		}
	}
}

func isDefault(v value) bool {
	switch v := v.(type) {
	case bool:
		return !v
	case number:
		return strings.Trim(string(v), "0.") == ""
	case string:
		return v == "" || v == "0"
	case list:
		return len(v) == 0
	}
	return v == nil
}

// ask gives a request of the old form to the rules and answers with what would be asked for today, and whether the answer can be
// told. Nil: nothing would be.
func (m *measure) ask(request *object, variant int) (asked []byte, answered bool) {
	c := m.Talk(everything{})
	k := &Call{conversation: c, name: request.typ}
	o, _ := copied(request).(*object)
	var answer *object
	states := 0
	fake := func(request []byte) []byte {
		r := parseAnswer(request)
		asked = append(asked, m.today(r)...)
		if r.typ == "getAuthorizationState" {
			states++
			return printer{}.object(nil, newObject(loginStates(k.name, states)))
		}
		return printer{}.object(nil, m.todaysAnswer(r.typ, variant))
	}
	if o.typ == "checkDatabaseEncryptionKey" {
		c.pending = newObject("setTdlibParameters")
	}
	if k.raise(o, c.first) {
		answer = k.shape(k.run(fake, func([]byte) {}, c.first))
		if c.pending != nil { // the second half of it
			k := &Call{conversation: c, name: "checkDatabaseEncryptionKey"}
			k.raise(newObject(k.name), c.first)
			k.run(fake, nil, c.first)
		}
	} else {
		asked = m.today(o)
		if asked == nil {
			return nil, false
		}
		answer = k.shape(k.lower(m.todaysAnswer(o.typ, variant), len(rules().steps), c.first))
	}
	m.note(answer)
	return asked, answer.typ != "error" || k.name == "testReturnError"
}

// loginStates is how far a login is that a script asks for: a code makes it go on.
func loginStates(function string, asked int) string {
	switch {
	case !strings.HasSuffix(function, "Code"):
		return "authorizationStateWaitTdlibParameters"
	case asked > 1:
		return "authorizationStateWaitRegistration"
	}
	return "authorizationStateWaitCode"
}

// today is a request as the decoder understands it.
func (m *measure) today(o *object) []byte {
	if o = (shaper{todays(), true}).object(o); o == nil {
		return nil
	}
	return printer{}.object(nil, o)
}

func (m *measure) todaysAnswer(function string, variant int) *object {
	d := todays().defs[function]
	if d == nil {
		return newObject("error")
	}
	members := todays().classes[d.class]
	return builder{todays(), variant, 0, false}.object(members[variant%len(members)], builtDepth)
}

// function finds what is lost of a function: nil for nothing, and false if it is not there.
func (m *measure) function(d *def) (lost []string, there bool) {
	answered := false
	for variant := range 4 {
		asked, ok := m.ask(builder{m.schema, variant, 0, false}.object(d.name, builtDepth), variant)
		there = there || asked != nil
		answered = answered || ok
	}
	if !there {
		return nil, false
	}
	if !answered {
		lost = append(lost, "(answer)")
	}
	for i := range d.fields {
		f := &d.fields[i]
		if !m.arrives(d.name, f.name, func(o *object) *object { return o }) {
			lost = append(lost, f.name)
		}
	}
	return lost, true
}

// arrives says whether it makes a difference to the request whether an object has a field.
func (m *measure) arrives(typ, field string, request func(*object) *object) bool {
	n := min(m.schema.variants(m.schema.defs[typ]), 40)
	for variant := range n {
		full := builder{m.schema, variant, 0, false}.object(typ, builtDepth)
		value := full.get(field)
		if value == nil {
			continue
		}
		less, _ := copied(full).(*object)
		less.take(field)
		alone := newObject(typ, field, value)
		if m.differ(request(full), request(less)) || m.differ(request(alone), request(&object{typ: typ})) {
			return true
		}
	}
	return false
}

func (m *measure) differ(a, b *object) bool {
	x, _ := m.ask(a, 0)
	y, _ := m.ask(b, 0)
	return !bytes.Equal(x, y)
}

// input finds what is lost of an object in requests; false if it does not come through at all.
func (m *measure) input(d *def) (lost []string, there bool) {
	paths := m.paths(d.name, 6, map[string]bool{})
	for _, path := range paths {
		if m.differ(path(&object{typ: d.name}), path(nil)) || m.differ(path(builder{m.schema, 0, 0, false}.object(d.name, 1)), path(nil)) {
			there = true
			break
		}
	}
	if !there {
		return nil, false
	}
	for i := range d.fields {
		f := &d.fields[i]
		if !slices.ContainsFunc(paths, func(path func(*object) *object) bool { return m.arrives(d.name, f.name, path) }) {
			lost = append(lost, f.name)
		}
	}
	return lost, true
}

// paths are ways to put an object into a request.
func (m *measure) paths(typ string, depth int, seen map[string]bool) []func(*object) *object {
	const enough = 6
	var found []func(*object) *object
	if depth < 0 || seen[typ] {
		return nil
	}
	seen[typ] = true
	defer delete(seen, typ)
	links := slices.Clone(m.parents[typ])
	slices.SortStableFunc(links, func(a, b parent) int { return m.distance(a) - m.distance(b) })
	for _, p := range links {
		d := m.schema.defs[p.typ]
		put := func(o *object) *object {
			outer := builder{m.schema, 0, 0, false}.object(p.typ, 1)
			outer.take(p.field)
			if o != nil {
				var v value = o
				for range d.field(p.field).typ.vector {
					v = list{v}
				}
				outer.set(p.field, v)
			}
			return outer
		}
		if d.function {
			found = append(found, put)
		} else {
			for _, further := range m.paths(p.typ, depth-1, seen) {
				found = append(found, func(o *object) *object { return further(put(o)) })
			}
		}
		if len(found) >= enough {
			break
		}
	}
	return found
}

// distance prefers functions, and those that are there today.
func (m *measure) distance(p parent) int {
	d := m.schema.defs[p.typ]
	switch {
	case d.function && todays().defs[p.typ] != nil:
		return 0
	case d.function:
		return 1
	}
	return 2
}

func (m *measure) count() *Coverage {
	c := &Coverage{Version: m.name, Short: map[string][]string{}}
	for _, name := range slices.Sorted(maps.Keys(m.schema.defs)) {
		d := m.schema.defs[name]
		if !d.function {
			continue
		}
		lost, there := m.function(d)
		if there {
			c.There++
		}
		c.Functions.add(c, name, lost, there)
	}
	for _, name := range slices.Sorted(maps.Keys(m.schema.defs)) {
		d := m.schema.defs[name]
		if d.function {
			continue
		}
		lost, there := m.object(d)
		c.Objects.add(c, name, lost, there)
	}
	return c
}

// object finds what is lost of an object on the ways it goes.
func (m *measure) object(d *def) (lost []string, there bool) {
	there = true
	output := m.outputs[d.name] && !strings.HasPrefix(d.name, "input") // drafts hold contents of messages, but few of them
	if output {
		told := m.told[d.name]
		there = told != nil
		for i := range d.fields {
			if !told[d.fields[i].name] {
				lost = append(lost, d.fields[i].name)
			}
		}
	}
	if m.inputs[d.name] {
		l, ok := m.input(d)
		for _, f := range l {
			if !slices.Contains(lost, f) {
				lost = append(lost, f)
			}
		}
		switch {
		case !ok && !output:
			there = false
		case !ok && there:
			lost = append(lost, "(in requests)")
		case ok && !there:
			lost, there = []string{"(in answers)"}, true
		}
	}
	return lost, there
}

func (n *Count) add(c *Coverage, name string, lost []string, there bool) {
	switch {
	case !there:
		n.None++
		c.Short[name] = nil
	case len(lost) > 0:
		n.Part++
		c.Short[name] = lost
	default:
		n.Whole++
	}
}
