"""Books as workbooks: the one look that every workbook has.

A declared sheet is a worksheet with one Excel table from A1: hidden `_id`, Status, the declared
columns in order, hidden `_flags`. `_flags` names the columns of its row that need a person,
"|debit|" for a mistake and "|~debit|" for a conflict, and conditional formats colour those cells.
"""

from workbook_templates.render.binding import Binding, titles_of
from workbook_templates.render.workbook import render_xlsx

__all__ = ["Binding", "render_xlsx", "titles_of"]
