"""What a host may offer beyond the port: links that follow their rows, and rows that are hidden.

A host that offers neither shows a link's text, and no row as hidden.
"""

from __future__ import annotations

from typing import Protocol, runtime_checkable

from addin.hosts.base import SetLink, Workbook


@runtime_checkable
class _TakesLinks(Protocol):
    """A workbook that carries out ``SheetEdit.links``."""

    takes_links: bool


@runtime_checkable
class _TellsHidden(Protocol):
    """A workbook that knows which rows a person does not see."""

    def hidden_rows(self, sheet: str) -> frozenset[int]:
        """The numbers of the rows that are hidden by hand or by a filter."""


def takes_links(workbook: Workbook) -> bool:
    """Whether its cells can lead to rows."""
    return isinstance(workbook, _TakesLinks) and workbook.takes_links


def hidden_rows(workbook: Workbook, sheet: str) -> frozenset[int]:
    """The numbers of the rows that a person does not see; none where the host cannot tell."""
    return workbook.hidden_rows(sheet) if isinstance(workbook, _TellsHidden) else frozenset()


def link_formula(link: SetLink) -> str:
    """The link as a formula, without its equals sign: it looks for its row when it is clicked.

    All texts stand in quotes that they cannot leave, so nothing of them is ever calculated.
    """
    sheet = "'" + link.sheet.replace("'", "''") + "'"
    column = letters(link.key_column)
    row = f"MATCH({_quoted(link.key)},{sheet}!${column}:${column},0)"
    place = _quoted(f"#{sheet}!{letters(link.to)}")
    return f"HYPERLINK({place}&{row},{_quoted(link.text)})"


def leads_there(formula: str, link: SetLink) -> bool:
    """Whether a formula, as some program may have rewritten it, is that of this link."""
    parts = _quoted(link.key), _quoted(link.text), f'!{letters(link.to)}"&'
    return formula.startswith("=HYPERLINK(") and all(part in formula for part in parts)


def letters(column: int) -> str:
    """The letters of a column: 1 is A, 27 is AA."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
