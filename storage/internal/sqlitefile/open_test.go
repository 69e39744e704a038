package sqlitefile

import (
	"net/url"
	"os"
	"path/filepath"
	"testing"
)

// TestOpen: the file has the name that was asked for, whatever is in it.
func TestOpen(t *testing.T) {
	for _, name := range []string{"plain", "with space", "50%20?x=1&mode=memory#é", "file:x", "a+b;c"} {
		path := filepath.Join(t.TempDir(), name)
		db, err := Open(path, url.Values{"_pragma": {"user_version(7)"}})
		if err != nil {
			t.Fatal(err)
		}
		var version int
		if err := db.QueryRow("PRAGMA user_version").Scan(&version); err != nil || version != 7 {
			t.Errorf("%s: version %d, %v", name, version, err)
		}
		if err := db.Close(); err != nil {
			t.Error(err)
		}
		if list, err := os.ReadDir(filepath.Dir(path)); err != nil || len(list) != 1 || list[0].Name() != name {
			t.Errorf("%s: %v, %v", name, list, err)
		}
	}
}
