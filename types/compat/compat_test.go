package compat

import (
	"fmt"
	"strings"
	"testing"

	"github.com/goccy/go-json"

	"tdjson/types"
)

// talk begins a conversation in a version.
func talk(t testing.TB, version string) *Conversation {
	t.Helper()
	v, err := new(Versions).Find(version)
	if err != nil {
		t.Fatal(err)
	}
	return v.Talk(everything{})
}

// testVersions are versions of all generations.
var testVersions = strings.Fields("2017 1.0.0 1.2.0 1.3.0 1.4.0 1.5.0 1.6.0 1.6.6 1.7.0 1.7.9 1.8.0 1.8.3 1.8.5 1.8.10 1.8.14 1.8.17 1.8.20 1.8.24 1.8.29 1.8.33 1.8.40 1.8.44 1.8.48 1.8.52 1.8.55 1.8.58 1.8.62 1.8.64")

func TestFind(t *testing.T) {
	t.Parallel()
	var versions Versions
	for name, want := range map[string]string{
		"1.8.29": "1.8.29", "1.8": "1.8.0", "1.2.3": "1.2.2", "1.7.99": "1.7.12", "2017": "2017", "1.8.65": "",
		"1.8.66": "error", "2.0.0": "error", "0.9.0": "error", "": "error", "1": "error", "1.x": "error", "1.8.-1": "error", "1.8.2.3": "error",
	} {
		v, err := versions.Find(name)
		switch {
		case want == "error":
			if err == nil {
				t.Errorf("%q is found", name)
			}
		case err != nil:
			t.Errorf("%q: %v", name, err)
		case want == "" && v != nil, want != "" && v == nil, v != nil && versionName(v.at) != want:
			t.Errorf("%q is found as %v, want %q", name, v, want)
		case v != nil && v.Name() != name:
			t.Errorf("%q calls itself %q", name, v.Name())
		}
	}
	a, _ := versions.Find("1.8.29")
	if b, _ := versions.Find("1.8.29"); a != b {
		t.Error("a version is made twice")
	}
}

func versionName(at int) string { return versions()[at] }

// TestRules: the versions of all changes are known and in order, and the types that they are about existed.
func TestRules(t *testing.T) {
	t.Parallel()
	last := -1
	for _, c := range changes() {
		at, err := place(c.version)
		if err != nil || versionName(at) != c.version {
			t.Errorf("a change of version %s, which is not known", c.version)
		}
		if at <= last {
			t.Errorf("the change of version %s is out of order", c.version)
		}
		last = at
	}
	const ownNames = "messageTopicThread canSendStoryResultUnknown" // made by rules for later rules
	for _, s := range rules().steps {
		before, after := schemaAt(s.at-1), schemaAt(s.at)
		for _, o := range s.ops {
			for _, name := range []string{o.old, o.new} {
				if name != "" && before.defs[name] == nil && after.defs[name] == nil && !strings.Contains(ownNames, name) {
					t.Errorf("version %s: a rule is about %s, which was there neither before nor after", versionName(s.at), name)
				}
			}
		}
	}
}

// TestRequestsDecode: whatever an older version may ask for is a request of today, with all fields and with none, unless its
// function is gone.
func TestRequestsDecode(t *testing.T) {
	t.Parallel()
	for _, version := range testVersions {
		c := talk(t, version)
		for name, d := range c.schema.defs {
			if !d.function {
				continue
			}
			for variant := range 8 {
				o := builder{c.schema, variant, 1, variant == 7}.object(name, builtDepth)
				if variant == 0 {
					o = newObject(name)
				}
				call := c.Request(printer{bytes: true}.object(nil, o))
				if call.Scripted() {
					continue
				}
				_, fail := types.DecodeRequest(call.Text)
				if fail != nil && !strings.Contains(fail.Message, "Unknown class") {
					t.Errorf("%s: %s became %s: %s", version, printer{}.object(nil, o), call.Text, fail.Message)
				}
			}
		}
	}
}

// TestAnswersHaveForm: whatever is told has the form of the version: all fields, in its order, of their types.
func TestAnswersHaveForm(t *testing.T) {
	t.Parallel()
	for _, version := range testVersions {
		c := talk(t, version)
		for _, name := range todays().classes["Update"] {
			for variant := range 3 {
				o := builder{todays(), variant, 1, variant == 2}.object(name, builtDepth)
				text := c.Update(printer{}.object(nil, o))
				if text == nil {
					continue
				}
				v, err := types.ParseValue(text)
				if err != nil || !json.Valid(text) {
					t.Fatalf("%s: %s became %s: %v", version, name, text, err)
				}
				if problem := hasForm(c.schema, v, fieldType{kind: kindClass, ref: "Update"}); problem != "" && !c.passes(o.typ) {
					t.Errorf("%s: %s became %s: %s", version, name, text, problem)
				}
			}
		}
	}
}

