package td

import (
	"bytes"
	"crypto/rand"
	"io"
	"net"
	"testing"

	"github.com/gotd/td/mtproxy/faketls"
)

// noteConn notes what is written, a write each.
type noteConn struct {
	net.Conn
	writes [][]byte
}

func (c *noteConn) Write(p []byte) (int, error) {
	c.writes = append(c.writes, bytes.Clone(p))
	return len(p), nil
}

// TestCloakedRecords: what is sent is whole records, none longer than TDLib's, in one write; another implementation reads them.
func TestCloakedRecords(t *testing.T) {
	t.Parallel()
	var sent []byte
	wire := &noteConn{}
	c := &cloakedConn{Conn: wire}
	for _, size := range []int{1, 64, maxRecord - 1, maxRecord, maxRecord + 1, 3*maxRecord + 7} {
		part := make([]byte, size)
		_, _ = rand.Read(part)
		if n, err := c.Write(part); n != size || err != nil {
			t.Fatal(n, err)
		}
		sent = append(sent, part...)
	}
	if len(wire.writes) != 6 {
		t.Errorf("%d writes", len(wire.writes))
	}
	for i, w := range wire.writes {
		if i == 0 {
			rest, ok := bytes.CutPrefix(w, []byte(changeCipher))
			if !ok {
				t.Errorf("begins with %x", w)
			}
			w = rest
		}
		for len(w) > 0 {
			if len(w) < 5 || !bytes.HasPrefix(w, []byte(applicationTLS)) {
				t.Fatalf("no record in write %d: %x", i, w[:min(len(w), 8)])
			}
			size := int(w[3])<<8 | int(w[4])
			if size == 0 || size > maxRecord || 5+size > len(w) {
				t.Fatalf("a record of %d bytes in write %d", size, i)
			}
			w = w[5+size:]
		}
	}
	reader := faketls.NewFakeTLS(rand.Reader, struct {
		io.Reader
		io.Writer
	}{bytes.NewReader(bytes.Join(wire.writes, nil)), io.Discard})
	got := make([]byte, len(sent))
	if _, err := io.ReadFull(reader, got); err != nil || !bytes.Equal(got, sent) {
		t.Error("something else is read", err)
	}
}
