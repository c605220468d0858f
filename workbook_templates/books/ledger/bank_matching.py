"""What open bank lines most likely are: postings on the account, documents to pay, known texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import accumulate

from workbook_templates import money
from workbook_templates.books.ledger.bank_lines import (
    JOURNAL,
    NOTHING,
    is_accepted,
    lines_of_account,
    links_of,
    posted_on,
)
from workbook_templates.books.ledger.invoices import PURCHASES, SALES, Trade
from workbook_templates.books.ledger.payments import applied_to, balance_of
from workbook_templates.schema import Cells, Document, Known, Line
from workbook_templates.words import Words

TARGETS = ("match", "document", "party", "account")
MOST_DAYS = 10  # between the books and the bank
ANY_TEXT = "*"
LEGAL_FORMS = frozenset({"PT", "CV", "UD", "PD", "TBK", "TOKO", "YAYASAN", "THE", "LTD", "INC"})
_WORD = re.compile(r"[A-Z0-9]+")

SAME_AMOUNT = Words(
    id="{entry}: jumlah sama, selisih {days} hari", en="{entry}: same amount, {days} days apart"
)
AND_NAMED = Words(id=", disebut dalam uraian", en=", named in the description")
ONE_OF = Words(id=" (satu dari {n} yang sama)", en=" (one of {n} alike)")
KNOWN_TEXT = Words(id="{account}: uraian memuat “{text}”", en="{account}: it says “{text}”")
PAY_NAMED = Words(
    id="Buat pembayaran {documents}: nomornya ada dalam uraian",
    en="Make a payment of {documents}: it says the number",
)
PAY_PARTY = Words(
    id="Buat pembayaran {documents}: {party} ada dalam uraian, jumlahnya pas",
    en="Make a payment of {documents}: it says {party}, and the amount fits",
)
PAY_AMOUNT = Words(
    id="Buat pembayaran {documents}: satu-satunya yang terbuka sebesar itu",
    en="Make a payment of {documents}: the only one with that amount open",
)
ON_ACCOUNT = Words(
    id="Buat uang muka {party}: namanya ada dalam uraian, tidak ada dokumen yang pas",
    en="Put it on account of {party}: it says the name, no document fits",
)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a line most likely is: the cells of its rows beside the bank's, and why."""

    rows: tuple[Cells, ...]
    why: Words


@dataclass(frozen=True, slots=True)
class Posting:
    """What an entry posts on the account and no accepted line has matched yet."""

    entry: str
    date: str
    amount: Decimal
    text: str


@dataclass(frozen=True, slots=True)
class OpenItem:
    """An invoice or bill with what is open of it."""

    number: str
    date: str
    party: str
    amount: Decimal


def suggestions(known: Known, account: str) -> dict[str, Suggestion]:
    """By bank line, for those of an account that nobody has said anything about yet.

    Nothing is suggested twice: a posting or a document goes to the line that it fits best.
    """
    everything = lines_of_account(known, account)
    lines = [line for line in everything if is_open(line)]
    found = dict(_from_postings(lines, open_postings(known, account, everything)))
    rest = [line for line in lines if line.key not in found]
    found |= _from_texts(rest, [row for row in _texts(known) if row.text("text") != ANY_TEXT])
    rest = [line for line in rest if line.key not in found]
    found |= _from_documents(rest, known)
    rest = [line for line in rest if line.key not in found]
    return found | _from_texts(rest, [r for r in _texts(known) if r.text("text") == ANY_TEXT])


def is_open(line: Document) -> bool:
    """Whether nobody has accepted a line or said what it is."""
    return not is_accepted(line) and not any(row.text(c) for row in line.lines for c in TARGETS)


