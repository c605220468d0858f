"""What bank lines must hold: a bank account, parts that add up, entries that are not used twice."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates.books.ledger.accounts import ACCOUNTS, is_control
from workbook_templates.books.ledger.bank_lines import (
    JOURNAL,
    LINES,
    NOTHING,
    Part,
    is_accepted,
    is_made_by_a_line,
    is_payment,
    parts_of,
    posted_on,
)
from workbook_templates.books.ledger.currencies import kept_in
from workbook_templates.books.ledger.rules.payments import NOT_A_BANK_ACCOUNT
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

WHAT_IS_IT = Message(
    "bank_line_is_what",
    Words(
        id="Isi salah satu: Jurnal cocok, Dokumen, Mitra atau Akun lawan, lalu setujui.",
        en="Fill in one of Matching entry, Document, Party or Other account, then accept.",
    ),
)
TOO_MUCH_SAID = Message(
    "bank_line_is_two_things",
    Words(
        id="Satu baris hanya untuk satu hal. Kosongkan {column_id}, atau salin barisnya dan bagi "
        "jumlahnya.",
        en="One row is for one thing. Leave {column_en} blank, or copy the row and divide the "
        "amount.",
    ),
)
PARTS_DIFFER = Message(
    "bank_parts_differ",
    Words(
        id="Bagian-bagiannya berjumlah {parts}, mutasinya {amount}. Perbaiki bagiannya, atau "
        "kosongkan satu untuk sisanya.",
        en="The parts come to {parts}, the bank line is {amount}. Mend the parts, or leave one "
        "blank for the rest.",
    ),
)
NO_SUCH_ENTRY = Message(
    "no_such_entry",
    Words(
        id="Jurnal {entry} tidak mencatat apa pun di akun {account}. Periksa nomornya.",
        en="Entry {entry} posts nothing on account {account}. Check its number.",
    ),
)
ENTRY_USED = Message(
    "entry_already_matched",
    Words(
        id="Jurnal {entry} mencatat {posted} di akun {account}; {used} sudah cocok dengan mutasi "
        "lain, jadi {part} tidak muat. Pilih jurnal lain atau perbaiki bagiannya.",
        en="Entry {entry} posts {posted} on account {account}; {used} of it is matched with other "
        "bank lines, so {part} does not fit. Choose another entry or mend the part.",
    ),
)


def line_is_of_a_bank_account(line: Document, known: Known) -> Iterator[Problem]:
    """Banks keep assets and loans, not receivables or payables."""
    account = known.row(ACCOUNTS, line.text("bank_account")) if line.lines else None
    if account and (account.text("type") not in ("asset", "liability") or is_control(account)):
        yield NOT_A_BANK_ACCOUNT(
            column="bank_account",
            row_id=line.lines[0].id,
            account=account.text("code"),
            name=account.text("name"),
        )


def accepted_line_says_what_it_is(line: Document, known: Known) -> Iterator[Problem]:
    """An accepted row names one thing: an entry, a document or party, or an account."""
    for row in line.lines if is_accepted(line) else ():
        things = [row.text("match"), row.text("account")]
        if not any(things) and not is_payment(row):
            yield WHAT_IS_IT(column="accept", row_id=row.id)
        elif extra := _extra(row):
            heading = row.sheet.column(extra).heading
            yield TOO_MUCH_SAID(
                column=extra, row_id=row.id, column_id=heading.id, column_en=heading.en
            )


def parts_add_up(line: Document, known: Known) -> Iterator[Problem]:
    """What the rows of an accepted line stand for is its amount."""
    amount: Decimal = line["amount"] or NOTHING
    parts = sum((part.amount for part in parts_of(line)), NOTHING)
    blank = sum(row["part"] is None for row in line.lines)
    if line.lines and is_accepted(line) and (parts != amount or blank > 1):
        yield PARTS_DIFFER(column="part", row_id=line.lines[-1].id, parts=parts, amount=amount)


def entry_has_the_part_open(line: Document, known: Known) -> Iterator[Problem]:
    """An entry is matched with as much as it posts on the account, and no more."""
    if not is_accepted(line) or not (known.has(JOURNAL) and known.has(LINES)):
        return
    here: dict[str, Decimal] = {}
    for part in parts_of(line):
        if entry := part.row.text("match"):
            here[entry] = here.get(entry, NOTHING) + part.amount
            yield from _entry_problems(line, part, here[entry], known)


def _entry_problems(line: Document, part: Part, here: Decimal, known: Known) -> Iterator[Problem]:
    entry, account = part.row.text("match"), line.text("bank_account")
    found = known.document(JOURNAL, entry)
    posted = posted_on(found.lines, account, kept_in(account, known)) if found else NOTHING
    if not posted:
        yield NO_SUCH_ENTRY(column="match", row_id=part.row.id, entry=entry, account=account)
        return
    used = posted if is_made_by_a_line(entry) else _used(entry, line, known)
    left = posted - used - here
    if left * posted < 0 or part.amount * posted < 0:
        yield ENTRY_USED(
            column="match",
            row_id=part.row.id,
            entry=entry,
            account=account,
            posted=posted,
            used=used,
            part=part.amount,
        )


def _used(entry: str, line: Document, known: Known) -> Decimal:
    """What other accepted lines of the account match of an entry."""
    keys = {row.text("line") for row in known.where(LINES, "match", entry)} - {line.key}
    others = (known.document(LINES, key) for key in sorted(keys))
    return sum(
        (
            part.amount
            for other in others
            if other and is_accepted(other) and _account(other) == _account(line)
            for part in parts_of(other)
            if part.row.text("match") == entry
        ),
        NOTHING,
    )


def _account(line: Document) -> str:
    return line.text("bank_account")


def _extra(row: Line) -> str | None:
    """The column that says a second thing."""
    if row.text("match"):
        return next((c for c in ("document", "party", "account") if row.text(c)), None)
    return "document" if row.text("account") and row.text("document") else None
