"""Drives a libtdjson for a test: lines on stdin become calls, answers and all that is received become lines on stdout.

usage: bridge.py LIBTDJSON

    create              td_create_client_id; answered by "= ID"
    send ID JSON        td_send
    execute JSON        td_execute; answered by "= JSON"
What td_receive gives comes as "< JSON".
"""
import ctypes, os, sys, threading

lib = ctypes.CDLL(sys.argv[1])
lib.td_create_client_id.restype = ctypes.c_int
lib.td_send.argtypes = [ctypes.c_int, ctypes.c_char_p]
lib.td_receive.restype, lib.td_receive.argtypes = ctypes.c_char_p, [ctypes.c_double]
lib.td_execute.restype, lib.td_execute.argtypes = ctypes.c_char_p, [ctypes.c_char_p]
lock = threading.Lock()


def say(line):
    with lock:
        sys.stdout.buffer.write(line + b"\n")
        sys.stdout.buffer.flush()


def receive():
    while True:
        text = lib.td_receive(1.0)
        if text:
            say(b"< " + text)


lib.td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":0}')
threading.Thread(target=receive, daemon=True).start()
for line in sys.stdin.buffer:
    word, _, rest = line.rstrip(b"\n").partition(b" ")
    if word == b"create":
        say(b"= %d" % lib.td_create_client_id())
    elif word == b"send":
        client, _, text = rest.partition(b" ")
        lib.td_send(int(client), text)
    elif word == b"execute":
        say(b"= " + (lib.td_execute(rest) or b"null"))
os._exit(0)
