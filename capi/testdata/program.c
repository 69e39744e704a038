// program.c: a C program that uses the library as programs do. It gets the path
// of the library, says each check that failed, and ends with 0 if none did.

#include <math.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "library.h"

static int failures;

static void check(int ok, const char *what, const char *got) {
	if (!ok) {
		__atomic_add_fetch(&failures, 1, __ATOMIC_SEQ_CST);
		printf("FAIL %s: got %.300s\n", what, got ? got : "NULL");
	}
}

static int has(const char *text, const char *part) {
	return text != NULL && strstr(text, part) != NULL;
}

// wait_for receives until an object holds part.
static const char *wait_for(const char *part) {
	for (double end = now() + 10; now() < end;) {
		const char *object = p_td_receive(1.0);
		if (has(object, part)) {
			return object;
		}
	}
	return NULL;
}

#define SYNTAX_ERROR "Failed to parse request as JSON object: Unexpected string end"

static void test_null(void) {
	check(has(p_td_execute(NULL), SYNTAX_ERROR), "td_execute(NULL)", p_td_execute(NULL));
	check(has(p_td_execute(""), SYNTAX_ERROR), "td_execute(\"\")", p_td_execute(""));
	check(has(p_td_json_client_execute(NULL, NULL), SYNTAX_ERROR), "td_json_client_execute(NULL, NULL)", NULL);
	p_td_send(p_td_create_client_id(), NULL);
	check(wait_for(SYNTAX_ERROR) != NULL, "td_send(id, NULL) has an answer", NULL);
}

static void test_unknown_ids(void) {
	const char *request = "{\"@type\":\"testSquareInt\",\"x\":3,\"@extra\":\"unknown\"}";
	p_td_send(123456, request);
	const char *answer = wait_for("\"unknown\"");
	check(has(answer, "Invalid TDLib instance specified") && has(answer, "\"@client_id\":123456}"), "unknown id", answer);
	p_td_send(-7, request);
	answer = wait_for("\"unknown\"");
	check(has(answer, "\"@client_id\":-7}"), "negative id", answer);
	p_td_send(0, request);
	answer = wait_for("\"unknown\"");
	check(answer != NULL && !has(answer, "@client_id"), "id 0", answer);
}

static void test_timeouts(void) {
	while (p_td_receive(0.2) != NULL) {
	}
	double values[] = {0, -1, NAN, -INFINITY};
	for (int i = 0; i < 4; i++) {
		double start = now();
		const char *object = p_td_receive(values[i]);
		check(object == NULL && now() - start < 0.5, "td_receive returns at once", object);
	}
	double start = now();
	check(p_td_receive(0.1) == NULL && now() - start > 0.09, "td_receive waits", NULL);
}

static void *execute_often(void *unused) {
	(void)unused;
	for (int i = 0; i < 2000; i++) {
		p_td_execute("{\"@type\":\"getOption\",\"name\":\"version\",\"@extra\":\"another thread\"}");
	}
	return NULL;
}

static void test_results_of_threads(void) {
	const char *mine = p_td_execute("{\"@type\":\"getOption\",\"name\":\"version\",\"@extra\":\"mine\"}");
	char *copy = strdup(mine);
	pthread_t threads[4];
	for (int i = 0; i < 4; i++) {
		pthread_create(&threads[i], NULL, execute_often, NULL);
	}
	for (int i = 0; i < 4; i++) {
		pthread_join(threads[i], NULL);
	}
	check(strcmp(mine, copy) == 0 && has(mine, "\"@extra\":\"mine\"}"), "a result that other threads left alone", mine);
	free(copy);
}

// extra_request makes a request whose answer is a little longer than n.
static char *extra_request(size_t n) {
	const char *head = "{\"@type\":\"getOption\",\"name\":\"version\",\"@extra\":\"";
	char *text = malloc(strlen(head) + n + 3);
	strcpy(text, head);
	memset(text + strlen(head), 'x', n);
	strcpy(text + strlen(head) + n, "\"}");
	return text;
}

