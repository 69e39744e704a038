"""In the manner of pytdbot and gotdbot: one thread that receives for ever, woken by a request to no client: pytdbot.py LIBRARY."""
import ctypes
import json
import sys
import threading
import time

lib = ctypes.CDLL(sys.argv[1])
lib.td_create_client_id.restype, lib.td_create_client_id.argtypes = ctypes.c_int, []
lib.td_receive.restype, lib.td_receive.argtypes = ctypes.c_char_p, [ctypes.c_double]
lib.td_send.restype, lib.td_send.argtypes = None, [ctypes.c_int, ctypes.c_char_p]
lib.td_execute.restype, lib.td_execute.argtypes = ctypes.c_char_p, [ctypes.c_char_p]


def execute(query):
    return json.loads(lib.td_execute(json.dumps(query).encode()))


for name in ["version", "commit_hash"]:
    assert isinstance(execute({"@type": "getOption", "name": name})["value"], str), name
assert execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 2})["@type"] == "ok"
assert execute({"@type": "setLogStream", "log_stream": {"@type": "logStreamEmpty"}})["@type"] == "ok"

received = []
running = True


def receive():
    while running:
        text = lib.td_receive(100000.0)
        assert text is not None
        received.append(json.loads(text))


thread = threading.Thread(target=receive, daemon=True)
thread.start()
time.sleep(0.3)
assert not received
running = False
begin = time.monotonic()
lib.td_send(0, b'{"@type":"getOption","name":"version","@extra":{"wake":1}}')
thread.join(10)
assert not thread.is_alive(), "td_receive was not woken"
assert time.monotonic() - begin < 1, "td_receive was woken late"
assert received == [{"@type": "error", "code": 400, "message": "Invalid TDLib instance specified", "@extra": {"wake": 1}}], received
client = lib.td_create_client_id()
running = True
received.clear()
thread = threading.Thread(target=receive, daemon=True)
thread.start()
lib.td_send(client, b'{"@type":"getOption","name":"commit_hash","@extra":"hash"}')
while not any(event.get("@extra") == "hash" for event in list(received)):
    time.sleep(0.01)
    assert time.monotonic() - begin < 20, received
running = False
lib.td_send(0, b"{}")
thread.join(10)
assert not thread.is_alive()
