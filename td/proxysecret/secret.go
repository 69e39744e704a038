// Package proxysecret is the secret of an MTProto proxy as links and programs write it.
package proxysecret

import (
	"encoding/base64"
	"encoding/hex"
	"strings"

	"tdjson/types"
)

// maxDomain is the greatest length of the domain in a secret: more would not fit the greeting that it is for.
const maxDomain = 182

// Parse reads a secret in hexadecimal, base64url or base64: 16 bytes, or these behind dd, or behind ee and before a domain.
// The error is TDLib's, of code 400.
func Parse(s string) ([]byte, error) {
	b, ok := decode(s)
	switch {
	case !ok:
		return nil, types.NewError(400, "Wrong proxy secret")
	case len(b) > 17+maxDomain:
		return nil, types.NewError(400, "Too long secret")
	case len(b) == 16, len(b) == 17 && b[0] == 0xdd, len(b) >= 18 && b[0] == 0xee:
		return b, nil
	case len(b) < 16:
		return nil, types.NewError(400, "Wrong proxy secret")
	}
	return nil, types.NewError(400, "Unsupported proxy secret")
}

// Format writes a secret as TDLib does: those with a domain in base64url, the others in hexadecimal.
func Format(b []byte) string {
	if len(b) > 17 {
		return base64.RawURLEncoding.EncodeToString(b)
	}
	return hex.EncodeToString(b)
}

func decode(s string) ([]byte, bool) {
	if b, err := hex.DecodeString(s); err == nil {
		return b, true
	}
	digits := strings.TrimRight(s, "=")
	padding := len(s) - len(digits)
	if padding > 2 || strings.ContainsAny(s, "\r\n") { // encoding/base64 skips line ends
		return nil, false
	}
	whole := len(s)%4 == 0
	if padding == 0 || whole {
		if b, err := base64.RawURLEncoding.Strict().DecodeString(digits); err == nil {
			return b, true
		}
	}
	if whole {
		if b, err := base64.RawStdEncoding.Strict().DecodeString(digits); err == nil {
			return b, true
		}
	}
	return nil, false
}
