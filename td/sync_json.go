package td

import (
	"context"
	"encoding/base64"
	"encoding/binary"
	"strconv"
	"strings"
	"unicode/utf8"

	"tdjson/types"
)

// getJsonValue reads a text of JSON.
func (s *syncs) getJsonValue(_ context.Context, f *types.GetJsonValue) (types.JsonValue, error) {
	if !utf8.ValidString(f.JSON) {
		return nil, types.NewError(400, "JSON has invalid encoding")
	}
	v, err := types.ParseValue([]byte(f.JSON))
	if err != nil {
		return nil, types.NewError(400, err.Error())
	}
	return jsonValue(v), nil
}

func jsonValue(v types.Value) types.JsonValue {
	switch v.Kind() {
	case types.ValueBool:
		return &types.JsonValueBoolean{Value: v.Bool()}
	case types.ValueNumber:
		return &types.JsonValueNumber{Value: v.Float()}
	case types.ValueString:
		return &types.JsonValueString{Value: v.Text()}
	case types.ValueArray:
		list := new(types.JsonValueArray)
		for e := range v.Elements() {
			list.Values = append(list.Values, jsonValue(e))
		}
		return list
	case types.ValueObject:
		object := new(types.JsonValueObject)
		for key, value := range v.Members() {
			object.Members = append(object.Members, &types.JsonObjectMember{Key: key, Value: jsonValue(value)})
		}
		return object
	}
	return &types.JsonValueNull{}
}

// getJsonString writes a value as JSON.
func (s *syncs) getJsonString(_ context.Context, f *types.GetJsonString) (*types.Text, error) {
	return &types.Text{Text: string(appendJSON(nil, f.JSONValue))}, nil
}

// appendJSON writes a value; what is absent is null. A string that is not UTF-8 becomes empty, a member with such a name is left out.
func appendJSON(b []byte, v types.JsonValue) []byte {
	switch v := v.(type) {
	case *types.JsonValueBoolean:
		return strconv.AppendBool(b, v.Value)
	case *types.JsonValueNumber:
		// Infinity is written like C's printf does, though that is no JSON.
		return append(b, strings.TrimPrefix(strings.ToLower(strconv.FormatFloat(v.Value, 'f', 6, 64)), "+")...)
	case *types.JsonValueString:
		return appendJSONString(b, v.Value)
	case *types.JsonValueArray:
		b = append(b, '[')
		for i, e := range v.Values {
			if i > 0 {
				b = append(b, ',')
			}
			b = appendJSON(b, e)
		}
		return append(b, ']')
	case *types.JsonValueObject:
		return appendJSONObject(b, v.Members)
	}
	return append(b, "null"...)
}

func appendJSONString(b []byte, s string) []byte {
	if !utf8.ValidString(s) {
		s = ""
	}
	b, _ = types.AppendString(b, s)
	return b
}

func appendJSONObject(b []byte, members []*types.JsonObjectMember) []byte {
	b = append(b, '{')
	first := true
	for _, m := range members {
		if m == nil || !utf8.ValidString(m.Key) {
			continue
		}
		if !first {
			b = append(b, ',')
		}
		first = false
		b = append(appendJSONString(b, m.Key), ':')
		b = appendJSON(b, m.Value)
	}
	return append(b, '}')
}

