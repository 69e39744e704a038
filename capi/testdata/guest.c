// A program that minds its process: guest LIBRARY SCENARIO. It says what the library did to it that it should not, and ends with 0 if that
// was nothing.

#define _GNU_SOURCE
#include <errno.h>
#include <locale.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "library.h"

static const char *path;
static void *library;
static int failures;

static void check(int ok, const char *what, long got) {
	if (!ok) {
		__atomic_add_fetch(&failures, 1, __ATOMIC_SEQ_CST);
		printf("FAIL %s: got %ld\n", what, got);
	}
}

static void load(int flags) {
	library = open_library(path, flags);
	if (library == NULL) {
		_exit(1);
	}
	p_td_execute("{\"@type\":\"setLogVerbosityLevel\",\"new_verbosity_level\":0}");
}

static const char *wait_for(const char *part) {
	for (double end = now() + 20; now() < end;) {
		const char *object = p_td_receive(1.0);
		if (object != NULL && strstr(object, part) != NULL) {
			return object;
		}
	}
	check(0, part, 0);
	return "";
}

static int client;

#define ENTITIES "{\"@type\":\"getTextEntities\",\"text\":\"@telegram /test_command https://telegram.org telegram.me\"}"

// use has the library work: on this thread, on its own, and with what waits.
static void use(void) {
	if (client == 0) {
		client = p_td_create_client_id();
	}
	check(strstr(p_td_execute(ENTITIES), "textEntityTypeMention") != NULL, "td_execute", 0);
	p_td_send(client, "{\"@type\":\"testSquareInt\",\"x\":7,\"@extra\":\"square\"}");
	wait_for("\"value\":49");
	p_td_send(client, "{\"@type\":\"setAlarm\",\"seconds\":0.001,\"@extra\":\"alarm\"}");
	wait_for("\"alarm\"");
}

// open_client gives the client a database in the current directory and a network to look for.
static void open_client(void) {
	client = p_td_create_client_id();
	p_td_send(client, "{\"@type\":\"setTdlibParameters\",\"use_test_dc\":true,\"database_directory\":\"db\",\"api_id\":1,\"api_hash\":\"a\","
		"\"system_language_code\":\"en\",\"device_model\":\"a\",\"application_version\":\"1\",\"@extra\":\"opened\"}");
	wait_for("\"opened\"");
}

static void *use_for_a_second(void *unused) {
	(void)unused;
	for (double end = now() + 1; now() < end;) {
		use();
	}
	return NULL;
}

// --- fork ---

static void *nothing(void *x) { return x; }

static void child(int kind) {
	if (kind == 0) {
		execl("/bin/sh", "sh", "-c", "exit 7", (char *)NULL);
	}
	if (kind == 1) { // goes on without the library
		pthread_t t;
		void *p = malloc(1 << 20);
		memset(p, 1, 1 << 20);
		if (pthread_create(&t, NULL, nothing, NULL) != 0 || pthread_join(t, NULL) != 0) {
			_exit(1);
		}
		free(p);
		usleep(20000);
		exit(7);
	}
	_exit(7);
}

static void scenario_fork(void) {
	load(RTLD_NOW);
	open_client();
	pthread_t t;
	pthread_create(&t, NULL, use_for_a_second, NULL);
	for (int i = 0; i < 30; i++) {
		fflush(stdout);
		pid_t pid = fork();
		if (pid == 0) {
			alarm(10);
			child(i % 3);
		}
		int status = -1;
		while (waitpid(pid, &status, 0) < 0 && errno == EINTR) {
		}
		check(WIFEXITED(status) && WEXITSTATUS(status) == 7, "a child's end", status);
	}
	pthread_join(t, NULL);
	use();
}

// --- signals ---

static volatile sig_atomic_t hits[NSIG];

static void on_signal(int number) {
	volatile char on_stack[6000]; // as much as a handler may use
	memset((char *)on_stack, 0xaa, sizeof on_stack);
	hits[number] = hits[number] + (on_stack[17] != 0);
}

// Go's runtime answers faults, to make errors of them, and passes those of others on.
static const int numbers[] = {SIGHUP, SIGINT, SIGQUIT, SIGABRT, SIGUSR1, SIGUSR2, SIGPIPE, SIGALRM, SIGTERM, SIGCHLD, SIGCONT, SIGTSTP,
	SIGTTIN, SIGTTOU, SIGXCPU, SIGXFSZ, SIGVTALRM, SIGPROF, SIGWINCH, SIGIO, SIGSYS};
