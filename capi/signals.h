#ifndef CAPI_SIGNALS_H
#define CAPI_SIGNALS_H

/* Makes the program's signal handlers safe to run while the library does; to be called before calls into Go. */
void tdjson_mind_signals(void);

#endif
