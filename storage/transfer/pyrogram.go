package transfer

import (
	"context"

	"tdjson/storage"
)

// pyrogramCodec is the file of Pyrogram 2, version 3, and of those before it.
// Pyrofork adds a table to it when it opens it.
func pyrogramCodec() codec {
	return codec{
		Format: Format{
			Name: "pyrogram", Title: "Pyrogram and pyrofork, SQLite", Shape: File, Import: true, Export: true,
			Keeps: PartUser | PartTest | PartAPIID, Needs: PartUser,
		},
		read: readPyrogram, write: writePyrogram,
	}
}

// kurigramCodec is the file of Kurigram, version 7, and of those before it.
func kurigramCodec() codec {
	return codec{
		Format: Format{
			Name: "kurigram", Title: "Kurigram, SQLite", Shape: File, Import: true, Export: true,
			Keeps: PartUser | PartTest | PartAddress | PartState | PartChannels | PartAPIID, Needs: PartUser,
		},
		read: readPyrogram, write: writeKurigram,
	}
}

func isPyrogram(t tables) bool {
	return t.have("version", "number") && t.have("sessions", "dc_id", "test_mode", "auth_key", "user_id", "is_bot")
}

// isKurigram tells Kurigram by the table that it added first.
func isKurigram(t tables) bool { return isPyrogram(t) && t.have("usernames", "id", "username") }

// readPyrogram reads all of the family. Columns are asked for by name, since a
// file that was migrated has them in another order than a new one.
func readPyrogram(ctx context.Context, in *input) (*storage.Session, *Extra, error) {
	t, err := in.database(ctx)
	if err != nil {
		return nil, nil, err
	}
	if !isPyrogram(t) {
		return nil, nil, corrupt("it is no session of Pyrogram: it lacks the tables version and sessions or columns of them")
	}
	columns := []string{"dc_id", "test_mode", "auth_key", "user_id", "is_bot"}
	for _, added := range []string{"api_id", "server_address", "port"} {
		if t.have("sessions", added) {
			columns = append(columns, added)
		}
	}
	s, x := &storage.Session{}, &Extra{}
	err = in.rows(ctx, "sessions", columns, "LIMIT 1", func(r row) error {
		if r.isNull("user_id") {
			return nil // a key that was made and not logged in with
		}
		dc := storage.DataCenter{ID: r.small("dc_id"), AuthKey: r.blob("auth_key"), Test: r.integer("test_mode") != 0}
		setAddress(&dc, r.text("server_address"), r.integer("port"))
		s = alone(dc, storage.User{ID: r.integer("user_id"), Bot: r.integer("is_bot") != 0})
		x.APIID = r.small("api_id")
		return nil
	})
	if err == nil && t.have("update_state", "id", "pts", "qts", "date", "seq") {
		s.State, err = in.updateState(ctx, unmark)
	}
	return s, x, err
}

// Channels are marked by a prefix of -100, as bots see them.
const channelMark = -1_000_000_000_000

func mark(id int64) int64 { return channelMark - id }

func unmark(id int64) int64 {
	if id < channelMark {
		return channelMark - id
	}
	return max(id, 0)
}

// What Pyrogram and its forks have in common.
const (
	pyrogramTrigger = `CREATE TRIGGER trg_peers_last_update_on AFTER UPDATE ON peers BEGIN
		UPDATE peers SET last_update_on = CAST(STRFTIME('%s', 'now') AS INTEGER) WHERE id = NEW.id; END`
	pyrogramUpdated = "last_update_on INTEGER NOT NULL DEFAULT (CAST(STRFTIME('%s', 'now') AS INTEGER))"
)

func writePyrogram(ctx context.Context, out *output) ([]byte, error) {
	return buildDatabase(ctx, []statement{
		{sql: `CREATE TABLE sessions (dc_id INTEGER PRIMARY KEY, api_id INTEGER, test_mode INTEGER, auth_key BLOB,
			date INTEGER NOT NULL, user_id INTEGER, is_bot INTEGER)`},
		{sql: `CREATE TABLE peers (id INTEGER PRIMARY KEY, access_hash INTEGER, type INTEGER NOT NULL, username TEXT,
			phone_number TEXT, ` + pyrogramUpdated + `)`},
		{sql: "CREATE TABLE version (number INTEGER PRIMARY KEY)"},
		{sql: "CREATE INDEX idx_peers_id ON peers (id)"},
		{sql: "CREATE INDEX idx_peers_username ON peers (username)"},
		{sql: "CREATE INDEX idx_peers_phone_number ON peers (phone_number)"},
		{sql: pyrogramTrigger},
		{sql: "INSERT INTO version VALUES (3)"},
		{"INSERT INTO sessions (dc_id, api_id, test_mode, auth_key, date, user_id, is_bot) VALUES (?, ?, ?, ?, 0, ?, ?)",
			[]any{out.home.ID, out.apiID(), out.home.Test, out.home.AuthKey, out.user.ID, out.user.Bot}},
	})
}

// apiID is NULL when unknown: Pyrogram then takes the one that its program gives.
func (out *output) apiID() any {
	if out.extra.APIID == 0 {
		return nil
	}
	return out.extra.APIID
}

func writeKurigram(ctx context.Context, out *output) ([]byte, error) {
	at, err := address(out.home)
	if err != nil {
		return nil, err
	}
	list := []statement{
		{sql: `CREATE TABLE sessions (dc_id INTEGER PRIMARY KEY, server_address TEXT, port INTEGER, api_id INTEGER,
			test_mode INTEGER, auth_key BLOB, date INTEGER NOT NULL, user_id INTEGER, is_bot INTEGER)`},
		{sql: `CREATE TABLE peers (id INTEGER PRIMARY KEY, access_hash INTEGER, type INTEGER NOT NULL,
			phone_number TEXT, ` + pyrogramUpdated + `)`},
		{sql: "CREATE TABLE usernames (id INTEGER, username TEXT, FOREIGN KEY (id) REFERENCES peers(id))"},
		{sql: "CREATE TABLE update_state (id INTEGER PRIMARY KEY, pts INTEGER, qts INTEGER, date INTEGER, seq INTEGER)"},
		{sql: "CREATE TABLE version (number INTEGER PRIMARY KEY)"},
		{sql: "CREATE INDEX idx_peers_id ON peers (id)"},
		{sql: "CREATE INDEX idx_peers_phone_number ON peers (phone_number)"},
		{sql: "CREATE INDEX idx_usernames_id ON usernames (id)"},
		{sql: "CREATE INDEX idx_usernames_username ON usernames (username)"},
		{sql: pyrogramTrigger},
		{sql: "INSERT INTO version VALUES (7)"},
		{`INSERT INTO sessions (dc_id, server_address, port, api_id, test_mode, auth_key, date, user_id, is_bot)
			VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?)`,
			[]any{out.home.ID, at.Addr().String(), at.Port(), out.apiID(), out.home.Test, out.home.AuthKey, out.user.ID, out.user.Bot}},
	}
	return buildDatabase(ctx, append(list, saveUpdateState(out.session.State, mark)...))
}