enum { COUNT = sizeof numbers / sizeof *numbers };

static void install(int flags) {
	struct sigaction a = {.sa_handler = on_signal, .sa_flags = flags};
	for (int i = 0; i < COUNT; i++) {
		sigaction(numbers[i], &a, NULL);
	}
}

static void *raise_all(void *unused) {
	(void)unused;
	for (int i = 0; i < COUNT; i++) {
		int before = hits[numbers[i]];
		raise(numbers[i]);
		check(hits[numbers[i]] > before, "a signal of this thread", numbers[i]);
		before = hits[numbers[i]];
		kill(getpid(), numbers[i]);
		for (int wait = 0; wait < 1000 && hits[numbers[i]] == before; wait++) {
			usleep(1000);
		}
		check(hits[numbers[i]] > before, "a signal of the process", numbers[i]);
	}
	return NULL;
}

static void handlers_are_ours(void) {
	use();
	for (int i = 0; i < COUNT; i++) {
		struct sigaction a;
		sigaction(numbers[i], NULL, &a);
		check(numbers[i] == SIGPIPE || a.sa_handler == on_signal, "the handler of", numbers[i]);
	}
	raise_all(NULL);
	pthread_t t;
	pthread_create(&t, NULL, raise_all, NULL);
	pthread_join(t, NULL);
	use();
}

static void scenario_signals_before(void) {
	install(SA_RESTART);
	load(RTLD_NOW);
	handlers_are_ours();
}

static void scenario_signals_after(void) {
	load(RTLD_NOW);
	use();
	install(SA_RESTART);
	usleep(20000);
	handlers_are_ours();
	install(SA_RESTART | SA_ONSTACK);
	handlers_are_ours();
}

static void on_fault(int number, siginfo_t *info, void *context) {
	(void)number, (void)context;
	_exit(info->si_addr == (void *)16 ? 42 : 41);
}

static void fault(int before) {
	fflush(stdout);
	pid_t pid = fork(); // a process that has not loaded the library yet
	if (pid == 0) {
		alarm(20);
		struct sigaction a = {.sa_sigaction = on_fault, .sa_flags = SA_SIGINFO};
		if (before) {
			sigaction(SIGSEGV, &a, NULL);
		}
		load(RTLD_NOW);
		use();
		if (!before) {
			sigaction(SIGSEGV, &a, NULL);
		}
		use();
		*(volatile int *)16 = 1;
		_exit(40);
	}
	int status = 0;
	waitpid(pid, &status, 0);
	check(WIFEXITED(status) && WEXITSTATUS(status) == 42, before ? "a fault, with a handler from before" : "a fault, with a handler from after", status);
}

static void scenario_faults(void) {
	fault(1);
	fault(0);
}

// A profiler: signals all the time, wherever the process is.
static void scenario_timers(void) {
	load(RTLD_NOW);
	use();
	struct sigaction a = {.sa_handler = on_signal, .sa_flags = SA_RESTART};
	sigaction(SIGPROF, &a, NULL);
	sigaction(SIGALRM, &a, NULL);
	sigaction(SIGVTALRM, &a, NULL);
	usleep(20000);
	p_td_execute(ENTITIES);
	struct itimerval every = {{0, 500}, {0, 500}}, left;
	int timers[] = {ITIMER_PROF, ITIMER_REAL, ITIMER_VIRTUAL};
	for (int i = 0; i < 3; i++) {
		setitimer(timers[i], &every, NULL);
	}
	for (double end = now() + 2; now() < end;) {
		use();
		for (int i = 0; i < 1000; i++) {
			p_td_execute(ENTITIES);
		}
	}
	for (int i = 0; i < 3; i++) {
		getitimer(timers[i], &left);
		check(left.it_interval.tv_usec == 500, "the interval of a timer", left.it_interval.tv_usec);
	}
	every = (struct itimerval){0};
	for (int i = 0; i < 3; i++) {
		setitimer(timers[i], &every, NULL);
	}
	check(hits[SIGPROF] > 0 && hits[SIGALRM] > 100, "signals of timers", hits[SIGALRM]);
}

