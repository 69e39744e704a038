// A program that is linked with the library, as most in C and Rust are: all names are looked up before it starts. Ten threads use the newer interface
// through one receiver, ten more the older one, each with a client of its own.

#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <td/telegram/td_json_client.h>
#include <td/telegram/td_log.h>

enum { THREADS = 10, EACH = 200 };

static int failures;
static int clients[THREADS];

static void fail(const char *what, const char *got) {
	__atomic_add_fetch(&failures, 1, __ATOMIC_SEQ_CST);
	printf("FAIL %s: %.200s\n", what, got ? got : "NULL");
}

static void on_fatal(const char *message) { fail("fatal", message); }

static void *new_interface(void *number) {
	int n = (int)(intptr_t)number;
	clients[n] = td_create_client_id();
	for (int i = 0; i < EACH; i++) {
		char request[200];
		snprintf(request, sizeof request, "{\"@type\":\"testSquareInt\",\"x\":%d,\"@extra\":\"%d/%d\"}", i, n, i);
		td_send(clients[n], request);
		const char *answer = td_execute("{\"@type\":\"getOption\",\"name\":\"version\",\"@extra\":5}");
		if (answer == NULL || strstr(answer, "\"1.8.65\",\"@extra\":5}") == NULL) {
			fail("td_execute", answer);
		}
	}
	return NULL;
}

static void *old_interface(void *number) {
	(void)number;
	void *client = td_json_client_create();
	void *(*send_with_result)(void *, const char *) = (void *(*)(void *, const char *))(void *)td_json_client_send;
	for (int i = 0; i < EACH; i++) {
		char request[200], want[200];
		snprintf(request, sizeof request, "{\"@type\":\"testSquareInt\",\"x\":%d,\"@extra\":\"%d\"}", i, i);
		snprintf(want, sizeof want, "{\"@type\":\"testInt\",\"value\":%d,\"@extra\":\"%d\"}", i * i, i);
		// Some bindings take it for a function with a result.
		send_with_result(client, request);
		const char *answer;
		do {
			answer = td_json_client_receive(client, 10.0);
		} while (answer != NULL && strstr(answer, "\"@extra\"") == NULL);
		if (answer == NULL || strcmp(answer, want) != 0) {
			fail(want, answer);
		}
		if (td_json_client_execute(client, "{\"@type\":\"getTextEntities\",\"text\":\"a\"}") == NULL) {
			fail("td_json_client_execute", NULL);
		}
	}
	td_json_client_destroy(client);
	return NULL;
}

static void receive_all(void) {
	static int next[THREADS];
	for (int left = THREADS * EACH; left > 0;) {
		const char *object = td_receive(20.0);
		int n, i, client;
		const char *extra = object ? strstr(object, "\"@extra\":\"") : NULL;
		if (object == NULL) {
			fail("td_receive", object);
			return;
		}
		if (extra == NULL) {
			continue;
		}
		if (sscanf(extra, "\"@extra\":\"%d/%d\",\"@client_id\":%d}", &n, &i, &client) != 3 || client != clients[n] || i != next[n]) {
			fail("an answer in its order", object);
		}
		next[n]++;
		left--;
	}
}

int main(void) {
	setvbuf(stdout, NULL, _IONBF, 0);
	td_set_log_verbosity_level(0);
	td_set_log_max_file_size(1 << 20);
	td_set_log_fatal_error_callback(on_fatal);
	td_set_log_message_callback(0, NULL);
	if (td_set_log_file_path("linked.log") != 1) {
		fail("td_set_log_file_path", NULL);
	}
	// As telega-server does.
	td_json_client_execute(NULL, "{\"@type\":\"setLogStream\",\"log_stream\":{\"@type\":\"logStreamFile\",\"path\":\"linked.log\","
		"\"max_file_size\":4194304,\"redirect_stderr\":false}}");
	pthread_t threads[2 * THREADS];
	for (intptr_t i = 0; i < 2 * THREADS; i++) {
		pthread_create(&threads[i], NULL, i < THREADS ? new_interface : old_interface, (void *)i);
	}
	receive_all();
	for (int i = 0; i < 2 * THREADS; i++) {
		pthread_join(threads[i], NULL);
	}
	return failures != 0;
}
