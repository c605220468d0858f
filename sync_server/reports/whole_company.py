"""A whole company as files that need no Lajur: its sheets as .xlsx and CSV, audit, README."""

from __future__ import annotations

import csv
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from sync_server.core.audit import changed_cells
from sync_server.core.catalogue import Catalogue
from sync_server.core.errors import AlreadyThere
from sync_server.core.port import KeptCommit, StoredRow, Transaction
from sync_server.reports.export import unformula
from workbook_templates.columns import Column, Date, Text
from workbook_templates.render.look import number_format
from workbook_templates.report_rows import is_figure
from workbook_templates.schema import Book, Sheet
from workbook_templates.words import Words

ROWS = 1_000_000  # of one worksheet; what is more goes on in the next
OPTIONS = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
OWN = (Words("ID baris", "Row id"), Words("Berasal dari", "Follows from"))
AUDIT = (
    "commit", "at (UTC)", "person", "typed by", "kind", "cause", "file", "sheet", "row id",
    "what", "column", "before", "after", "hash of the commit",
)  # fmt: skip
ABOUT = Words(
    """\
Data {name} ({code}), mata uang {currency}, sampai perubahan ke-{head}.

Setiap buku adalah satu berkas .xlsx dengan satu lembar per daftar, dan satu folder berisi daftar
yang sama sebagai CSV. Judul kolom memakai bahasa perusahaan. Di .xlsx angka dan tanggal adalah
angka dan tanggal; di CSV (UTF-8) angka memakai titik desimal, tanggal YYYY-MM-DD, pilihan ditulis
dengan katanya. Teks yang dapat terbaca sebagai rumus diawali tanda petik tunggal. Kolom "ID
baris" adalah nomor tetap baris, "Berasal dari" menyebut dokumen yang membuatnya (daftar/nomor).

audit.csv memuat setiap perubahan setiap sel: siapa, kapan, sebelum, sesudah. Hash menutup isi
perubahan dan hash sebelumnya. Token dan hak akses tidak ikut.
""",
    """\
The data of {name} ({code}), in {currency}, up to change {head}.

Each book is one .xlsx file with a worksheet for each list, and a folder with the same lists as
CSV. Headings are in the company's language. In .xlsx numbers and days are numbers and days; in
CSV (UTF-8) numbers have a decimal point, days are YYYY-MM-DD, choices are written in words. Text
that could be taken for a formula has an apostrophe in front. "Row id" is the permanent number of
a row, "Follows from" the document that made it (list/number).

audit.csv has every change of every cell: who, when, before, after. The hash covers what changed
and the hash before it. Tokens and rights are not included.
""",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Exported:
    """One list that was written: its files' names under the target, and its number of rows."""

    sheet: Sheet
    name: str
    rows: int


def export_company(held: Transaction, catalogue: Catalogue, target: Path) -> list[Exported]:
    """Write a company as of one moment into a new folder, or a new file that ends in .zip.

    Raises `AlreadyThere` where something stands there.
    """
    if target.exists():
        raise AlreadyThere(f"{target} is there already: name a new folder or .zip")
    if target.suffix.lower() != ".zip":
        return _write_all(held, catalogue, target)
    with tempfile.TemporaryDirectory(dir=target.parent) as folder:
        exported = _write_all(held, catalogue, Path(folder) / target.stem)
        made, begun = Path(folder) / target.name, Path(folder) / target.stem
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
            for file in sorted(begun.rglob("*.*")):
                packed.write(file, file.relative_to(begun.parent))
        made.replace(target)
    return exported


def _write_all(held: Transaction, catalogue: Catalogue, folder: Path) -> list[Exported]:
    folder.mkdir(parents=True)
    exported = [one for book in catalogue.books for one in _write_book(held, book, folder)]
    with _text_file(folder / "audit.csv") as file:
        writer = csv.writer(file)
        writer.writerow(AUDIT)
        for commit in held.commits_after(0):
            writer.writerows(_audit_lines(commit, catalogue))
    (folder / "README.txt").write_text(_readme(held, exported), encoding="utf-8")
    return exported


def _write_book(held: Transaction, book: Book, folder: Path) -> Iterator[Exported]:
    language = held.company.language
    (folder / book.key).mkdir()
    with xlsxwriter.Workbook(str(folder / f"{book.key}.xlsx"), OPTIONS) as workbook:
        for sheet in book.sheets:
            rows = sorted(held.rows_of(sheet.table), key=lambda row: (row.key, row.id))
            _write_csv(folder / book.key / f"{sheet.key}.csv", sheet, rows, language)
            for part, first in enumerate(range(0, max(len(rows), 1), ROWS), start=1):
                title = sheet.title[language][:31] if part == 1 else f"{sheet.key} {part}"[:31]
                _write_sheet(workbook, title, sheet, rows[first : first + ROWS], language)
            yield Exported(sheet, f"{book.key}/{sheet.key}.csv", len(rows))


def _headings(sheet: Sheet, language: str) -> list[str]:
    return [c.heading[language] for c in sheet.columns] + [own[language] for own in OWN]


# --- CSV ----------------------------------------------------------------------------------------


def _text_file(path: Path) -> TextIO:
    return path.open("w", encoding="utf-8-sig", newline="")


def _write_csv(path: Path, sheet: Sheet, rows: Sequence[StoredRow], language: str) -> None:
    with _text_file(path) as file:
        writer = csv.writer(file)
        writer.writerow(_headings(sheet, language))
        for row in rows:
            cells = [_text(column, row.cells.get(column.key), language) for column in sheet.columns]
            writer.writerow([*cells, row.id, row.source or ""])


def _text(column: Column, text: str | None, language: str) -> str:
    if not text or is_figure(column) or isinstance(column, Date):
        return text or ""
    return unformula(str(column.cell(text, language)), column)


def _audit_lines(kept: KeptCommit, catalogue: Catalogue) -> Iterable[tuple[object, ...]]:
    """One line for each cell that a commit changed."""
    commit = kept.commit
    head = (commit.seq, commit.at, commit.user, commit.made_by or commit.user, commit.kind)
    for change in kept.changes:
        what = "deleted" if change.deleted else "created" if change.created else "changed"
        place = (commit.cause, commit.file, change.table, change.id, what)
        columns = catalogue.sheets[change.table].by_key if change.table in catalogue.sheets else {}
        for key, pair in changed_cells(change.cells, change.created).items():
            column = columns.get(key) or Text(key, Words(key, key))  # one that is no more
            before, after = (unformula(text or "", column) for text in pair)
            yield (*head, *place, key, before, after, kept.hash)


# --- XLSX ---------------------------------------------------------------------------------------


def _write_sheet(
    workbook: xlsxwriter.Workbook,
    title: str,
    sheet: Sheet,
    rows: Sequence[StoredRow],
    language: str,
) -> None:
    page, bold = workbook.add_worksheet(title), workbook.add_format({"bold": True})
    looks = [workbook.add_format({"num_format": number_format(c, language)}) for c in sheet.columns]
    page.freeze_panes(1, 0)
    for place, column in enumerate(sheet.columns):
        page.set_column(place, place, column.width, looks[place])
    for place, heading in enumerate(_headings(sheet, language)):
        page.write_string(0, place, heading, bold)
    for at, row in enumerate(rows, start=1):
        for place, column in enumerate(sheet.columns):
            if text := row.cells.get(column.key):
                _write_cell(page, (at, place), column, text, language)
        page.write_string(at, len(sheet.columns), row.id)
        page.write_string(at, len(sheet.columns) + 1, row.source or "")


def _write_cell(
    page: Worksheet, at: tuple[int, int], column: Column, text: str, language: str
) -> None:
    """A figure as a number, a day as a day, all else as the words that a workbook shows."""
    if is_figure(column):
        page.write_number(*at, column.value(text))
    elif isinstance(column, Date):
        page.write_datetime(*at, column.value(text))
    else:
        page.write_string(*at, str(column.cell(text, language)))


# --- README -------------------------------------------------------------------------------------


def _readme(held: Transaction, exported: Sequence[Exported]) -> str:
    company = held.company
    facts = {"name": company.name, "code": company.code, "currency": company.currency}
    told = [ABOUT[language].format(**facts, head=held.head) for language in ("id", "en")]
    lists = [
        f"{one.name}: {one.sheet.title.id} / {one.sheet.title.en}, {one.rows}\n"
        + "".join(_line_of(column) for column in one.sheet.columns)
        for one in exported
    ]
    return "\n".join([*told, *lists])


def _line_of(column: Column) -> str:
    help_ = f": {column.help.id} / {column.help.en}" if column.help else ""
    return f"    {column.heading.id} / {column.heading.en} ({column.kind}){help_}\n"
