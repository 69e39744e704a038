"""Which code points are letters, digits, numbers and separators."""
from library import go_file, go_string, probe, utf16_length

OTHER, LETTER, DIGIT, NUMBER, SEPARATOR = range(5)
BLOCK = 128


def measure(lib):
    codes = [c for c in range(0x110000) if not 0xd800 <= c < 0xe000]
    chars = [chr(c) for c in codes]
    skip = set("\n")
    ask = lambda form, kind: probe(lib, [form.replace("?", "a" if c in skip else c) for c in chars], kind)
    letter = ask("#?", "Hashtag")
    tag = ask("#a?", "Hashtag")
    word = ask("?@abcd", "Mention")
    # A scheme that ends in "http" is cut down to it, but "shttp" alone is none: a character that can't be in a scheme makes it stand alone.
    scheme = ask("?shttp://t.me", "Url")
    category = bytearray(0x110000)
    for i, c in enumerate(codes):
        if chars[i] in skip:
            continue
        is_word = word[i] is None and chr(c) != "_"
        in_tag = tag[i] is not None and tag[i][1] == 2 + utf16_length(chars[i])
        if letter[i] is not None:
            category[c] = LETTER
        elif is_word:
            category[c] = DIGIT if in_tag else NUMBER
        elif c == 32 or c > 0x7f and scheme[i] is None:
            category[c] = SEPARATOR
    return bytes(category)


def write(lib, path):
    category = measure(lib)
    blocks, index = {}, []
    for start in range(0, len(category), BLOCK):
        index.append(blocks.setdefault(category[start:start + BLOCK], len(blocks)))
    while index[-1] == index[-2]:
        index.pop()
    assert len(blocks) < 256
    packed = bytearray()
    for b in blocks:
        packed += bytes(b[i] | b[i + 1] << 4 for i in range(0, BLOCK, 2))
    go_file(path, "text", """// categoryIndex has the block of each %d code points; what lies beyond is of its last block.
const categoryIndex = %s

// categoryBlocks has two code points a byte, the first in its low half.
const categoryBlocks = %s
""" % (BLOCK, go_string(bytes(index)), go_string(bytes(packed))))
    return category
