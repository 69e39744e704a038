"""What the characters of names are in searches: letters in lower case without diacritics, spaces for what separates words, or nothing."""
import bisect

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
""" % go_string(bytes(runs)) + """
// foldIndex has two bytes for each 64 code points up to 0x1ffff, and for all others: the run that the first of them is in.
const foldIndex = %s
""" % go_string(index(runs)))


def index(runs):
    """Which run each block begins in, and the last one behind them."""
    firsts = [int.from_bytes(runs[i:i + 3], "big") for i in range(0, len(runs), 6)]
    blocks = [bisect.bisect_right(firsts, c) - 1 for c in range(0, 0x20001, 64)] + [len(firsts) - 1]
    return b"".join(run.to_bytes(2, "big") for run in blocks)
