package compat

import (
	"slices"
	"testing"

	"tdjson/types"
)

// TestTodays: the newest version in the table is the one that the types were made of.
func TestTodays(t *testing.T) {
	t.Parallel()
	for name, d := range todays().defs {
		if !d.function {
			continue
		}
		for variant := range 3 {
			want := string(printer{}.object(nil, builder{todays(), variant, 1, false}.object(name, builtDepth)))
			r, fail := types.DecodeRequest([]byte(want))
			if fail != nil {
				t.Errorf("%s: %s", want, fail.Message)
				continue
			}
			if got, _ := types.Append(nil, r.Function); string(got) != want {
				t.Errorf("%s is printed as %s: make the table anew with types/compat/gen", want, got)
			}
		}
	}
	c := talk(t, "1.8.64")
	var unknown []string
	for _, name := range types.Functions() {
		if d := todays().defs[name]; d == nil && !c.passes(name) {
			unknown = append(unknown, name)
		}
	}
	slices.Sort(unknown)
	if len(unknown) > 0 {
		t.Errorf("functions that the table has only in older versions: %q", unknown)
	}
}

// BenchmarkTranslate: what an older version costs a request and an update.
func BenchmarkTranslate(b *testing.B) {
	b.ReportAllocs()
	request := []byte(`{"@type":"sendMessage","chat_id":1,"reply_to_message_id":2,"disable_notification":true,"input_message_content":{"@type":"inputMessageText","text":{"@type":"formattedText","text":"Hello","entities":[]},"disable_web_page_preview":true},"@extra":1}`)
	update := printer{}.object(nil, builder{todays(), 0, 0, false}.object("updateNewMessage", builtDepth))
	for _, version := range []string{"1.8.64", "1.8.29", "1.8.5", "1.0.0"} {
		c := talk(b, version)
		b.Run("request "+version, func(b *testing.B) {
			for b.Loop() {
				c.Request(request)
			}
		})
		b.Run("update "+version, func(b *testing.B) {
			for b.Loop() {
				c.Update(update)
			}
		})
	}
}
