package storage_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"log"
	"os"
	"path/filepath"

	"tdjson/storage"
)

// A client keeps its session, goes away, and is logged in when it comes back.
func Example() {
	ctx := context.Background()
	dir, err := os.MkdirTemp("", "session")
	if err != nil {
		log.Fatal(err)
	}
	defer os.RemoveAll(dir)
	path := filepath.Join(dir, "me") // becomes me.session
	key := []byte("32 bytes that only the owner has")

	db, err := storage.Open(path, storage.Options{Key: key})
	if err != nil {
		log.Fatal(err)
	}
	err = db.Save(ctx, &storage.Session{
		DataCenters: []storage.DataCenter{{ID: 2, IPv4: "149.154.167.51:443", AuthKey: bytes.Repeat([]byte{7}, storage.AuthKeyLen), Authorized: true}},
		User:        &storage.User{ID: 777000, DC: 2, Username: "someone"},
	})
	if err != nil {
		log.Fatal(err)
	}
	if _, err := storage.Open(path, storage.Options{Key: key}); errors.Is(err, storage.ErrLocked) {
		fmt.Println("one client at a time")
	}
	if err := db.Close(); err != nil {
		log.Fatal(err)
	}

	if _, err := storage.Open(path, storage.Options{}); errors.Is(err, storage.ErrWrongKey) {
		fmt.Println("not without the key")
	}
	db, err = storage.Open(path, storage.Options{Key: key})
	if err != nil {
		log.Fatal(err)
	}
	defer db.Close()
	s, err := db.Load(ctx)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(s.User.Username, "at data center", s.User.DC, "with a key of", len(s.DataCenters[0].AuthKey), "bytes")
	// Output:
	// one client at a time
	// not without the key
	// someone at data center 2 with a key of 256 bytes
}

// What an update changes is written together with the place that it has in the stream of updates.
func ExampleSQLite_Apply() {
	ctx := context.Background()
	var db storage.Database = storage.Memory() // or what Open answers
	defer db.Close()
	err := db.Apply(ctx, &storage.Batch{
		State: &storage.UpdateState{PTS: 101, QTS: 7, Date: 1700000000, Seq: 3, Channels: []storage.ChannelState{{ID: 1234567890, PTS: 40}}},
		Set:   map[string][]byte{"greeting": []byte("hello")},
	})
	if err != nil {
		log.Fatal(err)
	}
	// The next one only moves a channel.
	if err := db.Apply(ctx, &storage.Batch{Channels: []storage.ChannelState{{ID: 1234567890, PTS: 41}}}); err != nil {
		log.Fatal(err)
	}
	s, err := db.Load(ctx)
	if err != nil {
		log.Fatal(err)
	}
	greeting, _, err := db.Get(ctx, "greeting")
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(s.State.PTS, s.State.Channels[0].PTS, string(greeting), s.User == nil)

	// After Delete there is nothing, and it may be filled again.
	if err := db.Delete(ctx); err != nil {
		log.Fatal(err)
	}
	if s, err = db.Load(ctx); err != nil {
		log.Fatal(err)
	}
	fmt.Println(s.State == nil)
	// Output:
	// 101 41 hello true
	// true
}
