package main

import (
	"bytes"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"tdjson/storage"
	"tdjson/storage/transfer"
)

// fakeKey is a key that no server knows.
func fakeKey() []byte {
	key := make([]byte, storage.AuthKeyLen)
	for i := range key {
		key[i] = byte(i*73 + 11)
	}
	return key
}

// sample writes a session in a format to a new path.
func sample(t *testing.T, format string, user storage.User, o transfer.Options) string {
	t.Helper()
	user.DC = 2
	s := &storage.Session{
		DataCenters: []storage.DataCenter{{ID: 2, IPv4: "149.154.167.50:443", AuthKey: fakeKey(), Salt: 5}},
		User:        &user,
		State:       &storage.UpdateState{PTS: 7},
	}
	path := filepath.Join(t.TempDir(), "sample.session")
	if err := transfer.ExportFile(t.Context(), format, s, &transfer.Extra{APIID: 6}, path, o); err != nil {
		t.Fatal(err)
	}
	return path
}

// call runs the command and holds all that it says to have nothing of the key.
func call(t *testing.T, stdin string, args ...string) (stdout, stderr string, err error) {
	t.Helper()
	var out, errs bytes.Buffer
	err = run(t.Context(), args, strings.NewReader(stdin), &out, &errs)
	said := out.String() + errs.String()
	if err != nil {
		said += err.Error()
	}
	exported := strings.Contains(strings.Join(args, " "), "--yes-export-secrets") && args[len(args)-1] == "-"
	for _, form := range []string{hex.EncodeToString(fakeKey()), base64.StdEncoding.EncodeToString(fakeKey()), string(fakeKey())} {
		for i := 0; i+16 < len(form) && !exported; i += 5 {
			if strings.Contains(said, form[i:i+10]) {
				t.Errorf("%q told some of the key: %q", args, said)
			}
		}
	}
	return out.String(), errs.String(), err
}

var _ flag.Value = (*optional)(nil)

func TestFormats(t *testing.T) {
	out, _, err := call(t, "", "formats")
	for _, f := range transfer.Formats() {
		if err != nil || !strings.Contains(out, f.Name+" ") || !strings.Contains(out, f.Title) {
			t.Errorf("%s is not listed: %v", f.Name, err)
		}
	}
}

func TestShow(t *testing.T) {
	path := sample(t, "mtcute", storage.User{ID: 77, Bot: true, Username: "fake_bot"}, transfer.Options{})
	out, _, err := call(t, "", "show", path)
	for _, want := range []string{
		"format:           mtcute\n", "user:             77 (bot, @fake_bot)\n", "data center:      2\n", "servers:          production\n",
		"of data center 2 at 149.154.167.50:443\n", "updates:          pts 7, qts 0, date 0, seq 0, 0 channels\n",
	} {
		if err != nil || !strings.Contains(out, want) {
			t.Errorf("%v, no %q in\n%s", err, want, out)
		}
	}
	text, err := os.ReadFile(sample(t, "telethon-string", storage.User{}, transfer.Options{}))
	if err != nil {
		t.Fatal(err)
	}
	if out, _, err = call(t, string(text), "show", "-"); err != nil || !strings.Contains(out, "not told by this format") {
		t.Errorf("from standard input: %v\n%s", err, out)
	}
	// a session string where a path belongs, or one too many
	for _, args := range [][]string{{"show", string(text)}, {"show", string(text), "x"}, {string(text)}, {"show", "-from", string(text), "x"}} {
		if _, _, err := call(t, "", args...); err == nil || strings.Contains(err.Error(), string(text[40:80])) {
			t.Errorf("a string: %v", err)
		}
	}
	if _, _, err := call(t, "", "show", "-"); err == nil {
		t.Error("nothing was shown")
	}
}

func TestKeys(t *testing.T) {
	key := filepath.Join(t.TempDir(), "key")
	encoded := filepath.Join(t.TempDir(), "encoded")
	for path, text := range map[string]string{key: "a key\n", encoded: base64.StdEncoding.EncodeToString([]byte("a key"))} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	path := sample(t, "tdlib", storage.User{ID: 1}, transfer.Options{Key: []byte("a key")})
	for _, args := range [][]string{{"show", "-key-file", key, path}, {"show", "-key-file", encoded, "-key-base64", path}} {
		if _, _, err := call(t, "", args...); err != nil {
			t.Errorf("%q: %v", args, err)
		}
	}
	for _, args := range [][]string{{"show", path}, {"show", "-key-file", encoded, path}} {
		if _, _, err := call(t, "", args...); !errors.Is(err, storage.ErrWrongKey) {
			t.Errorf("%q: %v", args, err)
		}
	}
	for _, args := range [][]string{{"show", "-key-file", key, "-key-base64", path}, {"show", "-key-file", key + "x", path}} {
		if _, _, err := call(t, "", args...); err == nil {
			t.Errorf("%q was taken", args)
		}
	}
	tdata := sample(t, "tdata", storage.User{ID: 1}, transfer.Options{Passcode: []byte("a key")})
	if _, _, err := call(t, "", "show", "-passcode-file", key, tdata); err != nil {
		t.Error(err)
	}
}

