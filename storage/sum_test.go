package storage

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"testing"
)

var flips = flag.Int("flips", 150, "how many bits of a database fall over, one at a time, in TestFlippedBits")

// TestFlippedBits: with any bit of the file fallen over, what is read is what was written, or an error that
// leaves the file as it is.
func TestFlippedBits(t *testing.T) {
	for _, key := range []string{"", "key"} {
		o := Options{Key: []byte(key)}
		whole, values := filled(t, o)
		path := filepath.Join(t.TempDir(), "flipped.session")
		count := map[string]int{}
		for range *flips {
			bit := rand.IntN(8 * len(whole))
			b := bytes.Clone(whole)
			b[bit/8] ^= 1 << (bit % 8)
			must(t, os.WriteFile(path, b, 0o600))
			switch s, v, err := readAllOf(path, o); {
			case err == nil && reflect.DeepEqual(s, fullSession()) && maps.EqualFunc(v, values, bytes.Equal):
				count["nothing lost"]++
			case err == nil:
				t.Errorf("key %q, bit %d was read as it stands: user %+v, state %+v, %d data centers, %d values", key, bit, s.User, s.State, len(s.DataCenters), len(v))
			default:
				count["refused"]++
				if !errors.Is(err, ErrCorrupt) && !errors.Is(err, ErrForeign) && !errors.Is(err, ErrNewer) {
					t.Errorf("key %q, bit %d: %v", key, bit, err)
				}
				if !bytes.Equal(b, readAll(t, path)) {
					t.Errorf("key %q, bit %d: refused (%v) and changed", key, bit, err)
				}
			}
		}
		t.Logf("key %q, %d bytes: %v", key, len(whole), count)
	}
}

// filled is a file with a session and values.
func filled(t *testing.T, o Options) (whole []byte, values map[string][]byte) {
	t.Helper()
	ctx := context.Background()
	path := filepath.Join(t.TempDir(), "s.session")
	db := mustOpen(t, path, o)
	must(t, db.Save(ctx, fullSession()))
	values = map[string][]byte{}
	for i := range 40 {
		values[fmt.Sprint("option.", i)] = bytes.Repeat([]byte{byte(i)}, 3*i)
	}
	must(t, db.Apply(ctx, &Batch{Set: values}))
	must(t, db.Close())
	return readAll(t, path), values
}

func readAllOf(path string, o Options) (*Session, map[string][]byte, error) {
	db, err := Open(path, o)
	if err != nil {
		return nil, nil, err
	}
	defer db.Close()
	s, err := db.Load(context.Background())
	if err != nil {
		return nil, nil, err
	}
	v, err := db.All(context.Background(), "")
	return s, v, err
}

// TestVersion1 opens what the first version wrote, which is kept beside as it was.
func TestVersion1(t *testing.T) {
	values := map[string][]byte{"v": []byte("value"), "empty": {}}
	for name, key := range map[string]string{"v1": "", "v1-sealed": "key"} {
		f, err := os.Open(filepath.Join("testdata", name+".session.gz"))
		must(t, err)
		defer f.Close()
		r, err := gzip.NewReader(f)
		must(t, err)
		old, err := io.ReadAll(r)
		must(t, err)
		path := filepath.Join(t.TempDir(), "s.session")
		must(t, os.WriteFile(path, old, 0o600))
		if _, err := Open(path, Options{Key: []byte("another")}); !errors.Is(err, ErrWrongKey) {
			t.Errorf("%s: with another key: %v", name, err)
		}
		if !bytes.Equal(old, readAll(t, path)) {
			t.Errorf("%s: changed with the wrong key", name)
		}
		for range 2 {
			s, v, err := readAllOf(path, Options{Key: []byte(key)})
			if err != nil || !reflect.DeepEqual(s, fullSession()) || !maps.EqualFunc(v, values, bytes.Equal) {
				t.Errorf("%s: %v, read user %+v and %d values", name, err, s.User, len(v))
			}
		}
		backup := path + ".v1.bak"
		if info, err := os.Stat(backup); err != nil || info.Mode().Perm() != 0o600 {
			t.Errorf("%s: backup %v, %v", name, info, err)
		}
		if s, _, err := readAllOf(backup, Options{Key: []byte(key)}); err != nil || !reflect.DeepEqual(s, fullSession()) {
			t.Errorf("%s: backup: %v", name, err)
		}
	}
}
