// What the programs of the tests share: the library's functions, found in a library that is loaded while the program runs.

#include <dlfcn.h>
#include <stdio.h>
#include <time.h>

#include "td/telegram/td_json_client.h"
#include "td/telegram/td_log.h"

#define API(X) \
	X(td_create_client_id) X(td_send) X(td_receive) X(td_execute) X(td_set_log_message_callback) \
	X(td_json_client_create) X(td_json_client_send) X(td_json_client_receive) X(td_json_client_execute) \
	X(td_json_client_destroy) X(td_set_log_file_path) X(td_set_log_max_file_size) \
	X(td_set_log_verbosity_level) X(td_set_log_fatal_error_callback)

#define DECLARE(name) static __typeof__(name) *p_##name;
API(DECLARE)

// open_library loads it and finds all functions; NULL, and a line that says why, if that fails.
static void *open_library(const char *path, int flags) {
	void *library = dlopen(path, flags);
	if (library == NULL) {
		printf("FAIL dlopen: %s\n", dlerror());
		return NULL;
	}
#define RESOLVE(name) \
	if ((p_##name = (__typeof__(p_##name))dlsym(library, #name)) == NULL) { \
		printf("FAIL no function " #name "\n"); \
		return NULL; \
	}
	API(RESOLVE)
	return library;
}

static double now(void) {
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return t.tv_sec + t.tv_nsec * 1e-9;
}
