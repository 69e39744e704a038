// Command notices prints the licences of all that is linked into the library: of Go itself and of each module. It
// asks the go command, so GOOS, GOARCH and CGO_ENABLED count. It runs in the folder of the module:
//
//	go run ./packaging/notices ./capi
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
)

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: notices PACKAGE")
		os.Exit(2)
	}
	if err := run(os.Stdout, os.Args[1]); err != nil {
		fmt.Fprintln(os.Stderr, "notices:", err)
		os.Exit(1)
	}
}

func run(w io.Writer, root string) error {
	packages, err := list(root)
	if err != nil {
		return err
	}
	components, err := collect(packages)
	if err != nil {
		return err
	}
	return write(w, components)
}

// linkedPackage is what the go command tells of a package.
type linkedPackage struct {
	Dir, Root string
	Standard  bool
	Module    *struct {
		Path, Version, Dir string
		Main               bool
	}
}

// list asks for root and all packages that it imports.
func list(root string) ([]linkedPackage, error) {
	var failure bytes.Buffer
	cmd := exec.Command("go", "list", "-deps", "-json=Dir,Root,Standard,Module", root)
	cmd.Stderr = &failure
	out, err := cmd.Output()
	if err != nil {
		return nil, fmt.Errorf("go list: %w: %s", err, bytes.TrimSpace(failure.Bytes()))
	}
	var packages []linkedPackage
	for d := json.NewDecoder(bytes.NewReader(out)); ; {
		var p linkedPackage
		switch err := d.Decode(&p); {
		case errors.Is(err, io.EOF):
			return packages, nil
		case err != nil:
			return nil, fmt.Errorf("go list: %w", err)
		}
		packages = append(packages, p)
	}
}

// component is Go or a module, and the texts that come with it.
type component struct {
	name  string
	texts map[string][]byte // by file name
}

// collect reads the texts beside the packages and above them, up to the module's own folder.
func collect(packages []linkedPackage) ([]component, error) {
	byName := make(map[string]component)
	for _, p := range packages {
		name, top := "Go "+runtime.Version(), ""
		switch {
		case p.Standard:
			top, p.Dir = p.Root, p.Root // the standard library's texts are all in one place
		case p.Module == nil || p.Module.Dir == "":
			return nil, fmt.Errorf("%s belongs to no module", p.Dir)
		case p.Module.Main:
			continue
		default:
			name, top = p.Module.Path+" "+p.Module.Version, p.Module.Dir
		}
		c, ok := byName[name]
		if !ok {
			c = component{name, make(map[string][]byte)}
			byName[name] = c
		}
		if err := c.read(top, p.Dir); err != nil {
			return nil, err
		}
	}
	names := slices.Sorted(maps.Keys(byName))
	components := make([]component, 0, len(names))
	for _, name := range names {
		c := byName[name]
		if !c.licensed() {
			return nil, fmt.Errorf("%s: no licence found", name)
		}
		components = append(components, c)
	}
	return components, nil
}

// read takes the texts in dir and in the folders above it, up to top.
func (c component) read(top, dir string) error {
	for ; len(dir) >= len(top); dir = filepath.Dir(dir) {
		entries, err := os.ReadDir(dir)
		if err != nil {
			return err
		}
		for _, e := range entries {
			if err := c.readFile(top, filepath.Join(dir, e.Name()), e); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c component) readFile(top, path string, e fs.DirEntry) error {
	name, err := filepath.Rel(top, path)
	if err != nil {
		return err
	}
	if _, ok := c.texts[name]; ok || e.IsDir() || !isNotice(e.Name()) {
		return nil
	}
	c.texts[name], err = os.ReadFile(path)
	return err
}

// isNotice says whether a file of this name holds terms, or who wrote the code.
func isNotice(name string) bool {
	upper := strings.ToUpper(name)
	if ext := filepath.Ext(upper); ext != "" && ext != ".TXT" && ext != ".MD" {
		return false
	}
	for _, start := range []string{"LICENSE", "LICENCE", "COPYING", "COPYRIGHT", "NOTICE", "PATENTS", "AUTHORS"} {
		if strings.HasPrefix(upper, start) {
			return true
		}
	}
	return false
}

func (c component) licensed() bool {
	for name := range c.texts {
		base := strings.ToUpper(filepath.Base(name))
		if strings.HasPrefix(base, "LICEN") || strings.HasPrefix(base, "COPYING") {
			return true
		}
	}
	return false
}

// write prints each text once, below all components that it is of.
func write(w io.Writer, components []component) error {
	owners := make(map[string][]string)
	var order []string
	for _, c := range components {
		for _, name := range slices.Sorted(maps.Keys(c.texts)) {
			text := string(bytes.TrimSpace(c.texts[name]))
			if text == "" {
				continue
			}
			if owners[text] == nil {
				order = append(order, text)
			}
			owners[text] = append(owners[text], c.name+", "+filepath.ToSlash(name))
		}
	}
	var out strings.Builder
	out.WriteString("This library is linked with the following software.\n\n")
	for _, c := range components {
		fmt.Fprintf(&out, "  %s\n", c.name)
	}
	out.WriteString("\nTheir terms:\n")
	line := strings.Repeat("-", 80)
	for _, text := range order {
		fmt.Fprintf(&out, "\n%s\n%s\n%s\n\n%s\n", line, strings.Join(owners[text], "\n"), line, text)
	}
	_, err := io.WriteString(w, out.String())
	return err
}
