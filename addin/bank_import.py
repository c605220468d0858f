"""Typing a bank statement into a ledger workbook: new lines only, each with its best proposal.

What is typed is unsent like anything that a person types; the next sync sends it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from hashlib import sha256
from pathlib import Path

from addin.bank_columns import guessed, headings_of
from addin.bank_files import DayBalance, Statement, StatementLine, read_statements
from addin.bank_proposals import LONGEST, propose, put_in_order, row_id
from addin.bank_rows import BadLine, is_date, read_table
from addin.copies import Copy, Found, put_row
from addin.errors import AddinError, OtherBook
from addin.file_tables import Table
from addin.groups import unsent_documents
from addin.known import LocalKnown
from addin.local import look
from workbook_templates import money
from workbook_templates.books.ledger.accounts import ACCOUNTS
from workbook_templates.books.ledger.bank_lines import LINES
from workbook_templates.books.ledger.stated_balances import STATED, warnings
from workbook_templates.schema import Cells

MAPPINGS = "ledger.bank_mappings"
END_OF_TIME = "9999-12-31"


class NoBankSheets(AddinError):
    """The workbook's template has no bank lines yet. Facts: name."""

    code = "no_bank_sheets"
    sentences = {
        "id": "{name} belum punya lembar Mutasi Bank. Jalankan `lajur upgrade {name}` dulu.",
        "en": "{name} has no sheet Bank Lines yet. Run `lajur upgrade {name}` first.",
    }


class NoBankAccount(AddinError):
    """Nothing says to which account of the books a statement belongs. Facts: file, number."""

    code = "no_bank_account"
    sentences = {
        "id": "Akun untuk {file} ({number}) tidak diketahui. Tulis --account KODE, atau isi nomor"
        " rekeningnya di lembar Format Bank.",
        "en": "The account for {file} ({number}) is not known. Give --account CODE, or fill in its"
        " account number on the sheet Bank Formats.",
    }


class UnknownAccount(AddinError):
    """The books have no such account. Facts: account."""

    code = "unknown_bank_account"
    sentences = {
        "id": "Akun {account} tidak ada di lembar Akun. Periksa kodenya, atau sinkronkan dulu.",
        "en": "There is no account {account} on the sheet Accounts. Check the code, or sync first.",
    }


class NoMapping(AddinError):
    """No format fits a table, and none can be guessed. Facts: file, headings."""

    code = "no_bank_mapping"
    sentences = {
        "id": "Tidak ada format bank yang cocok dengan {file}. Judul yang ditemukan: {headings}."
        " Tambah satu baris di lembar Format Bank: tulis judul tanggal, uraian, dan jumlah (atau"
        " debet dan kredit) persis seperti di berkas; tanpa judul, tulis #1, #2 dan seterusnya.",
        "en": "No bank format fits {file}. The headings found are: {headings}. Add a row on the"
        " sheet Bank Formats: write the headings of date, description and amount (or debit and"
        " credit) just as the file has them; without headings, write #1, #2 and so on.",
    }


@dataclass(frozen=True)
class Wanted:
    """What the command is told: the bank's code, the account, and that a guess is good enough."""

    bank: str = ""
    account: str = ""
    trust: bool = False


@dataclass
class Imported:
    """What an import did. `guess`: the mapping that it typed for a person to look at, and then
    nothing else; `bad`: why nothing was imported; `short`: what a statement's lines lack of the
    difference between its own balances.
    """

    account: str = ""
    new: list[str] = field(default_factory=list)
    known: int = 0
    passed: int = 0
    proposed: int = 0
    stated: list[DayBalance] = field(default_factory=list)
    short: Decimal = Decimal(0)
    guess: Cells = field(default_factory=dict)
    bad: Sequence[BadLine] = ()


