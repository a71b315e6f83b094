"""Lets `cargo xtask compare pushes` measure a Python library: the payloads, and an answer to every line of the input."""

import os
import sys
import time

TOKEN, AES_KEY, APP_ID, TIMESTAMP, NONCE, SIGNATURE, MSG_SIGNATURE = (
    os.environ[f"WX_{name}"]
    for name in ("TOKEN", "AES_KEY", "APP_ID", "TIMESTAMP", "NONCE", "SIGNATURE", "MSG_SIGNATURE")
)


def read(path):
    with open(path, "rb") as file:
        return file.read()


CLEAR = [read(path) for path in os.environ["WX_CLEAR"].split(os.pathsep)]
SAFE = read(os.environ["WX_SAFE"])


def refuses(work):
    """Whether a wrong signature is seen at all."""
    try:
        return work() is None
    except Exception:
        return True


def serve(name, version, modes):
    """`modes` are functions that take one message each; `clear 300` is answered with CPU and wall time of 300 messages."""
    print("ready", name, version, *modes, flush=True)
    for line in sys.stdin:
        mode, count = line.split()
        work, count = modes[mode], int(count)
        wall, cpu = time.perf_counter_ns(), time.process_time_ns()
        for index in range(count):
            work(index)
        print(time.process_time_ns() - cpu, time.perf_counter_ns() - wall, flush=True)
