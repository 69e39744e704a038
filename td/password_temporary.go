package td

import (
	"context"

	"github.com/goccy/go-json"
	"github.com/gotd/td/tg"

	"tdjson/types"
)

// temporaryPassword stands for the account's password in payments, for a while.
type temporaryPassword struct {
	Password []byte `json:"password"`
	Until    int64  `json:"until"` // Unix time
}

const temporaryPasswordValue = "temp_password"

// open takes over the temporary password of the last run, if it is still good.
func (p *passwords) open(c *Client, l *loaded) {
	var t temporaryPassword
	if text := l.values[temporaryPasswordValue]; len(text) > 0 && json.Unmarshal(text, &t) == nil && t.Until > c.net.now().Unix() {
		p.temporary = t
	}
}

func (p *passwords) temporaryState(c *Client) *types.TemporaryPasswordState {
	left := p.temporary.Until - c.net.now().Unix()
	if len(p.temporary.Password) == 0 || left <= 0 {
		return &types.TemporaryPasswordState{}
	}
	return &types.TemporaryPasswordState{HasPassword: true, ValidFor: int32(left)}
}

// createTemporaryPassword makes a temporary password. An attempt that fails ends the one that there was.
func (c *Client) createTemporaryPassword(ctx context.Context, f *types.CreateTemporaryPassword) (*types.TemporaryPasswordState, error) {
	if err := cleanInputs(&f.Password); err != nil {
		return nil, err
	}
	if c.passwords.creating {
		return nil, types.NewError(400, "Another create_temp_password query is active")
	}
	c.passwords.creating = true
	t, err := c.askTemporaryPassword(ctx, f.Password, f.ValidFor)
	c.passwords.creating = false
	if err != nil {
		c.passwords.temporary = temporaryPassword{}
		c.store.delete(temporaryPasswordValue)
		return nil, err
	}
	c.passwords.temporary = t
	text, err := json.Marshal(t)
	if err != nil {
		return nil, err
	}
	c.store.set(temporaryPasswordValue, string(text))
	return c.passwords.temporaryState(c), nil
}

func (c *Client) askTemporaryPassword(ctx context.Context, password string, seconds int32) (temporaryPassword, error) {
	p, err := c.askPasswordState(ctx)
	if err != nil {
		return temporaryPassword{}, err
	}
	proof, err := c.answerQuestion(p, password)
	if err != nil {
		return temporaryPassword{}, err
	}
	made, err := c.api.tg.AccountGetTmpPassword(ctx, &tg.AccountGetTmpPasswordRequest{Password: proof, Period: int(seconds)})
	if err != nil {
		return temporaryPassword{}, err
	}
	return temporaryPassword{Password: made.TmpPassword, Until: int64(made.ValidUntil)}, nil
}

// getTemporaryPasswordState answers whether there is a temporary password, and for how long.
func (c *Client) getTemporaryPasswordState(context.Context, *types.GetTemporaryPasswordState) (*types.TemporaryPasswordState, error) {
	return c.passwords.temporaryState(c), nil
}