def import_statement(copy: Copy, path: Path, wanted: Wanted) -> Imported:
    """Type what a file has and the workbook has not, with proposals; the file is not saved here.

    Raises `AddinError`: `NotAStatement`, `NoBankAccount`, `NoMapping` and others.
    """
    _refuse_others(copy)
    statements, table = read_statements(path)
    done = Imported()
    for statement in statements:
        mapping = _mapping(copy, wanted.bank, statement.number)
        account = _account(copy, path, wanted, mapping, statement.number)
        if mapping is None and wanted.bank:
            numbered = {"bank": wanted.bank, "account": account, "number": statement.number}
            _keep_mapping(copy, numbered)
        _type(copy, done, statement, account)
    if not statements:
        _import_table(copy, path, wanted, done, table)
    return done


def match_lines(copy: Copy, account: str = "") -> int:
    """Propose anew what open lines are; how many have a proposal. A person's own words stay."""
    _refuse_others(copy)
    accounts = {row.cells.get("bank_account", "") for row in copy.pages[LINES].rows.values()}
    return sum(propose(copy, code) for code in sorted(accounts) if code and account in ("", code))


def warn(copy: Copy, account: str = "") -> list[Found]:
    """What stated balances the books do not have: found as warnings, which stop nothing."""
    look(copy, [u for sheet in copy.sheets() for u in unsent_documents(copy, sheet)], delete=False)
    known = LocalKnown(copy)
    if not known.has("ledger.journal"):
        return []
    told = []
    for problem in warnings(known, END_OF_TIME):
        row = copy.row(STATED, problem.row_id or "")
        if row is not None and account in ("", row.cells.get("account")):
            key = copy.key_of(STATED, problem.row_id or "")
            told.append(Found(STATED, key, problem, stops=False))
    copy.found += told
    return told


def fingerprint(account: str, line: StatementLine, nth: int) -> str:
    """The name of a line: of the n-th of its day that says just this."""
    said = "|".join((str(line.amount), line.description.casefold(), line.reference.casefold()))
    digest = sha256(f"{account}|{line.date}|{said}|{nth}".encode()).hexdigest()[:10]
    return f"{account}-{line.date[2:].replace('-', '')}-{digest}"


# --- tables -------------------------------------------------------------------------------------


def _import_table(copy: Copy, path: Path, wanted: Wanted, done: Imported, table: Table) -> None:
    mapping = _fitting(copy, wanted, table)
    if not mapping:
        mapping = _guess(copy, path, wanted, table)
        done.guess = mapping
        _keep_mapping(copy, mapping)
        if not wanted.trust:
            return
    lines = read_table(table, mapping)
    if lines is None:
        raise NoMapping(file=path.name, headings=_shown(table))
    done.bad, done.passed = lines.bad, lines.passed
    if not lines.bad:
        _type(copy, done, lines.statement, _account(copy, path, wanted, mapping, ""))


def _fitting(copy: Copy, wanted: Wanted, table: Table) -> Cells:
    """The kept mapping of the bank that is named; else the first that reads the table."""
    rows = copy.pages[MAPPINGS].rows.values()
    kept = [row.cells for row in rows if row.cells.get("date_heading")]
    if wanted.bank:
        return next((cells for cells in kept if _same(cells.get("bank"), wanted.bank)), {})
    if wanted.account:
        kept = [cells for cells in kept if cells.get("account") == wanted.account]
    fitting = (cells for cells in kept if (lines := read_table(table, cells)) and not lines.bad)
    return next(fitting, {})


def _keep_mapping(copy: Copy, cells: Cells) -> None:
    put_row(copy, MAPPINGS, row_id(copy, MAPPINGS, cells["bank"] or ""), cells)


def _guess(copy: Copy, path: Path, wanted: Wanted, table: Table) -> Cells:
    found = guessed(table, is_date)
    if not found:
        raise NoMapping(file=path.name, headings=_shown(table))
    account = _account(copy, path, wanted, None, "")
    return {"bank": wanted.bank or f"BANK-{account}", "account": account, **found}


def _shown(table: Table) -> str:
    return ", ".join(headings_of(table)[1]) or "—"


# --- lines --------------------------------------------------------------------------------------


