// json.h: as much JSON as a small program needs, read in place.
//
// A value is a pointer to where it begins in a text that the library gave out,
// which is therefore known to be well formed. NULL is no value; all functions take it.

#ifndef JSON_H
#define JSON_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// json_end returns where the value ends.
static const char *json_end(const char *value) {
	int depth = 0;
	for (const char *p = value; *p != '\0'; p++) {
		if (*p == '"') {
			for (p++; *p != '"'; p++) {
				p += *p == '\\';
			}
		} else if (*p == '{' || *p == '[') {
			depth++;
			continue;
		} else if (*p == '}' || *p == ']') {
			depth--;
		} else if (depth > 0 || (p[1] != ',' && p[1] != '}' && p[1] != ']' && p[1] != '\0')) {
			continue;
		}
		if (depth == 0) {
			return p + 1;
		}
	}
	return value;
}

// json_first and json_next go through the elements of an array.
static const char *json_first(const char *array) {
	return array != NULL && array[0] == '[' && array[1] != ']' ? array + 1 : NULL;
}

static const char *json_next(const char *element) {
	const char *end = json_end(element);
	return *end == ',' ? end + 1 : NULL;
}

// json_get returns the field of an object.
static const char *json_get(const char *object, const char *name) {
	size_t n = strlen(name);
	if (object == NULL || object[0] != '{' || object[1] == '}') {
		return NULL;
	}
	for (const char *key = object + 1;;) {
		const char *value = json_end(key) + 1;
		if (strncmp(key + 1, name, n) == 0 && key[n + 1] == '"') {
			return value;
		}
		const char *end = json_end(value);
		if (*end != ',') {
			return NULL;
		}
		key = end + 1;
	}
}

// json_is tells whether a value is this string of plain characters.
static int json_is(const char *value, const char *text) {
	size_t n = strlen(text);
	return value != NULL && value[0] == '"' && strncmp(value + 1, text, n) == 0 && value[n + 1] == '"';
}

static long long json_number(const char *value) {
	return value == NULL ? 0 : strtoll(value, NULL, 10);
}

static int json_true(const char *value) {
	return value != NULL && *value == 't';
}

// put_utf8 writes a character and returns where the next one goes.
static char *put_utf8(char *p, unsigned long c) {
	static const unsigned char marks[] = {0, 0, 0xC0, 0xE0, 0xF0};
	int n = c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
	for (int i = n - 1; i > 0; i--, c >>= 6) {
		p[i] = (char)(0x80 | (c & 0x3F));
	}
	p[0] = (char)(n == 1 ? c : marks[n] | c);
	return p + n;
}

static unsigned long hex4(const char *p) {
	char digits[5] = {p[0], p[1], p[2], p[3], 0};
	return strtoul(digits, NULL, 16);
}

// json_string writes a string as UTF-8 to out, cut if size is too small, and returns out.
static char *json_string(const char *value, char *out, size_t size) {
	char *o = out;
	if (value != NULL && *value == '"') {
		for (const char *p = value + 1; *p != '"' && o + 5 < out + size; p++) {
			unsigned long c = (unsigned char)*p;
			if (c != '\\') {
				*o++ = *p;
				continue;
			}
			switch (*++p) {
			case 'n': c = '\n'; break;
			case 't': c = '\t'; break;
			case 'r': c = '\r'; break;
			case 'b': c = '\b'; break;
			case 'f': c = '\f'; break;
			case 'u':
				c = hex4(p + 1);
				p += 4;
				if (c >> 10 == 0xD800 >> 10 && p[1] == '\\') { // the first half of a pair
					c = 0x10000 + ((c & 0x3FF) << 10) + (hex4(p + 3) & 0x3FF);
					p += 6;
				}
				break;
			default: c = (unsigned char)*p;
			}
			o = put_utf8(o, c);
		}
	}
	*o = '\0';
	return out;
}

// json_quote writes text as a JSON string to out, cut if size is too small, and returns out.
static char *json_quote(const char *text, char *out, size_t size) {
	char *o = out;
	*o++ = '"';
	for (; *text != '\0' && o + 8 < out + size; text++) {
		if (*text == '"' || *text == '\\') {
			*o++ = '\\';
			*o++ = *text;
		} else if ((unsigned char)*text < 0x20) {
			o += sprintf(o, "\\u%04x", *text);
		} else {
			*o++ = *text;
		}
	}
	strcpy(o, "\"");
	return out;
}

#endif
