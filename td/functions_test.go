package td

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"tdjson/internal/testdc"
	"tdjson/types"
)

// area is a subject of td_api, with its functions in the schema's order.
type area struct {
	title string
	names []string
}

// areas reads testdata/areas.txt: which function belongs where, and, marked by a star,
// which ones that are not synchronous do without a network. Every
// function of td_api is in one area.
func areas(t *testing.T) (list []area, offline map[string]bool) {
	t.Helper()
	text, err := os.ReadFile("testdata/areas.txt")
	if err != nil {
		t.Fatal(err)
	}
	offline = map[string]bool{}
	placed := map[string]bool{}
	for line := range strings.Lines(string(text)) {
		if title, ok := strings.CutPrefix(line, "# "); ok {
			list = append(list, area{title: strings.TrimSpace(title)})
			continue
		}
		for word := range strings.FieldsSeq(line) {
			name := strings.TrimSuffix(word, "*")
			if _, known := types.FunctionID(name); !known || placed[name] {
				t.Errorf("testdata/areas.txt: %s is no function, or there twice", name)
			}
			placed[name], offline[name] = true, word != name
			last := &list[len(list)-1]
			last.names = append(last.names, name)
		}
	}
	for _, name := range types.Functions()[:functionCount] {
		if !placed[name] {
			t.Errorf("testdata/areas.txt: %s is missing, put it under a title", name)
		}
	}
	return list, offline
}

// unimplementedFunctions are those that are answered with error 501.
func unimplementedFunctions(t *testing.T) map[string]bool {
	t.Helper()
	source, err := os.ReadFile("unimplemented.go")
	if err != nil {
		t.Fatal(err)
	}
	missing := map[string]bool{}
	for _, found := range regexp.MustCompile(`(?m)^func \(\*(?:Client|syncs)\) (\w+)\(`).FindAllSubmatch(source, -1) {
		missing[string(found[1])] = true
	}
	return missing
}

