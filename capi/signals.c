// The program's signal handlers. A handler without SA_ONSTACK runs on whatever stack its thread is on. If that is a goroutine's,
// which is small, the handler writes over memory that is not its own. Go's runtime gives SA_ONSTACK to the handlers that it finds
// when it starts; here those get it that come later. Nothing else of a handler is changed.

#ifndef _WIN32 // there signals are no more than a name

#include <signal.h>
#include <stdatomic.h>
#include <string.h>
#include <time.h>

#include "signals.h"

#ifdef CLOCK_MONOTONIC_COARSE
#define CLOCK CLOCK_MONOTONIC_COARSE // it costs next to nothing, and goes on every few milliseconds
#else
#define CLOCK CLOCK_MONOTONIC
#endif

static int needs_stack(const struct sigaction *a) {
	return (a->sa_flags & SA_ONSTACK) == 0 && a->sa_handler != SIG_DFL && a->sa_handler != SIG_IGN;
}

static int same(const struct sigaction *a, const struct sigaction *b) {
	return a->sa_handler == b->sa_handler && (a->sa_flags | SA_ONSTACK) == (b->sa_flags | SA_ONSTACK) &&
		memcmp(&a->sa_mask, &b->sa_mask, sizeof a->sa_mask) == 0;
}

// give_stack sets the flag. What the program may have put in place since the handler was read gets it instead.
static void give_stack(int number, struct sigaction handler) {
	for (int tries = 0; tries < 3 && needs_stack(&handler); tries++) {
		struct sigaction with = handler, was;
		with.sa_flags |= SA_ONSTACK;
		if (sigaction(number, &with, &was) != 0 || same(&was, &handler)) {
			return;
		}
		handler = was;
		if (!needs_stack(&handler)) {
			sigaction(number, &handler, NULL);
		}
	}
}

void tdjson_mind_signals(void) {
	static _Atomic long long checked;
	struct timespec t;
	if (clock_gettime(CLOCK, &t) != 0) {
		return;
	}
	long long now = t.tv_sec * 1000LL + t.tv_nsec / 1000000; // no oftener than every millisecond
	if (atomic_load_explicit(&checked, memory_order_relaxed) == now) {
		return;
	}
	atomic_store_explicit(&checked, now, memory_order_relaxed);
	for (int number = 1; number < NSIG; number++) {
		struct sigaction handler;
		if (sigaction(number, NULL, &handler) == 0) {
			give_stack(number, handler);
		}
	}
}

#else

#include "signals.h"

void tdjson_mind_signals(void) {
}

#endif
