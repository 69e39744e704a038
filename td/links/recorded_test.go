package links

import (
	"flag"
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"tdjson/types"
)

// To record more, add lines without an answer to testdata/recorded.txt and let a libtdjson answer all of them anew:
//
//	go test ./td/links -run TestRecorded -rewrite -libtdjson path/to/libtdjson.so
var rewrite = flag.Bool("rewrite", false, "write the answers of -libtdjson into the recorded table")

const recordedFile = "testdata/recorded.txt"

// A row is what TDLib was asked and answered. In the file they stand on one line with a tab between; asked is a word, a space and JSON:
//
//	parse "link"    getInternalLinkType
//	http {type}     getInternalLink, is_http
//	app {type}      getInternalLink, not is_http
type row struct {
	asked, request, answer string
}

func recorded(t testing.TB) []row {
	t.Helper()
	b, err := os.ReadFile(recordedFile)
	if err != nil {
		t.Fatal(err)
	}
	var rows []row
	for line := range strings.Lines(string(b)) {
		asked, answer, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "\t")
		how, what, _ := strings.Cut(asked, " ")
		r := row{asked: asked, answer: answer}
		switch how {
		case "parse":
			r.request = `{"@type":"getInternalLinkType","link":` + what + `}`
		case "http":
			r.request = `{"@type":"getInternalLink","type":` + what + `,"is_http":true}`
		case "app":
			r.request = `{"@type":"getInternalLink","type":` + what + `,"is_http":false}`
		default:
			t.Fatalf("%s: what is %q?", recordedFile, how)
		}
		rows = append(rows, r)
	}
	return rows
}

func TestRecorded(t *testing.T) {
	rows := recorded(t)
	if *rewrite {
		rows = record(t, rows)
	}
	for _, r := range rows {
		if text, _ := answer(t, r.request); text != r.answer {
			t.Errorf("%s\n is %s\n not %s", r.asked, r.answer, text)
		}
	}
}

// record asks for all answers and writes them to the file, without those that would not be UTF-8: TDLib dies of them.
func record(t *testing.T, rows []row) []row {
	rows = slices.DeleteFunc(rows, func(r row) bool {
		_, ok := answer(t, r.request)
		return !ok
	})
	requests := make([]string, len(rows))
	for i, r := range rows {
		requests[i] = r.request
	}
	answers, err := openLibrary(t, *libtdjson).ask(requests)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for i := range rows {
		rows[i].answer = answers[i]
		b.WriteString(rows[i].asked + "\t" + answers[i] + "\n")
	}
	if err := os.WriteFile(recordedFile, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	return rows
}

// classesIn are the objects of each class that recorded requests hold.
func classesIn(t testing.TB, rows []row) map[string][]types.Object {
	t.Helper()
	classes := map[string][]types.Object{}
	seen := map[reflect.Type]bool{}
	var walk func(reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.Interface:
			if !v.IsNil() && !seen[v.Elem().Type()] {
				seen[v.Elem().Type()] = true
				classes[v.Type().Name()] = append(classes[v.Type().Name()], v.Interface().(types.Object))
			}
			walk(v.Elem())
		case reflect.Pointer:
			walk(v.Elem())
		case reflect.Struct:
			for i := range v.NumField() {
				walk(v.Field(i))
			}
		}
	}
	for _, r := range rows {
		walk(reflect.ValueOf(decode(t, r.request)))
	}
	return classes
}

// TestAllTypes asks for every type to be recorded in both directions.
func TestAllTypes(t *testing.T) {
	const all = 57 // in the schema of TDLib 1.8.65
	rows := recorded(t)
	if n := len(classesIn(t, rows)["InternalLinkType"]); n != all {
		t.Errorf("links are made of %d types, not of all %d", n, all)
	}
	found := map[string]bool{}
	for _, r := range rows {
		if name, ok := strings.CutPrefix(r.answer, `{"@type":"internalLinkType`); ok {
			name, _, _ = strings.Cut(name, `"`)
			found[name] = true
		}
	}
	if len(found) != all {
		t.Errorf("links lead to %d types, not to all %d", len(found), all)
	}
}
