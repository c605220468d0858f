"""What is settled stays: months that are closed, or lie before the books began."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workbook_templates.books.ledger.depreciation import MOST_MONTHS
from workbook_templates.books.ledger.depreciation_runs import settled_before
from workbook_templates.periods import is_locked
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known
from workbook_templates.words import Words

SETTLED_MONTH_STAYS = Message(
    "settled_month_stays",
    Words(
        id="Perubahan ini mengubah penyusutan {code} untuk {period}, padahal periode itu ditutup "
        "atau mendahului pembukuan. Kembalikan isinya; aset lama diisi dengan akumulasi dan bulan "
        "terakhirnya, dan umur baru dengan baris pengganti.",
        en="This changes what {code} is depreciated in {period}, which is closed or before the "
        "books began. Put it back; enter an older asset with its accumulated depreciation and "
        "the last month of it, and a new life as a row that replaces the old one.",
    ),
)
DEFERRAL_SETTLED = Message(
    "deferral_settled",
    Words(
        id="Perubahan ini mengubah bagian {code} untuk {period}, padahal periode itu ditutup atau "
        "mendahului pembukuan. Mulai dari bulan yang terbuka, dengan sisa jumlah dan bulannya.",
        en="This changes the part of {code} in {period}, which is closed or before the books "
        "began. Begin in an open month, with the amount and the months that are left.",
    ),
)


TOO_MANY_MONTHS_OF_LIFE = Message(
    "too_many_months_of_life",
    Words(
        id="Paling banyak {most} bulan. Kurangi jumlahnya.",
        en="At most {most} months. Lower the number.",
    ),
)


def too_long(document: Document, column: str) -> Iterator[Problem]:
    """Problems of lines that go over more months than anything lasts."""
    for line in document.lines:
        if int(line.text(column) or 0) > MOST_MONTHS:
            yield TOO_MANY_MONTHS_OF_LIFE(column=column, row_id=line.id, most=MOST_MONTHS)


def first_settled(
    before: Mapping[str, object], after: Mapping[str, object], known: Known
) -> str | None:
    """The first settled month in which two plans differ."""
    first = settled_before(known)
    for month in sorted({*before, *after}):
        if before.get(month) != after.get(month) and (
            month < first or is_locked(known, month, "ledger")
        ):
            return month
    return None