static void scenario_altstack(void) {
	static char memory[1 << 16];
	stack_t ours = {.ss_sp = memory, .ss_size = sizeof memory}, seen;
	sigaltstack(&ours, NULL);
	load(RTLD_NOW);
	use();
	sigaltstack(NULL, &seen);
	check(seen.ss_sp == memory && seen.ss_size == sizeof memory && !(seen.ss_flags & SS_DISABLE), "the signal stack", (long)seen.ss_size);
	sigset_t mask;
	pthread_sigmask(SIG_SETMASK, NULL, &mask);
	for (int i = 1; i < 32; i++) {
		check(!sigismember(&mask, i), "a blocked signal", i);
	}
}

// --- the end ---

static void *receive_for_ever(void *unused) {
	(void)unused;
	for (;;) {
		p_td_receive(100000.0);
	}
	return NULL;
}

static void *work_for_ever(void *unused) {
	(void)unused;
	for (;;) {
		p_td_execute(ENTITIES);
		p_td_send(client, "{\"@type\":\"testSquareInt\",\"x\":7}");
	}
	return NULL;
}

static void *old_client_for_ever(void *unused) {
	(void)unused;
	for (void *c = p_td_json_client_create();;) {
		p_td_json_client_receive(c, 100.0);
	}
	return NULL;
}

static void busy(void) {
	load(RTLD_NOW);
	open_client();
	pthread_t t;
	pthread_create(&t, NULL, receive_for_ever, NULL);
	pthread_create(&t, NULL, work_for_ever, NULL);
	pthread_create(&t, NULL, old_client_for_ever, NULL);
	usleep(100000);
	fflush(stdout);
	alarm(10);
}

static void scenario_return(void) { busy(); }

static void scenario_exit(void) {
	busy();
	exit(failures != 0);
}

static void scenario_quick_exit(void) {
	busy();
	quick_exit(failures != 0);
}

static void scenario_underscore_exit(void) {
	busy();
	_exit(failures != 0);
}

static void *exit_elsewhere(void *unused) {
	(void)unused;
	exit(failures != 0);
}

static void scenario_exit_elsewhere(void) {
	busy();
	pthread_t t;
	pthread_create(&t, NULL, exit_elsewhere, NULL);
	pause();
}

static void use_at_exit(void) { p_td_execute(ENTITIES); }

static void scenario_use_at_exit(void) {
	atexit(use_at_exit);
	busy();
}

// --- loading ---

static void scenario_dlclose(void) {
	for (int i = 0; i < 5; i++) {
		load(RTLD_NOW);
		if (i == 0) {
			open_client();
		}
		use();
		dlclose(library);
		p_td_execute(ENTITIES); // it stays where it is
		use();
	}
}

static void scenario_deepbind(void) {
	load(RTLD_LAZY | RTLD_LOCAL | RTLD_DEEPBIND);
	open_client();
	use();
}

static void *load_in_thread(void *flags) {
	load((int)(intptr_t)flags);
	use();
	return NULL;
}

static void scenario_loaded_by_a_thread_that_ends(void) {
	pthread_t t;
	pthread_create(&t, NULL, load_in_thread, (void *)(intptr_t)(RTLD_NOW | RTLD_GLOBAL));
	pthread_join(t, NULL);
	use();
}

// another loads a second library written in Go; its path is in the environment.
static void scenario_second_runtime(void) {
	void *other = dlopen(getenv("SECOND_LIBRARY"), RTLD_NOW | RTLD_LOCAL);
	if (other == NULL) {
		printf("FAIL dlopen: %s\n", dlerror());
		exit(1);
	}
	long (*sum)(long) = (long (*)(long))dlsym(other, "second_sum");
	check(sum(1000) == 499500, "the other runtime before", sum(1000));
	load(RTLD_NOW);
	open_client();
	pthread_t t;
	pthread_create(&t, NULL, use_for_a_second, NULL);
	for (double end = now() + 1; now() < end;) {
		check(sum(1000) == 499500, "the other runtime", sum(1000));
	}
	pthread_join(t, NULL);
	use();
}

// --- small stacks ---

static char deep[2][100000];