def open_postings(known: Known, account: str, lines: Iterable[Document]) -> list[Posting]:
    """The entries on an account with what no accepted line has matched of them."""
    matched: dict[str, Decimal] = defaultdict(Decimal)
    for line in lines:
        for link in links_of(line, known):
            matched[link.entry] += link.amount
    rows: dict[str, list[Line]] = defaultdict(list)
    for row in known.where(JOURNAL, "account", account):
        rows[row.text("entry")].append(row)
    names = {row.text("code"): row.text("name") for row in known.rows("ledger.parties")}
    found = []
    for entry, its in rows.items():
        left = posted_on(its, account) - matched.get(entry, NOTHING)
        if left:
            text = _entry_text(known, entry, its[0], names)
            found.append(Posting(entry, its[0].text("date"), left, text))
    return found


def open_items(known: Known, trade: Trade) -> list[OpenItem]:
    """The documents of a trade that are not settled, oldest first; credit notes are left out."""
    found = []
    for number in sorted({row.sheet.key_of(row.cells, row.id) for row in known.rows(trade.table)}):
        document = known.document(trade.table, number)
        if document is not None and document.text("kind") != "credit_note":
            left = trade.side * (balance_of(document, known) + applied_to(document, known))
            if left > 0:
                party = document.text(trade.party)
                found.append(OpenItem(number, document.text("date"), party, left))
    return sorted(found, key=lambda item: (item.date, item.number))


# --- postings -----------------------------------------------------------------------------------


def _from_postings(
    lines: Iterable[Document], postings: Iterable[Posting]
) -> Iterator[tuple[str, Suggestion]]:
    by_amount: dict[Decimal, list[Posting]] = defaultdict(list)
    for posting in postings:
        by_amount[posting.amount].append(posting)
    pairs = []
    for line in lines:
        words, day = _words(_text(line)), line.text("date")
        for posting in by_amount.get(line["amount"], ()):
            days = _days(day, posting.date)
            if days <= MOST_DAYS:
                named = _is_named(posting.text, words)
                pairs.append(((not named, days, line.key, posting.entry), posting))
    taken: set[str] = set()
    for (unnamed, days, key, entry), _ in sorted(pairs, key=lambda pair: pair[0]):
        if key in taken or entry in taken:
            continue
        taken |= {key, entry}
        alike = sum(p[0][:3] == (unnamed, days, key) for p in pairs)
        why = _joined(
            _said(SAME_AMOUNT, entry=entry, days=days),
            *([] if unnamed else [AND_NAMED]),
            *([_said(ONE_OF, n=alike)] if alike > 1 else []),
        )
        yield key, Suggestion(({"match": entry},), why)


def _entry_text(known: Known, entry: str, row: Line, names: dict[str, str]) -> str:
    """What an entry could be called on a statement: its number, and the name of its party."""
    found = known.document(JOURNAL, entry)
    parties = {line.text("party") for line in (found.lines if found else ())} - {""}
    return "\n".join([entry.rpartition(":")[2], *(names.get(code, "") for code in sorted(parties))])


# --- texts --------------------------------------------------------------------------------------


def _texts(known: Known) -> list[Line]:
    """The known texts, the longest first: what says more decides."""
    rows = known.rows("ledger.bank_texts")
    return sorted(rows, key=lambda row: (-len(row.text("text")), row.text("text")))


def _from_texts(lines: Iterable[Document], texts: list[Line]) -> dict[str, Suggestion]:
    found = {}
    for line in lines:
        said = _text(line).casefold()
        for row in texts:
            if row.text("text") == ANY_TEXT or row.text("text").casefold() in said:
                more = {c: row.text(c) for c in ("account", "cost_centre") if row.text(c)}
                why = _said(KNOWN_TEXT, account=row.text("account"), text=row.text("text"))
                found[line.key] = Suggestion((more,), why)
                break
    return found


# --- documents ----------------------------------------------------------------------------------


