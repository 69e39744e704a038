package td

import (
	"context"

	"tdjson/types"
)

// listSessionFormats names the formats of other clients in which sessions come in and go out.
func (s *syncs) listSessionFormats(context.Context, *types.ListSessionFormats) (*types.SessionFormats, error) {
	return nil, notImplemented("listSessionFormats")
}

// importSession logs in with the session of another client.
func (c *Client) importSession(context.Context, *types.ImportSession) (*types.Ok, error) {
	return nil, notImplemented("importSession")
}

// exportSession gives the session out in the form of another client.
func (c *Client) exportSession(context.Context, *types.ExportSession) (*types.ExportedSession, error) {
	return nil, notImplemented("exportSession")
}

// destroySession makes the server forget a session of the connection, which is another thing than a login.
func (c *Client) destroySession(context.Context, *types.DestroySession) (types.DestroySessionResult, error) {
	return nil, notImplemented("destroySession")
}
