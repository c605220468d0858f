"""Answers to what was sent before an upgrade, in the words of the new template."""

from __future__ import annotations

from dataclasses import replace

from workbook_templates import wire
from workbook_templates.lenses import lifted, lifted_pairs
from workbook_templates.schema import Book
from workbook_templates.versions import steps_of


def lifted_answer(
    book: Book, group: wire.Group, result: wire.Result
) -> tuple[wire.Group, wire.Result]:
    """A group and what became of it. Its rows count as one commit older, so that the columns which
    the old template did not have are taken when they come.
    """
    ops = tuple(
        replace(
            op,
            cells=lifted_pairs(steps_of(book, op.t, group.schema), op.cells),
            base=lifted(steps_of(book, op.t, group.schema), op.base),
        )
        for op in group.ops
    )
    rows = tuple(
        replace(
            row,
            seq=max(row.seq - 1, 0),
            cells=lifted(steps_of(book, row.t, group.schema), row.cells),
        )
        for row in result.rows
    )
    return replace(group, ops=ops, schema=book.version), replace(result, rows=rows)
