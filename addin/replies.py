"""The JSON that `lajur … --json` prints; other people's scripts rely on these shapes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from addin.copies import Copy
from addin.issues import Issue, is_hidden, row_number
from addin.preview import Preview
from addin.remarks import remarks
from addin.runs import Run
from workbook_templates import wire


def workbook_reply(file: str, run: Run) -> dict[str, Any]:
    """One workbook of `lajur sync --json`. `row` is the row number that the
    person sees. Keys may be added, none is taken away.
    """
    return {
        "file": file,
        "book": run.copy.book.key,
        "head": run.outcome.head,
        "groups": run.groups,
        "received_rows": run.outcome.received,
        "problems": [problem(run.copy, issue) for issue in run.issues],
        "remarks": [problem(run.copy, told) for told in remarks(run.copy)],
        "review_open": len(run.issues),
        "offered": [problem(run.copy, i) for i in run.issues if i.code == "offered"],
        "cloned": run.outcome.cloned,
        "report_sheets": [
            {"sheet": sheet, "message": message} for sheet, message in run.copy.unrefreshed
        ],
        "left_window": [
            {"sheet": table.partition(".")[2], "document": key} for table, key in run.copy.left
        ],
    }


def problem(copy: Copy, issue: Issue) -> dict[str, Any]:
    """One problem, in the workbook's language."""
    return {
        "sheet": issue.table.partition(".")[2],
        "row": (row := row_number(copy, issue)),
        "hidden": is_hidden(copy, issue.table, row),
        "column": issue.column,
        "code": issue.code,
        "message": issue.message[copy.language],
    }


def failure(file: str, code: str, words: Mapping[str, str], language: str) -> dict[str, Any]:
    """A workbook that could not be done."""
    return {"file": file, "error": {"code": code, "message": words[language]}}


def preview_reply(seen: Preview) -> list[dict[str, Any]]:
    """What would be sent: rows by sheet, and the sums of money columns as canonical text."""
    tables = dict.fromkeys(table for table, _ in (*seen.rows, *seen.totals))
    return [
        {
            "sheet": table.partition(".")[2],
            **{what: seen.rows[table, what] for what in ("new", "changed", "deleted")},
            "totals": {c: str(amount) for (t, c), amount in seen.totals.items() if t == table},
        }
        for table in tables
    ]


def status_reply(file: str, run: Run, seen: Preview) -> dict[str, Any]:
    """`lajur status --json`: what stands in the workbook, without the server."""
    copy = run.copy
    return {
        "file": file,
        "book": copy.book.key,
        "company": copy.meta.get("company", ""),
        "server": copy.meta.get("server", ""),
        "head": run.outcome.head,
        "waiting_for_answer": len(copy.shadow.outbox),
        "unsent": preview_reply(seen),
        "changed_cells": [
            {
                "sheet": cell.table.partition(".")[2],
                "row": cell.row,
                "column": cell.column,
                "before": cell.before,
                "after": cell.after,
            }
            for cell in seen.cells
        ],
        "problems": [problem(copy, issue) for issue in run.issues],
        "review_open": len(run.issues),
    }


def history_reply(file: str, records: Iterable[wire.Audit]) -> dict[str, Any]:
    """`lajur history --json`: every change of a row, oldest first."""
    return {
        "file": file,
        "changes": [
            {
                "seq": r.seq,
                "by": r.by,
                "when": r.when,
                "cause": r.cause,
                "from": {
                    "file": r.file,
                    "sheet": r.at.sheet if r.at else None,
                    "row": r.at.row if r.at else None,
                },
                "deleted": r.deleted,
                "cells": {column: list(pair) for column, pair in r.cells.items()},
                "formulas": r.f,
            }
            for r in records
        ],
    }
