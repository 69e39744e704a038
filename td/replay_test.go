package td

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"math"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-json"

	"tdjson/types"
)

// row is a line of a recorded run of TDLib: a call and what it answered.
type row struct {
	Name        string  `json:"name"`
	Call        string  `json:"call"`
	Request     *string `json:"request"`
	RequestB64  []byte  `json:"request_b64"` // where it is not UTF-8
	Response    *string `json:"response"`
	Seq         int     `json:"seq"`
	Result      int32   `json:"result"`
	Client      int32   `json:"client"`
	RTTSeq      *int    `json:"rtt_seq"` // the reply came before the row of this number
	AnswerOrder *int    `json:"answer_order"`
}

// run replays the rows of a recorded run on a registry of its own.
type run struct {
	t    *testing.T
	r    *Registry
	dir  string
	old  []int32  // clients of the old interface
	held [][]byte // received while something of the other kind was expected: see expect
	mask []masking

	reopened bool // databases are opened again
	hearing  bool // a log callback is set
	heard    [][]any
}

type masking struct {
	find *regexp.Regexp
	put  string
}

// patience is how long an expected object may take, calm how long it is looked for what must not come.
const (
	patience = 12 * time.Second
	calm     = 30 * time.Millisecond
)

func readRows(t *testing.T, name string) []row {
	t.Helper()
	file, err := os.Open(filepath.Join("testdata", "life", name+".jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	var rows []row
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r row
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatal(err)
		}
		rows = append(rows, r)
	}
	return rows
}

// newRun makes a registry that reaches no network.
func newRun(t *testing.T) *run { return newRunIn(t, t.TempDir()) }

// newRunIn is newRun with databases where an earlier run left them.
func newRunIn(t *testing.T, dir string) *run {
	r := NewRegistry()
	r.dial = func(context.Context, string, string) (net.Conn, error) {
		return nil, errors.New("no network in this test")
	}
	r.before = func(f types.Object) {
		if _, opens := f.(*types.SetTdlibParameters); opens {
			time.Sleep(calm) // what is sent at once is there before the database is open, as with TDLib
		}
	}
	v := &run{t: t, r: r, dir: dir}
	for find, put := range map[string]string{
		`"unix_time","value":\{"@type":"optionValueInteger","value":"\d+"`: `"unix_time","value":{"@type":"optionValueInteger","value":"<now>"`,
		`"value":"1\d{9}","@extra":"getOption_unix_time"`:                  `"value":"<now>","@extra":"getOption_unix_time"`,
		`"since_date":\d+`:                  `"since_date":<date>`,
		`"database_size":\d+`:               `"database_size":<size>`,
		`"language_pack_database_size":\d+`: `"language_pack_database_size":<size>`,
		`"log_size":\d+`:                    `"log_size":<size>`,
		`"statistics":"[^"]*"`:              `"statistics":"<text>"`,
		`/tmp/td/db/`:                       v.dir + "/",
		`"login_date":\d+`:                  `"login_date":<date>`,
	} {
		v.mask = append(v.mask, masking{regexp.MustCompile(find), put})
	}
	return v
}

func (v *run) masked(s string) string {
	for _, m := range v.mask {
		s = m.find.ReplaceAllString(s, m.put)
	}
	return v.sorted(s)
}

// sorted puts the options in a state into one order: TDLib's is that of a hash table, another one in each process.
func (v *run) sorted(s string) string {
	if !strings.HasPrefix(s, `{"@type":"updates"`) {
		return s
	}
	var state struct {
		Updates []json.RawMessage `json:"updates"`
		Extra   json.RawMessage   `json:"@extra"`
	}
	if err := json.Unmarshal([]byte(s), &state); err != nil {
		v.t.Fatal(err)
	}
	if len(state.Updates) > 4 {
		slices.SortFunc(state.Updates[4:], func(a, b json.RawMessage) int { return strings.Compare(string(a), string(b)) })
	}
	text, err := json.Marshal(state)
	if err != nil {
		v.t.Fatal(err)
	}
	return string(text)
}

