"""Proposals beside the bank lines of a workbook: laid, taken back, laid anew.

What a person wrote or accepted stays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import NAMESPACE_URL, uuid5

from addin.copies import Copy, put_row
from addin.known import LocalKnown
from workbook_templates.books.ledger.bank_lines import JOURNAL, LINES
from workbook_templates.books.ledger.bank_matching import TARGETS, Suggestion, suggestions

LONGEST = 500  # characters of a text in a cell


def propose(copy: Copy, account: str) -> int:
    """Lay the best proposal beside each line of an account that nobody has said anything about; how
    many have one. A workbook that shows only some months gets none: what it lacks would mislead.
    """
    page = copy.pages[LINES]
    rids: dict[str, list[str]] = {}
    for rid in page.rows:
        rids.setdefault(copy.key_of(LINES, rid), []).append(rid)
    for its in rids.values():
        _forget_own(copy, its)
    known = LocalKnown(copy)
    if not known.has(JOURNAL):
        return 0
    found = suggestions(known, account)
    for key, suggestion in found.items():
        if len(rids[key]) == 1:
            _lay(copy, key, rids[key][0], suggestion)
    return len(found)


def _forget_own(copy: Copy, rids: Sequence[str]) -> None:
    """Take back an earlier proposal that nobody has accepted or changed."""
    row = copy.pages[LINES].rows[rids[0]]
    said = row.cells.get("proposal", "")
    targets = [row.cells[column] for column in TARGETS if row.cells.get(column)]
    ours = said and len(rids) == 1 and all(target in said for target in targets)
    if ours and "accept" not in row.cells:
        for column in ("proposal", "cost_centre", "part", *TARGETS):
            if column in row.cells:
                row.type_in(column, None)


def _lay(copy: Copy, key: str, rid: str, suggestion: Suggestion) -> None:
    """Write a proposal into the row of its line; what it pays besides gets rows of its own."""
    row = copy.pages[LINES].rows[rid]
    first, *more = suggestion.rows
    head = dict(row.cells)
    put_row(
        copy, LINES, rid, {**head, **first, "proposal": suggestion.why[copy.language][:LONGEST]}
    )
    for n, cells in enumerate(more, start=2):
        put_row(copy, LINES, row_id(copy, LINES, f"{key}|{n}"), {**head, **cells})


def put_in_order(copy: Copy, keys: Iterable[str]) -> None:
    """Rows that are not written yet stand line by line, each with the further rows of its own."""
    rows, of = copy.pages[LINES].rows, dict[str, list[str]]()
    for rid, row in rows.items():
        if row.number is None:
            of.setdefault(row.cells.get("line", ""), []).append(rid)
    for key in keys:
        for rid in of.get(key, ()):
            rows[rid] = rows.pop(rid)


def row_id(copy: Copy, table: str, key: str) -> str:
    """The same line imported into two workbooks of a company is one row on the server."""
    return str(uuid5(NAMESPACE_URL, f"{copy.meta.get('company', '')}|{table}|{key}"))
