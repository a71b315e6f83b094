"""Lets `cargo xtask compare` measure a Python library: an answer to every line of the input."""

import sys
import time


def serve(name, version, modes):
    """`modes` are functions that take one index each; `clear 300` is answered with CPU and wall time of 300 of them."""
    print("ready", name, version, *modes, flush=True)
    for line in sys.stdin:
        mode, count = line.split()
        work, count = modes[mode], int(count)
        wall, cpu = time.perf_counter_ns(), time.process_time_ns()
        for index in range(count):
            work(index)
        print(time.process_time_ns() - cpu, time.perf_counter_ns() - wall, flush=True)
