package td

import (
	"bytes"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/goccy/go-json"
)

// unmarshalExact reads JSON and keeps its numbers as they are written.
func unmarshalExact(text []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(text))
	d.UseNumber()
	return d.Decode(v)
}

// folding makes objects of two runs comparable: it replaces what is different in each run.
type folding struct {
	at    time.Time         // when the run was
	words map[string]string // what stands for what
}

// near is how far from the run a time may be to be one that was taken from its clock.
const near = 30 * 24 * time.Hour

var tenDigits = regexp.MustCompile(`^\d{10}$`)

func (f *folding) isNear(seconds int64) bool {
	d := time.Duration(math.Abs(float64(seconds-f.at.Unix()))) * time.Second
	return d < near
}

// fold replaces times near the run, ports, paths, and values that are random.
func (f *folding) fold(v any, key string) any {
	switch v := v.(type) {
	case map[string]any:
		out := make(map[string]any, len(v))
		for k, w := range v {
			out[k] = f.fold(w, k)
		}
		switch v["name"] {
		case "authentication_token":
			out["value"] = "<token>"
		case "utc_time_offset":
			out["value"] = "<offset>"
		}
		return out
	case []any:
		out := make([]any, len(v))
		for i, w := range v {
			out[i] = f.fold(w, key)
		}
		return out
	case json.Number:
		return f.number(v, key)
	case string:
		return f.text(v, key)
	}
	return v
}

// countdowns are the fields that say how many seconds are left.
var countdowns = []string{"timeout", "reset_in", "valid_for"}

func (f *folding) number(n json.Number, key string) any {
	i, err := n.Int64()
	switch {
	case key == "port":
		return "<port>"
	case key == "seconds":
		return "<seconds>" // of pingProxy
	case slices.Contains(countdowns, key) && err == nil && i >= 10:
		return fmt.Sprintf("<about %d>", (i+5)/10*10)
	case err == nil && f.isNear(i):
		return "<near now>"
	case err != nil:
		if x, err := n.Float64(); err == nil {
			return json.Number(strconv.FormatFloat(x, 'g', 3, 64))
		}
	}
	return n
}

func (f *folding) text(s, key string) string {
	if i, err := strconv.ParseInt(s, 10, 64); err == nil {
		switch {
		case tenDigits.MatchString(s) && f.isNear(i):
			return "<near now>"
		case key == "media_album_id" && i != 0:
			return "<album>" // random until the server gives one
		case key == "order" && f.isNear(i>>32):
			return fmt.Sprintf("<near now>+%d", i&math.MaxUint32) // a chat's place: date and message
		}
	}
	for from, to := range f.words {
		s = strings.ReplaceAll(s, from, to)
	}
	return s
}

// byClient are the objects that each client received, as they are compared: options that are the clock are left out, states
// of the connection count once, and what getCurrentState answers counts one by one.
func (list transcript) byClient() map[string][]map[string]any {
	by := map[string][]map[string]any{}
	for _, e := range list {
		o := e.Object
		switch {
		case o["name"] == "unix_time":
			continue // it comes whenever TDLib guesses the clock anew
		case o["@type"] == "updateConnectionState" && slices.ContainsFunc(by[e.Client], func(old map[string]any) bool { return len(delta(old, o, "")) == 0 }):
			continue
		case o["@type"] == "updates":
			parts, _ := o["updates"].([]any)
			for _, part := range parts {
				if p, ok := part.(map[string]any); ok && p["name"] != "unix_time" {
					by[e.Client] = append(by[e.Client], map[string]any{"@type": "updates", "part": p["@type"], "name": p["name"], "update": p, "@extra": o["@extra"]})
				}
			}
			continue
		}
		by[e.Client] = append(by[e.Client], o)
	}
	return by
}

// delta are the places where two values differ.
func delta(a, b any, at string) []string {
	switch a := a.(type) {
	case map[string]any:
		if b, ok := b.(map[string]any); ok {
			return deltaObjects(a, b, at)
		}
	case []any:
		if b, ok := b.([]any); ok && len(a) == len(b) {
			var list []string
			for i := range a {
				list = append(list, delta(a[i], b[i], fmt.Sprintf("%s[%d]", at, i))...)
			}
			return list
		}
	default:
		if a == b {
			return nil
		}
	}
	return []string{fmt.Sprintf("%s: TDLib %.80s here %.80s", at, compact(a), compact(b))}
}

func deltaObjects(a, b map[string]any, at string) (list []string) {
	keys := map[string]bool{}
	for k := range a {
		keys[k] = true
	}
	for k := range b {
		keys[k] = true
	}
	for _, k := range slices.Sorted(maps.Keys(keys)) {
		x, inA := a[k]
		y, inB := b[k]
		switch {
		case !inA:
			list = append(list, fmt.Sprintf("%s.%s: only here %.80s", at, k, compact(y)))
		case !inB:
			list = append(list, fmt.Sprintf("%s.%s: missing %.80s", at, k, compact(x)))
		default:
			list = append(list, delta(x, y, at+"."+k)...)
		}
	}
	return list
}
