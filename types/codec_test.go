package types

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"
	"unicode/utf8"
)

// encode prints an object or fails the test.
func encode(t testing.TB, o Object) string {
	t.Helper()
	b, ok := Append(nil, o)
	if !ok {
		t.Fatalf("%s can't be printed", Name(o))
	}
	return string(b)
}

func TestAppend(t *testing.T) {
	for _, c := range []struct {
		object Object
		want   string
	}{
		{&Ok{}, `{"@type":"ok"}`},
		{&Error{Code: -5, Message: "a\"b\\c/\b\f\n\r\t\x01\x7fé😀"}, `{"@type":"error","code":-5,"message":"a\"b\\c/\b\f\n\r\t\u0001` + "\x7f" + `\u00e9\ud83d\ude00"}`},
		{&OptionValueInteger{Value: math.MinInt64}, `{"@type":"optionValueInteger","value":"-9223372036854775808"}`},
		{&OptionValueBoolean{Value: true}, `{"@type":"optionValueBoolean","value":true}`},
		{&TestBytes{Value: []byte{0, 255}}, `{"@type":"testBytes","value":"AP8="}`},
		{&TestVectorInt{}, `{"@type":"testVectorInt","value":[]}`},
		{&TestVectorString{Value: []string{"", "é"}}, `{"@type":"testVectorString","value":["","\u00e9"]}`},
		{&TestVectorIntObject{Value: []*TestInt{{Value: 1}, nil}}, `{"@type":"testVectorIntObject","value":[{"@type":"testInt","value":1},null]}`},
		{&UpdateAuthorizationState{AuthorizationState: &AuthorizationStateReady{}}, `{"@type":"updateAuthorizationState","authorization_state":{"@type":"authorizationStateReady"}}`},
		{&UpdateDefaultBackground{}, `{"@type":"updateDefaultBackground","for_dark_theme":false}`},
		{&JsonValueNumber{Value: 1e22}, `{"@type":"jsonValueNumber","value":10000000000000000000000.000000}`},
		{&JsonValueNumber{Value: math.Inf(-1)}, `{"@type":"jsonValueNumber","value":-inf}`},
		{&JsonValueNumber{Value: math.Copysign(0, -1)}, `{"@type":"jsonValueNumber","value":-0.000000}`},
	} {
		if got := encode(t, c.object); got != c.want {
			t.Errorf("%s\n got %s\nwant %s", Name(c.object), got, c.want)
		}
	}
}

func TestAppendRefuses(t *testing.T) {
	for _, o := range []Object{
		&Error{Message: "\xff"},
		&Error{Message: "\xed\xa0\xbd"},
		&TestVectorString{Value: []string{"a", "\xc3"}},
	} {
		if b, ok := Append(nil, o); ok {
			t.Errorf("%s was printed: %s", Name(o), b)
		}
	}
}

func TestDecodeRequest(t *testing.T) {
	for _, c := range []struct{ text, want, extra string }{
		{`{"@type":"testSquareInt","x":"7"}`, `{"@type":"testSquareInt","x":7}`, ""},
		{` {"x" : 7 ,"@type":"testSquareInt","x":8, "@extra" : [ 01, -0.50e+3 ,{"\u0041":"\/é"} ] } `, `{"@type":"testSquareInt","x":7}`, `[01,-0.50e+3,{"A":"/\u00e9"}]`},
		{`{"\u0040type":"testCallVectorIntObject","x":[null,{"value":1},{"@type":"nonsense"}]}`, `{"@type":"testCallVectorIntObject","x":[null,{"@type":"testInt","value":1},{"@type":"testInt","value":0}]}`, ""},
		{`{"@type":"setOption","name":"a","value":{"@type":"optionValueInteger","value":-5}}`, `{"@type":"setOption","name":"a","value":{"@type":"optionValueInteger","value":"-5"}}`, ""},
		{`{"@type":"setOption","value":null,"@extra":null}`, `{"@type":"setOption","name":""}`, `null`},
		{`{"@type":594057956}`, `{"@type":"getLogVerbosityLevel"}`, ""},
		{`{"@type":"setAlarm","seconds":1-2}`, `{"@type":"setAlarm","seconds":1.000000}`, ""},
		{`{"@type":"testCallBytes","x":"AP8="}`, `{"@type":"testCallBytes","x":"AP8="}`, ""},
	} {
		r, fail := DecodeRequest([]byte(c.text))
		if fail != nil {
			t.Errorf("%s: %v", c.text, fail)
			continue
		}
		if got := encode(t, r.Function); got != c.want || string(r.Extra) != c.extra {
			t.Errorf("%s\n got %s %s\nwant %s %s", c.text, got, r.Extra, c.want, c.extra)
		}
	}
}

