// tdjson.c: an addon that lets Node call the library.
//
//   load(path)            opens the library; throws if it cannot
//   createClientId()      → number
//   send(client, json)
//   execute(json)         → string or null
//   receive(seconds)      → Promise of a string, or of null if nothing came in time
//
// cc -shared -fPIC -I"$(dirname "$(dirname "$(which node)")")/include/node" -I../../include -o tdjson.node tdjson.c -ldl

#include <dlfcn.h>
#include <stdlib.h>
#include <string.h>

#include <node_api.h>

#include "td/telegram/td_json_client.h"

static __typeof__(td_create_client_id) *create_client_id;
static __typeof__(td_send) *send_request;
static __typeof__(td_receive) *receive;
static __typeof__(td_execute) *execute;

// arguments reads n arguments of a call.
static void arguments(napi_env env, napi_callback_info info, size_t n, napi_value *list) {
	napi_get_cb_info(env, info, &n, list, NULL, NULL);
}

// text copies a string out of JavaScript; NULL if it is none. To be freed.
static char *text(napi_env env, napi_value value) {
	size_t n;
	if (napi_get_value_string_utf8(env, value, NULL, 0, &n) != napi_ok) {
		napi_throw_type_error(env, NULL, "a string is needed");
		return NULL;
	}
	char *copy = malloc(n + 1);
	if (copy != NULL) {
		napi_get_value_string_utf8(env, value, copy, n + 1, &n);
	}
	return copy;
}

static napi_value string_or_null(napi_env env, const char *s) {
	napi_value value;
	if (s == NULL) {
		napi_get_null(env, &value);
	} else {
		napi_create_string_utf8(env, s, NAPI_AUTO_LENGTH, &value);
	}
	return value;
}

static napi_value js_load(napi_env env, napi_callback_info info) {
	napi_value path_value;
	arguments(env, info, 1, &path_value);
	char *path = text(env, path_value);
	if (path == NULL) {
		return NULL;
	}
	void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	free(path);
	if (library != NULL) {
		create_client_id = (__typeof__(create_client_id))dlsym(library, "td_create_client_id");
		send_request = (__typeof__(send_request))dlsym(library, "td_send");
		receive = (__typeof__(receive))dlsym(library, "td_receive");
		execute = (__typeof__(execute))dlsym(library, "td_execute");
	}
	if (create_client_id == NULL || send_request == NULL || receive == NULL || execute == NULL) {
		napi_throw_error(env, NULL, dlerror());
	}
	return NULL;
}

static napi_value js_create_client_id(napi_env env, napi_callback_info info) {
	(void)info;
	napi_value id;
	napi_create_int32(env, create_client_id(), &id);
	return id;
}

static napi_value js_send(napi_env env, napi_callback_info info) {
	napi_value args[2];
	int32_t client = 0;
	arguments(env, info, 2, args);
	napi_get_value_int32(env, args[0], &client);
	char *request = text(env, args[1]);
	if (request != NULL) {
		send_request(client, request);
		free(request);
	}
	return NULL;
}

static napi_value js_execute(napi_env env, napi_callback_info info) {
	napi_value arg;
	arguments(env, info, 1, &arg);
	char *request = text(env, arg);
	if (request == NULL) {
		return NULL;
	}
	napi_value answer = string_or_null(env, execute(request));
	free(request);
	return answer;
}

// waiting is one call of receive on its way through Node's thread pool.
typedef struct {
	napi_async_work work;
	napi_deferred promise;
	double seconds;
	char *object; // a copy: the library's own is the pool thread's
} waiting;

static void wait_on_pool(napi_env env, void *data) {
	(void)env;
	waiting *w = data;
	const char *object = receive(w->seconds);
	w->object = object == NULL ? NULL : strdup(object);
}

static void done_waiting(napi_env env, napi_status status, void *data) {
	(void)status;
	waiting *w = data;
	napi_resolve_deferred(env, w->promise, string_or_null(env, w->object));
	napi_delete_async_work(env, w->work);
	free(w->object);
	free(w);
}

static napi_value js_receive(napi_env env, napi_callback_info info) {
	napi_value arg, promise, name;
	waiting *w = calloc(1, sizeof *w);
	if (w == NULL) {
		napi_throw_error(env, NULL, "out of memory");
		return NULL;
	}
	arguments(env, info, 1, &arg);
	napi_get_value_double(env, arg, &w->seconds);
	napi_create_promise(env, &w->promise, &promise);
	napi_create_string_utf8(env, "td_receive", NAPI_AUTO_LENGTH, &name);
	napi_create_async_work(env, NULL, name, wait_on_pool, done_waiting, w, &w->work);
	napi_queue_async_work(env, w->work);
	return promise;
}

static napi_value init(napi_env env, napi_value exports) {
	napi_property_descriptor functions[] = {
		{"load", NULL, js_load, NULL, NULL, NULL, napi_enumerable, NULL},
		{"createClientId", NULL, js_create_client_id, NULL, NULL, NULL, napi_enumerable, NULL},
		{"send", NULL, js_send, NULL, NULL, NULL, napi_enumerable, NULL},
		{"execute", NULL, js_execute, NULL, NULL, NULL, napi_enumerable, NULL},
		{"receive", NULL, js_receive, NULL, NULL, NULL, napi_enumerable, NULL},
	};
	napi_define_properties(env, exports, sizeof functions / sizeof *functions, functions);
	return exports;
}

NAPI_MODULE(NODE_GYP_MODULE_NAME, init)