func (v *run) request(r *row) []byte {
	if r.Request == nil {
		return r.RequestB64
	}
	return []byte(strings.ReplaceAll(*r.Request, "/tmp/td/db/", v.dir+"/"))
}

// expect receives one object and compares it with TDLib's. Connection states come in their own time: they are held
// against the recorded ones in their own order.
func (v *run) expect(r *row, want string, receive func(time.Duration) []byte) {
	v.t.Helper()
	kind := isConnectionState([]byte(want))
	i := slices.IndexFunc(v.held, func(b []byte) bool { return isConnectionState(b) == kind })
	var got []byte
	if i >= 0 {
		got = v.held[i]
		v.held = slices.Delete(v.held, i, i+1)
	} else {
		for got = receive(patience); got != nil && isConnectionState(got) != kind; got = receive(patience) {
			v.held = append(v.held, got)
		}
	}
	if g, w := v.masked(string(got)), v.masked(want); g != w {
		v.t.Errorf("row %d %s\n TDLib %s\n here  %s", r.Seq, r.Name, w, g)
	}
}

// expectOptions compares a burst of options in any order: those of a database that was there before come out of a hash table.
func (v *run) expectOptions(rows []*row) {
	v.t.Helper()
	var want, got []string
	for _, r := range rows {
		want = append(want, v.masked(*r.Response))
		b := v.receive(patience)
		for isConnectionState(b) {
			v.held = append(v.held, b)
			b = v.receive(patience)
		}
		got = append(got, v.masked(string(b)))
	}
	slices.Sort(want)
	slices.Sort(got)
	for i, w := range want {
		if !slices.Contains(got, w) {
			v.t.Errorf("rows %d to %d %s: TDLib %s", rows[0].Seq, rows[len(rows)-1].Seq, rows[i].Name, w)
		}
		if g := got[i]; !slices.Contains(want, g) {
			v.t.Errorf("rows %d to %d %s: here  %s", rows[0].Seq, rows[len(rows)-1].Seq, rows[i].Name, g)
		}
	}
}

func isOption(b []byte) bool {
	return bytes.HasPrefix(b, []byte(`{"@type":"updateOption"`))
}

func isConnectionState(b []byte) bool {
	return bytes.HasPrefix(b, []byte(`{"@type":"updateConnectionState"`))
}

func (v *run) nothing(r *row, receive func(time.Duration) []byte) {
	v.t.Helper()
	if got := receive(calm); got != nil && !isConnectionState(got) {
		v.t.Errorf("row %d %s\n TDLib nothing\n here  %s", r.Seq, r.Name, got)
	} else if got != nil {
		v.held = append(v.held, got)
	}
}

func (v *run) receive(timeout time.Duration) []byte { return v.r.Receive(nil, timeout) }

// play replays the rows in the order in which TDLib's objects came. Where several requests were sent at once, only the
// order of the answers and that of the updates are known.
func (v *run) play(rows []row) {
	type arrival struct {
		place int
		row   *row
	}
	var due []arrival // recorded objects in their order, of which a row with a reply has two places
	for i := range rows {
		r := &rows[i]
		if r.Call == "receive" && r.Response != nil {
			due = append(due, arrival{2 * r.Seq, r})
		}
		if r.Call == "send" && r.RTTSeq != nil {
			due = append(due, arrival{2**r.RTTSeq - 1, r})
		}
	}
	slices.SortStableFunc(due, func(a, b arrival) int { return a.place - b.place })
	expectDue := func(place int) {
		for len(due) > 0 && due[0].place < place {
			n := 0
			for n < len(due) && due[n].place < place && v.reopened && isOption([]byte(*due[n].row.Response)) {
				n++
			}
			if n > 1 {
				burst := make([]*row, n)
				for i := range burst {
					burst[i] = due[i].row
				}
				v.expectOptions(burst)
				due = due[n:]
				continue
			}
			v.expect(due[0].row, *due[0].row.Response, v.receive)
			due = due[1:]
		}
	}
	for i := 0; i < len(rows); i++ {
		r := &rows[i]
		if r.Call == "receive" && r.Response != nil {
			continue // it is due
		}
		expectDue(2 * r.Seq)
		if r.AnswerOrder != nil {
			n := batch(rows[i:])
			v.playBatch(rows[i:i+n], rows[i+n:])
			return
		}
		v.hear(rows[i:])
		v.step(r)
	}
	expectDue(math.MaxInt)
	for _, b := range v.held {
		v.t.Errorf("only here: %s", b)
	}
}

