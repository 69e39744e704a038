package storage

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

// TestAdd: batches that were added to each other change what they change one after the other.
func TestAdd(t *testing.T) {
	ctx := context.Background()
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	for round := range 500 {
		one, all := Memory(), Memory()
		must(t, one.Save(ctx, fullSession()))
		must(t, all.Save(ctx, fullSession()))
		sum := &Batch{}
		for range 1 + random.IntN(5) {
			b := randomBatch(random)
			must(t, one.Apply(ctx, b))
			sum.Add(b)
		}
		if err := sum.check(); err != nil {
			t.Fatalf("seed %d, round %d: %v", seed, round, err)
		}
		must(t, all.Apply(ctx, sum))
		want, err := one.Load(ctx)
		must(t, err)
		got, err := all.Load(ctx)
		must(t, err)
		if !reflect.DeepEqual(got, want) {
			t.Fatalf("seed %d, round %d: %+v, want %+v", seed, round, brief(got), brief(want))
		}
		wantValues, err := one.All(ctx, "")
		must(t, err)
		values, err := all.All(ctx, "")
		must(t, err)
		if !maps.EqualFunc(values, wantValues, slices.Equal) {
			t.Fatalf("seed %d, round %d: %q, want %q", seed, round, values, wantValues)
		}
	}
}

// brief is a session without its keys.
func brief(s *Session) string {
	text := fmt.Sprintf("user %+v, state %+v, data centers", s.User, s.State)
	for _, dc := range s.DataCenters {
		text += fmt.Sprint(" ", dc.ID, " ", dc.Salt)
	}
	return text
}

func randomBatch(r *rand.Rand) *Batch {
	b := &Batch{Set: map[string][]byte{}}
	some := func() bool { return r.IntN(3) == 0 }
	n := func() int { return 1 + r.IntN(4) }
	channels := func() (list []ChannelState) {
		for id := range 4 {
			if some() {
				list = append(list, ChannelState{ID: int64(id + 1), PTS: n()})
			}
		}
		return list
	}
	for id := range 4 {
		if some() {
			b.DataCenters = append(b.DataCenters, DataCenter{ID: id + 1, Salt: r.Int64()})
		}
		if some() {
			b.RemoveDataCenters = append(b.RemoveDataCenters, id+1)
		}
		if some() {
			b.RemoveChannels = append(b.RemoveChannels, int64(id+1))
		}
		if some() {
			b.Set[fmt.Sprint(id)] = []byte{byte(r.Uint32())}
		}
		if some() {
			b.Unset = append(b.Unset, fmt.Sprint(id))
		}
	}
	switch r.IntN(4) {
	case 0:
		b.User = &User{ID: r.Int64()}
	case 1:
		b.RemoveUser = true
	}
	if some() {
		b.State = &UpdateState{PTS: n(), Channels: channels()}
	}
	b.Channels = channels()
	return b
}
