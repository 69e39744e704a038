#!/usr/bin/env python3
"""Ask two libtdjson the same random questions and print where their answers differ.

usage: differ.py OURS THEIRS [--seconds N] [--seed N] [--functions NAME,…] [--all]

Only functions that td_execute takes are asked: recorded requests, mutated, and texts and entities made at random. Each library
runs in a process of its own. A request that ends THEIRS is counted and asked no more; one that ends OURS is a difference.
The first difference is printed and ends the run with status 1, or, with --all, every one is printed.
"""
import argparse
import collections
import ctypes
import json
import pathlib
import random
import struct
import subprocess
import sys
import time

BATCH = 200
RECORDED = pathlib.Path(__file__).resolve().parent.parent / "td" / "testdata" / "execute"


def serve(path):
    """Answers requests on the standard input, each with its length before it; a length of 0 sends the answers so far."""
    lib = ctypes.CDLL(path)
    lib.td_execute.restype, lib.td_execute.argtypes = ctypes.c_char_p, [ctypes.c_char_p]
    lib.td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":0}')
    read, write = sys.stdin.buffer.read, sys.stdout.buffer.write
    while head := read(4):
        if (n := struct.unpack("<I", head)[0]) == 0:
            sys.stdout.buffer.flush()
            continue
        answer = lib.td_execute(read(n)) or b""
        write(struct.pack("<I", len(answer)) + answer)


