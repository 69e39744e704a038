package td

import (
	"context"
	"slices"
	"strings"

	"tdjson/storage/transfer"
	"tdjson/types"
)

// Who may ask for what td_api lacks, and when: see permissions.
const (
	extensionsForLogin  = `importSession`
	extensionsForAnyone = `importSession exportSession destroySession`
)

// What formats take to keep a session from other eyes.
const (
	passcodeFormats = "tdata"
	keyFormats      = "tdlib tdjson"
)

// listSessionFormats names the formats of other clients in which sessions come in and go out.
func (s *syncs) listSessionFormats(context.Context, *types.ListSessionFormats) (*types.SessionFormats, error) {
	list := &types.SessionFormats{}
	for _, f := range transfer.Formats() {
		list.Formats = append(list.Formats, &types.SessionFormat{
			Name: f.Name, Description: f.Title, CanImport: f.Import, CanExport: f.Export, IsText: f.Shape == transfer.Text,
			NeedsPath: f.NeedsPath, TakesPasscode: hasWord(passcodeFormats, f.Name), TakesKey: hasWord(keyFormats, f.Name),
		})
	}
	return list, nil
}

// hasWord says whether a list of words has the word.
func hasWord(list, word string) bool { return slices.Contains(strings.Fields(list), word) }

// destroySession makes the server forget a session of the connection, which is another thing than a login.
func (c *Client) destroySession(ctx context.Context, f *types.DestroySession) (types.DestroySessionResult, error) {
	session := c.net.mainCenter(c).open()
	if f.SessionID == session.ID() {
		return nil, types.NewError(400, "The session is the one that asks")
	}
	var known bool
	var err error
	c.await(func() { known, err = session.DestroySession(ctx, f.SessionID) })
	switch {
	case err != nil:
		return nil, c.failure(err)
	case known:
		return &types.DestroySessionOk{}, nil
	}
	return &types.DestroySessionNone{}, nil
}
