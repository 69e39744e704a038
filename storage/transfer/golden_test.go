package transfer

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/hex"
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gotd/td/session"
	"github.com/gotd/td/session/tdesktop"

	"tdjson/storage"
)

// Strings are written to the letter as the clients write them.
func TestGoldenStrings(t *testing.T) {
	home := func(change func(dc *storage.DataCenter, u *storage.User, x *Extra)) func() (*storage.Session, *Extra) {
		return func() (*storage.Session, *Extra) {
			s, x := full()
			dc := storage.DataCenter{ID: 2, IPv4: "149.154.167.51:443", AuthKey: fakeKey(2)}
			change(&dc, s.User, x)
			return alone(dc, *s.User), x
		}
	}
	same := home(func(*storage.DataCenter, *storage.User, *Extra) {})
	ipv6 := home(func(dc *storage.DataCenter, _ *storage.User, _ *Extra) {
		dc.IPv4, dc.IPv6 = "", "[2001:67c:4e8:f002::a]:443"
	})
	test := home(func(dc *storage.DataCenter, _ *storage.User, _ *Extra) { dc.Test = true })
	old := home(func(dc *storage.DataCenter, u *storage.User, x *Extra) { dc.Test, u.Bot, x.APIID = true, false, 0 })
	for _, c := range []struct {
		fixture, format string
		make            func() (*storage.Session, *Extra)
	}{
		{"telethon4", "telethon-string", same}, {"telethon6", "telethon-string", ipv6},
		{"pyrogram", "pyrogram-string", same}, {"kurigram", "pyrogram-string", same}, {"pyrogram356", "pyrogram-string", old},
		{"gramjs", "gramjs-string", same}, {"gramjs6", "gramjs-string", ipv6},
		{"mtkruto", "mtkruto-string", same}, {"mtkruto-test", "mtkruto-string", test}, {"mtcute", "mtcute-string", same},
	} {
		want, err := os.ReadFile(filepath.Join("testdata", "fixtures", c.fixture+".txt"))
		if err != nil {
			t.Fatal(err)
		}
		s, x := c.make()
		got, err := Export(t.Context(), c.format, s, x, Options{})
		if err != nil || !bytes.Equal(got, bytes.TrimSpace(want)) {
			t.Errorf("%s: %v\n%s\nnot\n%s", c.fixture, err, got, want)
		}
	}
}

