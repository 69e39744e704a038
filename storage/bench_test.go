package storage

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"testing"
)

func BenchmarkApplyState(b *testing.B) {
	db := mustOpen(b, filepath.Join(b.TempDir(), "s"), Options{})
	for i := 0; b.Loop(); i++ {
		must(b, db.Apply(context.Background(), &Batch{State: &UpdateState{PTS: i}}))
	}
}

func BenchmarkApplyStateAndValue(b *testing.B) {
	db := mustOpen(b, filepath.Join(b.TempDir(), "s"), Options{Key: []byte("k")})
	value := make([]byte, 200)
	for i := 0; b.Loop(); i++ {
		must(b, db.Apply(context.Background(), &Batch{State: &UpdateState{PTS: i}, Set: map[string][]byte{"k": value}}))
	}
}

func BenchmarkOpenFresh(b *testing.B) {
	dir := b.TempDir()
	for i := 0; b.Loop(); i++ {
		db := mustOpen(b, filepath.Join(dir, fmt.Sprint(i)), Options{})
		must(b, db.Close())
	}
}

func BenchmarkOpenSaveClose(b *testing.B) {
	dir, s := b.TempDir(), fullSession()
	for i := 0; b.Loop(); i++ {
		db := mustOpen(b, filepath.Join(dir, fmt.Sprint(i)), Options{})
		must(b, db.Save(context.Background(), s))
		must(b, db.Close())
	}
}

func BenchmarkOpenLoadExisting(b *testing.B) {
	path := filepath.Join(b.TempDir(), "s")
	db := mustOpen(b, path, Options{})
	must(b, db.Save(context.Background(), fullSession()))
	must(b, db.Close())
	for b.Loop() {
		db := mustOpen(b, path, Options{})
		_, err := db.Load(context.Background())
		must(b, err)
		must(b, db.Close())
	}
}

// BenchmarkMemory tells the resident memory of a database that is open, and of
// one whose connection was closed because nothing happened.
func BenchmarkMemory(b *testing.B) {
	for b.Loop() {
		dir := b.TempDir()
		const n = 100
		warm := mustOpen(b, filepath.Join(dir, "warm"), Options{}) // SQLite itself and its code pages
		must(b, warm.Save(context.Background(), fullSession()))
		before := resident()
		dbs := make([]*SQLite, n)
		for i := range dbs {
			dbs[i] = mustOpen(b, filepath.Join(dir, fmt.Sprint(i)), Options{})
			must(b, dbs[i].Save(context.Background(), fullSession()))
			_, err := dbs[i].Load(context.Background())
			must(b, err)
		}
		b.ReportMetric((resident()-before)/n, "open-KB/db")
		for _, db := range dbs {
			db.mu.Lock()
			db.db.SetMaxIdleConns(-1) // closes what is idle
			db.mu.Unlock()
		}
		b.ReportMetric((resident()-before)/n, "idle-KB/db")
	}
}

func resident() float64 {
	runtime.GC()
	b, _ := os.ReadFile("/proc/self/statm")
	var size, rss float64
	fmt.Sscan(string(b), &size, &rss)
	return rss * float64(os.Getpagesize()) / 1024
}
