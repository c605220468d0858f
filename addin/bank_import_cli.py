"""`lajur bank-import` and `lajur bank-match`: bank statements into a ledger workbook."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from addin import terminal
from addin.bank_import import Imported, Wanted, import_statement, match_lines, warn
from addin.copies import Copy, Found, open_copy
from addin.keeping import keeper
from addin.terminal import COULD_NOT, DONE, NEEDS_A_PERSON, AsJson, File, With
from workbook_templates.books.ledger.bank_lines import LINES
from workbook_templates.books.ledger.bank_mappings import BANK_MAPPINGS
from workbook_templates.locale import locale, show
from workbook_templates.words import Words

SHOWN = 20  # lines and errors that are told at once
IMPORTED = Words(
    "{file}: {new} mutasi baru di akun {account}, {known} sudah ada, {proposed} dengan usul."
    " Belum dikirim: periksa lembar Mutasi Bank, isi Setuju, lalu sinkronkan.",
    "{file}: {new} new lines on account {account}, {known} were there already, {proposed} with a"
    " proposal. They are not sent yet: look at the sheet Bank Lines, fill in Accept, then sync.",
)
WOULD = Words("Tidak ada yang ditulis (--dry-run).", "Nothing was written (--dry-run).")
PASSED = Words(
    "{n} baris berkas dilewati: tanpa tanggal atau tanpa jumlah.",
    "{n} rows of the file were passed over: they have no date or no amount.",
)
STATED = Words("Saldo bank {date}: {amount}", "The bank's balance on {date}: {amount}")
SHORT = Words(
    "Mutasi di berkas ini berselisih {amount} dengan saldo awal dan akhirnya sendiri. Mungkin ada"
    " mutasi yang tidak ikut terunduh.",
    "The lines of this file are {amount} off its own opening and closing balances. Lines may be"
    " missing from the download.",
)
GUESSED = Words(
    "Belum ada format untuk {file}. Usulnya ditulis di lembar Format Bank sebagai {bank}: {found}."
    " Periksa, lalu jalankan perintah yang sama lagi (atau langsung dengan --yes).",
    "There is no format for {file} yet. A proposal was written on the sheet Bank Formats as {bank}:"
    " {found}. Look at it, then run the same command again (or at once with --yes).",
)
BAD = Words(
    "{n} baris {file} tidak terbaca, jadi tidak ada yang diimpor:",
    "{n} rows of {file} cannot be read, so nothing was imported:",
)
BAD_ROW = Words("  baris {row}: {message}", "  row {row}: {message}")
MORE = Words("  … dan {n} lagi", "  … and {n} more")
MATCHED = Words(
    "{n} mutasi terbuka mempunyai usul. Periksa lembar Mutasi Bank.",
    "{n} open bank lines have a proposal. Look at the sheet Bank Lines.",
)


def bank_import(
    statement: Annotated[Path, typer.Argument(help="The bank's file: CSV, XLSX, MT940 or OFX.")],
    file: File,
    bank: Annotated[str, typer.Option(help="The bank's code on the sheet Bank Formats.")] = "",
    account: Annotated[str, typer.Option(help="The bank's account in the books.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Tell only; write nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Trust a guessed format.")] = False,
    program: With = "",
    as_json: AsJson = False,
) -> None:
    """Type a bank statement into a ledger workbook, unsent; what is there already is left out."""
    with terminal.failing(str(statement), as_json), terminal.opened(file, program) as workbook:
        copy = open_copy(workbook)
        keep = keeper(workbook, copy, datetime.now)
        with terminal.bar() as progress:
            progress("bank-import", 0, 1)
            done = import_statement(copy, statement, Wanted(bank, account, yes))
            told = [] if done.bad else warn(copy, done.account)
            if not dry_run and not done.bad:
                keep(copy)
            progress("bank-import", 1, 1)
        said = [*_said(copy, statement.name, done, dry_run), *_warned(copy, told)]
        terminal.say(_reply(copy, statement.name, done, told), as_json, "\n".join(said))
    raise typer.Exit(_status(done))


def bank_match(
    file: File,
    account: Annotated[str, typer.Option(help="Only this account.")] = "",
    program: With = "",
    as_json: AsJson = False,
) -> None:
    """Propose anew what the open bank lines of a workbook are; your own words stay."""
    with terminal.failing(file, as_json), terminal.opened(file, program) as workbook:
        copy = open_copy(workbook)
        keep = keeper(workbook, copy, datetime.now)
        proposed = match_lines(copy, account)
        told = warn(copy, account)
        keep(copy)
        said = [MATCHED[copy.language].format(n=proposed), *_warned(copy, told)]
        reply = {"file": file, "proposed": proposed, "warnings": _warned(copy, told)}
        terminal.say(reply, as_json, "\n".join(said))


def add_commands(app: typer.Typer) -> None:
    """The commands under their names."""
    app.command("bank-import")(bank_import)
    app.command("bank-match")(bank_match)


def _status(done: Imported) -> int:
    if done.bad:
        return COULD_NOT
    return NEEDS_A_PERSON if done.guess and not done.account else DONE


def _said(copy: Copy, file: str, done: Imported, dry: bool) -> list[str]:
    language, spoken = copy.language, locale(copy.meta.get("locale") or "id-ID")
    if done.bad:
        rows = [
            BAD_ROW[language].format(row=bad.number, message=bad.problem.words[language])
            for bad in done.bad[:SHOWN]
        ]
        more = len(done.bad) - SHOWN
        head = BAD[language].format(n=len(done.bad), file=file)
        return [head, *rows, *([MORE[language].format(n=more)] if more > 0 else [])]
    if done.guess and not done.account:
        return [_guess(language, file, done)]
    facts = {"file": file, "account": done.account, "known": done.known, "proposed": done.proposed}
    said = [IMPORTED[language].format(new=len(done.new), **facts)]
    said += [PASSED[language].format(n=done.passed)] if done.passed else []
    for day in done.stated:
        when, amount = (show(fact, spoken) for fact in (date.fromisoformat(day.date), day.amount))
        said.append(STATED[language].format(date=when, amount=amount))
    said += [SHORT[language].format(amount=show(done.short, spoken))] if done.short else []
    return said + ([*_lines(copy, done), WOULD[language]] if dry else [])


def _guess(language: str, file: str, done: Imported) -> str:
    columns = {c.key: c.heading[language] for c in BANK_MAPPINGS.columns}
    given = {k: text for k, text in done.guess.items() if k not in ("bank", "account")}
    found = "; ".join(f"{columns[key]} = {text}" for key, text in given.items())
    return GUESSED[language].format(file=file, bank=done.guess["bank"], found=found)


def _lines(copy: Copy, done: Imported) -> list[str]:
    """The first new lines, for a preview."""
    new = set(done.new[:SHOWN])
    rows = [row.cells for row in copy.pages[LINES].rows.values() if row.cells.get("line") in new]
    columns = ("date", "amount", "description", "proposal")
    lines = ["  " + " · ".join(row[c] for c in columns if row.get(c)) for row in rows]
    more = len(done.new) - SHOWN
    return [*lines, *([MORE[copy.language].format(n=more)] if more > 0 else [])]


def _warned(copy: Copy, told: list[Found]) -> list[str]:
    return [found.problem.words[copy.language] for found in told]


def _reply(copy: Copy, file: str, done: Imported, told: list[Found]) -> dict[str, Any]:
    """The answer for programs."""
    return {
        "file": file,
        "account": done.account,
        "new": len(done.new),
        "known": done.known,
        "passed": done.passed,
        "proposed": done.proposed,
        "stated": [{k: str(v) for k, v in asdict(day).items()} for day in done.stated],
        "short": str(done.short),
        "guess": dict(done.guess),
        "bad": [
            {"row": bad.number, "code": bad.problem.code, "message": bad.problem.words.all()}
            for bad in done.bad[:SHOWN]
        ],
        "bad_rows": len(done.bad),
        "warnings": _warned(copy, told),
    }