// getThemeParametersJsonString writes a theme for a web app.
func (s *syncs) getThemeParametersJsonString(_ context.Context, f *types.GetThemeParametersJsonString) (*types.Text, error) {
	t := f.Theme
	if t == nil {
		return nil, types.NewError(400, "Theme must be non-empty")
	}
	b := make([]byte, 0, 512)
	for i, c := range []struct {
		name  string
		color int32
	}{
		{"bg_color", t.BackgroundColor},
		{"secondary_bg_color", t.SecondaryBackgroundColor},
		{"text_color", t.TextColor},
		{"hint_color", t.HintColor},
		{"link_color", t.LinkColor},
		{"button_color", t.ButtonColor},
		{"button_text_color", t.ButtonTextColor},
		{"header_bg_color", t.HeaderBackgroundColor},
		{"bottom_bar_bg_color", t.BottomBarBackgroundColor},
		{"section_bg_color", t.SectionBackgroundColor},
		{"section_separator_color", t.SectionSeparatorColor},
		{"accent_text_color", t.AccentTextColor},
		{"section_header_text_color", t.SectionHeaderTextColor},
		{"subtitle_text_color", t.SubtitleTextColor},
		{"destructive_text_color", t.DestructiveTextColor},
	} {
		b = append(b, `,"`...)
		if i == 0 {
			b[0] = '{'
		}
		b = append(append(b, c.name...), `":"`...)
		b = append(appendColor(b, c.color), '"')
	}
	return &types.Text{Text: string(append(b, '}'))}, nil
}

// appendColor writes the lower three bytes of a color as in CSS.
func appendColor(b []byte, color int32) []byte {
	const hex = "0123456789abcdef"
	b = append(b, '#')
	for shift := 20; shift >= 0; shift -= 4 {
		b = append(b, hex[color>>shift&15])
	}
	return b
}

// getPushReceiverId tells for which of the program's clients a push notification is, or 0 for all.
func (s *syncs) getPushReceiverId(_ context.Context, f *types.GetPushReceiverId) (*types.PushReceiverId, error) {
	id, err := pushReceiver(f.Payload)
	if err != nil {
		return nil, err
	}
	return &types.PushReceiverId{ID: id}, nil
}

func pushReceiver(payload string) (int64, error) {
	data, err := types.ParseValue([]byte(payload))
	if err != nil {
		return 0, types.NewError(400, "Failed to parse payload as JSON object")
	}
	if data.Kind() != types.ValueObject {
		return 0, types.NewError(400, "Expected JSON object")
	}
	if inner, ok := member(data, "data"); ok {
		if inner.Kind() != types.ValueObject {
			return 0, types.NewError(400, `Field "data" must be of type Object`)
		}
		data = inner
	}
	if p, ok := member(data, "p"); ok {
		return encryptedReceiver(p)
	}
	if id, ok := member(data, "user_id"); ok {
		return userReceiver(id)
	}
	return 0, nil
}

// member is the first member of an object with that key.
func member(object types.Value, key string) (value types.Value, ok bool) {
	for k, v := range object.Members() {
		if k == key {
			return v, true
		}
	}
	return types.Value{}, false
}

// encryptedReceiver is the identifier of the key, the first eight bytes of an encrypted notification.
func encryptedReceiver(p types.Value) (int64, error) {
	if k := p.Kind(); k != types.ValueString && k != types.ValueNumber {
		return 0, types.NewError(400, `Field "p" must be of type String`)
	}
	const size = 12 // characters for nine bytes
	if len(p.Text()) < size {
		return 0, types.NewError(400, "Encrypted payload is too small")
	}
	head := p.Text()[:size]
	b, err := base64.RawURLEncoding.Strict().DecodeString(head)
	if err != nil || strings.ContainsAny(head, "\r\n") { // which Go would skip
		return 0, types.NewError(400, "Failed to base64url-decode payload")
	}
	return int64(binary.LittleEndian.Uint64(b)), nil
}

func userReceiver(id types.Value) (int64, error) {
	if k := id.Kind(); k != types.ValueString && k != types.ValueNumber {
		return 0, types.NewError(400, `Field "user_id" must be a Number`)
	}
	n, err := strconv.ParseInt(id.Text(), 10, 64)
	if err != nil || strconv.FormatInt(n, 10) != id.Text() {
		return 0, types.NewError(400, `Field "user_id" must be a valid Number`)
	}
	if n <= 0 {
		return 0, types.NewError(400, "Receive wrong user_id "+strconv.FormatInt(n, 10))
	}
	return n, nil
}