func TestDecodeRequestErrors(t *testing.T) {
	deep := strings.Repeat("[", 200)
	for text, want := range map[string]string{
		``:                                  badJSON + "Unexpected string end",
		`{"a":`:                             badJSON + "Unexpected string end",
		`[}`:                                badJSON + "Unexpected symbol '}'",
		"\xff":                              badJSON + "Unexpected symbol",
		`tru`:                               badJSON + "Token starts with 't' -- true expected",
		`{"a" 1}`:                           badJSON + "':' expected",
		`{a:1}`:                             badJSON + `Opening '"' expected`,
		`"a`:                                badJSON + `Closing '"' not found`,
		`{} x`:                              badJSON + "Expected string end",
		deep:                                badJSON + "Too big object depth",
		`[]`:                                "Expected a JSON object",
		`{}`:                                badRequest + `Can't find field "@type"`,
		`{"@type":"ok"}`:                    badRequest + `Unknown class "ok"`,
		`{"@type":[]}`:                      badRequest + "Expected String or Integer, but receive Array",
		`{"@type":7}`:                       badRequest + "Unknown constructor 0x00000007",
		`{"@type":"a\u0000b"}`:              badRequest + `Unknown class "a`,
		"{\"@type\":\"a\xffb\"}":            badRequest + "Unknown class \"a\uFFFDb\"",
		`{"@type":"testSquareInt","x":1.0}`: badRequest + `Can't parse as an integer string "1.0"`,
		`{"@type":"testSquareInt","x":2147483648}`:                    badRequest + `Can't parse as an integer string "2147483648"`,
		`{"@type":"testSquareInt","x":[]}`:                            badRequest + "Expected Number, but receive Array",
		`{"@type":"getChat","chat_id":true}`:                          badRequest + "Expected String or Number, but receive Boolean",
		`{"@type":"setOption","value":{"@type":"ok"}}`:                badRequest + `Unknown class "ok"`,
		`{"@type":"testCallVectorInt","x":{}}`:                        badRequest + "Expected Array, but receive Object",
		`{"@type":"testCallBytes","x":"AB=="}`:                        badRequest + "Wrong padding in the string",
		`{"@type":"testCallString","x":"\u12`:                         badJSON + `\u has less than 4 symbols`,
		`{"@type":"testCallString","x":"\u12g4"}`:                     badJSON + `Invalid \u -- not hex digit`,
		`{"@type":"testCallString","x":"","@extra":"` + "\xff" + `"}`: `The value of "@extra" must be encoded in UTF-8`,
	} {
		_, fail := DecodeRequest([]byte(text))
		if fail == nil || fail.Message != want || fail.Code != 400 {
			t.Errorf("%.60q: %v, want %s", text, fail, want)
		}
	}
}

// TestSurrogates: two surrogate escapes in a row become one character in whichever order; a lone one stays three bytes.
func TestSurrogates(t *testing.T) {
	for escaped, want := range map[string]string{
		`\ud83d\ude00`: "😀",
		`\ude00\ud83d`: "\U0009003d",
		`\ud83d`:       "\xed\xa0\xbd",
		`\ud83dx`:      "\xed\xa0\xbdx",
		`\u00e9\a\'`:   "éa'",
	} {
		r, fail := DecodeRequest([]byte(`{"@type":"testCallString","x":"` + escaped + `"}`))
		if fail != nil {
			t.Fatal(fail)
		}
		if got := r.Function.(*TestCallString).X; got != want {
			t.Errorf("%s: %+q, want %+q", escaped, got, want)
		}
	}
}

