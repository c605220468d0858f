"""Where unsent changes come from: sent again after a restore, or typed by somebody else."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from addin.copies import Copy
from addin.shadow import Origin

RESTORED_FROM_FILE = "restored_from_file"


def sent_again(copy: Copy, rid: str) -> None:
    """Note that a row goes to a restored server again."""
    known = copy.shadow.origins.get(rid, Origin())
    copy.shadow.origins[rid] = replace(known, cause=RESTORED_FROM_FILE)


def brought_back(copy: Copy, rid: str, seq: int) -> None:
    """Note that a row's deletion in a commit is to be taken back."""
    known = copy.shadow.origins.get(rid, Origin())
    copy.shadow.origins[rid] = replace(known, restores=seq)


def decided(copy: Copy, rid: str, what: str) -> None:
    """Note that a row's change is a person's decision over what the server has."""
    known = copy.shadow.origins.get(rid, Origin())
    cause = known.cause or f"decided: {what} over theirs"
    copy.shadow.origins[rid] = replace(known, cause=cause)


def typed_by(copy: Copy, rids: Iterable[str], person: str) -> None:
    """Note who typed the unsent changes of some rows; whoever is noted already stays."""
    for rid in rids:
        known = copy.shadow.origins.get(rid, Origin())
        copy.shadow.origins[rid] = replace(known, made_by=known.made_by or person)


def common_origin(copy: Copy, rids: Iterable[str]) -> Origin:
    """The origin of a document: that of the first of its rows that has one."""
    if not copy.shadow.origins:
        return Origin()
    found = [known for rid in rids if (known := copy.shadow.origins.get(rid))]
    cause = next((one.cause for one in found if one.cause), "")
    return Origin(cause, next((one.made_by for one in found if one.made_by), ""))


def forget_origins(copy: Copy, rids: Iterable[str]) -> None:
    """These rows were sent, or have nothing more to send."""
    for rid in rids:
        copy.shadow.origins.pop(rid, None)
