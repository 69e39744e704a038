package td

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/goccy/go-json"
	"github.com/gotd/td/tg"

	"tdjson/internal/testdc"
	"tdjson/storage"
)

var kills = flag.Int("kills", 15, "how many programs TestKill kills")

// crashVariable makes this test binary a program that is to be killed, with a crashPlan in JSON. See TestMain.
const crashVariable = "TDJSON_TEST_CRASH"

// crashPlan is what a program does until it is killed.
type crashPlan struct {
	Directory, Server string
	Key               string // of the database
	Phone             string // logs in, if it is asked to
	Text              string // a session that is imported instead
	Rekey             bool   // changes the key again and again
	Busy              bool   // has always something to ask
}

// start starts a program that is killed at the end of ctx, if not before. What it says is read from the returned pipe.
func (plan crashPlan) start(ctx context.Context, t *testing.T) (*exec.Cmd, io.Reader) {
	t.Helper()
	text, err := json.Marshal(plan)
	if err != nil {
		t.Fatal(err)
	}
	child := exec.CommandContext(ctx, os.Args[0])
	child.Env = append(os.Environ(), crashVariable+"="+string(text))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err == nil {
		err = child.Start()
	}
	if err != nil {
		t.Fatal(err)
	}
	return child, out
}

// ledger is the name of the number of the last update that was applied, which stands in the database beside the place in the updates.
const ledger = "test.ledger"

// crashProgram goes on where its database is, and says what it comes to:
//
//	ready, phone         a state of the login
//	rekeying K, rekeyed  a change of the key
//	wrong ...            an update that was applied twice or left out, a request that failed
func crashProgram(plan crashPlan) {
	r := NewRegistry()
	_ = r.Log().SetVerbosity(0)
	r.servers = func(test bool) (*servers, error) { return findServers(test, plan.Server) }
	r.applied = keepLedger()
	id := r.CreateClientID()
	send := func(format string, args ...any) { r.Send(id, fmt.Appendf(nil, format, args...)) }
	rekey := func() {
		key := fmt.Sprint("key ", rand.Uint64())
		fmt.Println("rekeying", key)
		send(`{"@type":"setDatabaseEncryptionKey","new_encryption_key":%q,"@extra":"rekeyed"}`, base64.StdEncoding.EncodeToString([]byte(key)))
	}
	send("%s", sealedWith(plan.Directory, base64.StdEncoding.EncodeToString([]byte(plan.Key))))
	for {
		var o object
		if text := r.Receive(nil, patience); text == nil || json.Unmarshal(text, &o) != nil {
			continue
		}
		switch state := o.text("authorization_state", "@type"); {
		case o.text("message") == "PHONE_CODE_EXPIRED": // the program before this one used it up and did not hear the answer
			send(`{"@type":"setAuthenticationPhoneNumber","phone_number":%q}`, plan.Phone)
		case o.kind() == "error":
			fmt.Println("wrong answer:", o)
		case o["@extra"] == "rekeyed":
			fmt.Println("rekeyed")
			rekey()
		case state == "authorizationStateReady":
			fmt.Println("ready")
			switch {
			case plan.Rekey:
				rekey()
			case plan.Busy:
				go func() {
					for range time.Tick(time.Millisecond) {
						send(`{"@type":"getActiveSessions"}`)
					}
				}()
			}
		case state == "authorizationStateWaitPhoneNumber":
			fmt.Println("phone")
			if plan.Text != "" {
				send(`{"@type":"importSession","text":%q}`, plan.Text)
			} else {
				send(`{"@type":"setAuthenticationPhoneNumber","phone_number":%q}`, plan.Phone)
			}
		case state == "authorizationStateWaitCode":
			send(`{"@type":"checkAuthenticationCode","code":%q}`, codeOf(plan.Phone))
		}
	}
}

// keepLedger writes down each update where a subject that is about it would: in the transaction of the place in the updates.
func keepLedger() func(*Client, tg.UpdateClass) {
	last := -1
	return func(c *Client, u tg.UpdateClass) {
		number := numbersOf(u)
		if number == nil {
			return
		}
		if last < 0 {
			value, _, err := c.store.db.Get(context.Background(), ledger)
			if last, _ = strconv.Atoi(string(value)); err != nil {
				fmt.Println("wrong ledger:", err)
			}
		}
		if number[0] != last+1 {
			fmt.Println("wrong update:", number[0], "after", last)
		}
		last = number[0]
		time.Sleep(max(0, rand.N(20*time.Millisecond)-19*time.Millisecond)) // for the place to be written without the number, if it were not held back
		c.store.set(ledger, strconv.Itoa(last))
	}
}

