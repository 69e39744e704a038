/* A program as it is written for TDLib: it asks for the version and ends with 0 if it is the one that is named. */

#include <td/telegram/td_json_client.h>
#include <td/telegram/td_log.h>

#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
	const char *text;
	int client, tries;
	char want[64];

	if (argc != 2) {
		fprintf(stderr, "usage: %s VERSION\n", argv[0]);
		return 2;
	}
	snprintf(want, sizeof want, "\"value\":\"%s\"", argv[1]);
	td_set_log_verbosity_level(1);
	client = td_create_client_id();
	td_send(client, "{\"@type\":\"getOption\",\"name\":\"version\",\"@extra\":\"the version\"}");
	for (tries = 0; tries < 100; tries++) {
		text = td_receive(1.0);
		if (text != NULL && strstr(text, "the version") != NULL) {
			puts(text);
			return strstr(text, want) == NULL;
		}
	}
	fputs("no answer\n", stderr);
	return 1;
}
