package transfer

import (
	"context"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"

	"tdjson/storage"
)

// mtcuteCodec is the SQLite file of mtcute: auth_keys, and values by name in key_value.
func mtcuteCodec() codec {
	return codec{
		Format: Format{
			Name: "mtcute", Title: "mtcute, SQLite", Shape: File, Import: true, Export: true,
			Keeps: PartUser | PartUsername | PartTest | PartAddress | PartKeys | PartState | PartChannels,
		},
		read: readMtcute, write: writeMtcute,
	}
}

// The values that make a session, all in little-endian order.
const (
	mtcuteMain     = "dc_main"
	mtcuteMe       = "current_user"
	mtcuteState    = "updates_" // pts, qts, date and seq
	mtcuteChannels = "updates_channel:"

	mtcuteMeVersion = 1 // version int32 | flags int32 | ID int64 | [count int32 | TL strings]
	mtcuteBot       = 1
	mtcuteUsernames = 2
	mtcutePremium   = 4
)

func isMtcute(t tables) bool {
	return t.have("auth_keys", "dc", "key") && t.have("key_value", "key", "value")
}

func readMtcute(ctx context.Context, in *input) (*storage.Session, *Extra, error) {
	t, err := in.database(ctx)
	if err != nil {
		return nil, nil, err
	}
	if !isMtcute(t) {
		return nil, nil, corrupt("it is no storage of mtcute: it lacks the tables auth_keys and key_value or columns of them")
	}
	values := map[string][]byte{}
	err = in.rows(ctx, "key_value", []string{"key", "value"},
		"WHERE key IN ('dc_main', 'current_user') OR key LIKE 'updates\\_%' ESCAPE '\\'", func(r row) error {
			values[r.text("key")] = r.blob("value")
			return nil
		})
	if err != nil {
		return nil, nil, err
	}
	main, ok := parseMtcuteServer(values[mtcuteMain])
	if !ok && values[mtcuteMain] != nil {
		return nil, nil, corrupt("its value dc_main is no server")
	}
	s, x := &storage.Session{}, &Extra{}
	if ok {
		if s.User, err = parseMtcuteMe(values[mtcuteMe], x); err != nil {
			return nil, nil, err
		}
		s.User.DC = main.ID
	}
	err = in.rows(ctx, "auth_keys", []string{"dc", "key"}, "ORDER BY dc", func(r row) error {
		dc := storage.DataCenter{ID: r.small("dc"), Test: main.Test}
		if dc.ID == main.ID {
			dc = main
		}
		dc.AuthKey = r.blob("key")
		s.DataCenters = append(s.DataCenters, dc)
		return nil
	})
	s.State = mtcuteUpdates(values)
	return s, x, err
}

func parseMtcuteMe(data []byte, x *Extra) (*storage.User, error) {
	u := &storage.User{}
	if len(data) == 0 {
		return u, nil
	}
	r := &reader{buf: data}
	version, flags := r.uint32(binary.LittleEndian), r.uint32(binary.LittleEndian)
	u.ID = int64(r.uint64(binary.LittleEndian))
	u.Bot, x.Premium = flags&mtcuteBot != 0, flags&mtcutePremium != 0
	if flags&mtcuteUsernames != 0 {
		for range r.uint32(binary.LittleEndian) {
			name := string(r.tl())
			if r.err != nil {
				break
			}
			x.Usernames = append(x.Usernames, name)
		}
	}
	if r.err != nil || version != mtcuteMeVersion {
		return nil, corrupt("its value current_user is no user")
	}
	if len(x.Usernames) > 0 {
		u.Username = x.Usernames[0]
	}
	return u, nil
}

func mtcuteUpdates(values map[string][]byte) *storage.UpdateState {
	number := func(name string) int {
		if v := values[name]; len(v) == 4 {
			return int(int32(binary.LittleEndian.Uint32(v)))
		}
		return 0
	}
	st := &storage.UpdateState{
		PTS: number(mtcuteState + "pts"), QTS: number(mtcuteState + "qts"),
		Date: number(mtcuteState + "date"), Seq: number(mtcuteState + "seq"),
	}
	known := values[mtcuteState+"pts"] != nil
	for name := range values {
		suffix, ok := strings.CutPrefix(name, mtcuteChannels)
		id, err := strconv.ParseInt(suffix, 10, 64)
		if pts := number(name); ok && err == nil && id > 0 && pts > 0 && strconv.FormatInt(id, 10) == suffix {
			st.Channels = append(st.Channels, storage.ChannelState{ID: id, PTS: pts})
			known = true
		}
	}
	if !known {
		return nil
	}
	return st
}

func writeMtcute(ctx context.Context, out *output) ([]byte, error) {
	server, err := mtcuteServer(out.home)
	if err != nil {
		return nil, err
	}
	list := []statement{
		{sql: "CREATE TABLE mtcute_migrations (repo TEXT NOT NULL PRIMARY KEY, version INTEGER NOT NULL)"},
		{sql: "CREATE TABLE auth_keys (dc INTEGER PRIMARY KEY, key BLOB NOT NULL)"},
		{sql: "CREATE TABLE temp_auth_keys (dc INTEGER NOT NULL, idx INTEGER NOT NULL, key BLOB NOT NULL, expires INTEGER NOT NULL, PRIMARY KEY (dc, idx))"},
		{sql: "CREATE TABLE key_value (key TEXT PRIMARY KEY, value BLOB NOT NULL)"},
		// the other tables mtcute makes itself
		{sql: "INSERT INTO mtcute_migrations VALUES ('auth_keys', 1), ('kv', 1)"},
	}
	put := func(name string, data []byte) {
		list = append(list, statement{"INSERT INTO key_value VALUES (?, ?)", []any{name, data}})
	}
	number := func(name string, n int) { put(name, binary.LittleEndian.AppendUint32(nil, uint32(int32(n)))) }
	put(mtcuteMain, server)
	if out.user.ID != 0 {
		put(mtcuteMe, appendMtcuteMe(nil, out))
	}
	for _, dc := range out.keyed() {
		list = append(list, statement{"INSERT INTO auth_keys VALUES (?, ?)", []any{dc.ID, dc.AuthKey}})
	}
	if st := out.session.State; st != nil {
		number(mtcuteState+"pts", st.PTS)
		number(mtcuteState+"qts", st.QTS)
		number(mtcuteState+"date", st.Date)
		number(mtcuteState+"seq", st.Seq)
		for _, c := range st.Channels {
			number(fmt.Sprint(mtcuteChannels, c.ID), c.PTS)
		}
	}
	return buildDatabase(ctx, list)
}

func appendMtcuteMe(b []byte, out *output) []byte {
	names := out.extra.Usernames
	if name := out.user.Username; name != "" && (len(names) == 0 || names[0] != name) {
		names = []string{name}
	}
	flags := uint32(flag(out.user.Bot))*mtcuteBot | uint32(flag(len(names) > 0))*mtcuteUsernames | uint32(flag(out.extra.Premium))*mtcutePremium
	b = binary.LittleEndian.AppendUint32(b, mtcuteMeVersion)
	b = binary.LittleEndian.AppendUint32(b, flags)
	b = binary.LittleEndian.AppendUint64(b, uint64(out.user.ID))
	if len(names) > 0 {
		b = binary.LittleEndian.AppendUint32(b, uint32(len(names)))
		for _, name := range names {
			b = appendTL(b, []byte(name))
		}
	}
	return b
}
