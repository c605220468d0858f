"""One LibreOffice and the bridge to it: started or attached to, asked, and ended."""

from __future__ import annotations

import os
import queue
import subprocess
import tempfile
import threading
import time
import uuid
from contextlib import suppress
from pathlib import Path
from typing import Any
from weakref import finalize

from .bridge.frames import packed, read_frame
from .errors import KINDS, OfficeError, OfficeHangs, OfficeLost
from .programs import office_python, soffice

START, FOUND = 60.0, 15.0  # seconds for an office to start, and for one to be found
ANSWER, END = 120.0, 5.0  # seconds for a call, and for an office to end
ASKS_FOR_RESTART = 81
WELL_KNOWN = "xlwings"  # the pipe at which an office of the user's listens for us
ADDRESS = "LIBREOFFICE_ADDRESS"
_OPTIONS = ("--norestore", "--nologo", "--nofirststartwizard")
_UNSEEN = ("--headless", "--invisible", "--nodefault")
_BRIDGE = (
    "import sys; sys.path.append(sys.argv[1]); from bridge.__main__ import main;"
    " main(sys.argv[2], float(sys.argv[3]))"
)
# No lock files of others in the way, formulas of other programs calculated, nothing asked.
_SETTINGS = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry">
<item oor:path="/org.openoffice.Office.Common/Misc"><prop oor:name="UseLocking"
 oor:op="fuse"><value>false</value></prop></item>
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode"
 oor:op="fuse"><value>0</value></prop></item>
<item oor:path="/org.openoffice.Office.Recovery/AutoSave"><prop oor:name="Enabled"
 oor:op="fuse"><value>false</value></prop></item>
