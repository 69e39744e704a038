package main

import (
	"bytes"
	"os"
	"strings"
	"testing"
)

const path = "../../../docs/api-versions.md"

// TestDocument: docs/api-versions.md says what is measured. The race detector makes measuring slow, so that it looks at some rows only.
func TestDocument(t *testing.T) {
	t.Parallel()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const stale = path + " is stale from line %d on: write it anew with go run ./types/compat/report >docs/api-versions.md"
	have := strings.Split(string(text), "\n")
	if slow {
		list, err := measured("1.8.29 2017")
		if err != nil {
			t.Fatal(err)
		}
		for _, c := range list {
			if !bytes.Contains(text, []byte(row(c)+"\n")) {
				t.Errorf(stale, 1)
			}
		}
		return
	}
	var b bytes.Buffer
	if err := write(&b, reported); err != nil {
		t.Fatal(err)
	}
	want := strings.Split(b.String(), "\n")
	for i := range max(len(have), len(want)) {
		if i >= len(have) || i >= len(want) || have[i] != want[i] {
			t.Fatalf(stale, i+1)
		}
	}
}

// TestGoal: from 1.8.29 on, at least 95 % of the functions that are there today work whole.
func TestGoal(t *testing.T) {
	t.Parallel()
	list, err := measured("1.8.29")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		if 100*c.Functions.Whole < 95*c.There || c.There == 0 {
			t.Errorf("%s: %d of %d functions", c.Version, c.Functions.Whole, c.There)
		}
	}
}
