#ifndef TDJSON_EXPORT_H
#define TDJSON_EXPORT_H

/* TDJSON_EXPORT marks what the library offers; it stands on all of it and on nothing else. On Windows a program that
 * links the static library defines TDJSON_STATIC_DEFINE. tdjson_EXPORTS is for the building of the library alone. */
#if defined(_WIN32) && defined(tdjson_EXPORTS)
#define TDJSON_EXPORT __declspec(dllexport)
#elif defined(_WIN32) && !defined(TDJSON_STATIC_DEFINE)
#define TDJSON_EXPORT __declspec(dllimport)
#elif defined(_WIN32)
#define TDJSON_EXPORT
#elif defined(__GNUC__)
#define TDJSON_EXPORT __attribute__((visibility("default")))
#else
#define TDJSON_EXPORT
#endif

#endif
