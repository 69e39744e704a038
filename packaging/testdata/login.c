/* A program as it is written for TDLib: it logs in to the local Telegram, or finds itself logged in and logs out.
 *
 *   login new DIRECTORY      has to be asked for the phone number; logs in and closes
 *   login known DIRECTORY    must not be asked; logs out
 */

#include <td/telegram/td_json_client.h>

#include <stdio.h>
#include <string.h>

static int client;

/* Sends the parameters with the directory, backslashes doubled. */
static void send_parameters(const char *directory) {
	char request[2000], path[1000];
	size_t n = 0;
	for (; *directory != '\0' && n + 2 < sizeof path; directory++) {
		if (*directory == '\\') {
			path[n++] = '\\';
		}
		path[n++] = *directory;
	}
	path[n] = '\0';
	snprintf(request, sizeof request,
		"{\"@type\":\"setTdlibParameters\",\"use_test_dc\":true,\"database_directory\":\"%s\",\"api_id\":1,\"api_hash\":\"a\","
		"\"system_language_code\":\"en\",\"device_model\":\"Trial\",\"application_version\":\"1\"}", path);
	td_send(client, request);
}

static int is(const char *text, const char *state) {
	char type[100];
	snprintf(type, sizeof type, "\"@type\":\"authorizationState%s\"", state);
	return strstr(text, type) != NULL;
}

int main(int argc, char **argv) {
	int known, tries, asked = 0, ready = 0;
	if (argc != 3) {
		fprintf(stderr, "usage: %s new|known DIRECTORY\n", argv[0]);
		return 2;
	}
	known = strcmp(argv[1], "known") == 0;
	td_execute("{\"@type\":\"setLogVerbosityLevel\",\"new_verbosity_level\":1}");
	client = td_create_client_id();
	td_send(client, "{\"@type\":\"getOption\",\"name\":\"version\"}");
	for (tries = 0; tries < 200; tries++) {
		const char *text = td_receive(1.0);
		if (text == NULL) {
			continue;
		}
		if (strstr(text, "{\"@type\":\"error\"") == text) {
			puts(text);
			return 1;
		}
		if (strstr(text, "{\"@type\":\"updateAuthorizationState\"") != text) {
			continue;
		}
		if (is(text, "WaitTdlibParameters")) {
			send_parameters(argv[2]);
		} else if (is(text, "WaitPhoneNumber")) {
			asked = 1;
			td_send(client, "{\"@type\":\"setAuthenticationPhoneNumber\",\"phone_number\":\"+15550001111\"}");
		} else if (is(text, "WaitCode")) {
			td_send(client, "{\"@type\":\"checkAuthenticationCode\",\"code\":\"12345\"}");
		} else if (is(text, "Ready")) {
			ready = 1;
			td_send(client, known ? "{\"@type\":\"logOut\"}" : "{\"@type\":\"close\"}");
		} else if (is(text, "Closed")) {
			printf("%s: asked for the phone number %d, logged in %d\n", argv[1], asked, ready);
			return !(ready && asked == !known);
		}
	}
	fputs("no answer\n", stderr);
	return 1;
}