// crashLife is a database and the programs that are killed over it.
type crashLife struct {
	crashPlan
	t      *testing.T
	s      *testdc.Server
	kind   string
	added  int      // updates of the account, if any
	ready  bool     // a program has said that it is logged in
	key    [32]byte // of the data center, as it was when one had
	logins int      // of the account on the server before any program that is killed
	rounds int
}

// TestKill kills programs at random moments of a login, an import, the opening of TDLib's database, changes of the key, and updates: no
// session is lost that a program knew of, and what updates do is done once.
func TestKill(t *testing.T) {
	t.Parallel()
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	server := writeConfig(t, s.Config())
	kinds := []string{"login", "import", "opening", "rekey", "updates"}
	lives := map[string]*crashLife{}
	killed, ready := map[string]int{}, map[string]int{}
	for i := range *kills {
		kind := kinds[i%len(kinds)]
		l := lives[kind]
		if l == nil || l.over() {
			if l != nil {
				l.last(p)
			}
			l = newCrashLife(t, s, p, kind, i)
			l.Server = server
			lives[kind] = l
		}
		if l.round() {
			ready[kind]++
		}
		killed[kind]++
		if t.Failed() {
			t.Fatalf("in round %d, %s", i, kind)
		}
	}
	for _, l := range lives {
		l.last(p)
	}
	t.Logf("killed: %v; of those after they were ready: %v", killed, ready)
}

// over says whether the life has told all it can: the short ones come to their end with a program that is ready.
func (l *crashLife) over() bool {
	return l.ready && (l.rounds == 50 || l.kind != "rekey" && l.kind != "updates")
}

func newCrashLife(t *testing.T, s *testdc.Server, p *program, kind string, number int) *crashLife {
	l := &crashLife{t: t, s: s, kind: kind}
	l.Phone = fmt.Sprintf("1555100%04d", number)
	l.Key = []string{"", "a key"}[number/5%2]
	l.Directory = t.TempDir()
	if kind == "login" {
		return l
	}
	c := p.login(t.TempDir(), l.Phone)
	c.upToDate()
	l.logins = 1
	switch kind {
	case "import":
		l.Text = c.must("exportedSession", `{"@type":"exportSession","format":"telethon-string",%s}`, yes).text("text")
	case "opening":
		l.Directory = tdlibDirectory(t, c, base64.StdEncoding.EncodeToString([]byte(l.Key)))
	default:
		l.Rekey = kind == "rekey"
		l.Directory = filepath.Join(t.TempDir(), "db")
		path := filepath.Join(l.Directory, "td_test.session")
		c.must("exportedSession", `{"@type":"exportSession","format":"tdjson","path":%q,"key":%q,%s}`, path, base64.StdEncoding.EncodeToString([]byte(l.Key)), yes)
		l.ready = true
		l.key = l.stored(l.Key).sum
	}
	c.close()
	return l
}

// round starts a program and kills it. It answers whether it was ready before.
func (l *crashLife) round() (ready bool) {
	t := l.t
	l.rounds++
	ctx, cancel := context.WithTimeout(t.Context(), 2*patience)
	defer cancel()
	child, out := l.start(ctx, t)
	done := make(chan struct{})
	go func() {
		defer close(done)
		l.disturb(ctx)
		_ = child.Process.Kill()
	}()
	keys := []string{l.Key}
	for lines := bufio.NewScanner(out); lines.Scan(); {
		word, rest, _ := strings.Cut(lines.Text(), " ")
		switch word {
		case "ready":
			ready = true
			if rand.IntN(2) == 0 && !l.ready {
				_ = child.Process.Kill() // at the moment at which the session has to be there
			}
		case "rekeying":
			keys = append(keys[len(keys)-1:], rest)
		case "rekeyed":
			keys = keys[len(keys)-1:]
		case "phone":
			if l.ready || l.kind == "opening" {
				t.Error("a session that was saved is lost: a program asks for a phone number")
			}
		default:
			t.Error("a program says:", lines.Text())
		}
	}
	<-done
	if err := child.Wait(); ctx.Err() != nil {
		t.Fatalf("the program ended by itself: %v", err)
	}
	l.after(ready, keys)
	return ready
}

