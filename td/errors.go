package td

import "tdjson/types"

// notImplemented is the answer where TDLib does something that this library does not do yet.
func notImplemented(what string) *types.Error {
	return types.NewError(501, "Not implemented: "+what)
}
