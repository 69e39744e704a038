//go:build race

package types

// raceEnabled: the race detector makes sync.Pool forget at random.
const raceEnabled = true
