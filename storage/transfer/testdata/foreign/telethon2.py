#!/usr/bin/env python3
"""Telethon 2's session package (its parent telethon on PYTHONPATH) makes the fixture telethon10, or reads sessions.

usage: telethon2.py make DIRECTORY
       telethon2.py read FILE...
"""
import asyncio, importlib, os, sys

from common import *

# The package imports all of Telethon, which needs code that is generated; the storage needs next to nothing of it.
root = next(os.path.join(p, "telethon") for p in sys.path if os.path.isdir(os.path.join(p, "telethon", "_impl")))
for name, path in ("telethon", ""), ("telethon._impl", "_impl"), ("telethon._impl.session", "_impl/session"), ("telethon._impl.session.storage", "_impl/session/storage"):
    stub(name).__path__ = [os.path.join(root, path)]
stub("telethon._impl.tl")
stub("telethon._impl.tl.core")
stub("telethon._impl.tl.core.serializable", obj_repr=lambda self: "")
session = importlib.import_module("telethon._impl.session.session")
sqlite = importlib.import_module("telethon._impl.session.storage.sqlite")


def make(directory):
    s = sqlite.SqliteSession(os.path.join(directory, "telethon10.session"))
    dcs = [session.DataCenter(id=2, ipv4_addr=SERVERS[2] + ":443", ipv6_addr="2001:67c:4e8:f002::a:443", auth=key(2)),
           session.DataCenter(id=1, ipv4_addr=SERVERS[1] + ":443", auth=key(1))]
    state = session.UpdateState(pts=PTS, qts=QTS, date=DATE, seq=SEQ, channels=[session.ChannelState(id=i, pts=p) for i, p in CHANNELS.items()])
    asyncio.run(save(s, session.Session(dcs=dcs, user=session.User(id=USER, dc=2, bot=True, username="fake_bot"), state=state)))


async def save(s, value):
    await s.load()
    await s.save(value)
    await s.close()


async def read(path):
    s = sqlite.SqliteSession(path)
    v = await s.load()
    await s.close()
    dc = next(d for d in v.dcs if d.id == (v.user.dc if v.user else 2))
    rest = {}
    if dc.ipv4_addr:  # the only one that it uses
        address, port = dc.ipv4_addr.rsplit(":", 1)
        rest.update(address=address, port=int(port))
    if v.user:
        rest.update(user=v.user.id, bot=v.user.bot, username=v.user.username)
    if v.state:
        rest.update(pts=v.state.pts, qts=v.state.qts, date=v.state.date, seq=v.state.seq, channels={str(c.id): c.pts for c in v.state.channels})
    tell(path, dc.id, dc.auth, dcs=sorted(d.id for d in v.dcs), **rest)


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2])
    else:
        for name in sys.argv[2:]:
            asyncio.run(read(name))
