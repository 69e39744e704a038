#ifndef TDJSON_EXPORT_H
#define TDJSON_EXPORT_H

/* TDJSON_EXPORT marks what the library offers; it stands on all of it and on nothing else. */
#if defined(_WIN32)
#define TDJSON_EXPORT __declspec(dllimport)
#elif defined(__GNUC__)
#define TDJSON_EXPORT __attribute__((visibility("default")))
#else
#define TDJSON_EXPORT
#endif

#endif
