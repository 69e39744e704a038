package td

import (
	"context"
	"reflect"
	"slices"
	"time"

	"tdjson/types"
)

// stateUpdates are the updates, besides those that subjects keep by themselves, by which a program is brought up to date, in
// TDLib's order.
var stateUpdates = []types.Update{
	&types.UpdateDefaultBackground{}, &types.UpdateAttachmentMenuBots{}, &types.UpdateDiceEmojis{}, &types.UpdateDefaultPaidReactionType{},
	&types.UpdateChatFolders{}, &types.UpdateScopeNotificationSettings{}, &types.UpdateReactionNotificationSettings{}, &types.UpdateEmojiChatThemes{},
	&types.UpdateUnconfirmedSession{}, &types.UpdateGroupCallMessageLevels{}, &types.UpdateTextCompositionStyles{}, &types.UpdateWebBrowserSettings{}, &types.UpdateTrustedMiniAppBots{},
}

// told are the newest updates of each kind in stateUpdates.
type told []types.Update

// tell is update for what getCurrentState repeats.
func (c *Client) tell(u types.Update) {
	c.update(u)
	for i, old := range c.told {
		if sameSubject(old, u) {
			c.told[i] = u
			return
		}
	}
	c.told = append(c.told, u)
}

// tellNew is tell for what the program may have been told before.
func (c *Client) tellNew(u types.Update) {
	if !slices.ContainsFunc(c.told, func(old types.Update) bool { return reflect.DeepEqual(old, u) }) {
		c.tell(u)
	}
}

// forget lets getCurrentState repeat an update of this kind no more.
func (t *told) forget(kind types.Update) {
	*t = slices.DeleteFunc(*t, func(u types.Update) bool { return u.TypeID() == kind.TypeID() })
}

// sameSubject says whether an update makes an older one obsolete.
func sameSubject(a, b types.Update) bool {
	if a.TypeID() != b.TypeID() {
		return false
	}
	switch a := a.(type) {
	case *types.UpdateScopeNotificationSettings:
		return a.Scope.TypeID() == b.(*types.UpdateScopeNotificationSettings).Scope.TypeID()
	case *types.UpdateDefaultBackground:
		return a.ForDarkTheme == b.(*types.UpdateDefaultBackground).ForDarkTheme
	}
	return true
}

func (t told) current() []types.Update {
	var list []types.Update
	for _, kind := range stateUpdates {
		for _, u := range t {
			if u.TypeID() == kind.TypeID() && !saysNothing(u) {
				list = append(list, u)
			}
		}
	}
	return list
}

// saysNothing says whether an update only says that there is nothing, which TDLib does not repeat.
func saysNothing(u types.Update) bool {
	switch u := u.(type) {
	case *types.UpdateChatFolders:
		return len(u.ChatFolders) == 0
	case *types.UpdateEmojiChatThemes:
		return len(u.ChatThemes) == 0
	}
	return false
}

// getCurrentState answers with the updates that would bring a program that knows nothing up to date.
func (c *Client) getCurrentState(context.Context, *types.GetCurrentState) (*types.Updates, error) {
	list := c.options.current(c)
	list = append(list, &types.UpdateAuthorizationState{AuthorizationState: c.auth.state})
	if c.phase != phaseNew {
		list = append(list, &types.UpdateConnectionState{State: c.net.told})
	}
	if c.auth.ready() {
		list = append(list, c.users.current()...)
		list = append(list, c.told.current()...)
	}
	return &types.Updates{Updates: list}, nil
}

// maxAlarm is TDLib's bound on setAlarm, in seconds.
const maxAlarm = 3e9

// setAlarm answers after the given time.
func (c *Client) setAlarm(ctx context.Context, f *types.SetAlarm) (*types.Ok, error) {
	if !(f.Seconds >= 0 && f.Seconds <= maxAlarm) {
		return nil, types.NewError(400, "Wrong parameter seconds specified")
	}
	if f.Seconds > 0 {
		c.pause(ctx, time.Duration(f.Seconds*float64(time.Second)))
	}
	return &types.Ok{}, ctx.Err()
}
