/* Starts the Go runtime where the C library is musl. Go's own start is a constructor that takes the program's arguments,
   environment and auxiliary values from its parameters. glibc passes them to constructors, musl passes nothing, so here they are
   put together anew. targets.sh puts this in the place of Go's constructor; START is the name of what that called. */

#define _GNU_SOURCE
#include <errno.h>
#include <stdlib.h>
#include <sys/auxv.h>
#include <unistd.h>

void START(int argc, char **argv);

/* What the runtime and its packages look for. */
static const unsigned long kinds[] = {AT_PAGESZ, AT_RANDOM, AT_SECURE, AT_HWCAP, AT_HWCAP2, AT_SYSINFO_EHDR};

__attribute__((constructor)) static void start(void) {
	size_t variables = 0, at = 0;
	while (environ != NULL && environ[variables] != NULL) {
		variables++;
	}
	/* As the kernel lays it out: a name and its NULL, the environment and its NULL, pairs up to AT_NULL. The runtime keeps it. */
	char **block = calloc(2 + variables + 1 + 2 * (sizeof kinds / sizeof *kinds + 1), sizeof *block);
	if (block == NULL) {
		abort();
	}
	block[at++] = program_invocation_name;
	at++;
	for (size_t i = 0; i < variables; i++) {
		block[at++] = environ[i];
	}
	at++;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		unsigned long value = getauxval(kinds[i]);
		if (value != 0) {
			block[at++] = (char *)kinds[i];
			block[at++] = (char *)value;
		}
	}
	START(1, block);
}
