package td

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"github.com/gotd/td/tg"

	"tdjson/internal/testdc"
)

// crashVariable makes this test binary a program that is to be killed: "database directory|server's file". See TestMain.
const crashVariable = "TDJSON_TEST_CRASH"

// crashProgram opens a database and prints the numbers of the updates that it applies, until it is killed.
func crashProgram(where string) {
	dir, path, _ := strings.Cut(where, "|")
	r := NewRegistry()
	_ = r.Log().SetVerbosity(0)
	r.servers = func(test bool) (*servers, error) { return findServers(test, path) }
	r.applied = func(_ *Client, u tg.UpdateClass) {
		if d, ok := u.(*tg.UpdateDeleteMessages); ok {
			fmt.Println(d.Messages[0])
		}
	}
	r.Send(r.CreateClientID(), []byte(parametersFor(dir)))
	for {
		r.Receive(nil, patience)
	}
}

// TestKill kills programs in the middle of updates: none is lost. What was applied but not yet written comes again.
func TestKill(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	e := listen(p)
	dir := t.TempDir()
	c := p.login(dir, eva)
	c.upToDate()
	c.close()
	where := dir + "|" + writeConfig(t, s.Config())
	added, seen := 0, 0
	add := func() {
		added++
		if added%5 == 0 { // one that has to be found missing
			s.AddUpdate(eva, false, counted(added))
			added++
		}
		s.AddUpdate(eva, true, counted(added))
	}
	for round := range 6 {
		ctx, cancel := context.WithTimeout(t.Context(), 3*patience)
		defer cancel()
		child := exec.CommandContext(ctx, os.Args[0])
		child.Env = append(os.Environ(), crashVariable+"="+where)
		child.Stderr = os.Stderr
		out, err := child.StdoutPipe()
		if err != nil {
			t.Fatal(err)
		}
		if err := child.Start(); err != nil {
			t.Fatal(err)
		}
		lines := bufio.NewScanner(out)
		next, life := 0, 20+rand.N(60)
		for n := 0; n < life; n++ {
			add()
			if !lines.Scan() {
				t.Fatalf("round %d: the program ended by itself", round)
			}
			got, err := strconv.Atoi(lines.Text())
			if err != nil {
				t.Fatal(err)
			}
			if n == 0 && got > seen+1 || n > 0 && got != next {
				t.Fatalf("round %d: update %d came, %d were seen before", round, got, seen)
			}
			next = got + 1
		}
		if err := child.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() { // what it still said
			if got, err := strconv.Atoi(lines.Text()); err == nil {
				next = got + 1
			}
		}
		_ = child.Wait() // killed
		seen = next - 1
	}
	c = p.start(dir)
	waitFor(t, "the last update comes", func() bool {
		list := e.numbers(c)
		return len(list) > 0 && list[len(list)-1] == added
	})
	if list := e.numbers(c); list[0] > seen+1 || list[len(list)-1]-list[0] != len(list)-1 {
		t.Errorf("after %d updates came %s", seen, brief(list))
	}
}
