package examples

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
)

// TestReadmePrograms builds and runs the programs in the README, as it and docs/from-tdlib.md say.
func TestReadmePrograms(t *testing.T) {
	for _, p := range []string{"bash", "cc", "python3"} {
		if _, err := exec.LookPath(p); err != nil {
			t.Skipf("%s is needed for this test and is not installed", p)
		}
	}
	do(t, nil, "bash", "build.sh")
	dir := t.TempDir()
	path := filepath.Join(dir, "program")
	if err := os.WriteFile(path+".c", []byte(block(t, "c")), 0o600); err != nil {
		t.Fatal(err)
	}
	do(t, nil, "cc", "-Wall", "-Wextra", "-Werror", "-o", path, path+".c", "-Iinclude", "-Lbuild", "-ltdjson")
	here := []string{"LD_LIBRARY_PATH=build"}
	for _, c := range []struct {
		settings []string
		program  []string
		want     string
	}{
		{here, []string{path}, `"value":"1.8.65"`},
		{append(here, "TDJSON_API_VERSION=1.8.29"), []string{path}, `"value":"1.8.29"`},
		{nil, []string{"python3", "-c", block(t, "python")}, `'value': '1.8.65'`},
	} {
		out := do(t, c.settings, c.program[0], c.program[1:]...)
		if !strings.Contains(out, c.want) || !strings.Contains(out, "@extra") {
			t.Errorf("%q with %q says\n%s", c.program[0], c.settings, out)
		}
	}
}

// block is the code of a language in the README.
func block(t *testing.T, language string) string {
	t.Helper()
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	found := regexp.MustCompile("(?s)```" + language + "\n(.*?)```").FindSubmatch(text)
	if found == nil {
		t.Fatalf("README.md has no code in %s", language)
	}
	return string(found[1])
}

// do runs a program in the project's directory and returns what it says.
func do(t *testing.T, settings []string, name string, args ...string) string {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), name, args...)
	cmd.Dir = ".."
	cmd.Env = append(os.Environ(), settings...)
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", name, err, out)
	}
	return string(out)
}