def _from_documents(lines: Iterable[Document], known: Known) -> dict[str, Suggestion]:
    items = {1: open_items(known, SALES), -1: open_items(known, PURCHASES)}
    names = {row.text("code"): row.text("name") for row in known.rows("ledger.parties")}
    found: dict[str, Suggestion] = {}
    for line in lines:
        side = 1 if (line["amount"] or NOTHING) > 0 else -1
        chosen, why = _chosen(line, items[side], names)
        if chosen:
            found[line.key] = Suggestion(_payment_rows(line, chosen), why)
            items[side] = [item for item in items[side] if item not in chosen]
        elif party := _party(line, names):
            found[line.key] = Suggestion(({"party": party},), _said(ON_ACCOUNT, party=names[party]))
    return found


def _chosen(
    line: Document, items: list[OpenItem], names: dict[str, str]
) -> tuple[list[OpenItem], Words]:
    """The documents that a line pays, and why; none where it is a guess."""
    amount, words = abs(line["amount"] or NOTHING), _words(_text(line))
    joined = "".join(words)
    named = [item for item in items if _is_in(item.number, joined)]
    if named and (_sum(named) == amount or (len(named) == 1 and amount <= named[0].amount)):
        return named, _documents(PAY_NAMED, named)
    party = _party(line, names)
    its = [item for item in items if item.party == party]
    if fitting := _fitting(its, amount):
        return fitting, _documents(PAY_PARTY, fitting, party=names.get(party, ""))
    alone = [item for item in items if item.amount == amount]
    if len(alone) == 1 and not party:
        return alone, _documents(PAY_AMOUNT, alone)
    return [], PAY_AMOUNT


def _fitting(items: list[OpenItem], amount: Decimal) -> list[OpenItem]:
    """One document of that amount, else the oldest ones that come to it together."""
    one = next((item for item in items if item.amount == amount), None)
    if one is not None:
        return [one]
    for n, total in enumerate(accumulate(item.amount for item in items), start=1):
        if total == amount:
            return items[:n]
    return []


def _payment_rows(line: Document, chosen: list[OpenItem]) -> tuple[Cells, ...]:
    """One row a document, with its part where there are several."""
    if len(chosen) == 1:
        return ({"document": chosen[0].number},)
    side = 1 if line["amount"] > 0 else -1
    return tuple(
        {"document": item.number, "part": money.text(side * item.amount)} for item in chosen
    )


def _party(line: Document, names: dict[str, str]) -> str:
    """The one party whose name the line says; "" for none or several."""
    words = _words(_text(line))
    found = [code for code, name in names.items() if _is_named(name, words)]
    return found[0] if len(found) == 1 else ""


# --- words --------------------------------------------------------------------------------------


def _text(line: Document) -> str:
    return f"{line.text('description')} {line.text('reference')}"


def _words(text: str) -> list[str]:
    return _WORD.findall(text.upper())


def _is_named(names: str, words: list[str]) -> bool:
    """Whether one of the names (a line each) is said: all its words, but for legal forms."""
    joined = "".join(words)
    for name in names.splitlines():
        said = [word for word in _words(name) if word not in LEGAL_FORMS]
        if said and len("".join(said)) > 3 and all(word in words for word in said):
            return True
        if _is_in(name, joined):
            return True
    return False


def _is_in(number: str, joined: str) -> bool:
    """Whether a number is said, with or without its hyphens; one of few characters never is."""
    plain = "".join(_words(number))
    return len(plain) > 3 and any(c.isdigit() for c in plain) and plain in joined


def _days(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def _sum(items: Iterable[OpenItem]) -> Decimal:
    return sum((item.amount for item in items), NOTHING)


def _documents(words: Words, items: Iterable[OpenItem], **facts: object) -> Words:
    return _said(words, documents=", ".join(item.number for item in items), **facts)


def _said(words: Words, **facts: object) -> Words:
    return Words(id=words.id.format(**facts), en=words.en.format(**facts))


def _joined(*words: Words) -> Words:
    return Words(id="".join(w.id for w in words), en="".join(w.en for w in words))
