package storage

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"testing"
)

func key(b byte) []byte { return bytes.Repeat([]byte{b}, AuthKeyLen) }

func fullSession() *Session {
	return &Session{
		DataCenters: []DataCenter{
			{ID: 1, IPv4: "149.154.175.53:443"},
			{ID: 2, IPv4: "149.154.167.51:443", IPv6: "[2001:67c:4e8:f002::a]:443", AuthKey: key(0xA7), Salt: -5, Authorized: true},
			{ID: 4, AuthKey: key(0xB8), Salt: 1 << 62, Test: true},
		},
		User: &User{ID: 1 << 40, DC: 2, Bot: true, Username: "durov"},
		State: &UpdateState{PTS: 10, QTS: 3, Date: 1700000000, Seq: 7,
			Channels: []ChannelState{{ID: 5, PTS: 6}, {ID: 1 << 41, PTS: 8}}},
	}
}

// databases runs f on every kind of database; reopen closes and opens it again
// where that keeps anything.
func databases(t *testing.T, f func(t *testing.T, db Database, reopen func() Database)) {
	t.Run("memory", func(t *testing.T) {
		db := Memory()
		f(t, db, func() Database { return db })
	})
	for name, o := range map[string]Options{"sqlite": {}, "sealed": {Key: []byte("k")}} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "s")
			db := mustOpen(t, path, o)
			f(t, db, func() Database {
				must(t, db.Close())
				db = mustOpen(t, path, o)
				return db
			})
		})
	}
}

func mustOpen(t testing.TB, path string, o Options) *SQLite {
	t.Helper()
	db, err := Open(path, o)
	must(t, err)
	t.Cleanup(func() { db.Close() })
	return db
}