// queued says whether the updates count in qts, not in pts.
func (l *crashLife) queued() bool { return l.kind == "rekey" }

// disturb lets the account receive updates until it is time to kill.
func (l *crashLife) disturb(ctx context.Context) {
	life := 20*time.Millisecond + rand.N(150*time.Millisecond)
	if l.kind == "updates" || l.kind == "rekey" {
		life += rand.N(200 * time.Millisecond)
	}
	if raceDetector() {
		life *= 4
	}
	end := time.Now().Add(life)
	for time.Now().Before(end) && ctx.Err() == nil {
		if l.kind == "updates" || l.kind == "rekey" {
			l.added++
			send := rand.IntN(5) > 0 // some have to be found missing
			if l.queued() {
				l.s.AddQueuedUpdate(l.Phone, send, queued(l.added))
			} else {
				l.s.AddUpdate(l.Phone, send, counted(l.added))
			}
		}
		time.Sleep(rand.N(2 * time.Millisecond))
	}
}

// after looks at what the program has left.
func (l *crashLife) after(ready bool, keys []string) {
	t := l.t
	var found []kept
	for _, key := range keys {
		if _, err := os.Stat(filepath.Join(l.Directory, "td_test.session")); err != nil && !l.ready && !ready {
			return // it did not come to that
		}
		if k := l.stored(key); k.opens {
			found = append(found, k)
			l.Key = key
		}
	}
	if len(found) != 1 {
		t.Errorf("%d of %d keys open the database", len(found), len(keys))
		return
	}
	k := found[0]
	switch {
	case !l.ready && !ready:
		// a login that was not told of may be lost
	case !k.user:
		t.Error("the session is lost")
	case l.ready && k.sum != l.key:
		t.Error("the key of the data center is another one")
	}
	if ready {
		l.ready, l.key = true, k.sum
	}
	if k.place > 0 && l.added > 0 && k.place-k.applied != 1 {
		t.Errorf("the place in the updates is %d, but the last update that was applied is %d", k.place, k.applied)
	}
	if k.applied > l.added {
		t.Errorf("%d updates are applied, %d there were", k.applied, l.added)
	}
}

// kept is what stands in a database.
type kept struct {
	opens, user    bool
	sum            [32]byte // of the key of the main data center
	place, applied int
}

func (l *crashLife) stored(key string) (k kept) {
	l.t.Helper()
	db, err := storage.Open(filepath.Join(l.Directory, "td_test.session"), storage.Options{Key: []byte(key)})
	if errors.Is(err, storage.ErrWrongKey) {
		return k
	}
	if err != nil {
		l.t.Fatal(err)
	}
	defer db.Close()
	s, err := db.Load(l.t.Context())
	value, _, valueErr := db.Get(l.t.Context(), ledger)
	if err = errors.Join(err, valueErr); err != nil {
		l.t.Fatal(err)
	}
	k.opens = true
	k.applied, _ = strconv.Atoi(string(value))
	switch {
	case s.State == nil:
	case l.queued():
		k.place = s.State.QTS
	default:
		k.place = s.State.PTS
	}
	if s.User == nil {
		return k
	}
	i := slices.IndexFunc(s.DataCenters, func(dc storage.DataCenter) bool { return dc.ID == s.User.DC })
	k.user = i >= 0 && s.DataCenters[i].Authorized && len(s.DataCenters[i].AuthKey) > 0
	if k.user {
		k.sum = sha256.Sum256(s.DataCenters[i].AuthKey)
	}
	return k
}

// last lets a program that is not killed go on to the end, where all updates have come.
func (l *crashLife) last(p *program) {
	t := l.t
	if !l.ready {
		return
	}
	if l.added > 0 {
		p.r.applied = keepLedger()
	}
	c := p.client()
	c.must("ok", "%s", sealedWith(l.Directory, base64.StdEncoding.EncodeToString([]byte(l.Key))))
	c.state("authorizationStateReady")
	c.upToDate()
	list := c.must("sessions", `{"@type":"getActiveSessions"}`).objects("sessions")
	if l.kind != "login" && len(list) != l.logins {
		t.Errorf("%s: %d logins, want %d", l.kind, len(list), l.logins)
	}
	c.close()
	if k := l.stored(l.Key); k.applied != l.added || l.added > 0 && k.place != l.added+1 {
		t.Errorf("%s: at the end %d updates are applied, the place is %d; there were %d", l.kind, k.applied, k.place, l.added)
	}
}
