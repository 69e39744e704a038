#!/usr/bin/env python3
"""Writes the tables of this package by asking a libtdjson.

usage: tables.py LIBTDJSON [categories countries folds mimetypes tlds …]

Everything is asked through td_execute; what it can't tell, functions that the library exports answer.
Nothing is read out of it but its strings.
"""
import os
import sys

import categories
import countries
import folds
import mimetable
import tlds
from library import Library

PARTS = {"categories": categories.write, "countries": countries.write, "folds": folds.write, "mimetypes": mimetable.write, "tlds": tlds.write}


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    lib = Library(sys.argv[1])
    home = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    for name in sys.argv[2:] or PARTS:
        PARTS[name](lib, os.path.join(home, name + "_gen.go"))


if __name__ == "__main__":
    main()
