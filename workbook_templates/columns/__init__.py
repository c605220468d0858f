"""The column kinds. Each reads a cell into canonical text, checks such text, and writes it back.

Reading raises `Unreadable` with a problem that has no place yet: whoever knows the row puts it
there (`problem.at(row_id, column.key)`).
"""

from workbook_templates.columns.base import Column, Unreadable
from workbook_templates.columns.choice import Choice, Option
from workbook_templates.columns.code import Code
from workbook_templates.columns.date import Date
from workbook_templates.columns.digits import Digits
from workbook_templates.columns.flag import Flag
from workbook_templates.columns.integer import Integer
from workbook_templates.columns.money import Money
from workbook_templates.columns.month import Month
from workbook_templates.columns.number import Number
from workbook_templates.columns.percent import Percent
from workbook_templates.columns.quantity import Quantity
from workbook_templates.columns.rate import Rate
from workbook_templates.columns.ref import Ref
from workbook_templates.columns.text import Text
from workbook_templates.columns.time import Time

__all__ = [
    "Choice",
    "Code",
    "Column",
    "Date",
    "Digits",
    "Flag",
    "Integer",
    "Money",
    "Month",
    "Number",
    "Option",
    "Percent",
    "Quantity",
    "Rate",
    "Ref",
    "Text",
    "Time",
    "Unreadable",
]
