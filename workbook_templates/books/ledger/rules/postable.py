"""Whether an account can be posted to, asked by every sheet that names one."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.accounts import (
    ACCOUNTS,
    account_of_role,
    has_children,
    is_control,
)
from workbook_templates.books.ledger.choices import STOCK_ROLE
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

ACCOUNT_CLOSED = Message(
    "account_closed",
    Words(
        id="Akun {account} {name} sudah ditutup. Pilih akun lain.",
        en="Account {account} {name} is closed. Choose another account.",
    ),
)
ACCOUNT_IS_PARENT = Message(
    "account_is_parent",
    Words(
        id="Akun {account} {name} adalah akun induk. Pilih salah satu akun di bawahnya.",
        en="Account {account} {name} is a parent account. Choose one of the accounts under it.",
    ),
)
CONTROL_ACCOUNT = Message(
    "control_account",
    Words(
        id="Akun {account} {name} diisi otomatis dari faktur dan pembayaran. Pilih akun lain.",
        en="Account {account} {name} follows from invoices and payments. Choose another account.",
    ),
)
STOCK_ACCOUNT = Message(
    "stock_account",
    Words(
        id="Akun {account} {name} hanya diisi dari mutasi stok, agar saldonya tetap sama dengan "
        "nilai persediaan. Catat mutasinya di buku Persediaan, dan pakai akun lawannya di sini, "
        "misalnya Saldo awal atau Barang diterima belum ditagih.",
        en="Account {account} {name} follows from stock moves alone, so that it stays equal to the "
        "value of the stock. Record the move in the Inventory book, and use its other side here, "
        "such as Opening balances or Goods received not billed.",
    ),
)
PARTY_MISSING = Message(
    "party_missing",
    Words(
        id="Baris di akun {account} {name} harus menyebut pelanggan atau pemasoknya.",
        en="A line on account {account} {name} must name the customer or supplier.",
    ),
)


def accounts_can_be_posted(document: Document, known: Known) -> Iterator[Problem]:
    """Every account named in the column `account` is open and has no accounts under it."""
    yield from unpostable(document, known, "account")


def unpostable(document: Document, known: Known, column: str) -> Iterator[Problem]:
    """Problems of the lines whose account in a column is closed or a parent."""
    if not known.has(ACCOUNTS):
        return
    refused: dict[str | None, tuple[Message, str] | None] = {None: None}
    for line in document.lines:
        code = line.cells.get(column)
        if code not in refused:
            refused[code] = _refusal(code, known)
        if found := refused[code]:
            message, name = found
            yield message(column=column, row_id=line.id, account=code, name=name)


def _refusal(code: str | None, known: Known) -> tuple[Message, str] | None:
    account = known.row(ACCOUNTS, code or "")
    if account is None:
        return None
    if account.cells.get("closed") == "true":
        return ACCOUNT_CLOSED, account.text("name")
    return (ACCOUNT_IS_PARENT, account.text("name")) if has_children(known, code or "") else None


def control_accounts_have_a_party(document: Document, known: Known) -> Iterator[Problem]:
    """A line on receivables or payables says whose it is, so that the open items add up to it."""
    for line, account in control_lines(document, known):
        if not line.text("party"):
            yield PARTY_MISSING(column="party", row_id=line.id, **_named(account))


def no_control_account(document: Document, known: Known) -> Iterator[Problem]:
    """The lines of invoices and bills leave the control accounts to the documents themselves."""
    for line, account in control_lines(document, known):
        yield CONTROL_ACCOUNT(column="account", row_id=line.id, **_named(account))


def stock_account_follows(document: Document, known: Known) -> Iterator[Problem]:
    """Nobody types a line on the inventory account; an old one may stay, or be taken back."""
    account = account_of_role(known, STOCK_ROLE) if known.has(ACCOUNTS) else None
    if account is None:
        return
    code = account.cells.get("code")
    before = {line.id: line.cells for line in document.before}
    for line in document.lines:
        cells = line.cells
        if cells.get("account") != code or line.source is not None or before.get(line.id) == cells:
            continue
        taken_back = known.document(document.sheet.table, cells.get("reverses") or "")
        if taken_back is None or not _typed_on(taken_back, code):
            yield STOCK_ACCOUNT(column="account", row_id=line.id, **_named(account))


def _typed_on(document: Document, account: str | None) -> bool:
    """Whether somebody typed a line of it on the account."""
    typed = (line for line in document.lines if line.source is None)
    return any(line.cells.get("account") == account for line in typed)


def control_lines(document: Document, known: Known) -> Iterator[tuple[Line, Line]]:
    """The lines whose account is a control account, each with that account."""
    if not known.has(ACCOUNTS):
        return
    control: dict[str | None, Line | None] = {None: None}
    for line in document.lines:
        code = line.cells.get("account")
        if code not in control:
            account = known.row(ACCOUNTS, code or "")
            control[code] = account if account and is_control(account) else None
        if found := control[code]:
            yield line, found


def _named(account: Line) -> dict[str, str]:
    return {"account": account.text("code"), "name": account.text("name")}
