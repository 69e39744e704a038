package transfer

import (
	"context"
	"fmt"

	"tdjson/storage"
)

// telethon2Codec is the file of Telethon 2, version 10.
func telethon2Codec() codec {
	return codec{
		Format: Format{
			Name: "telethon2", Title: "Telethon 2, SQLite", Shape: File, Import: true, Export: true,
			Keeps: PartUser | PartUsername | PartTest | PartAddress | PartAddresses | PartKeys | PartState | PartChannels,
			Needs: PartUser,
		},
		read: readTelethon2, write: writeTelethon2,
	}
}

func isTelethon2(t tables) bool {
	return t.have("version", "version") && t.have("datacenter", "id", "ipv4_addr", "ipv6_addr", "auth") &&
		t.have("user", "id", "dc", "bot", "username")
}

func readTelethon2(ctx context.Context, in *input) (*storage.Session, *Extra, error) {
	t, err := in.database(ctx)
	if err != nil {
		return nil, nil, err
	}
	if !isTelethon2(t) {
		return nil, nil, corrupt("it is no session of Telethon 2: it lacks the tables version, datacenter and user or columns of them")
	}
	s := &storage.Session{}
	err = in.rows(ctx, "datacenter", []string{"id", "ipv4_addr", "ipv6_addr", "auth"}, "ORDER BY id", func(r row) error {
		dc := storage.DataCenter{ID: r.small("id"), AuthKey: r.blob("auth"), Test: in.options.Test}
		setAddresses(&dc, r.text("ipv4_addr"), r.text("ipv6_addr"))
		s.DataCenters = append(s.DataCenters, dc)
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	err = in.rows(ctx, "user", []string{"id", "dc", "bot", "username"}, "LIMIT 1", func(r row) error {
		s.User = &storage.User{ID: r.integer("id"), DC: r.small("dc"), Bot: r.integer("bot") != 0, Username: r.text("username")}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	if s.User == nil && len(s.DataCenters) == 1 { // taken over from Telethon 1, and not used since
		s.User = &storage.User{DC: s.DataCenters[0].ID}
	}
	spreadTest(s)
	s.State, err = in.plainState(ctx, t, "state", "channelstate", "id")
	return s, &Extra{}, err
}

// spreadTest makes what one data center's address tells hold for all.
func spreadTest(s *storage.Session) {
	test := false
	for i := range s.DataCenters {
		test = test || s.DataCenters[i].Test
	}
	for i := range s.DataCenters {
		s.DataCenters[i].Test = test
	}
}

// plainState reads the state of updates where it is one row, and another table
// has that of channels. Tables that are missing hold nothing.
func (in *input) plainState(ctx context.Context, t tables, table, channels, id string) (*storage.UpdateState, error) {
	var st *storage.UpdateState
	if t.have(table, "pts", "qts", "date", "seq") {
		err := in.rows(ctx, table, []string{"pts", "qts", "date", "seq"}, "LIMIT 1", func(r row) error {
			st = &storage.UpdateState{PTS: r.small("pts"), QTS: r.small("qts"), Date: r.small("date"), Seq: r.small("seq")}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	if !t.have(channels, id, "pts") {
		return st, nil
	}
	return st, in.rows(ctx, channels, []string{id, "pts"}, "ORDER BY "+id, func(r row) error {
		if st == nil {
			st = &storage.UpdateState{}
		}
		if c := (storage.ChannelState{ID: r.integer(id), PTS: r.small("pts")}); c.ID > 0 && c.PTS > 0 {
			st.Channels = append(st.Channels, c)
		}
		return nil
	})
}

// savePlainState writes such tables.
func savePlainState(st *storage.UpdateState, table, channels string) []statement {
	if st == nil {
		return nil
	}
	list := []statement{{"INSERT INTO " + table + " VALUES (?, ?, ?, ?)", []any{st.PTS, st.QTS, st.Date, st.Seq}}}
	for _, c := range st.Channels {
		list = append(list, statement{"INSERT INTO " + channels + " VALUES (?, ?)", []any{c.ID, c.PTS}})
	}
	return list
}

func writeTelethon2(ctx context.Context, out *output) ([]byte, error) {
	list := []statement{
		{sql: "CREATE TABLE version (version INTEGER PRIMARY KEY)"},
		{sql: "CREATE TABLE datacenter (id INTEGER PRIMARY KEY, ipv4_addr TEXT, ipv6_addr TEXT, auth BLOB)"},
		{sql: "CREATE TABLE user (id INTEGER PRIMARY KEY, dc INTEGER NOT NULL, bot INTEGER NOT NULL, username TEXT)"},
		{sql: "CREATE TABLE state (pts INTEGER NOT NULL, qts INTEGER NOT NULL, date INTEGER NOT NULL, seq INTEGER NOT NULL)"},
		{sql: "CREATE TABLE channelstate (id INTEGER PRIMARY KEY, pts INTEGER NOT NULL)"},
		{sql: "INSERT INTO version VALUES (10)"},
		{"INSERT INTO user VALUES (?, ?, ?, ?)", []any{out.user.ID, out.user.DC, out.user.Bot, orNull(out.user.Username)}},
	}
	for _, dc := range out.keyed() {
		ipv4, ipv6 := addresses(dc)
		var text6 string // without brackets
		if ipv6.IsValid() {
			text6 = fmt.Sprintf("%v:%d", ipv6.Addr(), ipv6.Port())
		}
		list = append(list, statement{"INSERT INTO datacenter VALUES (?, ?, ?, ?)",
			[]any{dc.ID, orNull(addrText(ipv4)), orNull(text6), dc.AuthKey}})
	}
	return buildDatabase(ctx, append(list, savePlainState(out.session.State, "state", "channelstate")...))
}
