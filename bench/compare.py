#!/usr/bin/env python3
"""Measure two libtdjson side by side, in turn, and print the medians as a table.

usage: compare.py OURS THEIRS [--rounds N] [--clients N]

Every round runs each of bench.c's tests for the one library, then for the other, in a network of its own where the system
allows it, so that neither reaches a server. The test of memory, which takes more than a minute, runs in the first round only.
The ratio is the median of the rounds' ratios: below 1 the first library is better. Absolute times depend on the machine and on
what else it does.
"""
import argparse
import collections
import json
import pathlib
import statistics
import subprocess
import tempfile

# What is taken of each line of bench.c: the figure, its unit, and whether less is better.
FIGURES = {
    "load": [("dlopen_ms", "ms", True), ("first_execute_us", "µs", True)],
    "execute": [("us_per_call", "µs", True)],
    "roundtrip1": [("p50_us", "µs", True), ("p99_us", "µs", True)],
    "outstanding": [("per_s", "/s", False)],
    "start_fresh_db": [("p50_ms", "ms", True)],
    "start_existing_db": [("p50_ms", "ms", True)],
    "close_after_fresh": [("p50_ms", "ms", True)],
    "mem": [("rss_kb", "kB", True), ("rss_anon_kb", "kB", True)],
    "init_sequential": [("total_ms", "ms", True)],
    "idle_cpu": [("cpu_ms_per_s", "ms/s", True)],
}


def label(line):
    parts = [line["test"]] + [str(line[k]) for k in ("name", "when") if k in line]
    for key in ("threads", "sender_threads", "clients"):
        if line.get(key) and line["test"] != "mem":
            parts.append(f"{line[key]} {key.replace('_', ' ')}")
    return " ".join(parts)


def run(bench, lib, tests, isolated):
    """One round of one library: its figures by label."""
    found = collections.defaultdict(list)
    with tempfile.TemporaryDirectory() as work:
        for test in tests:
            command = (["unshare", "-rn"] if isolated else []) + [bench, lib] + test
            out = subprocess.run(command, cwd=work, capture_output=True, text=True, timeout=300).stdout
            for text in out.splitlines():
                line = json.loads(text)
                for figure, unit, less in FIGURES.get(line["test"], []):
                    if "us_per_call" == figure and figure not in line:
                        figure, unit, less = "per_s", "/s", False  # the test with two threads
                    found[label(line), figure, unit, less].append(line[figure])
    return {key: statistics.median(values) for key, values in found.items()}


def shown(value, unit):
    if unit == "/s":
        return f"{value / 1000:.0f} k/s"
    return f"{value:.{0 if value >= 1000 else 2 if value < 10 else 1}f} {unit}"


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("ours"), parser.add_argument("theirs")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--clients", type=int, default=100)
    args = parser.parse_args()
    here = pathlib.Path(__file__).resolve().parent
    libs = [str(pathlib.Path(lib).resolve()) for lib in (args.ours, args.theirs)]
    tests = [["load"], ["exec"], ["async", "10000"], ["start", "20"]]
    isolated = subprocess.run(["unshare", "-rn", "true"], capture_output=True).returncode == 0
    rounds = []
    with tempfile.TemporaryDirectory() as work:
        bench = work + "/bench"
        subprocess.run(["cc", "-O2", "-o", bench, here / "bench.c", "-ldl", "-lpthread"], check=True)
        for i in range(args.rounds):
            once = [["mem", str(args.clients)]] if i == 0 else []
            rounds.append([run(bench, lib, tests + once, isolated) for lib in libs])
    print("| | ours | TDLib | ratio |\n|---|---:|---:|---:|")
    for key in rounds[0][0]:
        name, figure, unit, less = key
        pairs = [(a[key], b[key]) for a, b in rounds if key in a and key in b]
        if not pairs:
            continue
        ours, theirs = (statistics.median(side) for side in zip(*pairs))
        ratio = statistics.median((x / y if less else y / x) for x, y in pairs if x and y) if all(x and y for x, y in pairs) else 0
        print(f"| {name}, {figure} | {shown(ours, unit)} | {shown(theirs, unit)} | {ratio:.2f} |")


if __name__ == "__main__":
    main()
