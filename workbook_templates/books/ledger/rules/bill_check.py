"""A supplier's bill beyond its order or receipt: not refused, but a reason to have it approved."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from workbook_templates.books.ledger.bill_check import (
    BILLS,
    MOVES,
    ORDERS,
    Ordered,
    billed_of,
    is_checked,
    ordered_of,
    tolerance,
)
from workbook_templates.locale import said
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Document, Known, Line
from workbook_templates.words import Words

NOT_ORDERED = Words(
    id="{thing} tidak ada di pesanan {order}", en="{thing} is not on the order {order}"
)
PRICE_ABOVE_ORDER = Words(
    id="harga {thing} {price}, di pesanan {order} {agreed}",
    en="the price of {thing} is {price}, on the order {order} {agreed}",
)
MORE_THAN_ORDERED = Words(
    id="{thing} ditagih {billed}, dipesan {ordered} di {order}",
    en="{billed} of {thing} billed, {ordered} ordered on {order}",
)
MORE_THAN_RECEIVED = Words(
    id="{thing} ditagih {billed}, baru diterima {received} dari {order}",
    en="{billed} of {thing} billed, {received} received of {order}",
)
ORDER_OF_ANOTHER = Message(
    "order_of_another",
    Words(
        id="Pesanan {order} adalah untuk {other}, bukan {party}. Pilih pesanan dari {party}.",
        en="The order {order} is with {other}, not with {party}. Choose an order with {party}.",
    ),
)
ORDER_IS_BILLED = Message(
    "order_is_billed",
    Words(
        id="Pesanan {order} sudah ditagih dengan {bill}, jadi tidak dapat dihapus atau dialihkan "
        "ke pemasok lain.",
        en="The order {order} is billed by {bill} already, so it cannot be deleted or moved to "
        "another supplier.",
    ),
)

UNKNOWN_RECEIPT = Message(
    "unknown_receipt",
    Words(
        id="Penerimaan {receipt} tidak ada di lembar Mutasi Stok. Periksa nomornya, atau kosongkan "
        "dan isi kuantitas yang diterima.",
        en="There is no receipt {receipt} among the stock moves. Check its number, or leave it "
        "blank and fill in the quantity received.",
    ),
)


def reasons_to_approve(document: Document, known: Known) -> tuple[Words, ...]:
    """Why a bill is beyond its orders or receipts by more than the tolerance; () if it is not."""
    if document.text("kind") == "credit_note" or not document.text("order"):
        return ()
    factor = tolerance(known)
    found: dict[tuple[str, str], Words] = {}
    for line in document.lines:
        order = known.document(ORDERS, line.text("order")) if line.text("order") else None
        if order is not None and is_checked(line):
            for words in _reasons(line, order, factor, known):
                found[words.id, words.en] = words
    return tuple(found.values())


def _reasons(line: Line, order: Document, factor: Decimal, known: Known) -> Iterator[Words]:
    thing = line.text("item") or line.text("description") or line.text("account")
    names = {"thing": thing, "order": order.key}
    found = ordered_of(line, order, known)
    if found is None:
        yield said(NOT_ORDERED, **names)
        return
    price = line["unit_price"] or Decimal(0)
    if price > found.price * factor:
        yield said(PRICE_ABOVE_ORDER, **names, price=price, agreed=found.price)
    billed = billed_of(order, found, known)
    if billed > found.qty * factor:
        yield said(MORE_THAN_ORDERED, **names, billed=billed, ordered=found.qty)
    elif _is_beyond_receipt(billed, found, factor):
        yield said(MORE_THAN_RECEIVED, **names, billed=billed, received=found.received)


def _is_beyond_receipt(billed: Decimal, found: Ordered, factor: Decimal) -> bool:
    return found.received is not None and billed > found.received * factor


def order_is_the_suppliers(document: Document, known: Known) -> Iterator[Problem]:
    """A bill names orders with its own supplier."""
    for line in document.lines:
        order = known.row(ORDERS, line.text("order")) if line.text("order") else None
        if order and order.text("supplier") != document.text("supplier"):
            yield ORDER_OF_ANOTHER(
                column="order",
                row_id=line.id,
                order=line.text("order"),
                other=order.text("supplier"),
                party=document.text("supplier"),
            )


def billed_order_stays(order: Document, known: Known) -> Iterator[Problem]:
    """An order that a bill names is not deleted or given to another supplier."""
    if not order.before:
        return
    if order.lines and order.text("supplier") == order.before[0].text("supplier"):
        return
    for line in known.where(BILLS, "order", order.key):
        yield ORDER_IS_BILLED(
            column="supplier" if order.lines else None,
            row_id=order.lines[0].id if order.lines else None,
            order=order.key,
            bill=line.text("bill"),
        )
        return


def receipt_is_known(order: Document, known: Known) -> Iterator[Problem]:
    """A receipt that an order names is one of the company's stock moves."""
    if not known.has(MOVES):
        return
    for line in order.lines:
        receipt = line.text("receipt")
        if receipt and known.row(MOVES, receipt) is None:
            yield UNKNOWN_RECEIPT(column="receipt", row_id=line.id, receipt=receipt)
