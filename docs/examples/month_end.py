#!/usr/bin/env python3
"""Play a month end of PT Lajur Contoh: a server, four workbooks, three people, real commands.

Everything happens on this machine; the workbooks, the database and the statements stay in --out.
With --google one of the people works in a blank spreadsheet that is shared with your account.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from docs.examples.contoh.desks import calc_windows
from docs.examples.contoh.keyboard import Seen
from docs.examples.contoh.office import Office, Unexpected
from docs.examples.contoh.stage import Stage
from docs.examples.contoh.story import play
from workbook_templates.words import Words

COULD_NOT = 2
FINISHED = Words(
    id="Selesai dalam {seconds:.0f} detik. Berkasnya ada di {folder}:",
    en="Finished in {seconds:.0f} seconds. The files are in {folder}:",
)


def main() -> int:
    """Play the story and say where the files are; the exit status."""
    given = _arguments()
    if given.out.exists():
        shutil.rmtree(given.out)
    stage, began = Stage(given.lang), time.monotonic()
    try:
        with month_end(given.out, stage, given.google, given.program):
            pass
    except Unexpected as told:
        print(f"\n{told}", file=sys.stderr)
        return COULD_NOT
    stage.console.print()
    stage.says(FINISHED, seconds=time.monotonic() - began, folder=given.out)
    for file in sorted(given.out.rglob("*.xlsx")):
        stage.console.print(f"  {file.relative_to(given.out)}", highlight=False)
    return 0


@contextmanager
def month_end(
    folder: Path, stage: Stage, google: str = "", program: str = ""
) -> Iterator[tuple[Office, dict[str, list[Seen]]]]:
    """Play the month in a new folder; the server runs on until the block ends."""
    folder.mkdir(parents=True)
    database = f"sqlite:///{folder.resolve() / 'central.sqlite3'}"
    office = Office(folder.resolve(), database, stage, google=google, program=program)
    with calc_windows() if program else nullcontext(), office.serving():
        yield office, play(office)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("build/demo"), help="emptied first")
    parser.add_argument("--lang", choices=("id", "en"), default="id", help="of everything")
    where = parser.add_mutually_exclusive_group()
    where.add_argument("--google", default="", help="google:ID of a blank spreadsheet")
    where.add_argument(
        "--with", dest="program", default="", choices=["libreoffice"], help="in open windows"
    )
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