// TestTable checks every type: it is found by name and number, and a value with every field set comes back as it was.
func TestTable(t *testing.T) {
	for i := range typeCount {
		id := TypeID(i)
		o := object(id, allocate(id))
		if o.TypeID() != id {
			t.Fatalf("type %d says it is %d", id, o.TypeID())
		}
		name := typeTable[id].name()
		if got, ok := lookup(name); !ok || got != id {
			t.Errorf("%s is not found by name", name)
		}
		if got, ok := lookupNumber(typeTable[id].id); !ok || got != id {
			t.Errorf("%s is not found by number", name)
		}
		if want := reflect.TypeOf(o).Elem().Name(); !strings.EqualFold(want, name) {
			t.Errorf("%s is Go's %s", name, want)
		}
		if IsFunction(o) {
			fill(reflect.ValueOf(o).Elem(), 0)
			roundTrip(t, o)
		}
	}
	if _, ok := lookup("nonsense"); ok {
		t.Error("nonsense is found")
	}
}

func roundTrip(t *testing.T, o Object) {
	t.Helper()
	text := encode(t, o)
	if !json.Valid([]byte(text)) {
		t.Fatalf("%s is no JSON: %s", Name(o), text)
	}
	r, fail := DecodeRequest([]byte(text))
	if fail != nil {
		t.Fatalf("%s: %v in %s", Name(o), fail, text)
	}
	if !reflect.DeepEqual(r.Function, o) {
		t.Errorf("%s does not come back: %s", Name(o), text)
	}
}

// fill sets every field of a struct, down to a few levels.
func fill(v reflect.Value, depth int) {
	if depth > 4 {
		return
	}
	switch v.Kind() {
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Int32, reflect.Int64:
		v.SetInt(-7)
	case reflect.Float64:
		v.SetFloat(0.5)
	case reflect.String:
		v.SetString("é\"")
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 2, 2))
		fill(v.Index(0), depth+1)
		fill(v.Index(1), depth+1)
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(v.Elem(), depth+1)
	case reflect.Struct:
		for i := range v.NumField() {
			fill(v.Field(i), depth+1)
		}
	case reflect.Interface:
		for id := range firstFunction {
			if o := object(TypeID(id), allocate(TypeID(id))); reflect.TypeOf(o).Implements(v.Type()) {
				fill(reflect.ValueOf(o).Elem(), depth+1)
				v.Set(reflect.ValueOf(o))
				return
			}
		}
	}
}

// FuzzDecodeRequest feeds the decoder anything; what it takes must be printable as JSON and be taken again.
func FuzzDecodeRequest(f *testing.F) {
	for _, s := range []string{
		`{"@type":"testSquareInt","x":7,"@extra":[1,{"a":null}]}`, `{"@type":"testCallVectorIntObject","x":[{"value":1},null]}`,
		`{"@type":"getTextEntities","text":"\ud83d\ude00 @durov"}`, `{"@type":594057956}`, `{"@type":"setOption","name":"x","value":{"@type":"optionValueInteger","value":"5"}}`,
		`{"@type":"setAlarm","seconds":1e400}`, `{"@type":"sendMessage","reply_markup":{"@type":"replyMarkupInlineKeyboard","rows":[[{"text":"a"}]]}}`, `[[[`, `{"`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		r, fail := DecodeRequest(src)
		if fail != nil {
			if !utf8.ValidString(fail.Message) {
				t.Fatalf("the error is not UTF-8: %q", fail.Message)
			}
			encode(t, fail)
			return
		}
		text, ok := Append(nil, r.Function)
		if !ok || bytes.Contains(text, []byte(":inf")) || bytes.Contains(text, []byte("-inf")) {
			return
		}
		if !json.Valid(text) {
			t.Fatalf("%q became %s", src, text)
		}
		again, fail := DecodeRequest(text)
		if fail != nil {
			t.Fatalf("%s is not taken again: %v", text, fail)
		}
		if got := encode(t, again.Function); got != string(text) {
			t.Fatalf("%s became %s", text, got)
		}
	})
}

