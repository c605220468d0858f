"""Measuring one way of doing a job: wall seconds, CPU seconds, how much memory it takes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

_STARTER = """
import resource, subprocess, sys
status = subprocess.call(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(status, used.ru_utime + used.ru_stime, used.ru_maxrss, file=sys.stderr)
"""


@dataclass(frozen=True, slots=True)
class Way:
    """One way of doing the job; a figure that this system cannot tell is None.

    `cpu_seconds` and `more_mb` (growth of resident memory at its peak) are those of the working
    process: the server, where there is one.
    """

    name: str
    seconds: float
    cpu_seconds: float | None = None
    more_mb: float | None = None
    details: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Ways of doing the same job, ours first. `size`: how many `unit`s there are."""

    key: str
    title: str
    size: int
    unit: str
    bar: str
    ways: tuple[Way, ...]


def measure(
    name: str, job: Callable[[], object], repeats: int = 1, process: int | None = None
) -> Way:
    """The medians of some runs of a job. `process`: who works, if not this one."""
    process = process or os.getpid()
    before = _restart_peak(process)
    seconds, cpu = [], []
    for _ in range(repeats):
        wall, worked = time.perf_counter(), _cpu_seconds(process)
        job()
        seconds.append(time.perf_counter() - wall)
        cpu.append(_since(worked, _cpu_seconds(process)))
    spent = [each for each in cpu if each is not None]
    peak = _memory_mb(process, "VmHWM")
    return Way(name, median(seconds), median(spent) if spent else None, _since(before, peak))


def measure_process(name: str, command: Sequence[str], environment: Mapping[str, str]) -> Way:
    """A command as a process of its own, from its start to its end; `more_mb` is all it took.

    A small process starts it: the peak of memory that a child is told begins with its parent's.
    """
    began = time.perf_counter()
    starter = [sys.executable, "-S", "-c", _STARTER, *command]
    told = subprocess.run(starter, env=dict(environment), check=True, capture_output=True)
    status, cpu, kilobytes = told.stderr.split()[-3:]
    assert status == b"0", told.stderr.decode()
    return Way(name, time.perf_counter() - began, float(cpu), int(kilobytes) / 1024)


def middle(ways: Sequence[Way]) -> Way:
    """The one with the median of CPU seconds."""
    return sorted(ways, key=lambda way: way.cpu_seconds or 0)[len(ways) // 2]


def _since(before: float | None, after: float | None) -> float | None:
    return None if before is None or after is None else max(0.0, after - before)


def _cpu_seconds(process: int) -> float | None:
    if process == os.getpid():
        return time.process_time()
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _restart_peak(process: int) -> float | None:
    """Lets Linux count the peak anew; the memory in use now."""
    try:
        Path(f"/proc/{process}/clear_refs").write_text("5")
    except OSError:
        return None
    return _memory_mb(process, "VmRSS")


def _memory_mb(process: int, what: str) -> float | None:
    try:
        lines = Path(f"/proc/{process}/status").read_text().splitlines()
    except OSError:
        return None
    kilobytes = next((line.split()[1] for line in lines if line.startswith(what)), None)
    return None if kilobytes is None else int(kilobytes) / 1024
