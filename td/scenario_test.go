package td

import (
	"bufio"
	"bytes"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-json"

	"tdjson/internal/testdc"
)

// TestScenarios plays the scenarios in testdata/scenarios, each on a local server of its own, and holds what the library says
// against what TDLib said, which is recorded beside them: NAME.play and NAME.jsonl.
//
// A scenario has one step a line; a line that ends in a backslash goes on in the next.
//
//	# comment
//	client a       make a client called a, with an empty database directory $db_a
//	a > {JSON}     send a request; @extra is the number of the step unless given
//	a < {PATTERN}  wait for an object of a that holds the pattern
//	a ? {PATTERN}  the same, but it need not come
//	a = {PATTERN}  wait for the answer to the latest request of a, and hold it to the pattern
//	exec {JSON}    call td_execute
//	exec= {PATTERN}
//	sleep SECONDS
//	close a        close a and wait for its last word
//
// In a pattern fields that are not named are free, "*" is anything, and "$x" is bound to what is there or has to equal it. In a
// request $x stands for what it is bound to; $db_a, $proxy_host and $proxy_port are bound from the start. Requests of type
// saveApplicationLogEvent command the server: see testdc.Command. Some comments say how the comparison goes:
//
//	# same: PERCENT      so much of what TDLib said has to be said here (95 if not given)
//	# in order: TYPES    objects of these types have to come in TDLib's order, for each client
//	# may differ: TYPES  nothing but objects of these types may be different here; not checked if not given. An answer to a request
//	                     with a name as @extra is TYPE#NAME. Without any type: nothing may be different
//
// To record anew, or first, let TDJSON_REAL name TDLib's own library:
//
//	TDJSON_REAL=/path/libtdjson.so go test ./td -run TestScenarios/NAME -update
//
// "./build.sh record /path/libtdjson.so" records all of them.
//
// Without -update the recorded runs are then compared with TDLib itself. Its server keys are replaced in a copy; python3 is needed.
// Run with -v to see all differences.
func TestScenarios(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "scenarios", "*.play"))
	if err != nil || len(files) == 0 {
		t.Fatal("no scenarios: ", err)
	}
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".play"), func(t *testing.T) {
			t.Parallel()
			s := readScenario(t, path)
			got := s.play(t)
			recorded := strings.TrimSuffix(path, ".play") + ".jsonl"
			if *update {
				got.write(t, recorded)
				return
			}
			s.compare(t, readTranscript(t, recorded), got)
		})
	}
}

// scenario is a file of steps.
type scenario struct {
	steps     []step
	same      float64
	inOrder   []string
	mayDiffer []string // nil: anything
}

type step struct {
	line int
	text string
}

