"""Which last labels make a name without a scheme a link."""
import itertools
import re

from library import go_file, probe

ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def candidates(lib):
    """Every label of up to four letters, and whatever stands in the library's strings as the end of one."""
    for n in (2, 3, 4):
        yield from ("".join(p) for p in itertools.product(ALPHABET, repeat=n))
    with open(lib.path, "rb") as f:
        data = f.read()
    seen = set()
    for m in re.finditer(rb"([a-z]{5,24}|[^\x00-\x7f][^\x00-\x1f /:.]{1,60})\x00", data):
        try:
            word = m[1].decode()
        except UnicodeDecodeError:
            continue
        for i in range(len(word) - 1):
            if word[i:] not in seen and (len(word) - i > 4 or word[i] > "z"):
                seen.add(word[i:])
    for m in re.finditer(rb"[a-z\x80-\xff]{3,60}\x00", data):  # mixed ones, such as verm…
        try:
            word = m[0][:-1].decode()
        except UnicodeDecodeError:
            continue
        if not word.isascii() and len(word) < 25:
            seen.update(word[i:] for i in range(len(word) - 1))
    yield from sorted(seen)


def write(lib, path):
    labels = sorted(set(candidates(lib)))
    found = probe(lib, ["q." + l for l in labels], "Url")
    known = [l for l, f in zip(labels, found) if f is not None and f == (0, 2 + len(l))]
    known = [l for l in known if l == l.lower()]
    cases, line = [], "\tcase"
    for l in known:
        item = ' "%s",' % l
        if len(line) + len(item) > 140:
            cases.append(line)
            line = "\t\t" + item[1:]
        else:
            line += item
    cases.append(line)
    go_file(path, "text", """// isTLD reports whether a lower-case label ends names that are links without a scheme.
func isTLD(label string) bool {
	switch label {
%s:
		return true
	}
	return false
}
""" % "\n".join(cases).rstrip(","))
