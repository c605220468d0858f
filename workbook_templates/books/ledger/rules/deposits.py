"""Deposits: held on their account, deducted by lines that name them, never more than is left."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates.books.ledger.accounts import ACCOUNTS, account_of_role
from workbook_templates.books.ledger.approvals import waits_for_approval
from workbook_templates.books.ledger.corrections import origin
from workbook_templates.books.ledger.deposits import DEPOSIT, ROLES, deducted_of, left_of
from workbook_templates.books.ledger.invoices import amounts_of
from workbook_templates.books.ledger.payments import party_of
from workbook_templates.books.ledger.pricing import amount_of_line
from workbook_templates.books.ledger.rules.trade import no_account
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

NOTHING = Decimal(0)
DEPOSIT_ACCOUNT = Message(
    "deposit_account",
    Words(
        id="Uang muka dicatat di akun {account} {name}. Pakai akun itu pada baris ini.",
        en="A deposit stands on account {account} {name}. Use that account on this row.",
    ),
)
NO_DEPOSIT = Message(
    "no_deposit",
    Words(
        id="{deposit} bukan uang muka. Sebutkan dokumen berjenis Uang muka.",
        en="{deposit} is not a deposit. Name a document of the kind Deposit.",
    ),
)
DEPOSIT_DEDUCTS = Message(
    "deposit_deducts",
    Words(
        id="Uang muka tidak memotong uang muka lain. Potong {deposit} dalam faktur akhirnya.",
        en="A deposit does not deduct another. Deduct {deposit} in the final invoice.",
    ),
)
DEPOSIT_OF_ANOTHER = Message(
    "deposit_of_another",
    Words(
        id="Uang muka {deposit} adalah milik {other}, bukan {party}. Sebutkan uang muka dari "
        "{party}.",
        en="The deposit {deposit} belongs to {other}, not to {party}. Name a deposit of {party}.",
    ),
)
DEPOSIT_IS_LATER = Message(
    "deposit_is_later",
    Words(
        id="Uang muka {deposit} bertanggal {first}, sesudah {date}. Perbaiki tanggalnya.",
        en="The deposit {deposit} is dated {first}, after {date}. Correct the date.",
    ),
)
DEPOSIT_OVERDRAWN = Message(
    "deposit_overdrawn",
    Words(
        id="Dari uang muka {deposit} tinggal {left} dengan kode pajak yang sama, di sini dipotong "
        "{amount}. Kurangi, atau pakai kode pajak uang mukanya.",
        en="Of the deposit {deposit} only {left} is left under the same tax code, here {amount} is "
        "deducted. Deduct less, or use the tax code of the deposit.",
    ),
)
MORE_GIVEN_BACK = Message(
    "more_given_back",
    Words(
        id="Dari uang muka {deposit} baru {left} yang dipotong dengan kode pajak yang sama, di "
        "sini {amount} dikembalikan. Kurangi pengembaliannya.",
        en="Only {left} of the deposit {deposit} was deducted under the same tax code, but {amount}"
        " is given back here. Give back less.",
    ),
)
DEPOSIT_WAITS = Message(
    "deposit_waits",
    Words(
        id="Uang muka {deposit} belum masuk pembukuan karena menunggu persetujuan. Minta "
        "persetujuannya dulu.",
        en="The deposit {deposit} is not in the books yet: it waits for approval. Have it approved "
        "first.",
    ),
)
DEPOSIT_IS_DEDUCTED = Message(
    "deposit_is_deducted",
    Words(
        id="Potongan uang muka {deposit} dalam {document} sudah lebih besar dari jumlah ini. Ubah "
        "dulu potongannya.",
        en="More than this of the deposit {deposit} is deducted in {document}. Change the "
        "deduction first.",
    ),
)
MORE_DEDUCTED_THAN_SOLD = Message(
    "more_deducted_than_billed",
    Words(
        id="Uang muka yang dipotong melebihi dokumennya sebesar {amount}. Potong lebih sedikit; "
        "sisanya tetap ada untuk dokumen berikutnya.",
        en="The deposits deducted are {amount} more than the document. Deduct less; the rest stays "
        "for the next document.",
    ),
)


def deposits_are_named_rightly(document: Document, known: Known) -> Iterator[Problem]:
    """A deposit and what credits it stand on its account, and a line that deducts one names an
    earlier one.
    """
    of_deposit = bool(document.lines) and origin(document, known).text("kind") == DEPOSIT
    naming = [line for line in document.lines if of_deposit or line.text(DEPOSIT)]
    if not naming or not known.has(ACCOUNTS):
        return
    role = ROLES[document.sheet.table]
    account = account_of_role(known, role)
    yield from no_account(known, role, naming[0].id)
    for line in naming:
        if account and line.text("account") != account.text("code"):
            named = {"account": account.text("code"), "name": account.text("name")}
            yield DEPOSIT_ACCOUNT(column="account", row_id=line.id, **named)
        if line.text(DEPOSIT):
            yield from _reference_problems(line, document, known)


def deposits_suffice(document: Document, known: Known) -> Iterator[Problem]:
    """Not more is deducted than is left of a deposit, nor than the document comes to."""
    deducting = [line for line in document.lines if line.text(DEPOSIT)]
    gives_back = document.text("kind") == "credit_note"
    for line in deducting:
        deposit = known.document(document.sheet.table, line.text(DEPOSIT))
        if deposit is None:
            continue
        code = line.text("tax_code")
        found = deducted_of(deposit, known) if gives_back else left_of(deposit, known)
        if (left := found.get(code, NOTHING)) < 0:
            here = -sum((amount_of_line(other) for other in _alike(line, deducting)), NOTHING)
            message = MORE_GIVEN_BACK if gives_back else DEPOSIT_OVERDRAWN
            yield message(
                column=DEPOSIT,
                row_id=line.id,
                deposit=deposit.key,
                left=max(left + here, NOTHING),
                amount=here,
            )
            return
    total = amounts_of(document, known).total if deducting else NOTHING
    if total < 0:
        yield MORE_DEDUCTED_THAN_SOLD(column="unit_price", row_id=deducting[-1].id, amount=-total)


def deducted_deposit_stays(document: Document, known: Known) -> Iterator[Problem]:
    """A deposit is not deleted, lowered or credited below what was deducted of it; nor is what
    gave a deposit back.
    """
    table = document.sheet.table
    for key in sorted(_lowered(document, known)):
        found = known.document(table, key)
        is_kept = found is not None and found.text("kind") == DEPOSIT and not _moved(document, key)
        deposit = found if found and is_kept else Document(document.sheet, key, ())
        short = {code for code, left in left_of(deposit, known).items() if left < 0}
        lines = [ln for ln in known.where(table, DEPOSIT, key) if ln.text("tax_code") in short]
        for line in lines:
            if (other := line.sheet.key_of(line.cells, line.id)) != document.key:
                row_id = document.lines[0].id if document.lines else None
                yield DEPOSIT_IS_DEDUCTED(row_id=row_id, deposit=key, document=other)
                break


def _lowered(document: Document, known: Known) -> set[str]:
    """The deposits of which this change may leave less."""
    before = Document(document.sheet, document.key, document.before)
    root = origin(document if document.lines else before, known)
    lowered = {root.key} if DEPOSIT in (root.text("kind"), before.text("kind")) else set()
    if before.text("kind") == "credit_note":  # it gave back what an invoice had deducted
        lowered |= {key for line in before.lines if (key := line.text(DEPOSIT))}
    return lowered


def _moved(document: Document, key: str) -> bool:
    """Whether this is that deposit, given to another party."""
    before = Document(document.sheet, document.key, document.before)
    parties = {party_of(seen) for seen in (document, before) if seen.lines}
    return document.key == key and len(parties) > 1


def _reference_problems(line: Line, document: Document, known: Known) -> Iterator[Problem]:
    key = line.text(DEPOSIT)
    deposit = known.document(document.sheet.table, key)
    if deposit is None:  # the reference is refused by itself
        return
    place = {"column": DEPOSIT, "row_id": line.id}
    if document.text("kind") == DEPOSIT:
        yield DEPOSIT_DEDUCTS(**place, deposit=key)
        return
    if deposit.text("kind") != DEPOSIT:
        yield NO_DEPOSIT(**place, deposit=key)
    elif party_of(deposit) != party_of(document):
        other, party = party_of(deposit), party_of(document)
        yield DEPOSIT_OF_ANOTHER(**place, deposit=key, other=other, party=party)
    elif deposit.text("date") > document.text("date"):
        first, date = deposit["date"], document["date"]
        yield DEPOSIT_IS_LATER(**place, deposit=key, first=first, date=date)
    elif waits_for_approval(deposit, known):
        yield DEPOSIT_WAITS(**place, deposit=key)


def _alike(line: Line, lines: list[Line]) -> Iterator[Line]:
    """The lines that deduct the same deposit under the same tax code."""
    for other in lines:
        if all(other.text(column) == line.text(column) for column in (DEPOSIT, "tax_code")):
            yield other
