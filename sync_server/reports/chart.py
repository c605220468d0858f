"""The chart of a report: a sheet of its own, drawn from cells that follow those of the report."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

from xlsxwriter import Workbook
from xlsxwriter.utility import quote_sheetname, xl_range, xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from sync_server.reports.printed import A4, HEAD, Printed
from workbook_templates.charts import Chart
from workbook_templates.columns import Column
from workbook_templates.words import Words

CHART = Words(id="Grafik", en="Chart")
WIDTHS = (44, 20)
MOST = 25  # points that can still be told apart
SIZE = {"width": 900, "height": 480}

Cell = tuple[str, Decimal]  # a formula and its result
Point = tuple[str, list[Cell]]  # its name, a cell for each series
Numbered = list[tuple[int, Column]]


def add_chart(book: Workbook, sheet: Worksheet, printed: Printed) -> None:
    """Adds the sheet; nothing where there is nothing to draw."""
    chart, source = printed.report.chart, quote_sheetname(sheet.get_name())
    if chart is None or not printed.rows:
        return
    columns = [(n, c) for n, c in enumerate(printed.columns) if c.key in chart.values]
    if chart.label:
        series = [column.heading[printed.language] for _, column in columns]
        points = list(_of_rows(printed, chart, columns, source))[:MOST]
    else:
        series, points = [printed.title], list(_of_sums(printed, columns, source))
    if points:
        drawn = book.add_worksheet(CHART[printed.language])
        _write(book, drawn, series, points)
        _draw(book, drawn, printed.title, len(series), len(points))


def _of_rows(printed: Printed, chart: Chart, columns: Numbered, source: str) -> Iterator[Point]:
    for at, row in enumerate(printed.rows, HEAD + 1):
        name = row.get(chart.label)
        if name and printed.level(row) in chart.levels:
            cells = [
                (f"={source}!{xl_rowcol_to_cell(at, n)}", column.value(row.get(column.key) or "0"))
                for n, column in columns
            ]
            yield name, cells


def _of_sums(printed: Printed, columns: Numbered, source: str) -> Iterator[Point]:
    for n, column in columns:
        added = sum(
            (column.value(t) for row in printed.rows if (t := row.get(column.key))), Decimal()
        )
        cells = xl_range(HEAD + 1, n, HEAD + len(printed.rows), n)
        yield column.heading[printed.language], [(f"=SUM({source}!{cells})", added)]


def _write(book: Workbook, sheet: Worksheet, series: Sequence[str], points: list[Point]) -> None:
    number, bold = book.add_format({"num_format": "#,##0"}), book.add_format({"bold": True})
    sheet.set_column(0, 0, WIDTHS[0])
    sheet.set_column(1, len(series), WIDTHS[1])
    for k, name in enumerate(series, 1):
        sheet.write_string(0, k, name, bold)
    for at, (name, cells) in enumerate(points, 1):
        sheet.write_string(at, 0, name)
        for k, (formula, value) in enumerate(cells, 1):
            sheet.write_formula(at, k, formula, number, value)


def _draw(book: Workbook, sheet: Worksheet, title: str, series: int, points: int) -> None:
    chart, name = book.add_chart({"type": "column"}), sheet.get_name()
    for k in range(1, series + 1):
        chart.add_series(
            {
                "name": [name, 0, k],
                "categories": [name, 1, 0, points, 0],
                "values": [name, 1, k, points, k],
            }
        )
    chart.set_title({"name": title})
    chart.set_y_axis({"num_format": "#,##0", "major_gridlines": {"visible": True}})
    chart.set_legend({"position": "bottom"} if series > 1 else {"none": True})
    chart.set_size(SIZE)
    sheet.insert_chart(points + 2, 0, chart)
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 1)
