"""What somebody chose for the worker, in a TOML file: accounts, quotas, spreadsheets, lanes."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from addin.errors import AddinError
from addin.google_worker.lanes import Lanes
from workbook_templates.words import Words

READS, WRITES = 48.0, 48.0  # a minute: four fifths of what Google gives one account
PROJECT_READS = 300.0  # a minute, that Google gives all accounts of a project together

EXAMPLE = """\
# Settings of `lajur google-worker`. Lines with a # in front show what holds without them.

# Where the worker remembers what it has read; beside this file.
# state = "google-worker-state.json"

# How many spreadsheets are worked on at the same moment.
# at_once = 4

# Every how many seconds Drive is asked which spreadsheets changed.
# hints = 30

# Reads a minute that Google gives your Cloud project; all accounts together stay below.
# project_reads_per_minute = 300

# A service account: the JSON file that Google's console gave you. More accounts give more reads.
[[account]]
name = "office"
key = "office-account.json"
# reads_per_minute = 48
# writes_per_minute = 48

# A spreadsheet that is shared with the account as an Editor; one such part for each.
[[workbook]]
url = "https://docs.google.com/spreadsheets/d/…/edit"
# account = "office"

# Seconds. Somebody typed within `stays_hot`: a look every `hot`. Within `stays_warm`: every `warm`.
# Else when Drive says that something changed, and every `sweep` in any case.
[lanes]
# hot = 15
# warm = 90
# sweep = 3600
# stays_hot = 600
# stays_warm = 28800
"""

UNREADABLE = Words("berkas tidak dapat dibaca", "the file cannot be read")
NOT_TOML = Words("bukan TOML yang benar: {reason}", "this is not proper TOML: {reason}")
UNKNOWN = Words("{name} tidak dikenal", "{name} is not known")
NOT_POSITIVE = Words(
    "{name} harus berupa angka di atas nol", "{name} has to be a number above zero"
)
NOT_TEXT = Words("{name} harus berupa teks", "{name} has to be a text")
NO_ACCOUNTS = Words("bagian [[account]] belum ada", "there is no part [[account]]")
NO_WORKBOOKS = Words("bagian [[workbook]] belum ada", "there is no part [[workbook]]")
TWICE = Words("{name} tertulis dua kali", "{name} is there twice")
NO_SUCH_ACCOUNT = Words("akun {name} tidak ada", "there is no account {name}")
TOO_FAST = Words(
    "semua akun bersama-sama membaca {sum} kali per menit; proyek Anda boleh {most}",
    "all accounts together read {sum} times a minute; your project may {most}",
)
NOT_RISING = Words(
    "hot, warm dan sweep harus makin besar", "hot, warm and sweep have to rise in this order"
)


class BadSettings(AddinError):
    """The settings cannot be used. Facts: name, and reason by language."""

    code = "bad_worker_settings"
    sentences = {
        "id": "Pengaturan {name} tidak dapat dipakai: {reason}. Contohnya: lajur google-worker"
        " --example.",
        "en": "The settings {name} cannot be used: {reason}. For an example:"
        " lajur google-worker --example.",
    }


@dataclass(frozen=True, slots=True)
class Account:
    """A service account and how often it may ask, a minute."""

    name: str
    key: Path
    reads_per_minute: float = READS
    writes_per_minute: float = WRITES


@dataclass(frozen=True, slots=True)
class Kept:
    """A spreadsheet that is kept in step, and through which account."""

    url: str
    account: str


@dataclass(frozen=True, slots=True)
class Settings:
    """All that was chosen. `hints`: seconds between two questions to Drive."""

    accounts: tuple[Account, ...]
    workbooks: tuple[Kept, ...]
    state: Path
    lanes: Lanes = field(default_factory=Lanes)
    at_once: int = 4
    hints: float = 30.0


@dataclass(frozen=True, slots=True)
class _File:
    """The file that is read, for what is said of it."""

    path: Path

    def bad(self, words: Words, **facts: object) -> BadSettings:
        """What is wrong with it."""
        reason = {language: text.format(**facts) for language, text in words.all().items()}
        return BadSettings(name=self.path.name, reason=reason)

    def number(self, part: Mapping[str, Any], name: str, usual: float) -> float:
        """A number above zero."""
        found = part.get(name, usual)
        if isinstance(found, bool) or not isinstance(found, int | float) or found <= 0:
            raise self.bad(NOT_POSITIVE, name=name)
        return found

    def text(self, part: Mapping[str, Any], name: str, usual: str = "") -> str:
        """A text that is not blank."""
        found = part.get(name, usual)
        if not isinstance(found, str) or not found.strip():
            raise self.bad(NOT_TEXT, name=name)
        return found

    def only(self, part: object, known: Iterable[str]) -> Mapping[str, Any]:
        """A part that has no other names: a name that is not known is a slip of the pen."""
        if not isinstance(part, dict):
            raise self.bad(NOT_TOML, reason=repr(part))
        for name in part.keys() - set(known):
            raise self.bad(UNKNOWN, name=name)
        return part

    def parts(self, told: Mapping[str, Any], name: str, missing: Words) -> list[Any]:
        """The parts [[name]], at least one."""
        found = told.get(name)
        if not isinstance(found, list) or not found:
            raise self.bad(missing)
        return found


TOP = ("state", "at_once", "hints", "project_reads_per_minute", "account", "workbook", "lanes")


def read_settings(path: Path) -> Settings:
    """The settings in a file; other files are named relative to it. Raises `BadSettings`."""
    file = _File(path)
    try:
        told = file.only(tomllib.loads(path.read_text(encoding="utf-8")), TOP)
    except (OSError, UnicodeDecodeError) as absent:
        raise file.bad(UNREADABLE) from absent
    except tomllib.TOMLDecodeError as unfit:
        raise file.bad(NOT_TOML, reason=unfit) from unfit
    accounts = tuple(_account(file, one) for one in file.parts(told, "account", NO_ACCOUNTS))
    _accounts_fit(file, accounts, file.number(told, "project_reads_per_minute", PROJECT_READS))
    workbooks = _workbooks(file, told, accounts)
    state = path.parent / file.text(told, "state", f"{path.stem}-state.json")
    at_once, hints = file.number(told, "at_once", 4), file.number(told, "hints", 30.0)
    lanes = _lanes(file, told.get("lanes", {}))
    return Settings(accounts, workbooks, state, lanes, int(at_once), hints)


def _account(file: _File, told: object) -> Account:
    part = file.only(told, [one.name for one in fields(Account)])
    return Account(
        file.text(part, "name"),
        file.path.parent / file.text(part, "key"),
        file.number(part, "reads_per_minute", READS),
        file.number(part, "writes_per_minute", WRITES),
    )


def _accounts_fit(file: _File, accounts: tuple[Account, ...], most: float) -> None:
    _once(file, [one.name for one in accounts])
    wanted = sum(one.reads_per_minute for one in accounts)
    if wanted > most:
        raise file.bad(TOO_FAST, sum=f"{wanted:g}", most=f"{most:g}")


def _workbooks(
    file: _File, told: Mapping[str, Any], accounts: tuple[Account, ...]
) -> tuple[Kept, ...]:
    names, kept = [one.name for one in accounts], []
    for one in file.parts(told, "workbook", NO_WORKBOOKS):
        part = file.only(one, [each.name for each in fields(Kept)])
        account = file.text(part, "account", names[0])
        if account not in names:
            raise file.bad(NO_SUCH_ACCOUNT, name=account)
        kept.append(Kept(file.text(part, "url"), account))
    _once(file, [one.url for one in kept])
    return tuple(kept)


def _once(file: _File, names: list[str]) -> None:
    for name in names:
        if names.count(name) > 1:
            raise file.bad(TWICE, name=name)


def _lanes(file: _File, told: object) -> Lanes:
    known = {one.name: one.default for one in fields(Lanes)}
    part = file.only(told, known)
    chosen = Lanes(
        **{name: file.number(part, name, part.get(name, usual)) for name, usual in known.items()}
    )
    if not chosen.hot <= chosen.warm <= chosen.sweep:
        raise file.bad(NOT_RISING)
    return chosen
