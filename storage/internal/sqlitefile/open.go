// Package sqlitefile opens SQLite's files, whatever their names.
package sqlitefile

import (
	"database/sql"
	"net/url"

	_ "modernc.org/sqlite" // the driver
)

// Open is sql.Open for the file at path. The settings are the parameters of the driver and of SQLite's file names.
func Open(path string, settings url.Values) (*sql.DB, error) {
	// Opaque: a path that begins with a drive of Windows would be taken for a host.
	name := url.URL{Scheme: "file", Opaque: url.PathEscape(path), RawQuery: settings.Encode()}
	return sql.Open("sqlite", name.String())
}
