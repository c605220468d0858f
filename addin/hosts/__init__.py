"""Hosts of workbooks: what a target is, is asked of each host in turn."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from addin.hosts.base import Workbook
from addin.hosts.errors import ProgramMissing, WorkbookMissing

HOSTS = ("addin.hosts.xlsx", "addin.hosts.google")
PROGRAMS = ("excel", "libreoffice")


def open_workbook(target: str | Path, program: str = "") -> Workbook:
    """The workbook at ``target``, a path or what a host calls its workbooks.

    With a ``program`` it is worked on in that program, where its user may have it open. Raises
    ``WorkbookMissing`` when no host knows such a target, and what its host raises.
    """
    target = str(target)
    if program:
        return _in_program(target, program)
    for module in HOSTS:
        host = import_module(module)
        if host.opens(target):
            workbook: Workbook = host.open_workbook(target)
            return workbook
    raise WorkbookMissing(name=target)


def _in_program(target: str, program: str) -> Workbook:
    """The workbook in Excel or LibreOffice, which need the extra ``excel``."""
    if program not in PROGRAMS:
        raise ProgramMissing(program=program, reason=" | ".join(PROGRAMS))
    try:
        grid = import_module("addin.hosts.grid")
    except ImportError as absent:
        raise ProgramMissing(program=program, reason="pip install lajur[excel]") from absent
    workbook: Workbook = grid.open_workbook(target, program)
    return workbook
