package td

import (
	"context"

	"tdjson/types"
)

// testCallEmpty does nothing.
func (c *Client) testCallEmpty(context.Context, *types.TestCallEmpty) (*types.Ok, error) {
	return &types.Ok{}, nil
}

// testCallString answers with its string.
func (c *Client) testCallString(_ context.Context, f *types.TestCallString) (*types.TestString, error) {
	return &types.TestString{Value: f.X}, nil
}

// testCallBytes answers with its bytes.
func (c *Client) testCallBytes(_ context.Context, f *types.TestCallBytes) (*types.TestBytes, error) {
	return &types.TestBytes{Value: f.X}, nil
}

// testCallVectorInt answers with its numbers.
func (c *Client) testCallVectorInt(_ context.Context, f *types.TestCallVectorInt) (*types.TestVectorInt, error) {
	return &types.TestVectorInt{Value: f.X}, nil
}

// testCallVectorIntObject answers with its objects.
func (c *Client) testCallVectorIntObject(_ context.Context, f *types.TestCallVectorIntObject) (*types.TestVectorIntObject, error) {
	return &types.TestVectorIntObject{Value: f.X}, nil
}

// testCallVectorString answers with its strings.
func (c *Client) testCallVectorString(_ context.Context, f *types.TestCallVectorString) (*types.TestVectorString, error) {
	return &types.TestVectorString{Value: f.X}, nil
}

// testCallVectorStringObject answers with its objects.
func (c *Client) testCallVectorStringObject(_ context.Context, f *types.TestCallVectorStringObject) (*types.TestVectorStringObject, error) {
	return &types.TestVectorStringObject{Value: f.X}, nil
}

// testSquareInt answers with the square, in 32 bits as TDLib does.
func (c *Client) testSquareInt(_ context.Context, f *types.TestSquareInt) (*types.TestInt, error) {
	return &types.TestInt{Value: f.X * f.X}, nil
}

// testUseUpdate has no answer in TDLib either.
func (c *Client) testUseUpdate(context.Context, *types.TestUseUpdate) (types.Update, error) {
	return nil, types.NewError(404, "Not Found")
}

// testGetDifference makes the client ask for what it may have missed.
func (c *Client) testGetDifference(context.Context, *types.TestGetDifference) (*types.Ok, error) {
	c.updates.getDifference(c, "testGetDifference")
	return &types.Ok{}, nil
}

// testNetwork asks the server for something small.
func (c *Client) testNetwork(ctx context.Context, _ *types.TestNetwork) (*types.Ok, error) {
	if _, err := c.api.tg.HelpGetNearestDC(ctx); err != nil {
		return nil, err
	}
	return &types.Ok{}, nil
}
