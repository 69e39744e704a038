package convert

import (
	"github.com/gotd/td/tg"

	"tdjson/types"
)

// JSONValue makes TDLib's object of a JSON value of the server.
func JSONValue(v tg.JSONValueClass) types.JsonValue {
	switch v := v.(type) {
	case *tg.JSONBool:
		return &types.JsonValueBoolean{Value: v.Value}
	case *tg.JSONNumber:
		return &types.JsonValueNumber{Value: v.Value}
	case *tg.JSONString:
		return &types.JsonValueString{Value: v.Value}
	case *tg.JSONArray:
		list := &types.JsonValueArray{}
		for _, e := range v.Value {
			list.Values = append(list.Values, JSONValue(e))
		}
		return list
	case *tg.JSONObject:
		object := &types.JsonValueObject{}
		for i := range v.Value {
			object.Members = append(object.Members, &types.JsonObjectMember{Key: v.Value[i].Key, Value: JSONValue(v.Value[i].Value)})
		}
		return object
	}
	return &types.JsonValueNull{}
}

// ServerJSON makes the server's form of TDLib's object; nil becomes null.
func ServerJSON(v types.JsonValue) tg.JSONValueClass {
	switch v := v.(type) {
	case *types.JsonValueBoolean:
		return &tg.JSONBool{Value: v.Value}
	case *types.JsonValueNumber:
		return &tg.JSONNumber{Value: v.Value}
	case *types.JsonValueString:
		return &tg.JSONString{Value: v.Value}
	case *types.JsonValueArray:
		list := &tg.JSONArray{}
		for _, e := range v.Values {
			list.Value = append(list.Value, ServerJSON(e))
		}
		return list
	case *types.JsonValueObject:
		object := &tg.JSONObject{}
		for _, m := range v.Members {
			if m != nil {
				object.Value = append(object.Value, tg.JSONObjectValue{Key: m.Key, Value: ServerJSON(m.Value)})
			}
		}
		return object
	}
	return &tg.JSONNull{}
}
