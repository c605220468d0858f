"""What a reader of a combined statement must know: rates, and accounts that are not the same."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cache

from workbook_templates.books.ledger.groups import BY_KEY
from workbook_templates.books.ledger.reports.combining import Part, Place
from workbook_templates.books.ledger.reports.translation import RATE_PLACES
from workbook_templates.locale import said
from workbook_templates.money import plain
from workbook_templates.packs import pack
from workbook_templates.spans import span_in_words
from workbook_templates.words import Words

TRANSLATED = Words(
    id="{company} dijabarkan dari {currency} dengan kurs {first}:",
    en="{company} is translated from {currency} at the rates of {first}:",
)
CLOSING = Words(id="aset dan liabilitas {closing};", en="assets and liabilities {closing};")
AVERAGE = Words(
    id="pendapatan dan beban {average}, rata-rata {span}.",
    en="income and expenses {average}, the average of {span}.",
)
EQUITY = Words(
    id="Ekuitas dijabarkan dengan kurs pada hari berubahnya.",
    en="Equity is translated at the rates of the days on which it moved.",
)
OTHER_CAPTION = Words(
    id="Akun {code} tidak dijumlahkan, karena kelompoknya berbeda:",
    en="Account {code} is not added up, for it stands under different captions:",
)
OTHER_NAME = Words(
    id="Akun {code} dijumlahkan, tetapi namanya berbeda. Periksa apakah memang sama:",
    en="Account {code} is added up, but its names differ. See whether it is the same:",
)
HELD_AS = Words(id="{company}: {name} ({caption})", en="{company}: {name} ({caption})")


def remarks(parts: Sequence[Part]) -> Iterator[Words]:
    """One line each."""
    for part in parts:
        yield from _of_rates(part, parts[0])
    by_code: dict[str, list[tuple[Part, Place]]] = defaultdict(list)
    for part in parts:
        for place, units in part.amounts.items():
            if units:
                by_code[place[0]].append((part, place))
    for code, found in sorted(by_code.items()):
        captions = {caption for _, (_, caption) in found}
        if len(captions) > 1:
            yield from (said(OTHER_CAPTION, code=code), *_each(found))
        elif len({_meaning(part, place) for part, place in found}) > 1:
            yield from (said(OTHER_NAME, code=code), *_each(found))


def _of_rates(part: Part, first: Part) -> Iterator[Words]:
    rates = part.rates
    if rates is None or rates.average is None:
        return
    company = part.company
    facts = {"company": company.name, "currency": company.currency}
    yield said(TRANSLATED, **facts, first=first.company.name)
    if rates.closing is not None:
        yield said(CLOSING, closing=_shown(rates.closing))
    yield said(AVERAGE, average=_shown(rates.average), span=span_in_words(*rates.span))
    if rates.closing is not None:
        yield EQUITY


def _shown(rate: Decimal) -> Decimal:
    return Decimal(plain(rate, RATE_PLACES))


def _each(found: Sequence[tuple[Part, Place]]) -> Iterator[Words]:
    for part, place in found:
        facts = {"name": part.names[place], "caption": BY_KEY[place[1]].words}
        yield said(HELD_AS, company=part.company.name, **facts)


def _meaning(part: Part, place: Place) -> object:
    """What an account is called, where the pack's names of it in any language are one."""
    name = part.names[place].strip().casefold()
    laid = _laid(part.company.pack).get(place[0], frozenset())
    return laid if name in laid else name


@cache
def _laid(pack_name: str) -> Mapping[str, frozenset[str]]:
    """The names that a pack gives to the accounts of its chart, in all languages."""
    chart = pack(pack_name).document("accounts")
    return {
        row["code"]: frozenset(name.casefold() for name in row["name"].values()) for row in chart
    }
