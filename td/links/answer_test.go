package links

import (
	"bufio"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"testing"

	"tdjson/types"
)

// answer is what a client would answer to a request, as JSON; ok is false if that is no UTF-8.
func answer(t testing.TB, request string) (text string, ok bool) {
	t.Helper()
	var o types.Object
	switch f := decode(t, request).(type) {
	case *types.GetInternalLinkType:
		if o = Parse(f.Link, &Options{}); types.IsNil(o) {
			o = types.NewError(404, "Not Found")
		}
	case *types.GetInternalLink:
		link, err := Make(f.Type, f.IsHTTP, &Options{})
		if err != nil {
			o = err.(*types.Error)
		} else {
			o = &types.HttpUrl{URL: link}
		}
	}
	b, ok := types.Append(nil, o)
	return string(b), ok
}

func decode(t testing.TB, request string) types.Object {
	t.Helper()
	r, failure := types.DecodeRequest([]byte(request))
	if failure != nil {
		t.Fatalf("%s: %s", request, failure.Message)
	}
	return r.Function
}

// A library is a libtdjson that is asked for its answers.
type library struct {
	command *exec.Cmd
	in      io.WriteCloser
	out     *bufio.Reader
}

func openLibrary(t testing.TB, path string) *library {
	t.Helper()
	l := &library{command: exec.Command("python3", "testdata/ask.py", path)}
	in, err := l.command.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := l.command.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	l.in, l.out = in, bufio.NewReader(out)
	if err := l.command.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		in.Close()
		_ = l.command.Wait()
	})
	return l
}

// ask asks for the answers to some requests.
func (l *library) ask(requests []string) ([]string, error) {
	if _, err := io.WriteString(l.in, strings.Join(requests, "\n")+"\n\n"); err != nil {
		return nil, err
	}
	answers := make([]string, len(requests))
	for i := range answers {
		line, err := l.out.ReadString('\n')
		if err != nil {
			return nil, fmt.Errorf("answer %d of %d: %w", i, len(answers), err)
		}
		answers[i] = strings.TrimSuffix(line, "\n")
	}
	return answers, nil
}
