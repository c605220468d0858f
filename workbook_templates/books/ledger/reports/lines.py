"""Statements from declared lines: captions with their accounts, and what captions come to."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

from workbook_templates.books.ledger.groups import BY_KEY, group_of
from workbook_templates.books.ledger.reports.balances import (
    ACCOUNT,
    NAME,
    NOTHING,
    Sums,
    amount_text,
)
from workbook_templates.columns import Choice, Column, Money, Option, Text
from workbook_templates.schema import Cells, Known, Line, ReportRequest
from workbook_templates.spans import compared, day_in_words, span_in_words
from workbook_templates.words import Words

Balances = Mapping[str, Sums]
Amounts = tuple[int, ...]  # in 1/10,000: of what is asked, then of what it is compared with


@dataclass(frozen=True, slots=True)
class Caption:
    """The accounts of a group, and of others shown with it, with their subtotal."""

    group: str
    others: tuple[str, ...] = ()

    @property
    def groups(self) -> tuple[str, ...]:
        """Every group whose accounts stand here."""
        return (self.group, *self.others)


@dataclass(frozen=True, slots=True)
class Total:
    """What captions and earlier totals come to, each named by its key; "-cost_of_sales" is taken
    away.
    """

    key: str
    words: Words
    of: tuple[str, ...]


class Entry(NamedTuple):
    """A line of a caption."""

    name: str
    amounts: Amounts
    account: str | None = None


SUBTOTAL = Words(id="Jumlah {caption}", en="Total {caption}")
LEVEL = Choice(
    "level",
    Words(id="Tingkat", en="Level"),
    width=10,
    choices=(
        Option("heading", Words(id="Judul", en="Heading")),
        Option("text", Words(id="Teks", en="Text")),
        Option("account", Words(id="Akun", en="Account")),
        Option("subtotal", Words(id="Subjumlah", en="Subtotal")),
        Option("total", Words(id="Jumlah", en="Total")),
    ),
)
ADDS = Text(
    "adds",
    Words(id="Penjumlahan", en="Adds up"),
    Words(
        id="Baris laporan yang dijumlahkan: 2..5, atau +6 -9.",
        en="The rows of the report that it adds up: 2..5, or +6 -9.",
    ),
    width=14,
)
AMOUNT = Money("amount", Words(id="Jumlah", en="Amount"), width=20)
COMPARED = Money("compared", Words(id="Pembanding", en="Compared"), width=20)
CHANGE = Money("change", Words(id="Perubahan", en="Change"), width=20)
COLUMNS = (LEVEL, Text("section", Words(id="Bagian", en="Section"), width=28), ACCOUNT, NAME, ADDS)


def columns_at(request: ReportRequest) -> tuple[Column, ...]:
    """The columns of a statement at a day, headed by the day where it is compared."""
    before = compared(request)
    if before is None:
        return (*COLUMNS, AMOUNT)
    return _headed(day_in_words(request.as_of), day_in_words(before.as_of))


def columns_over(request: ReportRequest) -> tuple[Column, ...]:
    """The columns of a statement of a period, headed by it where it is compared."""
    before = compared(request)
    if before is None:
        return (*COLUMNS, AMOUNT)
    spans = (span_in_words(one.first, one.last) for one in (request, before))
    return _headed(*spans)


def requests_of(request: ReportRequest) -> tuple[ReportRequest, ...]:
    """What is asked and, if so, what it is compared with."""
    before = compared(request)
    return (request,) if before is None else (request, before)


def compared_cells(amounts: Amounts) -> Cells:
    """An amount and, where there is one, what it is compared with and the change since."""
    if len(amounts) == 1:
        return {"amount": amount_text(amounts[0])}
    now, before = amounts
    return {
        "amount": amount_text(now),
        "compared": amount_text(before),
        "change": amount_text(now - before),
    }


class Statement:
    """The rows of a statement while they are written, in one language; `width`: of how many amounts
    each, which `cells` puts into columns.
    """

    def __init__(
        self, language: str, width: int, cells: Callable[[Amounts], Cells] = compared_cells
    ) -> None:
        self.rows: list[Cells] = []
        self._language, self._nothing, self._cells = language, (0,) * width, cells
        self._sums: dict[str, tuple[int, Amounts]] = {}  # by caption: its row, counted from 1

    def caption(self, key: str, words: Words, entries: Iterable[Entry], total: str = "") -> None:
        """A heading, the entries that are not nothing, and their sum; no rows without entries."""
        shown = [entry for entry in entries if any(entry.amounts)]
        if not shown:
            return
        caption = words[self._language]
        self.rows.append({"level": "heading", "section": caption, "name": caption})
        first = len(self.rows) + 1
        for name, amounts, account in shown:
            row = {"level": "account", "section": caption, "account": account, "name": name}
            self.rows.append({**row, **self._cells(amounts)})
        summed = self.added(entry.amounts for entry in shown)
        name = total or SUBTOTAL[self._language].format(caption=lower_first(caption))
        row = {"level": "subtotal", "section": caption, "name": name}
        self._sum(key, row, f"{first}..{len(self.rows)}", summed)

    def text(self, words: str, level: str = "text") -> None:
        """A row of words alone."""
        self.rows.append({"level": level, "name": words})

    def total(self, total: Total) -> None:
        """Adds up what is there of the captions and earlier totals."""
        signs = {name.removeprefix("-"): -1 if name.startswith("-") else 1 for name in total.of}
        there = [(sign, self._sums[name]) for name, sign in signs.items() if name in self._sums]
        amounts = self.added(tuple(sign * a for a in amounts) for sign, (_, amounts) in there)
        adds = " ".join(f"{'+' if sign > 0 else '-'}{row}" for sign, (row, _) in there)
        name = total.words[self._language]
        self._sum(total.key, {"level": "total", "name": name}, adds, amounts)

    def line(self, key: str, words: Words, amounts: Amounts) -> None:
        """A line that stands alone, for totals to add up."""
        self.rows.append(
            {"level": "account", "name": words[self._language], **self._cells(amounts)}
        )
        self._sums[key] = len(self.rows), amounts

    def _sum(self, key: str, row: Cells, adds: str, amounts: Amounts) -> None:
        self.rows.append({**row, "adds": adds or None, **self._cells(amounts)})
        self._sums[key] = len(self.rows), amounts

    def added(self, all_amounts: Iterable[Amounts]) -> Amounts:
        """What amounts come to; of none it is nothing."""
        return tuple(map(sum, zip(*[self._nothing, *all_amounts], strict=True)))


def entries_of(known: Known, caption: Caption, posted: Sequence[Balances]) -> list[Entry]:
    """The accounts of a caption in the order of their codes, on the natural side of their group."""
    sign = BY_KEY[caption.group].sign
    return [
        Entry(account.text("name"), _balances(account, posted, sign), account.text("code"))
        for account in accounts_in(known, caption.groups)
    ]


def accounts_in(known: Known, groups: Sequence[str]) -> list[Line]:
    """The accounts of some groups by code."""
    rows = (row for row in known.rows("ledger.accounts") if group_of(row).key in groups)
    return sorted(rows, key=lambda row: row.text("code"))


def lower_first(caption: str) -> str:
    """A caption within a sentence."""
    return caption[:1].lower() + caption[1:]


def _balances(account: Line, posted: Sequence[Balances], sign: int) -> Amounts:
    return tuple(sign * sums.get(account.text("code"), NOTHING).balance for sums in posted)


def _headed(now: Words, before: Words) -> tuple[Column, ...]:
    return (*COLUMNS, replace(AMOUNT, heading=now), replace(COMPARED, heading=before), CHANGE)