// hasForm says what is wrong with a value, "" if nothing is.
func hasForm(s *schema, v types.Value, t fieldType) string {
	if t.vector > 0 {
		if v.Kind() != types.ValueArray {
			return "no array"
		}
		t.vector--
		for e := range v.Elements() {
			if problem := hasForm(s, e, t); problem != "" {
				return problem
			}
		}
		return ""
	}
	want := map[kind]types.ValueKind{
		kindBool: types.ValueBool, kindInt32: types.ValueNumber, kindInt53: types.ValueNumber, kindInt64: types.ValueString,
		kindDouble: types.ValueNumber, kindString: types.ValueString, kindBytes: types.ValueString, kindObject: types.ValueObject, kindClass: types.ValueObject,
	}
	if v.Kind() != want[t.kind] {
		return fmt.Sprintf("kind %d where %d belongs", v.Kind(), want[t.kind])
	}
	if t.kind < kindObject {
		return ""
	}
	return objectHasForm(s, v, t)
}

func objectHasForm(s *schema, v types.Value, t fieldType) string {
	var d *def
	at := 0
	for key, m := range v.Members() {
		if key == "@type" {
			if d = s.defs[m.Text()]; d == nil || t.kind == kindObject && d.name != t.ref || t.kind == kindClass && d.class != t.ref {
				return m.Text() + " where " + t.ref + " belongs"
			}
			continue
		}
		if d == nil {
			return "@type is not the first"
		}
		for at < len(d.fields) && d.fields[at].name != key {
			if k := d.fields[at].typ; k.kind < kindObject || k.vector > 0 {
				return d.name + " has no " + d.fields[at].name
			}
			at++
		}
		if at == len(d.fields) {
			return d.name + " has a " + key + " that does not belong there"
		}
		if problem := hasForm(s, m, d.fields[at].typ); problem != "" {
			return d.name + "." + key + ": " + problem
		}
		at++
	}
	return ""
}

// TestUnknown: what a version never heard of goes through as it is.
func TestUnknown(t *testing.T) {
	t.Parallel()
	c := talk(t, "1.8.5")
	for _, request := range []string{
		`{"@type":"listSessionFormats","x":[1,{"@type":"y"}]}`, `{"@type":594057956}`, `{"@type":"noSuchFunction","a":{"b":"\u00e9"}}`, `[`, `[1]`, ``, `{}`,
		`{"@type":"getChat","chat_id":1,"@extra":{"@type":"z","a":1,"a":2}}`,
	} {
		want := request
		if strings.Contains(request, "u00e9") {
			want = strings.Replace(request, `\u00e9`, "é", 1)
		}
		if got := c.Request([]byte(request)); string(got.Text) != want {
			t.Errorf("%s became %s", request, got.Text)
		}
	}
	const formats = `{"@type":"sessionFormats","formats":[{"@type":"sessionFormat","name":"a"}]}`
	if got := c.Request([]byte(`{"@type":"listSessionFormats"}`)).Answer([]byte(formats)); string(got) != formats {
		t.Errorf("an extension's answer became %s", got)
	}
	if got := c.Update([]byte(`{"@type":"updateOwnedStarCount","star_amount":{"@type":"starAmount"}}`)); got != nil {
		t.Errorf("an update that there was not became %s", got)
	}
	if got := c.Request([]byte(`{"@type":"getChat"}`)).Answer([]byte(`{"@type":"starAmount"}`)); !strings.Contains(string(got), `"code":500,"message":"starAmount has no form in version 1.8.5 of td_api"`) {
		t.Errorf("an answer that there was not became %s", got)
	}
}

// TestLoneSurrogates: a string that is not UTF-8 reaches the decoder as it came, which knows what to say of it.
func TestLoneSurrogates(t *testing.T) {
	t.Parallel()
	c := talk(t, "1.8.29")
	call := c.Request([]byte(`{"@type":"searchPublicHashtagMessages","hashtag":"\ud83d\u0001\"\\"}`))
	r, fail := types.DecodeRequest(call.Text)
	if fail != nil {
		t.Fatal(fail)
	}
	if got := r.Function.(*types.SearchPublicMessagesByTag).Tag; got != "\xed\xa0\xbd\x01\"\\" {
		t.Errorf("the tag is %q", got)
	}
	text := []byte(`{"@type":"getChat","@extra":"\ud83d"}`)
	if got := c.Request(text).Text; string(got) != string(text) {
		t.Errorf("a request that can't be answered became %s", got)
	}
}
