package td

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// TestAsked plays what TDLib was asked before a login and without a network, and compares what it answered. The files in
// testdata/asked have a line for each request (>), each answer or update (<), each td_execute (x); # start
// starts another client, # restart one on the database of the one before. A name in brackets belongs to a request that is not
// waited for, and to its answer. DIR is a directory of the test.
func TestAsked(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "asked", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatal("no transcripts: ", err)
	}
	for _, path := range files {
		t.Run(strings.TrimSuffix(filepath.Base(path), ".txt"), func(t *testing.T) {
			t.Parallel()
			text, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			a := &asked{run: newRun(t)}
			if err := a.r.Log().SetVerbosity(0); err != nil {
				t.Fatal(err)
			}
			for i, line := range strings.Split(string(text), "\n") {
				a.step(i+1, strings.ReplaceAll(line, "DIR", a.dir))
			}
			a.stop()
		})
	}
}

// asked plays one transcript.
type asked struct {
	*run
	client int32
	starts int
	last   string // what td_execute answered
}

func (a *asked) step(n int, line string) {
	kind, text, _ := strings.Cut(line, " ")
	switch {
	case line == "# start":
		a.stop()
		a.starts++
	case line == "# restart":
		a.stop()
	case kind == ">":
		if a.client == 0 {
			a.start()
		}
		if name, request, ok := named(text); ok {
			text = strings.TrimSuffix(request, "}") + `,"@extra":"` + name + `"}`
		}
		a.r.Send(a.client, []byte(text))
	case kind == "x":
		a.last = string(a.r.Execute(nil, []byte(text)))
	case kind == "<" && a.last != "":
		a.compare(n, text, a.last)
		a.last = ""
	case kind == "<":
		a.compare(n, text, a.next(patience))
	case line == "(no answer yet)":
		if got := a.next(calm); got != "" {
			a.t.Errorf("line %d\n TDLib nothing\n here  %s", n, got)
		}
	}
}

// named splits the name in brackets from what follows it.
func named(text string) (name, rest string, ok bool) {
	if !strings.HasPrefix(text, "[") {
		return "", text, false
	}
	name, rest, ok = strings.Cut(text[1:], "] ")
	return name, rest, ok
}

func (a *asked) compare(n int, want, got string) {
	if name, rest, ok := named(want); ok {
		want = strings.TrimSuffix(rest, "}") + `,"@extra":"` + name + `"}`
	}
	got = strings.Replace(got, `,"@client_id":`+itoa(a.client), "", 1)
	if g, w := a.masked(got), a.masked(want); g != w {
		a.t.Errorf("line %d\n TDLib %s\n here  %s", n, w, g)
	}
}

// next is what comes next, but for the state of the connection.
func (a *asked) next(patience time.Duration) string {
	for {
		got := a.receive(patience)
		if got == nil || !isConnectionState(got) {
			return string(got)
		}
	}
}

func itoa(n int32) string { return string(rune('0' + n)) }

// start starts a client and waits until it has said what it says at its start.
func (a *asked) start() {
	a.client = a.r.CreateClientID()
	a.r.Send(a.client, []byte(`{"@type":"setTdlibParameters","database_directory":"`+a.dir+`/db`+itoa(int32(a.starts))+`","use_message_database":true,
		"use_chat_info_database":true,"use_file_database":true,"api_id":94575,"api_hash":"a3406de8d171bb422bb6ddf3bbd800e2",
		"system_language_code":"en","device_model":"Desktop","application_version":"1.0"}`))
	for got := a.receive(patience); !isConnectionState(got); got = a.receive(patience) {
		if got == nil || strings.HasPrefix(string(got), `{"@type":"error"`) {
			a.t.Fatalf("the client did not start: %s", got)
		}
	}
}

// stop closes the client and waits for its end.
func (a *asked) stop() {
	if a.client == 0 {
		return
	}
	a.r.Send(a.client, []byte(`{"@type":"close"}`))
	for got := a.next(patience); !strings.Contains(got, "authorizationStateClosed"); got = a.next(patience) {
		if got == "" {
			a.t.Fatal("the client did not close")
		}
	}
	a.client = 0
}
