package compat

import (
	"slices"
	"strings"
	"sync"
)

// change is what changed with a version: the form before it is the old one, from it on the new one.
type change struct {
	version string
	ops     []op
}

// op tells what became of one constructor or function. Requests go through the ops of all later versions in their order,
// answers and updates back through them. Objects inside of an object come before it.
//
// In a change, new names of types stand first (rename), so that all that follows uses the new names.
type op struct {
	old, new string // the type's name before and after; empty: there is nothing to do on that way
	up       func(s *scope, o *object)
	down     func(s *scope, o *object)

	// script answers a function that is not one function any more, if when says so or is nil; see Call.Run.
	script func(s *scope, o *object) value
	when   func(s *scope, o *object) bool
	// result turns the answer of the function into the old form; nothing else does for an answer of another class.
	result func(s *scope, answer value) value
}

// scope is what an op knows beside the object.
type scope struct {
	conversation *Conversation
	ask          func(request *object) value // in scripts: a function in the new form, and its answer
	update       func(update *object)        // in scripts: tells the program of something, in the new form
}

// changes are all rules, in the order of the versions.
func changes() []change {
	return slices.Concat(changes2017(), changes10(), changes17(), changes181(), changes1815(), changes1830(), changes1848(), changes1861())
}

// step is a change that was made ready.
type step struct {
	at       int // the version's place
	ops      []op
	up, down map[string][]int // the ops of a type, in order
}

// ruleSet is all steps, and for each type's name those that know it.
type ruleSet struct {
	steps    []step
	up, down map[string][]int
}

// rules are the changes made ready. A change of a version that is not known would be a mistake, and is left out; a test looks
// for it.
var rules = sync.OnceValue(func() *ruleSet {
	r := &ruleSet{up: map[string][]int{}, down: map[string][]int{}}
	for _, c := range changes() {
		at := slices.Index(versions(), c.version)
		if at < 0 {
			continue
		}
		s := step{at: at, ops: expand(c.ops, at), up: map[string][]int{}, down: map[string][]int{}}
		for i, o := range s.ops {
			if o.old != "" {
				s.up[o.old] = append(s.up[o.old], i)
			}
			if o.new != "" {
				s.down[o.new] = append(s.down[o.new], i)
			}
		}
		for name := range s.up {
			r.up[name] = append(r.up[name], len(r.steps))
		}
		for name := range s.down {
			r.down[name] = append(r.down[name], len(r.steps))
		}
		r.steps = append(r.steps, s)
	}
	return r
})

// expand replaces the renames of many types at once by one for each.
func expand(ops []op, at int) []op {
	var all []op
	for _, o := range ops {
		prefix, many := strings.CutSuffix(o.old, "*")
		if !many {
			all = append(all, o)
			continue
		}
		for i := range records() {
			r := &records()[i]
			if rest, ok := strings.CutPrefix(r.name, prefix); ok && r.to == at {
				all = append(all, rename(r.name, strings.TrimSuffix(o.new, "*")+rest)...)
			}
		}
	}
	return all
}

// join puts ops together.
func join(ops ...[]op) []op { return slices.Concat(ops...) }

// rename is for a type that has another name now. With a * at the end of both names it is for all types that begin so and were
// there last before the version.
func rename(old, new string) []op {
	return []op{{old: old, new: new, up: func(_ *scope, o *object) { o.typ = new }, down: func(_ *scope, o *object) { o.typ = old }}}
}

// both is for what has to be done by hand in a type that keeps its name.
func both(typ string, up, down func(s *scope, o *object)) []op {
	return []op{{old: typ, new: typ, up: up, down: down}}
}

// up is for what has to be done in requests only; a function may change its name by it.
func up(typ string, f func(s *scope, o *object)) []op { return []op{{old: typ, up: f}} }

// down is for what has to be done in answers and updates only; an object may change its name by it.
func down(typ string, f func(s *scope, o *object)) []op { return []op{{new: typ, down: f}} }

// field is for fields that have other names now: old and new names in turn.
func field(typ string, names ...string) []op {
	return both(typ, func(_ *scope, o *object) {
		for i := 0; i < len(names); i += 2 {
			renameField(o, names[i], names[i+1])
		}
	}, func(_ *scope, o *object) {
		for i := 0; i < len(names); i += 2 {
			renameField(o, names[i+1], names[i])
		}
	})
}

func renameField(o *object, old, new string) {
	if v := o.take(old); v != nil && o.get(new) == nil {
		o.set(new, v)
	}
}

// fields is field for many types, whose names stand in one string.
func fields(types string, names ...string) []op {
	var ops []op
	for t := range strings.FieldsSeq(types) {
		ops = append(ops, field(t, names...)...)
	}
	return ops
}

// wrap is for fields that moved into an object. The moved ones stand in one string, as old:new where the name changed.
func wrap(typ, outer, class, moved string) []op {
	return both(typ, func(_ *scope, o *object) { gather(o, outer, class, moved) }, func(_ *scope, o *object) { scatter(o, outer, moved) })
}

