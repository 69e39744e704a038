package testdc

import "testing"

func BenchmarkStart(b *testing.B) {
	key := testKey()
	for b.Loop() {
		s, err := Start(Options{Key: key, Proxy: true})
		if err != nil {
			b.Fatal(err)
		}
		if err := s.Close(); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkCall is a call and its answer over loopback.
func BenchmarkCall(b *testing.B) {
	c := connect(b, start(b, Options{}), 1)
	c.sync()
	for b.Loop() {
		if _, err := c.api().HelpGetNearestDC(b.Context()); err != nil {
			b.Fatal(err)
		}
	}
}
