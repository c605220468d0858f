"""What open bank lines most likely are: postings on the account, documents to pay, known texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from workbook_templates import money
from workbook_templates.books.ledger.bank_lines import (
    JOURNAL,
    NOTHING,
    is_accepted,
    lines_of_account,
    links_of,
    posted_on,
)
from workbook_templates.books.ledger.currencies import kept_in
from workbook_templates.books.ledger.matching import Match, Money, OpenDocument, matches
from workbook_templates.books.ledger.payments import PAYMENTS
from workbook_templates.books.ledger.reports.payment_proposals import as_seen, open_documents
from workbook_templates.schema import Cells, Document, Known, Line
from workbook_templates.words import Words

TARGETS = ("match", "document", "party", "account")
MOST_DAYS = 10  # between the books and the bank
ANY_TEXT = "*"
LIKELY = 60  # the score of a match that is worth proposing
END_OF_TIME = "9999-12-31"
LEGAL_FORMS = frozenset({"PT", "CV", "UD", "PD", "TBK", "TOKO", "YAYASAN", "THE", "LTD", "INC"})
_WORD = re.compile(r"[A-Z0-9]+")
_LETTER_DIGIT = re.compile(r"(?<=[A-Za-z])(?=[0-9])")

SAME_AMOUNT = Words(
    id="{entry}: jumlah sama, selisih {days} hari", en="{entry}: same amount, {days} days apart"
)
AND_NAMED = Words(id=", disebut dalam uraian", en=", named in the description")
ONE_OF = Words(id=" (satu dari {n} yang sama)", en=" (one of {n} alike)")
KNOWN_TEXT = Words(id="{account}: uraian memuat “{text}”", en="{account}: it says “{text}”")
PAY = Words(
    id="Buat pembayaran {documents}: {reason}", en="Make a payment of {documents}: {reason}"
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
    found |= _from_documents(rest, known, kept_in(account, known))
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
    currency, found = kept_in(account, known), []
    for entry, its in rows.items():
        left = posted_on(its, account, currency) - matched.get(entry, NOTHING)
        if left:
            text = _entry_text(known, entry, its[0], names)
            found.append(Posting(entry, its[0].text("date"), left, text))
    return found


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


def _from_documents(
    lines: Iterable[Document], known: Known, currency: str
) -> dict[str, Suggestion]:
    opened = open_documents(known, END_OF_TIME, currency)
    everything = [document for document in opened if not _is_payment(known, document)]
    names = {row.text("code"): row.text("name") for row in known.rows("ledger.parties")}
    seen = {side: [as_seen(document, side) for document in everything] for side in (1, -1)}
    found: dict[str, Suggestion] = {}
    settled: set[str] = set()
    for line in lines:
        side = 1 if (line["amount"] or NOTHING) > 0 else -1
        opened = [d for d in seen[side] if d.document not in settled]
        party = _party(line, names)
        match = _best(line, opened, party)
        if match is not None:
            found[line.key] = _payment(line, match, side)
            settled |= {document for document, _ in match.settles}
        elif party:
            found[line.key] = Suggestion(({"party": party},), _said(ON_ACCOUNT, party=names[party]))
    return found


def _best(line: Document, opened: Iterable[OpenDocument], party: str) -> Match | None:
    """What a line most likely pays. Where it names no party, only a number or the amount tell."""
    text = _text(line)
    text = f"{text} {_LETTER_DIGIT.sub(' ', text)}"
    amount = abs(line["amount"] or NOTHING)
    if not party:
        joined = "".join(_words(text))
        opened = (d for d in opened if d.left == amount or _is_in(d.document, joined))
    found = matches(Money(amount, party, text), opened, most=1)
    return found[0] if found and found[0].score >= LIKELY else None


def _payment(line: Document, match: Match, side: int) -> Suggestion:
    """One row a document, and one for what is left on the party's account."""
    parts = [(document, side * part) for document, part in match.settles]
    rows: list[Cells] = [{"document": d, "part": money.text(part)} for d, part in parts]
    if sum((part for _, part in parts), NOTHING) != line["amount"]:
        rows.append({"party": match.party})
    elif len(rows) == 1:
        rows = [{"document": parts[0][0]}]
    documents = ", ".join(document for document, _ in parts)
    return Suggestion(tuple(rows), _said(PAY, documents=documents, reason=match.reason))


def _is_payment(known: Known, document: OpenDocument) -> bool:
    return known.row(PAYMENTS, document.document) is not None


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


@lru_cache(maxsize=100_000)  # each number is looked for in each line
def _joined_number(number: str) -> str:
    return "".join(_words(number))


def _is_in(number: str, joined: str) -> bool:
    """Whether a number is said, with or without its hyphens; one of few characters never is."""
    plain = _joined_number(number)
    return len(plain) > 3 and any(c.isdigit() for c in plain) and plain in joined


def _days(one: str, other: str) -> int:
    return abs((date.fromisoformat(one) - date.fromisoformat(other)).days)


def _said(words: Words, **facts: object) -> Words:
    """A sentence with its facts; one that is given in both languages in each."""
    return Words(
        id=words.id.format(**{k: f.id if isinstance(f, Words) else f for k, f in facts.items()}),
        en=words.en.format(**{k: f.en if isinstance(f, Words) else f for k, f in facts.items()}),
    )


def _joined(*words: Words) -> Words:
    return Words(id="".join(w.id for w in words), en="".join(w.en for w in words))
