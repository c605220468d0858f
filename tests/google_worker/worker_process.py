"""The worker as a process of its own, which can be killed, beside an emulator that is one too."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from tests.google_worker.online_desk import OnlineDesk, Spreadsheet

LAJUR = (sys.executable, "-c", "from addin.cli import main; main()")
LONG = 150.0  # seconds: a turn that a killed worker had ends after sixty; no longer than needed

QUICK = """
at_once = 3
hints = 1
project_reads_per_minute = 100000
[[account]]
name = "office"
key = "{key}"
reads_per_minute = 6000
writes_per_minute = 6000
[lanes]
hot = 1
warm = 2
sweep = 600
"""


def until(true: Callable[[], bool], what: str) -> None:
    """Waits until something is true; says what was waited for when it never is."""
    end = time.monotonic() + LONG
    while not true():
        assert time.monotonic() < end, f"after {LONG:g} s still not: {what}"
        time.sleep(0.1)


@contextmanager
def emulator_process() -> Iterator[str]:
    """The address of an emulator that is a process."""
    command = [sys.executable, "-m", "tests.google_emulator", "--port", "0", "--no-auth"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as running:
        try:
            assert running.stdout
            yield running.stdout.readline().strip()
        finally:
            running.kill()


@dataclass
class Worker:
    """`lajur google-worker` over the spreadsheets of a desk; its words go into a file."""

    desk: OnlineDesk
    workbooks: tuple[Spreadsheet, ...]
    name: str = "worker"
    settings: Path = field(init=False)
    running: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        self.settings = self.desk.folder / f"{self.name}.toml"
        parts = (f'[[workbook]]\nurl = "{each.link}"\n' for each in self.workbooks)
        text = QUICK.format(key=self.desk.account.name) + "".join(parts)
        self.settings.write_text(text, encoding="utf-8")

    @property
    def words(self) -> Path:
        return self.desk.folder / f"{self.name}.log"

    def start(self) -> None:
        command = [*LAJUR, "google-worker", "--settings", str(self.settings)]
        with self.words.open("ab") as out:
            self.running = subprocess.Popen(
                command, env=os.environ | self.desk.env, stdout=out, stderr=out
            )

    def kill(self) -> None:
        """As `kill -9`."""
        assert self.running
        self.running.kill()
        self.running.wait()

    def stop(self) -> int:
        """As systemd stops a service; the exit status."""
        assert self.running
        self.running.terminate()
        return self.running.wait(LONG)

    def said(self) -> str:
        return self.words.read_text(encoding="utf-8")


@contextmanager
def working(worker: Worker) -> Iterator[Worker]:
    """A worker for as long as the block runs."""
    worker.start()
    try:
        yield worker
    except AssertionError as failed:
        failed.add_note(f"The worker said:\n{worker.said()}")
        raise
    finally:
        if worker.running and worker.running.poll() is None:
            worker.kill()


def shown_problem(text: str) -> bool:
    """Whether a program fell over."""
    return bool(re.search(r"Traceback", text))
