package compat

import (
	"testing"

	"github.com/goccy/go-json"

	"tdjson/types"
)

// FuzzTranslate: no text makes the translator panic, and what it says to the program is JSON.
func FuzzTranslate(f *testing.F) {
	for i, version := range testVersions {
		s := schemaAt(mustPlace(version))
		for name, d := range s.defs {
			if d.function && len(name)%7 == i%7 {
				f.Add(byte(i), printer{bytes: true}.object(nil, builder{s, i, 1, false}.object(name, 2)))
			}
		}
	}
	for i, name := range todays().classes["Update"] {
		f.Add(byte(i), printer{}.object(nil, builder{todays(), i, 1, false}.object(name, 2)))
	}
	f.Add(byte(0), []byte(`{"_":"sendMessage","input_message_content":[{"_":{}}],"@extra":null}`))
	var versions Versions
	f.Fuzz(func(t *testing.T, n byte, text []byte) {
		v, err := versions.Find(testVersions[int(n)%len(testVersions)])
		if err != nil {
			t.Fatal(err)
		}
		c := v.Talk(everything{})
		k := c.Request(text)
		_, _ = types.DecodeRequest(k.Text)
		mustBeJSON(t, k.Answer(text))
		if update := c.Update(text); update != nil {
			mustBeJSON(t, update)
		}
		if k.Scripted() {
			asked := 0
			mustBeJSON(t, k.Run(func(request []byte) []byte {
				asked++
				if asked > 100 {
					return []byte(`{"@type":"error"}`)
				}
				if asked%2 == 0 {
					return text
				}
				return request
			}, func(update []byte) { c.Update(update) }))
		}
	})
}

func mustPlace(version string) int {
	at, err := place(version)
	if err != nil {
		panic(err)
	}
	return at
}

// mustBeJSON takes numbers in TDLib's dialect as they come: they are copied.
func mustBeJSON(t *testing.T, text []byte) {
	v, err := types.ParseValue(text)
	if err != nil || v.Kind() != types.ValueObject {
		t.Fatalf("%s: %v", text, err)
	}
	for _, c := range text {
		if c < ' ' || c > '~'+1 {
			t.Fatalf("%q is not ASCII", text)
		}
	}
	if !hasOddNumber(v) && !json.Valid(text) {
		t.Fatalf("%s is no JSON", text)
	}
}

func hasOddNumber(v types.Value) bool {
	switch v.Kind() {
	case types.ValueNumber:
		return !json.Valid([]byte(v.Text()))
	case types.ValueArray:
		for e := range v.Elements() {
			if hasOddNumber(e) {
				return true
			}
		}
	case types.ValueObject:
		for _, m := range v.Members() {
			if hasOddNumber(m) {
				return true
			}
		}
	}
	return false
}
