"""How a report fills the width of a page: the size of its letters, its columns, its rows' lines."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from reportlab.pdfbase.pdfmetrics import stringWidth

from sync_server.reports.printed import Printed
from workbook_templates.columns import Column
from workbook_templates.locale import show
from workbook_templates.report_rows import TOTAL, Row, is_figure

REGULAR, BOLD_FONT = "Helvetica", "Helvetica-Bold"
BOLD = ("heading", "subtotal", "total")
SIZES = (9.5, 9.0, 8.5, 8.0, 7.5, 7.0, 6.5, 6.0, 5.5, 5.0)  # of letters; the first that fits
GAP, INDENT, LEADING = 9.0, 10.0, 1.25
LEAST = 5.5  # letters of which a column of figures has room, for its heading
LONGEST_WORD = 26  # letters of a text that stay in one line, if it has so many
NOTHING = "–"
ROUNDING = 0.01

Place = tuple[float, float]  # left end and width, in points


@dataclass(frozen=True)
class Block:
    """A row, which is not broken over pages: the lines of each cell."""

    level: str
    cells: tuple[tuple[str, ...], ...]
    height: float
    is_final: bool = False


@dataclass(frozen=True)
class Layout:
    """Where the columns stand, in letters of which size."""

    printed: Printed
    letters: float
    left: float
    width: float
    places: tuple[Place, ...]

    @property
    def columns(self) -> Sequence[Column]:
        """The columns that are shown."""
        return self.printed.columns

    @property
    def leading(self) -> float:
        """From one line to the next."""
        return self.letters * LEADING

    @property
    def headings(self) -> Block:
        """The names of the columns."""
        names = [column.heading[self.printed.language] for column in self.columns]
        return self.block("heading", names)

    def block(self, level: str, texts: Sequence[str], is_final: bool = False) -> Block:
        """A row of these texts, each broken where its column ends."""
        look = (BOLD_FONT if level in BOLD else REGULAR, self.letters)
        cells = tuple(
            tuple(_wrapped(self.plain(text), self._room(level, n), look))
            for n, text in enumerate(texts)
        )
        lines = max(map(len, cells), default=1) or 1
        return Block(level, cells, lines * self.leading + self._spare(level), is_final)

    def above(self, block: Block) -> float:
        """The empty space above the letters of a row."""
        return self.letters * {"heading": 0.9, "subtotal": 0.45, "total": 0.45}.get(
            block.level, 0.3
        )

    def indent(self, block: Block, column: Column) -> float:
        """How far a text stands in from the left."""
        return self._inside(block.level, column)

    @staticmethod
    def plain(text: str) -> str:
        """Text in the letters that the fonts have; another is shown by its nearest, or as "?"."""
        spelled = text.encode("cp1252", "ignore").decode("cp1252") == text
        known = text if spelled else unicodedata.normalize("NFKD", text)
        kept = "".join(c for c in known if spelled or not unicodedata.combining(c))
        return kept.encode("cp1252", "replace").decode("cp1252")

    def _inside(self, level: str, column: Column) -> float:
        is_line = self.printed.is_statement and level == "account" and column.key == "name"
        return INDENT if is_line else 0.0

    def _room(self, level: str, n: int) -> float:
        """The width of a cell; words alone have the rest of the page."""
        left, width = self.places[n]
        if level == "text":
            return self.left + self.width - left
        return width - self._inside(level, self.columns[n])

    def _spare(self, level: str) -> float:
        return self.letters * {"heading": 1.1, "total": 1.1, "subtotal": 0.8}.get(level, 0.35)


def lay_out(printed: Printed, left: float, width: float) -> Layout:
    """The largest letters with which all figures stand whole beside readable texts."""
    rows = [_texts(printed, row) for row in printed.rows]
    sums = _sums(printed)
    rows += [sums] if sums else []
    sizes = [
        _sizes(column, [row[n] for row in rows], printed.language)
        for n, column in enumerate(printed.columns)
    ]
    for letters in SIZES:
        widths = _widths(sizes, letters, width - GAP * (len(sizes) - 1))
        if widths is not None:
            return Layout(
                printed, letters, left, width, _places(left, _stretched(printed, *widths))
            )
    even = [width / len(sizes) - GAP] * len(sizes)
    return Layout(printed, SIZES[-1], left, width, _places(left, even))


def blocks(layout: Layout) -> Iterator[Block]:
    """All rows, and the sums of plain columns."""
    printed = layout.printed
    for number, row in enumerate(printed.rows, 1):
        yield layout.block(printed.level(row), _texts(printed, row), number in printed.finals)
    if sums := _sums(printed):
        yield layout.block("total", sums, is_final=True)


def _texts(printed: Printed, row: Row) -> list[str]:
    return [_shown(printed, column, row.get(column.key)) for column in printed.columns]


def _shown(printed: Printed, column: Column, text: str | None) -> str:
    """A value as people write it; losses in parentheses, nothing as a dash."""
    if text is None:
        return ""
    value = column.cell(text, printed.language)
    if isinstance(value, Decimal) and column.kind == "money":
        written = show(abs(value), printed.locale)
        return NOTHING if not value else f"({written})" if value < 0 else written
    return show(value, printed.locale) if isinstance(value, Decimal | date) else str(value)


def _sums(printed: Printed) -> list[str]:
    if not printed.sums:
        return []
    texts = [_summed(printed, column) for column in printed.columns]
    return [texts[0] or TOTAL[printed.language], *texts[1:]]


def _summed(printed: Printed, column: Column) -> str:
    if column.key not in printed.sums:
        return ""
    found = (row.get(column.key) for row in printed.rows)
    added = sum((Decimal(text) for text in found if text), Decimal(0))
    return _shown(printed, column, f"{added}")


def _sizes(column: Column, texts: Sequence[str], language: str) -> tuple[float, float]:
    """What a column wants, and what it needs at least, in letters."""
    words = max(_size(word) for word in column.heading[language].split())
    longest = max(map(_size, texts), default=0.0)
    if is_figure(column):
        whole = max(longest, words, LEAST)
        return whole, whole
    whole = max(longest, words) + INDENT / SIZES[0]
    return whole, max(words, min(whole, LONGEST_WORD / 2))


def _widths(
    sizes: Sequence[tuple[float, float]], letters: float, room: float
) -> tuple[list[float], float] | None:
    """Figures get what they need, texts a share of the rest; and what is left. None: no room."""
    wanted = sum(want for want, _ in sizes) * letters
    needed = sum(need for _, need in sizes) * letters
    if needed > room:
        return None
    part = min(1.0, (room - needed) / (wanted - needed)) if wanted > needed else 0.0
    widths = [letters * (need + (want - need) * part) for want, need in sizes]
    return widths, room - sum(widths)


def _stretched(printed: Printed, widths: list[float], spare: float) -> list[float]:
    """What is left goes to the names, so that the figures end at the right margin."""
    texts = [n for n, column in enumerate(printed.columns) if column.kind == "text"]
    at = texts[0] if texts else 0
    return [width + (spare if n == at else 0.0) for n, width in enumerate(widths)]


def _places(left: float, widths: Sequence[float]) -> tuple[Place, ...]:
    places = []
    for width in widths:
        places.append((left, width))
        left += width + GAP
    return tuple(places)


def _size(text: str) -> float:
    """How wide a text is, in bold letters of one point."""
    return float(stringWidth(Layout.plain(text), BOLD_FONT, 1))


def _wrapped(text: str, width: float, look: tuple[str, float]) -> Iterator[str]:
    """The lines of a text; a word that is longer than a line is cut."""
    line = ""
    for word in (part for whole in text.split() for part in _cut(whole, width, look)):
        longer = f"{line} {word}" if line else word
        if line and stringWidth(longer, *look) > width + ROUNDING:
            yield line
            longer = word
        line = longer
    if line:
        yield line


def _cut(word: str, width: float, look: tuple[str, float]) -> Iterator[str]:
    while len(word) > 1 and stringWidth(word, *look) > width + ROUNDING:
        fits = (n for n in range(len(word) - 1, 1, -1) if stringWidth(word[:n], *look) <= width)
        end = next(fits, 1)
        yield word[:end]
        word = word[end:]
    yield word
