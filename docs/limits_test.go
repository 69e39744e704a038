package docs

import (
	"fmt"
	"strings"
	"testing"

	"github.com/goccy/go-json"

	"tdjson/td"
)

// TestLimits: the sizes in limits.md are those at which the library says no, or cuts.
func TestLimits(t *testing.T) {
	page := read(t, "limits.md")
	for _, c := range []struct {
		stated string // in the page
		limit  int
		ask    func(size int) map[string]any
		says   string // beyond it
	}{
		{"| 100 |", 100, nested, "Too big object depth"},
		{"| 65,536 characters |", 65536, parsed, "Text is too long"},
	} {
		if !strings.Contains(page, c.stated) {
			t.Errorf("limits.md does not say %s", c.stated)
		}
		if answer := execute(t, c.ask(c.limit)); answer["@type"] == "error" {
			t.Errorf("%s: %v", c.stated, answer)
		}
		if answer := execute(t, c.ask(c.limit+1)); !strings.Contains(fmt.Sprint(answer["message"]), c.says) {
			t.Errorf("%s and one more: %v", c.stated, answer)
		}
	}
	formatted := map[string]any{"@type": "formattedText", "text": strings.Repeat("a", 50000)}
	text, _ := execute(t, map[string]any{"@type": "parseMarkdown", "text": formatted})["text"].(string)
	if len(text) > 35000 || len(text) < 34990 || !strings.Contains(page, "35,000 bytes") {
		t.Errorf("a long text is cut after %d bytes", len(text))
	}
	p := startProgram(t)
	c := p.client(t.TempDir())
	set := func(size int) map[string]any {
		value := map[string]any{"@type": "optionValueBoolean", "value": true}
		return map[string]any{"@type": "setOption", "name": strings.Repeat("x", size), "value": value}
	}
	c.must(set(255))
	if answer := c.ask(set(256)); answer["message"] != "Option name is too long" || !strings.Contains(page, "255 bytes") {
		t.Errorf("a long name: %v", answer)
	}
}

// nested has so many levels below the top.
func nested(levels int) map[string]any {
	deep := json.RawMessage(strings.Repeat("[", levels) + strings.Repeat("]", levels))
	return map[string]any{"@type": "getOption", "name": "version", "@extra": deep}
}

func parsed(size int) map[string]any {
	mode := map[string]any{"@type": "textParseModeHTML"}
	return map[string]any{"@type": "parseTextEntities", "text": strings.Repeat("a", size), "parse_mode": mode}
}

// execute asks what needs no client. What it answers in @extra is not looked at.
func execute(t *testing.T, request map[string]any) map[string]any {
	t.Helper()
	text, err := json.Marshal(request)
	if err != nil {
		t.Fatal(err)
	}
	r := td.NewRegistry()
	_ = r.Log().SetVerbosity(0)
	var answer map[string]any
	if err := json.Unmarshal(r.Execute(nil, text), &answer); err != nil {
		t.Fatal(err)
	}
	return answer
}
