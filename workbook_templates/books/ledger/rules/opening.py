"""Opening balances: entered once, before the company goes live, and whole by then."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.opening import CLEARING, CONTROL, clearing_balances
from workbook_templates.books.ledger.rules.journal import ONE_SIDE, entry_balances
from workbook_templates.books.ledger.rules.trade import no_account
from workbook_templates.periods import YEARS
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

LISTS = "ledger.opening_balances"
OPENING_NEEDS = Message(
    "opening_needs",
    Words(
        id="{column_id} wajib diisi pada daftar jenis ini.",
        en="{column_en} must be filled in on a list of this kind.",
    ),
)
OPENING_ACCOUNT = Message(
    "opening_account",
    Words(
        id="Kosongkan Akun: pada daftar piutang dan utang akunnya mengikuti perannya.",
        en="Leave Account blank: on lists of receivables and payables it follows from its role.",
    ),
)
OPENING_TWICE = Message(
    "opening_twice",
    Words(
        id="{document} milik {party} sudah ada di daftar {other}. Hapus salah satunya.",
        en="{document} of {party} is on the list {other} already. Delete one of them.",
    ),
)
SECOND_TRIAL_BALANCE = Message(
    "second_trial_balance",
    Words(
        id="Neraca saldo awal sudah ada di daftar {other}. Perbaiki daftar itu, jangan dua kali.",
        en="The opening trial balance is on the list {other} already. Mend that one instead.",
    ),
)
LIVE_ALREADY = Message(
    "live_already",
    Words(
        id="Tahun {year} sudah berjalan, jadi saldo awal tidak dapat ditambah atau diubah. Buat "
        "jurnal koreksi.",
        en="The year {year} is under way, so opening balances can no longer be added or changed. "
        "Enter a correcting entry.",
    ),
)
NOT_CLEARED = Message(
    "not_cleared",
    Words(
        id="Akun penampung {account} masih bersaldo {balance}. Neraca saldo awal dan rinciannya "
        "belum sama: lengkapi daftar atau mutasi stok awal sampai saldonya nol.",
        en="The clearing account {account} still stands at {balance}. The opening trial balance "
        "and its details differ: complete the lists or the opening stock until it is zero.",
    ),
)
BACK_TO_OPENING = Message(
    "back_to_opening",
    Words(
        id="Tahun {year} sudah berjalan dan tidak dapat kembali ke Saldo awal. Kembalikan "
        "statusnya.",
        en="The year {year} is under way and cannot go back to Opening balances. Put back its "
        "status.",
    ),
)


def opening_is_before_going_live(document: Document, known: Known) -> Iterator[Problem]:
    """Once a year is under way nothing is added to opening balances, changed or taken away."""
    for year in known.rows(YEARS):
        if year.text("status") in ("open", "closed"):
            yield LIVE_ALREADY(row_id=_first(document), year=year.text("year"))
            return


def opening_lines_are_whole(document: Document, known: Known) -> Iterator[Problem]:
    """A trial balance names accounts and balances; open items name party and document."""
    if document.text("kind") not in CONTROL:
        yield from (p for line in document.lines for p in _needs(line, "account"))
        yield from entry_balances(document, known) if document.lines else ()
        return
    for line in document.lines:
        yield from (p for column in ("party", "document") for p in _needs(line, column))
        if line.text("account"):
            yield OPENING_ACCOUNT(column="account", row_id=line.id)
        if bool(line["debit"]) == bool(line["credit"]):
            yield ONE_SIDE(column="debit", row_id=line.id)


def opening_is_entered_once(document: Document, known: Known) -> Iterator[Problem]:
    """One trial balance, and each open item on one list only: pressing twice doubles nothing."""
    kind = document.text("kind")
    others = [row for row in known.rows(LISTS) if row.text("kind") == kind]
    if kind not in CONTROL:
        other = next((row for row in others if row.text("list") != document.key), None)
        if other is not None and document.lines:
            name = other.text("list")
            yield SECOND_TRIAL_BALANCE(column="list", row_id=_first(document), other=name)
        return
    seen = {_item(row): row.text("list") for row in others if row.text("list") != document.key}
    for line in document.lines:
        if other_list := seen.get(_item(line)):
            party, item = _item(line)
            yield OPENING_TWICE(
                column="document", row_id=line.id, document=item, party=party, other=other_list
            )
        seen[_item(line)] = document.key


def opening_accounts_exist(document: Document, known: Known) -> Iterator[Problem]:
    """There are the accounts through which a list goes."""
    control = CONTROL.get(document.text("kind"))
    roles = (control, CLEARING[control]) if control else CLEARING.values()
    for role in roles if document.lines else ():
        yield from no_account(known, role, _first(document))


def going_live_is_once_and_cleared(document: Document, known: Known) -> Iterator[Problem]:
    """A year begins when every clearing account is zero, and does not become an opening again."""
    before = next((line.text("status") for line in document.before), "")
    for line in document.lines:
        status = line.text("status")
        if status == "opening" and before in ("open", "closed"):
            yield BACK_TO_OPENING(column="status", row_id=line.id, year=document.key)
        elif status in ("open", "closed") and before not in ("open", "closed"):
            for account, balance in sorted(clearing_balances(known).items()):
                yield NOT_CLEARED(column="status", row_id=line.id, account=account, balance=balance)


def _needs(line: Line, key: str) -> Iterator[Problem]:
    if not line.text(key):
        heading = line.sheet.column(key).heading
        yield OPENING_NEEDS(column=key, row_id=line.id, column_id=heading.id, column_en=heading.en)


def _item(line: Line) -> tuple[str, str]:
    return line.text("party"), line.text("document")


def _first(document: Document) -> str | None:
    return document.lines[0].id if document.lines else None