// TestReadmeFunctions checks that docs/functions.md says of each function what is so.
func TestReadmeFunctions(t *testing.T) {
	page := functionsPage(t)
	const path = "../docs/functions.md"
	if *update {
		if err := os.WriteFile(path, page, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if old, err := os.ReadFile(path); err != nil || !bytes.Equal(old, page) {
		t.Errorf("docs/functions.md does not say what is so (%v), run: go test ./td -run TestReadme -update", err)
	}
}

const functionsIntro = `# Which functions work

The 1,001 functions of td_api 1.8.65 by subject. What is not there answers error 501 ` + "`Not implemented: NAME`" + `.

- **Works**: *offline* is answered without a network, *online* asks Telegram.
- **When**: *always*, also before ` + "`setTdlibParameters`" + `; *opened*, after it; *login*, in the state of the login that it belongs to;
  *logged in*. A *td_execute* is answered by ` + "`td_execute`" + ` too, and needs no client.
- **Who**: *all*, or *users* or *bots* only.

The library's own functions are in [extensions.md](extensions.md).

`

// functionsPage makes docs/functions.md.
func functionsPage(t *testing.T) []byte {
	t.Helper()
	list, offline := areas(t)
	missing := unimplementedFunctions(t)
	page := bytes.NewBufferString(functionsIntro)
	page.WriteString("| subject | functions | there | offline |\n|---|--:|--:|--:|\n")
	var all, allThere, allOffline int
	var details bytes.Buffer
	for _, a := range list {
		var rows, lacking []string
		without := 0
		for _, name := range a.names {
			if missing[name] {
				lacking = append(lacking, "`"+name+"`")
				continue
			}
			sync := isSyncName(name)
			rows = append(rows, functionRow(name, offline[name] || sync, sync))
			if offline[name] || sync {
				without++
			}
		}
		fmt.Fprintf(page, "| [%s](#%s) | %d | %d | %d |\n", a.title, anchor(a.title), len(a.names), len(rows), without)
		writeArea(&details, a.title, rows, lacking)
		all, allThere, allOffline = all+len(a.names), allThere+len(rows), allOffline+without
	}
	fmt.Fprintf(page, "| **all** | **%d** | **%d** | **%d** |\n", all, allThere, allOffline)
	page.Write(details.Bytes())
	return page.Bytes()
}

// anchor is how a page is linked to a title in it.
func anchor(title string) string {
	return strings.ReplaceAll(strings.ReplaceAll(strings.ToLower(title), ",", ""), " ", "-")
}

func functionRow(name string, offline, sync bool) string {
	id, _ := types.FunctionID(name)
	p := permissions()[id]
	works, who := "online", "all"
	if offline {
		works = "offline"
	}
	switch {
	case p.when != whenReady: // before it is known who it is
	case !p.bots:
		who = "users"
	case !p.users:
		who = "bots"
	}
	when := map[when]string{whenReady: "logged in", whenLogin: "login", whenParameters: "opened", whenAlways: "always"}[p.when]
	if sync {
		when = "td_execute"
	}
	return fmt.Sprintf("| `%s` | %s | %s | %s |\n", name, works, when, who)
}

func isSyncName(name string) bool {
	req, fail := types.DecodeRequest([]byte(`{"@type":"` + name + `"}`))
	return fail == nil && types.IsSync(req.Function)
}

func writeArea(page *bytes.Buffer, title string, rows, lacking []string) {
	fmt.Fprintf(page, "\n## %s\n", title)
	if len(rows) > 0 {
		page.WriteString("\n| function | works | when | who |\n|---|---|---|---|\n" + strings.Join(rows, ""))
	}
	if len(lacking) > 0 {
		page.WriteString("\nNot yet: " + strings.Join(lacking, ", ") + ".\n")
	}
}

// offlineArguments are what functions need to be answered with anything but an error.
var offlineArguments = map[string]string{
	"addNetworkStatistics":        `,"entry":{"@type":"networkStatisticsEntryCall","network_type":{"@type":"networkTypeWiFi"},"sent_bytes":1}`,
	"addProxy":                    `,"proxy":{"@type":"proxy","server":"127.0.0.1","port":9,"type":{"@type":"proxyTypeSocks5"}}`,
	"deleteLanguagePack":          `,"language_pack_id":"Xown"`,
	"editCustomLanguagePackInfo":  `,"info":{"@type":"languagePackInfo","id":"Xown","name":"Own","native_name":"Own"}`,
	"editProxy":                   `,"proxy_id":2,"proxy":{"@type":"proxy","server":"127.0.0.1","port":99,"type":{"@type":"proxyTypeSocks5"}}`,
	"enableProxy":                 `,"proxy_id":2`,
	"getCountry":                  `,"country_code":"PT"`,
	"getInternalLink":             `,"type":{"@type":"internalLinkTypePublicChat","chat_username":"telegram"}`,
	"getInternalLinkType":         `,"link":"https://t.me/telegram"`,
	"processPushNotification":     `,"payload":"{}"`,
	"removeProxy":                 `,"proxy_id":2`,
	"setCustomLanguagePack":       `,"info":{"@type":"languagePackInfo","id":"Xown","name":"Own","native_name":"Own"}`,
	"setCustomLanguagePackString": `,"language_pack_id":"Xown","new_string":{"@type":"languagePackString","key":"a","value":{"@type":"languagePackStringValueDeleted"}}`,
	"setOption":                   `,"name":"x_own","value":{"@type":"optionValueBoolean","value":true}`,
}

// TestOffline asks a client that is logged in and has no network for all that is there: what is said to do without one does,
// and nothing else. Synchronous functions need no client, let alone a network.
func TestOffline(t *testing.T) {
	_, offline := areas(t)
	missing := unimplementedFunctions(t)
	dir := filepath.Join(t.TempDir(), "database")
	newProgram(t, startServer(t, testdc.Options{})).login(dir, eva).close()
	c := newProgram(t, nil).start(dir)
	c.state("authorizationStateReady")
	c.must("ok", `{"@type":"setOption","name":"localization_target","value":{"@type":"optionValueString","value":"tdesktop"}}`)
	c.must("ok", `{"@type":"setOption","name":"language_pack_database_path","value":{"@type":"optionValueString","value":%q}}`, dir+".languages")
	asked := map[string]string{}
	for _, name := range types.Functions()[:functionCount] {
		if !missing[name] && !isSyncName(name) && (!notAsked[name] || name == "setAlarm") {
			asked[name] = c.send(`{"@type":%q%s}`, name, offlineArguments[name])
		}
	}
	for name, extra := range asked {
		if !offline[name] {
			continue
		}
		if o := c.answer(extra); o.kind() == "error" && o.number("code") != 404 {
			t.Errorf("%s: answered with %v without a network", name, o)
		}
	}
	for name, extra := range asked {
		c.mu.Lock()
		answers := c.answers[extra]
		c.mu.Unlock()
		if !offline[name] && len(answers) > 0 && answers[0].kind() != "error" {
			t.Errorf("%s is answered without a network: give it a star in testdata/areas.txt", name)
		}
	}
	c.must("ok", `{"@type":"destroy"}`)
	c.waitClosed()
}
