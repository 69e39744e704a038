#ifndef TD_JSON_CLIENT_H
#define TD_JSON_CLIENT_H

/*
 * Telegram for any language that can call C: requests go in as JSON, answers
 * and updates come out as JSON.
 *
 *   int client = td_create_client_id();
 *   td_send(client, "{\"@type\":\"getOption\",\"name\":\"version\",\"@extra\":1}");
 *   for (;;) {
 *     const char *object = td_receive(10.0);
 *     if (object != NULL) handle(object);
 *   }
 *
 * "@type" names the function or object, "@extra" (any JSON) comes back in the
 * answer, "@client_id" says which client an answer or update is of. Numbers of
 * type int64 are strings, bytes are base64, fields that are null are left out.
 *
 * All text is UTF-8 and ends with a zero byte. A request that is NULL counts as
 * an empty string. Every request gets exactly one answer, an object of @type
 * "error" if it failed; whatever the request is, the program is not ended.
 *
 * A returned string belongs to the thread that got it: it stays as it is until
 * that thread calls any of td_receive, td_execute, td_json_client_receive and
 * td_json_client_execute again, or ends. Other threads do not disturb it. It
 * must not be freed.
 */

#include "td/telegram/tdjson_export.h"

#ifdef __cplusplus
extern "C" {
#endif

/* Gives out the number of a new client. The client starts with the first
 * request that is sent to it. Its number is not used again. */
TDJSON_EXPORT int td_create_client_id(void);

/* Sends a request to a client and returns at once. From any thread. The answer
 * comes out of td_receive, also when there is no such client. */
TDJSON_EXPORT void td_send(int client_id, const char *request);

/* Waits up to timeout seconds for an answer or an update of any client; NULL if
 * there was none. To be called from one thread at a time: while one waits,
 * another gets an error object. */
TDJSON_EXPORT const char *td_receive(double timeout);

/* Answers a request that needs no client, at once. From any thread. Only
 * functions that are marked so can be called like this. */
TDJSON_EXPORT const char *td_execute(const char *request);

/* Called with a line of the log, which is valid during the call only. May come
 * from any thread, several at a time. It must not call the library. */
typedef void (*td_log_message_callback_ptr)(int verbosity_level, const char *message);

/* Has callback called with every line of the log whose verbosity level is at
 * most max_verbosity_level, and at most the log's own. A callback of NULL or a
 * negative level ends that. */
TDJSON_EXPORT void td_set_log_message_callback(int max_verbosity_level, td_log_message_callback_ptr callback);

/* --- The older interface: one queue for each client, and no "@client_id". --- */

/* Makes and starts a client. A pointer that is no such client's, or no longer,
 * is harmless in all functions below. */
TDJSON_EXPORT void *td_json_client_create(void);

/* Sends a request to client. */
TDJSON_EXPORT void td_json_client_send(void *client, const char *request);

/* Waits up to timeout seconds for an answer or an update of client. */
TDJSON_EXPORT const char *td_json_client_receive(void *client, double timeout);

/* The same as td_execute; client may be NULL. */
TDJSON_EXPORT const char *td_json_client_execute(void *client, const char *request);

/* Closes client and waits until it is closed. What it still had to say is lost. */
TDJSON_EXPORT void td_json_client_destroy(void *client);

#ifdef __cplusplus
}
#endif

#endif