func must(t testing.TB, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantLoad(t *testing.T, db Database, want *Session) {
	t.Helper()
	got, err := db.Load(context.Background())
	must(t, err)
	if !reflect.DeepEqual(got, want) {
		t.Fatalf("loaded %+v, want %+v", got, want)
	}
}

func TestSaveLoadDelete(t *testing.T) {
	ctx := context.Background()
	databases(t, func(t *testing.T, db Database, reopen func() Database) {
		wantLoad(t, db, &Session{})
		must(t, db.Save(ctx, fullSession()))
		wantLoad(t, db, fullSession())
		db = reopen()
		wantLoad(t, db, fullSession())

		smaller := &Session{DataCenters: []DataCenter{{ID: 3}}}
		must(t, db.Save(ctx, smaller))
		wantLoad(t, db, smaller)
		must(t, db.Set(ctx, "a", []byte("b")))

		must(t, db.Delete(ctx))
		wantLoad(t, db, &Session{})
		if all, err := db.All(ctx, ""); err != nil || len(all) != 0 {
			t.Fatal("values survived Delete:", all, err)
		}
		must(t, db.Delete(ctx))
		must(t, db.Save(ctx, fullSession()))
		db = reopen()
		wantLoad(t, db, fullSession())
	})
}

func TestSaveRefusesWhatItCannotKeep(t *testing.T) {
	for name, s := range map[string]*Session{
		"nil":           nil,
		"short key":     {DataCenters: []DataCenter{{ID: 1, AuthKey: make([]byte, 255)}}},
		"dc 0":          {DataCenters: []DataCenter{{ID: 0}}},
		"dc twice":      {DataCenters: []DataCenter{{ID: 1}, {ID: 1}}},
		"channel twice": {State: &UpdateState{Channels: []ChannelState{{ID: 1}, {ID: 1}}}},
		"channel -1":    {State: &UpdateState{Channels: []ChannelState{{ID: -1}}}},
	} {
		databases(t, func(t *testing.T, db Database, _ func() Database) {
			if err := db.Save(context.Background(), s); err == nil {
				t.Error("saved:", name)
			}
			wantLoad(t, db, &Session{})
		})
	}
}

func TestApplyChangesOnlyWhatItNames(t *testing.T) {
	ctx := context.Background()
	databases(t, func(t *testing.T, db Database, reopen func() Database) {
		must(t, db.Save(ctx, fullSession()))
		must(t, db.Set(ctx, "gone", []byte{1}))
		must(t, db.Apply(ctx, &Batch{}))
		wantLoad(t, db, fullSession())

		want := fullSession()
		want.DataCenters[0].AuthKey = key(1)
		want.DataCenters = append(want.DataCenters[:2:2], DataCenter{ID: 5})
		want.State.PTS, want.State.Seq = 11, 8
		want.State.Channels = []ChannelState{{ID: 4, PTS: 1}, {ID: 1 << 41, PTS: 9}}
		must(t, db.Apply(ctx, &Batch{
			DataCenters:       []DataCenter{{ID: 5}, want.DataCenters[0]},
			RemoveDataCenters: []int{4, 77},
			State:             &UpdateState{PTS: 11, QTS: 3, Date: 1700000000, Seq: 8, Channels: []ChannelState{{ID: 1 << 41, PTS: 9}}},
			Channels:          []ChannelState{{ID: 4, PTS: 1}},
			RemoveChannels:    []int64{5, 99},
			Set:               map[string][]byte{"x": []byte("y"), "empty": {}, "nil": nil},
			Unset:             []string{"gone", "never"},
		}))
		db = reopen()
		wantLoad(t, db, want)
		all, err := db.All(ctx, "")
		must(t, err)
		if !reflect.DeepEqual(all, map[string][]byte{"x": []byte("y"), "empty": {}, "nil": {}}) {
			t.Fatalf("values %q", all)
		}

		must(t, db.Apply(ctx, &Batch{RemoveUser: true}))
		want.User = nil
		wantLoad(t, db, want)
		must(t, db.Apply(ctx, &Batch{User: &User{ID: 3}}))
		want.User = &User{ID: 3}
		wantLoad(t, reopen(), want)
	})
}

func TestApplyIsAllOrNothing(t *testing.T) {
	ctx := context.Background()
	bad := []*Batch{
		{Set: map[string][]byte{"a": {1}}, User: &User{}, RemoveUser: true},
		{Set: map[string][]byte{"a": {1}}, DataCenters: []DataCenter{{ID: 1, AuthKey: []byte{1}}}},
		{Set: map[string][]byte{"a": {1}}, Channels: []ChannelState{{ID: 1}, {ID: 1}}},
		{Set: map[string][]byte{"a": {1}}, State: &UpdateState{Channels: []ChannelState{{}}}},
	}
	databases(t, func(t *testing.T, db Database, _ func() Database) {
		for i, b := range bad {
			if db.Apply(ctx, b) == nil {
				t.Error("applied batch", i)
			}
		}
		done, cancel := context.WithCancel(ctx)
		cancel()
		if err := db.Apply(done, &Batch{Set: map[string][]byte{"a": {1}}, Channels: []ChannelState{{ID: 1}}}); !errors.Is(err, context.Canceled) {
			t.Error("with a context that is done:", err)
		}
		if _, ok, err := db.Get(ctx, "a"); ok || err != nil {
			t.Error("a part was kept", err)
		}
		wantLoad(t, db, &Session{})
	})
}

func TestValues(t *testing.T) {
	ctx := context.Background()
	databases(t, func(t *testing.T, db Database, reopen func() Database) {
		if _, ok, err := db.Get(ctx, "none"); ok || err != nil {
			t.Fatal(ok, err)
		}
		must(t, db.Unset(ctx, "none"))
		big := bytes.Repeat([]byte("0123456789"), 100_000)
		for _, k := range []string{"p", "p/a", "p/\u00ff\U0010ffff", "p0", "q", "", "o"} {
			must(t, db.Set(ctx, k, []byte(k+"!")))
		}
		must(t, db.Set(ctx, "p/a", big))
		db = reopen()
		all, err := db.All(ctx, "p/")
		must(t, err)
		if got := slices.Sorted(maps.Keys(all)); !slices.Equal(got, []string{"p/a", "p/\u00ff\U0010ffff"}) {
			t.Fatalf("keys %q", got)
		}
		if !bytes.Equal(all["p/a"], big) {
			t.Fatal("big value changed")
		}
		must(t, db.Unset(ctx, "p/a"))
		if v, ok, _ := db.Get(ctx, ""); !ok || string(v) != "!" {
			t.Fatalf("empty key: %q %v", v, ok)
		}
		if all, _ := db.All(ctx, ""); len(all) != 6 {
			t.Fatalf("%d values, want 6", len(all))
		}
	})
}

func TestAnswersAreTheCallersOwn(t *testing.T) {
	ctx := context.Background()
	databases(t, func(t *testing.T, db Database, _ func() Database) {
		s, v := fullSession(), []byte("v")
		must(t, db.Save(ctx, s))
		must(t, db.Set(ctx, "k", v))
		spoil := func(s *Session) { s.DataCenters[1].AuthKey[0]++; s.User.ID++; s.State.Channels[0].PTS++ }
		spoil(s)
		v[0]++
		loaded, err := db.Load(ctx)
		must(t, err)
		spoil(loaded)
		wantLoad(t, db, fullSession())
		if got, _, _ := db.Get(ctx, "k"); string(got) != "v" {
			t.Fatalf("value became %q", got)
		}
	})
}

func TestClosed(t *testing.T) {
	ctx := context.Background()
	databases(t, func(t *testing.T, db Database, _ func() Database) {
		must(t, db.Close())
		_, loadErr := db.Load(ctx)
		_, _, getErr := db.Get(ctx, "a")
		_, allErr := db.All(ctx, "")
		for i, err := range []error{loadErr, getErr, allErr, db.Save(ctx, &Session{}), db.Apply(ctx, &Batch{}),
			db.Set(ctx, "a", nil), db.Unset(ctx, "a"), db.Delete(ctx), db.Rekey(ctx, nil)} {
			if !errors.Is(err, ErrClosed) {
				t.Errorf("call %d: %v", i, err)
			}
		}
	})
}

func TestConcurrentCalls(t *testing.T) {
	ctx := context.Background()
	databases(t, func(t *testing.T, db Database, _ func() Database) {
		done := make(chan error, 8)
		for g := range cap(done) {
			go func() {
				for i := range 50 {
					if err := db.Apply(ctx, &Batch{Channels: []ChannelState{{ID: int64(g + 1), PTS: i}}, Set: map[string][]byte{"k": {byte(i)}}}); err != nil {
						done <- err
						return
					}
					if _, err := db.Load(ctx); err != nil {
						done <- err
						return
					}
				}
				done <- nil
			}()
		}
		for range cap(done) {
			must(t, <-done)
		}
		s, err := db.Load(ctx)
		must(t, err)
		for _, c := range s.State.Channels {
			if c.PTS != 49 {
				t.Errorf("channel %d stands at %d", c.ID, c.PTS)
			}
		}
	})
}

func readAll(t testing.TB, path string) []byte {
	t.Helper()
	b, err := os.ReadFile(path)
	must(t, err)
	return b
}
