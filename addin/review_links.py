"""The links of the Review sheet: each leads to the row of its line, wherever that has moved."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from addin.copies import Copy
from addin.hosts.base import SetLink, SheetCells, Workbook
from addin.hosts.columns import letters
from addin.hosts.offers import leads_there, takes_links
from addin.issues import Issue, row_number
from addin.layout import ID, Layout
from workbook_templates.row_ids import is_row_id


def link_text(copy: Copy, issue: Issue) -> str | None:
    """Where the line's cell stands now, as a reference; None where its row is on no sheet."""
    number = row_number(copy, issue)
    if number is None:
        return None
    worksheet = copy.pages[issue.table].layout.worksheet
    return f"'{worksheet}'!{letters(_column(copy, issue))}{number}"


def new_links(
    workbook: Workbook, copy: Copy, found: Sequence[Issue], review: Layout, cells: SheetCells
) -> Iterator[SetLink]:
    """The links that Review does not have yet, for the lines from its first one down."""
    column = review.columns.get("link")
    if column is None or not takes_links(workbook):
        return
    for number, issue in enumerate(found, start=review.head + 1):
        text = link_text(copy, issue)
        if text is None or not is_row_id(issue.rid or ""):
            continue
        layout = copy.pages[issue.table].layout
        goal = (layout.worksheet, _column(copy, issue), layout.own[ID], issue.rid or "")
        link = SetLink(number, column, text, *goal)
        row = cells.rows[number - 1] if number <= len(cells.rows) else []
        shown = row[column - 1] if len(row) >= column else None
        if shown != text or not leads_there(cells.formulas.get((number, column), ""), link):
            yield link


def _column(copy: Copy, issue: Issue) -> int:
    """The column of the cell that the line is about; the first one that people see, of a row."""
    return copy.pages[issue.table].layout.columns.get(issue.column or "", 2)
