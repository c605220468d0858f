"""A report as a PDF: a table over A4 pages, headings on each, drawn with reportlab's canvas."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence

from reportlab.lib.pagesizes import A4, landscape
from reportlab.pdfgen.canvas import Canvas

from sync_server.reports.paper import BOLD, BOLD_FONT, REGULAR, Block, Layout, blocks, lay_out
from sync_server.reports.printed import PAGE, Printed
from workbook_templates.report_rows import is_figure

MARGIN, HEAD_HEIGHT, FOOT = 42.0, 62.0, 26.0  # points
READABLE = 8.0  # letters below this size have the page lie on its side
LANGUAGES = {"id": "id-ID", "en": "en"}
INK, GREY = (0.13, 0.19, 0.23), (0.42, 0.47, 0.5)


def pdf(printed: Printed) -> bytes:
    """The file; the same report gives the same bytes."""
    size = A4
    layout = lay_out(printed, MARGIN, size[0] - 2 * MARGIN)
    if layout.letters < READABLE:
        size = landscape(A4)
        layout = lay_out(printed, MARGIN, size[0] - 2 * MARGIN)
    pages = list(_pages(layout, size[1]))
    out = io.BytesIO()
    canvas = Canvas(out, size, invariant=1, lang=LANGUAGES[printed.language])
    canvas.setTitle(f"{printed.title} · {printed.company.name}")
    canvas.setSubject(printed.subtitle)
    for number, page in enumerate(pages, 1):
        _draw_page(canvas, layout, page, (number, len(pages)))
    canvas.save()
    return out.getvalue()


def _pages(layout: Layout, height: float) -> Iterator[list[Block]]:
    """The rows by page; a heading is not left alone at the foot of one."""
    room = height - 2 * MARGIN - HEAD_HEIGHT - FOOT - layout.headings.height
    page: list[Block] = []
    used = 0.0
    for block in blocks(layout):
        if used + block.height > room and page:
            carried = [page.pop()] if page[-1].level == "heading" and len(page) > 1 else []
            yield page
            page = carried
            used = sum(each.height for each in page)
        page.append(block)
        used += block.height
    yield page


def _draw_page(
    canvas: Canvas, layout: Layout, page: Sequence[Block], numbers: tuple[int, int]
) -> None:
    _, height = canvas._pagesize
    canvas.setFillColorRGB(*INK)
    _draw_head(canvas, layout, height - MARGIN)
    top = height - MARGIN - HEAD_HEIGHT
    top = _draw_block(canvas, layout, layout.headings, top)
    top -= 2
    canvas.setLineWidth(0.8)
    canvas.line(MARGIN, top, MARGIN + layout.width, top)
    for block in page:
        top = _draw_block(canvas, layout, block, top)
    _draw_foot(canvas, layout, numbers)
    canvas.showPage()


def _draw_head(canvas: Canvas, layout: Layout, top: float) -> None:
    """Who, what and when, in the middle as statements have it."""
    middle = MARGIN + layout.width / 2
    printed = layout.printed
    lines = (
        (REGULAR, 11, printed.company.name),
        (BOLD_FONT, 13, printed.title),
        (REGULAR, 9.5, printed.subtitle),
    )
    for font, size, text in lines:
        top -= size * 1.4
        canvas.setFont(font, size)
        canvas.drawCentredString(middle, top, layout.plain(text))


def _draw_block(canvas: Canvas, layout: Layout, block: Block, top: float) -> float:
    """Draws one row below `top`; returns where the next begins."""
    bold = block.level in BOLD
    canvas.setFont(BOLD_FONT if bold else REGULAR, layout.letters)
    base = top - layout.above(block) - layout.letters
    for column, place, lines in zip(layout.columns, layout.places, block.cells, strict=True):
        left, width = place
        if is_figure(column):
            last = base - (len(lines) - 1) * layout.leading
            for n, text in enumerate(reversed(lines)):
                canvas.drawRightString(left + width, last + n * layout.leading, text)
            if lines and block.level in ("subtotal", "total"):
                _rule(canvas, layout, block, (left, width, base))
        else:
            for n, text in enumerate(lines):
                left_in = left + layout.indent(block, column)
                canvas.drawString(left_in, base - n * layout.leading, text)
    return top - block.height


def _rule(canvas: Canvas, layout: Layout, block: Block, place: tuple[float, float, float]) -> None:
    """A line above a sum, two below a final one."""
    left, width, base = place
    canvas.setLineWidth(0.5)
    above = base + layout.letters * 1.1
    canvas.line(left, above, left + width, above)
    if block.is_final:
        for below in (2.2, 3.8):
            canvas.line(left, base - below, left + width, base - below)


def _draw_foot(canvas: Canvas, layout: Layout, numbers: tuple[int, int]) -> None:
    printed, (page, pages) = layout.printed, numbers
    canvas.setFillColorRGB(*GREY)
    canvas.setFont(REGULAR, 8)
    canvas.drawString(MARGIN, MARGIN - 8, layout.plain(printed.state))
    text = PAGE[printed.language].format(page=page, pages=pages)
    canvas.drawRightString(MARGIN + layout.width, MARGIN - 8, text)
