// Command second is another shared library written in Go, with a runtime of its own.
package main

import "C"

//export second_sum
func second_sum(n C.long) (sum C.long) {
	numbers := make(chan C.long)
	go func() {
		defer close(numbers)
		for i := range n {
			numbers <- i
		}
	}()
	for i := range numbers {
		sum += i
	}
	return sum
}

func main() {} // never called, but c-shared wants one
