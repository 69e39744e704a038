// Command report prints docs/api-versions.md: how much of each older version of td_api works.
//
//	report >docs/api-versions.md
package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"strings"
	"sync"

	"tdjson/types/compat"
)

func main() {
	if err := write(os.Stdout, reported); err != nil {
		fmt.Fprintln(os.Stderr, "report:", err)
		os.Exit(1)
	}
}

// reported are versions of each generation, newest first.
const reported = "1.8.64 1.8.62 1.8.58 1.8.52 1.8.40 1.8.29 1.8.19 1.8.18 1.8.17 1.8.14 1.8.6 1.8.5 1.8.4 1.8.3 1.8.0 1.7.0 1.6.0 1.3.0 1.0.0 2017"

const introduction = `# Older versions of td_api

A program that was written against an older TDLib says which one, and this library speaks its td_api: requests are understood in the
old form, answers and updates come in it, the option ` + "`version`" + ` names it.

- ` + "`setOption` `x_api_version`" + ` with a string such as ` + "`1.8.29`" + ` makes a client do so from the next request on; it is said before
  ` + "`setTdlibParameters`" + ` or at any time later, lasts as long as the client, and ` + "`optionValueEmpty`" + ` ends it.
- The environment variable ` + "`TDJSON_API_VERSION`" + ` does the same for a program that can't be changed, and for ` + "`td_execute`" + `.

Every version of the last nine years is known, from %s to %s and, as ` + "`2017`" + `, the form that was published first, in which
` + "`_`" + ` is understood for ` + "`@type`" + ` and told besides it. A version that is missing between two others is taken for the one before it.
Before 1.8.6 the login had a step more: ` + "`authorizationStateWaitEncryptionKey`" + `, which ` + "`checkDatabaseEncryptionKey`" + ` ends.
Options have the names of 1.8.65 in every version, and those that came later are told too.

## How much works

Counted by asking: each function of a version with each of its fields, and telling each object of today with all of its fields; what
comes out at the other end counts. A function is whole if all its fields come through and its answer can be told, whatever the objects in
it lose, which are counted for themselves; an object is, if all its fields come through on the ways it goes. It says nothing of which functions the
engine has.

| version | functions | whole | in part | not | whole of those that are there today | objects | whole | in part | not |
|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|
`

// write measures versions and writes the document about them.
func write(w io.Writer, versions string) error {
	list, err := measured(versions)
	if err != nil {
		return err
	}
	known := compat.Known()
	fmt.Fprintf(w, introduction, known[1], known[len(known)-2])
	for _, c := range list {
		fmt.Fprintln(w, row(c))
	}
	short(w, list)
	return nil
}

// measured are the results for versions, in their order.
func measured(versions string) ([]*compat.Coverage, error) {
	names := strings.Fields(versions)
	list, errs := make([]*compat.Coverage, len(names)), make([]error, len(names))
	var group sync.WaitGroup
	for i, v := range names {
		group.Go(func() { list[i], errs[i] = compat.Measure(v) })
	}
	group.Wait()
	return list, errors.Join(errs...)
}

// row is a version's line in the table.
func row(c *compat.Coverage) string {
	f, o := c.Functions, c.Objects
	return fmt.Sprintf("| %s | %d | %d | %d | %d | %.1f %% | %d | %d | %d | %d |", c.Version, f.Whole+f.Part+f.None, f.Whole, f.Part, f.None,
		100*float64(f.Whole)/float64(c.There), o.Whole+o.Part+o.None, o.Whole, o.Part, o.None)
}

// short lists what is not whole, with the newest version that it is about.
func short(w io.Writer, list []*compat.Coverage) {
	fmt.Fprint(w, "\n## What falls short\n\nBy the newest version above in which it does, with what does not come through; nothing named means all of it.\n")
	seen := map[string]bool{}
	for _, c := range list {
		var names []string
		for _, name := range slices.Sorted(maps.Keys(c.Short)) {
			if seen[name] {
				continue
			}
			seen[name] = true
			text := "`" + name + "`"
			if lost := c.Short[name]; lost != nil {
				text += " (" + strings.Join(lost, ", ") + ")"
			}
			names = append(names, text)
		}
		if names != nil {
			fmt.Fprintf(w, "\n%s: %s.\n", c.Version, strings.Join(names, ", "))
		}
	}
}
