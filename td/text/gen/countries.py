"""The countries that are known before a server tells more: their names, calling codes, and how numbers are written there."""
import base64
import re
import struct
import zlib

from library import go_file

LIST, COUNTRY, CODE, VECTOR = 0x87d0759e, 0xc3878e23, 0x4203c5ef, 0x1cb5c415


class Reader:
    """Reads what Telegram's server answers to help.getCountriesList, which the library carries along."""

    def __init__(self, data):
        self.data, self.at = data, 0

    def int(self):
        self.at += 4
        return struct.unpack_from("<I", self.data, self.at - 4)[0]

    def string(self):
        n, head = self.data[self.at], 1
        if n == 254:
            n, head = int.from_bytes(self.data[self.at + 1:self.at + 4], "little"), 4
        s = self.data[self.at + head:self.at + head + n]
        self.at += (head + n + 3) // 4 * 4
        return s.decode()

    def expect(self, constructor):
        got = self.int()
        assert got == constructor, hex(got)

    def vector(self, read):
        self.expect(VECTOR)
        return [read() for _ in range(self.int())]

    def code(self):
        self.expect(CODE)
        flags = self.int()
        return (self.string(), self.vector(self.string) if flags & 1 else [], self.vector(self.string) if flags & 2 else [])

    def country(self):
        self.expect(COUNTRY)
        flags = self.int()
        iso2, default = self.string(), self.string()
        name = self.string() if flags & 2 else ""
        return iso2, default, name, bool(flags & 1), self.vector(self.code)

    def countries(self):
        self.expect(LIST)
        return self.vector(self.country)


def unpack(packed):
    try:
        return zlib.decompress(base64.urlsafe_b64decode(packed + b"=" * (-len(packed) % 4)))
    except (ValueError, zlib.error):
        return b""


def measure(lib):
    with open(lib.path, "rb") as f:
        unpacked = [unpack(p) for p in re.findall(rb"eJ[A-Za-z0-9_-]{2000,}", f.read())]
    return Reader(next(u for u in unpacked if u.startswith(struct.pack("<I", LIST)))).countries()


def strings(values):
    return "[]string{%s}" % ", ".join('"%s"' % v for v in values) if values else "nil"


def write(lib, path):
    lines = []
    for iso2, default, name, hidden, codes in measure(lib):
        assert not name or name == default, name
        listed = ", ".join('{"%s", %s, %s}' % (code, strings(prefixes), strings(patterns)) for code, prefixes, patterns in codes)
        lines.append('\t{Code: "%s", Name: "%s", %sCallingCodes: []CallingCode{%s}},\n' % (iso2, default, "Hidden: true, " if hidden else "", listed))
    go_file(path, "text", """// englishCountries are the countries with their English names. They are never changed.
var englishCountries = []Country{
%s}
""" % "".join(lines))
