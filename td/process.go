package td

import (
	"fmt"
	"math"
	"runtime/debug"
	"sync"

	"tdjson/types"
)

// Options that are the same for all clients of a program: td_execute answers them too, and they are not stored.
const (
	// memoryLimitOption is how many bytes the library means to use at most, all clients together; it is empty without a limit.
	memoryLimitOption = "x_memory_limit"
	// panicCountOption is the number of faults of the library that did not end the program.
	panicCountOption = "x_panic_count"
)

func isProcessOption(name string) bool { return name == memoryLimitOption || name == panicCountOption }

func setsProcessOption(f types.Object) bool {
	o, ok := f.(*types.SetOption)
	return ok && isProcessOption(o.Name)
}

// setProcessOption changes an option of the program, at any time in a client's life.
func (c *Client) setProcessOption(f types.Object) (*types.Ok, error) {
	o := f.(*types.SetOption)
	if o.Name == panicCountOption {
		return nil, types.NewError(400, fmt.Sprintf("Option %q can't be changed by the user", o.Name))
	}
	value := optionOf(o.Value)
	rule := optionRule{kind: optionInteger, min: 0, max: math.MaxInt64}
	if err := rule.check(o.Name, value); err != nil {
		return nil, err
	}
	if c.memory.set(value.integer) {
		c.update(&types.UpdateOption{Name: o.Name, Value: c.memory.value()})
	}
	return &types.Ok{}, nil
}

// memoryLimit is the limit at which the garbage collector works harder, to which the process has one.
type memoryLimit struct {
	mu      sync.Mutex
	initial int64 // what the environment variable GOMEMLIMIT says
	now     int64
}

func newMemoryLimit() *memoryLimit {
	n := debug.SetMemoryLimit(-1)
	return &memoryLimit{initial: n, now: n}
}

// set changes the limit, for 0 to what it was at the start, and reports whether it was another one.
func (m *memoryLimit) set(bytes int64) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	if bytes == 0 {
		bytes = m.initial
	}
	if bytes == m.now {
		return false
	}
	m.now = bytes
	debug.SetMemoryLimit(bytes)
	return true
}

// value is the limit as an option.
func (m *memoryLimit) value() types.OptionValue {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.now == math.MaxInt64 {
		return &types.OptionValueEmpty{}
	}
	return &types.OptionValueInteger{Value: m.now}
}
