package td

import (
	"context"
	"errors"
	"math/rand/v2"
	"net"
	"path/filepath"
	"reflect"
	"strings"
	"testing"

	"tdjson/internal/testdc"
	"tdjson/types"
)

// notAsked are what ends or opens a client, takes its time, or makes the log speak.
var notAsked = map[string]bool{
	"close": true, "destroy": true, "logOut": true, "deleteAccount": true, "setTdlibParameters": true, "setAlarm": true,
	"addLogMessage": true, "setLogStream": true, "setLogVerbosityLevel": true,
}

// TestEveryFunction asks for every function, without arguments and with random ones, in every state of a client: each request
// is answered once, and nothing panics.
func TestEveryFunction(t *testing.T) {
	t.Chdir(t.TempDir()) // for files that random names make
	s := startServer(t, testdc.Options{})
	p := newProgram(t, s)
	local := p.r.dial
	p.r.dial = func(ctx context.Context, network, addr string) (net.Conn, error) {
		if !strings.HasPrefix(addr, "127.0.0.1:") {
			return nil, errors.New("no network in this test")
		}
		return local(ctx, network, addr)
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	for _, state := range []string{"new", "waiting", "ready"} {
		c := p.client()
		switch dir := filepath.Join(t.TempDir(), state); state {
		case "waiting":
			c.must("ok", "%s", parametersFor(dir))
			c.state("authorizationStateWaitPhoneNumber")
		case "ready":
			c.must("ok", "%s", parametersFor(dir))
			c.login(eva)
		}
		var sent []string
		for _, name := range types.Functions() {
			if notAsked[name] {
				continue
			}
			sent = append(sent, c.send(`{"@type":%q}`, name))
			if state != "new" || !waitsForParameters(name) {
				for range 2 {
					if text := randomRequest(random, name); text != "" {
						sent = append(sent, c.send("%s", text))
					}
				}
			}
		}
		if state == "new" { // many wait for the parameters
			c.must("ok", "%s", parametersFor(filepath.Join(t.TempDir(), state)))
		}
		for _, extra := range sent {
			if o := c.answer(extra); strings.HasPrefix(o.text("message"), "Internal error") {
				t.Errorf("%s: %s is answered with %v", state, c.sent[extra], o)
			}
		}
		if state == "ready" { // the others may be ending: the server has called a request unauthorized
			c.must("testInt", `{"@type":"testSquareInt","x":5}`)
			c.close()
		}
	}
}

func waitsForParameters(name string) bool {
	id, _ := types.FunctionID(name)
	return permissions()[id].when == whenParameters
}

// randomRequest is a function with random arguments, "" if they can't be written.
func randomRequest(random *rand.Rand, name string) string {
	req, fail := types.DecodeRequest([]byte(`{"@type":"` + name + `"}`))
	if fail != nil {
		return ""
	}
	fill(random, reflect.ValueOf(req.Function).Elem(), 3)
	text, ok := types.Append(nil, req.Function)
	if !ok {
		return ""
	}
	return string(text)
}

var strangeStrings = []string{"", "x", "+15550001111", "https://t.me/a?b=c", "\u202e\x00\n", "a b@c.de", "12345", strings.Repeat("ä", 5000), "tg://login?token=AAAA", "../x", "{}"}

var strangeNumbers = []int64{0, 1, -1, 2, 1 << 31, -1 << 31, 1<<53 - 1, -1 << 63, 1<<63 - 1, 777000}

// fill puts random values into a struct, so deep.
func fill(random *rand.Rand, v reflect.Value, depth int) {
	switch v.Kind() {
	case reflect.String:
		v.SetString(strangeStrings[random.IntN(len(strangeStrings))])
	case reflect.Bool:
		v.SetBool(random.IntN(2) == 0)
	case reflect.Int32:
		v.SetInt(int64(int32(strangeNumbers[random.IntN(len(strangeNumbers))])))
	case reflect.Int64:
		v.SetInt(strangeNumbers[random.IntN(len(strangeNumbers))])
	case reflect.Float64:
		v.SetFloat(random.NormFloat64() * 1000)
	case reflect.Slice:
		if depth == 0 {
			return
		}
		v.Set(reflect.MakeSlice(v.Type(), random.IntN(3), 3))
		for i := range v.Len() {
			fill(random, v.Index(i), depth-1)
		}
	case reflect.Pointer:
		if depth > 0 && random.IntN(4) > 0 {
			v.Set(reflect.New(v.Type().Elem()))
			fill(random, v.Elem(), depth-1)
		}
	case reflect.Interface:
		if example := examples[v.Type()]; example != nil && random.IntN(4) > 0 && depth > 0 {
			x := reflect.New(reflect.TypeOf(example[random.IntN(len(example))]).Elem())
			fill(random, x.Elem(), depth-1)
			v.Set(x)
		}
	case reflect.Struct:
		for i := range v.NumField() {
			if v.Field(i).CanSet() {
				fill(random, v.Field(i), depth)
			}
		}
	}
}

// examples are objects of classes that functions which are there take.
var examples = map[reflect.Type][]types.Object{
	reflect.TypeFor[types.OptionValue]():      {&types.OptionValueBoolean{}, &types.OptionValueInteger{}, &types.OptionValueString{}, &types.OptionValueEmpty{}},
	reflect.TypeFor[types.ProxyType]():        {&types.ProxyTypeSocks5{}, &types.ProxyTypeHttp{}, &types.ProxyTypeMtproto{}},
	reflect.TypeFor[types.NetworkType]():      {&types.NetworkTypeWiFi{}, &types.NetworkTypeMobile{}, &types.NetworkTypeOther{}},
	reflect.TypeFor[types.TextParseMode]():    {&types.TextParseModeMarkdown{}, &types.TextParseModeHTML{}},
	reflect.TypeFor[types.TextEntityType]():   {&types.TextEntityTypeBold{}, &types.TextEntityTypeTextUrl{}, &types.TextEntityTypeMentionName{}},
	reflect.TypeFor[types.JsonValue]():        {&types.JsonValueObject{}, &types.JsonValueArray{}, &types.JsonValueString{}, &types.JsonValueNumber{}},
	reflect.TypeFor[types.InternalLinkType](): {&types.InternalLinkTypeProxy{}, &types.InternalLinkTypePublicChat{}, &types.InternalLinkTypeMessage{}, &types.InternalLinkTypeUnknownDeepLink{}},
}
