package td

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/gotd/td/tgerr"

	"tdjson/types"
)

// resend decides, as TDLib does, whether a call that the server refused for now is made again, and when. The zero value is
// for a new call.
type resend struct {
	next, total time.Duration
}

const (
	resendFirst   = time.Second     // doubled each time the server does not say how long to wait
	resendMost    = time.Minute     // above it no more
	resendLimit   = time.Minute     // of all waiting together; then the program is told
	resendLimitOf = 8 * time.Second // the same for bots
	resendMaximum = 14 * 24 * 3600  // seconds, which no server may ask more than
)

// waits are how the server's errors 420 begin that end in a number of seconds.
var waits = []string{"FLOOD_WAIT_", "FLOOD_PREMIUM_WAIT_", "SLOWMODE_WAIT_", "2FA_CONFIRM_WAIT_", "TAKEOUT_INIT_DELAY_"}

// after says how long to wait before the call is made again. False: it is not, and fails with the returned error.
func (r *resend) after(err error, bot bool) (time.Duration, bool, error) {
	var e *tgerr.Error
	if !errors.As(err, &e) || !passing(e) {
		return 0, false, err
	}
	wait := waitWanted(e)
	if wait > 0 {
		r.next = resendFirst
	} else {
		wait = max(r.next, resendFirst)
		r.next = wait
		if wait < resendMost {
			r.next = 2 * wait
		}
	}
	limit := resendLimit
	if bot {
		limit = resendLimitOf
	}
	if r.total += wait; r.total > limit {
		return 0, false, types.NewError(429, fmt.Sprintf("Too Many Requests: retry after %d", wait/time.Second))
	}
	return wait, true, nil
}

// passing says whether an error may be over when the call is made again.
func passing(e *tgerr.Error) bool {
	switch {
	case e.Code <= 0, e.Code == 500: // no code at all is taken for 500
		return true
	case e.Code != 420:
		return false
	}
	return e.Message != frozenMethod && !strings.HasPrefix(e.Message, "STORY_SEND_FLOOD_") && !strings.HasPrefix(e.Message, "PREMIUM_SUB_ACTIVE_UNTIL_")
}

// frozenMethod is refused for good, though with a code that sounds otherwise.
const frozenMethod = "FROZEN_METHOD_INVALID"

// waitWanted is how long the server wants the client to wait; 0 if it does not say.
func waitWanted(e *tgerr.Error) time.Duration {
	switch {
	case e.Code == 500 && e.Message == "WORKER_BUSY_TOO_LONG_RETRY":
		return time.Second
	case e.Code != 420:
		return 0
	}
	for _, prefix := range waits {
		if text, ok := strings.CutPrefix(e.Message, prefix); ok {
			seconds, _ := strconv.Atoi(text) // what is no number is as short as can be
			return time.Duration(min(max(seconds, 1), resendMaximum)) * time.Second
		}
	}
	return 0
}

// pause waits without the turn, no longer than until ctx ends.
func (c *Client) pause(ctx context.Context, d time.Duration) {
	c.await(func() {
		timer := time.NewTimer(d)
		defer timer.Stop()
		select {
		case <-timer.C:
		case <-ctx.Done():
		}
	})
}
