"""`python -m workbook_templates.render [FOLDER]`: the blank workbook of every book and language."""

from __future__ import annotations

import sys
from pathlib import Path

from workbook_templates.books import all_books
from workbook_templates.render import Binding, render_xlsx, titles_of
from workbook_templates.words import LANGUAGES

RENDERED = Path(__file__).parents[1] / "rendered"
LOCALES = {"id": "id-ID", "en": "en-US"}


def render_all(folder: Path = RENDERED) -> list[Path]:
    """Write `<book>-<language>.xlsx` of every book into a folder; returns the files."""
    folder.mkdir(parents=True, exist_ok=True)
    titles = titles_of(all_books())
    written = []
    for book in all_books():
        for language in LANGUAGES:
            target = folder / f"{book.key}-{language}.xlsx"
            binding = Binding(language=language, locale=LOCALES[language], titles=titles)
            render_xlsx(book, target, binding)
            written.append(target)
    return written


if __name__ == "__main__":
    for file in render_all(*map(Path, sys.argv[1:])):
        sys.stdout.write(f"{file.name}\n")
