package td

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/goccy/go-json"

	"tdjson/types"
)

type optionKind byte

const (
	optionEmpty   optionKind = 0
	optionBoolean optionKind = 'B'
	optionInteger optionKind = 'I'
	optionString  optionKind = 'S'
)

// option is the value of an option.
type option struct {
	kind    optionKind
	integer int64 // also of a boolean: 0 or 1
	str     string
}

func integerOption(n int64) option { return option{kind: optionInteger, integer: n} }
func stringOption(s string) option { return option{kind: optionString, str: s} }
func booleanOption(b bool) option {
	if b {
		return option{kind: optionBoolean, integer: 1}
	}
	return option{kind: optionBoolean}
}

func optionOf(v types.OptionValue) option {
	switch v := v.(type) {
	case *types.OptionValueBoolean:
		return booleanOption(v.Value)
	case *types.OptionValueInteger:
		return integerOption(v.Value)
	case *types.OptionValueString:
		return stringOption(v.Value)
	}
	return option{}
}

func (o option) object() types.OptionValue {
	switch o.kind {
	case optionBoolean:
		return &types.OptionValueBoolean{Value: o.integer != 0}
	case optionInteger:
		return &types.OptionValueInteger{Value: o.integer}
	case optionString:
		return &types.OptionValueString{Value: o.str}
	}
	return &types.OptionValueEmpty{}
}

// text is the form in which an option is stored: its kind, then its value.
func (o option) text() string {
	if o.kind == optionString {
		return "S" + o.str
	}
	return string(rune(o.kind)) + strconv.FormatInt(o.integer, 10)
}

func parseOption(s string) (option, error) {
	if s == "" {
		return option{}, errors.New("empty")
	}
	o := option{kind: optionKind(s[0])}
	var err error
	switch o.kind {
	case optionString:
		o.str = s[1:]
	case optionBoolean, optionInteger:
		o.integer, err = strconv.ParseInt(s[1:], 10, 64)
	default:
		err = fmt.Errorf("unknown kind %q", s[0])
	}
	return o, err
}

// optionRule says what a program may set an option to.
type optionRule struct {
	kind     optionKind
	min, max int64
	valid    func(string) bool
}

// maxOptionName is the number of bytes that a name of the program's own may have.
const maxOptionName = 255

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"

func isLanguagePack(s string) bool {
	return len(s) >= 2 && len(s) <= 64 && strings.Trim(s, letters+"0123456789-") == ""
}

func isLocalizationTarget(s string) bool {
	return len(s) <= 64 && strings.Trim(s, letters+"_") == ""
}

func isJSONObject(s string) bool {
	return strings.HasPrefix(strings.TrimSpace(s), "{") && json.Valid([]byte(s))
}

// options are the named values that TDLib tells the program of, and that a program sets.
type options struct {
	values map[string]option
	online bool
}

// Options that go with the client and not with its database.
func (o *options) start(c *Client) {
	o.values = map[string]option{}
	o.put(c, "version", stringOption(Version))
	o.put(c, "commit_hash", stringOption(commitHash))
}

