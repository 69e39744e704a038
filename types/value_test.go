package types

import (
	"slices"
	"testing"
)

func TestValue(t *testing.T) {
	t.Parallel()
	v, err := ParseValue([]byte(` {"a":[1.50,"\u00e9\n",true,null,{}], "\u0062":false,"a":2}`))
	if err != nil || v.Kind() != ValueObject {
		t.Fatal(v.Kind(), err)
	}
	var keys []string
	for key, m := range v.Members() {
		if len(keys) == 0 {
			a := slices.Collect(m.Elements())
			if len(a) != 5 || a[0].Kind() != ValueNumber || a[0].Text() != "1.50" || a[1].Text() != "é\n" || !a[2].Bool() || a[2].Kind() != ValueBool || a[3].Kind() != ValueNull || a[4].Kind() != ValueObject {
				t.Errorf("the array is %v", a)
			}
		}
		keys = append(keys, key)
	}
	if !slices.Equal(keys, []string{"a", "b", "a"}) {
		t.Errorf("the keys are %q", keys)
	}
	if text, ok := v.AppendJSON(nil); !ok || string(text) != `{"a":[1.50,"\u00e9\n",true,null,{}],"b":false,"a":2}` {
		t.Errorf("printed: %s", text)
	}
	for range v.Members() {
		break
	}
	if _, err := ParseValue([]byte(`[1`)); err == nil || err.Error() != "Unexpected string end" {
		t.Errorf("a text that is cut: %v", err)
	}
}
