"""What a spreadsheet program raises, as our errors; a busy one is asked again for a while."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TypeVar

from addin.hosts import errors

T = TypeVar("T")

PATIENCE, PAUSE = 20.0, 0.25  # seconds that a busy program is asked again, and between two times
# The programs' own classes exist on their own systems only: an error is known by what it says.
BUSY = ("rejected by callee", "-2147418111", "-2146777998", "ExcelBusyError", "-1712")
LOST = ("OfficeLost", "OfficeHangs", "-2147023174", "-2147023170", "OSERROR: -609", "Closed(")


@dataclass(frozen=True, slots=True)
class Troubles:
    """How one program's errors are told: `name` is the workbook, `program` its program."""

    name: str
    program: str

    def patiently(self, call: Callable[[], T]) -> T:
        """The result of a call that a busy program may refuse for a while."""
        until = time.monotonic() + PATIENCE
        while True:
            try:
                return call()
            except Exception as refused:
                if not says(refused, BUSY):
                    raise
                if time.monotonic() > until:
                    raise errors.ProgramBusy(program=self.program) from refused
                time.sleep(PAUSE)

    @contextmanager
    def told(self, sheet: str = "") -> Iterator[None]:
        """Whatever the program raises becomes a `HostError`."""
        try:
            yield
        except errors.HostError:
            raise
        except Exception as failed:
            raise self._host_error(failed, sheet) from failed

    def _host_error(self, failed: Exception, sheet: str) -> errors.HostError:
        if says(failed, LOST):
            return errors.ProgramLost(name=self.name, program=self.program)
        if says(failed, BUSY):
            return errors.ProgramBusy(program=self.program)
        match type(failed).__name__:
            case "SheetProtected":
                return errors.SheetProtected(name=self.name, sheet=sheet)
            case "OfficeMissing":
                return errors.ProgramMissing(program=self.program, reason=str(failed))
            case "CannotOpen":
                return errors.DamagedWorkbook(name=self.name)
            case _:
                return errors.HostError(name=self.name, reason=f"{self.program}: {failed}")


def says(failed: Exception, signs: tuple[str, ...]) -> bool:
    """Whether an error has one of these signs in its class or words."""
    said = f"{type(failed).__name__}({failed})"
    return any(sign in said for sign in signs)
