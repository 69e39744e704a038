// Package examples has the examples, and here the test that they work.
package examples

import (
	"os"
	"os/exec"
	"strings"
	"testing"
)

// TestDemo: each example logs in and shows its own session and those of the ones before it.
func TestDemo(t *testing.T) {
	for _, p := range []string{"bash", "cc", "python3", "node"} {
		if _, err := exec.LookPath(p); err != nil {
			t.Skipf("%s is needed for this test and is not installed", p)
		}
	}
	temp := t.TempDir()
	cmd := exec.CommandContext(t.Context(), "bash", "../build.sh", "demo")
	cmd.Env = append(os.Environ(), "TMPDIR="+temp)
	var errors strings.Builder
	cmd.Stderr = &errors
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("%v\n%s%s", err, out, &errors)
	}
	tables := strings.Split(string(out), "DEVICE ")[1:]
	devices := []string{"C example", "Python example", "Node example"}
	if len(tables) != len(devices) {
		t.Fatalf("%d tables, want %d:\n%s", len(tables), len(devices), out)
	}
	for i, table := range tables {
		checkTable(t, table, devices[i], devices[:i])
	}
	if left, err := os.ReadDir(temp); err != nil || len(left) > 0 {
		t.Error("the demo left", left, err)
	}
}

// checkTable wants the current session first and the others once each.
func checkTable(t *testing.T, table, current string, others []string) {
	t.Helper()
	rows := strings.Split(strings.TrimSpace(strings.Split(table, "\n\n")[0]), "\n")[1:]
	if len(rows) != 1+len(others) {
		t.Errorf("%s shows %d sessions, want %d:\n%s", current, len(rows), 1+len(others), table)
		return
	}
	for i, row := range rows {
		if mine := strings.HasPrefix(row, current+" ") && strings.HasSuffix(row, "(this one)"); mine != (i == 0) {
			t.Errorf("%s: row %d is %q", current, i, row)
		}
	}
	for _, other := range others {
		if strings.Count(table, other+" ") != 1 {
			t.Errorf("%s does not show %s once:\n%s", current, other, table)
		}
	}
}