func pairs(moved string) func(yield func(outside, inside string) bool) {
	return func(yield func(string, string) bool) {
		for m := range strings.FieldsSeq(moved) {
			outside, inside, renamed := strings.Cut(m, ":")
			if !renamed {
				inside = outside
			}
			if !yield(outside, inside) {
				return
			}
		}
	}
}

// gather moves fields of an object into one inside of it. An object of another form that is there already stays.
func gather(o *object, outer, class, moved string) {
	inside := &object{typ: class}
	for from, to := range pairs(moved) {
		if from == outer && o.is(outer, class) {
			return
		}
		if v := o.take(from); v != nil {
			inside.set(to, v)
		}
	}
	if len(inside.fields) > 0 {
		o.take(outer)
		o.set(outer, inside)
	}
}

// scatter moves the fields of an object inside of an object out of it.
func scatter(o *object, outer, moved string) {
	inside := o.object(outer)
	if inside == nil {
		return
	}
	o.take(outer)
	for to, from := range pairs(moved) {
		if v := inside.get(from); v != nil {
			o.take(to)
			o.set(to, v)
		}
	}
}

// sender is for fields that held a user's identifier and hold a MessageSender now: old and new names in turn.
func sender(typ string, names ...string) []op {
	return both(typ, func(_ *scope, o *object) {
		for i := 0; i < len(names); i += 2 {
			if v := o.take(names[i]); integer(v) != 0 {
				o.set(names[i+1], newObject("messageSenderUser", "user_id", v))
			}
		}
	}, func(_ *scope, o *object) {
		for i := 0; i < len(names); i += 2 {
			if s, _ := o.take(names[i+1]).(*object); s != nil && s.typ == "messageSenderUser" {
				o.set(names[i], s.get("user_id"))
			}
		}
	})
}

// preset is for a new field that must not have its default value when an older request does not name it.
func preset(typ, name string, v func(*scope) value) []op {
	return up(typ, func(s *scope, o *object) {
		if o.get(name) == nil {
			o.set(name, v(s))
		}
	})
}

// flags is for booleans of which one at most is true and that became an object of a class: names of fields and types in turn.
// The last type, if it has no field, is for none.
func flags(typ, outer string, names ...string) []op {
	none := ""
	if len(names)%2 == 1 {
		none = names[len(names)-1]
		names = names[:len(names)-1]
	}
	return both(typ, func(_ *scope, o *object) {
		class := none
		for i := len(names) - 2; i >= 0; i -= 2 {
			if truth(o.take(names[i])) {
				class = names[i+1]
			}
		}
		if class != "" && o.get(outer) == nil {
			o.set(outer, newObject(class))
		}
	}, func(_ *scope, o *object) {
		v := o.object(outer)
		for i := 0; i < len(names); i += 2 {
			if v != nil && v.typ == names[i+1] {
				o.set(names[i], true)
			}
		}
		if o.get(outer) != nil {
			o.take(outer)
		}
	})
}

// box is for a field that became an object of a class which has it in a field of its own.
func box(typ, old, new, class, inside string) []op {
	return both(typ, func(_ *scope, o *object) {
		if _, boxed := o.get(new).(*object); boxed {
			return
		}
		if v := o.take(old); v != nil {
			o.set(new, newObject(class, inside, v))
		}
	}, func(_ *scope, o *object) {
		if b, _ := o.take(new).(*object); b != nil && b.typ == class {
			o.set(old, b.get(inside))
		}
	})
}

// boxes is box for many types, whose names stand in one string.
func boxes(types, old, new, class, inside string) []op {
	var ops []op
	for t := range strings.FieldsSeq(types) {
		ops = append(ops, box(t, old, new, class, inside)...)
	}
	return ops
}

// drop lets an object be none.
func drop(_ *scope, o *object) { o.become(nil) }

// become makes an object what another one is.
func (o *object) become(other *object) {
	if other == nil {
		other = &object{}
	}
	*o = *other
}

// inner is for an object of which the older version has only what is in a field of it.
func inner(typ, field string) []op {
	return down(typ, func(_ *scope, o *object) { o.become(o.object(field)) })
}

// result is for a function whose answer is of another class now.
func result(function string, f func(s *scope, answer *object) value) []op {
	return []op{{old: function, result: func(s *scope, answer value) value {
		if o, ok := answer.(*object); ok && o != nil && o.typ != "error" {
			return f(s, o)
		}
		return answer
	}}}
}

// script is for a function that is not one function any more. Its scope can ask for functions in the new form.
func script(function string, f func(s *scope, o *object) value) []op {
	return []op{{old: function, script: f}}
}

// scriptIf is script for a function that is one in some cases only.
func scriptIf(function string, when func(s *scope, o *object) bool, f func(s *scope, o *object) value) []op {
	return []op{{old: function, script: f, when: when}}
}

// isError says whether an answer is an error.
func isError(v value) bool {
	o, ok := v.(*object)
	return !ok || o == nil || o.typ == "error"
}

// then asks for a function, and for another one with what the first one answered; an error ends it.
func (s *scope) then(request *object, f func(answer *object) value) value {
	v := s.ask(request)
	if isError(v) {
		return v
	}
	return f(v.(*object))
}

// formatted is a text without entities.
func formatted(text string) *object {
	return newObject("formattedText", "text", text, "entities", list{})
}
