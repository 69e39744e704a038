package text

import "math"

// splittables are the splittable kinds in the order in which their pieces are written.
var splittables = [...]Kind{Bold, Italic, Underline, Strikethrough, Spoiler}

// splittableIndex is the place of a kind among the splittable ones.
func splittableIndex(k Kind) int {
	switch k {
	case Bold, Italic:
		return int(k - Bold)
	case Underline, Strikethrough:
		return int(k-Underline) + 2
	default:
		return 4
	}
}

// areValid reports whether sorted entities are as the server wants them.
func areValid(entities []Entity) bool {
	ends := [len(splittables)]int32{-1, -1, -1, -1, -1}
	var buf [16]*Entity
	open := buf[:0]
	var around kindSet
	for i := range entities {
		e := &entities[i]
		for len(open) > 0 && e.Offset >= open[len(open)-1].end() {
			around &^= 1 << open[len(open)-1].Kind
			open = open[:len(open)-1]
		}
		if len(open) > 0 && !mayContain(open[len(open)-1], around, e) {
			return false
		}
		if splittableKinds.has(e.Kind) {
			end := &ends[splittableIndex(e.Kind)]
			if *end >= e.Offset {
				return false // the two have to be joined
			}
			*end = e.end()
		}
		open = append(open, e)
		around |= 1 << e.Kind
	}
	return true
}

// mayContain reports whether an entity may be inside others, of which parent is the innermost.
func mayContain(parent *Entity, around kindSet, e *Entity) bool {
	switch {
	case e.end() > parent.end(), around.has(e.Kind), preKinds.has(parent.Kind), around&splittableKinds != 0:
		return false
	case preKinds.has(e.Kind):
		return around&^blockQuoteKinds == 0
	case blockQuoteKinds.has(e.Kind):
		return around&(continuousKinds|blockQuoteKinds) == 0
	case continuousKinds.has(e.Kind):
		return around&continuousKinds == 0
	}
	return true
}

// classes are entities taken apart by how they combine with others.
type classes struct {
	continuous, quotes, splittable []Entity
}

func classify(entities []Entity) (c classes) {
	for _, e := range entities {
		switch {
		case splittableKinds.has(e.Kind):
			c.splittable = append(c.splittable, e)
		case blockQuoteKinds.has(e.Kind):
			c.quotes = append(c.quotes, e)
		default:
			c.continuous = append(c.continuous, e)
		}
	}
	return c
}

// combine puts the classes together, cutting what may be cut.
func (c classes) combine() []Entity {
	others := c.continuous
	if len(c.quotes) > 0 {
		others = append(others, c.quotes...)
		sortEntities(others)
	}
	if len(c.splittable) == 0 {
		return others
	}
	pieces := split(c.splittable, others)
	if len(others) == 0 {
		return pieces
	}
	all := append(others, pieces...)
	sortEntities(all)
	return all
}

// fixEntities makes entities sorted and properly nested: some are dropped, joined or cut.
func fixEntities(entities []Entity) []Entity {
	sortEntities(entities)
	if areValid(entities) {
		return entities
	}
	c := classify(entities)
	c.continuous = removeIntersecting(c.continuous)
	if len(c.quotes) > 0 {
		c.quotes = removeIntersecting(c.quotes)
		c.continuous = removeCrossingQuotes(c.continuous, c.quotes)
	}
	return c.combine()
}

// mergeFound adds entities that were found in a text to those that it has, which come first.
func mergeFound(entities, found []Entity) []Entity {
	if len(found) == 0 {
		return entities
	}
	c := classify(entities)
	found = removeCrossingQuotes(found, c.quotes)
	c.continuous = mergeDisjoint(c.continuous, found)
	return c.combine()
}

// mergeDisjoint merges two sorted lists, dropping of the second what overlaps the first.
func mergeDisjoint(old, found []Entity) []Entity {
	if len(found) == 0 || len(old) == 0 {
		return append(old, found...)
	}
	merged := make([]Entity, 0, len(old)+len(found))
	for _, e := range old {
		for len(found) > 0 && found[0].end() <= e.Offset {
			merged = append(merged, found[0])
			found = found[1:]
		}
		merged = append(merged, e)
		for len(found) > 0 && found[0].Offset < e.end() {
			found = found[1:]
		}
	}
	return append(merged, found...)
}

// removeCrossingQuotes keeps the entities that are inside a quotation or outside of all. Both lists are sorted and do not overlap in themselves.
func removeCrossingQuotes(entities, quotes []Entity) []Entity {
	kept := entities[:0]
	for _, e := range entities {
		for len(quotes) > 0 && quotes[0].end() <= e.Offset {
			quotes = quotes[1:]
		}
		if len(quotes) > 0 {
			q := &quotes[0]
			if q.end() < e.end() || e.Offset < q.Offset && q.Offset < e.end() {
				continue
			}
		}
		kept = append(kept, e)
	}
	return kept
}

// A splitter cuts splittable entities where others begin and end.
type splitter struct {
	left       []Entity // not begun yet, sorted
	begin, end [len(splittables)]int32
	out        []Entity
}

// flush writes what is open up to an offset.
func (s *splitter) flush(offset int32) {
	for i, kind := range splittables {
		if s.end[i] == 0 || s.begin[i] >= offset {
			continue
		}
		end := min(s.end[i], offset)
		s.out = append(s.out, Entity{Kind: kind, Offset: s.begin[i], Length: end - s.begin[i]})
		if end == s.end[i] {
			s.begin[i], s.end[i] = 0, 0
		} else {
			s.begin[i] = offset
		}
	}
}

// advance goes on to an offset. Entities of one kind that touch become one.
func (s *splitter) advance(offset int32) {
	for len(s.left) > 0 && s.left[0].Offset < offset {
		e := &s.left[0]
		i := splittableIndex(e.Kind)
		if s.end[i] != 0 && e.Offset <= s.end[i] {
			s.end[i] = max(s.end[i], e.end())
		} else {
			s.flush(e.Offset)
			s.begin[i], s.end[i] = e.Offset, e.end()
		}
		s.left = s.left[1:]
	}
	s.flush(offset)
}

// split cuts sorted splittable entities where others, sorted and properly nested, begin and end, and drops what is inside code.
func split(entities, others []Entity) []Entity {
	s := splitter{left: entities, out: make([]Entity, 0, len(entities)+2*len(others))}
	var buf [16]*Entity
	open := buf[:0]
	visit := func(offset int32) {
		for len(open) > 0 && offset >= open[len(open)-1].end() {
			top := open[len(open)-1]
			n := len(s.out)
			s.advance(top.end())
			if preKinds.has(top.Kind) {
				s.out = s.out[:n]
			}
			open = open[:len(open)-1]
		}
		s.advance(offset)
	}
	for i := range others {
		visit(others[i].Offset)
		open = append(open, &others[i])
	}
	visit(math.MaxInt32)
	sortEntities(s.out)
	return s.out
}
