"""Asks a libtdjson: reads requests, one a line, and writes the answers without @extra and @client_id, one a line.

python3 ask.py LIBTDJSON.so < requests > answers

An empty line asks for the answers to the requests before it. No network is needed: the client gets parameters and nothing else.
"""
import ctypes
import os
import re
import shutil
import sys
import tempfile

PARAMETERS = ('{"@type":"setTdlibParameters","database_directory":"%s","api_id":1,"api_hash":"1","system_language_code":"en","device_model":"Desktop","application_version":"1.0"}')


class Library:
    def __init__(self, path):
        self.lib = ctypes.CDLL(path)
        self.lib.td_execute.restype = self.lib.td_receive.restype = ctypes.c_char_p
        self.lib.td_receive.argtypes = [ctypes.c_double]
        self.lib.td_send.argtypes = [ctypes.c_int, ctypes.c_char_p]
        self.lib.td_execute(b'{"@type":"setLogVerbosityLevel","new_verbosity_level":0}')
        self.client = self.lib.td_create_client_id()

    def ask(self, requests):
        for i, request in enumerate(requests):
            self.lib.td_send(self.client, request[:-1] + b',"@extra":%d}' % i)
        answers = [None] * len(requests)
        missing = len(requests)
        while missing:
            answer = self.lib.td_receive(30)
            if answer is None:
                sys.exit('no answer')
            m = re.search(rb',"@extra":(\d+),"@client_id":\d+}$', answer)
            if m:
                answers[int(m.group(1))] = answer[:m.start()] + b'}'
                missing -= 1
        return answers


def main():
    library = Library(sys.argv[1])
    directory = tempfile.mkdtemp()
    try:
        library.ask([(PARAMETERS % directory).encode()])
        out = os.fdopen(1, 'wb')
        requests = []
        for line in sys.stdin.buffer:
            line = line.rstrip(b'\n')
            if line:
                requests.append(line)
            else:  # answer what came so far
                out.writelines(answer + b'\n' for answer in library.ask(requests))
                out.flush()
                requests = []
        out.writelines(answer + b'\n' for answer in library.ask(requests))
        out.flush()
    finally:
        shutil.rmtree(directory, ignore_errors=True)
        os._exit(0)  # not to wait for the library


main()