// gotd itself reads what is written for it, and strings and tdata besides.
func TestGotdReads(t *testing.T) {
	for name, make := range samples() {
		s, x := make()
		home := mustHome(t, s)
		data, err := Export(t.Context(), "gotd", s, x, Options{})
		if err != nil {
			t.Fatal(err)
		}
		got, err := (&session.Loader{Storage: stored(data)}).Load(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		at, _ := address(home)
		if got.DC != home.ID || got.Addr != at.String() || !bytes.Equal(got.AuthKey, home.AuthKey) || got.Salt != home.Salt ||
			got.Config.TestMode != home.Test || binary.LittleEndian.Uint64(got.AuthKeyID) != KeyID(home.AuthKey) {
			t.Errorf("%s: gotd read data center %d at %s", name, got.DC, got.Addr)
		}
		text, err := Export(t.Context(), "telethon-string", s, x, Options{})
		if err != nil {
			t.Fatal(err)
		}
		if got, err = session.TelethonSession(string(text)); err != nil || got.DC != home.ID || got.Addr != at.String() || !bytes.Equal(got.AuthKey, home.AuthKey) {
			t.Errorf("%s: gotd read Telethon's string as of data center %d, %v", name, got.DC, err)
		}
	}
	for _, passcode := range []string{"", "a passcode"} {
		s, x := samples()["user"]()
		dir := t.TempDir()
		if err := ExportFile(t.Context(), "tdata", s, x, dir, Options{Passcode: []byte(passcode)}); err != nil {
			t.Fatal(err)
		}
		got, err := tdesktop.Read(dir, []byte(passcode))
		if err != nil || len(got) != 1 {
			t.Fatalf("%d accounts, %v", len(got), err)
		}
		auth := got[0].Authorization
		if auth.UserID != uint64(s.User.ID) || auth.MainDC != s.User.DC || len(auth.Keys) != len(s.DataCenters) {
			t.Errorf("gotd read user %d of data center %d with %d keys", auth.UserID, auth.MainDC, len(auth.Keys))
		}
		for _, dc := range s.DataCenters {
			if key := auth.Keys[dc.ID]; !bytes.Equal(key[:], dc.AuthKey) {
				t.Errorf("gotd read another key of data center %d", dc.ID)
			}
		}
	}
}

// What gotd writes is read.
func TestGotdWrites(t *testing.T) {
	file := &memory{}
	key := fakeKey(7)
	err := (&session.Loader{Storage: file}).Save(t.Context(), &session.Data{
		Config: session.Config{TestMode: true, ThisDC: 3}, DC: 3, Addr: "[2001:b28:f23d:f003::e]:443", AuthKey: key,
		AuthKeyID: binary.LittleEndian.AppendUint64(nil, KeyID(key)), Salt: math.MinInt64,
	})
	if err != nil {
		t.Fatal(err)
	}
	got, x, err := Import(t.Context(), "", Source{Data: file.data}, Options{})
	if err != nil {
		t.Fatal(err)
	}
	want := alone(storage.DataCenter{
		ID: 3, IPv6: "[2001:b28:f23d:f003::e]:443", AuthKey: key, Salt: math.MinInt64, Authorized: true, Test: true,
	}, storage.User{})
	compare(t, got, x, want, &Extra{})
}

type memory struct{ data []byte }

func stored(data []byte) *memory { return &memory{data} }

func (m *memory) LoadSession(context.Context) ([]byte, error) { return m.data, nil }

func (m *memory) StoreSession(_ context.Context, data []byte) error {
	m.data = data
	return nil
}

// Binlogs are written to the bit as another program made them out of the layout alone.
func TestGoldenBinlog(t *testing.T) {
	salt, iv := make([]byte, 32), make([]byte, 16)
	for i := range salt {
		salt[i] = byte(i)
	}
	for i := range iv {
		iv[i] = byte(100 + i)
	}
	for key, golden := range map[string]string{
		"":       goldenBinlog,
		"my key": goldenBinlogWithKey,
	} {
		want, err := hex.DecodeString(strings.ReplaceAll(golden, "\n", ""))
		if err != nil {
			t.Fatal(err)
		}
		got, err := sealBinlog([]value{{"auth", "ok"}, {"main_dc_id", "2"}}, []byte(key), salt, iv)
		if err != nil || !bytes.Equal(got, want) {
			t.Errorf("key %q: %v\n%x\nnot\n%x", key, err, got, want)
		}
		b, err := readBinlog(want, []byte(key))
		if err != nil || b.stopped != nil || len(b.values) != 2 || b.values["main_dc_id"] != "2" {
			t.Errorf("key %q: %+v, %v", key, b, err)
		}
	}
}

// A key and a salt stand in a binlog as TDLib writes them.
func TestGoldenTDLibValues(t *testing.T) {
	dc := storage.DataCenter{AuthKey: fakeKey(2), Authorized: true}
	want := binary.LittleEndian.AppendUint64(nil, KeyID(dc.AuthKey))
	want = append(want, 1, 0, 0, 0, 254, 0, 1, 0)
	want = append(want, dc.AuthKey...)
	if got := appendTDLibKey(nil, &dc); !bytes.Equal(got, want) {
		t.Errorf("key %x, not %x", got, want)
	}
	// with the times that TDLib adds
	withTimes := bytes.Clone(want)
	withTimes[8] = 1 | 4 | 8
	withTimes = append(withTimes, make([]byte, 24)...)
	if got, err := parseTDLibKey(string(withTimes)); err != nil || !got.Authorized || !bytes.Equal(got.AuthKey, dc.AuthKey) {
		t.Errorf("key with times: %v", err)
	}
	now := time.Unix(1_700_000_000, 0)
	want = binary.LittleEndian.AppendUint32(nil, 1)
	want = binary.LittleEndian.AppendUint64(want, math.MaxUint64-4)
	want = binary.LittleEndian.AppendUint64(want, math.Float64bits(1_700_000_000))
	want = binary.LittleEndian.AppendUint64(want, math.Float64bits(1_700_000_600))
	if got := appendSalt(nil, -5, now); !bytes.Equal(got, want) {
		t.Errorf("salt %x, not %x", got, want)
	}
}

// Of TDLib's salts the one in force counts.
func TestSalts(t *testing.T) {
	now := time.Unix(1_700_000_000, 0)
	list := func(salts ...float64) string {
		b := binary.LittleEndian.AppendUint32(nil, uint32(len(salts)))
		for i, since := range salts {
			b = binary.LittleEndian.AppendUint64(b, uint64(i+1))
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(since))
			b = binary.LittleEndian.AppendUint64(b, math.Float64bits(since+1800))
		}
		return string(b)
	}
	for _, c := range []struct {
		text string
		want int64
	}{
		{"", 0}, {list(), 0}, {list(1_699_999_000), 1},
		{list(1_700_003_000, 1_700_001_200, 1_699_999_400, 1_699_997_600, -1e10), 3},
		{list(1_699_997_600, 1_699_999_400, 1_700_001_200), 2},
		{list(1_700_003_000, 1_700_001_200), 2}, {list(-1e10, math.NaN()), 0},
		{list(1_699_999_000) + "more", 1}, {list(1_699_999_000, 1)[:40], 1},
	} {
		if got := parseSalts(c.text, now); got != c.want {
			t.Errorf("%d bytes: salt %d, want %d", len(c.text), got, c.want)
		}
	}
}

// What PBKDF2, HMAC-SHA256, CRC-32 and AES-256-CTR of other libraries made.
const (
	goldenBinlog = `
800000000000000000000000fdffffff0000000000000000000000000000000020000102030405060708090a0b0c0d0e0f101112131415161718191a
1b1c1d1e1f000000106465666768696a6b6c6d6e6f7071727300000020157f0356bcc7e1bcb24f1ba7aea51202c3d6747746e482f924c298f2c0394d
bc000000aa511cc20baf14dd11d3e309f96ca32ebd70000bd61496574f3486a0188dc6fbf5a9de762f78f44ed4d2093a5643ed2091c988ad1dd5bae0
339990fd5df42aad6a93dfd72e8c6f8d061ebadaaecbbc72d310067067f93604d39dd6828dc22c8f`
	goldenBinlogWithKey = `
800000000000000000000000fdffffff0000000000000000000000000000000020000102030405060708090a0b0c0d0e0f101112131415161718191a
1b1c1d1e1f000000106465666768696a6b6c6d6e6f7071727300000020368cab561b11bf24f2924e7ad701f7bbd36fe06b29741e35618e4bc954e67b
3c0000003c722661e209c8325bc0be713459ee1596e7e0910ec980bf98b7f1c312ed5ac454d2a74eaef4b5e5e99ced0ce2cfd5c2659198038273d4ad
99f0245d6bc7d7fbb3f29677b0547785b4030861e00d7a20de7f5ed18195c16f15d3ffcde9382376`
)
