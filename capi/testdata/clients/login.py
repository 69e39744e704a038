"""In the manner of TDLib's own example for Python: login.py LIBRARY DIRECTORY [--log]. Logs in to a local Telegram, looks around and closes."""
import ctypes
import json
import sys

tdjson = ctypes.CDLL(sys.argv[1])
_create = tdjson.td_create_client_id
_create.restype, _create.argtypes = ctypes.c_int, []
_receive = tdjson.td_receive
_receive.restype, _receive.argtypes = ctypes.c_char_p, [ctypes.c_double]
_send = tdjson.td_send
_send.restype, _send.argtypes = None, [ctypes.c_int, ctypes.c_char_p]
_execute = tdjson.td_execute
_execute.restype, _execute.argtypes = ctypes.c_char_p, [ctypes.c_char_p]
log_message_callback_type = ctypes.CFUNCTYPE(None, ctypes.c_int, ctypes.c_char_p)
_set_callback = tdjson.td_set_log_message_callback
_set_callback.restype, _set_callback.argtypes = None, [ctypes.c_int, log_message_callback_type]


@log_message_callback_type
def on_log_message(verbosity_level, message):
    if verbosity_level == 0:
        sys.exit("fatal: %r" % message)


def execute(query):
    return json.loads(_execute(json.dumps(query).encode()))


_set_callback(2, on_log_message)
execute({"@type": "setLogVerbosityLevel", "new_verbosity_level": 5 if "--log" in sys.argv else 1, "@extra": 1.01234})
if "--log" in sys.argv:
    execute({"@type": "addLogMessage", "verbosity_level": 3, "text": "the first line"})
client = _create()


def send(query):
    _send(client, json.dumps(query).encode())


def receive():
    text = _receive(10.0)
    assert text, "nothing was received"
    return json.loads(text)


send({"@type": "getOption", "name": "version", "@extra": 1.01234})
seen = []
while not seen or seen[-1] != "authorizationStateClosed":
    event = receive()
    if event["@type"] == "error":
        sys.exit("error: %s" % event)
    if event.get("@extra") == "sessions":
        assert len(event["sessions"]) == 1 and event["sessions"][0]["is_current"], event
        send({"@type": "close"})
    if event["@type"] != "updateAuthorizationState":
        continue
    state = event["authorization_state"]["@type"]
    seen.append(state)
    if state == "authorizationStateWaitTdlibParameters":
        send({"@type": "setTdlibParameters", "database_directory": sys.argv[2], "use_message_database": True, "use_secret_chats": True, "use_test_dc": True,
              "api_id": 94575, "api_hash": "a3406de8d171bb422bb6ddf3bbd800e2", "system_language_code": "en", "device_model": "Desktop",
              "application_version": "1.0"})
    elif state == "authorizationStateWaitPhoneNumber":
        send({"@type": "setAuthenticationPhoneNumber", "phone_number": "15550001234"})
    elif state == "authorizationStateWaitCode":
        send({"@type": "checkAuthenticationCode", "code": "12345"})
    elif state == "authorizationStateReady":
        send({"@type": "getActiveSessions", "@extra": "sessions"})
assert "authorizationStateReady" in seen, seen
