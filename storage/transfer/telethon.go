package transfer

import (
	"context"

	"tdjson/storage"
)

// telethonCodec is the file of Telethon 1. All its versions, 1 to 7, keep the
// session alike; what later ones added is looked for.
func telethonCodec() codec {
	return codec{
		Format: Format{
			Name: "telethon", Title: "Telethon 1, SQLite", Shape: File, Import: true, Export: true,
			Keeps: PartTest | PartAddress | PartState | PartChannels,
		},
		read: readTelethon, write: writeTelethon,
	}
}

func isTelethon(t tables) bool {
	return t.have("version", "version") && t.have("sessions", "dc_id", "server_address", "port", "auth_key")
}

func readTelethon(ctx context.Context, in *input) (*storage.Session, *Extra, error) {
	t, err := in.database(ctx)
	if err != nil {
		return nil, nil, err
	}
	if !isTelethon(t) {
		return nil, nil, corrupt("it is no session of Telethon 1: it lacks the tables version and sessions or columns of them")
	}
	s, x := &storage.Session{}, &Extra{}
	columns := []string{"dc_id", "server_address", "port", "auth_key"}
	if t.have("sessions", "takeout_id") {
		columns = append(columns, "takeout_id")
	}
	// there is one row; should there be more, Telethon takes the first
	err = in.rows(ctx, "sessions", columns, "LIMIT 1", func(r row) error {
		dc := storage.DataCenter{ID: r.small("dc_id"), AuthKey: r.blob("auth_key"), Test: in.options.Test}
		setAddress(&dc, r.text("server_address"), r.integer("port"))
		s.DataCenters = []storage.DataCenter{dc}
		s.User = &storage.User{DC: dc.ID}
		x.TakeoutID = r.integer("takeout_id")
		return nil
	})
	if err == nil && t.have("update_state", "id", "pts", "qts", "date", "seq") {
		s.State, err = in.updateState(ctx, func(id int64) int64 { return id })
	}
	return s, x, err
}

// updateState reads the table that Telethon 1 and Kurigram keep alike: the row 0
// is of the account, any other of the channel that its ID names.
func (in *input) updateState(ctx context.Context, channel func(int64) int64) (*storage.UpdateState, error) {
	var st *storage.UpdateState
	err := in.rows(ctx, "update_state", []string{"id", "pts", "qts", "date", "seq"}, "ORDER BY id", func(r row) error {
		if st == nil {
			st = &storage.UpdateState{}
		}
		id, pts := r.integer("id"), r.small("pts")
		if id == 0 {
			st.PTS, st.QTS, st.Date, st.Seq = pts, r.small("qts"), r.small("date"), r.small("seq")
		} else if id = channel(id); id > 0 && pts > 0 {
			st.Channels = append(st.Channels, storage.ChannelState{ID: id, PTS: pts})
		}
		return nil
	})
	return st, err
}

// saveUpdateState writes that table. Times of channels are the account's, since a client may read them.
func saveUpdateState(st *storage.UpdateState, channel func(int64) int64) []statement {
	if st == nil {
		return nil
	}
	const insert = "INSERT INTO update_state (id, pts, qts, date, seq) VALUES (?, ?, ?, ?, ?)"
	var list []statement
	if st.PTS != 0 || st.QTS != 0 || st.Date != 0 || st.Seq != 0 {
		list = append(list, statement{insert, []any{0, st.PTS, st.QTS, st.Date, st.Seq}})
	}
	for _, c := range st.Channels {
		list = append(list, statement{insert, []any{channel(c.ID), c.PTS, 0, st.Date, 0}})
	}
	return list
}

func writeTelethon(ctx context.Context, out *output) ([]byte, error) {
	at, err := address(out.home)
	if err != nil {
		return nil, err
	}
	var takeout any
	if out.extra.TakeoutID != 0 {
		takeout = out.extra.TakeoutID
	}
	list := []statement{
		{sql: "CREATE TABLE version (version INTEGER PRIMARY KEY)"},
		{sql: "CREATE TABLE sessions (dc_id INTEGER PRIMARY KEY, server_address TEXT, port INTEGER, auth_key BLOB, takeout_id INTEGER)"},
		{sql: "CREATE TABLE entities (id INTEGER PRIMARY KEY, hash INTEGER NOT NULL, username TEXT, phone INTEGER, name TEXT, date INTEGER)"},
		{sql: "CREATE TABLE sent_files (md5_digest BLOB, file_size INTEGER, type INTEGER, id INTEGER, hash INTEGER, PRIMARY KEY (md5_digest, file_size, type))"},
		{sql: "CREATE TABLE update_state (id INTEGER PRIMARY KEY, pts INTEGER, qts INTEGER, date INTEGER, seq INTEGER)"},
		{sql: "INSERT INTO version VALUES (7)"},
		{"INSERT INTO sessions VALUES (?, ?, ?, ?, ?)", []any{out.home.ID, at.Addr().String(), at.Port(), out.home.AuthKey, takeout}},
	}
	list = append(list, saveUpdateState(out.session.State, func(id int64) int64 { return id })...)
	return buildDatabase(ctx, list)
}
