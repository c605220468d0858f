"""What a program must do for us, tried on a blank workbook in it: the body of `lajur self-test`.

Each trial is about what Excel is known to do to values (the numbers are those of the list in
docs/how-to/self-test.md). The tests run all of them on LibreOffice; a person with Excel runs them
there and sends the report back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from time import perf_counter
from typing import Any

from addin.hosts.base import Cell, CellError, SetCell, SetNote, SheetEdit, Workbook
from addin.hosts.notes import HEADING

TABLE = "tbl_uji"
READ_OTHERWISE = (
    *("007", "1E5", "1-2", "3/4", "MAR1", "10:30", "TRUE", "benar", "12%", "(5)", "1.000", "1,5"),
    *("$5", "Rp 5", "+62811", "-", "@toko", "2026-05-03", "3 May 2026", "'quoted", "#N/A?", " 5 "),
)


@dataclass(frozen=True, slots=True)
class Trial:
    """One thing that is tried: ``run`` gives pairs of what was wanted and what was seen."""

    name: str
    pitfalls: tuple[int, ...]
    run: Callable[[Workbook, Any], Iterator[tuple[object, object]]]


@dataclass(frozen=True, slots=True)
class Finding:
    """How a trial went; ``seen`` tells what differed, or the error."""

    name: str
    pitfalls: tuple[int, ...]
    passed: bool
    seconds: float
    seen: tuple[str, ...] = ()


TRIALS: list[Trial] = []
Run = Callable[[Workbook, Any], Iterator[tuple[object, object]]]


def trial(*pitfalls: int) -> Callable[[Run], Run]:
    """Count a function among the trials, under its name."""

    def counted(run: Run) -> Run:
        TRIALS.append(Trial(run.__name__, pitfalls, run))
        return run

    return counted


def tried(workbook: Workbook, sheet: Any, one: Trial) -> Finding:
    """Run one trial on an emptied sheet; no error stops the next one."""
    began = perf_counter()
    try:
        for table in list(sheet.tables):
            table.autofilter.clear()
        sheet.clear()
        wrong = tuple(
            f"wanted {wanted!r:.120}, seen {seen!r:.120}"
            for wanted, seen in one.run(workbook, sheet)
            if type(wanted) is not type(seen) or wanted != seen
        )
    except Exception as failed:
        wrong = (f"{type(failed).__name__}: {failed}",)
    return Finding(one.name, one.pitfalls, not wrong, round(perf_counter() - began, 3), wrong)


def _put(workbook: Workbook, sheet: Any, rows: Sequence[Sequence[Cell]], top: int = 1) -> None:
    cells = tuple(
        SetCell(row, column, value)
        for row, line in enumerate(rows, top)
        for column, value in enumerate(line, 1)
    )
    workbook.write([SheetEdit(sheet.name, cells)])


def _column(workbook: Workbook, sheet: Any, column: int = 1) -> list[Cell]:
    rows = workbook.read(sheet.name).rows
    return [row[column - 1] if len(row) >= column else None for row in rows]


@trial(1, 5)
def amounts_in_a_currency_format_keep_their_decimals(
    workbook: Workbook, sheet: Any
) -> Iterator[tuple[object, object]]:
    """Windows cuts them to four."""
    values: list[Cell] = [1234.56789, 0.1, 1250000, -3.25]
    for code in ("$#,##0.00", "[$Rp-421]#,##0.00", '_("Rp"* #,##0.00_)', "#,##0.00"):
        sheet.range("A1:A4").number_format = code
        _put(workbook, sheet, [[value] for value in values])
        yield values, _column(workbook, sheet)


@trial(2)
def a_decimal_is_a_plain_number(workbook: Workbook, sheet: Any) -> Iterator[tuple[object, object]]:
    """Xlwings would make a currency cell of it."""
    _put(workbook, sheet, [[Decimal("1250000.00")], [Decimal("0.1234567")]])
    yield [1250000, 0.1234567], _column(workbook, sheet)
    yield "General", sheet.range("A1:A2").number_format


@trial(3, 4, 19)
def texts_that_look_like_something_else_stay_texts(
    workbook: Workbook, sheet: Any
) -> Iterator[tuple[object, object]]:
    """Excel reads what it is given as if typed."""
    for code in ("General", "@", "dd/mm/yyyy", "#,##0.00"):
        sheet.range("A1:A40").number_format = code
        _put(workbook, sheet, [[text] for text in READ_OTHERWISE])
        yield list(READ_OTHERWISE), _column(workbook, sheet)


@trial(3)
def a_text_never_becomes_a_formula(
    workbook: Workbook, sheet: Any
) -> Iterator[tuple[object, object]]:
    """Another person's text must never run."""
    texts = ["=1+1", "+1", "-1+2", "@SUM(1)", "=cmd|' /C calc'!A0", "{=1}"]
    _put(workbook, sheet, [[text] for text in texts])
    yield texts, _column(workbook, sheet)
    yield {}, workbook.read(sheet.name).formulas


@trial(4, 17)
def long_digits_and_long_texts_are_kept_whole(
    workbook: Workbook, sheet: Any
) -> Iterator[tuple[object, object]]:
    """Numbers have 15 digits, cells 32,767 characters."""
    texts: list[Cell] = ["3174012345678901", "00012345678901234567", "=" * 9_000, "{" * 32_000]
    _put(workbook, sheet, [[text] for text in texts])
    yield texts, _column(workbook, sheet)