// open tells of all options once the database is there. What is between the first and the others is TDLib's too: the
// requests that are refused without a login.
func (o *options) open(c *Client, l *loaded, between func()) {
	stored := l.prefixed("option.")
	c.update(&types.UpdateOption{Name: "unix_time", Value: c.unixTime()})
	between()
	if _, ok := stored["utc_time_offset"]; !ok {
		_, offset := time.Now().Zone()
		o.put(c, "utc_time_offset", integerOption(int64(offset)))
	}
	for i, d := range defaultOptions {
		value := d.in(c.params.UseTestDC)
		if len(l.values) > 0 && d.changes(defaultOptions[i+1:], c.params.UseTestDC) {
			continue // of a database that was there before only the last is told
		}
		if _, ok := stored[d.name]; !ok && value.kind != optionEmpty {
			o.put(c, d.name, value)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(stored)) {
		v, err := parseOption(stored[name])
		if err != nil {
			c.log.Printf(1, "Option %s in the database can't be read: %v", name, err)
			continue
		}
		o.put(c, name, v)
	}
}

// in is the value with Telegram's servers or with the test servers.
func (d *defaultOption) in(test bool) option {
	if test {
		return d.test
	}
	return d.value
}

// changes says whether one of the later ones sets the option to something else.
func (d *defaultOption) changes(later []defaultOption, test bool) bool {
	return slices.ContainsFunc(later, func(l defaultOption) bool { return l.name == d.name && l.in(test).kind != optionEmpty })
}

// put changes an option and tells of it if it was something else.
func (o *options) put(c *Client, name string, v option) {
	if o.values[name] == v {
		return
	}
	if v.kind == optionEmpty {
		delete(o.values, name)
	} else {
		o.values[name] = v
	}
	if !internalOptions[name] {
		c.update(&types.UpdateOption{Name: name, Value: v.object()})
	}
	c.languages.optionChanged(c, name)
	c.unconfirmed.optionChanged(c, name)
	c.net.optionChanged(c, name)
}

// set is put for what must be there again after a restart.
func (o *options) set(c *Client, name string, v option) {
	if o.values[name] == v {
		return
	}
	if v.kind == optionEmpty {
		c.store.delete("option." + name)
	} else {
		c.store.set("option."+name, v.text())
	}
	o.put(c, name, v)
}

func (c *Client) unixTime() *types.OptionValueInteger {
	return &types.OptionValueInteger{Value: c.net.now().Unix()}
}

// getOption answers an option's value, empty for one that there is not.
func (c *Client) getOption(_ context.Context, f *types.GetOption) (types.OptionValue, error) {
	switch f.Name {
	case "online":
		return &types.OptionValueBoolean{Value: c.options.online}, nil
	case "unix_time":
		return c.unixTime(), nil
	}
	return c.options.values[f.Name].object(), nil
}

// setOption changes an option that programs may change.
func (c *Client) setOption(_ context.Context, f *types.SetOption) (*types.Ok, error) {
	if !utf8.ValidString(f.Name) {
		return nil, types.NewError(400, "Strings must be encoded in UTF-8")
	}
	value := optionOf(f.Value)
	if value.kind == optionString && !utf8.ValidString(value.str) {
		return nil, types.NewError(400, "Strings must be encoded in UTF-8")
	}
	rule, known := settableOptions[f.Name]
	switch {
	case strings.HasPrefix(f.Name, "x") || strings.HasPrefix(f.Name, "X"):
		if len(f.Name) > maxOptionName {
			return nil, types.NewError(400, "Option name is too long")
		}
		c.options.set(c, f.Name, value)
		return &types.Ok{}, nil
	case f.Name == "drop_notification_ids":
		return &types.Ok{}, nil
	case f.Name == "ignore_sensitive_content_restrictions":
		return nil, types.NewError(400, `Option "ignore_sensitive_content_restrictions" can't be changed by the user`)
	case !known:
		return nil, types.NewError(400, "Option can't be set")
	}
	if err := rule.check(f.Name, value); err != nil {
		return nil, err
	}
	if rule.kind == optionString && value.str == "" {
		value = option{}
	}
	if f.Name == "online" {
		c.options.online = value.kind == optionEmpty || value.integer != 0
		c.net.setOnline(c)
		c.tellOnline()
		return &types.Ok{}, nil
	}
	c.options.set(c, f.Name, value)
	return &types.Ok{}, nil
}

func (r *optionRule) check(name string, v option) error {
	if v.kind == optionEmpty {
		return nil
	}
	if v.kind != r.kind {
		kind := map[optionKind]string{optionBoolean: "boolean", optionInteger: "integer", optionString: "string"}[r.kind]
		return types.NewError(400, fmt.Sprintf("Option %q must have %s value", name, kind))
	}
	if r.kind == optionInteger && (v.integer < r.min || v.integer > r.max) {
		return types.NewError(400, fmt.Sprintf("Option's %q value %d is outside of the valid range [%d, %d]", name, v.integer, r.min, r.max))
	}
	if r.valid != nil && v.str != "" && !r.valid(v.str) {
		return types.NewError(400, fmt.Sprintf("Option %q can't have specified value", name))
	}
	return nil
}

// current are the updates by which the options would be told of now.
func (o *options) current(c *Client) []types.Update {
	first := []string{"version", "commit_hash"}
	var list []types.Update
	add := func(name string, v types.OptionValue) {
		list = append(list, &types.UpdateOption{Name: name, Value: v})
	}
	for _, name := range first {
		add(name, o.values[name].object())
	}
	if c.phase == phaseNew {
		return list
	}
	add("online", &types.OptionValueBoolean{Value: o.online})
	add("unix_time", c.unixTime())
	for _, name := range slices.Sorted(maps.Keys(o.values)) {
		if !slices.Contains(first, name) && !internalOptions[name] {
			add(name, o.values[name].object())
		}
	}
	return list
}
