"""One cell as XML."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

from addin.hosts.base import Cell, CellError
from addin.hosts.values import kept
from addin.hosts.xlsx.formulas import Formula
from addin.hosts.xlsx.markup import escaped

_EPOCH_1900, _EPOCH_1904 = date(1899, 12, 30), date(1904, 1, 1)


def serial(value: date, epoch_1904: bool) -> str:
    """The number that stands for a day or a moment in the workbook's date system."""
    epoch = _EPOCH_1904 if epoch_1904 else _EPOCH_1900
    if not isinstance(value, datetime):
        return str((value - epoch).days)
    days = (value.date() - epoch).days
    since_midnight = value - datetime.combine(value.date(), datetime.min.time())
    return repr(days + since_midnight / timedelta(days=1))


def body(value: Cell | Formula, mark: str, epoch_1904: bool) -> tuple[str, str]:
    """The attributes that state the type, with a leading space, and what stands in the cell.

    Text stands in the cell itself, so it is never a formula and no table of texts changes.
    """
    match value:
        case str():
            space = ' xml:space="preserve"' if value != value.strip() or "\n" in value else ""
            text = f"<{mark}t{space}>{escaped(value)}</{mark}t>"
            return ' t="inlineStr"', f"<{mark}is>{text}</{mark}is>"
        case None:
            return "", ""
        case Formula(text, None):
            return "", f"<{mark}f>{escaped(text)}</{mark}f>"
        case Formula(text, Decimal() as number):
            return "", f"<{mark}f>{escaped(text)}</{mark}f><{mark}v>{number:f}</{mark}v>"
        case Formula(text, str() as result):
            known = f"<{mark}v>{escaped(result)}</{mark}v>"
            return ' t="str"', f"<{mark}f>{escaped(text)}</{mark}f>{known}"
        case bool():
            return ' t="b"', f"<{mark}v>{int(value)}</{mark}v>"
        case CellError():
            return ' t="e"', f"<{mark}v>{escaped(value.text)}</{mark}v>"
        case Decimal():
            return "", f"<{mark}v>{value:f}</{mark}v>"
        case date():
            return "", f"<{mark}v>{serial(value, epoch_1904)}</{mark}v>"
        case _:
            return "", f"<{mark}v>{value!r}</{mark}v>"


def writable(value: Cell, name: str) -> Cell:
    """The value to be written: what a cell keeps, but a Decimal with all its digits."""
    settled = kept(value, name)
    if isinstance(value, Decimal) and not isinstance(settled, CellError):
        return value
    return settled


def cell(reference: str, style: int | None, typed: tuple[str, str], mark: str) -> bytes:
    """The whole element, with the type and content that ``body`` gave."""
    styled = f' s="{style}"' if style else ""
    kind, content = typed
    if not content:
        return f'<{mark}c r="{reference}"{styled}/>'.encode()
    return f'<{mark}c r="{reference}"{styled}{kind}>{content}</{mark}c>'.encode()
