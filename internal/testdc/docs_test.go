package testdc

import (
	"net/http"
	"os"
	"regexp"
	"strings"
	"testing"
)

// What docs/local-telegram.md says to type works, and the commands it names are there.
func TestDocs(t *testing.T) {
	data, err := os.ReadFile("../../docs/local-telegram.md")
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	s := start(t, Options{HTTP: "127.0.0.1:0", Proxy: true})
	asked := regexp.MustCompile(`curl -s '?http://127\.0\.0\.1:8090(/api/[^'\s]+)`).FindAllStringSubmatch(text, -1)
	commands := regexp.MustCompile(`(?m)^do '(.*)'$`).FindAllStringSubmatch(text, -1)
	if len(asked) < 7 || len(commands) < 8 {
		t.Fatalf("%d and %d examples", len(asked), len(commands))
	}
	for _, m := range commands {
		if code, answer := ask(t, s, "POST", "/api/do", m[1]); code != http.StatusOK {
			t.Errorf("%s: %d %s", m[1], code, answer)
		}
	}
	for _, m := range asked {
		if code, answer := ask(t, s, "GET", m[1], ""); code != http.StatusOK {
			t.Errorf("%s: %d %s", m[1], code, answer)
		}
	}
	_, table, _ := strings.Cut(text, "| command |")
	table, _, _ = strings.Cut(table, "\n\n")
	n := 0
	for line := range strings.Lines(table) {
		cells := strings.Split(line, "|")
		if len(cells) < 4 || strings.Contains(line, "---") || strings.Contains(cells[1], "fields") {
			continue
		}
		for name := range strings.SplitSeq(cells[1], ",") {
			n++
			c := Command{Do: strings.TrimSpace(name), Text: "{}", Login: &Phantom{}, Website: &Website{}, Bot: &BotConnection{}}
			if s.command(c) == nil {
				t.Errorf("no command %q", c.Do)
			}
		}
	}
	if n < 30 {
		t.Errorf("%d commands", n)
	}
}
