#!/usr/bin/env python3
"""A session manager for Telegram: a page in the browser, and the small server that puts the library behind it.

    manager.py --api-id ID --api-hash HASH    Telegram itself, with an app of https://my.telegram.org
    manager.py                                a local Telegram, which TDJSON_TEST_SERVER names

Open the address that it prints, and keep it to yourself: who knows it controls the account.
The QR code is a picture where the module segno is: pip install segno, or apt install python3-segno.
"""
import argparse
import contextlib
import ctypes
import http.server
import json
import pathlib
import queue
import secrets
import threading

try:
    import segno
except ImportError:
    segno = None

HERE, TOKEN = pathlib.Path(__file__).resolve().parent, secrets.token_urlsafe()
# What the page may ask for, and what it is told of. Of errors it is told those that answer nothing it asked for.
FUNCTIONS = """setAuthenticationPhoneNumber requestQrCodeAuthentication checkAuthenticationCode checkAuthenticationPassword
    logOut getMe getActiveSessions confirmSession terminateSession terminateAllOtherSessions setInactiveSessionTtl
    getConnectedWebsites disconnectWebsite disconnectAllWebsites""".split()
UPDATES = "updateAuthorizationState updateConnectionState updateUnconfirmedSession error".split()
POLICY = "default-src 'none'; img-src data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; " \
    "script-src 'nonce-{0}'; style-src 'nonce-{0}'"


class Telegram:
    """A client of the library: calls wait for their answers; the latest update of each kind is kept for the page."""

    def __init__(self, library, parameters):
        self.lib = ctypes.CDLL(str(library))
        self.lib.td_execute.restype = self.lib.td_receive.restype = ctypes.c_char_p
        self.lib.td_receive.argtypes, self.lib.td_send.argtypes = [ctypes.c_double], [ctypes.c_int, ctypes.c_char_p]
        self.lib.td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":1}')
        self.parameters, self.answers, self.latest, self.news = parameters, {}, {}, threading.Condition()
        self.start()
        threading.Thread(target=self.receive, daemon=True).start()

    def start(self):
        self.client = self.lib.td_create_client_id()
        self.send({"@type": "getOption", "name": "version"})  # the first request starts the client

    def send(self, request):
        self.lib.td_send(self.client, json.dumps(request).encode())

    def call(self, request):
        extra, answer = secrets.token_hex(), queue.SimpleQueue()
        self.answers[extra] = answer
        self.send({**request, "@extra": extra})
        return answer.get()  # every request is answered

    def receive(self):
        while True:
            event = json.loads(self.lib.td_receive(10.0) or b'{"@type":"nothing"}')
            if answer := self.answers.pop(event.pop("@extra", None), None):
                answer.put(event)
            elif event["@type"] in UPDATES:
                self.take(event)

    def take(self, update):
        state = update.get("authorization_state", {})
        if state.get("@type") == "authorizationStateWaitTdlibParameters":
            self.send(self.parameters)
        elif state.get("@type") == "authorizationStateClosed":
            self.start()  # who has logged out may log in again
        elif "link" in state and segno:
            state["picture"] = segno.make(state["link"], error="m").svg_data_uri(border=2)
        with self.news:
            self.latest = {**({} if state else self.latest), update["@type"]: update}
            self.news.notify_all()


class Handler(http.server.BaseHTTPRequestHandler):
    def handle(self):
        with contextlib.suppress(ConnectionError):  # the page was closed
            super().handle()

    def asks_for(self, name):
        """Other sites must not get through: not by another name for this machine, not by a form of theirs, not by guessing."""
        here = f"127.0.0.1:{self.server.server_port}"
        return (self.headers["Host"] == here and self.headers.get("Origin", "http://" + here) == "http://" + here
                and secrets.compare_digest(self.path.encode(), f"/{TOKEN}/{name}".encode()))

    def reply(self, kind, body, policy=POLICY):
        self.send_response(200)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Cache-Control", "no-store")
        self.send_header("Referrer-Policy", "no-referrer")
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        if self.asks_for(""):
            nonce = secrets.token_urlsafe()
            page = (HERE / "index.html").read_bytes().replace(b"NONCE", nonce.encode())
            self.reply("text/html; charset=utf-8", page, POLICY.format(nonce))
        elif self.asks_for("events"):
            self.reply("text/event-stream", b"")
            self.tell({})
        else:
            self.send_error(403)

    def tell(self, told):
        while True:
            with telegram.news:
                telegram.news.wait_for(lambda: told != telegram.latest, 15)
                news = [update for kind, update in telegram.latest.items() if told.get(kind) is not update]
                told = dict(telegram.latest)
            self.wfile.write(b":\n" + b"".join(b"data: %s\n\n" % json.dumps(update).encode() for update in news))

    def do_POST(self):
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"]))) if self.asks_for("call") else {}
        if request.get("@type") in FUNCTIONS:
            self.reply("application/json", json.dumps(telegram.call(request)).encode())
        else:
            self.send_error(403)

    def log_message(self, *_):
        """The path has the token: it is not logged."""


parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
parser.add_argument("--api-id", type=int)
parser.add_argument("--api-hash", default="local")
parser.add_argument("--database", default="sessions-manager", help="directory that keeps the login (%(default)s)")
parser.add_argument("--lib", default=HERE / "../../build/libtdjson.so")
options = parser.parse_args()
telegram = Telegram(options.lib, {
    "@type": "setTdlibParameters", "use_test_dc": options.api_id is None, "database_directory": options.database,
    "api_id": options.api_id or 2, "api_hash": options.api_hash, "system_language_code": "en",
    "device_model": "Session manager", "application_version": "1.0"})
server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(f"http://127.0.0.1:{server.server_port}/{TOKEN}/", flush=True)
with contextlib.suppress(KeyboardInterrupt):
    server.serve_forever()
telegram.call({"@type": "close"})
