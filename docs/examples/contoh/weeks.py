"""The weeks of the month: one person online, two offline, mistakes, a late note, a conflict."""

from __future__ import annotations

import shutil
from datetime import date
from decimal import Decimal

from docs.examples.contoh.keyboard import Seen, decide, look, retype, type_rows
from docs.examples.contoh.month import (
    CHART,
    NO_SUCH_ACCOUNT,
    TOO_MUCH,
    UNBALANCED,
    Mistake,
    as_typed_first,
    dated,
    right,
)
from docs.examples.contoh.office import Office
from docs.examples.contoh.rows import Sheets, day
from docs.examples.contoh.stock import FOUND_LATE
from workbook_templates.words import Words

WEEKS = ((1, 7), (8, 14), (15, 21), (22, 31))
TRADE = ("ledger.journal", "ledger.sales_invoices", "ledger.purchase_bills", "ledger.payments")
MONTH_END = "2026-05-31"
PARTY, CASH_ENTRY = "C003", ("entry", "date", "account", "debit", "credit")

ONLINE = Words(id="Akuntan bekerja daring, minggu demi minggu", en="The accountant works online")
WEEK = Words(id="Tanggal {first} sampai {last} Mei:", en="From {first} to {last} May:")
TWO_SLIPS = Words(
    id="Dua jurnal minggu ini salah ketik; dokumen lainnya tetap masuk.",
    en="Two entries of this week are mistyped; all other documents land.",
)
MENDED = Words(id="Sari memperbaiki kedua sel itu.", en="Sari mends both cells.")
OFFLINE = Words(
    id="Gudang dan personalia bekerja luring", en="The warehouse and HR work without a connection"
)
SITTINGS = Words(
    id="Wayan mengetik empat kali dalam sebulan, Rina dua kali, tanpa jaringan.",
    en="Wayan types on four days of the month, Rina on two, with no connection.",
)
BACK = Words(
    id="Jaringan kembali: satu sinkron untuk sebulan", en="Back online: one sync for a whole month"
)
SHORTAGE = Words(
    id="Satu pengeluaran melebihi stok: {wrong} terketik, maksudnya {right}.",
    en="One issue takes more than there is: {wrong} was typed for {right}.",
)
LATE = Words(
    id="Surat penerimaan yang tercecer, bertanggal mundur", en="A receipt found late, back-dated"
)
NOT_CLEARED = Words(
    id="Tagihan {bill} sudah ada, tetapi barangnya belum tercatat: akun {account} belum nol. Wayan "
    "menemukan surat {move} tanggal 9 dan mengetiknya.",
    en="Bill {bill} is there, its goods are not: account {account} is not zero. Wayan finds the "
    "note {move} of the 9th and types it.",
)
REVALUED = Words(id="Sebelum dan sesudah", en="Before and after")
BEFORE, AFTER = Words(id="sebelum", en="before"), Words(id="sesudah", en="after")
TWO_COPIES = Words(
    id="Dua salinan satu buku kerja: konflik", en="Two copies of one workbook: a conflict"
)
MAILED = Words(
    id="Sari mengirim buku kerjanya ke rumah. Di kantor nama {party} diubah menjadi “{office}”, "
    "di rumah menjadi “{home}”.",
    en="Sari mails her workbook home. At the office {party} is renamed to “{office}”, at home to "
    "“{home}”.",
)
KEPT = Words(
    id="Tidak ada yang ditimpa: selnya tetap berisi ketikan Sari, dan lembar Tinjau menunjukkan "
    "keduanya. Ia memilih “Milik saya”.",
    en="Nothing is overwritten: the cell keeps what Sari typed, and the sheet Review shows both. "
    "She chooses “Mine”.",
)
AT_THE_OFFICE, AT_HOME = "PT Halim Makassar Jaya", "PT Halim Makassar (Persero)"


def work_online(office: Office, month: Sheets) -> list[Seen]:
    """Four weeks of the ledger, each synchronised; the refused rows of the second."""
    office.stage.scene(ONLINE)
    file, refused = office.file("ledger"), list[Seen]()
    for first, last in WEEKS:
        office.stage.says(WEEK, first=first, last=last)
        type_rows(file, _typed(month, TRADE, day(first), day(last)))
        has_slips = first <= 8 <= last
        office.sync(file, status=int(has_slips))
        if has_slips:
            refused = _mend_entries(office, month)
    return refused


