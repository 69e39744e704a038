"""Which file name extension stands for which MIME type, and the other way around."""
import itertools
import re
import string

from library import go_file

EXTENSION = rb"[A-Za-z0-9][A-Za-z0-9+_-]{3,22}"
TYPE = rb"[A-Za-z0-9-]{1,30}/[A-Za-z0-9][A-Za-z0-9.+_-]{0,99}"


def constants(lib, pattern):
    """What strings of the library end with that matches, in lower case: the compiler lets strings share their ends."""
    with open(lib.path, "rb") as f:
        return {m[1].decode().lower() for m in re.finditer(rb"(?=(%s)\x00)" % pattern, f.read())}


def measure(lib):
    short = ("".join(p) for n in (1, 2, 3) for p in itertools.product(string.ascii_lowercase + string.digits, repeat=n))
    extensions = set(short) | constants(lib, EXTENSION)
    types = constants(lib, TYPE)
    by_extension, by_type = {}, {}
    for e in sorted(extensions):
        if t := lib.ask("getFileMimeType", file_name="x." + e)["text"]:
            by_extension[e] = t
            types.add(t.lower())
    for t in sorted(types):
        if e := lib.ask("getFileExtension", mime_type=t)["text"]:
            by_type[t] = e
            if e not in extensions and (t := lib.ask("getFileMimeType", file_name="x." + e)["text"]):
                by_extension[e] = t
    return by_extension, by_type


def switch(name, doc, argument, table):
    answers = {}
    for key, answer in sorted(table.items()):
        answers.setdefault(answer, []).append(key)
    cases = "".join("\tcase %s:\n\t\treturn \"%s\"\n" % (", ".join('"%s"' % k for k in keys), answer) for answer, keys in sorted(answers.items()))
    return "// %s is %s, or empty.\nfunc %s(%s string) string {\n\tswitch %s {\n%s\t}\n\treturn \"\"\n}\n" % (name, doc, name, argument, argument, cases)


def write(lib, path):
    by_extension, by_type = measure(lib)
    go_file(path, "text", switch("mimeTypeOf", "the MIME type that a lower-case extension stands for", "extension", by_extension) + "\n" +
            switch("extensionOf", "the extension of files of a lower-case MIME type", "mimeType", by_type))
