package td

import (
	"runtime/debug"
	"sync"
	"time"
)

const (
	releaseSoon  = 200 * time.Millisecond // after the last client was closed
	releaseLater = 10 * time.Second       // after one of several was
)

// releaser gives memory of closed clients back to the system. The runtime would do it too, but over many minutes, and what
// no allocation asks for again not at all. It works beside everything else, and once for all that are closed within a while.
type releaser struct {
	free func() // debug.FreeOSMemory when nil

	mu    sync.Mutex
	timer *time.Timer
}

// closed notes that a client was closed; none says that no other is left.
func (r *releaser) closed(none bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	wait := releaseLater
	if none {
		wait = releaseSoon
	}
	switch {
	case r.timer == nil:
		r.timer = time.AfterFunc(wait, r.release)
	case none:
		r.timer.Reset(wait)
	}
}

func (r *releaser) release() {
	r.mu.Lock()
	r.timer = nil
	free := r.free
	r.mu.Unlock()
	if free == nil {
		free = debug.FreeOSMemory
	}
	free()
}
