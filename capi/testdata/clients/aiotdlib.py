"""In the manner of aiotdlib: the log callback is set with one argument, which lands in the place of the level, and what comes second is whatever a register
holds: aiotdlib.py LIBRARY. A pointer that is none must do no harm as long as nothing is called, so the level that it lands in decides."""
import asyncio
import ctypes
import json
import sys

lib = ctypes.CDLL(sys.argv[1])
log_message_callback_type = ctypes.CFUNCTYPE(None, ctypes.c_char_p)
set_callback = lib.td_set_log_message_callback
set_callback.restype, set_callback.argtypes = None, [log_message_callback_type]
lib.td_create_client_id.restype, lib.td_create_client_id.argtypes = ctypes.c_int, []
lib.td_receive.restype, lib.td_receive.argtypes = ctypes.c_char_p, [ctypes.c_double]
lib.td_send.restype, lib.td_send.argtypes = None, [ctypes.c_int, ctypes.c_char_p]
lib.td_execute.restype, lib.td_execute.argtypes = ctypes.c_char_p, [ctypes.c_char_p]

lib.td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":0}')
set_callback(log_message_callback_type(lambda message: None))
set_callback(ctypes.cast(None, log_message_callback_type))
client = lib.td_create_client_id()


async def main():
    loop = asyncio.get_running_loop()
    waiting = {}

    async def receive():
        while "closed" not in waiting or not waiting["closed"].done():
            text = await loop.run_in_executor(None, lib.td_receive, 2.0)
            if text is None:
                continue
            event = json.loads(text)
            assert event["@client_id"] == client, event
            key = event.get("@extra", {}).get("request_id")
            if key in waiting:
                waiting[key].set_result(event)
            if event["@type"] == "updateAuthorizationState" and event["authorization_state"]["@type"] == "authorizationStateClosed":
                waiting["closed"].set_result(None)

    async def ask(query):
        key = str(len(waiting))
        waiting[key] = loop.create_future()
        lib.td_send(client, json.dumps({**query, "@extra": {"request_id": key}}).encode())
        return await asyncio.wait_for(waiting[key], 20)

    receiver = asyncio.create_task(receive())
    assert (await ask({"@type": "getOption", "name": "version"}))["value"] == "1.8.65"
    answers = await asyncio.gather(*(ask({"@type": "testSquareInt", "x": x}) for x in range(100)))
    assert [a["value"] for a in answers] == [x * x for x in range(100)]
    waiting["closed"] = loop.create_future()
    await ask({"@type": "close"})
    await asyncio.wait_for(waiting["closed"], 20)
    await receiver


asyncio.run(main())