@trial(5, 6, 8, 10)
def values_come_back_as_they_were(
    workbook: Workbook, sheet: Any
) -> Iterator[tuple[object, object]]:
    """With their types, over cells of another type too."""
    values: list[Cell] = [7, 0.1, 1e-9, True, False, "teks", date(2026, 5, 3), date(2024, 2, 29)]
    values.append(datetime(2026, 5, 3, 14, 30, 15))
    _put(workbook, sheet, [[value] for value in values])
    yield values, _column(workbook, sheet)
    _put(workbook, sheet, [[value] for value in reversed(values)])
    yield values[::-1], _column(workbook, sheet)
    _put(workbook, sheet, [[None] for _ in values])
    yield [], workbook.read(sheet.name).rows


@trial(6, 7)
def blanks_and_errors_are_told_apart(
    workbook: Workbook, sheet: Any
) -> Iterator[tuple[object, object]]:
    """Both look empty unless errors are asked for."""
    sheet.range("A1:A5").formula = [['=""'], ["=NA()"], ["=1/0"], ["=#REF!"], ["=1"]]
    errors = [CellError("#N/A"), CellError("#DIV/0!"), CellError("#REF!")]
    yield [None, *errors, 1], _column(workbook, sheet)


@trial(8)
def times_of_day_are_texts_and_days_are_days(
    workbook: Workbook, sheet: Any
) -> Iterator[tuple[object, object]]:
    """Only the format tells them from numbers."""
    sheet.range("A1:A3").number_format = "hh:mm"
    sheet.range("A4").number_format = "dd/mm/yyyy"
    sheet.range("A1:A4").value = [[8.25 / 24], [0.5], [17.75 / 24], [46145]]
    yield ["08:15", "12:00", "17:45", date(2026, 5, 3)], _column(workbook, sheet)


@trial(9, 10)
def gaps_do_not_end_what_is_read(workbook: Workbook, sheet: Any) -> Iterator[tuple[object, object]]:
    """`expand` would stop at the first."""
    _put(workbook, sheet, [[None, None, "C7"]], top=7)
    rows = workbook.read(sheet.name).rows
    yield (7, "C7"), (len(rows), rows[6][2])


@trial(11)
def a_filter_is_worked_around_and_stays(
    workbook: Workbook, sheet: Any
) -> Iterator[tuple[object, object]]:
    """A block over hidden rows lands in others."""
    table = _table(sheet, [["nama", "n"], *([f"baris {n % 3}", n] for n in range(9))])
    table.autofilter.apply_values(1, ["baris 1"])
    _put(workbook, sheet, [[f"baru {n}", n * 10] for n in range(9)], top=2)
    yield ["nama", *(f"baru {n}" for n in range(9))], _column(workbook, sheet)
    yield "values", table.autofilter.criteria[0].type
    table.autofilter.clear()


@trial(12)
def ten_thousand_rows_go_in_and_out(
    workbook: Workbook, sheet: Any
) -> Iterator[tuple[object, object]]:
    """The report says how long it took."""
    line: list[Cell] = [
        "1-1100",
        "Beban sewa",
        1.25,
        3,
        date(2026, 5, 3),
        True,
        "IDR",
        "0196a2e5-1",
    ]
    rows = [[*line, n] for n in range(10_000)]
    workbook.replace(sheet.name, rows)
    yield rows, workbook.read(sheet.name).rows


@trial(13)
def a_table_grows_and_its_cells_stay(
    workbook: Workbook, sheet: Any
) -> Iterator[tuple[object, object]]:
    """Resized, and written below."""
    table = _table(sheet, [["nama", "n"], ["a", 1]])
    cells = (SetCell(3, 1, "b"), SetCell(3, 2, 2))
    workbook.write([SheetEdit(sheet.name, cells, table=table.name, table_bottom=3)])
    yield 3, workbook.tables()[table.name].area.bottom
    yield [["nama", "n"], ["a", 1], ["b", 2]], workbook.read(sheet.name).rows


@trial(18)
def merged_cells_are_seen(workbook: Workbook, sheet: Any) -> Iterator[tuple[object, object]]:
    """Only the first has a value."""
    sheet.range("B2:C3").merge()
    sheet.range("E9:F9").merge()
    _put(workbook, sheet, [[None] * 7 + ["x"]], top=12)
    found = {(a.top, a.left, a.bottom, a.right) for a in workbook.read(sheet.name).merged}
    yield {(2, 2, 3, 3), (9, 5, 9, 6)}, found
    sheet.range("B2:F9").unmerge()


@trial(22)
def letters_of_every_script_and_line_ends_are_kept(
    workbook: Workbook, sheet: Any
) -> Iterator[tuple[object, object]]:
    """Line ends are one kind."""
    texts: list[Cell] = ["satu\ndua", "tab\there", "nbsp\u00a0zero\u200bwidth", "₨ 😀 é e\u0301"]
    _put(workbook, sheet, [[text] for text in texts])
    yield texts, _column(workbook, sheet)


@trial()
def notes_are_put_changed_and_removed(
    workbook: Workbook, sheet: Any
) -> Iterator[tuple[object, object]]:
    """Long ones too."""

    def note(text: str | None) -> dict[tuple[int, int], str]:
        workbook.write([SheetEdit(sheet.name, notes=(SetNote(2, 2, text),))])
        return workbook.notes(sheet.name)

    long = "Debit ≠ kredit. " * 40
    yield {(2, 2): f"{HEADING}\nsatu"}, note("satu")
    yield {(2, 2): f"{HEADING}\n{long}"}, note(long)
    yield {}, note(None)


def _table(sheet: Any, rows: list[list[Any]]) -> Any:
    """A table with these rows at A1."""
    sheet.range("A1").value = rows
    cells = sheet.range((1, 1), (len(rows), len(rows[0])))
    for table in sheet.tables:
        table.resize(cells)
        return table
    return sheet.tables.add(cells, name=TABLE)
