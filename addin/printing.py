"""What the commands say to a person in the terminal, in the workbook's language."""

from __future__ import annotations

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table

from addin.copies import Copy
from addin.issues import HIDDEN, Issue, is_hidden, row_number, shown
from addin.moments import moment
from addin.preview import Preview
from addin.remarks import remarks_of_this
from addin.runs import Run
from addin.upgrading import Upgraded
from addin.window import chosen
from workbook_templates import wire
from workbook_templates.locale import locale, show
from workbook_templates.words import Words

COUNTS = {
    wire.APPLIED: Words("{n} dokumen diterima", "{n} documents accepted"),
    wire.NOOP: Words("{n} sudah ada", "{n} there already"),
    wire.CONFLICT: Words("{n} perlu keputusan", "{n} need a decision"),
    wire.INVALID: Words("{n} perlu diperbaiki", "{n} need mending"),
    wire.DENIED: Words("{n} di luar wewenang Anda", "{n} not allowed"),
    wire.LOCKED: Words("{n} di periode tertutup", "{n} in a closed period"),
}
RECEIVED = Words("{n} baris diterima dari pusat", "{n} rows received")
HEAD = Words("sampai perubahan {n}", "up to change {n}")
NOTHING = Words("tidak ada yang perlu dikirim", "nothing to send")
ROWS = {
    "new": Words("{n} baris baru", "{n} new rows"),
    "changed": Words("{n} berubah", "{n} changed"),
    "deleted": Words("{n} dihapus", "{n} deleted"),
}
COPIED = Words(
    "{sheet}: salinan {key} menjadi dokumen baru {new_key}",
    "{sheet}: copied {key} → new document {new_key}",
)
PUT_BACK = Words(
    "{sheet}: {n} baris dipasangkan kembali dengan identitasnya",
    "{sheet}: {n} rows re-attached to their ids",
)
TO_SEND = Words("Akan dikirim:", "To be sent:")
PLACE = Words("{sheet}, baris {row}, {column}", "{sheet}, row {row}, {column}")
CHANGED = Words("{place}: {before} → {after}", "{place}: {before} → {after}")
BLANK = Words("(kosong)", "(blank)")
ROW_PLACE = Words("{sheet}, baris {row}", "{sheet}, row {row}")
WAITING = Words(
    "{n} dokumen terkirim tetapi jawabannya belum diterima; sinkronkan lagi.",
    "{n} documents were sent and not answered yet; sync again.",
)
CLONED = Words(
    "Berkas ini salinan dari berkas lain, atau versi lama dari cadangan. Tidak ada yang hilang;"
    " mulai sekarang berkas ini berjalan sebagai salinan tersendiri.",
    "This file is a copy of another one, or an older version from a backup. Nothing is lost; from"
    " now on it goes its own way.",
)
OFFERED = Words(
    "Server dipulihkan dari cadangan dan tidak lagi punya {n} perubahan yang sudah diterimanya."
    " Kirim lagi? Putuskan di lembar Tinjau, atau jalankan `lajur resolve {file} --offered send`"
    " (atau `drop`).",
    "The server was restored from a backup and no longer has {n} changes that it had accepted. Send"
    " them again? Decide on the sheet Review, or run `lajur resolve {file} --offered send` (or"
    " `drop`).",
)
PARKED = Words(
    "Templat ini terlalu lama untuk mengirim; isian Anda juga dititipkan di server sebagai konsep"
    " {id}. Perbarui Lajur, lalu sinkronkan lagi.",
    "This template is too old to send; the server also keeps what you typed as draft {id}. Update"
    " Lajur, then sync again.",
)
UPGRADED = Words(
    "{file} dibawa ke templat versi {version}; ditambahkan: {added}. Berkas semula: {backup}.",
    "{file} was brought to version {version} of its template; added: {added}. The file as it was:"
    " {backup}.",
)
LEFT = Words(
    "{n} dokumen di luar jendela {window} keluar dari lembar dan tetap ada di pusat: {documents}.",
    "{n} documents outside the window {window} left the sheet; the central copy keeps them:"
    " {documents}.",
)
NAMED = 5  # documents that left
UNSENT = Words("Belum terkirim:", "Not sent yet:")
DECIDED = Words("{n} keputusan dijalankan", "{n} decisions carried out")
HISTORY = Words("Riwayat baris {row} di {sheet}", "History of row {row} of {sheet}")
COLUMNS = (
    Words("Perubahan", "Change"),
    Words("Kapan", "When"),
    Words("Siapa", "Who"),
    Words("Isi", "What"),
)
DELETED = Words("baris dihapus", "row deleted")
COMPUTED = " ({formula})"


def say_run(console: Console, file: str, run: Run, shown: bool = False) -> None:
    """The result of a sync: counts, then each problem with its place and sentence.

    `shown`: what was sent was told before it was.
    """
    language, groups = run.copy.language, run.groups
    parts = [COUNTS[s][language].format(n=n) for s, n in groups.items() if n]
    if run.outcome.received:
        parts.append(RECEIVED[language].format(n=run.outcome.received))
    if run.decided:
        parts.append(DECIDED[language].format(n=run.decided))
    parts = parts or [NOTHING[language]]
    parts.append(HEAD[language].format(n=run.outcome.head))
    console.print(f"[bold]{file}[/bold]: {', '.join(parts)}", highlight=False)
    if not shown:
        say_preview(console, run.copy, run.outcome.preview)
    if run.copy.shadow.outbox:
        console.print(WAITING[language].format(n=len(run.copy.shadow.outbox)))
    if run.outcome.parked:
        console.print(PARKED[language].format(id=run.outcome.parked), highlight=False)
    if run.upgraded:
        say_upgraded(console, file, run.upgraded, language)
    if run.copy.left:
        say_left(console, run.copy)
    say_unrefreshed(console, run.copy)
    if run.outcome.cloned:
        console.print(CLONED[language], highlight=False)
    offered = sum(issue.code == "offered" for issue in run.issues)
    if offered:
        console.print(OFFERED[language].format(n=offered, file=file), highlight=False)
    say_problems(console, run.copy, run.issues)
    say_problems(console, run.copy, remarks_of_this(run.copy), "yellow")


