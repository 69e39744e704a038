#ifndef CAPI_RESULT_H
#define CAPI_RESULT_H

#include <stddef.h>

#include "td/telegram/td_json_client.h"

/* td_result is where the answers to one thread are written. */
typedef struct {
	char *data;
	size_t size;
} td_result;

/* Makes room for at least size bytes; what was in it is lost. Returns 0 if there is no memory. */
int tdjson_result_grow(td_result *result, size_t size);

/* Calls a callback, which Go cannot do itself. */
void tdjson_call_log_callback(td_log_message_callback_ptr callback, int level, const char *line);

#endif
