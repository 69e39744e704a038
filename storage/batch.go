package storage

import "errors"

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
