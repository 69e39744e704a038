// Command gen reads td_api.tl in all versions at hand and writes the table of what was in which version.
//
//	gen CURRENT.tl HISTORY_DIR OUT.go
//
// HISTORY_DIR holds files named td_api-VERSION.tl; CURRENT.tl is that of today, whose version is one more than the last of them
// unless it is given as VERSION=CURRENT.tl. The same schemas always give the same bytes.
package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 4 {
		fmt.Fprintln(os.Stderr, "usage: gen [VERSION=]CURRENT.tl HISTORY_DIR OUT.go")
		os.Exit(2)
	}
	if err := run(os.Args[1], os.Args[2], os.Args[3]); err != nil {
		fmt.Fprintln(os.Stderr, "gen:", err)
		os.Exit(1)
	}
}

func run(current, history, out string) error {
	files, err := filepath.Glob(filepath.Join(history, "td_api-*.tl"))
	if err != nil {
		return err
	}
	var versions []*schema
	for _, path := range files {
		version := strings.TrimSuffix(strings.TrimPrefix(filepath.Base(path), "td_api-"), ".tl")
		s, err := readSchema(version, path)
		if err != nil {
			return err
		}
		versions = append(versions, s)
	}
	slices.SortFunc(versions, func(a, b *schema) int { return slices.Compare(a.key, b.key) })
	version, path, given := strings.Cut(current, "=")
	if !given {
		path = current
		if version, err = successor(versions); err != nil {
			return err
		}
	}
	last, err := readSchema(version, path)
	if err != nil {
		return err
	}
	versions = slices.DeleteFunc(versions, func(s *schema) bool { return slices.Compare(s.key, last.key) >= 0 })
	text, err := write(append(versions, last))
	if err != nil {
		return err
	}
	return os.WriteFile(out, text, 0o644)
}

// successor is the version after the last one.
func successor(versions []*schema) (string, error) {
	if len(versions) == 0 {
		return "", fmt.Errorf("no older version is at hand, and today's is not named")
	}
	key := slices.Clone(versions[len(versions)-1].key)
	key[len(key)-1]++
	var parts []string
	for _, n := range key {
		parts = append(parts, fmt.Sprint(n))
	}
	return strings.Join(parts, "."), nil
}
