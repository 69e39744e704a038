// Logs in to Telegram and shows where the account is logged in.
//
//   sessions --api-id ID --api-hash HASH --phone +NUMBER    Telegram itself, with an app of https://my.telegram.org
//   sessions                                                the local Telegram of "build.sh demo"
//
// cc -I../../include -o sessions sessions.c -L../../build -ltdjson -Wl,-rpath,"$PWD/../../build"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <td/telegram/td_json_client.h>

#include "json.h"

static struct {
	const char *api_id, *api_hash, *phone, *database;
} options = {NULL, "local", "+9996621234", "sessions-c"}; // on a test server +99966XYYYY has the code XXXXX

static int client;

static void read_options(int argc, char **argv) {
	static const struct option known[] = {
		{"api-id", required_argument, NULL, 'i'},
		{"api-hash", required_argument, NULL, 'h'},
		{"phone", required_argument, NULL, 'p'},
		{"database", required_argument, NULL, 'd'}, // directory that keeps the login
		{NULL, 0, NULL, 0},
	};
	for (int o; (o = getopt_long(argc, argv, "", known, NULL)) != -1;) {
		switch (o) {
		case 'i': options.api_id = optarg; break;
		case 'h': options.api_hash = optarg; break;
		case 'p': options.phone = optarg; break;
		case 'd': options.database = optarg; break;
		default: exit(2);
		}
	}
}

// send_with sends a request of one string argument.
static void send_with(const char *function, const char *name, const char *value) {
	char request[1000], quoted[800];
	snprintf(request, sizeof request, "{\"@type\":\"%s\",\"%s\":%s}", function, name, json_quote(value, quoted, sizeof quoted));
	td_send(client, request);
}

static const char *ask(const char *question) {
	static char line[300];
	printf("%s: ", question);
	fflush(stdout);
	if (fgets(line, sizeof line, stdin) == NULL) {
		exit(1);
	}
	line[strcspn(line, "\r\n")] = '\0';
	return line;
}

static void send_parameters(void) {
	char request[4000], database[2000], hash[200];
	snprintf(request, sizeof request,
		"{\"@type\":\"setTdlibParameters\",\"use_test_dc\":%s,\"database_directory\":%s,\"api_id\":%d,\"api_hash\":%s,"
		"\"system_language_code\":\"en\",\"device_model\":\"C example\",\"application_version\":\"1.0\"}",
		options.api_id ? "false" : "true", json_quote(options.database, database, sizeof database),
		options.api_id ? atoi(options.api_id) : 2, json_quote(options.api_hash, hash, sizeof hash));
	td_send(client, request);
}

static const char *code(void) {
	static char known[6];
	if (options.api_id != NULL || strlen(options.phone) < 7) {
		return ask("The code Telegram sent you");
	}
	memset(known, options.phone[6], 5);
	return known;
}

// next_step sends the request that takes the client on from an authorization state.
static void next_step(const char *state) {
	if (json_is(state, "authorizationStateWaitTdlibParameters")) {
		send_parameters();
	} else if (json_is(state, "authorizationStateWaitPhoneNumber")) {
		send_with("setAuthenticationPhoneNumber", "phone_number", options.phone);
	} else if (json_is(state, "authorizationStateWaitCode")) {
		send_with("checkAuthenticationCode", "code", code());
	} else if (json_is(state, "authorizationStateWaitPassword")) {
		send_with("checkAuthenticationPassword", "password", ask("Your password"));
	} else if (json_is(state, "authorizationStateReady")) {
		td_send(client, "{\"@type\":\"getActiveSessions\"}");
	} else if (json_is(state, "authorizationStateClosed")) {
		exit(0);
	}
}

static void show(const char *sessions) {
	char device[200], application[400], platform[200], address[100], active[40];
	const char *row = "%-18s %-32s %-10s %-16s %s%s\n";
	printf(row, "DEVICE", "APPLICATION", "PLATFORM", "ADDRESS", "LAST ACTIVE", "");
	for (const char *s = json_first(sessions); s != NULL; s = json_next(s)) {
		time_t date = json_number(json_get(s, "last_active_date"));
		strftime(active, sizeof active, "%Y-%m-%d %H:%M", localtime(&date));
		json_string(json_get(s, "application_name"), application, 200);
		strcat(application, " ");
		json_string(json_get(s, "application_version"), application + strlen(application), 200);
		printf(row, json_string(json_get(s, "device_model"), device, sizeof device), application,
			json_string(json_get(s, "platform"), platform, sizeof platform),
			json_string(json_get(s, "ip_address"), address, sizeof address), active,
			json_true(json_get(s, "is_current")) ? " (this one)" : "");
	}
}

int main(int argc, char **argv) {
	read_options(argc, argv);
	td_execute("{\"@type\":\"setLogVerbosityLevel\",\"new_verbosity_level\":1}");
	client = td_create_client_id();
	td_send(client, "{\"@type\":\"getOption\",\"name\":\"version\"}"); // the first request starts the client
	for (;;) {
		const char *event = td_receive(10.0);
		const char *type = json_get(event, "@type");
		if (json_is(type, "updateAuthorizationState")) {
			next_step(json_get(json_get(event, "authorization_state"), "@type"));
		} else if (json_is(type, "sessions")) {
			show(json_get(event, "sessions"));
			td_send(client, "{\"@type\":\"close\"}"); // stays logged in; logOut would end the session
		} else if (json_is(type, "error")) {
			char message[500];
			fprintf(stderr, "%s\n", json_string(json_get(event, "message"), message, sizeof message));
			return 1;
		}
	}
}
