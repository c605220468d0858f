"""`lajur self-test`: try a spreadsheet program on this computer, and say how it went as JSON."""

from __future__ import annotations

import json
import platform
from contextlib import suppress
from dataclasses import asdict
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Annotated, Any

import typer

from addin import terminal
from addin.hosts import PROGRAMS
from addin.hosts.trials import TRIALS, Finding, tried
from workbook_templates.words import Words

DONE = Words(
    "{passed} dari {all} percobaan di {program} berhasil. Laporan: {file}. Kirimkan berkas itu.",
    "{passed} of {all} trials in {program} passed. Report: {file}. Please send that file.",
)
TELLS = ("lajur", "xlwings", "pywin32", "appscript")


def self_test(
    program: Annotated[
        str, typer.Option("--with", help="excel or libreoffice.", envvar="LAJUR_WITH")
    ] = "excel",
    output: Annotated[Path, typer.Option("-o", "--output", help="The report.")] = Path(
        "lajur-self-test.json"
    ),
    as_json: terminal.AsJson = False,
) -> None:
    """Try a spreadsheet program with a blank workbook; no file of yours is touched."""
    with terminal.failing(program, as_json):
        report = reported(program)
        output.write_text(json.dumps(report, ensure_ascii=False, indent=1), encoding="utf-8")
        findings = report["trials"]
        passed = sum(finding["passed"] for finding in findings)
        said = DONE[terminal.language()].format(
            passed=passed, all=len(findings), program=report["program"], file=output
        )
        terminal.say(report, as_json, said)
    raise typer.Exit(0 if passed == len(findings) else 1)


def reported(program: str) -> dict[str, Any]:
    """The report: what was tried where, and what was seen. Raises `HostError`."""
    from addin.hosts.errors import ProgramMissing

    if program not in PROGRAMS:
        raise ProgramMissing(program=program, reason=" | ".join(PROGRAMS))
    try:
        from addin.hosts.grid import new_workbook
    except ImportError as absent:
        raise ProgramMissing(program=program, reason="pip install lajur[excel]") from absent
    workbook = new_workbook(program)
    try:
        findings = [tried(workbook, workbook.book.sheets[0], one) for one in TRIALS]
        return _report(workbook, program, findings)
    finally:
        workbook.close()


def _report(workbook: Any, program: str, findings: list[Finding]) -> dict[str, Any]:
    return {
        "program": program,
        "name": _name(workbook.book.app),
        "version": str(workbook.book.app.version),
        "system": platform.platform(),
        "python": platform.python_version(),
        "packages": {name: found for name in TELLS if (found := _version(name))},
        "trials": [asdict(finding) for finding in findings],
    }


def _name(app: Any) -> str:
    """What the program calls itself, where it tells: another may answer in Excel's name."""
    with suppress(Exception):
        return str(app.api.Name)
    return ""


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
