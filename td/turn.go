package td

import "sync"

// turn orders everything that happens in a client. All state of the client is owned by whoever holds the turn; tasks are
// done one after the other, in the order in which they came. A client at rest has no goroutine.
type turn struct {
	mu    sync.Mutex
	held  bool
	queue taskQueue
	do    func(task) // performs a task with the turn held
}

// task is what waits for the turn: a request, an event, or a handler that wants to go on.
type task struct {
	request request
	event   func()
	resume  chan struct{}
}

// post puts a task behind those that wait already, and never blocks.
func (t *turn) post(k task) {
	t.mu.Lock()
	t.queue.push(k)
	start := !t.held
	t.held = true
	t.mu.Unlock()
	if start {
		go t.run()
	}
}

// try performs the task on the caller's goroutine if the turn is free and nothing waits for it; otherwise it answers false.
func (t *turn) try(k task) bool {
	t.mu.Lock()
	if t.held || t.queue.len() > 0 {
		t.mu.Unlock()
		return false
	}
	t.held = true
	t.mu.Unlock()
	t.do(k)
	t.yield()
	return true
}

// run performs tasks until there are none, or until the turn is handed to a handler that goes on.
func (t *turn) run() {
	for {
		t.mu.Lock()
		k, ok := t.queue.pop()
		t.held = ok
		t.mu.Unlock()
		if !ok {
			return
		}
		if k.resume != nil {
			k.resume <- struct{}{}
			return
		}
		t.do(k)
	}
}

// yield gives the turn away: to the next task, or back.
func (t *turn) yield() {
	t.mu.Lock()
	waiting := t.queue.len() > 0
	t.held = waiting
	t.mu.Unlock()
	if waiting {
		go t.run()
	}
}

// retake waits for the turn behind what waits for it already.
func (t *turn) retake() {
	t.mu.Lock()
	if !t.held {
		t.held = true
		t.mu.Unlock()
		return
	}
	resume := make(chan struct{}, 1)
	t.queue.push(task{resume: resume})
	t.mu.Unlock()
	<-resume
}

// await runs f, which may block, without the turn, and takes the turn again. State must be read again after it.
func (t *turn) await(f func()) {
	t.yield()
	defer t.retake()
	f()
}

// taskQueue is a FIFO that keeps its memory for the next burst, within bounds.
type taskQueue struct {
	items []task
	first int
}

const keptTasks = 1024

func (q *taskQueue) len() int { return len(q.items) - q.first }

func (q *taskQueue) push(k task) {
	if q.first > 0 && len(q.items) == cap(q.items) {
		n := copy(q.items, q.items[q.first:])
		clear(q.items[n:])
		q.items, q.first = q.items[:n], 0
	}
	q.items = append(q.items, k)
}

func (q *taskQueue) pop() (task, bool) {
	if q.first == len(q.items) {
		return task{}, false
	}
	k := q.items[q.first]
	q.items[q.first] = task{}
	q.first++
	if q.first == len(q.items) {
		q.items, q.first = q.items[:0], 0
		if cap(q.items) > keptTasks {
			q.items = nil
		}
	}
	return k, true
}
