package transfer

import (
	"context"
	"fmt"
	"os"
	"path/filepath"

	"tdjson/storage"
)

// Detect finds out the format of a session by what is in it, and returns its name.
func Detect(ctx context.Context, src Source) (string, error) {
	in := &input{Source: src}
	defer in.close()
	name, err := in.detect(ctx)
	if err != nil {
		return "", fmt.Errorf("transfer: %s: %w", src.place(), err)
	}
	return name, nil
}

func (in *input) detect(ctx context.Context) (string, error) {
	if in.isDir() {
		return in.detectDir()
	}
	data, err := in.begin()
	switch {
	case err != nil:
		return "", err
	case len(data) == 0:
		return "", fmt.Errorf("it is %w: it is empty", ErrNotLoggedIn)
	case checkHead(data) == nil:
		return in.detectDatabase(ctx, data)
	}
	if in.Data == nil { // what follows looks at all of it
		if in.Data, err = in.bytes(); err != nil {
			return "", err
		}
	}
	if isBinlog(in.Data) {
		return "tdlib", nil
	}
	if text, err := in.text(); err == nil {
		if name := detectText(text); name != "" {
			return name, nil
		}
	}
	return "", fmt.Errorf("it is %w", ErrUnknown)
}

// begin is the first bytes of a source.
func (in *input) begin() ([]byte, error) {
	if in.Data != nil {
		return in.Data[:min(len(in.Data), sqliteHead)], nil
	}
	return readBegin(in.Path)
}

func (in *input) detectDir() (string, error) {
	if _, err := in.binlogPath(); err == nil {
		return "tdlib", nil
	}
	for _, suffix := range []string{"s", "0", "1"} {
		if _, err := os.Stat(filepath.Join(in.Path, tdataKeyFile+suffix)); err == nil {
			return "tdata", nil
		}
	}
	return "", fmt.Errorf("it is %w: the directory has neither a td.binlog of TDLib nor a key_datas of Telegram Desktop", ErrUnknown)
}

func (in *input) detectDatabase(ctx context.Context, head []byte) (string, error) {
	if applicationID(head) == nativeID {
		return "tdjson", nil
	}
	t, err := in.database(ctx)
	if err != nil {
		return "", err
	}
	for _, known := range []struct {
		name string
		is   func(tables) bool
	}{
		{"telethon", isTelethon}, {"telethon2", isTelethon2}, {"kurigram", isKurigram}, {"pyrogram", isPyrogram},
		{"mtcute", isMtcute}, {"grammers", isGrammers},
	} {
		if known.is(t) {
			return known.name, nil
		}
	}
	return "", fmt.Errorf("it is %w: it is an SQLite database of something else", ErrUnknown)
}

// detectText tells session strings by their beginning and length.
func detectText(text string) string {
	switch text[0] {
	case '{':
		return "gotd"
	case '1':
		data, err := decodeOne(text)
		if _, ok := parseGramJS(data); err == nil && ok {
			return "gramjs-string"
		}
		if err == nil && (len(data) == telethonIPv4 || len(data) == telethonIPv6) {
			return "telethon-string"
		}
	}
	data, err := decodeBase64(text)
	if err != nil || len(data) == 0 {
		return ""
	}
	if _, _, ok := parsePyrogramString(data); ok {
		return "pyrogram-string"
	}
	if _, ok := parseMTKruto(data); ok {
		return "mtkruto-string"
	}
	if data[0] == mtcuteVersion && len(data) > storage.AuthKeyLen {
		return "mtcute-string"
	}
	return ""
}