</oor:items>
"""


class Office:
    """An office and its bridge. `call` is the only thing that the engine does with it.

    `answer` is the longest that one call may take, in seconds: an office that needs longer is
    taken to hang and, when it is ours, ended.
    """

    def __init__(self, address: str, command: list[str] | None, answer: float) -> None:
        self.answer = answer
        self.failure: OfficeError | None = None
        self.calls = 0
        self._said: queue.SimpleQueue[Any] = queue.SimpleQueue()
        self._turn = threading.Lock()
        seconds = START if command else FOUND
        self._bridge = _bridge(address, seconds)
        threading.Thread(target=_listen, args=(self._bridge, self._said), daemon=True).start()
        self.owned = _launched(command) if command else None
        self._end = finalize(self, _end, self._bridge, self.owned)
        try:
            self._greeted(command, time.monotonic() + seconds + END)
        except BaseException:
            self.kill()
            raise

    def _greeted(self, command: list[str] | None, until: float) -> None:
        """Wait for the office; one with a new profile may ask to be started once more."""
        while self._said.empty() and time.monotonic() < until:
            if command and self.owned is not None and self.owned.poll() == ASKS_FOR_RESTART:
                self._end.detach()
                self.owned = _launched(command)
                self._end = finalize(self, _end, self._bridge, self.owned)
            time.sleep(0.02)
        self._heard(until - time.monotonic())
        if self.owned is not None:
            self._send({"ours": self.owned.pid})

    @property
    def pid(self) -> int:
        """The process: the office's own, or where it is not ours the bridge's."""
        return self.owned.pid if self.owned else self._bridge.pid

    @property
    def is_alive(self) -> bool:
        """Whether it can still be asked."""
        return self.failure is None and self._end.alive and self._bridge.poll() is None

    def call(self, command: str, *given: Any) -> Any:
        """The answer of the office. Raises an `OfficeError`."""
        with self._turn:
            if self.failure is not None:
                raise self.failure
            if not self._end.alive:
                raise OfficeLost("This LibreOffice was closed.")
            try:
                self.calls += 1
                self._send({"do": command, "with": given})
            except (BrokenPipeError, ValueError):
                raise self._lost() from None
            return self._heard(self.answer)

    def _send(self, request: dict[str, Any]) -> None:
        assert self._bridge.stdin is not None
        self._bridge.stdin.write(packed(request))
        self._bridge.stdin.flush()

    def _heard(self, seconds: float) -> Any:
        try:
            said = self._said.get(timeout=max(seconds, 0.01))
        except queue.Empty:
            self.kill()
            self.failure = OfficeHangs(
                f"LibreOffice did not answer within {seconds:g} seconds. Your file holds what was"
                " saved last. Close what LibreOffice may ask in a window, then try again."
            )
            raise self.failure from None
        if said is None:
            raise self._lost()
        if "error" not in said:
            return said["result"]
        kind = KINDS.get(said["error"], OfficeError)
        if kind is OfficeLost or (kind is OfficeError and self._has_ended()):
            raise self._lost()
        raise kind(f"LibreOffice: {said['message']} ({said['error']})")

    def _has_ended(self) -> bool:
        """Whether our office is gone: a call that it dies of may fail in any way."""
        if self.owned is None:
            return False
        with suppress(subprocess.TimeoutExpired):
            self.owned.wait(0.3)
        return self.owned.poll() is not None

    def _lost(self) -> OfficeError:
        """Remember that the office is gone, and end what is left."""
        self.kill()
        self.failure = OfficeLost(
            "LibreOffice ended while it was in use. Your file holds what was saved last; try again."
        )
        return self.failure

    def close(self) -> None:
        """Let go of the office; one of ours ends, in peace if it can."""
        if self.owned is not None and self.is_alive:
            with suppress(OfficeError):
                self.call("books.terminate")
        self._end()

    def kill(self) -> None:
        """End at once what is ours."""
        if self.owned is not None and self.owned.poll() is None:
            self.owned.kill()
        if self._bridge.poll() is None:
            self._bridge.kill()
        self._end()


def started(answer: float = ANSWER) -> Office:
    """A LibreOffice of our own: no window, a private profile, a pipe of its own."""
    folder = tempfile.TemporaryDirectory(prefix="xlwings-libreoffice-", ignore_cleanup_errors=True)
    user = Path(folder.name, "user")
    user.mkdir()
    (user / "registrymodifications.xcu").write_text(_SETTINGS, encoding="utf-8")
    pipe = f"xlwings-{uuid.uuid4().hex}"
    profile = f"-env:UserInstallation={Path(folder.name).as_uri()}"
    accept = f"--accept=pipe,name={pipe};urp;StarOffice.ComponentContext"
    try:
        command = [str(soffice()), *_UNSEEN, *_OPTIONS, profile, accept]
        office = Office(f"pipe,name={pipe}", command, answer)
    except OfficeError:
        folder.cleanup()
        raise
    finalize(office, folder.cleanup)
    return office


def attached(address: str = "", profile: str = "", answer: float = ANSWER) -> Office:
    """The LibreOffice that the user has open.

    `address` is where it listens (`pipe,name=…` or `socket,host=…,port=…`); LIBREOFFICE_ADDRESS may
    name it. Without one it is asked to listen: a second start hands its options to the running
    office of the same profile. Raises `OfficeLost` where none runs.
    """
    if not profile:
        address = address or os.environ.get(ADDRESS, "")
    if address:
        return Office(address, None, answer)
    accept = f"--accept=pipe,name={WELL_KNOWN};urp;StarOffice.ComponentContext"
    place = [f"-env:UserInstallation={profile}"] if profile else []
    messenger = _launched([str(soffice()), *_UNSEEN, *_OPTIONS, *place, accept])
    try:
        return Office(f"pipe,name={WELL_KNOWN}", None, answer)
    finally:
        _stop(messenger)


def _launched(command: list[str]) -> subprocess.Popen[bytes]:
    # Debian's uno.py exports URE_BOOTSTRAP, of which an office of another version dies.
    environment = {k: v for k, v in os.environ.items() if k not in ("URE_BOOTSTRAP", "DISPLAY")}
    nothing = subprocess.DEVNULL
    return subprocess.Popen(command, env=environment, stdin=nothing, stdout=nothing, stderr=nothing)


def _bridge(address: str, seconds: float) -> subprocess.Popen[bytes]:
    given = (str(Path(__file__).parent), address, f"{seconds:g}")
    return subprocess.Popen(
        [office_python(), "-I", "-c", _BRIDGE, *given],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _listen(bridge: subprocess.Popen[bytes], said: queue.SimpleQueue[Any]) -> None:
    """Pass on what the bridge says; None at its end."""
    assert bridge.stdout is not None
    try:
        while True:
            said.put(read_frame(bridge.stdout))
    except (EOFError, ValueError, OSError):
        said.put(None)


def _end(bridge: subprocess.Popen[bytes], owned: subprocess.Popen[bytes] | None) -> None:
    """End the bridge and our office, and wait for both, so that no zombie stays."""
    if bridge.stdin is not None:
        with suppress(BrokenPipeError):
            bridge.stdin.close()
    if owned is not None:
        _stop(owned)
    try:
        bridge.wait(END)
    except subprocess.TimeoutExpired:
        bridge.kill()
        bridge.wait()
    if bridge.stdout is not None:
        bridge.stdout.close()


def _stop(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(END if process.poll() is None else 0)
    except subprocess.TimeoutExpired:
        process.terminate()
        try:
            process.wait(END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
