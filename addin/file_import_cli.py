"""`lajur import`: the rows of any CSV or XLSX file into a sheet of a workbook."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from addin import terminal
from addin.copies import Copy, open_copy
from addin.errors import AddinError
from addin.file_import import Difference, Imported, Wanted, import_file
from addin.import_parents import CODES, INDENT
from addin.import_rows import BadCell
from addin.keeping import keeper
from addin.terminal import COULD_NOT, DONE, NEEDS_A_PERSON, AsJson, File, With
from workbook_templates.words import Words

SHOWN = 20  # errors, and changed rows, that are told at once
BLANK = "—"
COLUMN = Words("  Kolom “{heading}” → {columns}", "  Column “{heading}” → {columns}")
DOUBTFUL = Words(" (menurut kemiripan)", " (by likeness)")
LEFT_OUT = Words("tidak diimpor", "not imported")
CONFIRM = Words(
    "Tidak ada yang diimpor: ada kolom yang hanya dikenali dari kemiripannya. Bila benar, jalankan"
    " lagi dengan --yes; bila tidak, tunjukkan kolomnya dengan --map 'JUDUL=KOLOM'.",
    "Nothing was imported: some columns were told by likeness only. If they are right, run this"
    " again with --yes; if not, say which they are with --map 'HEADING=COLUMN'.",
)
IMPORTED = Words(
    "{file}: {new} baru di lembar {sheet}, {same} baris sudah ada dan sama, {changed} berbeda. Yang"
    " baru belum dikirim: periksa lembarnya, lalu sinkronkan.",
    "{file}: {new} new on the sheet {sheet}, {same} rows were there and the same, {changed}"
    " differ. What is new is not sent yet: look at the sheet, then sync.",
)
PARENTS = Words(
    "{n} baris mendapat induk menurut susunan berkasnya.",
    "{n} rows got their parent from the way the file is laid out.",
)
PASSED = Words(
    "{n} baris berkas dilewati karena tanpa kode: baris {rows}.",
    "{n} rows of the file were passed over, having no code: row {rows}.",
)
UPDATED = Words("Diganti menurut berkas:", "Changed as the file has it:")
NOT_UPDATED = Words(
    "Berbeda dari berkas, dan dibiarkan (ganti dengan --update):",
    "Other than in the file, and left as it is (change it with --update):",
)
CHANGE = Words(
    "  baris {row}, {key}: {column} {before} → {after}",
    "  row {row}, {key}: {column} {before} → {after}",
)
BAD = Words(
    "{n} hal di {file} salah, jadi tidak ada yang diimpor:",
    "{n} things in {file} are wrong, so nothing was imported:",
)
BAD_ROW = Words("  baris {row}{column}: {message}", "  row {row}{column}: {message}")
BAD_COLUMN = Words(", kolom “{heading}”", ", column “{heading}”")
MORE = Words("  … dan {n} lagi", "  … and {n} more")
WOULD = Words("Tidak ada yang ditulis (--dry-run).", "Nothing was written (--dry-run).")


class NotAPair(AddinError):
    """`--map` or `--set` has no equals sign, `--parents` no known word. Facts: text, wanted."""

    code = "not_a_pair"
    sentences = {
        "id": "“{text}” tidak dimengerti. Tulis {wanted}.",
        "en": "“{text}” is not understood. Write {wanted}.",
    }


def import_rows(
    source: Annotated[Path, typer.Argument(help="The file: CSV or XLSX.")],
    file: File,
    sheet: Annotated[str, typer.Option(help="The sheet that it is for.")],
    map_: Annotated[
        list[str] | None, typer.Option("--map", help="HEADING=COLUMN; HEADING= leaves it out.")
    ] = None,
    set_: Annotated[
        list[str] | None, typer.Option("--set", help="COLUMN=VALUE in all rows.")
    ] = None,
    parents: Annotated[str, typer.Option(help="Parents by indent, or by codes.")] = "",
    update: Annotated[bool, typer.Option("--update", help="Change rows that differ.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell only; write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Trust what is only alike.")] = False,
    program: With = "",
    as_json: AsJson = False,
) -> None:
    """Bring the rows of a CSV or XLSX file into a sheet, unsent; what is there already stays."""
    with terminal.failing(str(source), as_json), terminal.opened(file, program) as workbook:
        wanted = Wanted(sheet, _pairs(map_), _pairs(set_), _way(parents), update, yes)
        copy = open_copy(workbook)
        keep = keeper(workbook, copy, datetime.now)
        with terminal.bar() as progress:
            progress("import", 0, 1)
            done = import_file(copy, source, wanted)
            if not (dry_run or done.bad or done.doubtful):
                keep(copy)
            progress("import", 1, 1)
        said = "\n".join(_said(copy.language, source.name, done, dry_run))
        terminal.say(_reply(copy, source.name, done), as_json, said)
    raise typer.Exit(COULD_NOT if done.bad else NEEDS_A_PERSON if done.doubtful else DONE)


def add_commands(app: typer.Typer) -> None:
    """The command under its name."""
    app.command("import")(import_rows)


def _pairs(texts: Sequence[str] | None) -> dict[str, str]:
    found = {}
    for text in texts or ():
        name, equals, value = text.rpartition("=")
        if not equals or not name.strip():
            raise NotAPair(text=text, wanted="A=B")
        found[name.strip()] = value.strip()
    return found


def _way(text: str) -> str:
    if text not in ("", INDENT, CODES):
        raise NotAPair(text=text, wanted=f"--parents {INDENT} | {CODES}")
    return text


def _said(language: str, file: str, done: Imported, dry: bool) -> list[str]:
    columns = list(_columns(language, done))
    if done.doubtful:
        return [*columns, CONFIRM[language]]
    if done.bad:
        head = BAD[language].format(n=len(done.bad), file=file)
        rows = [_bad_row(language, bad) for bad in done.bad]
        return [*columns, head, *_first(language, rows)]
    facts = {"file": file, "sheet": done.page.layout.worksheet, "same": done.same}
    counts = {"new": len(done.new), "changed": len(done.changed)}
    said = [*columns, IMPORTED[language].format(**facts, **counts)]
    said += [PARENTS[language].format(n=done.parents)] if done.parents else []
    said += [_passed(language, done.passed)] if done.passed else []
    if done.changed:
        said.append((UPDATED if done.updated else NOT_UPDATED)[language])
        said += _first(language, list(_changes(language, done)))
    return [*said, *([WOULD[language]] if dry else [])]


def _columns(language: str, done: Imported) -> Iterable[str]:
    """Which heading of the file is which column."""
    for heading in done.headings:
        names = [done.page.sheet.column(key).heading[language] for key in heading.columns]
        shown = ", ".join(names) or LEFT_OUT[language]
        line = COLUMN[language].format(heading=heading.text, columns=shown)
        yield line + ("" if heading.sure else DOUBTFUL[language])


def _passed(language: str, numbers: Sequence[int]) -> str:
    rows = ", ".join(map(str, numbers[:SHOWN])) + (" …" if len(numbers) > SHOWN else "")
    return PASSED[language].format(n=len(numbers), rows=rows)


def _changes(language: str, done: Imported) -> Iterable[str]:
    for found in done.changed:
        for key, (before, after) in found.cells.items():
            column = done.page.sheet.column(key)
            shown = [str(column.cell(t, language)) if t else BLANK for t in (before, after)]
            yield CHANGE[language].format(
                row=found.number,
                key=found.key,
                column=column.heading[language],
                before=shown[0],
                after=shown[1],
            )


def _bad_row(language: str, bad: BadCell) -> str:
    column = BAD_COLUMN[language].format(heading=bad.heading) if bad.heading else ""
    message = bad.problem.words[language]
    return BAD_ROW[language].format(row=bad.number, column=column, message=message)


def _first(language: str, lines: Sequence[str]) -> list[str]:
    more = len(lines) - SHOWN
    return [*lines[:SHOWN], *([MORE[language].format(n=more)] if more > 0 else [])]


def _reply(copy: Copy, file: str, done: Imported) -> dict[str, Any]:
    """The answer for programs."""
    return {
        "file": file,
        "sheet": done.page.sheet.key,
        "columns": [
            {"heading": h.text, "columns": list(h.columns), "sure": h.sure} for h in done.headings
        ],
        "doubtful": done.doubtful,
        "new": len(done.new),
        "same": done.same,
        "changed": [_difference(found) for found in done.changed],
        "updated": done.updated and bool(done.changed),
        "parents": done.parents,
        "passed": done.passed,
        "bad": [
            {
                "row": bad.number,
                "heading": bad.heading,
                "code": bad.problem.code,
                "column": bad.problem.column,
                "message": bad.problem.words.all(),
            }
            for bad in done.bad[:SHOWN]
        ],
        "bad_things": len(done.bad),
    }


def _difference(found: Difference) -> Mapping[str, Any]:
    cells = {key: list(pair) for key, pair in found.cells.items()}
    return {"row": found.number, "key": found.key, "cells": cells}
