package compat

// each calls f for all objects in a value, those inside of others first.
func each(v value, f func(*object)) {
	switch v := v.(type) {
	case list:
		for _, e := range v {
			each(e, f)
		}
	case *object:
		if v == nil {
			return
		}
		for _, m := range v.fields {
			each(m.value, f)
		}
		f(v)
	}
}

// next is the first step from the given one on that knows an object in the value; -1 if there is none.
func (r *ruleSet) next(v value, from int) int {
	best := -1
	each(v, func(o *object) {
		for _, i := range r.up[o.typ] {
			if i >= from {
				if best < 0 || i < best {
					best = i
				}
				return
			}
		}
	})
	return best
}

// previous is the last step before the given one that knows an object in the value; -1 if there is none.
func (r *ruleSet) previous(v value, before int) int {
	best := -1
	each(v, func(o *object) {
		list := r.down[o.typ]
		for i := len(list) - 1; i >= 0; i-- {
			if list[i] < before {
				best = max(best, list[i])
				return
			}
		}
	})
	return best
}

// first is the first step after a version.
func (r *ruleSet) first(at int) int {
	for i := range r.steps {
		if r.steps[i].at > at {
			return i
		}
	}
	return len(r.steps)
}

// raise takes an object through a step to the new form.
func (s *step) raise(sc *scope, o *object) {
	for at := 0; at < len(s.ops); {
		i := following(s.up[o.typ], at)
		if i < 0 {
			return
		}
		if s.ops[i].up != nil {
			s.ops[i].up(sc, o)
		}
		at = i + 1
	}
}

// lower takes an object through a step to the old form.
func (s *step) lower(sc *scope, o *object) {
	for at := len(s.ops); at > 0; {
		i := preceding(s.down[o.typ], at)
		if i < 0 {
			return
		}
		if s.ops[i].down != nil {
			s.ops[i].down(sc, o)
		}
		at = i
	}
}

func following(list []int, from int) int {
	for _, i := range list {
		if i >= from {
			return i
		}
	}
	return -1
}

func preceding(list []int, before int) int {
	for k := len(list) - 1; k >= 0; k-- {
		if list[k] < before {
			return list[k]
		}
	}
	return -1
}

// annotate gives objects of a request that need not say what they are their type.
func (s *schema) annotate(o *object) {
	d := s.defs[o.typ]
	if d == nil {
		return
	}
	for i := range o.fields {
		if f := d.field(o.fields[i].name); f != nil {
			s.annotateValue(o.fields[i].value, f.typ)
		}
	}
}

func (s *schema) annotateValue(v value, t fieldType) {
	switch v := v.(type) {
	case list:
		if t.vector > 0 {
			t.vector--
			for _, e := range v {
				s.annotateValue(e, t)
			}
		}
	case *object:
		if t.vector > 0 {
			return
		}
		if t.kind == kindObject {
			v.typ = t.ref
		}
		s.annotate(v)
	}
}
