"""Rows by id of which most were not read, because nothing happened to them since the last save.

To every reader that does not know of it, such a dict is complete: asking for an id reads that row,
walking over it reads all. Who only needs what may have changed asks for the `loaded` entries.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any, ClassVar, Protocol, TypeVar, overload

V = TypeVar("V")


class Source(Protocol[V]):
    """Where the rows are that were not read yet."""

    total: int

    def which(self, rids: Collection[str]) -> Collection[str]:
        """Those of these ids of which it has a row."""

    def read(self, rids: Collection[str]) -> dict[str, V]:
        """The rows of these ids that it has, and perhaps neighbours of theirs."""

    def read_all(self) -> dict[str, V]:
        """All rows, in their order."""


class LazyRows(dict[str, V]):
    """See above. `originals` are the entries that came from the source; the others were added."""

    def __init__(self, source: Source[V], loaded: dict[str, V], complete: bool = False) -> None:
        super().__init__(loaded)
        self.source = source
        self.originals = dict(loaded)
        self.complete = complete
        self.changed: set[str] = set()

    def want(self, rids: Iterable[str]) -> None:
        """Read those of these rows that were not read yet, all at once."""
        if self.complete:
            return
        unread = (rid for rid in rids if rid not in self.originals)
        asked = [rid for rid in unread if not dict.__contains__(self, rid)]
        missing = self.source.which(asked) if asked else ()
        if len(missing) * 4 > self.source.total:
            self.want_all()
        elif missing:
            for rid, row in self.source.read(missing).items():
                if rid not in self.originals:
                    self.originals[rid] = row
                    dict.setdefault(self, rid, row)

    def want_all(self) -> None:
        """Read everything; the order is then that of the source, what was added comes last."""
        if self.complete:
            return
        mine, everything = dict(self.loaded()), self.source.read_all()
        self.complete = True
        kept = {r: row for r, row in everything.items() if r in mine or r not in self.originals}
        self.originals = everything | self.originals
        dict.clear(self)
        dict.update(self, kept | mine)

    def loaded(self) -> dict[str, V]:
        """The entries that were read, or put here."""
        return {rid: dict.__getitem__(self, rid) for rid in dict.__iter__(self)}

    def settle(self) -> None:
        """Take what stands here now for what the source has: it was written there."""
        self.source.total = len(self)
        self.originals = self.loaded()
        self.changed = set()

    # -- what a dict does ------------------------------------------------------------------------

    def __getitem__(self, rid: str) -> V:
        self.want((rid,))
        return super().__getitem__(rid)

    def __contains__(self, rid: object) -> bool:
        if dict.__contains__(self, rid):
            return True
        unread = not self.complete and isinstance(rid, str) and rid not in self.originals
        return unread and bool(self.source.which([str(rid)]))

    @overload
    def get(self, rid: str, default: None = None, /) -> V | None: ...
    @overload
    def get(self, rid: str, default: Any, /) -> Any: ...
    def get(self, rid: str, default: Any = None, /) -> Any:
        """The row, read if need be."""
        if not dict.__contains__(self, rid):
            self.want((rid,))
        return dict.get(self, rid, default)

    def __setitem__(self, rid: str, row: V) -> None:
        self.want((rid,))
        self.changed.add(rid)
        super().__setitem__(rid, row)

    def __delitem__(self, rid: str) -> None:
        self.want((rid,))
        self.changed.add(rid)
        super().__delitem__(rid)

    def pop(self, rid: str, *default: Any) -> Any:
        """Take a row out."""
        self.want((rid,))
        self.changed.add(rid)
        return super().pop(rid, *default)

    def setdefault(self, rid: str, default: Any = None, /) -> Any:
        """The row, or the default put there."""
        if rid not in self:
            self[rid] = default
        return self[rid]

    def update(self, *others: Any, **rows: Any) -> None:
        """Put rows in one by one."""
        for rid, row in dict[str, V](*others, **rows).items():
            self[rid] = row

    def __len__(self) -> int:
        unread = 0 if self.complete else self.source.total - len(self.originals)
        return super().__len__() + unread

    def __iter__(self) -> Iterator[str]:
        self.want_all()
        return super().__iter__()

    __hash__: ClassVar[None] = None

    def __eq__(self, other: object) -> bool:
        self.want_all()
        return dict.__eq__(self, other)

    def keys(self) -> Any:
        """All ids."""
        self.want_all()
        return super().keys()

    def values(self) -> Any:
        """All rows."""
        self.want_all()
        return super().values()

    def items(self) -> Any:
        """All ids with their rows."""
        self.want_all()
        return super().items()


def loaded(rows: dict[str, V]) -> dict[str, V]:
    """What may have changed since the last save: all of an ordinary dict."""
    return rows.loaded() if isinstance(rows, LazyRows) else rows


def is_partial(rows: dict[str, V]) -> bool:
    """Whether some rows were not read."""
    return isinstance(rows, LazyRows) and not rows.complete


def want(rows: dict[str, V], rids: Iterable[str]) -> None:
    """Read these rows now, all at once, because each of them is about to be asked for."""
    if isinstance(rows, LazyRows):
        rows.want(rids)