func (v *run) step(r *row) {
	switch r.Call {
	case "td_create_client_id":
		if got := v.r.CreateClientID(); got != r.Result && r.Result != 0 {
			v.t.Errorf("row %d: client %d, want %d", r.Seq, got, r.Result)
		}
	case "send":
		v.r.Send(r.Client, v.request(r))
	case "receive":
		if r.Response == nil && !strings.Contains(r.Name, "early_null") {
			v.nothing(r, v.receive)
		}
	case "execute", "td_json_client_execute":
		if got, want := string(v.r.Execute(nil, v.request(r))), v.masked(*r.Response); got != want {
			v.t.Errorf("row %d %s\n TDLib %s\n here  %s", r.Seq, r.Name, want, got)
		}
	case "td_json_client_create":
		v.old = append(v.old, v.r.CreateJSONClient())
	case "td_json_client_send":
		if strings.HasSuffix(r.Name, "/second") {
			v.old = append(v.old, v.r.CreateJSONClient())
		}
		v.r.SendJSON(v.oldClient(r), v.request(r))
	case "td_json_client_receive":
		receive := func(d time.Duration) []byte { return v.r.ReceiveJSON(v.oldClient(r), nil, d) }
		if r.Response == nil {
			v.nothing(r, receive)
		} else {
			v.expect(r, *r.Response, receive)
		}
	case "td_set_log_verbosity_level":
		level, err := strconv.Atoi(*r.Request)
		if err != nil {
			v.t.Fatal(err)
		}
		_ = v.r.Log().SetVerbosity(level) // the C function has no answer
	case "td_set_log_file_path":
		if got := v.r.Log().SetFilePath(string(v.request(r))); got != (r.Result == 1) {
			v.t.Errorf("row %d: the path was taken: %t", r.Seq, got)
		}
	case "ls": // the files of TDLib's database are its own
	case "log_callback_calls":
		v.called(r)
	case "td_json_client_destroy":
		for _, id := range v.old {
			v.r.DestroyJSONClient(id)
		}
	default:
		v.t.Fatalf("row %d: call %s is not known", r.Seq, r.Call)
	}
}

// The run of the log's functions names its callbacks by the level up to which they hear.
var logCallback = regexp.MustCompile(`callback_max_(-?\d+)|callback_(null)|callback_at_verbosity_(1)`)

var logLine = regexp.MustCompile(`\[\d+\.\d+\]\[[^\]]*\]`)

// hear sets the callback that the rows up to the next log_callback_calls are about, and makes the calls that the run does
// not name.
func (v *run) hear(rows []row) {
	if strings.HasPrefix(rows[0].Name, "log_api/stream_after_max") {
		size := map[string]int64{"log_api/stream_after_max": 12345, "log_api/stream_after_max0": 0, "log_api/stream_after_max_neg": -5}[rows[0].Name]
		if size == 12345 {
			v.r.Log().SetFilePath(v.dir + "/oldlog")
		}
		v.r.Log().SetMaxFileSize(size)
	}
	if !strings.HasPrefix(rows[0].Name, "log_api/add_") || v.hearing {
		return
	}
	v.hearing = true
	v.heard = [][]any{}
	i := slices.IndexFunc(rows, func(r row) bool { return r.Call == "log_callback_calls" })
	m := logCallback.FindStringSubmatch(rows[i].Name)
	up := 1024
	if m[1] != "" {
		up, _ = strconv.Atoi(m[1])
	}
	f := func(level int, line string) { v.heard = append(v.heard, []any{level, line}) }
	if m[2] != "" {
		f = nil
	}
	v.r.Log().SetCallback(up, f)
}

