"""Amounts in words, beyond the published cases that the receipts are tried with."""

from decimal import Decimal

import pytest

from workbook_templates.packs.id.words import rupiah_in_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("0", "nol rupiah"),
        ("10", "sepuluh rupiah"),
        ("1000", "seribu rupiah"),
        ("1001", "seribu satu rupiah"),
        ("1100", "seribu seratus rupiah"),
        ("211000", "dua ratus sebelas ribu rupiah"),
        ("1000000", "satu juta rupiah"),
        ("1001001", "satu juta seribu satu rupiah"),
        ("2000000110", "dua miliar seratus sepuluh rupiah"),
        ("1000000000000", "satu triliun rupiah"),
        ("-17.50", "minus delapan belas rupiah"),
        ("1e18", ""),
    ],
)
def test_an_amount_is_spelled_in_full_rupiah(amount: str, words: str) -> None:
    assert rupiah_in_words(Decimal(amount)) == words
