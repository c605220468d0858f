"""Running the product's own commands and measuring the memory and time that each takes."""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import IO, Any

SYNC, SERVER = "addin.cli", "sync_server.cli"
ANSWERED = (0, 1)  # done, or something needs a person
KIB_IN_MB = 1024 if sys.platform != "darwin" else 1024 * 1024  # macOS counts bytes


class CommandFailed(Exception):
    """A command could not do its work; it has said why on the terminal."""


@dataclass
class Usage:
    """What the parts of the job took: the most memory at one time in MB, and processor seconds."""

    peak_mb: dict[str, int] = field(default_factory=dict)
    cpu_seconds: dict[str, float] = field(default_factory=dict)

    def add(self, part: str, used: resource.struct_rusage) -> None:
        """Take a finished process into account."""
        peak = used.ru_maxrss // KIB_IN_MB
        self.peak_mb[part] = max(self.peak_mb.get(part, 0), peak)
        seconds = self.cpu_seconds.get(part, 0) + used.ru_utime + used.ru_stime
        self.cpu_seconds[part] = round(seconds, 2)


def start(
    module: str, words: Sequence[str], env: Mapping[str, str], log: IO[str] | None = None
) -> subprocess.Popen[str]:
    """Start a command; what it prints goes to `log`, or is there to be read by `finish`."""
    command = [sys.executable, "-c", f"from {module} import main; main()", *words]
    output = {"stdout": log, "stderr": log} if log else {"stdout": subprocess.PIPE}
    return subprocess.Popen(command, **output, text=True, env={**os.environ, **env})


def finish(running: subprocess.Popen[str]) -> tuple[str, resource.struct_rusage]:
    """Wait for a command: what it printed, if that was not logged, and what it used."""
    printed = ""
    if running.stdout is not None:
        with running.stdout:
            printed = running.stdout.read()
    _, status, used = os.wait4(running.pid, 0)
    running.returncode = os.waitstatus_to_exitcode(status)
    return printed, used


def ask(
    usage: Usage, part: str, module: str, words: Sequence[str], env: Mapping[str, str] | None = None
) -> Any:
    """The JSON answer of a command. Raises `CommandFailed`; the command has said why."""
    command = start(module, [*words, "--json"], env or {})
    printed, used = finish(command)
    usage.add(part, used)
    if command.returncode in ANSWERED and printed:
        return json.loads(printed)
    raise CommandFailed(f"{' '.join(words[:2])}: exit status {command.returncode} {printed}")