def say_unrefreshed(console: Console, copy: Copy) -> None:
    """The report sheets that are not as they should be, and why."""
    for sheet, message in copy.unrefreshed:
        console.print(f"  {sheet}: {message}", highlight=False, markup=False)


def say_upgraded(console: Console, file: str, done: Upgraded, language: str) -> None:
    """What a new template brought."""
    added = ", ".join((*done.sheets, *done.columns)) or "—"
    facts = {"version": done.after, "added": added, "backup": done.backup or "—"}
    console.print(UPGRADED[language].format(file=file, **facts), highlight=False)


def say_left(console: Console, copy: Copy) -> None:
    """Which documents left their sheets because the workbook does not show them."""
    window = "; ".join(text for text in chosen(copy.meta).values() if text)
    keys = [key for _, key in copy.left]
    documents = ", ".join(keys[:NAMED]) + (" …" if len(keys) > NAMED else "")
    said = LEFT[copy.language].format(n=len(keys), window=window, documents=documents)
    console.print(said, highlight=False)


def say_preview(console: Console, copy: Copy, seen: Preview) -> None:
    """Rows by sheet, with the totals of their amounts; copies, and rows put back in order."""
    language, spoken = copy.language, locale(copy.meta.get("locale") or "id-ID")
    for table in dict.fromkeys(table for table, _ in seen.rows):
        sheet = copy.pages[table].sheet
        parts = [ROWS[what][language].format(n=n) for what in ROWS if (n := seen.rows[table, what])]
        sums = [
            f"{sheet.column(column).heading[language]} {show(amount, spoken)}"
            for (of, column), amount in seen.totals.items()
            if of == table
        ]
        said = ", ".join(parts) + (f" ({'; '.join(sums)})" if sums else "")
        console.print(f"  {sheet.title[language]}: {said}", highlight=False)
    for copied in seen.copied:
        facts = {"sheet": copy.pages[copied.table].sheet.title[language], "key": copied.key}
        said = COPIED[language].format(**facts, new_key=copied.new_key)
        console.print(f"  {said}", highlight=False)
    for table, count in seen.put_back.items():
        title = copy.pages[table].sheet.title[language]
        console.print(f"  {PUT_BACK[language].format(sheet=title, n=count)}", highlight=False)


def say_changed_cells(console: Console, copy: Copy, seen: Preview) -> None:
    """Each cell that was typed over on a line of its own: its place, what stood and what stands."""
    language = copy.language
    for cell in seen.cells:
        sheet = copy.pages[cell.table].sheet
        heading = sheet.column(cell.column).heading[language]
        place = PLACE[language].format(sheet=sheet.title[language], row=cell.row, column=heading)
        texts = {"before": cell.before, "after": cell.after}
        said = {name: text or BLANK[language] for name, text in texts.items()}
        console.print(f"  {CHANGED[language].format(place=place, **said)}", highlight=False)


def say_problems(console: Console, copy: Copy, found: Iterable[Issue], colour: str = "red") -> None:
    """Each problem on a line of its own: sheet, row number, column, sentence."""
    for issue in found:
        sentence = issue.message[copy.language]
        console.print(f"  [{colour}]{place(copy, issue)}[/{colour}]: {sentence}", highlight=False)


def place(copy: Copy, issue: Issue) -> str:
    """Where a problem is, as the person sees it."""
    page, number = copy.pages[issue.table], row_number(copy, issue)
    column = page.sheet.by_key.get(issue.column or "")
    name = page.layout.worksheet
    if number is None:
        return name
    row = HIDDEN[copy.language].format(row=number)
    row = row if is_hidden(copy, issue.table, number) else str(number)
    if column is None:
        return ROW_PLACE[copy.language].format(sheet=name, row=row)
    heading = column.heading[copy.language]
    return PLACE[copy.language].format(sheet=name, row=row, column=heading)


def say_history(console: Console, copy: Copy, table: str, records: Iterable[wire.Audit]) -> None:
    """A row's audit trail as a table."""
    language, spoken = copy.language, locale(copy.meta.get("locale") or "id-ID")
    sheet = copy.pages[table].sheet
    lines = Table(*(heading[language] for heading in COLUMNS), box=None)
    for record in records:
        said = [
            f"{column.heading[language]}: {shown(column, pair[0], spoken)} → "
            f"{shown(column, pair[1], spoken)}"
            f"{COMPUTED.format(formula=record.f[key]) if key in record.f else ''}"
            for key, pair in record.cells.items()
            if (column := sheet.by_key.get(key)) is not None
        ]
        what = DELETED[language] if record.deleted else "\n".join(said)
        lines.add_row(str(record.seq), moment(record.when, language), record.by, what)
    console.print(lines)
