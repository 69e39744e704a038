package td

import (
	"context"
	"net/netip"
	"slices"

	"tdjson/storage"
	"tdjson/storage/transfer"
	"tdjson/types"
)

// exportSession gives the session out in the form of another client. Both are the same login then.
func (c *Client) exportSession(ctx context.Context, f *types.ExportSession) (*types.ExportedSession, error) {
	format, err := exportFormat(f)
	if err != nil {
		return nil, err
	}
	s, extra := c.session()
	lost, err := transfer.Lost(f.Format, s, extra)
	if err != nil {
		return nil, transferError(err)
	}
	if lost&transfer.PartTest != 0 {
		return nil, types.NewError(400, f.Format+" does not keep that a session is of Telegram's test servers")
	}
	out := &types.ExportedSession{Format: f.Format, NotKept: lost.String()}
	o := transfer.Options{Key: f.Key, Passcode: []byte(f.Passcode)}
	c.await(func() {
		if f.Path != "" {
			err = transfer.ExportFile(ctx, f.Format, s, extra, f.Path, o)
		} else {
			out.Data, err = transfer.Export(ctx, f.Format, s, extra, o)
		}
	})
	if err != nil {
		return nil, transferError(err)
	}
	if format.Shape == transfer.Text {
		out.Text = string(out.Data)
	}
	return out, nil
}

// exportFormat says what is wrong with the request before the session is looked at.
func exportFormat(f *types.ExportSession) (*transfer.Format, error) {
	if !f.IUnderstandThatThisGivesTheAccountAway {
		return nil, types.NewError(400, "Whoever has the session is the account; set i_understand_that_this_gives_the_account_away if that is meant")
	}
	formats := transfer.Formats()
	i := slices.IndexFunc(formats, func(known transfer.Format) bool { return known.Name == f.Format })
	switch {
	case i < 0:
		return nil, types.NewError(400, "The format is not known; listSessionFormats names those that are")
	case f.Passcode != "" && !hasWord(passcodeFormats, f.Format):
		return nil, types.NewError(400, f.Format+" takes no passcode")
	case len(f.Key) > 0 && !hasWord(keyFormats, f.Format):
		return nil, types.NewError(400, f.Format+" takes no key")
	case f.Path == "" && formats[i].NeedsPath:
		return nil, types.NewError(400, f.Format+" is written to a path alone")
	}
	return &formats[i], nil
}

// places are the first IPv4 and IPv6 address of a data center; either may be empty.
func (s *servers) places(id int) (ipv4, ipv6 string) {
	for _, addr := range slices.Backward(s.addrs[id]) {
		switch at, err := netip.ParseAddrPort(addr.Address); {
		case err != nil:
		case at.Addr().Is4():
			ipv4 = addr.Address
		default:
			ipv6 = addr.Address
		}
	}
	return ipv4, ipv6
}

// session is what other clients keep of this one.
func (c *Client) session() (*storage.Session, *transfer.Extra) {
	s := &storage.Session{User: &storage.User{ID: c.auth.myID, DC: c.net.main, Bot: c.auth.bot}}
	x := &transfer.Extra{APIID: int(c.params.APIID)}
	if me := c.users.byID[c.auth.myID]; me != nil {
		x.Premium = me.IsPremium
		if me.Usernames != nil && len(me.Usernames.ActiveUsernames) > 0 {
			x.Usernames = slices.Clone(me.Usernames.ActiveUsernames)
			s.User.Username = x.Usernames[0]
		}
	}
	for _, d := range c.net.centers {
		if !d.key.Zero() {
			dc := d.row()
			dc.IPv4, dc.IPv6 = c.net.servers.places(d.id)
			s.DataCenters = append(s.DataCenters, dc)
		}
	}
	sortBy(s.DataCenters, func(dc storage.DataCenter) int { return dc.ID })
	if place := c.updates.state; place != nil {
		s.State = &storage.UpdateState{PTS: place.Pts, QTS: place.Qts, Date: place.Date, Seq: place.Seq}
		for id, pts := range c.updates.channel {
			s.State.Channels = append(s.State.Channels, storage.ChannelState{ID: id, PTS: pts})
		}
		sortBy(s.State.Channels, func(ch storage.ChannelState) int64 { return ch.ID })
	}
	return s, x
}
