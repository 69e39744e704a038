// TDLib's C interface. Each function makes one call into Go, which writes its
// answer straight into the calling thread's memory.

#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "_cgo_export.h"
#include "result.h"
#include "signals.h"
#include "td/telegram/td_json_client.h"
#include "td/telegram/td_log.h"

enum {
	SMALLEST = 1 << 12,     // what a thread starts with
	LARGEST_KEPT = 1 << 18, // more is given back at the thread's next call
};

static _Thread_local td_result thread_result;

// A thread's memory is freed when the thread ends: by a pthread key, since C has
// no other hook there.
static pthread_key_t key;
static pthread_once_t key_once = PTHREAD_ONCE_INIT;
static int have_key;

static void free_result(void *result) {
	free(((td_result *)result)->data);
	*(td_result *)result = (td_result){NULL, 0}; // other thread-exit hooks may call us yet
}

static void make_key(void) {
	have_key = pthread_key_create(&key, free_result) == 0;
}

int tdjson_result_grow(td_result *result, size_t size) {
	size_t n = SMALLEST;
	while (n < size) {
		n *= 2;
	}
	char *data = malloc(n);
	if (data == NULL) {
		return 0;
	}
	free(result->data);
	*result = (td_result){data, n};
	pthread_once(&key_once, make_key);
	if (have_key) {
		pthread_setspecific(key, result);
	}
	return 1;
}

// own_result gives the thread's memory for the next answer.
static td_result *own_result(void) {
	td_result *result = &thread_result;
	if (result->data == NULL || result->size > LARGEST_KEPT) {
		tdjson_result_grow(result, SMALLEST); // without memory Go gives no answer
	}
	return result;
}

static const char *answer(td_result *result, int there) {
	return there ? result->data : NULL;
}

static size_t length(const char *text) {
	return text == NULL ? 0 : strlen(text);
}

int td_create_client_id(void) {
	tdjson_mind_signals();
	return goCreateClientID();
}

void td_send(int client_id, const char *request) {
	tdjson_mind_signals();
	goSend(client_id, (char *)request, length(request));
}

const char *td_receive(double timeout) {
	tdjson_mind_signals();
	td_result *result = own_result();
	return answer(result, goReceive(timeout, result));
}

const char *td_execute(const char *request) {
	tdjson_mind_signals();
	td_result *result = own_result();
	return answer(result, goExecute((char *)request, length(request), result));
}

void td_set_log_message_callback(int max_verbosity_level, td_log_message_callback_ptr callback) {
	goSetLogCallback(max_verbosity_level, callback);
}

// A client of the older interface is its number in the shape of a pointer.
static int client_id(void *client) {
	intptr_t id = (intptr_t)client;
	return id > 0 && id <= INT32_MAX ? (int)id : 0;
}

void *td_json_client_create(void) {
	tdjson_mind_signals();
	return (void *)(intptr_t)goCreateJSONClient();
}

void td_json_client_send(void *client, const char *request) {
	tdjson_mind_signals();
	goSendJSON(client_id(client), (char *)request, length(request));
}

const char *td_json_client_receive(void *client, double timeout) {
	tdjson_mind_signals();
	td_result *result = own_result();
	return answer(result, goReceiveJSON(client_id(client), timeout, result));
}

const char *td_json_client_execute(void *client, const char *request) {
	(void)client;
	return td_execute(request);
}

void td_json_client_destroy(void *client) {
	tdjson_mind_signals();
	goDestroyJSONClient(client_id(client));
}

int td_set_log_file_path(const char *file_path) {
	return goSetLogFilePath((char *)file_path, length(file_path));
}

void td_set_log_max_file_size(int64_t max_file_size) {
	goSetLogMaxFileSize(max_file_size);
}

void td_set_log_verbosity_level(int new_verbosity_level) {
	goSetLogVerbosityLevel(new_verbosity_level);
}

void td_set_log_fatal_error_callback(td_log_fatal_error_callback_ptr callback) {
	(void)callback;           // nothing here is fatal
	goSetLogCallback(0, NULL); // but it replaces the other callback, as it always did
}

void tdjson_call_log_callback(td_log_message_callback_ptr callback, int level, const char *line) {
	callback(level, line);
}
