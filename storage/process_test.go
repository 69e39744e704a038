package storage

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"
)

// TestMain is also the program that the tests here start as another process.
func TestMain(m *testing.M) {
	switch path := os.Getenv("STORAGE_TEST_PATH"); os.Getenv("STORAGE_TEST_CHILD") {
	case "":
		os.Exit(m.Run())
	case "hold":
		childHold(path)
	case "write":
		childWrite(path)
	}
}

// childHold opens path and holds it until its input ends.
func childHold(path string) {
	db, err := Open(path, Options{})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println("open")
	io.Copy(io.Discard, os.Stdin)
	db.Close()
}

// childWrite counts up for ever and says each number that was confirmed.
func childWrite(path string) {
	db, err := Open(path, Options{Key: []byte("k")})
	if err != nil {
		fmt.Println(err)
		return
	}
	s, err := db.Load(context.Background())
	if err != nil {
		fmt.Println(err)
		return
	}
	n := 0
	if s.State != nil {
		n = s.State.PTS
	}
	for ; ; n++ {
		value := []byte(strconv.Itoa(n))
		err := db.Apply(context.Background(), &Batch{
			State: &UpdateState{PTS: n, Channels: []ChannelState{{ID: 9, PTS: n}}},
			Set:   map[string][]byte{"n": value, "m" + string(value[len(value)-1:]): append(value, make([]byte, 900)...)},
		})
		if err != nil {
			fmt.Println(err)
			return
		}
		fmt.Println(n)
		if n%50 == 49 {
			db.Delete(context.Background()) // dying while files are made and removed counts too
		}
	}
}

func child(t *testing.T, what, path string) (*exec.Cmd, *bufio.Scanner, io.Closer) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "STORAGE_TEST_CHILD="+what, "STORAGE_TEST_PATH="+path)
	in, err := cmd.StdinPipe()
	must(t, err)
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	t.Cleanup(func() { cmd.Process.Kill(); cmd.Wait() })
	return cmd, bufio.NewScanner(out), in
}

func TestLockedByAnotherProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	cmd, out, in := child(t, "hold", path)
	if !out.Scan() || out.Text() != "open" {
		t.Fatal("child:", out.Text())
	}
	_, err := Open(path, Options{})
	locked, ok := errors.AsType[*LockedError](err)
	if !ok || locked.SameProcess || !errors.Is(err, ErrLocked) {
		t.Fatalf("%#v", err)
	}
	in.Close()
	must(t, cmd.Wait())
	must(t, mustOpen(t, path, Options{}).Close())
}

func TestLockEndsWithItsProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	cmd, out, _ := child(t, "hold", path)
	if !out.Scan() || out.Text() != "open" {
		t.Fatal("child:", out.Text())
	}
	cmd.Process.Kill()
	cmd.Wait()
	must(t, mustOpen(t, path, Options{}).Close())
}

func TestLockedInThisProcess(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s.session")
	db := mustOpen(t, path, Options{})
	for range 3 {
		_, err := Open(path, Options{})
		locked, ok := errors.AsType[*LockedError](err)
		if !ok || !locked.SameProcess || locked.Path != path {
			t.Fatalf("%#v", err)
		}
	}
	must(t, db.Save(context.Background(), fullSession()))
	must(t, db.Close())
	db = mustOpen(t, path, Options{})
	wantLoad(t, db, fullSession())
}

// TestLockRace: of many openers at a time one has it at most.
func TestLockRace(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	var holders = make(chan struct{}, 1)
	done := make(chan error)
	const n = 8
	for range n {
		go func() {
			for range 200 {
				db, err := Open(path, Options{})
				if errors.Is(err, ErrLocked) {
					continue
				}
				if err != nil {
					done <- err
					return
				}
				select {
				case holders <- struct{}{}:
				default:
					done <- errors.New("two hold the lock")
					return
				}
				runtime.Gosched()
				<-holders
				db.Close()
			}
			done <- nil
		}()
	}
	for range n {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

// TestKill kills a writer at random moments: what it confirmed is there, and
// what it wrote together stands together.
func TestKill(t *testing.T) {
	path := filepath.Join(t.TempDir(), "s")
	rounds := 12
	if testing.Short() {
		rounds = 3
	}
	for range rounds {
		cmd, out, _ := child(t, "write", path)
		wait := time.Duration(rand.IntN(int(150 * time.Millisecond)))
		go func() { time.Sleep(wait); cmd.Process.Kill() }()
		confirmed := -1
		for out.Scan() {
			n, err := strconv.Atoi(out.Text())
			if err != nil {
				t.Fatal("child:", out.Text())
			}
			confirmed = n
		}
		cmd.Wait()
		checkAfterKill(t, path, confirmed)
	}
}

func checkAfterKill(t *testing.T, path string, confirmed int) {
	t.Helper()
	db := mustOpen(t, path, Options{Key: []byte("k")})
	defer db.Close()
	s, err := db.Load(context.Background())
	must(t, err)
	if s.State == nil { // never written, or killed after Delete, which comes after 50 numbers
		if confirmed >= 0 && confirmed%50 != 49 {
			t.Fatalf("%d was confirmed and is lost", confirmed)
		}
		return
	}
	v, _, err := db.Get(context.Background(), "n")
	must(t, err)
	pts := s.State.PTS
	if pts < confirmed || pts > confirmed+1 && confirmed >= 0 {
		t.Fatalf("%d was confirmed, %d is there", confirmed, pts)
	}
	if string(v) != strconv.Itoa(pts) || s.State.Channels[0].PTS != pts {
		t.Fatalf("torn: pts %d, value %s, channel %d", pts, v, s.State.Channels[0].PTS)
	}
}

var errCannotDrop = errors.New("cannot give up root's rights")

// TestReadOnlyDirectory asks as a user without rights, since tests may run as root.
func TestReadOnlyDirectory(t *testing.T) {
	dir := t.TempDir()
	must(t, os.Chmod(dir, 0o555))
	done := make(chan error)
	go func() {
		runtime.LockOSThread() // and never unlocked: the thread ends with the goroutine
		if os.Geteuid() == 0 {
			if err := dropFileRights(); err != nil {
				done <- errCannotDrop
				return
			}
		}
		db, err := Open(filepath.Join(dir, "s"), Options{})
		if err == nil {
			db.Close()
		}
		done <- err
	}()
	err := <-done
	if errors.Is(err, errCannotDrop) {
		t.Skip("running as root, and this system cannot give that up for one thread")
	}
	if !errors.Is(err, syscall.EACCES) || !strings.Contains(err.Error(), dir) {
		t.Error("opened in a directory that cannot be written:", err)
	}
}
