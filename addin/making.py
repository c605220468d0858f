"""Making workbooks and saying whose they are: a new file, its company and server, its window."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2

from addin.copies import Copy, open_copy
from addin.errors import AddinError, AlreadyBound, AlreadyThere, BadWindow, UnknownBook
from addin.hosts.base import Workbook
from addin.keeping import keeper
from addin.server import client
from addin.tokens import token_for
from addin.window import choose, chosen
from workbook_templates import books
from workbook_templates.limits import NO_LIMIT, NotALimit
from workbook_templates.locale import locale as known_locale
from workbook_templates.schema import Book
from workbook_templates.setup import MONTHS, limit_texts, window_names

if TYPE_CHECKING:
    from workbook_templates.render import Binding

SOON = 3.0  # seconds in which the server may tell the company's name


@dataclass(frozen=True)
class Wanted:
    """What a new workbook shall be. `locale` follows the language where it is not said; `months`
    and `only` ("warehouse=GD-A") are its window.
    """

    company: str = ""
    company_name: str = ""
    language: str = "id"
    locale: str | None = None
    server: str = ""
    months: str = ""
    only: Sequence[str] = field(default_factory=tuple)


def make_workbook(key: str, file: Path, wanted: Wanted) -> dict[str, Any]:
    """Write a blank workbook of a book; what it is bound to.

    Raises `AlreadyThere`, and what `bound_to` raises.
    """
    from workbook_templates.render import render_xlsx

    if file.exists():
        raise AlreadyThere(name=file.name)
    book, binding, bound = bound_to(key, wanted)
    render_xlsx(book, file, binding)
    return bound


def bound_to(key: str, wanted: Wanted) -> tuple[Book, Binding, dict[str, Any]]:
    """A book, whose its new workbook will be, and what is to be told of that.

    Raises `UnknownBook`, `BadWindow`; ValueError for an unknown locale.
    """
    from workbook_templates.render import Binding, titles_of

    found = {b.key: b for b in books.all_books()}
    if key not in found:
        raise UnknownBook(book=key, books=", ".join(found))
    w, window = wanted, window_of(found[key], wanted.months, wanted.only)
    default = "id-ID" if w.language == "id" else "en-US"
    bound = {"company": w.company, "language": w.language, "server": w.server}
    bound["locale"] = known_locale(w.locale or default).tag
    name = w.company_name or _name_of(w.company, w.server)
    copy_id, titles = uuid.uuid4().hex, titles_of(found.values())
    binding = Binding(**bound, company_name=name, copy_id=copy_id, titles=titles, window=window)
    return found[key], binding, {**bound, **({"window": window} if window else {})}


def window_of(book: Book, months: str | None, only: Sequence[str]) -> dict[str, str]:
    """A window by name: "" for what shows everything, nothing for what is not said.

    Raises `BadWindow`.
    """
    chosen, known = {} if months is None else {MONTHS: months}, window_names(book)
    for text in only:
        name, _, value = text.partition("=")
        if name not in known or name == MONTHS:
            names = ", ".join(f"{each}=…" for each in known if each != MONTHS) or "—"
            raise BadWindow(**NO_LIMIT(text=text, known=names).words.all())
        chosen[name] = ", ".join(filter(None, (chosen.get(name, ""), value.strip())))
    try:
        limit_texts(book, chosen, "2000-01-01")
    except NotALimit as wrong:
        raise BadWindow(**wrong.problem.words.all()) from wrong
    return {name: text for name, text in chosen.items() if months is None or text}


def _name_of(company: str, server: str) -> str:
    """The company's name, where the server can be asked for it at once; else ""."""
    if not (company and server):
        return ""
    with suppress(AddinError, httpx2.HTTPError, ValueError, KeyError, TypeError):
        with client(server, token_for(server)) as http:
            found = http.get("/v1/companies", timeout=SOON).json()["companies"]
        return next((str(c["name"]) for c in found if c["company"] == company), "")
    return ""


def bind(workbook: Workbook, company: str, server: str) -> Copy:
    """Say to which company and server a workbook belongs, and save. Raises `AlreadyBound`.

    What is not said stays as it is.
    """
    copy = open_copy(workbook)
    before = copy.meta.get("company", "")
    if company and before not in ("", company) and copy.meta.get("cursor"):
        raise AlreadyBound(name=copy.name, company=before, typed=company)
    keep = keeper(workbook, copy, datetime.now)
    copy.meta.update({k: v for k, v in (("company", company), ("server", server)) if v})
    if company != before:
        copy.meta.pop("company_name", "")
    keep(copy)
    return copy


def show_only(workbook: Workbook, months: str | None, only: Sequence[str]) -> Mapping[str, str]:
    """Choose what a workbook shows, and save; the next sync brings it about. Raises `BadWindow`.

    With nothing to choose it only tells what is chosen.
    """
    copy = open_copy(workbook)
    choice = window_of(copy.book, months, only)
    if choice:
        keep = keeper(workbook, copy, datetime.now)
        choose(copy, choice)
        keep(copy)
    return {name: text for name, text in chosen(copy.meta).items() if text}
