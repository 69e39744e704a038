//go:build !linux

package td

import "tdjson/td/mtproto"

// unsignalled is for systems on which Go's own connections raise no SIGPIPE.
func unsignalled(dial mtproto.DialFunc) mtproto.DialFunc { return dial }