static void *all_on_small_stack(void *unused) {
	(void)unused;
	for (int i = 0; i < 2; i++) {
		p_td_execute(deep[i]);
		p_td_send(client, deep[i]);
		p_td_send(0, deep[i]);
		p_td_json_client_execute(NULL, deep[i]);
	}
	for (int i = 0; i < 100 && p_td_receive(0.05) != NULL; i++) {
	}
	void *old = p_td_json_client_create();
	p_td_json_client_send(old, deep[0]);
	p_td_json_client_receive(old, 0.1);
	p_td_json_client_destroy(old);
	p_td_create_client_id();
	p_td_set_log_verbosity_level(1);
	p_td_set_log_file_path("small.log");
	p_td_set_log_max_file_size(100000);
	p_td_execute("{\"@type\":\"addLogMessage\",\"verbosity_level\":1,\"text\":\"from a small stack\"}");
	p_td_set_log_file_path("");
	p_td_set_log_fatal_error_callback(NULL);
	p_td_set_log_message_callback(-1, NULL);
	p_td_set_log_verbosity_level(0);
	return NULL;
}

// nested writes JSON of 100 levels that is all looked at.
static void nested(char *to, const char *head, const char *open, const char *inner, const char *close, const char *tail, int levels) {
	strcpy(to, head);
	for (int i = 0; i < levels; i++) {
		strcat(to, open);
	}
	strcat(to, inner);
	for (int i = 0; i < levels; i++) {
		strcat(to, close);
	}
	strcat(to, tail);
}

static void scenario_small_stacks(void) {
	load(RTLD_NOW);
	open_client();
	nested(deep[0], "{\"@type\":\"getJsonString\",\"json_value\":", "{\"@type\":\"jsonValueArray\",\"values\":[", "{\"@type\":\"jsonValueNull\"}", "]}",
		",\"@extra\":1}", 48);
	nested(deep[1], "{\"@type\":\"getJsonValue\",\"json\":\"1\",\"@extra\":", "[", "1", "]", "}", 99);
	check(strstr(p_td_execute(deep[0]), "[[[[null]]]]") != NULL, "deep objects", 0);
	check(strstr(p_td_execute(deep[1]), "[[[1]]]") != NULL, "deep arrays", 0);
	size_t sizes[] = {PTHREAD_STACK_MIN, 1 << 15, 1 << 16, 1 << 17};
	for (int i = 0; i < 4; i++) {
		pthread_attr_t a;
		pthread_attr_init(&a);
		if (pthread_attr_setstacksize(&a, sizes[i]) != 0) {
			continue;
		}
		pthread_t t;
		if (pthread_create(&t, &a, all_on_small_stack, NULL) == 0) {
			pthread_join(t, NULL);
		}
	}
	use();
}

// --- surroundings ---

extern char **environ;

static void scenario_surroundings(void) {
	char before[100], after[100], cwd[2][4096];
	const char *locale = setlocale(LC_ALL, "de_DE.UTF-8");
	if (locale == NULL) {
		printf("FAIL no locale de_DE.UTF-8\n");
		exit(1);
	}
	char name[200];
	snprintf(name, sizeof name, "%s", locale);
	snprintf(before, sizeof before, "%.2f", 1.5);
	char **variables = environ;
	int count = 0;
	unsigned long hash = 5381, again = 5381;
	for (; environ[count] != NULL; count++) {
		for (char *c = environ[count]; *c; c++) {
			hash = hash * 33 + (unsigned char)*c;
		}
	}
	mode_t mask = umask(027);
	umask(027);
	if (getcwd(cwd[0], sizeof cwd[0]) == NULL) {
		exit(1);
	}
	load(RTLD_NOW);
	open_client();
	use();
	const char *answer = p_td_execute("{\"@type\":\"getJsonValue\",\"json\":\"[1.5,2.25e3]\"}");
	check(strstr(answer, "1.500000") != NULL && strstr(answer, "2250.000000") != NULL, "doubles have a point", 0);
	answer = p_td_execute("{\"@type\":\"getJsonString\",\"json_value\":{\"@type\":\"jsonValueNumber\",\"value\":1.5}}");
	check(strstr(answer, "1.5") != NULL, "numbers have a point", 0);
	snprintf(after, sizeof after, "%.2f", 1.5);
	check(strcmp(before, "1,50") == 0 && strcmp(after, before) == 0, "the comma of printf", 0);
	check(strcmp(setlocale(LC_ALL, NULL), name) == 0, "the locale", 0);
	int now_there = 0;
	for (; environ[now_there] != NULL; now_there++) {
		for (char *c = environ[now_there]; *c; c++) {
			again = again * 33 + (unsigned char)*c;
		}
	}
	check(environ == variables && count == now_there && hash == again, "the environment", now_there);
	check(umask(mask) == 027, "the umask", 0);
	check(getcwd(cwd[1], sizeof cwd[1]) != NULL && strcmp(cwd[0], cwd[1]) == 0, "the working directory", 0);
}

