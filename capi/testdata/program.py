"""A Python program that uses the library through ctypes, as many do: program.py LIBRARY."""
import ctypes
import json
import sys
import threading
import time

lib = ctypes.CDLL(sys.argv[1])
LOG_CALLBACK = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_char_p)
for name, result, arguments in [
    ("td_create_client_id", ctypes.c_int, []),
    ("td_send", None, [ctypes.c_int, ctypes.c_char_p]),
    ("td_receive", ctypes.c_char_p, [ctypes.c_double]),
    ("td_execute", ctypes.c_char_p, [ctypes.c_char_p]),
    ("td_set_log_message_callback", None, [ctypes.c_int, LOG_CALLBACK]),
    ("td_json_client_create", ctypes.c_void_p, []),
    ("td_json_client_send", None, [ctypes.c_void_p, ctypes.c_char_p]),
    ("td_json_client_receive", ctypes.c_char_p, [ctypes.c_void_p, ctypes.c_double]),
    ("td_json_client_execute", ctypes.c_char_p, [ctypes.c_void_p, ctypes.c_char_p]),
    ("td_json_client_destroy", None, [ctypes.c_void_p]),
    ("td_set_log_file_path", ctypes.c_int, [ctypes.c_char_p]),
    ("td_set_log_max_file_size", None, [ctypes.c_longlong]),
    ("td_set_log_verbosity_level", None, [ctypes.c_int]),
    ("td_set_log_fatal_error_callback", None, [ctypes.c_void_p]),
]:
    function = getattr(lib, name)
    function.restype, function.argtypes = result, arguments


def execute(request):
    return json.loads(lib.td_execute(json.dumps(request).encode()))


def receive(extra, seconds=10.0):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        text = lib.td_receive(1.0)
        if text is not None and json.loads(text).get("@extra") == extra:
            return json.loads(text)
    raise AssertionError(f"no answer to {extra!r}")


lib.td_set_log_verbosity_level(0)
execute({"@type": "setLogStream", "log_stream": {"@type": "logStreamEmpty"}})

# Any text survives the way through, and so does any thread.
for extra in ["", "é\u0000\U0001F600\"\\", {"a": [1, None, {"b": True}]}, "x" * 300_000]:
    got = execute({"@type": "getOption", "name": "version", "@extra": extra})
    assert got["@extra"] == extra, (extra, got)

results = []
threads = [threading.Thread(target=lambda i=i: results.append((i, execute({"@type": "getOption", "name": "version", "@extra": i})["@extra"])))
           for i in range(50)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
assert sorted(results) == [(i, i) for i in range(50)], results

# A request is answered while another thread waits in td_receive.
client = lib.td_create_client_id()
got = []
waiting = threading.Thread(target=lambda: got.append(receive("square")))
waiting.start()
time.sleep(0.2)
lib.td_send(client, json.dumps({"@type": "testSquareInt", "x": 12, "@extra": "square"}).encode())
waiting.join()
assert got[0] == {"@type": "testInt", "value": 144, "@extra": "square", "@client_id": client}, got

# Lines of the log arrive in a Python function, called from the library's threads too.
lines = []
callback = LOG_CALLBACK(lambda level, line: lines.append((level, line)))
lib.td_set_log_verbosity_level(3)
lib.td_set_log_message_callback(3, callback)
execute({"@type": "addLogMessage", "verbosity_level": 3, "text": "from Python é"})
lib.td_set_log_message_callback(-1, LOG_CALLBACK())
execute({"@type": "addLogMessage", "verbosity_level": 3, "text": "not heard"})
mine = [line for line in lines if b"[&client]" in line[1]]
assert len(mine) == 1 and mine[0][0] == 3 and mine[0][1].endswith("\tfrom Python é\n".encode()), lines

# The older interface.
old = lib.td_json_client_create()
lib.td_json_client_send(old, b'{"@type":"testSquareInt","x":-3,"@extra":1}')
answer = None
for _ in range(20):
    text = lib.td_json_client_receive(old, 1.0)
    if text is not None and b'"@extra"' in text:
        answer = json.loads(text)
        break
assert answer == {"@type": "testInt", "value": 9, "@extra": 1}, answer
lib.td_json_client_destroy(old)
