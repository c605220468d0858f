"""What a host may offer beyond the port: links that follow their rows, formulas, rows that are
hidden, tags by which sheets and columns are known again, sheets of another workbook taken over, and
reading anew what others may change.

A host that offers none of it shows a link's text, no row as hidden, and is known by its headings.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from addin.hosts.base import Grafts, SetLink, Workbook
from addin.hosts.columns import letters


@runtime_checkable
class _TakesLinks(Protocol):
    """A workbook that carries out ``SheetEdit.links``."""

    takes_links: bool


@runtime_checkable
class _TakesFormulas(Protocol):
    """A workbook that carries out ``SheetEdit.formulas``."""

    takes_formulas: bool


@runtime_checkable
class _TellsHidden(Protocol):
    """A workbook that knows which rows a person does not see."""

    def hidden_rows(self, sheet: str) -> frozenset[int]:
        """The numbers of the rows that are hidden by hand or by a filter."""


@runtime_checkable
class _TellsTags(Protocol):
    """A workbook whose sheets and columns carry tags that nobody sees."""

    def tagged_sheets(self) -> Mapping[str, str]:
        """The sheets' names by the tables that they are tagged as."""

    def tagged_columns(self, sheet: str) -> Mapping[str, int]:
        """The columns of a sheet (1-based) by the keys that they are tagged with."""


@runtime_checkable
class _ReadsAnew(Protocol):
    """A workbook that others may change while it is open here."""

    def read_anew(self) -> None:
        """Forget what was read and what was not saved."""


def takes_links(workbook: Workbook) -> bool:
    """Whether its cells can lead to rows."""
    return isinstance(workbook, _TakesLinks) and workbook.takes_links


def takes_formulas(workbook: Workbook) -> bool:
    """Whether its cells can be given formulas of ours."""
    return isinstance(workbook, _TakesFormulas) and workbook.takes_formulas


def grafting(workbook: Workbook) -> Grafts | None:
    """The workbook, where it can take sheets and columns over from a rendered one."""
    return workbook if isinstance(workbook, Grafts) else None


def hidden_rows(workbook: Workbook, sheet: str) -> frozenset[int]:
    """The numbers of the rows that a person does not see; none where the host cannot tell."""
    return workbook.hidden_rows(sheet) if isinstance(workbook, _TellsHidden) else frozenset()


def tagged_sheet(workbook: Workbook, table: str) -> str | None:
    """The sheet that is tagged as this table; None where none is, or the host has no tags."""
    return workbook.tagged_sheets().get(table) if isinstance(workbook, _TellsTags) else None


def tagged_columns(workbook: Workbook, sheet: str) -> Mapping[str, int]:
    """The columns of a sheet by the keys that they are tagged with."""
    return workbook.tagged_columns(sheet) if isinstance(workbook, _TellsTags) else {}


def read_anew(workbook: Workbook) -> None:
    """See the workbook as it is now; nothing that was not saved stays. Files are read once."""
    if isinstance(workbook, _ReadsAnew):
        workbook.read_anew()


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


def _quoted(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'
