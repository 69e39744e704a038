package proxysecret

import (
	"strings"
	"testing"
)

func TestParse(t *testing.T) {
	const key = "0123456789abcdef0123456789abcdef"
	for _, c := range []struct{ secret, want string }{
		{key, key},
		{strings.ToUpper(key), key},
		{"dd" + key, "dd" + key},
		{"ee" + key + "612e636f6d", "7gEjRWeJq83vASNFZ4mrze9hLmNvbQ"},
		{"7gEjRWeJq83vASNFZ4mrze9hLmNvbQ", "7gEjRWeJq83vASNFZ4mrze9hLmNvbQ"},
		{"7gEjRWeJq83vASNFZ4mrze9hLmNvbQ==", "7gEjRWeJq83vASNFZ4mrze9hLmNvbQ"},
		{"7v///////////////////2FiYw==", "7v___________________2FiYw"},
		{"ASNFZ4mrze8BI0VniavN7w", key},
		{"ASNFZ4mrze8BI0VniavN7w==", key},
		{"ee" + strings.Repeat("00", 198), "7g" + strings.Repeat("A", 264)},
		{"ee" + strings.Repeat("00", 199), "error: Too long secret"},
		{"ee" + key, "error: Unsupported proxy secret"},
		{"cc" + key, "error: Unsupported proxy secret"},
		{"", "error: Wrong proxy secret"},
		{key[2:], "error: Wrong proxy secret"},
		{"AAAAAAAAAAAAAAAAAAAAAA", "error: Wrong proxy secret"}, // 11 bytes in hexadecimal
		{"ASNFZ4mrze8BI0VniavN7w=", "error: Wrong proxy secret"},
		{"ASNFZ4mrze8BI0VniavN7x", "error: Wrong proxy secret"},
		{"ASNFZ4mrze8\nBI0VniavN7w", "error: Wrong proxy secret"},
		{"ASNFZ4mrze8BI0VniavN7w====", "error: Wrong proxy secret"},
		{"7v/_/////////////////2FiYw==", "error: Wrong proxy secret"},
		{"no secret", "error: Wrong proxy secret"},
	} {
		b, err := Parse(c.secret)
		got := Format(b)
		if err != nil {
			got = "error: " + err.Error()
		}
		if got != c.want {
			t.Errorf("%q is %s, not %s", c.secret, got, c.want)
		}
	}
}

// FuzzParse reads again what it wrote.
func FuzzParse(f *testing.F) {
	f.Add("0123456789abcdef0123456789abcdef")
	f.Add("7gEjRWeJq83vASNFZ4mrze9hLmNvbQ==")
	f.Add("7v///////////////////2FiYw==")
	f.Fuzz(func(t *testing.T, s string) {
		b, err := Parse(s)
		if err != nil {
			return
		}
		again, err := Parse(Format(b))
		if err != nil || string(again) != string(b) {
			t.Fatalf("%q is %x, but %q is %x, %v", s, b, Format(b), again, err)
		}
	})
}
