"""What the scripts have in common: the made-up session, and how one is told to the tests."""
import hashlib, json, sys, types

API_ID, USER, PTS, QTS, DATE, SEQ = 94575, 123456789012, 1000, 20, 1700000000, 3
CHANNELS = {77: 5, 1500000000: 6000000}
SERVERS = {1: "149.154.175.53", 2: "149.154.167.51", 203: "91.105.192.100"}


def key(n):
    """A key that no server knows."""
    return bytes(0 if i % 7 == 3 else (i * 31 + n) & 255 for i in range(256))


def tell(path, dc, auth_key, **rest):
    """Print what a client read from path: one line of JSON."""
    rest = {k: v for k, v in rest.items() if v is not None}
    print(json.dumps({"path": path, "dc": dc, "key": hashlib.sha1(bytes(auth_key)).hexdigest(), **rest}, sort_keys=True))


def stub(name, **values):
    """A module that is imported by what is used, and not used."""
    m = types.ModuleType(name)
    m.__dict__.update(values)
    m.__path__ = []
    sys.modules[name] = m
    return m
