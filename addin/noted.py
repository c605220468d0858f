"""The histories that a file has seen: (seq, mark, moment) of its reads, in one line of its meta.

After a restore they tell where the histories of file and server parted, and when the server had
accepted what it lacks now.
"""

from __future__ import annotations

import msgspec

KEPT = 32  # entries; older ones thin out, so that they reach far back

Entry = tuple[int, str, str]
_decode = msgspec.json.Decoder(list[Entry]).decode


def noted(meta: dict[str, str]) -> list[Entry]:
    """The entries, oldest first; none where the line cannot be read."""
    try:
        return _decode(meta.get("noted") or "[]")
    except msgspec.MsgspecError:
        return []


def note(meta: dict[str, str], seq: int, mark: str, moment: str) -> None:
    """Note that the server's history up to a commit was read."""
    entries = [e for e in noted(meta) if e[0] < seq]
    if not mark or not seq:
        return
    entries.append((seq, mark, moment))
    if len(entries) > KEPT:
        half = KEPT // 2
        entries = [*entries[:half:2], *entries[half:]]
    meta["noted"] = msgspec.json.encode(entries).decode()


def is_other_history(meta: dict[str, str], seq: int, mark: str) -> bool:
    """Whether a server that stands at a commit is not the one that this file has read up to."""
    known = {at: told for at, told, _ in noted(meta)}
    behind = seq < int(meta.get("head") or 0)
    return behind or (bool(mark) and seq in known and known[seq] != mark)


def accepted_by(meta: dict[str, str], seq: int) -> str:
    """The moment (UTC text) at which a commit was known to be accepted; "" where that is lost."""
    return next((moment for at, _, moment in noted(meta) if at >= seq), "")