static void test_sizes(void) {
	for (size_t n = 1; n < 5 << 20; n = n * 3 / 2 + 1) {
		char *request = extra_request(n);
		const char *answer = p_td_execute(request);
		size_t len = strlen(answer);
		check(strspn(strchr(answer, 'x') ? strstr(answer, "\"@extra\":\"") + 10 : "", "x") == n && answer[len - 1] == '}',
			"a long answer is whole", answer);
		free(request);
	}
	for (size_t n = 3900; n < 4200; n++) { // around the size a thread starts with
		char *request = extra_request(n);
		const char *answer = p_td_execute(request);
		check(has(answer, "x\"}") && strlen(answer) > n, "an answer around the buffer's size", answer);
		free(request);
	}
}

static void *execute_large(void *request) {
	p_td_execute(request);
	return NULL;
}

static long resident_kb(void) {
	long size = 0, resident = 0;
	FILE *f = fopen("/proc/self/statm", "r");
	if (f != NULL) {
		if (fscanf(f, "%ld %ld", &size, &resident) != 2) {
			resident = 0;
		}
		fclose(f);
	}
	return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

static void test_threads_free_their_results(void) {
	char *request = extra_request(200000);
	long before = 0;
	for (int i = 0; i < 600; i++) {
		pthread_t thread;
		pthread_create(&thread, NULL, execute_large, request);
		pthread_join(thread, NULL);
		if (i == 100) {
			before = resident_kb();
		}
	}
	char grown[40];
	snprintf(grown, sizeof grown, "%ld KB more", resident_kb() - before);
	check(resident_kb() - before < 40000, "500 ended threads leave no 128 MB", grown);
	free(request);
}

enum { SENDERS = 10, EACH = 300 };
static int shared_client;

static void *send_many(void *number) {
	char request[128];
	for (int i = 0; i < EACH; i++) {
		snprintf(request, sizeof request, "{\"@type\":\"testSquareInt\",\"x\":%d,\"@extra\":\"#%d\"}", i, (int)(intptr_t)number * EACH + i);
		p_td_send(shared_client, request);
		memset(request, '!', sizeof request); // the library must have taken what it needs
	}
	return NULL;
}

static void test_many_senders(void) {
	shared_client = p_td_create_client_id();
	pthread_t threads[SENDERS];
	for (intptr_t i = 0; i < SENDERS; i++) {
		pthread_create(&threads[i], NULL, send_many, (void *)i);
	}
	static int seen[SENDERS * EACH];
	int count = 0;
	for (double end = now() + 20; count < SENDERS * EACH && now() < end;) {
		const char *object = p_td_receive(1.0);
		const char *extra = object ? strstr(object, "\"@extra\":\"#") : NULL;
		if (extra != NULL) {
			seen[atoi(extra + 11)]++;
			count++;
		}
	}
	for (int i = 0; i < SENDERS; i++) {
		pthread_join(threads[i], NULL);
	}
	for (int i = 0; i < SENDERS * EACH; i++) {
		check(seen[i] == 1, "each request of ten threads has one answer", NULL);
	}
}

static void *receive_long(void *unused) {
	(void)unused;
	const char *object = p_td_receive(1.0);
	return object ? strdup(object) : NULL;
}

static void test_two_receivers(void) {
	while (p_td_receive(0.2) != NULL) {
	}
	pthread_t thread;
	pthread_create(&thread, NULL, receive_long, NULL);
	usleep(300000);
	const char *object = p_td_receive(0.1);
	check(has(object, "\"@type\":\"error\""), "the second receiver gets an error", object);
	void *first;
	pthread_join(thread, &first);
	check(first == NULL, "the first receiver is left alone", first);
	free(first);
}

static int lines;
static char last_line[200];

static void on_line(int level, const char *line) {
	if (level == 2 && strstr(line, "hello log") != NULL) {
		lines++;
		snprintf(last_line, sizeof last_line, "%s", line);
	}
}

static void log_hello(void) {
	p_td_execute("{\"@type\":\"addLogMessage\",\"verbosity_level\":2,\"text\":\"hello log\"}");
}

static void test_log(void) {
	p_td_execute("{\"@type\":\"setLogStream\",\"log_stream\":{\"@type\":\"logStreamEmpty\"}}");
	p_td_set_log_verbosity_level(3);
	p_td_set_log_verbosity_level(5000);
	const char *level = p_td_execute("{\"@type\":\"getLogVerbosityLevel\"}");
	check(has(level, ":3}"), "a bad verbosity level is ignored", level);

	p_td_set_log_message_callback(3, on_line);
	log_hello();
	check(lines == 1 && has(last_line, "[ 2][t 0][") && has(last_line, "\thello log\n"), "the callback is called", last_line);
	p_td_set_log_message_callback(1, on_line);
	log_hello();
	p_td_set_log_message_callback(-1, on_line);
	log_hello();
	p_td_set_log_message_callback(3, on_line);
	p_td_set_log_message_callback(3, NULL);
	log_hello();
	p_td_set_log_message_callback(3, on_line);
	p_td_set_log_fatal_error_callback(NULL);
	log_hello();
	check(lines == 1, "the callback is not called", last_line);

	check(p_td_set_log_file_path("/nonexistent/dir/log") == 0, "a log file that cannot be", NULL);
	p_td_set_log_max_file_size(1 << 20);
	p_td_set_log_verbosity_level(0);
	check(p_td_set_log_file_path(NULL) == 1, "a log file of NULL", NULL);
}

static void test_old_interface(void) {
	void *a = p_td_json_client_create(), *b = p_td_json_client_create();
	check(a != NULL && b != NULL && a != b, "two clients", NULL);
	p_td_json_client_send(a, "{\"@type\":\"testSquareInt\",\"x\":5,\"@extra\":\"a\"}");
	p_td_json_client_send(b, NULL);
	const char *answer = NULL;
	for (double end = now() + 10; now() < end && !has(answer, "\"@extra\":\"a\"");) {
		answer = p_td_json_client_receive(a, 1.0);
	}
	check(has(answer, "\"@extra\":\"a\"") && !has(answer, "@client_id"), "the answer of a", answer);
	for (double end = now() + 10; now() < end && !has(answer, SYNTAX_ERROR);) {
		answer = p_td_json_client_receive(b, 1.0);
	}
	check(has(answer, SYNTAX_ERROR), "the answer of b", answer);
	answer = p_td_json_client_execute(a, "{\"@type\":\"getOption\",\"name\":\"version\",\"@extra\":7}");
	check(has(answer, "\"@extra\":7}"), "td_json_client_execute", answer);
	p_td_json_client_destroy(b);
	void *bad[] = {NULL, b, (void *)-1, (void *)last_line};
	for (int i = 0; i < 4; i++) {
		p_td_json_client_send(bad[i], "{\"@type\":\"close\"}");
		answer = p_td_json_client_receive(bad[i], 0.1);
		check(answer == NULL, "a pointer that is no client", answer);
		p_td_json_client_destroy(bad[i]);
	}
	p_td_json_client_destroy(a);
}

static void on_signal(int number) {
	(void)number;
}

// load opens the library and checks that the program's signals stay its own.
static int load(const char *path) {
	int numbers[] = {SIGINT, SIGTERM, SIGHUP, SIGCHLD, SIGUSR1, SIGUSR2, SIGALRM, SIGQUIT, SIGABRT};
	int n = sizeof numbers / sizeof *numbers;
	struct sigaction ours = {.sa_handler = on_signal}, now_set;
	for (int i = 0; i < n; i++) {
		if (i % 2 == 0) {
			sigaction(numbers[i], &ours, NULL);
		}
	}
	if (open_library(path, RTLD_NOW | RTLD_LOCAL) == NULL) {
		return 0;
	}
	p_td_set_log_verbosity_level(0);
	for (int i = 0; i < n; i++) {
		sigaction(numbers[i], NULL, &now_set);
		check(now_set.sa_handler == (i % 2 == 0 ? on_signal : SIG_DFL), "the program's signal handlers", strsignal(numbers[i]));
	}
	return 1;
}

int main(int argc, char **argv) {
	setvbuf(stdout, NULL, _IONBF, 0);
	if (argc != 2 || !load(argv[1])) {
		return 1;
	}
	test_null();
	test_unknown_ids();
	test_timeouts();
	test_results_of_threads();
	test_sizes();
	test_threads_free_their_results();
	test_many_senders();
	test_two_receivers();
	test_old_interface();
	test_log();
	return failures != 0;
}
