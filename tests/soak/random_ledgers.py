"""Companies whose books people change at random, at length, half of them in a database."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from sync_server.core.upgrading import VersionedStore
from sync_server.storage.memory import MemoryStore
from sync_server.storage.sql_store import open_store
from tests.core.random_ledger import CATALOGUE, RandomLedger
from tests.soak.progress import Part, counted, note

IN_A_COMPANY = 100
OPERATIONS, REFUSED = "operations", "refused"


def random_ledgers(folder: Path, scale: int) -> str:
    """All that the books promise, after each operation and on each of 400 days of each company."""
    operations = 100 * scale
    while (happened := counted(folder))[OPERATIONS] < operations:
        start, seed = time.monotonic(), happened["companies"]
        with _store(in_database=seed % 2 == 1) as store:
            did = _played(RandomLedger(store, "toko", Random(seed)))
        note(folder, Part(seed, time.monotonic() - start, {"companies": 1, **did}))
    kinds = {name: n for name, n in happened.items() if name.startswith("  ")}
    return (
        f"{happened[OPERATIONS]} operations of {len(kinds)} kinds in {happened['companies']}"
        f" companies, half of them over SQLite ({happened[REFUSED]} more were refused): each tie"
        " held after each of them, the balance on each of 400 days of each company, cost centres"
        " through two closings, and `verify` found nothing"
    )


def _played(ledger: RandomLedger) -> Counter[str]:
    """What was done in a company that kept all promises."""
    ledger.play(IN_A_COMPANY)
    assert ledger.waiting_in_the_books() == []
    ledger.settle()
    before = ledger.by_centre()
    ledger.close_years()
    assert ledger.by_centre() == before
    assert ledger.unbalanced() == []
    assert ledger.verified() == []
    did = Counter({f"  {name}": number for name, number in ledger.did.items()})
    did[OPERATIONS], did[REFUSED] = ledger.did.total(), ledger.refused.total()
    return did


@contextmanager
def _store(*, in_database: bool) -> Iterator[VersionedStore]:
    if not in_database:
        yield MemoryStore()
        return
    with TemporaryDirectory(prefix="lajur-soak-") as place:
        store = open_store(f"sqlite:///{Path(place) / 'central.sqlite3'}", CATALOGUE)
        yield store
        store.close()
