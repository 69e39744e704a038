package td

import (
	"context"
	"time"

	"tdjson/types"
)

// getCurrentState answers with the updates that would bring a program that knows nothing up to date.
func (c *Client) getCurrentState(context.Context, *types.GetCurrentState) (*types.Updates, error) {
	list := c.options.current(c)
	list = append(list, &types.UpdateAuthorizationState{AuthorizationState: c.auth.state})
	if c.phase != phaseNew {
		list = append(list, &types.UpdateConnectionState{State: c.net.told})
		list = append(list, c.users.current()...)
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
