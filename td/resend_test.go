package td

import (
	"errors"
	"testing"
	"time"

	"github.com/gotd/td/tgerr"
)

func TestResend(t *testing.T) {
	t.Parallel()
	type refusal struct {
		code    int
		message string
		wait    time.Duration // 0: not again
		fails   string        // with this, if it is not the refusal itself
	}
	const most = "rpcDoRequest"
	for name, c := range map[string]struct {
		bot  bool
		list []refusal
	}{
		"doubles": {false, []refusal{
			{500, "A", 1 * time.Second, ""}, {-503, "Timeout", 2 * time.Second, ""}, {0, "B", 4 * time.Second, ""},
			{420, "STRANGE", 8 * time.Second, ""}, {500, "A", 16 * time.Second, ""}, {500, "A", 0, "Too Many Requests: retry after 32"},
		}},
		"bot": {true, []refusal{
			{500, "A", 1 * time.Second, ""}, {500, "A", 2 * time.Second, ""}, {500, "A", 4 * time.Second, ""}, {500, "A", 0, "Too Many Requests: retry after 8"},
		}},
		"says how long": {false, []refusal{
			{420, "FLOOD_WAIT_20", 20 * time.Second, ""}, {500, "A", time.Second, ""}, {420, "FLOOD_PREMIUM_WAIT_30", 30 * time.Second, ""},
			{420, "FLOOD_WAIT_10", 0, "Too Many Requests: retry after 10"},
		}},
		"each kind": {false, []refusal{
			{420, "SLOWMODE_WAIT_3", 3 * time.Second, ""}, {420, "2FA_CONFIRM_WAIT_4", 4 * time.Second, ""},
			{420, "TAKEOUT_INIT_DELAY_5", 5 * time.Second, ""}, {500, "WORKER_BUSY_TOO_LONG_RETRY", time.Second, ""},
			{500, "WORKER_BUSY_TOO_LONG_RETRY", time.Second, ""},
		}},
		"odd numbers": {false, []refusal{
			{420, "FLOOD_WAIT_0", time.Second, ""}, {420, "FLOOD_WAIT_-7", time.Second, ""}, {420, "FLOOD_WAIT_", time.Second, ""},
			{420, "FLOOD_WAIT_x", time.Second, ""}, {420, "FLOOD_WAIT_99999999", 0, "Too Many Requests: retry after 1209600"},
		}},
		"out of range":   {false, []refusal{{420, "FLOOD_WAIT_99999999999999999999", 0, "Too Many Requests: retry after 1209600"}}},
		"for good":       {false, []refusal{{400, "A", 0, most}, {501, "A", 0, most}, {429, "FLOOD_WAIT_1", 0, most}, {303, "PHONE_MIGRATE_2", 0, most}}},
		"sounds passing": {false, []refusal{{420, "FROZEN_METHOD_INVALID", 0, most}, {420, "STORY_SEND_FLOOD_WEEKLY_5", 0, most}, {420, "PREMIUM_SUB_ACTIVE_UNTIL_5", 0, most}}},
	} {
		var r resend
		for i, x := range c.list {
			given := tgerr.New(x.code, x.message)
			wait, again, err := r.after(given, c.bot)
			if wait != x.wait || again != (x.wait > 0) {
				t.Errorf("%s, %d: %d %s: again %t after %v, want after %v", name, i, x.code, x.message, again, wait, x.wait)
			}
			switch {
			case again && err != nil:
				t.Errorf("%s, %d: again, but %v", name, i, err)
			case !again && x.fails == most && err != given:
				t.Errorf("%s, %d: %v became %v", name, i, given, err)
			case !again && x.fails != most && err.Error() != x.fails:
				t.Errorf("%s, %d: fails with %v, want %s", name, i, err, x.fails)
			}
		}
	}
	for _, err := range []error{nil, errors.New("other")} {
		var r resend
		if _, again, got := r.after(err, false); again || got != err {
			t.Errorf("%v: again %t, %v", err, again, got)
		}
	}
}
