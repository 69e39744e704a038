#!/usr/bin/env python3
"""Telethon 1 (on PYTHONPATH) makes the fixtures telethon*, or reads sessions.

usage: telethon1.py make DIRECTORY
       telethon1.py read FILE...      .session: SQLite; anything else: a string
"""
import os, sqlite3, sys
from datetime import datetime, timezone

from telethon.crypto import AuthKey
from telethon.sessions import SQLiteSession, StringSession
from telethon.tl.types.updates import State

from common import *


def state(pts, qts, seq):
    return State(pts=pts, qts=qts, date=datetime.fromtimestamp(DATE, timezone.utc), seq=seq, unread_count=0)


def make(directory):
    path = os.path.join(directory, "telethon7.session")
    s = SQLiteSession(path)
    s.set_dc(2, SERVERS[2], 443)
    s.auth_key = AuthKey(key(2))
    s.set_update_state(0, state(PTS, QTS, SEQ))
    for channel, pts in CHANNELS.items():
        s.set_update_state(channel, state(pts, 0, 0))
    s.save()
    s.close()
    for version in range(1, 7):
        old(os.path.join(directory, f"telethon{version}.session"), version)
    for name, address in ("telethon4", SERVERS[2]), ("telethon6", "2001:67c:4e8:f002::a"):
        s = StringSession()
        s.set_dc(2, address, 443)
        s.auth_key = AuthKey(key(2))
        with open(os.path.join(directory, name + ".txt"), "w") as f:
            f.write(s.save())


def old(path, version):
    """The tables of an earlier version, as its release made them."""
    db = sqlite3.connect(path)
    last = " without rowid" if version < 4 else ""
    tables = ["version (version integer primary key)",
              "sessions (dc_id integer primary key, server_address text, port integer, auth_key blob"
              + (", takeout_id integer)" if version >= 5 else ")"),
              "entities (id integer primary key, hash integer not null, username text, phone integer, name text)"]
    if version == 2:
        tables.append("sent_files (md5_digest blob, file_size integer, file_id integer, part_count integer, primary key(md5_digest, file_size))")
    if version >= 3:
        tables.append("sent_files (md5_digest blob, file_size integer, type integer, id integer, hash integer, primary key(md5_digest, file_size, type))")
    if version >= 4:
        tables.append("update_state (id integer primary key, pts integer, qts integer, date integer, seq integer)")
    for table in tables:
        db.execute("create table " + table + last)
    db.execute("insert into version values (?)", (version,))
    db.execute("insert into sessions (dc_id, server_address, port, auth_key) values (2, ?, 443, ?)", (SERVERS[2], key(2)))
    if version >= 4:
        db.execute("insert into update_state values (0, ?, ?, ?, ?)", (PTS, QTS, DATE, SEQ))
        db.executemany("insert into update_state values (?, ?, 0, ?, 0)", [(c, pts, DATE) for c, pts in CHANNELS.items()])
    db.commit()
    db.close()


def read(path):
    if not path.endswith(".session"):
        s = StringSession(open(path).read().strip())
        return tell(path, s.dc_id, s.auth_key.key, address=s.server_address, port=s.port)
    s = SQLiteSession(path)
    rest, account = {}, s.get_update_state(0)
    if account:
        rest.update(pts=account.pts, qts=account.qts, date=int(account.date.timestamp()), seq=account.seq)
    if hasattr(s, "get_update_states"):
        rest["channels"] = {str(i): st.pts for i, st in s.get_update_states() if i}
    tell(path, s.dc_id, s.auth_key.key, address=s.server_address, port=s.port, takeout=s.takeout_id, **rest)
    s.close()


if __name__ == "__main__":
    if sys.argv[1] == "make":
        make(sys.argv[2])
    else:
        for name in sys.argv[2:]:
            read(name)