// FuzzAppendString: what is printed is ASCII, and any JSON reader gets the string back.
func FuzzAppendString(f *testing.F) {
	f.Add("plain text of more than eight bytes")
	f.Add("é\x00\"\\\u2028😀\x7f")
	f.Fuzz(func(t *testing.T, s string) {
		b, ok := AppendString(nil, s)
		if ok != utf8.ValidString(s) {
			t.Fatalf("%q: valid is %t", s, ok)
		}
		for _, c := range b {
			if c >= utf8.RuneSelf || c < 0x20 {
				t.Fatalf("%q became %q", s, b)
			}
		}
		var back string
		if err := json.Unmarshal(b, &back); err != nil || ok && back != s {
			t.Fatalf("%q became %s, read as %q: %v", s, b, back, err)
		}
	})
}

func TestAllocations(t *testing.T) {
	if raceEnabled {
		t.Skip("pools forget at random under the race detector")
	}
	request := []byte(`{"@type":"testSquareInt","x":7}`)
	answer := &TestInt{Value: 49}
	buf := make([]byte, 0, 256)
	if n := testing.AllocsPerRun(100, func() {
		if _, fail := DecodeRequest(request); fail != nil {
			t.Fatal(fail)
		}
	}); n > 1 { // the struct
		t.Errorf("decoding allocates %v times", n)
	}
	if n := testing.AllocsPerRun(100, func() { buf, _ = Append(buf[:0], answer) }); n > 0 {
		t.Errorf("encoding allocates %v times", n)
	}
}

func BenchmarkDecodeRequest(b *testing.B) {
	for _, text := range []string{
		`{"@type":"getLogVerbosityLevel"}`,
		`{"@type":"getTextEntities","text":"` + strings.Repeat("The quick brown fox ", 10) + `"}`,
		`{"@type":"testCallVectorIntObject","x":[{"value":1},{"value":2},{"value":3}],"@extra":5}`,
	} {
		b.Run(fmt.Sprint(len(text)), func(b *testing.B) {
			src := []byte(text)
			b.ReportAllocs()
			for b.Loop() {
				if _, fail := DecodeRequest(src); fail != nil {
					b.Fatal(fail)
				}
			}
		})
	}
}

func BenchmarkAppend(b *testing.B) {
	o := &TextEntities{Entities: []*TextEntity{{Length: 5, Type: &TextEntityTypeMention{}}, {Offset: 6, Length: 4, Type: &TextEntityTypeHashtag{}}}}
	buf := make([]byte, 0, 512)
	b.ReportAllocs()
	for b.Loop() {
		buf, _ = Append(buf[:0], o)
	}
}

// TestEscapedNames: a name may be written with escapes, however long it is.
func TestEscapedNames(t *testing.T) {
	longest := 0
	for i := range fieldTable {
		longest = max(longest, len(fieldTable[i].name()))
	}
	if longest >= maxName {
		t.Errorf("a name of the table has %d bytes, and escapes are read in names of fewer than %d", longest, maxName)
	}
	r, fail := DecodeRequest([]byte(`{"\u0040type":"getOption","\u006e\u0061\u006d\u0065":"a","nam\u0065":"b"}`))
	if fail != nil {
		t.Fatal(fail)
	}
	if f, ok := r.Function.(*GetOption); !ok || f.Name != "a" {
		t.Errorf("%#v", r.Function)
	}
	for s, want := range map[string]bool{`nam\u0065`: true, `\nname`: false, `name\\`: false, `\u006eame`: true, `\u006eamE`: false, `nam\u0065\u0065`: false} {
		if isEscaped([]byte(s), "name") != want {
			t.Errorf("%s is name: %v", s, !want)
		}
	}
}

// TestManyNodes: memory for many nodes is asked for once more at the most, wherever in the text they are.
func TestManyNodes(t *testing.T) {
	for _, text := range []string{
		"[" + strings.Repeat("1,", 1<<20) + "1]",
		"[" + strings.Repeat("1,", 1<<17) + `"` + strings.Repeat("a", 1<<20) + `"]`,
		`["` + strings.Repeat("a", 1<<20) + `"` + strings.Repeat(",[]", 1<<18) + "]",
	} {
		var p parser
		if err := p.parse([]byte(text)); err != nil {
			t.Fatal(err)
		}
		if n := strings.Count(text, ",") + 2; len(p.nodes) != n || p.after(0) != n || int(p.nodes[0].count()) != n-1 {
			t.Errorf("%d nodes, %d to the end, %d elements; want %d", len(p.nodes), p.after(0), p.nodes[0].count(), n)
		}
	}
}
