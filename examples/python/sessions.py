#!/usr/bin/env python3
"""Logs in to Telegram and shows where the account is logged in.

    sessions.py --api-id ID --api-hash HASH --phone +NUMBER    Telegram itself, with an app of https://my.telegram.org
    sessions.py                                                the local Telegram of "build.sh demo"
"""
import argparse
import ctypes
import json
import pathlib
import sys
import time


class Telegram:
    """One client of the library: objects go in and come out as dictionaries."""

    def __init__(self, path):
        self.lib = ctypes.CDLL(str(path))
        self.lib.td_execute.restype = self.lib.td_receive.restype = ctypes.c_char_p
        self.lib.td_receive.argtypes = [ctypes.c_double]
        self.lib.td_send.argtypes = [ctypes.c_int, ctypes.c_char_p]
        self.execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 1})
        self.client = self.lib.td_create_client_id()
        self.send({"@type": "getOption", "name": "version"})  # the first request starts the client

    def execute(self, request):
        return json.loads(self.lib.td_execute(json.dumps(request).encode()))

    def send(self, request):
        self.lib.td_send(self.client, json.dumps(request).encode())

    def receive(self):
        while (text := self.lib.td_receive(10.0)) is None:
            pass
        return json.loads(text)


def arguments():
    here = pathlib.Path(__file__).resolve().parent
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--api-id", type=int)
    parser.add_argument("--api-hash", default="local")
    parser.add_argument("--phone", default="+9996621234", help="on a test server +99966XYYYY has the code XXXXX")
    parser.add_argument("--database", default="sessions-python", help="directory that keeps the login (%(default)s)")
    parser.add_argument("--lib", default=here / "../../build/libtdjson.so")
    return parser.parse_args()


def next_step(state, options):
    """The request that takes the client on from an authorization state."""
    local = options.api_id is None
    if state == "authorizationStateWaitTdlibParameters":
        return {
            "@type": "setTdlibParameters",
            "use_test_dc": local,
            "database_directory": options.database,
            "api_id": options.api_id or 2,
            "api_hash": options.api_hash,
            "system_language_code": "en",
            "device_model": "Python example",
            "application_version": "1.0",
        }
    if state == "authorizationStateWaitPhoneNumber":
        return {"@type": "setAuthenticationPhoneNumber", "phone_number": options.phone}
    if state == "authorizationStateWaitCode":
        code = options.phone[6] * 5 if local else input("The code Telegram sent you: ")
        return {"@type": "checkAuthenticationCode", "code": code}
    if state == "authorizationStateWaitPassword":
        return {"@type": "checkAuthenticationPassword", "password": input("Your password: ")}
    if state == "authorizationStateReady":
        return {"@type": "getActiveSessions"}
    if state == "authorizationStateClosed":
        sys.exit()


def show(sessions):
    row = "{:18} {:32} {:10} {:16} {}".format
    print(row("DEVICE", "APPLICATION", "PLATFORM", "ADDRESS", "LAST ACTIVE"))
    for s in sessions:
        active = time.strftime("%Y-%m-%d %H:%M", time.localtime(s["last_active_date"]))
        print(row(s["device_model"], s["application_name"] + " " + s["application_version"], s["platform"], s["ip_address"],
                  active + (" (this one)" if s["is_current"] else "")))


def main():
    options = arguments()
    telegram = Telegram(options.lib)
    while True:
        event = telegram.receive()
        if event["@type"] == "updateAuthorizationState":
            if request := next_step(event["authorization_state"]["@type"], options):
                telegram.send(request)
        elif event["@type"] == "sessions":
            show(event["sessions"])
            telegram.send({"@type": "close"})  # stays logged in; logOut would end the session
        elif event["@type"] == "error":
            sys.exit(event["message"])


main()
