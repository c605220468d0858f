"""Hosts of workbooks: what a target is, is asked of each host in turn."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from addin.hosts.base import Workbook
from addin.hosts.errors import WorkbookMissing

HOSTS = ("addin.hosts.xlsx",)


def open_workbook(target: str | Path) -> Workbook:
    """The workbook at ``target``, a path or what a host calls its workbooks.

    Raises ``WorkbookMissing`` when no host knows such a target, and what its host raises.
    """
    target = str(target)
    for module in HOSTS:
        host = import_module(module)
        if host.opens(target):
            workbook: Workbook = host.open_workbook(target)
            return workbook
    raise WorkbookMissing(name=target)
