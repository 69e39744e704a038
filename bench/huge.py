"""Gives any libtdjson requests of up to 64 MB that are meant to make it slow or large: huge.py LIBTDJSON [REAL] [--mb 64] [--group text] [--only WORD].

Each request runs in a process of its own, which says how long td_execute took (or td_send and td_receive until the answer), how far the process's
memory grew beyond the request itself, and the answer's beginning. A process that takes longer than --limit seconds is ended: what is quadratic
shows so. Ends with 1 if one of the first library's requests crashed or took too long.
"""
import argparse
import ctypes
import json
import os
import subprocess
import sys
import tempfile
import time

def fill(part, size, head="", tail=""):
    """head, part over and over, and tail, of about size bytes."""
    return head + part * max(1, (size - len(head) - len(tail)) // len(part.encode())) + tail

def request(kind, body=""):
    return '{"@type":"%s"%s}' % (kind, "," + body if body else "")

def text(kind, field, value, more=""):
    return request(kind, '"%s":%s%s' % (field, json.dumps(value, ensure_ascii=False), more))

def formatted(kind, value, entities='{"offset":0,"length":1,"type":{"@type":"textEntityTypeBold"}}'):
    return request(kind, '"text":{"@type":"formattedText","text":%s,"entities":[%s]}' % (json.dumps(value, ensure_ascii=False), entities))

def json_cases(n):
    """The JSON itself."""
    yield "nothing but spaces", " " * n
    yield "an array of [", "[" * n
    yield "objects in objects", '{"a":' * (n // 5)
    yield "100 deep, over and over", request("getOption", '"@extra":[' + ",".join(["[" * 97 + "]" * 97] * (n // 195)) + "]")
    yield "a list of small numbers", request("testCallVectorInt", '"x":[' + "1," * (n // 2) + "1]")
    yield "a list of small numbers for nothing", request("getOption", '"x":[' + "1," * (n // 2) + "1]")
    yield "a list of empty objects", request("testCallVectorIntObject", '"x":[' + "{}," * (n // 3) + "{}]")
    yield "a list of empty lists", request("getOption", '"x":[' + "[]," * (n // 3) + "[]]")
    yield "a list of objects with types", request("testCallVectorStringObject", '"x":[' + '{"@type":"testString"},' * (n // 23) + "{}]")
    yield "a list of empty strings", request("testCallVectorString", '"x":[' + '"",' * (n // 3) + '""]')
    yield "an object of many members", request("setTdlibParameters", '"a":1,' * (n // 6) + '"b":1')
    yield "an object of many names with escapes", request("setTdlibParameters", '"\\u0061":1,' * (n // 11) + '"b":1')
    yield "one name many times", request("getOption", '"name":"version",' * (n // 17) + '"b":1')
    yield "a number of many digits", request("testSquareInt", '"x":' + "9" * n)
    yield "a double of many digits", request("sendMessage", '"chat_id":1,"input_message_content":{"@type":"inputMessageLocation","location":{"latitude":0.' + "1" * n + "}}")
    yield "a double that overflows", request("sendMessage", '"chat_id":1,"input_message_content":{"@type":"inputMessageLocation","location":{"latitude":' + "1" * n + "e999999999}}")
    yield "base64", request("testCallBytes", '"x":"' + "AAAA" * (n // 4) + '"')
    yield "bad base64", request("testCallBytes", '"x":"' + "AAAA" * (n // 4 - 1) + '===="')
    yield "a string of ASCII", text("testCallString", "x", "a" * n)
    yield "a string of two bytes a letter", text("testCallString", "x", "я" * (n // 2))
    yield "a string of \\u0001", request("testCallString", '"x":"' + "\\u0001" * (n // 6) + '"')
    yield "a string of \\", request("testCallString", '"x":"' + "\\\\" * (n // 2) + '"')
    yield "lone surrogates", request("testCallString", '"x":"' + "\\ud800" * (n // 6) + '"')
    yield "a string that does not end", '{"@type":"' + "a" * n
    yield "an unknown class of a long name", request("a" * n)
    yield "a long @extra", request("getOption", '"name":"version","@extra":"' + "é" * (n // 2) + '"')
    yield "a wide @extra", request("getOption", '"name":"version","@extra":[' + '{"a":1},' * (n // 8) + "1]")
    nested = '{"@type":"richTextBold","text":' * 90 + '{"@type":"richTextPlain","text":"a"}' + "}" * 90
    yield "deep objects over and over", request("getOption", '"name":"a","@extra":[' + ",".join([nested] * (n // len(nested))) + "]")
    yield "a long option's name", text("getOption", "name", "a" * n)

def json_value_cases(n):
    """getJsonValue and getJsonString."""
    yield "getJsonValue, wide", text("getJsonValue", "json", "[" + "1," * (n // 2) + "1]")
    yield "getJsonValue, members", text("getJsonValue", "json", "{" + '"a":{},' * (n // 9) + '"b":1}')
    yield "getJsonValue, deep", text("getJsonValue", "json", "[" * n)
    yield "getJsonValue, a long string", text("getJsonValue", "json", '"' + "a" * n + '"')
    yield "getJsonString, wide", request("getJsonString", '"json_value":{"@type":"jsonValueArray","values":[' + '{"@type":"jsonValueNull"},' * (n // 26) + '{"@type":"jsonValueNull"}]}')
    yield "getJsonString, a long string", request("getJsonString", '"json_value":{"@type":"jsonValueString","value":"' + "\\u0001" * (n // 6) + '"}')

BAIT = [  # what may have a scanner look at the same bytes again and again
    "a", "я", "😀", " ", "\n", ".", "..", "a.", ".a", "a.b", "a.b ", "@", "@@", "a@", "@a", "@aaa", "@aaaa ", "a@a", "a@b.c", "a@b.cc ", "@.", ".@",
    "a.a@", "a.com@", ":", "://", "a://", "http://", "http://a", "http://a.com", "http://a.com/", "http://a.com ", "tg://", "tg://a", "tg://a ",
    "ton://a/", "a.com/(", "a.com/)", "a.com/?", "a.com?", "a.com#", "a.com:80", "a.com:0", "a.com:", "/", "//", "/a", "/a ", "/a@", "/a@a", "#", "##", "#a", "#a ",
    "#a@", "#1", "#я", "$", "$$", "$A", "$A ", "$A@", "$1INCH", "1", "1 ", "1-", "-1", "1234 ", "4111 1111 1111 1111 ", "4111111111111111", "1:", "1:2",
    "1:23 ", ":1", "1:1:1", "0:00", "xn--", "a.xn--", "(", "[", "[a](", "[a](b)", "[a](b.c)", "[a](b.c) ", "[a]", "](", "a](b.c)", ")", "*", "**", "**a", "**a**", "**a** ",
    "__", "__a", "_", "_a_", "~", "~~", "~~a", "||", "||a", "|", "`", "``", "```", "````", "`a", "`a`", "``a", "```a", "```a```", "` `` ", "``` `` ", "`a``b```",
    "\\", "\\*", "\\_", ">", ">a\n", "!", "![", "![a](", "![a](tg://emoji?id=1)", "[a](tg://user?id=1)", "[a](tg://user?a=1&", "a&", "=", "?", "-", "+", "{", "}", "«", "\u200b",
    "\u200d", "\u200e", "\u202a", "\u0333", "\u2028", "\r", "\x01", "&", "&a", "&amp", "&amp;", "&#", "&#1", "&#x", "&#65;", "&#55296;", "<", "</", "<b", "<b ", "<b>", "<b></b>", "<b>a</b>",
    "<b a", "<b a=", "<b a='", "<b a=b ", "<a href='", "<a href=\"a.b\">a</a>", "<a>a.b</a>", "<pre><code>", "<pre><code class=\"language-a\">a</code></pre>", "<i><b>", "</b>",
    "<blockquote>a</blockquote>", "<tg-emoji emoji-id=1>a</tg-emoji>", "<tg-time unix=1 format=t>a</tg-time>",
]

def text_cases(n):
    """Texts and what is in them. What parses a text takes no more than 65,536 characters of it, so for that the size is less."""
    half = min(n, 65536)
    modes = ['{"@type":"textParseModeHTML"}', '{"@type":"textParseModeMarkdown","version":1}', '{"@type":"textParseModeMarkdown","version":2}']
    for bait in BAIT:
        yield "getTextEntities " + ascii(bait), text("getTextEntities", "text", fill(bait, n))
    for bait in BAIT:
        yield "parseMarkdown " + ascii(bait), formatted("parseMarkdown", fill(bait, n, "a"))
    for bait in BAIT:
        yield "getMarkdownText " + ascii(bait), formatted("getMarkdownText", fill(bait, n, "a"))
    for mode in modes:
        name = "HTML" if "HTML" in mode else "Markdown" + mode[-2]
        for bait in BAIT:
            for head, tail in [("", ""), ("a", "a"), ("<b>", "</b>"), ("*", "*")]:
                yield "%s %s%s%s" % (name, head, ascii(bait), tail), text("parseTextEntities", "text", fill(bait, half, head, tail), ',"parse_mode":' + mode)
        yield name + ", far too long", text("parseTextEntities", "text", "*" * n, ',"parse_mode":' + mode)
        yield name + ", four bytes a character", text("parseTextEntities", "text", "😀" * 65000, ',"parse_mode":' + mode)

def entity_cases(n):
    """Many entities in one text."""
    def entities(kind, count, place, more=""):
        return ",".join('{"offset":%d,"length":%d,"type":{"@type":"textEntityType%s"%s}}' % (*place(i), kind, more) for i in range(count))
    count = n // 75
    places = {
        "one behind the other": lambda i: (2 * i % 900000, 1), "touching": lambda i: (i % 900000, 1), "all in one place": lambda i: (0, 1),
        "one in the other": lambda i: (i % 400000, 900000 - 2 * (i % 400000)), "crossing": lambda i: (i % 400000, 400000),
        "from the end": lambda i: (900000 - i % 900000, 1), "longer and longer": lambda i: (0, 1 + i % 900000), "empty": lambda i: (i % 900000, 0),
        "sawtooth": lambda i: (i * 7919 % 900000, 1 + i * 104729 % 5000),
    }
    source = "a" * 1000000
    for kind in ["Bold", "Code", "BlockQuote", "Hashtag"]:
        for name, place in places.items():
            for function in ["parseMarkdown", "getMarkdownText"]:
                yield "%s, %s %s" % (function, kind, name), formatted(function, source, entities(kind, count, place))
    mixed = ["Bold", "Italic", "Code", "Underline", "BlockQuote", "Spoiler", "Strikethrough", "Pre"]
    for name, place in places.items():
        many = ",".join('{"offset":%d,"length":%d,"type":{"@type":"textEntityType%s"}}' % (*place(i), mixed[i % len(mixed)]) for i in range(count))
        yield "getMarkdownText, all kinds " + name, formatted("getMarkdownText", source, many)
        yield "parseMarkdown, all kinds " + name, formatted("parseMarkdown", source.replace("aaaa", "**a`"), many)
    links = ",".join('{"offset":%d,"length":1,"type":{"@type":"textEntityTypeTextUrl","url":"a.b/%d"}}' % (2 * i % 900000, i) for i in range(count // 2))
    yield "getMarkdownText, links", formatted("getMarkdownText", source, links)
    yield "getMarkdownText, one long link", formatted("getMarkdownText", source, '{"offset":0,"length":5,"type":{"@type":"textEntityTypeTextUrl","url":"a.b/%s"}}' % ("a" * n))
    yield "searchQuote, many entities", request("searchQuote", '"text":{"text":"%s","entities":[%s]},"quote":{"text":"a"},"quote_position":3' % (source, entities("Bold", count, places["sawtooth"])))

def other_cases(n):
    """What else takes a string."""
    half = n // 2
    def quote(a, b, position):
        return request("searchQuote", '"text":{"text":%s},"quote":{"text":%s},"quote_position":%d' % (json.dumps(a), json.dumps(b), position))
    yield "searchQuote, aaa…b in aaa…", quote("a" * half, "a" * (half // 2) + "b", 0)
    yield "searchQuote, baaa… in aaa…", quote("a" * half, "b" + "a" * (half // 2), half)
    yield "searchQuote, short", quote("a" * n, "a" * 60 + "b", n // 2)
    yield "searchQuote, short from the begin", quote("a" * n, "b" + "a" * 60, n // 2)
    yield "searchQuote, everywhere", quote("a" * n, "a", n // 2)
    def strings(query, list):
        return request("searchStringsByPrefix", '"query":%s,"strings":%s,"limit":10,"return_none_for_empty_query":true' % (json.dumps(query), json.dumps(list)))
    yield "searchStringsByPrefix, many short strings", strings("a", ["a"] * (n // 5))
    yield "searchStringsByPrefix, one long string", strings("a", ["a " * (n // 2)])
    yield "searchStringsByPrefix, one long word", strings("a" * half, ["a" * half])
    yield "searchStringsByPrefix, many words in both", strings("a " * (half // 2), ["a " * (half // 2)])
    yield "searchStringsByPrefix, many words in query", strings("a " * (half // 2), ["a"] * (half // 5))
    yield "searchStringsByPrefix, many words in each", strings("a b " * 8000, ["a b"] * (half // 7))
    yield "searchStringsByPrefix, different words", strings(" ".join(map(str, range(half // 16))), [" ".join(map(str, range(half // 16)))] * 2)
    yield "searchStringsByPrefix, words to transliterate", strings("sh" * (half // 2), ["shch " * (half // 5)])
    yield "searchStringsByPrefix, groups in the query", strings("shchkhts" * 4000, ["щ" * 100] * (half // 700))
    yield "searchStringsByPrefix, words with long begins in common", strings("a" * 10000, ["a" * 9999 + " "] * (half // 10004))
    for kind, field in [("cleanFileName", "file_name"), ("getFileMimeType", "file_name"), ("getFileExtension", "mime_type"), ("getCountryFlagEmoji", "country_code"),
                        ("checkQuickReplyShortcutName", "name"), ("getPushReceiverId", "payload")]:
        for bait in ["a", ".", "/", " ", "a.", "\u0301", "😀", "\u200b", "{", "\\"]:
            yield "%s %s" % (kind, ascii(bait)), text(kind, field, fill(bait, n))
    for bait in ["1", "7", "+", " ", "888", "a"]:
        yield "getPhoneNumberInfoSync " + bait, text("getPhoneNumberInfoSync", "phone_number_prefix", fill(bait, n), ',"language_code":"en"')
    yield "getPhoneNumberInfoSync, long language", text("getPhoneNumberInfoSync", "language_code", "a" * n, ',"phone_number_prefix":"1"')
    yield "getLanguagePackString, long path", text("getLanguagePackString", "language_pack_database_path", "a" * n, ',"key":"a"')
    yield "getLanguagePackString, long key", text("getLanguagePackString", "key", "a" * n, ',"localization_target":"a","language_pack_id":"a","language_pack_database_path":"/nonexistent/a"')
    yield "getChatFolderDefaultIconName, long name", text("getChatFolderDefaultIconName", "folder", {"@type": "chatFolder", "name": {"@type": "chatFolderName", "text": {"@type": "formattedText", "text": "a" * n}}})
    yield "getChatFolderDefaultIconName, many chats", request("getChatFolderDefaultIconName", '"folder":{"@type":"chatFolder","included_chat_ids":[' + "1," * half + "1]}")
    yield "setLogTagVerbosityLevel", text("setLogTagVerbosityLevel", "tag", "a" * n, ',"new_verbosity_level":1')
    yield "setLogStream, long path", request("setLogStream", '"log_stream":{"@type":"logStreamFile","path":"%s","max_file_size":100000}' % ("a" * n))
    yield "addLogMessage", text("addLogMessage", "text", "a\n" * half, ',"verbosity_level":2')
    yield "testReturnError", request("testReturnError", '"error":{"@type":"error","code":1,"message":"' + "\\u0001" * (n // 6) + '"}')

PARAMETERS = request("setTdlibParameters", '"use_test_dc":true,"database_directory":%s,"api_id":1,"api_hash":%s,"system_language_code":%s,'
                                           '"device_model":%s,"application_version":%s')

def send_cases(n):
    """td_send: to client 0, to a client without parameters (send) and to one with them (ask)."""
    half = n // 2
    long = json.dumps("a" * n)
    yield "0: getOption", text("getOption", "name", "a" * n)
    yield "send: no JSON", "[" * n
    yield "send: testCallString", text("testCallString", "x", "a" * n)
    yield "send: a wide @extra", request("getOption", '"name":"version","@extra":[' + '{"a":1},' * (n // 8) + "1]")
    yield "send: parameters with a long directory", PARAMETERS % (long, '"a"', '"en"', '"a"', '"1"')
    yield "send: parameters with a long hash", PARAMETERS % ('"d"', long, '"en"', '"a"', '"1"')
    yield "send: parameters with a long model", PARAMETERS % ('"e"', '"a"', '"en"', long, '"1"')
    yield "send: parameters with a long key", PARAMETERS[:-1] % ('"f"', '"a"', '"en"', '"a"', '"1"') + ',"database_encryption_key":"%s"}' % ("AAAA" * (n // 4))
    yield "send: setAuthenticationPhoneNumber", text("setAuthenticationPhoneNumber", "phone_number", "1" * n)
    yield "ask: setOption with a long name", text("setOption", "name", "x" * n, ',"value":{"@type":"optionValueString","value":"a"}')
    yield "ask: setOption with a long value", request("setOption", '"name":"x_a","value":{"@type":"optionValueString","value":%s}' % long)
    yield "ask: setOption with an unknown value", request("setOption", '"name":"x_a","value":{"@type":%s}' % long)
    yield "ask: addProxy", request("addProxy", '"proxy":{"@type":"proxy","server":%s,"port":1,"type":{"@type":"proxyTypeMtproto","secret":%s}}' % (json.dumps("a" * half), json.dumps("a" * half)))
    yield "ask: checkAuthenticationCode", text("checkAuthenticationCode", "code", "1" * n)
    yield "ask: sendMessage", request("sendMessage", '"chat_id":1,"input_message_content":{"@type":"inputMessageText","text":{"@type":"formattedText","text":%s}}' % long)
    links = [("https://t.me/", "a"), ("https://t.me/", "/"), ("https://t.me/share?url=", "%61"), ("tg://resolve?", "a=b&"), ("tg://resolve?domain=", "a"), ("tg:", ":"),
             ("https://t.me/a?", "a&"), ("https://t.me/joinchat/", "a"), ("https://t.me/bg/", "000000-"), ("https://", "a.t.me/"), ("https://t.me/setlanguage/", "a-"),
             ("tg://proxy?secret=", "ee"), ("https://t.me/iv?url=", "https://"), ("", "["), ("https://t.me/share?text=", "@"), ("https://t.me/$", "a"), ("tg://msg?text=", "%0a")]
    for head, bait in links:
        yield "ask: getInternalLinkType " + head + bait, text("getInternalLinkType", "link", fill(bait, n, head))
    yield "ask: getInternalLink", request("getInternalLink", '"type":{"@type":"internalLinkTypeMessageDraft","url":%s,"text":{"text":"%s"}},"is_http":true' % (long, "@" * half))
    yield "ask: setCustomLanguagePackString", request("setCustomLanguagePackString", '"language_pack_id":"Xa","new_string":{"key":%s,"value":{"@type":"languagePackStringValueOrdinary","value":%s}}' % (json.dumps("a" * half), json.dumps("a" * half)))
    yield "ask: setCustomLanguagePack", request("setCustomLanguagePack", '"info":{"id":"Xa","name":"a","native_name":"a"},"strings":[%s]' % ",".join('{"key":"k%d"}' % i for i in range(n // 16)))
    yield "ask: addCustomServerLanguagePack", request("addCustomServerLanguagePack", '"language_pack_id":%s' % long)
    yield "ask: setNetworkType", request("setNetworkType", '"type":{"@type":"networkTypeNone"' + ',"a":1' * (n // 6) + "}")
    yield "ask: importSession", request("importSession", '"session":%s' % long)

GROUPS = [json_cases, json_value_cases, text_cases, entity_cases, other_cases, send_cases]

def cases(n, groups, only):
    for group in GROUPS:
        if groups and group.__name__.removesuffix("_cases") not in groups:
            continue
        for name, value in group(n):
            if only in name:
                yield name, value

def status(word):
    with open("/proc/self/status") as f:
        return next(int(line.split()[1]) for line in f if line.startswith(word))

def load(path):
    lib = ctypes.CDLL(path)
    lib.td_execute.restype, lib.td_execute.argtypes = ctypes.c_void_p, [ctypes.c_char_p]
    lib.td_receive.restype, lib.td_receive.argtypes = ctypes.c_void_p, [ctypes.c_double]
    lib.td_execute(b'{"@type":"setLogStream","log_stream":{"@type":"logStreamEmpty"}}')
    return lib

def head(answer):
    return ctypes.string_at(answer, 100).split(b"\0")[0].decode("ascii", "replace") if answer else "none"

def answer_of(lib, what):
    """Receives until there is an answer to what."""
    while answer := lib.td_receive(100.0):
        if ctypes.string_at(answer, 15) != b'{"@type":"updat':
            return answer
    raise SystemExit("no answer to " + what)

def ready_client(lib, name):
    """A client for what the name says: one that nobody knows, one without parameters, or one with them."""
    if name.startswith("0: "):
        return 0
    client = lib.td_create_client_id()
    if name.startswith("ask: "):
        lib.td_send(client, (PARAMETERS % ('"%d"' % client, '"a"', '"en"', '"a"', '"1"')).encode())
        answer_of(lib, "the parameters")
    return client

def measure(lib, name, data):
    """Gives a request to the library."""
    sent = name.startswith(("0: ", "send: ", "ask: "))
    client = ready_client(lib, name) if sent else 0
    try:
        with open("/proc/self/clear_refs", "w") as f:
            f.write("5")  # the peak begins anew
    except OSError:
        pass
    before = status("VmRSS")
    begin = time.monotonic()
    if sent:
        lib.td_send(client, data)
        answer = answer_of(lib, name)
    else:
        answer = lib.td_execute(data)
    seconds = time.monotonic() - begin
    return {"seconds": round(seconds, 3), "grew_mb": (status("VmHWM") - before) // 1024, "answer": head(answer)}

def child(path, file, name):
    """Runs one request and prints what it saw."""
    with open(file, "rb") as f:
        data = f.read()
    print(json.dumps(measure(load(path), name, data)))
    sys.stdout.flush()
    os._exit(0)

def run(path, name, file, limit, work):
    """Runs a request in a child process."""
    code = "import sys; sys.path.insert(0, %r); import huge; huge.child(%r, %r, %r)"
    try:
        out = subprocess.run([sys.executable, "-c", code % (os.path.dirname(os.path.abspath(__file__)), path, file, name)],
                             capture_output=True, timeout=limit, cwd=work)
    except subprocess.TimeoutExpired:
        return {"seconds": None, "answer": "more than %d s" % limit}
    if out.returncode != 0:
        return {"seconds": None, "answer": "ended with %d: %s" % (out.returncode, out.stderr.decode(errors="replace")[-300:])}
    return json.loads(out.stdout)

def together(path, requests, limit):
    """Runs all requests in this process and says which took too long."""
    lib = load(path)
    bad = 0
    for name, value in requests:
        seen = measure(lib, name, value.encode())
        if seen["seconds"] > limit:
            print("%s took %s s" % (name, seen["seconds"]))
            bad += 1
    sys.stdout.flush()
    os._exit(bad > 0)

def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("libraries", nargs="+")
    parser.add_argument("--together", action="store_true", help="all in one process of one library, and only what takes too long is said")
    parser.add_argument("--mb", type=float, default=64)
    parser.add_argument("--limit", type=float, default=60)
    parser.add_argument("--group", action="append", choices=[g.__name__.removesuffix("_cases") for g in GROUPS])
    parser.add_argument("--only", default="", help="what a request's name has in it")
    options = parser.parse_args()
    requests = cases(int(options.mb * (1 << 20)), options.group, options.only)
    libraries = [os.path.abspath(path) for path in options.libraries]
    bad = 0
    with tempfile.TemporaryDirectory() as work:
        if options.together:
            os.chdir(work)
            together(libraries[0], requests, options.limit)
        file = os.path.join(work, "request")
        for name, value in requests:
            with open(file, "wb") as f:
                f.write(value.encode())
            results = [run(path, name, file, options.limit, work) for path in libraries]
            bad += results[0]["seconds"] is None
            shown = "  ".join("%8s s %6s MB" % (r["seconds"], r.get("grew_mb", "")) for r in results)
            print("%s  %s  %s" % (shown, name, " | ".join(r["answer"][:70] for r in results)), flush=True)
    return bad > 0

if __name__ == "__main__":
    sys.exit(main())
