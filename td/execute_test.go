package td

import (
	"bufio"
	"encoding/base64"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/goccy/go-json"
)

// executed is a line of what TDLib answered to td_execute.
type executed struct {
	Name        string  `json:"name"`
	Request     *string `json:"request"`
	RequestB64  string  `json:"request_b64"` // where it is not UTF-8
	Response    string  `json:"response"`
	CrashSignal int     `json:"crash_signal"` // the request killed TDLib
}

// TestExecute holds every recorded answer of TDLib's td_execute against ours, byte for byte. Where TDLib killed its host or
// wrote what is no JSON, any answer will do.
func TestExecute(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("testdata", "execute", "*.jsonl"))
	if err != nil || len(files) == 0 {
		t.Fatal("no recorded answers: ", err)
	}
	for _, path := range files {
		path, err := filepath.Abs(path)
		if err != nil {
			t.Fatal(err)
		}
		t.Run(strings.TrimSuffix(filepath.Base(path), ".jsonl"), func(t *testing.T) {
			t.Chdir(t.TempDir()) // getLanguagePackString makes its database where it is told to
			executeFile(t, path)
		})
	}
}

func executeFile(t *testing.T, path string) {
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	r := NewRegistry()
	if !strings.Contains(path, "sync_log") { // those rows are about the level itself
		if err := r.Log().SetVerbosity(0); err != nil {
			t.Fatal(err)
		}
	}
	lines := bufio.NewScanner(file)
	lines.Buffer(nil, 1<<22)
	for n := 1; lines.Scan(); n++ {
		var e executed
		if err := json.Unmarshal(lines.Bytes(), &e); err != nil {
			t.Fatal(err)
		}
		got := string(r.Execute(nil, e.request(t)))
		if e.CrashSignal != 0 || !json.Valid([]byte(e.Response)) {
			if !strings.HasPrefix(got, `{"@type":`) {
				t.Errorf("line %d %s: answered %q", n, e.Name, got)
			}
		} else if got != e.Response {
			t.Errorf("line %d %s: %.200q\n TDLib %.400s\n here  %.400s", n, e.Name, e.request(t), e.Response, got)
		}
	}
}

func (e *executed) request(t *testing.T) []byte {
	if e.Request != nil {
		return []byte(*e.Request)
	}
	b, err := base64.StdEncoding.DecodeString(e.RequestB64)
	if err != nil {
		t.Fatal(err)
	}
	return b
}
