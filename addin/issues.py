"""Everything that needs a person, in one list: refusals, conflicts, and what was found here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from addin.copies import Copy, Found
from addin.locked import is_lock, lock_words
from addin.merged import merged_words
from addin.moments import moment
from addin.shadow import RESTORED, Held
from workbook_templates import wire
from workbook_templates.columns import Column
from workbook_templates.locale import ENGLISH, INDONESIAN, Locale, show
from workbook_templates.problems import Unreadable
from workbook_templates.wire import Conflict
from workbook_templates.words import Words

BLANK = "—"
CONFLICT_WORDS = {
    "cell": Words(
        "Di pusat: {theirs}{by} · Sebelumnya: {base} · Milik Anda: {mine}. Putuskan di lembar"
        " Tinjau.",
        "Server: {theirs}{by} · Before: {base} · Yours: {mine}. Decide on the sheet Review.",
    ),
    "deleted_on_server": Words(
        "Baris yang Anda ubah ini sudah dihapus di pusat{by}. Putuskan di lembar Tinjau:"
        " pulihkan barisnya, simpan milik Anda sebagai baris baru, atau ikut dihapus.",
        "This row, which you changed, was deleted centrally{by}. Decide on the sheet Review:"
        " restore the row, keep yours as a new row, or let it go.",
    ),
    "gone": Words(
        "Anda tidak lagi berwenang melihat baris ini; perubahan Anda belum terkirim. Salin bila"
        " perlu, lalu di lembar Tinjau pilih buang perubahan saya, atau mintalah wewenangnya.",
        "You may no longer see this row; your change was not sent. Copy it if you need it, then"
        " choose drop my change on the sheet Review, or ask for the right to it.",
    ),
    "edited_on_server": Words(
        "Baris ini berubah di pusat{by} sejak Anda terakhir menyinkronkan. Putuskan di lembar"
        " Tinjau.",
        "This row has changed centrally{by} since you last synced. Decide on the sheet Review.",
    ),
    "unknown_row": Words(
        "Baris ini tidak ada di pusat: sudah lama dihapus, atau belum pernah terkirim. Putuskan di"
        " lembar Tinjau: milik saya mengirimnya sebagai baris baru, milik mereka menghapusnya dari"
        " lembar.",
        "The server does not have this row: it was deleted long ago, or never sent. Decide on the"
        " sheet Review: mine sends it as a new row, theirs takes it off the sheet.",
    ),
}
OFFERED = Words(
    "Server dipulihkan dari cadangan dan tidak lagi punya perubahan ini, yang sudah diterimanya"
    "{when}. Kirim lagi? Putuskan di lembar Tinjau (milik saya mengirimnya lagi, milik mereka"
    " melepasnya), atau jalankan `lajur resolve --offered send`.",
    "The server was restored from a backup and no longer has this change, which it had accepted"
    "{when}. Send it again? Decide on the sheet Review (mine sends it again, theirs lets it go),"
    " or run `lajur resolve --offered send`.",
)
HIDDEN = Words("{row} (tersembunyi)", "{row} (hidden)")
ACCEPTED = Words(" paling lambat {when}", " by {when}")


FORMULA = Words(
    "Di pusat: {theirs}{by}, rumus Anda: {mine}. Rumus tidak ditimpa. Putuskan di lembar Tinjau:"
    " milik saya mengirim hasil rumus, milik mereka mengganti rumus dengan nilai pusat.",
    "The server says {theirs}{by}, your formula says {mine}. The formula is not overwritten. Decide"
    " on the sheet Review: mine sends its result, theirs replaces it with the server's value.",
)


@dataclass(frozen=True, slots=True)
class Issue:
    """One thing that needs a person, with its place. `message` is the sentence by language,
    `other` the row that has my row's key already.
    """

    table: str
    key: str
    rid: str | None
    column: str | None
    code: str
    status: str
    message: Mapping[str, str]
    conflict: Conflict | None = None
    other: str | None = None


def issues(copy: Copy) -> list[Issue]:
    """All that needs a person, in the order of the sheets and their rows."""
    found = [issue for held in copy.held.values() for issue in _held(copy, held)]
    found += [_found(one) for one in copy.found if one.told]
    order = {table: place for place, table in enumerate(copy.pages)}
    return sorted(found, key=lambda i: (order.get(i.table, 99), row_number(copy, i) or 0))


def row_number(copy: Copy, issue: Issue) -> int | None:
    """The row number that the person sees; None where the row is not on its sheet."""
    row = copy.row(issue.table, issue.rid) if issue.rid else None
    return row.number if row else None


def is_hidden(copy: Copy, table: str, number: int | None) -> bool:
    """Whether a row is on its sheet, but hidden or filtered away."""
    return number is not None and number in copy.hidden_on(copy.pages[table].layout.worksheet)


def _held(copy: Copy, held: Held) -> Iterator[Issue]:
    here = [rid for rid in held.rows if copy.row(held.table, rid)]
    first = next(iter(here or held.rows), None)
    for error, said in zip(held.errors, _sentences(copy, held), strict=True):
        place = (held.table, held.key, error.rid or first, error.col)
        yield Issue(*place, error.code, held.status, said, other=error.other)
    for conflict in held.conflicts:
        words = _conflict_words(copy, held, conflict)
        place = (held.table, held.key, conflict.rid, conflict.col)
        code = "offered" if held.status == RESTORED else "conflict"
        yield Issue(*place, code, wire.CONFLICT, words, conflict)


def _sentences(copy: Copy, held: Held) -> Iterator[dict[str, str]]:
    """What is said of each error: of the first lock until when it is and who may open it, with the
    very first what others changed meanwhile.
    """
    of_lock, of_others = lock_words(held), merged_words(copy, held)
    shut = next((n for n, error in enumerate(held.errors) if is_lock(error)), None)
    for number, error in enumerate(held.errors):
        said = dict(error.message)
        for words, of in ((of_lock, shut), (of_others, 0)):
            if number == of:
                said = {language: text + words[language] for language, text in said.items()}
        yield said


def _found(found: Found) -> Issue:
    problem = found.problem
    place = (found.table, found.key, problem.row_id, problem.column)
    return Issue(*place, problem.code, found.status, problem.words.all())


def _conflict_words(copy: Copy, held: Held, conflict: Conflict) -> dict[str, str]:
    words = CONFLICT_WORDS.get(conflict.kind, CONFLICT_WORDS["edited_on_server"])
    if held.status == RESTORED:
        return _offered_words(conflict)
    row = copy.row(held.table, conflict.rid)
    if row is not None and conflict.col in row.formulas:
        words = FORMULA
    column = copy.pages[held.table].sheet.by_key.get(conflict.col or "")
    said = {}
    for locale in (INDONESIAN, ENGLISH):
        when = moment(conflict.when, locale.language)
        who = ", ".join(part for part in (conflict.by, when) if part)
        said[locale.language] = words[locale.language].format(
            by=f" ({who})" if who else "",
            base=shown(column, conflict.base, locale),
            mine=shown(column, conflict.mine, locale),
            theirs=shown(column, conflict.theirs, locale),
        )
    return said


def _offered_words(conflict: Conflict) -> dict[str, str]:
    said = {}
    for language, sentence in OFFERED.all().items():
        accepted = ""
        if conflict.when:
            accepted = ACCEPTED[language].format(when=moment(conflict.when, language))
        said[language] = sentence.format(when=accepted)
    return said


def shown(column: Column | None, text: str | None, locale: Locale) -> str:
    """Canonical text as a person reads it; a dash for a blank."""
    if not text:
        return BLANK
    if column is None:
        return text
    try:
        column.check(text)
    except Unreadable:
        return text
    value = column.cell(text, locale.language)
    return show(value, locale)
