package transfer

import (
	"context"
	"net/netip"

	"tdjson/storage"
)

// grammersCodec is the SQLite file of grammers, PRAGMA user_version 1.
func grammersCodec() codec {
	return codec{
		Format: Format{
			Name: "grammers", Title: "grammers, SQLite", Shape: File, Import: true, Export: true,
			Keeps: PartUser | PartTest | PartAddress | PartAddresses | PartKeys | PartState | PartChannels,
		},
		read: readGrammers, write: writeGrammers,
	}
}

// Subtypes of a user in peer_info; larger bits are of channels.
const (
	grammersSelf = 1
	grammersBot  = 2
)

func isGrammers(t tables) bool {
	return t.have("dc_home", "dc_id") && t.have("dc_option", "dc_id", "ipv4", "ipv6", "auth_key")
}

func readGrammers(ctx context.Context, in *input) (*storage.Session, *Extra, error) {
	t, err := in.database(ctx)
	if err != nil {
		return nil, nil, err
	}
	if !isGrammers(t) {
		return nil, nil, corrupt("it is no session of grammers: it lacks the tables dc_home and dc_option or columns of them")
	}
	s := &storage.Session{User: &storage.User{DC: 2}} // which grammers begins with
	err = in.rows(ctx, "dc_home", []string{"dc_id"}, "LIMIT 1", func(r row) error {
		s.User.DC = r.small("dc_id")
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	err = in.rows(ctx, "dc_option", []string{"dc_id", "ipv4", "ipv6", "auth_key"}, "ORDER BY dc_id", func(r row) error {
		dc := storage.DataCenter{ID: r.small("dc_id"), AuthKey: r.blob("auth_key"), Test: in.options.Test}
		setAddresses(&dc, r.text("ipv4"), r.text("ipv6"))
		s.DataCenters = append(s.DataCenters, dc)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	spreadTest(s)
	if t.have("peer_info", "peer_id", "subtype") {
		err = in.rows(ctx, "peer_info", []string{"peer_id", "subtype"}, "WHERE subtype & 1 LIMIT 1", func(r row) error {
			s.User.ID, s.User.Bot = r.integer("peer_id"), r.integer("subtype")&grammersBot != 0
			return nil
		})
		if err != nil {
			return nil, nil, err
		}
	}
	s.State, err = in.plainState(ctx, t, "update_state", "channel_state", "peer_id")
	return s, &Extra{}, err
}

func writeGrammers(ctx context.Context, out *output) ([]byte, error) {
	list := []statement{
		{sql: "CREATE TABLE dc_home (dc_id INTEGER NOT NULL, PRIMARY KEY (dc_id))"},
		{sql: "CREATE TABLE dc_option (dc_id INTEGER NOT NULL, ipv4 TEXT NOT NULL, ipv6 TEXT NOT NULL, auth_key BLOB, PRIMARY KEY (dc_id))"},
		{sql: "CREATE TABLE peer_info (peer_id INTEGER NOT NULL, hash INTEGER, subtype INTEGER, PRIMARY KEY (peer_id))"},
		{sql: "CREATE TABLE update_state (pts INTEGER NOT NULL, qts INTEGER NOT NULL, date INTEGER NOT NULL, seq INTEGER NOT NULL)"},
		{sql: "CREATE TABLE channel_state (peer_id INTEGER NOT NULL, pts INTEGER NOT NULL, PRIMARY KEY (peer_id))"},
		{sql: "PRAGMA user_version = 1"},
		{"INSERT INTO dc_home VALUES (?)", []any{out.home.ID}},
	}
	if out.user.ID != 0 {
		subtype := grammersSelf | int(flag(out.user.Bot))*grammersBot
		list = append(list, statement{"INSERT INTO peer_info VALUES (?, NULL, ?)", []any{out.user.ID, subtype}})
	}
	for _, dc := range out.keyed() {
		ipv4, ipv6 := bothAddresses(dc)
		list = append(list, statement{"INSERT INTO dc_option VALUES (?, ?, ?, ?)", []any{dc.ID, ipv4.String(), ipv6.String(), dc.AuthKey}})
	}
	return buildDatabase(ctx, append(list, savePlainState(out.session.State, "update_state", "channel_state")...))
}

// bothAddresses are those of dc for grammers, which can't do without either: one
// that is unknown is the unspecified address, an unknown IPv6 one the mapped IPv4 one.
func bothAddresses(dc *storage.DataCenter) (ipv4, ipv6 netip.AddrPort) {
	ipv4, ipv6 = addresses(dc)
	if !ipv4.IsValid() {
		ipv4 = netip.AddrPortFrom(netip.IPv4Unspecified(), ipv6.Port())
	}
	if !ipv6.IsValid() {
		ipv6 = netip.AddrPortFrom(netip.AddrFrom16(ipv4.Addr().As16()), ipv4.Port())
	}
	return ipv4, ipv6
}
