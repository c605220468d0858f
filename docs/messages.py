"""Every sentence that people are told, with sample values in both languages, as one page."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from string import Formatter
from types import ModuleType

import addin
import sync_server
import workbook_templates
from addin.errors import AddinError
from addin.hosts.errors import HostError
from workbook_templates.locale import ENGLISH, INDONESIAN, Locale, show
from workbook_templates.problems import Message
from workbook_templates.words import Words

PARTS: tuple[tuple[str, ModuleType], ...] = (
    ("The books, their columns and rules", workbook_templates),
    ("The server", sync_server),
    ("The workbook", addin),
)
SKIPPED = ("workbook_templates.rendered", "workbook_templates.render", "addin.libreoffice.bridge")
HEAD = ("| code | Indonesian | English |", "| --- | --- | --- |")
SENTENCE = 25  # characters from which words are a sentence and no name

WHEN = Words("3 Mei 2026 14.02", "3 May 2026 14:02")
BY = Words(" (Rina, 3 Mei 2026 14.02)", " (Rina, 3 May 2026 14:02)")
BEFORE, MINE = Words("1.200.000", "1,200,000"), Words("1.230.000", "1,230,000")
THEIRS, SHEET = Words("1.250.000", "1,250,000"), Words("Jurnal", "Journal")

# What stands in a sentence where a fact will: by the fact's name, else a likely code.
SAMPLES: Mapping[str, object] = {
    **dict.fromkeys(
        ("amount", "debit", "credit", "difference", "total", "limit", "most", "least", "sum"),
        Decimal("1250000.00"),
    ),
    **dict.fromkeys(("applied", "open", "paid", "value", "discount"), Decimal("750000.00")),
    **dict.fromkeys(("date", "day", "first", "last", "start", "end", "due"), date(2026, 5, 3)),
    **dict.fromkeys(("count", "n", "rows", "length"), 12),
    **dict.fromkeys(("seq", "head", "by_seq"), 10482),
    **dict.fromkeys(("user", "sender", "holder", "maker", "who"), "Rina"),
    **dict.fromkeys(("account", "code"), "61200"),
    **dict.fromkeys(("entry", "key", "document"), "JU-007"),
    **dict.fromkeys(("name", "file"), "ledger.xlsx"),
    **dict.fromkeys(("period", "month"), "2026-05"),
    **{"all": 200, "new_key": "JU-010", "near": "61400", "server": "https://lajur.example"},
    **{"by": BY, "base": BEFORE, "mine": MINE, "when": WHEN},
    **{"theirs": THEIRS, "place": Words("Jurnal · 14 · Debit", "Journal · 14 · Debit")},
    **{"kept": Words("milik mereka", "theirs"), "before": BEFORE},
    **{"reason": "timeout", "version": 1, "wanted": 2, "company": "contoh", "book": "ledger"},
    **{"books": "ledger, inventory, payroll, hr", "item": "BRG-001", "row": 14, "change": "10482"},
    **{"column_id": "Debit", "column_en": "Debit", "sheet_id": "Jurnal", "sheet_en": "Journal"},
    **{"title_id": "Jurnal", "title_en": "Journal", "title": SHEET, "sheet": SHEET},
    **{"why": Words("wewenang Anda berubah", "your rights have changed"), "current": 2},
    **{"changes": "10482, 10481", "what": Words("milik saya", "mine")},
}


# Where a fact means something else than elsewhere.
OWN: Mapping[str, Mapping[str, object]] = {
    "offered": {"when": Words(" pada 3 Mei 2026 14.02", " on 3 May 2026 14:02")},
    "line": {"by": "Rina", "reason": ""},
    "`being_synced`": {"by": "Rina"},
    "`too_large`": {"limit": "16 MB"},
    "`not_allowed`": {"reason": Words("lembar Jurnal.", "the sheet Journal.")},
}


def page() -> str:
    """The page: a table for each module that says something."""
    lines = [
        "# Messages",
        "",
        "Every sentence that people are told, with sample values, as `make docs` reads them out of",
        "the code. Read down a column: each must say what is wrong and what to do.",
    ]
    told: set[Words] = set()
    for title, package in PARTS:
        lines += ["", f"## {title}"]
        for name, found in _said(package, told):
            lines += ["", f"### `{name}`", "", *HEAD]
            lines += found
    return "\n".join(lines) + "\n"


def messages() -> Iterator[tuple[str, Words]]:
    """(where it is from, the sentence with its places for facts) of everything that is said."""
    for _, package in PARTS:
        for module in _modules(package):
            for name, words in _words_of(module):
                yield f"{module.__name__}.{name}", words


def _said(package: ModuleType, told: set[Words]) -> Iterator[tuple[str, list[str]]]:
    """(module, its lines of the table); what other modules borrow is told once."""
    for module in _modules(package):
        found = []
        for code, words in _words_of(module):
            if len(words.en) >= SENTENCE and words not in told:
                told.add(words)
                said = [_cell(filled(code, words, spoken)) for spoken in (INDONESIAN, ENGLISH)]
                found.append(f"| {code} | {' | '.join(said)} |")
        if found:
            yield module.__name__, found


def _modules(package: ModuleType) -> Iterator[ModuleType]:
    found = pkgutil.walk_packages(package.__path__, f"{package.__name__}.")
    for name in sorted(module.name for module in found):
        if not name.startswith(SKIPPED) and not name.endswith("__main__"):
            yield importlib.import_module(name)


def _words_of(module: ModuleType) -> Iterator[tuple[str, Words]]:
    """The sentences that a module itself declares, in its order."""
    for name, value in vars(module).items():
        match value:
            case Message():
                yield f"`{value.code}`", value.words
            case Words():
                yield name.lower(), value
            case dict():
                pairs = ((key, each) for key, each in value.items() if isinstance(each, Words))
                yield from ((f"`{key}`", each) for key, each in pairs)
            case type() if issubclass(value, AddinError | HostError):
                if value.__module__ == module.__name__ and value.sentences["id"] != "{reason}":
                    yield f"`{value.code}`", Words(**value.sentences)


def filled(code: str, words: Words, spoken: Locale) -> str:
    """A sentence with sample values where its facts will stand."""
    sentence, own = words[spoken.language], OWN.get(code, {})
    facts = {name for _, name, _, _ in Formatter().parse(sentence) if name}
    samples = {name: own.get(name, SAMPLES.get(name, "A-1")) for name in facts}
    return sentence.format(**{name: _shown(value, spoken) for name, value in samples.items()})


def _shown(value: object, spoken: Locale) -> str:
    return value[spoken.language] if isinstance(value, Words) else show(value, spoken)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