// --- memory ---

static long resident_kb(void) {
	long size = 0, resident = 0;
	FILE *f = fopen("/proc/self/statm", "r");
	if (f == NULL || fscanf(f, "%ld %ld", &size, &resident) != 2) {
		exit(1);
	}
	fclose(f);
	return resident * (sysconf(_SC_PAGESIZE) / 1024);
}

enum { MANY = 100, HALF_OF_TDLIB = 104000 }; // KB; TDLib 1.8.65 takes 208 MB for as many

static void scenario_memory(void) {
	load(RTLD_NOW);
	int ids[MANY];
	char text[400];
	for (int i = 0; i < MANY; i++) {
		ids[i] = p_td_create_client_id();
		snprintf(text, sizeof text, "{\"@type\":\"setTdlibParameters\",\"use_test_dc\":true,\"database_directory\":\"db%d\",\"api_id\":1,"
			"\"api_hash\":\"a\",\"system_language_code\":\"en\",\"device_model\":\"a\",\"application_version\":\"1\",\"@extra\":\"opened\"}", i);
		p_td_send(ids[i], text);
		wait_for("\"opened\"");
	}
	while (p_td_receive(0.5) != NULL) {
	}
	long open = resident_kb();
	check(open < HALF_OF_TDLIB, "KB for many clients", open);
	for (int i = 0; i < MANY; i++) {
		p_td_send(ids[i], "{\"@type\":\"close\"}");
	}
	for (int i = 0; i < MANY; i++) {
		wait_for("authorizationStateClosed");
	}
	long left = open;
	for (double end = now() + 60; now() < end && left > open - open / 5; left = resident_kb()) {
		p_td_receive(0.2);
	}
	check(left <= open - open / 5, "KB a minute after they are closed", left);
}

// A program that minds SIGPIPE as it was made: the library's sockets must not end it.
static void scenario_pipe(void) {
	load(RTLD_NOW);
	use();
	signal(SIGPIPE, SIG_DFL);
	open_client();
	for (double end = now() + 3; now() < end;) {
		p_td_receive(0.1);
		p_td_send(client, "{\"@type\":\"getApplicationConfig\"}");
		p_td_send(client, "{\"@type\":\"setNetworkType\",\"type\":{\"@type\":\"networkTypeWiFi\"}}");
	}
	struct sigaction a;
	sigaction(SIGPIPE, NULL, &a);
	check(a.sa_handler == SIG_DFL, "the handler of SIGPIPE", 0);
}

#define SCENARIO(name) {#name, scenario_##name}
static const struct {
	const char *name;
	void (*play)(void);
} scenarios[] = {
	SCENARIO(fork), SCENARIO(signals_before), SCENARIO(signals_after), SCENARIO(faults), SCENARIO(timers), SCENARIO(altstack), SCENARIO(return),
	SCENARIO(exit), SCENARIO(quick_exit), SCENARIO(underscore_exit), SCENARIO(exit_elsewhere), SCENARIO(use_at_exit), SCENARIO(dlclose),
	SCENARIO(deepbind), SCENARIO(loaded_by_a_thread_that_ends), SCENARIO(second_runtime), SCENARIO(small_stacks), SCENARIO(surroundings), SCENARIO(pipe),
	SCENARIO(memory),
};

int main(int argc, char **argv) {
	setvbuf(stdout, NULL, _IOLBF, 0);
	if (argc == 3) {
		path = argv[1];
		for (size_t i = 0; i < sizeof scenarios / sizeof *scenarios; i++) {
			if (strcmp(argv[2], scenarios[i].name) == 0) {
				scenarios[i].play();
				return failures != 0;
			}
		}
	}
	printf("FAIL usage: guest LIBRARY SCENARIO\n");
	return 2;
}
