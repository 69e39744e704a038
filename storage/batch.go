package storage

import (
	"errors"
	"slices"
)

// Batch is a set of changes that are made together: what is nil or empty stays
// as it is. The zero Batch changes nothing. A batch may be reused after Apply.
type Batch struct {
	DataCenters       []DataCenter // added, or replaced whole by ID
	RemoveDataCenters []int        // removed by ID, before DataCenters are written

	User       *User // replaced whole
	RemoveUser bool  // log out: forget the user

	// State replaces PTS, QTS, Date and Seq. Channels in it are added or
	// replaced; those it does not name stay.
	State          *UpdateState
	Channels       []ChannelState // added or replaced, without touching the rest of the state
	RemoveChannels []int64        // removed by ID, before channels are written

	Set   map[string][]byte // values to keep by name
	Unset []string          // names to forget, before Set
}

func (b *Batch) empty() bool {
	return len(b.DataCenters)+len(b.RemoveDataCenters)+len(b.Channels)+len(b.RemoveChannels)+
		len(b.Set)+len(b.Unset) == 0 && b.User == nil && !b.RemoveUser && b.State == nil
}

func (b *Batch) check() error {
	if b.User != nil && b.RemoveUser {
		return errors.New("storage: a batch cannot both set and remove the user")
	}
	if err := checkDataCenters(b.DataCenters); err != nil {
		return err
	}
	if b.State != nil {
		if err := checkChannels(b.State.Channels); err != nil {
			return err
		}
	}
	return checkChannels(b.Channels)
}

// Add makes b the changes of b and, after them, those of later, which stays as it is.
func (b *Batch) Add(later *Batch) {
	b.addDataCenters(later)
	if later.RemoveUser || later.User != nil {
		b.User, b.RemoveUser = later.User, later.RemoveUser
	}
	b.addStates(later)
	for _, key := range later.Unset {
		delete(b.Set, key)
		b.Unset = append(b.Unset, key)
	}
	if b.Set == nil && len(later.Set) > 0 {
		b.Set = make(map[string][]byte, len(later.Set))
	}
	for key, value := range later.Set {
		b.Set[key] = value
	}
	slices.Sort(b.Unset)
	b.Unset = slices.Compact(b.Unset)
}

func (b *Batch) addDataCenters(later *Batch) {
	removed := func(dc DataCenter) bool { return slices.Contains(later.RemoveDataCenters, dc.ID) }
	b.DataCenters = slices.DeleteFunc(slices.Clone(b.DataCenters), removed)
	for _, dc := range later.DataCenters {
		b.DataCenters = put(b.DataCenters, dc, func(o DataCenter) bool { return o.ID == dc.ID })
	}
	for _, id := range later.RemoveDataCenters {
		b.RemoveDataCenters = put(b.RemoveDataCenters, id, func(o int) bool { return o == id })
	}
}

// addStates also moves the channels out of the state, which stand before the others.
func (b *Batch) addStates(later *Batch) {
	var channels []ChannelState
	add := func(list []ChannelState) {
		for _, c := range list {
			channels = put(channels, c, func(o ChannelState) bool { return o.ID == c.ID })
		}
	}
	for _, part := range []*Batch{b, later} {
		channels = slices.DeleteFunc(channels, func(c ChannelState) bool { return slices.Contains(part.RemoveChannels, c.ID) })
		if part.State != nil {
			add(part.State.Channels)
		}
		add(part.Channels)
	}
	for _, id := range later.RemoveChannels {
		b.RemoveChannels = put(b.RemoveChannels, id, func(o int64) bool { return o == id })
	}
	b.Channels = channels
	if later.State != nil {
		b.State = later.State
	}
	if b.State != nil {
		state := *b.State
		state.Channels = nil
		b.State = &state
	}
}
