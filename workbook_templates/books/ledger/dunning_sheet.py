"""The sheet of dunning levels: when customers are reminded, in which words, at what fee."""

from __future__ import annotations

from decimal import Decimal

from workbook_templates.books.ledger.rules.dunning import levels_rise
from workbook_templates.columns import Integer, Money, Text
from workbook_templates.schema import Sheet
from workbook_templates.words import Words

DUNNING_LEVELS = Sheet(
    key="dunning_levels",
    title=Words(id="Tingkat Teguran", en="Dunning Levels"),
    help=Words(
        id="Satu baris per tingkat: mulai berapa hari terlambat, kalimat suratnya dan dendanya. "
        "{amount} dan {fee} dalam kalimat diganti dengan jumlahnya.",
        en="One row for each level: from how many days late, the words of the letter, and the fee. "
        "{amount} and {fee} in the words are replaced by the figures.",
    ),
    unique=("level",),
    columns=(
        Integer("level", Words(id="Teguran ke", en="Reminder"), required=True, minimum=1, width=11),
        Integer(
            "days",
            Words(id="Hari terlambat", en="Days late"),
            Words(id="Berlaku mulai hari ini.", en="It holds from this day on."),
            required=True,
            minimum=1,
            width=14,
        ),
        Text("text_id", Words(id="Kalimat (Indonesia)", en="Words (Indonesian)"), width=60),
        Text("text_en", Words(id="Kalimat (Inggris)", en="Words (English)"), width=60),
        Money("fee", Words(id="Denda", en="Fee"), minimum=Decimal(0), width=14),
    ),
    rules=(levels_rise,),
)
