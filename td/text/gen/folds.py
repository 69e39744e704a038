"""What the characters of names are in searches: letters in lower case without diacritics, spaces for what separates words, or nothing."""
from library import go_file, go_string

SKIP, SPACE = 0, 32


def measure(lib):
    """The functions that td_execute reaches only through whole searches are asked directly: the library exports them."""
    prepare = lib.function("_ZN2td24prepare_search_characterEj")
    strip = lib.function("_ZN2td17remove_diacriticsEj")
    folded = []
    for c in range(0x110000):
        p = prepare(c)
        folded.append(p if p in (SKIP, SPACE) else strip(p))
    return folded


def write(lib, path):
    folded = measure(lib)
    runs = bytearray()
    expected = None
    for c, f in enumerate(folded):
        if f != expected:
            runs += c.to_bytes(3, "big") + f.to_bytes(3, "big")
        expected = f if f in (SKIP, SPACE) else f + 1
    go_file(path, "text", """// foldRuns has six bytes for each run of code points that are folded alike: the first one and what it becomes, three bytes each. 0 and space
// stand for all of a run, the others count up in it.
const foldRuns = %s
""" % go_string(bytes(runs)))
