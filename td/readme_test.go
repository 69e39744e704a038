package td

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"regexp"
	"testing"
)

var update = flag.Bool("update", false, "write anew what tests compare with: the count of functions in the README, docs/functions.md, the runs of TDLib (see TestScenarios)")

// TestReadme checks that the README says how many functions there are.
func TestReadme(t *testing.T) {
	source, err := os.ReadFile("unimplemented.go")
	if err != nil {
		t.Fatal(err)
	}
	missing := len(regexp.MustCompile(`(?m)^func \(\*(Client|syncs)\) `).FindAll(source, -1))
	say := fmt.Sprintf("<!-- functions -->\n%d of 1,001 functions are there; the others answer error 501 `Not implemented: NAME`.\n<!-- end -->", functionCount-missing)
	readme, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	place := regexp.MustCompile(`(?s)<!-- functions -->.*?<!-- end -->`)
	if *update {
		if err := os.WriteFile("../README.md", place.ReplaceAllLiteral(readme, []byte(say)), 0o644); err != nil {
			t.Fatal(err)
		}
	} else if !bytes.Contains(readme, []byte(say)) {
		t.Errorf("README.md does not say\n%s\nrun: go test ./td -run TestReadme -update", say)
	}
}