func readScenario(t *testing.T, path string) *scenario {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	s := &scenario{same: 95}
	held := ""
	for i, line := range strings.Split(string(text), "\n") {
		line = held + strings.TrimSpace(line)
		held = ""
		if begun, more := strings.CutSuffix(line, `\`); more {
			held = strings.TrimSpace(begun) + " "
			continue
		}
		if comment, ok := strings.CutPrefix(line, "#"); ok {
			if err := s.directive(comment); err != nil {
				t.Fatalf("%s:%d: %v", path, i+1, err)
			}
		} else if line != "" {
			s.steps = append(s.steps, step{i + 1, line})
		}
	}
	return s
}

func (s *scenario) directive(comment string) (err error) {
	name, value, _ := strings.Cut(strings.TrimSpace(comment), ":")
	value = strings.TrimSpace(value)
	switch name {
	case "same":
		s.same, err = strconv.ParseFloat(value, 64)
	case "in order":
		s.inOrder = strings.Fields(value)
	case "may differ":
		s.mayDiffer = append([]string{}, strings.Fields(value)...)
	}
	return err
}

// play plays the scenario through the library, or through TDLib, and returns what was received.
func (s *scenario) play(t *testing.T) transcript {
	t.Helper()
	server := startServer(t, testdc.Options{Proxy: true})
	var lib library
	if real := os.Getenv("TDJSON_REAL"); real != "" {
		lib = startBridge(t, real, server)
	} else if *update {
		t.Fatal("TDJSON_REAL does not name TDLib's library: what this library says must not be recorded")
	} else {
		lib = newRegistryLibrary(t, server)
	}
	p := newPlayer(t, lib, server)
	for i, step := range s.steps {
		p.step = i + 1
		if err := p.do(step.text); err != nil {
			p.end()
			t.Fatalf("line %d: %v: %.300s", step.line, err, step.text)
		}
	}
	p.drain(settle)
	p.end()
	return p.transcript()
}

// settle is for how long a scenario still listens at its end.
const settle = 500 * time.Millisecond

// transcript is what was received, folded: see fold.
type transcript []said

type said struct {
	Client string         `json:"client"`
	Step   int            `json:"step"`
	Object map[string]any `json:"object,omitempty"`
	// Options are updates of options that came in a row, which are most of what comes.
	Options [][2]any `json:"options,omitempty"`
}

func readTranscript(t *testing.T, path string) transcript {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatalf("not recorded yet: %v", err)
	}
	defer file.Close()
	var list transcript
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<22)
	for lines.Scan() {
		var e said
		if err := unmarshalExact(lines.Bytes(), &e); err != nil {
			t.Fatalf("%s: %v", path, err)
		}
		list = append(list, e.unpacked()...)
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	return list
}

// unpacked are the objects that the line stands for.
func (e said) unpacked() []said {
	if e.Options == nil {
		return []said{e}
	}
	var list []said
	for _, o := range e.Options {
		list = append(list, said{Client: e.Client, Step: e.Step, Object: map[string]any{"@type": "updateOption", "name": o[0], "value": o[1]}})
	}
	return list
}

func (list transcript) write(t *testing.T, path string) {
	t.Helper()
	var b bytes.Buffer
	for i := 0; i < len(list); {
		e, n := list.packed(i)
		line, err := json.MarshalWithOption(e, json.DisableHTMLEscape())
		if err != nil {
			t.Fatal(err)
		}
		b.Write(append(line, '\n'))
		i += n
	}
	if err := os.WriteFile(path, b.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

// packed is the line that begins with an object, and how many it stands for.
func (list transcript) packed(i int) (said, int) {
	e := said{Client: list[i].Client, Step: list[i].Step}
	for _, o := range list[i:] {
		if o.Client != e.Client || o.Step != e.Step || o.Object["@type"] != "updateOption" || len(o.Object) != 3 {
			break
		}
		e.Options = append(e.Options, [2]any{o.Object["name"], o.Object["value"]})
	}
	if len(e.Options) < 2 {
		return list[i], 1
	}
	return e, len(e.Options)
}

// compare fails the test when too little of what TDLib said was said here, or not in its order.
func (s *scenario) compare(t *testing.T, theirs, ours transcript) {
	t.Helper()
	d := theirs.differences(ours)
	for _, l := range d.list {
		if s.mayDiffer != nil && !slices.Contains(s.mayDiffer, l.kind) && !slices.Contains(s.mayDiffer, l.answer) {
			t.Error(l.text)
		} else {
			t.Log(l.text)
		}
	}
	percent := 100 * float64(d.same) / float64(max(d.total, 1))
	t.Logf("same %d of %d (%.1f %%), only here %d", d.same, d.total, percent, d.extra)
	if percent < s.same || float64(d.extra) > float64(d.total)*(100-s.same)/100 {
		t.Errorf("same %.1f %%, only here %d; want %v %%", percent, d.extra, s.same)
	}
	for client, want := range theirs.order(s.inOrder) {
		if got := ours.order(s.inOrder)[client]; !slices.Equal(got, want) {
			t.Errorf("client %s: TDLib's order is\n  %s\nhere it is\n  %s", client, strings.Join(want, " "), strings.Join(got, " "))
		}
	}
}

// order is in which order objects of some types came to each client, answers with the number of their request.
func (list transcript) order(kinds []string) map[string][]string {
	order := map[string][]string{}
	for _, e := range list {
		kind, _ := e.Object["@type"].(string)
		if !slices.Contains(kinds, kind) {
			continue
		}
		if extra, ok := e.Object["@extra"]; ok {
			kind = fmt.Sprint(kind, "#", extra)
		}
		order[e.Client] = append(order[e.Client], kind)
	}
	return order
}

type differences struct {
	same, total, extra int
	list               []difference
}

// difference is an object that TDLib said otherwise, or not at all, or that was not said here.
type difference struct{ kind, answer, text string }

func (d *differences) add(o map[string]any, format string, args ...any) {
	kind, _ := o["@type"].(string)
	if part, ok := o["part"].(string); ok {
		kind = part // of the current state
	}
	d.list = append(d.list, difference{kind, fmt.Sprint(kind, "#", o["@extra"]), fmt.Sprintf(format, args...)})
}

// differences are what TDLib said and we did not, and the other way around. Order does not matter.
func (list transcript) differences(ours transcript) (d differences) {
	here := ours.byClient()
	for client, objects := range list.byClient() {
		left := here[client]
		delete(here, client)
		var missing []map[string]any
		for _, o := range objects {
			d.total++
			if i := slices.IndexFunc(left, func(l map[string]any) bool { return len(delta(o, l, "")) == 0 }); i >= 0 {
				left = slices.Delete(left, i, i+1)
				d.same++
			} else {
				missing = append(missing, o)
			}
		}
		for _, o := range missing {
			i, places := closest(o, left)
			if i < 0 {
				d.add(o, "%s missing %.300s", client, compact(o))
				continue
			}
			d.add(o, "%s %v: %s", client, o["@type"], strings.Join(places[:min(len(places), 6)], "; "))
			left = slices.Delete(left, i, i+1)
		}
		here[client+" "] = left
	}
	for _, client := range slices.Sorted(maps.Keys(here)) {
		for _, o := range here[client] {
			d.extra++
			d.add(o, "%s only here %.300s", strings.TrimSpace(client), compact(o))
		}
	}
	return d
}

// closest finds the object of the same type that differs least.
func closest(o map[string]any, list []map[string]any) (best int, places []string) {
	best = -1
	for i, l := range list {
		if l["@type"] != o["@type"] || l["name"] != o["name"] || l["part"] != o["part"] {
			continue
		}
		if p := delta(o, l, ""); best < 0 || len(p) < len(places) {
			best, places = i, p
		}
	}
	return best, places
}

func compact(v any) string {
	text, _ := json.MarshalWithOption(v, json.DisableHTMLEscape())
	return string(text)
}

// TestScenarioDifferences checks that the comparison of transcripts sees what it should.
func TestScenarioDifferences(t *testing.T) {
	object := func(text string) said {
		var e said
		if err := unmarshalExact([]byte(text), &e.Object); err != nil {
			t.Fatal(err)
		}
		e.Client = "a"
		return e
	}
	theirs := transcript{
		object(`{"@type":"ok","@extra":1}`), object(`{"@type":"ok","@extra":1}`), object(`{"@type":"sessions","sessions":[{"id":"1"},{"id":"2"}]}`),
		object(`{"@type":"updateUser","user":{"id":1}}`), object(`{"@type":"updateConnectionState","state":1}`),
	}
	if d := theirs.differences(slices.Clone(theirs)); d.same != 5 || d.total != 5 || d.extra != 0 || len(d.list) != 0 {
		t.Errorf("with itself: %+v", d)
	}
	ours := transcript{
		object(`{"@type":"sessions","sessions":[{"id":"2"},{"id":"1"}]}`), object(`{"@type":"ok","@extra":1}`),
		object(`{"@type":"updateConnectionState","state":1}`), object(`{"@type":"updateConnectionState","state":1}`), object(`{"@type":"error"}`),
	}
	d := theirs.differences(ours)
	if d.same != 2 || d.total != 5 || d.extra != 1 || len(d.list) != 4 {
		t.Errorf("with another: %+v", d)
	}
	want := difference{"sessions", "sessions#<nil>", `a sessions: .sessions[0].id: TDLib "1" here "2"; .sessions[1].id: TDLib "2" here "1"`}
	if !slices.Contains(d.list, want) {
		t.Errorf("%q lacks %q", d.list, want)
	}
	if a, b := theirs.order([]string{"ok", "sessions"})["a"], ours.order([]string{"ok", "sessions"})["a"]; slices.Equal(a, b) || !slices.Equal(a, []string{"ok#1", "ok#1", "sessions"}) {
		t.Errorf("orders %q and %q", a, b)
	}
}