// called compares what the callback heard.
func (v *run) called(r *row) {
	v.hearing = false
	v.r.Log().SetCallback(-1, nil)
	text, err := json.Marshal(v.heard)
	if err != nil {
		v.t.Fatal(err)
	}
	plain := func(s string) string {
		return logLine.ReplaceAllString(strings.NewReplacer(", ", ",", `\u0026`, "&").Replace(s), "[<time>][<place>]")
	}
	if g, w := plain(string(text)), plain(*r.Response); g != w {
		v.t.Errorf("row %d %s\n TDLib %s\n here  %s", r.Seq, r.Name, w, g)
	}
}

// oldClient is the client of a row of the old interface: the run has a second one that only says hello.
func (v *run) oldClient(r *row) int32 {
	if strings.HasSuffix(r.Name, "/second") {
		return v.old[1]
	}
	return v.old[0]
}

// batch is how many rows were sent without waiting for an answer.
func batch(rows []row) int {
	n := slices.IndexFunc(rows, func(r row) bool { return r.AnswerOrder == nil })
	if n < 0 {
		return len(rows)
	}
	return n
}

// playBatch sends requests at once and compares the order of the answers, and that of the updates.
func (v *run) playBatch(sent, rest []row) {
	answers := slices.Clone(sent)
	slices.SortFunc(answers, func(a, b row) int { return *a.AnswerOrder - *b.AnswerOrder })
	var updates []row
	for _, r := range rest {
		if r.Call == "receive" && r.Response != nil {
			updates = append(updates, r)
		}
	}
	for i := range sent {
		v.r.Send(sent[i].Client, v.request(&sent[i]))
	}
	for len(answers)+len(updates) > 0 {
		got := v.receive(patience)
		list := &updates
		if strings.Contains(string(got), `"@extra":`) {
			list = &answers
		}
		if got == nil || len(*list) == 0 {
			v.t.Fatalf("after the batch: %d answers and %d updates are missing, got %q", len(answers), len(updates), got)
		}
		r := (*list)[0]
		*list = (*list)[1:]
		if g, w := v.masked(string(got)), v.masked(*r.Response); g != w {
			v.t.Errorf("row %d %s\n TDLib %s\n here  %s", r.Seq, r.Name, w, g)
		}
	}
	v.nothing(&rest[len(rest)-1], v.receive)
}

// TestLife replays recorded runs of TDLib without a network, from the first contact to the end of the client. Runs of one
// line go on in the same directories.
func TestLife(t *testing.T) {
	for _, names := range [][]string{
		{"first_contact"}, {"init_fresh", "reopen"}, {"close_immediately"}, {"invalid_clients"}, {"old_api"}, {"log_api"},
		{"encrypted_fresh"}, {"preparams_errors"}, {"requests_before_params"}, {"wrong_key"},
	} {
		t.Run(names[0], func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			if err := os.WriteFile(filepath.Join(dir, "afile"), nil, 0o600); err != nil {
				t.Fatal(err)
			}
			for _, name := range names {
				v := newRunIn(t, dir)
				v.reopened = name == "reopen" || name == "wrong_key" || name == "preparams_errors"
				if name != "log_api" { // it is about the level itself
					if err := v.r.Log().SetVerbosity(0); err != nil {
						t.Fatal(err)
					}
				}
				v.play(readRows(t, name))
			}
		})
	}
}
