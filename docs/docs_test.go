// Package docs has the documentation, and here the test that it is true.
package docs

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// pages are all pages of the project, by path from here.
func pages(t *testing.T) map[string]string {
	t.Helper()
	paths := []string{"../README.md", "../ARCHITECTURE.md", "../bench/README.md"}
	more, err := filepath.Glob("*.md")
	if err != nil || len(more) == 0 {
		t.Fatal("no pages", err)
	}
	texts := map[string]string{}
	for _, path := range append(paths, more...) {
		text, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		texts[path] = string(text)
	}
	return texts
}

var (
	link     = regexp.MustCompile(`\]\(([^)\s]+)\)`)
	title    = regexp.MustCompile(`(?m)^#+ (.*)$`)
	codeArea = regexp.MustCompile("(?s)```.*?```")
)

// TestLinks: what a page links to is there, file and title.
func TestLinks(t *testing.T) {
	for path, text := range pages(t) {
		for _, found := range link.FindAllStringSubmatch(codeArea.ReplaceAllString(text, ""), -1) {
			if strings.Contains(found[1], "://") {
				continue
			}
			file, anchor, _ := strings.Cut(found[1], "#")
			target := path
			if file != "" {
				target = filepath.Join(filepath.Dir(path), file)
			}
			if _, err := os.Stat(target); err != nil {
				t.Errorf("%s links to %s, which is not there", path, found[1])
			} else if anchor != "" && !hasTitle(read(t, target), anchor) {
				t.Errorf("%s links to %s: no such title", path, found[1])
			}
		}
	}
}

// hasTitle says whether a page has a title with this anchor.
func hasTitle(text, anchor string) bool {
	for _, found := range title.FindAllStringSubmatch(codeArea.ReplaceAllString(text, ""), -1) {
		made := strings.Map(func(r rune) rune {
			switch {
			case r == ' ':
				return '-'
			case r == '-' || r == '_' || unicode.IsLetter(r) || unicode.IsDigit(r):
				return unicode.ToLower(r)
			}
			return -1
		}, found[1])
		if made == anchor {
			return true
		}
	}
	return false
}

// TestExtensionsAreAll: the page of the extensions names all that the code has of its own.
func TestExtensionsAreAll(t *testing.T) {
	page, err := os.ReadFile("extensions.md")
	if err != nil {
		t.Fatal(err)
	}
	schema, err := os.ReadFile("../types/ext_api.tl")
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, found := range regexp.MustCompile(`(?m)^(\w+) (.*)= \w+;`).FindAllSubmatch(schema, -1) {
		names = append(names, string(found[1]))
		for field := range strings.FieldsSeq(string(found[2])) {
			name, _, _ := strings.Cut(field, ":")
			names = append(names, name)
		}
	}
	own := regexp.MustCompile(`"(x_[a-z_]+|TDJSON_[A-Z_]+|GO[A-Z]{5,})"`)
	for _, dir := range []string{"../td", "../capi"} {
		for path, text := range sources(t, dir) {
			for _, found := range own.FindAllStringSubmatch(text, -1) {
				t.Logf("%s has %s", path, found[1])
				names = append(names, found[1])
			}
		}
	}
	if len(names) < 25 {
		t.Fatalf("only %d names were found: %q", len(names), names)
	}
	for _, name := range names {
		if !regexp.MustCompile(`\b` + name + `\b`).Match(page) {
			t.Errorf("extensions.md does not name %s", name)
		}
	}
}

// sources are the Go files of a directory that are no tests.
func sources(t *testing.T, dir string) map[string]string {
	t.Helper()
	texts := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(path string, _ fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, path))
		texts[path] = string(text)
		return err
	})
	if err != nil || len(texts) == 0 {
		t.Fatal(dir, "has no sources", err)
	}
	return texts
}

// TestCommands: the commands in the pages are there, with the flags that they are given.
func TestCommands(t *testing.T) {
	build := read(t, "../build.sh")
	count := 0
	for path, text := range pages(t) {
		for line := range strings.Lines(text) {
			for _, words := range commands(line) {
				count++
				if err := checkCommand(build, words); err != nil {
					t.Errorf("%s: %q: %v", path, strings.Join(words, " "), err)
				}
			}
		}
	}
	if count < 10 {
		t.Errorf("only %d commands were found", count)
	}
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

var command = regexp.MustCompile(`(?:\./build\.sh|go run \./|python3 (?:examples|bench)/)[^#` + "`" + `|&;)]*`)

// commands are those of the project in a line, in words.
func commands(line string) (list [][]string) {
	for _, text := range command.FindAllString(line, -1) {
		list = append(list, strings.Fields(text))
	}
	return list
}

// hasCommand reports whether build.sh has a case for a command, alone or with others.
func hasCommand(build, name string) bool {
	return regexp.MustCompile(`(?m)^([a-z-]+ \| )*` + regexp.QuoteMeta(name) + `( \| [a-z-]+)*\)`).MatchString(build)
}

// checkCommand looks whether the command is there and its source names the flags.
func checkCommand(build string, words []string) error {
	if words[0] == "./build.sh" {
		if len(words) > 1 && !hasCommand(build, words[1]) {
			return fmt.Errorf("build.sh has no %s", words[1])
		}
		return nil
	}
	place := words[1]
	if words[0] == "go" {
		place = words[2]
	}
	var source strings.Builder
	err := filepath.WalkDir(filepath.Join("..", place), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := os.ReadFile(path)
		source.Write(text)
		return err
	})
	if err != nil {
		return err
	}
	for _, word := range words[2:] {
		flag := strings.TrimLeft(word, "-")
		if flag != word && !strings.Contains(source.String(), `"`+flag+`"`) && !strings.Contains(source.String(), `"--`+flag+`"`) {
			return fmt.Errorf("%s has no flag %s", place, word)
		}
	}
	return nil
}
