#!/usr/bin/env python3
"""The storage package of Pyrogram, Kurigram or pyrofork (its parent pyrogram on PYTHONPATH) makes fixtures, or reads sessions.

usage: pyrogram.py make DIRECTORY NAME    NAME.session, NAME.txt, and for pyrogram the versions before
       pyrogram.py read FILE...           .session: SQLite, which it brings to its version; anything else: a string
"""
import asyncio, base64, os, pathlib, shutil, sqlite3, struct, sys

from common import *

# The package imports all of Pyrogram, which needs code that is generated; the storage needs next to nothing of it.
root = next(os.path.join(p, "pyrogram") for p in sys.path if os.path.isdir(os.path.join(p, "pyrogram", "storage")))
stub("pyrogram", raw=stub("pyrogram.raw"), utils=stub("pyrogram.utils")).__path__ = [root]
stub("pyrogram.storage").__path__ = [os.path.join(root, "storage")]
from pyrogram.storage.file_storage import FileStorage
from pyrogram.storage.memory_storage import MemoryStorage


async def make(directory, name):
    s = FileStorage(name, pathlib.Path(directory))
    await s.open()
    for field, value in ("dc_id", 2), ("api_id", API_ID), ("test_mode", False), ("auth_key", key(2)), ("user_id", USER), ("is_bot", True):
        await getattr(s, field)(value)
    if hasattr(s, "update_state"):
        await s.update_state((0, PTS, QTS, DATE, SEQ))
        for channel, pts in CHANNELS.items():
            await s.update_state((-1000000000000 - channel, pts, None, DATE, None))
    await s.save()
    await s.date(0)
    with open(os.path.join(directory, name + ".txt"), "w") as f:
        f.write(await s.export_session_string())
    await s.close()
    if name == "pyrogram":
        await older(directory)


async def older(directory):
    """A file of version 2, the same brought to version 3, and the two strings of old, which Pyrogram only reads."""
    path = os.path.join(directory, "pyrogram2.session")
    db = sqlite3.connect(path)
    db.executescript("""
        create table sessions (dc_id integer primary key, test_mode integer, auth_key blob, date integer not null, user_id integer, is_bot integer);
        create table peers (id integer primary key, access_hash integer, type integer not null, username text, phone_number text,
            last_update_on integer not null default (cast(strftime('%s', 'now') as integer)));
        create table version (number integer primary key);
        insert into version values (2)""")
    db.execute("insert into sessions values (2, 1, ?, 0, ?, 0)", (key(2), USER))
    db.commit()
    db.close()
    shutil.copy(path, os.path.join(directory, "pyrogram2to3.session"))
    s = FileStorage("pyrogram2to3", pathlib.Path(directory))
    await s.open()
    await s.api_id(API_ID)
    await s.close()
    for name, form, user in ("pyrogram351", ">B?256sI?", 123456789), ("pyrogram356", ">B?256sQ?", USER):
        with open(os.path.join(directory, name + ".txt"), "w") as f:
            f.write(base64.urlsafe_b64encode(struct.pack(form, 2, True, key(2), user, False)).decode().rstrip("="))


async def read(path):
    if path.endswith(".session"):
        directory, name = os.path.split(path)
        s = FileStorage(name.removesuffix(".session"), pathlib.Path(directory))
    else:
        s = MemoryStorage(":memory:", open(path).read().strip())
    await s.open()
    rest = {}
    if hasattr(s, "update_state") and path.endswith(".session"):
        for i, pts, qts, date, seq in await s.update_state():
            if i == 0:
                rest.update(pts=pts, qts=qts, date=date, seq=seq)
            else:
                rest.setdefault("channels", {})[str(-1000000000000 - i)] = pts
    tell(path, await s.dc_id(), await s.auth_key(), user=await s.user_id(), bot=bool(await s.is_bot()), test=bool(await s.test_mode()),
         api=await s.api_id() or None, **rest)
    await s.close()


if __name__ == "__main__":
    if sys.argv[1] == "make":
        asyncio.run(make(*sys.argv[2:]))
    else:
        for name in sys.argv[2:]:
            asyncio.run(read(name))
