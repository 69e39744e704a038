package td

import "context"

// afterLogin begins what a client does once it is logged in.
func (c *Client) afterLogin() {
	c.updates.getDifference(c, "the start")
}

// loadConfig asks for the server's configuration.
func (c *Client) loadConfig(ctx context.Context) {}
