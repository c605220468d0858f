"""The chart of accounts: a tree of accounts whose type and role hold once they are used."""

from __future__ import annotations

from collections.abc import Iterator

from workbook_templates.books.ledger.accounts import ACCOUNTS, has_children, is_used
from workbook_templates.books.ledger.choices import (
    ACCOUNT_TYPES,
    CONTROL_ROLES,
    ROLES,
    STOCK_ROLE,
    TYPES_OF_ROLE,
    words_of,
)
from workbook_templates.books.ledger.groups import GROUPS, TYPE_OF_GROUP
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

PARENT_CYCLE = Message(
    "parent_cycle",
    Words(
        id="Induk {parent} berada di bawah akun {code} sendiri. Pilih induk yang lain.",
        en="The parent {parent} stands under account {code} itself. Choose another parent.",
    ),
)
PARENT_HAS_POSTINGS = Message(
    "parent_has_postings",
    Words(
        id="Akun {parent} sudah berisi jurnal, jadi tidak dapat menjadi induk. Pilih akun lain.",
        en="Account {parent} has postings, so it cannot be a parent. Choose another account.",
    ),
)
GROUP_DOES_NOT_FIT = Message(
    "group_does_not_fit",
    Words(
        id="Kelompok {group_id} bukan untuk jenis akun {type_id}. Ubah salah satunya.",
        en="The group {group_en} is not for an account of type {type_en}. Change one of them.",
    ),
)
ROLE_DOES_NOT_FIT = Message(
    "role_does_not_fit",
    Words(
        id="Peran {role_id} hanya untuk akun berjenis {type_id}. Ubah salah satunya.",
        en="The role {role_en} is only for an account of type {type_en}. Change one of them.",
    ),
)
ROLE_TAKEN = Message(
    "role_taken",
    Words(
        id="Peran {role_id} sudah dipegang akun {other}. Satu peran hanya untuk satu akun.",
        en="Account {other} already has the role {role_en}. A role belongs to one account only.",
    ),
)
TYPE_OF_USED_ACCOUNT = Message(
    "type_of_used_account",
    Words(
        id="Akun {code} sudah berisi jurnal: jenisnya tidak dapat diubah. Buat akun baru.",
        en="Account {code} has postings: its type cannot change. Make a new account.",
    ),
)
ROLE_OF_USED_ACCOUNT = Message(
    "role_of_used_account",
    Words(
        id="Akun {code} sudah berisi jurnal: perannya tidak dapat diubah atau dihapus. "
        "Kembalikan perannya.",
        en="Account {code} has postings: its role cannot be changed or removed. Put it back.",
    ),
)
ROLE_FOR_USED_ACCOUNT = Message(
    "role_for_used_account",
    Words(
        id="Akun {code} sudah berisi jurnal, jadi tidak dapat diberi peran {role_id}: saldonya "
        "tidak akan sama dengan rinciannya. Beri peran itu kepada akun yang masih kosong.",
        en="Account {code} has postings, so it cannot get the role {role_en}: it would not equal "
        "the details behind it. Give the role to an account that is still empty.",
    ),
)
ACCOUNT_IN_USE = Message(
    "account_in_use",
    Words(
        id="Akun {code} sudah dipakai, jadi tidak dapat dihapus. Isi kolom Ditutup dengan Ya.",
        en="Account {code} is in use, so it cannot be deleted. Put Yes under Closed instead.",
    ),
)


def parents_make_a_tree(document: Document, known: Known) -> Iterator[Problem]:
    """No account stands under itself, and a parent has no postings of its own."""
    before = {line.text("parent") for line in document.before}
    for line in document.lines:
        parent = line.text("parent")
        if not parent or parent in before:
            continue
        if line.text("code") in _with_parents(known, parent):
            yield PARENT_CYCLE(
                column="parent", row_id=line.id, parent=parent, code=line.text("code")
            )
        elif is_used(known, parent):
            yield PARENT_HAS_POSTINGS(column="parent", row_id=line.id, parent=parent)


def _with_parents(known: Known, code: str) -> set[str]:
    """An account and all above it."""
    seen: set[str] = set()
    while code and code not in seen:
        seen.add(code)
        row = known.row(ACCOUNTS, code)
        code = row.text("parent") if row else ""
    return seen


def group_and_role_fit(document: Document, known: Known) -> Iterator[Problem]:
    """The statement caption and the role belong to the account's type; a role has one account."""
    for line in document.lines:
        type_, group = line.text("type"), line.text("group")
        if type_ and group and TYPE_OF_GROUP[group] != type_:
            yield GROUP_DOES_NOT_FIT(
                column="group",
                row_id=line.id,
                **_named("group", words_of(GROUPS, group)),
                **_named("type", words_of(ACCOUNT_TYPES, type_)),
            )
        if line.text("role"):
            yield from _role_problems(line, known)


def _role_problems(line: Line, known: Known) -> Iterator[Problem]:
    role, code = line.text("role"), line.text("code")
    named = _named("role", words_of(ROLES, role))
    wanted = next((t for t, roles in TYPES_OF_ROLE.items() if role in roles), "")
    if wanted and line.text("type") not in ("", wanted):
        type_ = _named("type", words_of(ACCOUNT_TYPES, wanted))
        yield ROLE_DOES_NOT_FIT(column="role", row_id=line.id, **named, **type_)
    for other in known.where(ACCOUNTS, "role", role):
        if other.text("code") != code:
            yield ROLE_TAKEN(column="role", row_id=line.id, other=other.text("code"), **named)


def _named(fact: str, words: Words) -> dict[str, str]:
    return {f"{fact}_id": words.id, f"{fact}_en": words.en}


def used_account_stays(document: Document, known: Known) -> Iterator[Problem]:
    """A used account keeps its type and role and is not deleted: what was posted relies on them."""
    if not document.before:
        return
    code, before = document.key, document.before[0]
    if not document.lines:
        taxed = known.where("ledger.tax_codes", "account", code)
        if is_used(known, code) or has_children(known, code) or taxed:
            yield ACCOUNT_IN_USE(code=code)
        return
    line = document.lines[0]
    changed_type = line.text("type") != before.text("type")
    role = line.text("role")
    changed_role = before.text("role") and role != before.text("role")
    gained = role in (*CONTROL_ROLES, STOCK_ROLE) and not before.text("role")
    if (changed_type or changed_role or gained) and is_used(known, code):
        if changed_type:
            yield TYPE_OF_USED_ACCOUNT(column="type", row_id=line.id, code=code)
        if changed_role:
            yield ROLE_OF_USED_ACCOUNT(column="role", row_id=line.id, code=code)
        if gained:
            named = _named("role", words_of(ROLES, role))
            yield ROLE_FOR_USED_ACCOUNT(column="role", row_id=line.id, code=code, **named)
