"""What a payslip must satisfy; a run with one that does not is refused."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known
from workbook_templates.words import Words

# No amount is named: whoever may not see a salary may still see a message.
NEGATIVE_NET = Message(
    "negative_net_pay",
    Words(
        id="Potongan karyawan {employee} melebihi upahnya. Kurangi potongannya, atau bagi ke "
        "beberapa bulan.",
        en="The deductions of employee {employee} exceed the pay. Lower them, or spread them over "
        "several months.",
    ),
)


def net_pay_is_not_negative(document: Document, known: Known) -> Iterator[Problem]:
    """Nobody pays for having worked."""
    for line in document.lines:
        if line.cells.get("kind") == "net" and (line.cells.get("amount") or "").startswith("-"):
            yield NEGATIVE_NET(employee=line.text("employee"))
