package transfer

import (
	"strings"

	"tdjson/storage"
)

// Part is a set of what a session may hold beside the ID and key of the user's
// data center, which every format keeps.
type Part uint

// The parts of a session.
const (
	PartUser      Part = 1 << iota // the user's ID, and whether it is a bot
	PartUsername                   // the username
	PartTest                       // whether the servers are Telegram's test ones
	PartAddress                    // an address of the user's data center
	PartAddresses                  // all addresses of all data centers
	PartSalt                       // the server salt of the user's data center
	PartKeys                       // the keys of the other data centers
	PartState                      // how far the updates of the account were read
	PartChannels                   // how far the updates of channels were read
	PartAPIID                      // the ID of the application
)

// String names the parts for people.
func (p Part) String() string {
	names := []string{
		"the user's ID and whether it is a bot", "the username", "whether the servers are test servers",
		"the server's address", "the addresses of all servers", "the server salt", "the keys of other data centers",
		"how far updates were read", "how far updates of channels were read", "the API ID",
	}
	var list []string
	for i, name := range names {
		if p&(1<<i) != 0 {
			list = append(list, name)
		}
	}
	return strings.Join(list, ", ")
}

// parts tells what is in a session.
func (out *output) parts() Part {
	var p Part
	add := func(part Part, is bool) {
		if is {
			p |= part
		}
	}
	add(PartUser, out.user.ID != 0)
	add(PartUsername, out.user.Username != "")
	add(PartTest, out.home.Test)
	add(PartAddress, out.home.IPv4 != "" || out.home.IPv6 != "")
	add(PartAddresses, out.home.IPv4 != "" && out.home.IPv6 != "")
	add(PartSalt, out.home.Salt != 0)
	for i := range out.session.DataCenters {
		dc := &out.session.DataCenters[i]
		add(PartKeys, dc != out.home && len(dc.AuthKey) > 0)
		add(PartAddresses, dc != out.home && len(dc.AuthKey) > 0 && (dc.IPv4 != "" || dc.IPv6 != ""))
	}
	if st := out.session.State; st != nil {
		add(PartState, st.PTS != 0 || st.QTS != 0 || st.Date != 0 || st.Seq != 0)
		add(PartChannels, len(st.Channels) > 0)
	}
	add(PartAPIID, out.extra.APIID != 0)
	return p
}

// keyed lists the data centers that have a key.
func (out *output) keyed() []*storage.DataCenter {
	var list []*storage.DataCenter
	for i := range out.session.DataCenters {
		if dc := &out.session.DataCenters[i]; len(dc.AuthKey) > 0 {
			list = append(list, dc)
		}
	}
	return list
}
