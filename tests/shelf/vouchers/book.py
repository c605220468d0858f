"""The vouchers book: money in and out, each kind numbered anew every year."""

from collections.abc import Iterator

from workbook_templates.columns import Choice, Code, Date, Flag, Money, Option, Text
from workbook_templates.problems import Message, Problem
from workbook_templates.schema import Book, Document, Known, Numbering, Sheet
from workbook_templates.words import Words

NOTHING_LEFT = Message(
    "nothing_left",
    Words(
        id="Jumlah bukti {voucher} nol. Isi jumlahnya, atau hapus barisnya.",
        en="Voucher {voucher} amounts to zero. Enter an amount, or delete its rows.",
    ),
)
OUT, IN = Words(id="Keluar", en="Out"), Words(id="Masuk", en="In")


def is_of_something(document: Document, known: Known) -> Iterator[Problem]:
    """A voucher over nothing is none."""
    if document.lines and not sum(line["amount"] or 0 for line in document.lines):
        yield NOTHING_LEFT(voucher=document.key)


def series(document: Document, known: Known) -> str:
    """BK (out) or BM (in) of the year; a draft has no number yet."""
    if document["draft"]:
        return ""
    kind = "BM" if document.text("kind") == "in" else "BK"
    return f"{kind}-{document.text('date')[:4]}"


VOUCHERS = Sheet(
    key="vouchers",
    title=Words(id="Bukti Kas", en="Vouchers"),
    group_by="voucher",
    columns=(
        Code("voucher", Words(id="Bukti", en="Voucher"), required=True),
        Code("number", Words(id="Nomor", en="Number"), read_only=True),
        Date("date", Words(id="Tanggal", en="Date"), required=True, head=True),
        Choice(
            "kind",
            Words(id="Jenis", en="Kind"),
            choices=(Option("out", OUT), Option("in", IN)),
            default="out",
            head=True,
        ),
        Flag("draft", Words(id="Konsep", en="Draft"), head=True),
        Text("words", Words(id="Uraian", en="Words")),
        Money("amount", Words(id="Jumlah", en="Amount")),
    ),
    rules=(is_of_something,),
    numbering=Numbering("number", series),
)

BOOK = Book(key="vouchers", title=Words(id="Bukti Kas", en="Cash Vouchers"), sheets=(VOUCHERS,))
