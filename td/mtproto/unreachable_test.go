package mtproto

import (
	"context"
	"errors"
	"net"
	"syscall"
	"testing"
	"testing/synctest"
	"time"
)

// TestAskOnce: what failed on the way is not tried for everyone, but again soon; what the other side refused is.
func TestAskOnce(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		tries := map[string]int{}
		dial := AskOnce(func(_ context.Context, _, address string) (net.Conn, error) {
			tries[address]++
			if address == "refused" {
				return nil, syscall.ECONNREFUSED
			}
			return nil, &net.OpError{Op: "dial", Err: syscall.ENETUNREACH}
		})
		for range 3 {
			for _, address := range []string{"away", "other", "refused"} {
				_, err := dial(t.Context(), "tcp", address)
				if want := (address == "refused"); errors.Is(err, syscall.ECONNREFUSED) != want || errors.Is(err, syscall.ENETUNREACH) == want {
					t.Errorf("%s: %v", address, err)
				}
			}
		}
		time.Sleep(unreachableFor)
		_, _ = dial(t.Context(), "tcp", "away")
		if tries["away"] != 2 || tries["other"] != 1 || tries["refused"] != 3 {
			t.Errorf("tried %v", tries)
		}
		for i := range 3 * maxUnreachable {
			_, _ = dial(t.Context(), "tcp", string(rune(i)))
		}
		if _, err := dial(t.Context(), "tcp", "away"); err == nil || tries["away"] != 3 {
			t.Errorf("%v, tried %v times", err, tries["away"])
		}
	})
}