def _mend_entries(office: Office, month: Sheets) -> list[Seen]:
    file, slips = office.file("ledger"), (UNBALANCED, NO_SUCH_ACCOUNT)
    office.stage.says(TWO_SLIPS)
    seen = [row for slip in slips for row in look(file, slip.table, entry=slip.row)]
    office.stage.rows("ledger.journal", seen, CASH_ENTRY)
    office.stage.says(MENDED)
    for slip in slips:
        _mend(office, month, slip)
    office.sync(file)
    return seen


def _mend(office: Office, month: Sheets, slip: Mistake) -> None:
    book = slip.table.partition(".")[0]
    where = {slip.key: slip.row, slip.column: slip.wrong}
    retype(office.file(book), slip.table, where, {slip.column: right(month, slip)})


def work_offline(office: Office, month: Sheets) -> list[Seen]:
    """Rows typed in several sittings; `lajur status` tells what waits, without the server."""
    office.stage.scene(OFFLINE)
    office.stage.says(SITTINGS)
    file = office.file("inventory")
    for first, last in WEEKS:
        type_rows(file, _typed(month, ("inventory.moves",), day(first), day(last)))
    type_rows(office.file("hr"), {"hr.contracts": month["hr.contracts"]})
    type_rows(office.file("hr"), {"hr.leave_requests": month["hr.leave_requests"]})
    for waiting in (file, office.file("hr")):
        office.lajur(waiting, "status", waiting.name, *office.options)
    return []


def come_back(office: Office, month: Sheets) -> list[Seen]:
    """One sync for all of it; an issue of more than there is stays behind and is mended."""
    office.stage.scene(BACK)
    office.sync(office.file("hr"))
    file = office.file("inventory")
    office.sync(file, status=1)
    office.stage.says(SHORTAGE, wrong=TOO_MUCH.wrong, right=right(month, TOO_MUCH))
    seen = look(file, TOO_MUCH.table, move=TOO_MUCH.row)
    office.stage.rows(TOO_MUCH.table, seen, ("move", "date", "item", "qty", "warehouse"))
    _mend(office, month, TOO_MUCH)
    office.sync(file)
    return seen


def find_a_receipt(office: Office, month: Sheets) -> list[Seen]:
    """A receipt dated the 9th, typed at the end: later costs follow in the same commit."""
    office.stage.scene(LATE)
    bill = FOUND_LATE.replace("TB-", "BL-")
    office.stage.says(NOT_CLEARED, bill=bill, account=CHART["goods_received"], move=FOUND_LATE)
    before = balances(office)
    late = [row for row in month["inventory.moves"] if row["move"] == FOUND_LATE]
    type_rows(office.file("inventory"), {"inventory.moves": late})
    office.sync(office.file("inventory"))
    after = balances(office)
    figures = [
        (f"{account} {after[account][0]}, {when[office.language]}", there.get(account, ("", 0))[1])
        for account in (CHART["goods_received"], CHART["cost_of_goods"])
        for when, there in ((BEFORE, before), (AFTER, after))
    ]
    office.stage.figures(REVALUED[office.language], figures)
    return []


def balances(office: Office) -> dict[str, tuple[str, Decimal]]:
    """Name and balance of each account at the end of the month."""
    rows = office.report("trial_balance", as_of=MONTH_END)
    return {row["account"]: (row["name"], Decimal(row["balance"])) for row in rows}


def edit_two_copies(office: Office, month: Sheets) -> list[Seen]:
    """One cell, two values: the second sync shows the conflict, its person decides."""
    office.stage.scene(TWO_COPIES)
    file, where = office.file("ledger"), {"code": PARTY}
    office.stage.says(MAILED, party=PARTY, office=AT_THE_OFFICE, home=AT_HOME)
    home = file.with_stem(f"{file.stem}-2")
    shutil.copy(file, home)
    retype(file, "ledger.parties", where, {"name": AT_THE_OFFICE})
    office.sync(file)
    retype(home, "ledger.parties", where, {"name": AT_HOME})
    office.sync(home, status=1)
    seen = [*look(home, "ledger.parties", code=PARTY), *look(home, "review")]
    office.stage.rows("ledger.parties", seen[:1], ("code", "name"))
    office.stage.says(KEPT)
    decide(home, "mine")
    office.lajur(home, "resolve", home.name, *office.options)
    office.sync(home)
    office.sync(file)
    return [*seen, *look(file, "ledger.parties", code=PARTY)]


def _typed(month: Sheets, tables: tuple[str, ...], first: date, last: date) -> Sheets:
    return {table: as_typed_first(table, dated(month[table], first, last)) for table in tables}
