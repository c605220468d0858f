"""Books agree: figures that must be equal, each with its difference and where to look."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from decimal import Decimal

from workbook_templates.books.ledger.accounts import account_of_role
from workbook_templates.books.ledger.reports.asset_register import (
    accumulated_and_balance,
    cost_and_balance,
)
from workbook_templates.books.ledger.reports.balances import (
    NOTHING,
    amount_text,
    balances,
    units_of,
)
from workbook_templates.books.ledger.reports.currencies_agree import currency_ties
from workbook_templates.books.ledger.reports.tax_documents import TAX_KINDS, tax_accounts
from workbook_templates.books.ledger.reports.ties import CONTROL, DOCUMENTS, Tie
from workbook_templates.columns import Integer, Money, Text
from workbook_templates.schema import Cells, Document, Known, Line, Report, ReportRequest
from workbook_templates.words import Words

JOURNAL = "ledger.journal"
TRADES = (
    "ledger.sales_invoices",
    "ledger.purchase_bills",
    "ledger.payments",
    "ledger.draft_entries",
    "ledger.opening_balances",
)
UNIT = 10_000


def books_agree_rows(known: Known, request: ReportRequest) -> Iterator[Cells]:
    """A row a check; Difference is zero in all of them, or something is wrong."""
    language = known.company.language
    for number, tie in enumerate(_ties(known, request.as_of), 1):
        one, other = tie.figures
        yield {
            "number": str(number),
            "check": tie.words[language],
            "one": tie.one[language],
            "amount": amount_text(one),
            "other": tie.other[language],
            "compared": amount_text(other),
            "difference": amount_text(one - other),
            "look": (tie.look if one != other else FINE)[language],
        }


def _ties(known: Known, as_of: str) -> Iterator[Tie]:
    posted = balances(known, as_of)
    debits = sum(sums.debit for sums in posted.values())
    credits = sum(sums.credit for sums in posted.values())
    yield Tie(BALANCE, DEBITS, CREDITS, LOOK_AT_JOURNAL, (debits, credits))
    proposed = _proposed(known, as_of)
    for role, (words, look) in CONTROLS.items():
        code = _code(known, role)
        details = proposed.get(code, 0) + _posted(known, code, as_of, TRADES)
        yield Tie(words, CONTROL, DOCUMENTS, look, (_balance(known, code, as_of), details))
    code = _code(known, "inventory")
    figures = _balance(known, code, as_of), _stock_value(known, as_of)
    yield Tie(STOCK, CONTROL, LAYERS, LOOK_AT_STOCK, figures)
    code = _code(known, "salaries_payable")
    details = _posted(known, code, as_of, ("payroll.",)) - _unpaid_slips(known, as_of)
    yield Tie(PAY, CONTROL, SLIPS, LOOK_AT_PAY, (_balance(known, code, as_of), details))
    yield Tie(NUMBERS, GIVEN, FOUND, LOOK_AT_NUMBERS, _numbers(known))
    accounts = tax_accounts(known, TAX_KINDS)
    balance = sum(posted.get(code, NOTHING).balance for code in accounts)
    details = sum(proposed.get(code, 0) + _posted(known, code, as_of, TRADES) for code in accounts)
    yield Tie(TAX, CONTROL, DOCUMENTS, LOOK_AT_TAX, (balance, details))
    figures = cost_and_balance(known, as_of, posted)
    yield Tie(ASSETS, CONTROL, REGISTER, LOOK_AT_ASSETS, figures)
    figures = accumulated_and_balance(known, as_of, posted)
    yield Tie(ACCUMULATED, CONTROL, REGISTER, LOOK_AT_ASSETS, figures)
    yield from currency_ties(known, as_of)


def _code(known: Known, role: str) -> str:
    account = account_of_role(known, role)
    return account.text("code") if account else ""


def _balance(known: Known, code: str, as_of: str) -> int:
    """By the kept sums; no account has none."""
    return balances(known, as_of, code).get(code, NOTHING).balance if code else 0


def _proposed(known: Known, as_of: str) -> dict[str, int]:
    """What the documents of `TRADES` do to each account, worked out anew from them."""
    found: dict[str, int] = defaultdict(int)
    for table in TRADES:
        for document in _documents(known.rows(table)):
            if document.text("date") > as_of or document.sheet.proposes is None:
                continue
            for proposal in document.sheet.proposes(document, known):
                for row in proposal.rows if proposal.table == JOURNAL else ():
                    found[row["account"] or ""] += units_of(Line(document.sheet, "", row))
    return found


def _documents(lines: Iterable[Line]) -> Iterator[Document]:
    grouped: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        grouped[line.sheet.key_of(line.cells, line.id)].append(line)
    for key, members in grouped.items():
        yield Document(members[0].sheet, key, tuple(members), tuple(members))


def _posted(known: Known, code: str, as_of: str, but: tuple[str, ...]) -> int:
    """What journal lines did to an account, but for those of documents whose table begins so."""
    lines = known.where(JOURNAL, "account", code) if code else ()
    return sum(
        units_of(line)
        for line in lines
        if line.text("date") <= as_of and not (line.source or "").startswith(but)
    )


def _stock_value(known: Known, as_of: str) -> int:
    if not known.has("inventory.moves"):
        return 0
    sums = known.totals("inventory.on_hand", last={"date": as_of})
    return sum(value for _, value in sums.values())


def _unpaid_slips(known: Known, as_of: str) -> int:
    """The net pay of the posted runs whose entry is dated up to a day."""
    if not known.has("payroll.pay_runs"):
        return 0
    found = Decimal(0)
    for run in known.rows("payroll.pay_runs"):
        key = run.text("run")
        entry = known.document(JOURNAL, f"PR:{key}")
        slips = known.document("payroll.payslips", key)
        if entry and slips and entry.text("date") <= as_of:
            found += sum(line["amount"] for line in slips.lines if line.text("kind") == "net")
    return int(found * UNIT)


def _numbers(known: Known) -> tuple[int, int]:
    """How many numbers were given, by the last of each series, and how many documents have one."""
    found: dict[str, set[int]] = defaultdict(set)
    for table in (JOURNAL, *TRADES):
        for line in known.rows(table):
            numbering = line.sheet.numbering
            series, _, count = line.text(numbering.column if numbering else "").rpartition("-")
            if count.isdecimal():
                found[series].add(int(count))
    given = sum(max(counts) for counts in found.values())
    return given * UNIT, sum(map(len, found.values())) * UNIT


FINE = Words(id="Cocok", en="They agree")
BALANCE = Words(id="Neraca saldo", en="Trial balance")
DEBITS, CREDITS = Words(id="Jumlah debit", en="Debits"), Words(id="Jumlah kredit", en="Credits")
LOOK_AT_JOURNAL = Words(
    id="Jalankan `lajur-server verify`: jumlah yang disimpan tidak sama dengan jurnalnya.",
    en="Run `lajur-server verify`: the kept sums are not those of the journal.",
)
CONTROLS = {
    "receivable": (
        Words(id="Piutang usaha", en="Trade receivables"),
        Words(
            id="Bandingkan laporan Umur Piutang dengan buku besar akun piutang pada tanggal itu.",
            en="Compare the Aged Receivables with the general ledger of the account on that day.",
        ),
    ),
    "payable": (
        Words(id="Utang usaha", en="Trade payables"),
        Words(
            id="Bandingkan laporan Umur Utang dengan buku besar akun utang pada tanggal itu.",
            en="Compare the Aged Payables with the general ledger of the account on that day.",
        ),
    ),
}
STOCK = Words(id="Persediaan", en="Inventory")
LAYERS = Words(id="Nilai menurut mutasi stok", en="Value by stock moves")
LOOK_AT_STOCK = Words(
    id="Bandingkan laporan Nilai Persediaan dengan buku besar akun Persediaan, hari demi hari.",
    en="Compare the Stock Valuation with the general ledger of Inventory, day by day.",
)
PAY = Words(id="Utang gaji", en="Salaries payable")
SLIPS = Words(id="Menurut slip gaji dan pembayarannya", en="By payslips and their payment")
LOOK_AT_PAY = Words(
    id="Bandingkan Daftar upah setiap penggajian dengan jurnalnya (PR:…).",
    en="Compare the Pay register of each run with its entry (PR:…).",
)
ASSETS = Words(id="Aset tetap", en="Fixed assets")
ACCUMULATED = Words(id="Akumulasi penyusutan", en="Accumulated depreciation")
REGISTER = Words(id="Menurut daftar aset tetap", en="By the asset register")
LOOK_AT_ASSETS = Words(
    id="Bandingkan Daftar Aset Tetap dengan buku besar akun kategorinya: aset yang belum didaftar "
    "atau belum dijurnal, dan akumulasi saat diambil alih.",
    en="Compare the Asset Register with the general ledger of its categories' accounts: what is "
    "not registered or not posted yet, and what was depreciated before it was taken over.",
)
TAX = Words(id="Akun pajak", en="Tax accounts")
LOOK_AT_TAX = Words(
    id="Jalankan laporan Rekonsiliasi Pajak untuk setiap masa dan lihat yang tak terjelaskan.",
    en="Run the Tax Reconciliation for each period and look at what is unexplained.",
)
NUMBERS = Words(id="Nomor bukti", en="Document numbers")
GIVEN, FOUND = Words(id="Nomor diberikan", en="Numbers given"), Words(id="Nomor ada", en="Found")
LOOK_AT_NUMBERS = Words(
    id="Urutkan kolom No. bukti dan cari nomor yang terlompati.",
    en="Sort the column Number and look for the one that is missing.",
)
BOOKS_AGREE = Report(
    key="books_agree",
    title=Words(id="Buku Cocok", en="Books Agree"),
    help=Words(
        id="Pasangan angka yang harus sama pada suatu tanggal.",
        en="Pairs of figures that must be equal on a day.",
    ),
    columns=(
        Integer("number", Words(id="No.", en="No."), width=6),
        Text("check", Words(id="Pemeriksaan", en="Check"), width=22),
        Text("one", Words(id="Angka pertama", en="First figure"), width=20),
        Money("amount", Words(id="Jumlah", en="Amount"), width=20),
        Text("other", Words(id="Angka kedua", en="Second figure"), width=34),
        Money("compared", Words(id="Jumlah kedua", en="Second amount"), width=20),
        Money("difference", Words(id="Selisih", en="Difference"), width=18),
        Text("look", Words(id="Di mana mencari", en="Where to look"), width=44),
    ),
    build=books_agree_rows,
)
