#ifndef TD_LOG_H
#define TD_LOG_H

/* The older way to control the log. New programs call setLogStream and
 * setLogVerbosityLevel through td_execute, and td_set_log_message_callback. */

#include "td/telegram/tdjson_export.h"

#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Writes the log, and what the program writes to its standard error stream, to
 * the end of a file; an empty path or NULL: to the standard error stream.
 * Returns 1, or 0 if the file cannot be written, and then nothing changes. */
TDJSON_EXPORT int td_set_log_file_path(const char *file_path);

/* A log file that grows beyond this many bytes is renamed and begun again. */
TDJSON_EXPORT void td_set_log_max_file_size(int64_t max_file_size);

/* Writes lines of up to this level: 0 only what is fatal, 1 errors, 2 warnings,
 * 3 what happens, 4 and up ever more, to 1024. Anything else is ignored. */
TDJSON_EXPORT void td_set_log_verbosity_level(int new_verbosity_level);

typedef void (*td_log_fatal_error_callback_ptr)(const char *error_message);

/* Takes the place of the callback of td_set_log_message_callback. This library
 * has no errors that end the program, so it never calls it. */
TDJSON_EXPORT void td_set_log_fatal_error_callback(td_log_fatal_error_callback_ptr callback);

#ifdef __cplusplus
}
#endif

#endif
