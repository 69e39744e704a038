package td

import (
	"math"
	"runtime/debug"
	"strings"
	"testing"

	"tdjson/types"
)

// TestMemoryLimit changes what is the same for the whole process, so it does not run beside other tests.
func TestMemoryLimit(t *testing.T) {
	before := debug.SetMemoryLimit(-1)
	defer debug.SetMemoryLimit(before)
	if before != math.MaxInt64 {
		t.Skip("GOMEMLIMIT is set")
	}
	p := startProgram(t, newQuietRegistry())
	c := p.client() // without parameters
	c.must("optionValueEmpty", `{"@type":"getOption","name":"x_memory_limit"}`)
	c.must("ok", `{"@type":"setOption","name":"x_memory_limit","value":{"@type":"optionValueInteger","value":"3000000000"}}`)
	c.wait("updateOption x_memory_limit", func(o object) bool {
		return o.kind() == "updateOption" && o.text("name") == "x_memory_limit" && o.text("value", "value") == "3000000000"
	})
	if got := debug.SetMemoryLimit(-1); got != 3000000000 {
		t.Errorf("the limit is %d", got)
	}
	other := p.client()
	if got := other.must("optionValueInteger", `{"@type":"getOption","name":"x_memory_limit"}`).text("value"); got != "3000000000" {
		t.Errorf("another client's is %s", got)
	}
	c.fails(400, `Option "x_memory_limit" must have integer value`, `{"@type":"setOption","name":"x_memory_limit","value":{"@type":"optionValueBoolean","value":true}}`)
	c.fails(400, `Option's "x_memory_limit" value -1 is outside of the valid range [0, 9223372036854775807]`,
		`{"@type":"setOption","name":"x_memory_limit","value":{"@type":"optionValueInteger","value":"-1"}}`)
	for _, reset := range []string{`{"@type":"optionValueInteger","value":"0"}`, `{"@type":"optionValueEmpty"}`, `null`} {
		c.must("ok", `{"@type":"setOption","name":"x_memory_limit","value":{"@type":"optionValueInteger","value":"2000000000"}}`)
		c.must("ok", `{"@type":"setOption","name":"x_memory_limit","value":%s}`, reset)
		if got := debug.SetMemoryLimit(-1); got != before {
			t.Errorf("%s: the limit is %d", reset, got)
		}
	}
	c.must("optionValueEmpty", `{"@type":"getOption","name":"x_memory_limit"}`)
}

// TestPanicCount: faults are counted, for td_execute too, and can't be set.
func TestPanicCount(t *testing.T) {
	t.Parallel()
	r := newQuietRegistry()
	r.before = func(f types.Object) {
		if _, ok := f.(*types.TestSquareInt); ok {
			panic("in a test")
		}
	}
	p := startProgram(t, r)
	c := p.client()
	for want := range int64(3) {
		const count = `{"@type":"getOption","name":"x_panic_count"}`
		inClient := c.must("optionValueInteger", count).text("value")
		if string(r.Execute(nil, []byte(count))) != `{"@type":"optionValueInteger","value":"`+inClient+`"}` || inClient != string(rune('0'+want)) {
			t.Errorf("%s, want %d", inClient, want)
		}
		c.fails(500, "Internal error in testSquareInt", `{"@type":"testSquareInt","x":1}`)
	}
	c.fails(400, `Option "x_panic_count" can't be changed by the user`, `{"@type":"setOption","name":"x_panic_count","value":{"@type":"optionValueInteger","value":"0"}}`)
}

// TestLongOptionName: names of a program's own options have at most 255 bytes.
func TestLongOptionName(t *testing.T) {
	t.Parallel()
	c := startProgram(t, newQuietRegistry()).start(t.TempDir())
	set := func(n int) string {
		return `{"@type":"setOption","name":"` + strings.Repeat("x", n) + `","value":{"@type":"optionValueBoolean","value":true}}`
	}
	c.must("ok", "%s", set(255))
	c.fails(400, "Option name is too long", "%s", set(256))
}