func TestCheck(t *testing.T) {
	path := sample(t, "telethon", storage.User{}, transfer.Options{})
	out, _, err := call(t, "", "check", path)
	if err != nil || !strings.Contains(out, "needs the user's ID") || !strings.Contains(out, "tdjson           whole\n") ||
		!strings.Contains(out, "gotd             without how far updates were read\n") {
		t.Errorf("%v\n%s", err, out)
	}
	out, _, err = call(t, "", "check", "-user-id", "77", "-bot", "-api-id", "6", path)
	if err != nil || strings.Contains(out, "needs") || !strings.Contains(out, "77 (bot)") || !strings.Contains(out, "API ID:           6") {
		t.Errorf("%v\n%s", err, out)
	}
	known := sample(t, "pyrogram", storage.User{ID: 77}, transfer.Options{})
	for _, args := range [][]string{{"check", "-user-id", "78", known}, {"check", "-bot", known}} {
		if _, _, err := call(t, "", args...); err == nil || !strings.Contains(err.Error(), "the session") {
			t.Errorf("%q: %v", args, err)
		}
	}
	if _, _, err := call(t, "", "check", "-user-id", "77", "-bot=false", known); err != nil {
		t.Error(err)
	}
	if _, _, err := call(t, "rubbish", "check", "-"); !errors.Is(err, transfer.ErrUnknown) {
		t.Errorf("rubbish: %v", err)
	}
}

func TestConvert(t *testing.T) {
	from := sample(t, "pyrogram", storage.User{ID: 77}, transfer.Options{})
	to := filepath.Join(t.TempDir(), "to")
	if _, _, err := call(t, "", "convert", "-to", "telethon", from, to); err == nil || !strings.Contains(err.Error(), "--yes-export-secrets") {
		t.Errorf("unasked: %v", err)
	}
	if _, err := os.Stat(to); err == nil {
		t.Error("unasked, but written")
	}
	_, said, err := call(t, "", "convert", "-to", "telethon", "--yes-export-secrets", from, to)
	if err != nil || !strings.Contains(said, "telethon does not keep the user's ID and whether it is a bot, the API ID.") {
		t.Errorf("%v, %q", err, said)
	}
	if info, err := os.Stat(to); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
	if _, _, err := call(t, "", "convert", "-to", "telethon", "--yes-export-secrets", from, to); !errors.Is(err, os.ErrExist) {
		t.Errorf("over another: %v", err)
	}
	if _, _, err := call(t, "", "convert", "-to", "telethon", "-overwrite", "--yes-export-secrets", from, to); err != nil {
		t.Error(err)
	}
	if _, _, err := call(t, "", "convert", "-to", "pyrogram-string", "--yes-export-secrets", to, to+"x"); err == nil || !strings.Contains(err.Error(), "the user's ID") {
		t.Errorf("without a user: %v", err)
	}
	text, _, err := call(t, "", "convert", "-to", "pyrogram-string", "-user-id", "77", "-api-id", "6", "--yes-export-secrets", to, "-")
	if err != nil {
		t.Fatal(err)
	}
	s, x, err := transfer.Import(t.Context(), "pyrogram-string", transfer.Source{Data: []byte(text)}, transfer.Options{})
	if err != nil || s.User.ID != 77 || x.APIID != 6 || !bytes.Equal(s.DataCenters[0].AuthKey, fakeKey()) {
		t.Errorf("%+v, %v", s, err)
	}
	for _, args := range [][]string{
		{"convert", "-to", "telethon", "--yes-export-secrets", from}, {"convert", "--yes-export-secrets", from, to},
		{"convert", "-to", "what", "--yes-export-secrets", from, to + "y"}, {"convert", "-to", "tdata", "--yes-export-secrets", from, "-"},
		{"convert", "-what"}, {"what"}, {}, {"formats", "x"},
	} {
		if _, _, err := call(t, "", args...); err == nil {
			t.Errorf("%q was taken", args)
		}
	}
	if out, _, err := call(t, "", "help"); err != nil || out != usage {
		t.Errorf("help: %v", err)
	}
}

// With keys on both sides: TDLib's directory into this library's own database.
func TestConvertKeys(t *testing.T) {
	dir := t.TempDir()
	oldKey, newKey := filepath.Join(dir, "old"), filepath.Join(dir, "new")
	for path, text := range map[string]string{oldKey: "old", newKey: "new"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	from := sample(t, "tdlib", storage.User{ID: 77}, transfer.Options{Key: []byte("old")})
	to := filepath.Join(dir, "to.session")
	if _, _, err := call(t, "", "convert", "-key-file", oldKey, "-new-key-file", newKey, "-to", "tdjson", "--yes-export-secrets", from, to); err != nil {
		t.Fatal(err)
	}
	db, err := storage.Open(to, storage.Options{Key: []byte("new")})
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if s, err := db.Load(t.Context()); err != nil || s.User.ID != 77 || s.DataCenters[0].Salt != 5 {
		t.Errorf("%+v, %v", s, err)
	}
}
