"""The company's own tax numbers have the shape that its country gives them."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.packs.trade import number_problems
from workbook_templates.problems import Problem
from workbook_templates.schema import Document, Known


def own_numbers_can_be_right(document: Document, known: Known) -> Iterator[Problem]:
    """A return with a number that cannot be right is refused by the tax office."""
    for line in document.lines:
        for column in ("tax_id", "tax_place"):
            if text := line.text(column):
                found = number_problems(known.company.pack, column, text)
                yield from (problem.at(line.id, column) for problem in found)
