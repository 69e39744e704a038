#!/usr/bin/env python3
"""Measure how long a library takes to answer again when its connections are cut.

usage: reconnect.py LIBTDJSON TESTDC [--rounds N]

It starts the local Telegram (go build -o TESTDC ./cmd/testdc), puts a relay before its SOCKS5 proxy, logs in through that, and then, N
times, cuts all connections and asks for something at once. The library must trust the server's key: ours does by TDJSON_TEST_SERVER.
"""
import argparse
import ctypes
import json
import os
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time


class Relay:
    """Passes connections on to a port until they are cut."""

    def __init__(self, port):
        self.port, self.open, self.taken = port, set(), 0
        self.listen = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listen.accept()
            server = socket.create_connection(("127.0.0.1", self.port))
            self.taken += 1
            self.open |= {client, server}
            for a, b in ((client, server), (server, client)):
                threading.Thread(target=self.copy, args=(a, b), daemon=True).start()

    def copy(self, a, b):
        try:
            while data := a.recv(1 << 16):
                b.sendall(data)
        except OSError:
            pass
        for s in (a, b):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass

    def cut(self):
        for s in list(self.open):
            try:
                s.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it was closed before
        self.open = set()


class Client:
    def __init__(self, path):
        self.td = ctypes.CDLL(path)
        self.td.td_receive.restype, self.td.td_receive.argtypes = ctypes.c_char_p, [ctypes.c_double]
        self.td.td_send.argtypes = [ctypes.c_int, ctypes.c_char_p]
        self.td.td_execute.restype, self.td.td_execute.argtypes = ctypes.c_char_p, [ctypes.c_char_p]
        self.td.td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":0}')
        self.id, self.extra = self.td.td_create_client_id(), 0

    def ask(self, timeout=60, **request):
        self.extra += 1
        request["@extra"] = self.extra
        self.td.td_send(self.id, json.dumps(request).encode())
        end = time.time() + timeout
        while time.time() < end:
            text = self.td.td_receive(1.0)
            if text and (answer := json.loads(text)).get("@extra") == self.extra:
                return answer
        raise SystemExit(f"no answer to {request}")

    def until(self, state):
        while self.ask(**{"@type": "getAuthorizationState"})["@type"] != state:
            time.sleep(0.05)


def measure(args, port, work):
    relay, c = Relay(port), Client(os.path.abspath(args.library))
    c.ask(**{"@type": "setTdlibParameters", "use_test_dc": True, "database_directory": work + "/db", "api_id": 94575,
             "api_hash": "a3406de8d171bb422bb6ddf3bbd800e2", "system_language_code": "en", "device_model": "D",
             "application_version": "1"})
    c.ask(**{"@type": "addProxy", "enable": True, "proxy": {
        "@type": "proxy", "server": "127.0.0.1", "port": relay.listen.getsockname()[1], "type": {"@type": "proxyTypeSocks5"}}})
    c.until("authorizationStateWaitPhoneNumber")
    c.ask(**{"@type": "setAuthenticationPhoneNumber", "phone_number": "+15550001111"})
    c.ask(**{"@type": "checkAuthenticationCode", "code": "12345"})
    c.until("authorizationStateReady")
    took = []
    for _ in range(args.rounds):
        c.ask(**{"@type": "getActiveSessions"})
        time.sleep(args.pause)
        relay.cut()
        began = time.time()
        if c.ask(**{"@type": "getActiveSessions"})["@type"] != "sessions":
            raise SystemExit("the request failed")
        took.append((time.time() - began) * 1e3)
    print(f"{args.rounds} cuts, until answered: median {statistics.median(took):.1f} ms, most {max(took):.1f} ms; "
          f"{relay.taken} connections")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("library"), parser.add_argument("testdc")
    parser.add_argument("--key", help="the server's RSA key, for a library that trusts just that one")
    parser.add_argument("--rounds", type=int, default=10)
    parser.add_argument("--pause", type=float, default=11, help="seconds between cuts")
    parser.add_argument("--inside", nargs=2, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.inside:
        return measure(args, int(args.inside[0]), args.inside[1])
    with tempfile.TemporaryDirectory() as work:
        with socket.create_server(("127.0.0.1", 0)) as s:
            port = s.getsockname()[1]
        config, key = work + "/server.json", ["-key", args.key] if args.key else []
        server = subprocess.Popen([args.testdc, "-config", config, "-proxy-port", str(port), *key],
                                  stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            while not os.path.exists(config) or not os.path.getsize(config):
                time.sleep(0.05)
            # A library sees the environment that its process was started with.
            command = [sys.executable, __file__, *sys.argv[1:], "--inside", str(port), work]
            return subprocess.run(command, env=os.environ | {"TDJSON_TEST_SERVER": config}).returncode
        finally:
            server.terminate()
            server.wait()


if __name__ == "__main__":
    sys.exit(main())