class Library:
    def __init__(self, path):
        self.path, self.process = path, None

    def stop(self):
        if self.process:
            self.process.kill()
            self.process.wait()
            self.process = None

    def ask(self, requests):
        """The answers, None for a request that ends the library."""
        answers = self.batch(requests)
        if answers is None:
            answers = [(self.batch([r]) or [None])[0] for r in requests]
        return answers

    def batch(self, requests):
        if not self.process:
            self.process = subprocess.Popen([sys.executable, __file__, "--serve", self.path], stdin=subprocess.PIPE,
                                            stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        try:
            self.process.stdin.write(b"".join(struct.pack("<I", len(r)) + r for r in requests) + bytes(4))
            self.process.stdin.flush()
            return [self.answer() for _ in requests]
        except (BrokenPipeError, struct.error):
            self.stop()
            return None

    def answer(self):
        n = struct.unpack("<I", self.process.stdout.read(4))[0]
        return self.process.stdout.read(n)


PLAIN = """@ / # $ : . ? ! - _ , ; ' " ` ( ) [ ] { } < > | * ~ = + & % \\ a b Z 0 1 12 1234 abc USD com org .com t.me telegram.org
http:// https:// HTTP:// shttp:// ftp:// tg:// ton:// tonsite:// tg: mailto: user:pass@ name@ @name @gif /start /start@bot #tag #1a $TON
4242424242424242 4111-1111-1111-1111 1:23 12:34:56 :60 xn--p1ai 127.0.0.1 256.1.1.1 a.b-c.de Sentence.Next .Com .COM рф РФ é ß Я я Ё 中 ١ ½ · «
» 😀 👨‍👩‍👧 \u200c \u200d \u200e \u200f \u2028 \u202e \u2013 \u00a0 \u3000 \u0333 \u0d85 ..""".split() + list(" \n\t\r\0\x0b") + [
    "a" * n for n in (26, 27, 31, 32, 33, 64, 65, 255, 256, 257)]
MARKUP = """<b> </b> <i> </i> <u> </u> <s> </s> <a> </a> </> <pre> </pre> <code> </code> <blockquote> </blockquote> <tg-spoiler> </tg-spoiler>
</span> &lt; &gt &amp; &quot; &#65; &#x41 &#xd83d; &#0; &nbsp; __ ** ~~ || ``` ```go ![ ]( ](t.me) ](http://a.bb/c?d) ](tg://user?id=5)
](tg://emoji?id=5) ](tg://time?unix=5&format=wDT) ](x) [a](t.me) **a** __b__ ~~c~~ ||d|| `e` \\_ \\* \\\\ *a* _b_ ||\n \n>a """.split() + [
    '<a href="http://t.me">', "<a href='tg://user?id=5'>", '<code class="language-go">', '<span class="tg-spoiler">',
    '<tg-emoji emoji-id="5">', '<tg-time unix="5" format="r">', "<blockquote expandable>", "<b title='x'>", "```\n", "\n>", "```go\nx```"]
KINDS = """Mention Hashtag BotCommand Url EmailAddress Bold Italic Code Pre PreCode TextUrl MentionName Cashtag PhoneNumber Underline
Strikethrough BlockQuote BankCardNumber MediaTimestamp Spoiler CustomEmoji ExpandableBlockQuote DateTime""".split()
FREQUENT = "Bold Italic Underline Strikethrough Spoiler BlockQuote Code TextUrl".split()
JSON = """{ } [ ] , : " \\ " "" \\" \\u00e9 \\ud83d \\ude00 \\u0000 \\x null true false nul 0 -1 1.5 1e5 1e400 -0 .5 5. 2147483648 99999999999999999999
{} [] [[]] {"a":1} "@type": "@extra": "@client_id":1 "text": "x":1, "_":"ok" é 😀""".split() + [" ", "\n", "\t"]
LINKS = ["t.me", "http://a.bb/c?d#e", "tg://user?id=5", "x.y/)", "tg:a?b", "example.com/é", "x", ""]


class Maker:
    """Makes requests."""

    def __init__(self, rng, functions):
        self.rng = rng
        self.recorded = collections.defaultdict(list)
        for file in sorted(RECORDED.glob("*.jsonl")):
            for line in file.open():
                request = json.loads(line).get("request")
                try:
                    function = json.loads(request)["@type"]
                except (TypeError, ValueError, KeyError, RecursionError):
                    continue
                if not isinstance(function, str) or not hasattr(self, function):
                    continue
                self.recorded[function].append(json.loads(request))
        self.functions = functions or self.FUNCTIONS

    FUNCTIONS = """getTextEntities parseTextEntities parseMarkdown getMarkdownText searchQuote searchStringsByPrefix cleanFileName
        checkQuickReplyShortcutName getFileMimeType getFileExtension getCountryFlagEmoji getPhoneNumberInfoSync getJsonValue
        getJsonString getPushReceiverId getThemeParametersJsonString getChatFolderDefaultIconName testReturnError""".split()

    def make(self):
        function = self.rng.choice(self.functions)
        request = {"@type": function, **getattr(self, function)()}
        if self.rng.random() < 0.1:
            request["@extra"] = self.json_value(2)
        text = json.dumps(request, ensure_ascii=self.rng.random() < 0.5)
        return (self.damaged(text) if self.rng.random() < 0.1 else text).encode()

    def damaged(self, text):
        """JSON that is perhaps none any more: pieces of it left out, doubled or replaced."""
        rng = self.rng
        for _ in range(rng.randrange(1, 4)):
            at, n = rng.randrange(len(text)), rng.choice((0, 1, 1, 2, 8))
            piece = rng.choice((rng.choice(JSON), rng.choice(JSON), text[at:at + n] * 2, ""))
            text = text[:at] + piece + text[at + n:]
        return valid(text)

    def text(self, tokens=PLAIN, field=None):
        """A random text, or a recorded one with random changes."""
        rng = self.rng
        if field and self.recorded[field] and rng.random() < 0.5:
            text = rng.choice(self.recorded[field]).get("text") or ""
            text = (text.get("text") or "") if isinstance(text, dict) else text
            if isinstance(text, str) and len(text) < 3000:
                for _ in range(rng.randrange(5)):
                    at, n = rng.randrange(len(text) + 1), rng.choice((0, 0, 1, 2, 5))
                    text = text[:at] + rng.choice(tokens) + text[at + n:]
                return valid(text)
        return "".join(rng.choice(tokens) for _ in range(rng.randrange(1, 16)))

    def formatted(self, tokens, field=None):
        rng = self.rng
        text = self.text(tokens, field)
        length = len(text.encode("utf-16-le")) // 2
        count = rng.choice((0, 0, 0, 1, 1, 2, 3, 5, 8, rng.randrange(60)))
        return {"text": text, "entities": [self.entity(length) for _ in range(count)]}

    def entity(self, length):
        rng = self.rng
        offset = rng.randrange(length + 1)
        size = rng.choice((0, 1, 2, 3, 6, rng.randrange(length + 2)))
        if rng.random() < 0.95:
            size = min(size, length - offset)
        kind = rng.choice(FREQUENT if rng.random() < 0.6 else KINDS)
        type_ = {"@type": "textEntityType" + kind}
        if kind == "PreCode":
            type_["language"] = rng.choice(("go", "", "a b", "é"))
        elif kind == "TextUrl":
            type_["url"] = rng.choice(LINKS[:6] if rng.random() < 0.99 else LINKS)
        elif kind == "MentionName":
            type_["user_id"] = rng.choice((1, 5, 0, -1, 1 << 40))
        elif kind == "MediaTimestamp":
            type_["media_timestamp"] = rng.randrange(-1, 300)
        elif kind == "CustomEmoji":
            type_["custom_emoji_id"] = str(rng.randrange(100))
        elif kind == "DateTime":
            type_["unix_time"] = rng.randrange(100)
            type_["formatting_type"] = rng.choice((None, {"@type": "dateTimeFormattingTypeRelative"}, {
                "@type": "dateTimeFormattingTypeAbsolute", "time_precision": {"@type": "dateTimePartPrecisionLong"}}))
        return {"offset": offset, "length": size, "type": type_}

    def getTextEntities(self):
        return {"text": self.text(PLAIN, "getTextEntities")}

    def parseTextEntities(self):
        mode = self.rng.choice(({"@type": "textParseModeHTML"}, {"@type": "textParseModeMarkdown", "version": 1},
                                {"@type": "textParseModeMarkdown", "version": 2}))
        return {"text": self.text(MARKUP + PLAIN, "parseTextEntities"), "parse_mode": mode}

    def parseMarkdown(self):
        return {"text": self.formatted(MARKUP + PLAIN, "parseMarkdown")}

    def getMarkdownText(self):
        return {"text": self.formatted(MARKUP + PLAIN, "getMarkdownText")}

    def searchQuote(self):
        text = self.text(["a", "b", "ab", "😀", "é", " "])
        at = self.rng.randrange(len(text))
        quote = text[at:at + self.rng.randrange(4)] if self.rng.random() < 0.9 else self.text()
        return {"text": {"text": text}, "quote": {"text": quote}, "quote_position": self.rng.randrange(-2, 20)}

    def searchStringsByPrefix(self):
        words = ["hello", "Hel", "мир", "МИ", "privet", "привет", "shch", "щука", "Ёж", "еж", "é", "ks", "кс", "yo", "ий", "x", "ъ"] + PLAIN
        some = lambda n: [valid("".join(self.rng.choice(words + [" ", " "]) for _ in range(self.rng.randrange(5)))) for _ in range(n)]
        return {"strings": some(self.rng.randrange(12)), "query": some(1)[0], "limit": self.rng.choice((-1, 0, 1, 3, 100)),
                "return_none_for_empty_query": self.rng.random() < 0.3}

    def cleanFileName(self):
        return {"file_name": self.text(PLAIN + [".txt", ".tar.gz", "/", "\\", " "])}

    def checkQuickReplyShortcutName(self):
        return {"name": self.text(["a", "é", "_", "1", "я", "-", " ", "·", "\u200c", "x" * 15])}

    def getFileMimeType(self):
        return {"file_name": "a." + "".join(self.rng.choice("abcdefghijklmnopqrstuvwxyzPJG234") for _ in range(self.rng.randrange(1, 5)))}

    def getFileExtension(self):
        types = [r["mime_type"] for r in self.recorded["getFileExtension"] if isinstance(r.get("mime_type"), str)] or ["text/plain"]
        return {"mime_type": self.rng.choice((str.upper, str.lower, str.title))(self.rng.choice(types))}

    def getCountryFlagEmoji(self):
        return {"country_code": "".join(self.rng.choice("abXYZftgvLU1é") for _ in range(self.rng.randrange(1, 4)))}

    def getPhoneNumberInfoSync(self):
        return {"language_code": self.rng.choice(("en", "ru", "")), "phone_number_prefix": "".join(
            self.rng.choice("0123456789+ -") for _ in range(self.rng.randrange(16)))}

    def getJsonValue(self):
        return {"json": "".join(self.rng.choice('[ ] { } , : " \\" \\u00e9 \\ud83d\\ude00 null true false tru 1 -1.5e3 1e 1e5.5 --2 . a é \n'.split(
            " ") + [" ", '"a":', "[]", "{}"]) for _ in range(self.rng.randrange(1, 12)))}

    def getJsonString(self):
        return {"json_value": self.json_value(3)}

    def json_value(self, depth):
        kind = self.rng.randrange(6 if depth else 4)
        if kind == 0:
            return self.rng.choice((None, {"@type": "jsonValueNull"}))
        if kind == 1:
            return {"@type": "jsonValueBoolean", "value": self.rng.random() < 0.5}
        if kind == 2:
            return {"@type": "jsonValueNumber", "value": self.rng.choice((0, -1, 1.5, 1e10, 1e-7, 123456789.123456789, self.rng.random()))}
        if kind == 3:
            return {"@type": "jsonValueString", "value": self.text()}
        if kind == 4:
            return {"@type": "jsonValueArray", "values": [self.json_value(depth - 1) for _ in range(self.rng.randrange(4))]}
        return {"@type": "jsonValueObject", "members": [{"key": self.text(), "value": self.json_value(depth - 1)} for _ in range(self.rng.randrange(4))]}

    COLORS = """background_color secondary_background_color header_background_color bottom_bar_background_color section_background_color
        section_separator_color text_color accent_text_color section_header_text_color subtitle_text_color destructive_text_color
        hint_color link_color button_color button_text_color""".split()

    def getThemeParametersJsonString(self):
        return {"theme": {color: self.rng.choice((0, 1, 255, 0xffffff, -1, 1 << 24, 0x7fffffff, self.rng.randrange(1 << 24)))
                          for color in self.COLORS if self.rng.random() < 0.7}}

    def getChatFolderDefaultIconName(self):
        names = "All Unread Unmuted Bots Channels Groups Private Custom Setup Cat Crown Favorite Flower Game Home x".split()
        flags = """exclude_muted exclude_read exclude_archived include_contacts include_non_contacts include_bots include_groups
            include_channels is_shareable""".split()
        folder = {flag: self.rng.random() < 0.4 for flag in flags}
        if self.rng.random() < 0.3:
            folder["icon"] = {"@type": "chatFolderIcon", "name": self.rng.choice(names)}
        for chats in ("pinned_chat_ids", "included_chat_ids", "excluded_chat_ids"):
            if self.rng.random() < 0.2:
                folder[chats] = [self.rng.randrange(-5, 5) for _ in range(self.rng.randrange(3))]
        return {"folder": folder}

    def testReturnError(self):
        return {"error": {"code": self.rng.choice((0, 1, -1, 400, 404, 1 << 31, 2.5, "5")), "message": self.text()}}

    def getPushReceiverId(self):
        data = {}
        for key, values in (("p", ("AAAAAAAAAAAAAAA", "short", 123456789012345, None, "-_-_-_-_-_-_", "AAAAAAAAAA A", [])),
                            ("user_id", (5, "5", "05", -1, 0, 1.5, None, "x"))):
            if self.rng.random() < 0.6:
                data[key] = self.rng.choice(values)
        if self.rng.random() < 0.5:
            data = {"data": self.rng.choice((data, [], None)), **(data if self.rng.random() < 0.2 else {})}
        return {"payload": json.dumps(data) + self.rng.choice(("", "", " ", "x"))}


def valid(text):
    """The text without halves of surrogate pairs, which no UTF-8 has."""
    return text.encode("utf-8", "ignore").decode()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ours"), parser.add_argument("theirs")
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=None)
    parser.add_argument("--functions", type=lambda s: s.split(","), default=None)
    parser.add_argument("--all", action="store_true")
    args = parser.parse_args()
    seed = args.seed if args.seed is not None else random.randrange(1 << 32)
    maker = Maker(random.Random(seed), args.functions)
    libraries = Library(args.ours), Library(args.theirs)
    count, ended, differences = 0, 0, 0
    stop = time.monotonic() + args.seconds
    try:
        while time.monotonic() < stop and (args.all or not differences):
            requests = [r for r in (maker.make() for _ in range(BATCH)) if b"\0" not in r]
            for request, our, their in zip(requests, *(lib.ask(requests) for lib in libraries)):
                count += 1
                if their is None and our is not None:
                    ended += 1
                elif our != their:
                    differences += 1
                    print(f"request {request.decode()}\nours    {our}\ntheirs  {their}\n")
                    if not args.all:
                        break
    finally:
        for lib in libraries:
            lib.stop()
    print(f"{count} requests, {differences} differences, {ended} that end the second library; seed {seed}")
    sys.exit(differences > 0)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(sys.argv[2])
    else:
        main()
