package docs

import (
	"regexp"
	"strings"
	"testing"

	"github.com/goccy/go-json"

	"tdjson/types"
)

// TestRequests: the requests in the pages are such, and have no fields that there are not.
func TestRequests(t *testing.T) {
	blocks := regexp.MustCompile("(?s)```json\n(.*?)```")
	count := 0
	for path, text := range pages(t) {
		for _, found := range blocks.FindAllStringSubmatch(text, -1) {
			for line := range strings.Lines(found[1]) {
				if !strings.HasPrefix(line, `{"@type"`) {
					continue
				}
				count++
				checkRequest(t, path, line)
			}
		}
	}
	if count < 5 {
		t.Errorf("only %d requests were found", count)
	}
}

func checkRequest(t *testing.T, path, line string) {
	t.Helper()
	line = strings.ReplaceAll(line, anything, "")
	request, fail := types.DecodeRequest([]byte(line))
	if fail != nil {
		t.Errorf("%s: %s%v", path, line, fail)
		return
	}
	text, _ := types.Append(nil, request.Function)
	var shown, known map[string]any
	if err := json.Unmarshal([]byte(line), &shown); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(text, &known); err != nil {
		t.Fatal(err)
	}
	for name := range shown {
		if _, ok := known[name]; !ok && name != "@extra" {
			t.Errorf("%s: %s%s has no field %s", path, line, shown["@type"], name)
		}
	}
}
