package text

import (
	"math/bits"
	"slices"
)

// Entities of one place and priority keep the order that the sort of C++'s libc++ gives them, because which one comes first decides which one
// is kept. Up to smallSort of them that sort is stable; larger ones take the quicksort below, with its choice of pivots and its partitions.
const (
	smallSort   = 24
	ninthersMin = 128
)

func less(a, b *Entity) bool { return compare(a, b) < 0 }

// sortEntities sorts entities in their order.
func sortEntities(e []Entity) {
	for i := 1; i < len(e); i++ {
		if less(&e[i], &e[i-1]) {
			quickSort(e, 0, len(e), 2*(bits.Len(uint(len(e)))-1), true)
			return
		}
	}
}

// insertionSort sorts e[a:b].
func insertionSort(e []Entity, a, b int) {
	for i := a + 1; i < b; i++ {
		insert(e, a, i)
	}
}

// insert moves e[i] to its place in the sorted e[a:i]; it reports whether it moved.
func insert(e []Entity, a, i int) bool {
	if !less(&e[i], &e[i-1]) {
		return false
	}
	t := e[i]
	for i > a && less(&t, &e[i-1]) {
		e[i] = e[i-1]
		i--
	}
	e[i] = t
	return true
}

// insertionSortSome sorts e[a:b] if few elements have to be moved for it; it reports whether all is sorted.
func insertionSortSome(e []Entity, a, b int) bool {
	if b-a <= 5 {
		insertionSort(e, a, b)
		return true
	}
	insertionSort(e, a, a+3)
	moved := 0
	for i := a + 3; i < b; i++ {
		if insert(e, a, i) {
			if moved++; moved == 8 {
				return i+1 == b
			}
		}
	}
	return true
}

// sort3 sorts three elements.
func sort3(e []Entity, a, b, c int) {
	if less(&e[b], &e[a]) {
		if less(&e[c], &e[b]) {
			e[a], e[c] = e[c], e[a]
			return
		}
		e[a], e[b] = e[b], e[a]
		if less(&e[c], &e[b]) {
			e[b], e[c] = e[c], e[b]
		}
	} else if less(&e[c], &e[b]) {
		e[b], e[c] = e[c], e[b]
		if less(&e[b], &e[a]) {
			e[a], e[b] = e[b], e[a]
		}
	}
}

// quickSort sorts e[a:b]; leftmost says that a is 0.
func quickSort(e []Entity, a, b, depth int, leftmost bool) {
	for b-a >= smallSort {
		if depth == 0 {
			slices.SortStableFunc(e[a:b], func(x, y Entity) int { return compare(&x, &y) })
			return
		}
		depth--
		choosePivot(e, a, b)
		if !leftmost && !less(&e[a-1], &e[a]) {
			a = partitionEqualLeft(e, a, b)
			continue
		}
		p, ordered := partitionEqualRight(e, a, b)
		if ordered {
			left := insertionSortSome(e, a, p)
			if insertionSortSome(e, p+1, b) {
				if left {
					return
				}
				b = p
				continue
			}
			if left {
				a = p + 1
				continue
			}
		}
		quickSort(e, a, p, depth, leftmost)
		leftmost = false
		a = p + 1
	}
	insertionSort(e, a, b)
}

// choosePivot puts a pivot at e[a].
func choosePivot(e []Entity, a, b int) {
	m := a + (b-a)/2
	if b-a <= ninthersMin {
		sort3(e, m, a, b-1)
		return
	}
	sort3(e, a, m, b-1)
	sort3(e, a+1, m-1, b-2)
	sort3(e, a+2, m+1, b-3)
	sort3(e, m-1, m, m+1)
	e[a], e[m] = e[m], e[a]
}

// partitionEqualLeft puts what is not after the pivot e[a] before what is, and returns where that begins.
func partitionEqualLeft(e []Entity, a, b int) int {
	pivot := e[a]
	i, j := a+1, b
	for i < j && !less(&pivot, &e[i]) {
		i++
	}
	if i < j {
		for j--; less(&pivot, &e[j]); {
			j--
		}
	}
	for i < j {
		e[i], e[j] = e[j], e[i]
		for i++; !less(&pivot, &e[i]); {
			i++
		}
		for j--; less(&pivot, &e[j]); {
			j--
		}
	}
	e[a] = e[i-1]
	e[i-1] = pivot
	return i
}

// partitionEqualRight puts what is before the pivot e[a] before what is not, and returns the pivot's place. ordered says that it was so.
func partitionEqualRight(e []Entity, a, b int) (p int, ordered bool) {
	pivot := e[a]
	i, j := a+1, b
	for less(&e[i], &pivot) {
		i++
	}
	if i == a+1 {
		for i < j {
			j--
			if less(&e[j], &pivot) {
				break
			}
		}
	} else {
		for j--; !less(&e[j], &pivot); {
			j--
		}
	}
	ordered = i >= j
	for i < j {
		e[i], e[j] = e[j], e[i]
		for i++; less(&e[i], &pivot); {
			i++
		}
		for j--; !less(&e[j], &pivot); {
			j--
		}
	}
	e[a] = e[i-1]
	e[i-1] = pivot
	return i - 1, ordered
}
