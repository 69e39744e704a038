// Command report prints how much of each older version of td_api works.
package main

import (
	"fmt"
	"os"
	"sort"

	"tdjson/types/compat"
)

func main() {
	for _, v := range os.Args[1:] {
		c, err := compat.Measure(v)
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		fmt.Printf("%s functions %v (there %d) objects %v\n", c.Version, c.Functions, c.There, c.Objects)
		var names []string
		for n := range c.Short {
			names = append(names, n)
		}
		sort.Strings(names)
		for _, n := range names {
			fmt.Printf("  %s %v\n", n, c.Short[n])
		}
	}
}