def _type(copy: Copy, done: Imported, statement: Statement, account: str) -> None:
    """Type the lines that are new, in the order of time, each with its proposal."""
    done.account = account
    page, counts = copy.pages[LINES], Counter[StatementLine]()
    kept = {row.cells.get("line") for row in page.rows.values()}
    new: dict[str, Cells] = {}
    for line in statement.lines:
        plain = StatementLine(line.date, line.description, line.amount, line.reference)
        counts[plain] += 1
        key = fingerprint(account, line, counts[plain])
        if key in kept:
            done.known += 1
        elif line.amount:
            new[key] = _cells(key, account, line)
    for key, cells in new.items():
        put_row(copy, LINES, row_id(copy, LINES, key), cells)
    done.new += new
    done.proposed += propose(copy, account)
    put_in_order(copy, new)
    _state(copy, done, statement, account)


def _cells(key: str, account: str, line: StatementLine) -> Cells:
    cells = {
        "line": key,
        "bank_account": account,
        "date": line.date,
        "description": line.description[:LONGEST],
        "reference": line.reference[:LONGEST],
        "amount": money.text(line.amount),
        "balance": "" if line.balance is None else money.text(line.balance),
    }
    return {column: text for column, text in cells.items() if text}


def _state(copy: Copy, done: Imported, statement: Statement, account: str) -> None:
    """Note the balances that the statement states: its last one, and the first one of all."""
    opening, closing = statement.opening, statement.closing
    kept = {copy.key_of(STATED, rid): row.cells for rid, row in copy.pages[STATED].rows.items()}
    days = [cells["date"] for cells in kept.values() if cells.get("account") == account]
    if opening and not any(day <= opening.date for day in days):
        _put_balance(copy, done, account, opening)
    if closing and f"{account}|{closing.date}" not in kept:
        _put_balance(copy, done, account, closing)
    if opening and closing:
        moved = sum((line.amount for line in statement.lines), Decimal(0))
        done.short += closing.amount - opening.amount - moved


def _put_balance(copy: Copy, done: Imported, account: str, balance: DayBalance) -> None:
    cells = {"account": account, "date": balance.date, "amount": money.text(balance.amount)}
    put_row(copy, STATED, row_id(copy, STATED, f"{account}|{balance.date}"), cells)
    done.stated.append(balance)


# --- whose --------------------------------------------------------------------------------------


def _refuse_others(copy: Copy) -> None:
    if copy.book.key != "ledger":
        raise OtherBook(book=copy.book.key, wanted="ledger")
    if LINES not in copy.pages:
        raise NoBankSheets(name=copy.name)
    for table in (LINES, STATED, MAPPINGS):
        copy.pages[table].rows.items()  # all is read: new rows come to stand below it


def _account(copy: Copy, path: Path, wanted: Wanted, mapping: Cells | None, number: str) -> str:
    """As told, else as mapped, else the one account that is the bank's."""
    rows = [row.cells for row in copy.pages[ACCOUNTS].rows.values()]
    banks = [cells["code"] for cells in rows if cells.get("role") == "bank"]
    account = wanted.account or (mapping or {}).get("account") or ""
    account = account or (banks[0] if len(banks) == 1 and not number else "")
    if not account:
        raise NoBankAccount(file=path.name, number=number or "—")
    if rows and not any(cells.get("code") == account for cells in rows):
        raise UnknownAccount(account=account)
    return account


def _mapping(copy: Copy, bank: str, number: str) -> Mapping[str, str] | None:
    """The mapping of a bank, or of an account number as the bank writes it."""
    digits = _digits(number)
    for row in copy.pages[MAPPINGS].rows.values():
        own = _digits(row.cells.get("number", ""))
        if _same(row.cells.get("bank"), bank) if bank else own and digits.endswith(own):
            return row.cells
    return None


def _same(text: str | None, other: str) -> bool:
    return (text or "").casefold() == other.casefold()


def _digits(text: str) -> str:
    return "".join(c for c in text if c.isdigit())
