"""In the manner of python-telegram: the older interface, and all functions of td_log.h resolved at the start: python_telegram.py LIBRARY DIRECTORY."""
import json
import sys
from ctypes import CDLL, CFUNCTYPE, c_char_p, c_double, c_int, c_longlong, c_void_p


class TDJson:
    def __init__(self, path, verbosity):
        tdjson = CDLL(path)
        self.create = tdjson.td_json_client_create
        self.create.restype, self.create.argtypes = c_void_p, []
        self._receive = tdjson.td_json_client_receive
        self._receive.restype, self._receive.argtypes = c_char_p, [c_void_p, c_double]
        self._send = tdjson.td_json_client_send
        self._send.restype, self._send.argtypes = None, [c_void_p, c_char_p]
        self._execute = tdjson.td_json_client_execute
        self._execute.restype, self._execute.argtypes = c_char_p, [c_void_p, c_char_p]
        self.destroy = tdjson.td_json_client_destroy
        self.destroy.restype, self.destroy.argtypes = None, [c_void_p]
        self.set_log_file_path = tdjson.td_set_log_file_path
        self.set_log_file_path.restype, self.set_log_file_path.argtypes = c_int, [c_char_p]
        self.set_log_max_file_size = tdjson.td_set_log_max_file_size
        self.set_log_max_file_size.restype, self.set_log_max_file_size.argtypes = None, [c_longlong]
        self.set_log_verbosity_level = tdjson.td_set_log_verbosity_level
        self.set_log_verbosity_level.restype, self.set_log_verbosity_level.argtypes = None, [c_int]
        fatal_error_callback_type = CFUNCTYPE(None, c_char_p)
        set_log_fatal_error_callback = tdjson.td_set_log_fatal_error_callback
        set_log_fatal_error_callback.restype, set_log_fatal_error_callback.argtypes = None, [fatal_error_callback_type]
        self.set_log_verbosity_level(verbosity)
        self.on_fatal = fatal_error_callback_type(lambda message: sys.exit("fatal: %r" % message))
        set_log_fatal_error_callback(self.on_fatal)
        self.client = self.create()

    def receive(self):
        text = self._receive(self.client, 10.0)
        return json.loads(text) if text else None

    def send(self, query):
        self._send(self.client, json.dumps(query).encode())

    def execute(self, query):
        return json.loads(self._execute(self.client, json.dumps(query).encode()))


td = TDJson(sys.argv[1], 1)
assert td.set_log_file_path(("%s/td.log" % sys.argv[2]).encode()) == 1
td.set_log_max_file_size(1 << 20)
assert td.execute({"@type": "addLogMessage", "verbosity_level": 1, "text": "to the file", "@extra": {"a": [1]}})["@extra"] == {"a": [1]}
assert "to the file" in open("%s/td.log" % sys.argv[2]).read()
assert td.set_log_file_path(None) == 1

steps = {
    "authorizationStateWaitTdlibParameters": {
        "@type": "setTdlibParameters", "use_test_dc": True, "database_directory": sys.argv[2] + "/db", "files_directory": sys.argv[2] + "/files",
        "api_id": 94575, "api_hash": "a3406de8d171bb422bb6ddf3bbd800e2", "system_language_code": "en", "device_model": "python-telegram",
        "application_version": "1.0", "database_encryption_key": "Y2hhbmdlbWUxMjM0"},
    "authorizationStateWaitPhoneNumber": {"@type": "setAuthenticationPhoneNumber", "phone_number": "15550002101"},
    "authorizationStateWaitCode": {"@type": "checkAuthenticationCode", "code": "12345"},
    "authorizationStateReady": {"@type": "getMe", "@extra": "me"},
}
td.send({"@type": "getAuthorizationState", "@extra": {"request_id": "updateAuthorizationState"}})
closed = False
while not closed:
    event = td.receive()
    assert event is not None, "nothing was received"
    assert "@client_id" not in event, event
    assert event["@type"] != "error", event
    if event.get("@extra") == "me":
        assert event["phone_number"] == "15550002101", event
        td.send({"@type": "close"})
    if event["@type"] == "updateAuthorizationState":
        state = event["authorization_state"]["@type"]
        closed = state == "authorizationStateClosed"
        if state in steps:
            td.send(steps[state])
td.destroy(td.client)
