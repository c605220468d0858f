"""`python -m docs.build [FOLDER]`: the pages of the reference that are made from declarations."""

from __future__ import annotations

import sys
from pathlib import Path

from docs import messages
from workbook_templates.books import all_books
from workbook_templates.describe import reference_page
from workbook_templates.words import LANGUAGES

REFERENCE = Path(__file__).parent / "reference"


def pages() -> dict[str, str]:
    """Every generated page by its file name: `hr.md` in English, `hr.id.md` in Indonesian."""
    return {"messages.md": messages.page()} | {
        f"{book.key}{'' if language == 'en' else f'.{language}'}.md": reference_page(book, language)
        for book in all_books()
        for language in LANGUAGES
    }


def build(folder: Path = REFERENCE) -> None:
    """Write the pages into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    build(*map(Path, sys.argv[1:]))
